"""Who is at an event: attendees, organisers, and the rooms among them (RFC 5545, sections 3.2 and 3.8.4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import get_args
from urllib.parse import unquote

import msgspec

from convenings.domain.record_values import Link, Name
from convenings.domain.records import Organisation, Participation, Person
from convenings.domain.roles import Role
from convenings.interchange.calendars.lines import Component, ContentLine
from convenings.interchange.calendars.pieces import Pieces
from convenings.interchange.calendars.published import is_contact, participants_of, rooms_among, said_of
from convenings.interchange.reading import Reading

_ROLES: dict[str, Role] = {
    "CHAIR": "chair",
    "ORGANIZER": "organiser",
    "REQ-PARTICIPANT": "attendee",
    "OPT-PARTICIPANT": "attendee",
    "NON-PARTICIPANT": "invitee",
    # Types of RFC 9073.
    "ACTIVE": "attendee",
    "INACTIVE": "attendee",
    "SPONSOR": "sponsor",
    "PERFORMER": "performer",
    "SPEAKER": "speaker",
}
_UNSETTLED = frozenset({"NEEDS-ACTION", "DECLINED", "TENTATIVE", "DELEGATED"})
"""States of an invitation of which nobody can say that who has it was there."""
_ROOMS = frozenset({"ROOM", "RESOURCE"})
_MAIL = re.compile(r"(?:mailto:)?[^\s@]+@[^\s@]+", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:universit\w+|institut\w*|foundation|stiftung|fondation|association|verein|society|council|committee|ministry|"
    r"department|agency|gmbh|e\.\s?v\.|inc\.?|ltd\.?|llc|n\.?g\.?o\.?|consortium|federation|user groups?|community|"
    r"team|office|centre|center|company|corporation|library|museum|club)(?!\w)",
    re.IGNORECASE,
)
"""Words that no person is called by."""
_LINES_OF_AGENTS = ("ORGANIZER", "ATTENDEE")
_CONTACT_PARAMETERS = ("SENT-BY", "DELEGATED-TO", "DELEGATED-FROM", "MEMBER")


class Guest(msgspec.Struct, frozen=True):
    """Somebody at an event."""

    agent: str
    """Id of the person or organisation."""
    name: str
    role: Role
    as_stated: str
    """Role and answer in the words of the file."""
    line: ContentLine


class Agents:
    """The people and organisations of a file, each once: known by the address where it is theirs, else by the name."""

    def __init__(self, reading: Reading, pieces: Pieces, components: Iterable[Component]) -> None:
        self._reading = reading
        self._pieces = pieces
        self._names: dict[str, dict[str, None]] = {}
        """Address to the names beside it, the first one first."""
        self._groups: set[str] = set()
        """Addresses of groups, or their names where they have none."""
        self._owners: dict[str, dict[str, int]] = {}
        """Name to the addresses of those who have it, with their number."""
        for component in components:
            for line in _agents_in(component):
                address, name = address_of(line), name_of(line)
                if address and name:
                    self._names.setdefault(address, {})[name] = None
                if line.parameter("CUTYPE").upper() == "GROUP":
                    self._groups.add(address or name)
        # That of an office stands beside everybody's name, and is nobody's own.
        self._offices = {address for address, names in self._names.items() if not _are_of_one(names)}

    def guests(self, component: Component, pointer: str) -> Iterator[Guest]:
        """Who is named at an event; who has no name is left out, and counted."""
        there: set[tuple[str, str]] = set()
        for line in _agents_in(component):
            if line.parameter("CUTYPE").upper() in _ROOMS:
                continue
            address = address_of(line)
            self._count_contacts(line, address)
            name = name_of(line)
            if address in self._offices:
                address = ""
            elif not name:
                name = next(iter(self._names.get(address, ())), "")
            if name:
                role, as_stated = _role(line)
                agent = self._agent(line, address, name, pointer, component)
                if (agent, role) not in there or line.name != "PARTICIPANT":
                    there.add((agent, role))
                    yield Guest(agent, name, role, as_stated, line)
            elif line.name == "PARTICIPANT":
                self._reading.without_home("PARTICIPANT (no name)")
        for part in component.parts:
            if part.name == "PARTICIPANT" and is_contact(part):
                self._reading.leave_out("contact")

    def _count_contacts(self, line: ContentLine, address: str) -> None:
        has_contacts = self._reading.file.with_contacts
        if "@" in address and not has_contacts:
            self._reading.leave_out("e-mail")
        for name in _CONTACT_PARAMETERS:
            if line.parameter(name):
                self._reading.without_home(f"{line.name};{name}")

    def _agent(self, line: ContentLine, address: str, name: str, pointer: str, component: Component) -> str:
        """Id of the record of somebody, made where there is none yet."""
        names = list(self._names[address]) if address else [name]
        label = names[0]
        owners = self._owners.setdefault(label, {})
        # Who has no address here is the first who has the name.
        number = owners.setdefault(address, len(owners) + 1) if address else 1
        is_group = (address or name) in self._groups or _BODY.search(label) is not None
        kind = "organisation" if is_group else "person"
        # The address would tell namesakes apart for good, and has no business in a dataset without contacts.
        ref = self._reading.ref(kind, label if number == 1 else f"{label} ({number})", label)
        if not self._reading.has(ref):
            evidence = self._reading.evidence(self._pieces.of(line, pointer))
            others = [Name(value=other) for other in names[1:]]
            spellings = [Name(value=label, type="name"), *others] if others else []
            wants_link = self._reading.file.with_contacts and "@" in address
            texts, links = said_of(component, line)
            links += [Link(url=f"mailto:{address}", rel="email")] if wants_link else []
            if is_group:
                self._reading.add(
                    Organisation(
                        id=ref, label=label, type="other", names=spellings, links=links, descriptions=texts,
                        evidence=evidence,
                    )
                )  # fmt: skip
            else:
                self._reading.add(
                    Person(
                        id=ref, label=label, names=spellings, links=links, descriptions=texts, evidence=evidence
                    )
                )  # fmt: skip
        return ref

    def take_part(self, event: str, guests: Iterable[Guest], pointer: str, title: str) -> None:
        """Add that they are at an event."""
        for guest in guests:
            key = f"{self._reading.keys[event]} {guest.line.name.lower()} {self._reading.keys[guest.agent]}"
            ref = self._reading.ref("participation", key, f"{title[:30]} {guest.name}")
            self._reading.add(
                Participation(
                    id=ref,
                    event=event,
                    agent=guest.agent,
                    role=guest.role,
                    role_basis="stated",
                    role_as_stated=guest.as_stated,
                    evidence=self._reading.evidence(self._pieces.of(guest.line, pointer)),
                )
            )


def _agents_in(component: Component) -> Iterator[ContentLine]:
    """Organisers, attendees and participants of an event."""
    yield from component.all(*_LINES_OF_AGENTS)
    if component.parts:
        yield from participants_of(component)


def rooms_of(component: Component) -> Iterator[ContentLine]:
    """Rooms among the attendees and resources; those that declined are not where it is."""
    yield from rooms_among(component)
    for line in component.all("ATTENDEE"):
        if line.parameter("CUTYPE").upper() in _ROOMS and line.parameter("PARTSTAT").upper() != "DECLINED":
            yield line


def name_of(line: ContentLine) -> str:
    """The name of somebody as it is written; empty where there is none, or only an address."""
    name = line.parameter("CN")
    if "%" in name and " " not in name:
        name = unquote(name)
    name = " ".join(name.split())
    if len(name) > 1 and name[0] == name[-1] and name[0] in "\"'":
        name = name[1:-1].strip()
    return "" if _MAIL.fullmatch(name) else name


def _are_of_one(names: Iterable[str]) -> bool:
    """Whether names may all be one person's: each has a word in common with the first."""
    words = [{word for word in re.findall(r"\w+", name.casefold()) if len(word) > 1} for name in names]
    return all(words[0] & others or words[0] == others for others in words[1:])


def address_of(line: ContentLine) -> str:
    """The e-mail address in small letters, else whatever tells somebody apart; empty where it tells nothing."""
    address = line.value.strip()
    if address[:7].casefold() == "mailto:":
        address = address[7:]
    address = address.casefold()
    is_nothing = address in ("", "none", "noreply", "unknown") or "nomail" in address or address.startswith("invalid:")
    return "" if is_nothing else address


def _role(line: ContentLine) -> tuple[Role, str]:
    """Role of ours, and the words of the file for it."""
    if line.name == "ORGANIZER":
        return "organiser", "ORGANIZER"
    word, answer = line.parameter("ROLE").upper(), line.parameter("PARTSTAT").upper()
    plain_word = word.removeprefix("X-").replace("-", " ").lower()
    role: Role = _ROLES.get(word) or (plain_word if plain_word in get_args(Role) else "attendee")  # type: ignore[assignment]
    if answer in _UNSETTLED and role in ("attendee", "chair", "speaker", "performer"):
        role = "invitee"
    if answer == "ORGANIZER":
        role = "organiser"
    return role, ", ".join(filter(None, (word, answer if answer != "ACCEPTED" else "")))
