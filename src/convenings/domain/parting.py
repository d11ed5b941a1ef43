"""One record that is two: what of it, and of what refers to it, goes to the other one, and which evidence follows.

The counterpart of :mod:`~convenings.domain.combining`. Nothing is invented: the other record gets what somebody says
that it gets, what no record of its kind can be without, and the evidence of all that.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import msgspec

from convenings.domain.basis import EVERY_FIELD
from convenings.domain.combining import GROUPS
from convenings.domain.fields import Field, fields_of
from convenings.domain.kinds import (
    BEARING_REFERENCES,
    DESCRIPTION_REFERENCES,
    OCCURRENCE_REFERENCES,
    REFERENCES,
    References,
)
from convenings.domain.records import UNSUPPORTED_FIELDS

Document = dict[str, Any]

Fate = Literal["stays", "goes", "both"]
"""What becomes of something that belongs to a record which is split: ``both`` have it from then on."""


class Belonging(NamedTuple):
    """Something that belongs to a record: what it says itself, or where another one refers to it."""

    id: str
    """The record in which it stands."""
    path: str
    """The field and the way to it, items counted from 0: ``honorific``, ``names[1]``, ``occurrences[0].agents``."""

    @property
    def field(self) -> str:
        """The field of the record in which it stands."""
        return re.split(r"[.\[]", self.path, maxsplit=1)[0]


class Split(msgspec.Struct, frozen=True, kw_only=True):
    """A record that is two, and what of it is the other one's."""

    id: str
    """Of the record that keeps all else."""
    fates: Mapping[Belonging, Fate]
    """What does not only stay; of evidence that is not in it, what supports something that goes follows it."""
    name: str = ""
    """Of the other record, where it is a new one."""
    to: str = ""
    """Id of the other record, where there is one already."""


class Misfit(NamedTuple):
    """Why something cannot have its fate."""

    path: str
    what: str
    hint: str


class Parted(NamedTuple):
    """The two records that one came to."""

    kept: Document
    other: Document
    misfits: Sequence[Misfit]


_HOLDERS: Mapping[str, References] = {
    "occurrences": OCCURRENCE_REFERENCES,
    "questions": BEARING_REFERENCES,
    "descriptions": DESCRIPTION_REFERENCES,
}
"""Field that holds parts to the fields of these that hold ids."""


def belongings(document: Document, kind: str) -> Iterator[Belonging]:
    """What a record says itself and another one could say instead, evidence at the end; its name is not among it.

    Fields that are understood together only, as a date with its basis, are one.
    """
    ref = document["id"]
    for field in fields_of(kind):
        if field.name in ("id", "label", "evidence") or field.is_required or not _is_set(document.get(field.name)):
            continue
        if field.is_list:
            yield from (Belonging(ref, f"{field.name}[{at}]") for at in range(len(document[field.name])))
        elif field.name == _first_of(document, field.name):
            yield Belonging(ref, field.name)
    yield from (Belonging(ref, f"evidence[{at}]") for at in range(len(document.get("evidence", ()))))


def references_to(document: Document, kind: str, refs: Collection[str]) -> Iterator[Belonging]:
    """Where a document refers to any of some ids; its evidence is not looked at."""
    for field in REFERENCES[kind]:
        if field not in _HOLDERS and _refers(document.get(field), refs):
            yield Belonging(document["id"], field)
    for holder, fields in _HOLDERS.items():
        parts = document.get(holder, ())
        for at, part in enumerate(parts):
            for field in fields if isinstance(part, dict) else ():
                if _refers(part.get(field), refs):
                    yield Belonging(document["id"], f"{holder}[{at}].{field}")


def can_be_shared(document: Document, belonging: Belonging) -> bool:
    """Whether a reference can be one to both records: as in a list of ids, or what a statement bears on."""
    holder, name = _holder(document, belonging.path)
    return isinstance(holder.get(name), list) or belonging.field == "questions"


