"""A table as text: its cells, where each row stands in the file, and which cells a merged one fills."""

from __future__ import annotations

import msgspec

from convenings.interchange.reading import Piece, pieces_of

MOST_CELLS = 20_000_000
"""Cells of a file at most, those that merged ones and repetitions fill included."""


class Sheet(msgspec.Struct, gc=False):
    """A table of a file, every cell as text: dates as ISO 8601, numbers as they are shown at their shortest."""

    name: str
    """Of a workbook, that of the sheet; else empty."""
    rows: list[list[str]]
    """Cells by row and column; rows may differ in length."""
    spans: list[tuple[int, int]] = []
    """First byte of each row and that after its last one; empty where rows are no runs of bytes."""
    lines: list[int] = []
    """Line of the file on which each row begins, from 1; empty where there are no lines."""
    pointers: list[str] = []
    """Of objects, where each row stands, as JSON Pointer; the first row, the names, has none."""
    fills: dict[tuple[int, int], tuple[int, int]] = {}
    """Row and column of each cell that a merged one fills, to those of the cell that is written."""
    numeric: frozenset[tuple[int, int]] = frozenset()
    """Row and column of cells that are plain numbers in a workbook, which may be days by their number."""
    is_hidden: bool = False
    """Whether the workbook does not show it."""
    is_1904: bool = False
    """Whether the workbook counts its days from 1904."""
    strays: list[str] = []
    """Where something stands among the objects that is none."""
    delimiter: str = ","
    """What stands between the cells of a row in the file."""

    @property
    def width(self) -> int:
        """Columns of the widest row."""
        return max(map(len, self.rows), default=0)

    @property
    def is_objects(self) -> bool:
        """Whether rows are objects, of which each has the names that it has."""
        return bool(self.pointers)

    def place(self, index: int) -> str:
        """Where a row is, for people: ``row 7``, with the line where lines are not rows, and the sheet."""
        if self.pointers:
            return f"item {self.pointers[index]}" + (f", line {self.lines[index]}" if self.lines else "")
        line = self.lines[index] if self.lines else index + 1
        place = f"row {index + 1}" + (f", line {line}" if line != index + 1 else "")
        return f"sheet {self.name}, {place}" if self.name else place

    def piece(self, index: int) -> Piece:
        """A row as that to which evidence points."""
        if self.pointers:
            return Piece(self.pointers[index], *self.spans[index])
        pointer = f"sheet={self.name}&row={index + 1}" if self.name else f"row={index + 1}"
        if self.spans:
            return Piece(pointer, *self.spans[index])
        return Piece(pointer, text=pieces_of(self.rows[index]))

    def written(self, index: int) -> list[str]:
        """Cells of a row that stand in it themselves, those that a merged one fills being empty."""
        row = self.rows[index]
        if not self.fills:
            return row
        return ["" if (index, column) in self.fills else cell for column, cell in enumerate(row)]


def column_letters(index: int) -> str:
    """What a spreadsheet calls a column, from 0: ``A``, ``Z``, ``AA``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
