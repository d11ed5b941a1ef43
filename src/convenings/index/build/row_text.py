"""Runs in the builder, main thread.

What the row of a record says beside its label, when it was, and the text it is found by."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from convenings.domain.dates import date_in_words, when_in_words
from convenings.domain.kinds import kind_of
from convenings.domain.labels import NOT_STATED
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
from convenings.domain.references import ids_in
from convenings.domain.spelling import text_spellings
from convenings.domain.text import fold, plain
from convenings.index.build.all_records import AllRecords
from convenings.index.build.namesakes import begins_alike, contexts_of_namesakes
from convenings.index.build.row_order import FAR, INDEPENDENT_TYPES, NO_DAYS, event_days
from convenings.index.build.search_terms import folded
from convenings.index.rows import Flag

ORGANISATIONS_SHOWN = 2
"""How many organisations the row of a person names."""
BY = {"runs": "run by", "initiated": "initiated by", "co-organises": "co-organised by"}
"""Relation to how its object speaks of its subject."""


class RowTexts:
    """Describes records by looking at what points at them."""

    def __init__(self, all_records: AllRecords) -> None:
        self._all_records, self._named_records = all_records, all_records.named_records
        self._rows, self._name = all_records.rows, all_records.label_of_ref
        self._organisations: dict[int, list[str]] = {}
        """Row of a person to the first organisations it came for, or else is a member of."""
        self._statements: dict[str, int] = defaultdict(int)
        self._runs: dict[str, str] = {}
        number = len(all_records.records)
        self._first, self._last = array("q", [FAR]) * number, array("q", [-FAR]) * number
        """By row, the earliest and the latest day of the events it took part in or was raised at. Where none has a day
        the last lies before the first; where one of them is open, it is at -FAR or FAR."""
        self._in_order = array("q", [FAR]) * number
        """By row, the day of the earliest of these events by which that stands among others."""
        self._days = event_days([event for _, event in all_records.of(Event)], INDEPENDENT_TYPES)
        self._participations()
        self._memberships()
        self._others()
        self._apart = contexts_of_namesakes(all_records, self._side_and_context)
        """Row of a record with namesakes to what tells it apart."""

    def _widen(self, row: int, event: str) -> None:
        """Widen the days of a row by those of an event."""
        days, _ = self._days.get(event, NO_DAYS)
        if (in_order := days.in_order) is None:
            return
        first, last = -FAR if days.first is None else days.first, FAR if days.last is None else days.last
        if first < self._first[row]:
            self._first[row] = first
        if last > self._last[row]:
            self._last[row] = last
        if in_order < self._in_order[row]:
            self._in_order[row] = in_order

    def _participations(self) -> None:
        row_of = self._rows.get
        for row, participation in self._all_records.of(Participation):
            self._widen(row, participation.event)
            agent = row_of(participation.agent or "")
            if agent is not None:
                self._widen(agent, participation.event)
                if participation.on_behalf_of:
                    _add_first(self._organisations, agent, participation.on_behalf_of)
            for organisation in participation.on_behalf_of:
                if (behalf := row_of(organisation)) is not None:
                    self._widen(behalf, participation.event)

    def _memberships(self) -> None:
        members: dict[int, list[str]] = {}
        for _, membership in self._all_records.of(Membership):
            if (person := self._rows.get(membership.person)) is not None:
                _add_first(members, person, [membership.organisation])
        self._organisations = members | self._organisations

    def _others(self) -> None:
        for row, statement in self._all_records.of(Statement):
            for ref in ids_in(statement.questions):
                self._statements[ref] += 1
            if statement.event:
                self._widen(row, statement.event)
        for row, question in self._all_records.of(Question):
            for occurrence in question.occurrences:
                self._widen(row, occurrence.event)
        for _, relation in self._all_records.of(Relation):
            if relation.type in BY:
                self._runs.setdefault(relation.object, f"{BY[relation.type]} {self._name(relation.subject)}")
            elif relation.type == "housed at":
                self._runs.setdefault(relation.subject, f"at {self._name(relation.object)}")

    def _names(self, refs: Iterable[str]) -> str:
        return ", ".join(map(self._name, refs))

    def side_and_context(self, row: int, record: Record) -> tuple[str, str]:
        """What stands at the right of its row, and what tells it from its namesakes."""
        side, context = self._side_and_context(row, record)
        return plain(side), self._apart.get(row) or plain(context)

    def _side_and_context(self, row: int, record: Record) -> tuple[str, str]:
        return _SIDE_AND_CONTEXT.get(type(record), _typed)(self, row, record)

    def _event(self, _: int, event: Event) -> tuple[str, str]:
        parent = f", part of {self._name(event.super_event)}" if event.super_event else ""
        when = when_in_words(event.date, event.start_time, event.date_basis)
        if not event.date and not parent:
            when = f"undated, {when}" if when else "undated"
        place = f", at {self._name(event.place)}" if event.place else ""
        return event.type, ", ".join(filter(None, (event.type, when))) + parent + place

    def _person(self, row: int, person: Person) -> tuple[str, str]:
        refs = list(dict.fromkeys(self._organisations.get(row, ())))[:ORGANISATIONS_SHOWN]
        return self._named_records.roles_or_type(row, person), self._names(refs) or NOT_STATED

    def _organisation(self, row: int, organisation: Organisation) -> tuple[str, str]:
        parent = f", unit of {self._name(organisation.parent)}" if organisation.parent else ""
        unnamed = ", unnamed" if organisation.unnamed else ""
        return self._named_records.roles_or_type(row, organisation), f"{organisation.type}{unnamed}{parent}"

    def _participation(self, _: int, participation: Participation) -> tuple[str, str]:
        behalf = self._names(participation.on_behalf_of) or NOT_STATED
        return participation.role, f"{behalf}, at {self._name(participation.event)}"

    def _question(self, _: int, question: Question) -> tuple[str, str]:
        number = self._statements.get(question.id, 0)
        occurrences = "; ".join(f"{o.act} at {self._name(o.event)}" for o in question.occurrences)
        return f"{number or 'no'} statement{'s' if number != 1 else ''}", occurrences

    def _place(self, _: int, place: Place) -> tuple[str, str]:
        return place.type, f"{place.type} in {self._name(place.parent)}" if place.parent else ""

    def _initiative(self, _: int, initiative: Initiative) -> tuple[str, str]:
        by = self._runs.get(initiative.id)
        return initiative.type, f"{initiative.type}, {by}" if by else initiative.type

    def _statement(self, _: int, statement: Statement) -> tuple[str, str]:
        who = self._names(statement.agents) or statement.unnamed or "the report"
        return statement.type, f"{who}, {self._name(statement.event)}" if statement.event else who

    def _gap(self, _: int, gap: Gap) -> tuple[str, str]:
        return gap.type, self._names(gap.about[:2])

    def dates(self, row: int, record: Record) -> tuple[int | None, int | None, str, int]:
        """Its first and last day, an event's own date in short words, and its flags."""
        if isinstance(record, Event):
            (first, last), flags = self._named_records.days[row]
            flags |= self._likeness(row)
            return first, last, when_in_words(record.date, record.start_time, short=True), flags
        unnamed = isinstance(record, Participation) and record.agent is None
        flags = Flag.UNNAMED if unnamed or getattr(record, "unnamed", None) else 0
        flags |= self._likeness(row)
        first, last = self._first[row], self._last[row]
        return first if -FAR < first < FAR else None, last if -FAR < last < FAR else None, "", flags

    def day_in_order(self, row: int, record: Record) -> int:
        """The day by which it stands among others; behind every day where it has none."""
        if isinstance(record, Event):
            day = self._named_records.days[row][0].in_order
            return FAR if day is None else day
        return self._in_order[row]

    def _likeness(self, row: int) -> int:
        """The flags that say how its label is like others."""
        alike = begins_alike(self._named_records.labels, row)
        return (Flag.NAMESAKE if row in self._apart else 0) | (Flag.ALIKE if alike else 0)

    def text(self, row: int, record: Record, label: str) -> str:
        """The search copy of its prose; where no name leads to it, of its label too."""
        match record:
            case Participation():
                if record.agent is None:
                    return _search_copy(f"{label} {record.title_as_stated}")
                agent, title = self._folded_name(record.agent), folded(record.title_as_stated)
                return " ".join(filter(None, (agent, folded(record.role), self._folded_name(record.event), title)))
            case Membership():
                person, title = self._folded_name(record.person), folded(record.title)
                return " ".join(filter(None, (person, title, self._folded_name(record.organisation))))
            case Statement() | Relation():
                return _search_copy(label)
            case Question():
                text = record.text
            case Event() | Organisation() | Initiative():
                text = record.summary
            case Gap():
                text = f"{record.label} {record.detail}"
            case Source():
                text = f"{record.label} {record.title}"
            case _:
                text = "" if row < len(self._named_records.labels) else label
        return _search_copy(text)

    def _folded_name(self, ref: str | None) -> str:
        row = self._rows.get(ref or "")
        names = self._named_records.folded
        if row is None or row >= len(names):
            return folded(ref or "")
        label = self._named_records.labels[row]
        return names[row] if label.isascii() else f"{names[row]} {_spellings(label)}".rstrip()


