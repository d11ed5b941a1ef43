"""What has become of the dataset: a change of its file, and a build of its index under way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from textual.app import App
from textual.timer import Timer
from textual.worker import Worker, get_current_worker

from convenings.domain.errors import BadInput
from convenings.domain.text import plain
from convenings.index import seal
from convenings.index.model import ReadModel
from convenings.index.open import open_model, peek_model
from convenings.index.rows import Step
from convenings.index.stamp import index_path, stamp_of
from convenings.tui.explorer.saving import Saves

if TYPE_CHECKING:
    from convenings.index.build.process import BuildProcess

VERIFY_AFTER = 1.0
"""Seconds after the first painting until the dataset is compared with what was indexed."""
STALE_EVERY = 2.0
"""Seconds between looks at whether the dataset file has changed."""
LOOK_EVERY = 0.02
"""Seconds between looks at a build of the index; a look costs nothing while it has nothing new to tell."""


class Host(Protocol):
    """Who shows a dataset, and is told what has become of it."""

    message: str

    @property
    def app(self) -> App[Any]:
        """The application."""

    @property
    def model(self) -> ReadModel:
        """The read model that is shown."""

    @property
    def saves(self) -> Saves:
        """What is being saved."""

    def show_model(self, model: ReadModel) -> None:
        """Show another state of the dataset."""

    def say(self, sentence: str) -> None:
        """Say something in the line above the keys."""

    def set_interval(self, interval: float, callback: Callable[[], None]) -> Timer:
        """Have something done every so many seconds."""

    def run_worker(self, work: Callable[[], None], *, thread: bool, group: str, exclusive: bool) -> Worker[Any]:
        """Have something done in a thread."""


class Reloader:
    """Reads the dataset of one explorer again.

    Args:
        host: Who shows it.
    """

    def __init__(self, host: Host) -> None:
        self.host = host
        self.builder: BuildProcess | None = None
        """A build of the index that is under way."""
        self._former: list[ReadModel] = []
        """The model before this one, which an open palette may still be asking."""
        self._is_quiet = False
        """Whether the build under way is for an edit, of which is said already what it did."""
        self._is_behind = False
        """Whether the file was saved again since the build under way began."""
        self._tried: object = ()
        """State of the file that was read again last."""
        self._tried_index: object = ()
        """State of the damaged index that was made anew last."""
        self._afterwards: list[Callable[[], None]] = []
        """What is to be done once the build under way is shown whole; each says what came of it."""

    def reload_if_stale(self) -> None:
        """Read the dataset again where its file has changed; a state that cannot be read is tried once."""
        if self.host.saves.outstanding:
            # The file is another one before that is acknowledged.
            return
        try:
            stamp: object = stamp_of(self.host.model.path)
        except BadInput:
            stamp = None
        if self.builder is None and stamp not in (self.host.model.stamp, self._tried):
            self._tried = stamp
            self.reload()
        elif self.builder is None and self.host.model.complete:
            self._mend_index()

    def _mend_index(self) -> None:
        """Have the index made anew where somebody has written to its file, which is read on and on; tried once."""
        index = index_path(self.host.model.path)
        try:
            state = seal.state_of(index.stat())
        except OSError:
            return
        if state != self._tried_index and not seal.is_whole(index):
            self._tried_index = state
            self.reload()

    def reload(self, rejected_hash: str = "") -> None:
        """Read the dataset again and come back to the same place; one that cannot be read changes nothing.

        Args:
            rejected_hash: Content hash of an index that is not to be taken again.
        """
        from convenings.index.build.process import SMALL, BuildProcess

        path = self.host.model.path
        try:
            if path.stat().st_size >= SMALL:
                self.watch_build(BuildProcess(path, rejected_hash))
            else:
                self.replace_model(open_model(path, rejected_hash))
                self.host.say(f"Read again: {self.host.model.total:,} records")
        except (BadInput, OSError) as error:
            self.host.say(f"Not reloaded: {error}")

    def when_whole(self, work: Callable[[], None]) -> None:
        """Do something once all of the dataset as it is now is shown: at once, or when the build under way ends."""
        if self.builder is None:
            work()
        else:
            self._afterwards.append(work)

    def follow_edit(self) -> None:
        """Have the index made anew behind the screen, once for all edits that are saved meanwhile."""
        from convenings.index.build.process import BuildProcess

        self._is_behind = self.builder is not None
        if self._is_behind:
            return
        try:
            self._tried = stamp_of(self.host.model.path)
            self._is_quiet = True
            self.watch_build(BuildProcess(self.host.model.path))
        except (BadInput, OSError) as error:
            self.host.say(f"Not reloaded: {error}")

    def verify(self) -> None:
        """Compare the file with what was indexed, in a thread, and read it again where it is another one.

        Size, time of change and inode tell the one from the other nearly always, but not where a program that wrote
        into the file has set back its time.
        """
        model = self.host.model

        def compare() -> None:
            if model.complete and not model.is_of_content() and not get_current_worker().is_cancelled:
                self.host.app.call_from_thread(self._reject, model)

        self.host.run_worker(compare, thread=True, group="verify", exclusive=True)

    def compare_with_journal(self) -> None:
        """Say at an opening, from a thread, what the journal does not explain of the file.

        That is a change by another program or by hand, an older copy, or a save that was cut off.
        """
        path = self.host.model.path

        def compare() -> None:
            from convenings.store.dataset import Dataset
            from convenings.store.journal import Journal
            from convenings.store.past import remark

            try:
                sentence = remark(Dataset(path)) if Journal(path).path.exists() else ""
            except (BadInput, OSError):
                # What is wrong with either is said by what needs it.
                return
            if sentence and not get_current_worker().is_cancelled:
                self.host.app.call_from_thread(self.host.say, plain(f"{sentence[0].upper()}{sentence[1:]}"))

        self.host.run_worker(compare, thread=True, group="journal", exclusive=True)

    def _reject(self, model: ReadModel) -> None:
        """Read the dataset again where the model that is shown was found to be of other bytes."""
        if model is self.host.model and self.builder is None:
            self.reload(model.content_hash)

    def replace_model(self, model: ReadModel) -> None:
        """Have another state of the dataset shown; the one before it stays open until the next."""
        former = self.host.model
        self.host.saves.take_up(model, former)
        self.host.show_model(model)
        self.close_former()
        self._former = [former]

    def close_former(self) -> None:
        """Close the model before this one."""
        for model in self._former:
            model.close()
        self._former = []

    def watch_build(self, builder: BuildProcess) -> None:
        """Follow a build in another process: show the rows as soon as they are there, and the rest when it is done."""
        from convenings.index.build.child import BAD, COMPLETE

        self.builder = builder
        # A whole index of the dataset as it was is better than a part of one as it is.
        step, sentence = min(self.host.model.step, Step.NAMES), ""
        work = "Reading it again" if self.host.model.complete else "Indexing for the first time"

        def look() -> None:
            nonlocal step, sentence
            phase, reached = builder.phase, builder.step
            if builder.error:
                self._end_build(timer)
                if self.host.model.total:
                    self.host.say(f"Not reloaded: {builder.error}")
                else:
                    self.host.app.exit(return_code=BAD, message=f"convenings: {builder.error}")
            elif builder.unwritable:
                self.replace_model(open_model(self.host.model.path))
                self._end_build(timer)
            elif reached > step:
                step = reached
                if (model := peek_model(self.host.model.path, builder.rejected_hash)) is not None:
                    self.replace_model(model)
            if phase == COMPLETE:
                # What was said meanwhile, of a key or of what has been brought in, stays.
                if not self._is_quiet and self.host.message in ("", sentence):
                    self.host.say(f"Indexed {self.host.model.total:,} records")
                self._end_build(timer)
            elif self.builder is not None and not self._is_quiet and self.host.message in ("", sentence):
                before, sentence = self.host.message, f"{work}: {phase} …"
                if sentence != before:
                    self.host.say(sentence)

        timer = self.host.set_interval(LOOK_EVERY, look)

    def _end_build(self, timer: Timer) -> None:
        timer.stop()
        self.builder = None
        self._is_quiet = False
        afterwards, self._afterwards = self._afterwards, []
        for work in afterwards:
            work()
        if self._is_behind:
            self.follow_edit()
