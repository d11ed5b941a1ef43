"""The formats that can be read or written, a row each; what stands in a row is imported when it is used."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

import msgspec

from convenings.interchange.reading import ForeignFile, Reading
from convenings.interchange.selection import Selection


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """A file format."""

    name: str
    """What ``--format`` takes: ``icalendar``."""
    title: str
    """For people: ``iCalendar (.ics)``."""
    reader: str = ""
    """Module in which ``read(file, reading)`` and ``fits(head, name)`` are; empty where it is not read."""
    writer: str = ""
    """Module in which ``write(selection, target)`` is; empty where it is not written. See
    :mod:`~convenings.interchange.selection`."""
    endings: tuple[str, ...] = ()
    """How names of its files end, the first one being that of a file that is written: ``.ics``."""
    is_folder: bool = False
    """Whether what is written is a folder of files."""
    is_binary: bool = False
    """Whether what is written is nothing for a terminal to show."""
    export_name: str = ""
    """What ``--format`` of an export takes, where that is another word than the name."""
    notes_beside: bool = False
    """Whether marks and notes go into a file of their own, by ``write_notes(selection, target)`` of the writer."""
    is_ours: bool = False
    """Whether a file of it holds records of ours with ids, evidence and sources of their own: it is joined, and its
    reader adds them as they are, with :attr:`Reading.redirects` and :attr:`Reading.imports`, and asks for no id."""
    loses: str = ""
    """What of a dataset it cannot hold, or of a file is not taken; a phrase for the table of formats."""

    def fits(self, head: bytes, name: str) -> int:
        """How sure it is, 0 (no) to 100, that a file is of this format: by its first 64 KiB, and only then its name."""
        fits: Callable[[bytes, str], int] = import_module(self.reader).fits
        return fits(head, name)

    def read(self, file: ForeignFile, reading: Reading) -> None:
        """Read a file whole.

        Raises:
            BadInput: nothing of it can be read.
        """
        import_module(self.reader).read(file, reading)

    def write(self, selection: Selection, target: BinaryIO | Path) -> list[str]:
        """Write records.

        Args:
            selection: The records.
            target: An open file; where the format is a folder, the path of a new and empty one.

        Returns:
            What it could not hold or left out, a sentence each without a full stop.
        """
        remarks: list[str] = import_module(self.writer).write(selection, target)
        return remarks

    def counts(self, selection: Selection) -> dict[str, int]:
        """Kind to how many records of a selection are in what is written of it, kinds without any left out."""
        counts: Callable[[Selection], dict[str, int]] | None
        counts = getattr(import_module(self.writer), "counts", None)
        return selection.counts() if counts is None else counts(selection)

    def write_notes(self, selection: Selection, target: BinaryIO) -> None:
        """Write the user's marks and notes, where they go into a file of their own."""
        import_module(self.writer).write_notes(selection, target)


_LOST_OF_TABLES = "columns whose meaning is not understood, unless --map says it"
FORMATS: tuple[Format, ...] = (
    Format(
        name="json",
        title="Convenings dataset (.json)",
        reader="convenings.interchange.own_dataset",
        writer="convenings.interchange.dataset_writer",
        endings=(".json",),
        notes_beside=True,
        is_ours=True,
        loses="nothing",
    ),
    Format(
        name="csv-folder",
        title="folder of CSV files with a datapackage.json",
        reader="convenings.interchange.csv_folder",
        writer="convenings.interchange.csv_folder",
        export_name="csv",
        is_folder=True,
        is_ours=True,
        loses="nothing",
    ),
    Format(
        name="xlsx",
        title="workbook (.xlsx, .xls)",
        reader="convenings.interchange.tables.workbooks",
        writer="convenings.interchange.workbook_writer",
        endings=(".xlsx",),
        is_binary=True,
        loses="evidence but for the names of its sources, and what is inside a value, such as the language of a name",
    ),
    Format(
        name="schedule-xml",
        title="Conference schedule in XML: frab, Pentabarf, pretalx, wafer (.xml)",
        reader="convenings.interchange.schedules.xml_schedule",
        endings=(".xml",),
        loses="recording licence and opt-out",
    ),
    Format(
        name="schedule-json",
        title="Conference schedule in JSON: frab, pretalx, wafer (.json)",
        reader="convenings.interchange.schedules.json_schedule",
        endings=(".json",),
        loses="recording licence and opt-out, answers to questions of the call for papers",
    ),
    Format(
        name="icalendar",
        title="iCalendar (.ics)",
        reader="convenings.interchange.calendars.reader",
        writer="convenings.interchange.calendars.writer",
        export_name="ics",
        endings=(".ics",),
        loses="of a file alarms, tasks and free times; of a dataset all but events known to the day and who was there",
    ),
    Format(
        name="ods",
        title="table in an OpenDocument spreadsheet (.ods)",
        reader="convenings.interchange.tables.open_documents",
        endings=(".ods",),
        loses=_LOST_OF_TABLES,
    ),
    Format(
        name="csv",
        title="table as text, with commas, semicolons, tabs or bars (.csv, .tsv)",
        reader="convenings.interchange.tables.delimited",
        endings=(".csv", ".tsv"),
        loses=_LOST_OF_TABLES,
    ),
    Format(
        name="json-lines",
        title="table as JSON, one object per line (.jsonl)",
        reader="convenings.interchange.tables.json_lines",
        endings=(".jsonl",),
        loses=_LOST_OF_TABLES,
    ),
    Format(
        name="json-list",
        title="table as JSON, a list of objects (.json)",
        reader="convenings.interchange.tables.json_list",
        endings=(".json",),
        loses=_LOST_OF_TABLES,
    ),
)
"""Every format, in the order in which they are tried and listed."""
