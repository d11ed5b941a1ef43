"""Events that recur: which occurrences there are, and how each is known again."""

from __future__ import annotations

from time import perf_counter

import pytest

from convenings.domain.record_values import Identifier
from tests.unit.calendars import (
    calendar,
    event_of,
    events_of,
    occurrences_of,
    reading_of,
    reasons_of,
    series_of,
    times_of,
)

UID = "UID:a-long-one@calendar.example\nSUMMARY:Reading group"
STAMP = "DTSTAMP:20200101T000000Z"


def days(*lines: str) -> list[str]:
    """Days of the occurrences of a series."""
    reading = reading_of(calendar("\n".join([UID, STAMP, *lines])))
    assert reading.skipped == []
    return [event.date or "" for event in occurrences_of(reading)]


def test_a_series_has_its_occurrences_as_parts() -> None:
    reading = reading_of(
        calendar(
            f"{UID}\n{STAMP}\nDTSTART;TZID=Europe/Berlin:20200106T180000\nDTEND;TZID=Europe/Berlin:20200106T193000\n"
            "RRULE:FREQ=WEEKLY;COUNT=3\nLOCATION:Library\nCATEGORIES:Books\nDESCRIPTION:We read."
        )
    )
    series = series_of(reading)
    assert times_of(series) == ("2020-01-06/2020-01-20", None, None, "Europe/Berlin")
    assert (series.recurrence, series.expanded_until) == ("RRULE:FREQ=WEEKLY;COUNT=3", None)
    assert [text.text for text in series.descriptions] == ["We read."]
    first, second, third = occurrences_of(reading)
    assert [event.super_event for event in (first, second, third)] == [series.id] * 3
    assert times_of(second) == ("2020-01-13", "18:00", "19:30", None)
    assert (second.label, second.place, second.topics, second.descriptions) == ("Reading group", series.place, [], [])
    assert third.status is None
    assert second.identifiers == [
        Identifier(scheme="uid", value="a-long-one@calendar.example;recurrence-id=20200113T170000Z")
    ]
    assert second.evidence[0].pointer == "uid=a-long-one@calendar.example;recurrence-id=20200113T170000Z"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # Rules of RFC 5545, section 3.8.5.3.
        ("DTSTART:19970902T090000\nRRULE:FREQ=DAILY;UNTIL=19970904T000000Z", ["1997-09-02", "1997-09-03"]),
        ("DTSTART:19970902T090000\nRRULE:FREQ=WEEKLY;COUNT=4;WKST=SU;BYDAY=TU,TH",
         ["1997-09-02", "1997-09-04", "1997-09-09", "1997-09-11"]),
        ("DTSTART:19970905T090000\nRRULE:FREQ=MONTHLY;COUNT=3;BYDAY=1FR", ["1997-09-05", "1997-10-03", "1997-11-07"]),
        ("DTSTART:19970929T090000\nRRULE:FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-2",
         ["1997-09-29", "1997-10-30", "1997-11-29"]),
        ("DTSTART:19970904T090000\nRRULE:FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3",
         ["1997-09-04", "1997-10-07", "1997-11-06"]),
        ("DTSTART:19970512T090000\nRRULE:FREQ=YEARLY;COUNT=3;BYWEEKNO=20;BYDAY=MO",
         ["1997-05-12", "1998-05-11", "1999-05-17"]),
        ("DTSTART:19961105T090000\nRRULE:FREQ=YEARLY;INTERVAL=4;COUNT=3;BYMONTH=11;BYDAY=TU;"
         "BYMONTHDAY=2,3,4,5,6,7,8", ["1996-11-05", "2000-11-07", "2004-11-02"]),
        ("DTSTART:20000229T090000\nRRULE:FREQ=YEARLY;COUNT=3", ["2000-02-29", "2004-02-29", "2008-02-29"]),
        # The start is the first, also where the rule has it not.
        ("DTSTART:20200107T090000\nRRULE:FREQ=WEEKLY;COUNT=3;BYDAY=MO", ["2020-01-07", "2020-01-13", "2020-01-20"]),
        # The last day of a rule counts, whichever way it is written.
        ("DTSTART:20200101T090000\nRRULE:FREQ=DAILY;UNTIL=20200103", ["2020-01-01", "2020-01-02", "2020-01-03"]),
        ("DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=DAILY;UNTIL=20200103", ["2020-01-01", "2020-01-02", "2020-01-03"]),
        ("DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=DAILY;UNTIL=20200102T235959Z", ["2020-01-01", "2020-01-02"]),
        ("DTSTART;TZID=America/New_York:20200101T200000\nRRULE:FREQ=DAILY;UNTIL=20200103T010000Z",
         ["2020-01-01", "2020-01-02"]),
        # Additions and exceptions: by time, in UTC, by day, by the midnight of the day.
        ("DTSTART:20200101T090000\nRDATE:20200301T090000,20200201T090000", ["2020-01-01", "2020-02-01", "2020-03-01"]),
        ("DTSTART:20200101T090000\nRDATE;VALUE=DATE:20200301", ["2020-01-01", "2020-03-01"]),
        ("DTSTART:20200101T090000\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE:20200102T090000\nEXDATE:20200103T090000",
         ["2020-01-01", "2020-01-04"]),
        ("DTSTART;TZID=Europe/Berlin:20200101T090000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20200102T080000Z",
         ["2020-01-01", "2020-01-03"]),
        ("DTSTART:20200101T090000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20200102", ["2020-01-01", "2020-01-03"]),
        ("DTSTART:20200101T090000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20200102T000000", ["2020-01-01", "2020-01-03"]),
        ("DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20200102T000000Z",
         ["2020-01-01", "2020-01-03"]),
        ("DTSTART:20200101T090000\nRRULE:FREQ=DAILY;COUNT=5\nEXRULE:FREQ=DAILY;INTERVAL=2",
         ["2020-01-02", "2020-01-04"]),
        # Written a little wrong.
        ("DTSTART:20200101T090000\nRRULE:freq=daily;count=2;", ["2020-01-01", "2020-01-02"]),
    ],
)  # fmt: skip
def test_days_of_a_series(lines: str, expected: list[str]) -> None:
    assert days(*lines.split("\n")) == expected


