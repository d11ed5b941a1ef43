"""The lens: pins, filters and orders as one value, and the whole place as it is kept."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.domain.state import Cursor, Lens, Pin, State

PANES = st.sampled_from(["timeline", "speakers", "organisations", "questions", "other"])
REFS = st.sampled_from(["event/a", "event/b", "event/c", "person/b", "person/d", "organisation/c", "question/d"])
STEPS = st.lists(st.tuples(PANES, REFS), max_size=8)


def lens_of(steps: list[tuple[str, str]]) -> Lens:
    """A lens with these pins set one after the other."""
    lens = Lens()
    for pane, ref in steps:
        lens = lens.pin(pane, ref)
    return lens


@given(STEPS)
def test_a_pane_holds_all_that_was_pinned_in_it(steps: list[tuple[str, str]]) -> None:
    """Each pin stands once, in the order in which the pins were set last; none takes the place of another."""
    lens = lens_of(steps)
    assert [(pin.pane, pin.ref) for pin in lens.pins] == list(dict.fromkeys(reversed(steps)))[::-1]
    for pane in {pane for pane, _ in steps}:
        assert set(lens.pinned(pane)) == {ref for each, ref in steps if each == pane}


@given(STEPS, PANES)
def test_a_pane_is_narrowed_by_the_pins_of_the_others(steps: list[tuple[str, str]], pane: str) -> None:
    """Never by its own; while nothing is compared all of them hold."""
    lens = lens_of(steps)
    assert lens.seen_by(pane) == tuple(pin.ref for pin in lens.pins if pin.pane != pane)
    assert lens.excluded_from(pane) == ()


@given(STEPS, PANES, REFS)
def test_pinning_and_unpinning_leaves_no_trace(steps: list[tuple[str, str]], pane: str, ref: str) -> None:
    """A pin that was not there before and is taken off leaves the lens as it was."""
    lens = lens_of(steps).unpin(pane, ref)
    assert ref in lens.pin(pane, ref).pinned(pane)
    assert lens.pin(pane, ref).unpin(pane, ref) == lens


@given(STEPS, PANES)
def test_to_compare_goes_from_what_is_shared_to_each_pin_alone_and_back(
    steps: list[tuple[str, str]], pane: str
) -> None:
    """Of the kind pinned last of those with several pins, one holds and the others do not; all other pins hold."""
    lens = lens_of(steps)
    compared = lens.compared()
    assert len(compared) != 1
    sides = [lens]
    for ref in compared:
        sides.append(sides[-1].compared_next())
        assert sides[-1].only == ref
        held, excluded = sides[-1].seen_by(pane), sides[-1].excluded_from(pane)
        assert sorted((*held, *excluded)) == sorted(lens.seen_by(pane))
        assert set(excluded) == {other for other in compared if other != ref} & set(lens.seen_by(pane))
    assert sides[-1].compared_next() == lens


@given(STEPS, PANES, REFS)
def test_another_pin_or_one_less_ends_a_comparison(steps: list[tuple[str, str]], pane: str, ref: str) -> None:
    """What somebody sees after a pin is always what all pins share."""
    lens = lens_of(steps).compared_next()
    assert lens.pin(pane, ref).only == ""
    if ref in lens.pinned(pane):
        assert lens.unpin(pane, ref).only == ""
    else:
        assert lens.unpin(pane, ref) == lens


def test_a_lens_that_was_kept_before_pins_were_compared_is_read() -> None:
    """It had one pin in each pane, and nothing was left out."""
    kept = {"pins": [{"pane": "timeline", "ref": "event/a"}], "filters": {}, "orders": {"speakers": "earliest"}}
    lens = msgspec.convert(kept, Lens)
    assert lens == Lens((Pin("timeline", "event/a"),), {}, {"speakers": "earliest"})
    assert lens.seen_by("speakers") == ("event/a",)


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
