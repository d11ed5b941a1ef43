"""When events begin and end, in which zone, and what has become of them."""

from __future__ import annotations

import pytest

from convenings.domain.days import day_number
from convenings.domain.event_times import start_and_end, status_in_words, utc_offset


@pytest.mark.parametrize(
    ("date", "start_time", "end_time", "expected"),
    [
        ("2021-02-06", "14:00", "14:50", ("2021-02-06T14:00", "2021-02-06T14:50")),
        ("2021-02-06", "23:30", "00:30", ("2021-02-06T23:30", "2021-02-07T00:30")),
        ("2021-12-31", "23:30", "23:30", ("2021-12-31T23:30", "2022-01-01T23:30")),
        ("2021-02-06", "14:00", None, ("2021-02-06T14:00", None)),
        ("2021-02-06", None, "18:00", ("2021-02-06", "2021-02-06T18:00")),
        ("2021-02-06", None, None, ("2021-02-06", "2021-02-06")),
        ("2021-02-06/2021-02-07", None, None, ("2021-02-06", "2021-02-07")),
        ("2021-02-06/2021-02-07", "09:30", "09:00", ("2021-02-06T09:30", "2021-02-07T09:00")),
        ("2021-02-06/2021-02-07", "09:30", None, ("2021-02-06T09:30", "2021-02-07")),
        ("2021-02", "09:30", "10:00", ("2021-02", "2021-02")),
        ("2021-02-06~", "09:30", "10:00", ("2021-02-06~", "2021-02-06~")),
        ("2021-02-06/..", None, None, ("2021-02-06", None)),
        ("../2021", None, None, (None, "2021")),
        ("2021-02-06T09:00:00+01:00", None, "10:00", ("2021-02-06T09:00", "2021-02-06T10:00")),
        (None, "09:30", "10:00", ("T09:30", "T10:00")),
        (None, None, None, (None, None)),
        ("next week", "09:30", None, ("T09:30", None)),
        ("2021-02-06", "half past", None, ("2021-02-06", "2021-02-06")),
    ],
)
def test_start_and_end_are_no_more_exact_than_they_are_known(
    date: str | None, start_time: str | None, end_time: str | None, expected: tuple[str | None, str | None]
) -> None:
    assert start_and_end(date, start_time, end_time) == expected


@pytest.mark.parametrize(
    ("zone", "month", "minutes"),
    [
        ("Europe/Brussels", 2, 60),
        ("Europe/Brussels", 7, 120),
        ("Asia/Kathmandu", 2, 345),
        ("+01:00", 7, 60),
        ("-03:30", 7, -210),
        ("UTC", 7, 0),
        ("Mars/Base", 7, None),
        ("+1", 7, None),
    ],
)
def test_a_zone_has_its_distance_to_utc(zone: str, month: int, minutes: int | None) -> None:
    assert utc_offset(zone, day_number(2021, month, 1), 14 * 60) == minutes


def test_a_day_that_no_clock_has_has_no_distance_to_utc() -> None:
    assert utc_offset("Europe/Brussels", day_number(-44, 3, 15), 0) is None
    assert utc_offset("Europe/Brussels", day_number(12000, 1, 1), 0) is None


@pytest.mark.parametrize(
    ("status", "moved_from", "words"),
    [
        ("cancelled", None, "cancelled"),
        ("moved", "2021-05-04", "moved from 4 May 2021"),
        ("moved", None, "moved"),
        ("cancelled", "2021-05-04", "cancelled, moved from 4 May 2021"),
        (None, None, ""),
    ],
)
def test_what_has_become_of_an_event(status: str | None, moved_from: str | None, words: str) -> None:
    assert status_in_words(status, moved_from) == words
