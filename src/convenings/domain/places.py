"""Where evidence stands in its source, in words."""

from __future__ import annotations

from bisect import bisect_left

from convenings.domain.record_values import Evidence
from convenings.domain.records import Source


def place_in_words(evidence: Evidence, source: Source | None = None) -> str:
    """Where in its source evidence stands: "page 2, paragraph 3", or the pointer into a structured file."""
    page = page_of(evidence, source)
    return evidence.pointer or f"{f'page {page}, ' if page else ''}paragraph {evidence.paragraph}"


def page_of(evidence: Evidence, source: Source | None) -> int:
    """The page of a document on which the paragraph of evidence begins, from 1; 0 where that is not known."""
    if source is None or evidence.pointer:
        return 0
    at = bisect_left(source.digest, evidence.paragraph, key=lambda entry: entry.number)
    entry = source.digest[at] if at < len(source.digest) else None
    return entry.page or 0 if entry is not None and entry.number == evidence.paragraph else 0
