"""What belongs in the profile of each kind of record, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import partial
from typing import TypeVar, cast

from convenings.domain.dates import date_in_words, when_in_words
from convenings.domain.labels import NOT_STATED, tie_in_words
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
from convenings.presentation.profile.bearings import bearing_line, question_line
from convenings.presentation.profile.builder import MOST_DECODED, ProfileBuilder, Records
from convenings.presentation.profile.sections import (
    act,
    attested,
    event_line,
    mentions,
    on_behalf,
    part_line,
    pointing_line,
    questions,
    related_line,
    relations,
    roles,
    statement_line,
    target_line,
    topics,
)
from convenings.presentation.profile.value import Entry

R = TypeVar("R", bound=Record)

CONVENING = frozenset({"organiser", "co-organiser", "host", "sponsor", "supporter"})
SESSIONS_READ = 200
"""Rows of an event and its parts that are read for what took place in it."""


def _party(builder: ProfileBuilder, record: Participation, event: str) -> Entry:
    """Who took part: the agent or the unnamed party, in which role, for whom, in which session."""
    person = bool(record.agent and record.agent.startswith("person/"))
    behalf = on_behalf(builder, record)
    unknown = NOT_STATED if person and not behalf else ""
    notes: list[str] = [record.role]
    if record.title_as_stated and person:
        notes.append(record.title_as_stated)
    if behalf:
        notes.append(behalf)
    if record.event != event:
        notes.append(f"in {builder.label(record.event)}")
    if record.count:
        notes.append(record.count.as_stated)
    if record.agent:
        return builder.entry(record.agent, ", ".join(notes), unknown, record, "role", "agent")
    entry = builder.entry(record.id, ", ".join(notes), "not named", record, "role", "unnamed")
    return entry._replace(text=plain(record.unnamed or "unnamed"))


def _gathered(builder: ProfileBuilder, rows: Iterable[int], struct: type[R], field: str) -> Records[R]:
    """Records of a kind that point at an event or at one of its parts, which are in some rows."""
    pointing = {other for row in rows for other in builder.referring_rows(struct, field, row=row)}
    return builder.records(struct, sorted(pointing))


def event(builder: ProfileBuilder) -> None:
    """An event: when, where, part of what, who convened it, who spoke, what was asked and said."""
    record = cast(Event, builder.record)
    size = builder.model.one(builder.row).size
    every = size <= SESSIONS_READ
    inside = range(builder.row, builder.row + min(size, SESSIONS_READ))
    builder.load_referrers(inside)
    parties = _gathered(builder, inside, Participation, "event")
    order = {part.id: part.row for part in builder.model.load([*parties.rows, *inside])[len(parties) :]}
    builder.read(parties.rows)
    when = when_in_words(record.date, record.start_time)
    if record.date:
        builder.fact(
            f"{record.type} · {when}",
            "date",
            "start_time",
            basis=record.date_basis or "stated",
        )
    else:
        dated = builder.model.one(builder.row).first is not None
        what = f"{record.type} · {when}" if when else record.type
        builder.fact(what, "type", "start_time", unknown="no date of its own" if dated else "date not stated")
    if record.place:
        place = builder.model.find(record.place)
        whole = f", {builder.label(place.parent)}" if isinstance(place, Place) and place.parent else ""
        builder.fact(f"at {builder.label(record.place)}{whole}", "place", ref=record.place, basis=record.place_basis)
    if record.super_event:
        builder.fact(f"part of {builder.label(record.super_event)}", "super_event", ref=record.super_event)
    builder.names(record.names)
    taking_part = _in_order_of_parts(parties, order)
    people = len({p.agent for p in taking_part if p.agent and p.agent.startswith("person/")})
    if record.attendance:
        number = people or "none" if every else f"{people} or more"
        builder.fact(f"{record.attendance.as_stated} took part, {number} named here", "attendance")
    builder.fact(record.summary, "summary")
    if not every:
        builder.fact("", unknown=f"of its {size - 1:,} parts the first {SESSIONS_READ - 1} are looked into here")
    party = partial(_party, builder, event=record.id)
    builder.section("Organised by", [p for p in taking_part if p.role in CONVENING], party, counted=every)
    builder.section("Who spoke", [p for p in taking_part if p.role in SPEAKING], party, counted=every)
    rest = [p for p in taking_part if p.role not in CONVENING and p.role not in SPEAKING]
    builder.section("Who else took part", rest, party, counted=every)
    builder.section("Parts", builder.referring(Event, "super_event"), partial(part_line, builder))
    raised = _gathered(builder, inside, Question, "occurrences.event")
    builder.section("Questions it raised", raised, partial(_occurrence_at, builder, order), counted=every)
    statements = _gathered(builder, inside, Statement, "event")
    builder.section("What was said", statements, partial(statement_line, builder, here=record.id), counted=every)
    relations(builder)
    mentions(builder)
    topics(builder, record.topics)
    builder.gaps()


def _in_order_of_parts(parties: Iterable[Participation], order: Mapping[str, int]) -> list[Participation]:
    """Participations at the event itself first, then those in its parts, in the order of the parts."""
    return sorted(parties, key=lambda party: (order.get(party.event, 0), party.agent is None))


def _occurrence_at(builder: ProfileBuilder, inside: Container[str], question: Question) -> Entry:
    notes: list[str] = []
    numbers: list[int] = []
    for occurrence in question.occurrences:
        if occurrence.event in inside:
            note, cited = act(builder, question, occurrence)
            notes.append(note)
            numbers += cited
    return builder.entry(question.id, "; ".join(notes))._replace(numbers=tuple(dict.fromkeys(numbers)))


def person(builder: ProfileBuilder) -> None:
    """A person: roles, organisations, what they said, which questions it bears on."""
    record = cast(Person, builder.record)
    builder.names(record.names)
    if record.honorific:
        builder.fact(f"{record.honorific} in the source", "honorific")
    parties, members = builder.referring_rows(Participation, "agent"), builder.referring(Membership, "person")
    roles(builder, parties)
    if not parties:
        builder.fact("", unknown="not at any event here: only mentioned")
    builder.section("Organisations", members, partial(_member_of, builder))
    statements = builder.referring(Statement, "agents")
    questions(builder, statements.rows)
    builder.section("What they said", statements, partial(statement_line, builder, speaker=False))
    relations(builder)
    mentions(builder)
    builder.gaps()


def _member_of(builder: ProfileBuilder, record: Membership) -> Entry:
    return builder.entry(record.organisation, attested(record), "", record, "title", "organisation")


def organisation(builder: ProfileBuilder) -> None:
    """An organisation: its roles, people, units, what was said for it, which questions it bears on."""
    record = cast(Organisation, builder.record)
    parties = builder.referring_rows(Participation, "agent", "on_behalf_of")
    members = builder.referring(Membership, "organisation")
    taking_part = roles(builder, parties, members.rows)
    builder.fact(record.type, "type", unknown="" if record.unnamed is None else f"not named: {record.unnamed}")
    if record.parent:
        builder.fact(f"unit of {builder.label(record.parent)}", "parent", ref=record.parent, basis=record.parent_basis)
    if record.place:
        builder.fact(f"in {builder.label(record.place)}", "place", ref=record.place)
    builder.names(record.names)
    builder.fact(record.summary, "summary")
    _people(builder, members, taking_part, every=len(taking_part) == len(parties))
    builder.section("Units", builder.referring(Organisation, "parent"), partial(pointing_line, builder, "parent"))
    rows = sorted({*builder.referring_rows(Statement, "agents"), *builder.model.on_behalf(builder.row)})
    questions(builder, rows)
    statements = builder.records(Statement, rows)
    builder.section("What was said for it", statements, partial(statement_line, builder))
    relations(builder)
    mentions(builder)
    builder.gaps()


def _people(
    builder: ProfileBuilder, members: Sequence[Membership], taking_part: Sequence[Participation], *, every: bool
) -> None:
    """People of an organisation: its members, and those who came for it.

    Args:
        builder: The profile of the organisation.
        members: Its memberships.
        taking_part: Participations for it.
        every: Whether that is all of them.
    """
    people: dict[str, Membership | Participation] = {m.person: m for m in members[:MOST_DECODED]}
    for party in taking_part:
        if party.agent and party.agent != builder.record.id:
            people.setdefault(party.agent, party)
    every = every and len(members) <= MOST_DECODED
    # Who is related to it is one of its people, unless it is by a relation.
    at_least = (
        0 if every else len(builder.related("person")) - len(builder.referring_rows(Relation, "subject", "object"))
    )
    builder.section("People", list(people.values()), partial(_person_of, builder), at_least, counted=every)


def _person_of(builder: ProfileBuilder, record: Membership | Participation) -> Entry:
    if isinstance(record, Membership):
        return builder.entry(record.person, attested(record), "", record, "title", "person")
    return builder.entry(record.agent or "", record.title_as_stated or record.role, "", record, "on_behalf_of")


def question(builder: ProfileBuilder) -> None:
    """A question: its wording, where it occurred, and every statement that bears on it."""
    record = cast(Question, builder.record)
    builder.fact(record.text, "text")
    number = f", number {record.number} in the report" if record.number else ""
    builder.fact(f"{record.form}{number}", "form", "number")

    def where(occurrence: Occurrence) -> Entry:
        note, numbers = act(builder, record, occurrence)
        unknown = "" if occurrence.agents or occurrence.act == "asked by the report" else "nobody named as asking"
        return builder.entry(occurrence.event, note, unknown)._replace(numbers=numbers)

    builder.section("Where it occurred", record.occurrences, where)
    statements = builder.referring(Statement, "questions")
    builder.section("Statements that bear on it", statements, partial(bearing_line, builder))
    relations(builder)
    for title, pane in (("People", "speakers"), ("Organisations", "organisations")):
        builder.section(title, builder.related(pane), partial(related_line, builder))
    topics(builder, record.topics)
    silent = [] if statements else [Entry("No statement here bears on it", unknown="silent")]
    builder.gaps(silent)


def initiative(builder: ProfileBuilder) -> None:
    """An initiative: what it is, who runs it, what was said of it."""
    record = cast(Initiative, builder.record)
    builder.fact(record.type, "type")
    builder.names(record.names)
    builder.fact(record.summary, "summary")
    relations(builder)
    mentions(builder)
    topics(builder, record.topics)
    builder.gaps()


def topic(builder: ProfileBuilder) -> None:
    """A topic: the events, questions, initiatives and statements it recurs in."""
    record = cast(Topic, builder.record)
    builder.fact(record.type, "type")
    builder.names(record.names)
    if record.broader:
        builder.fact(f"narrower than {builder.label(record.broader)}", "broader", ref=record.broader)
    builder.section("Narrower", builder.referring(Topic, "broader"), lambda narrower: builder.entry(narrower.id))
    builder.section("Events", builder.referring(Event, "topics"), partial(event_line, builder, "topics"))
    builder.section("Questions", builder.referring(Question, "topics"), partial(pointing_line, builder, "topics"))
    builder.section("Initiatives", builder.referring(Initiative, "topics"), partial(pointing_line, builder, "topics"))
    builder.section("Statements", builder.referring(Statement, "topics"), partial(statement_line, builder))
    relations(builder)
    mentions(builder)
    builder.gaps()


def place(builder: ProfileBuilder) -> None:
    """A place: what it is in, what is in it, what took place there."""
    record = cast(Place, builder.record)
    builder.fact(record.type, "type")
    builder.names(record.names)
    if record.parent:
        builder.fact(f"in {builder.label(record.parent)}", "parent", ref=record.parent, basis=record.parent_basis)
    builder.section("Places in it", builder.referring(Place, "parent"), partial(pointing_line, builder, "parent"))
    builder.section("Events", builder.referring(Event, "place"), partial(event_line, builder, "place"))
    builder.section("Organisations", builder.referring(Organisation, "place"), partial(pointing_line, builder, "place"))
    mentions(builder)
    builder.gaps()


def participation(builder: ProfileBuilder) -> None:
    """A participation: who, where, in which role, for whom, under which title."""
    record = cast(Participation, builder.record)
    if record.agent:
        builder.fact(builder.label(record.agent), "agent", ref=record.agent)
    else:
        builder.fact(record.unnamed or "unnamed", "unnamed", unknown="not named in the source")
    builder.fact(
        f"{record.role} at {builder.label(record.event)}",
        "role",
        "event",
        ref=record.event,
        basis=record.role_basis,
    )
    for ref in record.on_behalf_of:
        builder.fact(f"for {builder.label(ref)}", "on_behalf_of", ref=ref)
    if not record.on_behalf_of and not (record.agent or "").startswith("organisation/"):
        builder.fact("", unknown=NOT_STATED)
    builder.fact(record.title_as_stated, "title_as_stated")
    if record.count:
        builder.fact(f"how many: {record.count.as_stated}", "count")
    builder.gaps()


def membership(builder: ProfileBuilder) -> None:
    """A membership: who, where, under which title, attested when."""
    record = cast(Membership, builder.record)
    builder.fact(builder.label(record.person), "person", ref=record.person)
    builder.fact(record.title, "title")
    builder.fact(builder.label(record.organisation), "organisation", ref=record.organisation)
    builder.fact(
        f"attested {date_in_words(record.last_attested)}",
        "first_attested",
        "last_attested",
        basis=record.attested_basis,
    )
    builder.gaps()


def relation(builder: ProfileBuilder) -> None:
    """A relation: from what, how, to what."""
    record = cast(Relation, builder.record)
    builder.fact(builder.label(record.subject), "subject", ref=record.subject)
    builder.fact(tie_in_words(record), "type")
    builder.fact(f"in the source: {record.as_stated}" if record.as_stated else "", "as_stated")
    builder.fact(builder.label(record.object), "object", ref=record.object)
    builder.gaps()


def statement(builder: ProfileBuilder) -> None:
    """A statement: the claim, who made it, where, what it bears on and what it mentions."""
    record = cast(Statement, builder.record)
    builder.fact(record.summary, "summary")
    builder.fact(record.type, "type")
    for agent in record.agents:
        builder.fact(f"said by {builder.label(agent)}", "agents", ref=agent)
    otherwise = f"said by {record.unnamed}" if record.unnamed else "the report itself speaks"
    builder.fact("" if record.agents else otherwise, "unnamed", "summary")
    if record.event:
        builder.fact(f"at {builder.label(record.event)}", "event", ref=record.event)
    builder.section("Questions it bears on", record.questions, partial(question_line, builder))
    topics(builder, record.topics)
    builder.section("Mentions", record.mentions, partial(target_line, builder, "mentions"))
    builder.gaps()


def source(builder: ProfileBuilder) -> None:
    """A source: what it is, and its digest paragraph by paragraph."""
    record = cast(Source, builder.record)
    builder.fact(record.title, "title")
    builder.fact(f"{record.type}, {record.paragraphs} paragraphs", "type")
    if record.published:
        builder.fact(f"published {date_in_words(record.published)}", "published", basis=record.published_basis)
    else:
        builder.fact("", unknown="date of publication not stated")
    publisher = builder.label(record.published_by) if record.published_by else record.publisher or ""
    builder.fact(publisher, "publisher", "published_by", ref=record.published_by or "")
    builder.section("Digest, in our own words", record.digest, lambda p: Entry(plain(f"{p.number}. {p.digest}")))
    builder.gaps()


def gap(builder: ProfileBuilder) -> None:
    """A gap: what is left open, and which records it concerns."""
    record = cast(Gap, builder.record)
    builder.fact(record.type, "type")
    builder.fact(record.detail, "detail")
    builder.section("Concerns", record.about, partial(target_line, builder, "about"))


COMPOSERS: dict[str, Callable[[ProfileBuilder], None]] = {
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
