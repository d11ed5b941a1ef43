"""Where evidence stands in its source, in words."""

from __future__ import annotations

from convenings.domain.record_values import Evidence


def place_in_words(evidence: Evidence) -> str:
    """Where in its source evidence stands: "paragraph 3", or the pointer into a structured file."""
    return evidence.pointer or f"paragraph {evidence.paragraph}"
