"""A list of choices that a line typed under it filters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from convenings.domain.text import words
from convenings.tui.dialogs.choice_dialog import ChoiceDialog
from convenings.tui.dialogs.keys_line import KeysLine
from convenings.tui.panes.bars import Bar
from convenings.tui.panes.line import Line

KEYS_OF_FILTER = (("enter", "keep filter", "accept"), ("esc", "take it off", "close"))


class FilterLine(Line):
    """The line in which a filter is typed, under the list."""

    BINDINGS = [
        Binding("escape", "give_up", "Clear the filter"),
        Binding("enter,tab", "accept", "Keep the filter"),
        Binding("down", "screen.move(1)", "Next row"),
        Binding("up", "screen.move(-1)", "Previous row"),
    ]

    def typed(self, value: str) -> None:
        """Filter as it is typed, in the handler of the key."""
        if self.is_mounted and isinstance(self.screen, FilteredChoices):
            self.screen.show_matching(value)

    def action_accept(self) -> None:
        """Keep the filter and go on in the list."""
        if isinstance(self.screen, FilteredChoices):
            self.screen.end_filter()

    def action_give_up(self) -> None:
        """Take the filter off."""
        self.value = ""
        self.action_accept()


class FilteredChoices(ChoiceDialog):
    """Lists choices, and the keys under them; ``/`` types a filter.

    Args:
        keys: The keys that work in the list.
        list_these: Lists some of the choices, given the line that filters them and their places among all.
    """

    BINDINGS = [
        Binding("escape", "close", "Close", show=False),
        Binding("slash", "filter", "Filter", show=False),
    ]

    def __init__(self, keys: Sequence[tuple[str, str, str]], list_these: Callable[[str, Sequence[int]], None]) -> None:
        super().__init__()
        self._list_these = list_these
        self.choice_words: Sequence[Collection[str]] = ()
        """Of each choice the words by which a filter finds it, folded."""
        self._own_keys = keys
        self._keys = KeysLine(keys)
        self._line = FilterLine(placeholder="words", id="choices-filter", compact=True, select_on_focus=False)

    def compose(self) -> ComposeResult:
        """The list, the line of a filter while one is typed, and the keys."""
        yield from super().compose()
        yield self._line
        yield self._keys

    def on_mount(self) -> None:
        """Fill the list."""
        self._line.display = False
        self.show_matching("")
        self._list.focus()

    def show_matching(self, line: str) -> None:
        """List the choices of which every word of a line begins a word."""
        typed = words(line)
        self._list_these(
            line,
            [
                at
                for at, own in enumerate(self.choice_words)
                if all(any(word.startswith(token) for word in own) for token in typed)
            ],
        )

    def end_filter(self) -> None:
        """Go on in the list, with the filter as it is."""
        self._line.display = False
        self._show_keys(self._own_keys)
        self._list.focus()

    def _show_keys(self, keys: Sequence[tuple[str, str, str]]) -> None:
        self._keys.entries = keys
        self._keys.repaint()

    def action_filter(self) -> None:
        """Type a filter."""
        self._line.display = True
        self._show_keys(KEYS_OF_FILTER)
        self._line.focus()

    def action_accept(self) -> None:
        """Keep the filter."""
        self.end_filter()

    def action_close(self) -> None:
        """Take the filter off, or close the list where there is none."""
        if self._line.value:
            self._line.value = ""
            self.end_filter()
        else:
            self.dismiss()

    @on(Bar.Clicked)
    async def do_click(self, event: Bar.Clicked) -> None:
        """A key was clicked."""
        event.stop()
        await self.run_action(event.target)
