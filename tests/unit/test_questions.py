"""What is asked for together is one question, and asking for one of it afterwards is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings

from convenings.domain.records import Event, Record
from convenings.index.model import ReadModel
from convenings.index.open import open_model
from convenings.index.sqlite.reader import IndexReader
from convenings.presentation.profile.compose import profile
from tests.unit import factory
from tests.unit.indexing import bundled, datasets, ids, opened, row


class QuestionCount:
    """Counts the statements that a model's index executes."""

    def __init__(self, model: ReadModel) -> None:
        assert isinstance(model.index, IndexReader)
        self.statements: list[str] = []
        model.index.connection.set_trace_callback(self.statements.append)

    def __call__(self) -> int:
        """How many since the last call."""
        number = len(self.statements)
        self.statements.clear()
        return number


@pytest.fixture
def model(tmp_path: Path) -> Iterator[ReadModel]:
    with opened(tmp_path / "set.json") as small:
        yield small


def test_rows_that_are_loaded_are_not_asked_for_again(model: ReadModel) -> None:
    count = QuestionCount(model)
    rows = list(range(model.total))[::-1]
    loaded = model.load(rows)
    assert count() == 1
    assert [each.row for each in loaded] == rows
    assert model.load(rows) == loaded
    assert model.load_range(0, model.total) == loaded[::-1]
    for each in loaded:
        assert model.one(each.row) is each
        assert model.row_of(each.id) == each.row
        assert model.label(each.id) == each.label
    assert count() == 0


def test_ids_are_looked_up_together(model: ReadModel) -> None:
    count = QuestionCount(model)
    refs = ["person/ana", "person/none", "event/day", "person/ana"]
    assert model.rows_of(refs) == {ref: row(model, ref) for ref in ("person/ana", "event/day")}
    assert count() == 1
    assert model.label("person/ana") == "Ana Lima"
    assert count() == 0


def test_records_are_read_without_asking_where_their_rows_are_there(model: ReadModel) -> None:
    rows = list(range(model.total))
    count = QuestionCount(model)
    records = model.records(rows)
    assert count() == 1
    assert [record.id for record in records] == ids(model, rows)
    assert [model.record(at) for at in rows] == records
    assert count() == 0


def test_more_records_are_read_than_rows_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("convenings.index.model.CACHED_ROWS", 4)
    monkeypatch.setattr("convenings.index.model.READ_TOGETHER", 2)
    with opened(tmp_path / "set.json") as model:
        rows = list(range(model.total))
        count = QuestionCount(model)
        assert [record.id for record in model.records(rows)] == ids(model, rows)
        count()
        model.records(rows)
        assert count() <= (model.total + 1) // 2


def test_old_ids_are_looked_up_with_the_others(tmp_path: Path) -> None:
    with opened(
        tmp_path / "set.json", factory.records(), {"person/old": "person/ana", "person/lost": "person/no"}
    ) as old:
        refs = ["person/old", "person/lost", "event/day"]
        assert old.rows_of(refs) == {"person/old": row(old, "person/ana"), "event/day": row(old, "event/day")}
        assert old.label("person/old") == "Ana Lima"


def test_what_refers_to_many_is_one_question(model: ReadModel) -> None:
    count = QuestionCount(model)
    referrers = model.referrers_of(range(model.total))
    assert count() == 1
    for at in range(model.total):
        assert model.referrer_count(at) == len(referrers[at].rows) == len(model.referrers(at))
    assert count() == 0


def test_reasons_for_rows_that_are_seen_from_others_are_one_question(model: ReadModel) -> None:
    every = range(model.total)
    expected = {at: model.reasons(at, 0, model.total) for at in every}
    with closing(open_model(model.path)) as fresh:
        for at in every:
            fresh.counts(at)
        count = QuestionCount(fresh)
        fresh.load_reasons((at, every) for at in every)
        assert count() == 2  # the names of the sessions, and the reasons
        assert {at: fresh.reasons_for(at, every) for at in every} == expected
        assert {at for at in every if fresh.is_any_related(at, every)} == {at for at in every if expected[at]}
        assert count() == 0


@settings(max_examples=40)
@given(content=datasets(cyclic=True))
def test_what_an_event_is_part_of(tmp_path_factory: pytest.TempPathFactory, content: list[Record]) -> None:
    """Every event that stands above another one in the tree of the timeline, the outermost first."""
    with opened(tmp_path_factory.mktemp("model") / "set.json", content) as model:
        events = model.load_range(*model.range("event"))
        for event in events:
            above = [other for other in events if other.row < event.row < other.row + other.size]
            assert model.wholes(event.row) == above
            assert len(above) == event.depth


def test_what_is_no_event_is_part_of_none(model: ReadModel) -> None:
    assert model.wholes(row(model, "person/ana")) == []
    assert [whole.id for whole in model.wholes(row(model, "event/talk"))] == ["event/day"]


def test_a_profile_asks_a_dozen_times_at_most(tmp_path: Path) -> None:
    with bundled(tmp_path) as whole:
        numbers = {}
        for at in range(whole.total):
            with closing(open_model(whole.path)) as fresh:
                count = QuestionCount(fresh)
                profile(fresh, at)
                numbers[whole.one(at).id] = count()
        assert max(numbers.values()) <= 12, max(numbers.items(), key=lambda item: item[1])


def test_an_event_of_its_own_is_part_of_nothing(tmp_path: Path) -> None:
    with opened(tmp_path / "set.json", [Event(id="event/e", label="E", type="fair")]) as alone:
        count = QuestionCount(alone)
        alone.one(0)
        count()
        assert alone.wholes(0) == []
        assert count() == 0
