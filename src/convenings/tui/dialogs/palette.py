"""The palette: commands and records in one list, found as they are typed.

Textual's own palette costs some 40 ms a key whatever stands behind it, so this is a modal of ours with Textual's input,
its key and its system commands; the list is filled in the handler of the key.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from textual import events
from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding
from textual.signal import Signal

from convenings.domain.errors import BadInput
from convenings.domain.kinds import GLYPHS
from convenings.domain.text import words
from convenings.index.model import ReadModel
from convenings.index.rows import Step
from convenings.index.search import LIMIT, Hits
from convenings.presentation.hits import contexts
from convenings.presentation.marked import user_signs
from convenings.presentation.offers import Completer, completions, offers
from convenings.tui.commands.command import Command
from convenings.tui.commands.registry import first_key
from convenings.tui.dialogs.dialog import Dialog
from convenings.tui.input_line import CUT, InputLine
from convenings.tui.paint.segments import TextSpan
from convenings.tui.paint.styles import kind_style
from convenings.tui.panes.choices import Choice, ChoiceList
from convenings.tui.panes.pane import Pane
from convenings.workspace import Workspace

MOST_COMMANDS = 6
"""At most this many commands among the hits."""
SIGN = ("›", "number")
"""What stands before a command."""
LEFT_OUT = frozenset({"Maximize", "Minimize", "Quit", "Keys", "Theme"})
"""System commands that have a command of ours."""

NO_MATCH = {
    Step.NOTHING: "Nothing has been read",
    Step.TIMELINE: "No label has that",
    Step.ROWS: "No label has that",
    Step.NAMES: "Nothing is called that",
    Step.WHOLE: "Nothing is called that, nor says it",
}
"""What the border says where nothing matches, by how far the index is."""
EMPTY = "Other words, or fewer; type:recommendation, role:speaker or is:marked list what they say; ? shows all keys"
"""What the list says where nothing matches."""
UNREAD = {
    Step.NOTHING: "the events are being read",
    Step.TIMELINE: "all but events is still being read",
    Step.ROWS: "other names are still being indexed",
    Step.NAMES: "texts are still being indexed",
}
"""What could not be searched yet, by how far the index is."""


class PaletteInput(InputLine):
    """The line that is typed into."""

    def follow(self, line: str) -> None:
        """Search for what is typed."""
        screen = self.screen if self.is_mounted else None
        if isinstance(screen, Palette):
            screen.search_for(line)


class Palette(Dialog[str]):
    """Finds commands and records; gives the id of a record, or ``command:`` and the id of a command."""

    AUTO_FOCUS = "#line"
    BINDINGS = [
        Binding("escape,ctrl+p", "dismiss", "Close", show=False),
        Binding("down,ctrl+n", "move(1)", "Next", show=False),
        Binding("up", "move(-1)", "Before", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("enter", "take", "Go there", show=False),
        Binding("tab", "complete", "Complete", show=False),
    ]

    def __init__(
        self,
        workspace: Callable[[], Workspace],
        reloaded: Signal[ReadModel],
        commands: Iterable[Command],
        system: Iterable[SystemCommand],
        pinned: Callable[[], Collection[int]] = tuple,
        recent: Callable[[], Sequence[int]] = tuple,
    ) -> None:
        """Make a palette.

        Args:
            workspace: Gives what is asked now.
            reloaded: Published when something else is shown.
            commands: What the explorer can do.
            system: Textual's own commands.
            pinned: Gives the rows that are pinned.
            recent: Gives the rows of records that somebody was at, the latest first: offered where nothing is typed.
        """
        super().__init__()
        self._workspace = workspace
        self._pinned = pinned
        self._recent = recent
        self._commands_here = commands
        self._reloaded = reloaded
        self._system = {command.title: command for command in system if command.title not in LEFT_OUT}
        self._offered = [(choice, words(choice.label)) for choice in self._offers()]
        """Commands with the words of their labels."""
        self._list = ChoiceList()
        hint = "Search records and commands: names in any order, key:value, !not, or, (brackets)"
        self._completer = Completer(lambda line: completions(self._workspace().model, line))
        self._line = PaletteInput(placeholder=hint, id="line")

    def compose(self) -> ComposeResult:
        """The line and the list."""
        yield self._line
        yield self._list

    def on_mount(self) -> None:
        """Show the commands."""
        self._list.can_focus = False
        self.search_for(self._line.value)
        self._reloaded.subscribe(self, lambda _: self.search_for(self._line.value))

    def on_key(self, event: events.Key) -> None:
        """Take what is typed before the line has the focus."""
        if event.character is not None and event.is_printable:
            event.stop()
            self._line.value += event.character
            self._line.cursor_position = len(self._line.value)

    def search_for(self, line: str) -> None:
        """Show what a line finds, best first, at most fifty."""
        commands = self._commands(line)
        reason, hits = "", Hits([], 0)
        try:
            hits = self._workspace().search(line, pinned=self._pinned())
        except BadInput as error:
            reason = str(error)
        records = self._records(line, hits)
        first = [c for c in commands if _begins(line, c.label)] if len(line.strip()) > 1 else []
        rest = [c for c in commands if c not in first]
        choices = [*first, *records, *rest][:LIMIT] if line.strip() else [*self._visited(), *commands]
        if reason:
            # It takes the place of the list, so that all of it can be read.
            choices = []
        left_out = max(0, len(first) + len(records) + len(rest) - LIMIT) if line.strip() else 0
        offers = self._values(line)
        advice = f"{hits.advice[:1].upper()}{hits.advice[1:]}" if hits.advice else ""
        self._list.empty_text = reason or (offers and "; ".join(offer.label for offer in offers)) or advice or EMPTY
        self._list.show([*offers, *choices])
        note = "cannot be read" if reason else self._count_note(len(choices), hits, left_out, line)
        if self._line.is_cut:
            note = f"{CUT} · {note}"
        self._list.set_title(("Palette", ""), note=note)

    def _values(self, line: str) -> list[Choice]:
        """What may stand behind the key that is being typed, to be taken into the line."""
        before = line[: len(line) - len(line.split(" ")[-1])] if line else ""
        return [
            Choice(f"line:{before}{offer.term}", SIGN, offer.term, "", f"{offer.number:,}")
            for offer in offers(self._workspace().model, line)
        ]

    def _count_note(self, number: int, hits: Hits, left_out: int, line: str) -> str:
        """How much is shown of how much, as what the line was read, and what could not be searched yet."""
        step = self._workspace().model.step if line.strip() else Step.WHOLE
        total = number + max(0, hits.total - len(hits)) + left_out
        note = f"{number} shown" if number or not line.strip() else NO_MATCH[step]
        if total > number or hits.is_least:
            note = f"{number} of {'more than ' if hits.is_least else ''}{total:,} shown"
        note = f"{note}, {hits.reading}" if hits.reading else note
        return f"{note}; {UNREAD[step]}" if step in UNREAD else note

    def _records(self, line: str, hits: Hits) -> list[Choice]:
        workspace = self._workspace()
        rows = workspace.model.load([hit.row for hit in hits])
        beside, added = contexts(workspace.model, line, hits, rows, workspace.notes()), user_signs(workspace)
        return [
            Choice(row.id, _glyph(row.kind), row.label, context, row.kind, added.get(row.id, " ")[0])
            for row, context in zip(rows, beside, strict=True)
        ]

    def _visited(self) -> list[Choice]:
        workspace = self._workspace()
        rows, added = workspace.model.load(self._recent()), user_signs(workspace)
        return [
            Choice(row.id, _glyph(row.kind), row.label, row.secondary, row.kind, added.get(row.id, " ")[0])
            for row in rows
        ]

    def _commands(self, line: str) -> list[Choice]:
        typed = words(line)
        choices = [
            choice
            for choice, label in self._offered
            if all(any(word.startswith(token) for word in label) for token in typed)
        ]
        return choices[:MOST_COMMANDS] if typed else choices

    def _offers(self) -> Iterator[Choice]:
        """Every command, those of the system last."""
        for command in self._commands_here:
            if command.in_palette:
                key = first_key(command) or "command"
                yield Choice(f"command:{command.id}", SIGN, command.label, command.help, key)
        for title, system in self._system.items():
            yield Choice(f"system:{title}", SIGN, title.casefold(), system.help, "command")

    def action_complete(self) -> None:
        """Complete the key or the value that is typed, the next time in the next way."""
        if line := self._completer.next(self._line.value):
            self._line.value = line
            self._line.cursor_position = len(line)

    def action_move(self, by: int) -> None:
        """Move the cursor of the list."""
        self._line.catch_up()
        self._list.move(by)

    def action_page(self, by: int) -> None:
        """Move it by screens."""
        self._line.catch_up()
        self._list.page(by)

    def on_input_submitted(self) -> None:
        """Take the choice under the cursor."""
        self.action_take()

    def on_pane_clicked(self, event: Pane.Clicked) -> None:
        """Take the choice that was clicked."""
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Do or go to what is under the cursor."""
        self._line.catch_up()
        choice = self._list.current
        if choice is None or self.is_closing:
            return
        if choice.value.startswith("line:"):
            self._line.value = choice.value.removeprefix("line:")
            self._line.cursor_position = len(self._line.value)
        elif choice.value.startswith("system:"):
            run: Callable[[], object] = self._system[choice.value.removeprefix("system:")].callback
            self.dismiss()
            self.app.call_later(run)
        else:
            self.dismiss(choice.value)


def _glyph(kind: str) -> TextSpan:
    return GLYPHS[kind], kind_style(kind)


def _begins(line: str, label: str) -> bool:
    """Whether a command's label begins with what was typed: then it stands before the records."""
    return bool(words(line)) and " ".join(words(label)).startswith(" ".join(words(line)))
