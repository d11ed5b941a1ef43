"""Work on a hostile dataset grows no faster than the dataset, and what is said of it stays a line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from convenings.domain.errors import BadInput
from convenings.domain.records import (
    Event,
    Participation,
    Person,
    Record,
)
from convenings.store import book
from convenings.store.changes import chain_ends, follow
from convenings.store.check import check
from tests.unit import factory
from tests.unit.cli_records import Run

RECORDS = {record.id: record for record in factory.records()}


def nested(number: int) -> list[Record]:
    """Events each of which is part of the one before; only every other one has a date."""
    event = RECORDS["event/day"]
    assert isinstance(event, Event)
    events = [replace(event, id=f"event/e{n}", super_event=f"event/e{n - 1}" if n else None) for n in range(number)]
    undated = [replace(e, date=None, date_basis=None) if 1 < n < number - 9 else e for n, e in enumerate(events)]
    return [record for ref, record in RECORDS.items() if ref != "event/e0"] + list(undated)


@given(st.dictionaries(*[st.sampled_from("abcdefgh")] * 2))
def test_ends_of_chains_are_what_following_each_gives(redirects: dict[str, str]) -> None:
    assert chain_ends(redirects) == {ref: follow(ref, redirects) for ref in redirects}


def test_a_long_chain_of_redirects_is_followed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    class Counting(dict[str, str]):
        asked = 0

        def __getitem__(self, ref: str) -> str:
            Counting.asked += 1
            return super().__getitem__(ref)

    redirects = Counting({f"person/{n}": f"person/{n + 1}" for n in range(5000)})
    records = book.Book(redirects=redirects)
    assert {records.resolve(f"person/{n}") for n in range(5000)} == {"person/5000"}
    assert Counting.asked <= 5000


def test_dates_above_a_long_chain_are_looked_up_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()
    get = book.Book.get

    def counting(self: book.Book, ref: str | None) -> Record | None:
        asked["get"] += 1
        return get(self, ref)

    monkeypatch.setattr(book.Book, "get", counting)
    dataset = factory.write(tmp_path / "chain.json", nested(600))
    check(dataset)
    assert asked["get"] <= 30 * 600


def test_ids_like_those_that_are_missing_are_not_looked_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, part = RECORDS["person/ana"], RECORDS["participation/ana"]
    assert isinstance(person, Person)
    assert isinstance(part, Participation)
    compared = [0]

    def counting(word: str, candidates: list[str]) -> str:
        compared[0] += len(candidates)
        return ""

    monkeypatch.setattr(book, "nearest", counting)
    people = [replace(person, id=f"person/a{n}") for n in range(1500)]
    parts = [replace(part, id=f"participation/p{n}", agent=f"person/b{n}") for n in range(1500)]
    faults = check(factory.write(tmp_path / "missing.json", [*RECORDS.values(), *people, *parts]))
    assert sum("there is no record" in fault.what for fault in faults) == 1500
    assert 0 < compared[0] <= book.NEAR_COMPARISONS


def test_the_indent_of_a_list_does_not_grow_for_ever(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "chain.json"
    factory.write(path, nested(300))
    code, out, _ = run("list", "event", "--dataset", path)
    assert code == 0
    lines = out.splitlines()
    assert max(len(line) - len(line.lstrip()) for line in lines) == 24
    assert len(out) < 160 * len(lines)
    assert len(lines) < 2 * 302


@pytest.mark.parametrize("field", ["what", "place", "hint"])
def test_a_sentence_about_something_endless_is_one_line_with_its_beginning_and_end(field: str) -> None:
    values = {"what": "it", "place": "here", "hint": "do that"} | {field: "begin" + "x" * 100_000 + "end"}
    line = str(BadInput(values["what"], file="/a/b.json", place=values["place"], hint=values["hint"]))
    assert len(line) < 600
    assert "begin" in line
    assert "x … x" in line
    assert "xend" in line


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "event", "--filter", "("),
        ("list", "event", "--filter", "of:"),
        ("list",),
        ("show", "--nothing="),
        ("list", "event", "--dataset", "/tmp/"),
    ],
)
def test_a_line_on_stderr_does_not_repeat_an_endless_argument(run: Run, arguments: tuple[str, ...]) -> None:
    *first, last = arguments
    code, out, err = run(*first, last + "x" * 90_000)
    assert (code in (1, 2), out, err.count("\n")) == (True, "", 1)
    assert len(err) < 6100


def test_what_a_batch_is_asked_grows_with_it_and_no_faster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of records that come in together, the looks into the file are as many as there are ids in it."""
    from convenings.store import splice
    from convenings.store.batch import Batch
    from convenings.store.dataset import Dataset

    looks = 0
    real = splice.Lines._line

    def counted(self: splice.Lines, key: str) -> object:
        nonlocal looks
        looks += 1
        return real(self, key)

    monkeypatch.setattr(splice.Lines, "_line", counted)
    numbers = []
    for size in (500, 1000):
        people = [Person(id=f"person/p{number}", label="P") for number in range(size)]
        Dataset.create(tmp_path / f"{size}.json", "T", batch=Batch(insert=people))
        before = looks
        Dataset(tmp_path / f"{size}.json").merge_all((f"person/p{n}", "person/p0") for n in range(1, size // 10))
        numbers.append((before, looks - before))
        looks = 0
    assert numbers[1][0] <= 2.1 * numbers[0][0]
    assert numbers[1][1] <= 2.1 * numbers[0][1]
