"""What the index answers about many records at once: what is related to any of them, or points at any."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import compress

import msgspec

from convenings.domain.references import FIELDS
from convenings.index.sqlite import statements


class LinkIndex:
    """Questions about the links of an open index; satisfies :class:`~convenings.index.questions.Links`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def related_to_any(self, rows: Collection[int], first: int, last: int) -> set[int]:
        """Rows that are related to any of some rows."""
        if len(rows) <= last - first:
            return self._others(statements.RELATED_TO, rows, first, last)
        # What is related is so both ways: of few rows it is quicker to ask each whether it is related to one of many.
        wanted = frozenset(rows)
        return {
            row
            for row, others in self._connection.execute(statements.RELATED_OF, (first, last))
            if not wanted.isdisjoint(_numbers(others))
        }

    def on_behalf_of_any(self, rows: Collection[int], first: int, last: int) -> set[int]:
        """Statements by those who had come to an event for any of some organisations."""
        return self._others(statements.ON_BEHALF_OF, rows, first, last)

    def referring_to_any(self, rows: Collection[int], first: int, last: int, fields: Sequence[str]) -> set[int]:
        """Rows that point at any of some rows by one of some fields."""
        codes = frozenset(map(FIELDS.index, fields))
        referring: set[int] = set()
        for _, packed, packed_codes in self._each(statements.REFERRERS, rows):
            pointing = _numbers(packed)
            start, end = bisect_left(pointing, first), bisect_left(pointing, last)
            if start < end:
                referring.update(compress(pointing[start:end], map(codes.__contains__, packed_codes[start:end])))
        return referring

    def _others(self, statement: str, rows: Collection[int], first: int, last: int) -> set[int]:
        others: set[int] = set()
        for (packed,) in self._each(statement, rows):
            numbers = _numbers(packed)
            others.update(numbers[bisect_left(numbers, first) : bisect_left(numbers, last)])
        return others

    def _each(self, statement: str, rows: Collection[int]) -> Iterator[tuple[bytes, ...]]:
        return iter(self._connection.execute(statement, (msgspec.json.encode(sorted(rows)).decode(),)))


def _numbers(packed: bytes) -> memoryview[int]:
    """The numbers of a packed list, without a copy of it."""
    return memoryview(packed).cast("I")
