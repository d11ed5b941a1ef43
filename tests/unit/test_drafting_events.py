"""Which event a report is of: what it is called, and its own date and place, not those of its parts."""

from __future__ import annotations

import pytest

from convenings.drafting.drafter import draft


@pytest.mark.parametrize(
    ("report", "name", "date", "place"),
    [
        (
            "Report on the regional round table on river fish\n\nThe Weir Trust held a round table on river fish in "
            "Hull on 14 May 2024. Dr Ida Lund opened the meeting. Mr Sam Fox moderated the first session.",
            "regional round table on river fish",
            "2024-05-14",
            "Hull",
        ),
        (
            "Fish need friends\n\nThe Weir Trust held a round table on river fish in Hull on 14 May 2024. Mr Sam Fox "
            "moderated the first session, and Dr Ida Lund the second session.",
            "round table on river fish",
            "2024-05-14",
            "Hull",
        ),
        (
            "Workshop report: Eels and Otters\n\nOn 3 June 2021 the Weir Trust hosted a one-day workshop on eels.",
            "Eels and Otters",
            "2021-06-03",
            "",
        ),
        (
            "Anglers want a plan\n\nForty anglers met in Hull on 3 June 2021 for the River Futures conference.",
            "River Futures conference",
            "2021-06-03",
            "Hull",
        ),
        (
            "THE WEIR TRUST\nSeminar on the Ownership of Rivers\nHeld at Weir House on 6 February 2024",
            "Seminar on the Ownership of Rivers",
            "2024-02-06",
            "Weir House",
        ),
        (
            "Minutes of the community call - 20 February 2020\n\nNotes were taken by Sam Fox.",
            "community call",
            "2020-02-20",
            "",
        ),
        (
            "The Weir Lectures 2022: Lecture 3\n\nThe third lecture was given by Dame Ida Lund on 15 March 2022 in the "
            "Great Hall of Hill College.",
            "The Weir Lectures 2022: Lecture 3",
            "2022-03-15",
            "Great Hall of Hill College",
        ),
        (
            "Eels\n\nOn 3 June 2021 the 2021 Eel Summit on the theme of “A river for everybody” was held in Hull.",
            "2021 Eel Summit",
            "2021-06-03",
            "Hull",
        ),
        (
            "Meeting of the River Ports\nHull and Goole, 11-13 June 2019\n\nThe annual meeting of the River Ports was "
            "held in Hull on 11 and 12 June and in Goole on 13 June 2019.",
            "annual meeting of the River Ports",
            "2019-06-11/2019-06-13",
            "Hull",
        ),
        (
            "EXPERT MEETING ON OTTERS\nNairobi, 5-6 October 2021\n\nMs Ida Lund opened the meeting.",
            "EXPERT MEETING ON OTTERS",
            "2021-10-05/2021-10-06",
            "Nairobi",
        ),
        (
            "Subject: Note of the breakfast meeting with Lord Reed\n\nA meeting was held in Hull on 10 May 2022.",
            "breakfast meeting with Lord Reed",
            "2022-05-10",
            "Hull",
        ),
        (
            "On 30 March 2023 thirty mappers came together at shed in Hull for the fourteenth Open Mapping Meetup.",
            "fourteenth Open Mapping Meetup",
            "2023-03-30",
            "Hull",
        ),
        (
            "Otter seminar\n\nVenue: Hullhouse lent us its rooms, for which we thank all those who worked on it\n"
            "Date: 5 October 2021",
            "Otter seminar",
            "2021-10-05",
            "Hullhouse",
        ),
    ],
)
def test_the_event_that_a_report_names_is_the_main_one(report: str, name: str, date: str, place: str) -> None:
    main, *others = draft(report).events
    assert (main.name.text, main.date, main.place.text if main.place else "") == (name, date, place)
    assert report[slice(*main.name.span)] == name
    # Its own days are no further events.
    assert others == []


@pytest.mark.parametrize("line", ["Sam Fox, 12 June 2022", "Weir Foundation, 12 June 2022", "Tuesday, 12 June 2022"])
def test_who_writes_is_no_place(line: str) -> None:
    (event,) = draft(f"Otter seminar\n{line}\n\nThe seminar dealt with otters.").events
    assert event.place is None


