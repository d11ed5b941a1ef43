"""What an index is asked, and the values that it answers with: the one interface behind the read model.

Whatever keeps an index (SQLite today) answers these questions and no others. Nothing of how it keeps it, neither a
statement nor a connection nor a packed list, comes out here. Each question is one round trip, so that whoever asks
counts what a key costs by counting questions; those of many rows at once are there for that reason.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence
from itertools import compress
from typing import NamedTuple, Protocol

from convenings.domain.references import FIELDS
from convenings.index.rows import within


class Header(NamedTuple):
    """What an index says of itself."""

    title: str
    """Of the dataset."""
    description: str
    total: int
    """How many records there are."""
    stamp: dict[str, int]
    """Size, modification time and inode of the file that was indexed."""
    content_hash: str
    """SHA-256 of that file; empty before the index is complete."""
    ranges: dict[str, tuple[int, int]]
    """Kind, or pane, to its rows: the first, and one past the last."""
    event_span: tuple[int | None, int | None]
    """Earliest and latest day of any event, as proleptic Gregorian ordinals."""
    step: int
    """How far the index is, a :class:`~convenings.index.rows.Step`."""
    redirects: int
    """How many ids a merge took out of use."""


class Row(NamedTuple):
    """One row of the index: all of a record that a list shows, and where the whole of it stands."""

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
    """Earliest day, as a proleptic Gregorian ordinal."""
    last: int | None
    """Latest day."""
    date: str
    """An event's own date in short words."""
    flags: int
    """Bits of :class:`~convenings.index.rows.Flag`."""
    offset: int
    """Byte of the dataset at which the record's document begins."""
    length: int
    """Bytes of that document."""


class Counts(NamedTuple):
    """How many rows of each pane are related to a record."""

    events: int = 0
    speakers: int = 0
    organisations: int = 0
    questions: int = 0


class Related(NamedTuple):
    """What is related to one record."""

    counts: Counts
    rows: array[int]
    """All of it, in row order."""
    reasons: array[int]
    """Beside each row, the code of the reason."""
    on_behalf: array[int]
    """Of an organisation, rows of what those said at an event who had come there for it, in row order."""


class Referrers(NamedTuple):
    """What points at one record."""

    rows: array[int]
    """In row order; a record that does so by two fields stands twice."""
    fields: bytes
    """Beside each row, by which field: its place in :data:`~convenings.domain.references.FIELDS`."""

    def by(self, fields: Iterable[str], first: int, last: int) -> array[int]:
        """Rows from ``first`` up to, and without, ``last`` that point by one of some fields, in order, each once."""
        span = within(self.rows, first, last)
        codes = [FIELDS.index(field) for field in fields]
        rows = compress(self.rows[span], map(codes.__contains__, self.fields[span]))
        return array("I", dict.fromkeys(rows) if len(codes) > 1 else rows)


NO_RELATED = Related(Counts(), array("I"), array("I"), array("I"))
NO_REFERRERS = Referrers(array("I"), b"")


class Questions(Protocol):
    """An open index."""

    def close(self) -> None:
        """Close it; it is asked nothing more."""

    def header(self) -> Header:
        """What it says of itself."""

    # Rows

    def rows(self, rows: Collection[int]) -> list[Row]:
        """Rows by their numbers, in no order."""

    def row_range(self, first: int, last: int) -> list[Row]:
        """Rows from ``first`` up to, and without, ``last``, in order."""

    def rows_with_ids(self, ids: Collection[str]) -> list[Row]:
        """Rows of the records with some ids, in no order; what is not there is left out."""

    def redirects(self) -> dict[str, str]:
        """Each id that a merge took out of use, and the id that stands for it now."""

    def wholes(self, row: int) -> list[Row]:
        """The events that an event is part of, the outermost first."""

    # How they are related

    def related(self, row: int) -> Related:
        """What is related to a row."""

    def reasons(self, codes: Collection[int]) -> dict[int, str]:
        """The reasons with some codes, in words."""

    def referrers(self, rows: Collection[int]) -> dict[int, Referrers]:
        """What points at some rows; those that nothing points at are left out."""

    def referrer_count(self, row: int) -> int:
        """How many fields of other records point at a row."""

    # What selects and orders them

    def facet(self, key: str, value: str) -> array[int]:
        """Rows that have a value of a key of the query language, in row order."""

    def facet_values(self, key: str) -> list[str]:
        """Every value that a key of the query language takes, sorted."""

    def ordering(self, pane: str, name: str) -> Sequence[int]:
        """All rows of a pane in a named order."""

    def rows_between(self, first: int, last: int, earliest: int, latest: int) -> list[int]:
        """Rows from ``first`` up to, and without, ``last`` that are dated from one day to another, both inclusive.

        A row belongs there where any of its days may; where one of its ends is open, it is never outside on that side.
        """
