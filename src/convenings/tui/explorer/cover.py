"""A screen that knows whether it has been seen since a dialog lay over it."""

from __future__ import annotations

from convenings.tui.resizable_screen import ResizableScreen


class CoveredScreen(ResizableScreen[None]):
    """A screen under dialogs. Keys that come before it is painted again were meant for the dialog."""

    is_covered = False
    """Whether it has not been painted since a dialog lay over it."""

    def on_screen_suspend(self) -> None:
        """A dialog lies over it."""
        self.is_covered = True

    def on_screen_resume(self) -> None:
        """The dialog is closed; or, where none lay over it, the screen is shown for the first time."""
        if self.is_covered:
            self.show_through()

    def show_through(self) -> None:
        """The dialog is closed, or has given its result: the next painting shows what it has come to."""

        def uncover() -> None:
            self.is_covered = False

        self.is_covered = True
        # By way of the queue of the application: keys that came before the painting wait there.
        self.call_after_refresh(self.app.call_later, uncover)
