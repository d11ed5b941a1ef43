"""A line that is typed where it belongs: over the row of what it is for, with everything around it to be read."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.geometry import Offset

from convenings.tui.dialogs.dialog import Dialog
from convenings.tui.dialogs.keys_line import KeysLine
from convenings.tui.panes.bars import Bar
from convenings.tui.panes.line import Line

KEYS = (("enter", "keep it", "take"), ("esc", "leave it as it was", "leave"), ("^z", "undo typing", "undo_typing"))
LONGEST = 2000
"""Characters of what is typed at most: a sentence or two."""


class PlacedLine(Line):
    """The line itself."""

    def typed(self, value: str) -> None:
        """Have it looked at in the handler of the key."""
        if self.is_mounted and isinstance(self.screen, InPlace):
            self.screen.look_at(value)

    def validate_value(self, value: str) -> str:
        """As much as there is room for."""
        return value[:LONGEST]


class InPlace(Dialog[str]):
    """Has a line typed; gives it, or nothing where it is left.

    Args:
        begin: What stands in it at first.
        hint: What it says while nothing is typed, and the line above the keys while nothing is wrong.
        at: Where on the screen it begins.
        width: Its cells.
        say: Says what is wrong with what is typed, or what it is taken for, in the line above the keys.
        fault: Gives what is wrong with what is typed, in a sentence; an empty text where nothing is.
    """

    CSS = """
    InPlace { background: $background 0%; align: left top; }
    InPlace #line { height: 1; border: none; padding: 0; background: $panel; }
    InPlace #line:focus { border: none; }
    InPlace #dialog-keys { dock: bottom; }
    """
    AUTO_FOCUS = "#line"
    BINDINGS = [
        Binding("escape", "leave", "Leave", show=False),
        Binding("enter", "take", "Keep it", show=False, priority=True),
    ]

    def __init__(
        self,
        begin: str,
        hint: str,
        at: Offset,
        width: int,
        say: Callable[[str], None],
        fault: Callable[[str], str] = lambda line: "",
    ) -> None:
        super().__init__()
        self._begin = begin
        self._at = at
        self._width = width
        self._say = say
        self._fault = fault
        self._hint = f"{hint[:1].upper()}{hint[1:]} · esc leaves it as it was"
        self._line = PlacedLine(placeholder=hint, id="line", compact=True, select_on_focus=False)

    def compose(self) -> ComposeResult:
        """The line, and its keys over those of the view, which are letters now."""
        yield self._line
        yield KeysLine(KEYS)

    def on_mount(self) -> None:
        """Stand at the place, with what is there already."""
        self._line.styles.offset = self._at
        self._line.styles.width = self._width
        self._line.begin(self._begin)

    def look_at(self, value: str) -> None:
        """Say what is wrong with it as long as anything is, else what it is and which keys it takes."""
        self._say((self._fault(value.strip()) if value.strip() else "") or self._hint)

    def action_undo_typing(self) -> None:
        """Take the last letters back."""
        self._line.action_undo()

    @on(Bar.Clicked)
    async def do_click(self, event: Bar.Clicked) -> None:
        """A key was clicked."""
        event.stop()
        await self.run_action(event.target)

    def action_leave(self) -> None:
        """Leave what was there."""
        self._say("")
        self.dismiss(None)

    def action_take(self) -> None:
        """Give the line."""
        value = self._line.value.strip()
        if fault := self._fault(value) if value else "":
            self._say(fault)
        else:
            self.dismiss(value)
