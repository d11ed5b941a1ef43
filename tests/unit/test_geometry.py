"""Where everything stands: properties that hold at every size and in every state."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from textual.geometry import Region, Size

from convenings.tui.paint.layout import SMALLEST, arrangement
from convenings.tui.pane_names import LISTS, MAIN_LISTS, PANES, SLOTS
from convenings.tui.views.arrangement import Scene, plan

NEEDS = st.fixed_dictionaries({name: st.integers(2, 10**6) for name in ("timeline", *LISTS, "evidence")})


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """A scene; the pane in use is on the screen."""
    lists = draw(st.lists(st.sampled_from(LISTS), max_size=SLOTS, unique=True))
    has_timeline = draw(st.booleans()) or not lists
    panes = (*(["timeline"] if has_timeline else []), *lists, "profile")
    return Scene(
        active=draw(st.sampled_from(panes)),
        listing=draw(st.sampled_from(LISTS)),
        lists=tuple(lists),
        has_timeline=has_timeline,
        zoomed=draw(st.booleans()),
        evidence=draw(st.booleans()),
        prompt=draw(st.booleans()),
        needs=tuple(draw(NEEDS).items()),
    )


SCENES = scenes()
SIZES = st.builds(Size, st.integers(0, 400), st.integers(0, 200))
LARGE_ENOUGH = st.builds(Size, st.integers(SMALLEST.width, 400), st.integers(SMALLEST.height, 200))


@given(SIZES, SCENES)
def test_the_screen_is_covered_once(size: Size, scene: Scene) -> None:
    """No two things overlap, and together they fill the screen to the cell."""
    regions = plan(size, scene)
    for one, other in combinations(regions.values(), 2):
        assert not one.overlaps(other)
    assert sum(region.area for region in regions.values()) == size.area
    assert all(Region(0, 0, *size).contains_region(region) for region in regions.values())


@given(LARGE_ENOUGH, SCENES)
def test_whatever_is_shown_has_room(size: Size, scene: Scene) -> None:
    """A pane has its frame and at least a column and a row inside."""
    for name, region in plan(size, scene).items():
        if name in PANES or name == "evidence":
            assert region.width > 2, (name, region)
            assert region.height > 2, (name, region)


@given(LARGE_ENOUGH, SCENES)
def test_the_pane_in_use_is_always_shown(size: Size, scene: Scene) -> None:
    """Also the list behind the tab, wherever there is room for one list only."""
    if scene.active in LISTS:
        scene = replace(scene, listing=scene.active)
    regions = plan(size, scene)
    assert scene.active in regions
    assert ("evidence" in regions) == scene.evidence
    assert ("prompt" in regions) == scene.prompt
    assert ("crumb" in regions) != scene.prompt


@given(SIZES, SCENES)
def test_too_small_says_so_and_nothing_else(size: Size, scene: Scene) -> None:
    """Below the smallest size there is one sentence, from it on there is none."""
    too_small = size.width < SMALLEST.width or size.height < SMALLEST.height
    assert (set(plan(size, scene)) == {"too-small"}) == too_small
    assert ("too-small" in plan(size, scene)) == too_small


def test_breakpoints() -> None:
    """Wide from 160 columns, medium from 100."""
    classes = [arrangement(Size(width, 40)) for width in (159, 160, 99, 100, 40)]
    assert classes == ["medium", "wide", "narrow", "medium", "narrow"]


def test_wide_shows_everything_medium_one_list_narrow_one_pane() -> None:
    """The three layouts by what they show."""
    bars = {"top", "crumb", "keys"}
    assert set(plan(Size(160, 40), Scene())) == {*bars, "timeline", *MAIN_LISTS, "profile"}
    assert set(plan(Size(159, 40), Scene(listing="questions"))) == {*bars, "timeline", "questions", "profile"}
    assert set(plan(Size(80, 24), Scene(active="profile"))) == {*bars, "tabs", "profile"}
    assert set(plan(Size(200, 60), Scene(active="speakers", zoomed=True))) == {*bars, "speakers"}


def test_height_follows_need() -> None:
    """A short timeline leaves its room to the lists; a long one takes it, as far as the lists do not need it."""
    few = tuple({"timeline": 6, "speakers": 50, "organisations": 50, "questions": 50}.items())
    many = tuple({"timeline": 500, "speakers": 5, "organisations": 5, "questions": 5}.items())
    both = tuple({"timeline": 500, "speakers": 500, "organisations": 5, "questions": 5}.items())
    assert plan(Size(200, 60), Scene(needs=few))["timeline"].height == 6
    assert plan(Size(200, 60), Scene(needs=many))["timeline"].height > 45
    assert plan(Size(200, 60), Scene(needs=both))["timeline"].height in range(26, 32)


def test_a_long_timeline_leaves_room_to_read_the_profile_beside_a_short_list() -> None:
    """Where the profile stands under the timeline, it keeps two fifths of the height."""
    needs = tuple({"timeline": 500, "speakers": 3, "organisations": 3, "questions": 3}.items())
    assert plan(Size(120, 36), Scene(needs=needs))["profile"].height >= 13
    assert plan(Size(120, 36), Scene(needs=needs))["timeline"].height == 13


def test_the_drawer_stands_under_the_profile() -> None:
    """Opening it never moves the other panes."""
    without, with_it = (plan(Size(200, 60), Scene(evidence=open_)) for open_ in (False, True))
    assert {name: region for name, region in with_it.items() if name in PANES[:4]} == {
        name: region for name, region in without.items() if name in PANES[:4]
    }
    assert with_it["profile"].bottom == with_it["evidence"].y
    assert with_it["evidence"].bottom == without["profile"].bottom


def test_what_a_dataset_has_nothing_of_takes_no_room() -> None:
    """Fewer lists share the width, and without events or lists the others have the height."""
    full, two = plan(Size(200, 60), Scene()), plan(Size(200, 60), Scene(lists=("organisations", "places")))
    assert two["organisations"].x == 0
    assert two["places"].right == full["questions"].right
    assert two["places"].width > full["questions"].width
    alone = plan(Size(200, 60), Scene(lists=("organisations",), has_timeline=False, active="organisations"))
    assert {*alone} == {"top", "organisations", "profile", "crumb", "keys"}
    assert alone["organisations"].height == alone["profile"].height
    nothing_listed = plan(Size(200, 60), Scene(lists=()))
    assert nothing_listed["timeline"].height == nothing_listed["profile"].height


@given(LARGE_ENOUGH, SCENES, st.sampled_from((*PANES, "evidence")))
def test_a_pane_alone_has_all_the_room(size: Size, scene: Scene, pane: str) -> None:
    """Nothing but the bars stands beside it."""
    regions = plan(size, replace(scene, alone=pane))
    assert {name for name in regions if name in (*PANES, "evidence")} == {pane}
    assert sum(region.area for region in regions.values()) == size.area
