"""Runs in the builder, main thread.

What the row of a record says beside its label, when it was, and the text it is found by."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from convenings.domain.dates import EdtfError, date_in_words, parse, when_in_words
from convenings.domain.event_times import status_in_words
from convenings.domain.kinds import kind_of
from convenings.domain.labels import NO_ORGANISATIONS, NOT_STATED, ONGOING, membership_in_words
from convenings.domain.markup import words_of_others
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
from convenings.domain.spelling import text_spellings
from convenings.domain.text import plain
from convenings.index.build.all_records import AllRecords
from convenings.index.build.named_records import roles_in
from convenings.index.build.namesakes import contexts_of_namesakes, rows_alike
from convenings.index.build.reasons import in_words, marked, occurrence_key, of_statements
from convenings.index.build.related_rows import INDEPENDENT_TYPES
from convenings.index.build.row_order import FAR, NO_DAYS, event_days
from convenings.index.build.search_terms import folded, searched
from convenings.index.build.silence import Silence
from convenings.index.rows import Flag

ORGANISATIONS_SHOWN, RUNNERS_SHOWN = 2, 2
"""How many organisations the row of a person names, and that of an initiative; "+2" stands for the others."""
WORDED_BY_US = "worded by us"
"""What tells a question that the source only reports from one that it words."""
BY = {"runs": "run by", "initiated": "initiated by", "co-organises": "co-organised by"}
"""Relation to how its object speaks of its subject."""


class RowTexts:
    """Describes records by looking at what points at them."""

    def __init__(self, all_records: AllRecords) -> None:
        self._all_records, self._named_records = all_records, all_records.named_records
        self._rows, self._name = all_records.rows, all_records.label_of_ref
        self._organisations: dict[int, dict[str, bool]] = {}
        """Row of a person to the organisations it came for or is a member of, and whether that is inferred."""
        self._statements: dict[str, int] = defaultdict(int)
        """Theme to the statements on it, as a sum of :func:`~convenings.index.build.reasons.of_statements`."""
        self._runs: dict[str, dict[str, None]] = defaultdict(dict)
        """Initiative to who runs it, in words."""
        number = len(all_records.records)
        self._first, self._last = array("q", [FAR]) * number, array("q", [-FAR]) * number
        """By row, the earliest and the latest day of the events it took part in or was raised at. Where none has a day
        the last lies before the first; where one of them is open, it is at -FAR or FAR."""
        self._in_order = array("q", [FAR]) * number
        """By row, the day of the earliest of these events by which that stands among others."""
        self._days = event_days([event for _, event in all_records.of(Event)], INDEPENDENT_TYPES)
        self._participations()
        self._memberships()
        self._silence = Silence(all_records)
        self._others()
        self._apart = contexts_of_namesakes(all_records, self._side_and_context)
        """Row of a record with namesakes to what tells it apart."""
        self._alike = rows_alike(self._named_records.labels)

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
                self._add_organisations(agent, participation.on_behalf_of, self._inferred(row, "on_behalf_of"))
            for organisation in participation.on_behalf_of:
                if (behalf := row_of(organisation)) is not None:
                    self._widen(behalf, participation.event)

    def _memberships(self) -> None:
        for row, membership in self._all_records.of(Membership):
            if (person := self._rows.get(membership.person)) is not None:
                self._add_organisations(person, [membership.organisation], self._inferred(row, "organisation"))

    def _add_organisations(self, person: int, refs: Sequence[str], inferred: bool) -> None:
        if refs:
            others = self._organisations.setdefault(person, {})
            for ref in refs:
                others[ref] = others.get(ref, True) and inferred

    def _inferred(self, row: int, *fields: str) -> bool:
        """Whether any of some fields of a record is inferred."""
        return not self._all_records.inferred(row).isdisjoint(fields)

    def _others(self) -> None:
        for row, statement in self._all_records.of(Statement):
            for bearing in statement.questions:
                self._statements[bearing.question] += of_statements(inferred=bearing.basis == "inferred")
            if statement.event:
                self._widen(row, statement.event)
        for row, question in self._all_records.of(Question):
            for occurrence in question.occurrences:
                self._widen(row, occurrence.event)
        for row, relation in self._all_records.of(Relation):
            if relation.type in BY:
                inferred = self._inferred(row, "type", "subject", "object")
                by = marked(f"{BY[relation.type]} {self._name(relation.subject)}", inferred)
                self._runs[relation.object][by] = None
            elif relation.type == "housed at":
                inferred = self._inferred(row, "type", "subject", "object")
                self._runs[relation.subject][marked(f"at {self._name(relation.object)}", inferred)] = None

    def _names(self, refs: Iterable[str]) -> str:
        return ", ".join(map(self._name, refs))

    def side_and_context(self, row: int, record: Record) -> tuple[str, str]:
        """What stands at the right of its row, and what tells it from its namesakes."""
        side, context = self._side_and_context(row, record)
        return plain(side), self._apart.get(row) or plain(context)

    def _side_and_context(self, row: int, record: Record) -> tuple[str, str]:
        return _SIDE_AND_CONTEXT.get(type(record), _typed)(self, row, record)

    def _event(self, row: int, event: Event) -> tuple[str, str]:
        parent = f", part of {self._name(event.super_event)}" if event.super_event else ""
        when = when_in_words(event.date, event.start_time, event.date_basis, end_time=event.end_time)
        if not event.date and not parent:
            when = f"undated, {when}" if when else "undated"
        place = f", at {self._name(event.place)}" if event.place else ""
        type_ = marked(event.type, self._inferred(row, "type"))
        status = status_in_words(event.status, event.moved_from)
        side = f"{event.type}, {event.status}" if event.status else event.type
        return side, ", ".join(filter(None, (type_, status, when))) + parent + place

    def _person(self, row: int, person: Person) -> tuple[str, str]:
        organisations = self._organisations.get(row, {})
        names = [marked(self._name(ref), mark) for ref, mark in islice(organisations.items(), ORGANISATIONS_SHOWN)]
        more = len(organisations) - len(names)
        listed = ", ".join(names) + (f" +{more}" if more > 0 else "")
        took_part = row in self._named_records.roles
        return self._named_records.roles_or_type(row, person), listed or (self._not_stated(row) if took_part else "")

    def _not_stated(self, row: int) -> str:
        """That no organisation is stated; nothing where its sources state none at all, and say so themselves."""
        return "" if self._silence.is_silent(row) else NOT_STATED

    def _source(self, row: int, source: Source) -> tuple[str, str]:
        when = date_in_words(source.published, source.published_basis) if source.published else ""
        form = source.media_type.partition(";")[0] if source.type == "data" else ""
        silent = NO_ORGANISATIONS if row in self._silence.sources else ""
        what = ", ".join(filter(None, (when, plain(form), silent)))
        return source.type, what if what or source.type == "data" else date_in_words(None)

    def _organisation(self, row: int, organisation: Organisation) -> tuple[str, str]:
        inferred = organisation.parent_basis == "inferred" or self._inferred(row, "parent")
        parent = marked(f", unit of {self._name(organisation.parent)}", inferred) if organisation.parent else ""
        unnamed = ", unnamed" if organisation.unnamed else ""
        return self._named_records.roles_or_type(row, organisation), f"{organisation.type}{unnamed}{parent}"

    def _participation(self, row: int, participation: Participation) -> tuple[str, str]:
        is_person = not (participation.agent or "").startswith(("organisation/", "initiative/"))
        behalf = marked(self._names(participation.on_behalf_of), self._inferred(row, "on_behalf_of"))
        at = f"at {self._name(participation.event)}"
        who = behalf if participation.on_behalf_of else self._not_stated(row) if is_person else ""
        roles = ", ".join(roles_in(self._named_records.roles.get(row, 0))) or participation.role
        return marked(roles, participation.role_basis == "inferred"), ", ".join(filter(None, (who, at)))

    def _question(self, row: int, question: Question) -> tuple[str, str]:
        inferred = self._all_records.inferred(row)
        occurrences = "; ".join(
            f"{marked(o.act, occurrence_key(number) in inferred)} at {self._name(o.event)}"
            for number, o in enumerate(question.occurrences)
        )
        wording = (
            f"number {question.number}" if question.number else WORDED_BY_US if question.form == "indirect" else ""
        )
        number = self._statements.get(question.id, 0)
        return in_words(number) if number else "no statements", " · ".join(filter(None, (wording, occurrences)))

    def _place(self, row: int, place: Place) -> tuple[str, str]:
        inferred = place.parent_basis == "inferred" or self._inferred(row, "parent")
        return place.type, marked(f"{place.type} in {self._name(place.parent)}", inferred) if place.parent else ""

    def _initiative(self, _: int, initiative: Initiative) -> tuple[str, str]:
        by = list(self._runs.get(initiative.id, ()))
        more = f" +{len(by) - RUNNERS_SHOWN}" if len(by) > RUNNERS_SHOWN else ""
        return initiative.type, ", ".join((initiative.type, *by[:RUNNERS_SHOWN])) + more

    def _statement(self, row: int, statement: Statement) -> tuple[str, str]:
        name = self._names(statement.agents) or statement.unnamed or "the report"
        who = marked(name, self._inferred(row, "agents", "unnamed"))
        if not statement.event:
            return statement.type, who
        return statement.type, f"{who}, {marked(self._name(statement.event), self._inferred(row, 'event'))}"

    def _membership(self, _: int, membership: Membership) -> tuple[str, str]:
        return membership.title, membership_in_words(membership)

    def _relation(self, row: int, relation: Relation) -> tuple[str, str]:
        inferred = self._inferred(row, "type", "subject", "object")
        return marked(relation.type, inferred), kind_of(relation.object)

    def _gap(self, _: int, gap: Gap) -> tuple[str, str]:
        return gap.type, self._names(gap.about[:2])

    def dates(self, row: int, record: Record) -> tuple[int | None, int | None, str, int]:
        """Its first and last day, an event's own date in short words, and its flags."""
        if isinstance(record, Event):
            (first, last), flags = self._named_records.days[row]
            flags |= self._likeness(row)
            flags |= Flag.CANCELLED if record.status == "cancelled" else 0
            date = when_in_words(record.date, record.start_time, short=True, end_time=record.end_time)
            return first, last, date, flags
        if isinstance(record, Membership):
            first, last = _held(record)
            return first, last, "", 0
        if isinstance(record, Source):
            first, last = _days(record.published)
            return first, last, "", 0
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
        return (Flag.NAMESAKE if row in self._apart else 0) | (Flag.ALIKE if row in self._alike else 0)

    def text(self, row: int, record: Record, label: str, shown: tuple[str, str]) -> str:
        """The search copy of all that it is found by besides its names: what its row shows, and its prose.

        Args:
            row: Its row.
            record: The record.
            label: Its label.
            shown: What stands beside the label, as :meth:`side_and_context` gives it.
        """
        parts = [copy for words in words_of_others(record) if (copy := searched(words))]
        if isinstance(record, Event):
            # No list shows of what it is part; to filter by that is what its key is for.
            own = record.summary if record.date or record.super_event else f"{record.summary} undated"
            status = status_in_words(record.status, None)
            return " ".join(filter(None, (searched(own), folded(record.type_as_stated), folded(status), *parts)))
        if isinstance(record, Participation):
            party = searched(label) if record.agent is None else self._folded_name(record.agent)
            parts += [party, folded(record.title_as_stated), folded(record.role_as_stated)]
        elif isinstance(record, Membership):
            parts += [self._folded_name(record.person), self._folded_name(record.organisation), folded(record.post)]
        elif (prose := _PROSE.get(type(record))) is not None:
            parts.append(searched(prose(record)))
        elif row >= len(self._named_records.labels):
            parts.append(searched(label))
        return " ".join(filter(None, (*parts, *map(folded, shown))))

    def is_unaffiliated(self, row: int, record: Record) -> bool:
        """Whether its row says that no organisation is stated, where one might be."""
        if isinstance(record, Person):
            return not self._organisations.get(row)
        if not isinstance(record, Participation):
            return False
        return not record.on_behalf_of and (record.agent is None or record.agent.startswith("person/"))

    def _folded_name(self, ref: str | None) -> str:
        row = self._rows.get(ref or "")
        names = self._named_records.folded
        if row is None or row >= len(names):
            return folded(ref or "")
        label = self._named_records.labels[row]
        return names[row] if label.isascii() else f"{names[row]} {_spellings(label)}".rstrip()


