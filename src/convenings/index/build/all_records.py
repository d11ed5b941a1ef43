"""Runs in the builder, main thread.

All records of a dataset for the build of its index: in row order, and without what the index has no use for.

Passages of evidence are most of what a record weighs, and are read from the file when they are shown; of them only the
sources and the basis are kept.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import chain
from typing import Any, TypeVar, cast

import msgspec
from msgspec.structs import force_setattr

from convenings.domain.basis import inferred_fields
from convenings.domain.errors import BadInput
from convenings.domain.kinds import (
    KIND_OF_STRUCT,
    KINDS,
    PANE_OF_KIND,
    REFERENCES,
    TABLES,
    WITHOUT_NAME,
    a_kind,
    kind_of,
)
from convenings.domain.labels import label as label_of
from convenings.domain.names import sorting_key
from convenings.domain.records import Question, Record, Statement
from convenings.domain.references import all_evidence
from convenings.domain.text import fold, plain
from convenings.index.build.named_records import NamedRecords
from convenings.index.build.reasons import occurrence_key
from convenings.index.build.row_lists import INFERRED, STATED
from convenings.index.build.table_reader import changed
from convenings.index.redirects import resolved
from convenings.store.dataset import Dataset, Scan

R = TypeVar("R", bound=Record)

_NOTHING: list[Any] = []
"""Stands in place of every empty list, which would take 56 bytes."""
_UNUSED: dict[str, object] = {
    "evidence": _NOTHING,
    "names": _NOTHING,
    "digest": _NOTHING,
    "attendance": None,
    "count": None,
    "family": "",
    "given": "",
    "honorific": "",
    "text_hash": "",
}
"""Fields that an index has no use for, or not beyond the names, with what stands in their place."""
_WITH_NAMES = frozenset(kind for kind, struct in KINDS.items() if "names" in struct.__struct_fields__)
"""Kinds whose records may have other names."""
_IN_PARTS = ("question", "statement")
"""Kinds whose records have parts with evidence of their own."""
_REPEATED = {
    "event": ("date",),
    "participation": ("title_as_stated",),
    "membership": ("title", "first_attested", "last_attested"),
}
"""Kind to its fields in which few texts stand again and again."""


class AllRecords(msgspec.Struct, eq=False):
    """The records of a dataset; every sequence is by row."""

    records: list[Record | None]
    """Without evidence; None once nobody needs a record any more."""
    rows: dict[str, int]
    """Id to row."""
    at: array[int]
    """Offset in bytes of the document in the file."""
    length: array[int]
    """Bytes of the document."""
    bases: array[int]
    """Whether evidence states the record, and whether it is inferred from any."""
    inferences: array[int]
    """Which fields are inferred: the place of the set of them in ``inferred_sets``."""
    inferred_sets: Sequence[frozenset[str]]
    """Every set of fields that are inferred in some record; see :meth:`inferred`."""
    citing: array[int]
    """Rows that cite a source that is there, once for each passage."""
    cited: array[int]
    """The rows of those sources, in the same order."""
    named_records: NamedRecords
    """What was read first, with the labels of the rows that come first."""
    ranges: dict[str, tuple[int, int]]
    """Kind, and pane, to the rows it takes: first, and one past the last."""

    def inferred(self, row: int) -> frozenset[str]:
        """Fields of a record for which there is evidence that infers them.

        Of the occurrences of a question those for which :func:`~convenings.index.build.reasons.occurrence_key` stands.
        """
        return self.inferred_sets[self.inferences[row]]

    def of(self, struct: type[R]) -> Iterator[tuple[int, R]]:
        """Row and record of every record of a kind, given its struct; none must be forgotten yet."""
        first, last = self.ranges.get(KIND_OF_STRUCT[struct], (0, 0))
        return ((row, cast(R, self.records[row])) for row in range(first, last))

    def by_kind(self, number: int) -> Iterator[tuple[str, list[tuple[int, Record]]]]:
        """Kind, and row and record of so many of its records, in row order; none must be forgotten yet."""
        for (first, last), kind in sorted((self.ranges[kind], kind) for kind in KINDS if kind in self.ranges):
            for start in range(first, last, number):
                rows = range(start, min(start + number, last))
                yield kind, [(row, cast(Record, self.records[row])) for row in rows]

    def nesting(self, row: int) -> tuple[int, int]:
        """How deep an event is nested, and how many rows it takes with its parts; other records are not nested."""
        depth = self.named_records.depth
        return (depth[row], self.named_records.size[row]) if row < len(depth) else (0, 1)

    def label(self, row: int, record: Record) -> str:
        """Label of a record, harmless text of one line."""
        labels = self.named_records.labels
        return labels[row] if row < len(labels) else plain(label_of(record, self._name))

    def label_of_ref(self, ref: str) -> str:
        """Label of the record that an id stands for; the id where there is none, or it is forgotten."""
        row, labels = self.rows.get(ref), self.named_records.labels
        if row is None:
            return ref
        if row < len(labels):
            return labels[row]
        record = self.records[row]
        return ref if record is None else self.label(row, record)

    def _name(self, ref: str) -> str:
        """What the label of another record calls the record that an id stands for."""
        row, (nameless, _) = self.rows.get(ref), self.named_records.ranges.get("participation", (1 << 32, 0))
        if row is None:
            return ref
        if row < len(self.named_records.labels) and row < nameless:
            return self.named_records.labels[row]
        return getattr(self.records[row], "label", ref)

    def clear(self) -> None:
        """Forget the records and what leads to them."""
        for each in (self.records, self.rows, self.named_records.labels, self.named_records.folded):
            each.clear()


def read_all(dataset: Dataset, named_records: NamedRecords, scan: Scan) -> AllRecords:
    """Read a dataset and put it in order.

    Args:
        dataset: The dataset.
        named_records: What has a name, with its rows.
        scan: All records in the order of the file.

    Raises:
        BadInput: It has a record that cannot be read, or one that its id would hide.
    """
    redirects = named_records.redirects
    records: list[Record] = []
    numbers: dict[str, int] = {}
    first_rows, order = named_records.rows, array("I", bytes(4 * len(named_records.rows)))
    rest: dict[str, list[int]] = {kind: [] for kind in WITHOUT_NAME}
    at, length, bases = array("Q"), array("I"), array("B")
    citing, cited = array("I"), array("I")
    sources: dict[str, int] = {}
    inferences, inferred_sets = array("I"), {frozenset[str](): 0}
    slimmer = _Slimmer(numbers, records)
    with closing(scan) as every:
        for kind, offset, size, unresolved in every:
            record = resolved(unresolved, redirects) if redirects else unresolved
            number = len(records)
            if numbers.setdefault(record.id, number) != number or record.id.partition("/")[0] != kind:
                raise _hidden(kind, record, str(dataset.path))
            # What was read first is forgotten as it is read again, so that no id is held twice.
            row = first_rows.pop(record.id, None)
            if row is None:
                rest[kind].append(number)
            else:
                order[row] = number
                _share(record, named_records.labels[row])
            records.append(record)
            at.append(offset)
            length.append(size)
            basis = 0
            for evidence in all_evidence(record) if kind in _IN_PARTS else record.evidence:
                basis |= INFERRED if evidence.basis == "inferred" else STATED
                citing.append(number)
                cited.append(sources.setdefault(evidence.source, len(sources)))
            if kind == "statement":
                for bearing in cast(Statement, record).questions:
                    basis |= INFERRED if bearing.basis == "inferred" else STATED
            if kind in _WITH_NAMES:
                for name in cast(Any, record).names:
                    basis |= INFERRED if name.basis == "inferred" else 0
            bases.append(basis)
            fields = _inferred_fields(record) if basis & INFERRED else frozenset[str]()
            inferences.append(inferred_sets.setdefault(fields, len(inferred_sets)))
            slimmer.slim(record, kind)
    rest["source"].sort(key=lambda number: (sorting_key(fold(label_of(records[number], str))), records[number].id))
    first = len(order)
    order.extend(chain.from_iterable(rest.values()))
    rows = array("I", bytes(4 * len(order)))
    for row, number in enumerate(order):
        rows[number] = row
    for ref, number in numbers.items():
        numbers[ref] = rows[number]
    places = {source: numbers[ref] for ref, source in sources.items() if ref in numbers}
    ordered: list[Record | None] = [records[number] for number in order]
    return AllRecords(
        records=ordered,
        rows=numbers,
        at=array("Q", map(at.__getitem__, order)),
        length=array("I", map(length.__getitem__, order)),
        bases=array("B", map(bases.__getitem__, order)),
        inferences=array("I", map(inferences.__getitem__, order)),
        inferred_sets=list(inferred_sets),
        citing=array("I", [rows[number] for number, source in zip(citing, cited, strict=True) if source in places]),
        cited=array("I", [places[source] for source in cited if source in places]),
        named_records=named_records,
        ranges=_ranges(named_records.ranges, first, rest),
    )


def _inferred_fields(record: Record) -> frozenset[str]:
    """Fields that are inferred by any evidence, and what stands for inferred occurrences."""
    fields = set(inferred_fields(record))
    for number, occurrence in enumerate(record.occurrences) if isinstance(record, Question) else ():
        if any(piece.basis == "inferred" for piece in occurrence.evidence):
            fields.add(occurrence_key(number))
    return frozenset(fields)


def explain(dataset: Dataset) -> BadInput:
    """What is wrong with a record that could not be read on the way to its name, or whose id would hide it."""
    ids: set[str] = set()
    try:
        for kind, _, _, record in dataset.scan():
            if record.id in ids or record.id.partition("/")[0] != kind:
                return _hidden(kind, record, str(dataset.path))
            ids.add(record.id)
    except BadInput as error:
        return error
    return changed(dataset)


def _ranges(
    first_ranges: Mapping[str, tuple[int, int]], first: int, rest: Mapping[str, Sequence[int]]
) -> dict[str, tuple[int, int]]:
    """Kind, and pane, to the rows it takes.

    Args:
        first_ranges: Kind, and pane, to the rows of what has a name; participations stand last there.
        first: The row of the first record that comes after those.
        rest: Kind to the other records, by their numbers.
    """
    ranges = dict(first_ranges)
    for kind, numbers in rest.items():
        if numbers:
            start, _ = ranges.get(kind, (first, first))
            first += len(numbers)
            ranges[kind] = start, first
    ranges[PANE_OF_KIND["statement"]] = ranges.get("statement", (0, 0))
    return ranges


def _share(record: Record, label: str) -> None:
    """Let a record have the same text as its label, not one like it."""
    if getattr(record, "label", None) == label:
        force_setattr(record, "label", label)


class _Slimmer:
    """Takes from records what no row, list or text of an index rests on, and lets them share what is equal."""

    def __init__(self, numbers: Mapping[str, int], records: Sequence[Record]) -> None:
        self._numbers, self._records = numbers, records
        self._texts: dict[str, str] = {}
        self._unused = {
            kind: [(field, empty) for field, empty in _UNUSED.items() if field in struct.__struct_fields__]
            for kind, struct in KINDS.items()
        }

    def slim(self, record: Record, kind: str) -> None:
        """Slim a record that nobody else holds."""
        for field, empty in self._unused[kind]:
            force_setattr(record, field, empty)
        for field in REFERENCES[kind]:
            value: str | list[str] | None = getattr(record, field)
            if isinstance(value, str):
                force_setattr(record, field, self._shared(value))
            elif value and field == "questions":
                for bearing in cast(Statement, record).questions:
                    force_setattr(bearing, "evidence", _NOTHING)
                    force_setattr(bearing, "reason", "")
                    force_setattr(bearing, "question", self._shared(bearing.question))
            elif value:
                force_setattr(record, field, list(map(self._shared, value)))
            elif value is not None:
                force_setattr(record, field, _NOTHING)
        if isinstance(record, Question):
            for occurrence in record.occurrences:
                force_setattr(occurrence, "evidence", _NOTHING)
                force_setattr(occurrence, "event", self._shared(occurrence.event))
                agents = list(map(self._shared, occurrence.agents)) if occurrence.agents else _NOTHING
                force_setattr(occurrence, "agents", agents)
        for field in _REPEATED.get(kind, ()):
            if text := getattr(record, field):
                force_setattr(record, field, self._texts.setdefault(text, text))

    def _shared(self, ref: str) -> str:
        """The id of a record as that record holds it, if it was read before."""
        number = self._numbers.get(ref)
        return ref if number is None else self._records[number].id


def _hidden(kind: str, record: Record, file: str) -> BadInput:
    """The refusal of a record that its id would hide: one of another kind's name, or of a name that is taken."""
    place = ", ".join((TABLES[kind], record.id, "field id") if record.id else (TABLES[kind], "field id"))
    if kind_of(record.id) != kind:
        return BadInput(
            f"'{record.id}' is no id of {a_kind(kind)}", file=file, place=place, hint=f"begin it with {kind}/"
        )
    return BadInput("the id stands twice", file=file, place=place, hint="give each its own id")
