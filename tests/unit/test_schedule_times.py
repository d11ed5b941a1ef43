"""When a session is, of all that a schedule says about it."""

from __future__ import annotations

from datetime import date

import pytest

from convenings.interchange.schedules.times import Stated, clock, length, moment, offset_text, when, zone_of


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1:30", 90), ("00:50", 50), ("00:50:00", 50), ("90", 90), ("45 min", 45), ("1h30", 90), ("2h", 120),
        ("PT1H30M", 90), ("PT45M", 45), ("P1DT2H", 1560), ("1 day, 0:30", 1470), ("28:00", 1680), ("30.0", 30),
        ("", None), ("soon", None), ("-5", None), ("P", None), ("1:3", None),
    ],
)  # fmt: skip
def test_a_duration_is_read_in_every_form(text: str, minutes: int | None) -> None:
    assert length(text) == minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("9:30", 570),
        ("09:30:00", 570),
        ("9:30 pm", 1290),
        ("12:15 am", 15),
        ("25:30", 1530),
        ("9:75", None),
        ("x", None),
    ],
)
def test_a_clock_time_is_read_in_every_form(text: str, minutes: int | None) -> None:
    assert clock(text) == minutes


@pytest.mark.parametrize("text", ["2031-02-30", "2031-05-03T25:00", "3 May 2031", "", "2031-05-03x"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert moment(text) is None


def test_offsets_are_read_and_written() -> None:
    at = moment("2031-05-03T10:00:00-03:30")
    assert at is not None
    assert at.offset is not None
    assert offset_text(at.offset) == "-03:30"


def shown(stated: Stated, zone: str = "") -> tuple[str | None, int | None, int | None, str]:
    at = when(stated, zone_of(zone) if zone else None)
    return at.date, at.start, at.end, at.conflict


def test_a_date_with_a_time_says_the_calendar_day() -> None:
    stated = Stated(day="2031-05-03", date="2031-05-04T00:15:00+02:00", start="00:15", duration="01:00")
    assert shown(stated) == ("2031-05-04", 15, 75, "")


def test_before_the_change_of_the_day_it_is_the_next_calendar_day() -> None:
    at = when(Stated(day="2031-05-03", start="00:30", duration="00:45", day_change="04:00:00"), None)
    assert (at.date, at.day_from) == ("2031-05-04", "it starts before the day's change at 04:00")
    assert when(Stated(day="2031-05-03", start="04:00", day_change="04:00"), None).day == date(2031, 5, 3)


def test_without_a_change_the_ends_of_the_day_tell() -> None:
    first, last = "2031-05-03T10:00:00+02:00", "2031-05-04T03:00:00+02:00"
    for start, day in (("01:00", "2031-05-04"), ("11:00", "2031-05-03")):
        stated = Stated(day="2031-05-03", start=start, day_start=first, day_end=last)
        assert when(stated, None).date == day


def test_without_either_the_order_of_the_room_tells() -> None:
    assert when(Stated(day="2031-05-03", start="00:30", previous=1380), None).date == "2031-05-04"
    assert when(Stated(day="2031-05-03", start="00:30"), None).date == "2031-05-03"


def test_hours_past_midnight_count_on() -> None:
    assert shown(Stated(day="2031-05-03", start="25:30", duration="30")) == ("2031-05-04", 90, 120, "")


def test_the_local_start_wins_over_a_date_in_utc() -> None:
    stated = Stated(day="2031-05-02", date="2031-05-02T20:00:00+00:00", start="01:30", duration="00:20")
    assert shown(stated, "Asia/Kolkata") == ("2031-05-03", 90, 110, "zone")
    # Without a zone it is the day on which that start is nearest.
    assert shown(stated) == ("2031-05-03", 90, 110, "zone")


def test_the_local_start_wins_over_another_time() -> None:
    stated = Stated(day="2031-05-03", date="2031-05-03T10:00:00+02:00", start="09:05")
    assert shown(stated) == ("2031-05-03", 545, None, "start")


def test_an_end_in_utc_is_put_on_the_clock_of_the_start() -> None:
    stated = Stated(date="2031-05-03T10:00:00+02:00", end="2031-05-03T08:50:00Z")
    assert shown(stated) == ("2031-05-03", 600, 650, "")
    stated = Stated(day="2031-05-03", start="10:00", end="2031-05-03T08:50:00Z")
    assert shown(stated, "Europe/Brussels") == ("2031-05-03", 600, 650, "")
    assert shown(stated) == ("2031-05-03", 600, None, "end")


def test_an_end_after_midnight_is_on_the_next_day_and_a_longer_one_on_its_own() -> None:
    assert shown(Stated(day="2031-05-03", start="23:30", duration="01:00")) == ("2031-05-03", 1410, 30, "")
    assert shown(Stated(day="2031-05-03", start="10:00", duration="24:00")) == ("2031-05-03/2031-05-04", 600, 600, "")
    assert shown(Stated(day="2031-05-03", start="10:00", duration="50:00")) == ("2031-05-03/2031-05-05", 600, 720, "")


def test_no_length_is_no_end() -> None:
    assert shown(Stated(day="2031-05-03", start="10:00", duration="00:00")) == ("2031-05-03", 600, None, "")


def test_what_cannot_be_read_is_told_and_the_rest_is_kept() -> None:
    assert shown(Stated(day="2031-05-03", date="2031-02-30", start="10:00")) == ("2031-05-03", 600, None, "date")
    assert shown(Stated(day="2031-05-03", start="noon")) == ("2031-05-03", None, None, "time")
    assert shown(Stated(day="2031-05-03", start="10:00", duration="a while")) == ("2031-05-03", 600, None, "duration")
    assert shown(Stated(start="10:00")) == (None, 600, None, "")


def test_the_last_day_of_all_is_no_fault() -> None:
    assert when(Stated(day="9999-12-31", start="23:00", duration="48:00"), zone_of("Asia/Kolkata")).start == 1380


@pytest.mark.parametrize("name", ["Nowhere/Town", "../../etc/passwd", "/etc/passwd", "", "W. Europe Standard Time"])
def test_an_unknown_zone_is_none(name: str) -> None:
    assert zone_of(name) is None
