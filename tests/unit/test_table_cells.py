"""Cells of tables, whatever file they stand in: delimiters, encodings, quotes, sheets, merged cells, JSON."""

from __future__ import annotations

import csv
import datetime
import io
import json

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from convenings.domain.errors import BadInput
from convenings.domain.records import Event, Source
from convenings.interchange.detection import format_of
from convenings.interchange.jobs import Job, run
from convenings.interchange.reading import ForeignFile
from convenings.interchange.tables import delimited, objects, open_documents, workbooks
from tests.unit.tables import labels, read_table, records_of, spreadsheet, spreadsheet_of, workbook

ROWS = [
    ["Title", "Speaker", "Room"],
    ["Opening", "Ana Ruiz", "007"],
    ["Numbers", "Bo Li", "1e3"],
    ["None", "Null", "NA"],
]


def written(rows: list[list[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter, lineterminator=end).writerows(rows)
    return target.getvalue()


@pytest.mark.parametrize("delimiter", list(delimited.DELIMITERS))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_delimiter_and_encoding_are_found(delimiter: str, encoding: str) -> None:
    data = written([*ROWS, ['Größe, "quoted"; a|b\t', "Zoë", "line\nline"]], delimiter).encode(encoding)
    sheet, _, remarks = delimited.sheet_of(data, "t.csv")
    assert sheet.rows == [*ROWS, ['Größe, "quoted"; a|b\t', "Zoë", "line\nline"]]
    assert remarks == []
    assert [data[a:b].decode(encoding.removesuffix("-sig")) for a, b in sheet.spans[:2]] == [
        delimiter.join(row) for row in ROWS[:2]
    ] or encoding == "utf-16"


def test_an_old_encoding_is_guessed_and_said() -> None:
    text = "Titel;Referent\nÜber Größe und Maß;Jürgen Groß\nFür Schüler;Käthe Müller\n"
    sheet, encoding, remarks = delimited.sheet_of(text.encode("cp1252"), "t.csv")
    assert sheet.rows[1] == ["Über Größe und Maß", "Jürgen Groß"]
    assert encoding in remarks[0]
    assert "line 2" in remarks[0]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Prénom;Nom\nHélène;Lefèvre\n", "cp1252"),
        ("Nombre\nJosé Muñoz\n", "cp1252"),
        ("Nom;Lieu\nZoë;Genève\n", "cp1252"),
        ("Name\nJürgen\n", "cp1252"),
        ("Name;Grant\nZoë Best;£500 for 20 m²\n", "cp1252"),
        ("Imię;Temat\nŁukasz Żółć;Spotkanie w sprawie budżetu i przepisów szkolnych w mieście\n", "cp1250"),
        ("Jméno;Téma\nAntonín Dvořák;Jednání o rozpočtu a přípravě nových předpisů\n", "cp1250"),
        ("Név;Tárgy\nErdős Pál;Megbeszélés az új iskolai rendről, a fővárosi közgyűlés előtt\n", "cp1250"),
        ("Дата;Имя\n2021-02-03;Иван Петров\n", "cp1251"),
        ("日付;名前\n2021-02-03;山田太郎\n", "cp932"),
    ],
)
def test_names_in_an_old_encoding_are_what_they_are(text: str, encoding: str) -> None:
    sheet, _, _ = delimited.sheet_of(text.encode(encoding), "t.csv")
    assert ";".join(sheet.rows[1]) == text.splitlines()[1]


def test_spans_are_the_bytes_of_the_rows() -> None:
    data = '\ufefftitle,speaker\r\nÄ,"a\r\nb"\r\nÖ,c'.encode()
    sheet, _, _ = delimited.sheet_of(data, "t.csv")
    assert [data[a:b].decode() for a, b in sheet.spans] == ["title,speaker", 'Ä,"a\r\nb"', "Ö,c"]
    assert sheet.lines == [1, 2, 4]
    assert sheet.piece(1).pointer == "row=2"
    assert sheet.place(2) == "row 3, line 4"


def test_an_open_quote_names_the_line_where_it_opens() -> None:
    whole = 'title,speaker\nOne,"Ana\nRuiz"\nTwo,"Bo Li\nThree,Cy\n'
    with pytest.raises(BadInput, match="line 4: a quote opens here"):
        read_table(whole)


def test_an_open_quote_before_other_quotes_names_its_line() -> None:
    with pytest.raises(BadInput, match="line 2: a quote opens here"):
        read_table('title,speaker\nOne,"Ana\nTwo,"Bo Li"\nThree,"Cy, D"\n')


def test_a_quote_within_a_cell_of_one_line_is_no_open_one() -> None:
    sheet, _, _ = delimited.sheet_of(b'title,speaker\n"The "best" talk",Ana\nNext 5" disk,Bo\n', "t.csv")
    assert len(sheet.rows) == 3
    assert sheet.rows[2] == ['Next 5" disk', "Bo"]


