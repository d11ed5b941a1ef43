"""Where everything stands on the screen, as a view plans it from the terminal's size and from what is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement

if TYPE_CHECKING:
    from textual.widget import Widget

WIDE, MEDIUM = 160, 100
"""From how many columns on there is room for everything, and for a list beside the profile."""
STACKED = 18
"""From how many rows on panes can stand one above the other."""
SMALLEST = Size(40, 10)
"""Below this nothing can be read, and the screen says so."""
OVER = frozenset({"crumb", "keys", "prompt"})
"""Ids of what may lie over the panes."""
FRAME = 2
"""Rows and columns that a pane's border takes."""


def arrangement(size: Size) -> str:
    """``wide``, ``medium`` or ``narrow``: everything at once, a list beside the profile, or one pane at a time."""
    if size.height < STACKED:
        return "narrow"
    return "wide" if size.width >= WIDE else "medium" if size.width >= MEDIUM else "narrow"


class ExplorerLayout(Layout):
    """Places the children of the explorer by a plan; a child that the plan does not name is not shown.

    Args:
        plan: From the cells of the terminal to the region of each widget, by id.
        over: From these regions to those in which some widgets lie over the others, as a long message does.
    """

    name = "explorer"

    def __init__(
        self,
        plan: Callable[[Size], dict[str, Region]],
        over: Callable[[dict[str, Region], Size], dict[str, Region]] = lambda regions, _: regions,
    ) -> None:
        self._plan, self._over = plan, over
        self._base: dict[str, Region] = {}
        """Where everything stands that nothing lies over, in a terminal of ``_size``."""
        self._size = Size(0, 0)
        self._regions: dict[str, Region] = {}
        """Where everything was placed last."""
        self.planned: dict[str, Region] = {}
        """Where everything is, or is to be placed next."""

    def would_change(self, size: Size) -> bool:
        """Whether anything would be placed otherwise than it is, in an area of ``size`` cells."""
        self._base, self._size = self._plan(size), size
        return self.would_change_over()

    def would_change_over(self) -> bool:
        """Whether anything would be placed otherwise than it is because of what lies over it, or no longer does."""
        self.planned = self._over(self._base, self._size)
        return self.planned != self._regions

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """Place ``children`` in an area of ``size`` cells."""
        if size != self._size:
            self._base, self._size = self._plan(size), size
        regions = self._regions = self.planned = self._over(self._base, size)
        return [
            WidgetPlacement(regions[child.id], NULL_OFFSET, NULL_SPACING, child, order=child.id in OVER)
            for child in children
            if child.id in regions
        ]
