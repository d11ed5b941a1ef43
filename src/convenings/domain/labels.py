"""What a record is called on one line, whatever its kind."""

from __future__ import annotations

from collections.abc import Callable

from convenings.domain.basis import mark_basis
from convenings.domain.dates import date_in_words
from convenings.domain.records import (
    Labelled,
    Membership,
    Participation,
    Record,
    Relation,
    Statement,
)

NOT_STATED = "organisation not stated"
NO_ORGANISATIONS = "states the organisation of nobody who took part"
"""Said once of a source, where it would else be said of each."""


def attested_in_words(first: str | None, last: str | None, basis: str | None = None, *, short: bool = False) -> str:
    """Between which dates sources attest something: both, where they differ."""
    words = [date_in_words(date, short=short) for date in dict.fromkeys((first, last)) if date]
    if len(words) == 2:
        text = f"{words[0]} to {words[1]}"
    else:
        text = "".join(words) or date_in_words(None, short=short)
        text = f"from {text}" if first and not last else text
    return mark_basis(text, basis)


ONGOING = ".."
"""The end of a membership that the source says goes on."""


def held_in_words(start: str | None, end: str | None, *, short: bool = False) -> str:
    """From when to when somebody held a post, as the source says: "2015 to 2019", "since 2015", "until 2019".

    Of a start alone nobody knows how long: "from 2015". Nothing where the source says neither.
    """
    first = date_in_words(start, short=short) if start else ""
    last = date_in_words(end, short=short) if end and end != ONGOING else ""
    if end == ONGOING:
        return f"since {first}" if first else "still held"
    if first and last:
        return first if first == last else f"{first} to {last}"
    return f"from {first}" if first else f"until {last}" if last else ""


def membership_in_words(membership: Membership, *, short: bool = False) -> str:
    """When a membership was held, and when it is attested; the latter alone where the source does not say the former.

    What is neither said to have been held at any time nor attested is undated.
    """
    held = held_in_words(membership.start, membership.end, short=short)
    ends = membership.first_attested, membership.last_attested
    if held and not any(ends):
        return held
    attested = attested_in_words(*ends, membership.attested_basis, short=short)
    return f"{held}, attested {attested}" if held else attested


def label(record: Record, name: Callable[[str], str]) -> str:
    """Label of any record, as it is written in the dataset: it may have to be made harmless for a terminal.

    Args:
        record: The record.
        name: Gives the label of the record with an id; asked for records that connect others.
    """
    if isinstance(record, Labelled):
        return record.label
    if isinstance(record, Statement):
        return record.summary
    if isinstance(record, Participation):
        if record.agent is None:
            return record.unnamed or "unnamed"
        return f"{name(record.agent)}, {record.role}, {name(record.event)}"
    if isinstance(record, Membership):
        return f"{name(record.person)}, {record.title}, {name(record.organisation)}"
    if isinstance(record, Relation):
        return f"{name(record.subject)} {tie_in_words(record)} {name(record.object)}"
    return record.id


def tie_in_words(relation: Relation) -> str:
    """A relation in a few words: our own, or else its type, which only ``other`` leaves to the source's words."""
    return relation.tie or (relation.as_stated if relation.type == "other" else "") or relation.type
