"""The lines around the panes: what is open, the tabs, where somebody is, and which keys work here."""

from __future__ import annotations

from collections.abc import Iterable

from textual.geometry import Region, Size

from convenings.domain.kinds import GLYPHS
from convenings.domain.state import State
from convenings.index.model import ReadModel
from convenings.tui.commands import follow
from convenings.tui.commands.command import Command
from convenings.tui.commands.context import Context
from convenings.tui.commands.keymap import Keymap
from convenings.tui.explorer.messages import remember, without_folder
from convenings.tui.paint.styles import kind_style
from convenings.tui.panes.bars import Bar, KeyBar, TabBar, TopBar, message_lines
from convenings.tui.views import captions

COUNTED = {
    "event": ("events", "timeline"),
    "person": ("people", "speakers"),
    "organisation": ("organisations", "organisations"),
    "question": ("questions", "questions"),
    "place": ("places", "places"),
    "topic": ("topics", "topics"),
    "initiative": ("initiatives", "initiatives"),
}
"""Kinds of which the top line says how many there are, to their plural and the pane that a click on it shows."""


class Bars:
    """The four lines.

    Args:
        keymap: The keys that the user has bound.
    """

    def __init__(self, keymap: Keymap) -> None:
        self._keymap = keymap
        self.said: list[str] = []
        """What was said since the start, the last sentence last."""
        (palette,) = keymap.applied([follow.palette])
        self.top, self.tabs, self.crumb, self.keys = TopBar(palette), TabBar(), Bar("crumb"), KeyBar()

    def show_dataset(self, model: ReadModel) -> None:
        """Say which dataset is open, and how much it holds."""
        self.top.title = model.title
        self.top.counts = []
        for kind, (plural, pane) in COUNTED.items():
            if model.complete or kind in model.ranges:
                first, last = model.range(kind)
                if first == last and model.complete:
                    continue
                number = f"{last - first:,} {kind if last - first == 1 else plural}"
                self.top.counts.append((GLYPHS[kind], kind_style(kind), number, f"show_{pane}"))

    def show(self, state: State, context: Context, commands: Iterable[Command], message: str, saving: str = "") -> None:
        """Say where somebody is and which keys work there, or the message of the last key, and what is being saved."""
        self.top.repaint()
        if not state.typing and message not in captions.WELCOME:
            # While a filter is typed something is said of each letter, and nobody asks to be welcomed again.
            remember(self.said, message)
        message = without_folder(message, context.model.path)
        if saving and saving != message:
            message = " · ".join(filter(None, (message, saving)))
        self.crumb.message = "" if state.typing else message
        crumb = captions.breadcrumb(state, context, self.crumb.screen.size.width)
        self.crumb.show([(text, style) for text, style, _ in crumb], [target for _, _, target in crumb])
        self.tabs.active = state.pane
        self.tabs.repaint()
        line = captions.key_line(state, context, self._keymap.applied(commands))
        self.keys.commands, self.keys.labels = line.commands, line.labels
        self.keys.message = message if state.typing else ""
        self.keys.repaint()

    def placed(self, regions: dict[str, Region], size: Size) -> dict[str, Region]:
        """Regions with as many lines for what is said as it takes, above all that stands there.

        Args:
            regions: Widget id to its region, with a line for each bar.
            size: Cells of the terminal.
        """
        message = self.crumb.message or self.keys.message
        if not message or "keys" not in regions:
            return regions
        name, higher = ("keys", "prompt") if self.keys.message else ("crumb", "")
        lines = len(message_lines(message, size, self.keys.ending if self.keys.message else self.crumb.ending))
        region = regions.get(name)
        if region is None or lines < 2:
            return regions
        moved = {name: Region(0, region.bottom - lines, size.width, lines)}
        if higher in regions:
            moved[higher] = regions[higher].translate((0, 1 - lines))
        return regions | moved
