"""Commands that change records: edit, add, remove, undo, redo."""

from __future__ import annotations

from convenings.domain.state import State
from convenings.tui.commands.command import AddRecord, EditRecord, Refusal, RemoveRecord, Result, TakeBack, command
from convenings.tui.commands.context import Context
from convenings.tui.commands.places import NO_RECORD

UNREAD = Refusal("The dataset is still being read; it can be changed as soon as it is")


@command("E", "edit", "Edit the record that the profile shows, in a form.")
def edit(state: State, context: Context) -> Result:
    """Edit the subject."""
    if not context.model.complete:
        return UNREAD
    return EditRecord(state.subject) if context.subject(state) is not None else NO_RECORD


@command("a", "add", "Add a record tied to the one that the profile shows, as a speaker to this event.")
def add(state: State, context: Context) -> Result:
    """Add a record."""
    return AddRecord(state.subject) if context.model.complete else UNREAD


@command("D", "remove", "Remove the record that the profile shows, after what refers to it was shown.")
def remove(state: State, context: Context) -> Result:
    """Remove the subject."""
    if not context.model.complete:
        return UNREAD
    return RemoveRecord(state.subject) if context.subject(state) is not None else NO_RECORD


@command("Z", "undo change", "Undo the last change of the dataset, also one of an earlier session.")
def undo(state: State, context: Context) -> Result:
    """Undo the last step that is not undone."""
    return _take_back(context, again=False)


@command("R", "redo change", "Do the change again that was undone last.")
def redo(state: State, context: Context) -> Result:
    """Do the last step again that is undone."""
    return _take_back(context, again=True)


def _take_back(context: Context, *, again: bool) -> Result:
    if not context.model.complete:
        return UNREAD
    return TakeBack(again) if context.has_journal else Refusal("Nothing of this dataset has been changed yet")
