"""Content lines of calendars, as real programs write them."""

from __future__ import annotations

import pytest

from convenings.domain.errors import BadInput
from convenings.interchange.calendars.lines import Component, components_of, items_of, unescaped
from convenings.interchange.calendars.reader import fits
from tests.unit.calendars import calendar, event_of, events_of, reading_of, reasons_of


def scan(data: bytes) -> tuple[list[Component], list[tuple[int, str]], list[str]]:
    """Components, faults with their lines, remarks."""
    faults: list[tuple[int, str]] = []
    remarks: list[str] = []
    components = components_of(data, lambda number, what: faults.append((number, what)), remarks.append)
    return components.top, faults, remarks


def summary(data: bytes) -> str:
    top, faults, _ = scan(b"BEGIN:VEVENT\r\n" + data + b"\r\nEND:VEVENT\r\n")
    assert faults == []
    return top[0].text("SUMMARY")


def test_a_fold_may_cut_a_character() -> None:
    whole = "SUMMARY:Café für alle".encode()
    for at in range(9, len(whole)):
        assert summary(whole[:at] + b"\r\n " + whole[at:]) == "Café für alle"


def test_blank_lines_in_a_fold_are_passed_over() -> None:
    assert summary(b"SUMMARY\r\n\r\n :Spring \r\n\r\n\r\n\tfair") == "Spring fair"


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_line_end_is_one(end: bytes) -> None:
    top, faults, _ = scan(end.join([b"BEGIN:VEVENT", b"SUMMARY:a", b" b", b"END:VEVENT", b""]))
    assert top[0].text("SUMMARY") == "ab"
    assert faults == []


def test_lines_know_their_bytes() -> None:
    data = "\ufeffBEGIN:VEVENT\r\nSUMMARY:Über\r\n  uns\r\nUID:1\r\nEND:VEVENT\r\n".encode()
    (event,), _, _ = scan(data)
    assert data[event.start : event.end] == data[3:-2]
    line = event.first("SUMMARY")
    assert line is not None
    assert data[line.start : line.end].decode() == "SUMMARY:Über\r\n  uns"
    assert (line.number, line.text) == (2, "Über uns")


def test_parameters_are_taken_apart() -> None:
    parameters = b""";CN="Doe; Jane, Dr: x";ROLE=CHAIR;MEMBER="mailto:a","mailto:b";X-A=^'b^n^^"""
    (event,), _, _ = scan(b"BEGIN:VEVENT\nATTENDEE" + parameters + b":mailto:j@x.example\n")
    (line,) = event.lines
    assert line.parameters == {
        "CN": ["Doe; Jane, Dr: x"],
        "ROLE": ["CHAIR"],
        "MEMBER": ["mailto:a", "mailto:b"],
        "X-A": ['"b\n^'],
    }
    assert line.value == "mailto:j@x.example"


def test_a_quote_that_is_never_closed_is_told() -> None:
    (event,), faults, _ = scan(b'BEGIN:VEVENT\nATTENDEE;CN="Jane:mailto:j@x.example\nSUMMARY:a\nEND:VEVENT\n')
    assert event.lines[0].value == "mailto:j@x.example"
    assert event.text("SUMMARY") == "a"
    assert faults == [(2, "a quote in ATTENDEE is never closed; what stands behind the first colon was read")]


def test_escapes() -> None:
    assert unescaped(r"a\, b\; c\\n\nd\Ne\x") == "a, b; c\\n\nd\nex"
    assert items_of(r"Work,Personal\, urgent, ,last") == ["Work", "Personal, urgent", "last"]


def test_text_that_was_never_folded_goes_on() -> None:
    (event,), faults, _ = scan(b"BEGIN:VEVENT\nDESCRIPTION:First\nSecond line\nNote: third\nURL:http://x\nEND:VEVENT\n")
    assert event.text("DESCRIPTION") == "First\nSecond line\nNote: third"
    assert event.text("URL") == "http://x"
    assert faults == []


def test_what_is_no_property_is_told_with_its_line() -> None:
    reading = reading_of(calendar("SUMMARY:a\nDTSTART:20200101").replace("END:VCALENDAR", "X\nEND:VCALENDAR"))
    assert event_of(reading).label == "a"
    assert reasons_of(reading) == [("line 8", "'X' is no property")]


def test_damage_in_utf8_is_replaced_and_told() -> None:
    data = calendar("SUMMARY:Föhr\nUID:a").encode().replace(b"UID:a", b"LOCATION:Caf\xff\xe9")
    reading = reading_of(data)
    assert event_of(reading).label == "Föhr"
    assert reasons_of(reading) == [("line 6", "bytes that are no UTF-8 are replaced by �")]


