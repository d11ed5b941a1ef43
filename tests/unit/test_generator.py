"""The generator of the benchmarks writes datasets that are sound, in proportion, and the same for the same seed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenings.domain.kinds import KINDS, kind_of
from convenings.domain.records import (
    Event,
    Organisation,
    Participation,
    Person,
    Question,
    Record,
)
from convenings.domain.text import fold
from convenings.store import canonical, layout
from convenings.store.check import check
from convenings.store.dataset import Dataset
from tests.benchmarks import generate


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of a thousand records."""
    path = tmp_path_factory.mktemp("generated") / "1k.json"
    generate.write(1000, path, seed=5)
    return path


def of(path: Path, kind: type[Record]) -> list[Record]:
    return [record for *_, record in Dataset.open(path).scan() if isinstance(record, kind)]


def test_a_thousand_records_pass_the_check(thousand: Path) -> None:
    assert [str(fault) for fault in check(Dataset.open(thousand))] == []
    assert len(of(thousand, Record)) == 1000


def test_the_file_is_canonical(thousand: Path) -> None:
    data = thousand.read_bytes()
    assert data == canonical.encode(layout.parse(data, str(thousand)))


def test_the_seed_decides_everything(thousand: Path, tmp_path: Path) -> None:
    generate.write(1000, tmp_path / "same.json", seed=5)
    generate.write(1000, tmp_path / "other.json", seed=6)
    assert (tmp_path / "same.json").read_bytes() == thousand.read_bytes()
    assert (tmp_path / "other.json").read_bytes() != thousand.read_bytes()


def test_kinds_stand_in_their_proportions(thousand: Path) -> None:
    found = Counter(kind_of(record.id) for record in of(thousand, Record))
    assert found == generate.counts(1000)
    assert set(found) == set(KINDS)
    assert found["participation"] > found["person"] > found["organisation"] > found["source"]


def test_people_are_written_in_every_way(thousand: Path) -> None:
    people = [person for person in of(thousand, Person) if isinstance(person, Person)]
    native = [name for person in people for name in person.names if name.type == "native"]
    assert len(native) > 20
    assert all(name.language == "zh" and name.script == "Hans" and not name.value.isascii() for name in native)
    orders = Counter(name.order for person in people for name in person.names)
    assert orders["family-first"] > 10 < orders["given-first"]
    accented = [person for person in people if person.label.lower() != fold(person.label)]
    assert len(accented) > 10


def test_records_are_nested_and_linked(thousand: Path) -> None:
    events = {event.id: event for event in of(thousand, Event) if isinstance(event, Event)}
    wholes = {event.super_event for event in events.values()} - {None}
    assert any(events[whole].super_event for whole in wholes if whole), "some sessions have parts"
    assert any(
        organisation.parent for organisation in of(thousand, Organisation) if isinstance(organisation, Organisation)
    )
    questions = [question for question in of(thousand, Question) if isinstance(question, Question)]
    assert any(len(question.occurrences) > 1 for question in questions)


def test_links_are_uneven(tmp_path: Path) -> None:
    generate.write(10_000, tmp_path / "10k.json")
    met = Counter(p.agent for p in of(tmp_path / "10k.json", Participation) if isinstance(p, Participation) and p.agent)
    assert met.most_common(1)[0][1] > 8 * met.total() / len(met), "the busiest is far above the mean"


@settings(max_examples=15)
@given(size=st.integers(generate.SMALLEST, 400), seed=st.integers(0, 2**32))
def test_any_size_and_seed_is_sound(tmp_path_factory: pytest.TempPathFactory, size: int, seed: int) -> None:
    path = tmp_path_factory.mktemp("any") / "any.json"
    generate.write(size, path, seed)
    assert [str(fault) for fault in check(Dataset.open(path))] == []
    assert len(of(path, Record)) == size


def test_too_few_records_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 100"):
        list(generate.records(99))
    with pytest.raises(SystemExit) as refused:
        generate.main(["99", str(tmp_path / "none.json")])
    assert refused.value.code == 2
    assert not (tmp_path / "none.json").exists()
