"""What an index is asked, and the values that it answers with: the one interface behind the read model.

Whatever keeps an index (SQLite today) answers these questions and no others. Nothing of how it keeps it, neither a
statement nor a connection nor a packed list, comes out here. Each question is one round trip, so that whoever asks
counts what a key costs by counting questions; those of many rows at once are there for that reason.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple, NewType, Protocol

import msgspec

from convenings.domain.references import FIELDS
from convenings.index.rows import within

if TYPE_CHECKING:
    from convenings.index.outline import Outline


class EventDays(msgspec.Struct, frozen=True):
    """How the events lie in time."""

    span: tuple[int | None, int | None]
    """Earliest and latest day of any event, as :mod:`~convenings.domain.days` numbers them."""
    main_span: tuple[int | None, int | None]
    """The days of most events: those of all but the outliers."""
    outliers: list[int] = []
    """Rows of the few events that are so far from all others that these would take up next to no room on an axis."""
    has_times: bool = False
    """Whether any event begins at a time."""
    has_ends: bool = False
    """Whether the source says of any of these when it ends."""
    longest_date: int = 0
    """Code points of the longest date of a row."""


class Header(msgspec.Struct, frozen=True):
    """What an index says of itself."""

    title: str
    """Of the dataset."""
    description: str
    id: str
    """What the dataset calls itself; empty where it does not."""
    sample: list[int]
    """Of a dataset without an id, what :func:`~convenings.store.known_datasets.sample_of` makes of its records' ids."""
    total: int
    """How many records there are."""
    stamp: dict[str, int]
    """Size, modification time and inode of the file that was indexed."""
    content_hash: str
    """SHA-256 of that file; empty before the index is complete."""
    ranges: dict[str, tuple[int, int]]
    """Kind, or pane, to its rows: the first, and one past the last."""
    days: EventDays
    """How the events lie in time."""
    step: int
    """How far the index is, a :class:`~convenings.index.rows.Step`."""
    redirects: int
    """How many ids a merge took out of use."""
    format: int
    """Of the dataset file."""
    common_role: str = ""
    """The role of each and every participation, of which there are many, as reasons say it; empty where they differ."""


class Row(msgspec.Struct, frozen=True):
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
    """Earliest day, as :mod:`~convenings.domain.days` numbers them."""
    last: int | None
    """Latest day."""
    start: int | None
    """Of an event that begins at a time, that minute by the clock at its place, from day 0."""
    finish: int | None
    """The minute after its last one, where it begins at a time and the source says when it ends."""
    date: str
    """An event's own date and time in short words."""
    flags: int
    """Bits of :class:`~convenings.index.rows.Flag`."""
    offset: int
    """Byte of the dataset at which the record's document begins."""
    length: int
    """Bytes of that document."""
    place: int | None
    """Row of an event's own place; None before the index is complete."""


class Counts(NamedTuple):
    """How many rows of each pane are related to a record."""

    events: int = 0
    speakers: int = 0
    organisations: int = 0
    questions: int = 0


class Related(msgspec.Struct, frozen=True):
    """What is related to one record."""

    counts: Counts
    rows: array[int]
    """All of it, in row order."""
    reasons: array[int]
    """Beside each row, the code of the reason."""
    on_behalf: array[int]
    """Of an organisation, rows of what those said at an event who had come there for it, in row order."""


class Referrer(NamedTuple):
    """A record that points at another, and the field by which it does."""

    field: str
    row: int


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


Match = NewType("Match", str)
"""What a name or a text is matched against; how it is written is the index's affair."""
Names = tuple[int, str, str, str, int]
"""A row, its label, its other names and their other spellings one a line, all folded, and how many rows of the panes it
is related to. A plain tuple, as hundreds are read for a search."""


