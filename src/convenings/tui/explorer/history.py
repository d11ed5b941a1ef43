"""What was done to a record, read from the journal in a thread: it may be long."""

from __future__ import annotations

from itertools import islice

from convenings.domain.errors import BadInput
from convenings.domain.text import plain
from convenings.store.dataset import Dataset
from convenings.store.past import PastStep, past_steps
from convenings.tui.dialogs.record_history import RecordHistory
from convenings.tui.explorer.host import Host

MOST_STEPS = 200
"""Steps that are listed."""


def list_history(ref: str, host: Host) -> None:
    """List what was done to a record."""
    path, label = host.context.model.path, host.context.model.label(ref)

    def work() -> None:
        try:
            steps = list(islice(past_steps(Dataset(path), ref), MOST_STEPS + 1))
        except BadInput as error:
            host.app.call_from_thread(host.say, plain(f"The history cannot be read: {error}"))
        else:
            host.app.call_from_thread(show, steps)

    def show(steps: list[PastStep]) -> None:
        if not steps:
            host.say(f"No change of {label} is in the journal of this dataset")
            return
        host.app.push_screen(RecordHistory(label, steps[:MOST_STEPS], has_more=len(steps) > MOST_STEPS))

    host.app.run_worker(work, thread=True, group="history", exclusive=True)
