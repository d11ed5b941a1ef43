"""Every view, and the keys of all of them."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding, BindingType

from convenings.tui.views.four_panes import FourPanes
from convenings.tui.views.view import View

VIEWS: tuple[type[View], ...] = (FourPanes,)
"""Every view, the one first that the explorer opens with."""


def bindings(views: Iterable[type[View]]) -> list[BindingType]:
    """The keys of some views; the explorer lets those act that the view on the screen has."""
    commands = {command.id: command for view in views for command in view.commands}
    return [
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
        for command in commands.values()
    ]
