"""What is edited in the explorer: forms, and the thread in which a record is checked and saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from convenings.domain.edits import Change, Edit, FieldConflict
from convenings.domain.errors import BadInput
from convenings.domain.kinds import KIND_OF_STRUCT
from convenings.domain.record_values import Evidence
from convenings.domain.records import Labelled, Record
from convenings.domain.text import plain
from convenings.index.rows import Rows
from convenings.presentation.additions import with_id
from convenings.presentation.form_readings import FormReadings
from convenings.presentation.lists import home_of
from convenings.presentation.record_form import RecordForm
from convenings.store import undoing
from convenings.store.batch import Batch
from convenings.store.conflicts import Conflicts
from convenings.store.dataset import Dataset
from convenings.store.editing import Editor
from convenings.store.faults import BadBatch, Fault
from convenings.store.line_changes import LineChange, change_of
from convenings.store.undoing import Undone, foreseen
from convenings.tui.commands.context import Context
from convenings.tui.dialogs.conflict import ConflictDialog
from convenings.tui.dialogs.record_editor import RecordEditor
from convenings.tui.explorer.host import Host
from convenings.tui.explorer.saving import Now, Save
from convenings.tui.explorer.working_copy import in_working_copy

MOST_SHOWN = 500
"""Records of a step that are shown before it is undone, and done again."""
MOST_FOLLOWED = 5000
"""Records of a step that are shown before the index is made anew."""
Faults = Sequence[tuple[str, str]]
"""Ways to fields, each with a sentence about what is wrong there."""


def edit_record(ref: str, host: Host) -> None:
    """Edit a record in a form; of a dataset that may not be written a copy is offered first.

    Raises:
        BadInput: The record cannot be read.
    """
    in_working_copy(host, lambda: _open_form(ref, host))


def _open_form(ref: str, host: Host) -> None:
    model = host.context.model
    if (unsaved := host.saves.unsaved_forms.get(ref)) is not None:
        unsaved.open()
        return
    record = model.find(ref)
    if record is None:
        host.say(f"There is no record {plain(ref)} any more")
        return
    Desk(host, record, f"Edit {KIND_OF_STRUCT[type(record)]} {model.label(ref)}").open()


class Desk:
    """Where one form lies: it has it checked, shown and saved, and brought back where it cannot be saved.

    Args:
        host: The explorer.
        record: What is edited.
        title: Whose form it is.
        is_new: Whether the dataset does not have it yet.
    """

    def __init__(self, host: Host, record: Record, title: str, *, is_new: bool = False) -> None:
        self.host = host
        self.title = title
        self.readings = FormReadings(lambda: host.context.workspace)
        self.form = RecordForm(record, self.readings.resolve, is_new=is_new)
        self._checker = Editor(Dataset(host.context.model.path))
        """Asked in the thread of the check alone."""
        self._before = list(host.saves.outstanding)
        """Edits of which the form may not show yet what they do: what an undo does is known a moment later."""

    def open(self, faults: Faults = ()) -> None:
        """Show the form, and what is wrong in it where that is known."""
        self.host.app.push_screen(RecordEditor(self.title, self.form, self.readings, self, faults))

    def _with_id(self, record: Record) -> Record:
        """A record with its id: a new one gets it of what it says."""
        model = self.host.context.model
        return with_id(record, lambda ref: model.row_of(ref) is not None)

    def _edit(self, record: Record) -> Edit:
        return Edit(changes=[Change(None if self.form.is_new else self.form.before, record)])

    def check(self, record: Record, tell: Callable[[Faults], None]) -> None:
        """Have the rules of the check asked in a thread, and what is wrong told."""
        record = self._with_id(record) if self.form.is_new else record

        def work() -> None:
            # It is checked against what is there once all is saved that was done before.
            self.host.saves.wait()
            try:
                batch = Batch(insert=[record]) if self.form.is_new else Batch(update=[record])
                # The one asks all rules, the other what else a save refuses, such as a chain that closes in itself.
                every = [*self._checker.faults(self._edit(record)), *self._checker.dataset.faults(batch)]
                faults = list(dict.fromkeys(_ways(every, record.id)))
            except BadInput as error:
                faults = [("", str(error))]
            self.host.app.call_from_thread(tell, faults)

        self.host.app.run_worker(work, thread=True, group="check of a form", exclusive=True)

    def save(self, record: Record, tell: Callable[[Faults], None] | None = None) -> None:
        """Show the record and save it.

        Args:
            record: What is in the form.
            tell: Told what speaks against it, and nothing once it is saved, where the form waits for that; where it is
                closed, it is kept, and comes back where nobody has gone on to anything else.
        """
        record = self._with_id(record) if self.form.is_new else record
        fields = ", ".join(name.replace("_", " ") for name in self.form.changed_fields()) or "evidence"
        sentence = "Added {}" if self.form.is_new else f"Changed {fields} of {{}}"

        def refused(error: BadInput, save: Save) -> None:
            faults, conflicts = _faults(error, record.id)
            if tell is not None:
                tell(faults)
            else:
                self._bring_back(record, save, faults)
            if conflicts and isinstance(self.host.app.screen, RecordEditor):
                self._show_conflict(record, conflicts, self.host.app.screen.tell)

        def saved() -> None:
            if tell is not None:
                tell([])

        self.host.saves.unsaved_forms.pop(record.id, None)
        since = {ref: each for save in self._before for ref, each in save.records.items()}
        save_edit(self.host, self._edit(record), sentence, refused, saved, since)

    def _bring_back(self, record: Record, save: Save, faults: Faults) -> None:
        """Open the form again where nobody has pressed a key since; else keep it, and say how it is come back to."""
        host = self.host
        what = f"Not saved: {faults[0][1]}"
        if not host.app.screen.is_modal and host.message == save.sentence:
            host.say(plain(what))
            self.open(faults)
            return
        host.saves.unsaved_forms[record.id] = self
        key = "a lists" if self.form.is_new else "E on it opens"
        host.say(plain(f"{what} · {save.what[:1].lower()}{save.what[1:]}: {key} what was typed"))

    def _show_conflict(
        self, record: Record, conflicts: Sequence[FieldConflict], tell: Callable[[Faults], None]
    ) -> None:
        """Show what somebody else has made of the fields beside ours, and go on from theirs where ours is wanted."""

        def settle(choice: str | None) -> None:
            if choice is None:
                return
            try:
                present = Editor(Dataset(self.host.context.model.path)).record(record.id)
            except BadInput as error:
                tell([("", str(error))])
                return
            if present is None:
                tell([("", "somebody else has removed it; esc leaves the form")])
                return
            self.form.go_on_from(present, takes_ours=choice == "ours")
            tell([("", "look at it, then ^s saves it")])
            self.form.faults = {}

        self.host.app.push_screen(ConflictDialog(conflicts), settle)

    def pick(self, evidence: Evidence | None, words: str, take: Callable[[Evidence], None]) -> str:
        """Have a passage picked; gives why none can be."""
        from convenings.tui.explorer.passage_picking import pick_passage

        return pick_passage(self.host, self.readings, evidence, words, take)


def _ways(faults: Iterable[Fault], ref: str) -> Faults:
    """Ways to fields and sentences; faults of other records name them."""
    return [
        (each.field, f"{each.what}; {each.hint}") if each.record == ref else ("", f"{each.record}: {each.what}")
        for each in faults
    ]


def _faults(error: BadInput, ref: str) -> tuple[Faults, Sequence[FieldConflict]]:
    """Why a record was not saved, by the ways to its fields; and what somebody else has made of them meanwhile."""
    if isinstance(error, Conflicts):
        fields = ", ".join(dict.fromkeys(each.field.replace("_", " ") for each in error.conflicts if each.field))
        return [("", f"somebody else has changed {fields or 'it'} meanwhile")], error.conflicts
    if isinstance(error, BadBatch):
        return _ways(error.faults, ref), ()
    return [("", f"{error.what}; {error.hint}" if error.hint else error.what)], ()


def save_edit(
    host: Host,
    edit: Edit,
    sentence: str,
    refused: Callable[[BadInput, Save], None],
    saved: Callable[[], None] = lambda: None,
    since: Now | None = None,
) -> None:
    """Show an edit at once, save it in a thread as one step, and say what was done.

    Args:
        host: The explorer.
        edit: What becomes of which records.
        sentence: What is said of it, with a place for what the first record is called.
        refused: Told why nothing was saved.
        saved: Called once it is saved.
        since: Records that edits of this explorer have changed since it was begun.
    """
    path, first = host.context.model.path, edit.changes[0]
    what = sentence.format(_label(first.after) or host.context.model.label(first.id))

    def work(save: Save) -> Now:
        editor = Editor(Dataset(path))
        try:
            records = editor.apply(edit)
        except Conflicts:
            if not save.since:
                raise
            # What an undo before it has made of the record is nobody else's: this comes after it.
            records = editor.apply(edit.on(save.since))
        return {change.id: None for change in edit.changes} | {record.id: record for record in records}

    def finish() -> None:
        saved()
        host.say(plain(f"Saved · {what} · Z undoes it"))

    save = Save(what, work, finish, lambda error: refused(error, save), edit.changes)
    save.since |= since or {}
    host.saves.put(save)


def say_why_not(host: Host, what: str) -> Callable[[BadInput, Save], None]:
    """What says why nothing came of an edit: ``Not removed``."""

    def refused(error: BadInput, _: Save) -> None:
        host.say(plain(f"{what}: {error.what}; {error.hint}"))

    return refused


def say_hidden(host: Host, refs: Sequence[str], sentence: str) -> None:
    """Add to what was said of records that the filter of their list hides them, unless something else is said by now.

    Args:
        host: The explorer.
        refs: Ids of the records.
        sentence: What was said of them.
    """
    state, context = host.current(), host.context
    homes = {home for ref in refs if (row := context.row_of(ref)) is not None and (home := home_of(context.model, row))}
    filtered = [home for home in homes if state.lens.filters.get(home)]
    rows = {home: context.rows(state, home) for home in filtered}
    hidden = [ref for ref in refs if (row := context.row_of(ref)) is not None and _is_hidden(context, row, rows)]
    if hidden and host.message == sentence:
        what = "it" if len(refs) == 1 or len(hidden) == 1 else f"{len(hidden):,} of them"
        host.say(f"{sentence} · the filter hides {what}")


def _is_hidden(context: Context, row: int, rows: Mapping[str, Rows]) -> bool:
    home = home_of(context.model, row)
    return home in rows and rows[home].position(row) < 0


def records_of(changes: Iterable[LineChange]) -> Now:
    """The records that changes of a file come to."""
    decoded = [change_of(change) for change in changes if change.is_of_record]
    return {change.id: change.after for change in decoded}


def _label(record: Record | None) -> str:
    return record.label if isinstance(record, Labelled) else ""


def take_back(host: Host, *, again: bool) -> None:
    """Undo the last step that is not undone, or do the last one again that is, in a thread, and say what it was."""
    path = host.context.model.path
    undone: list[Undone] = []

    def work(save: Save) -> Now:
        dataset = Dataset(path)
        step = foreseen(dataset, again=again, most=MOST_SHOWN)
        if step is not None:
            what = f"{'Done again' if again else 'Undone'}: {step.title}"
            host.app.call_from_thread(host.saves.foresee, save, what, step.changes)
        result, changes = undoing.take_back(dataset, again=again)
        undone.append(result)
        return records_of(changes[:MOST_FOLLOWED])

    def finish() -> None:
        step = undone[0]
        who = f", by {step.who}" if step.who else ""
        word, key = ("Done again", "Z undoes it") if again else ("Undone", "R does it again")
        host.say(plain(f"{word}: {step.title}{who}, {step.at[:10]} {step.at[11:16]} UTC · {key}"))
        sentence = host.message
        # What a filter leaves of it is known once the index has it.
        host.app.call_later(host.reloader.when_whole, lambda: say_hidden(host, step.ids[:MOST_SHOWN], sentence))

    def refused(error: BadInput) -> None:
        host.say(plain(f"Nothing is {'done again' if again else 'undone'}: {error.what}; {error.hint}"))
        if isinstance(error, Conflicts):
            host.app.push_screen(ConflictDialog(error.conflicts, is_undo=True))

    what = "The last change is done again" if again else "The last change is undone"
    host.saves.put(Save(what, work, finish, refused, is_of_last=True))
