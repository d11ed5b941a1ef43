from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.domain.errors import BadInput
from convenings.domain.record_values import Evidence
from convenings.domain.records import Source
from convenings.store.sources import (
    HASH_COST,
    THOROUGH,
    SourceText,
    identify,
    locate,
    paragraphs,
    passage_hash,
    read_text,
    text_hash,
)
from tests.unit.factory import TEXT, evidence, records


def at(paragraph: int, start: int, end: int, passage: str) -> Evidence:
    return Evidence(
        source="source/x", paragraph=paragraph, start=start, end=end, passage_hash=passage_hash(passage), fields=[]
    )


def test_paragraphs_stand_exactly_as_they_are() -> None:
    assert paragraphs("Title\n\n \u00a0 \n  two \u00a0\r\nthree\rfour") == ["Title", "  two \u00a0", "three", "four"]


def test_only_line_breaks_part_paragraphs() -> None:
    text = "one\u2028still\x0bone\x0c\x85\ntwo"
    assert paragraphs(text) == ["one\u2028still\x0bone\x0c\x85", "two"]


@given(st.lists(st.text(st.characters(blacklist_characters="\r\n", blacklist_categories=["Cs"]), min_size=1)))
def test_lines_with_something_on_them_come_back(lines: list[str]) -> None:
    assert paragraphs("\n".join(lines)) == [line for line in lines if line.strip()]


def test_hashes_are_the_first_digits_of_sha256() -> None:
    assert passage_hash("é") == hashlib.sha256("é".encode()).hexdigest()[:16]
    assert text_hash(b"test") == "9f86d081884c7d65"


def test_text_is_strict_utf8_without_its_mark() -> None:
    assert read_text(b"\xef\xbb\xbfA\r\n\xc2\xa0b") == "A\r\n\u00a0b"
    with pytest.raises(BadInput, match=r"report\.txt: byte 2: the text is not UTF-8; save it as UTF-8"):
        read_text(b"ab\xff", "report.txt")


def test_a_source_is_known_by_its_bytes() -> None:
    sources = [record for record in records() if isinstance(record, Source)]
    assert identify(TEXT.encode(), sources) == "source/rivers"
    assert identify(TEXT.encode() + b"\n", sources) is None


def test_an_exact_passage() -> None:
    piece = evidence(3, "who owns")
    location = locate(piece, paragraphs(TEXT))
    assert (location.state, location.paragraph, location.start, location.end) == ("exact", 3, piece.start, piece.end)


def test_a_passage_that_moved_is_found_once() -> None:
    location = locate(at(1, 0, 3, "owl"), ["an owl", "no bird"])
    assert (location.state, location.paragraph, location.start, location.end) == ("moved", 1, 3, 6)
    assert locate(at(9, 0, 3, "owl"), ["x", "an owl"]).paragraph == 2


def test_a_passage_in_several_other_places_is_ambiguous() -> None:
    assert locate(at(1, 0, 3, "owl"), ["an owl", "owl"]).state == "ambiguous"
    assert locate(at(1, 0, 2, "aa"), ["xaaa"]).state == "ambiguous"


def test_the_right_place_is_exact_however_often_the_passage_stands() -> None:
    assert locate(at(2, 0, 3, "owl"), ["an owl", "owl"]).state == "exact"


@pytest.mark.parametrize("piece", [at(1, 0, 3, "eel"), at(1, 3, 3, ""), at(1, -1, 2, "owl"), at(1, 0, 999, "an owl")])
def test_a_passage_that_is_nowhere_is_lost(piece: Evidence) -> None:
    location = locate(piece, ["an owl"])
    assert (location.state, location.paragraph, location.start, location.end) == ("lost", 0, 0, 0)


@given(st.lists(st.text("abü漢 ", min_size=1, max_size=8), min_size=1, max_size=4), st.data())
def test_whatever_is_cut_out_is_exact_where_it_was_cut(text: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(1, len(text)))
    start = data.draw(st.integers(0, len(text[number - 1]) - 1))
    end = data.draw(st.integers(start + 1, len(text[number - 1])))
    assert locate(at(number, start, end, text[number - 1][start:end]), text).state == "exact"