@lru_cache(maxsize=65536)
def _spellings(label: str) -> str:
    """Other spellings of the words of a name that many records have in their text."""
    return text_spellings(label)


def _days(date: str | None) -> tuple[int | None, int | None]:
    """First and last day of a date; nothing of one that is absent or cannot be read."""
    if not date:
        return None, None
    try:
        days = parse(date)
    except EdtfError:
        return None, None
    return days.earliest, days.latest


def _held(record: Membership) -> tuple[int | None, int | None]:
    """First and last day on which a membership was held, or else is attested; of one attested date alone, its days.

    What has begun and is not said to have ended is open.
    """
    first, last = record.start or record.first_attested, record.end or record.last_attested
    if record.end == ONGOING:
        return _days(first or record.last_attested)[0], None
    if record.start is None and record.end is None:
        begin = _days(first or last)
        return begin[0], _days(last)[1] if last else begin[1]
    return _days(first)[0], _days(last)[1]


def _typed(_: RowTexts, __: int, record: Any) -> tuple[str, str]:
    return (record.type, record.type) if hasattr(record, "type") else ("", "")


_PROSE: dict[type[Record], Callable[[Any], str]] = {
    Question: lambda record: record.text,
    Organisation: lambda record: record.summary,
    Initiative: lambda record: record.summary,
    Gap: lambda record: f"{record.label} {record.detail}",
    Source: lambda record: f"{record.label} {record.title}",
    Place: lambda record: record.address,
}
"""Kind of record to what is said of it beside its name; others with a name have nothing, and those without a label."""

_SIDE_AND_CONTEXT: dict[type[Record], Callable[[RowTexts, int, Any], tuple[str, str]]] = {
    Event: RowTexts._event,
    Person: RowTexts._person,
    Participation: RowTexts._participation,
    Organisation: RowTexts._organisation,
    Question: RowTexts._question,
    Initiative: RowTexts._initiative,
    Topic: _typed,
    Place: RowTexts._place,
    Membership: RowTexts._membership,
    Relation: RowTexts._relation,
    Statement: RowTexts._statement,
    Source: RowTexts._source,
    Gap: RowTexts._gap,
}
"""Kind of record to what stands beside it."""
