"""One record whole: its facts, everything tied to it in groups, what is not known, each with its evidence.

The same profile is drawn by the explorer and printed by the command line.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple, TypeVar, cast, overload

from convenings.domain.records import Evidence, Gap, Name, Record
from convenings.domain.text import plain
from convenings.index.model import ReadModel

R = TypeVar("R", bound=Record)
T = TypeVar("T")

MOST_ENTRIES = 60
"""Entries of a section that are listed; the rest is counted."""
MOST_LOOKED_AT = 120
"""Records that are decoded to find what follows from them. A profile is made in the handler of a key, and what many
records point at must not take longer than a frame."""
GAPS = "Not known"


class Entry(NamedTuple):
    """One line of a profile: a text, perhaps a link, a muted note, and the numbers of its evidence."""

    text: str
    ref: str = ""
    """Id of the record that the line leads to; empty where it leads nowhere."""
    note: str = ""
    numbers: tuple[int, ...] = ()
    unknown: str = ""
    """What the source does not say, shown as such."""
    basis: str = "stated"


class Section(NamedTuple):
    """A group of entries under a heading."""

    title: str
    entries: list[Entry]
    total: int
    """How many there are, listed or not."""
    counted: bool = True
    """Whether there are no more than ``total``; else nobody has looked at all that might belong here."""

    @property
    def number(self) -> str:
        """How many there are, for people to read."""
        return f"{self.total:,}" if self.counted else f"{self.total:,} or more"

    @property
    def is_gaps(self) -> bool:
        """Whether it says what is not known."""
        return self.title == GAPS


class Cited(NamedTuple):
    """A passage that a profile cites, under its number."""

    number: int
    evidence: Evidence
    ref: str
    """Id of the record whose evidence it is."""
    fields: tuple[str, ...]
    """Fields it supports there."""


@dataclass
class Profile:
    """What is known of one record."""

    ref: str
    kind: str
    title: str
    numbers: tuple[int, ...] = ()
    """Of evidence that supports the record itself, and none of its facts that are listed: its name, its text."""
    facts: list[Entry] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    cited: list[Cited] = field(default_factory=list)

    def entries(self) -> Iterable[Entry]:
        """Facts, then the entries of all sections."""
        yield from self.facts
        for section in self.sections:
            yield from section.entries


class Records(Sequence[R]):
    """Records of one kind by their rows, each decoded when it is asked for."""

    def __init__(self, model: ReadModel, rows: Sequence[int]) -> None:
        self._model = model
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> R: ...

    @overload
    def __getitem__(self, at: slice) -> Records[R]: ...

    def __getitem__(self, at: int | slice) -> R | Records[R]:
        if isinstance(at, slice):
            return Records(self._model, self.rows[at])
        return cast(R, self._model.record(self.rows[at]))


class ProfileBuilder:
    """Collects a profile while the record's kind says what belongs in it."""

    def __init__(self, model: ReadModel, row: int) -> None:
        self.model = model
        self.row = row
        self.record = model.record(row)
        self.about = Profile(self.record.id, model.one(row).kind, plain(model.one(row).label))
        self._numbers: dict[tuple[str, int, int, int], int] = {}

    def cite(self, record: Record, *fields: str, evidence: Iterable[Evidence] | None = None) -> tuple[int, ...]:
        """Numbers of the evidence of a record: of some of its fields, or of all of it; new passages get new numbers."""
        numbers: dict[int, None] = {}
        for found in record.evidence if evidence is None else evidence:
            if fields and not set(fields) & set(found.fields):
                continue
            key = (found.source, found.paragraph, found.start, found.end)
            if key not in self._numbers:
                self._numbers[key] = len(self._numbers) + 1
                self.about.cited.append(Cited(self._numbers[key], found, record.id, tuple(found.fields)))
            numbers[self._numbers[key]] = None
        return tuple(numbers)

    def basis(self, record: Record, *fields: str) -> str:
        """``inferred`` where evidence for one of the fields is."""
        inferred = any(e.basis == "inferred" and set(fields) & set(e.fields) for e in record.evidence)
        return "inferred" if inferred else "stated"

    def fact(
        self, text: str, *fields: str, ref: str = "", note: str = "", unknown: str = "", basis: str | None = None
    ) -> None:
        """A line about the record itself, supported by the evidence for ``fields``."""
        if text or unknown:
            found = basis or (self.basis(self.record, *fields) if fields else "stated")
            numbers = self.cite(self.record, *fields) if fields else ()
            self.about.facts.append(Entry(plain(text), ref, plain(note), numbers, plain(unknown), found))

    def names(self, names: Iterable[Name]) -> None:
        """Other names, one line each."""
        for name in names:
            kind = "abbreviation" if name.type == "abbreviation" else "also"
            said = f"{kind}: {name.value}"
            if kind == "also" and plain(name.value) == self.about.title:
                said = "so called in the source"
            self.fact(said, "names", basis=name.basis)

    def entry(self, ref: str, note: str = "", unknown: str = "", cited: Record | None = None, *fields: str) -> Entry:
        """A line that leads to a record."""
        numbers = self.cite(cited, *fields) if cited is not None else ()
        basis = self.basis(cited, *fields) if cited is not None and fields else "stated"
        return Entry(plain(self.model.label(ref)), ref, plain(note), numbers, unknown, basis)

    def section(
        self, title: str, items: Collection[T], compose: Callable[[T], Entry], total: int = 0, *, counted: bool = True
    ) -> None:
        """A group of lines; an empty group is left out.

        Args:
            title: Its heading.
            items: What is listed, of which only as many are composed as there is room for.
            compose: Makes a line of an item.
            total: How many there are, where that is more than the items.
            counted: Whether there are no more.
        """
        if items:
            entries = [compose(item) for item in islice(items, MOST_ENTRIES)]
            self.about.sections.append(Section(title, entries, max(total, len(items)), counted))

    def referring(self, struct: type[R], *fields: str, row: int | None = None) -> Records[R]:
        """Records of a kind that point at this one (or at ``row``) by one of some fields, in row order, each once."""
        return Records(self.model, self.referring_rows(struct, *fields, row=row))

    def referring_rows(self, struct: type[Record], *fields: str, row: int | None = None) -> array[int]:
        """The same as rows."""
        first, last = self.model.range(struct.__name__.lower())
        return self.model.referring(self.row if row is None else row, first, last, fields)

    def related(self, pane: str) -> Collection[tuple[int, str]]:
        """Rows of a kind or a pane that are related to the record, each with the reason."""
        return self.model.reasons(self.row, *self.model.range(pane)).items()

    def gaps(self, also: Sequence[Entry] = ()) -> None:
        """What is not known of the record: said last."""
        found = self.referring(Gap, "about")
        entries = [*also, *(self.entry(gap.id, "", "", gap) for gap in found[:MOST_ENTRIES])]
        self.section(GAPS, entries, lambda entry: entry, len(also) + len(found))
