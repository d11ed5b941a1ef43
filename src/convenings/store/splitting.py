"""A record that is two, in the lines of a dataset: what hangs on it, and what becomes of that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from convenings.domain.basis import EVERY_FIELD
from convenings.domain.fields import fields_of
from convenings.domain.kinds import KINDS, TABLES, WITH_NAME, kind_of
from convenings.domain.parting import (
    Belonging,
    Document,
    Fate,
    Split,
    belongings,
    can_be_shared,
    parted,
    point_elsewhere,
    references_to,
)
from convenings.domain.records import Record
from convenings.domain.slugs import Mint
from convenings.store.batch import Batch
from convenings.store.changes import absent, follow, refused
from convenings.store.decoding import decode
from convenings.store.faults import Fault
from convenings.store.new_faults import new_faults
from convenings.store.referring import Referring
from convenings.store.splice import Lines
from convenings.store.validation import refuse


class Hanging(msgspec.Struct, frozen=True):
    """What hangs on a record."""

    record: Record
    own: list[Belonging]
    """What it says itself."""
    referring: list[tuple[Belonging, Record]]
    """Where others refer to it, each with the record that does."""


def hanging_on(lines: Lines, ref: str, file: str) -> Hanging:
    """What hangs on a record, in the order of the file.

    Args:
        lines: The dataset.
        ref: The id of the record, or one that leads to it.
        file: Name of the dataset, for messages.

    Raises:
        BadInput: There is no such record, or it is of a kind without a name.
    """
    record, document, refs = _subject(lines, ref, file)
    referring = [
        (belonging, decode(kind_of(key), lines.encoded(key) or b"", file=file))
        for key, _, places in _referring(lines, record.id, refs)
        for belonging in places
    ]
    return Hanging(record, list(belongings(document, kind_of(record.id))), referring)


def with_split(batch: Batch, lines: Lines, file: str) -> Batch:
    """A batch with the records that its split adds and changes.

    Raises:
        BadInput: One of the two records is missing, or nothing is to go to the other one.
        BadBatch: Something cannot have its fate; every fault is in it.
    """
    assert batch.split is not None
    added, changed = _Splitting(batch.split, lines, file).run()
    return msgspec.structs.replace(batch, insert=[*batch.insert, *added], update=[*batch.update, *changed])


def split_faults(batch: Batch, lines: Lines, file: str) -> list[Fault]:
    """What the check would say of the records of a split that it does not say of the dataset as it is."""
    return new_faults(lines, [*batch.insert, *batch.update], (), file)


class _Splitting:
    """One split while it is worked out.

    Raises:
        BadInput: One of the two records is missing, or nothing is to go to the other one.
    """

    def __init__(self, split: Split, lines: Lines, file: str) -> None:
        self.split, self.lines, self.file = split, lines, file
        self.record, self.document, self.refs = _subject(lines, split.id, file)
        self.kind = kind_of(self.record.id)
        self.other = self._other()
        self.faults: list[Fault] = []
        self.going: list[Document] = []
        """The evidence of what goes."""
        self.staying: list[Document] = []
        self.passages: list[Document] = []
        """That of what goes which says that it is the record's."""
        self.fates = {self._present(each): fate for each, fate in split.fates.items()}
        if all(fate == "stays" for fate in self.fates.values()):
            hint = "choose what is the other one's: what refers to it, or something that it says"
            raise refused(TABLES[self.kind], self.record.id, "nothing goes to the other record", hint, file)

    def run(self) -> tuple[list[Record], list[Record]]:
        """The records that are added, and those that are changed.

        Raises:
            BadBatch: Something cannot have its fate.
        """
        referring = self._point_elsewhere()
        self._look_for_absent()
        result = parted(
            self.document,
            self.kind,
            {each.path: fate for each, fate in self.fates.items() if each.id == self.record.id},
            self.other,
            is_new=not self.split.to,
            near=self._near,
            passages=self.passages,
        )
        self.faults += [Fault(self.file, TABLES[self.kind], self.record.id, *misfit) for misfit in result.misfits]
        refuse(self.faults)
        own = [result.kept] if result.kept != self.document else []
        if self.split.to:
            own += [result.other] if result.other != self.other else []
        changed: list[Record] = [msgspec.convert(each, KINDS[self.kind]) for each in own]
        added: list[Record] = [] if self.split.to else [msgspec.convert(result.other, KINDS[self.kind])]
        return added, [*changed, *referring]

    def _other(self) -> Document:
        """The document of the record to which something goes; of a new one its id and its name."""
        split, own = self.split, self.record.id
        if split.to:
            ref = follow(split.to, _redirects(self.lines))
            document = self.lines.document(ref)
            if document is None:
                raise absent(split.to, self.file)
            if kind_of(ref) != self.kind or ref == own:
                what, hint = f"nothing of '{own}' can go to '{ref}'", "name another record of its kind"
                raise refused(TABLES[self.kind], ref, what, hint, self.file)
            return document
        name = split.name.strip()
        if not name:
            hint = "say what the other record is called"
            raise refused(TABLES[self.kind], own, "the other record has no name", hint, self.file)
        mint = Mint(lambda ref: ref in self.lines.redirects or self.lines.has(ref))
        return {"id": mint.ref(self.kind, name), "label": name}

    def _present(self, each: Belonging) -> Belonging:
        """Something that belongs to the record, by the id that the record has now."""
        return each._replace(id=self.record.id) if each.id in self.refs else each

    def _near(self, piece: Document) -> Fate:
        """Whether what goes rests on a passage, what stays, or both."""
        if not _meets(piece, self.going):
            return "stays"
        return "both" if _meets(piece, self.staying) else "goes"

    def _point_elsewhere(self) -> list[Record]:
        """The records of which references go to the other one."""
        changed: list[Record] = []
        for key, document, places in _referring(self.lines, self.record.id, self.refs):
            present = self.lines.document(key) or {}
            for each in places:
                fate = self.fates.get(each, "stays")
                pieces = _passages(document, each)
                (self.staying if fate == "stays" else self.going).extend(pieces)
                if fate != "stays":
                    says_so = {each.field, each.path.rpartition(".")[2], EVERY_FIELD}
                    self.passages += [piece for piece in pieces if not says_so.isdisjoint(piece["fields"])]
                if fate == "both" and not can_be_shared(document, each):
                    what = f"the {each.field.replace('_', ' ')} can be one record only"
                    self._refuse(each, what, "let it go to the other one, or stay")
                elif fate != "stays":
                    point_elsewhere(present, each.path, self.refs, self.other["id"], fate)
            if present != document:
                changed.append(msgspec.convert(present, KINDS[kind_of(key)]))
        return changed

    def _look_for_absent(self) -> None:
        """Refuse what is no longer where it is said to be, or never was."""
        ways = {each.path for each in belongings(self.document, self.kind)} | required_fields(self.kind)
        for each, fate in self.fates.items():
            if fate == "stays":
                continue
            if each.id == self.record.id:
                is_there = each.path in ways
            else:
                document = self.lines.document(each.id) or {"id": each.id}
                is_there = bool(kind_of(each.id)) and each in references_to(document, kind_of(each.id), self.refs)
            if not is_there:
                self._refuse(each, f"this is nothing of '{self.record.id}'", "look at the record as it is now")

    def _refuse(self, each: Belonging, what: str, hint: str) -> None:
        self.faults.append(Fault(self.file, TABLES.get(kind_of(each.id), ""), each.id, each.path, what, hint))