def test_rows_with_too_many_or_too_few_cells_are_told_by_row() -> None:
    reading = read_table("title,speaker,room\nA,Ana Ruiz,1\nB,Bo Li\nC,Cy Day,2,extra\nD,Di Roe,3\n")
    assert labels(reading, Event) == ["A", "D"]
    assert [(each.place, each.raw) for each in reading.skipped] == [("row 3", "B,Bo Li"), ("row 4", "C,Cy Day,2,extra")]
    assert "2 cells only" in reading.skipped[0].reason


def test_a_binary_file_is_refused() -> None:
    with pytest.raises(BadInput):
        read_table(b"title,speaker\n\x00\x01\x02")


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffe\uffff"), max_size=8)
TABLES = st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=6).map(
    lambda rows: [["Title", "Speaker", "Room"], *rows]
)


def trimmed(rows: list[list[str]]) -> list[list[str]]:
    """Rows without empty cells and rows at the end, which a spreadsheet does not have."""
    whole = [list(row) for row in rows]
    for row in whole:
        while row and not row[-1]:
            row.pop()
    while whole and not whole[-1]:
        whole.pop()
    return whole


@given(TABLES, st.sampled_from(delimited.DELIMITERS))
@settings(max_examples=60, deadline=None)
def test_any_table_of_text_comes_back_from_csv(rows: list[list[str]], delimiter: str) -> None:
    sheet, _, _ = delimited.sheet_of(written(rows, delimiter).encode(), "t.csv")
    assert sheet.delimiter == delimiter
    assert sheet.rows == rows


@given(TABLES)
@settings(max_examples=25, deadline=None)
def test_any_table_of_text_comes_back_from_xlsx(rows: list[list[str]]) -> None:
    (sheet,) = workbooks.sheets_of(workbook(rows), "t.xlsx")
    assert trimmed(sheet.rows) == trimmed(rows)


@given(TABLES)
@settings(max_examples=25, deadline=None)
def test_any_table_of_text_comes_back_from_ods(rows: list[list[str]]) -> None:
    (sheet,) = open_documents.sheets_of(spreadsheet_of(rows), "t.ods")
    assert trimmed(sheet.rows) == trimmed(rows)


@pytest.mark.parametrize("is_1904", [False, True])
def test_cells_of_a_workbook_have_the_values_that_it_keeps(is_1904: bool) -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"date_1904": is_1904})
    sheet = book.add_worksheet()
    day, time = book.add_format({"num_format": "d/m/yy"}), book.add_format({"num_format": "hh:mm"})
    both = book.add_format({"num_format": "d/m/yy hh:mm"})
    sheet.write_datetime(0, 0, datetime.date(2021, 2, 6), day)
    sheet.write_datetime(0, 1, datetime.time(9, 30), time)
    sheet.write_datetime(0, 2, datetime.datetime(2021, 2, 6, 9, 30), both)
    sheet.write_number(0, 3, 7)
    sheet.write_string(0, 4, "007")
    sheet.write_formula(0, 5, "=D1&E1", None, "7007")
    book.close()
    (cells,) = workbooks.sheets_of(target.getvalue(), "t.xlsx")
    assert cells.rows == [["2021-02-06", "09:30", "2021-02-06T09:30", "7", "007", "7007"]]
    assert cells.is_1904 is is_1904
    assert cells.numeric == {(0, 3)}


def test_merged_cells_of_a_workbook_are_filled() -> None:
    data = workbook([["Date", "Title"], ["2021-02-06", "A"], ["", "B"], ["2021-02-07", "C"]], [(1, 0, 2, 0)])
    reading = read_table(data, "t.xlsx")
    assert [(event.label, event.date) for event in records_of(reading, Event)] == [
        ("A", "2021-02-06"), ("B", "2021-02-06"), ("C", "2021-02-07"),
    ]  # fmt: skip
    assert records_of(reading, Event)[1].evidence[0].pointer == "sheet=Table&row=3"