@pytest.mark.parametrize(
    ("report", "date"),
    [
        ("For immediate release: 3 November 2021\n\nOtters met at the Connected Lives Summit yesterday.", ""),
        ("Bericht vom Fachtag am 12. September 2022 in Kassel\n\nRund 80 Fachleute kamen.", "2022-09-12"),
    ],
)
def test_dates_of_releases_and_german_ones(report: str, date: str) -> None:
    assert draft(report).events[0].date == date


@pytest.mark.parametrize(
    ("report", "date", "place"),
    [
        (
            'Old age\n\nWeir Trust hosted a workshop, "Old Ways in Rural Areas", on 12 May 2022 in the Moor House.',
            "2022-05-12",
            "Moor House",
        ),
        ("Eel seminar\nWeir House, Hull, Thursday 24 November 2022\n\nIt rained.", "2022-11-24", "Weir House, Hull"),
        (
            "Eel seminar\nInstitute of Fresh Water Studies, The Moor, Thursday 24 November 2022\n\nIt rained.",
            "2022-11-24",
            "Institute of Fresh Water Studies, The Moor",
        ),
        (
            "Trusts learn\n\nIn October 2020 the Weir Trust invited others to a learning day at Moor Hall, the first "
            "meeting of the network since its foundation in March 2018. A second call for papers will open on 1 May "
            "2021.",
            "2020-10",
            "Moor Hall",
        ),
    ],
)
def test_a_date_of_something_else_is_no_event(report: str, date: str, place: str) -> None:
    (main,) = draft(report + "\n").events
    assert (main.date, main.place.text if main.place else "") == (date, place)


@pytest.mark.parametrize(
    ("report", "name"),
    [
        ("---\ntitle: 'Counting eels: a symposium'\n---\n**When:** 12 April 2024\n**Where:** Seminar Room 3\n", None),
        ("Title: Counting eels: a symposium | Weir Trust\n\n9.30 Welcome by Dr Ida Lund\n", None),
        ("Title: Counting eels: a symposium – Weir Trust\n\n9.30 Welcome by Dr Ida Lund\n", None),
        ("Seminar summary\nCounting eels: a symposium\nHull, 12 May 2020\n", None),
        ("WEBINAR RECAP | Counting eels: a symposium\n\nIt rained.\n", None),
        ("Title: Minutes of the River Eel steering group\n\nMinutes of the meeting held on 5 May 2021\n", "River Eel"),
        (
            "Title: News of May\n\nThe Weir Trust held a round table on river fish in Hull.\n",
            "round table on river fish",
        ),
    ],
)
def test_a_title_is_what_the_event_is_called_where_no_heading_is(report: str, name: str | None) -> None:
    main = draft(report).events[0].name
    assert main.text.startswith(name) if name else main.text == "Counting eels: a symposium"
    assert report[slice(*main.span)] == main.text


@pytest.mark.parametrize("when", ["on Friday", "last Friday", "yesterday"])
@pytest.mark.parametrize(
    "written", ["LEEDS, 22 April 2024 - ", "Published: 22 April 2024\n\n", "LEEDS, 22 April - ", ""]
)
def test_a_weekday_alone_is_no_date(written: str, when: str) -> None:
    main = draft(f"{written}The Eel Forum was opened {when} by the mayor.\n").events[0]
    assert (main.date, main.date_span) == ("", None)


@pytest.mark.parametrize(
    ("report", "dates"),
    [
        (
            "---\ndate: 2020-02-21\n---\nThe eel fair was held on 20 February. The next fair will be held on 12 March.",
            ["2020-02-20", "2020-03-12"],
        ),
        ("Published: 3 November 2020\n\nThe Eel Fair will be held on 12 January in Hull.", ["2021-01-12"]),
        ("Published: 3 November 2020\n\nThe Eel Fair was held on 12 December in Hull.", ["2019-12-12"]),
    ],
)
def test_the_year_of_a_day_without_one_is_told_by_the_date_of_the_text(report: str, dates: list[str]) -> None:
    events = draft(report + "\n").events
    assert [event.date for event in events] == dates
    assert {event.date_note for event in events} == {"the year is that of the publication date"}
