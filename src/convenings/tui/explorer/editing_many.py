"""One change in many records from the explorer: which records, which field, which value, then each before and after."""

from __future__ import annotations

from collections.abc import Sequence

from convenings.domain.edits import Change, Edit
from convenings.domain.errors import BadInput
from convenings.domain.kinds import kind_of
from convenings.domain.text import plain
from convenings.presentation.form_readings import FormReadings, Way
from convenings.presentation.many import ManyField, many_changes, many_fields
from convenings.presentation.record_form import FormLine, RecordForm
from convenings.tui.dialogs.change_preview import ChangePreview
from convenings.tui.dialogs.menu import Entry, Menu
from convenings.tui.dialogs.value_prompt import ValuePrompt
from convenings.tui.explorer.editing import edit_record, save_edit, say_why_not
from convenings.tui.explorer.host import Host
from convenings.tui.explorer.working_copy import in_working_copy


def edit_many(ref: str, marked: Sequence[str], filtered: Sequence[str], host: Host) -> None:
    """Ask whether one record is edited or many, and edit them.

    Args:
        ref: Id of the record that is shown; empty where none is.
        marked: Ids of the marked rows of the list in use.
        filtered: Ids of the rows that its filter leaves.
        host: The explorer.
    """
    choices = {"marked": marked, "filtered": filtered}
    entries = [Entry("filtered", f"all {len(filtered):,} that the filter shows", "")] if filtered else []
    entries += [Entry("marked", f"the {len(marked):,} marked rows", "")] if marked else []
    entries += [Entry("one", "this record alone", plain(host.context.model.label(ref)))] if ref else []

    def go_on(value: str | None) -> None:
        if value == "one":
            edit_record(ref, host)
        elif value:
            in_working_copy(host, lambda: _ask_field(choices[value], host))

    host.app.push_screen(Menu("Edit", "enter takes it · esc closes", entries), go_on)


def _ask_field(refs: Sequence[str], host: Host) -> None:
    fields = many_fields(list(dict.fromkeys(map(kind_of, refs))))

    def go_on(number: str | None) -> None:
        if number:
            _ask_value(refs, fields[int(number)], host)

    entries = [Entry(str(at), each.words, "") for at, each in enumerate(fields)]
    title = f"Which field of {len(refs):,} records?"
    host.app.push_screen(Menu(title, "Filter · enter takes it · esc closes", entries), go_on)


def _ask_value(refs: Sequence[str], chosen: ManyField, host: Host) -> None:
    readings = FormReadings(lambda: host.context.workspace)
    resolve = readings.resolve
    first = host.context.model.find(refs[0])
    if first is None:
        return
    form, line = RecordForm(first, resolve), FormLine((chosen.field.name,), chosen.field)

    def ways(text: str) -> Sequence[Way]:
        return readings.ways(form, line, text)

    def accept(text: str) -> str:
        try:
            changes = many_changes(host.context.model, refs, chosen, text, resolve)
        except BadInput as error:
            return f"{error.what}; {error.hint}"
        return "" if changes else "All of them say so already"

    def show(text: str | None) -> None:
        if text is None:
            return
        changes = many_changes(host.context.model, refs, chosen, text, resolve)
        preview = ChangePreview(f"Change {chosen.words}", "Change", changes, host.context.model.label)
        host.app.push_screen(preview, save)

    def save(wanted: Sequence[Change] | None) -> None:
        if wanted is None:
            return
        sentence = f"Changed {chosen.words} in {len(wanted):,} record{'s' if len(wanted) != 1 else ''}"
        save_edit(host, Edit(changes=wanted), sentence.replace("{", "{{"), say_why_not(host, "Nothing is changed"))

    host.app.push_screen(ValuePrompt(f"{chosen.words.capitalize()}, in all of them", ways, accept), show)
