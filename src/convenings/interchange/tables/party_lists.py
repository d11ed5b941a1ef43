"""Several parties in a cell whose form alone says who each of them is."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from convenings.interchange.tables.bodies import has_form_of_person, is_given_name
from convenings.interchange.tables.party import Party

AND = re.compile(r"\s+(?:and|und|et|y|e|och|og|en|&|\+)\s+|\s*&\s*|\s*、\s*|\s*，\s*", re.IGNORECASE)
BRACKETS = re.compile(r"\s*[(\[（]([^()\[\]（）]*)[)\]）]\s*")
_LONGEST = 1000
"""Characters of a text that is taken apart so, at most."""
_PIPED = re.compile(r"([^|,;]+)\|([^|,;]*)\|([^|]+?)(?:[,;]\s*(?=[^|,;]+\|[^|,;]*\|)|$)")


def piped(text: str) -> list[str | dict[str, Any]] | None:
    """The people of a cell as ``name|title|body, name|title|body``; None for any other text."""
    if len(text) > _LONGEST or text.count("|") < 2:
        return None
    parts = _PIPED.findall(text)
    if (
        not parts
        or text.count("|") != 2 * len(parts)
        or not all(has_form_of_person(name.strip()) for name, *_ in parts)
    ):
        return None
    return [
        {"name": name.strip(), "post": title.strip(), "organisation": body.strip(" ,;")} for name, title, body in parts
    ]


def with_people(party: Party) -> list[Party]:
    """A party; of a body, too, the people who surely stand in brackets behind it, and come for it."""
    names = party.asides
    if party.kind != "organisation" or not any(map(is_known_person, names)) or not all(map(has_form_of_person, names)):
        return [party]
    people = [Party(name, "person", bodies=(party.name,)) for name in names]
    return [msgspec.structs.replace(party, asides=()), *people]


def is_known_person(part: str) -> bool:
    """Whether a text is the name of a person, or of several, each beginning with a usual given name."""
    names = [name for name in AND.split(BRACKETS.sub(" ", part).partition(",")[0].strip()) if name]
    return bool(names) and all(has_form_of_person(name) and is_given_name(name.split()[0]) for name in names)
