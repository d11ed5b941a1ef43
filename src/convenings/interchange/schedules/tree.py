"""A schedule as it is read from either notation: fields by their names, where they stand, and the text in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeGuard

import msgspec

from convenings.domain.record_values import Name
from convenings.interchange.reading import Piece

Fields = dict[str, object]
"""Name of an element or key to its text, to further fields, or to a list of either. In XML, attributes are fields, too,
and the text of an element that has any is its field ``text``."""

_LANGUAGE_KEY = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_NAMING_KEYS = ("name", "title", "text", "public_name")


class Day(msgspec.Struct, frozen=True, gc=False):
    """A day of the conference, as the file has it."""

    date: str = ""
    start: str = ""
    end: str = ""


class Node(msgspec.Struct, frozen=True):
    """A session, person or room of the file."""

    fields: Fields
    piece: Piece
    day: Day = Day()
    room: str = ""
    """Name of the room under which it stands, or the room's number in the file."""
    minute: int | None = None
    """Minute of the day under which it stands."""


class Tree(msgspec.Struct):
    """All of a schedule."""

    conference: Fields
    piece: Piece
    """Where the conference stands."""
    sessions: list[Node]
    people: list[Node]
    """Persons that stand in a list of their own."""
    rooms: list[Node]
    days: list[Day]


def is_fields(value: object) -> TypeGuard[Fields]:
    """Whether a field holds further fields."""
    return isinstance(value, dict)


def items_of(value: object) -> list[object]:
    """The values of a field that may hold one, several, or several in an element of their own; no empty ones."""
    if isinstance(value, list):
        return [item for item in value if item not in ("", None)]
    return [value] if value not in ("", None) and value != {} else []


def prose_of(value: object) -> str:
    """Text of a field with its line breaks."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, list):
        return "\n".join(filter(None, map(prose_of, value)))
    return names_of(value)[0]


def text_of(value: object) -> str:
    """Text of a field on one line."""
    if isinstance(value, str):
        return " ".join(value.split())
    # Most fields that are asked for are not there.
    return "" if value is None else " ".join(prose_of(value).split())


def names_of(value: object) -> tuple[str, list[Name]]:
    """A name, and its forms in other languages: of ``{"en": "Lunch", "fr": "Déjeuner"}`` the English one first."""
    if not is_fields(value):
        return text_of(value), []
    if not is_by_language(value):
        inner = next((value[key] for key in _NAMING_KEYS if value.get(key)), "")
        return names_of(inner) if inner is not value else ("", [])
    by_language = {key.replace("_", "-"): text for key, item in value.items() if (text := text_of(item))}
    label = by_language.get("en") or next(iter(by_language.values()), "")
    others = {text: key for key, text in reversed(by_language.items()) if text != label}
    return label, [Name(value=text, type="translation", language=key) for text, key in reversed(others.items())]


def is_by_language(value: Mapping[str, object]) -> bool:
    """Whether a field holds one text in several languages."""
    return bool(value) and all(
        _LANGUAGE_KEY.fullmatch(key) and key not in ("id", "url") and (item is None or isinstance(item, str))
        for key, item in value.items()
    )
