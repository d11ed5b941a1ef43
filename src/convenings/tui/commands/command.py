"""What a command is, and what it can come to.

A command is a function without side effects of the state and of what it may ask. It gives the state that follows, or a
:class:`Refusal` where it can do nothing here, or an :data:`Effect`, where it goes beyond the screen: that is a small
value, which one place carries out (:mod:`~convenings.tui.explorer.effects`).
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from convenings.domain.state import State
from convenings.tui.commands.context import Context
from convenings.tui.commands.review_effects import ReviewEffect


class Refusal(msgspec.Struct, frozen=True):
    """Why a command can do nothing here."""

    reason: str


class Notice(msgspec.Struct, frozen=True):
    """A state that follows, and a sentence about it for the line above the keys."""

    state: State
    sentence: str


class Travel(msgspec.Struct, frozen=True):
    """Go back (negative) or forward in the history."""

    by: int


class ToggleMark(msgspec.Struct, frozen=True):
    """Mark a record, or take its mark off."""

    ref: str


class EditNote(msgspec.Struct, frozen=True):
    """Write a note on a record."""

    ref: str


class EditRecord(msgspec.Struct, frozen=True):
    """Edit a record in a form."""

    ref: str


class EditMany(msgspec.Struct, frozen=True):
    """Edit one record or many, as is chosen."""

    ref: str
    """Id of the record that is shown."""
    marked: tuple[str, ...]
    """Ids of the marked rows of the list in use."""
    filtered: tuple[str, ...]
    """Ids of the rows that its filter leaves."""


class AddRecord(msgspec.Struct, frozen=True):
    """Add a record that is tied to another."""

    ref: str
    """Id of the other; empty where there is none."""


class RemoveRecord(msgspec.Struct, frozen=True):
    """Remove a record, once what refers to it was shown."""

    ref: str


class TakeBack(msgspec.Struct, frozen=True):
    """Undo the last change of the dataset, or do the last one again that is undone."""

    again: bool


class MergeRecord(msgspec.Struct, frozen=True):
    """Merge a record with another one of its kind, once it was shown what becomes of which."""

    ref: str


class SplitRecord(msgspec.Struct, frozen=True):
    """Make something a record of its own again that was merged into a record."""

    ref: str


class OpenHistory(msgspec.Struct, frozen=True):
    """List what was done to a record."""

    ref: str


class ListMarked(msgspec.Struct, frozen=True):
    """List everything that is marked or has a note."""


class Copy(msgspec.Struct, frozen=True):
    """Send a text to the clipboard."""

    text: str


class OpenHelp(msgspec.Struct, frozen=True):
    """List the keys."""


class OpenMessages(msgspec.Struct, frozen=True):
    """List what was said."""


class OpenThemes(msgspec.Struct, frozen=True):
    """List the themes."""


class OpenPalette(msgspec.Struct, frozen=True):
    """Open the palette."""


class OpenExport(msgspec.Struct, frozen=True):
    """Ask what is to be taken out, and where to."""


class OpenReferrers(msgspec.Struct, frozen=True):
    """List what refers to a record."""

    ref: str


class OpenImport(msgspec.Struct, frozen=True):
    """Ask for files to import."""


class OpenReview(msgspec.Struct, frozen=True):
    """Show what is drafted from reports."""

    source: str = ""
    """Id of the source whose first open record is gone to; empty: where it was left."""


class OpenLinks(msgspec.Struct, frozen=True):
    """List the links of a record."""

    ref: str


class OpenText(msgspec.Struct, frozen=True):
    """Read the attached text of a source."""

    subject: str
    """Id of the record whose evidence stands out in it."""
    source: str
    number: int
    """Number of the evidence that is read first; 0 for the beginning."""


class Reload(msgspec.Struct, frozen=True):
    """Read the dataset again."""


class Suspend(msgspec.Struct, frozen=True):
    """Hand the terminal back to the shell until the program is called again."""


class Quit(msgspec.Struct, frozen=True):
    """Leave."""


Opening = (
    ListMarked
    | OpenExport
    | OpenHelp
    | OpenHistory
    | OpenImport
    | OpenLinks
    | OpenMessages
    | OpenPalette
    | OpenReferrers
    | OpenReview
    | OpenText
    | OpenThemes
)
RecordChange = EditRecord | EditMany | AddRecord | RemoveRecord | MergeRecord | SplitRecord | TakeBack
Effect = (
    Notice | Travel | ToggleMark | EditNote | RecordChange | Copy | Opening | ReviewEffect | Reload | Suspend | Quit
)
Result = State | Refusal | Effect


class Command(msgspec.Struct, frozen=True):
    """Something the explorer can do: its keys, its words, why it cannot, and what it does, in one object."""

    id: str
    """What a keymap binds another key to."""
    keys: str
    """Keys, separated by commas, in Textual's names; the first is the one shown."""
    label: str
    """A word or two for the line of keys and the palette."""
    help: str
    """What it does, in a sentence."""
    run: Callable[[State, Context], Result]
    """What it comes to; asked also only to see whether it is refused."""
    position: int = 0
    """Place in the line of keys, from 1; 0 keeps it out."""
    in_palette: bool = True
    """Whether the palette offers it."""
    panes: tuple[str, ...] = ()
    """Panes whose own it is, and which list it first; empty where it is no pane's more than another's."""

    def refusal(self, state: State, context: Context) -> str:
        """Why it can do nothing here; an empty string where it can."""
        result = self.run(state, context)
        return result.reason if isinstance(result, Refusal) else ""


def command(
    keys: str, label: str, text: str, *, position: int = 0, in_palette: bool = True, panes: tuple[str, ...] = ()
) -> Callable[[Callable[[State, Context], Result]], Command]:
    """Make a command of the function below, which gives it its id.

    Args:
        keys: Keys, separated by commas, in Textual's names.
        label: A word or two.
        text: What it does, in a sentence.
        position: Place in the line of keys; 0 keeps it out.
        in_palette: Whether the palette offers it.
        panes: Panes whose own it is.
    """

    def declare(run: Callable[[State, Context], Result]) -> Command:
        return Command(run.__name__, keys, label, text, run, position, in_palette, panes)

    return declare
