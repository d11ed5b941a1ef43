"""Rows that a part of a query selects, or does not: what queries are put together from."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice
from typing import NamedTuple


class Selection(NamedTuple):
    """Rows that are selected; or, ``inverted``, all but these."""

    rows: Collection[int]
    """A set, or a sequence that ascends."""
    inverted: bool = False

    def __invert__(self) -> Selection:
        return Selection(self.rows, not self.inverted)

    def has(self, row: int) -> bool:
        """Whether a row is selected; quick after :meth:`for_lookup`."""
        return (row in self.rows) != self.inverted

    def for_lookup(self) -> Selection:
        """The selection in a form in which a row is looked up in one step."""
        return self if isinstance(self.rows, set | range) else Selection(set(self.rows), self.inverted)

    def number(self, every: range) -> int:
        """How many of some consecutive rows are selected; others are not in the selection."""
        return len(every) - len(self.rows) if self.inverted else len(self.rows)

    def first(self, every: range, number: int) -> list[int]:
        """The first of some consecutive rows that are selected; others are not in the selection."""
        if not self.inverted:
            return self.among(every)[:number]
        rows = self.rows if isinstance(self.rows, set) else set(self.rows)
        return list(islice((row for row in every if row not in rows), number))

    def among(self, every: range) -> list[int]:
        """Those of some consecutive rows that are selected, in row order; others are not in the selection."""
        if not self.inverted:
            return sorted(self.rows) if isinstance(self.rows, set) else list(self.rows)
        rows = self.rows if isinstance(self.rows, set) else set(self.rows)
        return [row for row in every if row not in rows] if rows else list(every)


def conjunction(selections: Iterable[Selection]) -> Selection:
    """What all of some selections select."""
    common: Collection[int] | None = None
    excluded: set[int] = set()
    for rows, inverted in selections:
        if inverted:
            excluded.update(rows)
        else:
            common = rows if common is None else set(common).intersection(rows)
            if not common:
                return Selection(())
    if common is None:
        return Selection(excluded, inverted=True)
    return Selection(set(common) - excluded if excluded else common)


def overlap(a: tuple[int, int], b: tuple[int, int]) -> range:
    """The rows that two spans have in common."""
    return range(max(a[0], b[0]), min(a[1], b[1]))
