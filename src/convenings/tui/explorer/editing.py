"""What is edited in the explorer: forms, and the thread in which a record is checked and saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from convenings.domain.edits import Change, Edit, FieldConflict
from convenings.domain.errors import BadInput
from convenings.domain.kinds import KIND_OF_STRUCT
from convenings.domain.record_values import Evidence
from convenings.domain.records import Labelled, Record
from convenings.domain.text import plain
from convenings.presentation.additions import with_id
from convenings.presentation.form_readings import FormReadings
from convenings.presentation.record_form import RecordForm
from convenings.store.batch import Batch
from convenings.store.conflicts import Conflicts
from convenings.store.dataset import Dataset
from convenings.store.editing import Editor
from convenings.store.faults import BadBatch, Fault
from convenings.store.undoing import Undone, redo, undo
from convenings.tui.dialogs.conflict import ConflictDialog
from convenings.tui.dialogs.record_editor import RecordEditor
from convenings.tui.explorer.edited_records import show_changed
from convenings.tui.explorer.host import Host
from convenings.tui.explorer.working_copy import in_working_copy

MOST_SHOWN = 500
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
    record = model.find(ref)
    if record is None:
        host.say(f"There is no record {plain(ref)} any more")
        return
    Desk(host, record).open(f"Edit {KIND_OF_STRUCT[type(record)]} {model.label(ref)}")


class Desk:
    """Where one form lies: it has it checked and saved, and shown once it is.

    Args:
        host: The explorer.
        record: What is edited.
        is_new: Whether the dataset does not have it yet.
    """

    def __init__(self, host: Host, record: Record, *, is_new: bool = False) -> None:
        self.host = host
        self.readings = FormReadings(lambda: host.context.workspace)
        self.form = RecordForm(record, self.readings.resolve, is_new=is_new)
        self._checker = Editor(Dataset(host.context.model.path))
        """Asked in the thread of the check alone."""

    def open(self, title: str) -> None:
        """Show the form."""
        self.host.app.push_screen(RecordEditor(title, self.form, self.readings, self))

    def _with_id(self, record: Record) -> Record:
        """A record with its id: a new one gets it of what it says."""
        model, added = self.host.context.model, self.host.reloader.added
        return with_id(record, lambda ref: ref in added or model.row_of(ref) is not None)

    def _edit(self, record: Record) -> Edit:
        return Edit(changes=[Change(None if self.form.is_new else self.form.before, record)])

    def check(self, record: Record, tell: Callable[[Faults], None]) -> None:
        """Have the rules of the check asked in a thread, and what is wrong told."""
        record = self._with_id(record) if self.form.is_new else record

        def work() -> None:
            try:
                batch = Batch(insert=[record]) if self.form.is_new else Batch(update=[record])
                # The one asks all rules, the other what else a save refuses, such as a chain that closes in itself.
                every = [*self._checker.faults(self._edit(record)), *self._checker.dataset.faults(batch)]
                faults = list(dict.fromkeys(_ways(every, record.id)))
            except BadInput as error:
                faults = [("", str(error))]
            self.host.app.call_from_thread(tell, faults)

        self.host.app.run_worker(work, thread=True, group="check of a form", exclusive=True)

    def save(self, record: Record, tell: Callable[[Faults], None]) -> None:
        """Save the record in a thread, show it, and tell what speaks against it: nothing once it is saved."""
        record = self._with_id(record) if self.form.is_new else record

        def refused(error: BadInput) -> None:
            if isinstance(error, Conflicts):
                tell([("", "somebody else has changed it meanwhile")])
                self._show_conflict(record, error.conflicts, tell)
            elif isinstance(error, BadBatch):
                tell(_ways(error.faults, record.id))
            else:
                tell([("", str(error))])

        fields = ", ".join(name.replace("_", " ") for name in self.form.changed_fields()) or "evidence"
        sentence = "Added {}" if self.form.is_new else f"Changed {fields} of {{}}"

        def saved() -> None:
            self.host.reloader.added.add(record.id)
            tell([])

        save_edit(self.host, self._edit(record), sentence, refused, saved)

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


def save_edit(
    host: Host,
    edit: Edit,
    sentence: str,
    refused: Callable[[BadInput], None],
    saved: Callable[[], None] = lambda: None,
) -> None:
    """Save an edit in a thread as one step, show what it changes at once, and say what was done.

    Args:
        host: The explorer.
        edit: What becomes of which records.
        sentence: What is said of it, with a place for what the first record is called.
        refused: Told why nothing was saved.
        saved: Called once it is saved, before it is shown.
    """
    path = host.context.model.path

    def work() -> None:
        try:
            records = Editor(Dataset(path)).apply(edit)
        except BadInput as error:
            host.app.call_from_thread(refused, error)
        else:
            host.app.call_from_thread(finish, records)

    def finish(records: Sequence[Record]) -> None:
        saved()
        first = edit.changes[0]
        label = host.context.model.label(first.id)
        show_changed(host, records)
        label = _label(first.after) or label
        host.say(plain(f"{sentence.format(label)} · Z undoes it"))

    host.reloader.save_in_thread(work)


def records_now(dataset: Dataset, ids: Iterable[str]) -> list[Record]:
    """Records as they are in the file, by id; those that are in it."""
    editor = Editor(dataset)
    return [record for ref in ids if (record := editor.record(ref)) is not None]


def _label(record: Record | None) -> str:
    return record.label if isinstance(record, Labelled) else ""


def take_back(host: Host, *, again: bool) -> None:
    """Undo the last step that is not undone, or do the last one again that is, in a thread, and say what it was."""
    path = host.context.model.path

    def work() -> None:
        dataset = Dataset(path)
        try:
            undone = redo(dataset) if again else undo(dataset)
            records = records_now(dataset, undone.ids[:MOST_SHOWN])
        except Conflicts as error:
            host.app.call_from_thread(host.app.push_screen, ConflictDialog(error.conflicts, is_undo=True))
        except BadInput as error:
            host.app.call_from_thread(
                host.say, plain(f"Nothing is {'done again' if again else 'undone'}: {error.what}; {error.hint}")
            )
        else:
            host.app.call_from_thread(finish, undone, records)

    def finish(undone: Undone, records: Sequence[Record]) -> None:
        show_changed(host, records)
        who = f", by {undone.who}" if undone.who else ""
        word, key = ("Done again", "Z undoes it") if again else ("Undone", "R does it again")
        host.say(plain(f"{word}: {undone.title}{who}, {undone.at[:10]} {undone.at[11:16]} UTC · {key}"))

    host.reloader.save_in_thread(work)
