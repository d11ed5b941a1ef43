"""What a search answers: hits, best first, and of how many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Tier:
    """Where a hit was found, best first; by ``SPELLING``, the name itself in another spelling."""

    EXACT, SPELLING, NAME, ALIAS, EXTRA, NEAR, INSIDE, TEXT = range(8)


class Hit(NamedTuple):
    """A record that a search finds; hits sort best first."""

    tier: int
    preference: int
    later: bool
    """Whether the name begins otherwise than what was typed; one letter off, whether its words only begin with it."""
    length: int
    connected: int
    """Less is better connected."""
    row: int


class Hits(list[Hit]):
    """Hits, best first, and how many there are in all.

    Args:
        hits: Those that are listed.
        total: How many there are.
        is_least: Whether there are more than that.
    """

    def __init__(self, hits: Iterable[Hit], total: int, *, is_least: bool = False) -> None:
        super().__init__(hits)
        self.total = total
        self.is_least = is_least

    @property
    def note(self) -> str:
        """How many are listed, and of how many: ``3``, ``50 of 169``, ``50 of more than 10,000``."""
        if len(self) >= self.total and not self.is_least:
            return f"{len(self):,}"
        return f"{len(self):,} of {'more than ' if self.is_least else ''}{self.total:,}"
