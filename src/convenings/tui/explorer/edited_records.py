"""Shows records as they were saved at once, and has the index made anew behind the screen."""

from __future__ import annotations

from collections.abc import Sequence

from convenings.domain.records import Record
from convenings.index.edited import show_edited
from convenings.tui.explorer.host import Host


def show_changed(host: Host, records: Sequence[Record]) -> None:
    """Show records as they are in the file now; what else follows from them is shown once the index is anew."""
    model = host.context.model
    show_edited(model, records)
    host.show_model(model)
    host.reloader.follow_edit()
