"""A day by rooms and hours, beside the profile of the session under the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from textual.geometry import Region, Size

from convenings.domain.state import State
from convenings.index.model import ReadModel
from convenings.presentation.lists import pin_rows
from convenings.tui.commands.context import Context
from convenings.tui.commands.registry import BROWSING
from convenings.tui.paint.layout import FRAME, arrangement
from convenings.tui.pane_names import PROGRAMME, TITLES
from convenings.tui.panes.event_times import LONGEST_DAY, day_words
from convenings.tui.panes.evidence import EvidencePane
from convenings.tui.panes.pane import Pane
from convenings.tui.panes.profile import ProfilePane
from convenings.tui.panes.programme import ProgrammePane
from convenings.tui.views.arrangement import Scene, plan
from convenings.tui.views.texts import Texts
from convenings.tui.views.view import Tab


class ProgrammeView:
    """The view of a conference day; see :class:`~convenings.tui.views.view.View`."""

    id = PROGRAMME
    commands = BROWSING

    def __init__(self, model: ReadModel, shared: Mapping[str, Pane]) -> None:
        self.programme = ProgrammePane(model)
        self.profile, self.evidence = cast(ProfilePane, shared["profile"]), cast(EvidencePane, shared["evidence"])
        self._texts = Texts(self.profile, self.evidence)
        self.panes: dict[str, Pane] = {
            PROGRAMME: self.programme,
            "profile": self.profile,
            "evidence": self.evidence,
        }

    def first_panes(self, state: State, context: Context) -> Iterable[Pane]:
        """Programme and profile, and the evidence where the drawer is open."""
        return (self.programme, self.profile, *([self.evidence] if state.evidence else []))

    def set_model(self, model: ReadModel) -> None:
        """Show records of another read model from now on."""
        self.programme.model = model
        self.programme.show(None, "")

    def show(self, before: State, state: State, context: Context, *, with_scroll: bool) -> str:
        """Hand every pane its part of a state; gives what could not be understood or read of it, in a sentence."""
        programme = context.programme(state)
        self.programme.pinned = set(pin_rows(context.model, (pin.ref for pin in state.lens.pins)))
        self.programme.marked = context.marked
        self.programme.empty_text = "Nothing that begins at a time is left by what is pinned and filtered"
        self.programme.show(programme, state.cursor(PROGRAMME))
        return self._texts.show(before, state, context, with_scroll)

    def load_visible(self, context: Context) -> None:
        """Ask for the sessions and rooms that are about to be drawn."""
        context.model.load(self.programme.rows_needed())

    def current(self, state: State, context: Context) -> State:
        """The state with the places of the texts; the cursor of the programme is in it."""
        return self._texts.current(state)

    def show_titles(self, state: State, context: Context, size: Size, planned: Mapping[str, Region]) -> list[Tab]:
        """Write what stands in the borders."""
        programme, day, whole = context.programme(state), "", ""
        # Which rooms fit is only known once the pane is placed.
        self.programme.keep_in_view()
        if programme is not None:
            day = day_words(programme.day, LONGEST_DAY)
            first = context.model.one(programme.span.start)
            whole = f" · {first.label}" if first.size == len(programme.span) else ""
        self.programme.set_title(
            (f"{TITLES[PROGRAMME]} ", ""), (day, "strong"), (whole, "not bold"), note=self.programme.note()
        )
        self._texts.show_titles(size)
        return [Tab("d", TITLES[PROGRAMME], day, PROGRAMME), Tab("5", TITLES["profile"], "", "profile")]

    def plan(self, size: Size, state: State) -> dict[str, Region]:
        """From the cells of a terminal to the region of each pane and bar, by widget id.

        The programme stands where the timeline does of a dataset that has nothing else.
        """
        scene = Scene(
            active="profile" if state.pane in ("profile", "evidence") else "timeline",
            zoomed=state.zoomed,
            alone=state.pane if state.alone else "",
            evidence=state.evidence,
            prompt=state.typing,
            lists=(),
            needs=(("timeline", size.height), ("evidence", size.height // 3)),
        )
        if arrangement(size) == "medium" and not (state.zoomed or state.alone):
            return _beside(size, scene)
        return {PROGRAMME if name == "timeline" else name: at for name, at in plan(size, scene).items()}


def _beside(size: Size, scene: Scene) -> dict[str, Region]:
    """In a terminal of medium width, the programme over the profile, which takes a third of the height."""
    regions = plan(size, scene)
    body = Region(0, 1, size.width, size.height - 3)
    above, below = body.split_horizontal(body.height - max(body.height // 3, FRAME + 3))
    drawer = {}
    if scene.evidence:
        below, right = below.split_vertical(below.width // 2)
        drawer = {"evidence": right}
    bars = {name: at for name, at in regions.items() if name not in ("timeline", "profile", "evidence")}
    return {**bars, PROGRAMME: above, "profile": below, **drawer}
