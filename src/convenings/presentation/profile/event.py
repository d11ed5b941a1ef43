"""What belongs in the profile of an event: its own, and then what belongs to its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TypeVar, cast

from convenings.domain.records import (
    Event,
    Participation,
    Question,
    Record,
    Statement,
)
from convenings.index.questions import Row
from convenings.presentation.profile.builder import MOST_DECODED, ProfileBuilder, Records
from convenings.presentation.profile.event_lines import (
    IN_PARTS,
    event_facts,
    party_line,
    questions_at,
    role_headings,
)
from convenings.presentation.profile.outlined_event import outlined_event
from convenings.presentation.profile.sections import mentions, part_line, relations, statement_line, topics

R = TypeVar("R", bound=Record)

SESSIONS_READ = 200
"""Rows of an event and its parts that are read for what took place in it, where it has no outline."""
MANY_PARTS = 12
"""From how many parts on an event says over how many days and places they are spread."""


def _gathered(builder: ProfileBuilder, rows: Iterable[int], struct: type[R], field: str) -> Records[R]:
    """Records of a kind that point at an event or at one of its parts, which are in some rows."""
    pointing = {other for row in rows for other in builder.referring_rows(struct, field, row=row)}
    return builder.records(struct, sorted(pointing))


def event(builder: ProfileBuilder) -> None:
    """An event: when, where, part of what, who convened it, who spoke, what was asked and said."""
    if (outline := builder.model.outline(builder.row)) is not None:
        outlined_event(builder, outline)
        return
    record = cast(Event, builder.record)
    size = builder.model.one(builder.row).size
    every = size <= SESSIONS_READ
    inside = range(builder.row, builder.row + min(size, SESSIONS_READ))
    builder.load_referrers(inside)
    parties = _gathered(builder, inside, Participation, "event")
    questions = _gathered(builder, inside, Question, "occurrences.event")
    parts = builder.model.load([*parties.rows, *inside])[len(parties) :]
    order = {part.id: part.row for part in parts}
    builder.read([*parties.rows, *questions.rows[:MOST_DECODED]])
    event_facts(builder)
    taking_part = _in_order_of_parts(parties, order)
    people = len({p.agent for p in taking_part if p.agent and p.agent.startswith("person/")})
    if record.attendance:
        number = people or "none" if every else f"{people} or more"
        builder.fact(f"{record.attendance.as_stated} took part, {number} named here", "attendance")
    builder.fact(record.summary, "summary")
    _spread(builder, parts)
    if not every:
        builder.fact("", unknown=f"of its {size - 1:,} parts the first {SESSIONS_READ - 1} are looked into here")
    party = partial(party_line, builder, event=record.id)
    for of_parts, where in ((False, ""), (True, IN_PARTS)):
        present = [p for p in taking_part if (p.event != record.id) == of_parts]
        for title, roles in role_headings({p.role for p in present}, where):
            builder.section(title, [p for p in present if p.role in roles], party, counted=every or not of_parts)
    builder.section("Parts", builder.referring(Event, "super_event"), partial(part_line, builder))
    first, all_read = questions[:MOST_DECODED], len(questions) <= MOST_DECODED
    questions_at(builder, first, {record.id}, "", counted=all_read)
    questions_at(builder, first, order.keys() - {record.id}, IN_PARTS, counted=all_read and every)
    statements = builder.referring(Statement, "event")
    said = partial(statement_line, builder, here=record.id, link="event")
    builder.section("What was said", statements, said)
    own = set(statements.rows)
    rows = [row for row in _gathered(builder, inside, Statement, "event").rows if row not in own]
    builder.section(f"What was said{IN_PARTS}", builder.records(Statement, rows), said, counted=every)
    relations(builder)
    mentions(builder, (*own, *rows))
    topics(builder, record.topics)
    builder.gaps()


def _spread(builder: ProfileBuilder, parts: Sequence[Row]) -> None:
    """Over how many days and places the parts of an event are spread, where there are many, given with itself first."""
    if len(parts) <= MANY_PARTS:
        return
    days = len({part.first for part in parts[1:] if part.first is not None and part.first == part.last})
    rows = [part.row for part in parts]
    places = len(builder.model.links.related_to_any(rows, *builder.model.range("place")))
    spread = [
        f"{number:,} {word}{'s' if number > 1 else ''}" for number, word in ((days, "day"), (places, "place")) if number
    ]
    if spread:
        builder.fact(f"{len(parts) - 1:,} parts looked into, on {' and at '.join(spread)}" if days else "")


def _in_order_of_parts(parties: Iterable[Participation], order: Mapping[str, int]) -> list[Participation]:
    """Participations at the event itself first, then those in its parts, in the order of the parts."""
    return sorted(parties, key=lambda party: (order.get(party.event, 0), party.agent is None))
