"""Commands that keep something beside the dataset, or take it out: marks, notes, citations, ids."""

from __future__ import annotations

from convenings.domain.state import State
from convenings.tui.commands.command import Copy, EditNote, ListMarked, Refusal, Result, ToggleMark, command
from convenings.tui.commands.context import Context
from convenings.tui.commands.places import NO_RECORD
from convenings.tui.pane_names import TEXTS


@command("m", "mark", "Mark this record, or take the mark off.")
def mark(state: State, context: Context) -> Result:
    """Mark the subject, or take its mark off."""
    return ToggleMark(state.subject) if state.subject else NO_RECORD


@command("n", "note", "Write a note of your own on this record.")
def note(state: State, context: Context) -> Result:
    """Write a note on the subject."""
    return EditNote(state.subject) if state.subject else NO_RECORD


@command("N", "marks, notes", "List all that is marked or has a note, of every kind, and write it to a file.")
def list_marked(state: State, context: Context) -> Result:
    """List everything that the user has marked or written a note on."""
    if context.user_signs:
        return ListMarked()
    return Refusal("Nothing is marked or noted yet: m marks a record, n writes a note on it")


@command("y", "copy citation", "Copy a citation of this record and its passage to the clipboard.", panes=TEXTS)
def cite(state: State, context: Context) -> Result:
    """Copy a citation of the subject, and of the passage under the cursor."""
    from convenings.presentation.citation import citation

    profile = context.profile(state)
    if profile is None:
        return NO_RECORD
    link = context.room.link(state.pane) if state.pane in TEXTS else None
    number = link.numbers[0] if link is not None and link.numbers else 0
    passage = next((cited for cited in profile.cited if cited.number == number), None)
    return Copy(citation(context.model, profile, passage))


@command("Y", "copy id", "Copy the id of this record to the clipboard.")
def copy_id(state: State, context: Context) -> Result:
    """Copy the id of the subject."""
    return Copy(state.subject) if state.subject else NO_RECORD
