"""Answers the questions of an index from SQLite: every statement that reads one is executed here."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from convenings.index.questions import NO_RELATED, Counts, EventDays, Header, Referrers, Related, Row
from convenings.index.sqlite import statements
from convenings.index.sqlite.links import LinkIndex
from convenings.index.sqlite.packed import unpacked
from convenings.index.sqlite.text_questions import WordIndex

if TYPE_CHECKING:
    from convenings.index.outline import Outline


class IndexReader:
    """An open SQLite index; satisfies :class:`~convenings.index.questions.Questions`.

    Args:
        connection: The index; closed by :meth:`close`.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.words = WordIndex(connection)
        """What is asked by words."""
        self.links = LinkIndex(connection)
        """What is asked about the links of many records at once."""

    def close(self) -> None:
        """Close the index."""
        self.connection.close()

    def header(self) -> Header:
        """What the index says of itself."""
        meta = dict(self.connection.execute(statements.ALL_META))
        return Header(
            title=meta["title"],
            description=meta["description"],
            id=meta["id"],
            sample=msgspec.json.decode(meta["sample"], type=list[int]),
            total=meta["records"],
            stamp=msgspec.json.decode(meta["stamp"]),
            content_hash=meta.get("content", ""),
            ranges=msgspec.json.decode(meta["ranges"], type=dict[str, tuple[int, int]]),
            days=msgspec.json.decode(meta["days"], type=EventDays),
            step=meta["step"],
            redirects=meta["redirects"],
            format=meta["format"],
            common_role=meta.get("common_role", ""),
        )

    # Rows

    def rows(self, rows: Collection[int]) -> list[Row]:
        """Rows by their numbers, in no order."""
        if len(rows) == 1:
            # Quicker by half than a list of one.
            return self._rows(statements.ONE, *rows)
        return self._rows(statements.SOME, _json(rows))

    def row_range(self, first: int, last: int) -> list[Row]:
        """Rows from ``first`` up to, and without, ``last``, in order."""
        return self._rows(statements.RANGE, first, last)

    def rows_with_ids(self, ids: Collection[str]) -> list[Row]:
        """Rows of the records with some ids, in no order; what is not there is left out."""
        return self._rows(statements.WITH_IDS, _json(ids))

    def _rows(self, statement: str, *values: object) -> list[Row]:
        return [Row(*fields) for fields in self.connection.execute(statement, values)]

    def ids_beginning(self, start: str, limit: int) -> list[str]:
        """The first ids, in their order, that begin with a text."""
        return [ref for (ref,) in self.connection.execute(statements.IDS_BETWEEN, (start, f"{start}\U0010ffff", limit))]

    def redirects(self) -> dict[str, str]:
        """Each id that a merge took out of use, and the id that stands for it now."""
        return dict(self.connection.execute(statements.ALL_REDIRECTS))

    def wholes(self, row: int) -> list[Row]:
        """The events that an event is part of, the outermost first."""
        return self._rows(statements.WHOLES, row, row)

    # How they are related

    def related(self, row: int) -> Related:
        """What is related to a row."""
        line = self._line(statements.RELATED, row)
        if line is None:
            return NO_RELATED
        *counts, rows, reasons, on_behalf = line
        return Related(Counts(*counts), unpacked(rows), unpacked(reasons), unpacked(on_behalf))

    def reasons(self, codes: Collection[int]) -> dict[int, str]:
        """The reasons with some codes, in words."""
        return dict(self.connection.execute(statements.REASONS, (_json(codes),)))

    def referrers(self, rows: Collection[int]) -> dict[int, Referrers]:
        """What points at some rows; those that nothing points at are left out."""
        lines = self.connection.execute(statements.REFERRERS, (_json(rows),))
        return {row: Referrers(unpacked(others), fields) for row, others, fields in lines}

    def connections(self, rows: Collection[int]) -> dict[int, int]:
        """How many rows of the panes each of some rows is related to; those that are to none are left out."""
        return dict(self.connection.execute(statements.CONNECTIONS, (_json(rows),)))

    def referrer_count(self, row: int) -> int:
        """How many fields of other records point at a row."""
        line = self._line(statements.REFERRER_COUNT, row)
        return int(line[0]) if line else 0

    def outline(self, row: int) -> Outline | None:
        """What an event with very many parts or parties comes to; None for what has no outline."""
        # Few events have one, and none at the start.
        from convenings.index.outline import Outline

        line = self._line(statements.OUTLINE, row)
        return msgspec.msgpack.decode(line[0], type=Outline) if line else None

    # What selects and orders them

    def facets(self, key: str, values: Collection[str]) -> dict[str, array[int]]:
        """Values of a key of the query language that occur, each with the rows that have it, in row order."""
        rows = self.connection.execute(statements.FACET_ROWS, (key, _json(values)))
        return {value: unpacked(packed) for value, packed in rows}

    def facet_values(self, key: str) -> list[str]:
        """Every value that a key of the query language takes, sorted."""
        return [value for (value,) in self.connection.execute(statements.FACET_VALUES, (key,))]

    def ordering(self, pane: str, name: str) -> Sequence[int]:
        """All rows of a pane in a named order."""
        # Seen where SQLite has put it: at a million records a copy would be 4 MB.
        line = self._line(statements.ORDERING, pane, name)
        return memoryview(line[0]).cast("I") if line else ()

    def rows_between(self, first: int, last: int, earliest: int, latest: int) -> list[int]:
        """Rows from ``first`` up to, and without, ``last`` that are dated from one day to another, both inclusive."""
        return self.json_list(statements.DATED_ROWS, first, last, latest, earliest)

    def rows_bounded_between(self, first: int, last: int, earliest: int, latest: int) -> list[int]:
        """Rows from ``first`` up to, and without, ``last`` whose first or last day is one of some days."""
        return self.json_list(statements.BOUNDED_ROWS, first, last, earliest, latest)

    def rows_on_at(self, first: int, last: int, days: tuple[int, int], minute: int, *, in_utc: bool) -> list[int]:
        """Rows from ``first`` up to, and without, ``last`` that are dated in some days and may be on at a minute."""
        earliest, latest = days
        shift = int(in_utc)
        return self.json_list(statements.ON_AT_ROWS, first, last, latest, earliest, shift, minute, shift, minute)

    def rows_beginning(self, first: int, last: int, earliest: int, end: int, most: int) -> list[int]:
        """Events from row ``first`` up to, and without, ``last`` that begin from one minute to before another."""
        return self.json_list(statements.ROWS_BEGINNING, first, last, earliest, end, most)

    def nearest_beginning(self, rows: Collection[int] | range, minute: int, *, later: bool) -> int | None:
        """When, at a minute or next after it, the first of some events begins; or the last of those before it."""
        if isinstance(rows, range):
            first, last, listed = rows.start, rows.stop, None
        else:
            first, last, listed = min(rows, default=0), max(rows, default=-1) + 1, _json(rows)
        statement = statements.NEXT_BEGINNING if later else statements.BEGINNING_BEFORE
        line = self._line(statement, first, last, minute, listed)
        return None if line is None else line[0]

    def is_any_clock_local(self) -> bool:
        """Whether any event begins at a time whose distance to UTC is not recorded."""
        line = self._line(statements.IS_ANY_CLOCK_LOCAL)
        return bool(line and line[0])

    # How statements answer

    def _line(self, statement: str, *values: object) -> tuple[Any, ...] | None:
        line: tuple[Any, ...] | None = self.connection.execute(statement, values).fetchone()
        return line

    def _list(self, statement: str, *values: object) -> array[int]:
        """The packed list that a statement gives; an empty one where it gives nothing."""
        line = self._line(statement, *values)
        return unpacked(line[0] if line else b"")

    def json_list(self, statement: str, *values: object) -> list[int]:
        """The rows that a statement gives as one JSON array."""
        (rows,) = self.connection.execute(statement, values).fetchone()
        return msgspec.json.decode(rows, type=list[int])


def _json(values: Collection[int] | Collection[str]) -> str:
    try:
        return msgspec.json.encode(list(values)).decode()
    except UnicodeEncodeError:
        # What is no Unicode, as an argument in another encoding, is the id of no record.
        return _json([value for value in values if isinstance(value, str) and _is_unicode(value)])


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
