"""Edits are shown at once and saved in a thread, one after the other; what cannot be saved is taken back, and said.

Until an edit is on the disk it is said to be being saved. The next one waits for its turn, and is checked against what
the file holds by then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from threading import Event, Thread
from typing import Any, Protocol

from textual.app import App
from textual.timer import Timer

from convenings.domain.edits import Change
from convenings.domain.errors import BadInput
from convenings.domain.records import Record
from convenings.domain.text import plain
from convenings.index.model import ReadModel

LEAVE_AFTER = 45.0
"""Seconds after which the program is left with edits that are not saved: more than a writer waits for another one."""

Now = Mapping[str, Record | None]
"""Id to a record as it is now, or to nothing where it has gone."""


class Host(Protocol):
    """Who shows the dataset that is edited."""

    message: str

    @property
    def app(self) -> App[Any]:
        """The application."""

    @property
    def model(self) -> ReadModel:
        """The read model that is shown."""

    def show_model(self, model: ReadModel) -> None:
        """Show another state of the dataset."""

    def say(self, sentence: str) -> None:
        """Say something in the line above the keys."""

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer:
        """Have something done after so many seconds."""

    def call_later(self, callback: Callable[[], None]) -> bool:
        """Have something done once nothing else is to be."""


class Form(Protocol):
    """A form that can be come back to."""

    title: str

    def open(self) -> None:
        """Show it, with what was typed."""


class Save:
    """One edit on its way to the disk.

    Args:
        what: What it does, in words: ``Changed label of Fair``.
        work: Saves it, in a thread; gives the records that are otherwise by it as the file has them then.
        finish: Says what was done, once it is on the disk.
        refused: Says why it is not; nothing has changed then.
        changes: What becomes of which records, as far as that is known before.
        is_of_last: Whether it takes back, or does again, what was done last: without that it would be of another step.
    """

    def __init__(
        self,
        what: str,
        work: Callable[[Save], Now],
        finish: Callable[[], None],
        refused: Callable[[BadInput], None],
        changes: Sequence[Change] = (),
        *,
        is_of_last: bool = False,
    ) -> None:
        self.what = what
        self.is_of_last = is_of_last
        self.work = work
        self.finish = finish
        self.refused = refused
        self.changes = changes
        self.records: Now = {}
        """Records that are otherwise by it, once it is on the disk."""
        self.since: dict[str, Record | None] = {}
        """Records that the edits before it have changed since it was begun."""

    @property
    def sentence(self) -> str:
        """What is said of it until it is on the disk."""
        return plain(f"Saving: {self.what[:1].lower()}{self.what[1:]} …")


class Saves:
    """The edits of one explorer that are being saved, and what the index does not have yet of those that were.

    Args:
        host: The explorer.
        follow: Has the index made anew behind the screen.
    """

    def __init__(self, host: Host, follow: Callable[[], None]) -> None:
        self._host = host
        self._follow = follow
        self.outstanding: list[Save] = []
        """In the order in which they were made; the first one is being saved."""
        self._saved: dict[str, Record | None] = {}
        """Records that were saved since the index was made."""
        self.unsaved_forms: dict[str, Form] = {}
        """Id to the form of a record that could not be saved, with what was typed, until it is."""
        self._is_behind = False
        """Whether anything was saved for which the index is still to be made anew."""
        self._is_idle = Event()
        self._is_idle.set()
        self._leave: Callable[[], None] | None = None
        """Leaves the program once all is saved."""
        self._has_given_up = False

    @property
    def sentence(self) -> str:
        """What is being saved, in words; empty where nothing is."""
        if len(self.outstanding) > 1:
            return f"Saving {len(self.outstanding):,} changes …"
        return self.outstanding[0].sentence if self.outstanding else ""

    def put(self, save: Save) -> None:
        """Show an edit, and have it saved once those before it are."""
        self.outstanding.append(save)
        self._is_idle.clear()
        if save.changes:
            self._show()
        self._host.say(self.sentence)
        if len(self.outstanding) == 1:
            self._begin()

    def foresee(self, save: Save, what: str, changes: Sequence[Change]) -> None:
        """Show what an edit does that is not saved yet, now that it is known."""
        is_first_to_say = self._host.message == self.sentence
        save.what, save.changes = what, changes
        self._show()
        if is_first_to_say:
            self._host.say(self.sentence)

    def wait(self, seconds: float = LEAVE_AFTER) -> bool:
        """Wait in a thread until all is saved; whether it is."""
        return self._is_idle.wait(seconds)

    def records(self) -> Now:
        """Every record that is otherwise than the index has it."""
        changes = (change for save in self.outstanding for change in save.changes)
        return self._saved | {change.id: change.after for change in changes}

    def take_up(self, model: ReadModel, former: ReadModel) -> None:
        """Lay over another read model what it does not have yet."""
        if model.path != former.path or not model.is_stale():
            self._saved = {}
        if records := self.records():
            model.edit(records)

    # In the order of the saves

    def _show(self) -> None:
        model = self._host.model
        model.edit(self.records())
        self._host.show_model(model)

    def _begin(self) -> None:
        # Whoever leaves all the same does not wait for it: no thread of a pool.
        Thread(target=self._work, args=(self.outstanding[0],), name="save", daemon=True).start()

    def _work(self, save: Save) -> None:
        """Runs in a thread."""
        ending: Callable[[], None]
        try:
            records = save.work(save)
        except BadInput as error:
            ending = partial(self._refuse, save, error)
        except Exception as error:
            ending = partial(_fail, error)
        else:
            ending = partial(self._acknowledge, save, records)
        # There is nobody left to tell where the program has ended.
        with suppress(RuntimeError):
            self._host.app.call_from_thread(self._host.call_later, ending)

    def _acknowledge(self, save: Save, records: Now) -> None:
        former = self.records()
        self._saved |= records
        self._is_behind = True
        self.outstanding.remove(save)
        save.records = records
        for later in self.outstanding:
            later.since |= records
        if self.records() != former:
            self._show()
        save.finish()
        self._go_on()

    def _refuse(self, save: Save, error: BadInput) -> None:
        self.outstanding.remove(save)
        # Whoever wanted to leave is to see this.
        self._leave = None
        if save.changes:
            self._show()
        save.refused(error)
        if self.outstanding and self.outstanding[0].is_of_last:
            while self.outstanding and self.outstanding[0].is_of_last:
                del self.outstanding[0]
            self._host.say(f"{self._host.message} · nothing was there to undo")
        self._go_on()

    def _go_on(self) -> None:
        if self.outstanding:
            self._begin()
            return
        self._is_idle.set()
        if (leave := self._leave) is not None:
            leave()
        elif self._is_behind:
            self._is_behind = False
            self._follow()

    # Leaving

    def holds_up(self, leave: Callable[[], None]) -> bool:
        """Whether the program is not to be left yet: it is once all is saved, or asked a second time, or much later."""
        if not self.outstanding or self._leave is not None or self._has_given_up:
            # Nor does any thread wait any longer.
            self._is_idle.set()
            return False
        self._leave = leave
        number = len(self.outstanding)
        which = "change is" if number == 1 else f"{number:,} changes are"
        self._host.say(f"The last {which} being saved, then this is left · again leaves without")
        self._host.set_timer(LEAVE_AFTER, self._give_up)
        return True

    def _give_up(self) -> None:
        if self._leave is not None and self.outstanding:
            self._has_given_up = True
            self._leave()

    def unsaved(self) -> str:
        """What is lost where the program is left now, in a sentence; empty where nothing is."""
        whats = [f"{save.what[:1].lower()}{save.what[1:]}" for save in self.outstanding]
        return plain(f"convenings: not known to be saved: {'; '.join(whats)}") if whats else ""


def _fail(error: Exception) -> None:
    raise error
