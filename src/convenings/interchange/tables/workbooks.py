"""Sheets of Excel workbooks (XLSX, and XLS), by calamine; cells have the values that the workbook keeps."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from typing import Any

from convenings.domain.errors import BadInput
from convenings.interchange.reading import ForeignFile, Reading
from convenings.interchange.tables.cells import MOST_CELLS, Sheet

MOST_BYTES = 1 << 29
"""Bytes of all the parts of a workbook at most, unpacked."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (".iwa", "a document of Numbers, Pages or Keynote"),
    ("word/document.xml", "a document of Word"),
    ("ppt/presentation.xml", "a presentation"),
)
"""What stands in the names of the parts of packed files that are no workbooks, and what they are."""
_FORMULA = re.compile(rb"<c\b[^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
"""A cell with a formula and nothing that it gave."""
SAVE_ANEW = "open it in a spreadsheet program, and save it again, there or as CSV"
"""Hint for a workbook that cannot be read."""


def fits(head: bytes, name: str) -> int:
    """How sure it is that a file is an Excel workbook; see :class:`~convenings.interchange.registry.Format`."""
    lower = name.casefold()
    if head.startswith(b"PK\x03\x04"):
        if b"application/vnd.oasis.opendocument" in head[:200]:
            return 0
        if b"xl/" in head or lower.endswith((".xlsx", ".xlsm")):
            return 90
        # What is no workbook is said best by this reader, see :func:`unpacked`.
        return 20 if b"[Content_Types].xml" in head or b".iwa" in head or lower.endswith(".numbers") else 0
    return 60 if head.startswith(_OLE) and lower.endswith((".xls", ".xlsx", ".xlsm", ".xlsb")) else 0


def read(file: ForeignFile, reading: Reading) -> None:
    """Read a file whole; see :class:`~convenings.interchange.registry.Format`."""
    from convenings.interchange.tables.reader import (
        read_sheets,  # what maps columns is not wanted to tell formats apart
    )

    sheets = sheets_of(file.data, file.name)
    if count := _empty_formulas(file.data, file.name):
        cells = "1 cell has a formula" if count == 1 else f"{count} cells have formulas"
        reading.remark(f"{cells} of which the workbook keeps no value, and counted as empty; {SAVE_ANEW}")
    for sheet in sheets:
        if sheet.is_hidden:
            reading.remark(f"Sheet {sheet.name} is hidden in the workbook, and was read like the others")
    reading.describe(media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    read_sheets(sheets, file, reading)


def unpacked(data: bytes, name: str) -> zipfile.ZipFile:
    """The parts of a packed workbook.

    Raises:
        BadInput: it is broken, or its parts are too large.
    """
    try:
        parts = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise BadInput("the workbook is broken or cut", file=name, hint=SAVE_ANEW) from None
    names = parts.namelist()
    for sign, what in _OTHERS:
        if any(sign in each for each in names):
            raise BadInput(f"this is {what}, and no workbook", file=name, hint="save its table as XLSX or CSV")
    if sum(part.file_size for part in parts.infolist()) > MOST_BYTES:
        what = f"the workbook is larger than {MOST_BYTES >> 20} MiB when unpacked"
        raise BadInput(what, file=name, hint="split it, or save it as CSV")
    return parts


def part_of(parts: zipfile.ZipFile, path: str, name: str) -> bytes:
    """Bytes of a part of a workbook, never more than it says that it has.

    Raises:
        BadInput: it is not there, or broken.
    """
    try:
        with parts.open(path) as stream:
            return stream.read(parts.getinfo(path).file_size)
    # A list of parts that is damaged may place one before the beginning of the file, which is a ValueError.
    except (KeyError, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile, zlib.error):
        raise BadInput(f"the workbook has no part {path} that can be read", file=name, hint=SAVE_ANEW) from None


def _empty_formulas(data: bytes, name: str) -> int:
    """How many cells of a packed workbook have a formula, and no value that is kept."""
    if not data.startswith(b"PK"):
        return 0
    parts = unpacked(data, name)
    sheets = [each for each in parts.namelist() if each.startswith("xl/worksheets/") and each.endswith(".xml")]
    texts = (part_of(parts, each, name) for each in sheets)
    return sum(len(_FORMULA.findall(text)) for text in texts if b"<f" in text)


def sheets_of(data: bytes, name: str) -> list[Sheet]:
    """The sheets of a workbook, empty ones left out.

    Raises:
        BadInput: it cannot be read.
    """
    import python_calamine  # wanted only for workbooks

    is_1904 = False
    if data.startswith(b"PK"):
        parts = unpacked(data, name)
        if "xl/workbook.xml" in parts.namelist():
            head = part_of(parts, "xl/workbook.xml", name)
            is_1904 = b'date1904="1"' in head or b'date1904="true"' in head
    try:
        if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
            raise python_calamine.PasswordError
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        listed = [each for each in book.sheets_metadata if each.typ == python_calamine.SheetTypeEnum.WorkSheet]
        sheets = [_sheet(book.get_sheet_by_name(each.name), each.name, is_1904, name) for each in listed]
        for sheet, each in zip(sheets, listed, strict=True):
            sheet.is_hidden = each.visible != python_calamine.SheetVisibleEnum.Visible
        return [sheet for sheet in sheets if sheet.rows]
    except python_calamine.PasswordError:
        raise BadInput("the workbook has a password", file=name, hint="save it without one") from None
    except BadInput:
        raise
    except BaseException as error:
        # What panics in calamine is no Exception.
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise BadInput("the workbook is broken or cut", file=name, hint=SAVE_ANEW) from None


def _sheet(source: Any, title: str, is_1904: bool, name: str) -> Sheet:
    """A sheet of calamine's as text."""
    if source.total_height * source.total_width > MOST_CELLS:
        what = f"the sheet {title} has more than {MOST_CELLS:,} cells"
        raise BadInput(what, file=name, hint="delete the empty rows and columns behind its table")
    rows: list[list[str]] = []
    numeric: set[tuple[int, int]] = set()
    for index, cells in enumerate(source.to_python(skip_empty_area=False)):
        row = [cell if isinstance(cell, str) else _text(cell) for cell in cells]
        numeric.update((index, column) for column, cell in enumerate(cells) if type(cell) in (int, float))
        rows.append(row)
    fills: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, right) in source.merged_cell_ranges or ():
        fill(rows, fills, (top, left), (bottom, right))
    while rows and not any(rows[-1]):
        rows.pop()
    return Sheet(title, rows, fills=fills, numeric=frozenset(numeric), is_1904=is_1904, delimiter="\t")


def fill(
    rows: list[list[str]],
    fills: dict[tuple[int, int], tuple[int, int]],
    first: tuple[int, int],
    last: tuple[int, int],
) -> None:
    """Write the text of a merged cell into all the cells of a sheet that it covers.

    Args:
        rows: Cells of the sheet.
        fills: As :attr:`Sheet.fills`; added to.
        first: Row and column of its first cell.
        last: Those of its last one.
    """
    (top, left), (bottom, right) = first, last
    if top >= len(rows) or left >= len(rows[top]) or not rows[top][left]:
        return
    text = rows[top][left]
    for index in range(top, min(bottom + 1, len(rows))):
        row = rows[index]
        for column in range(left, min(right + 1, len(row))):
            if (index, column) != first and not row[column]:
                row[column] = text
                fills[index, column] = first


def _text(cell: object) -> str:
    """A cell that is no text, as text."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        case datetime.datetime():
            return cell.isoformat(timespec="minutes" if not cell.second else "seconds")
        case datetime.date():
            return cell.isoformat()
        case datetime.time():
            return cell.isoformat(timespec="minutes" if not cell.second else "seconds")
        case datetime.timedelta():
            minutes = round(cell.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02}"
    return str(cell)