@pytest.mark.parametrize(
    "stands",
    [
        "by the\u00a0old river bank",
        "by the  old   river bank",
        "by the\told river\u2009 bank",
        "by\u00a0 the old river bank",
    ],
)
def test_a_passage_with_other_white_space_is_not_lost(stands: str) -> None:
    passage = "by the old river bank"
    quote = "They met by the old river bank. Then they left."
    start = quote.index(passage)
    cited = Evidence(
        source="source/a",
        paragraph=2,
        start=start,
        end=start + len(passage),
        passage_hash=passage_hash(passage),
        fields=["label"],
    )
    text = ["A title", quote.replace(passage, stands)]
    location = locate(cited, text)
    assert (location.state, location.paragraph) == ("moved", 2)
    assert text[1][location.start : location.end] == stands
    assert locate(cited, ["A title", "Another", text[1], text[1]]).state == "ambiguous"
    assert locate(cited, ["A title", "They met by the  old bank of the river."]).state == "lost"


PAGES = [f"On day {n} the river stood at {n * 7} cm, and {n * 3} people came to see it rise again." for n in range(200)]


def pieces_of(pages: list[str]) -> list[Evidence]:
    """Passages of many lengths, four in each paragraph."""
    places = [(number, page, start) for number, page in enumerate(pages, 1) for start in (0, 9, 20, 33)]
    return [at(n, start, start + 12 + n % 30, page[start : start + 12 + n % 30]) for n, page, start in places]


def states_and_hashes(
    text: list[str], pieces: list[Evidence], monkeypatch: pytest.MonkeyPatch
) -> tuple[Counter[str], int]:
    """What has become of passages, and how many hashes that took."""
    asked = [0]
    sha256 = hashlib.sha256

    def counting(data: bytes) -> object:
        asked[0] += 1
        return sha256(data)

    monkeypatch.setattr(hashlib, "sha256", counting)
    locations = SourceText(text).locate_all(pieces)
    return Counter(location.state for location in locations), asked[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda pages: ["A title", *pages],
        lambda pages: [f"Another text, of line {n}" for n in range(3000)] + pages,
        lambda pages: pages[:50] + pages[60:],
        lambda pages: [f"So: {page}" for page in pages],
    ],
    ids=["a line on top", "thousands of lines on top", "ten paragraphs left out", "a word in each paragraph"],
)
def test_passages_that_moved_together_take_few_hashes(
    change: Callable[[list[str]], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = pieces_of(PAGES)
    states, hashes = states_and_hashes(change(PAGES), pieces, monkeypatch)
    # Of the ten paragraphs that are left out all is lost, and looked for everywhere, a length at a time.
    lost_lengths = len({piece.end - piece.start for piece in pieces[200:240]}) if states["lost"] else 0
    assert hashes <= 30_000 + lost_lengths * sum(map(len, PAGES))
    assert states["unsearched"] == 0
    assert states["moved"] + states["ambiguous"] + states["exact"] >= len(pieces) - 240


def test_a_long_text_of_something_else_is_not_looked_through_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    strange = [page[::-1] for page in PAGES] * 100
    pieces = pieces_of(PAGES)
    states, hashes = states_and_hashes(strange, pieces, monkeypatch)
    assert states["unsearched"] > 0
    assert states["unsearched"] + states["lost"] == len(pieces)
    assert hashes * HASH_COST <= 2 * THOROUGH


def test_what_is_looked_up_together_is_what_is_looked_up_alone() -> None:
    text = ["A title", *PAGES[:20], "something else", *PAGES[25:40]]
    pieces = pieces_of(PAGES[:45])
    assert SourceText(text).locate_all(pieces) == [SourceText(text).locate(piece) for piece in pieces]


@pytest.mark.parametrize("digits", ["", "xyz", "A94A8FE5CCB19BA6", "a94a8fe5 ccb19ba6", "a94a8f"])
def test_evidence_without_a_proper_hash_has_no_passage(digits: str) -> None:
    piece = Evidence(source="source/x", paragraph=1, start=0, end=4, passage_hash=digits, fields=[])
    assert locate(piece, ["test"]).state == "lost"
