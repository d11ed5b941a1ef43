"""Search finds a record by any form of its name, puts the right one first, and takes whatever is typed."""

from __future__ import annotations

import string
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from indexing import bundled, ids, opened, row

from convenings.domain.errors import BadInput
from convenings.domain.records import (
    Event,
    Initiative,
    Membership,
    Name,
    Organisation,
    Participation,
    Person,
    Place,
    Question,
    Record,
    Statement,
    Topic,
)
from convenings.index.model import ReadModel
from convenings.index.search import CANDIDATES, FEW, LIMIT, MOST_WORDS, Hit, Search, Tier

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


def found(model: ReadModel, text: str, limit: int = LIMIT, kinds: tuple[str, ...] = ()) -> list[str]:
    return ids(model, [hit.row for hit in Search(model)(text, limit, kinds)])


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


@pytest.mark.parametrize("query", ["zzzqqq", "zq", "黑", "tencent zzzqqq", "", " ", "!", "!tencent", '""'])
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


def test_a_page_of_words_is_read_as_far_as_words_count(small: ReadModel) -> None:
    page = "tencent " * MOST_WORDS
    assert found(small, page + "zzzqqq") == found(small, page) == found(small, "tencent tencent")
    assert found(small, "tencent " * (MOST_WORDS - 1) + "zzzqqq") == []


def test_a_word_twice_is_a_word_once(small: ReadModel) -> None:
    assert found(small, "tencent tencent charity") == found(small, "tencent charity")


@pytest.mark.parametrize("query", ["knd:person", "tencent colour:red", "date:yesterday", "type:nonsense"])
def test_a_wrong_key_or_value_is_said(small: ReadModel, query: str) -> None:
    with pytest.raises(BadInput):
        found(small, query)


def test_hits_are_ranked_by_where_they_were_found(tmp_path: Path) -> None:
    content: list[Record] = [
        Statement(id="statement/text", type="report", summary="A cedar fell."),
        Organisation(id="organisation/inside", label="Mountaincedars", type="company"),
        Organisation(id="organisation/near", label="Cedra", type="company"),
        Organisation(id="organisation/alias", label="Pines", type="company", names=[Name(value="Cedar Valley")]),
        Organisation(id="organisation/words", label="Old Cedar", type="company"),
        Organisation(id="organisation/begins", label="Cedar Works", type="company"),
        Organisation(id="organisation/longer", label="Cedar Works of the North", type="company"),
        Topic(id="topic/exact", label="Cedar", type="concept"),
        Person(id="person/words", label="Ann Cedar"),
        Event(id="event/words", label="Cedar day", type="fair"),
    ]
    with opened(tmp_path / "set.json", content) as model:
        assert found(model, "cedar") == [
            "topic/exact",
            "person/words",
            "organisation/begins",
            "organisation/longer",
            "organisation/words",
            "event/words",
            "organisation/alias",
            "statement/text",
        ], "with the name itself found, nothing looser is tried"
        assert found(model, "cedar !kind:topic")[0] == "person/words"
    with opened(tmp_path / "without.json", [r for r in content if r.id != "topic/exact"]) as model:
        tiers = [hit.tier for hit in Search(model)("cedar")]
        assert found(model, "cedar")[-4:] == [
            "organisation/alias",
            "organisation/near",
            "organisation/inside",
            "statement/text",
        ]
        assert tiers == sorted(tiers)
        assert set(tiers) == {Tier.NAME, Tier.ALIAS, Tier.NEAR, Tier.INSIDE, Tier.TEXT}


def test_among_equals_the_better_connected_is_first(tmp_path: Path) -> None:
    content: list[Record] = [
        Person(id="person/a", label="Ann Cedar"),
        Person(id="person/b", label="Bea Cedar"),
        Organisation(id="organisation/o", label="Office", type="company"),
        Membership(id="membership/b", person="person/b", organisation="organisation/o", title="chair"),
    ]
    with opened(tmp_path / "set.json", content) as model:
        assert found(model, "cedar") == ["person/b", "person/a", "membership/b"]


def test_the_name_itself_is_first_however_many_names_begin_with_it(tmp_path: Path) -> None:
    many: list[Record] = [
        Event(id=f"event/e{n}", label=f"Workshop {n}", type="fair", date=f"{1900 + n}") for n in range(100)
    ]
    with opened(tmp_path / "set.json", [*many, Event(id="event/last", label="Workshop", type="fair")]) as model:
        hits = Search(model)("workshop")
        assert model.one(hits[0].row).id == "event/last"
        assert hits[0].tier == Tier.EXACT
        assert len(hits) == LIMIT