def _search_copy(text: str) -> str:
    """The folded text, and other spellings of its words."""
    return f"{fold(text)} {text_spellings(text)}".strip()


@lru_cache(maxsize=65536)
def _spellings(label: str) -> str:
    """Other spellings of the words of a name that many records have in their text."""
    return text_spellings(label)


def _add_first(organisations: dict[int, list[str]], person: int, refs: list[str]) -> None:
    """Add organisations to those of a person, as far as its row names them."""
    others = organisations.get(person)
    # The list of the record itself will do in most cases.
    organisations[person] = refs if others is None else list(dict.fromkeys((*others, *refs)))[:ORGANISATIONS_SHOWN]


def _typed(_: RowTexts, __: int, record: Any) -> tuple[str, str]:
    return (record.type, record.type) if hasattr(record, "type") else ("", "")


_SIDE_AND_CONTEXT: dict[type[Record], Callable[[RowTexts, int, Any], tuple[str, str]]] = {
    Event: RowTexts._event,
    Person: RowTexts._person,
    Participation: RowTexts._participation,
    Organisation: RowTexts._organisation,
    Question: RowTexts._question,
    Initiative: RowTexts._initiative,
    Topic: _typed,
    Place: RowTexts._place,
    Membership: lambda _, __, record: (record.title, date_in_words(record.last_attested, record.attested_basis)),
    Relation: lambda _, __, record: (record.type, kind_of(record.object)),
    Statement: RowTexts._statement,
    Source: lambda _, __, record: (record.type, date_in_words(record.published, record.published_basis)),
    Gap: RowTexts._gap,
}
"""Kind of record to what stands beside it."""
