"""What belongs in the profile of each kind of record, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

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
from convenings.index.profile import Entry, Maker
from convenings.index.when import when

CONVENING = frozenset({"organiser", "co-organiser", "host", "sponsor", "supporter"})
SESSIONS_READ = 200
"""Parts of an event whose participations are gathered."""


def _behalf(make: Maker, record: Participation) -> str:
    return ", ".join(make.model.label(ref) for ref in record.on_behalf_of)


def _party(make: Maker, record: Participation, event: str, *, with_event: bool = True) -> Entry:
    """Who took part: the agent or the unnamed party, in which role, for whom, in which session."""
    person = bool(record.agent and record.agent.startswith("person/"))
    behalf = _behalf(make, record)
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


def _gathered(make: Maker, *fields: str) -> list[Record]:
    """What points at an event or at one of its parts."""
    rows = {found for row in _subtree(make) for found in make.referring_rows(*fields, row=row)}
    return [make.model.record(row) for row in sorted(rows)]


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
    taking_part = [p for p in _gathered(make, "participation.event") if isinstance(p, Participation)]
    named = len({p.agent for p in taking_part if p.agent and p.agent.startswith("person/")})
    if record.attendance:
        make.fact(f"{record.attendance.as_stated} took part, {named or 'none'} named here", "attendance")
    make.fact(record.summary, "summary")
    make.section("Organised by", _parties(make, record, (p for p in taking_part if p.role in CONVENING)))
    make.section("Who spoke", _parties(make, record, (p for p in taking_part if p.role in SPEAKING)))
    rest = (p for p in taking_part if p.role not in CONVENING and p.role not in SPEAKING)
    make.section("Who else took part", _parties(make, record, rest))
    parts = [make.model.record(row) for row in make.referring_rows("event.super_event")]
    make.section(
        "Parts", (make.entry(p.id, make.model.one(r).side, "", p, "super_event") for p in parts if (r := _row(make, p)))
    )
    questions = [q for q in _gathered(make, "question.occurrences.event") if isinstance(q, Question)]
    make.section("Questions it raised", (_occurrence_at(make, q, record.id) for q in questions))
    said = (s for s in _gathered(make, "statement.event") if isinstance(s, Statement))
    make.section("What was said", (_statement(make, s, record.id) for s in said))
    _relations(make)
    _mentions(make)
    make.section("Topics", (make.entry(ref, "", "", record, "topics") for ref in record.topics))
    make.gaps()


def _row(make: Maker, record: Record) -> int:
    return make.model.row_of(record.id) or 0


def _parties(make: Maker, record: Event, parties: Iterable[Participation]) -> list[Entry]:
    """Participations at the event itself first, then those in its parts, in the order of the parts."""
    order = {make.model.one(row).id: row for row in _subtree(make)}
    return [_party(make, p, record.id) for p in sorted(parties, key=lambda p: (order.get(p.event, 0), p.agent is None))]


def _occurrence(make: Maker, question: Question, occurrence: Occurrence) -> tuple[str, tuple[int, ...]]:
    agents = ", ".join(make.model.label(ref) for ref in occurrence.agents)
    form = "" if occurrence.explicit else ", in indirect speech"
    by = f" by {agents}" if agents else ""
    return f"{occurrence.act}{by}{form}", make.cite(question, evidence=occurrence.evidence)


def _occurrence_at(make: Maker, question: Question, event_id: str) -> Entry:
    inside = {make.model.one(row).id for row in _subtree(make)}
    notes: list[str] = []
    numbers: list[int] = []
    for occurrence in question.occurrences:
        if occurrence.event in inside:
            note, found = _occurrence(make, question, occurrence)
            notes.append(note)
            numbers += found
    return make.entry(question.id, "; ".join(notes))._replace(numbers=tuple(dict.fromkeys(numbers)))


def _statement(make: Maker, record: Statement, here: str = "", *, speaker: bool = True) -> Entry:
    said: list[str] = [record.type]
    if speaker:
        said.append(make.model.label(record.agent) if record.agent else record.unnamed or "the report itself")
    if record.event and record.event != here:
        said.append(make.model.label(record.event))
    return make.entry(record.id, ", ".join(said), "", record, "summary")


def _relations(make: Maker) -> None:
    entries: list[Entry] = []
    for record in make.referring("relation.subject", "relation.object"):
        if isinstance(record, Relation):
            outward = record.subject == make.record.id
            other = record.object if outward else record.subject
            how = record.as_stated or record.type
            note = how if outward else f"{how} this"
            entries.append(make.entry(other, note, "", record, "type", "subject", "object"))
    make.section("Related", entries)


def _participations(make: Maker, title: str, *fields: str) -> list[Participation]:
    """Roles at events, one line each; the participations themselves are returned."""
    found = [p for p in make.referring(*fields) if isinstance(p, Participation)]
    entries: list[Entry] = []
    for record in sorted(found, key=lambda p: make.model.row_of(p.event) or 0):
        said: list[str] = [record.role]
        unknown = ""
        if record.agent == make.record.id:
            behalf = _behalf(make, record)
            said += [part for part in (record.title_as_stated, behalf) if part]
            unknown = NOT_STATED if make.about.kind == "person" and not behalf else ""
        else:
            who = make.model.label(record.agent) if record.agent else record.unnamed or "unnamed"
            said.append(f"through {who}")
        entries.append(make.entry(record.event, ", ".join(said), unknown, record, "role"))
    make.section(title, entries)
    return found


def _attested(membership: Membership) -> str:
    """A title and the last date that a source gives it."""
    return f"{membership.title}, attested {when(membership.last_attested, membership.attested_basis)}"


def _mentions(make: Maker) -> None:
    make.section(
        "Mentioned in", (_statement(make, s) for s in make.referring("statement.mentions") if isinstance(s, Statement))
    )


def _questions_of(make: Maker, statements: Iterable[Statement]) -> None:
    """Questions that the record took up, or that its statements bear on."""
    numbers: dict[str, list[int]] = {}
    notes: dict[str, list[str]] = {}
    first, last = make.model.range("questions")
    for row, why in make.model.tied(make.row, first, last).items():
        notes.setdefault(make.model.one(row).id, []).append(why)
    for statement in statements:
        for theme in statement.themes:
            if theme.startswith("question/"):
                notes.setdefault(theme, [])
                numbers.setdefault(theme, []).extend(make.cite(statement, "themes"))
    entries = [
        make.entry(ref, ", ".join(why))._replace(numbers=tuple(dict.fromkeys(numbers.get(ref, ()))))
        for ref, why in notes.items()
    ]
    make.section("Questions it bears on", entries)


def person(make: Maker) -> None:
    """A person: roles, organisations, what they said, which questions it bears on."""
    record = cast(Person, make.record)
    make.names(record.names)
    if record.honorific:
        make.fact(f"{record.honorific} in the source", "honorific")
    found = _participations(make, "Roles", "participation.agent")
    if not found:
        make.fact("", unknown="not at any event here: only mentioned")
    members = [m for m in make.referring("membership.person") if isinstance(m, Membership)]
    make.section(
        "Organisations",
        (make.entry(m.organisation, _attested(m), "", m, "title", "organisation") for m in members),
    )
    statements = [s for s in make.referring("statement.agent") if isinstance(s, Statement)]
    _questions_of(make, statements)
    make.section("What they said", (_statement(make, s, speaker=False) for s in statements))
    _relations(make)
    _mentions(make)
    make.gaps()


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
    taking_part = _participations(make, "Roles", "participation.agent", "participation.on_behalf_of")
    people: dict[str, Entry] = {}
    for m in make.referring("membership.organisation"):
        if isinstance(m, Membership):
            people[m.person] = make.entry(m.person, _attested(m), "", m, "title", "person")
    for p in taking_part:
        if p.agent and p.agent != record.id and p.agent not in people:
            people[p.agent] = make.entry(p.agent, p.title_as_stated or p.role, "", p, "on_behalf_of")
    make.section("People", people.values())
    units = make.referring("organisation.parent")
    make.section("Units", (make.entry(u.id, "", "", u, "parent") for u in units))
    rows = set(make.referring_rows("statement.agent"))
    for ref in people:
        if (row := make.model.row_of(ref)) is not None:
            events = {p.event for p in taking_part if p.agent == ref}
            spoken = make.referring_rows("statement.agent", row=row)
            rows |= {r for r in spoken if cast(Statement, make.model.record(r)).event in events}
    statements = [cast(Statement, make.model.record(row)) for row in sorted(rows)]
    _questions_of(make, statements)
    make.section("What was said for it", (_statement(make, s) for s in statements))
    _relations(make)
    _mentions(make)
    make.gaps()


def question(make: Maker) -> None:
    """A question: its wording, where it occurred, and every statement that bears on it."""
    record = cast(Question, make.record)
    make.fact(record.text, "text")
    number = f", number {record.number} in the report" if record.number else ""
    make.fact(f"{record.form}{number}", "form", "number")
    occurrences: list[Entry] = []
    for occurrence in record.occurrences:
        note, numbers = _occurrence(make, record, occurrence)
        unknown = "" if occurrence.agents else "nobody named as asking"
        occurrences.append(make.entry(occurrence.event, note, unknown)._replace(numbers=numbers))
    make.section("Where it occurred", occurrences)
    statements = [s for s in make.referring("statement.themes") if isinstance(s, Statement)]
    make.section("Statements that bear on it", (_statement(make, s) for s in statements))
    for title, pane in (("People", "speakers"), ("Organisations", "organisations")):
        tied = make.model.tied(make.row, *make.model.range(pane))
        make.section(title, (make.entry(make.model.one(row).id, why) for row, why in tied.items()))
    make.section("Topics", (make.entry(ref, "", "", record, "topics") for ref in record.topics))
    silent = [] if statements else [Entry("No statement here bears on it", unknown="silent")]
    make.gaps(silent)


def initiative(make: Maker) -> None:
    """An initiative: what it is, who runs it, what was said of it."""
    record = cast(Initiative, make.record)
    make.fact(record.type, "type")
    make.names(record.names)
    make.fact(record.summary, "summary")
    _relations(make)
    _mentions(make)
    make.section("Topics", (make.entry(ref, "", "", record, "topics") for ref in record.topics))
    make.gaps()


def topic(make: Maker) -> None:
    """A topic: the events, questions, initiatives and statements it recurs in."""
    record = cast(Topic, make.record)
    make.fact(record.type, "type")
    make.names(record.names)
    if record.broader:
        make.fact(f"narrower than {make.model.label(record.broader)}", "broader", ref=record.broader)
    make.section("Narrower", (make.entry(t.id) for t in make.referring("topic.broader")))
    for title, name in (
        ("Events", "event.topics"),
        ("Questions", "question.topics"),
        ("Initiatives", "initiative.topics"),
    ):
        make.section(title, (make.entry(r.id, "", "", r, "topics") for r in make.referring(name)))
    statements = (s for s in make.referring("statement.themes") if isinstance(s, Statement))
    make.section("Statements", (_statement(make, s) for s in statements))
    _mentions(make)
    make.gaps()


def place(make: Maker) -> None:
    """A place: what it is in, what is in it, what took place there."""
    record = cast(Place, make.record)
    make.fact(record.type, "type")
    make.names(record.names)
    if record.parent:
        make.fact(f"in {make.model.label(record.parent)}", "parent", ref=record.parent, basis=record.parent_basis)
    make.section("Places in it", (make.entry(p.id, "", "", p, "parent") for p in make.referring("place.parent")))
    make.section("Events", (make.entry(e.id, "", "", e, "place") for e in make.referring("event.place")))
    make.section("Organisations", (make.entry(o.id, "", "", o, "place") for o in make.referring("organisation.place")))
    _mentions(make)
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
    make.section("Bears on", (make.entry(ref, "", "", record, "themes") for ref in record.themes))
    make.section("Mentions", (make.entry(ref, "", "", record, "mentions") for ref in record.mentions))
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
    make.section("Digest, in our own words", (Entry(plain(f"{p.number}. {p.digest}")) for p in record.digest))
    make.gaps()


def gap(make: Maker) -> None:
    """A gap: what is left open, and which records it concerns."""
    record = cast(Gap, make.record)
    make.fact(record.type, "type")
    make.fact(record.detail, "detail")
    make.section("Concerns", (make.entry(ref, "", "", record, "about") for ref in record.about))


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
