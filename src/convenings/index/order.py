"""In which order rows stand: events as a tree in time, the rest by name, kinds one after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from convenings.domain.dates import EdtfError, parse
from convenings.domain.records import Event, Question, Record
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


class Placed(NamedTuple):
    """An event in the tree."""

    event: Event
    depth: int
    size: int
    """Rows it takes with all its parts."""


def event_tree(events: Sequence[Event]) -> list[Placed]:
    """Events in the order of the timeline: by earliest day, each followed by its parts; no event is lost to a cycle."""
    known = {event.id for event in events}
    children: dict[str, list[Event]] = defaultdict(list)
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

    def key(event: Event) -> tuple[int, int, int]:
        if event.super_event in known and event.position is not None:
            return (0, event.position, number[event.id])
        return (1, (span_of(event.date).first or earliest.get(event.id, FAR)), number[event.id])

    order: list[tuple[Event, int]] = []
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
        todo += [(child, depth + 1) for child in sorted(children[event.id], key=key, reverse=True)]
    return _sized(order)


def _sized(order: Sequence[tuple[Event, int]]) -> list[Placed]:
    """Events in tree order with the rows each takes: from the last one up, a part adds its rows to its whole's."""
    placed: list[Placed] = []
    below: dict[int, int] = defaultdict(int)
    for event, depth in reversed(order):
        size = 1 + below.pop(depth + 1, 0)
        below[depth] += size
        placed.append(Placed(event, depth, size))
    placed.reverse()
    return placed


def _reachable(children: Mapping[str, Sequence[Event]]) -> set[str]:
    found: set[str] = set()
    todo = [""]
    while todo:
        for child in children.get(todo.pop(), ()):
            if child.id not in found:
                found.add(child.id)
                todo.append(child.id)
    return found


def in_order(
    records: Mapping[str, Record], tree: Sequence[Placed], taking_part: set[str], labels: Mapping[str, str]
) -> Iterator[Record]:
    """All records in row order; ``taking_part`` are the persons with a participation."""
    by_kind: dict[str, list[Record]] = defaultdict(list)
    for ref, record in records.items():
        by_kind[ref.partition("/")[0]].append(record)
    event_rows = {placed.event.id: at for at, placed in enumerate(tree)}

    def by_name(record: Record) -> tuple[int, str, str]:
        group = int(record.id in taking_part) if record.id.startswith("person/") else 0
        return (group, fold(labels[record.id]), record.id)

    def by_occurrence(question: Question) -> tuple[int, int, str]:
        row = min((event_rows.get(o.event, FAR) for o in question.occurrences), default=FAR)
        return (row, question.number or FAR, question.id)

    yield from (placed.event for placed in tree)
    for kind in KIND_ORDER[1:]:
        if kind == "question":
            yield from sorted((r for r in by_kind[kind] if isinstance(r, Question)), key=by_occurrence)
        elif kind == "participation":
            yield from sorted((r for r in by_kind[kind] if getattr(r, "agent", None) is None), key=by_name)
            yield from (r for r in by_kind[kind] if getattr(r, "agent", None) is not None)
        elif kind in UNLISTED:
            yield from by_kind[kind]
        else:
            yield from sorted(by_kind[kind], key=by_name)
