"""What is related to what, and why, rule by rule, and what the index holds of it."""

from __future__ import annotations

from pathlib import Path

from convenings.domain.record_values import Bearing, Occurrence
from convenings.domain.records import (
    Event,
    Gap,
    Membership,
    Organisation,
    Participation,
    Person,
    Place,
    Question,
    Relation,
    Statement,
    Topic,
)
from convenings.domain.roles import Role
from convenings.index.build.related_rows import DEEPEST, lineage
from tests.unit import factory
from tests.unit.factory import bearing
from tests.unit.indexing import opened, related_ids, row

EVENTS = [
    Event(id="event/fair", label="Fair", type="fair"),
    Event(id="event/day", label="Day", type="seminar", super_event="event/fair"),
    Event(id="event/talk", label="Talk", type="speech", super_event="event/day"),
    Event(id="event/show", label="Show", type="exhibition", super_event="event/fair"),
]
TALK = Participation(
    id="participation/ana",
    event="event/talk",
    role="speaker",
    agent="person/ana",
    on_behalf_of=["organisation/trust"],
    title_as_stated="director",
)


def test_taking_part_in_a_session_counts_for_its_event_and_not_for_its_neighbour() -> None:
    related = related_ids(*EVENTS, TALK)
    for event in ("event/talk", "event/day", "event/fair"):
        why = "speaker" if event == "event/talk" else "speaker, in Talk"
        assert related[event, "person/ana"] == related["person/ana", event] == why
        assert related[event, "organisation/trust"] == why
    assert ("event/show", "person/ana") not in related
    assert related["person/ana", "organisation/trust"] == "director"


def test_whole_and_part_are_two_reasons() -> None:
    related = related_ids(*EVENTS)
    assert related["event/talk", "event/fair"] == "whole"
    assert related["event/fair", "event/talk"] == "part"
    assert ("event/show", "event/day") not in related


def test_a_statement_relates_its_speaker_whom_they_spoke_for_and_the_events() -> None:
    statements = [
        Statement(
            id=f"statement/{n}",
            type="report",
            summary="",
            event="event/talk",
            agents=["person/ana"],
            questions=list(map(bearing, questions)),
        )
        for n, questions in enumerate([["question/q"], ["question/q", "question/q"]])
    ]
    related = related_ids(*EVENTS, TALK, *statements)
    for party in ("person/ana", "organisation/trust", "event/talk", "event/day", "event/fair"):
        why = "2 statements in parts" if party in ("event/day", "event/fair") else "2 statements"
        assert related[party, "question/q"] == related["question/q", party] == why


def test_a_statement_at_another_event_is_not_made_for_the_organisation() -> None:
    elsewhere = Event(id="event/other", label="Other", type="seminar")
    statement = Statement(
        id="statement/s",
        type="report",
        summary="",
        event="event/other",
        agents=["person/ana"],
        questions=[bearing("question/q")],
    )
    related = related_ids(*EVENTS, elsewhere, TALK, statement)
    assert ("person/ana", "question/q") in related
    assert ("organisation/trust", "question/q") not in related


def test_an_organisation_that_speaks_for_itself_counts_a_statement_once() -> None:
    part = Participation(
        id="participation/t",
        event="event/talk",
        role="speaker",
        agent="organisation/trust",
        on_behalf_of=["organisation/trust"],
    )
    statement = Statement(
        id="statement/s",
        type="report",
        summary="",
        event="event/talk",
        agents=["organisation/trust"],
        topics=["topic/t"],
    )
    assert related_ids(*EVENTS, part, statement)["organisation/trust", "topic/t"] == "1 statement"


def test_an_occurrence_relates_who_asked_for_whom_and_where() -> None:
    occurrence = Occurrence(event="event/talk", act="raised", explicit=True, agents=["person/ana"])
    question = Question(id="question/q", label="Q", text="Q?", form="direct", occurrences=[occurrence])
    related = related_ids(*EVENTS, TALK, question)
    for party in ("event/talk", "event/fair", "person/ana", "organisation/trust"):
        assert related["question/q", party] == ("raised, in Talk" if party == "event/fair" else "raised")


