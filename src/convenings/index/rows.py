"""Sequences of row numbers that panes show: ranges where everything is shown, arrays where something is left out."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import overload

LABEL_LENGTH = 400
"""Code points of a label that a row keeps; the whole text stays in the dataset."""


def within(rows: Sequence[int], first: int, last: int) -> slice:
    """Where in a sorted list the rows from ``first`` up to, and without, ``last`` stand."""
    return slice(bisect_left(rows, first), bisect_left(rows, last))


class Rows(Sequence[int]):
    """Row numbers in the order in which a pane shows them.

    Either consecutive segments (everything, or everything but what is folded away), which cost nothing however long
    they are, or an explicit array. Of an array that ascends, places are found without going through it.
    """

    def __init__(
        self,
        segments: Sequence[tuple[int, int]] = (),
        explicit: Sequence[int] | None = None,
        *,
        ascends: bool = False,
    ) -> None:
        self._explicit = explicit
        self._ascends = ascends
        self._segments = [(a, b) for a, b in segments if b > a]
        self._ends = list(accumulate(b - a for a, b in self._segments))
        self._positions: dict[int, int] | None = None

    @classmethod
    def of(cls, rows: Sequence[int], *, ascends: bool = False) -> Rows:
        """Rows listed one by one."""
        return cls(explicit=rows if isinstance(rows, (array, memoryview)) else array("I", rows), ascends=ascends)

    def __len__(self) -> int:
        if self._explicit is not None:
            return len(self._explicit)
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> list[int]: ...
    def __getitem__(self, index: int | slice) -> int | list[int]:
        if self._explicit is not None:
            return list(self._explicit[index]) if isinstance(index, slice) else self._explicit[index]
        if isinstance(index, slice):
            places = range(*index.indices(len(self)))
            if len(self._segments) == 1:
                first, _ = self._segments[0]
                return [first + place for place in places]
            return [self[place] for place in places]
        index += len(self) if index < 0 else 0
        if not 0 <= index < len(self):
            raise IndexError(index)
        segment = bisect_right(self._ends, index)
        return self._segments[segment][1] - (self._ends[segment] - index)

    def position(self, row: int) -> int:
        """Where ``row`` stands, or -1."""
        if self._explicit is not None:
            if self._ascends:
                place = bisect_left(self._explicit, row)
                return place if place < len(self._explicit) and self._explicit[place] == row else -1
            if self._positions is None:
                self._positions = {value: place for place, value in enumerate(self._explicit)}
            return self._positions.get(row, -1)
        segment = bisect_right(self._segments, (row, 1 << 62)) - 1
        if segment < 0 or row >= self._segments[segment][1]:
            return -1
        return self._ends[segment] - (self._segments[segment][1] - row)

    def nearest(self, row: int) -> int:
        """Where ``row`` stands or would stand: the position to keep the cursor near it; 0 where there are no rows."""
        place = self.position(row)
        if place >= 0 or not len(self):
            return max(place, 0)
        if self._explicit is None:
            before = bisect_right(self._segments, (row, 1 << 62))
            return max(0, min((self._ends[before - 1] if before else 0) - 1, len(self) - 1))
        return min(bisect_left(self._explicit, row), len(self) - 1)


class Step:
    """How far an index is: rows can be shown, names can be searched, everything is there."""

    NOTHING, TIMELINE, ROWS, NAMES, WHOLE = range(5)


class Flag:
    """Bits of a row's ``flags``."""

    INFERRED = 1
    """The date is inferred, be it that of what the event is part of."""
    INHERITED = 2
    """The event has no date of its own and stands at that of what it is part of."""
    UNNAMED = 4
    """The record stands for a party that the source does not name."""
    NAMESAKE = 8
    """Another record of its kind has its name, so that what tells them apart is shown with it."""
    ALIKE = 16
    """The row before or after it begins in the same way, so that its end is shown where there is no room for all."""
