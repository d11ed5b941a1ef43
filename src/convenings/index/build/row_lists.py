"""Runs in the builder, main thread.

The packed lists of an index: what each row is related to, what points at it, what filters and orders ask for."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from convenings.domain.kinds import KINDS, PANE_NAMES, REFERENCES
from convenings.domain.records import Gap, Participation, Question, Record
from convenings.domain.references import CITED, FIELDS
from convenings.index.build.all_records import INFERRED, NOWHERE, STATED, AllRecords
from convenings.index.build.named_records import roles_in
from convenings.index.build.related_rows import relate_records
from convenings.index.build.row_order import FAR
from convenings.index.sqlite.packed import packed

_CODE = {field: code for code, field in enumerate(FIELDS)}
_CODE_BITS = 8
_BASES = ("date_basis", "role_basis", "parent_basis", "attested_basis")
"""Fields that say on what another field of the record rests."""


class Related(NamedTuple):
    """What relates the records. The ties themselves are let go of: at a million records they take 0.12 GB."""

    numbers: array[int]
    """By row how many rows of the panes it is related to."""
    rows: list[tuple[object, ...]]
    """What to write of each row that is related to any."""
    reasons: list[str]
    """By code."""
    said: list[tuple[int, bytes]]
    """What to write of each organisation for which anything was said."""


def related(all_records: AllRecords) -> Related:
    """Find what relates the records."""
    ties = relate_records(all_records.records, all_records.rows)
    ends = [end for pane in PANE_NAMES for end in all_records.ranges[pane]]
    numbers = array("I", bytes(4 * len(all_records.records)))
    written: list[tuple[object, ...]] = []
    for row, others, whys in ties.by_row():
        at = [bisect_left(others, end) for end in ends]
        counts = [last - first for first, last in zip(at[::2], at[1::2], strict=True)]
        numbers[row] = sum(counts)
        written.append((row, *counts, others.tobytes(), whys.tobytes()))
    said = [(row, rows.tobytes()) for row, rows in ties.said.items()]
    return Related(numbers, written, ties.reasons, said)


def referrers(all_records: AllRecords) -> Iterator[tuple[object, ...]]:
    """What points at each row that anything points at."""
    found: dict[int, array[int]] = defaultdict(lambda: array("Q"))
    row_of = all_records.rows.get
    for kind, fields in REFERENCES.items():
        for field in fields:
            code = _CODE[field]
            for row, record in all_records.of(KINDS[kind]):
                value: str | list[str] | None = getattr(record, field)
                for ref in (value,) if isinstance(value, str) else value or ():
                    if (target := row_of(ref)) is not None:
                        found[target].append(row << _CODE_BITS | code)
    for row, question in all_records.of(Question):
        for occurrence in question.occurrences:
            for ref, field in ((occurrence.event, "event"), *((agent, "agents") for agent in occurrence.agents)):
                if (target := row_of(ref)) is not None:
                    found[target].append(row << _CODE_BITS | _CODE[f"occurrences.{field}"])
    for row, target in zip(all_records.citing, all_records.cited, strict=True):
        if target != NOWHERE:
            found[target].append(row << _CODE_BITS | _CODE[CITED])
    for target, keys in found.items():
        pairs = sorted(set(keys))
        rows, codes = (key >> _CODE_BITS for key in pairs), bytes(key & 0xFF for key in pairs)
        yield target, len(pairs), packed(rows), codes


def facets(all_records: AllRecords) -> Iterator[tuple[str, str, bytes]]:
    """Exact ``key:value`` pairs that filters ask for, with their rows."""
    found: dict[tuple[str, str], array[int]] = defaultdict(lambda: array("I"))
    for kind, struct in KINDS.items():
        if kind not in all_records.ranges:
            continue
        found["kind", kind] = array("I", range(*all_records.ranges[kind]))
        for pair, rows in _of_kind(struct, all_records):
            found[pair].extend(rows)
    for row, bits in all_records.named_records.roles.items():
        for role in roles_in(bits):
            found["role", role].append(row)
    return ((key, value, packed(sorted(rows))) for (key, value), rows in found.items())


def _of_kind(struct: type[Record], all_records: AllRecords) -> Iterator[tuple[tuple[str, str], array[int]]]:
    """The same for what the records of one kind say themselves."""
    found: dict[tuple[str, str], array[int]] = defaultdict(lambda: array("I"))
    typed = "type" in struct.__struct_fields__
    based = [field for field in _BASES if field in struct.__struct_fields__]
    names = "unnamed" in struct.__struct_fields__
    bases = all_records.bases
    for row, record in all_records.of(struct):
        basis = bases[row]
        for field in based:
            value = getattr(record, field)
            basis |= INFERRED if value == "inferred" else STATED if value else 0
        if basis & STATED:
            found["basis", "stated"].append(row)
        if basis & INFERRED:
            found["basis", "inferred"].append(row)
        if typed:
            found["type", record.type].append(row)  # type: ignore[attr-defined]
        if names and record.unnamed:  # type: ignore[attr-defined]
            found["is", "unnamed"].append(row)
        if struct is Participation:
            found["role", record.role].append(row)  # type: ignore[attr-defined]
        elif struct is Gap:
            found["is", "gap"].append(row)
    yield from found.items()


def orderings(
    ranges: Mapping[str, tuple[int, int]], numbers: Sequence[int], firsts: Sequence[int]
) -> Iterator[tuple[str, str, bytes]]:
    """The orders in which a pane can be shown besides its own.

    Args:
        ranges: Pane to its rows.
        numbers: By row, how many rows it is related to.
        firsts: By row, its first day; 0 where there is none.
    """
    for pane in PANE_NAMES[1:]:
        rows = range(*ranges[pane])
        earliest = sorted(rows, key=lambda row: firsts[row] or FAR)
        yield pane, "earliest", packed(earliest)
        yield pane, "most connected", packed(sorted(earliest, key=lambda row: -numbers[row]))
