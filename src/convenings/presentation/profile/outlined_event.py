"""The profile of an event with very many parts or parties: counts, and the first few of everything that is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import chain
from typing import cast

from convenings.domain.dates import day_in_words
from convenings.domain.days import calendar_day
from convenings.domain.kinds import TABLES
from convenings.domain.records import (
    Event,
    Participation,
    Question,
    Statement,
)
from convenings.index.outline import FEW, MOST_PARTS, Group, Outline, PartyCount, RoleCount
from convenings.presentation.profile.builder import MOST_DECODED, MOST_ENTRIES, ProfileBuilder
from convenings.presentation.profile.event_lines import (
    IN_PARTS,
    event_facts,
    party_line,
    question_line,
    questions_at,
    role_headings,
)
from convenings.presentation.profile.sections import mentions, part_line, relations, statement_line, topics
from convenings.presentation.profile.value import Entry, Listing

PARTY_HEADINGS: Mapping[str, str] = {
    "person": "People, by how often",
    "organisation": "Organisations, by how often",
    "initiative": "Initiatives, by how often",
}
"""Kind of those who took part to the heading above those who did so most often."""
HOUR = 60
"""Minutes of an hour."""
YEARS = range(10_000)
"""Years that are written with four digits."""


def outlined_event(builder: ProfileBuilder, outline: Outline) -> None:
    """An event with very many parts or parties: its own, then what its parts come to, then who took part most often.

    Args:
        builder: The profile of the event.
        outline: What the event comes to.
    """
    record = cast(Event, builder.record)
    builder.load_referrers((builder.row,))
    own = _first_of_sections(outline.own_roles)
    questions = builder.records(Question, builder.referring_rows(Question, "occurrences.event"))[:MOST_DECODED]
    in_parts = builder.records(Question, outline.questions.rows), builder.records(Statement, outline.statements.rows)
    to_read = list(dict.fromkeys(chain(*own.values(), questions.rows, *(records.rows for records in in_parts))))
    builder.model.load([*to_read, *_rows_in(outline)])
    builder.read(to_read)
    event_facts(builder)
    if record.attendance:
        people = outline.parties["person"].number if "person" in outline.parties else "none"
        builder.fact(f"{record.attendance.as_stated} took part, {people} named here", "attendance")
    builder.fact(record.summary, "summary")
    builder.fact(_parts_in_words(outline))
    builder.fact(_parties_in_words(outline))
    party = partial(party_line, builder, event=record.id)
    numbers = {each.role: each.number for each in outline.own_roles}
    for title, roles in role_headings(numbers):
        total = sum(number for role, number in numbers.items() if role in roles)
        builder.section(title, builder.records(Participation, own[title]), party, total)
    builder.section(f"Roles{IN_PARTS}", outline.roles, _role_line)
    _parts(builder, outline)
    for kind, parties in outline.parties.items():
        listing = Listing(kind, f"event:{record.id}")
        line = partial(_party_count_line, builder)
        builder.section(PARTY_HEADINGS[kind], parties.first, line, parties.number, listing=listing)
    # What came up at the event itself is told whole; of its parts, the first.
    questions_at(builder, questions, {record.id}, "", counted=len(questions) < MOST_DECODED)
    of_parts, statements_of_parts = in_parts
    # Their rows are asked for together.
    builder.model.rows_of(o.event for question in of_parts for o in question.occurrences[:MOST_DECODED])
    inside = partial(_question_in_parts, builder)
    listing = Listing("question", f"event:{record.id}")
    builder.section(f"Questions{IN_PARTS}", of_parts, inside, outline.questions.number, listing=listing)
    statements = builder.referring(Statement, "event")
    statement = partial(statement_line, builder, here=record.id, link="event")
    builder.section("What was said", statements, statement)
    listing = Listing("statement", f"event:{record.id}")
    number = outline.statements.number
    builder.section(f"What was said{IN_PARTS}", statements_of_parts, statement, number, listing=listing)
    relations(builder)
    mentions(builder, (*statements.rows, *_mentions_inside(builder)))
    topics(builder, record.topics)
    builder.gaps()


def _first_of_sections(own_roles: Sequence[RoleCount]) -> dict[str, list[int]]:
    """Heading of those who took part in the event itself to the rows that are listed: all, or of very many a few."""
    sections: dict[str, list[int]] = {}
    for title, roles in role_headings([each.role for each in own_roles]):
        there = [each for each in own_roles if each.role in roles]
        rows = sorted(row for each in there for row in each.first)
        sections[title] = rows if sum(each.number for each in there) <= MOST_ENTRIES else rows[:FEW]
    return sections


def _rows_in(outline: Outline) -> list[int]:
    """Rows that the lines of an outline name."""
    groups = [row for group in outline.groups for row in (group.place, group.part) if row is not None]
    return groups + [party.row for parties in outline.parties.values() for party in parties.first]


def _number(number: int, one: str, many: str = "") -> str:
    """A number of things in words: "1 day", "2 days"."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def _parts_in_words(outline: Outline) -> str:
    """How many parts there are, on how many days and at how many places, and of which types."""
    number = sum(outline.types.values())
    days = f"on {_number(outline.days, 'day')}" if outline.days else ""
    places = f"at {_number(outline.places, 'place')}" if outline.places else ""
    spread = " and ".join(filter(None, (days, places)))
    types = ", ".join(f"{type_} {many:,}" for type_, many in outline.types.items())
    return f"{' '.join(filter(None, (_number(number, 'part'), spread)))}: {types}" if number else ""


