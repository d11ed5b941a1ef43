"""Taking up what has become of the dataset: a change of its file, and a build of its index under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from convenings.domain.errors import BadInput
from convenings.domain.history import History
from convenings.domain.lens import Location
from convenings.index.__main__ import BAD, COMPLETE
from convenings.index.background import SMALL, Builder
from convenings.index.model import ReadModel, stamp_of
from convenings.index.rows import Step

if TYPE_CHECKING:
    from convenings.tui.explorer import Explorer

LOOK_EVERY = 0.02
"""Seconds between looks at a build of the index; a look costs nothing while it has nothing new to tell."""


class Reading:
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

    def reload(self) -> None:
        """Read the dataset again and come back to the same place; one that cannot be read changes nothing."""
        try:
            if self.ui.model.path.stat().st_size >= SMALL:
                self.follow(Builder(self.ui.model.path))
            else:
                self.take_up(ReadModel.open(self.ui.model.path))
                self.ui.say(f"Read again: {self.ui.model.total:,} records")
        except (BadInput, OSError) as error:
            self.ui.say(f"Not reloaded: {error}")

    def take_up(self, fresh: ReadModel) -> None:
        """Show another state of the dataset, at the same place as far as it is there."""
        place, former = self.ui.location() if self.ui.model.total else self.ui._restored or Location(), self.ui.model
        self.ui.model = fresh
        self.ui._bind_model()
        self.ui.restore(place if place.subject else self.ui.start())
        self.let_go()
        self._former = [former]
        if not former.total:
            self.ui.history = History(self.ui.location())
        self.ui.reloaded.publish(fresh)

    def let_go(self) -> None:
        """Close the model before this one."""
        for model in self._former:
            model.close()
        self._former = []

    def follow(self, builder: Builder) -> None:
        """Follow a build in another process: show the rows as soon as they are there, and the rest when it is done."""
        self.ui.builder = builder
        # A whole index of the dataset as it was is better than a part of one as it is.
        shown, told = min(self.ui.model.step, Step.ROWS), ""

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
                self.take_up(ReadModel.open(self.ui.model.path))
            elif step > shown:
                shown = step
                if (model := ReadModel.peek(self.ui.model.path)) is not None:
                    self.take_up(model)
            if phase == COMPLETE:
                self.built(timer)
                self.ui.say(f"Indexed {self.ui.model.total:,} records")
            elif self.ui.builder is not None and self.ui.message in ("", told):
                before, told = self.ui.message, f"Indexing for the first time: {phase} …"
                if told != before:
                    self.ui.say(told)

        timer = self.ui.set_interval(LOOK_EVERY, look)

    def built(self, timer: Timer) -> None:
        """The build is over."""
        timer.stop()
        self.ui.builder = None
