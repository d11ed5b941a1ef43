"""A screen that takes only a size that the terminal still has."""

from __future__ import annotations

from textual import events
from textual.screen import Screen, ScreenResultType


class ResizableScreen(Screen[ScreenResultType]):
    """A screen that passes over sizes the terminal no longer has: two that came together would answer each other for
    ever, as Textual's screens tell themselves of each size they take."""

    def on_resize(self, event: events.Resize) -> None:
        """Leave an older size out."""
        if event.size != self.app.size:
            event.prevent_default()
