"""Columns of tables that list people, and of those that name people in several columns."""

from __future__ import annotations

import msgspec

from convenings.domain.text import fold
from convenings.interchange.tables.bodies import has_form_of_person, is_body, is_given_name, is_title, role_of
from convenings.interchange.tables.column_meanings import FIELD_OF_NAME, ROLES
from convenings.interchange.tables.column_names import BARE_TITLES
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
_OF_LISTS_NEVER = (EVENT_SIGNS - PEOPLE_ONLY) - {"with"} | {
    "event",
    "topic",
    "status",
    "type",
    "description",
    "weekday",
}
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


_TERM_STARTS = frozenset(
    ("joined", "joining date", "date of joining", "date joined", "member since", "since", "start of term", "term start",
     "term starts", "appointed", "date appointed", "date of appointment", "appointed on", "elected", "elected on",
     "in office since", "term from", "joined on", "mitglied seit", "seit", "eintritt", "eintrittsdatum", "amtsantritt",
     "beitritt", "date d adhesion", "adhesion", "depuis", "membre depuis", "entree en fonction", "fecha de alta",
     "fecha de ingreso", "miembro desde", "ingreso", "入会日", "加入日期")
)  # fmt: skip
"""Names of columns for when somebody became a member, or began to hold a post."""
_TERM_ENDS = frozenset(
    ("left", "date left", "left on", "term end", "term ends", "end of term", "term expires", "term expiry", "expires",
     "resigned", "in office until", "term to", "leaving date", "austritt", "austrittsdatum", "ausgeschieden",
     "amtsende", "fin de mandat", "sortie", "fecha de baja", "baja", "fin del mandato")
)  # fmt: skip
"""Names of columns for when that ended."""
_MEMBERS = frozenset(
    ("member", "members", "member name", "board member", "trustee", "mitglied", "mitglieder", "membre", "membres",
     "miembro", "miembros")
)  # fmt: skip
_OF_MEETINGS = frozenset(("title", "about", "abstract", "room", "time", "track", "with", "date", "duration"))
_DAYS = frozenset(("date", "start", "end", "end-date"))


def with_terms(columns: list[Column]) -> list[Column]:
    """Columns; days from and to which somebody belongs to a body are of fields that say nothing of an event.

    Each becomes ``start`` or ``end`` again, see :func:`without_terms`.
    """
    names = {fold(column.name) for column in columns}
    fields = {column.field for column in columns if fold(column.name) not in _TERM_STARTS | _TERM_ENDS}
    if not fields & {"name", "family", "given", "who"} and not names & _MEMBERS:
        return columns
    holds = bool(names & (_COMMITTEES | _MEMBERS)) and not fields & _OF_MEETINGS
    new: list[Column] = []
    for column in columns:
        name = fold(column.name)
        is_first = name in _TERM_STARTS or (holds and column.field == "start")
        is_last = name in _TERM_ENDS or (holds and column.field in ("end", "end-date"))
        is_term = (is_first or is_last) and (column.field in ("", *_DAYS) or not column.is_settled)
        term = "term-start" if is_first else "term-end"
        new.append(msgspec.structs.replace(column, field=term) if is_term else column)
    return new


def without_terms(columns: list[Column]) -> list[Column]:
    """Columns with the days of terms as those on which something begins and ends."""
    return [
        msgspec.structs.replace(column, field=column.field.removeprefix("term-"))
        if column.field.startswith("term-")
        else column
        for column in columns
    ]


def are_people(column: Column) -> bool:
    """Whether at least half of the cells of a column are names of people that begin with a usual given name."""
    cells = column.samples
    people = sum(has_form_of_person(cell) and is_given_name(cell.split()[0]) for cell in cells)
    return bool(cells) and people * 2 >= len(cells) and not any(is_body(cell) for cell in cells)


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
