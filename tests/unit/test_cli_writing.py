"""Datasets made, filled, merged and emptied by commands."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from convenings.domain.records import Event, Person
from convenings.store.check import check
from convenings.store.dataset import Dataset
from tests.unit import factory
from tests.unit.cli_records import Run

Feed = Callable[[str | bytes], None]


@pytest.fixture
def feed(monkeypatch: pytest.MonkeyPatch) -> Feed:
    """Puts something on standard input."""

    def put(content: str | bytes) -> None:
        data = content.encode() if isinstance(content, str) else content
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))

    return put


@pytest.fixture
def mine(run: Run, tmp_path: Path) -> Path:
    """A dataset without records."""
    path = tmp_path / "my-events.json"
    assert run("new", path)[0] == 0
    return path


def test_a_new_dataset_is_sound_has_an_id_and_is_written_over_nothing(run: Run, mine: Path, tmp_path: Path) -> None:
    dataset = Dataset.open(mine)
    assert dataset.info.title == "my events"
    assert dataset.info.id.startswith("my-events-")
    assert check(dataset) == []
    before = mine.read_bytes()
    code, out, err = run("new", mine, "--title", "Other")
    assert (code, out) == (2, "")
    assert "there is such a file already" in err
    assert mine.read_bytes() == before
    assert run("new", tmp_path / "none" / "x.json")[0] == 2
    assert run("new", tmp_path / "x.json", "--title", "a\nb")[0] == 2
    assert not (tmp_path / "x.json").exists()


def test_fields_are_written_as_arguments(run: Run, mine: Path) -> None:
    code, out, _ = run(
        "add", "event", "label=Fair", "type=fair", "date=2024-05-04", "start_time=14:00", "attendance.as_stated=many",
        "attendance.min=120", "links=https://example.org", "identifiers=wikidata=Q1", "--dataset", mine,
    )  # fmt: skip
    assert (code, out) == (0, "event/fair\n")
    [event] = Dataset.open(mine).records("event")
    assert isinstance(event, Event)
    assert (event.date, event.date_basis, event.start_time) == ("2024-05-04", "stated", "14:00")
    assert event.attendance is not None
    assert (event.attendance.as_stated, event.attendance.min) == ("many", 120)
    assert [(each.scheme, each.value) for each in event.identifiers] == [("wikidata", "Q1")]
    run("add", "person", "label=Ana", "names=A.", "names.1.value=Анна", "names.1.language=ru", "--dataset", mine)
    [person] = Dataset.open(mine).records("person")
    assert isinstance(person, Person)
    assert [(name.value, name.language) for name in person.names] == [("A.", ""), ("Анна", "ru")]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["person"], "no field is written"),
        (["person", "label"], "'label' is no field with a value"),
        (["person", "lable=A"], "perhaps 'label' is meant"),
        (["person", "label=A", "label=B"], "the field 'label' stands twice"),
        (["person", "label="], "the label is empty"),
        (["person", "label=A", "names.7.value=B"], "number the items from 0"),
        (["person", "label=A", "evidence.0.source=x"], "give it by --source and --passage"),
        (["event", "label=A", "type=fare"], "perhaps 'fair' is meant"),
        (["event", "label=A", "type=fair", "date=2018-13"], "no month 13"),
        (["event", "label=A", "type=fair", "start_time=9am"], "'9am' is not a time"),
        (["event", "label=A", "type=fair", "place=place/x"], "there is no record 'place/x'"),
        (["person", "label=A\x1b[31m"], "control character"),
        (["person", "label=A", "id=person/A b"], "is not a proper id"),
        (["thing", "label=A"], "there is no kind of record 'thing'"),
        (["person", "label=A", "--passage", "x"], "a source and a passage go together"),
        (["person", "label=A", "--passage", "x", "--source", "source/x"], "the dataset has no source"),
    ],
)
def test_what_cannot_be_added_is_one_sentence(run: Run, mine: Path, words: list[str], says: str) -> None:
    before = mine.read_bytes()
    code, out, err = run("add", *words, "--dataset", mine)
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1
    assert mine.read_bytes() == before


def test_a_passage_of_the_attached_text_gives_the_evidence(run: Run, rivers: Path, text: Path) -> None:
    arguments = ["add", "person", "label=Ana", "honorific=chair", "--source", "source/rivers", "--dataset", rivers]
    code, _, err = run(*arguments, "--passage", "Ana Lima")
    assert code == 2
    assert "convenings attach FILE --source source/rivers" in err
    run("attach", text, "--dataset", rivers)
    assert run(*arguments, "--passage", "Ana Lima (chair)")[:2] == (0, "person/ana-2\n")
    assert check(Dataset.open(rivers), {"source/rivers": factory.TEXT}) == []
    for passage, says in (
        ("once", ""),
        ("Rivers", "stands 1"),
        ("rivers", "stands 3 times"),
        ("seas", "does not have"),
    ):
        code, _, err = run(*arguments, "--passage", passage)
        assert (code == 0) == (passage in ("once", "Rivers")), says
        assert code == 0 or says in err


def test_records_come_as_one_as_a_list_or_one_a_line(run: Run, mine: Path, feed: Feed) -> None:
    one, two, three = ({"kind": "person", "label": label} for label in ("Ana", "黄浩明", "Ana"))
    feed(json.dumps(one))
    assert run("add", "-", "--dataset", mine)[:2] == (0, "person/ana\n")
    feed(json.dumps([two, three]))
    code, out, _ = run("add", "-", "--dataset", mine)
    assert code == 0
    assert out.splitlines()[1] == "person/ana-2"
    feed("".join(f"{json.dumps(each)}\n" for each in (one, {"id": "topic/x", "label": "X", "type": "concept"})))
    assert run("add", "-", "--dataset", mine)[:2] == (0, "person/ana-3\ntopic/x\n")
    assert len(Dataset.open(mine).records("person")) == 4


def test_every_fault_is_named_with_its_place_and_nothing_is_written(run: Run, mine: Path, feed: Feed) -> None:
    rows: list[dict[str, Any]] = [
        {"id": "person/a", "label": "A"},
        {"id": "person/b", "label": ""},
        {"id": "participation/p", "event": "event/none", "role": "speaker", "agent": "person/a"},
    ]
    before = mine.read_bytes()
    feed("\n".join(map(json.dumps, rows)))
    code, out, err = run("add", "-", "--dataset", mine)
    assert (code, out) == (2, "")
    assert "standard input, line 2: people, person/b, field label: the label is empty" in err
    assert "standard input, line 3: participations, participation/p, field event: there is no record" in err
    assert mine.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "nothing came in"),
        (b"\xff", "the text is not UTF-8"),
        (b"[" * 100_000, "no JSON"),
        (b"3", "this is no record"),
        (b'{"label": "A"}', "nothing says what kind of record this is"),
        (b'{"kind": "person", "label": "\\ud800"}', "no JSON"),
        (b'{"kind": "person", "label": 3}', "this is a whole number; write text"),
        (b'{"kind": "event", "id": "person/a", "label": "A"}', "let id and kind agree"),
        (b'{"id": "event/a", "label": "A", "type": "talk", "date": "2021-02-06", "start": "2021-02-07"}', "the start"),
    ],
)
def test_what_is_no_record_on_standard_input_is_one_sentence(
    run: Run, mine: Path, feed: Feed, content: bytes, says: str
) -> None:
    feed(content)
    code, out, err = run("add", "-", "--dataset", mine)
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1


def test_what_list_prints_can_be_added_again(run: Run, rivers: Path, mine: Path, feed: Feed) -> None:
    run("add", "event", "label=Night", "type=talk", "super_event=event/day", "zone=+01:00", "--dataset", rivers)
    run(
        "add", "event", "label=Late", "type=talk", "super_event=event/night", "start_time=23:00", "end_time=01:00",
        "--dataset", rivers,
    )  # fmt: skip
    _, printed, _ = run("list", "--json", "--dataset", rivers)
    before = rivers.read_bytes()
    feed(printed)
    assert run("add", "-", "--dataset", rivers)[0] == 0
    assert rivers.read_bytes() == before
    feed(printed)
    assert run("add", "-", "--dataset", mine)[0] == 0
    assert {each.id: each for _, _, _, each in Dataset.open(mine).scan()} == {
        each.id: each for _, _, _, each in Dataset.open(rivers).scan()
    }


def test_an_id_that_is_taken_is_replaced_only_where_that_is_wanted(run: Run, rivers: Path, feed: Feed) -> None:
    other = json.dumps({"id": "person/ana", "label": "Ana L."})
    feed(other)
    code, _, err = run("add", "-", "--dataset", rivers)
    assert code == 2
    assert "the id is taken" in err
    feed(other)
    assert run("add", "-", "--replace", "--dataset", rivers)[0] == 0
    assert Dataset.open(rivers).records("person") == [Person(id="person/ana", label="Ana L.")]


def test_records_are_merged_and_parted_by_commands(run: Run, rivers: Path) -> None:
    run("add", "person", "label=Ana L.", "--dataset", rivers)
    before = Dataset.open(rivers).records("person")
    code, out, _ = run("merge", "person/ana-l", "person/ana", "--json", "--dataset", rivers)
    assert (code, json.loads(out)) == (0, {"person/ana-l": "person/ana"})
    assert [record.id for record in Dataset.open(rivers).records("person")] == ["person/ana"]
    assert run("merge", "--undo", "person/ana-l", "--dataset", rivers)[0] == 0
    assert {each.id: each for each in Dataset.open(rivers).records("person")} == {each.id: each for each in before}
    assert run("merge", "person/ana", "--dataset", rivers)[0] == 2
    assert run("merge", "person/x", "person/ana", "--dataset", rivers)[0] == 2


def test_what_others_refer_to_is_removed_only_where_that_is_wanted(run: Run, rivers: Path) -> None:
    code, _, err = run("remove", "person/ana", "--dataset", rivers)
    assert code == 2
    assert "participation/ana" in err
    assert run("remove", "gap/who", "--dataset", rivers)[0] == 0
    assert run("remove", "person/ana", "--anyway", "--dataset", rivers)[0] == 0
    assert Dataset.open(rivers).records("person") == Dataset.open(rivers).records("gap") == []
    assert run("remove", "person/ana", "--dataset", rivers)[0] == 2


def test_the_bundled_dataset_is_not_written_by_accident(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONVENINGS_DATASET", raising=False)
    for words in (("add", "person", "label=A"), ("merge", "a", "b"), ("remove", "a")):
        code, _, err = run(*words)
        assert code == 2
        assert "no dataset is named" in err
