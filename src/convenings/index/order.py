"""In which order rows stand: events as a tree in time, the rest by name, kinds one after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, Protocol, cast

from convenings.domain.dates import EdtfError, parse
from convenings.domain.records import Question
from convenings.domain.text import fold
from convenings.index.ties import lineage

KIND_ORDER = (
    "event", "person", "participation", "organisation", "question", "initiative", "topic", "place", "membership",
    "relation", "statement", "source", "gap",
)  # fmt: skip
"""Kinds in row order. Persons who took part and unnamed parties are neighbours: together they are the speakers pane."""

UNLISTED = frozenset({"membership", "relation", "statement", "gap"})
"""Kinds that no list shows: they stay in the order of the file, as do participations of named agents."""

FAR = 1 << 30
"""Later than any day: what is undated stands after what is dated."""


class Listed(Protocol):
    """As much of a record as its order asks for."""

    @property
    def id(self) -> str: ...


class Dated(Listed, Protocol):
    """As much of an event as the timeline asks for."""

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


class Span(NamedTuple):
    """Earliest and latest day of an EDTF date as ordinals; None where open or not known."""

    first: int | None
    last: int | None


def span_of(date: str | None) -> Span:
    """Span of an EDTF date; of none, and of one that does not parse (`check` reports those), nothing."""
    if not date:
        return Span(None, None)
    try:
        parsed = parse(date)
    except EdtfError:
        return Span(None, None)
    return Span(parsed.earliest, parsed.latest)


APART = frozenset({"visit"})
"""Events that need not take place within the time of what they are part of."""


def event_days(events: Sequence[Dated], apart: Collection[str] = ()) -> dict[str, tuple[Span, bool]]:
    """Event to its days, and whether they are those of what it is part of: of the nearest that has any.

    Args:
        events: All events.
        apart: Types of events that do not have the days of what they are part of.
    """
    parents = {event.id: event.super_event for event in events if event.super_event and event.type not in apart}
    dates = {event.id: event.date for event in events if event.date}
    days: dict[str, tuple[Span, bool]] = {}
    for event in events:
        for whole in (event.id,) if event.id in dates else lineage(parents, event.id):
            if whole in dates:
                days[event.id] = span_of(dates[whole]), whole != event.id
                break
    return days


class Placed(NamedTuple):
    """An event in the tree."""

    event: Dated
    depth: int
    size: int
    """Rows it takes with all its parts."""


def event_tree(events: Sequence[Dated]) -> list[Placed]:
    """Events in the order of the timeline: by earliest day, each followed by its parts; no event is lost to a cycle."""
    known = {event.id for event in events}
    children: dict[str, list[Dated]] = defaultdict(list)
    for event in events:
        parent = event.super_event if event.super_event in known else None
        children[parent or ""].append(event)
    number = {event.id: at for at, event in enumerate(events)}
    chains = {event.id: event.super_event or "" for event in events}
    earliest: dict[str, int] = {}
    for event in events:
        first = span_of(event.date).first
        if first is not None:
            for whole in lineage(chains, event.id):
                earliest[whole] = min(first, earliest.get(whole, FAR))

    def key(event: Dated) -> tuple[int, int, int]:
        if event.super_event in known and event.position is not None:
            return (0, event.position, number[event.id])
        return (1, (span_of(event.date).first or earliest.get(event.id, FAR)), number[event.id])

    order: list[tuple[Dated, int]] = []
    done: set[str] = set()
    reachable = _reachable(children)
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


def _sized(order: Sequence[tuple[Dated, int]]) -> list[Placed]:
    """Events in tree order with the rows each takes: from the last one up, a part adds its rows to its whole's."""
    placed: list[Placed] = []
    below: dict[int, int] = defaultdict(int)
    for event, depth in reversed(order):
        size = 1 + below.pop(depth + 1, 0)
        below[depth] += size
        placed.append(Placed(event, depth, size))
    placed.reverse()
    return placed


def _reachable(children: Mapping[str, Sequence[Dated]]) -> set[str]:
    found: set[str] = set()
    todo = [""]
    while todo:
        for child in children.get(todo.pop(), ()):
            if child.id not in found:
                found.add(child.id)
                todo.append(child.id)
    return found


def in_order(
    records: Sequence[Listed],
    events: Sequence[int],
    taking_part: Collection[str],
    labels: Sequence[str],
    folded: Sequence[str] = (),
) -> list[int]:
    """Numbers of all records in row order.

    Args:
        records: The records, in the order of the file.
        events: Numbers of the events in the order of the timeline.
        taking_part: Ids of those with a participation.
        labels: By number.
        folded: By number, search copies of labels as far as they are known, empty where not.
    """
    by_kind: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        by_kind[record.id.partition("/")[0]].append(number)
    places = {records[number].id: at for at, number in enumerate(events)}

    def by_name(number: int) -> tuple[str, str]:
        return (folded[number] if folded else "") or fold(labels[number]), records[number].id

    def by_occurrence(number: int) -> tuple[int, int, str]:
        question = cast(Question, records[number])
        row = min((places.get(o.event, FAR) for o in question.occurrences), default=FAR)
        return row, question.number or FAR, question.id

    order = list(events)
    for kind in KIND_ORDER[1:]:
        numbers = by_kind[kind]
        if kind == "question":
            order += sorted(numbers, key=by_occurrence)
        elif kind == "person":
            order += sorted((number for number in numbers if records[number].id not in taking_part), key=by_name)
            order += sorted((number for number in numbers if records[number].id in taking_part), key=by_name)
        elif kind == "participation":
            agents = {number: getattr(records[number], "agent", None) for number in numbers}
            order += sorted((number for number in numbers if agents[number] is None), key=by_name)
            order += [number for number in numbers if agents[number] is not None]
        elif kind in UNLISTED:
            order += numbers
        else:
            order += sorted(numbers, key=by_name)
    return order


def ranges_of(ordered: Sequence[Listed], taking_part: Collection[str]) -> dict[str, tuple[int, int]]:
    """Kind, and pane, to the rows it takes: first, and one past the last.

    Args:
        ordered: Records in row order.
        taking_part: Ids of those with a participation.
    """
    ranges: dict[str, tuple[int, int]] = {}
    first = 0
    for kind, run in groupby(record.id.partition("/")[0] for record in ordered):
        number = sum(1 for _ in run)
        ranges[kind] = (first, first + number)
        first += number
    people, parties = ranges.get("person", (0, 0)), ranges.get("participation", (0, 0))
    silent = sum(record.id not in taking_part for record in ordered[slice(*people)])
    unnamed = sum(getattr(record, "agent", None) is None for record in ordered[slice(*parties)])
    first = people[0] + silent if people[1] else parties[0]
    last = parties[0] + unnamed if parties[1] else people[1]
    ranges["events"] = ranges.get("event", (0, 0))
    ranges["speakers"] = (first, last)
    ranges["organisations"] = ranges.get("organisation", (0, 0))
    ranges["questions"] = ranges.get("question", (0, 0))
    return ranges
