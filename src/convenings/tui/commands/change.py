"""Commands that change records: edit, add, remove, undo, redo."""

from __future__ import annotations

from convenings.domain.state import State
from convenings.tui.commands.command import EditRecord, Refusal, Result, command
from convenings.tui.commands.context import Context
from convenings.tui.commands.places import NO_RECORD

UNREAD = Refusal("The dataset is still being read; it can be changed as soon as it is")


@command("E", "edit", "Edit the record that the profile shows, in a form.")
def edit(state: State, context: Context) -> Result:
    """Edit the subject."""
    if not context.model.complete:
        return UNREAD
    return EditRecord(state.subject) if context.subject(state) is not None else NO_RECORD
