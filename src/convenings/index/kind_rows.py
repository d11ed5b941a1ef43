"""The rows of kinds, among which a search looks: a first row, and one past the last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class KindRows(NamedTuple):
    """The rows of a kind, or some of them."""

    first: int
    last: int
    kind: str
    preference: int


def merged(spans: Sequence[KindRows]) -> list[tuple[int, int]]:
    """The rows of some kinds, neighbours together: each span is asked for by itself."""
    merged: list[tuple[int, int]] = []
    for span in sorted(spans):
        if merged and merged[-1][1] == span.first:
            merged[-1] = merged[-1][0], span.last
        else:
            merged.append((span.first, span.last))
    return merged
