"""Format 1 of the dataset file, of which files are still about, and its records as those of today.

Two kinds were otherwise: a statement had one ``agent``, and its ``themes`` were topics and questions alike, which the
same evidence tied to it; what a relation had under ``as_stated`` was now the source's words and now ours. Nothing that
a record of format 1 says is lost, and nothing is added to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from convenings.domain.kinds import TABLES, kind_of
from convenings.domain.record_values import (
    Basis,
    Bearing,
    Evidence,
    RelationType,
    StatementType,
)
from convenings.domain.records import (
    FORMAT,
    Record,
    Relation,
    Statement,
)
from convenings.store import canonical


class FormerStatement(Record, frozen=True, kw_only=True):
    """A statement of format 1."""

    type: StatementType
    summary: str
    event: str | None = None
    agent: str | None = None
    unnamed: str | None = None
    themes: list[str] = []
    mentions: list[str] = []


class FormerRelation(Record, frozen=True, kw_only=True):
    """A relation of format 1."""

    type: RelationType
    subject: str
    object: str
    as_stated: str = ""


FORMER: dict[str, type[Record]] = {"statement": FormerStatement, "relation": FormerRelation}
"""Kind to its struct in format 1, where that is another one than today's."""
STRUCTS = canonical.STRUCTS | {TABLES[kind]: struct for kind, struct in FORMER.items()}
"""Name of a table to the struct of its documents in format 1."""


def upgraded(record: Record) -> Record:
    """A record of format 1 as one of today."""
    if isinstance(record, FormerStatement):
        return _statement(record)
    if isinstance(record, FormerRelation):
        return _relation(record)
    return record


def _statement(former: FormerStatement) -> Statement:
    questions = list(dict.fromkeys(ref for ref in former.themes if kind_of(ref) == "question"))
    topics = [ref for ref in former.themes if kind_of(ref) != "question"]
    names = {"agent": ("agents",), "themes": ("topics",) if topics or not questions else ()}
    return Statement(
        id=former.id,
        evidence=_renamed(former.evidence, names),
        type=former.type,
        summary=former.summary,
        event=former.event,
        agents=[] if former.agent is None else [former.agent],
        unnamed=former.unnamed,
        topics=topics,
        questions=[_bearing(question, former.evidence) for question in questions],
        mentions=former.mentions,
    )


def _bearing(question: str, evidence: Iterable[Evidence]) -> Bearing:
    """What format 1 says of one of the questions that a statement bears on: what it says of all its themes."""
    pieces = [replace(piece, fields=["question"]) for piece in evidence if "themes" in piece.fields]
    notes = dict.fromkeys(piece.note for piece in pieces if piece.basis == "inferred" and piece.note)
    basis: Basis = "inferred" if any(piece.basis == "inferred" for piece in pieces) else "stated"
    return Bearing(question=question, basis=basis, reason="; ".join(notes), evidence=pieces)


def _relation(former: FormerRelation) -> Relation:
    # Its words cannot be told to be the source's; what shows them needs no evidence, but no passage is to be lost.
    evidence = [
        replace(piece, fields=[field for field in piece.fields if field != "as_stated"] or ["type"])
        for piece in former.evidence
    ]
    return Relation(
        id=former.id,
        evidence=evidence,
        type=former.type,
        subject=former.subject,
        object=former.object,
        tie=former.as_stated,
    )


def _renamed(evidence: Iterable[Evidence], names: Mapping[str, tuple[str, ...]]) -> list[Evidence]:
    """Evidence with other names of fields; a piece that is left with none supports nothing here, and goes."""
    pieces = []
    for piece in evidence:
        fields = [name for field in piece.fields for name in names.get(field, (field,))]
        if fields or not piece.fields:
            pieces.append(piece if fields == piece.fields else replace(piece, fields=fields))
    return pieces


def upgraded_document(table: str, document: dict[str, Any]) -> dict[str, Any]:
    """A document of a table as it is in today's format; unchanged where it is no record of format 1."""
    struct = STRUCTS.get(table)
    if struct is canonical.STRUCTS.get(table) or struct is None:
        return document
    try:
        former: Any = msgspec.convert(document, struct)
    except msgspec.ValidationError:
        return document
    changed: dict[str, Any] = msgspec.to_builtins(upgraded(former))
    return changed


def upgrade(tables: dict[str, dict[str, dict[str, Any]]]) -> None:
    """Bring all tables of a file of format 1 to today's format."""
    for document in tables["dataset"].values():
        document["format"] = FORMAT
    for kind in FORMER:
        for key, document in tables.get(TABLES[kind], {}).items():
            tables[TABLES[kind]][key] = upgraded_document(TABLES[kind], document)
