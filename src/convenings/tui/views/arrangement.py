"""Where the four panes, the profile and the bars stand: one function of the terminal's size and of what is open."""

from __future__ import annotations

import msgspec
from textual.geometry import Region, Size

from convenings.tui.paint.layout import SMALLEST, arrangement
from convenings.tui.pane_names import MAIN_LISTS

LIST_SHARES = (14, 13, 13)
"""How the lists share the width, in the order of their keys."""
LEAST_SHARED = 18
"""Rows of a terminal in which a pane and the drawer can both be read; in fewer the pane in use has the screen."""


class Scene(msgspec.Struct, frozen=True):
    """What is open, as far as it decides who stands where."""

    active: str = "timeline"
    """The pane in use."""
    listing: str = "speakers"
    """The list shown where there is room for one only."""
    zoomed: bool = False
    alone: str = ""
    """Pane that has the screen with nothing beside it."""
    evidence: bool = False
    """Whether the evidence drawer is open."""
    prompt: bool = False
    """Whether a filter is being typed, in the place of the breadcrumb."""
    lists: tuple[str, ...] = MAIN_LISTS
    """The lists beside the timeline, in the order of their keys."""
    has_timeline: bool = True
    """Whether there is anything for the timeline to show."""
    needs: tuple[tuple[str, int], ...] = ()
    """Pane to the rows it could fill, border included."""


def plan(size: Size, scene: Scene) -> dict[str, Region]:
    """Regions of all that is shown, by widget id; what is not named is not shown.

    Args:
        size: Cells of the terminal.
        scene: What is open.
    """
    width, height = size
    if width < SMALLEST.width or height < SMALLEST.height:
        return {"too-small": Region(0, 0, width, height)}
    regions = {
        "top": Region(0, 0, width, 1),
        "prompt" if scene.prompt else "crumb": Region(0, height - 2, width, 1),
        "keys": Region(0, height - 1, width, 1),
    }
    body = Region(0, 1, width, height - 3)
    kind = arrangement(size)
    if kind == "narrow":
        regions["tabs"] = Region(0, 1, width, 1)
        body = Region(0, 2, width, height - 4)
    if scene.alone:
        regions[scene.alone] = body
    elif scene.zoomed or kind == "narrow":
        regions |= _one(body, scene)
    elif kind == "medium":
        regions |= _medium(body, scene)
    else:
        regions |= _wide(body, scene)
    return regions


def _one(body: Region, scene: Scene) -> dict[str, Region]:
    if not scene.evidence:
        return {scene.active: body}
    above, below = body.split_horizontal(body.height - _drawer_height(body.height, scene))
    return {scene.active: above, "evidence": below}


def _medium(body: Region, scene: Scene) -> dict[str, Region]:
    # The profile beside the list is to be read, however short the list is, and its evidence with it.
    most = body.height // 4 if scene.evidence else body.height * 2 // 5
    timeline, bottom = _timeline(body, scene, min(_timeline_height(body.height, scene), most))
    listing = scene.listing if scene.listing in scene.lists else next(iter(scene.lists), "")
    if not listing:
        return timeline | _with_drawer(bottom, scene)
    left, right = bottom.split_vertical(bottom.width * 2 // 5)
    return timeline | {listing: left} | _with_drawer(right, scene)


def _wide(body: Region, scene: Scene) -> dict[str, Region]:
    left, right = body.split_vertical(body.width - max(50, body.width * 3 // 10))
    timeline, bottom = _timeline(left, scene, _timeline_height(body.height, scene) if scene.lists else body.height)
    return timeline | _list_regions(bottom, scene) | _with_drawer(right, scene)


def _timeline(region: Region, scene: Scene, height: int) -> tuple[dict[str, Region], Region]:
    """The timeline, where it is on the screen, and what is left below it."""
    if not scene.has_timeline:
        return {}, region
    top, bottom = region.split_horizontal(height)
    return {"timeline": top}, bottom


def _list_regions(region: Region, scene: Scene) -> dict[str, Region]:
    """The lists beside each other, by their shares of the width."""
    regions: dict[str, Region] = {}
    shares = LIST_SHARES[: len(scene.lists)]
    for at, (name, share) in enumerate(zip(scene.lists, shares, strict=True)):
        # What is left of the width, and of the shares in it, goes from list to list.
        width = region.width * share // sum(shares[at:])
        regions[name], region = region.split_vertical(width) if at < len(shares) - 1 else (region, region)
    return regions


def _with_drawer(region: Region, scene: Scene) -> dict[str, Region]:
    if not scene.evidence:
        return {"profile": region}
    above, below = region.split_horizontal(region.height - _drawer_height(region.height, scene))
    return {"profile": above, "evidence": below}


def _need(scene: Scene, pane: str) -> int:
    return dict(scene.needs).get(pane, 1)


def _timeline_height(available: int, scene: Scene) -> int:
    """What the timeline needs, at most half, and more where what stands below leaves room."""
    below = max((_need(scene, pane) for pane in scene.lists), default=0)
    most = max(available // 2, available - below)
    return max(5, min(_need(scene, "timeline"), most))


def _drawer_height(available: int, scene: Scene) -> int:
    return min(max(5, min(_need(scene, "evidence"), available * 3 // 5)), available // 2 + available // 10)
