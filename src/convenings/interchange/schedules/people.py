"""The persons of a schedule: each id once, with every spelling, biography and link that its sessions give."""

from __future__ import annotations

import msgspec

from convenings.domain.links import is_link
from convenings.domain.record_values import Description, Identifier, Link, Name
from convenings.domain.records import Person
from convenings.interchange.reading import Piece, Reading
from convenings.interchange.schedules.links import FIELDS as LINK_FIELDS
from convenings.interchange.schedules.links import LISTS as LINK_LISTS
from convenings.interchange.schedules.links import Links
from convenings.interchange.schedules.systems import System, identifiers_of
from convenings.interchange.schedules.tree import Fields, is_fields, items_of, prose_of, text_of

NAME_FIELDS = ("public_name", "name", "full_public_name", "display_name", "full_name", "text", "title")
BIOGRAPHY_FIELDS = ("biography", "bio", "description", "abstract")
ID_FIELDS = ("guid", "code", "id")
"""The surest first."""
ROLE_FIELDS = ("role", "event_role", "role_name")
_CONTACTS = {"email": "e-mail", "e-mail": "e-mail", "mail": "e-mail", "phone": "telephone", "telephone": "telephone",
             "address": "home address", "birthday": "birth", "gender": "gender", "pronouns": "gender"}  # fmt: skip
_HOMES = {*NAME_FIELDS, *BIOGRAPHY_FIELDS, *ID_FIELDS, *ROLE_FIELDS, *LINK_FIELDS, *LINK_LISTS, *_CONTACTS,
          "submissions", "type", "language"}  # fmt: skip


class _Entry(msgspec.Struct):
    """What has been read of a person so far."""

    ref: str
    name: str
    spellings: dict[str, Name]
    identifiers: dict[tuple[str, str], Identifier]
    biographies: dict[str, Description]
    links: dict[str, Link]
    pieces: list[Piece]


class People:
    """Every person of a schedule.

    Args:
        reading: where they go.
        system: whose ids the file has.
        links: what makes their links.
    """

    def __init__(self, reading: Reading, system: System, links: Links) -> None:
        self._reading = reading
        self._links = links
        self._entries: dict[str, _Entry] = {}
        self._by_code: dict[str, str] = {}
        self._schemes = {field: system.of_people(field) for field in ID_FIELDS}
        self._counted: set[str] = set()

    def ref(self, value: object, piece: Piece) -> tuple[str, str]:
        """Id and name of a person; both empty where the field names nobody.

        Args:
            value: their name, or fields of them.
            piece: where they are named.
        """
        fields: Fields = value if is_fields(value) else {"text": value}
        name = next((text for key in NAME_FIELDS if (text := text_of(fields.get(key)))), "")
        values = {field: text_of(fields.get(field)) for field in ID_FIELDS if fields.get(field) is not None}
        if not name:
            # Some files name a speaker of a list elsewhere by code alone.
            code = values.get("code") or (text_of(value) if not is_fields(value) else "")
            name = self._by_code.get(code, "")
        elif not is_fields(value) and name in self._by_code:
            values = {"code": name}
            name = self._by_code[name]
        if not name:
            return "", ""
        identifiers = identifiers_of(self._schemes, values)
        own = next(((field, value) for field, value in values.items() if value), None)
        if identifiers:
            key = f"{identifiers[0].scheme}={identifiers[0].value}"
        else:
            key = f"person {own[0]} {own[1]}" if own else f"person {name}"
        entry = self._entries.get(key)
        if entry is None:
            ref = self._reading.ref("person", key, name)
            entry = self._entries[key] = _Entry(ref, name, {}, {}, {}, {}, [piece])
            if "code" in values:
                self._by_code.setdefault(values["code"], name)
        elif name != entry.name and name not in entry.spellings:
            entry.spellings[name] = Name(value=name)
            entry.pieces.append(piece)
        for identifier in identifiers:
            entry.identifiers.setdefault((identifier.scheme, identifier.value), identifier)
        if len(fields) > 2:
            self._details(entry, fields, piece)
        return entry.ref, name

    def _details(self, entry: _Entry, fields: Fields, piece: Piece) -> None:
        """What a person's fields say beyond name and id."""
        before = len(entry.biographies) + len(entry.links)
        for field in BIOGRAPHY_FIELDS:
            if (text := prose_of(fields.get(field))) and text not in entry.biographies:
                entry.biographies[text] = Description(text=text, title="biography", format="markdown")
        for link in self._links.of(fields):
            entry.links.setdefault(link.url, link)
        if before != len(entry.biographies) + len(entry.links) and piece not in entry.pieces:
            entry.pieces.append(piece)
        if entry.ref in self._counted:
            return
        self._counted.add(entry.ref)
        for field, value in fields.items():
            if (contact := _CONTACTS.get(field)) and items_of(value):
                self._contact(entry, contact, text_of(value))
            elif field not in _HOMES and items_of(value):
                self._reading.without_home(f"person/{field}", len(items_of(value)))

    def _contact(self, entry: _Entry, contact: str, text: str) -> None:
        url = {"e-mail": "mailto:", "telephone": "tel:"}.get(contact, "") + text.replace(" ", "")
        if not self._reading.file.with_contacts:
            self._reading.leave_out(contact)
        elif is_link(url):
            entry.links[url] = Link(url=url, rel=contact)
        else:
            self._reading.without_home(f"person/{contact}")

    def add_all(self) -> None:
        """Add a record of each to the reading."""
        by_name: dict[str, list[_Entry]] = {}
        for entry in self._entries.values():
            by_name.setdefault(entry.name.casefold(), []).append(entry)
            self._reading.add(
                Person(
                    id=entry.ref,
                    label=entry.name,
                    names=list(entry.spellings.values()),
                    identifiers=list(entry.identifiers.values()),
                    descriptions=list(entry.biographies.values()),
                    links=list(entry.links.values()),
                    evidence=[each for piece in entry.pieces for each in self._reading.evidence(piece)],
                )
            )
        for entries in by_name.values():
            if len(entries) > 1:
                ids = ", ".join(next((one.value for one in entry.identifiers.values()), "no id") for entry in entries)
                self._reading.remark(f"{entries[0].name} stands under {len(entries)} ids ({ids}), as that many persons")
