"""What refers to a record: every record that points at it, grouped by what it is to the record, and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import msgspec
from textual.binding import Binding

from convenings.domain.kinds import GLYPHS
from convenings.domain.text import words
from convenings.index.model import ReadModel
from convenings.index.questions import Row
from convenings.presentation.referrers import group_in_words, tie_in_words
from convenings.tui.dialogs.filtered_choices import FilteredChoices
from convenings.tui.paint.styles import kind_style
from convenings.tui.panes.choices import Choice

MOST = 500
"""Referring records listed."""
KEYS = (
    ("enter", "go there", "take"),
    ("/", "filter", "filter"),
    ("esc", "close", "close"),
    ("↑↓", "move", "move(1)"),
)


class Reference(msgspec.Struct, frozen=True):
    """A record that points at another."""

    choice: Choice
    group: str
    """What it is to the record, with others."""
    words: tuple[str, ...]
    """Words of all that its line says."""


class Referrers(FilteredChoices):
    """Lists what refers to a record; gives the id of the one chosen."""

    BINDINGS = [Binding("u,q", "dismiss", "Close", show=False)]

    def __init__(self, model: ReadModel, row: int, signs: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__(KEYS, self._list_those)
        self._signs = signs
        self._model = model
        self._row = row
        self._references: Sequence[Reference] = ()
        self._total = 0
        """How many references there are, listed or not."""

    def on_mount(self) -> None:
        """Fill the list."""
        fields: dict[int, dict[str, None]] = {}
        for field, row in self._model.referrers(self._row, MOST):
            fields.setdefault(row, {})[field] = None
        self._total = self._model.referrer_count(self._row)
        references = [_reference(record, tuple(fields[record.row]), self._signs) for record in self._model.load(fields)]
        kinds = list(GLYPHS)
        # Those of a kind that are tied by one field stand together.
        self._references = sorted(references, key=lambda each: (kinds.index(each.choice.kind), each.group))
        # Textual calls the method of the same name of the class above next, which lists them.
        self.choice_words = [reference.words for reference in self._references]

    def _list_those(self, line: str, places: Sequence[int]) -> None:
        matching = [self._references[at] for at in places]
        self._list.empty_text = f"Nothing that refers to it has {line}; esc takes the filter off"
        lines = len(self._references) + len(_dividers(self._references))
        self.fill([reference.choice for reference in matching], _dividers(matching), lines)
        number = f"{len(self._references)} record{'s' if len(self._references) != 1 else ''}"
        of_all = f"{len(matching)} of " if len(matching) < len(self._references) else ""
        more = f", of {self._total:,} references" if self._total > MOST else ""
        label = self._model.one(self._row).label
        self._list.set_title((f"Refer to {label}", ""), note=f"{of_all}{number}{more}")


def _dividers(references: Sequence[Reference]) -> tuple[tuple[int, str], ...]:
    """What stands before each group: what it is to the record, and of how many it is."""
    groups = [reference.group for reference in references]
    numbers = Counter(groups)
    return tuple((groups.index(group), f"{group}  {number}") for group, number in numbers.items())


def _reference(record: Row, fields: Iterable[str], signs: Mapping[str, str]) -> Reference:
    """A record that refers to another by some fields."""
    glyph = (GLYPHS[record.kind], kind_style(record.kind))
    ties = ", ".join(dict.fromkeys(tie_in_words(record.kind, field, record.trailing) for field in fields))
    group = ", ".join(dict.fromkeys(group_in_words(record.kind, field) for field in fields))
    # The divider says it already, where it says no more.
    beside = "" if ties == group else ties
    choice = Choice(record.id, glyph, record.label, beside, record.kind, signs.get(record.id, " ")[0])
    return Reference(choice, group, tuple(words(f"{record.label} {ties} {group} {record.kind}")))