class Words(Protocol):
    """What an index is asked by words. Rows are asked for from a first up to, and without, a last one."""

    # All rows at once, in row order

    def names_matching(self, expression: Match, first: int, last: int) -> list[int]:
        """Rows whose names, initials, roles or kind an expression matches."""

    def texts_matching(self, expression: Match, first: int, last: int) -> list[int]:
        """Rows with an expression in all that they are searched by: names, initials, roles, kind, text and row."""

    def labels_containing(self, text: str, first: int, last: int) -> list[int]:
        """Rows with a folded text anywhere in their folded label."""

    def with_phrase(self, phrase: str, rows: Sequence[int]) -> set[int]:
        """Those of some rows that have some folded words one after the other in one of their names.

        Args:
            phrase: The words, with a space before each one that begins there, and behind each one that ends there.
            rows: The rows.
        """

    # One row after the other, in row order, so that asking can end early

    def names(self, expression: Match, first: int, last: int) -> Iterator[int]:
        """Rows whose names an expression matches."""

    def texts(self, expression: Match, first: int, last: int) -> Iterator[int]:
        """Rows with an expression in all that they are searched by."""

    def exact_labels(self, label: str, first: int, last: int) -> Iterator[int]:
        """Rows whose folded label is exactly this."""

    def scan(self, words: Sequence[str], first: int, last: int) -> Iterator[int]:
        """Rows whose label has some words in it in this order: all there is while words are still being indexed."""

    # How many rows, at most so many where that is said

    def number_of_names(self, expression: Match, first: int, last: int, most: int | None) -> int:
        """How many rows :meth:`names` gives."""

    def number_of_texts(self, expression: Match, first: int, last: int, most: int | None) -> int:
        """How many rows :meth:`texts` gives."""

    # What else is asked of words

    def names_of(self, rows: Sequence[int]) -> Iterator[Names]:
        """The names of some rows, and what else hits are ranked by, in no order."""

    def vocabulary(self) -> bytes:
        """Every word of the name index in UTF-8, sorted, one a line."""


class Links(Protocol):
    """What an index is asked about the links of many records at once, from a first row up to, and without, a last."""

    def related_to_any(self, rows: Collection[int], first: int, last: int) -> set[int]:
        """Rows that are related to any of some rows."""

    def on_behalf_of_any(self, rows: Collection[int], first: int, last: int) -> set[int]:
        """Statements by those who had come to an event for any of some organisations."""

    def referring_to_any(self, rows: Collection[int], first: int, last: int, fields: Sequence[str]) -> set[int]:
        """Rows that point at any of some rows by one of some fields."""


class Questions(Protocol):
    """An open index."""

    @property
    def words(self) -> Words:
        """What it is asked by words."""

    @property
    def links(self) -> Links:
        """What it is asked about the links of many records at once."""

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

    def ids_beginning(self, start: str, limit: int) -> list[str]:
        """The first ids, in their order, that begin with a text."""

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

    def connections(self, rows: Collection[int]) -> dict[int, int]:
        """How many rows of the panes each of some rows is related to; those that are to none are left out."""

    def referrer_count(self, row: int) -> int:
        """How many fields of other records point at a row."""

    def outline(self, row: int) -> Outline | None:
        """What an event with very many parts or parties comes to; None for what has no outline."""

    # What selects and orders them

    def facets(self, key: str, values: Collection[str]) -> dict[str, array[int]]:
        """Values of a key of the query language that occur, each with the rows that have it, in row order."""

    def facet_values(self, key: str) -> list[str]:
        """Every value that a key of the query language takes, sorted."""

    def ordering(self, pane: str, name: str) -> Sequence[int]:
        """All rows of a pane in a named order."""

    def rows_between(self, first: int, last: int, earliest: int, latest: int) -> list[int]:
        """Rows from ``first`` up to, and without, ``last`` that are dated from one day to another, both inclusive.

        A row belongs there where any of its days may; where one of its ends is open, it is never outside on that side.
        """

    def rows_bounded_between(self, first: int, last: int, earliest: int, latest: int) -> list[int]:
        """Rows from ``first`` up to, and without, ``last`` whose first or last day is one of some days."""

    def rows_on_at(self, first: int, last: int, days: tuple[int, int], minute: int, *, in_utc: bool) -> list[int]:
        """Rows from ``first`` up to, and without, ``last`` that are dated in some days and may be on at a minute.

        Args:
            first: The first row.
            last: One past the last row.
            days: First and last day on which what has no time may be on.
            minute: The minute, from day 0.
            in_utc: Whether it is one of UTC; else it is one by the clock at each place.
        """

    def rows_beginning(self, first: int, last: int, earliest: int, end: int, most: int) -> list[int]:
        """Events from row ``first`` up to, and without, ``last`` that begin from one minute to before another.

        In the order in which they begin; times that are those of what an event is part of do not count.

        Args:
            first: The first row.
            last: One past the last row.
            earliest: Minute by the clock at each place, from day 0.
            end: The minute before which they begin.
            most: How many are given at most.
        """

    def nearest_beginning(self, rows: Collection[int] | range, minute: int, *, later: bool) -> int | None:
        """When, at a minute or next after it, the first of some events begins; or the last of those before it.

        Args:
            rows: Rows of the events.
            minute: By the clock at each place, from day 0.
            later: Whether those at and after it are meant.
        """

    def is_any_clock_local(self) -> bool:
        """Whether any event begins at a time whose distance to UTC is not recorded."""
