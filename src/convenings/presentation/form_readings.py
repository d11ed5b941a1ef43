"""What stands beside a line of a form: what a value means, and how what is typed may go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

from convenings.domain import dates
from convenings.domain.errors import BadInput
from convenings.domain.fields import fields_of
from convenings.presentation.naming import named_rows, resolver
from convenings.presentation.record_form import MARK, Document, FormLine, RecordForm
from convenings.store.sources import paragraphs, passage_hash
from convenings.workspace import Workspace

MOST_WAYS = 20
"""Ways to go on that are offered at most."""
LONGEST_PASSAGE = 160
"""Characters of a passage that are shown beside its line."""


class Way(NamedTuple):
    """How a line may go on."""

    text: str
    """What is put in the line."""
    label: str
    beside: str
    kind: str
    """Kind of the record that is meant; empty for a word."""


class FormReadings:
    """What a dataset says of the values of a form.

    Args:
        workspace: Gives what is asked now: the dataset may be saved by others while a form is open.
    """

    def __init__(self, workspace: Callable[[], Workspace]) -> None:
        self._workspace = workspace
        self.resolve = resolver(workspace, self._hits)
        """Gives the id for what is typed for a record."""
        self._searched: tuple[Workspace, str, Sequence[str]] | None = None
        """What was searched last, and for what, as it is asked twice a key: for the value, and for what to offer."""
        self._rows: Sequence[int] = ()
        """What that found."""
        self.paragraphs = lru_cache(maxsize=4)(self._paragraphs)
        """The paragraphs of the attached text of a source; nothing where none is attached."""

    @property
    def workspace(self) -> Workspace:
        """What is asked now."""
        return self._workspace()

    def _paragraphs(self, source: str) -> Sequence[str] | None:
        row = self.workspace.model.row_of(source)
        text = None if row is None else self.workspace.attached_text(self.workspace.model.one(row).id)
        return None if text is None else paragraphs(text)

    def _hits(self, text: str, kinds: Sequence[str]) -> Sequence[int]:
        """Rows of the records of some kinds that a text finds, best first."""
        what = self.workspace, text, kinds
        if what != self._searched:
            self._rows, self._searched = self._search(text, kinds), what
        return self._rows

    def _search(self, text: str, kinds: Sequence[str]) -> Sequence[int]:
        """Rows that a text finds as a name or, where it has keys of the query language, as a line of that."""
        if ":" in text:
            with suppress(BadInput):
                return [hit.row for hit in self.workspace.search(text, MOST_WAYS, kinds)]
        return named_rows(self.workspace, text, kinds)

    def reading(self, form: RecordForm, line: FormLine) -> str:
        """What the value of a line means: whose id it is, a date in words, the words of a passage."""
        if line.is_evidence:
            piece = form.evidence(line.part) if line.part else None
            return "" if piece is None else self.passage(piece)
        text = form.text(line)
        if not text or line.path in form.faults:
            return ""
        if line.field.sort == "reference":
            return self.workspace.model.label(text) if "/" in text else ""
        if line.field.sort == "date":
            try:
                return dates.date_in_words(text)
            except BadInput:
                return ""
        return ""

    def passage(self, piece: Document) -> str:
        """Where a passage stands, and its words where its text is attached; and whether nobody has looked at it."""
        mark = f"{MARK} · " if MARK in piece.get("note", "") else ""
        return mark + self._words(piece)

    def _words(self, piece: Document) -> str:
        label = self.workspace.model.label(piece["source"])
        if piece.get("pointer"):
            return f"{label}, {piece['pointer']}"
        number = piece.get("paragraph", 0)
        texts = self.paragraphs(piece["source"])
        if texts is not None and 1 <= number <= len(texts):
            words = texts[number - 1][piece["start"] : piece["end"]]
            if passage_hash(words) == piece["passage_hash"]:
                short = words if len(words) <= LONGEST_PASSAGE else f"{words[: LONGEST_PASSAGE - 1]}…"
                return f"¶{number} “{short}”"
            return f"¶{number} of {label}: other words stand there now"
        return f"¶{number} of {label}; its text is not attached"

    def ways(self, form: RecordForm, line: FormLine, text: str) -> list[Way]:
        """How a line may go on: words of a closed list, names of fields, or records that the text finds."""
        field = line.field
        if line.is_evidence:
            before, comma, last = text.rpartition(",")
            lead = f"{before}, " if comma else ""
            names = ["*", *(each.name for each in fields_of(form.kind) if each.name not in ("id", "evidence"))]
            return [
                Way(lead + name, name, "every field that it has" if name == "*" else "", "")
                for name in names
                if name.startswith(last.strip())
            ]
        if field.sort == "choice" or field.sort == "yes or no":
            choices = field.choices or ("yes", "no")
            begin = [each for each in choices if each.startswith(text.casefold())]
            inside = [each for each in choices if text.casefold() in each and each not in begin]
            return [Way(each, each, "", "") for each in (*begin, *inside)]
        if field.sort == "reference":
            return self.record_ways(text, field.kinds)
        return []

    def record_ways(self, text: str, kinds: Sequence[str]) -> list[Way]:
        """The records of some kinds that a text finds, best first."""
        rows = self.workspace.model.load(self._hits(text, kinds)[:MOST_WAYS])
        return [Way(row.id, row.label, row.secondary or row.id, row.kind) for row in rows]
