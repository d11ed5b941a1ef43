"""The table of keys: what each asks of the records of each kind, and of which kinds it asks nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from convenings.domain.kinds import KINDS, REFERENCES
from convenings.domain.references import CITED


class Meaning(NamedTuple):
    """How a key finds the records of a kind; with nothing set, by what a record says itself: its type, its role.

    Else the value names records of the kind that the key is called by, by the beginnings of words of their names or, in
    quotes, by whole ones. What is part of one, to any depth, counts as one. The value :data:`NONE` names none.
    """

    related: bool = False
    """Records related to one, and those themselves."""
    fields: tuple[str, ...] = ()
    """Records that point at one by a field."""
    on_behalf: bool = False
    """Statements of those who had come to the event for one."""
    at_events: bool = False
    """What :data:`EVENT` finds of the events that the key finds: for a place, by what took place there."""


class Key(NamedTuple):
    """A key of the query language."""

    help: str
    """One line, as help and README show it."""
    kinds: Mapping[str, Meaning]
    """Kind to what the key asks of its records; of other kinds it asks nothing, and is refused."""


def _with_field(name: str) -> tuple[str, ...]:
    return tuple(kind for kind, struct in KINDS.items() if name in struct.__struct_fields__)


def _itself(kinds: Iterable[str]) -> dict[str, Meaning]:
    """Kinds whose records say it themselves."""
    return dict.fromkeys(kinds, Meaning())


def _linked(
    key: str, related: Collection[str], at_events: Collection[str] = (), on_behalf: Collection[str] = ()
) -> dict[str, Meaning]:
    """Every kind whose records can be linked with records of the kind that a key is called by.

    Args:
        key: The key.
        related: Kinds that the rules of relation relate to it; all others are linked by the fields that point at it.
        at_events: Kinds that are linked by events, too.
        on_behalf: Kinds whose records can be for one without pointing at it.
    """
    meanings = {
        kind: Meaning(
            related=kind in related,
            fields=() if kind in related else _pointing_at(key, kind),
            on_behalf=kind in on_behalf,
            at_events=kind in at_events,
        )
        for kind in KINDS
    }
    return {kind: meaning for kind, meaning in meanings.items() if any(meaning)}


def _pointing_at(target: str, kind: str) -> tuple[str, ...]:
    """Fields of a kind that point at another; what a record merely mentions it is not linked with."""
    return tuple(field for field, kinds in REFERENCES[kind].items() if target in kinds and field != "mentions")


_WITH_PEOPLE = ("event", "person", "organisation", "place", "initiative", "question", "topic")

_CITING = {kind: Meaning(fields=(CITED,)) for kind in KINDS}
"""Every record rests on a source, be it itself."""

DATED = (
    "event", "person", "organisation", "place", "initiative", "question", "topic", "participation", "membership",
    "statement", "source",
)  # fmt: skip
"""Kinds whose records have days: their own, or those of the events they are linked with."""

KEYS: dict[str, Key] = {
    "kind": Key("kind of record: event, person, organisation, question …", _itself(KINDS)),
    "role": Key(
        "role at an event: moderator, speaker, organiser …",
        _itself(("person", "organisation", "initiative", "participation")),
    ),
    "type": Key(
        "type within the kind, or form of a question: workshop, foundation, recommendation, numbered …",
        _itself(kind for kind, struct in KINDS.items() if {"type", "form"} & {*struct.__struct_fields__}),
    ),
    "status": Key("of an event that was not simply held: cancelled, moved or tentative", _itself(("event",))),
    "language": Key("what is said or written there is in: en, pt-BR …", _itself(_with_field("language"))),
    "event": Key("related to an event, its sessions included", _linked("event", _WITH_PEOPLE)),
    "person": Key("related to a person, or said by one", _linked("person", _WITH_PEOPLE)),
    "organisation": Key(
        "related to an organisation or a unit of it, or said for it; org for short",
        _linked("organisation", _WITH_PEOPLE, on_behalf=("statement",)),
    ),
    "place": Key(
        "at a place or inside it; people and what was said, by the events there",
        _linked(
            "place",
            ("event", "place"),
            at_events=("person", "organisation", "initiative", "question", "participation", "statement"),
        ),
    ),
    "topic": Key(
        "about a topic or a narrower one; who took part, by the events about it",
        _linked(
            "topic",
            ("event", "person", "organisation", "question", "topic"),
            at_events=("person", "organisation", "participation"),
        ),
    ),
    "date": Key(
        'in a date or interval: 2018, 2018-06, 2018/2020, ../2018, "May 2018"; on at a time: 2018-06-20T14:00',
        _itself(DATED),
    ),
    "source": Key("resting on a source; what a file brought", _CITING),
    "basis": Key("stated or inferred", _itself(KINDS)),
    "is": Key(
        "marked, noted, pinned (in the explorer), new (from the last import), inferred, unnamed, "
        "unaffiliated (no organisation), undated or gap",
        _itself(KINDS),
    ),
}
"""Key to what it asks, in the order in which help shows them."""

NAMING_KEYS = frozenset(KEYS.keys() & KINDS.keys())
"""Keys whose values name records of the kind that they are called by."""

ALIASES: dict[str, str] = {"org": "organisation", "organization": "organisation", "room": "place", "track": "topic"}
"""Other ways to write a key."""

NONE = "none"
"""Without quotes, the value of a key that names records, or of ``date``: of what has none."""

STATES: dict[str, tuple[str, ...]] = {
    "marked": tuple(KINDS),
    "noted": tuple(KINDS),
    "pinned": tuple(KINDS),
    "new": tuple(KINDS),
    "inferred": tuple(KINDS),
    "unnamed": _with_field("unnamed"),
    "unaffiliated": ("person", "participation"),
    "undated": DATED,
    "gap": ("gap",),
}
"""Value of ``is:`` to the kinds whose records can be so."""
USER_STATES = frozenset({"marked", "noted", "pinned"})
"""Those that no dataset says: the user does."""

OPERATORS: dict[str, str] = {
    "a b": "both, in any order; a word is the beginning of a word of a name or a text",
    '"a b"': "the words of the phrase, whole and one after the other; in quotes even a single word is whole",
    'key:"a b"': "what is called exactly so; where nothing is, what has these words, whole and in order, in a name",
    "key:none": "what is linked with no person, organisation, event, place or topic, or has no date",
    "2020": "what has the number, or a day of its own then; likewise May 2020, 4 May 2020 and 2020-05",
    "!a": "everything but what a selects; !(a b) everything but what the group does",
    "a or b": "either; what stands together binds first, so a b or c is (a b) or c",
    "(a or b) c": "a group, negated with ! before its bracket",
}
"""How terms are put together, with a line of help each."""


def kinds_of(key: str, state: str = "") -> Iterable[str]:
    """Kinds of whose records a key asks anything.

    Args:
        key: One of :data:`KEYS`.
        state: For the key ``is``, the value.
    """
    return STATES.get(state, ()) if state else KEYS[key].kinds
