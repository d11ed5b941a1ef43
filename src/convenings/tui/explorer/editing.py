"""What is edited in the explorer: forms, and the thread in which a record is checked and saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from textual.app import App

from convenings.domain.errors import BadInput
from convenings.domain.kinds import KIND_OF_STRUCT
from convenings.domain.record_values import Evidence
from convenings.domain.records import Record
from convenings.domain.text import plain
from convenings.index.edited import show_edited
from convenings.index.model import ReadModel
from convenings.presentation.form_readings import FormReadings
from convenings.presentation.record_form import RecordForm, resolver
from convenings.store.batch import Batch
from convenings.store.dataset import Dataset
from convenings.store.faults import BadBatch
from convenings.tui.commands.context import Context
from convenings.tui.dialogs.record_editor import RecordEditor
from convenings.tui.explorer.reload import Reloader
from convenings.tui.explorer.working_copy import in_working_copy

Faults = Sequence[tuple[str, str]]
"""Ways to fields, each with a sentence about what is wrong there."""


class Host(Protocol):
    """What is asked of the explorer."""

    @property
    def app(self) -> App[Any]:
        """The application."""

    @property
    def context(self) -> Context:
        """The workspace and what is worked out of it."""

    @property
    def reloader(self) -> Reloader:
        """What has become of the dataset."""

    def show_model(self, model: ReadModel) -> None:
        """Show another state of the dataset, at the same place."""

    def say(self, sentence: str) -> None:
        """Say something in the line above the keys until the next key."""


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
        self.readings = FormReadings(host.context.workspace)
        resolve = resolver(self.readings.hits, self.readings.kind_at)
        self.form = RecordForm(record, resolve, is_new=is_new)
        self.dataset = Dataset(host.context.model.path)
        self._former_faults: frozenset[tuple[str, str]] | None = None
        """What was wrong with the record already; nothing before that was asked."""

    def open(self, title: str) -> None:
        """Show the form."""
        self.host.app.push_screen(RecordEditor(title, self.form, self.readings, self))

    def check(self, record: Record, tell: Callable[[Faults], None]) -> None:
        """Have the rules of the check asked in a thread, and what is wrong told."""

        def work() -> None:
            try:
                faults = self._faults(record)
            except BadInput as error:
                faults = [("", str(error))]
            self.host.app.call_from_thread(tell, faults)

        self.host.app.run_worker(work, thread=True, group="check of a form", exclusive=True)

    def _faults(self, record: Record) -> Faults:
        """What would be wrong with the record and was not before."""
        if self._former_faults is None:
            former = [] if self.form.is_new else self._all_faults(self.form.before)
            self._former_faults = frozenset(former)
        return [fault for fault in self._all_faults(record) if fault not in self._former_faults]

    def _all_faults(self, record: Record) -> list[tuple[str, str]]:
        batch = self._batch(record, is_complete=True)
        return [(fault.field, f"{fault.what}; {fault.hint}") for fault in self.dataset.faults(batch)]

    def _batch(self, record: Record, *, is_complete: bool = False) -> Batch:
        if self.form.is_new:
            return Batch(insert=[record], is_complete=is_complete)
        return Batch(update=[record], is_complete=is_complete)

    def save(self, record: Record, tell: Callable[[Faults], None]) -> None:
        """Save the record in a thread, show it, and tell what speaks against it: nothing once it is saved."""

        def work() -> None:
            try:
                faults = self._faults(record) or self._conflict()
                if not faults:
                    self.dataset.save(self._batch(record))
            except BadBatch as error:
                faults = [(fault.field, f"{fault.what}; {fault.hint}") for fault in error.faults]
            except BadInput as error:
                faults = [("", str(error))]
            self.host.app.call_from_thread(finish, faults)

        def finish(faults: Faults) -> None:
            tell(faults)
            if not faults:
                self._show(record)

        self.host.app.run_worker(work, thread=True, group="save", exclusive=False)

    def _conflict(self) -> Faults:
        """That somebody else has changed the record meanwhile, where that is so."""
        if self.form.is_new:
            return []
        before = self.form.before
        present = self.dataset.records(KIND_OF_STRUCT[type(before)])
        if before in present:
            return []
        return [("", "somebody else has changed this record meanwhile; esc leaves, and E shows it as it is now")]

    def _show(self, record: Record) -> None:
        """Show the record at once, and have the index made anew behind the screen."""
        model = self.host.context.model
        show_edited(model, [record])
        self.host.show_model(model)
        self.host.reloader.follow_edit()
        fields = ", ".join(name.replace("_", " ") for name in self.form.changed_fields()) or "evidence"
        what = "Added" if self.form.is_new else f"Changed {fields} of"
        self.host.say(f"{what} {model.label(record.id)}")

    def pick(self, evidence: Evidence | None, words: str, take: Callable[[Evidence], None]) -> str:
        """Have a passage picked; gives why none can be."""
        from convenings.tui.explorer.passage_picking import pick_passage

        return pick_passage(self.host, self.readings, evidence, words, take)
