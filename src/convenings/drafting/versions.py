"""A changed version of a report: what the reader did with paragraphs that did not change holds for it, too."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from convenings.drafting.queue import MAIN_EVENT, READER, draft_id, is_touched, is_touched_field
from convenings.store.draft_file import DraftField, DraftRecord, DraftReport

_IDENTITIES = ("person", "organisation", "event")
"""What a draft record is of in the dataset, whatever else is said of it."""


class Version(msgspec.Struct, frozen=True):
    """A report as it was drafted, with the paragraphs of its text."""

    report: DraftReport
    paragraphs: Sequence[str]


class CarriedOver(msgspec.Struct, frozen=True):
    """What becomes of two versions of a report."""

    drafts: list[DraftRecord]
    """Those of the new version."""
    queue: dict[str, DraftRecord | None]
    """Id of those in the queue that change to what each is then; absent where it went over to the new version."""
    number: int
    """How many of which the reader had done something went over."""


def carry_over(
    drafts: Iterable[DraftRecord], queue: Collection[DraftRecord], old: Version, new: Version, dataset: Container[str]
) -> CarriedOver:
    """Bring what was done with a former version of a report to the drafts of the new one.

    It is brought only where all that a record rests on stands in paragraphs that did not change; one of which more is
    said now is open again, but as the same person, organisation or event; so is the event of a report, half of whose
    paragraphs have not changed, where its name stands elsewhere. What was rejected stays so in any case. What
    is not decided leaves the queue of the former version, so that it is not there twice.

    Args:
        drafts: Those of the new version, as the rules make them.
        queue: All records that are in the queue by now.
        old: The former version.
        new: The new one.
        dataset: Ids of the records of the dataset.
    """
    records = {draft.id: draft for draft in drafts}
    before = {record.id: record for record in queue if record.source == old.report.source}
    numbers = same_paragraphs(old.paragraphs, new.paragraphs)
    ids = _counterparts(records.values(), before, old, new, numbers)

    def moved(record: DraftRecord, ref: str) -> DraftRecord:
        """A former record in its place in the new version, without fields of paragraphs that are there no more."""
        drafted = records[ref].fields if ref in records else {}
        fields: dict[str, DraftField] = {}
        for name, field in record.fields.items():
            evidence, draft = field.evidence, ids.get(field.draft, "")
            if evidence is not None:
                if evidence.paragraph not in numbers:
                    continue
                evidence = replace(evidence, paragraph=numbers[evidence.paragraph])
            draft = draft or (drafted[name].draft if name in drafted else "")
            fields[name] = replace(field, evidence=evidence, draft=draft)
        refs = {kind: each for kind, each in record.refs.items() if each in dataset}
        is_lost = record.state == "accepted" and refs != record.refs
        state = "open" if is_lost else record.state
        return replace(record, id=ref, source=new.report.source, fields=fields, refs=refs, state=state)

    number, unchanged = 0, frozenset(numbers.values())
    for ref, other in ids.items():
        record, counterpart = before[ref], records.get(other)
        if not is_touched(record):
            continue
        number += 1
        is_same = _paragraphs(record) <= numbers.keys()
        if counterpart is None or (is_same and _paragraphs(counterpart) <= unchanged):
            records[other] = moved(record, other)
        else:
            records[other] = _open_again(moved(record, other), counterpart)
    gone = {ref for ref in ids if not before[ref].is_decided}
    changed: dict[str, DraftRecord | None] = dict.fromkeys(gone)
    for record in queue:
        if record.id not in gone and any(field.draft in gone for field in record.fields.values()):
            fields = record.fields.items()
            renamed = {name: replace(field, draft=ids.get(field.draft, field.draft)) for name, field in fields}
            changed[record.id] = replace(record, fields=renamed)
    return CarriedOver(list(records.values()), changed, number)


def same_paragraphs(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Number of each paragraph that did not change, from 1, to its number in the new version.

    Of paragraphs with the same words the first is the first of the other version, and so on.
    """
    places: dict[str, list[int]] = {}
    for number, text in enumerate(new, 1):
        places.setdefault(text, []).append(number)
    rest = {text: iter(numbers) for text, numbers in places.items()}
    pairs = ((number, next(rest.get(text, iter(())), 0)) for number, text in enumerate(old, 1))
    return {number: other for number, other in pairs if other}


def _counterparts(
    drafts: Collection[DraftRecord],
    before: Mapping[str, DraftRecord],
    old: Version,
    new: Version,
    numbers: Mapping[int, int],
) -> dict[str, str]:
    """Id of a former record to that of the one that stands at its place in the new version."""
    back = {number: other for other, number in numbers.items()}
    ids: dict[str, str] = {}
    for draft in drafts:
        evidence = draft.main.evidence
        if evidence is None or evidence.paragraph not in back:
            continue
        there = replace(evidence, paragraph=back[evidence.paragraph])
        speaker = draft.fields["agent"].value if draft.kind == "statement" else ""
        ref = draft_id(old.report.text_hash, draft.kind, there, speaker)
        if ref in before:
            ids[ref] = draft.id
    for ref, record in before.items():
        # What the reader has found is drafted by no rule.
        evidence = record.main.evidence
        if ref not in ids and record.main.how == READER and evidence and evidence.paragraph in numbers:
            there = replace(evidence, paragraph=numbers[evidence.paragraph])
            ids[ref] = draft_id(new.report.text_hash, record.kind, there)
    former, main = _main_event(before.values()), _main_event(drafts)
    is_decided_anew = former in ids or main in ids.values() or (former in before and before[former].state == "rejected")
    if former in before and main and not is_decided_anew and 2 * len(numbers) >= len(old.paragraphs):
        # Both are of one event, though its name stands elsewhere.
        ids[former] = main
    return ids


def _main_event(records: Iterable[DraftRecord]) -> str:
    """Id of the event that a report is of."""
    fields = (field for record in records for field in record.fields.values())
    return next((field.draft for field in fields if field.how == MAIN_EVENT), "")


def _open_again(record: DraftRecord, drafted: DraftRecord) -> DraftRecord:
    """A draft of which more or other things are said than when it was decided on, with what the reader wrote in it."""
    if record.state == "rejected":
        return replace(drafted, state="rejected")
    main = next(iter(drafted.fields))
    fields = drafted.fields | {name: field for name, field in record.fields.items() if is_touched_field(field)}
    if identity := next((record.refs[kind] for kind in _IDENTITIES if kind in record.refs), ""):
        fields[main] = replace(fields[main], same_as=identity)
    return replace(drafted, fields=fields)


def _paragraphs(record: DraftRecord) -> set[int]:
    return {field.evidence.paragraph for field in record.fields.values() if field.evidence}
