"""A record that is two is split: into what was merged, or by what goes to another record, after all was shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from convenings.domain.errors import BadInput
from convenings.domain.kinds import kind_of
from convenings.domain.parting import Belonging, Fate, Split
from convenings.domain.records import Labelled
from convenings.domain.text import fold, plain
from convenings.presentation.form_readings import FormReadings, Way
from convenings.presentation.splitting import (
    SplitLine,
    fault_in_words,
    line_of,
    shared_in_words,
    spellings,
    split_lines,
)
from convenings.store.batch import Batch
from convenings.store.canonical import Redirect
from convenings.store.dataset import Dataset
from convenings.store.faults import BadBatch
from convenings.store.splitting import Hanging
from convenings.tui.dialogs.menu import Entry, Menu
from convenings.tui.dialogs.split_choices import SplitChoices
from convenings.tui.dialogs.value_prompt import ValuePrompt
from convenings.tui.explorer.host import Host
from convenings.tui.explorer.merging import preview
from convenings.tui.explorer.working_copy import in_working_copy

OTHERWISE = "otherwise"
"""What the list of merges gives where none of them is meant."""
_NEW = "new "
"""Before a name that is to be that of a new record."""


class _Other(NamedTuple):
    """The record to which something goes."""

    name: str
    """Of a new one; empty where there is one already."""
    to: str
    """Id of the one that there is."""
    words: str
    """What it is called on the screen."""


def split_record(ref: str, host: Host) -> None:
    """Split a record: what was merged into it comes apart, or what is chosen goes to another one.

    Raises:
        BadInput: The record cannot be read.
    """
    in_working_copy(host, lambda: _begin(ref, host))


def _begin(ref: str, host: Host) -> None:
    model = host.context.model
    # What was saved a moment ago the index does not have yet.
    if model.edited or ref in model.redirects.values():
        _look_for_merges(ref, host)
    else:
        _ask_other(ref, host)


def _look_for_merges(ref: str, host: Host) -> None:
    """Look in a thread for what was merged into a record, and ask whether that is meant, if anything was."""
    path = host.context.model.path

    def work() -> None:
        host.saves.wait()
        try:
            merges = Dataset(path).merges_into(ref)
        except BadInput as error:
            host.app.call_from_thread(host.say, plain(f"Not split: {error.what}; {error.hint}"))
        else:
            host.app.call_from_thread(_ask_part if merges else go_on, merges, ref, host)

    def go_on(merges: Sequence[Redirect], ref: str, host: Host) -> None:
        _ask_other(ref, host)

    host.say("Looking for what was merged …")
    host.app.run_worker(work, thread=True, group="preview", exclusive=True)


def _ask_part(merges: Sequence[Redirect], ref: str, host: Host) -> None:
    """Ask which record that was merged into another one is to be one of its own again, or whether none is meant."""
    label = host.context.model.label(ref)
    names = {each.id: plain(str(each.undo.record.get("label", each.id))) for each in merges if each.undo}

    def go_on(old: str | None) -> None:
        if old == OTHERWISE:
            _ask_other(ref, host)
        elif old:
            words = f"Split {names[old]} from {label}", "Split: change or add"
            preview(host, Batch(unmerge=[old]), (old, ref), (*words, f"Split {names[old]} from {label}"))

    entries = [Entry(old, name, old) for old, name in names.items()]
    entries.append(Entry(OTHERWISE, "None of these", "choose line by line what goes to another record"))
    title = f"Merged into {label}, the last one first: which is a record of its own again?"
    host.app.push_screen(Menu(title, "Filter · enter takes it · esc closes", entries), go_on)


def _ask_other(ref: str, host: Host) -> None:
    record = host.context.model.find(ref)
    if isinstance(record, Labelled):
        desk = _Desk(record, host)
        desk.ask(desk.look)


class _Desk:
    """Where one split lies: who the other record is, and what goes there.

    Args:
        record: What is split.
        host: The explorer.
    """

    def __init__(self, record: Labelled, host: Host) -> None:
        self.record, self.host = record, host
        self.kind = kind_of(record.id)
        self.readings = FormReadings(lambda: host.context.workspace)
        self.lines: list[SplitLine] = []
        self.other = _Other("", "", "")
        self._dialog: SplitChoices | None = None

    def ask(self, go_on: Callable[[], None]) -> None:
        """Ask who the other record is: a new one by a name, or one that there is."""

        def take(value: str | None) -> None:
            if not value:
                return
            if value.startswith(_NEW):
                name = value.removeprefix(_NEW)
                self.other = _Other(name, "", f"{plain(name)}, new")
            else:
                self.other = _Other("", value, self.host.context.model.label(value))
            go_on()

        label = self.host.context.model.label(self.record.id)
        title = f"Split {plain(label)}: what is the other {self.kind} called?"
        hint = f"Type the name of the other {self.kind}"
        self.host.app.push_screen(ValuePrompt(title, self._ways, only_listed=hint), take)

    def _ways(self, text: str) -> Sequence[Way]:
        """A new record by what is typed, or by another spelling of this one; and those that there are."""
        record, name = self.record, text.strip()
        spellings = [each.value for each in getattr(record, "names", ())]
        new = (
            [(name, "")]
            if name
            else [*((each, ": another spelling") for each in spellings), (record.label, ": the same name")]
        )
        hits = self.readings.record_ways(text if name else fold(record.label), [self.kind])
        return [
            *(Way(f"{_NEW}{each}", plain(each), f"new{how}", self.kind) for each, how in dict(new).items()),
            *(way for way in hits if way.text != record.id),
        ]

    def look(self) -> None:
        """Look in a thread for what hangs on the record, and list it."""
        path, ref = self.host.context.model.path, self.record.id

        def work() -> None:
            self.host.saves.wait()
            try:
                hanging = Dataset(path).hanging_on(ref)
            except BadInput as error:
                self.host.app.call_from_thread(self.host.say, plain(f"Not split: {error.what}; {error.hint}"))
            else:
                self.host.app.call_from_thread(self._open, hanging)

        self.host.say("Looking for what hangs on it …")
        self.host.app.run_worker(work, thread=True, group="preview", exclusive=True)

    def _open(self, hanging: Hanging) -> None:
        self.lines = split_lines(hanging, self.readings)
        label = plain(self.host.context.model.label(self.record.id))
        remark = "" if self.other.to else shared_in_words(hanging.record)
        self._dialog = SplitChoices(label, self.other.words, self.lines, self._going(), remark, self)
        self.host.say("")
        self.host.app.push_screen(self._dialog)

    def _going(self) -> list[int]:
        """Lines that go with the name of the other record."""
        return spellings(self.lines, self.other.name) if self.other.name else []

    def rename(self, tell: Callable[[str, Sequence[int]], None]) -> None:
        """Ask who the other record is, and tell what it is called and which lines go with that."""
        self.ask(lambda: tell(self.other.words, self._going()))

    def show(self, fates: Mapping[Belonging, Fate], tell: Callable[[str, dict[int, str]], None]) -> None:
        """Show each record before and after, and save it where that is wanted."""
        ref = self.record.id
        name, to, words = self.other
        label = plain(self.host.context.model.label(ref))

        def refused(error: BadInput) -> None:
            faults = error.faults if isinstance(error, BadBatch) else ()
            places = [
                (line_of(fault, self.lines, ref), fault_in_words(fault, ref, label, self.other.words))
                for fault in faults
            ]
            elsewhere = [sentence for at, sentence in places if at < 0]
            sentence = (elsewhere or [what for _, what in places] or [f"{error.what}; {error.hint}"])[0]
            tell(sentence, {at: what for at, what in places if at >= 0})
            # In the border of the list a long one is cut.
            self.host.say(plain(f"Not split: {sentence}"))

        def ready() -> None:
            tell("", {})

        def saved() -> None:
            if self._dialog is not None:
                self._dialog.dismiss()

        title = f"Split {label}: part of it goes to {words}"
        texts = title, "Split: change or add", f"Split {label}: part of it is {plain(name) or words} now"
        batch = Batch(split=Split(id=ref, fates=fates, name=name, to=to))
        preview(self.host, batch, (ref, to), texts, saved=saved, refused=refused, ready=ready)
