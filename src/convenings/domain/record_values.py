"""The closed lists of words of the data model, and the values that its records hold."""

from __future__ import annotations

from typing import Literal

import msgspec

Basis = Literal["stated", "inferred"]
"""``stated``: the source says so. ``inferred``: it follows from the source and something else, said in a note."""

Act = Literal["raised", "restated", "addressed", "answered", "contested", "set as aim", "asked by the report"]
"""What happened to a question at an event (issue-based information systems); ``asked by the report`` where nobody there
is said to have asked it."""

EventType = Literal[
    "workshop", "seminar", "fair", "visit", "speech", "keynote", "presentation", "panel", "round table", "discussion",
    "comment", "exhibition", "release", "activity", "conference", "talk", "lightning talk", "meeting", "hearing",
    "course", "training", "sprint", "performance", "concert", "screening", "ceremony", "social", "break", "series",
    "term", "sitting", "election", "motion",
]  # fmt: skip
"""What an event is; a ``series`` is an event whose parts are its dated occurrences, a ``motion`` is voted on."""
Status = Literal["cancelled", "moved", "tentative"]
"""What has become of an event that is not simply held."""
VoteOption = Literal["yes", "no", "abstain", "absent"]
OrganisationType = Literal[
    "government body", "political body", "international organisation", "university", "research organisation",
    "foundation", "association", "company", "media", "organising body", "unit", "other",
]  # fmt: skip
PlaceType = Literal["room", "venue", "building", "district", "city", "country", "region", "constituency", "online"]
InitiativeType = Literal["project", "programme", "platform", "campaign", "service", "fund", "award", "other"]
QuestionForm = Literal["numbered", "rhetorical", "indirect", "direct"]
TopicType = Literal["technology", "beneficiary", "policy area", "concept", "track"]
StatementType = Literal["report", "opinion", "recommendation", "commitment", "hope", "aim", "background"]
RelationType = Literal[
    "part of", "unit of", "housed at", "follows", "refers to", "co-organises", "runs", "initiated",
    "supports", "funds", "collaborates with", "presented at", "same as", "close to", "narrower than", "answers",
    "follows from", "other",
]  # fmt: skip
GapType = Literal[
    "unnamed party", "role not stated", "affiliation not stated", "date not stated", "place not stated",
    "number not stated", "text lost", "ambiguous name", "ambiguous reference", "content not reported", "other",
]  # fmt: skip


