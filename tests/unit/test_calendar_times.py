"""When events of calendars are: days, times, durations and zones."""

from __future__ import annotations

from datetime import datetime

import pytest

from convenings.interchange.calendars.zones import Zones, zone_by_name
from tests.unit.calendars import calendar, event_of, reading_of, reasons_of, times_of

CUSTOM = """
BEGIN:VTIMEZONE
TZID:Our own time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


@pytest.mark.parametrize(
    ("lines", "times"),
    [
        # The end of whole days is the day after.
        ("DTSTART;VALUE=DATE:20200508\nDTEND;VALUE=DATE:20200509", ("2020-05-08", None, None, None)),
        ("DTSTART;VALUE=DATE:20200508\nDTEND;VALUE=DATE:20200511", ("2020-05-08/2020-05-10", None, None, None)),
        ("DTSTART;VALUE=DATE:20200508\nDTEND;VALUE=DATE:20200508", ("2020-05-08", None, None, None)),
        ("DTSTART;VALUE=DATE:20200508\nDURATION:P2D", ("2020-05-08/2020-05-09", None, None, None)),
        ("DTSTART;VALUE=DATE:20200508", ("2020-05-08", None, None, None)),
        (
            "DTSTART:20200508T000000\nDTEND:20200510T000000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
            ("2020-05-08/2020-05-09", None, None, None),
        ),
        # By the clock at the place.
        ("DTSTART:20200508T100000\nDTEND:20200508T113000", ("2020-05-08", "10:00", "11:30", None)),
        ("DTSTART:20200508T100000\nDURATION:PT1H30M", ("2020-05-08", "10:00", "11:30", None)),
        ("DTSTART:20200508T100000", ("2020-05-08", "10:00", None, None)),
        ("DTSTART:20200508T100000\nDTEND:20200508T100000", ("2020-05-08", "10:00", None, None)),
        ("DTSTART:20200508T100025\nDTEND:20200508T100050", ("2020-05-08", "10:00", None, None)),
        # Into the night, and over several days.
        ("DTSTART:20200508T220000\nDTEND:20200509T020000", ("2020-05-08", "22:00", "02:00", None)),
        ("DTSTART:20200508T200000\nDTEND:20200509T000000", ("2020-05-08", "20:00", "00:00", None)),
        ("DTSTART:20200508T100000\nDTEND:20200509T100000", ("2020-05-08", "10:00", "10:00", None)),
        ("DTSTART:20200508T100000\nDTEND:20200509T180000", ("2020-05-08/2020-05-09", "10:00", "18:00", None)),
        ("DTSTART:20200508T100000\nDTEND:20200510T090000", ("2020-05-08/2020-05-10", "10:00", "09:00", None)),
        # Zones.
        ("DTSTART:20200508T100000Z\nDTEND:20200508T110000Z", ("2020-05-08", "10:00", "11:00", "UTC")),
        ("DTSTART;TZID=Europe/London;VALUE=DATE-TIME:20200508T100000", ("2020-05-08", "10:00", None, "Europe/London")),
        (
            'DTSTART;TZID="W. Europe Standard Time":20200508T100000\nDTEND:20200508T090000Z',
            ("2020-05-08", "10:00", "11:00", "Europe/Berlin"),
        ),
        (
            "DTSTART;TZID=Europe/Paris:20200508T100000\nDTEND;TZID=Europe/London:20200508T100000",
            ("2020-05-08", "10:00", "11:00", "Europe/Paris"),
        ),
        # A duration is as long as it says, whatever is done to the clock meanwhile.
        (
            "DTSTART;TZID=Europe/Berlin:20200328T230000\nDURATION:PT4H",
            ("2020-03-28", "23:00", "04:00", "Europe/Berlin"),
        ),
        ("DTSTART;TZID=Europe/Berlin:20200328T230000\nDURATION:P1D", ("2020-03-28", "23:00", "23:00", "Europe/Berlin")),
        # What is not quite the standard.
        ("DTSTART:2020-05-08T10:00:00+02:00", ("2020-05-08", "10:00", None, "+02:00")),
        ("DTSTART:20200508T1000", ("2020-05-08", "10:00", None, None)),
        ("DTSTART;VALUE=DATE-TIME:20200508", ("2020-05-08", None, None, None)),
        ("DTSTART:20200508T240000", ("2020-05-09", "00:00", None, None)),
    ],
)
def test_times_of_an_event(lines: str, times: tuple[str | None, ...]) -> None:
    reading = reading_of(calendar(f"SUMMARY:a\n{lines}"))
    assert times_of(event_of(reading)) == times
    assert reading.skipped == []


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("DTSTART:20200230", "DTSTART: '20200230' is in no calendar; it was left out"),
        ("DTSTART:soon", "DTSTART: 'soon' is no date or time; it was left out"),
        ("DTSTART:00000101T000000", "DTSTART: '00000101T000000' is in no calendar; it was left out"),
        ("DTSTART:20200508T100000\nDTEND:20200508T090000", "the end was left out: it ends before it begins"),
        ("DTSTART:20200508T100000\nDTEND:later", "the end was left out: 'later' is no date or time"),
        (
            "DTSTART:20200508T100000\nDURATION:-PT1H",
            "the end was left out: the duration '-PT1H' goes back in time",
        ),
        ("DTSTART:20200508T100000\nDURATION:P600000W", "the end was left out: it leads beyond the year 9999"),
        ("DTSTART:20200508T100000\nDURATION:PT", "the end was left out: 'PT' is no duration"),
    ],
)
def test_a_time_that_cannot_be_read_is_told_and_the_event_comes_in(lines: str, reason: str) -> None:
    reading = reading_of(calendar(f"SUMMARY:a\n{lines}"))
    assert event_of(reading).label == "a"
    assert [why for _, why in reasons_of(reading)] == [reason]


def test_an_unknown_zone_is_told_and_the_clock_at_the_place_counts() -> None:
    reading = reading_of(calendar("SUMMARY:a\nDTSTART;TZID=Middle Earth:20200508T100000"))
    assert times_of(event_of(reading)) == ("2020-05-08", "10:00", None, None)
    assert reading.remarks == [
        "the time zone 'Middle Earth' is not known: its times are taken as a clock at the place shows them"
    ]


@pytest.mark.parametrize(("day", "zone"), [("20200508", "+02:00"), ("20201208", "+01:00"), ("20200328", "+01:00")])
def test_a_zone_of_the_calendar_itself_is_an_offset(day: str, zone: str) -> None:
    text = calendar(f"SUMMARY:a\nDTSTART;TZID=Our own time:{day}T100000", head=CUSTOM)
    assert event_of(reading_of(text)).zone == zone


def test_a_zone_that_says_where_it_is_is_that_of_the_place() -> None:
    head = CUSTOM.replace("TZID:Our own time", "TZID:Our own time\nX-LIC-LOCATION:Europe/Oslo")
    text = calendar("SUMMARY:a\nDTSTART;TZID=Our own time:20200508T100000", head=head)
    assert event_of(reading_of(text)).zone == "Europe/Oslo"


def test_times_of_utc_are_shown_by_the_clock_of_the_calendar() -> None:
    text = calendar(
        "SUMMARY:a\nDTSTART:20200508T223000Z\nDTEND:20200508T233000Z", head="X-WR-TIMEZONE:America/Los_Angeles"
    )
    assert times_of(event_of(reading_of(text))) == ("2020-05-08", "15:30", "16:30", "America/Los_Angeles")


@pytest.mark.parametrize(
    ("name", "iana"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("/freeassociation.sourceforge.net/Tzfile/Europe/London", "Europe/London"),
        ("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("Pacific Standard Time", "America/Los_Angeles"),
        ("tzone://Microsoft/Utc", "UTC"),
        ("Etc/GMT", "UTC"),
    ],
)
def test_zones_have_many_spellings(name: str, iana: str) -> None:
    zone = zone_by_name(name)
    assert zone is not None
    assert zone.name == iana


@pytest.mark.parametrize("name", ["localtime", "../../etc/passwd", "Mars/Phobos", "", "\udce9", "Europe", "a" * 10_000])
def test_what_is_no_zone_is_none(name: str) -> None:
    assert zone_by_name(name) is None


@pytest.mark.parametrize(("name", "offset"), [("UTC+5:30", "+05:30"), ("GMT-0300", "-03:00"), ("+01:00", "+01:00")])
def test_an_offset_is_a_zone(name: str, offset: str) -> None:
    zone = Zones().zone(name)
    assert zone is not None
    assert zone.name_at(datetime(2020, 1, 1)) == offset
