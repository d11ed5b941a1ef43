"""What every dialog is: a modal that closes once, however many keys or clicks meet it while it does."""

from __future__ import annotations

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, ScreenResultType


class Dialog(ModalScreen[ScreenResultType]):
    """A modal that gives one result."""

    is_closing = False
    """Whether it has given its result. What was typed or clicked before it was seen to close still comes to it."""

    def on_resize(self, event: events.Resize) -> None:
        """Pass over a size that the terminal no longer has: two that came together would answer each other for ever."""
        if event.size != self.app.size:
            event.prevent_default()

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close, and give a result; nothing happens where it closes already.

        Args:
            result: What was chosen; None where nothing was.
        """
        if self.is_closing:
            return AwaitComplete()
        self.is_closing = True
        return super().dismiss(result)