def point_elsewhere(document: Document, path: str, refs: Collection[str], other: str, fate: Fate) -> None:
    """Let a reference to any of some ids be one to the other record, or one to both."""
    holder, name = _holder(document, path)
    value = holder[name]
    if isinstance(value, list):
        instead = {ref: [ref, other] if fate == "both" else [other] for ref in refs}
        holder[name] = list(dict.fromkeys(each for ref in value for each in instead.get(ref, [ref])))
    elif fate == "both" and path.startswith("questions"):
        document["questions"].append(copy.deepcopy(holder) | {name: other})
    else:
        holder[name] = other


def parted(
    document: Document,
    kind: str,
    fates: Mapping[str, Fate],
    other: Document,
    *,
    is_new: bool,
    near: Callable[[Document], Fate] = lambda piece: "stays",
    passages: Sequence[Document] = (),
) -> Parted:
    """Two records of one.

    Args:
        document: The record that is split.
        kind: Of both.
        fates: Way to what belongs to it, as :func:`belongings` gives it, to what becomes of that.
        other: The other record; of a new one its id and its label.
        is_new: Whether that is a new one, which gets what no record of its kind can be without.
        near: Says of a piece of evidence whether what goes rests on its passage, what stays, or both; it stays where
            nothing does.
        passages: Evidence of what goes there that says so, for a new record that has none otherwise.
    """
    return _Parting(document, kind, fates, other, is_new=is_new).run(near, passages)


