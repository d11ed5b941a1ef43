"""The read model: everything that panes, profile, search and command line ask, answered from the index.

It asks the index by :class:`~convenings.index.questions.Questions` alone, and keeps as much of what it was answered as
a few screens need. A caller that wants many rows, labels or records asks for them together (:meth:`ReadModel.load`,
:meth:`ReadModel.rows_of`, :meth:`ReadModel.records`), which is one question; one of them afterwards is none.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from convenings.domain.errors import BadInput
from convenings.domain.kinds import HIERARCHIES
from convenings.domain.records import Record
from convenings.domain.references import FIELDS
from convenings.domain.text import plain
from convenings.index.cache import Cache
from convenings.index.questions import NO_REFERRERS, Counts, Questions, Referrer, Referrers, Related, Row
from convenings.index.reason_texts import ReasonTexts
from convenings.index.rows import Flag, Rows, Step, group_rows, within
from convenings.index.stamp import has_content, stamp_of

if TYPE_CHECKING:
    from convenings.index.edited import EditedIndex
    from convenings.index.outline import Outline

CACHED_ROWS = 4096
"""Rows that are kept decoded; a few screens of every pane."""
READ_TOGETHER = CACHED_ROWS // 2
"""Records whose rows are asked for together: no more than are kept until they have been decoded."""
CACHED_LISTS = 32
"""Records whose related rows, and values of keys whose rows, are kept unpacked."""
CACHED_REFERRERS = 1024
"""Records whose referrers are kept unpacked; an event and its sessions ask for those of each."""


class ReadModel:
    """An open index and the dataset file it was made from.

    Args:
        index: The open index; closed by :meth:`close`.
        path: The dataset.

    Raises:
        OSError: The dataset cannot be opened.
    """

    def __init__(self, index: Questions, path: Path) -> None:
        self.index = index
        self.words = index.words
        """What is asked by words."""
        self.links = index.links
        """What is asked about the links of many records at once."""
        self.path = path
        """The dataset."""
        header = index.header()
        self.title = header.title
        self.description = header.description
        self.id = header.id
        """What the dataset calls itself; empty where it does not."""
        self.sample = header.sample
        """What a dataset without an id is known by: see :func:`~convenings.store.known_datasets.sample_of`."""
        self.total = header.total
        """How many records there are."""
        self.stamp = header.stamp
        self.content_hash = header.content_hash
        """SHA-256 of the file that was indexed; nothing before the index is complete."""
        self.ranges: Mapping[str, tuple[int, int]] = header.ranges
        """Kind, or pane, to its rows: the first, and one past the last."""
        self.days = header.days
        """How the events lie in time."""
        self.common_role = header.common_role
        """The role of each of very many participations, where that is the same."""
        self.step = header.step
        """How far the index is, a :class:`~convenings.index.rows.Step`."""
        self.complete = header.step == Step.WHOLE
        """Whether relations and words are there, and not the rows alone."""
        self._has_redirects = bool(header.redirects)
        self._format = header.format
        """Of the dataset file, from which records are read by their places."""
        self._row_of_id: dict[str, int] = {}
        """Id to row, of the rows that are kept."""
        self.edited: EditedIndex | None = None
        """What has become of records since, laid over the index; :meth:`edit` says it."""
        self.removed: frozenset[int] = frozenset()
        """Rows of the records that have gone since."""
        self._rows = self._no_rows()
        self._related_lists: Cache[int, Related] = Cache(CACHED_LISTS)
        self._referrers: Cache[int, Referrers] = Cache(CACHED_REFERRERS)
        self._referrer_counts: Cache[int, int] = Cache(CACHED_ROWS)
        self._reason_texts = ReasonTexts(index, self._labels)
        self._facets: Cache[tuple[str, str], array[int]] = Cache(CACHED_LISTS)
        self.word_rows: Cache[Hashable, Collection[int]] = Cache(CACHED_LISTS)
        """What :class:`~convenings.index.word_rows.WordRows` remembers."""
        self._facet_values: dict[str, list[str]] = {}
        # Open for as long as the model is: a dataset that is replaced goes on being read as it was indexed.
        self._file = path.open("rb")

    def _no_rows(self) -> Cache[int, Row]:
        self._row_of_id.clear()
        return Cache(CACHED_ROWS, lambda row: self._row_of_id.pop(row.id, None))

    def edit(self, records: Mapping[str, Record | None]) -> None:
        """Answer with some records as they are now, by id, nothing for those that have gone, and no others edited."""
        from convenings.index.edited import EditedIndex

        self.edited = self.edited or EditedIndex(self.index, self.total)
        self.index, self.removed = cast(Questions, self.edited), self.edited.put(records)
        self._rows, self._referrers = self._no_rows(), Cache(CACHED_REFERRERS)

    def close(self) -> None:
        """Close the index and the dataset."""
        self.index.close()
        self._file.close()

    def is_stale(self) -> bool:
        """Whether the dataset file is no longer the one that was indexed."""
        try:
            return stamp_of(self.path) != self.stamp
        except BadInput:
            return True

    def is_of_content(self) -> bool:
        """Whether the file still has the bytes that were indexed, or is stale or unreadable. Reads all of it."""
        return has_content(self.path, self.content_hash) or self.is_stale()

    # Rows

    def range(self, pane: str) -> tuple[int, int]:
        """Rows of a kind or a pane, the first and one past the last; an empty range where there are none."""
        return self.ranges.get(pane, (0, 0))

    def one(self, row: int) -> Row:
        """A row by its number."""
        return self._rows.peek(row) or self.load((row,))[0]

    def load(self, rows: Collection[int]) -> list[Row]:
        """Rows by their numbers, in that order; those that are not kept are asked for together."""
        loaded = {row: value for row in rows if (value := self._rows.get(row)) is not None}
        if new := {row for row in rows if row not in loaded}:
            loaded |= {value.row: self.keep(value) for value in self.index.rows(new)}
        return [loaded[row] for row in rows]

    def load_range(self, first: int, last: int) -> list[Row]:
        """Rows from ``first`` up to, and without, ``last``."""
        rows = [row for number in range(first, last) if (row := self._rows.get(number)) is not None]
        return rows if len(rows) == last - first else list(map(self.keep, self.index.row_range(first, last)))

    def keep(self, row: Row) -> Row:
        """Keep a row decoded; gives it back."""
        if row.row not in self.removed:
            self._row_of_id[row.id] = row.row
        return self._rows.put(row.row, row)

    def row_of(self, ref: str) -> int | None:
        """Row of a record by id, old ids included."""
        row = self._row_of_id.get(ref)
        return row if row is not None else self.rows_of((ref,)).get(ref)

    def rows_of(self, refs: Iterable[str]) -> dict[str, int]:
        """Rows of records by id, old ids included, asked for together; what is not there is left out."""
        distinct = dict.fromkeys(refs)
        rows = self._rows_with_ids(distinct)
        if self._has_redirects and len(rows) < len(distinct):
            current = {ref: self.redirects[ref] for ref in distinct if ref not in rows and ref in self.redirects}
            targets = self._rows_with_ids(current.values())
            rows |= {ref: targets[target] for ref, target in current.items() if target in targets}
        return rows

    def _rows_with_ids(self, ids: Collection[str]) -> dict[str, int]:
        rows = {ref: row for ref in ids if (row := self._row_of_id.get(ref)) is not None}
        if new := [ref for ref in ids if ref not in rows]:
            rows |= {row.id: self.keep(row).row for row in self.index.rows_with_ids(new)}
        return rows

    @cached_property
    def redirects(self) -> dict[str, str]:
        """Each id that a merge took out of use, and the id at the end of its chain."""
        return self.index.redirects()

    def label(self, ref: str) -> str:
        """Label of a record by id; the id where there is no such record."""
        row = self.row_of(ref)
        return plain(ref) if row is None else self.one(row).label

    def wholes(self, row: int) -> list[Row]:
        """The events that an event is part of, the outermost first."""
        return self.index.wholes(row) if self.one(row).depth else []

    # Records

    def record(self, row: int) -> Record:
        """A record whole, decoded from its place in the dataset.

        Raises:
            BadInput: The dataset was changed under the index.
        """
        from convenings.store.decoding import decode

        place = self.one(row)
        if self.edited is not None and (now := self.edited.records.get(place.id)) is not None:
            return now
        self._file.seek(place.offset)
        record = decode(place.kind, self._file.read(place.length), number=self._format, file=str(self.path))
        return self._resolved(record) if self._has_redirects else record

    def records(self, rows: Sequence[int]) -> list[Record]:
        """Records whole, in the order of their rows, the places of which are asked for together.

        Raises:
            BadInput: The dataset was changed under the index.
        """
        records: list[Record] = []
        for start in range(0, len(rows), READ_TOGETHER):
            part = rows[start : start + READ_TOGETHER]
            self.load(part)
            records += map(self.record, part)
        return records

    def _resolved(self, record: Record) -> Record:
        """The record with the ids that stand for those a merge took out of use."""
        from convenings.index.redirects import resolved

        return resolved(record, self.redirects)

    def find(self, ref: str) -> Record | None:
        """A record by id, old ids included.

        Raises:
            BadInput: The dataset was changed under the index.
        """
        row = self.row_of(ref)
        return None if row is None else self.record(row)

    # What is related to a record

    def _related(self, row: int) -> Related:
        return self._related_lists.get(row) or self._related_lists.put(row, self.index.related(row))

    def counts(self, row: int) -> Counts:
        """How many rows of each pane are related to a record."""
        return self._related(row).counts

    def related_rows(self, row: int, first: int, last: int) -> array[int]:
        """Rows from ``first`` up to ``last`` that are related to ``row``, in row order."""
        rows = self._related(row).rows
        return rows[within(rows, first, last)]

    def related_ends(self, row: int, pane: str) -> tuple[int, int] | None:
        """The first and the last row of a pane, in the order in which it shows them, that are related to ``row``."""
        rows = self._related(row).rows
        spans = [within(rows, *each) for each in self.segments(pane)]
        spans = [span for span in spans if span.start < span.stop]
        return (rows[spans[0].start], rows[spans[-1].stop - 1]) if spans else None

    def is_any_related(self, row: int, others: Iterable[int]) -> bool:
        """Whether any of some rows is related to ``row``."""
        return bool(self._reason_codes(row, others))

    def reasons(self, row: int, first: int, last: int) -> dict[int, str]:
        """Rows from ``first`` up to ``last`` that are related to ``row``, each with the reason."""
        related = self._related(row)
        rows, codes = related.rows, related.reasons
        span = within(rows, first, last)
        texts = self._reason_texts(codes[span])
        return {other: texts[code] for other, code in zip(rows[span], codes[span], strict=True)}

    def reasons_for(self, row: int, others: Iterable[int]) -> dict[int, str]:
        """Those of some rows that are related to ``row``, each with the reason."""
        codes = self._reason_codes(row, others)
        texts = self._reason_texts(codes.values())
        return {other: texts[code] for other, code in codes.items()}

    def reason(self, a: int, b: int) -> str:
        """Why two rows are related; an empty string where they are not."""
        return self.reasons_for(a, (b,)).get(b, "")

    def load_reasons(self, pairs: Iterable[tuple[int, Iterable[int]]]) -> None:
        """Ask together for the reasons of rows that are related to different rows.

        Args:
            pairs: A row, and others that may be related to it.
        """
        self._reason_texts({code for row, others in pairs for code in self._reason_codes(row, others).values()})

    def _reason_codes(self, row: int, others: Iterable[int]) -> dict[int, int]:
        related = self._related(row)
        rows, codes = related.rows, related.reasons
        places = ((other, within(rows, other, other + 1)) for other in others)
        return {other: codes[place.start] for other, place in places if place.start < place.stop}

    def _labels(self, rows: Iterable[int]) -> dict[int, str]:
        """Some rows with their labels, asked for together."""
        return {row.row: row.label for row in self.load(set(rows))}

    def outline(self, row: int) -> Outline | None:
        """What an event with very many parts or parties comes to; None for what has no outline."""
        return self.index.outline(row) if self.one(row).flags & Flag.OUTLINED else None

    def on_behalf(self, row: int) -> array[int]:
        """Rows of what those said at an event who had come there for an organisation, in row order."""
        return self._related(row).on_behalf

    def related_to_all(self, pane: str, pins: Iterable[int], excluded: Iterable[int] = ()) -> Rows:
        """Rows of a pane that are related to every pin, or are one.

        Args:
            pane: The pane.
            pins: Rows of the pins.
            excluded: Rows left out, with all that is related to one; of all rows where nothing is pinned.
        """
        first, last = self.range(pane)
        common: set[int] | None = None
        for pin in pins:
            rows = set(self.related_rows(pin, first, last))
            if first <= pin < last:
                rows.add(pin)
            common = rows if common is None else common & rows
        excluded = tuple(excluded)
        rest = (set(range(first, last)) if excluded else set()) if common is None else common
        for pin in excluded:
            rest.difference_update(self.related_rows(pin, first, last), (pin,))
        return self.as_shown(pane, sorted(rest))

    # What points at a record

    def referrers_of(self, rows: Collection[int]) -> dict[int, Referrers]:
        """What points at each of some rows, asked for together."""
        referrers = {row: value for row in rows if (value := self._referrers.get(row)) is not None}
        if new := [row for row in rows if row not in referrers]:
            pointing = self.index.referrers(new)
            referrers |= {row: self._referrers.put(row, pointing.get(row, NO_REFERRERS)) for row in new}
        return referrers

    def referrers(self, row: int, limit: int = 1000) -> list[Referrer]:
        """What points at a record, in row order, at most ``limit``; what does so by two fields stands twice."""
        rows, fields = self.referrers_of((row,))[row]
        return [Referrer(FIELDS[code], other) for other, code in zip(rows[:limit], fields, strict=False)]

    def referring(self, row: int, kind: str, fields: Collection[str]) -> array[int]:
        """Rows of a kind that point at ``row`` by one of some fields, in row order, each once."""
        return self.of_kind(self.referrers_of((row,))[row], kind, fields)

    def of_kind(self, referrers: Referrers, kind: str, fields: Collection[str]) -> array[int]:
        """Rows of a kind among those that point at a record, by one of some fields, each once."""
        rows = referrers.by(fields, *self.range(kind))
        return rows if self.edited is None else rows + self.edited.added_of(kind, referrers, fields)

    def referrer_count(self, row: int) -> int:
        """How many fields of other records point at a record."""
        if (referrers := self._referrers.peek(row)) is not None:
            return len(referrers.rows)
        # Asked without the list itself, which at a million records may be one of megabytes.
        count = self._referrer_counts.get(row) if self.edited is None else None
        return self._referrer_counts.put(row, self.index.referrer_count(row)) if count is None else count

    def parts(self, row: int) -> list[int]:
        """Rows that a record is the whole, the parent or the broader one of."""
        return list(self.referrers_of((row,))[row].by(HIERARCHIES.values(), 0, self.total))

    # What selects and orders rows

    def facets(self, key: str, values: Sequence[str], first: int, last: int) -> list[array[int]]:
        """Rows from ``first`` up to ``last`` that have some values of a key of the query language, for each of them."""
        lists = {value: rows for value in values if (rows := self._facets.get((key, value))) is not None}
        if missing := [value for value in values if value not in lists]:
            answers = self.index.facets(key, missing)
            lists |= {value: self._facets.put((key, value), answers.get(value, array("I"))) for value in missing}
        return [rows[within(rows, first, last)] for rows in map(lists.__getitem__, values)]

    def facet_values(self, key: str) -> list[str]:
        """Every value that a key of the query language takes here."""
        if key not in self._facet_values:
            self._facet_values[key] = self.index.facet_values(key)
        return self._facet_values[key]

    def everything(self, pane: str, order: str = "") -> Rows:
        """All rows of a pane, in its natural order or, once the index is complete, a named one."""
        if order and self.complete:
            return Rows.of(self.index.ordering(pane, order))
        return Rows(self.segments(pane))

    def segments(self, pane: str) -> list[tuple[int, int]]:
        """The rows of a pane in its natural order: as few stretches of consecutive ones as there are."""
        return [rows for group in group_rows(self.ranges, pane) for rows in group]

    def as_shown(self, pane: str, rows: Sequence[int]) -> Rows:
        """Some rows of a pane, which ascend, in its natural order."""
        return Rows.within(rows, self.segments(pane))

    def group_sizes(self, pane: str, rows: Sequence[int] | None = None) -> list[int]:
        """How many of some rows of a pane, which ascend, are in each of its groups; of all its rows by default."""
        groups = group_rows(self.ranges, pane)
        spans = ([slice(*each) if rows is None else within(rows, *each) for each in group] for group in groups)
        return [sum(int(span.stop - span.start) for span in group) for group in spans]
