"""What the review lists, line by line, as plain values: the records of the queue, and the fields of the one in use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import msgspec

from convenings.domain.errors import BadInput
from convenings.drafting.acceptance import WORDS
from convenings.drafting.queue import is_absent
from convenings.drafting.review import Review, UnwordedParagraph
from convenings.store.draft_file import DraftEvidence, DraftField, DraftRecord

DIGEST = "digest"
"""The field of a paragraph that lacks one, and what stands for its kind."""
TO_BE_WORDED = "to be worded"
LABELS = {
    "agent": "name",
    "title_as_stated": "title",
    "on_behalf_of": "for",
    "event": "at",
    "abbreviation": "short",
    "text": "question",
    "detail": "gap",
    "present": "there",
    "passage": "words",
}
"""Field to what it is called in the review, where that is not its name."""
ASKED = {
    "participation": ("role", "title_as_stated", "on_behalf_of"),
    "statement": ("agent", "summary"),
    "question": ("text",),
    "gap": ("detail",),
    "event": ("date", "place"),
}
"""Kind to the fields that are listed also where the report seems to say nothing of them."""
STATES = {"accepted": "accepted", "rejected": "rejected", "later": "later", "wording": TO_BE_WORDED}

_MARKS = ('"', "“", "”", "„", "«", "»", "‘", "「", "『", "《")


class DraftLine(msgspec.Struct, frozen=True, gc=False):
    """A line of the review: a record, a field of the one in use, or a paragraph that lacks its digest."""

    ref: str
    field: str = ""
    """Empty on the line of the record itself."""


class FieldWords(msgspec.Struct, frozen=True):
    """A field as its line says it."""

    label: str
    value: str
    note: str
    """How it was found, or what is asked."""
    is_ticked: bool = False
    is_inferred: bool = False
    is_rejected: bool = False
    is_missing: bool = False


class RecordWords(msgspec.Struct, frozen=True):
    """A record as its line says it."""

    kind: str
    label: str
    tie: str
    """What it is besides: role, date, who speaks."""
    state: str
    """``open``, ``later`` and so on; ``ticked`` where it is open and what it stands on is ticked beforehand."""
    where: str
    """Page and paragraph."""


class ReviewList:
    """What the review shows under a filter while one record is in use.

    A filter that is not understood shows nothing, and says why.

    Args:
        review: The queue.
        query: A filter; everything where it is empty.
        ref: Id of the record in use, whose fields are listed; the first open one where it is not shown.
    """

    def __init__(self, review: Review, query: str = "", ref: str = "") -> None:
        self.review = review
        self.query = query
        self.error = ""
        """What is wrong with the filter, in a sentence."""
        shown: list[DraftRecord] = []
        try:
            shown = review.records(query)
        except BadInput as error:
            self.error = str(error)
        self.records = {record.id: record for record in shown}
        """Id to every record that is shown, in reading order."""
        waiting = [record for record in shown if record.state == "wording"]
        self.paragraphs = {} if query else {each.id: each for each in review.to_be_worded()[1]}
        """Id to every paragraph that lacks its digest."""
        others = [record.id for record in shown if record.state != "wording"]
        self.refs: list[str] = [*others, *(record.id for record in waiting), *self.paragraphs]
        """All that is listed, in order: first what is to be decided on, then what is to be worded."""
        self.first_to_be_worded = len(others)
        self.ref = ref if ref in self.records or ref in self.paragraphs else self.first_open
        """What is in use; empty where nothing is listed."""
        self.lines: list[DraftLine] = []
        for each in self.refs:
            self.lines.append(DraftLine(each))
            if each == self.ref and each in self.records:
                self.lines += [DraftLine(each, name) for name in fields_of(self.records[each])]

    @property
    def first_open(self) -> str:
        """Id of the first open record; of the first of all where none is open."""
        following = (ref for ref in self.refs if self.is_open(ref))
        return next(following, next((ref for ref in self.refs if self.is_waiting(ref)), next(iter(self.refs), "")))

    def is_open(self, ref: str) -> bool:
        """Whether a record is to be decided on."""
        return ref in self.records and self.records[ref].state == "open"

    def is_waiting(self, ref: str) -> bool:
        """Whether words of the reader's own are wanted for something."""
        return ref in self.paragraphs or (ref in self.records and self.records[ref].state == "wording")

    @property
    def record(self) -> DraftRecord | None:
        """The record in use; nothing where that is a paragraph, or where nothing is listed."""
        return self.records.get(self.ref)

    @property
    def paragraph(self) -> UnwordedParagraph | None:
        """The paragraph in use, where its digest is wanted."""
        return self.paragraphs.get(self.ref)

    @property
    def source(self) -> str:
        """Id of the report whose text stands beside it; the first one where nothing is in use."""
        if self.record is not None:
            return self.record.source
        if self.paragraph is not None:
            return self.paragraph.source
        return next((report.source for report in self.review.reports), "")

    @cached_property
    def text(self) -> Sequence[str]:
        """The paragraphs of that report."""
        return self.review.text(self.source)

    @cached_property
    def uncovered(self) -> Sequence[int]:
        """Numbers of its paragraphs in which no record stands, from 1."""
        return self.review.uncovered(self.source)

    @cached_property
    def every(self) -> Sequence[DraftRecord]:
        """Every record, also those that the filter hides."""
        return self.review.records()

    @cached_property
    def namesakes(self) -> Sequence[str]:
        """Ids of the records of the dataset that the record in use may be of; proposed only."""
        return self.review.namesakes(self.record) if self.record is not None else ()

    @property
    def label(self) -> str:
        """What the report is called: its file."""
        reports = {report.source: report for report in self.review.reports}
        report = reports.get(self.source)
        return report.file.replace("\\", "/").rpartition("/")[2] if report is not None else ""

    @property
    def whole_paragraph(self) -> DraftEvidence | None:
        """The whole of the paragraph in use."""
        if self.paragraph is None or not 0 < self.paragraph.paragraph <= len(self.text):
            return None
        number = self.paragraph.paragraph
        return DraftEvidence(number, 0, len(self.text[number - 1]), "")

    @property
    def place(self) -> tuple[int, int]:
        """Page, 0 where there are none, and paragraph of what is in use."""
        if self.paragraph is not None:
            return self.paragraph.page, self.paragraph.paragraph
        return (self.review.page(self.record), self.record.place[0]) if self.record is not None else (0, 0)

    def position(self, ref: str, field: str = "") -> int:
        """Number of a line; of the record itself where it has no such field, 0 where it is not listed."""
        of_record = DraftLine(ref)
        return self._positions.get(DraftLine(ref, field), self._positions.get(of_record, 0))

    @cached_property
    def _positions(self) -> dict[DraftLine, int]:
        return {line: at for at, line in enumerate(self.lines)}

    def beside(self, by: int) -> str:
        """Id of the next open record, or of the one before (negative), from the one in use on and round; where none is
        open, of what is next to be worded. Empty where there is neither."""
        at = self.refs.index(self.ref) if self.ref else 0
        around = (
            [*self.refs[at + 1 :], *self.refs[: at + 1]] if by > 0 else [*self.refs[:at][::-1], *self.refs[at:][::-1]]
        )
        waiting = next((ref for ref in around if self.is_waiting(ref)), "")
        return next((ref for ref in around if self.is_open(ref)), waiting)

    def evidence(self, field: str = "") -> DraftEvidence | None:
        """Where in the text a field of the record in use stands, or the record itself."""
        record = self.record
        if record is None:
            return None
        own = record.fields.get(field or next(iter(record.fields)))
        return own.evidence if own is not None else record.main.evidence

    @cached_property
    def progress(self) -> str:
        """How many of how many are open, and how many of those that are shown are ticked."""
        number = self.review.progress()
        ticked = sum(record.state == "open" and record_ticked(record) for record in self.records.values())
        progress = f"{number.open} of {number.total} open" if number.total else "nothing drafted"
        return f"{progress} · {ticked} ticked" if ticked else progress

    @cached_property
    def details(self) -> str:
        """What became of those that are not open."""
        number = self.review.progress()
        counts = (
            (number.wording + len(self.paragraphs), TO_BE_WORDED),
            (number.later, "later"),
            (number.accepted, "accepted"),
            (number.rejected, "rejected"),
        )
        return " · ".join(f"{count} {name}" for count, name in counts if count)

    # In words

    def record_words(self, ref: str) -> RecordWords:
        """What the line of a record says, or of a paragraph that lacks its digest."""
        if (paragraph := self.paragraphs.get(ref)) is not None:
            where = _where(paragraph.page, paragraph.paragraph)
            return RecordWords(DIGEST, f"Summary of paragraph {paragraph.paragraph}", "", "wording", where)
        record = self.records[ref]
        passage = self.review.passage(record) if not record.main.value else ""
        # The glyph of a statement is a quotation mark already.
        words_there = passage if record.kind == "statement" else quoted(passage)
        label, ties = record.main.value or words_there, ["was not there"] * is_absent(record)
        for name in ("role", "on_behalf_of", "date", "place", "agent"):
            own = record.fields.get(name)
            if own is not None and own is not record.main and own.state != "rejected" and own.value:
                ties.append(own.value)
        if record.kind in WORDS and (words := record.fields.get(WORDS[record.kind])) is not None and words.value:
            label = words.value
        state = "ticked" if record.state == "open" and record_ticked(record) else record.state
        return RecordWords(
            record.kind, label, ", ".join(ties), state, _where(self.review.page(record), record.place[0])
        )

    def field_words(self, line: DraftLine) -> FieldWords:
        """What the line of a field says."""
        record = self.records[line.ref]
        base = line.field.partition(".")[0]
        label = "speaker" if base == "agent" and record.kind != "participation" else label_of(line.field)
        own = record.fields.get(line.field)
        if own is None or not (own.value or own.evidence or own.same_as):
            wanted = TO_BE_WORDED if WORDS.get(record.kind) == base else "not stated"
            return FieldWords(label, "", wanted, is_missing=True)
        value = own.value or quoted(self.review.passage(record, line.field))
        if own.same_as:
            value = f"{value} = {own.same_as}"
        is_main = own is record.main
        ticked = is_main and record_ticked(record)
        note = own.note if own.basis == "inferred" else own.how.partition(":")[0]
        return FieldWords(
            label,
            value,
            note,
            is_ticked=ticked or own.state == "accepted",
            is_inferred=own.basis == "inferred",
            is_rejected=own.state == "rejected",
        )


