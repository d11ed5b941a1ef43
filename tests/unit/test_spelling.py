"""Names are found in the spellings that readers type; what is found so is never what is called so."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.domain.query.parser import parse
from convenings.domain.records import (
    Event,
    Organisation,
    Participation,
    Person,
    Record,
    Statement,
)
from convenings.domain.spelling import letter_spellings, name_spellings, text_spellings
from convenings.domain.text import fold, words
from convenings.index.evaluate import matching
from convenings.index.model import ReadModel
from convenings.index.search import Search, Tier
from convenings.index.search_words import search_words
from tests.unit.indexing import found, ids, opened

FOUND_BY_EACH_OTHER = [
    ("臺灣國際研究院", "台湾国际研究院"),
    ("齊藤國昭", "斉藤国昭"),
    ("渡邊", "渡辺"),
    ("渡邉", "渡辺"),
    ("髙橋", "高橋"),
    ("澤田", "泽田"),
    ("沢田", "泽田"),
    ("發展", "发展"),
    ("カガミ", "かがみ"),
    ("ｶﾞｰﾄﾞ", "がーど"),
    ("Müller", "Mueller"),
    ("Løvås", "Loevaas"),
    ("Größl", "Groessl"),
    ("ʿAbd al-ʿAzīz", "Abd al-Aziz"),
    ("Abd al Aziz", "ʿAbd al-ʿAzīz"),
    ("Kaʻahanui", "Kaahanui"),
    ("Kaʻahanui", "Ka'ahanui"),
    ("Gorʹkij", "Gorkij"),
    ("Gor'kij", "Gorkij"),
    ("Gor’kij", "Gorʹkij"),
    ("Əliyev", "Aliyev"),
    ("Əhmədov", "Ehmedov"),
    ("Kɔfi", "Kofi"),
    ("Ɗanjuma", "Danjuma"),
    ("Ɛfua", "Efua"),
    ("Áŋŋel", "Angngel"),
    ("فاطمة", "فاطمه"),
    ("مصطفى", "مصطفي"),
    ("أحمد", "احمد"),
    ("Королёв", "Королев"),
    ("Mary-Ann", "Maryann"),
]
ONLY_ALIKE = [("かき", "かぎ"), ("Сергей", "Сергеи"), ("कि", "का"), ("发", "髪剤"), ("Ёлка", "Ялка")]


def filtered(model: ReadModel, kind: str, line: str) -> list[str]:
    """Ids of what the filter of a pane keeps."""
    return ids(model, matching(model, model.range(kind), parse(line)))


@pytest.mark.parametrize(("one", "other"), FOUND_BY_EACH_OTHER)
def test_each_spelling_finds_the_other_everywhere(tmp_path: Path, one: str, other: str) -> None:
    others: list[Record] = [Person(id=f"person/x{n}", label=f"Zed Yonder {n}") for n in range(3)]
    for number, (label, typed) in enumerate(((one, other), (other, one))):
        content = [
            *others,
            Person(id="person/sought", label=f"{label} Q"),
            Organisation(id="organisation/sought", label=label, type="other"),
            Statement(id="statement/sought", type="report", summary=f"Thus spoke {label}."),
            Event(id="event/at", label="Day", type="fair"),
            Participation(id="participation/p", event="event/at", role="speaker", agent="person/sought"),
        ]
        with opened(tmp_path / f"{number}.json", content) as model:
            hits = {model.one(hit.row).id: hit.tier for hit in Search(model)(typed)}
            assert hits["organisation/sought"] == Tier.SPELLING
            assert hits["person/sought"] == Tier.ALIAS
            for kind in ("person", "organisation"):
                assert filtered(model, kind, typed) == [f"{kind}/sought"]
            assert filtered(model, "person", f'"{typed}"') == ["person/sought"]
            assert filtered(model, "person", f'!"{typed}"') == [each.id for each in others]
            assert filtered(model, "participation", f'person:"{typed} Q"') == ["participation/p"]
            exact = {model.one(hit.row).id: hit.tier for hit in Search(model)(label)}
            assert exact["organisation/sought"] == Tier.EXACT


@pytest.mark.parametrize(
    ("one", "other"),
    [pair for pair in FOUND_BY_EACH_OTHER if "-" not in pair[0] + pair[1] and "'" not in "".join(pair)],
)
def test_texts_are_found_in_either_spelling(tmp_path: Path, one: str, other: str) -> None:
    for number, (text, typed) in enumerate(((one, other), (other, one))):
        said = Statement(id="statement/s", type="report", summary=f"Thus spoke {text} there.")
        with opened(tmp_path / f"{number}.json", [said]) as model:
            if "’" not in text + typed:
                assert filtered(model, "statement", typed) == ["statement/s"]


@pytest.mark.parametrize(("one", "other"), FOUND_BY_EACH_OTHER)
def test_what_another_spelling_finds_is_not_called_so(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(("one", "other"), ONLY_ALIKE)
def test_letters_of_a_script_are_told_apart(tmp_path: Path, one: str, other: str) -> None:
    with opened(tmp_path / "set.json", [Organisation(id="organisation/one", label=one, type="other")]) as model:
        assert found(model, one) == ["organisation/one"]
        assert all(hit.tier >= Tier.NEAR for hit in Search(model)(other))
        assert filtered(model, "organisation", other) == []


def test_the_exact_form_comes_first(tmp_path: Path) -> None:
    content: list[Record] = [
        Organisation(id="organisation/a", label="国际", type="other"),
        Organisation(id="organisation/b", label="國際", type="other"),
        Organisation(id="organisation/c", label="國際會", type="other"),
    ]
    with opened(tmp_path / "set.json", content) as model:
        assert found(model, "国际") == ["organisation/a", "organisation/b", "organisation/c"]
        assert found(model, "國際") == ["organisation/b", "organisation/a", "organisation/c"]


def test_a_spelling_is_found_among_many_that_begin_like_it(tmp_path: Path) -> None:
    many: list[Record] = [Person(id=f"person/m{n}", label=f"Hans Mueller{chr(97 + n % 26)}{n}") for n in range(150)]
    with opened(tmp_path / "set.json", [*many, Person(id="person/sought", label="Hans Müller")]) as model:
        assert found(model, "hans mueller")[0] == "person/sought"
        assert "person/sought" in filtered(model, "person", "mueller")


@pytest.mark.parametrize(
    ("label", "typed"),
    [
        ("Mary-Ann St. John-Smythe", "maryann stjohn"),
        ("Al-Azhari University", "alazhari"),
        ("Jan van den Bergh", "vandenbergh"),
        ("Sean O'Brannigan Junior", "obrannigan"),
    ],
)
def test_words_that_belong_together_are_found_as_one(tmp_path: Path, label: str, typed: str) -> None:
    with opened(tmp_path / "set.json", [Organisation(id="organisation/o", label=label, type="other")]) as model:
        assert filtered(model, "organisation", typed) == ["organisation/o"]
        assert Search(model)(typed)[0].tier == Tier.ALIAS


@pytest.mark.parametrize("label", ["", "Hans Mueller", "Xue Yue", "Łódź", "Straße", "café", "黄浩明"])
def test_most_names_have_no_other_spelling(label: str) -> None:
    assert name_spellings(label) == letter_spellings(label) == []


@given(st.text(max_size=30))
def test_spellings_are_folded_and_others(text: str) -> None:
    for spellings in (letter_spellings(text), name_spellings(text)):
        assert fold(text) not in spellings
        assert all(spelling == fold(spelling) != "" for spelling in spellings)
    assert text_spellings(text) == fold(text_spellings(text))


@given(st.text("aü國国か'-ʿ. 9", max_size=20) | st.text(max_size=20))
def test_the_words_that_are_sought_are_those_of_the_line(text: str) -> None:
    assert [word for each in search_words(text) for word in each.typed] == words(text)
