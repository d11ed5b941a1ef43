"""Everything that is marked or has a note, of every kind: to walk through, to open, and to write to a file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input

from convenings.domain.kinds import GLYPHS
from convenings.domain.text import plain
from convenings.presentation.csv_text import cell
from convenings.presentation.marked import HEADINGS, MarkedRecord, as_markdown, sign
from convenings.tui.dialogs.dialog import Dialog
from convenings.tui.paint.layout import FRAME
from convenings.tui.paint.styles import kind_style
from convenings.tui.panes.choices import Choice, ChoiceList
from convenings.tui.panes.pane import Pane

FORMATS = (".md", ".csv", ".json")
"""Endings of the files that can be written."""


class MarkedRecords(Dialog[str]):
    """Lists records of the user's own choice; gives the id of the one that is to be opened.

    Args:
        title: Of the dataset.
        records: What is listed.
        say: Says something in the explorer, once the list is closed.
    """

    CSS = """
    MarkedRecords Input { dock: bottom; display: none; height: 1; border: none; }
    MarkedRecords Input.-open { display: block; }
    """
    BINDINGS = [
        Binding("escape", "leave", "Close", show=False, priority=True),
        Binding("N,q", "dismiss", "Close", show=False),
        Binding("down,j", "move(1)", "Next", show=False),
        Binding("up,k", "move(-1)", "Before", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("enter", "take", "Go there", show=False),
        Binding("w", "ask_file", "Write to a file", show=False),
    ]

    def __init__(self, title: str, records: list[MarkedRecord], say: Callable[[str], None]) -> None:
        super().__init__()
        self._title = title
        self._records = records
        self._say = say
        self._list = ChoiceList()
        slug = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:60]
        self._line = Input(value=f"{slug or 'marked'}-notes.md", placeholder=f"name of a file: {', '.join(FORMATS)}")

    def compose(self) -> ComposeResult:
        """The list, and the line for the name of a file."""
        yield self._list
        yield self._line

    def on_mount(self) -> None:
        """Fill the list."""
        self._list.show([_choice(record) for record in self._records])
        self._list.styles.height = len(self._records) + FRAME
        self._list.set_title(("Marked and noted", ""), note=self._note())
        self._list.focus()

    def _note(self) -> str:
        marked, noted = sum(each.marked for each in self._records), sum(bool(each.note) for each in self._records)
        return f"w writes a file · enter opens · {marked} marked, {noted} with a note"

    def action_leave(self) -> None:
        """Close the line for the name, or else the list."""
        if self._line.has_class("-open"):
            self._line.remove_class("-open")
            self._list.set_title(("Marked and noted", ""), note=self._note())
            self._list.focus()
        else:
            self.dismiss()

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._list.move(by)

    def action_page(self, by: int) -> None:
        """Move it by screens."""
        self._list.page(by)

    def action_take(self) -> None:
        """Open the record under the cursor."""
        if self._list.current is not None and self.is_current:
            self.dismiss(self._list.current.value)

    def action_ask_file(self) -> None:
        """Ask for the name of a file."""
        self._line.add_class("-open")
        self._list.set_title(("Marked and noted", ""), note=f"name a new file ({', '.join(FORMATS)}) · enter · esc")
        self._line.focus()

    def on_input_submitted(self) -> None:
        """Write the file, or say why that cannot be."""
        path = Path(self._line.value.strip()).expanduser()
        try:
            write(path, self._title, self._records)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            self._list.set_title(("Marked and noted", ""), note=f"Not written: {plain(reason)}")
            return
        self._say(f"Written: {len(self._records)} records to {plain(str(path.absolute()))}")
        self.dismiss()

    def on_pane_clicked(self, event: Pane.Clicked) -> None:
        """Open the record that was clicked a second time."""
        event.stop()
        if event.again:
            self.action_take()


def write(path: Path, title: str, records: list[MarkedRecord]) -> None:
    """Write records to a new file, in the form that its ending names.

    Raises:
        OSError: There is such a file already, or it cannot be written.
        ValueError: The ending names no form.
    """
    match path.suffix.casefold():
        case ".md":
            text = "\n".join(as_markdown(title, records)) + "\n"
        case ".csv":
            lines = io.StringIO(newline="")
            csv.writer(lines).writerows([HEADINGS, *(map(cell, record.cells()) for record in records)])
            text = lines.getvalue()
        case ".json":
            text = msgspec.json.format(msgspec.json.encode([each.as_object() for each in records]), indent=2).decode()
            text += "\n"
        case _:
            raise ValueError(f"the name must end in {', '.join(FORMATS)}")
    with path.open("x", encoding="utf-8", newline="") as file:
        file.write(text)


def _choice(record: MarkedRecord) -> Choice:
    """A record, with its note beside it or else what tells it from others."""
    beside = plain(record.note) if record.note else record.context
    return Choice(
        record.id,
        (GLYPHS[record.kind], kind_style(record.kind)),
        record.label,
        beside,
        record.kind,
        sign(record.marked, bool(record.note)),
    )


class WhoseMarks(Dialog[str]):
    """Asks which dataset an open one goes on with; gives its key, an empty text for none, nothing where undecided.

    Args:
        choices: Key, path and what is kept for each.
    """

    BINDINGS = [
        Binding("escape,q", "dismiss", "Later", show=False),
        Binding("down,j", "move(1)", "Next", show=False),
        Binding("up,k", "move(-1)", "Before", show=False),
        Binding("enter", "take", "Choose", show=False),
    ]

    def __init__(self, choices: list[tuple[str, str, str]]) -> None:
        super().__init__()
        self._choices = [*choices, ("", "None of these: begin with no marks and notes", "")]
        self._list = ChoiceList()

    def compose(self) -> ComposeResult:
        """The list."""
        yield self._list

    def on_mount(self) -> None:
        """Fill the list."""
        sign = ("›", "number")
        self._list.show([Choice(key, sign, plain(path), what, "") for key, path, what in self._choices])
        self._list.styles.height = len(self._choices) + FRAME
        title = ("Which marks and notes are to be taken along?", "")
        self._list.set_title(title, note="enter takes them · esc asks again next time")
        self._list.border_title = Content(title[0])
        self._list.focus()

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._list.move(by)

    def action_take(self) -> None:
        """Take what is under the cursor."""
        if self._list.current is not None and self.is_current:
            self.dismiss(self._list.current.value)

    def on_pane_clicked(self, event: Pane.Clicked) -> None:
        """Take what was clicked a second time."""
        event.stop()
        if event.again:
            self.action_take()
