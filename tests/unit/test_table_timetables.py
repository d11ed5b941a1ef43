"""Timetables with days across, and who stands beside the titles in their cells."""

from __future__ import annotations

import pytest

from convenings.domain.records import Event, Place
from convenings.interchange.tables.day_headings import day_in
from convenings.interchange.tables.title_people import title_and_speakers
from tests.unit.tables import labels, read_table, records_of, roles


def test_days_stand_above_the_rooms() -> None:
    text = ",Day 1 - 3 May 2031,,Day 2 - 4 May 2031,\nTime,Hall,Attic,Hall,Attic\n"
    reading = read_table(f"{text}09:00,Canals,Weirs,Rivers,Lakes\n10:00,Dams,Seas,Tides,Wells\n")
    events = {event.label: event for event in records_of(reading, Event)}
    assert {label: event.date for label, event in events.items()} == {
        **dict.fromkeys(("Canals", "Weirs", "Dams", "Seas"), "2031-05-03"),
        **dict.fromkeys(("Rivers", "Lakes", "Tides", "Wells"), "2031-05-04"),
    }
    assert labels(reading, Place) == ["Hall", "Attic"]  # type: ignore[arg-type]
    assert events["Weirs"].place == events["Lakes"].place != events["Rivers"].place


def test_days_are_columns_without_rooms() -> None:
    text = "Programme 2031,,\nTime,Monday 5 May,Tuesday 6 May\n09:00-10:00,Opening,Rivers\n10:00,,Lakes\n"
    reading = read_table(text)
    assert [(event.label, event.date, event.place) for event in records_of(reading, Event)] == [
        ("Opening", "2031-05-05", None),
        ("Rivers", "2031-05-06", None),
        ("Lakes", "2031-05-06", None),
    ]
    assert not records_of(reading, Place)


def test_a_day_across_without_a_year_is_told() -> None:
    reading = read_table("Time,Monday 5 May,Tuesday 6 May\n09:00,Opening,Rivers\n10:00,Dams,Lakes\n")
    assert {event.date for event in records_of(reading, Event)} == {None}
    assert reading.no_home == {"day without a year": 2}


def test_a_number_before_a_day_begins_no_stretch_of_days() -> None:
    day = day_in("Day 1 - 3 May 2031", None)
    assert day is not None
    assert day.date == "2031-05-03"


@pytest.mark.parametrize(
    ("cell", "title", "speakers"),
    [
        ("Rivers (Ana Lima)", "Rivers", "Ana Lima"),
        ("Rivers – Peter Berg and Ana Lima", "Rivers", "Peter Berg; Ana Lima"),
        ("Peter Berg: On rivers", "On rivers", "Peter Berg"),
        ("Rivers\nAna Lima", "Rivers", "Ana Lima"),
        ("Rivers (Ana Lima, Weir Trust)", "Rivers", "Ana Lima (Weir Trust)"),
        ("Rivers (part 2)", "Rivers (part 2)", ""),
        ("Lakes - New Zealand", "Lakes - New Zealand", ""),
        ("Weirs (Paul Street)", "Weirs (Paul Street)", ""),
        ("Water: a history", "Water: a history", ""),
    ],
)
def test_speakers_beside_a_title(cell: str, title: str, speakers: str) -> None:
    assert title_and_speakers(cell) == (title, speakers)


def test_who_stands_beside_the_title_speaks() -> None:
    reading = read_table("Time,Hall,Attic\n09:00,Rivers (Ana Lima),Lakes\n10:00,Weirs,Dams\n")
    rivers = records_of(reading, Event)[0]
    assert (rivers.label, roles(reading, rivers)) == ("Rivers", [("speaker", "Ana Lima")])
