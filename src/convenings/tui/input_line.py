"""A line of the query language as it is typed: followed once for all keys that came together, and of bounded length."""

from __future__ import annotations

from textual import events

from convenings.tui.panes.line import Line

LONGEST_LINE = 500
"""Characters of a line at most: what is asked for in words is shorter, and each letter more is searched for anew."""
CUT = f"the line ends at {LONGEST_LINE} characters; what came after them is left out"
"""What is said of a line that would be longer."""


class InputLine(Line):
    """A line that somebody follows: a search, a filter."""

    is_cut = False
    """Whether the line would be longer than it may be."""
    _is_behind = False
    """Whether the line has changed since it was followed."""

    def follow(self, line: str) -> None:
        """Do what the line asks for; called in the handler of the last of all keys that came together."""

    def typed(self, value: str) -> None:
        """Have the line followed once no key is waiting."""
        self.is_cut = self.is_cut and len(value) >= LONGEST_LINE
        self._is_behind = True
        self.check_idle()

    def begin(self, value: str) -> None:
        """Put a line here that nobody typed, which is not followed."""
        super().begin(value)
        self.forget()

    def on_idle(self) -> None:
        """Follow the line."""
        self.catch_up()

    def catch_up(self) -> None:
        """Follow the line now, if it has changed: before a key that acts on what it has come to."""
        if self._is_behind:
            self._is_behind = False
            self.follow(self.value)

    def forget(self) -> None:
        """Follow no change of the line that has not been followed."""
        self._is_behind = self.is_cut = False

    def validate_value(self, value: str) -> str:
        """As much of a line as there is room for."""
        if len(value) > LONGEST_LINE:
            self.is_cut = self._is_behind = True
            self.check_idle()
        return value[:LONGEST_LINE]

    def on_paste(self, event: events.Paste) -> None:
        """Take as much of a text as may fit; the rest of it is not even looked at."""
        event.text = event.text[: 2 * LONGEST_LINE]
