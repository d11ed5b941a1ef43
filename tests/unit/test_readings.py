"""A question in words finds what its words are of: without those that say nothing, and in other forms, both said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from convenings.__main__ import main
from convenings.domain.english import FUNCTION_WORDS, is_function_word, other_forms
from convenings.domain.query.parser import parse
from convenings.domain.query.readings import readings
from convenings.domain.records import (
    Event,
    Organisation,
    Participation,
    Person,
    Place,
    Record,
    Statement,
    Topic,
)
from convenings.domain.state import Lens
from convenings.index.model import ReadModel
from convenings.index.search import Search, Tier
from convenings.index.sqlite.reader import IndexReader
from convenings.presentation.lists import list_rows
from convenings.workspace import Workspace
from tests.unit.indexing import ids, opened

CONTENT: list[Record] = [
    Person(id="person/ada", label="Ada Quill"),
    Person(id="person/ben", label="Ben Moss"),
    Organisation(id="organisation/who", label="World Health Organization", type="other"),
    Organisation(id="organisation/lamp", label="Lamp Works", type="company"),
    Event(id="event/hearing", label="Harbour inquest", type="seminar"),
    Event(id="event/day", label="The day after", type="fair"),
    Place(id="place/harbour", label="Harbour", type="city"),
    Topic(id="topic/water", label="Water policies", type="concept"),
    Statement(id="statement/lamps", type="recommendation", summary="Lamp Works asks for cheaper oil."),
    Statement(id="statement/oil", type="report", summary="Oil is planned to be cheaper in Harbour."),
]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadModel]:
    folder = tmp_path_factory.mktemp("readings")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONVENINGS_CACHE_DIR", str(folder))
        content = [*CONTENT, moderator()]
        with opened(folder / "set.json", content) as model:
            yield model


def moderator() -> Participation:
    """Who moderated the inquest."""
    return Participation(id="participation/ada", event="event/hearing", role="moderator", agent="person/ada")


@pytest.mark.parametrize(
    ("line", "first", "reading"),
    [
        ("who moderated the inquest", "participation/ada", "without who, the; moderated in any form"),
        ("Who moderated the Harbour inquest?", "participation/ada", "without Who, the; moderated in any form"),
        ("what did Lamp Works recommend", "statement/lamps", "without what, did"),
        ("recommended", "statement/lamps", "recommended in any form"),
        ("what is planned in Harbour", "statement/oil", "without what, is, in"),
        ("planning for oil", "statement/oil", "without for; planning in any form"),
        ("water policy", "topic/water", ""),
        ("Lamp Works's oil", "statement/lamps", "Works's in any form"),
        ("what about role:moderator kind:person", "person/ada", "without what, about"),
        ("(who or what) inquest", "event/hearing", "without who, what"),
    ],
)
def test_a_question_in_words_finds_an_answer_and_it_is_said_how(
    small: ReadModel, line: str, first: str, reading: str
) -> None:
    hits = Search(small)(line)
    assert ids(small, [hit.row for hit in hits])[:1] == [first]
    assert hits.reading == reading


@pytest.mark.parametrize(
    ("line", "refs"),
    [
        ("the day after", ["event/day"]),
        ("the day", ["event/day"]),
        ('"who moderated" inquest', []),
        ('"the" inquest', []),
        ("!the ada", ["person/ada", "participation/ada"]),
        ("WHO inquest", []),
        ("dies inquest", []),
        ("the zzzqqq", []),
        ("who", ["organisation/who"]),
    ],
)
def test_what_is_found_as_it_is_in_quotes_negated_or_a_name_stays(small: ReadModel, line: str, refs: list[str]) -> None:
    hits = Search(small)(line)
    assert ids(small, [hit.row for hit in hits]) == refs
    assert hits.reading == ""


def test_other_forms_stand_behind_what_has_the_word_itself(tmp_path: Path) -> None:
    content: list[Record] = [
        Statement(id="statement/exact", type="report", summary="Lecturing late is hard."),
        Person(id="person/other", label="Lecturer Bloom"),
    ]
    with opened(tmp_path / "set.json", content) as model:
        hits = Search(model)("lecturing")
        assert ids(model, [hit.row for hit in hits]) == ["statement/exact", "person/other"]
        assert [hit.tier for hit in hits] == [Tier.TEXT, Tier.FORM]
        assert [hits.reading_of(hit) for hit in hits] == ["", "lecturing in any form"]


def test_where_nothing_has_all_words_it_is_said_which_one_to_leave_out(small: ReadModel) -> None:
    hits = Search(small)("who spoke in Harbour")
    assert not hits
    assert hits.advice == "without spoke there are 4"
    assert Search(small)("zzzqqq").advice == ""


def test_the_command_line_says_it_on_stderr_and_in_json(small: ReadModel, capsys: pytest.CaptureFixture[str]) -> None:
    dataset = ["--dataset", str(small.path)]
    assert main(["search", "who moderated the inquest", *dataset]) == 0
    assert "without who, the; moderated in any form" in capsys.readouterr().err
    assert main(["search", "who moderated the inquest", "--json", *dataset]) == 0
    (hit,) = json.loads(capsys.readouterr().out)
    assert hit["reading"] == "without who, the; moderated in any form"
    assert main(["search", "inquest", "--json", *dataset]) == 0
    assert all("reading" not in hit for hit in json.loads(capsys.readouterr().out))
    assert main(["search", "who spoke in Harbour", *dataset]) == 1
    assert "without spoke there are 4" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("word", "forms"),
    {
        "moderated": ("moderat",),
        "meetings": ("meeting",),
        "speakers": ("speaker",),
        "spoke": ("speaker",),
        "organized": ("organiz", "organis"),
        "universities": ("university",),
        "planned": ("plan",),
        "named": ("name",),
        "boxes": ("box",),
        "news": (),
        "process": (),
        "beijing": (),
        "spring": (),
        "the": (),
        "会议": (),
    }.items(),
)
def test_other_forms_of_english_words(word: str, forms: tuple[str, ...]) -> None:
    assert other_forms(word) == forms


def test_function_words_are_small_words_of_english() -> None:
    assert all(is_function_word(word) for word in ("who", "Who", "who's", "the", "they've"))
    assert not any(is_function_word(word) for word in ("WHO", "IT", "moderator", "not", "no", "一", "die", "", "?"))
    assert all(word.isascii() and word.islower() for word in FUNCTION_WORDS)


@pytest.mark.parametrize("line", ["tencent", '"who moderated"', "!moderated", "the who", "role:moderator", "", "一 的"])
def test_what_has_no_other_reading(line: str) -> None:
    assert list(readings(parse(line))) == []


def test_pane_list_and_search_read_a_question_alike(small: ReadModel, capsys: pytest.CaptureFixture[str]) -> None:
    line, dataset = "who moderated the inquest", ["--dataset", str(small.path)]
    lens = Lens(filters={"timeline": "what is an inquest of"})
    shown = list_rows(Workspace(small), lens, "timeline")
    assert ids(small, shown.rows) == ["event/hearing"]
    assert shown.remark.endswith("shown is what is found without what, is, an, of")
    for command in (["list", "--filter", line], ["list", "participation", "--filter", line], ["search", line]):
        assert main([*command, "--json", *dataset]) == 0
        (hit,) = json.loads(capsys.readouterr().out)
        assert hit["id"] == "participation/ada"
        assert hit["reading"].endswith("without who, the; moderated in any form")
        assert main([*command, *dataset]) == 0
        assert "without who, the; moderated in any form" in capsys.readouterr().err
    assert main(["list", "--filter", "who ?", *dataset]) == 0


def test_a_filter_that_finds_nothing_asks_for_each_of_its_words_once(tmp_path: Path) -> None:
    with opened(tmp_path / "set.json", [*CONTENT, moderator()]) as model:
        assert isinstance(model.index, IndexReader)
        statements: list[str] = []
        model.index.connection.set_trace_callback(statements.append)
        lens = Lens(filters={"speakers": "who planned the meetings in zanzibar"})
        assert not len(list_rows(Workspace(model), lens, "speakers").rows)
        # What the full-text search itself asks, most of it once, is none of ours.
        own = [each for each in statements if not each.startswith(("--", "PRAGMA")) and "'main'." not in each]
        assert len(own) <= 12
