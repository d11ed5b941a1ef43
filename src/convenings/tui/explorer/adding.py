"""Records are added, and removed, from the explorer."""

from __future__ import annotations

from collections.abc import Sequence

from convenings.domain.edits import Change, Edit
from convenings.domain.errors import BadInput
from convenings.domain.records import Record
from convenings.domain.text import plain
from convenings.presentation.additions import additions, new_record
from convenings.presentation.removal import removal
from convenings.tui.dialogs.change_preview import ChangePreview
from convenings.tui.dialogs.menu import Entry, Menu
from convenings.tui.explorer.editing import Desk, save_edit, say_why_not
from convenings.tui.explorer.host import Host
from convenings.tui.explorer.working_copy import in_working_copy

MEANINGS = {
    "participation": "who took part in an event, as what: speaker, moderator, attendee …",
    "membership": "who belongs to which organisation, as what: director, member …",
    "statement": "what somebody said",
    "relation": "how two records are tied",
    "gap": "what is not known",
    "source": "the report that records rest on",
}
"""What a kind holds, where its name alone does not say so; by these words it is found in the menu, too."""


def add_record(ref: str, host: Host) -> None:
    """Ask what is to be added, and open a form of it, tied to what is shown.

    Args:
        ref: Id of the record that is shown; empty where none is.
        host: The explorer.
    """
    in_working_copy(host, lambda: _ask_what(ref, host))


def _ask_what(ref: str, host: Host) -> None:
    model = host.context.model
    offers = additions(ref)

    def open_form(number: str | None) -> None:
        if not number:
            return
        if number in unsaved:
            unsaved[number].open()
            return
        addition = offers[int(number)]
        subject: Record | None = model.find(ref) if ref else None
        record = new_record(addition, subject)
        tie = f" to {model.label(ref)}" if addition.field else ""
        Desk(host, record, plain(f"Add a {addition.kind}{tie}"), is_new=True).open()

    unsaved = {each: form for each, form in host.saves.unsaved_forms.items() if model.row_of(each) is None}
    entries = [Entry(each, form.title, f"{each}, which could not be saved") for each, form in unsaved.items()]
    entries += [Entry(str(at), each.words, MEANINGS.get(each.kind, "")) for at, each in enumerate(offers)]
    title = f"Add to {plain(model.label(ref))}" if ref else "Add"
    host.app.push_screen(Menu(title, "Filter · enter takes it · esc closes", entries), open_form)


def remove_record(ref: str, host: Host) -> None:
    """Show what refers to a record and what becomes of it, and remove it where that is wanted."""
    in_working_copy(host, lambda: _show_removal(ref, host))


def _show_removal(ref: str, host: Host) -> None:
    model = host.context.model
    try:
        changes = removal(model, ref)
    except BadInput as error:
        host.say(plain(f"Not removed: {error.what}; {error.hint}"))
        return
    label = model.label(ref)

    def remove(wanted: Sequence[Change] | None) -> None:
        if wanted is None:
            return
        rest = f", with {len(wanted) - 1:,} records that refer to it changed" if len(wanted) > 1 else ""
        save_edit(host, Edit(changes=wanted), f"Removed {{}}{rest}", say_why_not(host, "Not removed"))

    number = len(changes) - 1
    what = f"{number:,} record{'s refer' if number != 1 else ' refers'} to it" if number else "nothing refers to it"
    preview = ChangePreview(
        plain(f"Remove {label}: {what}"), "Remove or change", changes, model.label, is_all_or_nothing=True
    )
    host.app.push_screen(preview, remove)
