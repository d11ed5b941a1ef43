"""What a query selects, worked out by walking the records one by one: the meaning of every key, without an index.

Of the program it uses only words: how a query is read, what a date means, and which records are related (which has
tests of its own).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, cached_property

from convenings.domain.dates import parse as parse_date
from convenings.domain.kinds import KINDS, kind_of
from convenings.domain.query.tree import All, Either, Field, Not, Query, Word
from convenings.domain.records import (
    Event,
    Gap,
    Initiative,
    Membership,
    Organisation,
    Participation,
    Person,
    Place,
    Question,
    Record,
    Relation,
    Source,
    Statement,
    Topic,
)
from convenings.domain.references import all_evidence
from convenings.domain.text import words
from tests.unit.indexing import related_ids

WHOLE = {"event": "super_event", "organisation": "parent", "place": "parent", "topic": "broader"}
BY_EVENTS = {
    "place": ("person", "organisation", "initiative", "question", "participation", "statement"),
    "topic": ("person", "organisation", "participation"),
}
"""Key to the kinds of record that are linked by the events that it finds."""
_WITH_PEOPLE = ("event", "person", "organisation", "place", "initiative", "question", "topic")
_OF_PEOPLE = (*_WITH_PEOPLE, "participation", "membership", "relation", "statement", "gap")
_SAID = ("statement", "gap")
LINKABLE: Mapping[str, tuple[str, ...]] = {
    "place": (
        "event",
        "person",
        "organisation",
        "place",
        "initiative",
        "question",
        "participation",
        "membership",
        *_SAID,
    ),
    "topic": (*(kind for kind in _WITH_PEOPLE if kind != "place"), "participation", "relation", *_SAID),
    "event": (*_WITH_PEOPLE, "participation", "relation", *_SAID),
    "person": _OF_PEOPLE,
    "organisation": (*_OF_PEOPLE, "source"),
    "source": tuple(KINDS),
}
"""Key to the kinds of record that can be linked with such a record, and so be without one."""
DATED = (*_WITH_PEOPLE, "participation", "membership", "statement", "source")
"""Kinds of record that have days, or could have."""
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
                return self._field(self.records[ref], key, value.casefold(), exact=query.exact)
            case Not(part):
                return not self.selects(part, ref)
            case All(parts):
                return all(self.selects(part, ref) for part in parts)
            case Either(parts):
                return any(self.selects(part, ref) for part in parts)

    def _field(self, record: Record, key: str, value: str, *, exact: bool) -> bool:
        match key:
            case "kind":
                return kind_of(record.id) == value
            case "role":
                return value in self._roles.get(record.id, ())
            case "type":
                return value in (getattr(record, "type", ""), getattr(record, "form", ""))
            case "status" | "language":
                return (getattr(record, key, "") or "").casefold() == value
            case "date" if value == "none":
                return kind_of(record.id) in DATED and not self._spans(record)
            case "date":
                return self._in(record, value)
            case "basis":
                return value in _bases(record)
            case "is" if value == "unnamed":
                return bool(getattr(record, "unnamed", None))
            case "is" if value == "gap":
                return isinstance(record, Gap)
            case "is" if value == "inferred":
                return "inferred" in _bases(record)
            case "is" if value == "undated":
                return kind_of(record.id) in DATED and not self._spans(record)
            case "is" if value == "unaffiliated":
                return self._is_unaffiliated(record)
            case "is":
                return record.id in self._user.get(value, ())
        if value == "none" and not exact:
            every = frozenset(ref for ref, _ in self._of(key))
            return kind_of(record.id) in LINKABLE[key] and not self._linked(record, key, every)
        return self._linked(record, key, self._called(key, value, exact))

    def _is_unaffiliated(self, record: Record) -> bool:
        """Whether it is a person, or at an event as one, of whom no organisation is said."""
        if isinstance(record, Participation):
            return not record.on_behalf_of and kind_of(record.agent or "person/") == "person"
        if kind_of(record.id) != "person":
            return False
        return not any(
            (isinstance(each, Membership) and each.person == record.id)
            or (isinstance(each, Participation) and each.agent == record.id and each.on_behalf_of)
            for each in self.records.values()
        )

    # Keys that name other records

    def _called_so(self, kind: str, value: str, exact: bool) -> frozenset[str]:
        """Records of a kind with the words of a value in a name, and all their parts."""
        if exact:
            names = {ref: [words(name) for name in _names_in_any_order(record)] for ref, record in self._of(kind)}
            those = {ref for ref, every in names.items() if words(value) in every}
            phrase = f" {' '.join(words(value))} "
            those = those or {ref for ref, every in names.items() if any(phrase in f" {' '.join(n)} " for n in every)}
        else:
            those = {ref for ref, record in self._of(kind) if _is_called(record, value)}
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
        if key == "source":
            return bool(those.intersection(each.source for each in all_evidence(record)))
        if kind_of(record.id) in BY_EVENTS.get(key, ()):
            there = isinstance(record, Organisation) and record.place in those
            related = key == "topic" and bool(those & self._related.get(record.id, frozenset()))
            events = self._with_parts("event", {e for e, each in self._of("event") if self._linked(each, key, those)})
            return there or related or self._linked(record, "event", events)
        match record:
            case Participation():
                refs: dict[str, list[str | None]] = {"event": [record.event], "person": [record.agent]}
                return bool(those.intersection(refs.get(key, [record.agent, *record.on_behalf_of])))
            case Membership():
                ends = (record.person, record.organisation, record.on_behalf_of, record.area)
                return bool(those.intersection(ends))
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
        return any(span[0] <= last and span[1] >= first for span in self._spans(record))

    def _days(self, event: Event) -> Days | None:
        """The days of an event; a visit need not take place within the time of what it is part of."""
        return None if event.type == "visit" and not event.date else self._event_days(event)

    def _spans(self, record: Record) -> list[Days]:
        """The days of an event, a membership or a source; of any other record, those of its events."""
        if isinstance(record, Source):
            own = [_span(record.published, record.published)]
        elif isinstance(record, Membership):
            first, last = record.first_attested, record.last_attested
            own = [_span(first or last, last or first)]
        elif isinstance(record, Event):
            own = [self._days(record)]
        else:
            own = [self._days(event) for ref in self._events_of(record) for event in self._event(ref)]
        return [span for span in own if span is not None]

    def _event(self, ref: str) -> list[Event]:
        record = self.records.get(ref)
        return [record] if isinstance(record, Event) else []

    def _event_days(self, event: Event) -> Days | None:
        """Its own days, or else those of what it is part of."""
        if event.date:
            return _span(event.date, event.date)
        return next((self._days(whole) for whole in self._event(event.super_event or "")), None)

    def _events_of(self, record: Record) -> list[str]:
        match record:
            case Participation(event=event) | Statement(event=event):
                return [event] if event else []
            case Question():
                return [occurrence.event for occurrence in record.occurrences]
            case Place() | Topic():
                return [ref for ref in self._related.get(record.id, ()) if kind_of(ref) == "event"]
        return [
            each.event
            for each in self.records.values()
            if isinstance(each, Participation) and record.id in (each.agent, *each.on_behalf_of)
        ]


def _span(first: str | None, last: str | None) -> Days | None:
    """The days from the first of one date to the last of another."""
    if not first or not last:
        return None
    earliest, latest = parse_date(first).earliest, parse_date(last).latest
    if earliest is None and latest is None:
        return None
    return ANY_DAY[0] if earliest is None else earliest, ANY_DAY[1] if latest is None else latest


def _names(record: Record) -> list[str]:
    return [getattr(record, "label", ""), *(name.value for name in getattr(record, "names", ()))]


def _names_in_any_order(record: Record) -> list[str]:
    """Names of a record; that of a person of two words has these in either order."""
    names = _names(record)
    label = names[0].split()
    return [*names, " ".join(reversed(label))] if isinstance(record, Person) and len(label) == 2 else names


def _is_called(record: Record, value: str) -> bool:
    """Whether every word of a value begins a word of the same name form or of another."""
    every = {word for name in _names(record) for word in words(name)}
    tokens = words(value)
    return bool(tokens) and all(any(word.startswith(token) for word in every) for token in tokens)


def _bases(record: Record) -> set[str]:
    """On what a record, or one of its fields, rests."""
    bearings = record.questions if isinstance(record, Statement) else []
    fields = ("date_basis", "role_basis", "parent_basis", "attested_basis", "place_basis", "published_basis")
    bases = {each.basis for each in all_evidence(record)} | {bearing.basis for bearing in bearings}
    bases |= {name.basis for name in getattr(record, "names", ()) if name.basis == "inferred"}
    return bases | {str(getattr(record, name, None)) for name in fields} - {"None"}
