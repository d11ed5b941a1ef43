"""Imports every file of a folder of samples and prints what was expected, what came, and why where they differ.

``python -m tests.samples FOLDER [PART...]``. What is expected is in ``samples.json``: for a file by its name below the
folder, how many elements of it are events (a row, a VEVENT, a talk), how many rooms and people it has, and a
``reason`` where it is known why other numbers come out. The exit code is 1 where a number differs without a reason, or
the check of a dataset finds a fault.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from convenings.domain.records import Event, Place, Record
from convenings.interchange.process import read_apart
from convenings.interchange.reports import FileReport
from convenings.interchange.run import Options, import_files
from convenings.store.check import check
from convenings.store.dataset import Dataset

EXPECTED = Path(__file__).with_name("samples.json")
ABOVE = ("conference", "term")
"""Types of event that are what the file is about, and no element of it like the others."""
MOST_FIELDS = 6


class Expected(msgspec.Struct, forbid_unknown_fields=True):
    """What is expected of a file."""

    elements: int | None = None
    rooms: int | None = None
    people: int | None = None
    reason: str = ""

    def numbers(self) -> dict[str, int]:
        """Those that are known."""
        return {name: value for name in ("elements", "rooms", "people") if (value := getattr(self, name)) is not None}


class Row(msgspec.Struct):
    """A line of the table."""

    file: str
    expected: dict[str, int]
    came: dict[str, int]
    reason: str
    report: FileReport
    faults: list[str]

    @property
    def agrees(self) -> bool:
        """Whether all numbers that are expected came."""
        return all(self.came.get(name, 0) == value for name, value in self.expected.items())

    @property
    def is_right(self) -> bool:
        """Whether they did, or it is known why not."""
        return not self.faults and (self.agrees or bool(self.reason))


def counts(records: Sequence[Record]) -> dict[str, int]:
    """How many elements of the file are events, and how many rooms, people and other records there are."""
    above = {record.super_event for record in records if isinstance(record, Event)}
    events = [
        record for record in records if isinstance(record, Event) and not (record.type in ABOVE and record.id in above)
    ]
    elements = {(piece.start, piece.end) if piece.end else piece.pointer for each in events for piece in each.evidence}
    places = [record for record in records if isinstance(record, Place)]
    return {
        "elements": len(elements),
        "events": len(events),
        "rooms": sum(place.type == "room" for place in places),
        "places": len(places),
        "people": sum(record.id.startswith("person/") for record in records),
        "bodies": sum(record.id.startswith("organisation/") for record in records),
    }


def rows(folder: Path, parts: Sequence[str] = ()) -> Iterator[Row]:
    """The rows of the table, a file at a time; of files whose names hold one of the parts, where there are any."""
    every = msgspec.json.decode(EXPECTED.read_bytes(), type=dict[str, Expected])
    for name, expected in every.items():
        if parts and not any(part in name for part in parts):
            continue
        path = folder / name
        if not path.exists():
            print(f"{path}: missing", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory() as work:
            into = Path(work, "all.json")
            report = import_files([path], into, Options(attach=False), reader=read_apart)
            records: list[Record] = []
            faults: list[str] = []
            if report.is_written:
                dataset = Dataset.open(into)
                records = [record for _, _, _, record in dataset.scan()]
                faults = [str(fault) for fault in check(dataset)]
        yield Row(name, expected.numbers(), counts(records), expected.reason, report.files[0], faults)


def line(row: Row) -> str:
    """A row for people: the file, expected, came, and why."""
    wanted = ", ".join(f"{value:,} {name}" for name, value in row.expected.items())
    came = ", ".join(f"{value:,} {name}" for name, value in row.came.items() if value or name in row.expected)
    sign = "agrees" if row.agrees else "differs" if row.reason else "DIFFERS"
    parts = [f"{row.file}: {sign}", f"  expected {wanted}", f"  came     {came} ({row.report.format or 'no format'})"]
    if row.report.error:
        parts.append(f"  refused  {row.report.error}")
    if row.reason:
        parts.append(f"  reason   {row.reason}")
    if row.report.skipped:
        first = row.report.skipped[0]
        parts.append(f"  skipped  {len(row.report.skipped):,}, the first: {first.place}: {first.reason}")
    for words, numbers in (("no home", row.report.no_home), ("left out", row.report.left_out)):
        if numbers:
            most = sorted(numbers.items(), key=lambda item: -item[1])
            rest = f" and {len(most) - MOST_FIELDS} more" if len(most) > MOST_FIELDS else ""
            parts.append(f"  {words:8} {', '.join(f'{name} ({n:,})' for name, n in most[:MOST_FIELDS])}{rest}")
    parts += [f"  FAULT    {fault}" for fault in row.faults[:3]]
    return "\n".join(parts)


def main(argv: Sequence[str]) -> int:
    """Print the table."""
    if not argv:
        print(__doc__, file=sys.stderr)
        return 2
    table = []
    for row in rows(Path(argv[0]), argv[1:]):
        print(line(row), flush=True)
        table.append(row)
    agree = sum(row.agrees and row.is_right for row in table)
    wrong = [row.file for row in table if not row.is_right]
    print(
        f"{len(table)} files: {agree} agree, {len(table) - agree - len(wrong)} differ for a reason, {len(wrong)} wrong"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
