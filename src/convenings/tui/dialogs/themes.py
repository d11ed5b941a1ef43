"""The themes: ours first, a sign at the present one, and each shown while the cursor stands on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from textual.theme import Theme

from convenings.tui.dialogs.menu import Entry, Menu
from convenings.tui.paint.segments import TextSpan, cells_of, pad
from convenings.tui.paint.themes import OURS
from convenings.tui.panes.wrapped import Item

OUR_HEADING, OTHER_HEADING = "Convenings", "Textual"
ABOUT = {
    "convenings-dark": "dark, as everything is made for",
    "convenings-light": "light",
    "convenings-clear": "dark; hues are told apart with any colour vision",
}


class Stage(Protocol):
    """What shows a theme."""

    theme: str
    """Name of the theme shown."""
    previews_theme: bool
    """Whether it is only looked at."""

    def choose_theme(self, name: str) -> None:
        """Remember a theme for the next start."""


class Themes(Menu):
    """Shows each theme that the cursor is put on; gives the name of the one chosen, and else puts back the present one.

    Args:
        stage: What shows them.
        themes: The themes there are.
    """

    BINDINGS = []

    def __init__(self, stage: Stage, themes: Iterable[Theme]) -> None:
        self._stage, self._present = stage, stage.theme
        super().__init__("Theme", "Filter · enter takes it · esc goes back", entries_of(themes), begin_at=stage.theme)
        self._name_cells = max(cells_of(entry.name) for entry in self.entries)

    def on_mount(self) -> None:
        """Begin at the present one."""
        self._stage.previews_theme = True
        super().on_mount()

    def item(self, entry: Entry, width: int) -> Item:
        """A sign at the present theme, its name, and what it is."""
        sign: TextSpan = ("● ", "number") if entry.value == self._present else ("  ", "")
        spans: list[TextSpan] = [sign, (pad(entry.name, self._name_cells), "strong"), ("  ", ""), (entry.text, "")]
        return Item(spans, entry.value, choosable=True, indent=1, hang=4)

    def chosen(self) -> None:
        """Show the theme under the cursor."""
        if self.current and self.current != self._stage.theme:
            self._stage.theme = self.current

    def leave(self, value: str | None) -> None:
        """Stay with the theme that was chosen, or go back to the one before."""
        if not self.is_closing:
            self._stage.theme = value or self._present
            # The change of theme is told only when this handler is over.
            self.app.call_next(self._end_preview)
        super().leave(value)

    def _end_preview(self) -> None:
        """From now on a theme is meant to be remembered, this one among them."""
        self._stage.previews_theme = False


def entries_of(themes: Iterable[Theme]) -> Iterator[Entry]:
    """Each theme as an entry, ours first."""
    every = {theme.name: theme for theme in themes}
    for name, theme in (OURS | every).items():
        if name in OURS:
            yield Entry(name, name, ABOUT[name], OUR_HEADING)
        else:
            text = "the terminal's own colours" if theme.ansi else "dark" if theme.dark else "light"
            yield Entry(name, name, text, OTHER_HEADING)
