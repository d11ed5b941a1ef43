"""What an event with very many parts, or parties, comes to: counts, and the first few of everything that is counted."""

from __future__ import annotations

import msgspec

MOST_PARTS, MOST_PARTIES = 24, 60
"""An event with more parts, to any depth, or with more participations in it and its parts, has an outline."""
FEW = 8
"""How many of very many people, organisations, questions or statements are told one by one."""
MOST_GROUPS = 60
"""Groups of parts that are told apart."""


class Group(msgspec.Struct, frozen=True, array_like=True):
    """Parts of an event on one day at one place."""

    day: int | None
    """As :mod:`~convenings.domain.days` numbers them; None for parts of which no single day is known."""
    place: int | None
    """Row of the place, be it that of the nearest part around them; None where none is recorded."""
    part: int
    """Row of the first of the parts."""
    number: int
    """How many parts there are."""
    places: int
    """At how many places, where it is a group by day alone."""
    timed: int
    """How many of them begin at a time."""
    earliest: int
    """Minute of the day at which the first of these begins."""
    latest: int
    """Minute of the day at which the last of these begins."""
    inferred: int
    """How many have an inferred date or place, or are inferred to be a part."""
    is_own_place: bool
    """Whether the place is recorded with each of them."""


class RoleCount(msgspec.Struct, frozen=True, array_like=True):
    """Who had a role."""

    role: str
    number: int
    """Participations."""
    kinds: dict[str, int]
    """Kind to how many records of it had the role."""
    unnamed: int
    """Participations of parties that the source does not name."""
    inferred: int
    """Participations that are inferred."""
    first: list[int]
    """Rows of the first participations."""


class PartyCount(msgspec.Struct, frozen=True, array_like=True):
    """How often somebody, or an organisation, took part."""

    row: int
    parts: int
    """In how many parts of the event."""
    own_roles: list[str]
    """Roles at the event itself."""
    roles: list[str]
    """Roles in its parts; of an organisation not those of who came for it."""
    inferred: int
    """How many of its participations are inferred."""


class Parties(msgspec.Struct, frozen=True, array_like=True):
    """People, or organisations, who took part in an event or in a part of it."""

    number: int
    first: list[PartyCount]
    """Those who took part most often."""


class Beginning(msgspec.Struct, frozen=True, array_like=True):
    """The beginning of a list, in row order."""

    number: int
    """How many there are."""
    rows: list[int]
    """The first of them."""


class Outline(msgspec.Struct, frozen=True, array_like=True):
    """An event with very many parts, or parties."""

    types: dict[str, int]
    """Type to how many parts are of it, the most frequent first."""
    days: int
    """On how many single days there are parts."""
    places: int
    """At how many places there are parts."""
    groups: list[Group]
    """The parts by day and place, the first ones."""
    group_number: int
    """How many groups there are."""
    is_by_day: bool
    """Whether the groups are days alone, as days with their places would be too many."""
    own_roles: list[RoleCount]
    """Roles at the event itself."""
    roles: list[RoleCount]
    """Roles in its parts."""
    parties: dict[str, Parties]
    """Kind to who took part."""
    questions: Beginning
    """Questions that came up in its parts."""
    statements: Beginning
    """What was said in its parts."""
