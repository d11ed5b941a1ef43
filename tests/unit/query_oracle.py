"""What a query selects, worked out by walking the records one by one: the meaning of every key, without an index.

Of the program it uses only words: how a query is read, what a date means, and which records are related (which has
tests of its own).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, cached_property

from convenings.domain.dates import parse as parse_date
from convenings.domain.kinds import kind_of
from convenings.domain.query.tree import All, Either, Field, Not, Query, Word
from convenings.domain.records import (
    Event,
    Gap,
    Initiative,
    Membership,
    Organisation,
    Participation,
    Question,
    Record,
    Relation,
    Statement,
)
from convenings.domain.references import all_evidence
from convenings.domain.text import words
from tests.unit.indexing import related_ids

WHOLE = {"event": "super_event", "organisation": "parent", "place": "parent", "topic": "broader"}
BY_EVENTS = ("person", "organisation", "initiative", "question", "participation", "statement")
"""Kinds of record that are at a place by the events there."""
ANY_DAY = (-(10**18), 10**18)
Days = tuple[int, int]


class Oracle:
    """The answers about some records.

    Args:
        content: All records of a dataset.
        has_word: Whether a record has a word, which is asked of the program: how names are read is tested elsewhere.
        user: ``marked``, ``noted`` and ``pinned`` to ids.
    """

    def __init__(
        self,
        content: Sequence[Record],
        has_word: Callable[[Word, str], bool],
        user: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        self.records = {record.id: record for record in content}
        self._has_word = has_word
        self._user = user or {}
        self._called = cache(self._called_so)

    def selects(self, query: Query, ref: str) -> bool:
        """Whether a query selects a record."""
        match query:
            case Word():
                return self._has_word(query, ref)
            case Field(key, value):
                return self._field(self.records[ref], key, value.casefold())
            case Not(part):
                return not self.selects(part, ref)
            case All(parts):
                return all(self.selects(part, ref) for part in parts)
            case Either(parts):
                return any(self.selects(part, ref) for part in parts)

    def _field(self, record: Record, key: str, value: str) -> bool:
        match key:
            case "kind":
                return kind_of(record.id) == value
            case "role":
                return value in self._roles.get(record.id, ())
            case "type":
                return getattr(record, "type", "") == value
            case "date":
                return self._in(record, value)
            case "basis":
                return value in _bases(record)
            case "is" if value == "unnamed":
                return bool(getattr(record, "unnamed", None))
            case "is" if value == "gap":
                return isinstance(record, Gap)
            case "is":
                return record.id in self._user.get(value, ())
        return self._linked(record, key, self._called(key, value))

    # Keys that name other records

    def _called_so(self, kind: str, value: str) -> frozenset[str]:
        """Records of a kind with the words of a value in a name, and all their parts."""
        those = {ref for ref, record in self.records.items() if kind_of(ref) == kind and _is_called(record, value)}
        return self._with_parts(kind, those)

    def _with_parts(self, kind: str, refs: Collection[str]) -> frozenset[str]:
        every, field = set(refs), WHOLE.get(kind, "")
        while field and (parts := {r for r, each in self._of(kind) if getattr(each, field) in every} - every):
            every |= parts
        return frozenset(every)

    def _of(self, kind: str) -> list[tuple[str, Record]]:
        return [(ref, record) for ref, record in self.records.items() if kind_of(ref) == kind]

    def _linked(self, record: Record, key: str, those: frozenset[str]) -> bool:
        """Whether a record is linked with any of some records of the kind that a key is called by."""
        if key == "place" and kind_of(record.id) in BY_EVENTS:
            there = isinstance(record, Organisation) and record.place in those
            events = self._with_parts("event", {e for e, each in self._of("event") if self._linked(each, key, those)})
            return there or self._linked(record, "event", events)
        match record:
            case Participation():
                refs: dict[str, list[str | None]] = {"event": [record.event], "person": [record.agent]}
                return bool(those.intersection(refs.get(key, [record.agent, *record.on_behalf_of])))
            case Membership():
                return record.person in those or record.organisation in those
            case Relation():
                return record.subject in those or record.object in those
            case Gap():
                return bool(those.intersection(record.about))
            case Statement() if key == "topic":
                return bool(those.intersection(record.topics))
            case Statement() if key == "event":
                return record.event in those
            case Statement():
                return bool(those.intersection(record.agents)) or bool(those & self._came_for(record))
            case Initiative() if key == "topic":
                return bool(those.intersection(record.topics))
        return record.id in those or bool(those & self._related.get(record.id, frozenset()))

    def _came_for(self, statement: Statement) -> set[str]:
        """Organisations for which a speaker had come to the event as a whole."""
        if not statement.event:
            return set()
        outermost = self._outermost(statement.event)
        return {
            organisation
            for each in self.records.values()
            if isinstance(each, Participation) and each.agent in statement.agents
            if self._outermost(each.event) == outermost
            for organisation in each.on_behalf_of
        }

    def _outermost(self, event: str) -> str:
        while isinstance(record := self.records.get(event), Event) and record.super_event:
            event = record.super_event
        return event

    @cached_property
    def _related(self) -> Mapping[str, frozenset[str]]:
        related: dict[str, set[str]] = {}
        for a, b in related_ids(*self.records.values()):
            related.setdefault(a, set()).add(b)
        return {ref: frozenset(others) for ref, others in related.items()}

    # What a record says itself

    @cached_property
    def _roles(self) -> Mapping[str, set[str]]:
        roles: dict[str, set[str]] = {}
        for record in self.records.values():
            if isinstance(record, Participation):
                for ref in (record.id, record.agent, *record.on_behalf_of):
                    roles.setdefault(ref or "", set()).add(record.role)
        return roles

    def _in(self, record: Record, value: str) -> bool:
        """Whether the days of an event reach into a date, or those of any event that a record is linked with."""
        date = parse_date(value)
        first = ANY_DAY[0] if date.earliest is None else date.earliest
        last = ANY_DAY[1] if date.latest is None else date.latest
        events = (
            [record] if isinstance(record, Event) else [e for ref in self._events_of(record) for e in self._event(ref)]
        )
        spans = [span for event in events if (span := self._days(event)) is not None]
        return any(span[0] <= last and span[1] >= first for span in spans)

    def _days(self, event: Event) -> Days | None:
        """The days of an event; a visit need not take place within the time of what it is part of."""
        return None if event.type == "visit" and not event.date else self._event_days(event)

    def _event(self, ref: str) -> list[Event]:
        record = self.records.get(ref)
        return [record] if isinstance(record, Event) else []

    def _event_days(self, event: Event) -> Days | None:
        """Its own days, or else those of what it is part of."""
        if event.date:
            date = parse_date(event.date)
            if date.earliest is None and date.latest is None:
                return None
            first = ANY_DAY[0] if date.earliest is None else date.earliest
            return first, ANY_DAY[1] if date.latest is None else date.latest
        return next((self._days(whole) for whole in self._event(event.super_event or "")), None)

    def _events_of(self, record: Record) -> list[str]:
        match record:
            case Participation(event=event) | Statement(event=event):
                return [event] if event else []
            case Question():
                return [occurrence.event for occurrence in record.occurrences]
        return [
            each.event
            for each in self.records.values()
            if isinstance(each, Participation) and record.id in (each.agent, *each.on_behalf_of)
        ]


def _is_called(record: Record, value: str) -> bool:
    """Whether every word of a value begins a word of the same name form or of another."""
    names = [getattr(record, "label", ""), *(name.value for name in getattr(record, "names", ()))]
    every = {word for name in names for word in words(name)}
    tokens = words(value)
    return bool(tokens) and all(any(word.startswith(token) for word in every) for token in tokens)


def _bases(record: Record) -> set[str]:
    """On what a record, or one of its fields, rests."""
    bearings = record.questions if isinstance(record, Statement) else []
    fields = ("date_basis", "role_basis", "parent_basis", "attested_basis")
    bases = {each.basis for each in all_evidence(record)} | {bearing.basis for bearing in bearings}
    return bases | {str(getattr(record, name, None)) for name in fields} - {"None"}