def test_merged_cells_of_a_spreadsheet_are_filled() -> None:
    body = (
        "<table:table-row><table:table-cell><text:p>Date</text:p></table:table-cell><table:table-cell><text:p>Title"
        "</text:p></table:table-cell></table:table-row>"
        '<table:table-row><table:table-cell table:number-rows-spanned="2" office:value-type="date"'
        ' office:date-value="2021-02-06"><text:p>6. Feb.</text:p></table:table-cell>'
        '<table:table-cell><text:p>A<text:s/><text:s text:c="2"/>B</text:p></table:table-cell></table:table-row>'
        "<table:table-row><table:covered-table-cell/><table:table-cell><text:p>C</text:p></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    )
    (sheet,) = open_documents.sheets_of(spreadsheet(body), "t.ods")
    assert sheet.rows == [["Date", "Title"], ["2021-02-06", "A   B"], ["2021-02-06", "C"]]
    assert sheet.fills == {(2, 0): (1, 0)}


def test_endless_repetition_in_a_spreadsheet_is_refused() -> None:
    cell = '<table:table-cell table:number-columns-repeated="16000"><text:p>x</text:p></table:table-cell>'
    body = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    with pytest.raises(BadInput, match="cells"):
        open_documents.sheets_of(spreadsheet(body), "t.ods")


def test_entities_in_a_spreadsheet_are_refused() -> None:
    data = spreadsheet("").replace(b"office:", b"office:")
    import zipfile

    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(target, "w") as copy:
        content = parts.read("content.xml").decode()
        bomb = content.replace("?>", '?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>', 1)
        copy.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        copy.writestr("content.xml", bomb)
    with pytest.raises(BadInput, match="entities"):
        open_documents.sheets_of(target.getvalue(), "t.ods")


@pytest.mark.parametrize("name", ["t.xlsx", "t.ods"])
def test_a_workbook_without_its_beginning_is_refused(name: str) -> None:
    data = workbook(ROWS) if name == "t.xlsx" else spreadsheet_of(ROWS)
    # What its list of parts says of where they stand leads before the beginning of the file.
    with pytest.raises(BadInput):
        read_table(data[:4] + data[300:], name)


@pytest.mark.parametrize("name", ["t.xlsx", "t.ods"])
def test_half_a_workbook_is_refused(name: str) -> None:
    data = workbook(ROWS) if name == "t.xlsx" else spreadsheet_of(ROWS)
    with pytest.raises(BadInput, match="broken or cut"):
        read_table(data[: len(data) // 2], name)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"title,speaker\nA,B\n", "csv"),
        (b"title\tspeaker\nA\tB\n", "csv"),
        (b'[{"title": "A"}]', "json-list"),
        (b'{"title": "A"}\n{"title": "B"}\n', "json-lines"),
        (b"\xff\xfet\x00,\x00s\x00\n\x00A\x00,\x00B\x00\n\x00", "csv"),
    ],
)
def test_format_is_told_by_content(data: bytes, name: str) -> None:
    assert format_of(ForeignFile(name="-", data=data)).name == name


def test_workbooks_are_told_by_content() -> None:
    assert format_of(ForeignFile(name="x", data=workbook(ROWS))).name == "xlsx"
    assert format_of(ForeignFile(name="x", data=spreadsheet_of(ROWS))).name == "ods"


def test_numbers_of_json_stay_as_they_are_written() -> None:
    data = json.dumps([{"title": "A", "id": 17, "n": 1.50, "ok": True, "none": None}]).replace("1.5", "1e3")
    (sheet,) = objects.sheets_of(data.encode(), "t.json")
    assert sheet.rows == [["title", "id", "n", "ok", "none"], ["A", "17", "1e3", "true", ""]]


def test_rows_of_json_have_pointers_and_spans() -> None:
    data = '{"name": "Ünï", "talks": [{"title": "Ä"},\n {"title": "B", "room": {"name": "X"}}, 7]}'.encode()
    (sheet,) = objects.sheets_of(data, "t.json")
    assert sheet.pointers[1:] == ["/talks/0", "/talks/1"]
    assert sheet.rows == [["title", "room.name"], ["Ä", ""], ["B", "X"]]
    start, end = sheet.spans[1]
    assert json.loads(data[start:end]) == {"title": "Ä"}
    assert sheet.strays == ["/talks/2"]
    assert sheet.lines == [1, 1, 2]


def test_an_object_of_objects_is_a_table_with_ids() -> None:
    data = b'{"a/b": {"title": "A"}, "c": {"title": "B"}}'
    (sheet,) = objects.sheets_of(data, "t.json")
    assert sheet.rows == [["id", "title"], ["a/b", "A"], ["c", "B"]]
    assert sheet.pointers[1] == "/a~1b"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"title": "A"},\n // second\n {"title": "B"}]', "line 2: there is a comment"),
        ('{\n // first\n "a": {"title": "A"}}', "line 2: there is a comment"),
        ('[{"title": "A"},\n {"title": "B"}', "may have been cut"),
        ('[{"title": "A"}, {"title": "B"},]', "comma stands before the end"),
        ('[{"title": NaN}]', "NaN is no JSON"),
        ("[" * 100_000, "too deep|cut"),
        ("[]", "no list of objects"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        objects.sheets_of(text.encode(), "t.json")


def test_a_broken_line_of_json_lines_is_named() -> None:
    with pytest.raises(BadInput, match="line 2"):
        objects.sheets_of(b'{"title": "A"}\n{"title": \n', "t.jsonl", by_line=True)


@pytest.mark.parametrize("name", ["t.csv", "t.json", "t.jsonl", "t"])
def test_a_line_that_is_nested_too_deeply_is_refused_in_a_sentence(name: str) -> None:
    deep = b'{"a":' * 20_000
    with pytest.raises(BadInput):
        run(
            Job(
                file=ForeignFile(name=name, data=deep + b"\n" + deep),
                source=Source(id="source/s", label="s", type="data"),
            ),
            lambda part: None,
        )
