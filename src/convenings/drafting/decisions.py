"""What a review consists of: the fields of each kind of draft, where it stands, and what comes of a decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import msgspec
from msgspec.structs import replace

from convenings.domain import dates
from convenings.domain.errors import BadInput
from convenings.domain.record_values import EventType, GapType, OrganisationType, Paragraph, QuestionForm, StatementType
from convenings.domain.records import Source
from convenings.domain.roles import ROLES
from convenings.store.draft_file import DraftRecord, DraftReport

FIELDS: Mapping[str, tuple[str, ...]] = {
    "event": ("name", "type", "date", "place"),
    "participation": ("agent", "title_as_stated", "on_behalf_of", "role", "event", "present"),
    "organisation": ("name", "abbreviation", "type", "role", "event"),
    "statement": ("passage", "agent", "summary", "type", "event"),
    "question": ("passage", "text", "form", "agent", "event"),
    "gap": ("passage", "detail", "type", "event"),
}
"""Kind to the fields that it can have; those of a participation but the first and the last two may come again, and the
role of an organisation."""
NAMING = {
    "agent": ("person", "organisation"),
    "event": ("event",),
    "on_behalf_of": ("organisation",),
    "place": ("place",),
    "name": ("event", "organisation"),
}
"""Field to the kinds of record that an id in it may name."""


class Progress(msgspec.Struct, frozen=True):
    """How many records of the queue are in which state."""

    open: int = 0
    later: int = 0
    wording: int = 0
    accepted: int = 0
    rejected: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.open + self.later + self.wording + self.accepted + self.rejected


class Decision(msgspec.Struct, frozen=True):
    """What came of a decision."""

    what: str
    """In a few words, for the line of messages."""
    following: DraftRecord | None = None
    """What is to be shown next; nothing where nothing is open any more."""
    changed: tuple[str, ...] = ()
    """Ids of the draft records that are otherwise now."""
    refs: tuple[str, ...] = ()
    """Ids of the records of the dataset that are otherwise now."""
    needed: int = 0
    """How many drafts were accepted besides, as those that were meant cannot do without them."""

    @property
    def besides(self) -> str:
        """How many these are, to be said behind the rest; empty where there are none."""
        number = self.what.partition(" ")[0]
        who = "they need" if number.isdecimal() and number != "1" else "it needs"
        return f", with {self.needed} that {who}" if self.needed else ""


class UnwordedParagraph(msgspec.Struct, frozen=True):
    """A paragraph that accepted records cite and whose digest is not written yet."""

    id: str
    """``draft/HASH/NUMBER`` with the number of the paragraph, as :meth:`Review.set` takes it."""
    source: str
    paragraph: int
    page: int = 0


def page_of(report: DraftReport, paragraph: int) -> int:
    """The page on which a paragraph begins, from 1; 0 where the report has no pages."""
    return report.pages[paragraph - 1] if 0 < paragraph <= len(report.pages) else 0


def paragraph_id(report: DraftReport, paragraph: int) -> str:
    """The id by which the digest of a paragraph is set."""
    return f"draft/{report.text_hash[:6]}/{paragraph}"


def with_digest(source: Source, paragraph: int, digest: str, page: int) -> Source:
    """A source with what one of its paragraphs says, in the reader's words."""
    entries = {entry.number: entry for entry in source.digest}
    entry = entries.get(paragraph, Paragraph(number=paragraph, digest="", page=page or None))
    entries[paragraph] = replace(entry, digest=digest)
    return replace(source, digest=[entries[number] for number in sorted(entries)])


def check_value(record: DraftRecord, field: str, value: str) -> None:
    """Refuse what a field cannot hold.

    Raises:
        BadInput: The value is none of the closed list of the field, or no date.
    """
    if any(char < " " for char in value):
        raise BadInput(f"the {field} is no line of text", place=record.id, hint="write it on one line")
    if field == "date":
        dates.parse(value)
    allowed = CHOICES.get((record.kind, field), ())
    if allowed and value not in allowed:
        raise BadInput(f"'{value}' is no {field}", place=record.id, hint=f"choose one of: {', '.join(allowed)}")


CHOICES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("participation", "role"): ROLES,
    ("organisation", "role"): ROLES,
    ("event", "type"): get_args(EventType),
    ("organisation", "type"): get_args(OrganisationType),
    ("statement", "type"): get_args(StatementType),
    ("question", "form"): get_args(QuestionForm),
    ("gap", "type"): get_args(GapType),
    ("participation", "present"): ("yes", "no"),
}
"""Kind and field to all that the field can be."""
