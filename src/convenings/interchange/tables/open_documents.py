"""Sheets of OpenDocument spreadsheets (ODS), by their own XML: it alone tells which cells are merged."""

from __future__ import annotations

import re
from xml.parsers import expat

from convenings.domain.errors import BadInput
from convenings.interchange.reading import ForeignFile, Reading
from convenings.interchange.tables.cells import MOST_CELLS, Sheet
from convenings.interchange.tables.workbooks import SAVE_ANEW, fill, part_of, unpacked

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_ASIDE = (f"{_OFFICE}annotation", f"{_TABLE}tracked-changes", f"{_TEXT}ruby-text")
"""Elements whose text is not that of the cell in which they stand."""


def fits(head: bytes, name: str) -> int:
    """How sure it is that a file is an OpenDocument spreadsheet."""
    if not head.startswith(b"PK\x03\x04"):
        return 0
    if b"application/vnd.oasis.opendocument.spreadsheet" in head[:200]:
        return 95
    return 80 if name.casefold().endswith((".ods", ".fods")) else 0


def read(file: ForeignFile, reading: Reading) -> None:
    """Read a file whole; see :class:`~convenings.interchange.registry.Format`."""
    from convenings.interchange.tables.reader import (
        read_sheets,  # what maps columns is not wanted to tell formats apart
    )

    sheets = sheets_of(file.data, file.name)
    reading.describe(media_type="application/vnd.oasis.opendocument.spreadsheet")
    read_sheets(sheets, file, reading)


