"""What commands want done beyond the screen: the one place that does it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from textual.screen import Screen

from convenings.domain.errors import BadInput
from convenings.domain.state import State
from convenings.tui.commands.command import (
    AddRecord,
    Copy,
    EditMany,
    EditNote,
    EditRecord,
    Effect,
    ListMarked,
    MergeRecord,
    Notice,
    OpenExport,
    OpenHelp,
    OpenHistory,
    OpenImport,
    OpenLinks,
    OpenMessages,
    OpenPalette,
    OpenReferrers,
    OpenReview,
    OpenText,
    OpenThemes,
    Quit,
    Reload,
    RemoveRecord,
    SplitRecord,
    Suspend,
    TakeBack,
    ToggleMark,
    Travel,
)
from convenings.tui.commands.review import opened
from convenings.tui.explorer.host import Host
from convenings.tui.paint.segments import clip
from convenings.tui.views import captions
from convenings.workspace import Workspace

TRY_AGAIN_AFTER = 2.0
"""Seconds until what could not be written is tried again."""

MOST_REPEATED = 80
"""Cells of a copied text that are shown; all of it is in the file."""

MOST_RECENT = 8
"""Records at most that the palette offers before anything is typed."""


def carry_out(effect: Effect, host: Host) -> None:
    """Do what a command wants done.

    Raises:
        BadInput: The dataset cannot be read.
    """
    match effect:
        case Notice(state, sentence):
            host.show(state)
            host.say(sentence)
        case Travel(by):
            host.travel(by)
        case ToggleMark(ref):
            _toggle_mark(ref, host)
        case EditNote(ref):
            _edit_note(ref, host)
        case EditRecord(ref):
            _edit_record(ref, host)
        case EditMany() | AddRecord() | RemoveRecord() | MergeRecord() | SplitRecord() | TakeBack():
            _change(effect, host)
        case ListMarked():
            _list_marked(host)
        case Copy(text):
            _copy(text, host)
        case OpenExport():
            _export(host)
        case OpenHelp():
            _list_keys(host)
        case OpenHistory(ref):
            _list_history(ref, host)
        case OpenMessages():
            _list_messages(host)
        case OpenThemes():
            _list_themes(host)
        case OpenPalette():
            _open_palette(host)
        case OpenReferrers(ref):
            _list_referrers(ref, host)
        case OpenReview(source):
            host.apply(opened(host.current(), host.context, source))
        case OpenImport():
            _import(host)
        case OpenLinks(ref):
            _list_links(ref, host)
        case OpenText():
            _read_text(effect, host)
        case Reload():
            host.reload()
        case Suspend():
            host.app.action_suspend_process()
        case Quit():
            host.app.exit()
        case _:
            from convenings.tui.explorer.reviewing import review

            review(effect, host)


def _copy(text: str, host: Host) -> None:
    """Send a text to the clipboard, of which no terminal says whether it has taken it, and write it to a file."""
    from convenings.store.copied import write_copied

    host.app.copy_to_clipboard(text)
    try:
        path = write_copied(host.context.workspace.user_data.folder, text)
        where = f"it is in {_from_home(path)}, too"
    except BadInput as error:
        where = f"it is in no file: {error}"
    host.say(f"Sent to the clipboard: {clip(text, MOST_REPEATED)} · No terminal says whether it took it; {where}")


def _from_home(path: Path) -> str:
    """A path, short where it lies in the user's home."""
    try:
        return f"~/{path.relative_to(Path.home()).as_posix()}"
    except (ValueError, RuntimeError):
        return str(path)


def _toggle_mark(ref: str, host: Host) -> None:
    workspace = host.context.workspace
    is_marked = workspace.user_data.toggle_mark(workspace.user_data_key, ref)
    host.show_user_data()
    if workspace.user_data.problem:
        _try_again(host)
    host.say(saved_or_not(f"{'Marked' if is_marked else 'No longer marked'}: {workspace.model.label(ref)}", workspace))


def _edit_note(ref: str, host: Host) -> None:
    from convenings.tui.dialogs.notes import MOST_EDITED, NoteEditor

    workspace, key = host.context.workspace, host.context.workspace.user_data_key
    data, label = workspace.user_data, workspace.model.label(ref)
    if (length := len(data.note(key, ref))) > MOST_EDITED:
        host.say(f"This note has {length:,} characters, too many to edit here; convenings show {ref} prints them")
        return

    def finish(text: str | None) -> None:
        if text is not None:
            data.given_up.pop(ref, None)
            is_saved = data.set_note(key, ref, text)
            host.show_user_data()
            if not is_saved:
                _try_again(host)
            done = "Note kept" if text.strip() else "Note removed"
            host.say(done if is_saved else saved_or_not("Note held until you leave", workspace))
            return
        if data.drafts(key).get(ref) is not None:
            data.set_draft(key, ref, None)
        if editor.is_changed and editor.note.strip():
            data.given_up[ref] = editor.note
            host.say("Given up: n and then ^z bring back what you wrote")

    draft = data.drafts(key).get(ref, "")
    former = draft or data.given_up.get(ref, "")
    editor = NoteEditor(
        label,
        data.note(key, ref),
        former,
        lambda text: data.set_draft(key, ref, text),
        is_given_up=not draft,
    )
    editor.ref = ref
    host.app.push_screen(editor, finish)


def _edit_record(ref: str, host: Host) -> None:
    from convenings.tui.explorer.editing import edit_record

    edit_record(ref, host)


