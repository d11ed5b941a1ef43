"""Lines and sections that the profiles of several kinds have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import partial

from convenings.domain.date_words import when
from convenings.domain.labels import NOT_STATED
from convenings.domain.records import Membership, Occurrence, Participation, Question, Record, Relation, Statement
from convenings.presentation.profile.builder import MOST_LOOKED_AT, Entry, Maker, Records

LAST = 1 << 32
"""Behind every row: where an event stands that is not in the timeline."""

# Lines


def on_behalf(make: Maker, record: Participation) -> str:
    """For whom somebody took part."""
    return ", ".join(make.model.label(ref) for ref in record.on_behalf_of)


def attested(membership: Membership) -> str:
    """A title and the last date that a source gives it."""
    return f"{membership.title}, attested {when(membership.last_attested, membership.attested_basis)}"


def act(make: Maker, question: Question, occurrence: Occurrence) -> tuple[str, tuple[int, ...]]:
    """What was done with a question at an event, by whom, and the numbers of the evidence."""
    agents = ", ".join(make.model.label(ref) for ref in occurrence.agents)
    form = "" if occurrence.explicit else ", in indirect speech"
    by = f" by {agents}" if agents else ""
    return f"{occurrence.act}{by}{form}", make.cite(question, evidence=occurrence.evidence)


def statement_line(make: Maker, record: Statement, here: str = "", *, speaker: bool = True) -> Entry:
    """A statement: of which type, by whom, and where unless that is ``here``."""
    said: list[str] = [record.type]
    if speaker:
        said.append(make.model.label(record.agent) if record.agent else record.unnamed or "the report itself")
    if record.event and record.event != here:
        said.append(make.model.label(record.event))
    return make.entry(record.id, ", ".join(said), "", record, "summary")


def target_line(make: Maker, field: str, ref: str) -> Entry:
    """What the record points at by a field."""
    return make.entry(ref, "", "", make.record, field)


def pointing_line(make: Maker, field: str, record: Record) -> Entry:
    """What points at the record by a field."""
    return make.entry(record.id, "", "", record, field)


def tied_line(make: Maker, other: tuple[int, str]) -> Entry:
    """What is related to the record: its row, and the reason."""
    row, why = other
    return make.entry(make.model.one(row).id, why)


# Sections


def roles(make: Maker, *fields: str) -> tuple[Sequence[Participation], bool]:
    """Roles at events; gives the participations that were looked at, and whether those are all."""
    rows = make.referring_rows(Participation, *fields)
    found = _by_event(make, rows)
    make.section("Roles", found, partial(_role_line, make), len(rows))
    return found, len(found) == len(rows)


def _by_event(make: Maker, rows: Sequence[int]) -> Sequence[Participation]:
    """Participations in the order of the timeline; of very many, the first of them."""
    if len(rows) <= MOST_LOOKED_AT:
        return sorted(Records[Participation](make.model, rows), key=lambda party: _place(make, party.event))
    mine, first = dict.fromkeys(rows), dict[int, None]()
    for event, _ in make.tied("event"):
        first |= dict.fromkeys(row for row in make.referring_rows(Participation, "event", row=event) if row in mine)
        if len(first) >= MOST_LOOKED_AT:
            break
    return list(Records[Participation](make.model, list(first | mine)[:MOST_LOOKED_AT]))


def _place(make: Maker, event: str) -> int:
    """Where an event stands in the timeline; what is not there comes last."""
    row = make.model.row_of(event)
    return LAST if row is None else row


def _role_line(make: Maker, record: Participation) -> Entry:
    said: list[str] = [record.role]
    unknown = ""
    if record.agent == make.record.id:
        behalf = on_behalf(make, record)
        said += [part for part in (record.title_as_stated, behalf) if part]
        unknown = NOT_STATED if make.about.kind == "person" and not behalf else ""
    else:
        who = make.model.label(record.agent) if record.agent else record.unnamed or "unnamed"
        said.append(f"through {who}")
    return make.entry(record.event, ", ".join(said), unknown, record, "role")


def questions(make: Maker, statements: Iterable[int]) -> None:
    """Questions that the record took up, or that its statements, which are in some rows, bear on."""
    its = set(statements)

    def line(other: tuple[int, str]) -> Entry:
        numbers: dict[int, None] = {}
        for row in sorted(its.intersection(make.referring_rows(Statement, "themes", row=other[0]))):
            numbers |= dict.fromkeys(make.cite(make.model.record(row), "themes"))
        return tied_line(make, other)._replace(numbers=tuple(numbers))

    make.section("Questions it bears on", make.tied("question"), line)


def relations(make: Maker) -> None:
    """What it is related to by a relation."""
    make.section("Related", make.referring(Relation, "subject", "object"), partial(_relation_line, make))


def _relation_line(make: Maker, record: Relation) -> Entry:
    outward = record.subject == make.record.id
    how = record.as_stated or record.type
    note = how if outward else f"{how} this"
    return make.entry(record.object if outward else record.subject, note, "", record, "type", "subject", "object")


def mentions(make: Maker) -> None:
    """Where it is mentioned."""
    make.section("Mentioned in", make.referring(Statement, "mentions"), partial(statement_line, make))


def topics(make: Maker, refs: Collection[str]) -> None:
    """What it is about."""
    make.section("Topics", refs, partial(target_line, make, "topics"))
