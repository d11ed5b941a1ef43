"""What belongs in the profile of each kind of record, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

from convenings.domain.dates import date_in_words
from convenings.domain.labels import attested_in_words, held_in_words, tie_in_words
from convenings.domain.record_values import Occurrence
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
    Relation,
    Source,
    Statement,
    Topic,
)
from convenings.domain.text import plain
from convenings.presentation.names import language_in_words
from convenings.presentation.profile.bearings import bearing_line, question_line
from convenings.presentation.profile.builder import MOST_DECODED, ProfileBuilder
from convenings.presentation.profile.event import event
from convenings.presentation.profile.sections import (
    act,
    event_line,
    membership_notes,
    mentions,
    not_stated,
    pointing_line,
    questions,
    related_line,
    relations,
    role_basis,
    roles,
    says_more,
    silence_on_organisations,
    statement_line,
    target_line,
    topics,
)
from convenings.presentation.profile.value import INFERRED, Entry


def person(builder: ProfileBuilder) -> None:
    """A person: roles, organisations, what they said, which questions it bears on."""
    record = cast(Person, builder.record)
    builder.names(record.names)
    if record.honorific:
        builder.fact(f"{record.honorific} in the source", "honorific")
    parties, members = builder.referring_rows(Participation, "agent"), builder.referring(Membership, "person")
    roles(builder, parties)
    statements = builder.referring(Statement, "agents")
    if not parties:
        builder.fact("", unknown=f"no role at any event here{_known_by(builder, members, statements)}")
    builder.section("Organisations", members, partial(_member_of, builder))
    questions(builder, "Questions they bear on", statements.rows, {builder.record.id})
    builder.section("What they said", statements, partial(statement_line, builder, speaker=False, link="agents"))
    relations(builder)
    mentions(builder, statements.rows)
    builder.gaps()


def _known_by(builder: ProfileBuilder, members: Sequence[Membership], statements: Sequence[Statement]) -> str:
    """By what a person is known who has no role."""
    if statements:
        return ": known by a statement"
    if members:
        return ": known by a membership"
    return ": only mentioned" if builder.referring_rows(Statement, "mentions") else ""


def _member_of(builder: ProfileBuilder, record: Membership) -> Entry:
    return builder.entry(record.organisation, membership_notes(builder, record), "", record, "title", "organisation")


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
    questions(
        builder, "Questions it bears on", rows, {record.id, *(party.agent for party in taking_part if party.agent)}
    )
    statements = builder.records(Statement, rows)
    builder.section("What was said for it", statements, partial(_said_for, builder, taking_part))
    relations(builder)
    mentions(builder, rows)
    builder.gaps()


def _said_for(builder: ProfileBuilder, taking_part: Sequence[Participation], record: Statement) -> Entry:
    """A statement by an organisation or for it; inferred where it is inferred who made it, or that it was for it."""
    line = statement_line(builder, record, link="agents")
    came = [p for p in taking_part if p.agent in record.agents and p.agent != builder.record.id]
    there = [p for p in came if p.event == record.event] or came
    inferred = there and all(role_basis(builder, p, "on_behalf_of") == "inferred" for p in there)
    return line._replace(basis="inferred" if inferred else line.basis)


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
    people: dict[str, list[Membership | Participation]] = {}
    for member in members[:MOST_DECODED]:
        people.setdefault(member.person, []).append(member)
    for party in taking_part:
        if party.agent and party.agent != builder.record.id and party.agent not in people:
            people[party.agent] = [party]
    every = every and len(members) <= MOST_DECODED
    # Who is related to it is one of its people, unless it is by a relation.
    at_least = (
        0 if every else len(builder.related("person")) - len(builder.referring_rows(Relation, "subject", "object"))
    )
    builder.section("People", list(people.values()), partial(_person_of, builder), at_least, counted=every)


def _person_of(builder: ProfileBuilder, ties: Sequence[Membership | Participation]) -> Entry:
    """A person with every post in the organisation, or else with what it came there as."""
    first = ties[0]
    if isinstance(first, Participation):
        note = first.title_as_stated or first.role
        return builder.entry(first.agent or "", note, "", first, "on_behalf_of")
    posts = [tie for tie in ties if isinstance(tie, Membership)]
    lines = [builder.entry(post.person, membership_notes(builder, post), "", post, "title", "person") for post in posts]
    marks = [INFERRED if line.basis == "inferred" and len(lines) > 1 else "" for line in lines]
    note = "; ".join(f"{line.note}{mark}" for line, mark in zip(lines, marks, strict=True))
    numbers = dict.fromkeys(number for line in lines for number in line.numbers)
    basis = lines[0].basis if len(lines) == 1 else "stated"
    return lines[0]._replace(note=note, numbers=tuple(numbers), basis=basis)


def question(builder: ProfileBuilder) -> None:
    """A question: its wording, where it occurred, and every statement that bears on it."""
    record = cast(Question, builder.record)
    builder.fact(record.text, "text")
    number = f", number {record.number} in the report" if record.number else ""
    builder.fact(f"{record.form}{number}", "form", "number")

    def where(occurrence: Occurrence) -> Entry:
        line = act(builder, record, occurrence)
        return line._replace(text=plain(builder.label(occurrence.event)), ref=occurrence.event)

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
    roles(builder, builder.referring_rows(Participation, "agent"))
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
    statements = builder.referring(Statement, "topics")
    builder.section("Statements", statements, partial(statement_line, builder, link="topics"))
    builder.section("People", builder.related("speakers"), partial(related_line, builder))
    relations(builder)
    mentions(builder, statements.rows)
    builder.gaps()


def place(builder: ProfileBuilder) -> None:
    """A place: what it is in, what is in it, what took place there."""
    record = cast(Place, builder.record)
    builder.fact(record.type, "type")
    builder.names(record.names)
    if record.parent:
        builder.fact(f"in {builder.label(record.parent)}", "parent", ref=record.parent, basis=record.parent_basis)
    builder.fact(f"room for {record.capacity:,}" if record.capacity is not None else "", "capacity")
    builder.fact(record.address, "address")
    if record.latitude is not None and record.longitude is not None:
        builder.fact(f"at {record.latitude:g}, {record.longitude:g}", "latitude", "longitude")
    builder.section("Places in it", builder.referring(Place, "parent"), partial(pointing_line, builder, "parent"))
    builder.section("Events", builder.referring(Event, "place"), partial(event_line, builder, "place"))
    builder.section("Organisations", builder.referring(Organisation, "place"), partial(pointing_line, builder, "place"))
    builder.section("People", builder.related("speakers"), partial(related_line, builder))
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
    if says_more(record.role_as_stated, record.role):
        builder.fact(f"in the source: {record.role_as_stated}", "role_as_stated")
    builder.fact(f"voted {record.option}" if record.option else "", "option")
    for ref in record.on_behalf_of:
        builder.fact(f"for {builder.label(ref)}", "on_behalf_of", ref=ref)
    builder.fact("", unknown=not_stated(builder, record))
    builder.fact(record.title_as_stated, "title_as_stated")
    if record.count:
        builder.fact(f"how many: {record.count.as_stated}", "count")
    _other_roles(builder, record)
    builder.gaps()


def _other_roles(builder: ProfileBuilder, record: Participation) -> None:
    """Other roles of an unnamed party that is called the same words, for the same organisations: its row is theirs."""
    if record.agent or not record.on_behalf_of:
        return
    organisation = builder.model.row_of(record.on_behalf_of[0])
    if organisation is None:
        return
    rows = builder.referring_rows(Participation, "on_behalf_of", row=organisation)[:MOST_DECODED]
    builder.read(rows)
    those = {*record.on_behalf_of}
    same = [
        other
        for other in builder.records(Participation, rows)
        if other.id != record.id and other.unnamed == record.unnamed and {*other.on_behalf_of} == those
    ]
    builder.section("Also so called", same, partial(_also, builder))


def _also(builder: ProfileBuilder, record: Participation) -> Entry:
    return builder.entry(record.event, record.role, "", record, "role")._replace(basis=role_basis(builder, record))


def membership(builder: ProfileBuilder) -> None:
    """A membership: who, where, under which title, attested when."""
    record = cast(Membership, builder.record)
    builder.fact(builder.label(record.person), "person", ref=record.person)
    builder.fact(record.title, "title")
    builder.fact(builder.label(record.organisation), "organisation", ref=record.organisation)
    builder.fact(record.post if says_more(record.post, record.title) else "", "post")
    if record.area:
        builder.fact(f"for {builder.label(record.area)}", "area", ref=record.area)
    if record.on_behalf_of:
        builder.fact(f"on behalf of {builder.label(record.on_behalf_of)}", "on_behalf_of", ref=record.on_behalf_of)
    held = held_in_words(record.start, record.end)
    builder.fact(held, "start", "end")
    if record.first_attested or record.last_attested or not held:
        builder.fact(
            f"attested {attested_in_words(record.first_attested, record.last_attested)}",
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
    if record.type == "data":
        form = record.media_type.partition(";")[0]
        builder.fact(f"structured file, {form}" if form else "structured file", "type")
    else:
        builder.fact(f"{record.type}, {record.paragraphs} paragraphs", "type")
    builder.fact("", unknown=silence_on_organisations(builder))
    if record.retrieved:
        builder.fact(f"read on {date_in_words(record.retrieved)}", "retrieved")
    builder.fact(f"licence: {record.licence}" if record.licence else "", "licence")
    builder.fact(f"in {language_in_words(record.language)}" if record.language else "", "language")
    if record.published:
        builder.fact(f"published {date_in_words(record.published)}", "published", basis=record.published_basis)
    elif record.type != "data":
        builder.fact("", unknown="date of publication not stated")
    publisher = builder.label(record.published_by) if record.published_by else record.publisher or ""
    builder.fact(publisher, "publisher", "published_by", ref=record.published_by or "")
    # An entry without words only says on which page the paragraph is.
    digest = [entry for entry in record.digest if entry.digest]
    builder.section("Summary, paragraph by paragraph", digest, lambda p: Entry(plain(f"{p.number}. {p.digest}")))
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
