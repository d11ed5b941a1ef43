"""Rows of packed tables (XLSX, ODS) to which evidence points, found again in the file when somebody looks.

A row of a text has its bytes in the file; that of a workbook has none, so the workbook is read again for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from convenings.domain.errors import BadInput
from convenings.interchange.reading import pieces_of

if TYPE_CHECKING:
    from convenings.interchange.tables.cells import Sheet

EXCEL = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel",
)
OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"


class TableRows:
    """Rows of a workbook, which is read when the first is asked for.

    Args:
        data: Its bytes.
        media_type: Of its source; of what is no workbook there are no rows.
        name: What the file is called.
    """

    def __init__(self, data: bytes, media_type: str, name: str = "") -> None:
        self._data = data
        self._media_type = media_type.partition(";")[0].strip()
        self._name = name
        self._sheets: dict[str, Sequence[Sequence[str]]] | None = None

    def sheet(self, pointer: str) -> Sequence[Sequence[str]]:
        """The rows of the sheet to which a pointer leads; none where there is no such sheet."""
        if self._sheets is None:
            try:
                self._sheets = {sheet.name: sheet.rows for sheet in self._read()}
            except BadInput:
                self._sheets = {}
        return self._sheets.get(_parts(pointer)[0], ())

    def _read(self) -> Sequence[Sheet]:
        # What reads workbooks is not wanted for other files.
        if self._media_type in EXCEL:
            from convenings.interchange.tables.workbooks import sheets_of

            return sheets_of(self._data, self._name)
        if self._media_type == OPEN_DOCUMENT:
            from convenings.interchange.tables.open_documents import sheets_of as sheets_of_document

            return sheets_of_document(self._data, self._name)
        return ()

    def row(self, pointer: str) -> Sequence[str] | None:
        """The cells of the row to which a pointer leads; nothing where there is none."""
        rows, number = self.sheet(pointer), _parts(pointer)[1]
        return rows[number - 1] if 1 <= number <= len(rows) else None

    def text(self, pointer: str) -> str | None:
        """What the hash of a row is of; nothing where there is none."""
        cells = self.row(pointer)
        return None if cells is None else pieces_of(cells)


def _parts(pointer: str) -> tuple[str, int]:
    """Name of the sheet and number of the row, from 1, in a pointer as ``sheet=Talks&row=7``; 0 where it has none."""
    sheet, _, row = pointer.rpartition("row=")
    number = row if row.isascii() and row.isdigit() and len(row) < 10 else "0"
    return sheet.removesuffix("&").removeprefix("sheet="), int(number)
