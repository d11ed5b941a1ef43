"""Speakers who stand beside the title of a session in one cell."""

from __future__ import annotations

import re

from convenings.interchange.tables.bodies import has_form_of_person, is_body, is_given_name

_BEHIND = re.compile(
    r"(?P<title>.*\S)\s*(?:\((?P<inside>[^()]{3,200})\)"
    r"|(?:\s[–—-]|\n|\s\||\s/|,?\sby:?)\s*(?P<rest>[^()\n]{3,200}(?:\([^()]*\))?))",
    re.DOTALL,
)
_BEFORE = re.compile(r"(?P<rest>[^:()\n]{3,100}):\s+(?P<title>\S.*)", re.DOTALL)
_LONGEST = 500
"""Characters of a cell with a title and speakers at most."""
_OF_PLACES = frozenset(("avenue", "bridge", "hall", "lane", "park", "road", "room", "square", "street"))
"""Last words of places that are called after somebody."""
_BETWEEN = re.compile(r"\s*(?:[,;/&]|\band\b|\bund\b|\bet\b|\by\b)\s*")


def title_and_speakers(cell: str) -> tuple[str, str]:
    """Title of a session, and who speaks where the cell surely says so: ``Rivers (Ana Lima)``, ``Ana Lima: Rivers``.

    Sure are names of people that begin with a usual given name; one body may stand behind a single one.
    """
    text = cell.strip()
    for pattern in (_BEHIND, _BEFORE) if len(text) <= _LONGEST else ():
        if match := pattern.fullmatch(text):
            groups = match.groupdict()
            speakers = _speakers(groups.get("inside") or groups.get("rest") or "")
            if speakers:
                return " ".join(match["title"].split()), speakers
    return " ".join(text.split()), ""


def _speakers(text: str) -> str:
    """People of a text that names nobody but them, as a cell of people has them; empty for any other text."""
    bracket = re.fullmatch(r"(.*\S)\s*\(([^()]+)\)", text)
    parts = [*_BETWEEN.split(bracket[1]), bracket[2]] if bracket else _BETWEEN.split(text)
    people = [part for part in parts if has_form_of_person(part) and is_given_name(part.split()[0])]
    people = [part for part in people if part.split()[-1].casefold() not in _OF_PLACES]
    bodies = [part for part in parts if part not in people]
    if not people or len(bodies) > 1 or (bodies and (len(people) > 1 or parts[0] in bodies)):
        return ""
    if bodies:
        return f"{people[0]} ({bodies[0]})" if bracket or is_body(bodies[0]) else ""
    return "; ".join(people)
