"""What a search answers: hits, best first, and of how many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Tier:
    """Where a hit was found, best first; by ``SPELLING``, the name itself in another spelling, by ``FORM``, anywhere by
    other forms of a word than the one that was typed."""

    EXACT, SPELLING, NAME, ALIAS, EXTRA, NEAR, INSIDE, TEXT, FORM = range(9)


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
        reading: What they are hits of, if not of the line as it is, in words: ``without who, the``. See
            :class:`~convenings.domain.query.readings.Reading`.
        reading_of_forms: What those by other forms of a word are hits of: ``without who; moderated in any form``.
    """

    def __init__(
        self, hits: Iterable[Hit], total: int, *, is_least: bool = False, reading: str = "", reading_of_forms: str = ""
    ) -> None:
        super().__init__(hits)
        self._reading, self._reading_of_forms = reading, reading_of_forms
        self.advice = ""
        """Where there are none, what to leave out of the line."""
        self.total = total
        self.is_least = is_least

    @property
    def reading(self) -> str:
        """What they all are hits of, if not of the line as it is."""
        return self._reading_of_forms or self._reading

    def reading_of(self, hit: Hit) -> str:
        """What one of them is a hit of, if not of the line as it is."""
        return self._reading_of_forms if hit.tier == Tier.FORM else self._reading

    @property
    def note(self) -> str:
        """How many are listed, and of how many: ``3``, ``50 of 169``, ``50 of more than 10,000``."""
        if len(self) >= self.total and not self.is_least:
            return f"{len(self):,}"
        return f"{len(self):,} of {'more than ' if self.is_least else ''}{self.total:,}"
