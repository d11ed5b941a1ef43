"""Places the panes of an explorer anew where what is open in it, or how much it holds, makes a difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region, Size

from convenings.tui.paint.layout import FRAME, ExplorerLayout, Scene, plan

if TYPE_CHECKING:
    from convenings.tui.explorer.screen import Explorer


class Arranging:
    """Who stands where in an explorer."""

    def __init__(self, ui: Explorer) -> None:
        self.ui = ui
        self.layout = ExplorerLayout(self.scene)

    @property
    def planned(self) -> dict[str, Region]:
        """Where everything is, or is to be placed next, by widget id."""
        return self.layout.planned

    def scene(self, size: Size) -> Scene:
        """What is open in a terminal of ``size`` cells, as far as it decides who stands where."""
        ui = self.ui
        needs = {name: pane.count * pane.item_height + pane.header + FRAME for name, pane in ui.lists.items()}
        active = "profile" if ui.active == "evidence" else ui.active
        scene = Scene(active, ui.listing, ui.zoomed, ui.drawer, ui.prompting, tuple(needs.items()))
        if ui.drawer and (drawer := plan(size, scene).get("evidence")) is not None:
            # How high it is depends on how wide it is.
            needs["evidence"] = ui.evidence_pane.lines_needed(drawer.width) + FRAME
            scene = scene._replace(needs=tuple(needs.items()))
        return scene

    def rearrange(self) -> None:
        """Place everything anew where that makes a difference; the first painting does so by itself."""
        ui = self.ui
        if not ui.painted:
            return
        if self.layout.would_change(ui.size):
            ui._arrangement_cache.clear()
            ui.refresh(layout=True, repaint=False)
        for name, region in self.planned.items():
            if name in ui.panes:
                ui.panes[name].planned = region.size