class Base(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """What every struct of the model shares: immutable, unknown fields refused, defaults left unwritten."""


class Evidence(Base, frozen=True, kw_only=True):
    """Where in a source a record is supported: a Web Annotation selector with the hash of what it selects.

    In a text, a paragraph and a span of it. In a structured file (a source of type ``data``) there is no paragraph but
    a pointer, and the span is that of the element in the bytes of the file.
    """

    source: str
    """Id of the source."""
    paragraph: int = 0
    """Which non-empty paragraph of the source, the title being 1; 0 where there is a pointer."""
    pointer: str = ""
    """Where it stands in a structured file, in the file's own terms: a JSON Pointer (RFC 6901), ``row=7`` (RFC 7111),
    ``sheet=Talks&row=7``, ``uid=...``, or an element such as ``event[@id='7324']``; empty in a text."""
    start: int
    """First code point of the passage, counted in the paragraph from 0; with a pointer, first byte in the file."""
    end: int
    """Code point, or byte, after the last one of the passage; with a pointer 0, as is the start, where what it points
    at is no run of bytes (a row of a packed workbook)."""
    passage_hash: str
    """First 16 hexadecimal digits of the SHA-256 of the passage's UTF-8 bytes, for example ``9f86d081884c7d65``; with a
    pointer, of the bytes of the element as they stand, and of a row of a workbook of its cells joined by tabs."""
    fields: list[str]
    """Names of the record's fields that the passage supports; ``*`` is every field that it has."""
    basis: Basis = "stated"
    note: str = ""
    """For an inferred basis: from what it was inferred."""


class Name(Base, frozen=True, kw_only=True):
    """One form of a name."""

    value: str
    type: Literal["name", "abbreviation", "alternative", "native", "former", "translation"] = "alternative"
    language: str = ""
    """BCP 47, for example ``zh``."""
    script: str = ""
    """ISO 15924, for example ``Hans``."""
    order: Literal["", "family-first", "given-first"] = ""
    basis: Basis = "stated"


class Count(Base, frozen=True, kw_only=True):
    """A number of people or things with the words it was given in."""

    as_stated: str
    min: int | None = None
    max: int | None = None
    exclusive: bool = False
    """True where the bounds themselves are excluded: "more than 120" is min 120, exclusive."""


class Occurrence(Base, frozen=True, kw_only=True):
    """A question at an event."""

    event: str
    act: Act
    explicit: bool
    """True where the source words it as a question; False where it is only reported that something was discussed."""
    agents: list[str] = []
    """Ids of who raised or took it up; empty where the report itself asks, or does not say."""
    evidence: list[Evidence] = []


class Bearing(Base, frozen=True, kw_only=True):
    """That a statement bears on a question, and why we say so."""

    question: str
    basis: Basis
    """``stated`` where the source itself ties the two."""
    reason: str = ""
    """Why the claim bears on the question; for an inferred basis never empty."""
    evidence: list[Evidence] = []
    """The passages the bearing rests on; for an inferred basis the reason is their note where they have none."""


class Identifier(Base, frozen=True, kw_only=True):
    """What a record is called by a system that numbers its things."""

    scheme: str
    """The system and what it numbers, for example ``orcid``, ``wikidata`` or ``conference.example person``."""
    value: str


class Link(Base, frozen=True, kw_only=True):
    """A page, video, paper or image that belongs to a record."""

    url: str
    rel: str = ""
    """What it is to the record: a link relation (IANA, schema.org) or the file's own word, such as ``video``."""
    label: str = ""
    language: str = ""
    """BCP 47."""
    media_type: str = ""


class Description(Base, frozen=True, kw_only=True):
    """What others say of a record in their own words, such as the abstract of a talk; never ours."""

    text: str
    title: str = ""
    """What the file calls it: ``abstract``, ``biography``."""
    language: str = ""
    """BCP 47."""
    format: Literal["plain", "html", "markdown"] = "plain"
    by: str | None = None
    """Id of the person or organisation whose words they are; absent where they are the publisher's."""


class VoteCount(Base, frozen=True, kw_only=True):
    """How many voted in one way."""

    option: VoteOption
    value: int


class Part(Base, frozen=True, kw_only=True):
    """What one stretch of a paragraph says, in our own words."""

    start: int
    """First code point of the stretch, counted in the paragraph from 0."""
    end: int
    """Code point after its last one."""
    digest: str


class Paragraph(Base, frozen=True, kw_only=True):
    """What one paragraph of a source says, in our own words."""

    number: int
    digest: str
    """The whole paragraph in a sentence or two."""
    page: int | None = None
    """The page of the document on which it begins, from 1."""
    parts: list[Part] = []
    """Of a long one, its stretches in order, so that passages in it can be told apart."""


class Import(Base, frozen=True, kw_only=True):
    """What one file brought into a dataset (a PROV activity): a document of the table ``imports``, no record."""

    source: str
    """Id of the source that stands for the file."""
    file: str
    """Its name, without folders."""
    hash: str
    """First 16 hexadecimal digits of the SHA-256 of its bytes."""
    at: str
    """When, in UTC: ``2026-11-26T09:30:00Z``."""
    reader: str
    """Name of the format that read it, with the version of the program: ``icalendar 0.1.0``."""
    mapping: dict[str, str] = {}
    """Column to field, where the file is a table."""
    records: dict[str, tuple[str, str]] = {}
    """Id of every record that it made or updated, to the key by which the file knows it and the hash of the record as
    it was then: first 16 hexadecimal digits of the SHA-256 of its canonical document."""
