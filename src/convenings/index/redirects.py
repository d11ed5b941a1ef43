"""Records with each id that a merge took out of use replaced by the id that stands for it now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from convenings.domain.kinds import OCCURRENCE_REFERENCES, REFERENCES, kind_of
from convenings.domain.records import Evidence, Question, Record
from convenings.domain.references import references


def resolved(record: Record, redirects: Mapping[str, str]) -> Record:
    """The record as it would be had every merge rewritten what refers to the old ids.

    Args:
        record: The record.
        redirects: Old id to the id at the end of its chain.
    """
    if not any(target in redirects for _, target in references(record)):
        return record
    changed = _swapped(record, REFERENCES[kind_of(record.id)], redirects)
    if isinstance(record, Question):
        changed["occurrences"] = [
            msgspec.structs.replace(
                occurrence,
                **_swapped(occurrence, OCCURRENCE_REFERENCES, redirects),
                evidence=_evidence(occurrence.evidence, redirects),
            )
            for occurrence in record.occurrences
        ]
    return msgspec.structs.replace(record, **changed, evidence=_evidence(record.evidence, redirects))


def _swapped(holder: msgspec.Struct, fields: Iterable[str], redirects: Mapping[str, str]) -> dict[str, Any]:
    """Fields that hold ids, with the ids that are used now; no list names one twice."""
    changed: dict[str, Any] = {}
    for field in fields:
        value = getattr(holder, field)
        if isinstance(value, list):
            changed[field] = list(dict.fromkeys(redirects.get(ref, ref) for ref in value))
        elif value is not None:
            changed[field] = redirects.get(value, value)
    return changed


def _evidence(evidence: Iterable[Evidence], redirects: Mapping[str, str]) -> list[Evidence]:
    return [msgspec.structs.replace(each, source=redirects.get(each.source, each.source)) for each in evidence]
