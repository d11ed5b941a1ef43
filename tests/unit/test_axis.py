"""The time axis: days to columns, ticks, zoom."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.domain.days import calendar_day, day_number
from convenings.tui.paint.axis import LEAST_DAYS, LEAST_HOURS, Axis

DAYS = st.dates().map(date.toordinal) | st.integers(-(10**9), 10**9)
WIDTHS = st.integers(1, 400)


def day(text: str) -> int:
    """Ordinal of an ISO date."""
    return date.fromisoformat(text).toordinal()


@given(DAYS, DAYS, WIDTHS)
def test_everything_dated_lies_on_the_axis(one: int, other: int, width: int) -> None:
    """An axis over a span holds all of it, and little more: whole years of years, months of months, days of days."""
    first, last = sorted((one, other))
    axis = Axis.over(first, last, width)
    bar = axis.bar(first, last)
    assert bar is not None
    start, end = bar
    assert 0 <= start < end <= width
    _, month, number = calendar_day(int(axis.first))
    length = last - first + 1
    if length >= 2 * 365:
        assert (month, number) == (1, 1)
        assert axis.days - length <= 2 * 366
    elif length >= 62:
        assert number == 1
        assert axis.days - length <= 2 * 31
    else:
        assert (axis.first, axis.days) == (first, length)


@given(DAYS, DAYS, DAYS, WIDTHS)
def test_later_days_never_stand_further_left(one: int, other: int, day: int, width: int) -> None:
    """Columns follow time."""
    first, last = sorted((one, other))
    axis = Axis.over(first, last, width)
    assert axis.column(day) <= axis.column(day + 1)


SPANS = st.integers(0, 60) | st.integers(0, 4000) | st.integers(0, 10**6) | st.integers(0, 10**11)


@given(DAYS, SPANS, st.integers(1, 300), st.booleans())
def test_ticks_stand_apart_on_the_axis(first: int, days: int, width: int, has_hours: bool) -> None:
    """Labels never touch, never run over the edge, and rise."""
    ticks = Axis.over(first, first + days, width, has_hours=has_hours).ticks
    free = 0
    for column, label in ticks:
        assert free <= column <= width - len(label)
        free = column + len(label) + 1
    assert len({label for _, label in ticks}) == len(ticks) or any(label.endswith(":00") for _, label in ticks)


@given(st.dates(date(1, 1, 1), date(3000, 1, 1)), st.integers(1000, 10**6), st.integers(30, 300))
def test_ticks_of_years_are_round_and_one_step_apart(start: date, days: int, width: int) -> None:
    """1, 2, 5, 10, 20, 25, 50, 100 …: one of them for the whole axis, and each tick a multiple of it."""
    labels = [label for _, label in Axis.over(start.toordinal(), start.toordinal() + days, width).ticks]
    if not all(label.isdigit() for label in labels) or len(labels) < 2:
        return
    years = [int(label) for label in labels]
    steps = {b - a for a, b in pairwise(years)}
    assert len(steps) == 1
    step = steps.pop()
    assert step in {n * 10**k for n in (1, 2, 5, 10, 20, 25, 50) for k in range(6) if k == 0 or n >= 10}
    assert all(year % step == 0 for year in years)


@pytest.mark.parametrize(
    ("first", "last", "width", "has_hours", "labels"),
    [
        ("2018-02-03", "2018-02-04", 60, False, ["3 Feb", "4 Feb"]),
        ("2018-02-03", "2018-02-04", 40, True, ["3 Feb", "12:00", "4 Feb", "12:00"]),
        ("2018-02-03", "2018-02-03", 40, True, ["3 Feb", "06:00", "12:00", "18:00"]),
        ("2021-05-26", "2021-06-08", 70, False, ["31 May", "7 Jun"]),
        ("2021-05-30", "2021-06-03", 60, False, ["30 May", "31 May", "1 Jun", "2 Jun", "3 Jun"]),
        ("2018-02-10", "2018-06-16", 80, False, ["Feb 2018", "Mar 2018", "Apr 2018", "May 2018", "Jun 2018"]),
        ("2018-02-10", "2018-09-16", 40, False, ["Apr 2018", "Jul 2018"]),
        ("2018-02-01", "2023-09-16", 60, False, ["2018", "2019", "2020", "2021", "2022", "2023"]),
        ("0225-01-01", "2020-12-31", 60, False, [f"{n}" for n in range(400, 2000, 200)]),
        ("2021-04-13", "2021-04-17", 30, False, ["13 Apr"]),
    ],
)  # fmt: skip
def test_ticks(first: str, last: str, width: int, has_hours: bool, labels: list[str]) -> None:
    """Round years, months, weeks, days and hours, as many as stand apart."""
    axis = Axis.over(day(first), day(last), width, has_hours=has_hours)
    assert [label for _, label in axis.ticks] == labels


def test_years_before_christ_are_round_as_they_are_said() -> None:
    """500 BC is the year -499; a tick there says 500 BC, not 501 BC."""
    axis = Axis.over(day_number(-600, 5, 1), day_number(450, 5, 1), 60)
    assert [label for _, label in axis.ticks] == ["600 BC", "400 BC", "200 BC", "200", "400"]


def test_hours_of_one_day_name_the_day_once() -> None:
    """Where no midnight is on the axis its first tick says which day it is."""
    whole = Axis.over(day("2018-02-03"), day("2018-02-04"), 60, has_hours=True)
    axis = whole.zoomed(0.2, day("2018-02-03") + 0.5, whole)
    assert [label for _, label in axis.ticks] == ["3 Feb 09:00", "12:00", "15:00"]


@given(DAYS, DAYS, WIDTHS, st.lists(st.sampled_from([0.5, 2.0]), max_size=40), DAYS, st.booleans())
def test_zoom_stays_within_the_whole(
    one: int, other: int, width: int, factors: list[float], around: int, has_hours: bool
) -> None:
    """However one zooms, the stretch shown is part of the whole and not below the least."""
    first, last = sorted((one, other))
    whole = axis = Axis.over(first, last, width, has_hours=has_hours)
    for factor in factors:
        axis = axis.zoomed(factor, around, whole)
        assert (LEAST_HOURS if has_hours else LEAST_DAYS) <= axis.days <= whole.days
        assert whole.first <= axis.first + 1e-4
        assert axis.end <= whole.end + 1e-4
        assert isinstance(axis.ticks, list)


def test_a_year_a_month_a_day_in_columns() -> None:
    """Precision is width: of 365 columns a month takes about 30 and a day one or two."""
    axis = Axis(day("2018-01-01"), 365, 365)
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
    axis = Axis(day("2018-01-01"), 365, 100)
    assert axis.bar(first, last) == bar
    before, after = last is not None and last < axis.first, first is not None and first >= axis.end
    assert axis.side(first, last) == after - before


def test_no_event_is_dated() -> None:
    """Without any date there is no axis."""
    axis = Axis.over(None, None, 40)
    assert axis.bar(None, None) is None
    assert (axis.width, axis.ticks) == (0, [])


@pytest.mark.parametrize("year", [-170_000_000, 0, 1, 9999, 999_999_999_999])
def test_years_that_the_standard_library_has_and_has_not(year: int) -> None:
    """The ends of its calendar are no ends here."""
    first, last = day_number(year, 1, 1), day_number(year, 12, 31)
    axis = Axis.over(first, last, 60)
    assert axis.bar(first, last) is not None
    for factor in (0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5):
        axis = axis.zoomed(factor, last, Axis.over(first, last, 60))
        assert isinstance(axis.ticks, list)
