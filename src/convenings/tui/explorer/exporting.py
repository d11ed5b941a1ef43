"""What is taken out of the explorer: what, in which format, where to; written in a thread, and said at the end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from convenings.domain.errors import BadInput
from convenings.domain.slugs import slug
from convenings.domain.state import State
from convenings.domain.text import plain
from convenings.interchange.export import Export, export, refusal, writers
from convenings.interchange.registry import Format
from convenings.interchange.selection import UserData, selection, user_data_of, whole
from convenings.presentation.lists import RANGES, list_rows, pin_rows
from convenings.presentation.path_completion import path_from
from convenings.tui.dialogs.menu import Entry, Menu
from convenings.tui.dialogs.path_prompt import PathPrompt
from convenings.tui.explorer.host import Host
from convenings.workspace import Workspace


class Choice(NamedTuple):
    """Records that may be wanted."""

    heading: str
    refs: list[str] | None
    """Ids; nothing for everything."""


def ask_what(host: Host) -> None:
    """Ask what is wanted in which format; then where to."""
    workspace = host.context.workspace
    choices = choices_in_sight(workspace, host.state)
    user_data = user_data_of(workspace)
    entries = list(_entries(choices, user_data))

    def go_on(value: str | None) -> None:
        if value:
            at, name, notes = value.split(":")
            ask_where(host, writers()[name], choices[int(at)].refs, user_data if notes else None)

    host.app.push_screen(Menu("Export", "Filter · enter chooses · esc closes", entries), go_on)


def choices_in_sight(workspace: Workspace, state: State) -> list[Choice]:
    """What may be wanted, the least first: the list in use, all that the pins leave, the record in sight, everything.

    Args:
        workspace: What is asked.
        state: What is shown.
    """
    model, lens, choices = workspace.model, state.lens, list[Choice]()

    def ids_of(rows: Collection[int]) -> list[str]:
        return [row.id for row in model.load(rows)]

    if state.pane in RANGES and (lens.pins or lens.filters.get(state.pane)):
        rows = list(list_rows(workspace, lens, state.pane).rows)
        if rows:
            choices.append(Choice(f"This list, {_number(len(rows))}, with what {_refers(len(rows))}", ids_of(rows)))
    if lens.pins:
        every = dict.fromkeys(pin_rows(model, (pin.ref for pin in lens.pins)))
        for name in RANGES:
            every |= dict.fromkeys(list_rows(workspace, lens, name).rows)
        choices.append(
            Choice(f"What the panes show, {_number(len(every))}, with what {_refers(len(every))}", ids_of(every))
        )
    if state.subject and model.row_of(state.subject) is not None:
        choices.append(Choice(f"This record, {model.label(state.subject)}, with what it refers to", [state.subject]))
    return [*choices, Choice(f"Everything, {_number(model.total)}", None)]


def _entries(choices: Sequence[Choice], user_data: UserData) -> Iterator[Entry]:
    """What can be chosen: records in each format, with the user's marks and notes or without."""
    for notes, addition in (("", ""), ("notes", ", with your marks and notes")):
        if notes and not user_data:
            continue
        for at, choice in enumerate(choices):
            for name, format_ in writers().items():
                text = format_.title.partition(" (")[0]
                yield Entry(f"{at}:{name}:{notes}", name, text, f"{choice.heading}{addition}")


def ask_where(host: Host, format_: Format, refs: Sequence[str] | None, user_data: UserData | None) -> None:
    """Ask for a path, and write there."""
    workspace = host.context.workspace
    ending = "" if format_.is_folder else format_.endings[0]
    begin = f"{slug(workspace.model.title)}{'-export' if ending in ('', '.json') else ''}{ending}"
    agreed: list[Path] = []
    """Where the user has been told that something is there already, and pressed Enter again."""

    def accept(line: str) -> str:
        path = _with_ending(path_from(line), format_)
        bad = refusal(path, format_)
        if bad is None or path in agreed:
            return ""
        if refusal(path, format_, replaces=True) is None:
            agreed.append(path)
            return "There is such a file already: enter once more replaces it"
        return plain(f"{bad.what}; {bad.hint}")

    def write(line: str | None) -> None:
        if line:
            path = _with_ending(path_from(line), format_)
            _write(host, path, format_, refs, user_data, replaces=path in agreed)

    what = "folder" if format_.is_folder else "file"
    prompt = PathPrompt(f"Export to a {what}", begin, accept, only_folders=format_.is_folder, is_made=True)
    host.app.push_screen(prompt, write)


def _with_ending(path: Path, format_: Format) -> Path:
    """A path with the ending of its format, where that is a file and nobody has typed it."""
    if format_.is_folder or path.suffix.casefold() == format_.endings[0] or not path.name:
        return path
    return path.with_name(f"{path.name}{format_.endings[0]}")


def _write(
    host: Host,
    path: Path,
    format_: Format,
    refs: Sequence[str] | None,
    user_data: UserData | None,
    *,
    replaces: bool,
) -> None:
    """Write in a thread, and say what came of it."""
    dataset = host.context.model.path

    def work() -> None:
        try:
            records = whole(dataset, user_data) if refs is None else selection(dataset, refs, user_data)
            sentence = _told(export(records, path, format_, replaces=replaces))
        except (BadInput, OSError, ValueError, MemoryError) as error:
            sentence = f"Not written: {error}"
        say: Callable[[str], None] = host.say
        host.app.call_from_thread(say, plain(sentence))

    host.say(f"Writing {plain(str(path))} …")
    host.app.run_worker(work, thread=True, group="export", exclusive=False)


def _told(done: Export) -> str:
    """What was written where, and what could not be held."""
    total = sum(done.records.values())
    beside = f" · your marks and notes: {done.beside}" if done.beside else ""
    remarks = "".join(f" · {remark}" for remark in done.remarks)
    return f"Written: {_number(total)} to {Path(done.path).absolute()}{beside}{remarks}"


def _refers(number: int) -> str:
    return "these refer to" if number != 1 else "it refers to"


def _number(number: int) -> str:
    return f"{number:,} record{'' if number == 1 else 's'}"
