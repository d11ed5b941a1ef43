"""Tables as text with a delimiter between cells (CSV, RFC 4180; TSV), in any encoding."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from convenings.domain.csv_text import GUARD, unguarded
from convenings.domain.errors import BadInput
from convenings.interchange.old_encodings import encoding_of
from convenings.interchange.reading import ForeignFile, Reading
from convenings.interchange.tables.cells import Sheet

DELIMITERS = ",;\t|"
LONGEST_CELL = 1 << 24
"""Characters of a cell at most."""
_SAMPLE = 1 << 17
"""Characters by which the delimiter is settled."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_END = "\x00end of the file"
"""A line after the last one, which nothing but an open quote can swallow."""


def fits(head: bytes, name: str) -> int:
    """How sure it is that a file is a table of text; see :class:`~convenings.interchange.registry.Format`."""
    by_name = name.casefold().removesuffix(".gz").endswith((".csv", ".tsv", ".tab"))
    if any(head.startswith(bom) for bom, _ in _BOMS) or _utf16_without_mark(head):
        text = _loosely(head)
    elif b"\x00" in head:
        return 0
    else:
        text = head.decode("utf-8", "replace")
    start = text.lstrip("\ufeff \t\r\n")
    if not start or (start[0] in "<{[" and not by_name) or start.startswith(("BEGIN:", "%PDF", "PK\x03", "@")):
        return 0
    if by_name:
        return 70
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    regular = any(
        min(counts) == max(counts) > 0
        for delimiter in DELIMITERS
        if (counts := [line.count(delimiter) for line in lines])
    )
    return (40 if regular else 10) if len(lines) > 1 and any(each in lines[0] for each in DELIMITERS) else 0


def read(file: ForeignFile, reading: Reading) -> None:
    """Read a file whole; see :class:`~convenings.interchange.registry.Format`."""
    from convenings.interchange.tables.reader import (
        read_sheets,  # what maps columns is not wanted to tell formats apart
    )

    sheet, encoding, remarks = sheet_of(file.data, file.name)
    for remark in remarks:
        reading.remark(remark)
    kind = "text/tab-separated-values" if sheet.delimiter == "\t" else "text/csv"
    reading.describe(media_type=f"{kind}; charset={encoding}")
    read_sheets([sheet], file, reading)


def sheet_of(data: bytes, name: str) -> tuple[Sheet, str, list[str]]:
    """The table of a file, its encoding, and what people should be told of how it was read.

    Raises:
        BadInput: it is no text, or a quote is not closed.
    """
    text, encoding, start, remarks = _decoded(data, name)
    lines = _LINE.findall(text)
    delimiter = _delimiter(text)
    rows, numbers = _rows(lines, delimiter, name)
    offsets = _offsets(lines, encoding, start, len(data))
    spans = []
    if offsets:
        spans = [(offsets[a], offsets[b] - _line_end(lines[b - 1], encoding)) for a, b in numbers]
    sheet = Sheet("", rows, spans, [first + 1 for first, _ in numbers], delimiter=delimiter)
    return sheet, encoding, remarks


def _line_end(line: str, encoding: str) -> int:
    """Bytes of the line end that closes a row, so that a row moved to the end of a file is what it was."""
    end = line[len(line.rstrip("\r\n")) :]
    return len(end.encode(encoding)) if end else 0


def _utf16_without_mark(data: bytes) -> str:
    """``utf-16-le`` or ``utf-16-be`` where every other byte of a beginning is nearly always 0; else empty."""
    head = data[:4096]
    if len(head) < 8:
        return ""
    even, odd = head[::2].count(0) / len(head) * 2, head[1::2].count(0) / len(head) * 2
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.1 else ""


def _loosely(head: bytes) -> str:
    """Text of the beginning of a file in UTF-16 or with a mark, whatever is broken left out."""
    encoding = next((each for bom, each in _BOMS if head.startswith(bom)), "") or _utf16_without_mark(head)
    return head.decode(encoding or "utf-8", "ignore")


def _decoded(data: bytes, name: str) -> tuple[str, str, int, list[str]]:
    """Text of a file, its encoding, how many bytes stand before the text, and what is guessed of it."""
    mark = next(((bom, each) for bom, each in _BOMS if data.startswith(bom)), None)
    encoding = mark[1] if mark else _utf16_without_mark(data) or "utf-8"
    start = len(mark[0]) if mark else 0
    try:
        text = data[start:].decode(encoding)
    except UnicodeDecodeError as error:
        if mark or encoding != "utf-8":
            hint = "save it again as UTF-8; it may have been cut"
            raise BadInput(
                f"the text is not {encoding.upper()}", file=name, place=f"byte {start + error.start}", hint=hint
            ) from None
    else:
        if "\x00" in text:
            raise BadInput("it is no text", file=name, hint="save it as CSV in UTF-8")
        return text, encoding, start, []
    return _guessed(data, name)


def _guessed(data: bytes, name: str) -> tuple[str, str, int, list[str]]:
    """Text of a file that is not UTF-8, by the encoding that makes the best sense of it."""
    if b"\x00" in data:
        raise BadInput("it is neither text nor a workbook", file=name, hint="save it as CSV in UTF-8")
    encoding = encoding_of(data)
    for candidate in dict.fromkeys((encoding, "cp1252", "latin-1")):
        try:
            text = data.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
        first = next(at for at, byte in enumerate(data) if byte > 127)
        line = data.count(b"\n", 0, first) + 1
        label = candidate.replace("_", "-")
        return text, label, 0, [f"The text is not UTF-8 (line {line}); it was read as {label}, which is a guess"]
    raise BadInput("its encoding was not recognised", file=name, hint="save it as CSV in UTF-8")


