"""What a pane's filter keeps, key by key."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pytest

from convenings.domain.errors import BadInput
from convenings.domain.kinds import KINDS
from convenings.domain.query import KEYS, parse
from convenings.domain.records import (
    Event,
    Evidence,
    Gap,
    Membership,
    Occurrence,
    Organisation,
    Participation,
    Person,
    Place,
    Question,
    Record,
    Topic,
)
from convenings.domain.roles import ROLES
from convenings.index.filter import matching
from convenings.index.model import ReadModel
from tests.unit.indexing import PANES, bundled, ids, opened, row

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
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadModel]:
    folder = tmp_path_factory.mktemp("filter")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONVENINGS_CACHE_DIR", str(folder))
        with opened(folder / "set.json", CONTENT) as found:
            yield found


def kept(model: ReadModel, pane: str, query: str, own: Mapping[str, Collection[int]] | None = None) -> set[str]:
    rows = matching(model, model.range(pane), parse(query), own)
    assert rows == sorted(set(rows))
    return {ref.partition("/")[2] for ref in ids(model, rows)}


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
        ("events", "is:gap", set()),
        ("events", "date:2018 type:speech opening", {"talk"}),
        ("events", "event:- type:speech", set()),
    ],
)
def test_what_is_kept(model: ReadModel, pane: str, query: str, expected: set[str]) -> None:
    assert kept(model, pane, query) == expected


@pytest.mark.parametrize("query", ["", " ", "!", "-", "!-", '!"*"', "(", "!(", "😀", "kind:", "!kind:", "\u202e"])
def test_what_says_nothing_keeps_everything(model: ReadModel, query: str) -> None:
    for pane in PANES:
        assert kept(model, pane, query) == EVERY[pane]


@pytest.mark.parametrize("key", ["marked", "noted", "pinned", "MARKED"])
def test_what_only_the_user_knows(model: ReadModel, key: str) -> None:
    own = {key.lower(): [row(model, "person/ana"), row(model, "event/talk")]}
    assert kept(model, "speakers", f"is:{key}", own) == {"ana"}
    assert kept(model, "events", f"!is:{key}", own) == EVERY["events"] - {"talk"}
    assert kept(model, "questions", f"is:{key}", own) == set()
    assert kept(model, "speakers", f"is:{key}") == set()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("kind:thing", "no kind is called 'thing'; it can be event"),
        ("role:singer", "no role is called 'singer'; it can be attendee"),
        ("role:moderater", "no role is called 'moderater'; perhaps 'moderator' is meant"),
        ("type:nonsense", "no type is called 'nonsense'; it can be"),
        ("basis:hearsay", "no basis is called 'hearsay'; it can be inferred, stated"),
        ("is:odd", "no state is called 'odd'; it can be gap, marked, noted, pinned, unnamed"),
        ("date:yesterday", '"yesterday" is not an EDTF date'),
        ("date:2018-13", '"2018-13" is not an EDTF date'),
        ("colour:red", 'query: there is no key "colour"'),
    ],
)
def test_a_value_that_a_key_does_not_take(model: ReadModel, query: str, said: str) -> None:
    with pytest.raises(BadInput) as caught:
        kept(model, "events", query)
    assert said in str(caught.value)


def test_every_key_is_understood(bundled_model: ReadModel) -> None:
    values = {"kind": "event", "role": "speaker", "type": "company", "date": "2018", "basis": "stated", "is": "gap"}
    for key in KEYS:
        for pane in (*PANES, *KINDS):
            span = bundled_model.range(pane)
            query = parse(f"{key}:{values.get(key, 'e')}")
            without = parse(f"!{key}:{values.get(key, 'e')}")
            rows, others = matching(bundled_model, span, query), matching(bundled_model, span, without)
            assert sorted(rows + others) == list(range(*span))


@pytest.mark.parametrize("key", ["kind", "role"])
def test_a_right_value_that_no_record_has_is_no_mistake(model: ReadModel, key: str) -> None:
    for value in KINDS if key == "kind" else ROLES:
        for pane in PANES:
            assert kept(model, pane, f'{key}:"{value}"') <= EVERY[pane]


def test_the_bundled_seminar(bundled_model: ReadModel) -> None:
    rows = matching(bundled_model, bundled_model.range("speakers"), parse("role:moderator event:shenzhen"))
    assert ids(bundled_model, rows) == ["person/fu-changbo"]
    for query in ("date:2023-09-16", "date:2023", "place:shenzhen"):
        rows = matching(bundled_model, bundled_model.range("events"), parse(query))
        assert "event/shenzhen-seminar" in ids(bundled_model, rows)
        assert "event/beijing-workshop" not in ids(bundled_model, rows)


@pytest.fixture(scope="module")
def bundled_model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadModel]:
    with bundled(tmp_path_factory.mktemp("bundled")) as found:
        yield found
