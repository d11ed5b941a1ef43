"""What a query selects of a pane or a kind, key by key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from convenings.domain.errors import BadInput
from convenings.domain.kinds import KINDS
from convenings.domain.query.keys import KEYS, kinds_of
from convenings.domain.query.parser import MOST_NESTED, parse
from convenings.domain.record_values import Evidence, Occurrence
from convenings.domain.records import (
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
from convenings.domain.roles import ROLES
from convenings.index.evaluate import kinds_between, matching
from convenings.index.model import ReadModel
from tests.unit.indexing import PANES, bundled, ids, opened, row, selected

GUESS = Evidence(
    source="source/s", paragraph=1, start=0, end=1, passage_hash="0" * 16, fields=["label"], basis="inferred"
)
CONTENT: list[Record] = [
    Event(
        id="event/forum",
        label="Water Forum",
        type="seminar",
        date="2018-06",
        place="place/hall",
        topics=["topic/rivers"],
    ),
    Event(
        id="event/talk",
        label="Opening",
        type="speech",
        super_event="event/forum",
        summary="A long word on harbour dues.",
    ),
    Event(id="event/early", label="Early days", type="workshop", date="../2016"),
    Event(id="event/late", label="Later days", type="workshop", date="2020/..", date_basis="inferred"),
    Event(id="event/never", label="Undated visit", type="visit", super_event="event/forum"),
    Person(id="person/ana", label="Ana Lima"),
    Person(id="person/bo", label="Bo Berg", evidence=[GUESS]),
    Organisation(id="organisation/bank", label="River Bank", type="company", place="place/lisbon"),
    Organisation(id="organisation/lab", label="Lab", type="unit", parent="organisation/bank"),
    Organisation(id="organisation/desk", label="Desk", type="unit", parent="organisation/lab"),
    Organisation(id="organisation/firm", label="A firm", type="company", unnamed="one firm"),
    Place(id="place/lisbon", label="Lisbon", type="city"),
    Place(id="place/hall", label="Great Hall", type="venue", parent="place/lisbon"),
    Topic(id="topic/water", label="Water", type="concept"),
    Topic(id="topic/rivers", label="Rivers", type="concept", broader="topic/water"),
    Question(
        id="question/own",
        label="Who owns it?",
        text="Who is the owner of a harbour?",
        form="direct",
        topics=["topic/rivers"],
        occurrences=[Occurrence(event="event/talk", act="raised", explicit=True, agents=["person/ana"])],
    ),
    Question(id="question/cost", label="What does it cost?", text="Tell the price.", form="direct"),
    Participation(id="participation/ana", event="event/talk", role="speaker", agent="person/ana"),
    Participation(
        id="participation/bo", event="event/late", role="chair", agent="person/bo", on_behalf_of=["organisation/desk"]
    ),
    Participation(id="participation/some", event="event/forum", role="attendee", unnamed="members of the public"),
    Membership(id="membership/ana", person="person/ana", organisation="organisation/lab", title="fellow"),
    Gap(id="gap/g", label="Who came", type="unnamed party", about=["event/forum"]),
    Initiative(id="initiative/clean", label="Clean rivers", type="project", topics=["topic/rivers"]),
    Relation(id="relation/runs", type="runs", subject="organisation/lab", object="event/forum"),
    Statement(
        id="statement/dues",
        type="report",
        summary="Dues rose.",
        event="event/talk",
        agents=["person/ana"],
    ),
    Statement(
        id="statement/flow", type="report", summary="Flow.", agents=["organisation/firm"], topics=["topic/rivers"]
    ),
    Statement(id="statement/view", type="opinion", summary="Fair.", event="event/forum", agents=["organisation/bank"]),
    Statement(id="statement/late", type="opinion", summary="Late.", event="event/late", agents=["person/bo"]),
    Source(id="source/s", label="Report", type="report"),
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadModel]:
    folder = tmp_path_factory.mktemp("filter")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONVENINGS_CACHE_DIR", str(folder))
        with opened(folder / "set.json", CONTENT) as small:
            yield small


EVERY = {
    "events": {"forum", "talk", "early", "late", "never"},
    "speakers": {"ana", "bo", "some"},
    "organisations": {"bank", "lab", "desk", "firm"},
    "questions": {"own", "cost"},
}


@pytest.mark.parametrize(
    ("pane", "query", "expected"),
    [
        ("events", "water", {"forum"}),
        ("events", "fo wat", {"forum"}),
        ("events", "HARBOUR", {"talk"}),
        ("events", "ates", set()),
        ("events", "orum", {"forum"}),
        ("events", '"water forum"', {"forum"}),
        ("events", '"forum water"', set()),
        ("events", '"harbour dues"', {"talk"}),
        ("events", '"dues harbour"', set()),
        ("events", "!days", {"forum", "talk", "never"}),
        ("events", "days !early", {"late"}),
        ("events", "kind:event", EVERY["events"]),
        ("events", "kind:people", set()),
        ("speakers", "kind:speakers", {"ana", "bo"}),
        ("speakers", "kind:participation", {"some"}),
        ("speakers", "role:speaker", {"ana"}),
        ("speakers", "role:Chair", {"bo"}),
        ("speakers", "role:att", {"some"}),
        ("speakers", "!role:chair", {"ana", "some"}),
        ("organisations", "role:chair", {"desk"}),
        ("initiative", "role:chair", set()),
        ("speakers", "role:rapporteur", set()),
        ("speakers", "members", {"some"}),
        ("events", "type:workshop", {"early", "late"}),
        ("events", "type:work", {"early", "late"}),
        ("organisations", "type:unit", {"lab", "desk"}),
        ("events", "event:forum", {"forum", "talk", "never"}),
        ("speakers", "event:forum", {"ana", "some"}),
        ("questions", "event:forum", {"own"}),
        ("speakers", 'event:"water forum"', {"ana", "some"}),
        ("events", "person:lima", {"forum", "talk"}),
        ("questions", "person:ana", {"own"}),
        ("organisations", "person:ana", {"lab"}),
        ("speakers", "organisation:lab", {"ana", "bo"}),
        ("speakers", "org:bank", {"ana", "bo"}),
        ("speakers", "organization:desk", {"bo"}),
        ("organisations", "org:bank", {"bank", "lab", "desk"}),
        ("events", "org:desk", {"late"}),
        ("events", "place:hall", {"forum"}),
        ("events", "place:lisbon", {"forum"}),
        ("events", "place:nowhere", set()),
        ("events", "topic:rivers", {"forum"}),
        ("events", "topic:water", {"forum"}),
        ("questions", "topic:water", {"own"}),
        ("questions", "!topic:water", {"cost"}),
        ("events", "date:2018", {"forum", "talk"}),
        ("events", "date:2018-06-30", {"forum", "talk"}),
        ("events", "date:2018-07", set()),
        ("events", "date:2010", {"early"}),
        ("events", "date:../2017", {"early"}),
        ("events", "date:2019/..", {"late"}),
        ("events", "date:9999", {"late"}),
        ("events", "date:0001", {"early"}),
        ("events", "date:2015/2019", {"early", "forum", "talk"}),
        ("events", "!date:2018", {"early", "late", "never"}),
        ("events", "basis:inferred", {"late"}),
        ("speakers", "basis:inf", {"bo"}),
        ("organisations", "is:unnamed", {"firm"}),
        ("speakers", "is:unnamed", {"some"}),
        ("gap", "is:gap", {"g"}),
        ("events", "water or harbour", {"forum", "talk"}),
        ("events", "days early or harbour", {"early", "talk"}),
        ("events", "(early or late) !days", set()),
        ("events", "days (early or harbour)", {"early"}),
        ("events", "!(days early)", {"forum", "talk", "late", "never"}),
        ("events", "!(days or harbour)", {"forum", "never"}),
        ("events", "!days or early", {"forum", "talk", "never", "early"}),
        ("events", "type:workshop or date:2018", {"early", "late", "forum", "talk"}),
        ("events", "!(type:workshop or !date:2018)", {"forum", "talk"}),
        ("events", '"or" harbour', set()),
        ("speakers", "role:chair or is:unnamed", {"bo", "some"}),
        ("speakers", "place:hall", {"ana", "some"}),
        ("speakers", "place:lisbon", {"ana", "some"}),
        ("organisations", "place:lisbon", {"bank", "lab"}),
        ("questions", "place:lisbon", {"own"}),
        ("participation", "event:forum", {"ana", "some"}),
        ("participation", "event:opening", {"ana"}),
        ("participation", "person:berg", {"bo"}),
        ("participation", "org:bank", {"bo"}),
        ("participation", "place:hall", {"ana", "some"}),
        ("participation", "!place:hall", {"bo"}),
        ("participation", "date:2018", {"ana", "some"}),
        ("participation", "role:chair", {"bo"}),
        ("participation", "is:unnamed", {"some"}),
        ("membership", "person:ana", {"ana"}),
        ("membership", "org:bank", {"ana"}),
        ("relation", "org:bank", {"runs"}),
        ("relation", "event:forum", {"runs"}),
        ("relation", "type:runs", {"runs"}),
        ("statement", "event:forum", {"dues", "view"}),
        ("statement", "person:ana", {"dues"}),
        ("statement", "org:river", {"view", "late"}),
        ("statement", "org:desk", {"late"}),
        ("statement", "topic:water", {"flow"}),
        ("statement", "place:lisbon", {"dues", "view"}),
        ("statement", "type:opinion !event:forum", {"late"}),
        ("statement", "is:unnamed", set()),
        ("initiative", "topic:water", {"clean"}),
        ("initiative", "org:bank", set()),
        ("place", "date:2018", {"hall"}),
        ("place", "date:2018-06-20T14:00", {"hall"}),
        ("place", "date:2017", set()),
        ("place", "is:undated", {"lisbon"}),
        ("place", "person:ana", {"hall"}),
        ("place", "!person:bo", {"hall", "lisbon"}),
        ("place", "org:bank", set()),
        ("topic", "date:2018", {"rivers"}),
        ("topic", "!date:2018", {"water"}),
        ("topic", "date:none", {"water"}),
        ("gap", "event:forum", {"g"}),
        ("gap", "person:ana", set()),
        ("gap", "type:unnamed", {"g"}),
        ("source", "type:report", {"s"}),
        ("events", "date:2018 type:speech opening", {"talk"}),
        ("events", "event:- type:speech", set()),
    ],
)
def test_what_is_selected(model: ReadModel, pane: str, query: str, expected: set[str]) -> None:
    assert selected(model, pane, query) == expected


@pytest.mark.parametrize(
    "query", ["", " ", "!", "-", "!-", '!"*"', "(", "!(", "kind:", "!kind:", "\u202e", "- or !-", "!(- or -)"]
)
def test_what_says_nothing_keeps_everything(model: ReadModel, query: str) -> None:
    for pane in PANES:
        assert selected(model, pane, query) == EVERY[pane]


@pytest.mark.parametrize("key", ["marked", "noted", "pinned", "MARKED"])
def test_what_only_the_user_knows(model: ReadModel, key: str) -> None:
    own = {key.lower(): [row(model, "person/ana"), row(model, "event/talk")]}
    assert selected(model, "speakers", f"is:{key}", own) == {"ana"}
    assert selected(model, "events", f"!is:{key}", own) == EVERY["events"] - {"talk"}
    assert selected(model, "questions", f"is:{key}", own) == set()
    assert selected(model, "speakers", f"is:{key}") == set()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("kind:thing", "no kind is called 'thing'; it can be event"),
        ("a type:nonsense", "query, column 3: no type is called 'nonsense'; it can be"),
        ("basis:hearsay", "no basis is called 'hearsay'; it can be inferred, stated"),
        (
            "is:odd",
            "no state is called 'odd'; it can be gap, inferred, marked, new, noted, pinned, unaffiliated, undated, ",
        ),
        ("date:yesterday", '"yesterday" is not an EDTF date'),
        ("date:2018-13", '"2018-13" is not an EDTF date'),
        ("a or (b colour:red)", 'query, column 9: there is no key "colour"'),
        ("role:chair", "query, column 1: role: has no meaning for event records; it is for person, organisation,"),
        ("!role:chair", "query, column 2: role: has no meaning for event records"),
        ("a or (b role:chair)", "query, column 9: role: has no meaning"),
        ("is:gap", "is:gap has no meaning for event records; it is for gap records"),
        ("is:unnamed", "is:unnamed has no meaning for event records; it is for organisation, participation and "),
    ],
)
def test_a_value_that_a_key_does_not_take(model: ReadModel, query: str, sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        selected(model, "events", query)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("pane", "query", "sentence"),
    [
        ("speakers", "role:boss", "no role is called 'boss'; it can be attendee"),
        ("speakers", "role:moderater", "no role is called 'moderater'; perhaps 'moderator' is meant"),
        ("speakers", "kind:person is:unnamed", "is:unnamed has no meaning for person records"),
        ("speakers", "type:workshop", "type: has no meaning for person or participation records; it is for event, "),
        ("source", "role:chair", "role: has no meaning for source records"),
    ],
)
def test_what_a_pane_cannot_answer(model: ReadModel, pane: str, query: str, sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        selected(model, pane, query)
    assert sentence in str(caught.value)


def test_pins_are_refused_where_there_are_none(model: ReadModel) -> None:
    with pytest.raises(BadInput, match="is:pinned has no meaning here; only the explorer has pins"):
        matching(model, model.range("events"), parse("is:pinned"), {"marked": list, "noted": list})


def test_every_key_is_understood_or_refused_for_every_kind(bundled_model: ReadModel) -> None:
    values = {"kind": "event", "role": "speaker", "type": "report", "date": "2018", "basis": "stated", "is": "gap"}
    values |= {"status": "cancelled", "language": "en"}
    for key in KEYS:
        for pane in (*PANES, *KINDS):
            span = bundled_model.range(pane)
            query = parse(f"{key}:{values.get(key, 'e')}")
            without = parse(f"!{key}:{values.get(key, 'e')}")
            kinds = kinds_between(bundled_model, *span)
            if any(kind in kinds_of(key, "gap" if key == "is" else "") for kind in kinds):
                rows, others = matching(bundled_model, span, query), matching(bundled_model, span, without)
                assert sorted(rows + others) == list(range(*span))
            else:
                for refused in (query, without):
                    with pytest.raises(BadInput, match="has no meaning for"):
                        matching(bundled_model, span, refused)


def test_groups_as_deep_as_a_line_may_have_them(model: ReadModel) -> None:
    half = MOST_NESTED // 2
    line = "!(days or (early " * half + "harbour" + "))" * half
    assert selected(model, "events", line) | selected(model, "events", f"!({line})") == EVERY["events"]


@pytest.mark.parametrize("key", ["kind", "role"])
def test_a_right_value_that_no_record_has_is_no_mistake(model: ReadModel, key: str) -> None:
    for value in KINDS if key == "kind" else ROLES:
        for pane in PANES if key == "kind" else ("speakers", "organisations"):
            assert selected(model, pane, f'{key}:"{value}"') <= EVERY[pane]


def test_the_bundled_seminar(bundled_model: ReadModel) -> None:
    rows = matching(bundled_model, bundled_model.range("speakers"), parse("role:moderator event:shenzhen"))
    assert ids(bundled_model, rows) == ["person/fu-changbo"]
    for query in ("date:2023-09-16", "date:2023", "place:shenzhen"):
        rows = matching(bundled_model, bundled_model.range("events"), parse(query))
        assert "event/shenzhen-seminar" in ids(bundled_model, rows)
        assert "event/beijing-workshop" not in ids(bundled_model, rows)


@pytest.fixture(scope="module")
def bundled_model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadModel]:
    with bundled(tmp_path_factory.mktemp("bundled")) as whole:
        yield whole
