"""Which records a record points at, and the same record with other ids in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from convenings.domain.kinds import (
    BEARING_REFERENCES,
    DESCRIPTION_REFERENCES,
    KIND_OF_STRUCT,
    OCCURRENCE_REFERENCES,
    REFERENCES,
)
from convenings.domain.record_values import Bearing, Evidence, Occurrence
from convenings.domain.records import (
    Labelled,
    Question,
    Record,
    Statement,
)

R = TypeVar("R", bound=Record)

CITED = "evidence.source"
"""The field by which evidence points at its source."""
FIELDS = (
    CITED,
    *(f"occurrences.{field}" for field in OCCURRENCE_REFERENCES),
    *(f"descriptions.{field}" for field in DESCRIPTION_REFERENCES),
    *sorted({field for fields in REFERENCES.values() for field in fields}),
)
"""All fields by which a record can point at another."""


_PARTS: Mapping[str, Iterable[str]] = {
    "occurrences": OCCURRENCE_REFERENCES,
    "questions": BEARING_REFERENCES,
    "descriptions": DESCRIPTION_REFERENCES,
    "evidence": ("source",),
}
"""Field that holds parts of a record, as documents of their own, to the fields of these that hold ids."""


def references(record: Record) -> Iterator[tuple[str, str]]:
    """Field name and id of all that a record points at: its own fields, its occurrences, its evidence's sources."""
    for field in REFERENCES[KIND_OF_STRUCT[type(record)]]:
        for target in ids_in(getattr(record, field)):
            yield field, target
    if isinstance(record, Question):
        for occurrence in record.occurrences:
            for field in OCCURRENCE_REFERENCES:
                for target in ids_in(getattr(occurrence, field)):
                    yield f"occurrences.{field}", target
    if isinstance(record, Labelled):
        for description in record.descriptions:
            if description.by is not None:
                yield "descriptions.by", description.by
    for evidence in all_evidence(record):
        yield CITED, evidence.source


def ids_in(value: str | Sequence[str | Bearing] | None) -> list[str]:
    """The ids that a field holds."""
    if isinstance(value, str):
        return [value]
    return [item if isinstance(item, str) else item.question for item in value or ()]


def has_parts(record: Record) -> bool:
    """Whether a record is of a kind whose records have parts with evidence of their own."""
    return isinstance(record, (Question, Statement))


def parts_of(record: Record) -> Iterator[tuple[str, Occurrence | Bearing]]:
    """Path and value of the parts of a record that have evidence of their own."""
    if isinstance(record, Question):
        for index, occurrence in enumerate(record.occurrences):
            yield f"occurrences[{index}]", occurrence
    elif isinstance(record, Statement):
        for index, bearing in enumerate(record.questions):
            yield f"questions[{index}]", bearing


def all_evidence(record: Record) -> Iterator[Evidence]:
    """Evidence of a record and of its parts, in order."""
    yield from record.evidence
    for _, part in parts_of(record):
        yield from part.evidence


def map_references(record: R, change: Callable[[str], str]) -> R:
    """The record with ``change`` applied to every id it points at; no list names an id twice afterwards."""
    document = map_document(msgspec.to_builtins(record), KIND_OF_STRUCT[type(record)], change)
    return msgspec.convert(document, type(record))


def map_document(document: Mapping[str, Any], kind: str, change: Callable[[str], str]) -> dict[str, Any]:
    """The document of a record of a kind with ``change`` applied to every id it points at, as a new document.

    No list names an id twice afterwards. Fields that the document does not have are not added.
    """
    return _map_part(document, [field for field in REFERENCES[kind] if field not in _PARTS], change)


def _map_part(part: Mapping[str, Any], fields: Iterable[str], change: Callable[[str], str]) -> dict[str, Any]:
    """A document, an occurrence, a bearing or a piece of evidence, of which some fields hold ids."""
    changed = {**part} | {field: _map_ids(part[field], change) for field in fields if field in part}
    for items, fields_of_item in _PARTS.items():
        if items in part:
            mapped = [_map_part(item, fields_of_item, change) for item in part[items]]
            changed[items] = _joined(mapped) if items == "questions" else mapped
    return changed


def _map_ids(value: str | list[str] | None, change: Callable[[str], str]) -> str | list[str] | None:
    if isinstance(value, list):
        return list(dict.fromkeys(map(change, value)))
    return value if value is None else change(value)


def _joined(bearings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Documents of bearings, those on one question as one: with the reasons and the evidence of all."""
    joined: dict[str, dict[str, Any]] = {}
    for bearing in bearings:
        question = bearing.get("question", "")
        first = joined.setdefault(question, bearing)
        if first is not bearing:
            reasons = dict.fromkeys(filter(None, (first.get("reason"), bearing.get("reason"))))
            basis = "stated" if "stated" in (first.get("basis"), bearing.get("basis")) else "inferred"
            evidence = [*first.get("evidence", ()), *bearing.get("evidence", ())]
            more = {"basis": basis, "reason": "; ".join(reasons), "evidence": evidence}
            joined[question] = first | {name: value for name, value in more.items() if value}
    return list(joined.values())
