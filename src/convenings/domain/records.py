"""The kinds of record a dataset holds, as typed structs.

The model is the factoid model of prosopography: a *source* says something about a *subject*, and what it says is a
record of its own (a participation, a membership, a relation, a statement) with the passage that supports it. Words and
fields follow schema.org, Popolo and the W3C Web Annotation model; dates are EDTF (ISO 8601-2).

A record's id is ``kind/slug``, for example ``person/huang-haoming``; it is the only link currency of the program.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from convenings.domain.roles import Role

FORMAT = 2
"""The version of the data model, and the format of a file in which it is written; every earlier one is read."""

Basis = Literal["stated", "inferred"]
"""``stated``: the source says so. ``inferred``: it follows from the source and something else, said in a note."""

Act = Literal["raised", "restated", "addressed", "answered", "contested", "set as aim", "asked by the report"]
"""What happened to a question at an event (issue-based information systems); ``asked by the report`` where nobody there
is said to have asked it."""

EventType = Literal[
    "workshop", "seminar", "fair", "visit", "speech", "keynote", "presentation", "panel", "round table", "discussion",
    "comment", "exhibition", "release", "activity",
]  # fmt: skip
OrganisationType = Literal[
    "government body", "political body", "international organisation", "university", "research organisation",
    "foundation", "association", "company", "media", "organising body", "unit", "other",
]  # fmt: skip
PlaceType = Literal["room", "venue", "building", "district", "city", "country"]
InitiativeType = Literal["project", "programme", "platform", "campaign", "service", "fund", "award", "other"]
QuestionForm = Literal["numbered", "rhetorical", "indirect", "direct"]
TopicType = Literal["technology", "beneficiary", "policy area", "concept"]
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
    """Where in a source a record is supported: a Web Annotation position selector with the hash of what it selects."""

    source: str
    """Id of the source."""
    paragraph: int
    """Which non-empty paragraph of the source, the title being 1."""
    start: int
    """First code point of the passage, counted in the paragraph from 0."""
    end: int
    """Code point after the last one of the passage."""
    passage_hash: str
    """First 16 hexadecimal digits of the SHA-256 of the passage's UTF-8 bytes, for example ``9f86d081884c7d65``."""
    fields: list[str]
    """Names of the record's fields that the passage supports."""
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


class Record(Base, frozen=True, kw_only=True):
    """What every kind of record has."""

    id: str
    evidence: list[Evidence] = []


class Labelled(Record, frozen=True, kw_only=True):
    """A record with a name of its own; the others get their label from what they connect."""

    label: str
    """Short name for a row of a list; at most about 60 characters."""


class Event(Labelled, frozen=True, kw_only=True):
    """Something that took place: a workshop, seminar, fair or visit, and each of its sessions."""

    type: EventType
    names: list[Name] = []
    date: str | None = None
    """EDTF, exactly as known; absent where no date is known."""
    date_basis: Basis | None = None
    start_time: str | None = None
    """``HH:MM``, local time at the place."""
    super_event: str | None = None
    position: int | None = None
    """Place among the sessions of the super event, from 1, where the source gives an order."""
    place: str | None = None
    place_basis: Basis | None = None
    attendance: Count | None = None
    summary: str = ""
    topics: list[str] = []


class Person(Labelled, frozen=True, kw_only=True):
    """A named human being."""

    family: str = ""
    given: str = ""
    names: list[Name] = []
    honorific: str = ""
    """As stated: ``Ms.``, ``Mr.``."""


class Organisation(Labelled, frozen=True, kw_only=True):
    """A named body, a unit of one, or a body that the source leaves unnamed."""

    type: OrganisationType
    names: list[Name] = []
    parent: str | None = None
    parent_basis: Basis | None = None
    place: str | None = None
    unnamed: str | None = None
    """What the source says instead of a name; absent for a named body."""
    summary: str = ""


class Place(Labelled, frozen=True, kw_only=True):
    """A venue, city or country; places nest."""

    type: PlaceType
    names: list[Name] = []
    parent: str | None = None
    parent_basis: Basis | None = None


