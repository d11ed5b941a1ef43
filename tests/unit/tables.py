"""Small tables for tests of their readers, and what comes of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from typing import TypeVar

import xlsxwriter

from convenings.domain.records import Event, Organisation, Participation, Person, Record, Source
from convenings.interchange.detection import format_of
from convenings.interchange.reading import ForeignFile, Reading

Some = TypeVar("Some", bound=Record)


def read_table(data: str | bytes, name: str = "meetings.csv", *, with_contacts: bool = False) -> Reading:
    """What a table gives."""
    return read_mapped(data, {}, name, with_contacts=with_contacts)


def read_mapped(
    data: str | bytes, options: Mapping[str, str], name: str = "meetings.csv", *, with_contacts: bool = False
) -> Reading:
    """What a table gives with what the user settled: ``dates``, and ``map.`` with a column behind it."""
    raw = data.encode() if isinstance(data, str) else data
    file = ForeignFile(name=name, data=raw, options=options, with_contacts=with_contacts)
    reading = Reading(file, Source(id="source/table", label=name, type="data"))
    format_of(file).read(file, reading)
    return reading


def records_of(reading: Reading, struct: type[Some]) -> list[Some]:
    """The records of a kind, in the order of the file."""
    return [record for record in reading.records.values() if isinstance(record, struct)]


def labels(reading: Reading, struct: type[Event | Person | Organisation]) -> list[str]:
    """What the records of a kind are called."""
    return [record.label for record in records_of(reading, struct)]


def roles(reading: Reading, event: Event) -> list[tuple[str, str]]:
    """Role and label of everybody at an event."""
    rows: list[tuple[str, str]] = []
    for each in records_of(reading, Participation):
        agent = reading.records.get(each.agent or "")
        if each.event == event.id and isinstance(agent, (Person, Organisation)):
            rows.append((each.role, agent.label))
    return rows


def workbook(rows: Sequence[Sequence[str]], merged: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """An XLSX workbook of texts, with cells merged from row and column to row and column."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet("Table")
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                sheet.write_string(number, column, text)
    for top, left, bottom, right in merged:
        sheet.merge_range(top, left, bottom, right, rows[top][left])
    book.close()
    return target.getvalue()


def spreadsheet(body: str, name: str = "Table") -> bytes:
    """An ODS spreadsheet with one sheet of which the rows are given as XML."""
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="{escape(name)}">{body}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("content.xml", content)
    return target.getvalue()


def spreadsheet_of(rows: Sequence[Sequence[str]]) -> bytes:
    """An ODS spreadsheet of texts."""

    def paragraphs(text: str) -> str:
        lines = [escape(line).replace("\t", "<text:tab/>") for line in text.split("\n")]
        return "".join(f"<text:p>{_spaces(line)}</text:p>" for line in lines)

    return spreadsheet(
        "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="string">{paragraphs(text)}</table:table-cell>'
                if text
                else "<table:table-cell/>"
                for text in row
            )
            + "</table:table-row>"
            for row in rows
        )
    )


def _spaces(line: str) -> str:
    """A line with its spaces as the format has them, where XML would keep them all the same."""
    return line.replace("  ", ' <text:s text:c="1"/>')


def book(*sheets: tuple[str, Sequence[Sequence[str]]]) -> bytes:
    """A workbook of sheets with names."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook_of_sheets:
        for name, rows in sheets:
            sheet = workbook_of_sheets.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return target.getvalue()
