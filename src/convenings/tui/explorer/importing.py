"""What is brought into the explorer: which files, what of them, into which dataset; written in a thread, then shown."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Protocol, cast

from convenings.domain.errors import BadInput
from convenings.domain.kinds import counted
from convenings.domain.text import plain
from convenings.interchange.background import BackgroundImport
from convenings.interchange.reports import ImportReport
from convenings.presentation.lists import HOME
from convenings.presentation.path_completion import path_from
from convenings.store.copying import is_read_only
from convenings.tui.commands import places
from convenings.tui.dialogs.import_preview import ImportPreview
from convenings.tui.dialogs.path_prompt import PathPrompt
from convenings.tui.explorer.host import Host

NEW = "is:new"
"""The filter that leaves what the last import brought."""


class Stage(Protocol):
    """What is asked of the application."""

    def open_next(self, path: Path, greeting: str) -> None:
        """Leave, and open another dataset in its place, saying something first."""


def ask_files(host: Host) -> None:
    """Ask for a file or a folder, show what would come in, and write it where that is wanted."""

    def accept(line: str) -> str:
        path = path_from(line)
        try:
            return "" if path.exists() else "There is no such file or folder"
        except (OSError, ValueError):
            return "This path cannot be read"

    def preview(line: str | None) -> None:
        if not line:
            return
        dataset = host.context.model.path
        dialog = ImportPreview([path_from(line)], dataset, is_into_it=not is_read_only(dataset))
        host.app.push_screen(dialog, finish)

    def finish(run: BackgroundImport | None) -> None:
        if run is None:
            host.say("The import was cancelled, and nothing is written")
        else:
            _write(run, host)

    host.app.push_screen(PathPrompt("Import a file or a folder", "", accept), preview)


def _write(run: BackgroundImport, host: Host) -> None:
    """Write in a thread, and show what came in."""

    def work() -> None:
        try:
            report = run.save()
        except (BadInput, OSError, ValueError, MemoryError) as error:
            host.app.call_from_thread(host.say, plain(f"Not imported: {error}"))
        else:
            host.app.call_from_thread(_show, report, host)

    host.say("Writing what came in …")
    host.app.run_worker(work, thread=True, group="import", exclusive=False)


def _show(report: ImportReport, host: Host) -> None:
    """Open on what came in, in this dataset or in the new one."""
    path, made = Path(report.dataset), Counter[str]()
    for each in report.files:
        made.update(each.made)
        made.update(each.updated)
    if not report.is_written:
        host.say("Nothing was written: all of it is in the dataset already")
        return
    remarks = "".join(f" · {remark}" for remark in report.remarks)
    what = counted(made) or "nothing new"
    if path.resolve() != host.context.model.path.resolve():
        cast(Stage, host.app).open_next(path, plain(f"Imported into {path.absolute()}: {what}{remarks}"))
        return

    def open_on_it() -> None:
        lists = [name for kind, name in HOME.items() if made[kind]]
        if lists:
            host.apply(places.go_to_list(host.current(), host.context, lists[0], NEW))
        host.say(plain(f"Imported: {what} · {NEW} shows what came in, esc shows all{remarks}"))

    host.say("")
    host.reload()
    # A large dataset is indexed in another process, and before that nothing of what came in is in any list.
    host.reloader.when_whole(open_on_it)
