"""Every view, and the keys of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from textual.binding import Binding, BindingType

from convenings.index.model import ReadModel
from convenings.tui.commands.command import Command
from convenings.tui.commands.registry import BROWSING, REVIEWING
from convenings.tui.pane_names import PROGRAMME, REVIEW
from convenings.tui.panes.pane import Pane
from convenings.tui.views.four_panes import FourPanes
from convenings.tui.views.view import View


class LaterView(NamedTuple):
    """A view that is imported when it is first shown: with its panes the start would take some ten ms longer."""

    id: str
    commands: tuple[Command, ...]
    load: Callable[[], type[View]]

    def __call__(self, model: ReadModel, shared: Mapping[str, Pane]) -> View:
        """Make it, as :class:`~convenings.tui.views.view.View` is made."""
        return self.load()(model, shared)


def _programme() -> type[View]:
    from convenings.tui.views.programme import ProgrammeView

    return ProgrammeView


def _review() -> type[View]:
    from convenings.tui.views.review import ReviewView

    return ReviewView


AnyView = type[View] | LaterView

VIEWS: tuple[AnyView, ...] = (
    FourPanes,
    LaterView(PROGRAMME, BROWSING, _programme),
    LaterView(REVIEW, REVIEWING, _review),
)
"""Every view, the one first that the explorer opens with."""


class Views:
    """The views of one explorer by their ids, each made when it is first asked for.

    Args:
        views: Every view.
        model: Gives the read model whose records are shown.
    """

    def __init__(self, views: Iterable[AnyView], model: Callable[[], ReadModel]) -> None:
        self._views = {view.id: view for view in views}
        self._model = model
        self.made: dict[str, View] = {}
        """Those that have been asked for."""
        self.panes: dict[str, Pane] = {}
        """Name to each of their panes."""

    def __contains__(self, name: object) -> bool:
        return name in self._views

    def __getitem__(self, name: str) -> View:
        if name not in self.made:
            self.made[name] = view = self._views[name](self._model(), self.panes)
            self.panes.update(view.panes)
        return self.made[name]


WIDE_KEYS = {
    "slash": "fullwidth_solidus",
    "question_mark": "fullwidth_question_mark",
    "colon": "fullwidth_colon",
    "plus": "fullwidth_plus_sign",
    "equals_sign": "fullwidth_equals_sign",
    "comma": "fullwidth_comma",
    "full_stop": "ideographic_full_stop",
    "less_than_sign": "left_double_angle_bracket",
    "greater_than_sign": "right_double_angle_bracket",
    "minus": "fullwidth_hyphen_minus",
    "left_square_bracket": "fullwidth_left_square_bracket",
    "right_square_bracket": "fullwidth_right_square_bracket",
}
"""Key to what a Chinese or Japanese input method sends for it."""


NO_KEY = "no-key"
"""What no terminal sends: a command without a key can still be bound to one by the user."""


def with_wide_keys(keys: str) -> str:
    """Keys, and what an input method sends for each of them."""
    every = [key.strip() for key in keys.split(",")]
    return ",".join([*every, *(WIDE_KEYS[key] for key in every if key in WIDE_KEYS)])


def bindings(views: Iterable[AnyView]) -> list[BindingType]:
    """The keys of some views; the explorer lets those act that the view on the screen has."""
    commands = {command.id: command for view in views for command in view.commands}
    return [
        Binding(
            with_wide_keys(command.keys or NO_KEY),
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
