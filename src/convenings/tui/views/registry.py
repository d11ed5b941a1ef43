"""Every view, and the keys of all of them."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from convenings.tui.commands.command import Command
from convenings.tui.views.four_panes import FourPanes
from convenings.tui.views.view import View

VIEWS: tuple[type[View], ...] = (FourPanes,)
"""Every view, the one first that the explorer opens with."""
COMMANDS: dict[str, Command] = {command.id: command for view in VIEWS for command in view.commands}
"""Command of any view by its id."""
BINDINGS: list[BindingType] = [
    Binding(
        command.keys,
        f"do('{command.id}')",
        command.label,
        id=command.id,
        tooltip=command.help,
        show=False,
        # Run when the key is read and not when the pane gets round to it, so that keys sent in one burst each meet
        # what the one before has opened.
        priority=True,
    )
    for command in COMMANDS.values()
]
"""The keys of all views; the explorer lets those act that the view on the screen has."""
