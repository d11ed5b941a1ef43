"""Runs in the builder, main thread.

A dataset read whole for the build of its index: records in row order, and without what the index has no use for.

Passages of evidence are most of what a record weighs, and are read from the file when they are shown; of them only the
sources and the basis are kept.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar, cast

from msgspec.structs import force_setattr

from convenings.domain.errors import BadInput
from convenings.domain.kinds import KIND_OF_STRUCT, REFERENCES, TABLES, WITHOUT_NAME, kind_of
from convenings.domain.labels import label as label_of
from convenings.domain.records import Evidence, Question, Record
from convenings.domain.references import all_evidence
from convenings.domain.text import fold, plain
from convenings.index.build.named_records import NamedRecords
from convenings.index.redirects import resolved
from convenings.store.dataset import Dataset, Scan
from convenings.store.layout import Layout

R = TypeVar("R", bound=Record)
STATED, INFERRED = 1, 2
"""Bits of :attr:`Contents.bases`."""
NOWHERE = (1 << 32) - 1
"""Stands for the row of a source that is not there."""

_NONE: list[Evidence] = []


@dataclass(slots=True)
class AllRecords:
    """The records of a dataset; every sequence is by row."""

    records: list[Record]
    """Without evidence."""
    rows: dict[str, int]
    """Id to row."""
    labels: list[str]
    """Harmless text of one line."""
    folded: list[str]
    """Search copies of the labels of those that are listed, which come first."""
    at: array[int]
    """Offset in bytes of the document in the file."""
    length: array[int]
    """Bytes of the document."""
    bases: array[int]
    """Whether evidence states the record, and whether it is inferred from any."""
    citing: array[int]
    """Rows that cite a source, once for each passage."""
    cited: array[int]
    """The rows of those sources, in the same order."""
    named_records: NamedRecords
    """What was known first; its records are forgotten."""
    ranges: dict[str, tuple[int, int]]
    """Kind, and pane, to the rows it takes: first, and one past the last."""

    def of(self, struct: type[R]) -> Iterator[tuple[int, R]]:
        """Row and record of every record of a kind, named by its struct."""
        first, last = self.ranges.get(KIND_OF_STRUCT[struct], (0, 0))
        return ((row, cast(R, self.records[row])) for row in range(first, last))


def read(dataset: Dataset, named_records: NamedRecords, scan: Scan) -> AllRecords:
    """Read a dataset and put it in order.

    Args:
        dataset: The dataset.
        directory: What it lists, with the rows that has.
        scan: What its ``scan`` gives of the same bytes; so nobody else need hold them.

    Raises:
        BadInput: It has a record that cannot be read, or one that its id would hide.
    """
    redirects = named_records.redirects
    records: list[Record] = []
    numbers: dict[str, int] = {}
    listed, order = named_records.rows, array("I", bytes(4 * len(named_records.rows)))
    rest: dict[str, list[int]] = {kind: [] for kind in WITHOUT_NAME}
    at, length, bases = array("Q"), array("I"), array("B")
    citing, cited = array("I"), array("I")
    sources: dict[str, int] = {}
    with closing(scan) as every:
        for kind, offset, size, found in every:
            record = resolved(found, redirects) if redirects else found
            number = len(records)
            if numbers.setdefault(record.id, number) != number or record.id.partition("/")[0] != kind:
                raise _hidden(kind, record, str(dataset.path))
            # What the directory knows is let go of as it is read again, so that nothing is held twice.
            row = listed.pop(record.id, None)
            if row is None:
                rest[kind].append(number)
            else:
                order[row] = number
                _share(record, named_records.labels[row])
            records.append(record)
            at.append(offset)
            length.append(size)
            basis = 0
            for evidence in all_evidence(record) if kind == "question" else record.evidence:
                basis |= INFERRED if evidence.basis == "inferred" else STATED
                citing.append(number)
                cited.append(sources.setdefault(evidence.source, len(sources)))
            bases.append(basis)
            _slim(record, kind, numbers, records)
    rest["source"].sort(key=lambda number: (fold(plain(label_of(records[number], str))), records[number].id))
    first = len(order)
    order.extend(chain.from_iterable(rest.values()))
    rows = array("I", bytes(4 * len(order)))
    for row, number in enumerate(order):
        rows[number] = row
    for ref, number in numbers.items():
        numbers[ref] = rows[number]
    sources_at = [numbers.get(ref, NOWHERE) for ref in sources]
    ordered = [records[number] for number in order]
    return AllRecords(
        records=ordered,
        rows=numbers,
        labels=[*named_records.labels, *_labels(ordered, first, numbers)],
        folded=named_records.folded,
        at=array("Q", map(at.__getitem__, order)),
        length=array("I", map(length.__getitem__, order)),
        bases=array("B", map(bases.__getitem__, order)),
        citing=array("I", map(rows.__getitem__, citing)),
        cited=array("I", map(sources_at.__getitem__, cited)),
        named_records=named_records,
        ranges=_ranges(named_records.ranges, first, rest),
    )


def explain(dataset: Dataset, layout: Layout) -> None:
    """Say what is wrong with a record that no directory could be made of.

    Raises:
        BadInput: It cannot be read, or its id would hide it.
    """
    seen: set[str] = set()
    for kind, _, _, record in dataset.scan(layout=layout):
        if record.id in seen or record.id.partition("/")[0] != kind:
            raise _hidden(kind, record, str(dataset.path))
        seen.add(record.id)


def _ranges(
    listed: Mapping[str, tuple[int, int]], first: int, rest: Mapping[str, Sequence[int]]
) -> dict[str, tuple[int, int]]:
    """Kind, and pane, to the rows it takes.

    Args:
        listed: The same of what a directory lists; participations stand last there.
        first: The row of the first record that it does not list.
        rest: Kind to those.
    """
    ranges = dict(listed)
    for kind, numbers in rest.items():
        if numbers:
            start, _ = ranges.get(kind, (first, first))
            first += len(numbers)
            ranges[kind] = start, first
    return ranges


def _share(record: Record, label: str) -> None:
    """Let a record have the same text as its label, not one like it."""
    if getattr(record, "label", None) == label:
        force_setattr(record, "label", label)


def _slim(record: Record, kind: str, numbers: Mapping[str, int], records: Sequence[Record]) -> None:
    """Take its evidence from a record that nobody else holds, and let it share the ids of the records before it."""
    force_setattr(record, "evidence", _NONE)
    if isinstance(record, Question):
        for occurrence in record.occurrences:
            force_setattr(occurrence, "evidence", _NONE)
    for field in REFERENCES[kind]:
        value: str | list[str] | None = getattr(record, field)
        if isinstance(value, str):
            if (number := numbers.get(value)) is not None:
                force_setattr(record, field, records[number].id)
        elif value:
            shared = [ref if (number := numbers.get(ref)) is None else records[number].id for ref in value]
            force_setattr(record, field, shared)


def _hidden(kind: str, record: Record, file: str) -> BadInput:
    """The refusal of a record that its id would hide: one of another kind's name, or of a name that is taken."""
    place = ", ".join((TABLES[kind], record.id, "field id") if record.id else (TABLES[kind], "field id"))
    if kind_of(record.id) != kind:
        return BadInput(f"'{record.id}' is no id of a {kind}", file=file, place=place, hint=f"begin it with {kind}/")
    return BadInput("the id stands twice", file=file, place=place, hint="give each its own id")


def _labels(ordered: Sequence[Record], first: int, rows: Mapping[str, int]) -> Iterator[str]:
    """Labels of the records from a row on."""

    def name(ref: str) -> str:
        row = rows.get(ref)
        return ref if row is None else getattr(ordered[row], "label", ref)

    return (plain(label_of(record, name)) for record in ordered[first:])
