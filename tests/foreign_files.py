"""Small files of every format that can be imported, made up, for attacks and for what must hold for each format."""

from __future__ import annotations

import io
import json

from convenings.store import canonical
from tests.unit import factory
from tests.unit.tables import book, spreadsheet_of, workbook

PEOPLE = ("Ana Lima", "Bo Berg", "李明", "Zoë Müller")
ROOMS = ("Hall", "Attic")
TITLES = ("Rivers & weirs", "Lakes", "Who owns a <river>?", "Déjà vu")


def frab_xml() -> bytes:
    """A schedule as frab writes it."""
    events = "".join(
        f"""<event guid='00000000-0000-4000-8000-00000000000{n}' id='{n}'><date>2031-05-03T1{n}:00:00+02:00</date>
<start>1{n}:00</start><duration>00:45</duration><room>{ROOMS[n % 2]}</room><slug>t-{n}</slug>
<title>{title.replace("&", "&amp;").replace("<", "&lt;")}</title><subtitle/><track>Water</track><type>lecture</type>
<language>en</language><abstract>On &lt;b&gt;{n}&lt;/b&gt;.</abstract><description/>
<persons><person id='{n % 3}'>{PEOPLE[n % 3]}</person><person id='9'>{PEOPLE[3]}</person></persons>
<links><link href='https://water.example/{n}'>more</link></links></event>"""
        for n, title in enumerate(TITLES)
    )
    head = "<title>Water Days 2031</title><start>2031-05-03</start><end>2031-05-03</end><days>1</days>"
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<schedule><conference>{head}</conference>"
        f"<day index='1' date='2031-05-03'><room name='Hall'>{events}</room></day></schedule>\n"
    ).encode()


def pentabarf_xml() -> bytes:
    """A schedule as Pentabarf writes it: neither dates nor guids of the talks."""
    text = frab_xml().decode()
    for n in range(len(TITLES)):
        text = text.replace(f" guid='00000000-0000-4000-8000-00000000000{n}'", "")
        text = text.replace(f"<date>2031-05-03T1{n}:00:00+02:00</date>", "")
    return text.encode()


def frab_json() -> bytes:
    """A schedule in JSON, as frab and pretalx write it."""
    talks = [
        {
            "id": n, "guid": f"00000000-0000-4000-8000-00000000000{n}", "date": f"2031-05-03T1{n}:00:00+02:00",
            "start": f"1{n}:00", "duration": "0:45", "room": "Hall", "title": title, "track": "Water", "type": "Talk",
            "language": "de", "abstract": "Soft **green**.",
            "persons": [{"id": n % 3, "public_name": PEOPLE[n % 3], "biography": "Swims."}],
            "links": [{"url": "https://water.example", "title": "more"}],
        }
        for n, title in enumerate(TITLES)
    ]  # fmt: skip
    day = {"index": 1, "date": "2031-05-03", "rooms": {"Hall": talks}}
    conference = {"title": "Water Days 2031", "start": "2031-05-03", "end": "2031-05-04", "days": [day]}
    return json.dumps({"schedule": {"version": "1", "conference": conference}}, indent=1).encode()