class Initiative(Labelled, frozen=True, kw_only=True):
    """A project, programme, platform, campaign, service or fund. Who runs it is a relation."""

    type: InitiativeType
    names: list[Name] = []
    summary: str = ""
    topics: list[str] = []


class Question(Labelled, frozen=True, kw_only=True):
    """A question that an event raised, followed from event to event through its occurrences."""

    text: str
    """The whole question in our own words."""
    form: QuestionForm
    number: int | None = None
    """Its number in the source's list, where it has one."""
    topics: list[str] = []
    occurrences: list[Occurrence] = []


class Topic(Labelled, frozen=True, kw_only=True):
    """A technology, a group of beneficiaries or a policy area (a SKOS concept)."""

    type: TopicType
    names: list[Name] = []
    broader: str | None = None


class Participation(Record, frozen=True, kw_only=True):
    """An agent, or an unnamed party, at an event in a role."""

    event: str
    role: Role
    agent: str | None = None
    """Id of a person or organisation, or of an initiative where that is the supporter; absent for an unnamed party."""
    unnamed: str | None = None
    """What the source says of a party it does not name; absent where there is an agent."""
    on_behalf_of: list[str] = []
    """Organisations the agent spoke or came for, as the source gives them; empty where it does not say."""
    title_as_stated: str = ""
    count: Count | None = None
    """How many the party was, where the source gives a number."""
    role_basis: Basis | None = None


class Membership(Record, frozen=True, kw_only=True):
    """A person's title in an organisation, with the dates it is attested."""

    person: str
    organisation: str
    title: str
    first_attested: str | None = None
    """EDTF."""
    last_attested: str | None = None
    """EDTF."""
    attested_basis: Basis | None = None


class Relation(Record, frozen=True, kw_only=True):
    """What relates two records beyond participation and membership: ``subject`` ``type`` ``object``.

    Two questions, or two topics, are related so, too: as the same, as close, as one that follows from the other.
    """

    type: RelationType
    subject: str
    object: str
    as_stated: str = ""
    """The source's own words for the relation, to the letter."""
    tie: str = ""
    """The relation in a few words of our own, where the type says too little; its label names both ends besides."""


class Statement(Record, frozen=True, kw_only=True):
    """One claim that somebody made at an event, or that the report itself makes."""

    type: StatementType
    summary: str
    event: str | None = None
    agents: list[str] = []
    """Ids of the persons or organisations who made it, several where they did so together; empty where the report
    itself speaks, or the speaker is unnamed."""
    unnamed: str | None = None
    """Who spoke, where the source gives a group and no name; absent where there are agents or the report speaks."""
    topics: list[str] = []
    """Ids of the topics the claim is about."""
    questions: list[Bearing] = []
    """The questions the claim bears on, each once."""
    mentions: list[str] = []
    """Ids of what the claim merely mentions; a mention is never a participation."""


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
    parts: list[Part] = []
    """Of a long one, its stretches in order, so that passages in it can be told apart."""


class Source(Labelled, frozen=True, kw_only=True):
    """A document that records rest on. The dataset holds its digest, never its text."""

    type: Literal["report", "news", "page", "other"] = "report"
    title: str = ""
    """As published."""
    publisher: str | None = None
    """As far as the document itself says, in words."""
    published_by: str | None = None
    """Id of the organisation that published it, where the dataset has a record of it."""
    published: str | None = None
    """EDTF."""
    published_basis: Basis | None = None
    language: str = ""
    paragraphs: int = 0
    """How many non-empty paragraphs it has."""
    text_hash: str = ""
    """First 16 hexadecimal digits of the SHA-256 of the text file's bytes."""
    digest: list[Paragraph] = []


class Gap(Labelled, frozen=True, kw_only=True):
    """Something the sources leave open."""

    type: GapType
    about: list[str]
    """Ids of the records it concerns."""
    detail: str = ""


UNSUPPORTED_FIELDS = frozenset(
    {
        "id", "evidence", "label", "tie", "occurrences", "questions", "position", "digest", "paragraphs", "text_hash",
        "language",
    }
)  # fmt: skip
"""Fields that need no evidence of their own: identity, our own labels, what has evidence inside it, and what is a fact
about the document itself."""
