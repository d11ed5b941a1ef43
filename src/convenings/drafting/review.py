"""The review of drafted reports: what is open, in reading order, and the decisions on it, each of which can be undone.

Every decision is on the disk when its function returns, in the dataset and in the queue, and gives what is to be shown
next. Nothing of the queue is in the dataset before it is accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from convenings.domain.errors import BadInput, nearest
from convenings.domain.records import Record, Source
from convenings.domain.slugs import Mint
from convenings.drafting.acceptance import WORDS, Writer
from convenings.drafting.decision_steps import Steps
from convenings.drafting.decisions import (
    FIELDS,
    NAMING,
    Decision,
    Progress,
    UnwordedParagraph,
    check_value,
    page_of,
    paragraph_id,
    with_digest,
)
from convenings.drafting.gathering import value_of
from convenings.drafting.open_queue import OpenQueue
from convenings.drafting.queue import READER, draft_id
from convenings.store.attaching import user_data_for
from convenings.store.dataset import BadRecord, Dataset
from convenings.store.draft_file import (
    DraftEvidence,
    DraftField,
    DraftFile,
    DraftKind,
    DraftRecord,
    DraftReport,
    DraftState,
    DraftStep,
)

__all__ = ["Decision", "Progress", "Review", "UnwordedParagraph"]


class Review(OpenQueue):
    """The queue of one dataset, and the decisions on it; see :meth:`open`."""

    def __init__(self, dataset: Dataset, file: DraftFile, text_of: Callable[[Source], str | None]) -> None:
        super().__init__(dataset, file, text_of)
        self._steps = Steps(dataset, file, self._read)

    @classmethod
    def open(cls, path: Path) -> Review:
        """Open the queue of a dataset, which may be empty.

        Raises:
            BadInput: The dataset cannot be read.
        """
        dataset = Dataset.open(path)
        bad: list[BadRecord] = []
        refs = {record.id for _, _, _, record in dataset.scan(bad)}
        user_data = user_data_for(dataset, refs)
        file = DraftFile(user_data.queue(user_data.dataset))
        review = cls(dataset, file, lambda source: user_data.attached_text(source.id, source.text_hash))
        review.warnings = user_data.warnings
        review._steps.settle()
        return review

    # Decisions

    def accept(self, *refs: str, query: str = "") -> Decision:
        """Accept records with all that they need; what has no words of the reader's own yet waits for them.

        Args:
            refs: Their ids.
            query: The filter by which the next one is chosen.

        Raises:
            BadInput: One of them lacks what only the reader can say; nothing has changed.
        """
        writer = self._writer()
        for ref in refs:
            self.record(ref)
            writer.accept(ref)
        new = {ref for ref in writer.drafts if self._file.tables.records[ref].state not in ("accepted", "wording")}
        # Those that were meant come first, as an undo names the first.
        drafts = {ref: writer.drafts[ref] for ref in refs if ref in writer.drafts} | writer.drafts
        number = len(new.intersection(refs))
        decision = self._decide("accept", drafts, writer.records, refs, query, f"{number} accepted")
        return replace(decision, needed=len(new.difference(refs)))

    def accept_all(self, query: str) -> Decision:
        """Accept what a filter shows of what is open, all in one step.

        Raises:
            BadInput: The filter is empty or not understood, or one of them cannot be accepted.
        """
        if not query.strip():
            raise BadInput("a filter has to say which are accepted", hint="write for example how:honorific")
        return self.accept(*(record.id for record in self.records(query, ("open",))), query=query)

    def reject(self, *refs: str, query: str = "") -> Decision:
        """Reject records, which then stay so when the report is drafted again.

        Raises:
            BadInput: One of them is in the dataset already: undo that, or remove it there.
        """
        for ref in refs:
            record = self.record(ref)
            if record.state == "accepted":
                raise BadInput("it is accepted already", place=ref, hint="undo that first, or remove the record")
        return self._set_state("reject", "rejected", refs, query)

    def later(self, *refs: str, query: str = "") -> Decision:
        """Leave records for later; one that is left so already is open again."""
        for ref in refs:
            if self.record(ref).is_decided:
                raise BadInput("it is decided already", place=ref, hint="undo that first")
        if all(self.record(ref).state == "later" for ref in refs):
            return self._set_state("open again", "open", refs, query)
        return self._set_state("later", "later", refs, query)

    def set(self, ref: str, field: str, value: str, query: str = "") -> Decision:
        """Write a field of a record that is not decided, or the digest of a paragraph.

        Where a field names a record, the value is an id of the dataset (the same one), ``new`` (not the same as any),
        or words. An empty value takes the field out. What waited for these words is written into the dataset by them.

        Raises:
            BadInput: There is no such field, the value does not fit it, or the record is decided.
        """
        if paragraph := self._paragraph_of(ref):
            return self._set_digest(*paragraph, field, value)
        record = self.record(ref)
        if record.is_decided:
            raise BadInput(
                "it is decided already", place=ref, hint="undo that first, or edit the record of the dataset"
            )
        changed = replace(record, fields=self._with_field(record, field, value.strip()))
        drafts, records = {ref: changed}, {}
        if changed.state == "wording" and value_of(changed, WORDS[changed.kind]):
            writer = self._writer({ref: changed})
            writer.accept(ref)
            drafts, records = drafts | writer.drafts, writer.records
        decision = self._decide(f"set {field}", drafts, records, (ref,), query, f"{field} set")
        # One goes on only by deciding.
        return decision if records else replace(decision, following=self.record(ref))

    def move(self, ref: str, field: str, start: int, end: int, query: str = "") -> Decision:
        """Let a field rest on another stretch of its paragraph, of which its value is then the words.

        Args:
            ref: The record.
            field: The field.
            start: First code point in the paragraph.
            end: The one after the last.
            query: The filter by which the next one is chosen.

        Raises:
            BadInput: There is no text, or no words are there.
        """
        record = self.record(ref)
        old = record.fields.get(field)
        if old is None or old.evidence is None:
            raise BadInput(f"the field '{field}' has no passage", place=ref, hint="choose one that stands in the text")
        if record.is_decided:
            raise BadInput("it is decided already", place=ref, hint="undo that first")
        evidence = self._passage_at(record.source, old.evidence.paragraph, start, end)
        value = self._words(record.source, evidence) if field not in ("passage", "date") and old.value else old.value
        is_role = field.split(".")[0] == "role"
        new = replace(old, evidence=evidence, value=old.value if is_role else value)
        changed = replace(record, fields=record.fields | {field: new})
        decision = self._decide("move", {ref: changed}, {}, (ref,), query, "moved")
        return replace(decision, following=self.record(ref))

    def add(self, source: str, kind: DraftKind, paragraph: int, start: int, end: int) -> Decision:
        """Make an open record of words of a report that the drafter has missed.

        Args:
            source: Id of the report's source.
            kind: What it is; a person is a ``participation``.
            paragraph: From 1.
            start: First code point in the paragraph.
            end: The one after the last.

        Raises:
            BadInput: No words are there, or there is such a record already.
        """
        if source not in self._file.tables.reports:
            raise BadInput(f"there is no report '{source}'", hint="draft it first")
        evidence = self._passage_at(source, paragraph, start, end)
        words = self._words(source, evidence)
        ref = draft_id(self._file.tables.reports[source].text_hash, kind, evidence)
        if ref in self._file.tables.records:
            raise BadInput("there is such a record already", place=ref, hint="choose other words")
        main = FIELDS[kind][0]
        fields = {main: DraftField("" if main == "passage" else " ".join(words.split()), evidence, READER)}
        if kind in ("participation", "statement", "question", "gap") and (event := self._main_event(source)):
            fields["event"] = DraftField(event.main.value, how=READER, draft=event.id)
        if kind == "question":
            fields["form"] = DraftField("direct" if words.rstrip().endswith(("?", "？")) else "indirect", how=READER)
        record = DraftRecord(id=ref, kind=kind, source=source, fields=fields)
        decision = self._decide("add", {ref: record}, {}, (), "", "added")
        return replace(decision, following=record)

    def undo(self) -> Decision:
        """Take the last decision back, in the dataset and in the queue.

        Raises:
            BadInput: There is none, or what it wrote has been changed since.
        """
        return self._after(self._steps.undo(), "undone")

    def redo(self) -> Decision:
        """Make the decision again that was taken back last.

        Raises:
            BadInput: As :meth:`undo`.
        """
        return self._after(self._steps.redo(), "done again")

    # How they are made

    def _decide(
        self,
        what: str,
        drafts: Mapping[str, DraftRecord],
        records: Mapping[str, Record],
        refs: Sequence[str],
        query: str,
        message: str,
    ) -> Decision:
        last = self.record(refs[-1]) if refs else None
        self._steps.do(what, drafts, records)
        self._learn(records)
        following = self._beside_record(last, query, forwards=True) if last else self.following(query=query)
        return Decision(message, following, tuple(drafts), tuple(records))

    def _after(self, step: DraftStep, what: str) -> Decision:
        self._signature = None
        first = next((self.record(ref) for ref in step.drafts if ref in self._file.tables.records), None)
        # Of a record that the step added there is only what became of it, once that is undone.
        named = first or next((after for _, after in step.drafts.values() if after is not None), None)
        name = f" “{self.name(named)}”" if named is not None else ""
        more = f" and {len(step.drafts) - 1:,} more" if len(step.drafts) > 1 else ""
        return Decision(f"{what}: {step.what}{name}{more}", first, tuple(step.drafts), tuple(step.records))

    def _set_state(self, what: str, state: DraftState, refs: Sequence[str], query: str) -> Decision:
        drafts = {ref: replace(self.record(ref), state=state) for ref in refs}
        return self._decide(what, drafts, {}, refs, query, f"{len(refs)} {state}")

    def _with_field(self, record: DraftRecord, name: str, value: str) -> dict[str, DraftField]:
        """The fields of a record with one of them as the reader has written it."""
        base = name.split(".")[0]
        if base not in FIELDS[record.kind] or base == "passage":
            choices = [each for each in FIELDS[record.kind] if each != "passage"]
            near = nearest(base, choices)
            hint = f"perhaps '{near}' is meant" if near else f"use one of: {', '.join(choices)}"
            raise BadInput(f"{record.kind} has no field '{name}'", place=record.id, hint=hint)
        old = record.fields.get(name, DraftField())
        if not value:
            if name == next(iter(record.fields)):
                raise BadInput(f"the {name} is what the record stands on", place=record.id, hint="reject the record")
            return record.fields | {name: replace(old, state="rejected")}
        if value == "new" and base in NAMING:
            return record.fields | {name: replace(old, same_as="", state="open")}
        kinds = NAMING.get(base, ())
        if "/" in value and value.split("/")[0] in kinds and self._read().get(self.dataset.resolve(value)) is None:
            raise BadInput(f"the dataset has no record '{value}'", place=record.id, hint="choose another id")
        if "/" in value and value.split("/")[0] in kinds:
            new = replace(old, value=old.value or value, same_as=self.dataset.resolve(value), state="open")
        elif value in self._file.tables.records and kinds:
            other = self.record(value)
            new = DraftField(other.main.value, how=READER, draft=value)
        else:
            check_value(record, base, value)
            new = DraftField(value, old.evidence if name == next(iter(record.fields)) else None, READER)
        fields = record.fields | {name: new}
        if base == "role" and "event" not in fields and (event := self._main_event(record.source)):
            # Of somebody who was said to be absent.
            fields["event"] = DraftField(event.main.value, how=READER, draft=event.id)
        return fields

    def _set_digest(self, report: DraftReport, number: int, field: str, value: str) -> Decision:
        if field != "digest":
            raise BadInput(f"a paragraph has no field '{field}'", hint="set its digest")
        source = self._read().get(report.source)
        assert isinstance(source, Source)
        records = {source.id: with_digest(source, number, value.strip(), page_of(report, number))}
        return self._decide("digest", {}, records, (), "", "digest set")

    def _paragraph_of(self, ref: str) -> tuple[DraftReport, int] | None:
        """Report and number of a paragraph that an id names."""
        for report in self._file.tables.reports.values():
            head, slash, number = ref.rpartition("/")
            if slash and head == paragraph_id(report, 0).rpartition("/")[0] and number.isascii() and number.isdigit():
                source = self._read().get(report.source)
                if isinstance(source, Source) and 1 <= int(number[:9]) <= source.paragraphs:
                    return report, int(number[:9])
        return None

    def _passage_at(self, source: str, paragraph: int, start: int, end: int) -> DraftEvidence:
        places = self._places(source)
        if places is None:
            hint = "keep it by convenings attach"
            raise BadInput(f"the text of '{source}' is not attached any more", hint=hint)
        if not 1 <= paragraph <= len(places.paragraphs) or start < 0:
            raise BadInput("there are no words in that place", place=source, hint="select some words of the text")
        evidence = places.passage(paragraph, start, end)
        if evidence is None:
            raise BadInput("there are no words in that place", place=source, hint="select some words of the text")
        return evidence

    def _main_event(self, source: str) -> DraftRecord | None:
        events = (each for each in self.records("kind:event") if each.source == source and each.state != "rejected")
        return next(events, None)

    def _writer(self, changed: Mapping[str, DraftRecord] | None = None) -> Writer:
        tables, records = self._file.tables, self._read()
        used, redirects = records.keys(), self.dataset.redirects()
        mint = Mint(lambda ref: ref in used or ref in redirects)
        return Writer(tables.records | dict(changed or {}), records, tables.reports, mint, self._places)