def _change(effect: EditMany | AddRecord | RemoveRecord | MergeRecord | SplitRecord | TakeBack, host: Host) -> None:
    from convenings.tui.explorer.adding import add_record, remove_record
    from convenings.tui.explorer.editing import take_back

    match effect:
        case EditMany(ref, marked, filtered):
            from convenings.tui.explorer.editing_many import edit_many

            edit_many(ref, marked, filtered, host)
        case AddRecord(ref):
            add_record(ref, host)
        case RemoveRecord(ref):
            remove_record(ref, host)
        case MergeRecord(ref):
            from convenings.tui.explorer.merging import merge_record

            merge_record(ref, host)
        case SplitRecord(ref):
            from convenings.tui.explorer.splitting import split_record

            split_record(ref, host)
        case TakeBack(again):
            take_back(host, again=again)


def _try_again(host: Host) -> None:
    """Try every now and then to write what could not be written: a lock that is held for a moment is soon free."""
    data = host.context.workspace.user_data

    def flush() -> None:
        if not data.flush():
            _try_again(host)

    host.app.set_timer(TRY_AGAIN_AFTER, flush, name="user data")


def saved_or_not(sentence: str, workspace: Workspace) -> str:
    """A sentence about what was done, with the reason where it is not on the disk."""
    problem = workspace.user_data.problem
    return f"{sentence} · not on the disk yet: {problem}" if problem else sentence


def _list_marked(host: Host) -> None:
    from convenings.presentation.marked import marked_records, marked_rows
    from convenings.tui.dialogs.marked import MarkedRecords

    workspace = host.context.workspace
    records = list(marked_records(workspace, marked_rows(workspace)))
    host.app.push_screen(MarkedRecords(workspace.model.title, records, host.say), host.choose)


def _import(host: Host) -> None:
    from convenings.tui.explorer.importing import ask_files

    ask_files(host)


def _export(host: Host) -> None:
    from convenings.tui.explorer.exporting import ask_what

    ask_what(host)


def _list_keys(host: Host) -> None:
    from convenings.tui.dialogs.help import Help

    state, view = host.current(), host.view
    labels = captions.labels_here(state, host.context)
    commands = host.keymap.applied(view.commands)
    host.app.push_screen(Help(state, host.context, commands, labels, view.panes[state.pane].LEGEND), host.choose)


def _list_messages(host: Host) -> None:
    from convenings.tui.dialogs.menu import Entry, Menu

    hint = "Filter · enter copies it · esc closes"
    entries = [Entry(sentence, sentence, "") for sentence in reversed(host.bars.said)]
    if not entries:
        host.say("Nothing has been said yet")
        return
    menu = Menu("Messages, the last one first", hint, entries)
    host.app.push_screen(menu, lambda text: _copy(text, host) if text else None)


def _list_themes(host: Host) -> None:
    from convenings.tui.dialogs.themes import Stage, Themes

    stage = cast(Stage, host.app)

    def keep(name: str | None) -> None:
        if name:
            user_data = host.context.workspace.user_data
            former = len(user_data.warnings)
            stage.choose_theme(name)
            host.say(" · ".join((f"Theme: {name}", *user_data.warnings[former:])))

    host.app.push_screen(Themes(stage, host.app.available_themes.values()), keep)


def _open_palette(host: Host) -> None:
    from convenings.tui.dialogs.palette import Palette

    screen: Screen[Any] = host.app.screen
    system = host.app.get_system_commands(screen)
    palette = Palette(
        lambda: host.context.workspace,
        host.reloaded,
        host.keymap.applied(host.view.commands),
        system,
        lambda: host.context.pins(host.state),
        lambda: _recent(host),
    )
    host.app.push_screen(palette, host.choose)


def _recent(host: Host) -> list[int]:
    """Rows of the records that somebody was at before this one, the latest first."""
    refs = dict.fromkeys(state.subject for state in host.context.history.latest())
    refs.pop(host.state.subject, None)
    rows = [row for ref in refs if (row := host.context.row_of(ref)) is not None]
    return rows[:MOST_RECENT]


def _list_referrers(ref: str, host: Host) -> None:
    from convenings.tui.dialogs.referrers import Referrers

    row = host.context.row_of(ref)
    if row is not None:
        host.app.push_screen(Referrers(host.context.model, row, host.context.user_signs), host.choose)


def _list_history(ref: str, host: Host) -> None:
    from convenings.tui.explorer.history import list_history

    list_history(ref, host)


def _list_links(ref: str, host: Host) -> None:
    from convenings.presentation.links import links_of
    from convenings.tui.browser import open_page, opener
    from convenings.tui.dialogs.links import COPY, OPEN, Links

    def finish(value: str | None) -> None:
        if value is None:
            return
        if value.startswith(COPY):
            _copy(value.removeprefix(COPY), host)
            return
        url = value.removeprefix(OPEN)
        if open_page(url):
            host.say(f"Sent to the browser: {clip(url, MOST_REPEATED)}")
        else:
            _copy(url, host)

    model = host.context.model
    if (record := model.find(ref)) is not None:
        links = links_of(record)
        host.app.push_screen(Links(model.label(ref), links, has_browser=bool(opener())), finish)


def _read_text(effect: OpenText, host: Host) -> None:
    from convenings.presentation.source_text import source_text
    from convenings.tui.dialogs.reader import Reader

    profile = host.context.profile(State(subject=effect.subject))
    text = None if profile is None else source_text(host.context.workspace, profile, effect.source)
    if text is not None:
        host.app.push_screen(Reader(text, effect.number))
