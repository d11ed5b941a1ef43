"""The lines around the panes: what is open, the tabs, where somebody is, and which keys work here."""

from __future__ import annotations

from collections.abc import Iterable

from convenings.domain.kinds import GLYPHS
from convenings.domain.state import State
from convenings.index.model import ReadModel
from convenings.tui.commands import follow
from convenings.tui.commands.command import Command
from convenings.tui.commands.context import Context
from convenings.tui.commands.keymap import Keymap
from convenings.tui.panes.bars import Bar, KeyBar, TabBar, TopBar
from convenings.tui.views import captions

COUNTED = ("event", "person", "organisation", "question")
"""Kinds of which the top line says how many there are."""


class Bars:
    """The four lines.

    Args:
        keymap: The keys that the user has bound.
    """

    def __init__(self, keymap: Keymap) -> None:
        self._keymap = keymap
        (palette,) = keymap.applied([follow.palette])
        self.top, self.tabs, self.crumb, self.keys = TopBar(palette), TabBar(), Bar("crumb"), KeyBar()

    def show_dataset(self, model: ReadModel) -> None:
        """Say which dataset is open, and how much it holds."""
        self.top.title = model.title
        self.top.counts = [
            (GLYPHS[kind], kind, model.range(kind)[1] - model.range(kind)[0])
            for kind in COUNTED
            if model.complete or kind in model.ranges
        ]

    def show(self, state: State, context: Context, commands: Iterable[Command], message: str) -> None:
        """Say where somebody is and which keys work there, or the message of the last key."""
        self.top.repaint()
        sentence = [(f" {message}", "gap")] if message else None
        self.crumb.show(sentence or captions.breadcrumb(state, context, self.crumb.screen.size.width))
        self.tabs.active = state.pane
        self.tabs.repaint()
        line = captions.key_line(state, context, self._keymap.applied(commands))
        self.keys.commands, self.keys.labels = line.commands, line.labels
        self.keys.message = message if state.typing else ""
        self.keys.repaint()
