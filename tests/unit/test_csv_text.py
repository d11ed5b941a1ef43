"""Cells of tables: the value comes back to the letter, and no spreadsheet or terminal obeys it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from convenings.domain.csv_text import EMPTY, FORMULA_STARTS, cell, exact_cell, guarded, unguarded, value_of

HOSTILE = st.text(
    st.one_of(st.sampled_from("'\" =+-@\t\r\n\x00\x1b\x85\\,;u0aà＝"), st.characters(exclude_categories=["Cs"]))
)


@given(HOSTILE)
@example("'=1")
@example("' '=1")
@example('""')
@example('"\\"\\""')
@example('"\\u001b"')
@example("\x1b[2J")
def test_a_value_comes_back_from_its_cell(text: str) -> None:
    lines = io.StringIO(newline="")
    csv.writer(lines).writerow([exact_cell(text), "x"])
    assert next(csv.reader(io.StringIO(lines.getvalue(), newline=""), strict=True)) == [exact_cell(text), "x"]
    assert value_of(exact_cell(text)) == text


@given(HOSTILE)
def test_no_exact_cell_is_a_formula_or_controls_a_terminal(text: str) -> None:
    written = exact_cell(text)
    assert not written.lstrip(" ").startswith(FORMULA_STARTS)
    assert not set(written) & {"\x00", "\x1b", "\x85"}


@given(HOSTILE)
def test_the_guard_is_taken_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("'=1+1", "''=1+1"),
        (" -x", "' -x"),
        ("'n Dag", "'n Dag"),
        ('"Free" as in "Beer"', '"Free" as in "Beer"'),
        ('"Quoted"', '"Quoted"'),
        ("a\x1bb", '"a\\u001bb"'),
        ("a\nb", "a\nb"),
        (EMPTY, '"\\"\\""'),
    ],
)
def test_a_value_stands_as_it_is_where_it_can(value: str, expected: str) -> None:
    assert exact_cell(value) == expected


def test_people_see_a_picture_of_what_a_terminal_would_obey() -> None:
    assert cell("a\x1bb") == "a␛b"


def test_a_table_that_we_wrote_comes_in_without_its_guards() -> None:
    from convenings.interchange.tables.delimited import _loose_row, _strictly

    lines = ["title,date\r\n", "'=Sums,'n Dag\r\n"]
    assert [cells for cells, _ in _strictly(lines, 0, ",")] == [["title", "date"], ["=Sums", "'n Dag"]]
    assert _loose_row(["'@a,6\" nail\r\n"], 0, ",", "x.csv")[0] == ["@a", '6" nail']