def test_a_mention_and_a_gap_relate_nothing() -> None:
    statement = Statement(
        id="statement/s", type="report", summary="", event="event/day", mentions=["person/xi", "organisation/o"]
    )
    gap = Gap(id="gap/g", label="G", type="other", about=["person/xi", "event/day"])
    person = Person(id="person/xi", label="Xi")
    assert not [
        pair for pair in related_ids(*EVENTS, person, statement, gap) if "person/xi" in pair or "organisation/o" in pair
    ]


def test_relations_memberships_places_and_parents_say_why() -> None:
    related = related_ids(
        Relation(id="relation/a", type="runs", subject="organisation/a", object="initiative/i", tie="leads"),
        Relation(id="relation/b", type="other", subject="organisation/b", object="initiative/i", as_stated="heads"),
        Relation(id="relation/c", type="other", subject="organisation/c", object="initiative/i"),
        Membership(id="membership/m", person="person/p", organisation="organisation/a", title=""),
        Organisation(id="organisation/a", label="A", type="unit", parent="organisation/b"),
        Event(id="event/e", label="E", type="visit", place="place/p", topics=["topic/t"]),
        Place(id="place/p", label="P", type="city", parent="place/q"),
        Topic(id="topic/t", label="T", type="concept"),
    )
    assert related["organisation/a", "initiative/i"] == "runs"
    assert related["organisation/b", "initiative/i"] == "heads"
    assert related["organisation/c", "initiative/i"] == "related"
    assert related["person/p", "organisation/a"] == "member"
    assert related["organisation/a", "organisation/b"] == "parent"
    assert related["organisation/b", "organisation/a"] == "unit"
    assert (related["event/e", "place/p"], related["place/p", "event/e"]) == ("place", "visit")
    assert (related["place/p", "place/q"], related["place/q", "place/p"]) == ("parent", "part")
    assert (related["event/e", "topic/t"], related["topic/t", "event/e"]) == ("topic", "visit")


def test_roles_stand_in_the_order_of_the_list_and_two_reasons_are_named() -> None:
    parts = [
        Participation(id=f"participation/{role}", event="event/talk", role=role, agent="person/ana")
        for role in ("chair", "moderator", "speaker", "host")
    ]
    assert related_ids(*EVENTS, *parts)["event/talk", "person/ana"] == "host, chair +2"


def test_roles_in_several_sessions_are_told_with_each_and_those_at_the_event_itself_first() -> None:
    parts = [
        Participation(id=f"participation/{n}", event=f"event/{event}", role=role, agent="person/ana")  # type: ignore[arg-type]
        for n, (event, role) in enumerate(
            [("show", "visitor"), ("talk", "moderator"), ("fair", "attendee"), ("fair", "host"), ("day", "speaker")]
        )
    ]
    related = related_ids(*EVENTS, *parts)
    assert related["event/fair", "person/ana"] == "host, attendee +3"
    assert related["event/day", "person/ana"] == "speaker; moderator, in Talk"


def test_more_than_two_sessions_with_one_role_are_counted() -> None:
    fair = Event(id="event/fair", label="Fair", type="fair")
    talks = [Event(id=f"event/{n}", label=f"Talk {n}", type="talk", super_event="event/fair") for n in range(4)]

    def reason(*roles: tuple[int, Role], inferred: int | None = None) -> str:
        parts = [
            Participation(
                id=f"participation/{n}",
                event=f"event/{talk}",
                role=role,
                role_basis="inferred" if n == inferred else "stated",
                agent="person/ana",
            )
            for n, (talk, role) in enumerate(roles)
        ]
        return related_ids(fair, *talks, *parts)["event/fair", "person/ana"]

    speaks: list[tuple[int, Role]] = [(n, "speaker") for n in range(4)]
    assert reason(*speaks[:2]) == "speaker, in Talk 0; speaker, in Talk 1"
    assert reason(*speaks[:3]) == "speaker, in 3 events"
    assert reason(*speaks) == "speaker, in 4 events"
    assert reason(*speaks, (0, "chair")) == "chair, in Talk 0; speaker, in 4 events"
    # What is inferred is told apart, and none goes uncounted.
    assert reason(*speaks, inferred=3) == "speaker, in 3 events; speaker (inferred), in Talk 3"
    assert reason((0, "host"), (1, "chair"), *speaks) == "host, in Talk 0; chair, in Talk 1 +4"


