"""A dataset made from a structured file, a schedule in JSON, for tests to spoil."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import msgspec

from convenings.domain.kinds import KIND_OF_STRUCT, TABLES
from convenings.domain.record_values import Description, Evidence, Identifier, Import, Link, VoteCount
from convenings.domain.records import (
    FORMAT,
    Event,
    Membership,
    Organisation,
    Participation,
    Person,
    Place,
    Record,
    Source,
    Topic,
)

DATA = (
    '{"conference": {"name": "Eel Days", "first": "2021-02-06", "last": "2021-02-07"},\n'
    '"talks": [{"id": 7, "title": "On eels", "speaker": "Bo Åberg", "room": "Hall"},\n'
    '{"id": 8, "title": "Late eels", "speaker": "Bo Åberg", "room": "Hall"}]}\n'
).encode()
"""A schedule, in which evidence of the records below points."""
LATIN = DATA.decode().encode("latin-1")
"""The schedule in bytes that are no UTF-8."""


def element(pointer: str, *fields: str, data: bytes = DATA, **more: Any) -> Evidence:
    """Evidence for some fields, or for all, by a JSON Pointer to one of the elements of the schedule."""
    parts = {
        "/conference": (data.index(b'{"name"'), data.index(b"},") + 1),
        "/talks/0": (data.index(b'{"id": 7'), data.index(b"},\n{") + 1),
        "/talks/1": (data.index(b'{"id": 8'), data.index(b"]}")),
    }
    start, end = parts[pointer]
    return Evidence(
        source="source/schedule",
        pointer=pointer,
        start=start,
        end=end,
        passage_hash=sha256(data[start:end]).hexdigest()[:16],
        fields=list(fields) or ["*"],
        **more,
    )


def schedule(data: bytes = DATA) -> list[Record]:
    """Records of the schedule, each sound: a conference with two talks, one of them after midnight."""

    def at(pointer: str, *fields: str, **more: Any) -> Evidence:
        return element(pointer, *fields, data=data, **more)

    return [
        Event(
            id="event/eel-days",
            label="Eel Days",
            type="conference",
            date="2021-02-06/2021-02-07",
            date_basis="stated",
            zone="Europe/Brussels",
            evidence=[at("/conference")],
        ),
        Event(
            id="event/on-eels",
            label="On eels",
            type="talk",
            date="2021-02-06",
            date_basis="stated",
            start_time="14:00",
            end_time="14:50",
            language="en",
            super_event="event/eel-days",
            place="place/hall",
            topics=["topic/fish"],
            identifiers=[Identifier(scheme="eels.example talk", value="7")],
            links=[Link(url="https://eels.example/talks/7", rel="video", label="Recording")],
            descriptions=[Description(text="All <b>eels</b>.", title="abstract", format="html", by="person/bo-aberg")],
            evidence=[at("/talks/0"), at("/talks/0", "type", basis="inferred", note="It is a talk by default.")],
        ),
        Event(
            id="event/late-eels",
            label="Late eels",
            type="talk",
            date="2021-02-08",
            date_basis="stated",
            start_time="00:30",
            end_time="01:15",
            status="cancelled",
            super_event="event/eel-days",
            place="place/hall",
            identifiers=[Identifier(scheme="eels.example talk", value="8")],
            evidence=[at("/talks/1")],
        ),
        Event(
            id="event/motion",
            label="More eels",
            type="motion",
            votes=[VoteCount(option="yes", value=3), VoteCount(option="no", value=1)],
            evidence=[at("/talks/1")],
        ),
        Person(id="person/bo-aberg", label="Bo Åberg", evidence=[at("/talks/0")]),
        Organisation(id="organisation/club", label="Eel Club", type="association", evidence=[at("/conference")]),
        Place(
            id="place/hall",
            label="Hall",
            type="room",
            capacity=80,
            latitude=50.8,
            longitude=4.4,
            evidence=[at("/talks/0")],
        ),
        Topic(id="topic/fish", label="Fish", type="track", evidence=[at("/talks/0")]),
        Participation(
            id="participation/bo",
            event="event/on-eels",
            role="speaker",
            agent="person/bo-aberg",
            role_as_stated="presenter",
            evidence=[at("/talks/0")],
        ),
        Participation(
            id="participation/bo-late",
            event="event/late-eels",
            role="speaker",
            agent="person/bo-aberg",
            evidence=[at("/talks/1")],
        ),
        Participation(
            id="participation/vote",
            event="event/motion",
            role="voter",
            agent="person/bo-aberg",
            option="yes",
            evidence=[at("/talks/1")],
        ),
        Membership(
            id="membership/bo",
            person="person/bo-aberg",
            organisation="organisation/club",
            title="treasurer",
            start="2019-05",
            end="..",
            evidence=[at("/conference")],
        ),
        Source(
            id="source/schedule",
            label="eels.json",
            type="data",
            media_type="application/json",
            text_hash=sha256(data).hexdigest()[:16],
            evidence=[at("/conference")],
        ),
    ]


def tables(data: bytes = DATA) -> dict[str, dict[str, Any]]:
    """The tables of a dataset of these records and of the import that brought them, as builtins."""
    content: dict[str, dict[str, Any]] = {"dataset": {"1": {"format": FORMAT, "title": "Eels"}}}
    records = schedule(data)
    for record in records:
        rows = content.setdefault(TABLES[KIND_OF_STRUCT[type(record)]], {})
        rows[str(len(rows) + 1)] = msgspec.to_builtins(record)
    document = Import(
        source="source/schedule",
        file="eels.json",
        hash=sha256(data).hexdigest()[:16],
        at="2026-11-26T09:30:00Z",
        reader="eels 0.1.0",
        records={record.id: (record.id, "0" * 16) for record in records},
    )
    content["imports"] = {"1": msgspec.to_builtins(document)}
    return content