def test_an_addition_may_have_an_end_of_its_own() -> None:
    lines = "DTSTART:20200101T090000\nDTEND:20200101T100000\nRDATE;VALUE=PERIOD:20200201T090000/PT3H"
    reading = reading_of(calendar(f"{UID}\n{lines}"))
    assert [times_of(event)[:3] for event in occurrences_of(reading)] == [
        ("2020-01-01", "09:00", "10:00"),
        ("2020-02-01", "09:00", "12:00"),
    ]


def test_the_clock_stays_through_summer_time() -> None:
    lines = "DTSTART;TZID=Europe/Berlin:20200322T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3"
    reading = reading_of(calendar(f"{UID}\n{lines}"))
    assert [times_of(event)[:3] for event in occurrences_of(reading)] == [
        ("2020-03-22", "10:00", "11:00"),
        ("2020-03-29", "10:00", "11:00"),
        ("2020-04-05", "10:00", "11:00"),
    ]
    assert [event.identifiers[0].value[-16:] for event in occurrences_of(reading)] == [
        "20200322T090000Z",
        "20200329T080000Z",
        "20200405T080000Z",
    ]


def test_one_occurrence_is_no_series() -> None:
    reading = reading_of(calendar(f"{UID}\nDTSTART:20200101T090000\nRRULE:FREQ=DAILY;COUNT=1"))
    event = event_of(reading)
    assert (event.type, event.recurrence, event.super_event) == ("activity", "", None)


def test_a_series_without_an_end_goes_up_to_a_horizon_and_says_so() -> None:
    reading = reading_of(calendar(f"{UID}\n{STAMP}\nDTSTART:20181231T090000\nRRULE:FREQ=YEARLY"))
    assert [event.date for event in occurrences_of(reading)] == [f"{year}-12-31" for year in range(2018, 2023)]
    assert (series_of(reading).date, series_of(reading).expanded_until) == ("2018-12-31/..", "2022-12-31")
    assert reading.remarks == ["series that go on, with occurrences worked out up to 2022-12-31: 1"]


