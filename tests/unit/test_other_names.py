"""What else a record is called: former names as former, names in other languages as such, and no name twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.domain.record_values import Name
from convenings.domain.records import Organisation
from convenings.index.search import Search
from convenings.presentation.hits import contexts
from convenings.presentation.names import LANGUAGES_SHOWN, language_in_words, name_lines
from tests.languages import HEAD, TABLE, table
from tests.unit.indexing import opened


def texts(label: str, *names: Name) -> list[str]:
    return [line.text for line in name_lines(label, names)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (Name(value="Old Bureau", type="former"), "formerly: Old Bureau"),
        (Name(value="OB", type="abbreviation"), "abbreviation: OB"),
        (Name(value="The Bureau"), "also: The Bureau"),
        (Name(value="The Bureau", type="name"), "also: The Bureau"),
        (Name(value="局", type="native", language="zh", script="Hans"), "in Chinese: 局"),
        (Name(value="局", type="native"), "in its own language: 局"),
        (Name(value="Büro", type="translation", language="de-AT"), "in German: Büro"),
        (Name(value="Buro", type="translation", language="xx"), "in xx: Buro"),
        (Name(value="Buro", type="translation"), "translated: Buro"),
    ],
)
def test_each_name_is_called_what_it_is(name: Name, text: str) -> None:
    assert texts("Bureau", name) == [text]


def test_a_name_that_is_there_already_is_not_repeated() -> None:
    assert texts("Bureau", Name(value="Bureau"), Name(value="Bureau", type="abbreviation")) == []
    assert texts("Bureau", Name(value="Office"), Name(value="Office", type="name")) == ["also: Office"]


def test_many_languages_are_one_line_that_drops_none() -> None:
    codes = ["de", "fr", "es", "zh", "pt", "it"]
    names = [Name(value=f"B-{code}", type="translation", language=code) for code in codes]
    assert texts("Bureau", *names[:LANGUAGES_SHOWN]) == ["in German: B-de", "in French: B-fr", "in Spanish: B-es"]
    assert texts("Bureau", Name(value="Old", type="former"), *names) == [
        "formerly: Old",
        "in German: B-de",
        "in French: B-fr",
        "+4 names in other languages: Spanish B-es; Chinese B-zh; Portuguese B-pt; Italian B-it",
    ]


def test_an_inferred_name_is_marked_also_among_many() -> None:
    names = [Name(value=f"B{n}", type="translation", language="de", basis="inferred") for n in range(9)]
    assert {line.basis for line in name_lines("Bureau", names)} == {"inferred"}


def test_the_table_of_languages_is_what_the_script_makes() -> None:
    source = (
        "\ufeffaar||aa|Afar|afar\nspa||es|Spanish; Castilian|espagnol\n"
        "gre|ell|el|Greek, Modern (1453-)|grec\nace|||Achinese|aceh\n"
    )
    assert table(source) == HEAD + "aa Afar\nel Modern Greek\nes Spanish\n"
    assert TABLE.read_text(encoding="utf-8").startswith(HEAD)
    assert language_in_words("zh-Hans") == "Chinese"


@pytest.mark.parametrize(
    ("typed", "beside"),
    [
        ("red fund", "formerly Red Fund, foundation"),
        ("rf", "abbreviation RF (inferred), foundation"),
        ("blue trust", "foundation"),
        ("blue", "foundation"),
        ("foundation", "foundation"),
        ("red type:foundation", "formerly Red Fund, foundation"),
    ],
)
def test_a_hit_says_by_which_other_name_it_was_found(tmp_path: Path, typed: str, beside: str) -> None:
    names = [Name(value="Red Fund", type="former"), Name(value="RF", type="abbreviation", basis="inferred")]
    trust = Organisation(id="organisation/t", label="Blue Trust", type="foundation", names=names)
    with opened(tmp_path / "set.json", [trust]) as model:
        hits = Search(model)(typed)
        rows = model.load([hit.row for hit in hits])
        assert list(contexts(model, typed, hits, rows)) == [beside]
