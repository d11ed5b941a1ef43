"""Text in lines: what a line takes, and that work on a text grows no faster than the text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.domain.text import plain
from convenings.tui.paint import segments
from convenings.tui.paint.segments import breaks, cells_of, cut, wrapped
from convenings.tui.panes.wrapped import LONGEST, Item, WrappedText

texts = st.text("ab 漢é\u0301\u0302म\u200dष👩", max_size=120).map(plain)


@given(texts, st.integers(2, 30))
def test_lines_hold_the_text_and_fit(text: str, cells: int) -> None:
    lines = list(breaks(text, cells))
    assert "".join(text[start:end] for start, end in lines).replace(" ", "") == text.replace(" ", "")
    for (_, end), (start, _) in pairwise(lines):
        assert not text[end:start].strip(" ")
    # One character stands alone where even it does not fit.
    assert all(cells_of(text[start:end]) <= cells or end - start == 1 for start, end in lines)


@given(texts, st.integers(2, 30))
def test_no_line_ends_where_another_word_would_fit(text: str, cells: int) -> None:
    for (start, end), (after, _) in pairwise(breaks(text, cells)):
        if " " in text[end:after]:
            word = text[after:].split(" ", 1)[0]
            assert cells_of(text[start:after] + word) > cells


@pytest.mark.parametrize(
    "piece", ["漢字試驗", "word ", "w", "e\u0301\u0302\u0303", "می\u200cخواهم ", "👩🏽", "\u200d", " "]
)
def test_each_line_looks_at_no_more_than_it_can_take(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "x" + piece * (100_000 // len(piece))
    longest = [0]

    def measuring(text: str) -> int:
        longest[0] = max(longest[0], len(text))
        return cells_of(text)

    monkeypatch.setattr(segments, "cells_of", measuring)
    assert wrapped(text, 60)
    assert longest[0] <= 60 * segments.MOST_IN_A_CELL


@pytest.mark.parametrize("text", ["क\u200dष" * 300, "ab漢" * 300])
def test_what_is_cut_fills_its_cells(text: str) -> None:
    assert cells_of(cut(text, 40)) == 40


def test_of_a_paragraph_without_end_the_beginning_is_shown_and_how_much_more_there_is() -> None:
    text = WrappedText([Item([("w" * 4, "strong"), ("word " * 200_000, "")])], 60)
    shown = " ".join("".join(part for part, _ in line.spans) for line in text.lines)
    assert shown.endswith("… 980,004 characters more; convenings show prints them all")
    assert len(shown) <= LONGEST + 100


def test_lines_of_a_paragraph_that_is_not_there_are_none() -> None:
    text = WrappedText([Item([("a " * 100, "")]), Item([("b", "")])], 20)
    assert (len(text.lines_of(0)), len(text.lines_of(1)), len(text.lines_of(7))) == (10, 1, 0)
    assert (text.first_line(1), text.first_line(7)) == (10, 0)
