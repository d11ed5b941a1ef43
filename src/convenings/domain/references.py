"""Which records a record points at."""

from __future__ import annotations

from collections.abc import Iterator

from convenings.domain.kinds import OCCURRENCE_REFERENCES, REFERENCES, kind_of
from convenings.domain.records import Evidence, Question, Record

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
    for field in REFERENCES.get(kind_of(record.id), ()):
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
