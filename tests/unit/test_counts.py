"""Whatever is cut, how many there are is said; what is left out of one answer is all of the other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from convenings.__main__ import main
from convenings.domain.query.parser import parse
from convenings.domain.record_values import Name
from convenings.domain.records import (
    Event,
    Membership,
    Organisation,
    Participation,
    Person,
    Place,
    Question,
    Record,
    Statement,
    Topic,
)
from convenings.domain.state import Lens
from convenings.index.evaluate import matching
from convenings.index.model import ReadModel
from convenings.index.search import Search
from convenings.presentation.lists import advice, list_rows
from convenings.presentation.offers import offers
from convenings.workspace import Workspace
from tests.unit.indexing import found, ids, opened

MANY = 120


def content() -> list[Record]:
    records: list[Record] = [
        Organisation(id="organisation/un", label="UN", type="international organisation"),
        Organisation(id="organisation/unesco", label="UNESCO", type="international organisation"),
        Organisation(id="organisation/ghent", label="University of Ghent", type="university"),
        Organisation(id="organisation/c", label="C", type="company"),
        Organisation(id="organisation/cpp", label="C++", type="company"),
        Organisation(id="organisation/sharp", label="C# users", type="association"),
        Organisation(id="organisation/rd", label="R & D", type="other"),
        Organisation(id="organisation/party", label="🎉", type="other", names=[Name(value="Party")]),
        Person(id="person/lone", label="Ida Lone"),
        Person(id="person/un", label="Kim Su"),
        Place(id="place/room", label="Room One", type="room"),
        Topic(id="topic/ai", label="Artificial intelligence", type="technology"),
        Event(id="event/spring", label="Spring day", type="fair", date="2020-05-04", place="place/room"),
        Event(id="event/since", label="Going on", type="fair", date="2015/..", topics=["topic/ai"]),
        Event(id="event/now", label="Action:Now", type="fair"),
        Question(id="question/q", label="Who Owns It?", text="Who?", form="numbered"),
        Participation(id="participation/a", event="event/since", role="speaker", agent="person/lone"),
        Participation(
            id="participation/b",
            event="event/spring",
            role="speaker",
            agent="person/un",
            on_behalf_of=["organisation/un"],
        ),
        Membership(
            id="membership/m",
            person="person/un",
            organisation="organisation/un",
            title="fellow",
            first_attested="2012",
            last_attested="2014",
        ),
        Statement(
            id="statement/s", type="recommendation", summary="More boats.", agents=["person/lone"], event="event/since"
        ),
    ]
    return records + [
        Statement(id=f"statement/x{n}", type="report", summary=f"Harbour dues rose to {n}.") for n in range(MANY)
    ]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadModel]:
    folder = tmp_path_factory.mktemp("counts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONVENINGS_CACHE_DIR", str(folder))
        with opened(folder / "set.json", content()) as small:
            yield small


@pytest.mark.parametrize(
    ("kind", "query", "expected"),
    [
        ("organisation", 'organisation:"UN"', ["un"]),
        ("person", 'org:"UN"', ["un"]),
        ("person", "org：UN", ["un"]),
        ("organisation", "！un", ["c", "sharp", "cpp", "rd", "party"]),
        ("organisation", '"UN"', ["un"]),
        ("organisation", "C++", ["cpp"]),
        ("organisation", "C#", ["sharp"]),
        ("organisation", 'org:"C++"', ["cpp"]),
        ("organisation", 'org:"C"', ["c"]),
        ("organisation", "R&D", ["rd"]),
        ("organisation", "🎉", ["party"]),
        ("organisation", "???", []),
        ("person", "not stated", ["lone"]),
        ("person", "is:unaffiliated", ["lone"]),
        ("person", "organisation:none", ["lone"]),
        ("person", "place:room", ["un"]),
        ("person", "topic:artificial", ["lone"]),
        ("membership", "org:UN date:2013", ["m"]),
        ("membership", "date:2016", []),
        ("participation", "person:lone", ["a"]),
        ("statement", "lone recommendation", ["s"]),
        ("statement", "person:lone type:recommendation", ["s"]),
        ("question", "type:numbered", ["q"]),
        ("event", "2020", ["spring", "since"]),
        ("event", 'date:"May 2020" spring', ["spring"]),
        ("event", "May 2020", ["spring", "since"]),
        ("event", "is:undated", ["now"]),
        ("event", "event/spring", ["spring"]),
        ("event", "Action:Now", ["now"]),
    ],
)
def test_what_a_line_selects(model: ReadModel, kind: str, query: str, expected: list[str]) -> None:
    rows = matching(model, model.range(kind), parse(query), {})
    assert sorted(ids(model, rows)) == sorted(f"{kind}/{slug}" for slug in expected)


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("event/spring", "event/spring"),
        ("ai", "topic/ai"),
        ("woi", "question/q"),
        ("c++", "organisation/cpp"),
        ("🎉", "organisation/party"),
        ("lone type:recommendation", "statement/s"),
        ("Action:Now", "event/now"),
    ],
)
def test_what_is_pasted_or_abbreviated_is_first(model: ReadModel, line: str, first: str) -> None:
    assert found(model, line)[0] == first


@pytest.mark.parametrize("line", ["2020", "2020-05", "May 2020", "4 May 2020"])
def test_a_date_finds_what_was_then(model: ReadModel, line: str) -> None:
    assert set(found(model, line)) == {"event/spring", "event/since"}


def test_a_number_is_no_slip_of_another(model: ReadModel) -> None:
    assert not Search(model)("1915")


@pytest.mark.parametrize("line", ["harbour", "type:report", "harbour or boats", "kind:statement dues"])
def test_a_cut_answer_says_of_how_many(model: ReadModel, line: str) -> None:
    hits = Search(model)(line)
    assert (len(hits), hits.total, hits.is_least) == (50, MANY + (line == "harbour or boats"), False)
    assert hits.note == f"50 of {hits.total}"
    assert len(Search(model)(line, 1000)) == hits.total
    assert Search(model)("harbour", most_counted=70).note == "50 of more than 70"


@pytest.mark.parametrize("line", ["harbour", "dues rose", "un", "2020", "C++", "type:report", 'org:"UN"', "speaker"])
def test_a_line_and_its_opposite_are_everything(model: ReadModel, line: str) -> None:
    opposite = f"!({line})"
    with_line, without = Search(model)(line, 1000), Search(model)(opposite, 1000)
    assert not {hit.row for hit in with_line}.intersection(hit.row for hit in without)
    assert with_line.total + without.total == len(with_line) + len(without) == model.total


def test_the_command_says_how_many_there_are(model: ReadModel, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "harbour", "--json", "--dataset", str(model.path)]) == 0
    assert capsys.readouterr().err == f"50 of {MANY}; --limit for more\n"
    assert main(["list", "person", "--filter", "org:nobody", "--dataset", str(model.path)]) == 1
    assert 'no organisation is called "nobody"' in capsys.readouterr().err


def test_a_filter_forgives_a_slip_where_nothing_is_exact_and_says_so(model: ReadModel) -> None:
    workspace = Workspace(model)
    near = list_rows(workspace, Lens(filters={"organisations": "unescu"}), "organisations")
    assert ids(model, near.rows) == ["organisation/unesco"]
    assert "one letter off" in near.remark
    exact = list_rows(workspace, Lens(filters={"organisations": "un"}), "organisations")
    assert (len(exact.rows), exact.remark) == (3, "")


def test_an_empty_answer_says_what_to_leave_out(model: ReadModel) -> None:
    assert advice(Workspace(model), "type:company unesco", model.range("organisation")) == "without unesco there are 2"


def test_values_that_occur_are_offered(model: ReadModel) -> None:
    assert offers(model, "type:re") == [("type:report", MANY), ("type:recommendation", 1)]
    assert ("role:speaker", 2) in offers(model, "a role：", model.range("participation"))
    assert offers(model, "is:un")[0].term == "is:unaffiliated"
    assert offers(model, "word") == offers(model, "nokey:x") == []
