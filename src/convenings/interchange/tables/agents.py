"""The people, bodies, places and topics of a file, each once, gathered from all the rows that name them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

import msgspec

from convenings.domain.record_values import Description, Identifier, Link, Name, PlaceType, TopicType
from convenings.domain.records import Organisation, Person, Place, Topic
from convenings.domain.text import fold
from convenings.interchange.reading import Piece, Reading
from convenings.interchange.tables.bodies import (
    has_form_of_person,
    honorific_of,
    is_given_name,
    is_surely_body,
    organisation_type,
)
from convenings.interchange.tables.party import Party
from convenings.interchange.tables.vocabulary import words

AgentKind = Literal["person", "organisation"]
REGISTER = "eu-transparency-register"
_ONLINE = frozenset(
    [
        "online",
        "virtual",
        "zoom",
        "teams",
        "webex",
        "skype",
        "videoconference",
        "webinar",
        "remote",
        "digital",
        "virtuell",
        "visio",
        "virtuel",
        "telematico",
        "telematica",
        "telefonisch",
        "zoomkonferenz",
        "telephone",
        "phone",
        "jitsi",
    ]
)
_ONLINE_PHRASES = (
    "video conference",
    "videokonferenz",
    "telefonkonferenz",
    "visioconference",
    "videoconferencia",
    "videollamada",
    "conference call",
    "video call",
    "phone call",
    "en ligne",
    "en linea",
    "google meet",
    "by phone",
)


class Draft(msgspec.Struct):
    """A person or body as far as the rows read say."""

    kind: AgentKind
    label: str
    piece: Piece
    """Of the row that names it first."""
    names: dict[str, Name]
    identifiers: dict[tuple[str, str], Identifier]
    links: dict[str, Link]
    descriptions: list[Description]
    family: str = ""
    given: str = ""
    honorific: str = ""
    type_as_stated: str = ""
    place: str | None = None
    parent: str | None = None


class Agents:
    """What has a name in a file and is no event.

    Args:
        reading: To which the records go.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._drafts: dict[str, Draft] = {}
        self._kinds: dict[str, AgentKind] = {}
        self._owners: dict[tuple[str, str], Draft] = {}
        self._listed: dict[tuple[AgentKind, str], str] = {}
        """Kind and name of those of the lists to their ids; empty where several of a list are called so."""
        self._rows: dict[str, str] = {}
        """Row of a list to the id of who it is about."""
        self.doubtful: dict[str, dict[str, AgentKind]] = {}
        """Column to names of which no rule was sure, and what each was taken for."""

    def of(self, party: Party, default: AgentKind, column: str, piece: Piece) -> str:
        """Id of the person or body that a cell names.

        Args:
            party: As the cell has it.
            default: What it is where nothing says so.
            column: Where it stands.
            piece: Row in which it stands.
        """
        if (ref := self._rows.get(party.row, "")) and party.row:
            return ref
        kind = self._kind(party, default, column)
        key = f"{REGISTER}={party.register}" if party.register and kind == "organisation" else party.name
        ref = self.draft(kind, key, party.name, piece)
        if party.abbreviation or party.register or party.family or party.mail or party.name != self._drafts[ref].label:
            self._lend(self._drafts[ref], party)
        return ref

    def _kind(self, party: Party, default: AgentKind, column: str) -> AgentKind:
        if party.kind == "organisation" or (party.kind == "person" and not is_surely_body(party.name)):
            self._kinds.setdefault(party.name, party.kind)
            return party.kind
        if party.kind == "person":
            return "organisation"
        kind = self._kinds.get(party.name)
        if kind is None:
            words = party.name.split()
            looks = has_form_of_person(party.name) and (is_given_name(words[0]) or default == "person")
            kind = "person" if looks or (default == "person" and len(words) == 1) else "organisation"
            self._kinds[party.name] = kind
            self.doubtful.setdefault(column, {})[party.name] = kind
        return kind

    def _lend(self, draft: Draft, party: Party) -> None:
        """What another mention of somebody adds."""
        if party.name != draft.label:
            draft.names.setdefault(party.name, Name(value=party.name))
        if party.abbreviation:
            draft.names.setdefault(party.abbreviation, Name(value=party.abbreviation, type="abbreviation"))
        if party.register:
            self.identify(draft, REGISTER, party.register, REGISTER)
        draft.family, draft.given = draft.family or party.family, draft.given or party.given
        if party.mail and self._reading.file.with_contacts:
            draft.links.setdefault(party.mail, Link(url=f"mailto:{party.mail}", rel="e-mail"))

    def identify(self, draft: Draft, scheme: str, value: str, column: str) -> None:
        """Give somebody an identifier, unless somebody else has it; one of two who share it cannot be told by it."""
        owner = self._owners.setdefault((scheme, value), draft)
        if owner is draft:
            draft.identifiers.setdefault((scheme, value), Identifier(scheme=scheme, value=value))
        else:
            self._reading.without_home(column)

    def draft(self, kind: AgentKind, key: str, label: str, piece: Piece) -> str:
        """Id of a person or body by its key, which is taken down where it is new; by its name that of a list."""
        ref = self._listed.get((kind, label), "") if key == label else ""
        ref = ref or self._reading.ref(kind, key, label)
        if ref not in self._drafts:
            draft = Draft(kind, label, piece, {}, {}, {}, [])
            if kind == "person":
                draft.honorific = honorific_of(label)
            self._drafts[ref] = draft
        return ref

    def listed(self, kind: AgentKind, key: str, name: str, piece: Piece, row: str = "") -> str:
        """Id of a person or body of a list, which is meant wherever the file has its name alone, or means the row."""
        ref = self._reading.ref(kind, key, name)
        self._rows[row] = ref
        if self._listed.setdefault((kind, name), ref) not in (ref, ""):
            self._reading.remark(
                f"{name}: several in the list are called so; who has no more than the name is none of them"
            )
            self._listed[kind, name] = ""
        self._kinds.setdefault(name, kind)
        return self.draft(kind, key, name, piece)

    def row(self, row: str) -> str:
        """Id of who a row of a list is about, as table and index; empty where there is none."""
        return self._rows.get(row, "")

    def __getitem__(self, ref: str) -> Draft:
        return self._drafts[ref]

    def label(self, ref: str) -> str:
        """What a person or body is called."""
        return self._drafts[ref].label

    def place(self, kind: PlaceType, name: str, parent: str | None, piece: Piece, **fields: object) -> str:
        """Id of a place within another.

        Args:
            kind: What it is; a venue that is a way to meet from afar is ``online``.
            name: As stated.
            parent: Id of that in which it is.
            piece: Row in which it stands.
            fields: Further fields of the record.
        """
        kind = "online" if kind in ("venue", "room") and is_online(name) else kind
        ref = self._reading.ref("place", f"{kind} {name}" + (f" in {parent}" if parent else ""), name)
        if not self._reading.has(ref):
            evidence = self._reading.evidence(piece)
            place = Place(id=ref, evidence=evidence, label=name, type=kind, parent=parent)
            if parent is not None:
                place = msgspec.structs.replace(place, parent_basis="stated")
            self._reading.add(msgspec.structs.replace(place, **fields) if fields else place)
        return ref

    def topic(self, kind: TopicType, name: str, piece: Piece) -> str:
        """Id of a track, or of what something is about."""
        ref = self._reading.ref("topic", f"{kind} {name}", name)
        if not self._reading.has(ref):
            self._reading.add(Topic(id=ref, evidence=self._reading.evidence(piece), label=name, type=kind))
        return ref

    def finish(self) -> None:
        """Add the records of everybody who was named, which is the last that is done with a file."""
        for ref, draft in self._drafts.items():
            evidence = self._reading.evidence(draft.piece)
            names, identifiers, links = (
                list(draft.names.values()),
                list(draft.identifiers.values()),
                list(draft.links.values()),
            )
            if draft.kind == "person":
                self._reading.add(
                    Person(
                        id=ref, evidence=evidence, identifiers=identifiers, links=links, label=draft.label,
                        descriptions=draft.descriptions, family=draft.family, given=draft.given, names=names,
                        honorific=draft.honorific,
                    )
                )  # fmt: skip
            else:
                self._reading.add(
                    Organisation(
                        id=ref, evidence=evidence, identifiers=identifiers, links=links, label=draft.label,
                        descriptions=draft.descriptions,
                        type=organisation_type(f"{draft.type_as_stated} {draft.label}".strip()),
                        names=names, parent=draft.parent, parent_basis="stated" if draft.parent else None,
                        place=draft.place,
                    )
                )  # fmt: skip
            self._reading.hand_over()


