"""Which records a record points at, and the same record with other ids in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

import msgspec

from convenings.domain.kinds import KIND_OF_STRUCT, OCCURRENCE_REFERENCES, REFERENCES
from convenings.domain.records import Evidence, Question, Record

R = TypeVar("R", bound=Record)

CITED = "evidence.source"
"""The field by which evidence points at its source."""
FIELDS = (
    CITED,
    *(f"occurrences.{field}" for field in OCCURRENCE_REFERENCES),
    *sorted({field for fields in REFERENCES.values() for field in fields}),
)
"""All fields by which a record can point at another."""


def references(record: Record) -> Iterator[tuple[str, str]]:
    """Field name and id of all that a record points at: its own fields, its occurrences, its evidence's sources."""
    for field in REFERENCES[KIND_OF_STRUCT[type(record)]]:
        for target in _ids(getattr(record, field)):
            yield field, target
    if isinstance(record, Question):
        for occurrence in record.occurrences:
            for field in OCCURRENCE_REFERENCES:
                for target in _ids(getattr(occurrence, field)):
                    yield f"occurrences.{field}", target
    for evidence in all_evidence(record):
        yield CITED, evidence.source


def all_evidence(record: Record) -> Iterator[Evidence]:
    """Evidence of a record and of its occurrences, in order."""
    yield from record.evidence
    if isinstance(record, Question):
        for occurrence in record.occurrences:
            yield from occurrence.evidence


def _ids(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def map_references(record: R, change: Callable[[str], str]) -> R:
    """The record with ``change`` applied to every id it points at; no list names an id twice afterwards."""
    document = map_document(msgspec.to_builtins(record), KIND_OF_STRUCT[type(record)], change)
    return msgspec.convert(document, type(record))


def map_document(document: Mapping[str, Any], kind: str, change: Callable[[str], str]) -> dict[str, Any]:
    """The document of a record of a kind with ``change`` applied to every id it points at, as a new document.

    No list names an id twice afterwards. Fields that the document does not have are not added.
    """
    return _map_part(document, REFERENCES[kind], change)


def _map_part(part: Mapping[str, Any], fields: Iterable[str], change: Callable[[str], str]) -> dict[str, Any]:
    """A document, an occurrence or a piece of evidence, of which some fields hold ids."""
    changed = {**part} | {field: _map_ids(part[field], change) for field in fields if field in part}
    for items, fields_of_item in (("occurrences", OCCURRENCE_REFERENCES), ("evidence", ("source",))):
        if items in part:
            changed[items] = [_map_part(item, fields_of_item, change) for item in part[items]]
    return changed


def _map_ids(value: str | list[str] | None, change: Callable[[str], str]) -> str | list[str] | None:
    if isinstance(value, list):
        return list(dict.fromkeys(map(change, value)))
    return value if value is None else change(value)
