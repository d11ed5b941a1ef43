"""Personal names: segmentation, spellings, orders, initials, and what may be one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.domain.names import aliases, initials, propose_same, same_name_key, sorting_key, syllables, variants
from convenings.domain.text import fold


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("haoming", "hao ming"),
        ("huang", "huang"),
        ("zhenya", "zhen ya"),
        ("changbo", "chang bo"),
        ("qingwei", "qing wei"),
        ("xiaojun", "xiao jun"),
        ("zhang", "zhang"),
        ("ouyang", "ou yang"),
        ("xian", "xian"),
        ("fangan", "fan gan"),
        ("linyu", "lin yu"),
        ("lyu", "lyu"),
        ("nve", "nve"),
        ("wenlyu", "wen lyu"),
        ("yue", "yue"),
        ("tencent", ""),
        ("smith", ""),
        ("ng", ""),
        ("", ""),
        ("hao ming", ""),
        ("黄", ""),
        ("hao" * 20, ""),
    ],
)
def test_syllables(word: str, parts: str) -> None:
    assert syllables(word) == tuple(parts.split())


@given(st.lists(st.sampled_from(["hao", "ming", "zhen", "ya", "er", "an", "lv", "xiong", "ni", "g", "x"]), max_size=6))
def test_syllables_put_together_are_the_word(parts: list[str]) -> None:
    word = "".join(parts)
    assert "".join(syllables(word)) in ("", word)
    if not {"g", "x"} & set(parts):
        assert len(syllables(word)) <= len(parts)
        assert bool(syllables(word)) == bool(word)


@pytest.mark.parametrize("word", ["lv", "LV", "Lü", "LÜ", "lǚ", "lu\u0308", "lyu", "Lyu"])
def test_a_name_with_an_umlaut_has_three_spellings(word: str) -> None:
    assert variants(word) == {"lv", "lu", "lyu"}


@pytest.mark.parametrize(
    ("word", "spellings"),
    [
        ("lu", {"lu"}),
        ("LU", {"lu"}),
        ("nü", {"nv", "nu", "nyu"}),
        ("nu", {"nu"}),
        ("lue", {"lve", "lue", "lyue"}),
        ("Yanlü", {"yanlv", "yanlu", "yanlyu"}),
        ("luyan", {"luyan"}),
        ("Müller", {"muller"}),
        ("Lüneburg", {"luneburg"}),
        ("volvo", {"volvo"}),
        ("Zoë", {"zoe"}),
        ("黄", {"黄"}),
        ("", set()),
        ("?!", set()),
    ],
)
def test_spellings_of_other_words(word: str, spellings: set[str]) -> None:
    assert variants(word) == spellings


def test_a_person_is_found_in_either_order_joined_and_by_syllables() -> None:
    found = aliases("HUANG Haoming", "Huang", "Haoming", ("黄浩明",))
    assert set(found) == {
        "haoming huang",
        "hao ming huang",
        "huang hao ming",
        "haominghuang",
        "huanghaoming",
        "黄 浩 明",
    }


@pytest.mark.parametrize("family", ["LV", "Lü", "Lyu"])
@pytest.mark.parametrize("sought", ["lv zhenya", "lu zhenya", "lyu zhenya", "zhenya lyu", "zhen ya lv", "zhenyalu"])
def test_a_person_is_found_by_every_spelling(family: str, sought: str) -> None:
    label = f"{family} Zhenya"
    assert sought in [fold(label), *aliases(label, family, "Zhenya")]


def test_a_person_called_lu_is_found_by_lu_only() -> None:
    assert not [form for form in aliases("LU Zhenya", "Lu", "Zhenya") if "lv" in form or "lyu" in form]


@pytest.mark.parametrize("given_", ["Hao-ming", "Hao Ming", "Haoming"])
def test_a_given_name_in_parts_is_also_joined(given_: str) -> None:
    found = aliases(f"{given_} Huang", "Huang", given_)
    assert {"huang haoming", "huang hao ming", "huanghaoming"} <= {fold(f"{given_} Huang"), *found}


def test_an_apostrophe_parts_syllables() -> None:
    assert {"li xian", "li xi an"} <= set(aliases("Xi'an LI", "Li", "Xi'an"))


def test_names_that_are_not_pinyin_keep_their_words() -> None:
    assert set(aliases("Jane Smith-Jones", "Smith-Jones", "Jane")) == {
        "smith jones jane",
        "janesmithjones",
        "smithjonesjane",
    }


def test_a_name_in_characters_keeps_its_characters_apart() -> None:
    assert aliases("黄浩明", "黄", "浩明") == ["浩 明 黄"]


def test_a_label_of_two_words_serves_as_both_orders() -> None:
    assert "hao ming huang" in aliases("HUANG Haoming")
    assert aliases("Madonna") == []
    assert aliases("") == []


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_aliases_are_folded_once_each_and_not_the_label(label: str, family: str, given_: str) -> None:
    found = aliases(label, family, given_, (given_,))
    assert all(form and fold(form) == form for form in found)
    assert len(found) == len(set(found))
    assert fold(label) not in found


@pytest.mark.parametrize(
    ("label", "family", "given_", "expected"),
    [
        ("HUANG Haoming", "Huang", "Haoming", ["hhm", "hh", "hmh"]),
        ("LV Zhenya", "Lv", "Zhenya", ["lzy", "lz", "zyl", "zl"]),
        ("Xi'an LI", "Li", "Xi'an", ["lxa", "lx", "xal", "xl"]),
        ("Jane Doe", "Doe", "Jane", ["dj", "jd"]),
        ("Social Policy Research Centre", "", "", ["sprc"]),
        ("Council of the State", "", "", ["cs", "cots"]),
        ("10th Charity Fair", "", "", ["1cf"]),
        ("Children's Fund", "", "", ["cf"]),
        ("Élan École", "", "", ["ee"]),
        ("China", "", "", []),
        ("“?”", "", "", []),
        ("", "", "", []),
    ],
)
def test_initials(label: str, family: str, given_: str, expected: list[str]) -> None:
    assert initials(label, family, given_) == expected


def test_one_name_in_many_writings_has_one_key() -> None:
    writings = [
        ("LV", "Zhenya"),
        ("Lü", "Zhenya"),
        ("Lyu", "Zhen Ya"),
        ("Lu", "Zhen-ya"),
        ("Zhenya", "Lü"),
        ("", "Zhenya Lü"),
        ("LYU Zhenya", ""),
    ]
    assert {same_name_key(*writing) for writing in writings} == {"lu zhenya"}


def test_names_close_in_letters_are_two() -> None:
    assert same_name_key("CHEN", "Yan") != same_name_key("CHEN", "Lan")
    assert same_name_key("Huang", "Haoming") != same_name_key("Huang", "Qingwei")


@pytest.mark.parametrize("name", [("Wang", ""), ("", "Wang"), ("", ""), ("?", "!"), ("Wang", "?")])
def test_half_a_name_has_no_key(name: tuple[str, str]) -> None:
    assert same_name_key(*name) == ""


def test_proposals_pair_each_bearer_with_the_first() -> None:
    names = [
        ("person/lv", "LV", "Zhenya"),
        ("person/chen-yan", "CHEN", "Yan"),
        ("person/lyu", "Lyu", "Zhenya"),
        ("person/chen-lan", "CHEN", "Lan"),
        ("person/zhenya", "Zhenya", "Lü"),
        ("person/wang-1", "Wang", ""),
        ("person/wang-2", "Wang", ""),
    ]
    assert propose_same(names) == [("person/lv", "person/lyu"), ("person/lv", "person/zhenya")]


def test_a_common_name_stays_few_pairs() -> None:
    assert len(propose_same((f"person/wang-wei-{number}", "Wang", "Wei") for number in range(1000))) == 999


def test_names_are_in_the_order_of_family_names_letters_and_numbers() -> None:
    in_order = [
        ("1st", "", ""),
        ("2nd", "", ""),
        ("10th", "", ""),
        ("Zoe ADAMS", "ADAMS", "Zoe"),
        ("ʿAli Baker", "Baker", "ʿAli"),
        ("Zed Baker", "Baker", "Zed"),
        ("Émile", "", ""),
        ("Group", "", ""),
        ("Group 9", "", ""),
        ("Group 10", "", ""),
        ("Group 10 b", "", ""),
        ("Group 100", "", ""),
        ("Rashad Əliyev", "Əliyev", "Rashad"),
        ("Jan van den Bergh", "van den Bergh", "Jan"),
        ("Anna Zyx", "Zyx", "Anna"),
    ]
    expected = sorted(in_order, key=lambda each: sorting_key(fold(each[0]), *each[1:]))
    assert [label for label, _, _ in expected if label != "Rashad Əliyev"] == [
        label for label, _, _ in in_order if label != "Rashad Əliyev"
    ]
    assert expected.index(("Rashad Əliyev", "Əliyev", "Rashad")) == 4, "a schwa stands where it is read"


def test_a_number_of_any_length_is_sorted() -> None:
    assert sorting_key("9" * 20_000) > sorting_key("9" * 300)