class _Parting:
    """One split while it is made."""

    def __init__(
        self, document: Document, kind: str, fates: Mapping[str, Fate], other: Document, *, is_new: bool
    ) -> None:
        self.document = document
        self.kept: Document = copy.deepcopy(document)
        self.other: Document = copy.deepcopy(other)
        self.fields = {field.name: field for field in fields_of(kind)}
        self.fates = dict(fates)
        self.is_new = is_new
        self.misfits: list[Misfit] = []
        self.gained: dict[str, None] = {}
        """Fields in which the other record says what this one did."""
        self.is_called_by_spelling = False

    def run(self, near: Callable[[Document], Fate], passages: Sequence[Document]) -> Parted:
        """Part fields, items of lists and, by what these need, evidence."""
        for at, name in enumerate(self.document.get("names", ())):
            if name["value"] == self.other["label"] and self.is_new:
                # A spelling that the new record is called by is its own.
                self.is_called_by_spelling = self.fates.setdefault(f"names[{at}]", "goes") != "stays"
        for name, field in self.fields.items():
            if not _is_set(self.document.get(name)) or name in ("id", "label", "evidence"):
                continue
            if field.is_required:
                self._share_required(field)
            elif field.is_list:
                self._part_list(name)
            elif name in self.fates and self.fates[name] != "stays":
                self._part_field(name)
        self._part_evidence(near)
        if self.is_new and not self.other["evidence"] and passages:
            # Where a source says that it was it who did something, it says that there is such a one.
            self.other["evidence"] = [passages[0] | {"fields": ["label"]}]
        return Parted(_pruned(self.kept), _pruned(self.other), self.misfits)

    def _share_required(self, field: Field) -> None:
        """Give a new record what none of its kind can be without."""
        name = field.name
        if self.fates.get(name) == "goes":
            what = f"neither of the two can be without the {field.words}"
            self.misfits.append(Misfit(name, what, "let both have it, and change it afterwards"))
        if self.is_new:
            self.other[name] = copy.deepcopy(self.document[name])
            self.gained[name] = None

    def _part_field(self, name: str) -> None:
        group = [each for each in _group(name) if _is_set(self.document.get(each))]
        for each in group:
            value, present = self.document[each], self.other.get(each)
            if _is_set(present) and present != value:
                words = each.replace("_", " ")
                what = f"the other record has another {words}: {present}"
                self.misfits.append(Misfit(name, what, "let it stay, or change the other record first"))
                return
        for each in group:
            self.other[each] = copy.deepcopy(self.document[each])
            self.gained[each] = None
            if self.fates[name] == "goes":
                self.kept.pop(each, None)

    def _part_list(self, name: str) -> None:
        items = self.document[name]
        fates = [self.fates.get(f"{name}[{at}]", "stays") for at in range(len(items))]
        self.kept[name] = [copy.deepcopy(item) for item, fate in zip(items, fates, strict=True) if fate != "goes"]
        going = [copy.deepcopy(item) for item, fate in zip(items, fates, strict=True) if fate != "stays"]
        if name == "names":
            going = [item for item in going if not self._has_name(item)]
        present = self.other.get(name, [])
        added = [item for item in going if item not in present]
        if added:
            self.other[name] = [*present, *added]
            self.gained[name] = None

    def _has_name(self, item: Document) -> bool:
        """Whether the other record is called so already, and nothing is said of the spelling besides."""
        values = {name["value"] for name in self.other.get("names", ())}
        is_label = item["value"] == self.other["label"]
        return item["value"] in values or (is_label and not {"language", "script", "order", "basis"} & item.keys())

    # Evidence

    def _part_evidence(self, near: Callable[[Document], Fate]) -> None:
        pieces: list[Document] = self.document.get("evidence", [])
        chosen = [self.fates.get(f"evidence[{at}]") for at in range(len(pieces))]
        fates = [fate or self._fate_of(piece, near(piece)) for fate, piece in zip(chosen, pieces, strict=True)]
        if pieces and all(fate == "goes" for fate in fates):
            # What follows by itself does not leave a record without any.
            fates = [fate or "both" for fate in chosen]
        parts = list(zip(pieces, fates, strict=True))
        self.kept["evidence"] = [self._still_supporting(piece) for piece, fate in parts if fate != "goes"]
        evidence: list[Document] = self.other.get("evidence", [])
        for piece, fate in parts:
            if fate == "stays":
                continue
            fields = (
                [EVERY_FIELD] if self.is_new and EVERY_FIELD in piece["fields"] else self._needed(piece) or ["label"]
            )
            same = next((each for each in evidence if each | {"fields": []} == piece | {"fields": []}), None)
            if same is None:
                evidence.append(piece | {"fields": fields})
            else:
                same["fields"] = list(dict.fromkeys([*same["fields"], *fields]))
        self.other["evidence"] = evidence

    def _fate_of(self, piece: Document, near: Fate) -> Fate:
        """What becomes of evidence of which nobody says anything: it goes where it is needed, and stays where it is."""
        if near == "stays" and not self._needed(piece):
            return "stays"
        fields = [field for field in self._supported(piece) if field != "label" or near == "stays"]
        return "both" if near == "both" or any(_is_set(self.kept.get(field)) for field in fields) else "goes"

    def _supported(self, piece: Document) -> list[str]:
        """The fields of the record that evidence supports."""
        if EVERY_FIELD not in piece["fields"]:
            return list(piece["fields"])
        return [name for name in self.document if name not in UNSUPPORTED_FIELDS and not name.endswith("_basis")]

    def _needed(self, piece: Document) -> list[str]:
        """The fields of the other record that evidence supports."""
        supported = self._supported(piece)
        fields = [field for field in supported if field in self.gained]
        is_of_name = self.is_called_by_spelling and "names" in supported and "names" not in fields
        return [*fields, "label"] if is_of_name else fields

    def _still_supporting(self, piece: Document) -> Document:
        """Evidence of the record that is split, for what that still says."""
        if EVERY_FIELD in piece["fields"]:
            return piece
        fields = [field for field in piece["fields"] if _is_set(self.kept.get(field))]
        return piece | {"fields": fields or ["label"]}


def _group(name: str) -> tuple[str, ...]:
    return next((group for group in GROUPS if name in group), (name,))


def _first_of(document: Document, name: str) -> str:
    """The first field that is set of those that are understood together with one."""
    return next(each for each in _group(name) if _is_set(document.get(each)))


def _refers(value: Any, refs: Collection[str]) -> bool:
    return any(ref in refs for ref in value) if isinstance(value, list) else value in refs


def _holder(document: Document, path: str) -> tuple[Document, str]:
    """The document, or the part of one, in which a way ends, and the field in that."""
    *way, name = re.findall(r"\w+", path)
    holder: Any = document
    for step in way:
        holder = holder[int(step) if step.isdigit() else step]
    return holder, name


def _is_set(value: Any) -> bool:
    return value not in (None, "", [])


def _pruned(document: Document) -> Document:
    return {name: value for name, value in document.items() if _is_set(value)}
