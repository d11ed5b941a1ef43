"""The editor of the user's own note on a record."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import TextArea

from convenings.domain.text import plain


class NoteEditor(ModalScreen[str]):
    """Edits a note; gives its text, or nothing where the change is given up. An empty text removes the note."""

    CSS = """
    NoteEditor { align: center middle; background: $background 60%; }
    NoteEditor TextArea {
        width: 84%; max-width: 90; height: 60%; max-height: 16;
        border: heavy $accent; background: $surface; border-title-color: $accent; border-subtitle-color: $muted;
    }
    """
    BINDINGS = [
        Binding("ctrl+s", "keep", "Keep", priority=True),
        Binding("escape", "dismiss", "Give up", priority=True),
    ]

    def __init__(self, label: str, text: str) -> None:
        super().__init__()
        self._label = label
        self._text = plain(text, "\n")

    def compose(self) -> ComposeResult:
        """The text."""
        yield TextArea(self._text)

    def on_mount(self) -> None:
        """Say whose note it is, and how to keep it."""
        area = self.query_one(TextArea)
        area.border_title = Content(f"Note on {self._label}")
        area.border_subtitle = Content("^s keep · esc give up")
        area.focus()

    def action_keep(self) -> None:
        """Keep the note."""
        self.dismiss(self.query_one(TextArea).text)
