"""What accepting draft records comes to, gathered before it is saved at once: new records, and evidence for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_args

from msgspec.structs import replace

from convenings.domain import dates
from convenings.domain.errors import BadInput
from convenings.domain.kinds import kind_of
from convenings.domain.record_values import (
    Basis,
    Evidence,
    Name,
    Paragraph,
)
from convenings.domain.records import (
    Record,
    Source,
)
from convenings.domain.slugs import Mint
from convenings.domain.text import fold
from convenings.drafting.queue import Places
from convenings.drafting.types_by_name import TypeGuess
from convenings.store.draft_file import DraftField, DraftRecord, DraftReport

LONGEST_LABEL = 80
"""Code points of the label of an event; of a longer name the whole is kept beside it."""
BY_READER = "as the reader of the report wrote"
"""Note of what the reader has written without a passage."""


class Gathering:
    """Records to be saved, and draft records that change with them.

    Args:
        drafts: Id to every draft record of the queue.
        records: Id to every record of the dataset.
        reports: Id of a source to the report that it is.
        mint: Gives new records their ids.
        places: Gives the text of a source, as far as it is attached.
    """

    def __init__(
        self,
        drafts: Mapping[str, DraftRecord],
        records: Mapping[str, Record],
        reports: Mapping[str, DraftReport],
        mint: Mint,
        places: Callable[[str], Places | None],
    ) -> None:
        self.records: dict[str, Record] = {}
        """Id to every record that is new or changed."""
        self.drafts: dict[str, DraftRecord] = {}
        """Id to every draft record that is changed."""
        self._drafts = drafts
        self._dataset = records
        self._reports = reports
        self._mint = mint
        self._places = places
        self._participations: dict[tuple[object, ...], str] | None = None

    def _type(self, draft: DraftRecord | None, guess: TypeGuess, types: Sequence[str]) -> TypeGuess:
        """The type that the reader has chosen, or else the guess."""
        chosen = value_of(draft, "type") if draft is not None else ""
        if not chosen:
            return guess
        from convenings.domain.record_values import OrganisationType

        types = types or get_args(OrganisationType)
        if chosen not in types:
            raise BadInput(f"'{chosen}' is no such type", place=draft.id if draft else "", hint=one_of(types))
        return TypeGuess(chosen, BY_READER)

    def _basis(self, field: DraftField) -> Basis:
        return "inferred" if field.evidence is None else field.basis

    def _cite(
        self,
        draft: DraftRecord,
        field: DraftField,
        names: list[str],
        basis: Basis | None = None,
        note: str = "",
        at: DraftField | None = None,
    ) -> Evidence:
        """A field's passage as evidence of fields of a record; of what the reader wrote, the main passage, inferred."""
        where = field.evidence or (at or draft.main).evidence or draft.main.evidence
        if where is None:
            raise BadInput("it has no passage", place=draft.id, hint="select the words that say so")
        if basis is None:
            basis = self._basis(field)
            note = (field.note or BY_READER) if basis == "inferred" else ""
        return Evidence(
            source=draft.source,
            paragraph=where.paragraph,
            start=where.start,
            end=where.end,
            passage_hash=where.passage_hash,
            fields=names,
            basis=basis,
            note=note,
        )

    def _cite_in(self, ref: str, draft: DraftRecord, field: DraftField) -> str:
        """Give a record that the reader has chosen the passage that names it, too, and the name where it is new."""
        record = self._record(ref)
        names = [str(getattr(record, "label", "")), *(name.value for name in getattr(record, "names", ()))]
        supported = "label"
        if hasattr(record, "names") and fold(field.value) not in map(fold, names):
            record = replace(record, names=[*record.names, Name(value=field.value)])
            supported = "names"
        evidence = joined(record.evidence, [self._cite(draft, field, [supported])])
        if evidence != record.evidence:
            self._write(replace(record, evidence=evidence), draft.source)
        return str(record.id)

    def _words(self, draft: DraftRecord, field: DraftField) -> str:
        places = self._places(draft.source)
        return places.words(field.evidence) if places and field.evidence else ""

    def _dataset_id(self, ref: str, *kinds: str) -> str:
        if kind_of(ref) not in kinds:
            raise BadInput(f"'{ref}' is no {' or '.join(kinds)}", hint="choose the id of one")
        return str(self._record(ref).id)

    def _record(self, ref: str) -> Any:
        record = self.records.get(ref) or self._dataset.get(ref)
        if record is None:
            raise BadInput(f"the dataset has no record '{ref}'", hint="choose another, or leave the field empty")
        return record

    def _write(self, record: Record, source: str) -> None:
        """Put a record among those to be saved, and the pages that it cites into its source."""
        self.records[record.id] = record
        report = self._reports.get(source)
        if report is None or not report.pages:
            return
        holder = self._record(source)
        assert isinstance(holder, Source)
        numbers = {each.number for each in holder.digest}
        own = (piece.paragraph for piece in record.evidence if piece.source == source)
        entries = [
            Paragraph(number=number, digest="", page=report.pages[number - 1] or None)
            for number in sorted(set(own) - numbers)
            if 0 < number <= len(report.pages)
        ]
        if entries:
            digest = sorted([*holder.digest, *entries], key=lambda entry: entry.number)
            self.records[source] = replace(holder, digest=digest)

    def _draft(self, ref: str) -> DraftRecord:
        draft = self.drafts.get(ref) or self._drafts.get(ref)
        if draft is None:
            raise BadInput(f"there is no draft '{ref}'", hint="see convenings review for the ids of all")
        return draft

    def _put(self, draft: DraftRecord, *, refs: Mapping[str, str] | None = None, state: Any = None) -> None:
        draft = replace(self._draft(draft.id), refs=draft.refs | self._draft(draft.id).refs | dict(refs or {}))
        self.drafts[draft.id] = replace(draft, state=state) if state else draft

    def _refuse_rejected(self, draft: DraftRecord, what: str) -> None:
        if draft.state == "rejected":
            text = f"the {what} '{draft.main.value}' that it needs was rejected"
            raise BadInput(text, place=draft.id, hint="accept that one first, or choose another")


