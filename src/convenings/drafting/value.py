"""What a draft holds: things that a report seems to say, each with its place and with the rule that says so."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from typing import TypeAlias

import msgspec

Span: TypeAlias = tuple[int, int]
"""First code point in the text of the file, and the one after the last."""


class Spans:
    """Places in a text, of which can be told quickly whether one has another within it."""

    def __init__(self) -> None:
        self._spans: list[Span] = []

    def add(self, span: Span) -> None:
        """Add a place."""
        insort(self._spans, span)

    def has(self, span: Span) -> bool:
        """Whether a place is one of them."""
        at = bisect_left(self._spans, span)
        return at < len(self._spans) and self._spans[at] == span

    def cover(self, span: Span) -> bool:
        """Whether a place lies within one of them; of places within each other a few are looked at."""
        at = bisect_right(self._spans, (span[0], 1 << 62))
        ends = [end for _, end in self._spans[max(0, at - 8) : at]]
        return bool(ends) and span[1] <= max(ends)


class Value(msgspec.Struct, frozen=True):
    """A field with its place in the text."""

    text: str
    """As it stands there, on one line."""
    span: Span
    how: str
    """Name of the rule that found it; :mod:`~convenings.drafting.policy` says how often that rule is right."""


def value_at(whole: str, start: int, end: int, how: str) -> Value | None:
    """What stands at a place, without the blanks around it; nothing where only blanks stand there."""
    text = whole[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    return Value(" ".join(text.split()), (start, start + len(text)), how) if text else None


class Post(msgspec.Struct, frozen=True):
    """A title in an organisation; one of the two may be missing."""

    title: Value | None = None
    organisation: Value | None = None


class DraftRole(msgspec.Struct, frozen=True):
    """A role at the event, with the words that say so."""

    role: str
    """One of :data:`~convenings.domain.roles.ROLES`."""
    span: Span
    how: str


class DraftPerson(msgspec.Struct):
    """Somebody whom the report names, once, however often it does."""

    name: Value
    """The fullest form of the name."""
    mentions: list[Span]
    """Every place where a form of the name stands, the fullest first."""
    posts: list[Post] = []
    roles: list[DraftRole] = []
    is_present: bool | None = None
    """False where the report says that they were not there; absent where it does not say."""


class DraftOrganisation(msgspec.Struct):
    """An organisation that the report names, once."""

    name: Value
    mentions: list[Span]
    abbreviation: str = ""
    roles: list[DraftRole] = []
    """What it did for the event: held it, hosted it, paid for it."""


class DraftEvent(msgspec.Struct):
    """An event that the report is of, or one that it tells of besides."""

    name: Value
    date: str = ""
    """EDTF as known; ``XXXX-09-07`` where no year is; empty where there is no date."""
    date_span: Span | None = None
    date_note: str = ""
    """Why it is inferred: its year or its day is from the date of the text; empty where it stands there."""
    place: Value | None = None


class DraftQuestion(msgspec.Struct, frozen=True):
    """A question that stands in the report; its wording in our own words is for the reader."""

    span: Span
    is_direct: bool
    how: str


class DraftStatement(msgspec.Struct, frozen=True):
    """A sentence in which somebody is said to have said something; what was said is for the reader to word."""

    span: Span
    speaker: int
    """Number of the person in the draft."""
    how: str


class Draft(msgspec.Struct):
    """All that the rules found in one text."""

    language: str
    people: list[DraftPerson] = []
    organisations: list[DraftOrganisation] = []
    events: list[DraftEvent] = []
    """The main one first."""
    questions: list[DraftQuestion] = []
    statements: list[DraftStatement] = []
