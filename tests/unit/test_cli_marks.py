"""Tables, counts and JSON say what is inferred, and drop nothing that is recorded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec.structs import replace

from convenings.cli.columns import table_of
from convenings.cli.commands.stats import count
from convenings.cli.objects import record_object, related_objects
from convenings.domain.records import (
    Event,
    Participation,
    Person,
    Record,
    Relation,
)
from convenings.index.model import ReadModel
from convenings.store.dataset import Dataset
from tests.unit import factory
from tests.unit.indexing import opened, row


def guessed(record: Any, *fields: str) -> Any:
    """The record with evidence that infers some of its fields."""
    guess = factory.evidence(3, "asked", *fields, basis="inferred", note="Our reading.")
    return replace(record, evidence=[*record.evidence, guess])


def content() -> list[Record]:
    changed: dict[str, tuple[str, ...]] = {
        "participation/ana": ("on_behalf_of",),
        "relation/runs": ("type",),
        "statement/one": ("agents",),
    }
    return [guessed(record, *changed[record.id]) if record.id in changed else record for record in factory.records()]


def cells(model: ReadModel, kind: str, ref: str) -> tuple[str, ...]:
    _, rows = table_of(model, kind, [row(model, ref)])
    return tuple(next(rows))[:-1]


def test_tables_mark_what_is_inferred(tmp_path: Path) -> None:
    with opened(tmp_path / "set.json", content()) as model:
        assert cells(model, "participation", "participation/ana")[3] == "Trust (inferred)"
        assert cells(model, "relation", "relation/runs")[1] == "runs (inferred)"
        assert cells(model, "statement", "statement/one")[2] == "Ana Lima (inferred)"
        assert cells(model, "initiative", "initiative/clean")[2] == "project, run by Trust (inferred)"
        assert cells(model, "person", "person/ana") == ("Ana Lima", "spoke: speaker", "Trust")
        assert cells(model, "membership", "membership/ana")[3:] == ("", "from 4 May 2021")


def test_json_says_the_basis(tmp_path: Path) -> None:
    with opened(tmp_path / "set.json", content()) as model:
        assert record_object(model, row(model, "relation/runs"))["inferred"] == ["type"]
        assert record_object(model, row(model, "event/day"))["inferred"] == []
        tie = related_objects(model, row(model, "initiative/clean"))["organisation"][0]
        assert (tie["why"].split(", ")[0], tie["basis"]) == ("runs (inferred)", "inferred")


def test_stats_count_stated_and_inferred_apart_and_invent_no_day(tmp_path: Path) -> None:
    more = [
        Event(id="event/old", label="Old", type="fair", date="2018-02", date_basis="stated"),
        Event(id="event/on", label="On", type="fair", date="2022-03-30/..", date_basis="stated"),
        Person(id="person/bo", label="Bo"),
        Participation(id="participation/bo", event="event/old", role="attendee", agent="person/bo"),
        Relation(id="relation/r", type="other", subject="person/bo", object="person/ana", as_stated="knows"),
    ]
    factory.write(tmp_path / "set.json", [*content(), *more])
    counts = count(Dataset.open(tmp_path / "set.json"))
    assert (counts["dates"]["earliest"], counts["dates"]["latest"]) == ("2018-02", "2022-03-30/..")
    people = counts["people"]
    assert (people["took_part"], people["organisation_stated"], people["organisation_inferred"]) == (2, 0, 1)