def _delimiter(text: str) -> str:
    """What stands between cells: that which most lines have equally often, outside of quotes."""
    sample = text[:_SAMPLE]
    first = sample.split("\n", 1)[0].strip().casefold()
    if match := re.fullmatch(r"sep=(.)", first):
        return match[1]
    bare = re.sub(r'"(?:[^"]++|"")*+"', '""', sample)
    lines = [line for line in bare.splitlines() if line.strip()]
    lines = lines[:-1] if len(text) > _SAMPLE and len(lines) > 1 else lines
    best, most = ",", 0.0
    for delimiter in DELIMITERS:
        counts = Counter(line.count(delimiter) for line in lines)
        common = [(times * min(count, 4), count) for count, times in counts.items() if count]
        if not common:
            continue
        header = lines[0].count(delimiter) > 0
        score = max(common)[0] * (2 if header else 1)
        if score > most:
            best, most = delimiter, score
    return best


def _rows(lines: list[str], delimiter: str, name: str) -> tuple[list[list[str]], list[tuple[int, int]]]:
    """Cells of every row, with the first of its lines and that after its last, counted from 0."""
    csv.field_size_limit(LONGEST_CELL)
    rows: list[list[str]] = []
    numbers: list[tuple[int, int]] = []
    at = 1 if lines and re.fullmatch(r"sep=.\s*", lines[0], re.IGNORECASE) else 0
    while at < len(lines):
        before = at
        for cells, at in _strictly(lines, at, delimiter):  # noqa: B020
            numbers.append((before, at))
            rows.append(cells)
            before = at
        if at < len(lines):
            cells, after = _loose_row(lines, at, delimiter, name)
            numbers.append((at, after))
            rows.append(cells)
            at = after
    return rows, numbers


def _strictly(lines: list[str], start: int, delimiter: str) -> Iterator[tuple[list[str], int]]:
    """Rows from a line on, with the line after each, up to the first that breaks the rules of quoting."""
    reader = csv.reader(_lines_from(lines, start), delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(reader)
        except (StopIteration, csv.Error):
            return
        at = start + reader.line_num
        # The last line is ours, and stands alone unless a quote is open.
        if at > len(lines):
            return
        yield _values(cells), at


def _values(cells: list[str]) -> list[str]:
    """Cells without the apostrophe that we, and others, put before what a spreadsheet would take for a formula."""
    return [unguarded(cell) if cell.startswith(GUARD) else cell for cell in cells]


def _lines_from(lines: list[str], start: int) -> Iterator[str]:
    """Lines from one on, and the one that marks the end."""
    for at in range(start, len(lines)):
        yield lines[at]
    yield _END


def _loose_row(lines: list[str], start: int, delimiter: str, name: str) -> tuple[list[str], int]:
    """The row that begins on a line and has quotes within its cells, with the line after it.

    Raises:
        BadInput: a quote opens that is not closed where a cell ends.
    """
    opening, end = _open_quote(lines, start, delimiter)
    if opening is not None:
        what = "a quote opens here that is not closed where the cell ends"
        hint = "close it, or take it out; a quote within a quoted cell is written twice"
        raise BadInput(what, file=name, place=f"line {opening + 1}", hint=hint)
    try:
        return _values(next(csv.reader(lines[start:end], delimiter=delimiter))), end
    except csv.Error:
        what = f"a cell has more than {LONGEST_CELL:,} characters"
        raise BadInput(what, file=name, place=f"line {start + 1}", hint="shorten it") from None


def _open_quote(lines: list[str], start: int, delimiter: str) -> tuple[int | None, int]:
    """Line on which a quote opens that the row from a line on does not close, if any, and the line after the row.

    A quote that closes on the line on which it opens and has text behind it is a sloppy cell, no open quote.
    """
    opening: int | None = None
    for number in range(start, len(lines)):
        line, at = lines[number], 0
        while True:
            if opening is None:
                if line[at : at + 1] == '"':
                    opening, at = number, at + 1
                else:
                    comma = line.find(delimiter, at)
                    if comma < 0:
                        return None, number + 1
                    at = comma + 1
                    continue
            while (end := line.find('"', at)) >= 0 and line[end + 1 : end + 2] == '"':
                at = end + 2
            if end < 0:
                break
            behind = line[end + 1 : end + 2]
            if behind not in (delimiter, "\r", "\n", "") and opening != number:
                return opening, number + 1
            opening = None
            comma = line.find(delimiter, end)
            if comma < 0:
                return None, number + 1
            at = comma + 1
    return opening, len(lines)


def _offsets(lines: list[str], encoding: str, start: int, size: int) -> list[int]:
    """Byte at which each line begins, and that after the last; empty where the encoding gives other bytes back."""
    if encoding == "utf-8":
        sizes = [len(line) if line.isascii() else len(line.encode()) for line in lines]
    else:
        try:
            sizes = [len(line.encode(encoding)) for line in lines]
        except UnicodeEncodeError:
            return []
    offsets = list(accumulate(sizes, initial=start))
    return offsets if offsets[-1] == size else []
