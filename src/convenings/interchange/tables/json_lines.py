"""The reader of tables with a JSON object a line."""

from __future__ import annotations

from convenings.interchange.reading import ForeignFile, Reading
from convenings.interchange.tables.objects import fits_lines as fits
from convenings.interchange.tables.objects import sheets_of

__all__ = ["fits", "read"]


def read(file: ForeignFile, reading: Reading) -> None:
    """Read a file whole; see :class:`~convenings.interchange.registry.Format`."""
    from convenings.interchange.tables.reader import (
        read_sheets,  # what maps columns is not wanted to tell formats apart
    )

    sheets = sheets_of(file.data, file.name, by_line=True)
    reading.describe(media_type="application/jsonl")
    read_sheets(sheets, file, reading)
