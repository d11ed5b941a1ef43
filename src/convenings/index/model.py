"""The read model: everything that panes, profile, search and command line ask, answered from the index."""

from __future__ import annotations

import sqlite3
from array import array
from collections import OrderedDict
from collections.abc import Collection, Sequence
from itertools import compress
from pathlib import Path
from typing import NamedTuple

import msgspec

from convenings.domain.errors import BadInput
from convenings.domain.kinds import HIERARCHIES
from convenings.domain.records import Record
from convenings.domain.references import FIELDS
from convenings.domain.text import plain
from convenings.index.rows import Rows, Step
from convenings.index.sqlite import statements
from convenings.index.sqlite.packed import unpacked, within
from convenings.index.stamp import stamp_of

CACHED_ROWS = 4096
"""Rows kept decoded; a few screens of every pane."""
CACHED_LISTS = 32
"""Records whose related rows are kept unpacked."""

_NESTING = frozenset(HIERARCHIES.values())


class Row(NamedTuple):
    """One row of the index."""

    row: int
    id: str
    kind: str
    label: str
    trailing: str
    """What stands at its right when nothing else is said."""
    secondary: str
    """What tells it from its namesakes."""
    depth: int
    """Nesting of an event, from 0."""
    size: int
    """Rows of an event and its sessions; 1 for what is no event."""
    first: int | None
    last: int | None
    date: str
    flags: int


class Counts(NamedTuple):
    """How many rows of each pane are related to a record."""

    events: int
    speakers: int
    organisations: int
    questions: int


class Referrer(NamedTuple):
    """A record that points at another, and the field by which it does."""

    field: str
    row: int


