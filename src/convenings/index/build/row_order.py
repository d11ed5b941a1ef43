"""Runs in the builder, main thread.

In which order rows stand: events as a tree in time, the rest by name, kinds one after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from convenings.domain.dates import EdtfError, parse
from convenings.index.build.related_rows import lineage

FAR = 1 << 30
"""Later than any day: what is undated stands after what is dated."""


class Identified(Protocol):
    """What the order of any record rests on."""

    @property
    def id(self) -> str: ...


class TimelineEvent(Identified, Protocol):
    """What the order of an event rests on."""

    @property
    def type(self) -> str: ...
    @property
    def date(self) -> str | None: ...
    @property
    def date_basis(self) -> str | None: ...
    @property
    def super_event(self) -> str | None: ...
    @property
    def position(self) -> int | None: ...


class DayRange(NamedTuple):
    """Earliest and latest day of an EDTF date as ordinals; None where open or unknown."""

    first: int | None
    last: int | None


NO_DAYS = DayRange(None, None), False
"""The days of an event that has none, nor is part of one that has."""


@lru_cache(maxsize=16384)
def day_range(date: str | None) -> DayRange:
    """Span of an EDTF date; of none, and of one that does not parse (`check` reports those), nothing."""
    if not date:
        return DayRange(None, None)
    try:
        parsed = parse(date)
    except EdtfError:
        return DayRange(None, None)
    return DayRange(parsed.earliest, parsed.latest)


INDEPENDENT_TYPES = frozenset({"visit"})
"""Types of events that need not take place within the time of what they are part of."""


def event_days(
    events: Sequence[TimelineEvent], independent_types: Collection[str] = ()
) -> dict[str, tuple[DayRange, bool]]:
    """Event to its days, and whether they are those of what it is part of: of the nearest that has any.

    Args:
        events: All events.
        apart: Types of events that do not have the days of what they are part of.
    """
    parents = {
        event.id: event.super_event for event in events if event.super_event and event.type not in independent_types
    }
    dates = {event.id: event.date for event in events if event.date}
    days: dict[str, tuple[DayRange, bool]] = {}
    for event in events:
        for ancestor in (event.id,) if event.id in dates else lineage(parents, event.id):
            if ancestor in dates:
                days[event.id] = day_range(dates[ancestor]), ancestor != event.id
                break
    return days


class TreeRow(NamedTuple):
    """An event in the tree."""

    event: TimelineEvent
    depth: int
    size: int
    """Rows it takes with all its parts."""


def event_tree(events: Sequence[TimelineEvent]) -> list[TreeRow]:
    """Events in the order of the timeline: by earliest day, each followed by its parts; no event is lost to a cycle."""
    ids = {event.id for event in events}
    children: dict[str, list[TimelineEvent]] = defaultdict(list)
    for event in events:
        parent = event.super_event if event.super_event in ids else None
        children[parent or ""].append(event)
    number = {event.id: at for at, event in enumerate(events)}
    chains = {event.id: event.super_event or "" for event in events}
    earliest: dict[str, int] = {}
    for event in events:
        first = day_range(event.date).first
        if first is not None:
            for ancestor in lineage(chains, event.id):
                earliest[ancestor] = min(first, earliest.get(ancestor, FAR))

    def key(event: TimelineEvent) -> tuple[int, int, int]:
        if event.super_event in ids and event.position is not None:
            return (0, event.position, number[event.id])
        return (1, (day_range(event.date).first or earliest.get(event.id, FAR)), number[event.id])

    order: list[tuple[TimelineEvent, int]] = []
    done: set[str] = set()
    reachable = _reachable(children)
    # Rings hang on no root: each event of one stands at the top, unless another of the ring was there first.
    cyclic = [event for event in events if event.id not in reachable]
    todo = [(event, 0) for event in reversed([*sorted(children[""], key=key), *cyclic])]
    while todo:
        event, depth = todo.pop()
        if event.id in done:
            continue
        done.add(event.id)
        order.append((event, depth))
        if below := children.get(event.id):
            todo += [(child, depth + 1) for child in sorted(below, key=key, reverse=True)]
    return _sized(order)


def _sized(order: Sequence[tuple[TimelineEvent, int]]) -> list[TreeRow]:
    """Events in tree order with the rows each takes: from the last one up, a part adds its rows to its whole's."""
    rows: list[TreeRow] = []
    below: dict[int, int] = defaultdict(int)
    for event, depth in reversed(order):
        size = 1 + below.pop(depth + 1, 0)
        below[depth] += size
        rows.append(TreeRow(event, depth, size))
    rows.reverse()
    return rows


def _reachable(children: Mapping[str, Sequence[TimelineEvent]]) -> set[str]:
    reached: set[str] = set()
    todo = [""]
    while todo:
        for child in children.get(todo.pop(), ()):
            if child.id not in reached:
                reached.add(child.id)
                todo.append(child.id)
    return reached