def sheets_of(data: bytes, name: str) -> list[Sheet]:
    """The sheets of a spreadsheet, empty ones left out.

    Raises:
        BadInput: it cannot be read.
    """
    parts = unpacked(data, name)
    if "META-INF/manifest.xml" in parts.namelist() and b"encryption-data" in part_of(
        parts, "META-INF/manifest.xml", name
    ):
        raise BadInput("the spreadsheet has a password", file=name, hint="save it without one")
    content = _Content(name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = content.start
    parser.EndElementHandler = content.end
    parser.CharacterDataHandler = content.characters
    parser.EntityDeclHandler = content.entity
    try:
        parser.Parse(part_of(parts, "content.xml", name), True)
    except expat.ExpatError as error:
        place = f"content.xml, line {error.lineno}"
        raise BadInput("the spreadsheet is broken or cut", file=name, place=place, hint=SAVE_ANEW) from None
    return [sheet for sheet in content.sheets if sheet.rows]


class _Content:
    """Takes the sheets from the elements of ``content.xml``."""

    def __init__(self, name: str) -> None:
        self.sheets: list[Sheet] = []
        self._name = name
        self._sheet: Sheet | None = None
        self._merged: list[tuple[tuple[int, int], tuple[int, int]]] = []
        self._numeric: set[tuple[int, int]] = set()
        self._row: list[str] = []
        self._row_repeats = 1
        self._empty_rows = 0
        self._cell: dict[str, str] | None = None
        self._empty_cells = 0
        self._paragraphs: list[list[str]] = []
        self._aside = 0
        self._cells = 0

    def entity(self, *_: object) -> None:
        """An entity is declared, of which no spreadsheet has need."""
        raise BadInput("the spreadsheet declares entities", file=self._name, hint=SAVE_ANEW)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if self._aside or tag in _ASIDE:
            self._aside += 1
        elif tag == f"{_TABLE}table":
            self._sheet = Sheet(attributes.get(f"{_TABLE}name", ""), [], delimiter="\t")
            self._merged, self._numeric, self._empty_rows = [], set(), 0
        elif tag == f"{_TABLE}table-row":
            self._row, self._empty_cells = [], 0
            self._row_repeats = _number(attributes.get(f"{_TABLE}number-rows-repeated"))
        elif tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            self._cell, self._paragraphs = attributes, []
        elif self._cell is not None:
            if tag in (f"{_TEXT}p", f"{_TEXT}h"):
                self._paragraphs.append([])
            elif self._paragraphs:
                if tag == f"{_TEXT}s":
                    self._paragraphs[-1].append(" " * min(_number(attributes.get(f"{_TEXT}c")), 1000))
                elif tag == f"{_TEXT}tab":
                    self._paragraphs[-1].append("\t")
                elif tag == f"{_TEXT}line-break":
                    self._paragraphs[-1].append("\n")

    def characters(self, text: str) -> None:
        """Text of an element."""
        if self._cell is not None and self._paragraphs and not self._aside:
            self._paragraphs[-1].append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._aside:
            self._aside -= 1
        elif tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            self._end_cell()
        elif tag == f"{_TABLE}table-row":
            self._end_row()
        elif tag == f"{_TABLE}table" and self._sheet is not None:
            sheet = self._sheet
            for first, last in self._merged:
                fill(sheet.rows, sheet.fills, first, last)
            sheet.numeric = frozenset(self._numeric)
            self.sheets.append(sheet)
            self._sheet = None

    def _end_cell(self) -> None:
        attributes, self._cell = self._cell, None
        if attributes is None or self._sheet is None:
            return
        text = self._value(attributes, "\n".join("".join(each) for each in self._paragraphs))
        repeats = _number(attributes.get(f"{_TABLE}number-columns-repeated"))
        spans = (
            _number(attributes.get(f"{_TABLE}number-rows-spanned")),
            _number(attributes.get(f"{_TABLE}number-columns-spanned")),
        )
        if not text and spans == (1, 1):
            # Whether they belong to the table, the next cell with text says.
            self._empty_cells += repeats
            return
        self._row += [""] * self._empty_cells
        self._empty_cells = 0
        self._count(len(self._row) + repeats)
        place = len(self._sheet.rows) + self._empty_rows, len(self._row)
        if spans != (1, 1):
            # What is covered has cells of its own, which are empty.
            self._merged.append((place, (place[0] + spans[0] - 1, place[1] + spans[1] - 1)))
            self._row += [text]
            return
        if attributes.get(f"{_OFFICE}value-type") in ("float", "percentage", "currency"):
            self._numeric.update((place[0], place[1] + each) for each in range(repeats))
        self._row += [text] * repeats

    def _end_row(self) -> None:
        if self._sheet is None:
            return
        width = max(
            (last[1] + 1 for (top, _), last in self._merged if top == len(self._sheet.rows) + self._empty_rows),
            default=0,
        )
        open_width = max(
            (last[1] + 1 for _, last in self._merged[-200:] if last[0] >= len(self._sheet.rows) + self._empty_rows),
            default=0,
        )
        width = max(width, open_width)
        if len(self._row) < width:
            self._row += [""] * min(self._empty_cells, width - len(self._row))
        if not self._row:
            self._empty_rows += self._row_repeats
            return
        self._count(self._row_repeats * max(len(self._row), 1) + self._empty_rows)
        self._sheet.rows += [[] for _ in range(self._empty_rows)]
        self._empty_rows = 0
        self._sheet.rows += [list(self._row) for _ in range(self._row_repeats)]

    def _count(self, cells: int) -> None:
        """Refuse what repetition makes endless."""
        self._cells += cells
        if self._cells > MOST_CELLS:
            raise BadInput(f"the spreadsheet has more than {MOST_CELLS:,} cells", file=self._name, hint=SAVE_ANEW)

    @staticmethod
    def _value(attributes: dict[str, str], text: str) -> str:
        """Text of a cell; of a date or time, that which the file keeps and not how it is shown."""
        kind = attributes.get(f"{_OFFICE}value-type")
        if kind == "date" and (date := attributes.get(f"{_OFFICE}date-value")):
            match = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d)(?:\.\d*)?)?)?", date)
            if match is None:
                return text or date
            day, clock, seconds = match.groups()
            return day if clock is None else f"{day}T{clock}" + (f":{seconds}" if seconds not in (None, "00") else "")
        if kind == "time" and (time := attributes.get(f"{_OFFICE}time-value")):
            match = re.fullmatch(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S", time)
            if match and len(match[1]) < 6:
                seconds = match[3]
                return f"{int(match[1]):02}:{int(match[2]):02}" + (f":{seconds}" if int(seconds) else "")
        if kind == "string":
            return attributes.get(f"{_OFFICE}string-value", text)
        if kind == "boolean":
            return text or attributes.get(f"{_OFFICE}boolean-value", "").upper()
        return text or attributes.get(f"{_OFFICE}value", "")


def _number(text: str | None) -> int:
    """A count of a file, 1 where there is none that can be used."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 and int(text) else 1