class ReadModel:
    """An open index and the dataset file it was made from."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.sql = connection
        self.path = path
        """The dataset."""
        meta = dict(connection.execute(statements.ALL_META))
        self.title: str = meta["title"]
        self.description: str = meta["description"]
        self.total: int = meta["records"]
        """How many records there are."""
        self.stamp: dict[str, int] = msgspec.json.decode(meta["stamp"])
        self.content_hash: str = meta.get("content", "")
        """SHA-256 of the file that was indexed; nothing before the index is complete."""
        self.ranges: dict[str, tuple[int, int]] = {
            k: (a, b) for k, (a, b) in msgspec.json.decode(meta["ranges"]).items()
        }
        """Kind, or pane, to its rows: the first, and one past the last."""
        first, last = msgspec.json.decode(meta["days"])
        self.event_span: tuple[int | None, int | None] = first, last
        """Earliest and latest day of any event, as ordinals."""
        self.step: int = meta["step"]
        """How far the index is, a :class:`~convenings.index.rows.Step`."""
        self.complete = self.step == Step.WHOLE
        """Whether ties and words are there, and not the rows alone."""
        self._has_redirects = bool(meta["redirects"])
        self._redirects: dict[str, str] | None = None
        self._rows: OrderedDict[int, Row] = OrderedDict()
        self._facet_values: dict[str, list[str]] = {}
        self._related_lists: OrderedDict[int, tuple[array[int], array[int]]] = OrderedDict()
        self._reasons: dict[int, str] = {}
        self._file = path.open("rb")

    def close(self) -> None:
        """Let go of the index and the dataset."""
        self.sql.close()
        self._file.close()

    def is_stale(self) -> bool:
        """Whether the dataset file is no longer the one that was indexed."""
        try:
            return stamp_of(self.path) != self.stamp
        except BadInput:
            return True

    def is_of_content(self) -> bool:
        """Whether the file still has the bytes that were indexed. Reads all of it, so it is nothing to wait for.

        A file that cannot be read, or is stale, is for others to find out about.
        """
        from convenings.store.files import content_hash

        try:
            return content_hash(self.path) == self.content_hash or self.is_stale()
        except OSError:
            return True

    def range(self, pane: str) -> tuple[int, int]:
        """Rows of a kind or a pane; an empty range where there are none."""
        return self.ranges.get(pane, (0, 0))

    def one(self, row: int) -> Row:
        """A row by its number."""
        if (found := self._rows.get(row)) is not None:
            return found
        found = Row(*self.sql.execute(statements.ONE, (row,)).fetchone())
        self._keep(found)
        return found

    def _keep(self, found: Row) -> None:
        self._rows[found.row] = found
        if len(self._rows) > CACHED_ROWS:
            self._rows.popitem(last=False)

    def some(self, rows: Sequence[int]) -> list[Row]:
        """Rows by their numbers, in that order; those that are not kept are read together, which is quicker."""
        new = [row for row in rows if row not in self._rows]
        read = {}
        if new:
            for values in self.sql.execute(statements.SOME, (msgspec.json.encode(new).decode(),)):
                read[values[0]] = found = Row(*values)
                self._keep(found)
        return [read.get(row) or self.one(row) for row in rows]

    def many(self, first: int, last: int) -> list[Row]:
        """Rows from ``first`` up to, and without, ``last``."""
        return [Row(*values) for values in self.sql.execute(statements.RANGE, (first, last))]

    def row_of(self, ref: str) -> int | None:
        """Row of a record by id, old ids included."""
        found = self.sql.execute(statements.ROW_OF, (ref,)).fetchone()
        if not found and (redirected := self.sql.execute(statements.REDIRECTED, (ref,)).fetchone()):
            found = self.sql.execute(statements.ROW_OF, redirected).fetchone()
        return int(found[0]) if found else None

    def record(self, row: int) -> Record:
        """A record whole, decoded from its place in the dataset.

        Raises:
            BadInput: The dataset was changed under the index.
        """
        from convenings.store.decoding import decode

        kind, at, length = self.sql.execute(statements.PLACE_IN_FILE, (row,)).fetchone()
        self._file.seek(at)
        record = decode(kind, self._file.read(length), file=str(self.path))
        return self._resolved(record) if self._has_redirects else record

    def _resolved(self, record: Record) -> Record:
        """The record with the ids that stand for those a merge took out of use."""
        from convenings.index.redirects import resolved

        if self._redirects is None:
            self._redirects = dict(self.sql.execute(statements.ALL_REDIRECTS))
        return resolved(record, self._redirects)

    def find(self, ref: str) -> Record | None:
        """A record by id."""
        row = self.row_of(ref)
        return None if row is None else self.record(row)

    def label(self, ref: str) -> str:
        """Label of a record by id; the id where there is no such record."""
        row = self.row_of(ref)
        return plain(ref) if row is None else self.one(row).label

    def counts(self, row: int) -> Counts:
        """How many rows of each pane are related to a record."""
        return Counts(*(self.sql.execute(statements.COUNTS, (row,)).fetchone() or (0, 0, 0, 0)))

    def _related(self, row: int) -> tuple[array[int], array[int]]:
        """All rows that are related to a record, sorted, and beside each the code of the reason."""
        if (found := self._related_lists.get(row)) is None:
            rows, whys = self.sql.execute(statements.RELATED, (row,)).fetchone() or (b"", b"")
            found = self._related_lists[row] = unpacked(rows), unpacked(whys)
            if len(self._related_lists) > CACHED_LISTS:
                self._related_lists.popitem(last=False)
        return found

    def reasons(self, row: int, first: int, last: int) -> dict[int, str]:
        """Rows from ``first`` up to ``last`` that are related to ``row``, each with the reason."""
        rows, whys = self._related(row)
        at = within(rows, first, last)
        return {other: self._reason(code) for other, code in zip(rows[at], whys[at], strict=True)}

    def related_rows(self, row: int, first: int, last: int) -> array[int]:
        """The same without reasons, in row order."""
        rows, _ = self._related(row)
        return rows[within(rows, first, last)]

    def related_ends(self, row: int, first: int, last: int) -> tuple[int, int] | None:
        """The first and the last row from ``first`` up to ``last`` that are related to ``row``."""
        rows, _ = self._related(row)
        at = within(rows, first, last)
        return (rows[at.start], rows[at.stop - 1]) if at.start < at.stop else None

    def reason(self, a: int, b: int) -> str:
        """Why two rows are related; an empty string where they are not."""
        rows, whys = self._related(a)
        at = within(rows, b, b + 1)
        return self._reason(whys[at.start]) if at.start < at.stop else ""

    def _reason(self, code: int) -> str:
        if (found := self._reasons.get(code)) is None:
            (found,) = self.sql.execute(statements.WHY, (code,)).fetchone()
            self._reasons[code] = found
        return found

    def spoken_for(self, row: int) -> array[int]:
        """Rows of what those said at an event who had come there for an organisation."""
        found = self.sql.execute(statements.SAID, (row,)).fetchone()
        return unpacked(found[0] if found else b"")

    def referrers(self, row: int, limit: int = 1000) -> list[Referrer]:
        """What points at a record, at most ``limit``."""
        rows, fields = self.sql.execute(statements.REFERRERS, (row,)).fetchone() or (b"", b"")
        return [Referrer(FIELDS[code], other) for other, code in zip(unpacked(rows[: 4 * limit]), fields, strict=False)]

    def referring(self, row: int, first: int, last: int, fields: Collection[str]) -> array[int]:
        """Rows from ``first`` up to ``last`` that point at ``row`` by one of some fields, in row order, each once."""
        rows, codes = self.sql.execute(statements.REFERRERS, (row,)).fetchone() or (b"", b"")
        found = unpacked(rows)
        at, wanted = within(found, first, last), [FIELDS.index(field) for field in fields]
        pointing = compress(found[at], map(wanted.__contains__, codes[at]))
        return array("I", dict.fromkeys(pointing) if len(fields) > 1 else pointing)

    def referrer_count(self, row: int) -> int:
        """How many fields of other records point at a record."""
        found = self.sql.execute(statements.REFERRER_COUNT, (row,)).fetchone()
        return int(found[0]) if found else 0

    def parts(self, row: int) -> list[int]:
        """Rows that a record is the whole, the parent or the broader one of."""
        rows, fields = self.sql.execute(statements.REFERRERS, (row,)).fetchone() or (b"", b"")
        return [other for other, code in zip(unpacked(rows), fields, strict=True) if FIELDS[code] in _NESTING]

    def listed(self, statement: str, *values: object) -> list[int]:
        """Rows, ascending, that a statement gives as one list."""
        (found,) = self.sql.execute(statement, values).fetchone()
        return msgspec.json.decode(found, type=list[int])

    def facet(self, key: str, value: str, first: int, last: int) -> array[int]:
        """Rows from ``first`` up to ``last`` that have a value of a key of the query language."""
        found = self.sql.execute(statements.FACET_ROWS, (key, value)).fetchone()
        rows = unpacked(found[0] if found else b"")
        return rows[within(rows, first, last)]

    def facet_values(self, key: str) -> list[str]:
        """Every value that a key of the query language takes here."""
        if key not in self._facet_values:
            self._facet_values[key] = [value for (value,) in self.sql.execute(statements.FACET_VALUES, (key,))]
        return self._facet_values[key]

    def everything(self, pane: str, order: str = "") -> Rows:
        """All rows of a pane, in its natural order or, once the index is complete, a named one."""
        if order and self.complete:
            (blob,) = self.sql.execute(statements.ORDERING, (pane, order)).fetchone()
            return Rows.of(memoryview(blob).cast("I"))
        return Rows([self.range(pane)])

    def related_to_all(self, pane: str, pins: list[int]) -> Rows:
        """Rows of a pane that are related to every pin, or are one."""
        first, last = self.range(pane)
        found: set[int] | None = None
        for pin in pins:
            tied = set(self.related_rows(pin, first, last))
            if first <= pin < last:
                tied.add(pin)
            found = tied if found is None else found & tied
        return Rows.of(sorted(found or ()), ascends=True)
