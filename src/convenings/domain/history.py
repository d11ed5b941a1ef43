"""Places that somebody has been at, back and forward, as in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")

MAX_PLACES = 200
"""Places remembered; the oldest are forgotten first."""


class History(Generic[T]):
    """Places in the order of the visit, and which of them is the present one."""

    def __init__(self, start: T) -> None:
        self._places = [start]
        self._at = 0

    @property
    def here(self) -> T:
        """The present place."""
        return self._places[self._at]

    @property
    def before(self) -> int:
        """How many places one can go back."""
        return self._at

    @property
    def after(self) -> int:
        """How many places one can go forward."""
        return len(self._places) - 1 - self._at

    def latest(self) -> Iterator[T]:
        """All places, those visited last first."""
        return reversed(self._places)

    def update(self, place: T) -> None:
        """Put a value in the place of the present one, as it looks before it is left."""
        self._places[self._at] = place

    def visit(self, place: T) -> None:
        """Go to a new place; what lay ahead is forgotten."""
        self._places[self._at + 1 :] = [place]
        del self._places[:-MAX_PLACES]
        self._at = len(self._places) - 1

    def go(self, by: int) -> T | None:
        """Go back (negative) or forward; None where there is no such place."""
        if not 0 <= self._at + by < len(self._places):
            return None
        self._at += by
        return self.here
