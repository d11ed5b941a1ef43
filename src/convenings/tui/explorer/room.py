"""What only the screen knows, for commands to ask: how much fits, and where lines of a text are broken."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.geometry import Region, Size

from convenings.domain.state import TextPosition
from convenings.tui.paint.layout import FRAME, arrangement
from convenings.tui.panes.pane import Pane
from convenings.tui.panes.text import TextPane
from convenings.tui.panes.timeline import TimelinePane
from convenings.tui.panes.wrapped import Item


class ScreenRoom:
    """The room that panes have; see :class:`~convenings.tui.commands.context.Room`.

    Args:
        size: Gives the cells of the terminal.
        panes: Name to pane.
        planned: Gives where everything is, or is to be placed next.
    """

    def __init__(
        self, size: Callable[[], Size], panes: Mapping[str, Pane], planned: Callable[[], Mapping[str, Region]]
    ) -> None:
        self._size = size
        self._panes = panes
        self._planned = planned

    @property
    def arrangement(self) -> str:
        """``wide``, ``medium`` or ``narrow``."""
        return arrangement(self._size())

    def capacity(self, pane: str) -> int:
        """How many rows of a list, or lines of a text, fit."""
        return self._panes[pane].capacity

    def columns(self, pane: str) -> int:
        """Cells of a line of a pane."""
        return self._panes[pane].text_width

    def lines(self, pane: str) -> int:
        """Lines of a pane, whatever its items take."""
        return max(1, self._panes[pane].area.height - FRAME)

    def is_on_screen(self, pane: str) -> bool:
        """Whether a pane has any room, or is to have some when the key has been painted."""
        return pane in self._planned()

    def link(self, pane: str) -> Item | None:
        """The paragraph under the cursor of a text pane, where it can be chosen."""
        return self._text(pane).item

    def text_moved(self, pane: str, position: TextPosition, by: int) -> TextPosition:
        """Where the cursor of a text stands after so many steps."""
        text, capacity = self._text(pane).text, self.capacity(pane)
        return text.position(text.moved(text.place(position, capacity), by, capacity))

    def text_paged(self, pane: str, position: TextPosition, by: int) -> TextPosition:
        """Where the cursor of a text stands after so many screens."""
        text, capacity = self._text(pane).text, self.capacity(pane)
        return text.position(text.paged(text.place(position, capacity), by, capacity))

    def text_end(self, pane: str, position: TextPosition, *, last: bool) -> TextPosition:
        """Where the cursor of a text stands at its first or its last paragraph."""
        text, capacity = self._text(pane).text, self.capacity(pane)
        return text.position(text.at_line(text.place(position, capacity), len(text) - 1 if last else 0, capacity))

    def axis_zoomed(self, factor: float) -> tuple[float, float] | None:
        """First day and days of the time axis looked at closer (factor below 1) or wider; None as it opens."""
        return self._timeline.zoomed(factor)

    def whole_axis(self) -> tuple[float, float] | None:
        """First day and days of the time axis that shows all of the time; None where it opens so."""
        return self._timeline.whole_zoom

    @property
    def _timeline(self) -> TimelinePane:
        timeline = self._panes["timeline"]
        assert isinstance(timeline, TimelinePane)
        return timeline

    def _text(self, name: str) -> TextPane:
        pane = self._panes[name]
        assert isinstance(pane, TextPane)
        return pane
