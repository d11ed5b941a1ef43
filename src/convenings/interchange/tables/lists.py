"""Columns of tables that list people, and of those that name people in several columns."""

from __future__ import annotations

import msgspec

from convenings.domain.text import fold
from convenings.interchange.tables.bodies import is_title, role_of
from convenings.interchange.tables.column_names import BARE_TITLES
from convenings.interchange.tables.columns import FIELD_OF_NAME, ROLES
from convenings.interchange.tables.mapping import Column

PEOPLE_ONLY = frozenset(
    (
        "host",
        "speaker",
        "keynote",
        "presenter",
        "panellist",
        "moderator",
        "chair",
        "facilitator",
        "trainer",
        "performer",
        "author",
    )
)
"""Fields of who where bodies are the exception."""
EVENT_SIGNS = frozenset(
    (
        "date", "start", "end", "time", "room", "track", "abstract", "about", "end-date", "duration", "host", "with",
        "speaker", "presenter", "panellist", "moderator", "chair", "facilitator", "trainer", "performer", "attendance",
        "keynote",
    )
)  # fmt: skip
_OF_LISTS_NEVER = (EVENT_SIGNS - PEOPLE_ONLY) - {"with"} | {"event", "topic", "status", "type", "description"}
"""Fields that say that a table is no mere list of people."""
_COMMITTEES = frozenset(
    ("committee", "board", "working group", "ausschuss", "gremium", "arbeitsgruppe", "comite", "comision", "commission",
     "groupe de travail", "grupo de trabajo")
)  # fmt: skip
"""Names of columns for a body within another, of which somebody is a member."""
_BESIDE_PEOPLE = frozenset(("organisation", "country", "city", "place", "address", "image", "handle", "also-called"))
"""Fields that a list of people has beside those that only people have."""
PERSON_SIGNS = frozenset(
    (
        "family",
        "given",
        "honorific",
        "post",
        "affiliation",
        "biography",
        "e-mail",
        "telephone",
        "birth",
        "gender",
        "role",
    )
)
_OF_SPEAKERS = frozenset(("biography", "abstract", "track", "room"))
"""Fields by which who is named in a table of events speaks there."""


def listed(columns: list[Column]) -> list[Column]:
    """Columns; in a table that says nothing of an event, the one column of who has the names of those listed."""
    who = [number for number, column in enumerate(columns) if column.field in ROLES]
    titles = [column for column in columns if column.field == "title" and not column.language]
    fields = {column.field for column in columns}
    if len(who) != 1 or fields & (_OF_LISTS_NEVER | {"name", "family", "given"}) or columns[who[0]].is_settled:
        return columns
    column = columns[who[0]]
    if column.field not in PEOPLE_ONLY | {"who", "attendee", "with"} or not all(map(_has_posts, titles)):
        return columns
    others = [each for each in columns if each.field in PERSON_SIGNS | _BESIDE_PEOPLE]
    if len(columns) > 1 and not others and not titles:
        return columns
    new = list(columns)
    new[who[0]] = msgspec.structs.replace(column, field="name")
    for number, each in enumerate(new):
        if each in titles:
            new[number] = msgspec.structs.replace(each, field="post")
    return new


def _has_posts(column: Column) -> bool:
    """Whether most cells of a column are what people are by their post."""
    return fold(column.name) in BARE_TITLES and sum(map(is_title, column.samples)) * 2 > len(column.samples)


def with_committee(columns: list[Column]) -> list[Column]:
    """Columns of a list of people; where nothing else says of which body they are, it is the committee."""
    if any(column.field == "affiliation" for column in columns):
        return columns
    return [
        msgspec.structs.replace(column, field="affiliation")
        if not column.field and not column.is_settled and fold(column.name) in _COMMITTEES
        else column
        for column in columns
    ]


def with_posts(columns: list[Column]) -> list[Column]:
    """Columns of a list of people; a role that was held from some day on, or is none at an event, is a post."""
    fields = {column.field for column in columns}
    if "post" in fields or "affiliation" not in fields:
        return columns
    return [
        msgspec.structs.replace(column, field="post")
        if column.field == "role" and not column.is_settled and (fields & {"start", "end"} or _says_posts(column))
        else column
        for column in columns
    ]


def _says_posts(column: Column) -> bool:
    """Whether all cells of a column are what people are by their post, and not all what they are at an event, too."""
    return all(map(is_title, column.samples)) and any(role_of(cell) is None for cell in column.samples)


def with_whole_names(columns: list[Column]) -> list[Column]:
    """Columns of a table of events, where a family name stands in a column of its own behind the given one.

    The two are one column of who; where the table names its people elsewhere, neither has a home.
    """
    fields = {column.field for column in columns}
    families = [column for column in columns if column.field == "family"]
    new = list(columns)
    for number, column in enumerate(columns):
        if column.field not in ("given", "family"):
            continue
        role = _role_in(column.name)
        if not role and fields & {"name", *ROLES} - {"host", "organiser"}:
            new[number] = msgspec.structs.replace(column, field="")
            continue
        role = role or ("speaker" if fields & _OF_SPEAKERS else "attendee")
        behind = next((each for each in families if each.index > column.index), families[0] if families else None)
        if column.field == "given":
            new[number] = msgspec.structs.replace(
                column, field=role, kind="person", behind=behind.index if behind is not None else None
            )
            families = [each for each in families if each is not behind]
        elif not any(each.field == "given" for each in columns):
            new[number] = msgspec.structs.replace(column, field=role, kind="person")
    return new


def _role_in(name: str) -> str:
    """The field of who with which the name of a column begins: ``Speaker First Name``."""
    parts = [word for word in fold(name).split() if not word.isdigit()]
    fields = (FIELD_OF_NAME.get(" ".join(parts[:end]), "") for end in range(len(parts) - 1, 0, -1))
    return next((field for field in fields if field in ROLES), "")
