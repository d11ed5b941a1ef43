"""A line for one value, with how it may go on below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.binding import Binding

from convenings.domain.kinds import GLYPHS
from convenings.presentation.form_readings import Way
from convenings.tui.dialogs.dialog import Dialog
from convenings.tui.paint.styles import kind_style
from convenings.tui.panes.choices import Choice, ChoiceList
from convenings.tui.panes.line import Line


class ValueLine(Line):
    """The line that is typed into."""

    def typed(self, value: str) -> None:
        """List how it may go on, in the handler of the key."""
        if self.is_mounted and isinstance(self.screen, ValuePrompt):
            self.screen.follow(value)


class ValuePrompt(Dialog[str]):
    """Asks for a value; gives the line, or nothing where it is left.

    Args:
        title: What it is for.
        ways: Gives how a line may go on.
        accept: Says why a line cannot be taken; an empty text where it can.
        only_listed: What is said where nothing is listed, if nothing but what is listed can be taken.
    """

    AUTO_FOCUS = "#line"
    BINDINGS = [
        Binding("escape", "dismiss", "Leave", show=False),
        Binding("down,ctrl+n", "move(1)", "Next", show=False),
        Binding("up", "move(-1)", "Before", show=False),
    ]

    def __init__(
        self,
        title: str,
        ways: Callable[[str], Sequence[Way]],
        accept: Callable[[str], str] = lambda _: "",
        *,
        only_listed: str = "",
    ) -> None:
        super().__init__()
        self._title, self._ways, self._accept, self._only_listed = title, ways, accept, only_listed
        self._line = ValueLine(id="line", select_on_focus=False)
        self._list = ChoiceList("values")

    def compose(self) -> ComposeResult:
        """The line and the list."""
        yield self._line
        yield self._list

    def on_mount(self) -> None:
        """Begin with all that it may be."""
        self._list.can_focus = False
        self.follow("")

    def follow(self, text: str) -> None:
        """List how a line may go on."""
        ways = self._ways(text)
        self._list.empty_text = self._only_listed or "Enter takes the line as it is; empty, it empties the field"
        self._list.show(
            [
                Choice(
                    way.text,
                    (GLYPHS[way.kind], kind_style(way.kind)) if way.kind else (" ", ""),
                    way.label,
                    way.beside,
                    way.kind,
                )
                for way in ways
            ]
        )
        self._list.set_title((self._title, ""), note="enter takes it, then shows each before and after · esc leaves")

    def action_move(self, by: int) -> None:
        """Move the cursor of the list."""
        self._list.move(by)

    def on_input_submitted(self) -> None:
        """Take what is under the cursor, or the line."""
        text, choice = self._line.value, self._list.current
        if self._only_listed and choice is None:
            return
        if choice is not None and (text.strip() or self._only_listed):
            text = choice.value
        if problem := self._accept(text):
            self._list.set_title((self._title, ""), note=problem)
        else:
            self.dismiss(text)