def test_a_series_of_many_is_cut_and_says_so() -> None:
    reading = reading_of(calendar(f"{UID}\n{STAMP}\nDTSTART:20200101T090000\nRRULE:FREQ=DAILY;COUNT=100000"))
    assert len(occurrences_of(reading)) == 2000
    assert series_of(reading).expanded_until == "2025-06-22"
    assert reading.remarks == ["series that go on, with occurrences worked out up to 2025-06-22: 1"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;COUNT=1000000000",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY;BYSETPOS=400",
        "FREQ=HOURLY;INTERVAL=168;BYDAY=SU",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=40",
        "FREQ=YEARLY;INTERVAL=10000",
        "FREQ=DAILY;UNTIL=99991231",
        "FREQ=SECONDLY;BYHOUR=5;BYMINUTE=3;UNTIL=99991231T000000Z",
    ],
)
def test_absurd_rules_are_bounded(rule: str) -> None:
    began = perf_counter()
    reading = reading_of(calendar(f"{UID}\n{STAMP}\nDTSTART:20200101T090000\nRRULE:{rule}"))
    assert 1 <= len(events_of(reading)) <= 2001
    assert perf_counter() - began < 10


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL=0 is no number from 1 to 10000"),
        ("FREQ=DAILY;COUNT=-1", "COUNT=-1 is no number from 1 to 1000000000"),
        ("FREQ=SOMETIMES", "it cannot be read"),
        ("COUNT=3", "it has no FREQ"),
        ("FREQ=DAILY;BYDAY=XX", "it cannot be read"),
        ("FREQ=DAILY;UNTIL=never", "'NEVER' is no date or time"),
        ("RSCALE=CHINESE;FREQ=YEARLY", "it counts in another calendar than the Gregorian"),
        ("D1 #10", "'D1#10' is no part of a rule"),
        ("FREQ=MINUTELY;INTERVAL=1440;BYHOUR=5", "no time ever fits it"),
        (f"FREQ=DAILY;BYHOUR={'1,' * 600}1", "it has more than 1000 characters"),
    ],
)
def test_a_rule_that_cannot_be_read_is_told_and_the_first_date_comes_in(rule: str, why: str) -> None:
    reading = reading_of(calendar(f"{UID}\nDTSTART:20200101T090000\nRRULE:{rule}"))
    assert event_of(reading).date == "2020-01-01"
    assert reasons_of(reading) == [("line 8", f"the rule '{rule[:60]}' was not worked out: {why}")]


def test_dates_that_are_all_excepted_leave_a_series_that_is_called_off() -> None:
    reading = reading_of(
        calendar(f"{UID}\nDTSTART:20200101T090000\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20200101T090000,20200102T090000")
    )
    series = event_of(reading)
    assert (series.type, series.date, series.status) == ("series", None, "cancelled")


def test_a_rule_of_exceptions_without_an_end_keeps_no_series_going() -> None:
    lines = "DTSTART:20240101T100000\nRRULE:FREQ=WEEKLY;COUNT=4\nEXRULE:FREQ=MONTHLY;BYMONTHDAY=15"
    reading = reading_of(calendar(f"{UID}\n{STAMP}\n{lines}"))
    series = series_of(reading)
    assert (series.date, series.expanded_until) == ("2024-01-01/2024-01-22", None)
    assert [event.date for event in occurrences_of(reading)] == ["2024-01-01", "2024-01-08", "2024-01-22"]
    assert reading.remarks == []


def test_an_end_that_cannot_be_is_told_once_of_a_series() -> None:
    lines = "DTSTART:20240101T100000\nDTEND:20240101T090000\nRRULE:FREQ=DAILY;COUNT=4"
    reading = reading_of(calendar(f"{UID}\n{STAMP}\n{lines}"))
    assert [event.end_time for event in occurrences_of(reading)] == [None] * 4
    assert reasons_of(reading) == [("line 4", "the end was left out: it ends before it begins")]


def test_exceptions_on_no_date_are_told() -> None:
    reading = reading_of(
        calendar(f"{UID}\nDTSTART:20200101T090000\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20200105T090000,20200101T100000")
    )
    assert len(occurrences_of(reading)) == 2
    assert reading.remarks == ["uid=a-long-one@calendar.example: exceptions (EXDATE) on no date of the series: 2"]


WEEKLY = f"{UID}\nDTSTART;TZID=Europe/Berlin:20200106T180000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=4"


