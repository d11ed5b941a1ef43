"""Lines and sections that the profiles of several kinds have in common."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import chain
from typing import cast

from convenings.domain.dates import day_in_words, when_in_words
from convenings.domain.event_times import status_in_words
from convenings.domain.labels import NO_ORGANISATIONS, NOT_STATED, attested_in_words, held_in_words, tie_in_words
from convenings.domain.record_values import Bearing, Occurrence
from convenings.domain.records import (
    Event,
    Membership,
    Participation,
    Question,
    Record,
    Relation,
    Statement,
)
from convenings.domain.text import fold, plain
from convenings.index.rows import Flag
from convenings.presentation.profile.builder import MOST_DECODED, MOST_ENTRIES, ProfileBuilder
from convenings.presentation.profile.value import INFERRED, Entry

LAST = 1 << 32
"""Behind every row: where an event stands that is not in the timeline."""
EVENTS_TOGETHER = 256
"""Of how many events it is asked together at first who took part; four times as many each time that was too few."""

# Lines


def on_behalf(builder: ProfileBuilder, record: Participation) -> str:
    """For whom somebody took part."""
    return ", ".join(map(builder.label, record.on_behalf_of))


def not_stated(builder: ProfileBuilder, record: Participation) -> str:
    """That no organisation is stated of a person or an unnamed party; empty of others, and where one is."""
    if record.on_behalf_of or (record.agent and not record.agent.startswith("person/")):
        return ""
    row = builder.model.row_of(record.agent or record.id)
    # Where the whole dataset states none, its rows do not speak of organisations at all.
    return NOT_STATED if row is not None and builder.model.one(row).secondary.partition(", at ")[0] else ""


def silence_on_organisations(builder: ProfileBuilder) -> str:
    """That a source says of nobody for whom they took part, which no line then says of each; empty where it does."""
    return NO_ORGANISATIONS if NO_ORGANISATIONS in builder.model.one(builder.row).secondary else ""


def says_more(stated: str, ours: str) -> bool:
    """Whether the word of a file says more than ours for the same thing."""
    return bool(stated.strip()) and fold(stated) != fold(ours)


def membership_notes(builder: ProfileBuilder, membership: Membership) -> str:
    """A title, for which place and party, from when to when it was held, and when sources attest it."""
    held = held_in_words(membership.start, membership.end)
    ends = membership.first_attested, membership.last_attested
    attested = f"attested {attested_in_words(*ends, membership.attested_basis)}" if any(ends) or not held else ""
    post = membership.post if says_more(membership.post, membership.title) else ""
    area = f"for {builder.label(membership.area)}" if membership.area else ""
    behalf = f"on behalf of {builder.label(membership.on_behalf_of)}" if membership.on_behalf_of else ""
    return ", ".join(filter(None, (membership.title, post, area, behalf, held, attested)))


def act(builder: ProfileBuilder, question: Question, occurrence: Occurrence) -> Entry:
    """What was done with a question at an event, by whom, and from what that is inferred where it is."""
    agents = ", ".join(map(builder.label, occurrence.agents))
    form = "" if occurrence.explicit else ", in indirect speech"
    by = f" by {agents}" if agents else ""
    notes = [piece.note for piece in occurrence.evidence if piece.basis == "inferred"]
    # Who asked where nobody is named is for the note of an inference to say.
    told = f": {notes[0]}" if notes and notes[0] and not agents else ""
    nobody = "nobody named" + (" as asking" if occurrence.act == "raised" else "")
    return Entry(
        "",
        note=plain(f"{occurrence.act}{by}{INFERRED if notes else ''}{form}{told}"),
        numbers=builder.cite(question, evidence=occurrence.evidence),
        unknown="" if agents or told or occurrence.act == "asked by the report" else nobody,
        basis="inferred" if notes else "stated",
    )


def statement_line(
    builder: ProfileBuilder, record: Statement, here: str = "", *, speaker: bool = True, link: str = "summary"
) -> Entry:
    """A statement: of which type, by whom, and where unless that is ``here``; inferred where its link is.

    Args:
        builder: The profile.
        record: The statement.
        here: Id of the event whose profile it is.
        speaker: Whether to say who made it.
        link: The field by which it belongs there.
    """
    basis = builder.basis(record, link)
    notes: dict[str, str] = {"type": record.type}
    if speaker:
        notes["agents"] = ", ".join(map(builder.label, record.agents)) or record.unnamed or "the report itself"
    if record.event and record.event != here:
        notes["event"] = builder.label(record.event)
    if basis == "inferred" and link in notes:
        notes[link] += INFERRED
    return builder.entry(record.id, ", ".join(notes.values()), "", record, "summary")._replace(basis=basis)


def bearings_on(record: Statement, question: str) -> list[Bearing]:
    """What a statement says of a question."""
    return [bearing for bearing in record.questions if bearing.question == question]


def target_line(builder: ProfileBuilder, field: str, ref: str) -> Entry:
    """What the record points at by a field."""
    return builder.entry(ref, "", "", builder.record, field)


def pointing_line(builder: ProfileBuilder, field: str, record: Record) -> Entry:
    """What points at the record by a field."""
    return builder.entry(record.id, "", "", record, field)


def event_line(builder: ProfileBuilder, field: str, record: Event) -> Entry:
    """An event that points at the record by a field: what it is, when, where, and part of what."""
    note = ", ".join(filter(None, (record.type, status_in_words(record.status, record.moved_from))))
    entry = builder.entry(record.id, note, "", record, field)
    return entry._replace(when=when_and_where(builder, record.id))


def part_line(builder: ProfileBuilder, part: Event) -> Entry:
    """A part of the event: what it is, when and where."""
    when = when_in_words(part.date, part.start_time, part.date_basis, end_time=part.end_time)
    place = f"at {builder.label(part.place)}" if part.place else ""
    note = ", ".join(filter(None, (part.type, status_in_words(part.status, part.moved_from))))
    entry = builder.entry(part.id, note, "", part, "super_event")
    return entry._replace(when=", ".join(filter(None, (when, place))))


def when_and_where(builder: ProfileBuilder, ref: str) -> str:
    """When an event is, part of what, and where, as far as it is recorded; an empty string where there is no event."""
    row = builder.model.row_of(ref)
    if row is None:
        return ""
    event = builder.model.one(row)
    # What tells it from a namesake stands before its type.
    words = event.secondary if event.flags & Flag.NAMESAKE else event.secondary.partition(", ")[2]
    if event.flags & Flag.INHERITED and event.first is not None and event.first == event.last:
        # A session on the day of its event does not say it again.
        inferred = " (inferred)" if event.flags & Flag.INFERRED else ""
        return ", ".join(filter(None, (day_in_words(event.first) + inferred, words)))
    return words


def related_line(builder: ProfileBuilder, row: int) -> Entry:
    """What is related to the record: its label, and the reason."""
    reason = builder.model.reason(builder.row, row)
    text = reason.removesuffix(INFERRED)
    return builder.entry(builder.model.one(row).id, text)._replace(basis="stated" if text == reason else "inferred")


# Sections


def roles(builder: ProfileBuilder, rows: Sequence[int], members: Sequence[int] = ()) -> Sequence[Participation]:
    """Roles at events, in the order of the timeline; gives the participations that were read: of very many the first.

    Args:
        builder: The profile.
        rows: Rows of the participations.
        members: Rows of memberships to be read with them.
    """
    first = rows if len(rows) <= MOST_DECODED else _earliest(builder, rows)
    builder.read([*first, *members[:MOST_DECODED]])
    parties: Sequence[Participation] = list(builder.records(Participation, first))
    if first is rows:
        parties = sorted(parties, key=lambda party: _place(builder, party.event))
    builder.section("Roles", parties, partial(_role_line, builder), len(rows))
    return parties


def _earliest(builder: ProfileBuilder, rows: Sequence[int]) -> list[int]:
    """The first of some participations in the order of the timeline, as many as are read."""
    wanted, first = dict.fromkeys(rows), dict[int, None]()
    events, together = builder.related("event"), EVENTS_TOGETHER
    while events and len(first) < MOST_DECODED:
        builder.load_referrers(events[:together])
        for event in events[:together]:
            parties = builder.referring_rows(Participation, "event", row=event)
            first |= dict.fromkeys(row for row in parties if row in wanted)
        events, together = events[together:], together * 4
    return list(first | wanted)[:MOST_DECODED]


def _place(builder: ProfileBuilder, event: str) -> int:
    """Where an event stands in the timeline; what is not there comes last."""
    row = builder.model.row_of(event)
    return LAST if row is None else row


def party_notes(builder: ProfileBuilder, record: Participation) -> list[str]:
    """Role, title and organisations of a party, each organisation once; what is inferred of it is marked."""
    title = record.title_as_stated
    mark = INFERRED if builder.basis(record, "on_behalf_of") == "inferred" else ""
    others = [f"{name}{mark}" for name in map(builder.label, record.on_behalf_of) if mark or name not in title]
    voted = f"voted {record.option}" if record.option else ""
    return [voted or record.role, *filter(None, (title, ", ".join(others)))]


def _role_line(builder: ProfileBuilder, record: Participation) -> Entry:
    basis = role_basis(builder, record)
    if record.agent == builder.record.id:
        notes, unknown = party_notes(builder, record), not_stated(builder, record)
    else:
        who = builder.label(record.agent) if record.agent else record.unnamed or "unnamed"
        mark = INFERRED if builder.basis(record, "on_behalf_of") == "inferred" else ""
        notes, unknown = [record.role, f"through {who}{mark}"], ""
        basis = "inferred" if mark else basis
    if role_basis(builder, record) == "inferred":
        notes[0] += INFERRED
    entry = builder.entry(record.event, ", ".join(notes), unknown, record, "role")
    return entry._replace(basis=basis, when=when_and_where(builder, record.event))


def role_basis(builder: ProfileBuilder, record: Participation, *fields: str) -> str:
    """``inferred`` where the role, who had it, or one of some fields is."""
    return record.role_basis if record.role_basis == "inferred" else builder.basis(record, "role", "agent", *fields)


def questions(builder: ProfileBuilder, title: str, statements: Collection[int], agents: AbstractSet[str]) -> None:
    """Questions that some agents took up, or on which statements bear.

    Args:
        builder: The profile.
        title: Heading of the section.
        statements: Rows of the statements by the record or for it.
        agents: Ids of the record itself and of who came for it.
    """
    related = builder.related("question")
    first = related[:MOST_ENTRIES]
    bearing: dict[int, list[int]] = {}
    if statements:
        its = set(statements)
        builder.load_referrers(first)
        for row in first:
            bearing[row] = sorted(its.intersection(builder.referring_rows(Statement, "questions", row=row)))

    def line(row: int) -> Entry:
        numbers: dict[int, None] = {}
        for statement in bearing.get(row, ()):
            record = cast(Statement, builder.record_at(statement))
            on_it = bearings_on(record, builder.model.one(row).id)
            numbers |= dict.fromkeys(builder.cite_bearings(record, on_it))
        question = cast(Question, builder.record_at(row))
        for occurrence in question.occurrences:
            if not agents.isdisjoint(occurrence.agents):
                numbers |= dict.fromkeys(builder.cite(question, evidence=occurrence.evidence))
        return related_line(builder, row)._replace(numbers=tuple(numbers))

    builder.section(title, related, line, rows=chain(first, *bearing.values()))


def relations(builder: ProfileBuilder) -> None:
    """What it is related to by a relation."""
    builder.section("Related", builder.referring(Relation, "subject", "object"), partial(_relation_line, builder))


def _relation_line(builder: ProfileBuilder, record: Relation) -> Entry:
    outward = record.subject == builder.record.id
    how = tie_in_words(record)
    note = how if outward else f"{how} this"
    return builder.entry(record.object if outward else record.subject, note, "", record, "type", "subject", "object")


def mentions(builder: ProfileBuilder, said: Collection[int] = ()) -> None:
    """Where it is mentioned; what was said by it or for it, which is given by row, is listed there."""
    listed = set(said)
    rows = [row for row in builder.referring_rows(Statement, "mentions") if row not in listed]
    line = partial(statement_line, builder, link="mentions")
    builder.section("Mentioned in", builder.records(Statement, rows), line)


def topics(builder: ProfileBuilder, refs: Sequence[str]) -> None:
    """What it is about."""
    builder.section("Topics", refs, partial(target_line, builder, "topics"))
