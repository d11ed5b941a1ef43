"""Ids in an index: old ones lead to the record that took their place, and none hides another."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from convenings.domain.errors import BadInput
from convenings.domain.records import (
    Event,
    Participation,
    Person,
    Record,
    Topic,
)
from convenings.index.open import open_model
from convenings.index.stamp import index_path
from tests.unit import factory
from tests.unit.indexing import opened, parts, row


def test_old_ids_lead_to_the_record_and_tie_like_new_ones(tmp_path: Path) -> None:
    redirects = {"person/anna": "person/a-lima", "person/a-lima": "person/ana", "source/old": "source/rivers"}
    content: list[Record] = factory.records()
    with opened(tmp_path / "new.json", content) as model:
        expected = sorted(model.reasons(row(model, "person/ana"), 0, model.total).items())
        referrers = model.referrers(row(model, "person/ana"))
    spoiled = tmp_path / "old.json"
    factory.write(spoiled, content, redirects)
    data = spoiled.read_bytes()
    head, tail = data.split(b'"participations"')
    spoiled.write_bytes(head + b'"participations"' + tail.replace(b"person/ana", b"person/anna"))
    with closing(open_model(spoiled)) as model:
        assert model.row_of("person/anna") == model.row_of("person/a-lima") == row(model, "person/ana")
        assert model.label("person/anna") == "Ana Lima"
        assert sorted(model.reasons(row(model, "person/ana"), 0, model.total).items()) == expected
        assert model.referrers(row(model, "person/ana")) == referrers
        part = model.find("participation/ana")
        assert getattr(part, "agent", None) == "person/ana"
        assert model.row_of("person/none") is None


def test_redirects_that_close_in_themselves_lead_nowhere(tmp_path: Path) -> None:
    redirects = {"topic/a": "topic/b", "topic/b": "topic/a", "topic/c": "topic/c"}
    with opened(tmp_path / "set.json", [Topic(id="topic/t", label="T", type="concept")], redirects) as model:
        assert [model.row_of(old) for old in redirects] == [None, None, None]


@pytest.mark.parametrize(
    ("extra", "what"),
    [
        (Person(id="person/ana", label="Another"), "people, person/ana, field id: the id stands twice"),
        (Event(id="event/day", label="Another", type="fair"), "events, event/day, field id: the id stands twice"),
        (
            Participation(id="participation/ana", event="event/day", role="chair", unnamed="somebody"),
            "participations, participation/ana, field id: the id stands twice",
        ),
        (Person(id="event/ana", label="Ana"), "people, event/ana, field id: 'event/ana' is no id of a person"),
        (Person(id="ana", label="Ana"), "people, ana, field id: 'ana' is no id of a person"),
        (Person(id="", label="Ana"), "people, field id: '' is no id of a person"),
    ],
)
def test_a_record_that_its_id_would_hide_is_refused(tmp_path: Path, extra: Record, what: str) -> None:
    path = tmp_path / "set.json"
    factory.write(path, [*factory.records(), extra])
    with pytest.raises(BadInput) as caught:
        open_model(path)
    assert str(caught.value).startswith(f"{path}: {what}")
    assert caught.value.hint
    assert not index_path(path).exists()
    assert not parts(path)
