"""A report that is drafted from within the explorer: asked for, read by a process of its own, and then reviewed."""

from __future__ import annotations

from pathlib import Path

from textual.worker import get_current_worker

from convenings.domain.errors import BadInput
from convenings.domain.text import plain
from convenings.drafting.keeping import QueuedReport
from convenings.presentation.path_completion import path_from
from convenings.tui.commands.command import OpenReview
from convenings.tui.dialogs.path_prompt import PathPrompt
from convenings.tui.explorer.host import Host
from convenings.tui.explorer.working_copy import in_working_copy

TELL_EVERY = 0.25
"""Seconds between words about how far it is."""


def ask_report(host: Host) -> None:
    """Ask for the file of a report, draft it, and show what is to be reviewed."""

    def accept(line: str) -> str:
        try:
            return "" if path_from(line).is_file() else "There is no such file"
        except (OSError, ValueError):
            return "This path cannot be read"

    def draft(line: str | None) -> None:
        if line:
            _draft(path_from(line), host)

    def ask() -> None:
        host.app.push_screen(PathPrompt("Draft a report", "", accept), draft)

    in_working_copy(host, ask)


def _draft(path: Path, host: Host) -> None:
    """Read and draft in a process of its own, with a thread that waits for it."""
    dataset, seconds = host.context.model.path, 0.0
    sentence = f"Reading {plain(path.name)} …"

    def tell() -> None:
        nonlocal seconds, sentence
        seconds += TELL_EVERY
        if host.message in ("", sentence):
            sentence = f"Reading and drafting {plain(path.name)}: {seconds:.0f} s …"
            host.say(sentence)

    def work() -> None:
        from convenings.drafting.keeping import draft_into
        from convenings.drafting.reading import read_and_draft
        from convenings.interchange.apart import Cancelled

        worker = get_current_worker()
        try:
            drafted = read_and_draft(path, is_cancelled=lambda: worker.is_cancelled)
            outcome: QueuedReport | str = draft_into(dataset, path, drafted)
        except Cancelled:
            return
        except (BadInput, OSError, ValueError) as error:
            outcome = f"Not drafted: {error}"
        host.app.call_from_thread(finish, outcome)

    def finish(outcome: QueuedReport | str) -> None:
        timer.stop()
        if isinstance(outcome, str):
            host.say(plain(outcome))
            return
        host.reloader.follow_edit()
        host.context.forget_review()
        host.apply(OpenReview(outcome.source))
        kept = f", decisions kept: {outcome.carried_over}" if outcome.carried_over else ""
        drafted = f"Drafted {path.name}: {outcome.open} of {outcome.total} open{kept}"
        host.say(plain(" · ".join((drafted, *outcome.warnings))))

    host.say(sentence)
    timer = host.set_interval(TELL_EVERY, tell)
    host.app.run_worker(work, thread=True, group="draft", exclusive=False)
