"""Collects the profile of one record, while the record's kind says what belongs in it.

A profile is made in the handler of a key and must ask the index little. So a section is only noted when its kind adds
it; the lines of all sections are composed at the end (:meth:`ProfileBuilder.finish`), when what they list and what that
points at has been read together.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple, TypeVar, cast, overload

from msgspec.structs import replace

from convenings.domain.basis import inferred_fields, supports
from convenings.domain.kinds import KIND_OF_STRUCT
from convenings.domain.record_values import Bearing, Evidence, Name
from convenings.domain.records import (
    Event,
    Gap,
    Membership,
    Participation,
    Question,
    Record,
    Relation,
    Statement,
)
from convenings.domain.references import CITED, references
from convenings.domain.text import plain
from convenings.index.model import ReadModel
from convenings.index.questions import Referrers
from convenings.presentation.names import name_lines
from convenings.presentation.profile.value import GAPS, Cited, Entry, Listing, Profile, Section

R = TypeVar("R", bound=Record)
T = TypeVar("T")

WORDING = "this wording"
"""In place of what the title says already, where that is inferred."""
MOST_ENTRIES = 60
"""Entries of a section that are listed; the rest is counted."""
MOST_DECODED = 120
"""Records that are decoded to work out what follows from them. A profile is made in the handler of a key, and what many
records point at must not take longer than a frame."""

LABELLED: dict[type[Record], tuple[str, ...]] = {
    Event: ("place",),
    Participation: ("event", "agent", "on_behalf_of"),
    Membership: ("person", "organisation", "on_behalf_of", "area"),
    Relation: ("subject", "object"),
    Statement: ("agents", "event"),
}
"""Kind of record to the fields whose targets its line names; of a question those are the agents of its occurrences."""


class Records(Sequence[R]):
    """Records of one kind by their rows, each decoded when it is asked for."""

    def __init__(self, read: Callable[[int], Record], rows: Sequence[int]) -> None:
        self._read = read
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> R: ...

    @overload
    def __getitem__(self, index: slice) -> Records[R]: ...

    def __getitem__(self, index: int | slice) -> R | Records[R]:
        if isinstance(index, slice):
            return Records(self._read, self.rows[index])
        return cast(R, self._read(self.rows[index]))


class _Draft(NamedTuple):
    """A section whose lines are still to be composed."""

    title: str
    lead: Sequence[Entry]
    """Lines that are there already."""
    items: Sequence[Any]
    """What the other lines are composed from, as many as there is room for."""
    compose: Callable[[Any], Entry]
    total: int
    counted: bool
    rows: Iterable[int]
    """Rows of further records that the lines cite."""
    listing: Listing | None
    is_prose: bool

    def record_rows(self) -> Iterator[int]:
        """Rows of the records that are to be decoded."""
        yield from self.items.rows if isinstance(self.items, Records) else ()
        yield from self.rows

    def related_rows(self) -> Iterable[int]:
        """Rows that are listed as related."""
        # Going through records would decode them one by one.
        return () if isinstance(self.items, Records) else (item for item in self.items if isinstance(item, int))


class ProfileBuilder:
    """Collects the profile of the record in a row.

    Args:
        model: The read model.
        row: The record's row.

    Raises:
        BadInput: The dataset was changed under the index; so do all methods that read records.
    """

    def __init__(self, model: ReadModel, row: int) -> None:
        self.model = model
        self.row = row
        self.record = model.record(row)
        self.about = Profile(self.record.id, model.one(row).kind, plain(model.one(row).label))
        self._numbers: dict[tuple[str, int | str, int, int, str, str], int] = {}
        """Source, paragraph or pointer, start, end, basis and note of each passage that is cited, to its number."""
        self._records: dict[int, Record] = {row: self.record}
        self._referrers: dict[int, Referrers] = {}
        self._has_own_labels = False
        """Whether the labels of what the record itself points at have been read."""
        self._drafts: list[_Draft] = []

    # Read

    def read(self, rows: Sequence[int]) -> None:
        """Read records together, with the labels of what they and the record itself point at."""
        self._decode(rows)
        # Of more than can be listed, which ones will be is not decided yet: their labels are read when it is.
        self._read_labels(self._records[row] for row in rows[:MOST_DECODED])

    def _read_labels(self, records: Iterable[Record] = ()) -> None:
        """Read together the rows of what some records name in their lines, and of what the record points at."""
        own = () if self._has_own_labels else (ref for field, ref in references(self.record) if field != CITED)
        self._has_own_labels = True
        self.model.rows_of(chain(own, *map(_ids_in_line, records)))

    def _decode(self, rows: Iterable[int]) -> None:
        new = [row for row in rows if row not in self._records]
        self._records |= zip(new, self.model.records(new), strict=True)

    def record_at(self, row: int) -> Record:
        """The record in a row, decoded once."""
        if row not in self._records:
            self._records[row] = self.model.record(row)
        return self._records[row]

    def records(self, struct: type[R], rows: Sequence[int]) -> Records[R]:
        """Records of a kind, which its struct names, by their rows."""
        return Records(self.record_at, rows)

    def load_referrers(self, rows: Sequence[int]) -> None:
        """Read together what points at some rows."""
        self._referrers |= self.model.referrers_of(rows)

    def referring_rows(self, struct: type[Record], *fields: str, row: int | None = None) -> array[int]:
        """Rows of a kind that point at this record (or at ``row``) by one of some fields, in row order, each once."""
        row = self.row if row is None else row
        if row not in self._referrers:
            self.load_referrers((row,))
        return self.model.of_kind(self._referrers[row], KIND_OF_STRUCT[struct], fields)

    def referring(self, struct: type[R], *fields: str) -> Records[R]:
        """Records of a kind that point at this one by one of some fields, in row order, each once."""
        return self.records(struct, self.referring_rows(struct, *fields))

    def related(self, pane: str) -> array[int]:
        """Rows of a kind or a pane that are related to the record, in row order."""
        return self.model.related_rows(self.row, *self.model.range(pane))

    def label(self, ref: str) -> str:
        """Label of a record by id; the id where there is no such record."""
        if not self._has_own_labels:
            self._read_labels()
        return self.model.label(ref)

    # Cite

    def cite(self, record: Record, *fields: str, evidence: Iterable[Evidence] | None = None) -> tuple[int, ...]:
        """Numbers of the evidence of a record: of some of its fields, or of all of it; new passages get new numbers.

        A passage that supports several things has one number, unless it states one and another is inferred from it.
        """
        numbers: dict[int, None] = {}
        for passage in record.evidence if evidence is None else evidence:
            if fields and not supports(passage.fields, *fields):
                continue
            place = passage.paragraph or passage.pointer, passage.start, passage.end
            key = (passage.source, *place, passage.basis, passage.note)
            if (number := self._numbers.get(key)) is None:
                number = self._numbers[key] = len(self._numbers) + 1
                self.about.cited.append(Cited(number, passage, record.id, tuple(passage.fields)))
            else:
                self.about.cited[number - 1] = self.about.cited[number - 1].supporting(record.id, passage.fields)
            numbers[number] = None
        return tuple(numbers)

    def cite_bearings(self, statement: Statement, bearings: Iterable[Bearing]) -> tuple[int, ...]:
        """Numbers of the evidence of what a statement says of some questions; its note is the reason where it has none.

        Citing evidence of its own is left to whoever shows the claim itself.
        """
        pieces = [
            piece if piece.note or piece.basis == "stated" else replace(piece, note=bearing.reason)
            for bearing in bearings
            for piece in bearing.evidence
        ]
        return self.cite(statement, evidence=pieces)

    def basis(self, record: Record, *fields: str) -> str:
        """``inferred`` where evidence for one of the fields is."""
        return "stated" if inferred_fields(record).isdisjoint(fields) else "inferred"

    # Add

    def fact(
        self, text: str, *fields: str, ref: str = "", note: str = "", unknown: str = "", basis: str | None = None
    ) -> None:
        """A line about the record itself, supported by the evidence for ``fields``.

        What the title says is not said again: the title then has the evidence, or the line only says that it is
        inferred.
        """
        if not text and not unknown:
            return
        basis = basis or (self.basis(self.record, *fields) if fields else "stated")
        numbers, text = self.cite(self.record, *fields) if fields else (), plain(text)
        if text == self.about.title and not (ref or note):
            if basis == "stated" and not unknown:
                self.about.numbers = tuple(dict.fromkeys((*self.about.numbers, *numbers)))
                return
            text = "" if unknown else WORDING
        self.about.facts.append(Entry(text, ref, plain(note), numbers, plain(unknown), basis))

    def names(self, names: Iterable[Name]) -> None:
        """Other names."""
        for line in name_lines(self.about.title, names):
            self.fact(line.text, "names", basis=line.basis)

    def entry(self, ref: str, note: str = "", unknown: str = "", cited: Record | None = None, *fields: str) -> Entry:
        """A line that leads to a record."""
        numbers = self.cite(cited, *fields) if cited is not None else ()
        basis = self.basis(cited, *fields) if cited is not None and fields else "stated"
        return Entry(plain(self.label(ref)), ref, plain(note), numbers, plain(unknown), basis)

    def section(
        self,
        title: str,
        items: Sequence[T],
        compose: Callable[[T], Entry],
        total: int = 0,
        *,
        counted: bool = True,
        lead: Sequence[Entry] = (),
        rows: Iterable[int] = (),
        listing: Listing | None = None,
        is_prose: bool = False,
    ) -> None:
        """A group of lines, composed at the end; an empty group is left out.

        Args:
            title: Its heading.
            items: What is listed, of which only as many are composed as there is room for: records, lists of them,
                ids, or rows.
            compose: Makes a line of an item.
            total: How many there are, where that is more than the items.
            counted: Whether there are no more.
            lead: Lines that come first.
            rows: Rows of further records that the lines cite.
            listing: Where all of them are listed.
            is_prose: Whether the items are the paragraphs of one text.
        """
        if items or lead:
            room = MOST_ENTRIES - len(lead)
            number = max(total, len(lead) + len(items))
            self._drafts.append(_Draft(title, lead, items[:room], compose, number, counted, rows, listing, is_prose))

    def gaps(self, lead: Sequence[Entry] = ()) -> None:
        """What is not known of the record: said last."""
        self.section(GAPS, self.referring(Gap, "about"), lambda gap: self.entry(gap.id, "", "", gap), lead=lead)

    def finish(self) -> Profile:
        """The profile, with the lines of its sections."""
        drafts = self._drafts
        to_decode = dict.fromkeys(row for draft in drafts for row in draft.record_rows())
        related = dict.fromkeys(row for draft in drafts for row in draft.related_rows())
        self.model.load(to_decode | related)
        self._decode(to_decode)
        self._read_labels(record for draft in drafts for item in draft.items for record in _records_in(item))
        if related:
            self.model.load_reasons([(self.row, related)])
        # What is not known is said last, whatever was added since.
        for title, lead, items, compose, total, counted, _, listing, is_prose in sorted(drafts, key=_is_of_gaps):
            entries = [*lead, *map(compose, items)]
            self.about.sections.append(Section(title, entries, total, counted, listing, is_prose))
        cited = len(self.about.cited)
        self.about.numbers += tuple(number for number in self.cite(self.record) if number > cited)
        return self.about


def _is_of_gaps(draft: _Draft) -> bool:
    return draft.title == GAPS


def _records_in(item: object) -> Iterator[Record]:
    """The records of which a line is made: one, or several that are listed together."""
    yield from (each for each in (item if isinstance(item, (list, tuple)) else (item,)) if isinstance(each, Record))


def _ids_in_line(record: Record) -> Iterator[str]:
    """Ids of what the line of a record names besides itself."""
    for field in LABELLED.get(type(record), ()):
        value: str | list[str] | None = getattr(record, field)
        yield from (value,) if isinstance(value, str) else value or ()
    if isinstance(record, Question):
        yield from chain.from_iterable(occurrence.agents for occurrence in record.occurrences)
