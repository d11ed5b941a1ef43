"""What refers to a record: every record that points at it, grouped by kind and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from convenings.domain.kinds import GLYPHS
from convenings.index.model import ReadModel
from convenings.index.questions import Row
from convenings.presentation.marked import with_signs
from convenings.presentation.referrers import tie_in_words
from convenings.tui.paint.layout import FRAME
from convenings.tui.paint.styles import kind_style
from convenings.tui.panes.choices import Choice, ChoiceList
from convenings.tui.panes.pane import Pane

MOST = 500
"""Referring records listed."""


class Referrers(ModalScreen[str]):
    """Lists what refers to a record; gives the id of the one chosen."""

    BINDINGS = [
        Binding("escape,u,q", "dismiss", "Close", show=False),
        Binding("down,j", "move(1)", "Next", show=False),
        Binding("up,k", "move(-1)", "Before", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("enter", "take", "Go there", show=False),
    ]

    def __init__(self, model: ReadModel, row: int, signs: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__()
        self._signs = signs
        self._model = model
        self._row = row
        self._list = ChoiceList()

    def compose(self) -> ComposeResult:
        """The list."""
        yield self._list

    def on_mount(self) -> None:
        """Fill the list."""
        fields: dict[int, dict[str, None]] = {}
        for field, row in self._model.referrers(self._row, MOST):
            fields.setdefault(row, {})[field] = None
        every = self._model.load(fields)
        # Those of a kind that are tied by one field stand together.
        records = sorted(every, key=lambda record: (list(GLYPHS).index(record.kind), tuple(fields[record.row])))
        self._list.show([_choice(record, fields[record.row], self._signs) for record in records])
        self._list.styles.height = len(records) + FRAME
        label = self._model.one(self._row).label
        kinds = Counter(record.kind for record in records)
        summary = ", ".join(f"{number} {kind}{'s' if number > 1 else ''}" for kind, number in kinds.items())
        total = self._model.referrer_count(self._row)
        more = f", of {total:,} references" if total > MOST else ""
        self._list.set_title((f"Refer to {label}", ""), note=summary + more)
        self._list.focus()

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._list.move(by)

    def action_page(self, by: int) -> None:
        """Move it by screens."""
        self._list.page(by)

    def action_take(self) -> None:
        """Go to the record under the cursor."""
        if self._list.current is not None:
            self.dismiss(self._list.current.value)

    def on_pane_clicked(self, event: Pane.Clicked) -> None:
        """Go to the record that was clicked a second time."""
        event.stop()
        if event.again:
            self.action_take()


def _choice(record: Row, fields: Iterable[str], signs: Mapping[str, str]) -> Choice:
    """A record that refers to another by some fields."""
    glyph = (GLYPHS[record.kind], kind_style(record.kind))
    ties = dict.fromkeys(tie_in_words(record.kind, field, record.trailing) for field in fields)
    return Choice(record.id, glyph, with_signs(record.label, signs, record.id), ", ".join(ties), record.kind)
