"""Rows answer as the plain list of the same numbers does."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.index.rows import Rows

Segments = list[tuple[int, int]]


@st.composite
def segments(draw: st.DrawFn) -> Segments:
    """Ascending segments, some of them empty, with and without space between them."""
    steps = draw(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5)), max_size=6))
    edges = list(accumulate(step for pair in steps for step in pair))
    return list(zip(edges[::2], edges[1::2], strict=True))


both = segments().map(lambda found: (Rows(found), [row for a, b in found for row in range(a, b)])) | st.lists(
    st.integers(0, 40), unique=True
).flatmap(lambda rows: st.booleans().map(lambda told: (Rows.of(sorted(rows), ascends=told), sorted(rows))))
"""Rows of either sort, and the list that says what they are."""


@given(both)
def test_length_items_and_iteration(pair: tuple[Rows, list[int]]) -> None:
    rows, plain = pair
    assert len(rows) == len(plain)
    assert list(rows) == plain
    assert [rows[at] for at in range(-len(plain), len(plain))] == plain + plain
    assert list(reversed(rows)) == plain[::-1]


@given(both)
def test_no_item_beyond_the_ends(pair: tuple[Rows, list[int]]) -> None:
    rows, plain = pair
    for at in (len(plain), -len(plain) - 1):
        with pytest.raises(IndexError):
            rows[at]


@given(both, st.slices(30))
def test_slices(pair: tuple[Rows, list[int]], part: slice) -> None:
    rows, plain = pair
    assert rows[part] == plain[part]


@given(both, st.integers(-2, 60))
def test_position(pair: tuple[Rows, list[int]], row: int) -> None:
    rows, plain = pair
    assert rows.position(row) == (plain.index(row) if row in plain else -1)
    assert (row in rows) == (row in plain)


@given(both, st.integers(0, 60))
def test_nearest_is_the_row_or_a_neighbour_of_its_place(pair: tuple[Rows, list[int]], row: int) -> None:
    rows, plain = pair
    at = rows.nearest(row)
    if not plain:
        assert at == 0
        return
    found = plain[at]
    assert found == row if row in plain else not any(min(found, row) < other < max(found, row) for other in plain)


def test_a_million_rows_are_one_segment() -> None:
    rows = Rows([(5, 1_000_005)])
    assert len(rows) == 1_000_000
    assert (rows[0], rows[999_999]) == (5, 1_000_004)
    assert rows.position(500_005) == 500_000
    assert rows.position(4) == rows.position(1_000_005) == -1


def test_rows_in_an_order_of_their_own() -> None:
    rows = Rows.of([7, 2, 9])
    assert list(rows) == [7, 2, 9]
    assert [rows.position(row) for row in (7, 2, 9, 3)] == [0, 1, 2, -1]


@given(segments(), st.permutations(range(6)), st.integers(-2, 60))
def test_segments_and_runs_in_any_order(found: Segments, order: list[int], row: int) -> None:
    shuffled = [found[at] for at in order if at < len(found)]
    plain = [row for first, last in shuffled for row in range(first, last)]
    runs = [0, *accumulate(last - first for first, last in shuffled)]
    for rows in (Rows(shuffled), Rows.of(plain, runs=runs)):
        assert list(rows) == plain
        assert rows.position(row) == (plain.index(row) if row in plain else -1)
        assert 0 <= rows.nearest(row) < max(1, len(plain))
