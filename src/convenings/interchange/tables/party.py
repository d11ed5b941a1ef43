"""Who a cell names: a person or body with what stands beside the name."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from convenings.domain.text import fold
from convenings.interchange.tables.bodies import is_no_name

ROW = "\ue001row"
"""Name of the member of an object that says which row of a list is meant; no file has it."""


class Party(msgspec.Struct, frozen=True, gc=False):
    """A person or body of a cell."""

    name: str
    kind: Literal["person", "organisation", ""] = ""
    """Empty where no rule is sure."""
    role: str = ""
    """As stated."""
    title: str = ""
    """As stated."""
    bodies: tuple[str, ...] = ()
    """For whom they come, as stated."""
    abbreviation: str = ""
    register: str = ""
    """Number in the transparency register of the European Union."""
    family: str = ""
    given: str = ""
    contacts: int = 0
    """E-mail addresses that stood beside the name."""
    mail: str = ""
    row: str = ""
    """Of a list of the file: the row that is meant, as table and index; nothing else of that name is."""
    asides: tuple[str, ...] = ()
    """What stood beside it and has no home: pronouns, handles."""


class Cell(msgspec.Struct, frozen=True, gc=False):
    """What a cell says of who."""

    parties: tuple[Party, ...] = ()
    strays: tuple[str, ...] = ()
    """What stands where a name would, and is none."""


def party_of_object(value: dict[str, Any]) -> Party | None:
    """The party that a file gives as an object, of which kind it may be; nothing where it has no name."""
    fields = {fold(str(key)): each for key, each in value.items()}

    def first(*names: str) -> str:
        for name in names:
            each = fields.get(name)
            if isinstance(each, dict):
                each = each.get("name") or each.get("title")
            if isinstance(each, (list, tuple)):
                each = "; ".join(str(item) for item in each)
            if each:
                return str(each).strip()
        return ""

    name = first(
        "name",
        "full name",
        "fullname",
        "display name",
        "displayname",
        "public name",
        "publicname",
        "label",
        "speaker",
        "title",
    )
    if not name:
        given = first("first name", "firstname", "given name", "given")
        family = first("last name", "lastname", "family name", "family", "surname")
        name = f"{given} {family}".strip()
    if not name or is_no_name(name):
        return None
    body = first("organisation", "organization", "affiliation", "company", "institution", "org", "employer")
    title = first("position", "job title", "job", "post") or (first("title") if first("name") else "")
    mail = first("email", "e mail", "mail")
    bodies = (body,) if body else ()
    row = str(value.get(ROW, ""))
    return Party(name, role=first("role"), title=title, bodies=bodies, mail=mail, contacts=1 if mail else 0, row=row)
