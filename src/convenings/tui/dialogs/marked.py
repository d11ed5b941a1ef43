"""Everything that is marked or has a note, of every kind: to walk through, to open, and to write to a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input

from convenings.domain.errors import BadInput
from convenings.domain.kinds import GLYPHS
from convenings.domain.text import plain
from convenings.presentation.marked import FORMATS, MarkedRecord, as_file, sign
from convenings.store import files
from convenings.tui.dialogs.choice_dialog import ChoiceDialog
from convenings.tui.paint.styles import kind_style
from convenings.tui.panes.choices import Choice


class MarkedRecords(ChoiceDialog):
    """Lists records of the user's own choice; gives the id of the one that is to be opened.

    Args:
        title: Of the dataset.
        records: What is listed.
        say: Says something in the explorer, once the list is closed.
    """

    CSS = """
    MarkedRecords Input { display: none; }
    MarkedRecords Input.-open { display: block; }
    """
    BINDINGS = [
        Binding("escape", "leave", "Close", show=False, priority=True),
        Binding("N,q", "dismiss", "Close", show=False),
        Binding("w", "ask_file", "Write to a file", show=False),
    ]

    def __init__(self, title: str, records: list[MarkedRecord], say: Callable[[str], None]) -> None:
        super().__init__()
        self._title = title
        self._records = records
        self._say = say
        slug = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:60]
        self._line = Input(value=f"{slug or 'marked'}-notes.md", placeholder=f"name of a file: {', '.join(FORMATS)}")

    def compose(self) -> ComposeResult:
        """The list, and the line for the name of a file."""
        yield from super().compose()
        yield self._line

    def on_mount(self) -> None:
        """Fill the list."""
        self.fill([_choice(record) for record in self._records])
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

    def action_ask_file(self) -> None:
        """Ask for the name of a file."""
        self._line.add_class("-open")
        self._list.set_title(("Marked and noted", ""), note=f"name a new file ({', '.join(FORMATS)}) · enter · esc")
        self._line.focus()

    def on_input_submitted(self) -> None:
        """Write the file, or say why that cannot be."""
        path = Path(self._line.value.strip()).expanduser()
        try:
            files.create(path, as_file(path.suffix, self._title, self._records).encode())
        except BadInput as error:
            self._list.set_title(("Marked and noted", ""), note=plain(f"Not written: {error.what}; {error.hint}"))
            return
        self._say(f"Written: {len(self._records)} records to {plain(str(path.absolute()))}")
        self.dismiss()


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


class WhoseMarks(ChoiceDialog):
    """Asks which dataset an open one goes on with; gives its key, an empty text for none, nothing where undecided.

    Args:
        choices: Key, path and what is kept for each.
    """

    BINDINGS = [Binding("escape,q", "dismiss", "Later", show=False)]

    def __init__(self, choices: list[tuple[str, str, str]]) -> None:
        super().__init__()
        self._choices = [*choices, ("", "None of these: begin with no marks and notes", "")]

    def on_mount(self) -> None:
        """Fill the list."""
        sign = ("›", "number")
        self.fill([Choice(key, sign, plain(path), what, "") for key, path, what in self._choices])
        title = ("Which marks and notes are to be taken along?", "")
        self._list.set_title(title, note="enter takes them · esc asks again next time")
        self._list.border_title = Content(title[0])
        self._list.focus()
