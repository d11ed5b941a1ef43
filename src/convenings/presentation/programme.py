"""The programme of a day: what begins on it at a time, in columns by place and in rows by the time of its beginning."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property

import msgspec

from convenings.domain.days import MINUTES
from convenings.index.model import ReadModel
from convenings.index.questions import Row
from convenings.index.rows import Rows

MOST_SESSIONS = 2000
"""Sessions of a day that are shown; of a day with more, the first ones."""


class Session(msgspec.Struct, frozen=True):
    """An event that begins on the day, in its place."""

    row: int
    ref: str
    column: int
    """From 0."""
    first: int
    """The time, by its number, at which it begins."""
    last: int
    """The last time, by its number, at which it is still on."""


class Column(msgspec.Struct, frozen=True):
    """What takes place in one place, one thing after the other."""

    place: int | None
    """Row of the place; None where none is recorded."""
    lane: int
    """Number of the column of its place, from 0: at one time several things may be in it."""


class Programme(msgspec.Struct, frozen=True, dict=True):
    """The programme of a day."""

    day: int
    """As :mod:`~convenings.domain.days` numbers them."""
    span: range
    """Rows of the event whose programme it is, with all its parts; all events where it is that of none."""
    columns: Sequence[Column]
    times: Sequence[int]
    """Minutes at which anything begins, from day 0, in order."""
    sessions: Sequence[Session]
    """By the time at which they begin, then by column."""
    is_cut: bool = False
    """Whether more begins on that day than is shown."""

    @cached_property
    def _by_ref(self) -> dict[str, Session]:
        return {session.ref: session for session in self.sessions}

    @cached_property
    def _by_column(self) -> dict[int, list[Session]]:
        sessions: dict[int, list[Session]] = defaultdict(list)
        for session in self.sessions:
            sessions[session.column].append(session)
        return sessions

    def session(self, ref: str) -> Session | None:
        """A session by its id."""
        return self._by_ref.get(ref)

    def at(self, time: int, column: int) -> Session | None:
        """What is on at a time, by its number, in a column."""
        sessions = self._by_column.get(column, [])
        at = bisect_right(sessions, time, key=lambda session: session.first) - 1
        return sessions[at] if at >= 0 and sessions[at].last >= time else None

    def next_in_column(self, session: Session, by: int) -> Session | None:
        """The session so many further on in the same column, or back; None beyond its ends."""
        sessions = self._by_column[session.column]
        at = sessions.index(session) + by
        return sessions[at] if 0 <= at < len(sessions) else None

    def end_of_column(self, session: Session, *, last: bool) -> Session:
        """The first or the last session of a column."""
        return self._by_column[session.column][-1 if last else 0]

    def beside(self, session: Session, by: int) -> Session | None:
        """What is on at its time in the next column to the right, or to the left (negative); what begins nearest where
        nothing is on. None beyond the last column."""
        column = session.column + by
        if not 0 <= column < len(self.columns):
            return None
        if (other := self.at(session.first, column)) is not None:
            return other
        return min(self._by_column[column], key=lambda other: abs(self.times[other.first] - self.times[session.first]))


def programme_of(model: ReadModel, day: int, span: range, chosen: Rows | None = None) -> Programme:
    """The programme of a day.

    Args:
        model: The read model.
        day: The day.
        span: Rows of an event and its parts, or of all events.
        chosen: The rows that the lens leaves; None for all.
    """
    start = day * MINUTES
    rows = model.index.rows_beginning(span.start, span.stop, start, start + MINUTES, MOST_SESSIONS + 1)
    is_cut = len(rows) > MOST_SESSIONS
    rows = [row for row in rows[:MOST_SESSIONS] if chosen is None or chosen.position(row) >= 0]
    events = _innermost(model.load(rows))
    times = sorted({event.start for event in events if event.start is not None})
    lanes = _lanes(events)
    columns = sorted({lanes[event.row] for event in events}, key=_by_place)
    number = {column: at for at, column in enumerate(columns)}
    sessions = [_session(event, number[lanes[event.row]], times) for event in events]
    sessions.sort(key=lambda session: (session.first, session.column))
    return Programme(day, span, [Column(*column) for column in columns], times, sessions, is_cut)


def span_of(model: ReadModel, row: int) -> range:
    """Rows of the outermost event that an event is part of, with its parts; all events where it is part of none."""
    wholes = model.wholes(row)
    whole = wholes[0] if wholes else model.one(row)
    return range(whole.row, whole.row + whole.size) if whole.size > 1 else range(*model.range("events"))


def nearest_day(model: ReadModel, rows: Collection[int] | range, minute: int, *, later: bool) -> int | None:
    """The day on which, from a minute on, the first of some events begins; or the last of those before it."""
    at = model.index.nearest_beginning(rows, minute, later=later)
    return None if at is None else at // MINUTES


def _innermost(events: Sequence[Row]) -> list[Row]:
    """Events without those of which a part begins on the same day."""
    rows = sorted(event.row for event in events)

    def has_part(event: Row) -> bool:
        following = bisect_right(rows, event.row)
        return following < len(rows) and rows[following] < event.row + event.size

    return [event for event in events if not has_part(event)]


def _lanes(events: Sequence[Row]) -> dict[int, tuple[int | None, int]]:
    """Row of each event, given in the order in which they begin, to its place and its lane there."""
    lanes: dict[int, tuple[int | None, int]] = {}
    free_from: dict[int | None, list[int]] = defaultdict(list)
    for event in events:
        start = event.start or 0
        ends = free_from[event.place]
        lane = next((at for at, end in enumerate(ends) if end <= start), len(ends))
        finish = start + 1 if event.finish is None else max(event.finish, start + 1)
        ends[lane : lane + 1] = [finish]
        lanes[event.row] = event.place, lane
    return lanes


def _by_place(column: tuple[int | None, int]) -> tuple[bool, int, int]:
    """Places by their names, as their rows are; what has none last."""
    place, lane = column
    return place is None, place or 0, lane


def _session(event: Row, column: int, times: Sequence[int]) -> Session:
    start = event.start or 0
    first = bisect_right(times, start) - 1
    last = first if event.finish is None else max(first, bisect_right(times, event.finish - 1) - 1)
    return Session(event.row, event.id, column, first, last)
