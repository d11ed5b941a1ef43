"""A dataset read whole for the build of its index: records in row order, and without what the index has no use for.

Passages of evidence are most of what a record weighs, and are read from the file when they are shown; of them only the
sources and the basis are kept.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TypeVar, cast

from msgspec.structs import force_setattr

from convenings.domain.errors import BadInput
from convenings.domain.labels import label as label_of
from convenings.domain.records import (
    KINDS,
    REFERENCES,
    TABLES,
    Event,
    Evidence,
    Labelled,
    Participation,
    Question,
    Record,
    kind_of,
)
from convenings.domain.references import all_evidence
from convenings.domain.text import fold, plain
from convenings.index.order import Placed, event_tree, in_order, ranges_of
from convenings.index.redirected import resolved
from convenings.store.dataset import Dataset, Scan

R = TypeVar("R", bound=Record)
STATED, INFERRED = 1, 2
"""Bits of :attr:`Contents.bases`."""
NOWHERE = (1 << 32) - 1
"""Stands for the row of a source that is not there."""

_NONE: list[Evidence] = []
_KIND_OF_STRUCT: dict[type[Record], str] = {struct: kind for kind, struct in KINDS.items()}


@dataclass(slots=True)
class Contents:
    """The records of a dataset; every sequence is by row."""

    records: list[Record]
    """Without evidence."""
    rows: dict[str, int]
    """Id to row."""
    labels: list[str]
    """Harmless text of one line."""
    folded: list[str]
    """Search copies of the labels of records with a name of their own; of the others, nothing."""
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
    tree: list[Placed]
    """The events with their nesting."""
    ranges: dict[str, tuple[int, int]]
    """Kind, and pane, to the rows it takes: first, and one past the last."""
    redirects: dict[str, str]
    """Ids that merges took out of use, to those that stand for them."""

    def of(self, struct: type[R]) -> Iterator[tuple[int, R]]:
        """Row and record of every record of a kind, named by its struct."""
        first, last = self.ranges.get(_KIND_OF_STRUCT[struct], (0, 0))
        return ((row, cast(R, self.records[row])) for row in range(first, last))


def read(dataset: Dataset, scan: Scan | None = None) -> Contents:
    """Read a dataset and put it in order.

    Args:
        dataset: The dataset.
        scan: What its ``scan`` gives, where that was asked for already; so nobody else need hold the bytes of the file.

    Raises:
        BadInput: It has a record that cannot be read, or one that its id would hide.
    """
    redirects = {old: dataset.resolve(old) for old in dataset.redirects()}
    records: list[Record] = []
    numbers: dict[str, int] = {}
    at, length, bases = array("Q"), array("I"), array("B")
    citing, cited = array("I"), array("I")
    sources: dict[str, int] = {}
    with closing(scan or dataset.scan()) as every:
        for kind, offset, size, found in every:
            record = resolved(found, redirects) if redirects else found
            number = len(records)
            if numbers.setdefault(record.id, number) != number or record.id.partition("/")[0] != kind:
                raise _hidden(kind, record, str(dataset.path))
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
    labels = _labels(records, numbers)
    folded = [fold(label) if isinstance(r, Labelled) else "" for r, label in zip(records, labels, strict=True)]
    tree = event_tree([record for record in records if isinstance(record, Event)])
    events = [numbers[placed.event.id] for placed in tree]
    taking_part = {record.agent for record in records if isinstance(record, Participation) and record.agent}
    order = in_order(records, events, taking_part, labels, folded)
    rows = array("I", bytes(4 * len(order)))
    for row, number in enumerate(order):
        rows[number] = row
    for ref, number in numbers.items():
        numbers[ref] = rows[number]
    sources_at = [numbers.get(ref, NOWHERE) for ref in sources]
    return Contents(
        records=(ordered := [records[number] for number in order]),
        rows=numbers,
        labels=[labels[number] for number in order],
        folded=[folded[number] for number in order],
        at=array("Q", map(at.__getitem__, order)),
        length=array("I", map(length.__getitem__, order)),
        bases=array("B", map(bases.__getitem__, order)),
        citing=array("I", map(rows.__getitem__, citing)),
        cited=array("I", map(sources_at.__getitem__, cited)),
        tree=tree,
        ranges=ranges_of(ordered, taking_part),
        redirects=redirects,
    )


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
        return BadInput(f"'{record.id}' is no id of a {kind}", file=file, place=place, mend=f"begin it with {kind}/")
    return BadInput("the id stands twice", file=file, place=place, mend="give each its own id")


def _labels(records: Sequence[Record], numbers: Mapping[str, int]) -> list[str]:
    def name(ref: str) -> str:
        number = numbers.get(ref)
        return ref if number is None else getattr(records[number], "label", ref)

    return [plain(label_of(record, name)) for record in records]
