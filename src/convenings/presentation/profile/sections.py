"""Lines and sections that the profiles of several kinds have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import partial

from convenings.domain.dates import date_in_words
from convenings.domain.labels import NOT_STATED
from convenings.domain.records import Membership, Occurrence, Participation, Question, Record, Relation, Statement
from convenings.presentation.profile.builder import MOST_LOOKED_AT, Entry, ProfileBuilder, Records

LAST = 1 << 32
"""Behind every row: where an event stands that is not in the timeline."""

# Lines


def on_behalf(builder: ProfileBuilder, record: Participation) -> str:
    """For whom somebody took part."""
    return ", ".join(builder.model.label(ref) for ref in record.on_behalf_of)


def attested(membership: Membership) -> str:
    """A title and the last date that a source gives it."""
    return f"{membership.title}, attested {date_in_words(membership.last_attested, membership.attested_basis)}"


def act(builder: ProfileBuilder, question: Question, occurrence: Occurrence) -> tuple[str, tuple[int, ...]]:
    """What was done with a question at an event, by whom, and the numbers of the evidence."""
    agents = ", ".join(builder.model.label(ref) for ref in occurrence.agents)
    form = "" if occurrence.explicit else ", in indirect speech"
    by = f" by {agents}" if agents else ""
    return f"{occurrence.act}{by}{form}", builder.cite(question, evidence=occurrence.evidence)


def statement_line(builder: ProfileBuilder, record: Statement, here: str = "", *, speaker: bool = True) -> Entry:
    """A statement: of which type, by whom, and where unless that is ``here``."""
    said: list[str] = [record.type]
    if speaker:
        said.append(builder.model.label(record.agent) if record.agent else record.unnamed or "the report itself")
    if record.event and record.event != here:
        said.append(builder.model.label(record.event))
    return builder.entry(record.id, ", ".join(said), "", record, "summary")


def target_line(builder: ProfileBuilder, field: str, ref: str) -> Entry:
    """What the record points at by a field."""
    return builder.entry(ref, "", "", builder.record, field)


def pointing_line(builder: ProfileBuilder, field: str, record: Record) -> Entry:
    """What points at the record by a field."""
    return builder.entry(record.id, "", "", record, field)


def tied_line(builder: ProfileBuilder, other: tuple[int, str]) -> Entry:
    """What is related to the record: its row, and the reason."""
    row, why = other
    return builder.entry(builder.model.one(row).id, why)


# Sections


def roles(builder: ProfileBuilder, *fields: str) -> tuple[Sequence[Participation], bool]:
    """Roles at events; gives the participations that were looked at, and whether those are all."""
    rows = builder.referring_rows(Participation, *fields)
    found = _by_event(builder, rows)
    builder.section("Roles", found, partial(_role_line, builder), len(rows))
    return found, len(found) == len(rows)


def _by_event(builder: ProfileBuilder, rows: Sequence[int]) -> Sequence[Participation]:
    """Participations in the order of the timeline; of very many, the first of them."""
    if len(rows) <= MOST_LOOKED_AT:
        return sorted(Records[Participation](builder.model, rows), key=lambda party: _place(builder, party.event))
    mine, first = dict.fromkeys(rows), dict[int, None]()
    for event, _ in builder.related("event"):
        first |= dict.fromkeys(row for row in builder.referring_rows(Participation, "event", row=event) if row in mine)
        if len(first) >= MOST_LOOKED_AT:
            break
    return list(Records[Participation](builder.model, list(first | mine)[:MOST_LOOKED_AT]))


def _place(builder: ProfileBuilder, event: str) -> int:
    """Where an event stands in the timeline; what is not there comes last."""
    row = builder.model.row_of(event)
    return LAST if row is None else row


def _role_line(builder: ProfileBuilder, record: Participation) -> Entry:
    said: list[str] = [record.role]
    unknown = ""
    if record.agent == builder.record.id:
        behalf = on_behalf(builder, record)
        said += [part for part in (record.title_as_stated, behalf) if part]
        unknown = NOT_STATED if builder.about.kind == "person" and not behalf else ""
    else:
        who = builder.model.label(record.agent) if record.agent else record.unnamed or "unnamed"
        said.append(f"through {who}")
    return builder.entry(record.event, ", ".join(said), unknown, record, "role")


def questions(builder: ProfileBuilder, statements: Iterable[int]) -> None:
    """Questions that the record took up, or that its statements, which are in some rows, bear on."""
    its = set(statements)

    def line(other: tuple[int, str]) -> Entry:
        numbers: dict[int, None] = {}
        for row in sorted(its.intersection(builder.referring_rows(Statement, "themes", row=other[0]))):
            numbers |= dict.fromkeys(builder.cite(builder.model.record(row), "themes"))
        return tied_line(builder, other)._replace(numbers=tuple(numbers))

    builder.section("Questions it bears on", builder.related("question"), line)


def relations(builder: ProfileBuilder) -> None:
    """What it is related to by a relation."""
    builder.section("Related", builder.referring(Relation, "subject", "object"), partial(_relation_line, builder))


def _relation_line(builder: ProfileBuilder, record: Relation) -> Entry:
    outward = record.subject == builder.record.id
    how = record.as_stated or record.type
    note = how if outward else f"{how} this"
    return builder.entry(record.object if outward else record.subject, note, "", record, "type", "subject", "object")


def mentions(builder: ProfileBuilder) -> None:
    """Where it is mentioned."""
    builder.section("Mentioned in", builder.referring(Statement, "mentions"), partial(statement_line, builder))


def topics(builder: ProfileBuilder, refs: Collection[str]) -> None:
    """What it is about."""
    builder.section("Topics", refs, partial(target_line, builder, "topics"))
