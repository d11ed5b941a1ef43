"""The least that Textual can do: ``python bare.py hello``, ``key`` or ``input``; the measure of everything else."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from textual.app import App
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Static

HELLO = "hello-bare-world"
"""What is on the screen once it is there."""


class Hello(App[None]):
    """One line of text; ``q`` quits."""

    BINDINGS = [("q", "quit", "Quit")]

    def compose(self) -> Iterable[Widget]:
        """The line."""
        yield Static(HELLO)


class OneKey(Hello):
    """One line of text that every key but ``q`` changes."""

    presses = 0

    def on_key(self, event: Key) -> None:
        """Count the key and show the count."""
        self.presses += 1
        self.query_one(Static).update(f"{HELLO} {self.presses}")


class Echo(Hello):
    """One input line below the text."""

    def compose(self) -> Iterable[Widget]:
        """The two lines."""
        from textual.widgets import Input

        yield Static(HELLO)
        yield Input()


APPS: dict[str, type[App[None]]] = {"hello": Hello, "key": OneKey, "input": Echo}

if __name__ == "__main__":
    APPS[sys.argv[1]]().run()
