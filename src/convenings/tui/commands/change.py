"""Commands that change records: edit, add, remove, merge, split, undo, redo; and what was changed."""

from __future__ import annotations

from convenings.domain.kinds import WITH_NAME, kind_of
from convenings.domain.state import State
from convenings.presentation.lists import RANGES
from convenings.tui.commands.command import (
    AddRecord,
    EditMany,
    EditRecord,
    MergeRecord,
    OpenHistory,
    Refusal,
    RemoveRecord,
    Result,
    SplitRecord,
    TakeBack,
    command,
)
from convenings.tui.commands.context import Context
from convenings.tui.commands.places import NO_RECORD

MOST_TOGETHER = 5000
"""Records at most that are changed together here; convenings set changes any number."""
UNCHANGED = Refusal("Nothing of this dataset has been changed yet")
NAMELESS = Refusal("Only what has a name is merged and split here; convenings merge merges all else")
UNREAD = Refusal("The dataset is still being read; it can be changed as soon as it is")


@command("E", "edit", "Edit the record that the profile shows, or all that a filter or marks leave in a list.")
def edit(state: State, context: Context) -> Result:
    """Edit the subject."""
    if not context.model.complete:
        return UNREAD
    marked, filtered = _many(state, context)
    if marked or filtered:
        return EditMany(state.subject, marked, filtered)
    return EditRecord(state.subject) if context.subject(state) is not None else NO_RECORD


def _many(state: State, context: Context) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of the marked rows of the list in use, and of all that its filter leaves; none of what are too many."""
    if state.pane not in RANGES:
        return (), ()
    rows = context.rows(state, state.pane)
    is_filtered = bool(state.lens.filters.get(state.pane))
    marked = [row for row in sorted(context.marked) if rows.position(row) >= 0]
    chosen = list(rows) if is_filtered and 1 < len(rows) <= MOST_TOGETHER else []
    return (
        tuple(row.id for row in context.model.load(marked)) if 1 < len(marked) <= MOST_TOGETHER else (),
        tuple(row.id for row in context.model.load(chosen)),
    )


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


@command("", "merge", "Merge this record with another one of its kind, which keeps the names and the evidence of both.")
def merge(state: State, context: Context) -> Result:
    """Merge the subject with another record."""
    return _of_named(state, context, MergeRecord(state.subject))


@command(
    "", "split", "Split a record that is two: into what was merged into it, or by what you say is the other one's."
)
def split(state: State, context: Context) -> Result:
    """Take the subject apart."""
    return _of_named(state, context, SplitRecord(state.subject))


def _of_named(state: State, context: Context, effect: MergeRecord | SplitRecord) -> Result:
    if not context.model.complete:
        return UNREAD
    if context.subject(state) is None:
        return NO_RECORD
    return effect if kind_of(state.subject) in WITH_NAME else NAMELESS


@command("Z", "undo change", "Undo the last change of the dataset, also one of another day.")
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
    return TakeBack(again) if context.has_journal else UNCHANGED


@command("", "history", "List what was done to this record: what its fields were and became, when, by whom and why.")
def history(state: State, context: Context) -> Result:
    """List what was done to the subject."""
    if context.subject(state) is None:
        return NO_RECORD
    return OpenHistory(state.subject) if context.has_journal else UNCHANGED
