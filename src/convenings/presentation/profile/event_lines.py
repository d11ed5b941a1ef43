"""Facts, lines and headings of the profile of an event, whatever its size."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import cast

from msgspec.structs import replace

from convenings.domain.dates import date_in_words, when_in_words
from convenings.domain.event_times import status_in_words
from convenings.domain.record_values import Occurrence
from convenings.domain.records import (
    Event,
    Participation,
    Place,
    Question,
)
from convenings.domain.roles import CONVENING, SPEAKING
from convenings.domain.text import plain
from convenings.presentation.event_times import WholeEvents
from convenings.presentation.names import language_in_words
from convenings.presentation.profile.builder import ProfileBuilder
from convenings.presentation.profile.sections import act, not_stated, party_notes, role_basis, says_more
from convenings.presentation.profile.value import INFERRED, Entry

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
IN_PARTS = " in its parts"
"""What stands in the headings of what belongs to parts of an event, and not to itself."""


def party_line(builder: ProfileBuilder, record: Participation, event: str) -> Entry:
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


def event_facts(builder: ProfileBuilder) -> None:
    """What an event is, when, where, part of what, and its other names."""
    record = cast(Event, builder.record)
    builder.fact(status_in_words(record.status, record.moved_from), "status")
    when = when_in_words(record.date, record.start_time, end_time=record.end_time)
    if (record.start_time or record.end_time) and (zone := WholeEvents(builder.model).zone(record)):
        when = f"{when} ({zone})"
    if record.date:
        mark = INFERRED if builder.basis(record, "type") == "inferred" else ""
        builder.fact(
            f"{record.type}{mark} · {when}",
            "date",
            "start_time",
            "end_time",
            basis=record.date_basis or "stated",
        )
    else:
        dated = builder.model.one(builder.row).first is not None
        what = f"{record.type} · {when}" if when else record.type
        builder.fact(
            what, "type", "start_time", "end_time", unknown="no date of its own" if dated else "date not stated"
        )
    if record.place:
        place = builder.model.find(record.place)
        whole = f", {builder.label(place.parent)}" if isinstance(place, Place) and place.parent else ""
        builder.fact(f"at {builder.label(record.place)}{whole}", "place", ref=record.place, basis=record.place_basis)
    if record.super_event:
        builder.fact(f"part of {builder.label(record.super_event)}", "super_event", ref=record.super_event)
    _more_facts(builder, record)
    builder.names(record.names)


def _more_facts(builder: ProfileBuilder, record: Event) -> None:
    """What a file says of an event beside when and where it is."""
    if says_more(record.type_as_stated, record.type):
        builder.fact(f"in the source: {record.type_as_stated}", "type_as_stated")
    builder.fact(f"in {language_in_words(record.language)}" if record.language else "", "language")
    if record.votes:
        counts = ", ".join(f"{vote.option} {vote.value:,}" for vote in record.votes)
        builder.fact(f"votes: {counts}", "votes")
    if record.recurrence:
        builder.fact(f"recurs: {record.recurrence}", "recurrence")
    if record.expanded_until:
        until = f"its occurrences are worked out until {date_in_words(record.expanded_until)}, and go on"
        builder.fact(until, "expanded_until")


def role_headings(roles: Collection[str], where: str = "") -> Iterator[tuple[str, Collection[str]]]:
    """Headings under which those stand who took part, each with the roles that belong there.

    Args:
        roles: The roles that somebody had.
        where: :data:`IN_PARTS`, or nothing for the event itself.
    """
    did = [word for word, those in (("organised", CONVENING), ("supported", SUPPORTING)) if not those.isdisjoint(roles)]
    yield f"{' and '.join(did).capitalize()}{where or ' by'}", CONVENING | SUPPORTING
    yield f"Who spoke{where}", SPEAKING
    yield f"Who else took part{where}", {*roles} - (CONVENING | SUPPORTING | SPEAKING | VISITED)
    yield f"Visited{where}", VISITED


def questions_at(
    builder: ProfileBuilder, questions: Sequence[Question], events: Collection[str], where: str, *, counted: bool
) -> None:
    """Questions that were raised, and that were taken up, at some events.

    Args:
        builder: The profile.
        questions: Questions that came up there.
        events: Ids of the events.
        where: :data:`IN_PARTS`, or nothing for the event itself.
        counted: Whether these are all questions.
    """
    for title in dict.fromkeys((*ACTS.values(), TAKEN_UP)):
        items = [
            (question, there)
            for question in questions
            if (there := [o for o in question.occurrences if o.event in events and ACTS.get(o.act, TAKEN_UP) == title])
        ]
        builder.section(f"{title}{where}", items, partial(question_line, builder, named=bool(where)), counted=counted)


def question_line(builder: ProfileBuilder, item: tuple[Question, Sequence[Occurrence]], *, named: bool) -> Entry:
    """A question with some of its occurrences; each with the label of its event where that is to be named."""
    question, occurrences = item
    acts = [(act(builder, question, occurrence), occurrence.event) for occurrence in occurrences]
    where = [f", in {builder.label(event)}" if named else "" for _, event in acts]
    notes = [f"{each.note}{place}" for (each, _), place in zip(acts, where, strict=True)]
    numbers = dict.fromkeys(number for each, _ in acts for number in each.numbers)
    basis = "inferred" if all(each.basis == "inferred" for each, _ in acts) else "stated"
    return builder.entry(question.id, "; ".join(notes))._replace(numbers=tuple(numbers), basis=basis)
