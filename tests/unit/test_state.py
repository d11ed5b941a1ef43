"""The lens: pins, filters and orders as one value, and the whole place as it is kept."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.domain.state import Cursor, Lens, Pin, State

PANES = st.sampled_from(["timeline", "speakers", "organisations", "questions", "other"])
REFS = st.sampled_from(["event/a", "person/b", "organisation/c", "question/d"])
STEPS = st.lists(st.tuples(PANES, REFS), max_size=8)


def lens_of(steps: list[tuple[str, str]]) -> Lens:
    """A lens with these pins set one after the other."""
    lens = Lens()
    for pane, ref in steps:
        lens = lens.pin(pane, ref)
    return lens


@given(STEPS)
def test_one_pin_in_each_pane_the_last_one(steps: list[tuple[str, str]]) -> None:
    """A pane holds what was pinned in it last, and the pins stand in the order in which they were set."""
    lens = lens_of(steps)
    assert {pin.pane: pin.ref for pin in lens.pins} == dict(steps)
    assert len(lens.pins) == len(dict(steps))
    order = list(dict.fromkeys(pane for pane, _ in reversed(steps)))
    assert [pin.pane for pin in lens.pins] == order[::-1]


@given(STEPS, PANES)
def test_a_pane_is_narrowed_by_the_pins_of_the_others(steps: list[tuple[str, str]], pane: str) -> None:
    """Never by its own."""
    lens = lens_of(steps)
    assert lens.seen_by(pane) == tuple(pin.ref for pin in lens.pins if pin.pane != pane)
    assert lens.seen_by(pane) == lens.unpin(pane).seen_by(pane)
    assert lens.unpin(pane).pinned(pane) == ""


@given(STEPS, PANES, REFS)
def test_pinning_and_unpinning_leaves_no_trace(steps: list[tuple[str, str]], pane: str, ref: str) -> None:
    """A pin that was not there before and is taken off leaves the lens as it was."""
    lens = lens_of(steps).unpin(pane)
    assert lens.pin(pane, ref).pinned(pane) == ref
    assert lens.pin(pane, ref).unpin(pane) == lens


def test_an_empty_filter_or_order_is_none() -> None:
    """Taking a filter off gives the lens without it, so that equal lenses are equal."""
    lens = Lens().filtered("speakers", "chen").ordered("speakers", "earliest")
    assert lens.filters == {"speakers": "chen"}
    assert lens.orders == {"speakers": "earliest"}
    assert lens.filtered("speakers", "").ordered("speakers", "") == Lens()


def test_a_lens_is_a_value() -> None:
    """Every step gives a new lens; the former one stays, which is what history rests on."""
    lens = Lens()
    lens.pin("timeline", "event/a").filtered("timeline", "x").ordered("timeline", "earliest")
    assert lens == Lens()
    with pytest.raises(AttributeError):
        lens.pins = ()  # type: ignore[misc]


@given(
    st.builds(
        State,
        lens=st.builds(Lens, pins=st.lists(st.builds(Pin, pane=PANES, ref=REFS)).map(tuple)),
        subject=REFS,
        pane=PANES,
        cursors=st.dictionaries(PANES, st.builds(Cursor, ref=REFS, top=REFS)),
        folded=st.lists(REFS).map(tuple),
        zoom=st.none() | st.tuples(st.floats(1, 1e6), st.floats(2, 1e6)),
        zoomed=st.booleans(),
        evidence=st.booleans(),
    )
)
def test_a_place_survives_being_kept(place: State) -> None:
    """Through JSON and back a place is the same."""
    kept = json.loads(json.dumps(msgspec.to_builtins(place)))
    assert msgspec.convert(kept, State) == place