def required_fields(kind: str) -> set[str]:
    """The fields that no record of a kind can be without, its name left out: both have them after a split."""
    return {field.name for field in fields_of(kind) if field.is_required and field.name not in ("id", "label")}


def _subject(lines: Lines, ref: str, file: str) -> tuple[Record, Document, set[str]]:
    """A record that can be split, its document, and the ids that lead to it."""
    ends = _redirects(lines)
    own = follow(ref, ends)
    document = lines.document(own)
    if document is None or not kind_of(own):
        raise absent(ref, file)
    if kind_of(own) not in WITH_NAME:
        what, hint = f"a {kind_of(own)} is not split", "split what has a name; add another record beside this one"
        raise refused(TABLES[kind_of(own)], own, what, hint, file)
    record = decode(kind_of(own), lines.encoded(own) or b"", file=file)
    return record, document, {own, *(old for old in ends if follow(old, ends) == own)}


def _referring(lines: Lines, own: str, refs: Iterable[str]) -> Iterator[tuple[str, Document, list[Belonging]]]:
    """Every other record that refers to some ids, with its document and the places where it does, in file order."""
    referring = Referring(lines)
    for key in dict.fromkeys(key for ref in refs for key in referring.to(ref)):
        document = lines.document(key)
        # What is no record cannot be changed here, and the check names it.
        if key == own or document is None or not kind_of(key):
            continue
        if places := list(references_to(document, kind_of(key), set(refs))):
            yield key, document, places


def _passages(document: Document, each: Belonging) -> list[Document]:
    """The evidence of a reference: of an occurrence or a bearing its own, where it has some."""
    part: Any = document
    for step in re.findall(r"\w+", each.path)[:-1]:
        part = part[int(step) if step.isdigit() else step]
    return part.get("evidence") or document.get("evidence") or []


def _meets(piece: Document, others: Iterable[Document]) -> bool:
    """Whether a passage has words in common with one of some passages."""
    place = [piece.get(name) for name in ("source", "paragraph", "pointer")]
    return any(
        [other.get(name) for name in ("source", "paragraph", "pointer")] == place
        and ((piece["start"] < other["end"] and other["start"] < piece["end"]) or piece["end"] == other["end"])
        for other in others
    )


def _redirects(lines: Lines) -> dict[str, str]:
    return {old: redirect.to for old, redirect in lines.redirects.items()}