def calendar() -> bytes:
    """A calendar with a series, an exception, a moved instance, an event of a day, and attendees."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//water//EN", "X-WR-CALNAME:Water days",
        "BEGIN:VEVENT", "UID:1@water.example", "DTSTAMP:20310101T000000Z",
        "DTSTART;TZID=Europe/Brussels:20310503T100000",
        "DTEND;TZID=Europe/Brussels:20310503T110000", "SUMMARY:Rivers\\, and weirs", "LOCATION:Hall",
        "ORGANIZER;CN=Ana Lima:mailto:ana@water.example", "ATTENDEE;CN=\"Bo Berg\";ROLE=CHAIR:mailto:bo@water.example",
        "ATTENDEE;CUTYPE=ROOM;CN=Attic:mailto:attic@water.example", "STATUS:CONFIRMED", "END:VEVENT",
        "BEGIN:VEVENT", "UID:2@water.example", "DTSTAMP:20310101T000000Z", "DTSTART:20310504T080000Z", "DURATION:PT1H",
        "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20310511T080000Z", "SUMMARY:Lakes", "DESCRIPTION:A long",
        "  line", "END:VEVENT",
        "BEGIN:VEVENT", "UID:2@water.example", "RECURRENCE-ID:20310518T080000Z", "DTSTAMP:20310101T000000Z",
        "DTSTART:20310519T090000Z", "DTEND:20310519T100000Z", "SUMMARY:Lakes\\, moved", "END:VEVENT",
        "BEGIN:VEVENT", "UID:3@water.example", "DTSTAMP:20310101T000000Z", "DTSTART;VALUE=DATE:20310601",
        "STATUS:CANCELLED", "SUMMARY:Déjà vu", "CATEGORIES:Water,Past", "URL:https://water.example/3", "END:VEVENT",
        "END:VCALENDAR", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


HEADINGS = ("Id", "Date", "Start", "End", "Title", "Speakers", "Room", "Abstract", "Link")
TABLE = [
    (str(n + 1), f"2031-05-0{n + 3}", f"1{n}:00", f"1{n}:45", title, f"{PEOPLE[n % 3]}; {PEOPLE[3]} (Weir Trust)",
     ROOMS[n % 2], "Two\nlines" if n else "One, line", f"https://water.example/{n}")
    for n, title in enumerate(TITLES)
]  # fmt: skip


def table(delimiter: str) -> bytes:
    """A table of talks."""
    import csv

    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([HEADINGS, *TABLE])
    return text.getvalue().encode()


def meetings() -> bytes:
    """A table of meetings with dates that only the whole column settles."""
    rows = [f"{day}/5/2031;Minister Ana Lima;Weir Trust and Bo Berg;Rivers" for day in (1, 2, 13, 28)]
    return "\r\n".join(["Date;Minister;Met with;Purpose", *rows, ""]).encode("cp1252")


def objects() -> list[dict[str, str]]:
    """Talks as objects."""
    return [dict(zip(HEADINGS, row, strict=True)) for row in TABLE]


def linked_sheets() -> bytes:
    """A workbook whose sheets mean each other by id."""
    talks = [("ID", "Title", "Date", "Speaker ID", "Room ID")]
    talks += [(str(n), title, f"2031-05-0{n + 3}", f"S{n % 3}", f"R{n % 2}") for n, title in enumerate(TITLES)]
    people = [("ID", "Name", "Organisation"), *((f"S{n}", PEOPLE[n], "Weir Trust") for n in range(3))]
    rooms = [("ID", "Name", "Capacity"), *((f"R{n}", name, "20") for n, name in enumerate(ROOMS))]
    return book(("Talks", talks), ("Speakers", people), ("Rooms", rooms))


def nested_objects() -> bytes:
    """Sessions, speakers and rooms as lists in an object within one, that mean each other by id."""
    sessions = [
        {
            "id": f"s{n}",
            "title": title,
            "startsAt": f"2031-05-03T1{n}:00:00",
            "speakers": [f"p{n % 3}"],
            "roomId": n % 2,
        }
        for n, title in enumerate(TITLES)
    ]
    speakers = [
        {"id": f"p{n}", "fullName": name, "bio": "Swims.", "sessions": ["s0"]} for n, name in enumerate(PEOPLE[:3])
    ]
    rooms = [{"id": n, "name": name} for n, name in enumerate(ROOMS)]
    return json.dumps({"data": {"sessions": sessions, "speakers": speakers, "rooms": rooms}}, indent=1).encode()


def published_calendar() -> bytes:
    """A calendar with participants, a location and a room as components within an event."""
    parts = [
        "BEGIN:PARTICIPANT", "UID:p1", "PARTICIPANT-TYPE:SPEAKER", "SUMMARY:Ana Lima", "END:PARTICIPANT",
        "BEGIN:VLOCATION", "UID:l1", "NAME:Hall", "GEO:50.5;4.25", "END:VLOCATION",
        "BEGIN:VRESOURCE", "UID:r1", "NAME:Attic", "RESOURCE-TYPE:ROOM", "END:VRESOURCE",
    ]  # fmt: skip
    return calendar().replace(b"SUMMARY:Lakes\r\n", "\r\n".join(["SUMMARY:Lakes", *parts, ""]).encode(), 1)


ATTENDANCE = "Attendance list – Water Days 2031,\nName,Organisation\nAna Lima,Weir Trust\nZoë Müller,Weir Trust\n"
TIMETABLE = (
    ",Day 1 - 3 May 2031,,Day 2 - 4 May 2031,\nTime,Hall,Attic,Hall,Attic\n09:00,Rivers (Ana Lima),Lakes,Seas,Weirs\n"
    "10:00,Dams,Locks,Wells,Tides\n"
)


def every_file() -> dict[str, bytes]:
    """Name to bytes, of every format that is read from one file."""
    return {
        "mine.json": canonical.encode(factory.tables()),
        "frab.xml": frab_xml(),
        "pentabarf.xml": pentabarf_xml(),
        "frab.json": frab_json(),
        "water.ics": calendar(),
        "talks.csv": table(","),
        "talks.tsv": table("\t"),
        "meetings.csv": meetings(),
        "talks.json": json.dumps(objects(), indent=1).encode(),
        "talks.jsonl": "\n".join(map(json.dumps, objects())).encode(),
        "talks.xlsx": workbook([("Water days",), HEADINGS, *TABLE]),
        "talks.ods": spreadsheet_of([HEADINGS, *TABLE]),
        "linked.xlsx": linked_sheets(),
        "nested.json": nested_objects(),
        "published.ics": published_calendar(),
        "attendance.csv": ATTENDANCE.encode(),
        "timetable.csv": TIMETABLE.encode("utf-16"),
    }