def test_a_room_and_a_topic_are_related_to_the_people_of_their_sessions() -> None:
    events = [
        Event(id="event/days", label="Days", type="fair", place="place/campus", topics=["topic/software"]),
        Event(id="event/talk", label="Talk", type="speech", super_event="event/days", place="place/room"),
        Event(id="event/trip", label="Trip", type="visit", super_event="event/days"),
    ]
    parts = [
        Participation(id="participation/a", event="event/talk", role="speaker", agent="person/ana"),
        Participation(id="participation/b", event="event/trip", role="visitor", agent="person/bob"),
        Participation(id="participation/c", event="event/days", role="attendee", agent="person/cid"),
    ]
    related = related_ids(*events, *parts)
    assert related["place/room", "person/ana"] == related["person/ana", "place/room"] == "speaker, in Talk"
    assert related["topic/software", "person/ana"] == "speaker, in Talk"
    assert related["place/campus", "person/cid"] == "attendee, in Days"
    assert ("place/campus", "person/ana") not in related, "the talk was in a room of its own"
    assert ("place/campus", "person/bob") not in related, "a visit is elsewhere"


def test_a_place_and_the_topics_of_what_was_there_say_what_of_it_is_inferred() -> None:
    days = Event(id="event/days", label="Days", type="fair")
    talks = [
        Event(
            id=f"event/{n}", label=f"Talk {n}", type="speech", super_event="event/days", place="place/room",
            topics=["topic/law"], place_basis="inferred" if n == 1 else "stated",
        )
        for n in range(2)
    ]  # fmt: skip
    related = related_ids(days, *talks)
    assert related["place/room", "topic/law"] == related["topic/law", "place/room"] == "2 events (1 inferred)"
    assert ("event/days", "place/room") not in related, "a conference is not on where one of its sessions is"


def test_an_unnamed_party_stands_once_for_each_organisation_and_event() -> None:
    elsewhere = Event(id="event/other", label="Other", type="seminar")
    rows = [("talk", "trust"), ("show", "trust"), ("show", "bank"), ("other", "trust")]
    parts = [
        Participation(
            id=f"participation/{n}", event=f"event/{at}", role="guest of honour", unnamed="envoys",
            on_behalf_of=[f"organisation/{whom}"],
        )
        for n, (at, whom) in enumerate(rows)
    ]  # fmt: skip
    related = related_ids(*EVENTS, elsewhere, *parts)
    assert related["event/show", "participation/0"] == "guest of honour"
    assert ("event/show", "participation/1") not in related
    assert related["event/show", "participation/2"] == related["event/other", "participation/3"] == "guest of honour"


def test_what_is_inferred_is_marked(tmp_path: Path) -> None:
    said = factory.evidence(3, "asked", "type", "summary", "event", "agents")
    statements = [
        Statement(
            id=f"statement/{n}", type="opinion", summary="It is open.", event="event/talk", agents=["person/ana"],
            questions=[Bearing(question="question/owner", basis="inferred" if n < 2 else "stated", reason="Ours.")],
            evidence=[said],
        )
        for n in range(3)
    ]  # fmt: skip
    here = "event", "role", "unnamed"
    guest = Participation(
        id="participation/guest",
        event="event/day",
        role="attendee",
        unnamed="guests",
        on_behalf_of=["organisation/unit"],
        evidence=[
            factory.evidence(2, "met", *here),
            factory.evidence(2, "met", "on_behalf_of", basis="inferred", note="?"),
        ],
    )
    content = [record for record in factory.records() if record.id != "statement/one"]
    with opened(tmp_path / "set.json", [*content, *statements, guest]) as model:
        ana, owner, day, unit = (
            row(model, ref) for ref in ("person/ana", "question/owner", "event/day", "organisation/unit")
        )
        assert model.reason(ana, owner) == "raised, 3 statements (2 inferred)"
        assert model.reason(day, unit) == "attendee (inferred)"
        assert model.reason(day, row(model, "participation/guest")) == "attendee"


def test_lineage_ends() -> None:
    assert lineage({}, "a") == ["a"]
    assert lineage({"a": "b", "b": "c"}, "a") == ["a", "b", "c"]
    assert lineage({"a": "a"}, "a") == ["a"]
    assert lineage({"a": "b", "b": "c", "c": "b"}, "a") == ["a", "b", "c"]
    endless = {str(n): str(n + 1) for n in range(5000)}
    assert lineage(endless, "0") == [str(n) for n in range(DEEPEST)]
