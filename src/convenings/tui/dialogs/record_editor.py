"""The form in which a record is edited: its lines, the line that is typed into, and how that may go on."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.timer import Timer

from convenings.domain.fields import Field
from convenings.domain.kinds import GLYPHS
from convenings.domain.record_values import Evidence
from convenings.domain.records import Record
from convenings.presentation.form_readings import FormReadings, Way
from convenings.presentation.record_form import FormLine, RecordForm
from convenings.tui.dialogs.dialog import Dialog
from convenings.tui.dialogs.form_keeper import Keeper
from convenings.tui.dialogs.keys_line import KeysLine
from convenings.tui.paint.styles import kind_style
from convenings.tui.panes.bars import Bar
from convenings.tui.panes.choices import Choice, ChoiceList
from convenings.tui.panes.form import FormPane, form_item
from convenings.tui.panes.line import Line
from convenings.tui.panes.pane import Pane
from convenings.tui.textual_private import act_on

CHECKED_AFTER = 0.25
"""Seconds without a key after which the rules of the check are asked."""
MOST_SHOWN = 8
"""Ways to go on that are on the screen at most."""
LONGEST_VALUE = 20_000
"""Characters of a value at most."""
KEYS = (
    ("^s", "save", "save"),
    ("esc", "give up", "leave"),
    ("tab", "choices", "offer"),
    ("enter", "next, open, pick passage", "take"),
    ("^d", "take out", "remove"),
    ("^o", "open, close", "open_part"),
    ("↑↓", "lines", "move(1)"),
)


class FormInput(Line):
    """The line that is typed into."""

    async def on_key(self, event: events.Key) -> None:
        """Act on a key that is no letter in its turn: Textual does so after all letters that came together with it."""
        if not event.is_printable and await act_on(self.app, event.key):
            event.stop()
            event.prevent_default()

    def typed(self, value: str) -> None:
        """Take up what is typed, in the handler of the key."""
        if self.is_mounted and isinstance(self.screen, RecordEditor):
            self.screen.follow(value)

    def validate_value(self, value: str) -> str:
        """As much as a value may have."""
        return value[:LONGEST_VALUE]


class RecordEditor(Dialog[Record]):
    """Edits a record; gives it once it is saved, or nothing where it is given up.

    Args:
        title: Whose form it is.
        form: What is edited.
        readings: What the dataset says of its values.
        keeper: Who checks and saves it.
        faults: Why it could not be saved, by the ways to its fields.
    """

    AUTO_FOCUS = "#line"
    BINDINGS = [
        Binding("escape", "leave", "Give up", show=False, priority=True),
        Binding("ctrl+s", "save", "Save", show=False),
        Binding("down,ctrl+n", "move(1)", "Next", show=False),
        Binding("up", "move(-1)", "Before", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("tab", "offer", "Choices", show=False, priority=True),
        Binding("ctrl+d", "remove", "Take out", show=False, priority=True),
        Binding("ctrl+o", "open_part", "Open", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        form: RecordForm,
        readings: FormReadings,
        keeper: Keeper,
        faults: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__()
        self._faults = faults
        self.form = form
        self._title = title
        self._readings = readings
        self._keeper = keeper
        self._lines: Sequence[FormLine] = ()
        self._at = 0
        """Which line is typed into."""
        self._ways: Sequence[Way] = ()
        self._timer: Timer | None = None
        self._note = ""
        self._is_leaving = False
        """Whether Esc was pressed where there is something to lose: once more gives it up."""
        self.is_saving = False
        self._rejected: Record | None = None
        """The record of which the rules had something to say last."""
        self._pane = FormPane("form", 0, "")
        self._input = FormInput(id="line", compact=True, select_on_focus=False)
        self._choices = ChoiceList("ways")

    def compose(self) -> ComposeResult:
        """The lines, the line that is typed into, how it may go on, and the keys."""
        yield self._pane
        yield self._input
        yield self._choices
        yield KeysLine(KEYS)

    def on_mount(self) -> None:
        """Begin at the first line, or at the first that has to be filled."""
        self._choices.can_focus = False
        self._choices.display = False
        self._lines = self.form.lines()
        empty = (at for at, line in enumerate(self._lines) if line.field.is_required and not self.form.text(line))
        self._go(next(empty, 0) if self.form.is_new else 0)
        if self._faults:
            self.tell(self._faults)
        else:
            self._check_soon()

    # What is shown

    @property
    def line(self) -> FormLine:
        """The line that is typed into."""
        return self._lines[self._at]

    def _show(self) -> None:
        """Show the lines as they are now."""
        self._lines = self.form.lines()
        self._at = max(0, min(self._at, len(self._lines) - 1))
        self._pane.show_items(
            [form_item(self.form, line, self._lines, self._readings) for line in self._lines], self._at
        )
        fault = self.form.fault_at(self.line, self._lines) or self._elsewhere()
        note = self._note or fault or self._hint(self.line.field)
        self._pane.set_title((self._title, ""), note=note)

    def _elsewhere(self) -> str:
        """What is wrong, and is at no line."""
        at_lines = {self.form.fault_at(line, self._lines) for line in self._lines}
        return next((what for what in self.form.faults.values() if what not in at_lines), "")

    def _hint(self, field: Field) -> str:
        if self.line.is_evidence:
            return "enter picks the passage in the text · fields that it supports, separated by commas"
        kinds = " or ".join(field.kinds) or "record"
        return {
            "choice": "tab lists the words",
            "yes or no": "yes or no",
            "reference": f"name or id: {kinds}",
            "date": "a date as far as it is known: 2018-06-20, 2018-06, 2018?",
            "time": "a time at the place: 09:00",
            "zone": "Europe/Brussels or +01:00",
        }.get(field.sort, "")

    # Lines and what is typed into them

    def _go(self, at: int) -> None:
        """Go to a line."""
        self.form.settle()
        self._lines = self.form.lines()
        self._at, self._note, self._is_leaving = max(0, min(at, len(self._lines) - 1)), "", False
        self._offer(())
        with self.prevent(FormInput.Changed):
            self._input.begin(self.form.text(self.line))
        self._show()

    def follow(self, text: str) -> None:
        """Take up what is typed."""
        if self.is_closing or text == self.form.text(self.line):
            return
        self._note, self._is_leaving = "", False
        path = self.line.path
        self.form.write(self.line, text)
        self._lines = self.form.lines()
        self._at = next((at for at, line in enumerate(self._lines) if line.path == path), self._at)
        self._offer(self._readings.ways(self.form, self.line, text) if text else ())
        self._show()
        self._check_soon()

    def _offer(self, ways: Sequence[Way]) -> None:
        """List how the line may go on."""
        self._ways = ways
        self._choices.display = bool(ways)
        self._choices.styles.height = min(len(ways), MOST_SHOWN) + 2
        choices = [
            Choice(
                way.text,
                (GLYPHS[way.kind], kind_style(way.kind)) if way.kind else (" ", ""),
                way.label,
                way.beside,
                way.kind,
            )
            for way in ways
        ]
        self._choices.show(choices)
        self._choices.set_title(("", ""), note="↑↓ choose · enter takes it · esc closes" if ways else "")

    def _check_soon(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(CHECKED_AFTER, self._check)

    def _check(self) -> None:
        """Have the rules of the check look at the record as it is."""
        record = self.form.record()
        if record is None:
            self._show()
        elif not self.is_closing:
            self._keeper.check(record, lambda faults: self._take_faults(record, faults))

    def _take_faults(self, record: Record, faults: Sequence[tuple[str, str]]) -> None:
        if not self.is_closing and self.form.record() == record:
            self._rejected = record if faults else None
            self.form.take_faults(faults)
            self._show()

    # Keys

    def action_move(self, by: int) -> None:
        """Go to another line, or to another way to go on."""
        if self._ways:
            self._choices.move(by)
        else:
            self._go(self._at + by)

    def action_page(self, by: int) -> None:
        """Go on by screens."""
        if self._ways:
            self._choices.page(by)
        else:
            self._go(self._at + by * max(1, self._pane.capacity - 1))

    def action_offer(self) -> None:
        """List how the line may go on; where that is listed, take what is under the cursor."""
        if self._ways:
            self.action_take()
        else:
            line = self.line
            text = self.form.text(line)
            is_list = line.field.sort in ("choice", "yes or no")
            self._offer(
                self._readings.ways(
                    self.form, line, "" if is_list else f"{text}, " if text and line.is_evidence else text
                )
            )
            if not self._ways:
                self._go(self._at + 1)

    def on_input_submitted(self) -> None:
        """Take what is under the cursor of the list, pick a passage, or go on."""
        self.action_take()

    def action_take(self) -> None:
        """Take what is under the cursor of the list, pick a passage, open a part, or go to the next line."""
        if self._ways and self._choices.current is not None:
            text = self._choices.current.value
            self._offer(())
            self._input.begin(text)
            self.form.write(self.line, text)
            self._go(self._at if self.line.is_evidence else self._at + 1)
            self._check_soon()
        elif self.line.is_evidence:
            self._pick()
        else:
            self._go(self._at + 1)

    def action_open_part(self) -> None:
        """List the fields of a part, or put them away."""
        if self.line.part:
            self.form.toggle(self.line.part)
            self._go(self._at)
        else:
            self._note = "There is nothing more to open in this line"
            self._show()

    def action_remove(self) -> None:
        """Take out the item of a list that the line is of, or empty the line."""
        if not self.form.remove(self.line):
            self.form.write(self.line, "")
        self._go(self._at)
        self._check_soon()

    def _pick(self) -> None:
        line = self.line
        part = line.part or line.path[:-1]
        document = self.form.evidence(part) if line.part else None
        changed = [name for name in self.form.changed_fields() if isinstance(self.form.document.get(name), str)]
        words = str(self.form.document[changed[0]]) if changed else ""

        def take(evidence: Evidence) -> None:
            self.form.cite(
                part, evidence.source, evidence.paragraph, evidence.start, evidence.end, evidence.passage_hash
            )
            self._go(self._at)
            self._check_soon()

        piece = None if document is None else msgspec.convert(document, Evidence)
        self._note = self._keeper.pick(piece, words, take)
        self._show()

    def action_save(self) -> None:
        """Save the record, or say at its line what speaks against it."""
        record = self.form.record()
        if record is None:
            self._go_to_fault()
        elif not self.is_saving:
            if record == self.form.before and not self.form.is_new:
                self._note = "Nothing is changed"
                self._show()
                return
            if not self._is_doubted(record):
                self._keeper.save(record)
                self.dismiss(record)
                return
            self.is_saving, self._note = True, "Saving …"
            self._show()
            self._keeper.save(record, lambda faults: self._end_save(record, faults))

    def _is_doubted(self, record: Record) -> bool:
        """Whether the rules had something to say of the record; what they say now is then waited for."""
        return self._rejected == record

    def _end_save(self, record: Record, faults: Sequence[tuple[str, str]]) -> None:
        self.is_saving, self._note = False, ""
        if not faults:
            self.dismiss(record)
            return
        self.tell(faults)

    def tell(self, faults: Sequence[tuple[str, str]]) -> None:
        """Say at their lines why the record could not be saved."""
        self.form.take_faults(faults)
        self._go_to_fault()

    def _go_to_fault(self) -> None:
        """Go to the first line with something wrong."""
        lines = self.form.lines()
        at = next((at for at, line in enumerate(lines) if self.form.fault_at(line, lines)), self._at)
        self._go(at)
        self._note = self.form.fault_at(self.line, self._lines) or self._elsewhere()
        self._show()

    def action_leave(self) -> None:
        """Put the choices away, or give up; where something would be lost, only when asked a second time."""
        if self._ways:
            self._offer(())
            return
        if self.is_saving:
            return
        is_touched = self.form.looked_at or any(map(self.form.is_changed, self.form.lines()))
        if self._is_leaving or not is_touched:
            self.dismiss(None)
            return
        self._is_leaving = True
        self._note = "esc again gives up what you wrote · ^s saves it"
        self._show()

    # Mouse

    def on_pane_clicked(self, event: Pane.Clicked) -> None:
        """Go to the line that was clicked, or take the way that was."""
        event.stop()
        if event.pane is self._choices:
            self.action_take()
        else:
            self._go(self._pane.selected)
            if event.again and self.line.is_evidence:
                self._pick()
        self._input.focus()

    def on_click(self, event: events.Click) -> None:
        """Keep the keys in the line."""
        self._input.focus()

    @on(Bar.Clicked)
    async def do_click(self, event: Bar.Clicked) -> None:
        """A key was clicked."""
        event.stop()
        await self.run_action(event.target)
