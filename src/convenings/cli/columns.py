"""What the table of each kind of record shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import cast

from msgspec.structs import replace

from convenings.cli.printing import ID, Column
from convenings.domain.dates import date_in_words, when_in_words
from convenings.domain.labels import NOT_STATED, label, tie_in_words
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
from convenings.index.rows import Flag

Cells = tuple[str, ...]


def table_of(model: ReadModel, kind: str, rows: Sequence[int]) -> tuple[list[Column], Iterator[Cells]]:
    """Columns of a kind, and the cells of some of its rows; the id stands last. Where no kind is named, of any."""
    headings, cells = COLUMNS[kind] if kind else ANY_KIND
    columns = [Column(heading, style="" if at else "bold") for at, heading in enumerate(headings)]
    return [*columns, ID], ((*cells(model, model.one(row), model.record(row)), model.one(row).id) for row in rows)


def csv_of(model: ReadModel, kind: str, rows: Sequence[int]) -> tuple[Cells, Iterator[Cells]]:
    """Headings and rows of such a table with every value whole and no indentation."""
    headings, cells = COLUMNS[kind] if kind else ANY_KIND
    return (*headings, ID.heading), (_csv_cells(model, row, cells) for row in rows)


def _csv_cells(model: ReadModel, row: int, cells: Callable[[ReadModel, Row, Record], Cells]) -> Cells:
    line, record = model.one(row), model.record(row)
    whole = replace(line, label=label(record, model.label), depth=0)
    return *cells(model, whole, record), line.id


def basis_mark(text: str, basis: str | None) -> str:
    """A text with ``(inferred)`` behind it where it is."""
    return f"{text} (inferred)" if basis == "inferred" else text


def _name(model: ReadModel, ref: str | None, otherwise: str = "") -> str:
    return model.label(ref) if ref else otherwise


def _names(model: ReadModel, refs: Sequence[str], otherwise: str = "") -> str:
    return ", ".join(map(model.label, refs)) or otherwise


def _event(model: ReadModel, row: Row, record: Record) -> Cells:
    event = cast(Event, record)
    # A session on the day of its event repeats nothing.
    undated = "" if row.flags & Flag.INHERITED else "not stated"
    when = when_in_words(event.date, event.start_time, event.date_basis, short=True)
    date = when if event.date or not undated else f"{undated}, {when}" if when else undated
    place = basis_mark(_name(model, event.place), event.place_basis)
    return "  " * row.depth + row.label, date, event.type, place


def _person(model: ReadModel, row: Row, record: Record) -> Cells:
    return cast(Person, record).label, row.trailing, _names(model, _organisations_of(model, row.row), NOT_STATED)


def _organisations_of(model: ReadModel, person: int) -> list[str]:
    """Ids of all organisations that a person came for, or else is a member of; the index has no more than a few."""
    parts = model.records(model.referring(person, *model.range("participation"), ("agent",)))
    if refs := dict.fromkeys(ref for part in parts for ref in cast(Participation, part).on_behalf_of):
        return list(refs)
    members = model.records(model.referring(person, *model.range("membership"), ("person",)))
    return list(dict.fromkeys(cast(Membership, member).organisation for member in members))


def _organisation(model: ReadModel, row: Row, record: Record) -> Cells:
    organisation = cast(Organisation, record)
    role = row.trailing if row.trailing != organisation.type else ""
    return row.label, organisation.type, role, basis_mark(_name(model, organisation.parent), organisation.parent_basis)


def _participation(model: ReadModel, row: Row, record: Record) -> Cells:
    part = cast(Participation, record)
    who = model.label(part.agent) if part.agent else f"{part.unnamed or ''} (not named)"
    person = not part.agent or part.agent.startswith("person/")
    behalf = _names(model, part.on_behalf_of, NOT_STATED if person else "")
    return who, basis_mark(part.role, part.role_basis), model.label(part.event), behalf, part.title_as_stated


def _membership(model: ReadModel, row: Row, record: Record) -> Cells:
    member = cast(Membership, record)
    attested = basis_mark(date_in_words(member.last_attested, short=True), member.attested_basis)
    return model.label(member.person), member.title, model.label(member.organisation), attested


def _relation(model: ReadModel, row: Row, record: Record) -> Cells:
    relation = cast(Relation, record)
    return model.label(relation.subject), tie_in_words(relation), model.label(relation.object)


def _statement(model: ReadModel, row: Row, record: Record) -> Cells:
    statement = cast(Statement, record)
    who = _names(model, statement.agents, statement.unnamed or "the report itself")
    return row.label, statement.type, who, _name(model, statement.event)


def _question(model: ReadModel, row: Row, record: Record) -> Cells:
    return row.label, cast(Question, record).form, row.trailing, row.secondary


def _topic(model: ReadModel, row: Row, record: Record) -> Cells:
    topic = cast(Topic, record)
    return row.label, topic.type, _name(model, topic.broader)


def _place(model: ReadModel, row: Row, record: Record) -> Cells:
    place = cast(Place, record)
    return row.label, place.type, basis_mark(_name(model, place.parent), place.parent_basis)


def _source(model: ReadModel, row: Row, record: Record) -> Cells:
    source = cast(Source, record)
    published = basis_mark(date_in_words(source.published, short=True), source.published_basis)
    return row.label, source.type, published, str(source.paragraphs)


def _gap(model: ReadModel, row: Row, record: Record) -> Cells:
    gap = cast(Gap, record)
    return row.label, gap.type, _names(model, gap.about)


def _any(model: ReadModel, row: Row, record: Record) -> Cells:
    return row.label, row.kind, row.secondary


def _initiative(model: ReadModel, row: Row, record: Record) -> Cells:
    return row.label, cast(Initiative, record).type, row.secondary


COLUMNS: dict[str, tuple[tuple[str, ...], Callable[[ReadModel, Row, Record], Cells]]] = {
    "event": (("event", "date", "type", "place"), _event),
    "person": (("person", "roles", "organisations"), _person),
    "organisation": (("organisation", "type", "roles", "unit of"), _organisation),
    "place": (("place", "type", "in"), _place),
    "initiative": (("initiative", "type", "tie"), _initiative),
    "question": (("question", "form", "bears on it", "where"), _question),
    "topic": (("topic", "type", "narrower than"), _topic),
    "participation": (("who", "role", "event", "for", "title as stated"), _participation),
    "membership": (("person", "title", "organisation", "attested"), _membership),
    "relation": (("subject", "tie", "object"), _relation),
    "statement": (("claim", "type", "said by", "event"), _statement),
    "source": (("source", "type", "published", "paragraphs"), _source),
    "gap": (("left open", "type", "about"), _gap),
}
"""Kind to its headings and to the function that fills a row of them."""
ANY_KIND = ("record", "kind", "context"), _any
"""Those of a table of records of several kinds."""
