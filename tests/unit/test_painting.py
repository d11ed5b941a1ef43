"""Painting: exactly as many cells as there are, whatever the text."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len, set_cell_size
from rich.style import Style
from textual.filter import NoColor

from convenings.domain.text import plain
from convenings.tui.paint.segments import (
    ELLIPSIS,
    JOINER,
    NARROW,
    LineStyles,
    cells_of,
    clip,
    clip_middle,
    cut,
    pad,
    right,
    thumb,
    to_segments,
)

TEXTS = st.text(max_size=60).map(plain) | st.text("黄浩明ＡＢab 👍é…", max_size=40)
CELLS = st.integers(0, 60)


@given(TEXTS, CELLS)
def test_clip_fits(text: str, cells: int) -> None:
    """A clipped text fits, and is whole where it fitted already; an ellipsis says that something is left out."""
    clipped = clip(text, cells)
    assert cell_len(clipped) <= cells
    if cell_len(text) <= cells:
        assert clipped == text
    elif cells:
        assert clipped.endswith(ELLIPSIS)


def test_what_is_not_looked_up_takes_one_cell_and_joins_nothing() -> None:
    """Each such character takes the cell that it takes where it is looked up; none can be hidden or combined."""
    narrow = [chr(code) for code in range(0x3000) if NARROW.fullmatch(chr(code))]
    assert len(narrow) > 900
    assert {*"⌂│▌●←…é"} <= {*narrow}
    for character in narrow:
        assert cell_len(character) == 1, hex(ord(character))
        assert character.isprintable()
        assert not unicodedata.category(character).startswith(("M", "C"))


@given(st.text("aé“…ễ黄Ａ́\u200d👍 ", max_size=40), CELLS)
@example("\u200d\u200d黄aaaa黄", 7)
def test_a_text_is_cut_where_it_would_be_if_it_were_looked_up(text: str, cells: int) -> None:
    """But for joiners with which it begins: Rich fails on two of them."""
    assert cells_of(text) == cell_len(text)
    if cells < cell_len(text):
        assert cut(text, cells) == set_cell_size(text.lstrip(JOINER), cells)


@given(TEXTS, CELLS)
def test_pad_and_right_fill_exactly(text: str, cells: int) -> None:
    """Both take exactly the cells given; one leaves the rest at the right, the other at the left."""
    assert cell_len(pad(text, cells)) == cells
    assert cell_len(right(text, cells)) == cells
    assert pad(text, cells).startswith(clip(text, cells))
    assert right(text, cells).endswith(clip(text, cells))


@given(st.lists(st.tuples(st.text(max_size=30), st.sampled_from(["", "strong", "missing"])), max_size=6), CELLS)
def test_a_painted_line_has_its_width_and_no_control(spans: list[tuple[str, str]], width: int) -> None:
    """Any spans become segments of exactly the width, in which nothing moves the cursor or turns the line."""
    segments = to_segments(spans, LineStyles(Style(), {"strong": Style(bold=True)}), width)
    text = "".join(segment.text for segment in segments)
    assert all(segment.text for segment in segments)
    assert cell_len(text) == sum(segment.cell_length for segment in segments) == width
    assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]


def test_a_style_is_laid_over_that_of_the_line() -> None:
    """A named style adds to that of the line; an unknown name adds nothing."""
    line = Style(color="red")
    first, rest = to_segments([("a", "strong"), ("b", "")], LineStyles(line, {"strong": Style(bold=True)}), 4)
    assert (first.text, first.style) == ("a", line + Style(bold=True))
    assert (rest.text, rest.style) == ("b  ", line)
    assert LineStyles(line, {})["other"] == line


def test_a_terminal_without_colour_gets_none() -> None:
    """What becomes of styles in a terminal becomes of every ink."""
    styles = LineStyles(Style(color="red"), {"strong": Style(bold=True)}, [NoColor()])
    assert styles["strong"].color is not None
    assert styles["strong"].color.is_default


@given(st.integers(0, 10**6), st.integers(1, 200), st.integers(0, 200), st.data())
def test_the_thumb_stays_in_the_bar(rows: int, capacity: int, height: int, data: st.DataObject) -> None:
    """It is within the bar, at its top at the start and at its foot at the end, and absent where all is shown."""
    offset = data.draw(st.integers(0, max(0, rows - capacity)))
    first, last = thumb(rows, capacity, offset, height)
    if rows <= capacity or not height:
        assert (first, last) == (0, 0)
        return
    assert 0 <= first < last <= height
    assert thumb(rows, capacity, 0, height)[0] == 0
    assert thumb(rows, capacity, rows - capacity, height)[1] == height


def test_what_tells_alike_labels_apart_stays_where_there_is_little_room() -> None:
    labels = [f"Red Crescent Society of the {country}" for country in ("Northern Isles", "Southern Isles", "Far East")]
    assert len({pad(label, 24) for label in labels}) == 1
    assert [pad(label, 24, end=True) for label in labels] == [
        "Red Cresc…Northern Isles",
        "Red Cresc…Southern Isles",
        "Red Cres…of the Far East",
    ]


@given(st.text("ab कि国\u0301\u200d🔬", max_size=40).map(plain), st.integers(0, 30))
def test_a_text_cut_in_its_middle_fits(text: str, cells: int) -> None:
    assert cells_of(clip_middle(text, cells)) <= cells
    assert cells_of(pad(text, cells, end=True)) == cells
    assert cells_of(pad(text, cells)) == cells


def test_joined_letters_take_their_cells() -> None:
    assert cells_of("क\u094d\u200dष") == 2
    assert cells_of("م\u06cc\u200cخ") == 3
    assert cells_of("\N{WOMAN}\u200d\N{MICROSCOPE}") == 2
