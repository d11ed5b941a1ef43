"""Taking up what has become of the dataset: a change of its file, and a build of its index under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer
from textual.worker import get_current_worker

from convenings.domain.errors import BadInput
from convenings.domain.history import History
from convenings.domain.lens import Location
from convenings.index.build.child import BAD, COMPLETE
from convenings.index.build.process import SMALL, BuildProcess
from convenings.index.model import ReadModel
from convenings.index.open import open_model, peek_model
from convenings.index.rows import Step
from convenings.index.stamp import stamp_of

if TYPE_CHECKING:
    from convenings.tui.explorer.screen import Explorer

LOOK_EVERY = 0.02
"""Seconds between looks at a build of the index; a look costs nothing while it has nothing new to tell."""


class Reloader:
    """Reads the dataset of one explorer again."""

    def __init__(self, ui: Explorer) -> None:
        self.ui = ui
        self._former: list[ReadModel] = []
        """The model before this one, which an open palette may still be asking."""
        self._tried: object = ()
        """State of the file that was read again last."""

    def reload_if_stale(self) -> None:
        """Read the dataset again where its file has changed; a state that cannot be read is tried once."""
        try:
            stamp: object = stamp_of(self.ui.model.path)
        except BadInput:
            stamp = None
        if self.ui.builder is None and stamp not in (self.ui.model.stamp, self._tried):
            self._tried = stamp
            self.reload()

    def reload(self, rejected_hash: str = "") -> None:
        """Read the dataset again and come back to the same place; one that cannot be read changes nothing.

        Args:
            rejected_hash: Content hash of an index that is not to be taken again.
        """
        path = self.ui.model.path
        try:
            if path.stat().st_size >= SMALL:
                self.watch_build(BuildProcess(path, rejected_hash))
            else:
                self.show_model(open_model(path, rejected_hash))
                self.ui.say(f"Read again: {self.ui.model.total:,} records")
        except (BadInput, OSError) as error:
            self.ui.say(f"Not reloaded: {error}")

    def verify(self) -> None:
        """Compare the file with what was indexed, in a thread, and read it again where it is another one.

        Size, time of change and inode tell the one from the other nearly always, but not where a program that wrote
        into the file has set back its time.
        """
        model = self.ui.model

        def compare() -> None:
            if model.complete and not model.is_of_content() and not get_current_worker().is_cancelled:
                self.ui.app.call_from_thread(self._reject, model)

        self.ui.run_worker(compare, thread=True, group="verify", exclusive=True)

    def _reject(self, model: ReadModel) -> None:
        if model is self.ui.model and self.ui.builder is None:
            self.reload(model.content_hash)

    def show_model(self, fresh: ReadModel) -> None:
        """Show another state of the dataset, at the same place as far as it is there."""
        place, former = self.ui.location() if self.ui.model.total else self.ui._restored or Location(), self.ui.model
        self.ui.model = fresh
        self.ui._bind_model()
        self.ui.restore(place if place.subject else self.ui.start())
        self.close_former()
        self._former = [former]
        if not former.total:
            self.ui.history = History(self.ui.location())
        self.ui.reloaded.publish(fresh)

    def close_former(self) -> None:
        """Close the model before this one."""
        for model in self._former:
            model.close()
        self._former = []

    def watch_build(self, builder: BuildProcess) -> None:
        """Follow a build in another process: show the rows as soon as they are there, and the rest when it is done."""
        self.ui.builder = builder
        # A whole index of the dataset as it was is better than a part of one as it is.
        shown, told = min(self.ui.model.step, Step.NAMES), ""
        doing = "Reloader it again" if self.ui.model.complete else "Indexing for the first time"

        def look() -> None:
            nonlocal shown, told
            phase, step = builder.phase, builder.step
            if builder.error:
                self.built(timer)
                if self.ui.model.total:
                    self.ui.say(f"Not reloaded: {builder.error}")
                else:
                    self.ui.app.exit(return_code=BAD, message=f"convenings: {builder.error}")
            elif builder.unwritable:
                self.built(timer)
                self.show_model(open_model(self.ui.model.path))
            elif step > shown:
                shown = step
                if (model := peek_model(self.ui.model.path, builder.rejected_hash)) is not None:
                    self.show_model(model)
            if phase == COMPLETE:
                self.built(timer)
                self.ui.say(f"Indexed {self.ui.model.total:,} records")
            elif self.ui.builder is not None and self.ui.message in ("", told):
                before, told = self.ui.message, f"{doing}: {phase} …"
                if told != before:
                    self.ui.say(told)

        timer = self.ui.set_interval(LOOK_EVERY, look)

    def built(self, timer: Timer) -> None:
        """The build is over."""
        timer.stop()
        self.ui.builder = None
