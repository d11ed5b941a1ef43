"""Pieces of structured files as lines to read: an object, an element, an entry of a calendar, a row with its headings.

They are cut from the bytes that evidence points at; what a piece is, is told by how it begins.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence

import msgspec

from convenings.domain.record_values import Evidence
from convenings.domain.text import plain
from convenings.interchange.table_rows import TableRows
from convenings.store.data_files import DataFile

MOST_LINES = 40
"""Lines of a piece that are shown, as many as a large screen has; the file has the others."""
MOST_OF_LINE = 500
"""Code points of a line that are shown."""
MOST_BYTES = 1 << 20
"""Bytes of a piece that are looked at."""
HEAD = 1 << 16
"""Bytes of the beginning of a file in which its headings are looked for."""
HEADING_ROWS = 12
"""Rows from the first among which the headings of a table are looked for: a title may stand before them."""

_CHARSET = re.compile(r"charset=([\w.:-]+)", re.ASCII)
_XML_ENCODING = re.compile(rb"""<\?xml[^>]{0,80}encoding=["']([\w.:-]+)["']""")
_FOLD = re.compile(rb"\r?\n[ \t]")
_TAGS = re.compile(r">\s*<")


class File(DataFile):
    """A structured file that is attached, with the rows of it that are no runs of bytes.

    Args:
        data: Its bytes.
        media_type: Of its source, with the parameters that reading it takes.
    """

    def __init__(self, data: bytes, media_type: str) -> None:
        self.media_type = media_type
        self._rows = TableRows(data, media_type)
        super().__init__(data, self._rows.text)

    def lines(self, evidence: Evidence) -> list[str]:
        """The piece that evidence points at, line by line and harmless; no more than a screen of it, and what is left.

        Nothing where the file does not have it.
        """
        every = self._lines_of(evidence)
        lines = [plain(line)[:MOST_OF_LINE] + "…" * (len(line) > MOST_OF_LINE) for line in every[:MOST_LINES]]
        if more := len(every) - MOST_LINES:
            lines += [f"… {more:,} more lines in the file"] if more > 0 else []
        return lines

    def _lines_of(self, evidence: Evidence) -> list[str]:
        if not evidence.end:
            cells = self._rows.row(evidence.pointer)
            return [] if cells is None else _with_headings(headings_of(self._rows.sheet(evidence.pointer)), cells)
        element = self.element(evidence)[:MOST_BYTES]
        start = element.lstrip()[:6].upper()
        if start.startswith(b"BEGIN:"):
            return self._text(_FOLD.sub(b"", element)).splitlines()
        if self.media_type.partition(";")[0].strip() in ("text/csv", "text/tab-separated-values"):
            return self._table_row(element)
        text = self._text(element)
        if start.startswith((b"{", b"[")):
            try:
                return msgspec.json.format(text, indent=2).splitlines()
            except msgspec.DecodeError:
                return text.splitlines()
        if start.startswith(b"<") and text.count("\n") < text.count(">") // 4:
            # Written in one line, which nobody can read.
            text = _TAGS.sub(">\n<", text)
        return _dedented(text.splitlines())

    def _table_row(self, element: bytes) -> list[str]:
        """A row of a table in a text, each cell behind its heading."""
        head = self._text(self.data[:HEAD]).lstrip("\ufeff")
        delimiter = max("\t,;|", key=lambda sign: max((line.count(sign) for line in head.splitlines()[:20]), default=0))
        try:
            first = [row for row, _ in zip(_rows(head, delimiter), range(HEADING_ROWS), strict=False)]
            cells: list[str] = next(_rows(self._text(element), delimiter), [])
        except csv.Error:
            return self._text(element).splitlines()
        return _with_headings(headings_of(first), cells)

    def _text(self, data: bytes) -> str:
        """Bytes of the file as text, in its encoding as far as that is known."""
        match = _CHARSET.search(self.media_type)
        name = match[1] if match else ""
        if not name and (declared := _XML_ENCODING.search(self.data, 0, 200)):
            name = declared[1].decode("ascii")
        try:
            return data.decode(codecs.lookup(name or "utf-8").name, "replace")
        except (LookupError, ValueError):
            return data.decode("utf-8", "replace")


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(text.splitlines(keepends=True), delimiter=delimiter)


def headings_of(rows: Sequence[Sequence[str]]) -> Sequence[str]:
    """The row that names the columns of a table: the first of those that fill the most of them with words."""

    def names(row: Sequence[str]) -> int:
        return sum(bool(cell.strip()) and not cell.strip()[0].isdigit() for cell in row)

    first = rows[:HEADING_ROWS]
    most = max(map(names, first), default=0)
    return next((row for row in first if names(row) >= most * 0.8), ())


def _with_headings(headings: Sequence[str], cells: Sequence[str]) -> list[str]:
    """Cells each behind its heading; empty ones say nothing, and the headings themselves stand alone."""
    if list(cells) == list(headings):
        return [cell for cell in cells if cell]
    lines: list[str] = []
    for number, cell in enumerate(cells, 1):
        if cell.strip():
            heading = headings[number - 1].strip() if number <= len(headings) else ""
            first, *others = cell.strip().splitlines()
            lines += [f"{heading or f'column {number}'}: {first}", *(f"  {line}" for line in others)]
    return lines


def _dedented(lines: list[str]) -> list[str]:
    """Lines without the blanks that the last begins with: the first has none, and what closes stands below it."""
    last = next((line for line in reversed(lines) if line.strip()), "")
    indent = len(last) - len(last.lstrip())
    return [*lines[:1], *(line[min(indent, len(line) - len(line.lstrip())) :] for line in lines[1:])]
