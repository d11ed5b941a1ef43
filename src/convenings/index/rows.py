"""Sequences of row numbers that panes show: ranges where everything is shown, arrays where something is left out."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate, chain, pairwise
from typing import overload

import msgspec

LABEL_LENGTH = 400
"""Code points of a label that a row keeps; the whole text stays in the dataset."""

SPOKE, TOOK_PART, TOOK_PART_UNNAMED, KNOWN = (
    "speakers/spoke",
    "speakers/took part",
    "speakers/unnamed",
    "speakers/known",
)
"""Names of the ranges that the speakers pane consists of: parties that spoke, people and then unnamed parties that took
part in another way, and people who are known by a membership alone."""

START = "events/start"
"""Name of the range of the one event that everybody starts on; it is empty where there is no event."""
STARTS = 12
"""Rows of the timeline, from the first, in which the event to start on is looked for: those of a small screen."""


class Group(msgspec.Struct, frozen=True):
    """Rows of a pane under one divider."""

    name: str
    """What its rows have in common, for people to read; empty in a pane that has no groups."""
    ranges: tuple[str, ...]
    """Names of the ranges of its rows, in the order in which they are shown."""


GROUPS: Mapping[str, tuple[Group, ...]] = {
    "speakers": (
        Group("spoke", (SPOKE,)),
        Group("took part", (TOOK_PART, TOOK_PART_UNNAMED)),
        Group("known by a membership", (KNOWN,)),
    )
}
"""Pane to its groups, in the order in which they are shown; other panes have none."""


def group_rows(ranges: Mapping[str, tuple[int, int]], pane: str) -> list[list[tuple[int, int]]]:
    """Rows of each group of a pane, as stretches of consecutive ones, in the order in which they are shown.

    Args:
        ranges: Name to first row, and one past the last.
        pane: The pane; one without groups has all its rows in a single one.
    """
    if pane not in GROUPS:
        return [[ranges.get(pane, (0, 0))]]
    return [[ranges.get(name, (0, 0)) for name in group.ranges] for group in GROUPS[pane]]


def within(rows: Sequence[int], first: int, last: int) -> slice:
    """Where in a sorted list the rows from ``first`` up to, and without, ``last`` stand."""
    return slice(bisect_left(rows, first), bisect_left(rows, last))


class Rows(Sequence[int]):
    """Row numbers in the order in which a pane shows them.

    Either segments of consecutive rows (everything, or everything but what is folded away), which cost nothing however
    long they are, or an explicit array. Where runs of it ascend, places are found without going through it.
    """

    def __init__(
        self,
        segments: Sequence[tuple[int, int]] = (),
        explicit: Sequence[int] | None = None,
        *,
        runs: Sequence[int] = (),
    ) -> None:
        self._explicit = explicit
        self._runs = [run for run in pairwise(runs) if run[0] < run[1]]
        self._segments = [(a, b) for a, b in segments if b > a]
        self._ends = list(accumulate(b - a for a, b in self._segments))
        self._by_row = sorted((first, at) for at, (first, _) in enumerate(self._segments))
        self._positions: dict[int, int] | None = None

    @classmethod
    def of(cls, rows: Sequence[int], *, ascends: bool = False, runs: Sequence[int] = ()) -> Rows:
        """Rows listed one by one.

        Args:
            rows: The rows.
            ascends: Whether all of them ascend.
            runs: Where runs of them that ascend begin, and the number of all.
        """
        explicit = rows if isinstance(rows, (array, memoryview)) else array("I", rows)
        return cls(explicit=explicit, runs=(0, len(explicit)) if ascends else runs)

    @classmethod
    def within(cls, rows: Sequence[int], segments: Sequence[tuple[int, int]]) -> Rows:
        """Rows listed one by one, which ascend, in the order of segments of consecutive ones that hold all of them."""
        if len(segments) == 1:
            return cls.of(rows, ascends=True)
        parts = [rows[within(rows, *each)] for each in segments]
        return cls.of(array("I", chain.from_iterable(parts)), runs=(0, *accumulate(map(len, parts))))

    def without(self, rows: Collection[int]) -> Rows:
        """All but some rows, in the same order."""
        places = sorted(place for row in rows if (place := self.position(row)) >= 0)
        if not places:
            return self
        if self._explicit is not None:
            gone = frozenset(places)
            rest = array("I", [row for place, row in enumerate(self._explicit) if place not in gone])
            ends = [run[0] for run in self._runs] + [run[1] for run in self._runs[-1:]]
            return Rows.of(rest, runs=[end - bisect_left(places, end) for end in ends])
        segments: list[tuple[int, int]] = []
        gone_rows = sorted(self[place] for place in places)
        for first, last in self._segments:
            inside = gone_rows[within(gone_rows, first, last)]
            segments += zip((first, *(row + 1 for row in inside)), (*inside, last), strict=True)
        return Rows(segments)

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
            if not self._runs:
                if self._positions is None:
                    self._positions = {value: place for place, value in enumerate(self._explicit)}
                return self._positions.get(row, -1)
            for first, last in self._runs:
                place = bisect_left(self._explicit, row, first, last)
                if place < last and self._explicit[place] == row:
                    return place
            return -1
        before = self._segment_before(row)
        if before < 0 or row >= self._segments[before][1]:
            return -1
        return self._ends[before] - (self._segments[before][1] - row)

    def _segment_before(self, row: int) -> int:
        """Number of the segment that begins last at or before a row; -1 where none does."""
        at = bisect_right(self._by_row, (row, 1 << 62)) - 1
        return self._by_row[at][1] if at >= 0 else -1

    def nearest(self, row: int) -> int:
        """Where ``row`` stands or would stand: the position to keep the cursor near it; 0 where there are no rows."""
        place = self.position(row)
        if place >= 0 or not len(self):
            return max(place, 0)
        if self._explicit is None:
            before = self._segment_before(row)
            return max(0, min((self._ends[before] if before >= 0 else 0) - 1, len(self) - 1))
        for first, last in self._runs:
            if self._explicit[first] <= row <= self._explicit[last - 1]:
                return bisect_left(self._explicit, row, first, last)
        return min(bisect_left(self._explicit, row), len(self) - 1) if len(self._runs) < 2 else 0


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
    CANCELLED = 64
    """The event was called off."""
    OUTLINED = 32
    """The event has very many parts or parties, and an :class:`~convenings.index.outline.Outline`."""
    ALIKE = 16
    """The row before or after it begins in the same way, so that its end is shown where there is no room for all."""
