"""The rules that one record keeps, beside all the others; each rule says what is wrong, where, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

import msgspec

from convenings.domain.basis import inferred_fields
from convenings.domain.kinds import DESCRIPTION_REFERENCES, OCCURRENCE_REFERENCES, REFERENCES, a_kind, kind_of
from convenings.domain.record_values import Bearing, Occurrence
from convenings.domain.records import Labelled, Participation, Record, Statement
from convenings.domain.references import all_evidence, has_parts, ids_in, parts_of
from convenings.store import evidence_rules, time_rules, value_rules
from convenings.store.book import Book, Finding, alternatives, is_set
from convenings.store.evidence_rules import pieces_of

_SOURCE = ("source",)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

BASIS_OF = {"attested_basis": ("first_attested", "last_attested")}
"""Field that holds a basis to the fields it is of, where it is not called by the one."""


def identity(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """The id is the kind, a slash and a name of small letters, digits and hyphens."""
    prefix, _, slug = record.id.partition("/")
    if prefix != kind:
        yield Finding("id", f"'{record.id}' is no id of {a_kind(kind)}", f"begin it with {kind}/")
    elif not _SLUG.fullmatch(slug):
        hint = f"write {kind}/ and small letters a to z, digits and single hyphens"
        yield Finding("id", f"'{record.id}' is not a proper id", hint)
    if record.id in book.redirects:
        yield Finding("id", f"the id redirects to '{book.redirects[record.id]}'", "remove the redirect or the record")


def filled(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """What every record of its kind has is not empty."""
    for name in _required(type(record)):
        value = getattr(record, name)
        if value.isspace() or not value if isinstance(value, str) else not is_set(value):
            yield Finding(name, f"the {name} is empty", "write one")


def references(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """Every id that a record holds leads to a record of a kind that belongs there."""
    if fields := REFERENCES[kind]:
        yield from _references("", record, fields, book)
    for path, part in parts_of(record) if has_parts(record) else ():
        if isinstance(part, Occurrence):
            yield from _references(f"{path}.", part, OCCURRENCE_REFERENCES, book)
    if isinstance(record, Labelled):
        for index, description in enumerate(record.descriptions):
            yield from _references(f"descriptions[{index}].", description, DESCRIPTION_REFERENCES, book)
    # Nearly all evidence points at a source that other evidence points at.
    if not {piece.source for piece in all_evidence(record)} <= book.right_references[_SOURCE]:
        for path, evidence, _ in pieces_of(record):
            yield from _references(f"{path}.", evidence, {"source": _SOURCE}, book)


def _references(
    prefix: str, holder: msgspec.Struct, allowed: Mapping[str, tuple[str, ...]], book: Book
) -> Iterator[Finding]:
    for name, kinds in allowed.items():
        value = getattr(holder, name)
        # Most records point at what others point at.
        if not value or (type(value) is str and value in book.right_references[kinds]):
            continue
        for ref in ids_in(value):
            if ref in book.right_references[kinds]:
                continue
            target = book.resolve(ref)
            if kind_of(target) not in kinds:
                yield Finding(
                    prefix + name, f"'{ref}' does not belong here", f"name a record of kind {alternatives(kinds)}"
                )
            elif target not in book.records and target not in book.broken:
                near = book.near(ref)
                hint = f"perhaps '{near}' is meant" if near else "add that record, or take the reference out"
                yield Finding(prefix + name, f"there is no record '{ref}'", hint)
            else:
                book.right_references[kinds].add(ref)


def parties(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """A participation is somebody's, named or not; nobody is both named and unnamed."""
    if not isinstance(record, (Participation, Statement)):
        return
    agents = record.agent if isinstance(record, Participation) else record.agents
    has_agent, is_unnamed = is_set(agents), is_set(record.unnamed)
    if has_agent and is_unnamed:
        yield Finding("unnamed", "there is an agent and an unnamed party", "keep one of the two")
    if isinstance(record, Participation) and not has_agent and not is_unnamed:
        yield Finding("agent", "there is neither an agent nor an unnamed party", "name one of the two")


def inferences(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """What is said to be inferred has inferred evidence, which says from what; a bearing has a reason besides."""
    for name in _basis_fields(type(record)):
        if getattr(record, name) == "inferred":
            fields = BASIS_OF.get(name, (name.removesuffix("_basis"),))
            if inferred_fields(record).isdisjoint(fields):
                hint = f"give evidence for {alternatives(fields)} with basis inferred and a note, or write stated"
                yield Finding(name, "it is inferred, and no evidence is", hint)
    names = getattr(record, "names", None)
    if names and any(name.basis == "inferred" for name in names) and "names" not in inferred_fields(record):
        hint = "give evidence for names with basis inferred and a note, or write stated"
        yield Finding("names", "a name is inferred, and no evidence is", hint)
    if isinstance(record, Statement):
        for path, part in parts_of(record):
            if isinstance(part, Bearing):
                yield from _bearing(path, part)
        questions = [book.resolve(bearing.question) for bearing in record.questions]
        if len(set(questions)) < len(questions):
            hint = "make one of them, with the evidence of both"
            yield Finding("questions", "two bearings are on one question", hint)


def _bearing(path: str, bearing: Bearing) -> Iterator[Finding]:
    if bearing.basis == "stated":
        return
    if not bearing.reason.strip():
        yield Finding(f"{path}.reason", "the inference has no reason", "say why the claim bears on the question")
    if bearing.evidence and all(piece.basis == "stated" for piece in bearing.evidence):
        hint = "give it evidence with basis inferred, or write stated"
        yield Finding(f"{path}.basis", "it is inferred, and no evidence is", hint)


RULES = (
    identity,
    filled,
    references,
    *time_rules.RULES,
    parties,
    *value_rules.RULES,
    evidence_rules.support,
    inferences,
    *evidence_rules.RULES,
)
"""The rules that hold without the texts of sources, in the order in which a record's faults are listed."""


@cache
def _basis_fields(struct: type[Record]) -> tuple[str, ...]:
    """Fields that say on what others stand."""
    return tuple(name for name in struct.__struct_fields__ if name.endswith("_basis"))


@cache
def _required(struct: type[Record]) -> tuple[str, ...]:
    """Fields that every record of a kind has, besides its id."""
    return tuple(info.name for info in msgspec.structs.fields(struct) if info.required and info.name != "id")
