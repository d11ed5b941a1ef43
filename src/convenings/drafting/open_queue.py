"""What is drafted from reports for a dataset, as it is read: in reading order, with its passages and what is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from convenings.domain.errors import BadInput, nearest
from convenings.domain.records import Record, Source
from convenings.domain.references import all_evidence
from convenings.drafting.acceptance import WORDS
from convenings.drafting.decisions import (
    NAMING,
    Progress,
    UnwordedParagraph,
    page_of,
    paragraph_id,
)
from convenings.drafting.filters import Filter
from convenings.drafting.gathering import label_of
from convenings.drafting.namesakes import Namesakes
from convenings.drafting.policy import is_ticked
from convenings.drafting.queue import Places, is_absent
from convenings.store.dataset import BadRecord, Dataset
from convenings.store.draft_file import (
    DraftEvidence,
    DraftFile,
    DraftRecord,
    DraftReport,
    DraftState,
)

LONGEST_NAME = 60
"""Letters at most by which a record is named in a sentence."""


def name_of(words: str) -> str:
    """Words by which something is named in a sentence; the beginning of long ones."""
    return label_of(words, LONGEST_NAME)[0]


class OpenQueue:
    """The queue of one dataset, and its dataset.

    Args:
        dataset: The dataset.
        file: What is drafted for it.
        text_of: Gives the attached text of a source.
    """

    def __init__(self, dataset: Dataset, file: DraftFile, text_of: Callable[[Source], str | None]) -> None:
        self.dataset = dataset
        self.warnings: list[str] = []
        """What the user should know, one line each."""
        self._file = file
        self._text_of = text_of
        self._texts: dict[str, Places | None] = {}
        self._records: dict[str, Record] = {}
        self._signature: object = None
        self._namesakes: Namesakes | None = None

    @property
    def reports(self) -> list[DraftReport]:
        """Every report that has been drafted, in the order in which they were."""
        return list(self._file.tables.reports.values())

    def text(self, source: str) -> list[str]:
        """The paragraphs of a report; none where its text is not attached any more."""
        places = self._places(source)
        return places.paragraphs if places else []

    def page(self, record: DraftRecord) -> int:
        """The page on which a record stands, from 1; 0 where the report has no pages."""
        report = self._file.tables.reports.get(record.source)
        number = record.place[0]
        return report.pages[number - 1] if report and 0 < number <= len(report.pages) else 0

    def passage(self, record: DraftRecord, field: str = "") -> str:
        """The words of the report that a record, or one field of it, rests on; empty where they cannot be read."""
        places = self._places(record.source)
        evidence = (record.fields[field] if field else record.main).evidence
        return places.words(evidence) if places and evidence else ""

    def name(self, record: DraftRecord) -> str:
        """What a draft record is called in a sentence: in the reader's words, or in some of the report's."""
        worded = record.fields.get(WORDS.get(record.kind, ""))
        return name_of((worded.value if worded else "") or record.main.value or self.passage(record))

    def record(self, ref: str) -> DraftRecord:
        """A draft record by its id.

        Raises:
            BadInput: There is none.
        """
        records = self._file.tables.records
        if ref not in records:
            near = nearest(ref, records)
            hint = f"perhaps '{near}' is meant" if near else "convenings review lists the ids of all"
            raise BadInput(f"there is no draft '{ref}'", hint=hint)
        return records[ref]

    def records(self, query: str = "", states: Iterable[DraftState] = ()) -> list[DraftRecord]:
        """Draft records in reading order: report by report, by page and place.

        Args:
            query: A filter, such as ``how:honorific kind:statement``; all where empty.
            states: Only in these states; in any where empty.

        Raises:
            BadInput: The filter has a key or value that there is not.
        """
        wanted, allowed = Filter(query), set(states)
        order = {source: number for number, source in enumerate(self._file.tables.reports)}
        records = [
            record
            for record in self._file.tables.records.values()
            if (not allowed or record.state in allowed) and wanted.matches(record)
        ]
        return sorted(records, key=lambda record: (order.get(record.source, len(order)), record.place))

    def progress(self, query: str = "") -> Progress:
        """How many records are in which state, for the head of the review."""
        counts: dict[str, int] = {}
        for record in self.records(query):
            counts[record.state] = counts.get(record.state, 0) + 1
        return Progress(**counts)

    def following(self, ref: str = "", query: str = "") -> DraftRecord | None:
        """The open record after one in reading order, or else the first open one; nothing where none is open."""
        return self._beside(ref, query, forwards=True)

    def preceding(self, ref: str = "", query: str = "") -> DraftRecord | None:
        """The open record before one in reading order, or else the last open one."""
        return self._beside(ref, query, forwards=False)

    def to_be_worded(self) -> tuple[list[DraftRecord], list[UnwordedParagraph]]:
        """What is accepted and waits for the reader's own words, and paragraphs that are cited and have no digest."""
        paragraphs = [
            UnwordedParagraph(paragraph_id(report, number), source, number, page_of(report, number))
            for source, report in self._file.tables.reports.items()
            for number in self._cited_without_digest(source)
        ]
        return self.records(states=("wording",)), paragraphs

    def uncovered(self, source: str) -> list[int]:
        """Numbers of the paragraphs of a report in which no record stands, from 1."""
        covered = {
            field.evidence.paragraph
            for record in self._file.tables.records.values()
            if record.source == source and record.state != "rejected"
            for field in record.fields.values()
            if field.evidence
        }
        return [number for number in range(1, len(self.text(source)) + 1) if number not in covered]

    def namesakes(self, record: DraftRecord, field: str = "") -> list[str]:
        """Ids of records of the dataset that a name may be of, which are proposed only; best first."""
        name = field or next(iter(record.fields))
        value = record.fields.get(name)
        if value is None or name.split(".")[0] not in NAMING or value.same_as:
            return []
        self._read()
        if self._namesakes is None:
            self._namesakes = Namesakes(self._records.values())
        kinds = {"participation": ("person",), "event": ("event",), "organisation": ("organisation",)}
        base = name.split(".")[0]
        wanted = kinds.get(record.kind, ()) if name == next(iter(record.fields)) else NAMING[base]
        own = record.refs.values()
        return [ref for ref in self._namesakes.of(value.value, wanted) if ref not in own]

    def doubles(self, refs: Iterable[str]) -> list[str]:
        """Names of those drafts that were accepted as somebody or something new, and are another record's, too."""
        records = (self.record(ref) for ref in refs)
        return [record.main.value for record in records if record.state == "accepted" and self.namesakes(record)]

    @staticmethod
    def is_ticked(record: DraftRecord, field: str) -> bool:
        """Whether the rule that found a field has been right often enough for it to be ticked beforehand.

        Of somebody who was not there nothing is.
        """
        name = (
            "statement"
            if field == "passage"
            else {"agent": "person", "title_as_stated": "title"}.get(field.split(".")[0], field)
        )
        is_asked = record.kind not in ("participation", "statement") or is_absent(record)
        return not is_asked and is_ticked(name, record.fields[field].how)

    # What it rests on

    def _cited_without_digest(self, ref: str) -> list[int]:
        source = self._read().get(ref)
        if not isinstance(source, Source):
            return []
        cited = {
            piece.paragraph
            for record in self._records.values()
            if not isinstance(record, Source)
            for piece in all_evidence(record)
            if piece.source == ref
        }
        return sorted(cited - {entry.number for entry in source.digest if entry.digest.strip()})

    def _beside(self, ref: str, query: str, *, forwards: bool) -> DraftRecord | None:
        record = self._file.tables.records.get(ref)
        return self._beside_record(record, query, forwards=forwards)

    def _beside_record(self, record: DraftRecord | None, query: str, *, forwards: bool) -> DraftRecord | None:
        order = {source: number for number, source in enumerate(self._file.tables.reports)}

        def key(each: DraftRecord) -> tuple[object, ...]:
            return order.get(each.source, len(order)), each.place, each.id

        rows = sorted(self.records(query, ("open",)), key=key)
        rows = rows if forwards else rows[::-1]
        if record is None or not rows:
            return rows[0] if rows else None
        here = key(record)
        # Behind the last one it begins again with the first.
        return next((each for each in rows if (key(each) > here if forwards else key(each) < here)), rows[0])

    def _words(self, source: str, evidence: DraftEvidence) -> str:
        places = self._places(source)
        return places.words(evidence) if places else ""

    def _places(self, source: str) -> Places | None:
        if source not in self._texts:
            record = self._read().get(source)
            text = self._text_of(record) if isinstance(record, Source) else None
            self._texts[source] = Places(text) if text is not None else None
        return self._texts[source]

    def _read(self) -> dict[str, Record]:
        """Id to record of the dataset as it is now."""
        signature = self.dataset.signature
        if self._signature is None or self._signature != signature:
            bad: list[BadRecord] = []
            self._records = {record.id: record for _, _, _, record in self.dataset.scan(bad)}
            self._signature = signature
            self._namesakes = None
        return self._records

    def _learn(self, records: Mapping[str, Record]) -> None:
        """Take in what we have just saved, which need not be read again."""
        if records:
            self._records |= records
            self._signature = self.dataset.signature
            self._namesakes = None
