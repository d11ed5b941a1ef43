"""The time axis: days to columns, ticks, zoom."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from convenings.tui.paint.axis import MOST_ZOOM, Axis

DAYS = st.dates().map(date.toordinal)
WIDTHS = st.integers(1, 400)


def day(text: str) -> int:
    """Ordinal of an ISO date."""
    return date.fromisoformat(text).toordinal()


@given(DAYS, DAYS, WIDTHS)
def test_everything_dated_lies_on_the_axis(one: int, other: int, width: int) -> None:
    """An axis over a span holds all of it, and begins and ends with a year."""
    first, last = sorted((one, other))
    axis = Axis.over(first, last, width)
    bar = axis.bar(first, last)
    assert bar is not None
    start, end = bar
    assert 0 <= start < end <= width
    assert date.fromordinal(int(axis.first)).timetuple().tm_yday == 1


@given(DAYS, DAYS, DAYS, WIDTHS)
def test_later_days_never_stand_further_left(one: int, other: int, day: int, width: int) -> None:
    """Columns follow time."""
    first, last = sorted((one, other))
    axis = Axis.over(first, last, width)
    assert axis.column(day) <= axis.column(day + 1)


@given(DAYS, st.integers(0, 4000), st.integers(10, 300))
def test_ticks_stand_apart_on_the_axis(first: int, days: int, width: int) -> None:
    """Labels never touch, never run over the edge, and rise."""
    assume(first + days <= date.max.toordinal())
    ticks = Axis.over(first, first + days, width).ticks
    free = 0
    for column, label in ticks:
        assert free <= column <= width - len(label)
        free = column + len(label) + 1
    assert len({label for _, label in ticks}) == len(ticks)


@given(DAYS, DAYS, WIDTHS, st.lists(st.sampled_from([0.5, 2.0]), max_size=40), DAYS)
def test_zoom_stays_within_the_whole(one: int, other: int, width: int, factors: list[float], around: int) -> None:
    """However one zooms, the stretch shown is part of the whole and not below the least."""
    first, last = sorted((one, other))
    whole = axis = Axis.over(first, last, width)
    for factor in factors:
        axis = axis.zoomed(factor, around, whole)
        assert MOST_ZOOM <= axis.days <= whole.days
        assert whole.first <= axis.first + 1e-6
        assert axis.first + axis.days <= whole.first + whole.days + 1e-6
        assert isinstance(axis.ticks, list)


def test_a_year_a_month_a_day_in_columns() -> None:
    """Precision is width: of 365 columns a month takes about 30 and a day one or two."""
    axis = Axis.over(day("2018-03-01"), day("2018-03-01"), 365)
    month = axis.bar(day("2018-02-01"), day("2018-02-28"))
    one = axis.bar(day("2018-06-20"), day("2018-06-20"))
    assert month is not None
    assert one is not None
    assert 28 <= month[1] - month[0] <= 30
    assert 1 <= one[1] - one[0] <= 2
    assert axis.bar(day("2018-01-01"), day("2018-12-31")) == (0, 365)


@pytest.mark.parametrize(
    ("first", "last", "bar"),
    [
        (None, None, None),
        (None, day("2018-06-30"), (0, 50)),
        (day("2018-07-03"), None, (50, 100)),
        (day("2017-01-01"), day("2017-12-31"), None),
        (day("2019-01-02"), day("2019-12-31"), None),
        (day("2017-01-01"), day("2019-12-31"), (0, 100)),
    ],
)
def test_open_ends_and_what_is_off_the_axis(first: int | None, last: int | None, bar: tuple[int, int] | None) -> None:
    """An open end reaches the edge; what is not on the axis is not drawn; no date draws nothing."""
    axis = Axis.over(day("2018-03-01"), day("2018-10-01"), 100)
    assert axis.bar(first, last) == bar


def test_no_event_is_dated() -> None:
    """Without any date there is still an axis."""
    axis = Axis.over(None, None, 40)
    assert axis.bar(None, None) is None
    assert axis.ticks


@pytest.mark.parametrize("year", [1, 9999])
def test_the_first_and_the_last_year(year: int) -> None:
    """The ends of the calendar break nothing."""
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    axis = Axis.over(first, last, 60)
    assert axis.bar(first, last) is not None
    for factor in (0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5):
        axis = axis.zoomed(factor, last, Axis.over(first, last, 60))
        assert isinstance(axis.ticks, list)