def test_a_file_in_another_encoding_is_read_and_told() -> None:
    reading = reading_of(calendar("SUMMARY:Größe – Übermut").encode("cp1252"))
    assert event_of(reading).label == "Größe – Übermut"
    assert reading.remarks[0] == "the file is not UTF-8, and was read as cp1252"
    assert reading.skipped == []


def test_a_property_may_state_its_encoding() -> None:
    data = calendar("SUMMARY;CHARSET=ISO-8859-2:NAME").encode().replace(b"NAME", "Łódź".encode("iso-8859-2"))
    reading = reading_of(data)
    assert event_of(reading).label == "Łódź"
    assert reading.skipped == []


def test_utf16_is_read_without_places() -> None:
    reading = reading_of(calendar("SUMMARY:Größe").encode("utf-16"))
    event = event_of(reading)
    assert event.label == "Größe"
    assert (event.evidence[0].start, event.evidence[0].end) == (0, 0)


def test_quoted_printable_is_read() -> None:
    text = "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Gr=C3=B6=\nsse =3D 1\nDTSTART:20200101"
    event = event_of(reading_of(calendar(text)))
    assert event.label == "Grösse = 1"
    assert event.date == "2020-01-01"


def test_a_file_that_ends_within_an_event_is_broken() -> None:
    text = calendar("SUMMARY:a\nDTSTART:20200101", "SUMMARY:b\nDTSTART:20200102")
    reading = reading_of(text[: text.index("20200102")])
    assert event_of(reading).label == "a"
    assert reasons_of(reading) == [
        ("line 1", "BEGIN:VCALENDAR has no END: the file is cut, or ends too early"),
        ("line 8", "the file ends within this event; it was left out"),
    ]
    # What was left out can be saved, and mended.
    assert reading.skipped[1].raw == "BEGIN:VEVENT\nSUMMARY:b\nDTSTART:\r\nEND:VEVENT\r\n"


def test_a_file_that_ends_between_events_is_broken() -> None:
    reading = reading_of(calendar("SUMMARY:a").removesuffix("END:VCALENDAR\n"))
    assert event_of(reading).label == "a"
    assert [place for place, _ in reasons_of(reading)] == ["line 1"]


def test_an_event_without_end_ends_where_the_next_begins() -> None:
    text = calendar("SUMMARY:a", "SUMMARY:b").replace("SUMMARY:a\nEND:VEVENT\n", "SUMMARY:a\nBEGIN:VALARM\n")
    reading = reading_of(text)
    assert [event.label for event in events_of(reading)] == ["a", "b"]
    assert [place for place, _ in reasons_of(reading)] == ["line 6", "line 4"]


def test_deep_nesting_is_bounded() -> None:
    deep = "BEGIN:X\n" * 20_000 + "END:X\n" * 20_000
    reading = reading_of(calendar("SUMMARY:a") + deep)
    assert event_of(reading).label == "a"
    assert len(reading.skipped) == 1


def test_events_that_stand_in_no_calendar_are_read() -> None:
    reading = reading_of("BEGIN:VEVENT\nSUMMARY:a\nEND:VEVENT\nBEGIN:VTODO\nEND:VTODO\n")
    assert event_of(reading).label == "a"
    assert reading.no_home == {"VTODO": 1}
    within = reading_of("BEGIN:X-GROUP\nBEGIN:VEVENT\nSUMMARY:a\nEND:VEVENT\nEND:X-GROUP\n")
    assert event_of(within).label == "a"


def test_a_file_without_a_calendar_is_refused() -> None:
    with pytest.raises(BadInput, match=r"^a\.ics: there is no calendar in it; a calendar begins with"):
        reading_of("SUMMARY:a\n")


@pytest.mark.parametrize(
    ("head", "name", "sure"),
    [
        (b"BEGIN:VCALENDAR\r\n", "x.txt", 100),
        (b"\xef\xbb\xbf\r\nbegin:vevent\n", "x", 100),
        ("BEGIN:VCALENDAR\n".encode("utf-16"), "x", 100),
        (b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\n", "x", 60),
        (b"", "x.ics", 20),
        (b"name,date\nBEGIN:VEVENTS,2020\n", "x.csv", 0),
    ],
)
def test_a_calendar_is_told_by_its_content(head: bytes, name: str, sure: int) -> None:
    assert fits(head, name) == sure
