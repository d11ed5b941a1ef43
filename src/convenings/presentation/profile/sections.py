"""Lines and sections that the profiles of several kinds have in common."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from itertools import chain
from typing import cast

from convenings.domain.dates import date_in_words, day_in_words, when_in_words
from convenings.domain.labels import NOT_STATED, tie_in_words
from convenings.domain.records import (
    Bearing,
    Event,
    Membership,
    Occurrence,
    Participation,
    Question,
    Record,
    Relation,
    Statement,
)
from convenings.index.rows import Flag
from convenings.presentation.profile.builder import MOST_DECODED, MOST_ENTRIES, ProfileBuilder
from convenings.presentation.profile.value import Entry

LAST = 1 << 32
"""Behind every row: where an event stands that is not in the timeline."""
EVENTS_TOGETHER = 256
"""Of how many events it is asked together at first who took part; four times as many each time that was too few."""

# Lines


def on_behalf(builder: ProfileBuilder, record: Participation) -> str:
    """For whom somebody took part."""
    return ", ".join(map(builder.label, record.on_behalf_of))


def attested(membership: Membership) -> str:
    """A title and the last date that a source gives it."""
    return f"{membership.title}, attested {date_in_words(membership.last_attested, membership.attested_basis)}"


def act(builder: ProfileBuilder, question: Question, occurrence: Occurrence) -> tuple[str, tuple[int, ...]]:
    """What was done with a question at an event, by whom, and the numbers of the evidence."""
    agents = ", ".join(map(builder.label, occurrence.agents))
    form = "" if occurrence.explicit else ", in indirect speech"
    by = f" by {agents}" if agents else ""
    return f"{occurrence.act}{by}{form}", builder.cite(question, evidence=occurrence.evidence)


def statement_line(builder: ProfileBuilder, record: Statement, here: str = "", *, speaker: bool = True) -> Entry:
    """A statement: of which type, by whom, and where unless that is ``here``."""
    notes: list[str] = [record.type]
    if speaker:
        notes.append(", ".join(map(builder.label, record.agents)) or record.unnamed or "the report itself")
    if record.event and record.event != here:
        notes.append(builder.label(record.event))
    return builder.entry(record.id, ", ".join(notes), "", record, "summary")


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
    entry = builder.entry(record.id, record.type, "", record, field)
    return entry._replace(when=when_and_where(builder, record.id))


def part_line(builder: ProfileBuilder, part: Event) -> Entry:
    """A part of the event: what it is, when and where."""
    when = when_in_words(part.date, part.start_time, part.date_basis)
    place = f"at {builder.label(part.place)}" if part.place else ""
    entry = builder.entry(part.id, part.type, "", part, "super_event")
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
    return builder.entry(builder.model.one(row).id, builder.model.reason(builder.row, row))


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


def _role_line(builder: ProfileBuilder, record: Participation) -> Entry:
    notes: list[str] = [record.role]
    unknown = ""
    if record.agent == builder.record.id:
        behalf = on_behalf(builder, record)
        notes += [part for part in (record.title_as_stated, behalf) if part]
        unknown = NOT_STATED if builder.about.kind == "person" and not behalf else ""
    else:
        who = builder.label(record.agent) if record.agent else record.unnamed or "unnamed"
        notes.append(f"through {who}")
    entry = builder.entry(record.event, ", ".join(notes), unknown, record, "role")
    return entry._replace(when=when_and_where(builder, record.event))


def questions(builder: ProfileBuilder, statements: Collection[int]) -> None:
    """Questions that the record took up, or that its statements, which are in some rows, bear on."""
    related = builder.related("question")
    bearing: dict[int, list[int]] = {}
    if statements:
        its, first = set(statements), related[:MOST_ENTRIES]
        builder.load_referrers(first)
        for row in first:
            bearing[row] = sorted(its.intersection(builder.referring_rows(Statement, "questions", row=row)))

    def line(row: int) -> Entry:
        numbers: dict[int, None] = {}
        for statement in bearing.get(row, ()):
            record = cast(Statement, builder.record_at(statement))
            on_it = bearings_on(record, builder.model.one(row).id)
            numbers |= dict.fromkeys(builder.cite_bearings(record, on_it))
        return related_line(builder, row)._replace(numbers=tuple(numbers))

    builder.section("Questions it bears on", related, line, rows=chain.from_iterable(bearing.values()))


def relations(builder: ProfileBuilder) -> None:
    """What it is related to by a relation."""
    builder.section("Related", builder.referring(Relation, "subject", "object"), partial(_relation_line, builder))


def _relation_line(builder: ProfileBuilder, record: Relation) -> Entry:
    outward = record.subject == builder.record.id
    how = tie_in_words(record)
    note = how if outward else f"{how} this"
    return builder.entry(record.object if outward else record.subject, note, "", record, "type", "subject", "object")


def mentions(builder: ProfileBuilder) -> None:
    """Where it is mentioned."""
    builder.section("Mentioned in", builder.referring(Statement, "mentions"), partial(statement_line, builder))


def topics(builder: ProfileBuilder, refs: Sequence[str]) -> None:
    """What it is about."""
    builder.section("Topics", refs, partial(target_line, builder, "topics"))
