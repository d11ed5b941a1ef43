"""The query language: one line of text that filters, can be saved, cited and run anywhere.

Words, ``"quoted phrases"``, ``key:value``, ``key:"a value"``; ``!`` before any of them negates it. Inside quotes a
doubled quote stands for one. All terms must hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from convenings.domain.errors import BadInput, nearest

KEYS: dict[str, str] = {
    "kind": "kind of record: event, person, organisation, question …",
    "role": "role at an event: moderator, speaker, organiser …",
    "type": "type within the kind: workshop, foundation, recommendation …",
    "event": "tied to an event, its sessions included",
    "person": "tied to a person",
    "organisation": "tied to an organisation or a unit of it; org for short",
    "place": "at a place or inside it",
    "topic": "about a topic",
    "date": "in a date or interval, or reaching into it: 2018, 2018-06, 2018/2020, ../2018",
    "basis": "stated or inferred",
    "is": "marked, noted, pinned, unnamed or gap",
}
"""Key to a line of help, in the order help shows them."""

ALIASES: dict[str, str] = {"org": "organisation", "organization": "organisation"}
"""Other ways to write a key."""

_TERM = r'(?P<negated>!*)(?:(?P<key>[A-Za-z]+):)?(?:"(?P<quoted>(?:[^"]+|"")*)"?|(?P<bare>\S+))?'
_CURLY = str.maketrans(dict.fromkeys("“”„", '"'))


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a phrase whose words stand together."""

    text: str
    """A word without space, quote or ``!`` at its start; a phrase with single spaces."""
    negated: bool = False
    phrase: bool = False

    def __str__(self) -> str:
        return "!" * self.negated + (_quoted(self.text) if self.phrase else self.text)


@dataclass(frozen=True, slots=True)
class Field:
    """A condition on what a record is or is tied to."""

    key: str
    """One of :data:`KEYS`."""
    value: str
    """As written, spaces single; what it may be is for the reader of the query to say."""
    negated: bool = False

    def __str__(self) -> str:
        bare = self.value and not self.value.startswith('"') and not re.search(r"\s", self.value)
        return "!" * self.negated + f"{self.key}:{self.value if bare else _quoted(self.value)}"


@dataclass(frozen=True, slots=True)
class Query:
    """What a line asks for; every word and every field must hold. ``str()`` gives the line in canonical form."""

    words: tuple[Word, ...] = ()
    fields: tuple[Field, ...] = ()

    def __str__(self) -> str:
        return " ".join(map(str, (*self.words, *self.fields)))

    def __bool__(self) -> bool:
        return bool(self.words or self.fields)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def parse(text: str) -> Query:
    """Read a query, also one still being typed: an open quote reaches to the end, ``!`` or ``kind:`` alone say nothing.

    A colon makes a key after letters alone; ``9:00`` is a word, and so are ``http://x`` and ``note:`` before a space.
    Raises :class:`BadInput` for a key that is not in :data:`KEYS`, naming the nearest one.
    """
    words: list[Word] = []
    fields: list[Field] = []
    for term in re.finditer(_TERM, text.translate(_CURLY)):
        negated, quoted, bare = bool(term["negated"]), term["quoted"], term["bare"] or ""
        value = bare if quoted is None else " ".join(quoted.replace('""', '"').split())
        if not term["key"]:
            if value:
                words.append(Word(value, negated, phrase=quoted is not None))
        elif key := _known(term["key"]):
            if value:
                fields.append(Field(key, value, negated))
        elif quoted is None and (not bare or bare.startswith("//")):
            words.append(Word(f"{term['key']}:{bare}", negated))
        else:
            raise _unknown(term["key"])
    return Query(tuple(words), tuple(fields))


def _known(key: str) -> str:
    """The key meant by what was written, in any case; an empty string where there is none."""
    key = key.lower()
    key = ALIASES.get(key, key)
    return key if key in KEYS else ""


def _unknown(key: str) -> BadInput:
    close = nearest(key, (*KEYS, *ALIASES))
    keys = f"write {_known(close)}:" if close else f"use one of {', '.join(KEYS)}"
    return BadInput(f'there is no key "{key}"', place="query", hint=f"{keys}, or put quotes around a word with a colon")
