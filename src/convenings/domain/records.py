"""The kinds of record a dataset holds, as typed structs.

The model is the factoid model of prosopography: a *source* says something about a *subject*, and what it says is a
record of its own (a participation, a membership, a relation, a statement) with the passage that supports it. Words and
fields follow schema.org, Popolo and the W3C Web Annotation model; dates are EDTF (ISO 8601-2).

A record's id is ``kind/slug``, for example ``person/huang-haoming``; it is the only link currency of the program.
"""

from __future__ import annotations

from typing import Literal

from convenings.domain.record_values import (
    Base,
    Basis,
    Bearing,
    Count,
    Description,
    EventType,
    Evidence,
    GapType,
    Identifier,
    InitiativeType,
    Link,
    Name,
    Occurrence,
    OrganisationType,
    Paragraph,
    PlaceType,
    QuestionForm,
    RelationType,
    StatementType,
    Status,
    TopicType,
    VoteCount,
    VoteOption,
)
from convenings.domain.roles import Role

FORMAT = 2
"""The version of the data model, and the format of a file in which it is written; every earlier one is read."""


class Record(Base, frozen=True, kw_only=True):
    """What every kind of record has."""

    id: str
    evidence: list[Evidence] = []
    identifiers: list[Identifier] = []
    links: list[Link] = []


class Labelled(Record, frozen=True, kw_only=True):
    """A record with a name of its own; the others get their label from what they connect."""

    label: str
    """Short name for a row of a list; at most about 60 characters where it is ours, else as the file has it."""
    descriptions: list[Description] = []


class Event(Labelled, frozen=True, kw_only=True):
    """Something that took place: a workshop, seminar, fair or visit, and each of its sessions."""

    type: EventType
    names: list[Name] = []
    date: str | None = None
    """EDTF, exactly as known; absent where no date is known."""
    date_basis: Basis | None = None
    start_time: str | None = None
    """``HH:MM``, local time at the place, on the first day of the date."""
    end_time: str | None = None
    """``HH:MM``, local time at the place, on the last day of the date; where it is not after the start of an event of
    one day, it is on the day after."""
    zone: str | None = None
    """IANA name (``Europe/Brussels``) or offset (``+01:00``) of these times; absent where that of the super event
    holds, or none is known."""
    status: Status | None = None
    """Absent where nothing is said against its having been held."""
    moved_from: str | None = None
    """EDTF of when it was to be, where it was moved."""
    recurrence: str = ""
    """Of a series, the rule in the words of the file (RFC 5545)."""
    expanded_until: str | None = None
    """EDTF day up to which the occurrences of a series without an end were worked out."""
    language: str = ""
    """BCP 47, of what is said there."""
    type_as_stated: str = ""
    """The file's own word for the type."""
    super_event: str | None = None
    position: int | None = None
    """Place among the sessions of the super event, from 1, where the source gives an order."""
    place: str | None = None
    place_basis: Basis | None = None
    attendance: Count | None = None
    votes: list[VoteCount] = []
    """Of a motion, how many voted in each way."""
    summary: str = ""
    topics: list[str] = []
    """Ids; the tracks of a conference are topics."""


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
    capacity: int | None = None
    address: str = ""
    latitude: float | None = None
    """Degrees (WGS 84), north positive."""
    longitude: float | None = None
    """Degrees (WGS 84), east positive."""


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
    role_as_stated: str = ""
    """The file's own word for the role."""
    option: VoteOption | None = None
    """How a voter voted."""


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
    start: str | None = None
    """EDTF of when it began, where the source says so."""
    end: str | None = None
    """EDTF of when it ended; ``..`` where the source says that it goes on."""
    on_behalf_of: str | None = None
    """Id of the organisation (a party, a faction) for which it is held."""
    post: str = ""
    """The post that it fills, as stated."""
    area: str | None = None
    """Id of the place that it is for, such as a constituency."""


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


class Source(Labelled, frozen=True, kw_only=True):
    """A document that records rest on. The dataset holds its digest, never its text."""

    type: Literal["report", "news", "page", "data", "other"] = "report"
    """``data`` is a structured file (a calendar, a table, a schedule) in which evidence has pointers."""
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
    """First 16 hexadecimal digits of the SHA-256 of the file's bytes."""
    media_type: str = ""
    """Of a structured file, for example ``text/csv``, with the parameters that reading it takes."""
    licence: str = ""
    retrieved: str | None = None
    """EDTF day on which the file was fetched or read."""
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
        "language", "identifiers", "links", "media_type", "licence", "retrieved", "recurrence", "expanded_until",
        "moved_from",
    }
)  # fmt: skip
"""Fields that need no evidence of their own: identity, our own labels, what has evidence inside it, and what is a fact
about the document itself."""
