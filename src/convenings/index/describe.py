"""What the row of a record says beside its label, and the words it is found by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from convenings.domain.dates import human
from convenings.domain.labels import NOT_STATED
from convenings.domain.names import aliases, initials
from convenings.domain.records import (
    Event,
    Gap,
    Initiative,
    Labelled,
    Membership,
    Organisation,
    Participation,
    Person,
    Place,
    Question,
    Record,
    Relation,
    Source,
    Statement,
    Topic,
    kind_of,
)
from convenings.domain.roles import ROLES
from convenings.domain.text import fold, plain
from convenings.index.ties import lineage

SEARCHED_BY_NAME = frozenset({"event", "person", "organisation", "question", "initiative", "topic", "place"})
"""Kinds with a name of their own to be found by; the others are found by their text."""

LONGEST_NAME = 400
"""Code points of a name that its other forms are made from; what is longer is no name."""


def when(date: str | None, basis: str | None = None, *, short: bool = False) -> str:
    """An EDTF date in words, with ``(inferred)`` where that is its basis; ``undated`` where there is none."""
    return human(date, basis, short=short) if date else "undated"


BY = {"runs": "run by", "initiated": "initiated by", "co-organises": "co-organised by"}
"""Relation to how its object speaks of its subject."""


class Found(NamedTuple):
    """What a record is found by, folded."""

    label: str
    alias: str
    extra: str
    body: str


class Describer:
    """Describes records by looking at what points at them."""

    def __init__(self, records: Mapping[str, Record], labels: Mapping[str, str]) -> None:
        self._records = records
        self._labels = labels
        self._part: dict[str, list[Participation]] = defaultdict(list)
        self._members: dict[str, list[Membership]] = defaultdict(list)
        self._statements: dict[str, int] = defaultdict(int)
        self._runs: dict[str, str] = {}
        self._mentioned: set[str] = set()
        parents = {r.id: r.super_event for r in records.values() if isinstance(r, Event) and r.super_event}
        self.days: dict[str, list[str]] = defaultdict(list)
        """Id to the dates of the events it took part in or was raised at."""
        for record in records.values():
            match record:
                case Participation():
                    for party in filter(None, (record.agent, *record.on_behalf_of)):
                        self._part[party].append(record)
                        self._day(party, record.event, parents)
                    self._day(record.id, record.event, parents)
                case Membership():
                    self._members[record.person].append(record)
                case Statement():
                    for theme in record.themes:
                        self._statements[theme] += 1
                    self._mentioned.update(record.mentions)
                    if record.event:
                        self._day(record.id, record.event, parents)
                case Question():
                    for occurrence in record.occurrences:
                        self._day(record.id, occurrence.event, parents)
                case Relation() if record.type in BY:
                    self._runs.setdefault(record.object, f"{BY[record.type]} {labels.get(record.subject, '')}")

    def _day(self, ref: str, event: str, parents: Mapping[str, str]) -> None:
        for whole in lineage(parents, event):
            found = self._records.get(whole)
            if isinstance(found, Event) and found.date:
                self.days[ref].append(found.date)
                return

    def name(self, ref: str | None) -> str:
        """Label of a record by id; the id where it is unknown."""
        return self._labels.get(ref or "", ref or "")

    def names(self, refs: list[str]) -> str:
        """Labels of several, joined."""
        return ", ".join(self.name(ref) for ref in refs)

    def roles(self, ref: str) -> list[str]:
        """Roles of a record's participations (of an organisation, its people's too), in the order of the list."""
        found = {p.role for p in self._part[ref]}
        return [role for role in ROLES if role in found]

    def side(self, record: Record) -> str:
        """What stands at the right of the row."""
        match record:
            case Person():
                return ", ".join(self.roles(record.id)) or "mentioned"
            case Organisation():
                return ", ".join(self.roles(record.id)) or (
                    "mentioned" if record.id in self._mentioned else record.type
                )
            case Participation():
                return record.role
            case Question():
                number = self._statements[record.id]
                return f"{number or 'no'} statement{'s' if number != 1 else ''}"
            case Event() | Place() | Initiative() | Topic() | Statement() | Gap() | Source():
                return record.type
            case Membership():
                return record.title
            case Relation():
                return record.type
        return ""

    def context(self, record: Record) -> str:
        """What tells a record from its namesakes."""
        match record:
            case Event():
                whole = f", part of {self.name(record.super_event)}" if record.super_event else ""
                return (
                    f"{record.type}, {when(record.date, record.date_basis)}{whole}"
                    if record.date
                    else f"{record.type}{whole or ', undated'}"
                )
            case Person():
                found = [ref for p in self._part[record.id] for ref in p.on_behalf_of]
                found = found or [m.organisation for m in self._members[record.id]]
                return self.names(list(dict.fromkeys(found))[:2]) or NOT_STATED
            case Organisation():
                parent = f", unit of {self.name(record.parent)}" if record.parent else ""
                unnamed = ", unnamed" if record.unnamed else ""
                return f"{record.type}{unnamed}{parent}"
            case Participation():
                return f"{self.names(record.on_behalf_of) or NOT_STATED}, at {self.name(record.event)}"
            case Question():
                return "; ".join(f"{o.act} at {self.name(o.event)}" for o in record.occurrences)
            case Place() if record.parent:
                return f"{record.type} in {self.name(record.parent)}"
            case Initiative():
                return f"{record.type}, {self._runs[record.id]}" if record.id in self._runs else record.type
            case Statement():
                who = self.name(record.agent) if record.agent else record.unnamed or "the report"
                return f"{who}, {self.name(record.event)}" if record.event else who
            case Gap():
                return self.names(record.about[:2])
            case Source():
                return when(record.published, record.published_basis)
            case Membership():
                return when(record.last_attested, record.attested_basis)
            case Relation():
                return kind_of(record.object)
            case Topic():
                return record.type
        return ""

    def found_by(self, record: Record) -> Found:
        """Folded words of a record, by how much they say: its name, other names, roles and kinds, and its text."""
        label = plain(self._labels[record.id])
        if kind_of(record.id) not in SEARCHED_BY_NAME:
            return Found("", "", "", fold(" ".join((label, *_texts(record)))))
        name = label[:LONGEST_NAME]
        others = [n.value[:LONGEST_NAME] for n in getattr(record, "names", ())]
        forms: list[str] = [fold(other) for other in others]
        short: list[str] = []
        if isinstance(record, Person):
            family, given = record.family[:LONGEST_NAME], record.given[:LONGEST_NAME]
            forms += aliases(name, family, given, others)
            short = initials(name, family, given)
        elif isinstance(record, (Organisation, Initiative, Event)):
            forms += [fold("".join(other.split())) for other in (name, *others) if "-" in other]
            short = [i for other in (name, *others) for i in initials(other)]
        extra = " ".join((*short, self.side(record), *_kinds(record)))
        return Found(fold(label), "\n".join(dict.fromkeys(forms)), fold(extra), fold(" ".join(_texts(record))))

    def facets(self, record: Record) -> Iterator[tuple[str, str]]:
        """Exact ``key:value`` pairs that filters ask for."""
        kind = kind_of(record.id)
        yield "kind", kind
        if (type_ := getattr(record, "type", None)) is not None:
            yield "type", type_
        roles = [record.role] if isinstance(record, Participation) else self.roles(record.id)
        for role in roles:
            yield "role", role
        bases = {e.basis for e in record.evidence}
        bases |= {
            o for f in ("date_basis", "role_basis", "parent_basis", "attested_basis") if (o := getattr(record, f, None))
        }
        for basis in bases:
            yield "basis", basis
        if getattr(record, "unnamed", None):
            yield "is", "unnamed"
        if isinstance(record, Gap):
            yield "is", "gap"


def _kinds(record: Record) -> Iterator[str]:
    yield kind_of(record.id)
    if type_ := getattr(record, "type", ""):
        yield type_


def _texts(record: Record) -> Iterator[str]:
    """The prose of a record."""
    match record:
        case Question():
            yield record.text
        case Event() | Organisation() | Initiative():
            yield record.summary
        case Gap():
            yield record.detail
        case Source():
            yield record.title
        case Participation():
            yield record.title_as_stated
    if isinstance(record, Labelled):
        for name in getattr(record, "names", ()):
            yield name.value
