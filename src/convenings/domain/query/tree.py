"""What a query means: a tree of words and fields. ``str()`` of a tree is its line in canonical form, which reads back.

Trees are made in normal form by :func:`all_of`, :func:`any_of` and :func:`negated`: no ``All`` stands directly in an
``All``, no ``Either`` in an ``Either``, no ``Not`` in a ``Not``, and neither ``All`` nor ``Either`` has one part only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from convenings.domain.errors import BadInput
from convenings.domain.text import words


class Word(msgspec.Struct, frozen=True, gc=False, eq=False):
    """The beginning of a word; or a phrase, whose words are whole and stand together."""

    text: str
    """A word without space or quote, that begins with neither ``!`` nor ``(``; a phrase with single spaces."""
    phrase: bool = False
    unfinished: bool = False
    """Whether a phrase is still being typed: its last word may go on. That does not make it another word."""
    unknown_key: str = ""
    """The letters before its colon, where these would be a key if there were one of that name."""
    start: int = 0
    """Code point of the line at which such a word begins, from 0."""
    in_any_form: bool = False
    """Whether other forms of the word are meant as well; no line says so."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Word) and self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())

    def _identity(self) -> tuple[str, bool, bool]:
        return self.text, self.phrase, self.in_any_form

    def __str__(self) -> str:
        # Between two terms a bare "or" would join them; alone in its brackets it is a word.
        return _quoted(self.text) if self.phrase else "(or)" if self.text == OR else self.text


class Field(msgspec.Struct, frozen=True, gc=False, eq=False):
    """A condition on what a record is or is related to."""

    key: str
    """One of :data:`~convenings.domain.query.keys.KEYS`."""
    value: str
    """As written, spaces single; what it may be is for the reader of the query to say."""
    start: int = 0
    """Code point of the line at which the term begins, from 0; where a field stands does not make it another."""
    end: int = 0
    """Code point after its last one."""
    quoted: bool = False
    """Whether the value stands between quotes."""
    unfinished: bool = False
    """Whether the value is in quotes that are still open, so that it may go on."""

    @property
    def exact(self) -> bool:
        """Whether the value is meant as it stands, and not as the beginning of words."""
        return self._has_quotes and not self.unfinished

    @property
    def _has_quotes(self) -> bool:
        """Whether the value can only be written, or was written, in quotes."""
        return self.quoted or self.value[:1] in ("", '"') or re.search(r"[\s()]", self.value) is not None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Field) and self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())

    def _identity(self) -> tuple[str, str, bool]:
        return self.key, self.value, self._has_quotes

    def __str__(self) -> str:
        return f"{self.key}:{_quoted(self.value) if self._has_quotes else self.value}"


class Not(msgspec.Struct, frozen=True, gc=False):
    """Everything that its part does not select."""

    part: Query
    """Anything but a ``Not``."""

    def __str__(self) -> str:
        return f"!{_grouped(self.part, All, Either)}"


class All(msgspec.Struct, frozen=True, gc=False):
    """What every part selects. Without parts it asks nothing, selects everything, and is false."""

    parts: tuple[Query, ...] = ()

    def __str__(self) -> str:
        return " ".join(_grouped(part, Either) for part in self.parts)

    def __bool__(self) -> bool:
        return bool(self.parts)


class Either(msgspec.Struct, frozen=True, gc=False):
    """What any part selects."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return f" {OR} ".join(map(str, self.parts))


Query = Word | Field | Not | All | Either

OR = "or"
"""What joins alternatives, in small letters."""
EVERYTHING = All()
"""The query that asks nothing."""


class BadQuery(BadInput):
    """A part of a query that cannot be understood, with its place in the line."""

    def __init__(self, what: str, start: int, end: int, *, hint: str = "") -> None:
        super().__init__(what, place=f"query, column {start + 1}", hint=hint)
        self.start = start
        """Code point at which the part begins, from 0."""
        self.end = end
        """Code point after its last one."""


def all_of(parts: Sequence[Query]) -> Query:
    """What all of some queries select; words stand first in it, then fields, then groups."""
    if len(parts) == 1:
        return parts[0]
    flat = [each for part in parts for each in (part.parts if isinstance(part, All) else (part,))]
    return flat[0] if len(flat) == 1 else All(tuple(sorted(flat, key=_rank)))


def any_of(parts: Sequence[Query]) -> Query:
    """What any of some queries selects; one that asks nothing is no alternative."""
    asking = [part for part in parts if part]
    if len(asking) < 2:
        return asking[0] if asking else EVERYTHING
    return Either(tuple(each for part in asking for each in (part.parts if isinstance(part, Either) else (part,))))


def negated(part: Query) -> Query:
    """What a query does not select; the negation of one that asks nothing asks nothing either."""
    if isinstance(part, Not):
        return part.part
    return Not(part) if part else EVERYTHING


def asking(query: Query) -> Query:
    """The query without the words that say nothing, having no letter, no digit and no symbol that names anything."""
    match query:
        case Word(text):
            return query if words(text) else EVERYTHING
        case Not(part):
            return negated(asking(part))
        case All(parts):
            return all_of(list(filter(None, map(asking, parts))) or [EVERYTHING])
        case Either(parts):
            return any_of(list(map(asking, parts)))
    return query


def words_in(query: Query) -> Iterator[Word]:
    """Every word and phrase of a query, however deep."""
    match query:
        case Word():
            yield query
        case Not(part):
            yield from words_in(part)
        case All(parts) | Either(parts):
            for part in parts:
                yield from words_in(part)


def conjuncts(query: Query) -> tuple[Query, ...]:
    """The queries that must all hold."""
    return query.parts if isinstance(query, All) else (query,)


def fields(query: Query) -> Iterator[Field]:
    """Every field of a query, however deep."""
    match query:
        case Field():
            yield query
        case Not(part):
            yield from fields(part)
        case All(parts) | Either(parts):
            for part in parts:
                yield from fields(part)


def has_words(query: Query) -> bool:
    """Whether a query has a word or a phrase anywhere."""
    return next(words_in(query), None) is not None


def _rank(part: Query) -> int:
    inner: Query = part.part if isinstance(part, Not) else part
    return 0 if isinstance(inner, Word) else 1 if isinstance(inner, Field) else 2


def _grouped(part: Query, *kinds: type[Query]) -> str:
    """A part in brackets, if it is of one of some kinds."""
    text = str(part)
    if not isinstance(part, kinds):
        return text
    # The bracket behind a word with an open one, such as a(b, would belong to that word.
    return f"({text} )" if "(" in text.rpartition(" ")[2] else f"({text})"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