def quoted(passage: str) -> str:
    """Words of a report in quotation marks; those that begin with one have theirs already."""
    return passage if passage.startswith(_MARKS) else f"“{passage}”"


def label_of(field: str) -> str:
    """What a field is called in the review; of one that comes again, with its number."""
    base, _, number = field.partition(".")
    return " ".join(filter(None, (LABELS.get(base, base), number)))


def fields_of(record: DraftRecord) -> list[str]:
    """The fields of a record that are listed: those that the report seems to state, and those that are asked for."""
    asked = () if is_absent(record) else ASKED.get(record.kind, ())
    missing = [name for name in asked if name not in record.fields]
    return [*record.fields, *missing]


def record_ticked(record: DraftRecord) -> bool:
    """Whether what a record stands on was found by a rule that has earned it."""
    return Review.is_ticked(record, next(iter(record.fields)))


def spans_of(records: Iterable[DraftRecord], source: str) -> Sequence[tuple[DraftEvidence, str]]:
    """Where in the text of a report records stand that are not rejected, and their kinds."""
    return [
        (record.main.evidence, record.kind)
        for record in records
        if record.source == source and record.state != "rejected" and record.main.evidence is not None
    ]


def field_spans(record: DraftRecord) -> Sequence[DraftEvidence]:
    """Where in the text the fields of a record stand."""
    fields: Iterable[DraftField] = record.fields.values()
    return [field.evidence for field in fields if field.evidence is not None and field.state != "rejected"]


def _where(page: int, paragraph: int) -> str:
    return f"p. {page} ¶ {paragraph}" if page else f"¶ {paragraph}"


def completions_of(line: str, records: Iterable[DraftRecord]) -> list[str]:
    """Ways to complete a filter of the review: its last word as a key, or as a value that occurs."""
    head, blank, word = line.rpartition(" ")
    key, colon, value = word.partition(":")
    if not colon:
        return [f"{head}{blank}{name}:" for name in ("kind", "how", "state", "role") if name.startswith(word)]
    values = dict.fromkeys(_value_of(record, key) for record in records)
    return [f"{head}{blank}{key}:{each}" for each in sorted(filter(None, values)) if each.startswith(value)]


def _value_of(record: DraftRecord, key: str) -> str:
    role = record.fields.get("role")
    own = {"kind": record.kind, "state": record.state, "how": record.main.how, "role": role.value if role else ""}
    value = own.get(key, "")
    return f'"{value}"' if " " in value else value
