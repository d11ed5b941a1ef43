"""The pieces of structured files that evidence opens: what they look like, and whether they still hold."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
import xlsxwriter
from msgspec.structs import replace

from convenings.domain.record_values import Evidence
from convenings.presentation.elements import MOST_LINES, File, headings_of
from convenings.store import canonical
from tests.unit import structured
from tests.unit.cli_records import Run


def piece(data: bytes, part: bytes, pointer: str = "x") -> Evidence:
    start = data.index(part)
    return Evidence(
        source="source/x",
        pointer=pointer,
        start=start,
        end=start + len(part),
        passage_hash=sha256(part).hexdigest()[:16],
        fields=["*"],
    )


def shown(data: bytes, part: bytes, media_type: str) -> list[str]:
    evidence = piece(data, part)
    file = File(data, media_type)
    assert file.state(evidence) == "exact"
    return file.lines(evidence)


def test_an_object_is_set_out_in_lines() -> None:
    data = b'{"talks": [{"id": 7, "title": "On \\u00e9els"}]}'
    assert shown(data, b'{"id": 7, "title": "On \\u00e9els"}', "application/json") == [
        "{",
        '  "id": 7,',
        '  "title": "On \\u00e9els"',
        "}",
    ]
    # What is cut out so that it is no object stands as it is.
    assert shown(data, b'{"id": 7', "application/json") == ['{"id": 7']


def test_an_element_loses_the_indent_that_it_has_in_the_file() -> None:
    data = b"<schedule>\n    <event id='7'>\n      <title>On eels</title>\n    </event>\n</schedule>"
    part = b"<event id='7'>\n      <title>On eels</title>\n    </event>"
    assert shown(data, part, "application/xml") == ["<event id='7'>", "  <title>On eels</title>", "</event>"]
    # Text within it may begin at the margin.
    part = b"<event>\n\t<text>One\nTwo</text>\n    </event>"
    assert shown(b"    " + part, part, "application/xml") == ["<event>", "<text>One", "Two</text>", "</event>"]
    line = b"<e><a>1</a><b>2</b><c>3</c></e>"
    assert shown(line, line, "application/xml")[:3] == ["<e>", "<a>1</a>", "<b>2</b>"]


def test_an_entry_of_a_calendar_is_unfolded_before_its_letters_are_read() -> None:
    entry = "BEGIN:VEVENT\r\nSUMMARY:Über Aale".encode()
    folded = entry.replace(b"\xc3\x9c", b"\xc3\r\n \x9c") + b"\r\nEND:VEVENT"
    assert shown(b"BEGIN:VCALENDAR\r\n" + folded, folded, "text/calendar") == [
        "BEGIN:VEVENT",
        "SUMMARY:Über Aale",
        "END:VEVENT",
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_row_has_the_headings_of_its_columns(delimiter: str) -> None:
    text = '\ufeffMeetings of 2021\ndate,who,"what, for whom"\n2021-02-06,Bo Åberg,"eels\nand nets"\n2021-02-07,,x,y\n'
    data = text.replace(",", delimiter).encode()
    rows = data.split(b"\n")
    between = " " if delimiter == "\t" else delimiter
    kind = "text/tab-separated-values" if delimiter == "\t" else "text/csv"
    part = data[data.index(b"2021-02-06") : data.index(b"2021-02-07") - 1]
    assert shown(data, part, f"{kind}; charset=utf-8") == [
        "date: 2021-02-06",
        "who: Bo Åberg",
        f"what{between} for whom: eels",
        "  and nets",
    ]
    assert shown(data, rows[-2], kind) == ["date: 2021-02-07", f"what{between} for whom: x", "column 4: y"]


def test_a_row_is_read_in_the_encoding_of_its_file() -> None:
    data = "name;body\nÅberg;Ål\n".encode("latin-1")
    assert shown(data, "Åberg;Ål".encode("latin-1"), "text/csv; charset=iso-8859-1") == ["name: Åberg", "body: Ål"]
    assert File(data, "text/csv; charset=nonsense").lines(piece(data, data[10:18]))[0].startswith("name: ")


def test_headings_are_looked_for_below_a_title() -> None:
    rows = [["Meetings"], [], ["when", "who", "2021"], ["2021-02-06", "Bo", "3"]]
    assert headings_of(rows) == ["when", "who", "2021"]
    assert headings_of([]) == ()


def test_a_long_piece_is_cut_and_says_so() -> None:
    data = json.dumps({f"key {number}": number for number in range(100)}).encode()
    lines = shown(data, data, "application/json")
    assert len(lines) == MOST_LINES + 1
    assert lines[-1] == "… 62 more lines in the file"


def test_nothing_in_a_piece_is_a_control_sequence() -> None:
    data = b'<e title="\x1b[31mred"/>'
    assert "\x1b" not in shown(data, data, "application/xml")[0]


def test_a_piece_of_a_file_that_is_another_one_is_lost() -> None:
    evidence = piece(b"<a/><b/>", b"<b/>")
    assert File(b"<a/><c/>", "application/xml").state(evidence) == "lost"
    assert File(b"<a/>", "application/xml").state(evidence) == "lost"
    assert File(b"<a/>", "application/xml").lines(evidence) == []


def test_what_is_no_run_of_bytes_is_not_looked_up_in_what_is_no_workbook() -> None:
    row = Evidence(source="source/x", pointer="row=7", start=0, end=0, passage_hash="0" * 16, fields=["*"])
    assert File(b"<a/>", "application/xml").state(row) == "unsearched"


def test_a_row_of_a_workbook_is_found_again(tmp_path: Path) -> None:
    path = tmp_path / "talks.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Day & night")
    for number, cells in enumerate([("title", "who", "seats"), ("On eels", "Bo Åberg", 7)]):
        sheet.write_row(number, 0, cells)
    book.close()
    text = "On eels\tBo Åberg\t7"
    row = Evidence(
        source="source/x",
        pointer="sheet=Day & night&row=2",
        start=0,
        end=0,
        passage_hash=sha256(text.encode()).hexdigest()[:16],
        fields=["*"],
    )
    file = File(path.read_bytes(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    assert file.state(row) == "exact"
    assert file.lines(row) == ["title: On eels", "who: Bo Åberg", "seats: 7"]
    assert file.state(replace(row, passage_hash="0" * 16)) == "lost"
    for pointer in ("sheet=Day & night&row=3", "sheet=Other&row=2", "row=2", "sheet=Day & night&row=0", "nonsense"):
        assert file.state(replace(row, pointer=pointer)) == "unsearched"
    broken = File(path.read_bytes()[:200], file.media_type)
    assert broken.state(row) == "unsearched"


@pytest.fixture
def eels(tmp_path: Path) -> Path:
    path = tmp_path / "eels.convenings.json"
    path.write_bytes(canonical.encode(structured.tables()))
    return path


def test_show_prints_the_piece_of_the_file_and_how_to_attach_it(run: Run, eels: Path, tmp_path: Path) -> None:
    out = run("show", "event/on-eels", "--dataset", eels)[1]
    assert "eels.json, /talks/0" in out
    assert "the file is not attached: convenings attach FILE" in out
    assert "supports the whole record" in out
    assert "inferred: It is a talk by default." in out
    file = tmp_path / "eels.json"
    file.write_bytes(structured.DATA)
    assert run("attach", file, "--dataset", eels)[0] == 0
    out = run("show", "event/on-eels", "--dataset", eels)[1]
    assert '"speaker": "Bo Åberg",' in out
    assert "the piece is exact" in out
    other = tmp_path / "other.json"
    other.write_bytes(structured.DATA.replace(b"On eels", b"Of eels"))
    run("attach", other, "--source", "source/schedule", "--dataset", eels)
    out = run("show", "event/on-eels", "--dataset", eels)[1]
    assert "the attached file has another piece here" in out
    assert "Of eels" not in out


def test_a_citation_names_the_pointer(run: Run, eels: Path) -> None:
    out = run("list", "event", "--md", "--dataset", eels)[1]
    assert "eels.json, /talks/0" in out
    assert "paragraph" not in out
