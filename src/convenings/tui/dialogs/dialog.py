"""What every dialog is: a modal that closes once, however many keys or clicks meet it while it does."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, ScreenResultType

from convenings.tui.resizable_screen import ResizableScreen


class Dialog(ResizableScreen[ScreenResultType], ModalScreen[ScreenResultType]):
    """A modal that gives one result."""

    is_closing = False
    """Whether it has given its result. What was typed or clicked before it was seen to close still comes to it."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close, and give a result; nothing happens where it closes already.

        Args:
            result: What was chosen; None where nothing was.
        """
        if self.is_closing:
            return AwaitComplete()
        self.is_closing = True
        return super().dismiss(result)
