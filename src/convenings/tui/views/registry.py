"""Every view, and the keys of all of them."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding, BindingType

from convenings.tui.views.four_panes import FourPanes
from convenings.tui.views.programme import ProgrammeView
from convenings.tui.views.review import ReviewView
from convenings.tui.views.view import View

VIEWS: tuple[type[View], ...] = (FourPanes, ProgrammeView, ReviewView)
"""Every view, the one first that the explorer opens with."""


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


def bindings(views: Iterable[type[View]]) -> list[BindingType]:
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
