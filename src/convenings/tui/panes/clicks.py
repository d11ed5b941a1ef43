"""Which clicks a widget takes: the second of two only where it has had the first."""

from __future__ import annotations

from textual import events


class Clicks:
    """The clicks that one widget has had. A dialog closes with the first of two, and leaves the second to others."""

    def __init__(self) -> None:
        self._number = 0
        """How many of the clicks that followed each other at once came here."""

    def is_stray(self, event: events.Click) -> bool:
        """Whether a click is the next one of some that went to another widget; to be asked once a click."""
        self._number = 1 if event.chain <= 1 else self._number + 1
        return event.chain > self._number
