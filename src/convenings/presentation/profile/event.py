"""What belongs in the profile of an event: its own, and then what belongs to its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TypeVar, cast

from msgspec.structs import replace

from convenings.domain.dates import when_in_words
from convenings.domain.records import Event, Occurrence, Participation, Place, Question, Record, Statement
from convenings.domain.roles import SPEAKING
from convenings.domain.text import plain
from convenings.index.questions import Row
from convenings.presentation.profile.builder import MOST_DECODED, ProfileBuilder, Records
from convenings.presentation.profile.sections import (
    act,
    mentions,
    not_stated,
    part_line,
    party_notes,
    relations,
    role_basis,
    statement_line,
    topics,
)
from convenings.presentation.profile.value import INFERRED, Entry

R = TypeVar("R", bound=Record)

CONVENING = frozenset({"organiser", "co-organiser", "host"})
SUPPORTING = frozenset({"sponsor", "supporter"})
VISITED = frozenset({"visited"})
"""A body that was visited took part in nothing else."""
ACTS: Mapping[str, str] = {
    "raised": "Questions raised",
    "restated": "Questions raised",
    "set as aim": "Questions set as aim",
    "asked by the report": "Questions asked by the report",
}
"""Act to the heading under which questions stand at an event; the other acts take a question up."""
TAKEN_UP = "Questions taken up"
SESSIONS_READ = 200
"""Rows of an event and its parts that are read for what took place in it."""
MANY_PARTS = 12
"""From how many parts on an event says over how many days and places they are spread."""
IN_PARTS = " in its parts"
"""What stands in the headings of what belongs to parts of an event, and not to itself."""


def _party(builder: ProfileBuilder, record: Participation, event: str) -> Entry:
    """Who took part: the agent or the unnamed party, in which role, for whom, in which session."""
    person = bool(record.agent and record.agent.startswith("person/"))
    notes = party_notes(builder, record if person else replace(record, title_as_stated=""))
    basis = role_basis(builder, record, "event")
    if basis == "inferred":
        notes[0] += INFERRED
    if record.event != event:
        notes.append(f"in {builder.label(record.event)}")
    if record.count:
        notes.append(record.count.as_stated)
    if record.agent:
        unknown = not_stated(builder, record)
        entry = builder.entry(record.agent, ", ".join(notes), unknown, record, "role", "agent")
    else:
        entry = builder.entry(record.id, ", ".join(notes), "not named", record, "role", "unnamed")
        entry = entry._replace(text=plain(record.unnamed or "unnamed"))
    return entry._replace(basis=basis)


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
    questions = _gathered(builder, inside, Question, "occurrences.event")
    parts = builder.model.load([*parties.rows, *inside])[len(parties) :]
    order = {part.id: part.row for part in parts}
    builder.read([*parties.rows, *questions.rows[:MOST_DECODED]])
    when = when_in_words(record.date, record.start_time)
    if record.date:
        mark = INFERRED if builder.basis(record, "type") == "inferred" else ""
        builder.fact(
            f"{record.type}{mark} · {when}",
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
    _spread(builder, parts)
    if not every:
        builder.fact("", unknown=f"of its {size - 1:,} parts the first {SESSIONS_READ - 1} are looked into here")
    party = partial(_party, builder, event=record.id)
    for of_parts, where in ((False, ""), (True, IN_PARTS)):
        present = [p for p in taking_part if (p.event != record.id) == of_parts]
        counted = every or not of_parts
        convened = [p for p in present if p.role in CONVENING or p.role in SUPPORTING]
        builder.section(f"{_convened(convened)}{where or ' by'}", convened, party, counted=counted)
        spoke = [p for p in present if p.role in SPEAKING]
        builder.section(f"Who spoke{where}", spoke, party, counted=counted)
        rest = [p for p in present if p.role not in CONVENING | SUPPORTING | SPEAKING | VISITED]
        builder.section(f"Who else took part{where}", rest, party, counted=counted)
        visited = [p for p in present if p.role in VISITED]
        builder.section(f"Visited{where}", visited, party, counted=counted)
    builder.section("Parts", builder.referring(Event, "super_event"), partial(part_line, builder))
    _questions_at(builder, questions, order, every=every)
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


def _convened(parties: Iterable[Participation]) -> str:
    """What those who convened an event, or supported it, did, as a heading says it."""
    roles = {party.role for party in parties}
    did = [word for word, those in (("organised", CONVENING), ("supported", SUPPORTING)) if roles & those]
    return " and ".join(did).capitalize()


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


def _questions_at(
    builder: ProfileBuilder, questions: Records[Question], order: Mapping[str, int], *, every: bool
) -> None:
    """Questions that were raised, and that were taken up, at an event itself and in its parts."""
    first, own = questions[:MOST_DECODED], {builder.record.id}
    inside = order.keys() - own
    for where, events in (("", own), (IN_PARTS, inside)):
        for title in dict.fromkeys((*ACTS.values(), TAKEN_UP)):
            lines = {
                question.id: chosen
                for question in first
                if (
                    chosen := [
                        o for o in question.occurrences if o.event in events and ACTS.get(o.act, TAKEN_UP) == title
                    ]
                )
            }
            chosen_questions = [question for question in first if question.id in lines]
            counted = len(questions) <= MOST_DECODED and (every or not where)
            compose = partial(_occurrences, builder, lines, named=bool(where))
            builder.section(f"{title}{where}", chosen_questions, compose, counted=counted)


def _in_order_of_parts(parties: Iterable[Participation], order: Mapping[str, int]) -> list[Participation]:
    """Participations at the event itself first, then those in its parts, in the order of the parts."""
    return sorted(parties, key=lambda party: (order.get(party.event, 0), party.agent is None))


def _heading(occurrence: Occurrence) -> str:
    """Under which heading a question stands at an event."""
    return ACTS.get(occurrence.act, TAKEN_UP)


def _occurrences(
    builder: ProfileBuilder, lines: Mapping[str, Sequence[Occurrence]], question: Question, *, named: bool
) -> Entry:
    """A question with some of its occurrences; each with the label of its event where that is to be named."""
    acts = [(act(builder, question, occurrence), occurrence.event) for occurrence in lines[question.id]]
    where = [f", in {builder.label(event)}" if named else "" for _, event in acts]
    notes = [f"{each.note}{place}" for (each, _), place in zip(acts, where, strict=True)]
    numbers = dict.fromkeys(number for each, _ in acts for number in each.numbers)
    basis = "inferred" if all(each.basis == "inferred" for each, _ in acts) else "stated"
    return builder.entry(question.id, "; ".join(notes))._replace(numbers=tuple(numbers), basis=basis)