def test_another_name_that_is_exactly_this_is_not_lost_behind_people_whose_names_begin_so(tmp_path: Path) -> None:
    content: list[Record] = [Person(id=f"person/p{n}", label=f"Unterberg{n} Ann") for n in range(2 * FEW)]
    content.append(
        Organisation(id="organisation/un", label="Nations", type="international organisation", names=[Name(value="UN")])
    )
    with opened(tmp_path / "set.json", content) as model:
        assert found(model, "un")[0] == "organisation/un"


def test_a_given_name_and_a_slip_in_the_family_name_is_found_among_others(tmp_path: Path) -> None:
    others = ["Maria Garland", "Maria Garrick", "Marianne Garcia", "Mario Garcia", "Maria Garibaldi", "Ana Gracia"]
    content: list[Record] = [
        Person(id=f"person/{n}-{at}", label=f"{label}{'son' * (at % 2)}", given=label.split()[0])
        for n, label in enumerate(others)
        for at in range(60)
    ]
    content += [Person(id=f"person/{letter}", label=f"Ana Garca{letter}") for letter in string.ascii_lowercase]
    content.append(Person(id="person/meant", label="Maria García", given="Maria", family="García"))
    with opened(tmp_path / "set.json", content) as model:
        for typed in ("maria garcai", "maria gacia", "maria garcxa", "garrcia maria", "maria agrcia"):
            assert found(model, typed)[0] == "person/meant", typed


def test_of_two_names_one_slip_away_the_one_of_whole_words_is_first(tmp_path: Path) -> None:
    names = [("Weiguang", "Yang"), ("Xiaowei", "Yang"), ("Wei", "Yang"), ("Weiming", "Ying")]
    content: list[Record] = [
        Person(id=f"person/{given}-{family}-{n}".lower(), label=f"{family.upper()} {given}", family=family, given=given)
        for given, family in names
        for n in range(FEW // 2 if given != "Wei" else 1)
    ]
    with opened(tmp_path / "set.json", content) as model:
        assert found(model, "wei yng")[0] == found(model, "yxng wei")[0] == "person/wei-yang-0"


def test_two_characters_that_begin_a_name_stand_before_those_that_are_only_in_it(tmp_path: Path) -> None:
    def person(ref: str, native: str) -> Person:
        return Person(id=f"person/{ref}", label=f"Someone {ref}", names=[Name(value=native, type="native")])

    content: list[Record] = [person(f"a{n}", "王小伟") for n in range(2 * FEW)]
    content += [person(f"z{n}", "王伟明") for n in range(3)]
    with opened(tmp_path / "set.json", content) as model:
        assert set(found(model, "王伟")[:3]) == {"person/z0", "person/z1", "person/z2"}


def test_people_who_took_part_are_found_before_more_than_can_be_listed_who_did_not(tmp_path: Path) -> None:
    content: list[Record] = [Person(id=f"person/p{n}", label=f"Ann Cedar{n}") for n in range(2 * FEW)]
    content += [
        Event(id="event/e", label="Fair", type="fair"),
        Participation(id="participation/p", event="event/e", agent="person/p150", role="speaker"),
    ]
    with opened(tmp_path / "set.json", content) as model:
        assert found(model, "ced")[0] == "person/p150"


def test_what_is_asked_for_besides_is_looked_for_behind_the_first_rows(tmp_path: Path) -> None:
    content: list[Record] = [
        Organisation(id=f"organisation/o{n}", label=f"Cedar {n}", type="media" if n == 180 else "company")
        for n in range(2 * FEW)
    ]
    with opened(tmp_path / "set.json", content) as model:
        assert found(model, "cedar type:media") == ["organisation/o180"]
        assert found(model, "cedar !kind:organisation") == []
        assert len(found(model, "cedar kind:organisation")) == LIMIT


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
    many.sql.set_trace_callback(asked.append)
    try:
        assert len(Search(many)(query)) == LIMIT
    finally:
        many.sql.set_trace_callback(None)
    scored = sum(statement.count(",", statement.index("json_each")) for statement in asked if "json_each" in statement)
    assert scored <= 4 * CANDIDATES
    assert len(asked) <= 30


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


@settings(deadline=None)
@given(text=st.text(max_size=30) | st.text("ab\"*(){}:!^-+ '\\,ANDORT", max_size=20))
def test_any_text_is_searched_or_refused_in_a_sentence(small: ReadModel, text: str) -> None:
    said = ""
    try:
        assert len(found(small, text)) <= LIMIT
    except BadInput as error:
        said = str(error)
    assert ":" in text or not said
    assert "\n" not in said


@settings(deadline=None)
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
