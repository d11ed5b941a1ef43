"""Records that are otherwise than an index has them: shown so at once, until it is made anew behind the screen.

What is being saved, and what was saved since the index was made, is laid over it: each record whole, its row with its
label, and what it points at. Where records stand in lists, and how they are related, is as the index has it. What it
does not have gets a row behind all others, which no list has; what has gone has no row by its id any more.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from msgspec.structs import replace

from convenings.domain import labels
from convenings.domain.dates import when_in_words
from convenings.domain.kinds import kind_of
from convenings.domain.records import Event, Labelled, Record
from convenings.domain.references import FIELDS, references
from convenings.domain.text import plain
from convenings.index.questions import NO_REFERRERS, Questions, Referrers, Row
from convenings.index.rows import LABEL_LENGTH


class EditedIndex:
    """An index with what has become of records laid over it; satisfies :class:`~convenings.index.questions.Questions`.

    Args:
        index: The index, which has the records as they were.
        total: How many rows it has.
    """

    def __init__(self, index: Questions, total: int) -> None:
        self._index = index
        self._total = total
        self.records: Mapping[str, Record | None] = {}
        """Id to the record as it is now, or to nothing where it has gone."""
        self.removed: frozenset[int] = frozenset()
        """Rows of what has gone."""
        self._rows: dict[str, int] = {}
        """Id to row, of all that was ever laid over this index: what has a row of its own keeps it."""
        self._next = total
        """The row that the next record gets that the index does not have."""
        self._by_row: dict[int, Record | None] = {}
        self._links: dict[int, dict[str, set[str]]] = {}
        """Row to the ids that its record points at by now, each with by which fields; worked out when asked for."""
        self._pointing: dict[str, list[int]] | None = None
        """Id to the rows of the records that point at it, likewise."""

    def put(self, records: Mapping[str, Record | None]) -> frozenset[int]:
        """Lay records over the index, in the place of those before; gives the rows of what has gone."""
        self.records = records
        new = [ref for ref in records if ref not in self._rows]
        self._rows |= {row.id: row.row for row in self._index.rows_with_ids(new)} if new else {}
        for ref in new:
            if ref not in self._rows:
                self._rows[ref], self._next = self._next, self._next + 1
        self._by_row = {self._rows[ref]: record for ref, record in records.items()}
        self.removed = frozenset(row for row, record in self._by_row.items() if record is None)
        self._links, self._pointing = {}, None
        return self.removed

    def __getattr__(self, name: str) -> Any:
        # All that lists, relations and words answer is as the index has it.
        return getattr(self._index, name)

    def rows(self, rows: Collection[int]) -> list[Row]:
        """Rows by their numbers, in no order."""
        added = [self._added(row, record) for row in rows if row >= self._total and (record := self._by_row.get(row))]
        indexed = [row for row in rows if row < self._total]
        return [*added, *map(self._as_now, self._index.rows(indexed) if indexed else ())]

    def row_range(self, first: int, last: int) -> list[Row]:
        """Rows from ``first`` up to, and without, ``last``, in order."""
        return list(map(self._as_now, self._index.row_range(first, last)))

    def rows_with_ids(self, ids: Collection[str]) -> list[Row]:
        """Rows of the records with some ids, in no order; what is not there is left out."""
        rows = [row for row in self._index.rows_with_ids(ids) if row.row not in self.removed]
        return [
            *map(self._as_now, rows),
            *self.rows([row for ref in ids if (row := self._rows.get(ref, 0)) >= self._total]),
        ]

    def wholes(self, row: int) -> list[Row]:
        """The events that an event is part of, the outermost first."""
        return list(map(self._as_now, self._index.wholes(row)))

    def referrers(self, rows: Collection[int]) -> dict[int, Referrers]:
        """What points at some rows; those that nothing points at are left out."""
        indexed = self._index.referrers(rows)
        ids = {row.row: row.id for row in self.rows(rows)}
        return {row: self._referrers(ids[row], indexed.get(row, NO_REFERRERS)) for row in rows if row in ids}

    def referrer_count(self, row: int) -> int:
        """How many fields of other records point at a row."""
        return len(self.referrers((row,)).get(row, NO_REFERRERS).rows)

    def added_of(self, kind: str, referrers: Referrers, fields: Collection[str]) -> array[int]:
        """Rows of a kind that the index does not have and that point at something by one of some fields."""
        rows = referrers.by(fields, self._total, self._next)
        return array("I", [row for row in rows if (record := self._by_row[row]) and kind_of(record.id) == kind])

    def _added(self, number: int, record: Record) -> Row:
        row = Row(
            row=number, id=record.id, kind=kind_of(record.id), label=labels.label(record, self._label), trailing="",
            secondary="", depth=0, size=1, first=None, last=None, start=None, finish=None, date="", flags=0, offset=0,
            length=0, place=None,
        )  # fmt: skip
        return self._as_now(replace(row, label=plain(row.label)[:LABEL_LENGTH]))

    def _label(self, ref: str) -> str:
        record = self.records.get(ref)
        if isinstance(record, Labelled):
            return record.label
        rows = self._index.rows_with_ids((ref,))
        return rows[0].label if rows else ref

    def _as_now(self, row: Row) -> Row:
        """A row as its record is now."""
        record = self.records.get(row.id)
        if isinstance(record, Event):
            date = when_in_words(record.date, record.start_time, short=True, end_time=record.end_time)
            row = replace(row, date=date)
        return replace(row, label=plain(record.label)[:LABEL_LENGTH]) if isinstance(record, Labelled) else row

    def _referrers(self, ref: str, indexed: Referrers) -> Referrers:
        """What points at a record now, where an index has what did."""
        if self._pointing is None:
            self._pointing = defaultdict(list)
            for row, record in self._by_row.items():
                self._links[row] = defaultdict(set)
                for field, target in references(record) if record is not None else ():
                    self._links[row][target].add(field)
                for target in self._links[row]:
                    self._pointing[target].append(row)
        pointing = self._pointing.get(ref, [])
        if not pointing and self._by_row.keys().isdisjoint(indexed.rows):
            return indexed
        pairs = zip(indexed.rows, indexed.fields, strict=True)
        now = [(row, code) for row, code in pairs if row not in self._by_row]
        now += [(row, FIELDS.index(field)) for row in pointing for field in self._links[row][ref]]
        now.sort()
        return Referrers(array("I", [row for row, _ in now]), bytes(code for _, code in now))
