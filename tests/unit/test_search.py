"""Search finds a record by any form of its name, puts the right one first, and takes whatever is typed."""

from __future__ import annotations

import string
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.domain.errors import BadInput
from convenings.domain.record_values import Name
from convenings.domain.records import (
    Event,
    Initiative,
    Organisation,
    Person,
    Place,
    Question,
    Record,
    Statement,
    Topic,
)
from convenings.index.model import ReadModel
from convenings.index.search import LIMIT, MOST_WORDS, Hit, Search, Tier
from convenings.index.search_run import CANDIDATES, FEW
from convenings.index.sqlite.reader import IndexReader
from tests.unit.indexing import bundled, found, ids, opened, row

HUANG = Person(
    id="person/huang",
    label="HUANG Haoming",
    family="HUANG",
    given="Haoming",
    names=[Name(value="黄浩明", type="native", language="zh", script="Hans")],
)
LV = Person(id="person/lv", label="LV Zhenya", family="LV", given="Zhenya")
LU = Person(id="person/lu", label="LU Yan", family="LU", given="Yan")
SOREN = Person(id="person/soren", label="Søren Dvořák-Müller", family="Dvořák-Müller", given="Søren")
TENCENT = Organisation(id="organisation/tencent", label="Tencent", type="company")
CENTRE = Organisation(
    id="organisation/sprc",
    label="Social Policy Research Centre",
    type="research organisation",
    names=[Name(value="SPRC", type="abbreviation"), Name(value="社会政策研究中心", type="native", language="zh")],
)
STATION = Initiative(id="initiative/e-station", label="First Aid E-station", type="project")
CONTENT: list[Record] = [
    HUANG,
    LV,
    LU,
    SOREN,
    TENCENT,
    CENTRE,
    STATION,
    Organisation(id="organisation/fund", label="Tencent Charity Fund", type="foundation"),
    Organisation(id="organisation/cross", label="Red Cross Foundation", type="foundation"),
    Event(id="event/seminar", label="Seminar on giving", type="seminar"),
    Question(id="question/own", label="Who owns it?", text="Who is the owner of all this data?", form="direct"),
    Topic(id="topic/blockchain", label="Blockchain", type="technology"),
    Place(id="place/shenzhen", label="Shenzhen", type="city"),
    Statement(id="statement/s", type="report", summary="Tencent reported on photovoltaic roofs."),
]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadModel]:
    with bundled(tmp_path_factory.mktemp("bundled")) as model:
        yield model


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadModel]:
    folder = tmp_path_factory.mktemp("small")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONVENINGS_CACHE_DIR", str(folder))
        with opened(folder / "set.json", CONTENT) as model:
            yield model


@pytest.mark.parametrize(
    ("query", "first"),
    {
        "tencent": "organisation/tencent",
        "hao ming huang": "person/huang-haoming",
        "huang haoming": "person/huang-haoming",
        "lü zhenya": "person/lv-zhenya",
        "lyu zhenya": "person/lv-zhenya",
        "sprc": "organisation/sprc",
        "e-station": "initiative/first-aid-e-station",
        "red cros": "organisation/china-red-cross-foundation",
        "unique china": "question/unique-to-china",
        "moderator": "person/fu-changbo",
    }.items(),
)
def test_the_right_record_of_the_bundled_dataset_is_first(bundle: ReadModel, query: str, first: str) -> None:
    assert found(bundle, query)[0] == first


def test_every_named_record_of_the_bundled_dataset_is_found_by_its_name(bundle: ReadModel) -> None:
    for kind in ("person", "organisation", "event", "question", "initiative", "topic", "place"):
        for at in range(*bundle.range(kind)):
            hits = Search(bundle)(f'"{bundle.one(at).label.replace(chr(34), "")}"')
            assert at in [hit.row for hit in hits if hit.tier == Tier.EXACT], bundle.one(at).label


@pytest.mark.parametrize(
    "query",
    [
        *("huang haoming", "HAOMING huang", "hao ming huang", "huang hao ming", "huanghaoming", "haominghuang"),
        *(
            "haoming h",
            "黄",
            "浩",
            "明",
            "黄浩明",
            "黄 浩",
            "hhm",
            "hmh",
            "huang haomin",
            "huang haoimng",
            "huang haomimg",
        ),
    ],
)
def test_a_person_by_any_form_of_the_name(small: ReadModel, query: str) -> None:
    assert found(small, query)[0] == "person/huang"


