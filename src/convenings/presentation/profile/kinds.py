"""What belongs in the profile of each kind of record, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import partial
from typing import TypeVar, cast

from convenings.domain.date_words import when
from convenings.domain.labels import NOT_STATED
from convenings.domain.records import (
    Event,
    Gap,
    Initiative,
    Membership,
    Occurrence,
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
from convenings.domain.roles import SPEAKING
from convenings.domain.text import plain
from convenings.presentation.profile.builder import MOST_LOOKED_AT, Entry, Maker, Records
from convenings.presentation.profile.sections import (
    act,
    attested,
    mentions,
    on_behalf,
    pointing_line,
    questions,
    relations,
    roles,
    statement_line,
    target_line,
    tied_line,
    topics,
)

R = TypeVar("R", bound=Record)

CONVENING = frozenset({"organiser", "co-organiser", "host", "sponsor", "supporter"})
SESSIONS_READ = 200
"""Rows of an event and its parts that are read for what took place in it."""


def _party(make: Maker, record: Participation, event: str, *, with_event: bool = True) -> Entry:
    """Who took part: the agent or the unnamed party, in which role, for whom, in which session."""
    person = bool(record.agent and record.agent.startswith("person/"))
    behalf = on_behalf(make, record)
    unknown = NOT_STATED if person and not behalf else ""
    said: list[str] = [record.role]
    if record.title_as_stated and person:
        said.append(record.title_as_stated)
    if behalf:
        said.append(behalf)
    if with_event and record.event != event:
        said.append(f"in {make.model.label(record.event)}")
    if record.count:
        said.append(record.count.as_stated)
    if record.agent:
        return make.entry(record.agent, ", ".join(said), unknown, record, "role", "agent")
    entry = make.entry(record.id, ", ".join(said), "not named", record, "role", "unnamed")
    return entry._replace(text=plain(record.unnamed or "unnamed"))


def _subtree(make: Maker) -> range:
    found = make.model.one(make.row)
    return range(make.row, make.row + min(found.span, SESSIONS_READ))


def _gathered(make: Maker, struct: type[R], field: str) -> Records[R]:
    """Records of a kind that point at an event or at one of its parts."""
    rows = {found for row in _subtree(make) for found in make.referring_rows(struct, field, row=row)}
    return Records(make.model, sorted(rows))


def event(make: Maker) -> None:
    """An event: when, where, part of what, who convened it, who spoke, what was asked and said."""
    record = cast(Event, make.record)
    time = f", {record.start_time}" if record.start_time else ""
    if record.date:
        make.fact(
            f"{record.type} · {when(record.date)}{time}", "date", "start_time", basis=record.date_basis or "stated"
        )
    else:
        own = "no date of its own" if make.model.one(make.row).first is not None else "date not stated"
        make.fact(record.type, "type", unknown=own)
    if record.place:
        place = make.model.find(record.place)
        whole = f", {make.model.label(place.parent)}" if isinstance(place, Place) and place.parent else ""
        make.fact(f"at {make.model.label(record.place)}{whole}", "place", ref=record.place, basis=record.place_basis)
    if record.super_event:
        make.fact(f"part of {make.model.label(record.super_event)}", "super_event", ref=record.super_event)
    make.names(record.names)
    span = make.model.one(make.row).span
    every = span <= SESSIONS_READ
    order = {make.model.one(row).id: row for row in _subtree(make)}
    taking_part = _in_order_of_parts(_gathered(make, Participation, "event"), order)
    named = len({p.agent for p in taking_part if p.agent and p.agent.startswith("person/")})
    if record.attendance:
        number = named or "none" if every else f"{named} or more"
        make.fact(f"{record.attendance.as_stated} took part, {number} named here", "attendance")
    make.fact(record.summary, "summary")
    if not every:
        make.fact("", unknown=f"of its {span - 1:,} parts the first {SESSIONS_READ - 1} are looked into here")
    party = partial(_party, make, event=record.id)
    make.section("Organised by", [p for p in taking_part if p.role in CONVENING], party, counted=every)
    make.section("Who spoke", [p for p in taking_part if p.role in SPEAKING], party, counted=every)
    rest = [p for p in taking_part if p.role not in CONVENING and p.role not in SPEAKING]
    make.section("Who else took part", rest, party, counted=every)
    make.section("Parts", make.referring_rows(Event, "super_event"), partial(_part, make))
    raised = _gathered(make, Question, "occurrences.event")
    make.section("Questions it raised", raised, partial(_occurrence_at, make, order), counted=every)
    said = _gathered(make, Statement, "event")
    make.section("What was said", said, partial(statement_line, make, here=record.id), counted=every)
    relations(make)
    mentions(make)
    topics(make, record.topics)
    make.gaps()


def _part(make: Maker, row: int) -> Entry:
    part = make.model.record(row)
    return make.entry(part.id, make.model.one(row).side, "", part, "super_event")


def _in_order_of_parts(parties: Iterable[Participation], order: Mapping[str, int]) -> list[Participation]:
    """Participations at the event itself first, then those in its parts, in the order of the parts."""
    return sorted(parties, key=lambda party: (order.get(party.event, 0), party.agent is None))


def _occurrence_at(make: Maker, inside: Container[str], question: Question) -> Entry:
    notes: list[str] = []
    numbers: list[int] = []
    for occurrence in question.occurrences:
        if occurrence.event in inside:
            note, found = act(make, question, occurrence)
            notes.append(note)
            numbers += found
    return make.entry(question.id, "; ".join(notes))._replace(numbers=tuple(dict.fromkeys(numbers)))


def person(make: Maker) -> None:
    """A person: roles, organisations, what they said, which questions it bears on."""
    record = cast(Person, make.record)
    make.names(record.names)
    if record.honorific:
        make.fact(f"{record.honorific} in the source", "honorific")
    found, _ = roles(make, "agent")
    if not found:
        make.fact("", unknown="not at any event here: only mentioned")
    make.section("Organisations", make.referring(Membership, "person"), partial(_member_of, make))
    statements = make.referring(Statement, "agent")
    questions(make, statements.rows)
    make.section("What they said", statements, partial(statement_line, make, speaker=False))
    relations(make)
    mentions(make)
    make.gaps()


def _member_of(make: Maker, record: Membership) -> Entry:
    return make.entry(record.organisation, attested(record), "", record, "title", "organisation")


def organisation(make: Maker) -> None:
    """An organisation: its roles, people, units, what was said for it, which questions it bears on."""
    record = cast(Organisation, make.record)
    make.fact(record.type, "type", unknown="" if record.unnamed is None else f"not named: {record.unnamed}")
    if record.parent:
        make.fact(f"unit of {make.model.label(record.parent)}", "parent", ref=record.parent, basis=record.parent_basis)
    if record.place:
        make.fact(f"in {make.model.label(record.place)}", "place", ref=record.place)
    make.names(record.names)
    make.fact(record.summary, "summary")
    taking_part, every = roles(make, "agent", "on_behalf_of")
    _people(make, taking_part, every)
    make.section("Units", make.referring(Organisation, "parent"), partial(pointing_line, make, "parent"))
    rows = sorted({*make.referring_rows(Statement, "agent"), *make.model.said_for(make.row)})
    questions(make, rows)
    make.section("What was said for it", Records[Statement](make.model, rows), partial(statement_line, make))
    relations(make)
    mentions(make)
    make.gaps()


def _people(make: Maker, taking_part: Sequence[Participation], every: bool) -> None:
    """People of an organisation: its members, and those who came for it.

    Args:
        make: The organisation.
        taking_part: Participations for it.
        every: Whether that is all of them.
    """
    members = make.referring(Membership, "organisation")
    people: dict[str, Membership | Participation] = {m.person: m for m in members[:MOST_LOOKED_AT]}
    for party in taking_part:
        if party.agent and party.agent != make.record.id:
            people.setdefault(party.agent, party)
    every = every and len(members) <= MOST_LOOKED_AT
    # Who is related to it is one of its people, unless it is by a relation.
    at_least = 0 if every else len(make.tied("person")) - len(make.referring_rows(Relation, "subject", "object"))

    def entry(item: tuple[str, Membership | Participation]) -> Entry:
        ref, found = item
        if isinstance(found, Membership):
            return make.entry(ref, attested(found), "", found, "title", "person")
        return make.entry(ref, found.title_as_stated or found.role, "", found, "on_behalf_of")

    make.section("People", people.items(), entry, at_least, counted=every)


def question(make: Maker) -> None:
    """A question: its wording, where it occurred, and every statement that bears on it."""
    record = cast(Question, make.record)
    make.fact(record.text, "text")
    number = f", number {record.number} in the report" if record.number else ""
    make.fact(f"{record.form}{number}", "form", "number")

    def where(occurrence: Occurrence) -> Entry:
        note, numbers = act(make, record, occurrence)
        unknown = "" if occurrence.agents else "nobody named as asking"
        return make.entry(occurrence.event, note, unknown)._replace(numbers=numbers)

    make.section("Where it occurred", record.occurrences, where)
    statements = make.referring(Statement, "themes")
    make.section("Statements that bear on it", statements, partial(statement_line, make))
    for title, pane in (("People", "speakers"), ("Organisations", "organisations")):
        make.section(title, make.tied(pane), partial(tied_line, make))
    topics(make, record.topics)
    silent = [] if statements else [Entry("No statement here bears on it", unknown="silent")]
    make.gaps(silent)


def initiative(make: Maker) -> None:
    """An initiative: what it is, who runs it, what was said of it."""
    record = cast(Initiative, make.record)
    make.fact(record.type, "type")
    make.names(record.names)
    make.fact(record.summary, "summary")
    relations(make)
    mentions(make)
    topics(make, record.topics)
    make.gaps()


def topic(make: Maker) -> None:
    """A topic: the events, questions, initiatives and statements it recurs in."""
    record = cast(Topic, make.record)
    make.fact(record.type, "type")
    make.names(record.names)
    if record.broader:
        make.fact(f"narrower than {make.model.label(record.broader)}", "broader", ref=record.broader)
    make.section("Narrower", make.referring(Topic, "broader"), lambda narrower: make.entry(narrower.id))
    make.section("Events", make.referring(Event, "topics"), partial(pointing_line, make, "topics"))
    make.section("Questions", make.referring(Question, "topics"), partial(pointing_line, make, "topics"))
    make.section("Initiatives", make.referring(Initiative, "topics"), partial(pointing_line, make, "topics"))
    make.section("Statements", make.referring(Statement, "themes"), partial(statement_line, make))
    mentions(make)
    make.gaps()


def place(make: Maker) -> None:
    """A place: what it is in, what is in it, what took place there."""
    record = cast(Place, make.record)
    make.fact(record.type, "type")
    make.names(record.names)
    if record.parent:
        make.fact(f"in {make.model.label(record.parent)}", "parent", ref=record.parent, basis=record.parent_basis)
    make.section("Places in it", make.referring(Place, "parent"), partial(pointing_line, make, "parent"))
    make.section("Events", make.referring(Event, "place"), partial(pointing_line, make, "place"))
    make.section("Organisations", make.referring(Organisation, "place"), partial(pointing_line, make, "place"))
    mentions(make)
    make.gaps()


def participation(make: Maker) -> None:
    """A participation: who, where, in which role, for whom, under which title."""
    record = cast(Participation, make.record)
    if record.agent:
        make.fact(make.model.label(record.agent), "agent", ref=record.agent)
    else:
        make.fact(record.unnamed or "unnamed", "unnamed", unknown="not named in the source")
    make.fact(
        f"{record.role} at {make.model.label(record.event)}", "role", "event", ref=record.event, basis=record.role_basis
    )
    for ref in record.on_behalf_of:
        make.fact(f"for {make.model.label(ref)}", "on_behalf_of", ref=ref)
    if not record.on_behalf_of and not (record.agent or "").startswith("organisation/"):
        make.fact("", unknown=NOT_STATED)
    make.fact(record.title_as_stated, "title_as_stated")
    if record.count:
        make.fact(f"how many: {record.count.as_stated}", "count")
    make.gaps()


def membership(make: Maker) -> None:
    """A membership: who, where, under which title, attested when."""
    record = cast(Membership, make.record)
    make.fact(make.model.label(record.person), "person", ref=record.person)
    make.fact(record.title, "title")
    make.fact(make.model.label(record.organisation), "organisation", ref=record.organisation)
    make.fact(f"attested {when(record.last_attested)}", "first_attested", "last_attested", basis=record.attested_basis)
    make.gaps()


def relation(make: Maker) -> None:
    """A relation: from what, how, to what."""
    record = cast(Relation, make.record)
    make.fact(make.model.label(record.subject), "subject", ref=record.subject)
    make.fact(record.as_stated or record.type, "type", "as_stated")
    make.fact(make.model.label(record.object), "object", ref=record.object)
    make.gaps()


def statement(make: Maker) -> None:
    """A statement: the claim, who made it, where, what it bears on and what it mentions."""
    record = cast(Statement, make.record)
    make.fact(record.summary, "summary")
    make.fact(record.type, "type")
    if record.agent:
        make.fact(f"said by {make.model.label(record.agent)}", "agent", ref=record.agent)
    else:
        make.fact(f"said by {record.unnamed}" if record.unnamed else "the report itself speaks", "unnamed", "summary")
    if record.event:
        make.fact(f"at {make.model.label(record.event)}", "event", ref=record.event)
    make.section("Bears on", record.themes, partial(target_line, make, "themes"))
    make.section("Mentions", record.mentions, partial(target_line, make, "mentions"))
    make.gaps()


def source(make: Maker) -> None:
    """A source: what it is, and its digest paragraph by paragraph."""
    record = cast(Source, make.record)
    make.fact(record.title, "title")
    make.fact(f"{record.type}, {record.paragraphs} paragraphs", "type")
    if record.published:
        make.fact(f"published {when(record.published)}", "published", basis=record.published_basis)
    else:
        make.fact("", unknown="date of publication not stated")
    make.fact(record.publisher or "", "publisher")
    make.section("Digest, in our own words", record.digest, lambda p: Entry(plain(f"{p.number}. {p.digest}")))
    make.gaps()


def gap(make: Maker) -> None:
    """A gap: what is left open, and which records it concerns."""
    record = cast(Gap, make.record)
    make.fact(record.type, "type")
    make.fact(record.detail, "detail")
    make.section("Concerns", record.about, partial(target_line, make, "about"))


COMPOSERS: dict[str, Callable[[Maker], None]] = {
    "event": event,
    "person": person,
    "organisation": organisation,
    "question": question,
    "initiative": initiative,
    "topic": topic,
    "place": place,
    "participation": participation,
    "membership": membership,
    "relation": relation,
    "statement": statement,
    "source": source,
    "gap": gap,
}
"""Kind to the function that composes its profile."""
