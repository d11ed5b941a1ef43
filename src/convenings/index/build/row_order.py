"""Runs in the builder, main thread.

In which order rows stand: events as a tree in time, the rest by name, kinds one after the other."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, islice
from typing import NamedTuple, Protocol

from convenings.domain.dates import Edtf, EdtfError, clock_minute, parse, start_minute
from convenings.domain.days import MINUTES
from convenings.domain.event_times import utc_offset
from convenings.domain.names import sorting_key
from convenings.domain.text import fold
from convenings.index.build.related_rows import lineage
from convenings.index.rows import STARTS, Flag

FAR = 1 << 60
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
    def start_time(self) -> str | None: ...
    @property
    def end_time(self) -> str | None: ...
    @property
    def zone(self) -> str | None: ...
    @property
    def label(self) -> str: ...
    @property
    def place(self) -> str | None: ...
    @property
    def super_event(self) -> str | None: ...
    @property
    def position(self) -> int | None: ...


class DayRange(NamedTuple):
    """Earliest and latest day of an EDTF date, numbered; None where open or unknown."""

    first: int | None
    last: int | None

    @property
    def in_order(self) -> int | None:
        """The day by which it stands among others: what only ends on a day stands before all that is later."""
        return self.last if self.first is None else self.first


NO_DAYS = DayRange(None, None), 0
"""The days of an event that has none, nor is part of one that has."""


@lru_cache(maxsize=16384)
def day_range(date: str | None) -> DayRange:
    """Span of an EDTF date; of none, and of one that does not parse (`check` reports those), nothing."""
    parsed = _edtf(date)
    return DayRange(parsed.earliest, parsed.latest) if parsed else DayRange(None, None)


def _edtf(date: str | None) -> Edtf | None:
    try:
        return parse(date) if date else None
    except EdtfError:
        return None


def event_days(
    events: Sequence[TimelineEvent], independent_types: Collection[str] = ()
) -> dict[str, tuple[DayRange, int]]:
    """Event to its days, and bits of :class:`~convenings.index.rows.Flag`: whether they are those of what it is part of
    (of the nearest that has any), and whether they are inferred.

    Args:
        events: All events.
        apart: Types of events that do not have the days of what they are part of.
    """
    parents = {
        event.id: event.super_event for event in events if event.super_event and event.type not in independent_types
    }
    dates = {event.id: event.date for event in events if event.date}
    inferred = {event.id for event in events if event.date_basis == "inferred"}
    days: dict[str, tuple[DayRange, int]] = {}
    for event in events:
        for ancestor in (event.id,) if event.id in dates else lineage(parents, event.id):
            if ancestor in dates:
                flags = (ancestor != event.id) * Flag.INHERITED | (ancestor in inferred) * Flag.INFERRED
                days[event.id] = day_range(dates[ancestor]), flags
                break
    return days


class TreeRow(NamedTuple):
    """An event in the tree."""

    event: TimelineEvent
    depth: int
    size: int
    """Rows it takes with all its parts."""


class _Place(NamedTuple):
    """Where an event stands among its siblings."""

    day: int
    minute: int
    """Of the day; what lasts all day stands before what begins at a time, what ended on it before both."""
    position: int
    """Among the parts of one event, as the source gives it."""
    room: str
    """Name of its place, folded."""


_ENDED, _ALL_DAY = -2, -1


def event_tree(events: Sequence[TimelineEvent], place_names: Mapping[str, str] | None = None) -> list[TreeRow]:
    """Events in the order of the timeline, each followed by its parts; no event is lost to a cycle.

    They stand by day, within a day by the time at which they begin, at one time by place, and then by label. Parts that
    the source puts in an order, and that have no time, keep it; what has neither stands last, as in the file.

    Args:
        events: All events.
        place_names: Id of a place to what its name is put in order by.
    """
    ids = {event.id for event in events}
    children: dict[str, list[TimelineEvent]] = defaultdict(list)
    for event in events:
        parent = event.super_event if event.super_event in ids else None
        children[parent or ""].append(event)
    days, names = _days_in_order(events), place_names or {}
    order: list[tuple[TimelineEvent, int]] = []
    done: set[str] = set()
    reachable = _reachable(children)
    # Rings hang on no root: each event of one stands at the top, unless another of the ring was there first.
    cyclic = [event for event in events if event.id not in reachable]
    todo = [(event, 0) for event in reversed([*_in_order(children[""], days, names, of_one_event=False), *cyclic])]
    while todo:
        event, depth = todo.pop()
        if event.id in done:
            continue
        done.add(event.id)
        order.append((event, depth))
        if below := children.get(event.id):
            todo += [(child, depth + 1) for child in reversed(_in_order(below, days, names, of_one_event=True))]
    return _sized(order)


def _in_order(
    siblings: list[TimelineEvent], days: Mapping[str, int], names: Mapping[str, str], *, of_one_event: bool
) -> list[TimelineEvent]:
    """Events in order, all of them parts of one event or of none."""
    if len(siblings) < 2:
        return siblings
    keys = {event.id: _place_of(event, days, names, of_one_event) for event in siblings}
    if of_one_event:
        _keep_positions(siblings, keys)
    ordered: list[TimelineEvent] = []
    for key, group in groupby(sorted(siblings, key=lambda event: keys[event.id]), lambda event: keys[event.id]):
        equal = list(group)
        # Labels are folded for those only that nothing else puts in order.
        ordered += sorted(equal, key=_by_label) if len(equal) > 1 and key.day < FAR else equal
    return ordered


def _by_label(event: TimelineEvent) -> tuple[str, str]:
    return sorting_key(fold(event.label)), event.id


def _days_in_order(events: Sequence[TimelineEvent]) -> dict[str, int]:
    """Event to the day by which it stands: its own, else the earliest of its parts; of a time, that of its whole."""
    chains = {event.id: event.super_event or "" for event in events}
    days: dict[str, int] = {}
    of_parts: dict[str, int] = {}
    undated: list[TimelineEvent] = []
    for event in events:
        day = day_range(event.date).in_order
        if day is None:
            undated.append(event)
            continue
        days[event.id] = day
        for ancestor in lineage(chains, event.id):
            of_parts[ancestor] = min(day, of_parts.get(ancestor, FAR))
    others: dict[str, int] = {}
    for event in undated:
        if event.id in of_parts:
            others[event.id] = of_parts[event.id]
        elif clock_minute(event.start_time) is not None:
            others[event.id] = next((days[whole] for whole in lineage(chains, event.id) if whole in days), FAR)
    return days | others


def _place_of(event: TimelineEvent, days: Mapping[str, int], names: Mapping[str, str], of_one_event: bool) -> _Place:
    """Where an event stands by itself."""
    day, edtf = days.get(event.id, FAR), _edtf(event.date)
    minute = start_minute(edtf, event.start_time)
    if minute is None:
        minute = _ENDED if edtf is not None and edtf.earliest is None else _ALL_DAY
    position = event.position if of_one_event and event.position is not None else FAR
    room = names.get(event.place, event.place) if event.place and day < FAR else ""
    return _Place(day, minute, position, room)


def _keep_positions(siblings: Sequence[TimelineEvent], keys: dict[str, _Place]) -> None:
    """Let parts with a position but without a time of their own stand behind those that the source puts before them."""
    latest = (-FAR, _ALL_DAY)
    on_day: dict[int, int] = {}
    positioned = [event for event in siblings if event.position is not None]
    for event in sorted(positioned, key=lambda event: (keys[event.id].position, keys[event.id].day)):
        day, minute, _, _ = key = keys[event.id]
        if event.date is None and minute == _ALL_DAY:
            day, minute = latest
        elif minute == _ALL_DAY:
            minute = on_day.get(day, minute)
        keys[event.id] = key._replace(day=day, minute=minute)
        latest, on_day[day] = (day, minute), minute


class Clock(NamedTuple):
    """When an event in a row is on, by the clock at its place."""

    row: int
    start: int
    """Minute, counted from the beginning of day 0."""
    finish: int
    """Minute after its last one, as far as can be told: until what follows it begins, or until its day ends."""
    offset: int | None
    """Minutes by which that clock is ahead of UTC; None where it is not recorded."""
    of_whole: bool = False
    """Whether these are the times of what it is part of: it is not on before that begins."""
    has_end: bool = False
    """Whether the source says when it ends."""


def event_clocks(
    tree: Sequence[TreeRow], days: Mapping[str, tuple[DayRange, int]], rooms: Collection[str]
) -> Iterator[Clock]:
    """Every event of the tree that begins at a time of a day that is known, or is part of one and on its day.

    Where no end is recorded, an event without parts lasts until the next one begins in the same room, or the next part
    of the same event at the same place.

    Args:
        tree: All events.
        days: Event to its days, and bits that say whose they are.
        rooms: Ids of the places in which one thing takes place at a time.
    """
    of_event: dict[str, Clock] = {}
    zones = _zones([event for event, _, _ in tree])
    starts: dict[tuple[object, ...], list[int]] = defaultdict(list)
    of_leaf: dict[int, tuple[object, ...]] = {}
    for row, (event, _, size) in enumerate(tree):
        (first, last), flags = days.get(event.id, NO_DAYS)
        edtf = _edtf(event.date)
        minute = start_minute(edtf, event.start_time)
        # Of a time on one of several days, nobody knows on which; an interval is opened on its first.
        if (
            minute is None
            or first is None
            or (first != last and (flags & Flag.INHERITED or edtf is None or edtf.precision != "interval"))
        ):
            whole = of_event.get(event.super_event or "")
            if minute is None and whole is not None and first == last == whole.start // MINUTES:
                finish = min(whole.finish, (whole.start // MINUTES + 1) * MINUTES)
                of_event[event.id] = whole._replace(row=row, finish=finish, of_whole=True, has_end=False)
            continue
        start, offset = first * MINUTES + minute, edtf.offset if edtf else None
        if offset is None and event.id in zones:
            offset = utc_offset(zones[event.id], first, minute)
        finish, end = FAR if last is None else (last + 1) * MINUTES, clock_minute(event.end_time)
        if end is not None and last is not None:
            finish = last * MINUTES + end
            # What does not end after its start on one day does so on the next.
            finish += MINUTES * (finish <= start)
        of_event[event.id] = Clock(row, start, finish, offset, has_end=end is not None and last is not None)
        if first == last and (event.super_event or event.place in rooms):
            group = (None if event.place in rooms else event.super_event, event.place, first, offset)
            starts[group].append(start)
            if size == 1:
                of_leaf[row] = group
    for each in starts.values():
        each.sort()
    for clock in of_event.values():
        following = starts[of_leaf[clock.row]] if clock.row in of_leaf and not clock.has_end else []
        at = bisect_right(following, clock.start)
        yield clock._replace(finish=following[at]) if at < len(following) else clock


def _zones(events: Sequence[TimelineEvent]) -> dict[str, str]:
    """Event to its time zone, or else that of the nearest of what it is part of which has one."""
    own = {event.id: event.zone for event in events if event.zone}
    if not own:
        return {}
    chains = {event.id: event.super_event or "" for event in events}
    zones = {event: next((own[e] for e in lineage(chains, event) if e in own), None) for event in chains}
    return {event: zone for event, zone in zones.items() if zone}


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


def start_range(depths: Sequence[int], weights: Sequence[int]) -> tuple[int, int]:
    """The row of the event to start on, and one past it: of those on the first screen that are no part the weightiest.

    Args:
        depths: Nesting of each event, in the order of the timeline.
        weights: What each row has most of, by row.
    """
    first = [row for row, depth in enumerate(islice(depths, STARTS)) if not depth]
    row = max(first, key=lambda row: (weights[row], -row), default=-1)
    return (row, row + 1) if first else (0, 0)