def value_of(draft: DraftRecord, name: str) -> str:
    """What a field says; empty where it says nothing, or was rejected."""
    field = set_field(draft, name)
    return field.value if field else ""


def is_set(field: DraftField) -> bool:
    """Whether a field says anything, and was not rejected."""
    return field.state != "rejected" and bool(field.value.strip() or field.same_as)


def set_field(draft: DraftRecord, name: str) -> DraftField | None:
    """A field that says something; nothing where it does not, or was rejected."""
    field = draft.fields.get(name)
    return field if field is not None and is_set(field) else None


def suffixes(draft: DraftRecord, *names: str) -> list[str]:
    """What stands behind the name of a field that comes several times: nothing, ``.2``, ``.3``."""
    ends = (field[len(name) :] for field in draft.fields for name in names if field.split(".")[0] == name)
    return list(dict.fromkeys(ends))


def label_of(name: str, most: int = LONGEST_LABEL) -> tuple[str, list[Name]]:
    """A name as a label, and, where it had to be cut, the whole of it as a name."""
    if len(name) <= most:
        return name, []
    cut = name[:most].rsplit(" ", 1)[0].rstrip(",;:–- ")
    return f"{cut or name[:most]} …", [Name(value=name, type="name")]


def is_date(text: str) -> bool:
    """Whether a text is EDTF as we read it."""
    try:
        dates.parse(text)
    except BadInput:
        return False
    return True


def slug_of(ref: str) -> str:
    """What stands behind the kind in an id."""
    return ref.partition("/")[2]


def joined(first: Sequence[Evidence], second: Sequence[Evidence]) -> list[Evidence]:
    """Evidence of both, each piece once."""
    return [*first, *(each for each in second if each not in first)]


def one_of(values: Sequence[str]) -> str:
    """The hint for a value that is not in a closed list."""
    return f"choose one of: {', '.join(values)}"
