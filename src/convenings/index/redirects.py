"""Records with each id that a merge took out of use replaced by the id that stands for it now."""

from __future__ import annotations

from collections.abc import Mapping

from convenings.domain.records import Record
from convenings.domain.references import map_references, references


def resolved(record: Record, redirects: Mapping[str, str]) -> Record:
    """The record as it would be had every merge rewritten what refers to the old ids.

    Args:
        record: The record.
        redirects: Old id to the id at the end of its chain.
    """
    # Nearly every record is as it was: to look costs less than to write it anew.
    if not any(target in redirects for _, target in references(record)):
        return record
    return map_references(record, lambda ref: redirects.get(ref, ref))
