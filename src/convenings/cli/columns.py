"""What the table of each kind of record shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import cast

from msgspec.structs import replace

from convenings.cli.printing import ID, Column
from convenings.domain.basis import inferred_fields, mark_basis
from convenings.domain.dates import date_in_words, when_in_words
from convenings.domain.event_times import status_in_words
from convenings.domain.labels import NOT_STATED, attested_in_words, held_in_words, label, tie_in_words
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
    Record,
    Relation,
    Source,
    Statement,
    Topic,
)
from convenings.index.model import ReadModel
from convenings.index.questions import Row
from convenings.index.rows import GROUPS, Flag, Group
from convenings.workspace import Workspace

Cells = tuple[str, ...]
NOTE_HEADINGS = ("marked", "note")
"""Headings of what the user has added."""
OPTIONAL = frozenset({"status", "held"})
"""Headings of columns that tables for people have only where anything stands in them."""
MOST_INDENTS = 12
"""How far a part of an event stands in, in levels; those further in stand below each other."""


def table_of(model: ReadModel, kind: str, rows: Sequence[int]) -> tuple[list[Column], Iterator[Cells]]:
    """Columns of a kind, and the cells of some of its rows; the id stands last. Where no kind is named, of any."""
    headings, cells = COLUMNS[kind] if kind else ANY_KIND
    columns = [Column(h, style="" if at else "bold", optional=h in OPTIONAL) for at, h in enumerate(headings)]
    return [*columns, ID], ((*cells(model, model.one(row), model.record(row)), model.one(row).id) for row in rows)


def with_notes(workspace: Workspace, rows: Sequence[int], lines: Iterable[Cells]) -> Iterator[Cells]:
    """Lines of a table with two more cells before the id: whether the user has marked the record, and the note."""
    marked, notes = workspace.marked(), workspace.notes()
    for row, line in zip(rows, lines, strict=True):
        yield (*line[:-1], "yes" if row in marked else "", notes.get(row, ""), line[-1])


def csv_of(model: ReadModel, kind: str, rows: Sequence[int]) -> tuple[Cells, Iterator[Cells]]:
    """Headings and rows of such a table with every value whole and no indentation."""
    headings, cells = COLUMNS[kind] if kind else ANY_KIND
    return (*headings, ID.heading), (_csv_cells(model, row, cells) for row in rows)


def _csv_cells(model: ReadModel, row: int, cells: Callable[[ReadModel, Row, Record], Cells]) -> Cells:
    line, record = model.one(row), model.record(row)
    whole = replace(line, label=label(record, model.label), depth=0)
    return *cells(model, whole, record), line.id


def _marked(text: str, record: Record, *fields: str, basis: str | None = None) -> str:
    """A text with ``(inferred)`` behind it where evidence infers any of some fields, or their basis says so."""
    return mark_basis(text, basis if inferred_fields(record).isdisjoint(fields) else "inferred")


def _name(model: ReadModel, ref: str | None, otherwise: str = "") -> str:
    return model.label(ref) if ref else otherwise


def _names(model: ReadModel, refs: Sequence[str], otherwise: str = "") -> str:
    return ", ".join(map(model.label, refs)) or otherwise


def _event(model: ReadModel, row: Row, record: Record) -> Cells:
    event = cast(Event, record)
    # A session on the day of its event repeats nothing.
    undated = "" if row.flags & Flag.INHERITED else "not stated"
    when = when_in_words(event.date, event.start_time, event.date_basis, short=True, end_time=event.end_time)
    date = when if event.date or not undated else f"{undated}, {when}" if when else undated
    place = _marked(_name(model, event.place), event, "place", basis=event.place_basis)
    type_, status = _marked(event.type, event, "type"), status_in_words(event.status, event.moved_from, short=True)
    return "  " * min(row.depth, MOST_INDENTS) + row.label, date, type_, place, status


def _person(model: ReadModel, row: Row, record: Record) -> Cells:
    known = next((group.name for group in GROUPS["speakers"] if _is_in(model, group, row.row)), "")
    # Whoever has no role says itself how it is known.
    roles = f"{known}: {row.trailing}" if known and row.trailing not in ("member", "made a statement") else row.trailing
    organisations = ", ".join(_organisations_of(model, row.row)) or row.secondary
    return cast(Person, record).label, roles if known else row.trailing, organisations


def _is_in(model: ReadModel, group: Group, row: int) -> bool:
    return any(first <= row < last for first, last in map(model.range, group.ranges))


def _organisations_of(model: ReadModel, person: int) -> list[str]:
    """All organisations that a person came for, or else is a member of; the index has no more than a few.

    One is marked as inferred where no record states it.
    """
    parts = model.records(model.referring(person, "participation", ("agent",)))
    members = model.records(model.referring(person, "membership", ("person",)))
    came_for = [(ref, part) for part in parts for ref in cast(Participation, part).on_behalf_of]
    is_member_of = [(cast(Membership, each).organisation, each) for each in members]
    stated = {ref for ref, part in came_for if "on_behalf_of" not in inferred_fields(part)}
    stated |= {ref for ref, member in is_member_of if "organisation" not in inferred_fields(member)}
    refs = dict.fromkeys(ref for ref, _ in came_for or is_member_of)
    return [mark_basis(model.label(ref), None if ref in stated else "inferred") for ref in refs]


def _organisation(model: ReadModel, row: Row, record: Record) -> Cells:
    organisation = cast(Organisation, record)
    role = row.trailing if row.trailing != organisation.type else ""
    parent = _marked(_name(model, organisation.parent), organisation, "parent", basis=organisation.parent_basis)
    return row.label, _marked(organisation.type, organisation, "type"), role, parent


def _participation(model: ReadModel, row: Row, record: Record) -> Cells:
    part = cast(Participation, record)
    who = model.label(part.agent) if part.agent else f"{part.unnamed or ''} (not named)"
    behalf = _marked(_names(model, part.on_behalf_of), part, "on_behalf_of")
    if not behalf and NOT_STATED in row.secondary:
        behalf = NOT_STATED
    role = _marked(part.role, part, "role", basis=part.role_basis)
    who, event = _marked(who, part, "agent", "unnamed"), _marked(model.label(part.event), part, "event")
    return who, role, event, behalf, part.title_as_stated


def _membership(model: ReadModel, row: Row, record: Record) -> Cells:
    member = cast(Membership, record)
    ends = member.first_attested, member.last_attested
    held = _marked(held_in_words(member.start, member.end, short=True), member, "start", "end")
    # One of which it is said when it was held need not be attested besides.
    attested = attested_in_words(*ends, member.attested_basis, short=True) if any(ends) or not held else ""
    title, organisation = _marked(member.title, member, "title"), model.label(member.organisation)
    return model.label(member.person), title, _marked(organisation, member, "organisation"), held, attested


def _relation(model: ReadModel, row: Row, record: Record) -> Cells:
    relation = cast(Relation, record)
    tie = _marked(tie_in_words(relation), relation, "type", "subject", "object")
    return model.label(relation.subject), tie, model.label(relation.object)


def _statement(model: ReadModel, row: Row, record: Record) -> Cells:
    statement = cast(Statement, record)
    who = _names(model, statement.agents, statement.unnamed or "the report itself")
    type_, event = _marked(statement.type, statement, "type"), _name(model, statement.event)
    return row.label, type_, _marked(who, statement, "agents", "unnamed"), _marked(event, statement, "event")


def _question(model: ReadModel, row: Row, record: Record) -> Cells:
    return row.label, cast(Question, record).form, row.trailing, row.secondary


def _topic(model: ReadModel, row: Row, record: Record) -> Cells:
    topic = cast(Topic, record)
    return row.label, topic.type, _marked(_name(model, topic.broader), topic, "broader")


def _place(model: ReadModel, row: Row, record: Record) -> Cells:
    place = cast(Place, record)
    return row.label, place.type, _marked(_name(model, place.parent), place, "parent", basis=place.parent_basis)


def _source(model: ReadModel, row: Row, record: Record) -> Cells:
    source = cast(Source, record)
    is_data = source.type == "data"
    when = "" if is_data and not source.published else date_in_words(source.published, short=True)
    paragraphs = "" if is_data else str(source.paragraphs)
    return row.label, source.type, mark_basis(when, source.published_basis), paragraphs


def _gap(model: ReadModel, row: Row, record: Record) -> Cells:
    gap = cast(Gap, record)
    return row.label, gap.type, _names(model, gap.about)


def _any(model: ReadModel, row: Row, record: Record) -> Cells:
    return row.label, row.kind, row.secondary


def _initiative(model: ReadModel, row: Row, record: Record) -> Cells:
    return row.label, cast(Initiative, record).type, row.secondary


COLUMNS: dict[str, tuple[tuple[str, ...], Callable[[ReadModel, Row, Record], Cells]]] = {
    "event": (("event", "date", "type", "place", "status"), _event),
    "person": (("person", "roles", "organisations"), _person),
    "organisation": (("organisation", "type", "roles", "unit of"), _organisation),
    "place": (("place", "type", "in"), _place),
    "initiative": (("initiative", "type", "tie"), _initiative),
    "question": (("question", "form", "bears on it", "where"), _question),
    "topic": (("topic", "type", "narrower than"), _topic),
    "participation": (("who", "role", "event", "for", "title as stated"), _participation),
    "membership": (("person", "title", "organisation", "held", "attested"), _membership),
    "relation": (("subject", "tie", "object"), _relation),
    "statement": (("claim", "type", "said by", "event"), _statement),
    "source": (("source", "type", "published", "paragraphs"), _source),
    "gap": (("left open", "type", "about"), _gap),
}
"""Kind to its headings and to the function that fills a row of them."""
ANY_KIND = ("record", "kind", "context"), _any
"""Those of a table of records of several kinds."""
