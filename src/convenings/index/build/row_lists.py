"""Runs in the builder, main thread.

The packed lists of an index: what each row is related to, what points at it, what filters and orders ask for.

At a million records there are several million members of such lists, so they are collected in arrays of numbers; the
packed lists themselves are cut from these one at a time, when they are written.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import cast

from convenings.domain.kinds import KINDS, PANE_NAMES, REFERENCES, WEIGHED_PANES
from convenings.domain.records import Question, Record
from convenings.domain.references import CITED, FIELDS, ids_in
from convenings.domain.text import plain
from convenings.index.build.related_pairs import RelatedRows
from convenings.index.rows import group_rows
from convenings.index.sqlite.packed import packed

STATED, INFERRED = 1, 2
"""Bits of the basis of a record: whether anything in it is stated, and whether anything is inferred."""

_CODE = {field: code for code, field in enumerate(FIELDS)}
_CODE_BITS, _ROW_BITS = 8, 32
_BUCKET_BITS = 14
"""What points at so many neighbouring rows, as a power of two, is collected and sorted together."""
_TARGET_AT = _CODE_BITS + _ROW_BITS
_IN_BUCKET = (1 << _BUCKET_BITS) - 1
_ROW = (1 << _ROW_BITS) - 1
_BASES = ("date_basis", "role_basis", "parent_basis", "attested_basis", "place_basis", "published_basis")
"""Fields that say on what another field of the record rests."""


class RelatedLists:
    """What each row is related to, ready to be written.

    Args:
        related: What each row that is related to any is related to.
        ranges: Pane to its rows.
        number: How many rows there are.
    """

    def __init__(self, related: Iterable[RelatedRows], ranges: Mapping[str, tuple[int, int]], number: int) -> None:
        self.totals = array("I", bytes(4 * number))
        """By row, how many rows of the panes it is related to."""
        self._rows, self._counts = array("I"), array("I")
        self._ends, self._others, self._reasons = array("Q"), array("I"), array("I")
        ends = [end for pane in WEIGHED_PANES for end in ranges[pane]]
        for row, others, reasons in related:
            at = [bisect_left(others, end) for end in ends]
            counts = [last - first for first, last in zip(at[::2], at[1::2], strict=True)]
            self.totals[row] = sum(counts)
            self._rows.append(row)
            self._counts.fromlist(counts)
            self._others.fromlist(others)
            self._reasons.fromlist(reasons)
            self._ends.append(len(self._others))

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        """Of each row its number, how many rows of each pane it is related to, and the packed lists."""
        panes, start = len(WEIGHED_PANES), 0
        for at, (row, end) in enumerate(zip(self._rows, self._ends, strict=True)):
            counts = self._counts[panes * at : panes * (at + 1)]
            yield row, *counts, self._others[start:end].tobytes(), self._reasons[start:end].tobytes()
            start = end


class ReferrerLists:
    """What points at each row, ready to be written.

    Args:
        rows: Id to row.
    """

    def __init__(self, rows: Mapping[str, int]) -> None:
        self._row_of = rows.get
        # Each reference is one number: its target within the bucket, the row that refers to it, and the field's code.
        self._buckets: dict[int, array[int]] = defaultdict(lambda: array("Q"))

    def add(self, kind: str, records: Collection[tuple[int, Record]]) -> None:
        """Add all that the fields of some records of a kind, given with their rows, and their occurrences point at."""
        row_of, buckets = self._row_of, self._buckets
        for field, code in ((field, _CODE[field]) for field in REFERENCES[kind]):
            for row, record in records:
                value: str | list[str] | None = getattr(record, field)
                for ref in (value,) if isinstance(value, str) else ids_in(value) if value else ():
                    if (target := row_of(ref)) is not None:
                        key = (target & _IN_BUCKET) << _TARGET_AT | row << _CODE_BITS | code
                        buckets[target >> _BUCKET_BITS].append(key)
        for row, record in records if kind == "question" else ():
            for occurrence in cast(Question, record).occurrences:
                for ref, field in ((occurrence.event, "event"), *((agent, "agents") for agent in occurrence.agents)):
                    if (target := row_of(ref)) is not None:
                        self._put(row, target, _CODE[f"occurrences.{field}"])

    def _put(self, row: int, target: int, code: int) -> None:
        key = (target & _IN_BUCKET) << _TARGET_AT | row << _CODE_BITS | code
        self._buckets[target >> _BUCKET_BITS].append(key)

    def cite(self, rows: Iterable[int], sources: Iterable[int]) -> None:
        """Add that evidence cites sources.

        Args:
            rows: The rows of the records that rest on it.
            sources: Beside each, the row of the source.
        """
        before = None
        for pair in zip(rows, sources, strict=True):
            # Most passages of a record are of one source.
            if pair != before:
                self._put(*pair, _CODE[CITED])
            before = pair

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        """Of each row that anything points at its number, by how many fields, and the packed rows and fields."""
        for bucket in sorted(self._buckets):
            keys = sorted(set(self._buckets.pop(bucket)))
            rows = array("I", [key >> _CODE_BITS & _ROW for key in keys])
            codes = bytes([key & 0xFF for key in keys])
            start = 0
            for target, number in Counter([key >> _TARGET_AT for key in keys]).items():
                end = start + number
                yield bucket << _BUCKET_BITS | target, number, rows[start:end].tobytes(), codes[start:end]
                start = end


class FacetLists:
    """Exact ``key:value`` pairs that filters ask for, with their rows, ready to be written."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], array[int]] = defaultdict(lambda: array("I"))

    def add(self, kind: str, records: Collection[tuple[int, Record]], bases: Sequence[int]) -> None:
        """Add records of a kind.

        Args:
            kind: The kind.
            records: Rows and records.
            bases: By row, whether evidence states the record, and whether it is inferred from any, as bits.
        """
        lists, fields = self._rows, KINDS[kind].__struct_fields__
        lists["kind", kind].extend(row for row, _ in records)
        based = [field for field in _BASES if field in fields]
        typed, nameless, has_language = "type" in fields, "unnamed" in fields, "language" in fields
        for row, record in records:
            basis = bases[row]
            for field in based:
                value = getattr(record, field)
                basis |= INFERRED if value == "inferred" else STATED if value else 0
            if basis & STATED:
                lists["basis", "stated"].append(row)
            if basis & INFERRED:
                lists["basis", "inferred"].append(row)
            if typed:
                lists["type", record.type].append(row)  # type: ignore[attr-defined]
            if nameless and record.unnamed:  # type: ignore[attr-defined]
                lists["is", "unnamed"].append(row)
            if has_language and record.language:  # type: ignore[attr-defined]
                lists["language", plain(record.language)].append(row)  # type: ignore[attr-defined]
            if kind == "event":
                if record.status:  # type: ignore[attr-defined]
                    lists["status", record.status].append(row)  # type: ignore[attr-defined]
            elif kind == "participation":
                lists["role", record.role].append(row)  # type: ignore[attr-defined]
            elif kind == "question":
                lists["type", record.form].append(row)  # type: ignore[attr-defined]
            elif kind == "gap":
                lists["is", "gap"].append(row)

    def add_state(self, state: str, rows: Iterable[int]) -> None:
        """Add records of which a state of ``is:`` holds."""
        self._rows["is", state].extend(rows)

    def add_role(self, role: str, row: int) -> None:
        """Add a party that has a role at any event."""
        self._rows["role", role].append(row)

    def __iter__(self) -> Iterator[tuple[str, str, bytes]]:
        """Key, value, and the packed rows."""
        return ((key, value, packed(sorted(set(rows)))) for (key, value), rows in self._rows.items() if rows)


def orderings(
    ranges: Mapping[str, tuple[int, int]], totals: Sequence[int], firsts: Sequence[int]
) -> Iterator[tuple[str, str, bytes]]:
    """The orders in which a pane can be shown besides its own; each group of a pane is put in order by itself.

    Args:
        ranges: Pane to its rows.
        totals: By row, how many rows it is related to.
        firsts: By row, the day by which it stands among others.
    """
    for pane in PANE_NAMES[1:]:
        earliest, connected = array("I"), array("I")
        for group in group_rows(ranges, pane):
            rows = chain.from_iterable(range(first, last) for first, last in group)
            dated = sorted(rows, key=firsts.__getitem__)
            earliest.extend(dated)
            connected.extend(sorted(dated, key=lambda row: -totals[row]))
        yield pane, "earliest", packed(earliest)
        yield pane, "most connected", packed(connected)