@pytest.mark.parametrize(
    ("query", "first"),
    [
        *(
            ("lv zhenya", "person/lv"),
            ("lü zhenya", "person/lv"),
            ("lyu zhenya", "person/lv"),
            ("lu zhenya", "person/lv"),
        ),
        *(("lv zhen ya", "person/lv"), ("zhenya lü", "person/lv"), ("zhenia", "person/lv")),
        *(("soren", "person/soren"), ("SØREN", "person/soren"), ("dvorak", "person/soren"), ("Müller", "person/soren")),
        *(("muller dvor", "person/soren"), ("dvořák-müller søren", "person/soren")),
        *(("sprc", "organisation/sprc"), ("SPRC", "organisation/sprc"), ("研究", "organisation/sprc")),
        *(("centre policy", "organisation/sprc"), ("rese", "organisation/sprc"), ("centra", "organisation/sprc")),
        *(
            ("e-station", "initiative/e-station"),
            ("estation", "initiative/e-station"),
            ("station", "initiative/e-station"),
        ),
        *(("fae", "initiative/e-station"), ("blokchain", "topic/blockchain"), ("chain", "topic/blockchain")),
        *(("red cros", "organisation/cross"), ("rde cross", "organisation/cross"), ("photovoltaic", "statement/s")),
        *(
            ("technology", "topic/blockchain"),
            ("owner data", "question/own"),
            ("ｔｅｎｃｅｎｔ", "organisation/tencent"),
        ),
    ],
)
def test_any_record_by_what_people_type(small: ReadModel, query: str, first: str) -> None:
    assert found(small, query)[0] == first


def test_lu_alone_does_not_find_lv_before_lu(small: ReadModel) -> None:
    assert found(small, "lu")[0] == "person/lu"
    assert found(small, "lu yan") == ["person/lu"]


@pytest.mark.parametrize("query", ["zzzqqq", "zq", "黑", "tencent zzzqqq", "", " ", "!", '""'])
def test_what_finds_nothing(small: ReadModel, query: str) -> None:
    assert found(small, query) == []


def test_keys_and_negation_narrow(small: ReadModel) -> None:
    assert found(small, "tencent") == ["organisation/tencent", "organisation/fund", "statement/s"]
    assert found(small, "tencent kind:organisation !charity") == ["organisation/tencent"]
    assert found(small, "!kind:statement tencent type:foundation") == ["organisation/fund"]
    assert found(small, 'tencent "charity fund"') == ["organisation/fund"]
    assert found(small, 'tencent "fund charity"') == []
    assert found(small, "kind:place") == ["place/shenzhen"]
    assert found(small, "tencent", kinds=("statement",)) == ["statement/s"]
    assert found(small, "tencent", limit=1) == ["organisation/tencent"]
    assert found(small, "kind:person", limit=2) == ids(small, range(*small.range("person")))[:2]


def test_every_word_of_a_page_counts(small: ReadModel) -> None:
    page = "tencent " * MOST_WORDS
    assert found(small, page) == found(small, "tencent tencent")
    assert found(small, page + "fund") == ["organisation/fund"]
    assert found(small, page + "zzzqqq") == found(small, "tencent " * (MOST_WORDS - 1) + "zzzqqq") == []


def test_a_word_twice_is_a_word_once(small: ReadModel) -> None:
    assert found(small, "tencent tencent charity") == found(small, "tencent charity")


@pytest.mark.parametrize("query", ["knd:person", "tencent colour:red", "date:yesterday", "type:nonsense"])
def test_a_wrong_key_or_value_is_said(small: ReadModel, query: str) -> None:
    with pytest.raises(BadInput):
        found(small, query)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadModel]:
    """Of most kinds more records of the same words than are ever listed."""
    content: list[Record] = []
    for n in range(3 * FEW):
        content += [
            Person(id=f"person/p{n}", label=f"Cedar Works{n}"),
            Organisation(id=f"organisation/o{n}", label=f"Cedar Works {n}", type="company"),
            Event(id=f"event/e{n}", label=f"Cedar works {n}", type="fair"),
            Topic(id=f"topic/t{n}", label=f"Works of cedar {n}", type="concept"),
            Statement(id=f"statement/s{n}", type="report", summary="Cedar works well in organisations."),
        ]
    folder = tmp_path_factory.mktemp("many")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONVENINGS_CACHE_DIR", str(folder))
        with opened(folder / "set.json", content) as model:
            yield model


