"""A profile as a value: the same for the explorer, which draws it, and for the command line, which prints it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from convenings.domain.record_values import Evidence

INFERRED = " (inferred)"
"""What stands behind a word that is inferred."""
GAPS = "Not known"
"""Heading of what the sources leave open; it comes last."""


class Listing(NamedTuple):
    """A list that has all of what a profile tells the first of."""

    kind: str
    """Kind of the records in it."""
    filter: str
    """Line of the query language that leaves them of all records of the kind."""


class Entry(NamedTuple):
    """One line of a profile: a text, perhaps a link, a muted note, and the numbers of its evidence."""

    text: str
    ref: str = ""
    """Id of the record that the line leads to; empty where it leads nowhere."""
    note: str = ""
    numbers: tuple[int, ...] = ()
    unknown: str = ""
    """What the source does not say, shown as such."""
    basis: str = "stated"
    when: str = ""
    """Of an event, when and where it is."""
    listing: Listing | None = None
    """Of several records, where they are listed: the line leads there."""
    url: str = ""
    """Address of a page, video or paper that belongs to the record."""

    @property
    def is_marked_last(self) -> bool:
        """Whether it is inferred and no word of it is marked so: then the mark stands behind the whole line."""
        return self.basis == "inferred" and INFERRED not in self.note


class Section(NamedTuple):
    """A group of entries under a heading."""

    title: str
    entries: list[Entry]
    total: int
    """How many there are, listed or not."""
    counted: bool = True
    """Whether there are no more than ``total``; else not all that might belong here was read."""
    listing: Listing | None = None
    """Where all of them are listed; None where no list has just these."""
    is_prose: bool = False
    """Whether its entries are the paragraphs of one text, which nobody counts."""

    @property
    def number(self) -> str:
        """How many there are, for people to read; empty of the paragraphs of a text."""
        if self.is_prose:
            return ""
        return f"{self.total:,}" if self.counted else f"{self.total:,} or more"

    @property
    def is_gaps(self) -> bool:
        """Whether it says what is not known."""
        return self.title == GAPS


class Cited(NamedTuple):
    """A passage that a profile cites, under its number."""

    number: int
    evidence: Evidence
    ref: str
    """Id of the record whose evidence it is."""
    fields: tuple[str, ...]
    """Fields it supports there."""
    others: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Id and fields of each further record of which it is evidence."""

    @property
    def claims(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Id and fields of every record of which it is evidence, in the order in which they are cited."""
        return ((self.ref, self.fields), *self.others)

    def supporting(self, ref: str, fields: Iterable[str]) -> Cited:
        """The passage as evidence of fields of a record, too."""
        claims = dict(self.claims)
        claims[ref] = tuple(dict.fromkeys((*claims.get(ref, ()), *fields)))
        (_, own), *others = claims.items()
        return self._replace(fields=own, others=tuple(others))


@dataclass
class Profile:
    """What is known of one record."""

    ref: str
    kind: str
    title: str
    numbers: tuple[int, ...] = ()
    """Of evidence that supports the record itself, and none of its facts that are listed: its name, its text."""
    facts: list[Entry] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    cited: list[Cited] = field(default_factory=list)

    def entries(self) -> Iterable[Entry]:
        """Facts, then the entries of all sections."""
        yield from self.facts
        for section in self.sections:
            yield from section.entries
