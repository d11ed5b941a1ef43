"""The programme of a day as a value: columns, times, and how one goes from session to session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from convenings.domain.dates import parse
from convenings.domain.days import MINUTES
from convenings.index.model import ReadModel
from convenings.presentation.programme import Programme, Session, nearest_day, programme_of, span_of
from tests.unit.indexing import opened
from tests.unit.two_years import FIRST, NEXT_YEAR, SATURDAY, SUNDAY, two_years


@pytest.fixture
def model(tmp_path: Path) -> Iterator[ReadModel]:
    with opened(tmp_path / "set.json", two_years()) as model:
        yield model


def day_of(date: str) -> int:
    day = parse(date).earliest
    assert day is not None
    return day


def row_of(model: ReadModel, ref: str) -> int:
    row = model.row_of(ref)
    assert row is not None
    return row


def of_day(model: ReadModel, date: str) -> Programme:
    return programme_of(model, day_of(date), span_of(model, row_of(model, FIRST)))


def session(programme: Programme, slug: str) -> Session:
    found = programme.session(f"event/{slug}")
    assert found is not None
    return found


def test_rooms_stand_by_name_with_a_column_more_where_two_things_overlap(model: ReadModel) -> None:
    columns = of_day(model, SATURDAY).columns
    names = ["" if column.place is None else model.one(column.place).label for column in columns]
    assert list(zip(names, [column.lane for column in columns], strict=True)) == [
        ("Anchor", 0), ("Buoy", 0), ("Buoy", 1), ("Crane", 0), ("", 0),
    ]  # fmt: skip


def test_a_session_is_on_from_its_start_to_its_end(model: ReadModel) -> None:
    programme = of_day(model, SATURDAY)
    clocks = [f"{time % MINUTES // 60:02}:{time % 60:02}" for time in programme.times]
    assert clocks == ["09:00", "09:30", "10:00", "10:10", "12:00"]
    splice = session(programme, "how-to-splice-a-rope")
    assert (splice.first, splice.last) == (1, 3)
    assert programme.at(2, splice.column) == splice
    assert programme.at(4, splice.column) is None
    # Of what has no end nobody knows how long it is on.
    walk = session(programme, "walk")
    assert (walk.first, walk.last) == (4, 4)


def test_what_is_after_midnight_is_on_its_calendar_day(model: ReadModel) -> None:
    assert of_day(model, SATURDAY).session("event/late-tides") is None
    assert [each.ref for each in of_day(model, SUNDAY).sessions] == ["event/late-tides", "event/farewell"]


def test_the_conference_of_another_year_is_another_programme(model: ReadModel) -> None:
    span = span_of(model, row_of(model, "event/knots"))
    assert span_of(model, row_of(model, FIRST)) == span
    assert not programme_of(model, day_of(NEXT_YEAR), span).sessions
    whole = range(*model.range("events"))
    assert [each.ref for each in programme_of(model, day_of(NEXT_YEAR), whole).sessions] == ["event/ropes-a-year-on"]


def test_one_goes_to_what_is_on_beside_and_to_what_is_nearest_where_nothing_is(model: ReadModel) -> None:
    programme = of_day(model, SATURDAY)
    splice, knots = session(programme, "how-to-splice-a-rope"), session(programme, "knots")
    beside = programme.beside(splice, 1)
    assert beside is not None
    assert beside.ref == "event/signal-lamps"
    assert programme.beside(splice, -1) is None
    assert programme.beside(session(programme, "walk"), -1) == knots
    assert programme.next_in_column(session(programme, "welcome"), 1) == splice
    assert programme.next_in_column(splice, 1) is None


def test_days_before_and_after_leave_out_those_on_which_nothing_begins(model: ReadModel) -> None:
    events, first = range(*model.range("events")), day_of(SATURDAY)
    assert nearest_day(model, events, (first + 2) * MINUTES, later=True) == day_of(NEXT_YEAR)
    assert nearest_day(model, events, day_of(NEXT_YEAR) * MINUTES, later=False) == day_of(SUNDAY)
    assert nearest_day(model, events, first * MINUTES, later=False) is None
    talks = [row_of(model, "event/farewell")]
    assert nearest_day(model, talks, 0, later=True) == day_of(SUNDAY)
    assert nearest_day(model, [], 0, later=True) is None