def is_online(name: str) -> bool:
    """Whether a place is a way to meet from afar."""
    folded = fold(name)
    return any(word in _ONLINE for word in folded.split()[:3]) or any(phrase in folded for phrase in _ONLINE_PHRASES)


_BARE_HOST = re.compile(r"(?:[\w-]+\.)+([^\W\d_]{2,})(?:/\S*)?")
_FILE_ENDINGS = words(
    "csv doc docx gif htm html ics jpeg jpg json key mov odp ods odt pdf php png ppt pptx svg txt webp xls xlsx xml zip"
)
"""What stands after the last full stop of the name of a file, and not of a host."""
_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


@lru_cache(maxsize=65536)
def links_of(cell: str, rel: str) -> tuple[Link, ...]:
    """The addresses of pages in a cell; none where it has other text, too."""
    urls = [url.rstrip(".,;)]'") for url in _URL.findall(cell)]
    rest = re.sub(r"[\s;,|\[\]\"']+", "", _URL.sub("", cell))
    if not urls and (match := _BARE_HOST.fullmatch(cell.strip())) and match[1].casefold() not in _FILE_ENDINGS:
        urls = [f"https://{cell.strip()}"]
        rest = ""
    return tuple(Link(url=url, rel=rel) for url in dict.fromkeys(urls)) if not rest else ()


@lru_cache(maxsize=1024)
def rel_of(column: str) -> str:
    """What the pages in a column are to their row, by its name."""
    return re.sub(r"[\s_.-]*(url|link|href)$", "", column, flags=re.IGNORECASE) or "page"
