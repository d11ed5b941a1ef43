"""Which clicks a widget takes, and what stands where the mouse is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import events
from textual.message import Message

from convenings.tui.paint.segments import cells_of


class TargetClicked(Message):
    """Something in a pane was clicked that does more than put the cursor there.

    Its target is the id of a command; ``go:`` and the id of a record; ``pin:`` with a pane and an id, whose pin is
    taken off; or ``passage:`` and a number of evidence.
    """

    def __init__(self, target: str) -> None:
        self.target = target
        super().__init__()


Place = tuple[int, int, str]
"""First cell, one past the last, and what a click between them does."""


def places_of(texts: Iterable[str], targets: Iterable[str], first: int = 0) -> Sequence[Place]:
    """Where texts stand that follow each other from cell ``first`` on, each with its target; those without are none."""
    places: list[Place] = []
    for text, target in zip(texts, targets, strict=False):
        last = first + cells_of(text)
        if target:
            places.append((first, last, target))
        first = last
    return places


def target_at(places: Iterable[Place], column: int) -> str:
    """What a click on a cell does; an empty string where nothing."""
    return next((target for first, last, target in places if first <= column < last), "")


class Clicks:
    """The clicks that one widget has had. A dialog closes with the first of two, and leaves the second to others."""

    def __init__(self) -> None:
        self._number = 0
        """How many of the clicks that followed each other at once came here."""

    def is_stray(self, event: events.Click) -> bool:
        """Whether a click is the next one of some that went to another widget; to be asked once a click."""
        self._number = 1 if event.chain <= 1 else self._number + 1
        return event.chain > self._number
