"""Records are merged from the explorer, once each record was shown before and after."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from convenings.domain.edits import Change
from convenings.domain.errors import BadInput
from convenings.domain.kinds import kind_of
from convenings.domain.text import fold, plain
from convenings.presentation.form_readings import FormReadings, Way
from convenings.presentation.merging import record_changes
from convenings.store.batch import Batch
from convenings.store.dataset import Dataset
from convenings.tui.dialogs.change_preview import ChangePreview
from convenings.tui.dialogs.menu import Entry, Menu
from convenings.tui.dialogs.value_prompt import ValuePrompt
from convenings.tui.explorer.editing import records_of
from convenings.tui.explorer.host import Host
from convenings.tui.explorer.saving import Now, Save
from convenings.tui.explorer.working_copy import in_working_copy


def merge_record(ref: str, host: Host) -> None:
    """Ask with which record another one of its kind is merged, and merge them where that is wanted."""
    in_working_copy(host, lambda: _ask_other(ref, host))


def _ask_other(ref: str, host: Host) -> None:
    label = host.context.model.label(ref)
    readings = FormReadings(lambda: host.context.workspace)

    def ways(text: str) -> Sequence[Way]:
        # Until something is typed, what is called so, too.
        hits = readings.record_ways(text if text.strip() else fold(label), [kind_of(ref)])
        return [way for way in hits if way.text != ref]

    def go_on(other: str | None) -> None:
        if other:
            _ask_which(ref, other, host)

    hint = f"Type the name of the other {kind_of(ref)}"
    host.app.push_screen(ValuePrompt(f"Merge {plain(label)} with", ways, only_listed=hint), go_on)


def _ask_which(ref: str, other: str, host: Host) -> None:
    """Ask which of two records stays."""
    model = host.context.model

    def entry(each: str) -> Entry:
        row = model.row_of(each)
        number = 0 if row is None else model.referrer_count(row)
        return Entry(
            each, model.label(each), f"{each} · {number:,} record{'s refer' if number != 1 else ' refers'} to it"
        )

    def go_on(stays: str | None) -> None:
        if stays:
            _show_merge(other if stays == ref else ref, stays, host)

    title = "Which of the two stays? It gets the names and the evidence of both"
    host.app.push_screen(Menu(title, "enter takes it · esc closes", [entry(ref), entry(other)]), go_on)


def _show_merge(old: str, new: str, host: Host) -> None:
    label = host.context.model.label
    title, sentence = f"Merge {label(old)} into {label(new)}", f"Merged {label(old)} into {label(new)}"

    def go_to_new() -> None:
        if host.current().subject == old:
            host.choose(new)

    preview(host, Batch(merge=[(old, new)]), (old, new), (title, "Merge: change or remove", sentence), before=go_to_new)


def preview(
    host: Host,
    batch: Batch,
    first: Collection[str],
    words: tuple[str, str, str],
    *,
    before: Callable[[], None] = lambda: None,
    saved: Callable[[], None] = lambda: None,
    refused: Callable[[BadInput], None] | None = None,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Show what a batch would do, worked out in a thread, and save it where that is wanted.

    Args:
        host: The explorer.
        batch: What is done.
        first: Ids of the records that are shown first.
        words: What it is called, what Enter does, and what is said once it is done.
        before: Called before it is done.
        saved: Called once it is saved.
        refused: Told why it cannot be; it is said where nobody is.
        ready: Called before it is shown what it would do.
    """
    path = host.context.model.path
    title, verb, sentence = map(plain, words)

    def refuse(error: BadInput) -> None:
        if refused is not None:
            refused(error)
        else:
            host.say(plain(f"Nothing is changed: {error.what}; {error.hint}"))

    def work() -> None:
        host.saves.wait()
        try:
            changes = record_changes(Dataset(path), batch, first)
        except BadInput as error:
            host.app.call_from_thread(refuse, error)
        else:
            host.app.call_from_thread(show, changes)

    def show(changes: Sequence[Change]) -> None:
        ready()
        names = {change.id: getattr(change.after or change.before, "label", "") for change in changes}
        model = host.context.model

        def label(ref: str) -> str:
            return names.get(ref) or model.label(ref)

        # What a split adds is the other half of it.
        added = {change.id for change in changes if batch.split is not None and change.before is None}
        number = len({change.id for change in changes} - {*first} - added)
        rest = f"{number:,} other record{'s change' if number != 1 else ' changes'}" if number else "no other changes"
        host.say("")
        host.app.push_screen(ChangePreview(f"{title}: {rest}", verb, changes, label, is_all_or_nothing=True), save)

    def save(wanted: Sequence[Change] | None) -> None:
        if wanted is not None:
            before()
            host.saves.put(Save(sentence, write, finish, refuse, wanted))

    def finish() -> None:
        saved()
        host.say(f"Saved · {sentence} · Z undoes it")

    def write(_: Save) -> Now:
        return records_of(Dataset(path).save(batch).changes)

    host.say("Working out what changes …")
    host.app.run_worker(work, thread=True, group="preview", exclusive=True)