@pytest.mark.parametrize(
    "query",
    [
        "c",
        "ce",
        "cedar",
        "cedar works",
        "wor ced",
        "cedra",
        "wroks cedar",
        "organisation",
        "well",
        "cedar type:company",
    ],
)
def test_no_more_is_asked_than_can_be_listed(many: ReadModel, query: str) -> None:
    asked: list[str] = []
    assert isinstance(many.index, IndexReader)
    many.index.connection.set_trace_callback(asked.append)
    try:
        assert len(Search(many)(query)) == LIMIT
    finally:
        many.index.connection.set_trace_callback(None)
    scored = sum(statement.count(",", statement.index("json_each")) for statement in asked if "json_each" in statement)
    assert scored <= 4 * CANDIDATES
    # What the full-text search itself asks, most of it once, is none of ours.
    own = [each for each in asked if not each.startswith(("--", "PRAGMA")) and "'main'." not in each]
    assert len(own) <= 12


def test_a_name_without_letters_is_found_by_what_it_is_and_by_its_other_name(tmp_path: Path) -> None:
    party = Event(id="event/party", label="🎉🎉", type="workshop", names=[Name(value="Party")])
    with opened(tmp_path / "set.json", [party]) as model:
        assert found(model, "workshop") == found(model, "party") == ["event/party"]


def test_at_most_fifty(bundle: ReadModel) -> None:
    for query in ("a", "kind:topic", "the", "s"):
        assert len(found(bundle, query)) == LIMIT
        assert len(set(found(bundle, query))) == LIMIT
    assert len(found(bundle, "kind:topic", limit=1000)) == len(range(*bundle.range("topic")))


def test_hits_come_sorted_and_once(bundle: ReadModel) -> None:
    for letters in product("abceost", repeat=2):
        hits: list[Hit] = Search(bundle)("".join(letters))
        assert hits == sorted(hits)
        assert len({hit.row for hit in hits}) == len(hits)


ODD = [
    *(
        '"',
        "*",
        "(",
        ")",
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "NEAR(a b, 3)",
        "^",
        "^tencent",
        "-",
        "-tencent",
        "+",
        "tencent*",
    ),
    *('"tencent', 'ten"cent', '""""', "{label}: a", "'; DROP TABLE record; --", "%", "_", "\\", "\0", "a\0b", "\ud800"),
    *(
        "😀",
        "👩\u200d👩\u200d👧",
        "\U0001e900",
        "a \U0001e900",
        "½",
        "①",
        "\u202e",
        "!*",
        "!!!",
        "a AND",
        "(a OR",
        "\u0301",
    ),
    *("x" * 10_000, "x " * 5_000, "黄" * 10_000, "😀" * 10_000, '"' * 10_000, '"a b" ' * 1_600, "!a " * 3_300),
    *("(" * 10_000, "tencent " * 1_250, "kind:person " * 800, '"' + "a " * 4_999),
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_nothing_that_is_typed_breaks_it(bundle: ReadModel, text: str) -> None:
    assert len(found(bundle, text)) <= LIMIT


def test_ten_thousand_characters_of_different_words(bundle: ReadModel) -> None:
    line = " ".join("".join(letters) for letters in product(string.ascii_lowercase[:14], repeat=3))[:10_000]
    assert len(found(bundle, line)) <= LIMIT


@given(text=st.text(max_size=30) | st.text("ab\"*(){}:!^-+ '\\,ANDORT", max_size=20))
def test_any_text_is_searched_or_refused_in_a_sentence(small: ReadModel, text: str) -> None:
    said = ""
    try:
        assert len(found(small, text)) <= LIMIT
    except BadInput as error:
        said = str(error)
    assert ":" in text or not said
    assert "\n" not in said


@given(data=st.data())
def test_one_letter_wrong_still_finds(small: ReadModel, data: st.DataObject) -> None:
    name = "blockchain"
    at = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from(string.ascii_lowercase))
    wrong = data.draw(
        st.sampled_from(
            [name[:at] + letter + name[at:], name[:at] + name[at + 1 :], name[:at] + letter + name[at + 1 :]]
        )
    )
    assert found(small, wrong)[0] == "topic/blockchain"


def test_search_answers_what_the_row_says(small: ReadModel) -> None:
    hit = Search(small)("tencent")[0]
    assert hit.row == row(small, "organisation/tencent")
    assert (hit.tier, hit.later, hit.length) == (Tier.EXACT, False, 1)