def test_an_occurrence_is_moved() -> None:
    moved = (
        f"{UID}\nRECURRENCE-ID:20200113T170000Z\nDTSTART;TZID=Europe/Berlin:20200114T190000\n"
        "DTEND;TZID=Europe/Berlin:20200114T193000\nLOCATION:Café"
    )
    reading = reading_of(calendar(moved, WEEKLY))
    series, occurrences = series_of(reading), occurrences_of(reading)
    assert [event.date for event in occurrences] == ["2020-01-06", "2020-01-14", "2020-01-20", "2020-01-27"]
    event = occurrences[1]
    assert times_of(event) == ("2020-01-14", "19:00", "19:30", None)
    assert (event.status, event.moved_from) == ("moved", "2020-01-13T18:00:00")
    assert event.place != series.place
    # It is known by when it was to be, and stands where it stands.
    assert event.identifiers[0].value.endswith(";recurrence-id=20200113T170000Z")
    data = reading.file.data[event.evidence[0].start : event.evidence[0].end]
    assert data.startswith(b"BEGIN:VEVENT")
    assert b"RECURRENCE-ID" in data


def test_an_occurrence_beyond_its_neighbours_is_still_within_its_series() -> None:
    moved = f"{UID}\nRECURRENCE-ID;TZID=Europe/Berlin:20200127T180000\nDTSTART;TZID=Europe/Berlin:20200301T180000"
    reading = reading_of(calendar(WEEKLY, moved))
    assert series_of(reading).date == "2020-01-06/2020-03-01"


@pytest.mark.parametrize(
    "word", ["VALUE=DATE:20200113", "TZID=Europe/Berlin:20200113T000000", "X-A=1:20200113T170000Z"]
)
def test_an_occurrence_is_called_off(word: str) -> None:
    reading = reading_of(calendar(WEEKLY, f"{UID}\nRECURRENCE-ID;{word}\nSTATUS:CANCELLED"))
    assert [event.status for event in occurrences_of(reading)] == [None, "cancelled", None, None]
    assert times_of(occurrences_of(reading)[1]) == ("2020-01-13", "18:00", "19:00", None)


def test_all_from_one_on_are_moved() -> None:
    change = (
        f"{UID}\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20200120T180000\n"
        "DTSTART;TZID=Europe/Berlin:20200121T183000\nDTEND;TZID=Europe/Berlin:20200121T200000\nRESOURCES:Beamer"
    )
    reading = reading_of(calendar(WEEKLY, change))
    assert [times_of(event)[:3] for event in occurrences_of(reading)] == [
        ("2020-01-06", "18:00", "19:00"),
        ("2020-01-13", "18:00", "19:00"),
        ("2020-01-21", "18:30", "20:00"),
        ("2020-01-28", "18:30", "20:00"),
    ]
    assert [event.moved_from for event in occurrences_of(reading)][3] == "2020-01-27T18:00:00"
    # The file says it once.
    assert reading.no_home == {"RESOURCES": 1}


def test_a_series_that_is_called_off_calls_off_its_occurrences() -> None:
    reading = reading_of(calendar(f"{WEEKLY}\nSTATUS:CANCELLED"))
    assert {event.status for event in events_of(reading)} == {"cancelled"}


def test_an_occurrence_whose_series_is_absent_is_known_by_the_same_key() -> None:
    single = f"{UID}\nRECURRENCE-ID;TZID=Europe/Berlin:20200113T180000\nDTSTART;TZID=Europe/Berlin:20200113T190000"
    alone, together = reading_of(calendar(single)), reading_of(calendar(WEEKLY, single))
    event = event_of(alone)
    assert (event.super_event, event.status, event.moved_from) == (None, "moved", "2020-01-13T18:00:00")
    assert event.identifiers == occurrences_of(together)[1].identifiers
    assert alone.keys[event.id] == together.keys[occurrences_of(together)[1].id]


def test_an_occurrence_known_by_its_day_is_not_moved_by_its_hour() -> None:
    single = f"{UID}\nRECURRENCE-ID;VALUE=DATE:{{day}}\nDTSTART:20240111T090000"
    told = [event_of(reading_of(calendar(single.format(day=day)))) for day in ("20240111", "20240110")]
    assert [(event.status, event.moved_from) for event in told] == [(None, None), ("moved", "2024-01-10")]


def test_two_occurrences_without_their_series_are_two_events() -> None:
    singles = (f"{UID}\nRECURRENCE-ID:2020011{day}T170000Z\nDTSTART:2020011{day}T180000Z" for day in (3, 4))
    assert [event.date for event in events_of(reading_of(calendar(*singles)))] == ["2020-01-13", "2020-01-14"]


def test_the_same_file_gives_the_same_records() -> None:
    text = calendar(WEEKLY, f"{UID}\nRECURRENCE-ID:20200113T170000Z\nSTATUS:CANCELLED")
    assert reading_of(text).records == reading_of(text).records
