"""A small dataset without faults, and the text of its one source, for tests to spoil."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from convenings.domain.kinds import KINDS, TABLES
from convenings.domain.record_values import (
    Bearing,
    Evidence,
    Occurrence,
    Paragraph,
)
from convenings.domain.records import (
    FORMAT,
    Event,
    Gap,
    Initiative,
    Membership,
    Organisation,
    Participation,
    Person,
    Place,
    Question,
    Record,
    Relation,
    Source,
    Statement,
    Topic,
)
from convenings.index.build.publish import build
from convenings.index.stamp import index_path, stamp_of
from convenings.store import canonical, sources
from convenings.store.dataset import Dataset

TEXT = (
    "A day on rivers\n"
    "\n"
    "On 4 May 2021 the River Trust met in Ghent.\r\n"
    "\u00a0Ana Lima (chair) asked: who owns a river?\n"
    "Rivers, rivers, and once more rivers.\n"
)
"""Four paragraphs; the third one begins with a no-break space, the last one says a word more than once."""

_KINDS_BY_STRUCT = {struct: kind for kind, struct in KINDS.items()}


def evidence(paragraph: int, quote: str, *fields: str, **more: Any) -> Evidence:
    """Evidence for the fields at the first place of the quote in a paragraph of the text."""
    text = sources.paragraphs(TEXT)[paragraph - 1]
    start = text.index(quote)
    return Evidence(
        source="source/rivers",
        paragraph=paragraph,
        start=start,
        end=start + len(quote),
        passage_hash=sources.passage_hash(quote),
        fields=list(fields),
        **more,
    )


def bearing(question: str, *pieces: Evidence, reason: str = "") -> Bearing:
    """What a statement says of a question: stated, or inferred for a reason."""
    return Bearing(question=question, basis="inferred" if reason else "stated", reason=reason, evidence=list(pieces))


def records() -> list[Record]:
    """At least one record of every kind, each sound."""
    day, chair = "4 May 2021", "Ana Lima (chair)"
    return [
        Event(
            id="event/day",
            label="Day on rivers",
            type="workshop",
            date="2021-05-04",
            date_basis="stated",
            place="place/ghent",
            evidence=[evidence(2, day, "date"), evidence(2, "met in Ghent", "type", "place")],
        ),
        Event(
            id="event/talk",
            label="Talk",
            type="speech",
            super_event="event/day",
            evidence=[evidence(3, chair, "type", "super_event")],
        ),
        Person(id="person/ana", label="Ana Lima", family="Lima", evidence=[evidence(3, "Ana Lima", "family")]),
        Organisation(
            id="organisation/trust", label="Trust", type="foundation", evidence=[evidence(2, "Trust", "type")]
        ),
        Organisation(
            id="organisation/unit",
            label="Unit",
            type="unit",
            parent="organisation/trust",
            evidence=[evidence(2, "River Trust", "type", "parent")],
        ),
        Place(id="place/ghent", label="Ghent", type="city", evidence=[evidence(2, "Ghent", "type")]),
        Initiative(id="initiative/clean", label="Clean", type="project", evidence=[evidence(1, "rivers", "type")]),
        Question(
            id="question/owner",
            label="Owner?",
            text="Who is the owner of a river?",
            form="direct",
            topics=["topic/rivers"],
            evidence=[evidence(3, "who owns a river?", "text", "form", "topics")],
            occurrences=[
                Occurrence(
                    event="event/talk",
                    act="raised",
                    explicit=True,
                    agents=["person/ana"],
                    evidence=[evidence(3, "who owns a river?", "event", "act", "explicit", "agents")],
                )
            ],
        ),
        Topic(id="topic/water", label="Water", type="concept", evidence=[evidence(1, "rivers", "type")]),
        Topic(
            id="topic/rivers",
            label="Rivers",
            type="concept",
            broader="topic/water",
            evidence=[evidence(1, "rivers", "type", "broader", basis="inferred", note="Common knowledge.")],
        ),
        Participation(
            id="participation/ana",
            event="event/talk",
            role="speaker",
            agent="person/ana",
            on_behalf_of=["organisation/trust"],
            evidence=[evidence(3, chair, "event", "role", "agent", "on_behalf_of")],
        ),
        Participation(
            id="participation/some",
            event="event/day",
            role="attendee",
            unnamed="members",
            evidence=[evidence(2, "met", "event", "role", "unnamed")],
        ),
        Membership(
            id="membership/ana",
            person="person/ana",
            organisation="organisation/trust",
            title="chair",
            first_attested="2021-05-04",
            evidence=[evidence(3, "chair", "person", "organisation", "title", "first_attested")],
        ),
        Relation(
            id="relation/runs",
            type="runs",
            subject="organisation/trust",
            object="initiative/clean",
            evidence=[evidence(1, "rivers", "type", "subject", "object")],
        ),
        Statement(
            id="statement/one",
            type="opinion",
            summary="Ownership of rivers is open.",
            event="event/talk",
            agents=["person/ana"],
            questions=[bearing("question/owner", evidence(3, "asked", "question"))],
            evidence=[evidence(3, "asked", "type", "summary", "event", "agents")],
        ),
        Source(
            id="source/rivers",
            label="Rivers",
            title="A day on rivers",
            published="2021-05",
            paragraphs=4,
            text_hash=sources.text_hash(TEXT.encode()),
            digest=[Paragraph(number=number, digest="Of water.") for number in (1, 2, 3, 4)],
            evidence=[evidence(1, "A day on rivers", "title", "published")],
        ),
        Gap(
            id="gap/who",
            label="Who came",
            type="unnamed party",
            about=["event/day"],
            evidence=[evidence(2, "met", "type", "about")],
        ),
    ]


def tables(content: list[Record] | None = None, redirects: dict[str, str] | None = None) -> dict[str, dict[str, Any]]:
    """The tables of a dataset of these records, as builtins."""
    found: dict[str, dict[str, Any]] = {"dataset": {"1": {"format": FORMAT, "title": "Rivers"}}}
    if redirects:
        found["redirects"] = {str(n): {"id": old, "to": new} for n, (old, new) in enumerate(redirects.items(), 1)}
    for record in records() if content is None else content:
        rows = found.setdefault(TABLES[_KINDS_BY_STRUCT[type(record)]], {})
        rows[str(len(rows) + 1)] = msgspec.to_builtins(record)
    return found


def write(path: Path, content: list[Record] | None = None, redirects: dict[str, str] | None = None) -> Dataset:
    """A canonical dataset file of these records, opened."""
    path.write_bytes(canonical.encode(tables(content, redirects)))
    return Dataset.open(path)


class Stopped(Exception):
    """A build was given up."""


def index_until(path: Path, phase: str) -> list[str]:
    """Index a dataset as for somebody who waits for it, and give up when a phase begins; the phases that were told."""
    told: list[str] = []

    def progress(now: str) -> None:
        told.append(now)
        if now == phase:
            raise Stopped

    with suppress(Stopped):
        build(Dataset.open(path), index_path(path), stamp_of(path), progress, early=True)
    return told
