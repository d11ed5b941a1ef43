"""Shows records as they were saved at once, and has the index made anew behind the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from convenings.domain.records import Record
from convenings.index.edited import show_edited
from convenings.index.model import ReadModel
from convenings.tui.commands.context import Context
from convenings.tui.explorer.reload import Reloader


class Host(Protocol):
    """What is asked of the explorer."""

    @property
    def context(self) -> Context:
        """The workspace and what is worked out of it."""

    @property
    def reloader(self) -> Reloader:
        """What has become of the dataset."""

    def show_model(self, model: ReadModel) -> None:
        """Show another state of the dataset, at the same place."""


def show_changed(host: Host, records: Sequence[Record]) -> None:
    """Show records as they are in the file now; what else follows from them is shown once the index is anew."""
    model = host.context.model
    show_edited(model, records)
    host.show_model(model)
    host.reloader.follow_edit()