def _parties_in_words(outline: Outline) -> str:
    """How many people, organisations and unnamed parties there are, at the event and in its parts."""
    numbers = [_number(parties.number, kind, TABLES[kind]) for kind, parties in outline.parties.items()]
    unnamed = sum(each.unnamed for each in (*outline.own_roles, *outline.roles))
    numbers += [_number(unnamed, "unnamed party", "unnamed parties")] if unnamed else []
    return f"{', '.join(numbers)} at it or in its parts" if numbers else ""


def _inferred(number: int) -> str:
    return f"{number:,} inferred" if number else ""


def _role_line(count: RoleCount) -> Entry:
    """A role, and how many of which kind had it."""
    numbers = [_number(number, kind, TABLES[kind]) for kind, number in count.kinds.items()]
    numbers += [f"{count.unnamed:,} unnamed"] if count.unnamed else []
    return Entry(count.role, note=", ".join(filter(None, (*numbers, _inferred(count.inferred)))))


def _parts(builder: ProfileBuilder, outline: Outline) -> None:
    """The parts by day and place; the parts themselves where they are few, or nothing parts them."""
    direct = builder.referring(Event, "super_event")
    if len(direct) <= MOST_PARTS or outline.group_number < 2:
        listing = Listing("event", f"event:{builder.record.id}")
        builder.section("Parts", direct, partial(part_line, builder), listing=listing)
    if sum(outline.types.values()) > MOST_PARTS and outline.group_number > 1:
        has_places = outline.places > 0 and not outline.is_by_day
        title = " and ".join(word for word, is_so in (("day", outline.days), ("place", has_places)) if is_so)
        line = partial(_group_line, builder, has_days=outline.days > 0, has_places=has_places)
        builder.section(f"Parts by {title}", outline.groups, line, outline.group_number)


def _group_line(builder: ProfileBuilder, group: Group, *, has_days: bool, has_places: bool) -> Entry:
    """Parts on a day, at a place: how many, and when they begin."""
    model = builder.model
    day = day_in_words(group.day) if group.day is not None else "no single day stated"
    place = model.one(group.place).label if group.place is not None else "no place stated"
    spread = f"at {_number(group.places, 'place')}" if not has_places and group.places else ""
    return Entry(
        ", ".join(filter(None, (day * has_days, place * has_places))),
        model.one(group.part if group.place is None else group.place).id,
        ", ".join(filter(None, (_number(group.number, "part"), spread, _inferred(group.inferred)))),
        when=_times(group),
        listing=_listing(builder, group, has_days=has_days, has_places=has_places),
    )


def _times(group: Group) -> str:
    """When the first and the last of some parts begin, and how many have no time beside those."""
    if not group.timed:
        return ""
    first, last = (f"{minute // HOUR:02}:{minute % HOUR:02}" for minute in (group.earliest, group.latest))
    times = f"at {first}" if first == last else f"begin {first} to {last}"
    untimed = group.number - group.timed
    return f"{times}, {untimed:,} without a time" if untimed else times


def _listing(builder: ProfileBuilder, group: Group, *, has_days: bool, has_places: bool) -> Listing | None:
    """The timeline of just these parts, and what they are parts of; None where no filter says which they are."""
    terms = [f"event:{builder.record.id}"]
    if group.day is not None:
        year, month, day = calendar_day(group.day)
        if year not in YEARS:
            return None
        terms.append(f"date:{year:04}-{month:02}-{day:02}")
    if has_places:
        if not group.is_own_place:
            return None
        terms.append(f"place:{builder.model.one(group.place).id if group.place is not None else 'none'}")
    # Nothing asks for what is on several days, or on none.
    return None if has_days and group.day is None else Listing("event", " ".join(terms))


def _party_count_line(builder: ProfileBuilder, party: PartyCount) -> Entry:
    """Somebody who took part: as what in the event itself, as what in how many of its parts."""
    often = f"in {_number(party.parts, 'part')}" if party.parts else ""
    inside = " ".join(filter(None, (", ".join(party.roles), often)))
    note = "; ".join(filter(None, (", ".join(party.own_roles), inside, _inferred(party.inferred))))
    row = builder.model.one(party.row)
    return Entry(row.label, row.id, note)


def _question_in_parts(builder: ProfileBuilder, question: Question) -> Entry:
    """A question with the first of its occurrences in parts of the event."""
    inside = range(builder.row + 1, builder.row + builder.model.one(builder.row).size)
    first = question.occurrences[:MOST_DECODED]
    rows = builder.model.rows_of(occurrence.event for occurrence in first)
    there = [each for each in first if rows.get(each.event, -1) in inside]
    line = question_line(builder, (question, there[:FEW]), named=True)
    more, every = len(there) - FEW, len(first) == len(question.occurrences)
    if more > 0 or not every:
        line = line._replace(note="; and ".join(filter(None, (line.note, _more(max(more, 0), every=every)))))
    return line


def _more(number: int, *, every: bool) -> str:
    """How often more a question came up."""
    if not number:
        return "perhaps more often"
    return f"{_number(number, 'time')} more{'' if every else ' at least'}"


def _mentions_inside(builder: ProfileBuilder) -> list[int]:
    """Rows of statements that mention the event and were made in its parts, of those that are read."""
    rows = builder.referring_rows(Statement, "mentions")[:MOST_DECODED]
    if not rows:
        return []
    builder.read(rows)
    first, last = builder.row, builder.row + builder.model.one(builder.row).size
    statements = [cast(Statement, builder.record_at(row)) for row in rows]
    events = builder.model.rows_of(statement.event for statement in statements if statement.event)
    return [
        row
        for row, statement in zip(rows, statements, strict=True)
        if first <= events.get(statement.event or "", -1) < last
    ]
