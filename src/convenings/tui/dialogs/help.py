"""Every key with what it does: those of the pane in use first, and those that can do nothing here with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from convenings.domain.state import State
from convenings.tui.commands import program
from convenings.tui.commands.command import Command
from convenings.tui.commands.context import Context
from convenings.tui.commands.registry import key_name
from convenings.tui.dialogs.menu import Entry, Menu
from convenings.tui.paint.segments import TextSpan, cells_of, pad
from convenings.tui.pane_names import TITLES
from convenings.tui.panes.wrapped import Item

COMMAND = "command:"
"""What stands before the id of a command that was chosen, as in the palette."""
EVERYWHERE, NOT_HERE = "Everywhere", "Not here and now"
COLUMNS_FROM = 56
"""Cells from which on keys, names and sentences stand in columns."""


class Help(Menu):
    """Lists keys; gives ``command:`` and the id of the command to run.

    Args:
        state: What is shown.
        context: What commands ask.
        commands: What can be done here, with the keys that do it.
        labels: Command to another label than its own, as in the line of keys.
        legend: What the signs of the pane in use mean.
    """

    BINDINGS = []

    def __init__(
        self, state: State, context: Context, commands: Sequence[Command], labels: Mapping[str, str], legend: str
    ) -> None:
        self._legend = legend
        pane = TITLES.get(state.pane, "Evidence")
        closing_keys = {key for command in commands if command.id == program.help.id for key in command.keys.split(",")}
        entries = [*entries_of(state, context, commands, labels, f"In {pane}")]
        hint = "Filter · enter runs it · esc closes"
        super().__init__("Keys", hint, entries, closing_keys)
        self._key_cells = max(cells_of(entry.key) for entry in entries)
        self._name_cells = max(cells_of(entry.name) for entry in entries)

    def heading_items(self, heading: str) -> list[Item]:
        """A heading; above the keys of the pane what its signs mean comes last, so that no key is far down."""
        before: list[Item] = []
        if heading == EVERYWHERE and self._legend:
            before = [Item([(self._legend, "muted")], indent=1), Item(())]
        return [*before, *super().heading_items(heading)]

    def item(self, entry: Entry, width: int) -> Item:
        """Keys, name and sentence: in columns where there is room."""
        style = "muted" if entry.heading == NOT_HERE else ""
        key, name = entry.key or "–", entry.name
        if width < COLUMNS_FROM:
            spans: list[TextSpan] = [
                (key, "key"),
                ("  ", ""),
                (name, style or "strong"),
                ("  ", ""),
                (entry.text, style),
            ]
            return Item(spans, entry.value, choosable=True, indent=1, hang=2)
        spans = [
            (pad(key, self._key_cells), "key"), ("  ", ""),
            (pad(name, self._name_cells), style or "strong"), ("  ", ""), (entry.text, style),
        ]  # fmt: skip
        return Item(spans, entry.value, choosable=True, indent=1, hang=self._key_cells + self._name_cells + 4)

    def note(self) -> str:
        """How many keys are listed."""
        return super().note() or f"{len(self.entries)} commands"


def entries_of(
    state: State, context: Context, commands: Sequence[Command], labels: Mapping[str, str], own: str
) -> Iterator[Entry]:
    """Every command as an entry: those of the pane in use, those of everywhere, those that can do nothing here."""
    groups: dict[str, list[Entry]] = {own: [], EVERYWHERE: [], NOT_HERE: []}
    for command in commands:
        reason = command.refusal(state, context)
        heading = NOT_HERE if reason else own if state.pane in command.panes else EVERYWHERE
        text = f"{command.help} {reason[0].upper()}{reason[1:]}." if reason else command.help
        keys = " ".join(key_name(key) for key in command.keys.split(",") if key)
        groups[heading].append(
            Entry(f"{COMMAND}{command.id}", labels.get(command.id, command.label), text, heading, keys)
        )
    for entries in groups.values():
        yield from entries
