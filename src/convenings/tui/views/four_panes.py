"""The four linked panes: timeline, speakers, organisations and questions, beside the profile and its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.geometry import Region, Size

from convenings.domain.state import Cursor, State
from convenings.index.model import ReadModel
from convenings.presentation.lists import pin_rows
from convenings.tui.commands.context import Context
from convenings.tui.commands.registry import BROWSING
from convenings.tui.paint.layout import FRAME, arrangement
from convenings.tui.pane_names import LISTS, MAIN_LISTS, TITLES
from convenings.tui.panes.evidence import EvidencePane
from convenings.tui.panes.listing import ListPane, load_visible
from convenings.tui.panes.pane import Pane
from convenings.tui.panes.profile import ProfilePane
from convenings.tui.panes.text import TextPane
from convenings.tui.panes.timeline import TimelinePane
from convenings.tui.views import captions
from convenings.tui.views.arrangement import LEAST_SHARED, Scene, plan
from convenings.tui.views.texts import Texts
from convenings.tui.views.view import Tab

if TYPE_CHECKING:
    pass


TWO_LINES = frozenset({"questions", "statements"})
"""Lists of texts, each row of which takes two lines."""


class FourPanes:
    """The view that the explorer opens with; see :class:`~convenings.tui.views.view.View`."""

    id = "panes"
    commands = BROWSING

    def __init__(self, model: ReadModel, shared: Mapping[str, Pane]) -> None:
        self.timeline = TimelinePane(model)
        self.lists: dict[str, ListPane] = {
            "timeline": self.timeline,
            **{
                name: ListPane(name, number, TITLES[name], model, 2 if name in TWO_LINES else 1)
                for number, name in enumerate(LISTS, 2)
            },
        }
        self.profile = ProfilePane()
        self.evidence = EvidencePane()
        self.texts: dict[str, TextPane] = {"profile": self.profile, "evidence": self.evidence}
        self.panes: dict[str, Pane] = {**self.lists, **self.texts}
        self._shown: dict[str, ListPane] = {name: self.lists[name] for name in ("timeline", *MAIN_LISTS)}
        """The lists that are on the screen, or that a key brings there, in the order of their keys."""
        self._texts = Texts(self.profile, self.evidence)

    def first_panes(self, state: State, context: Context) -> Iterable[Pane]:
        """Lists and profile, and the evidence where the drawer is open."""
        lists = [self.lists[name] for name in context.panes(state) if name in self.lists]
        return (*lists, self.profile, *([self.evidence] if state.evidence else []))

    def set_model(self, model: ReadModel) -> None:
        """Show records of another read model from now on."""
        for pane in self.lists.values():
            pane.model = model

    def show(self, before: State, state: State, context: Context, *, with_scroll: bool) -> str:
        """Hand every pane its part of a state; gives what could not be understood or read of it, in a sentence."""
        self._shown = {name: self.lists[name] for name in context.panes(state)}
        error = self._fill_lists(state, context, with_scroll)
        self._relate(state, context)
        return error or self._texts.show(before, state, context, with_scroll)

    def _fill_lists(self, state: State, context: Context, with_scroll: bool) -> str:
        """Give lists the rows that the lens leaves them, and put their cursors where the state has them."""
        error = ""
        self.timeline.set_folded(context.folded(state))
        self.timeline.set_zoom(state.zoom)
        self.timeline.common_places = frozenset(pin_rows(context.model, state.lens.seen_by("timeline")))
        for name, pane in self._shown.items():
            listing = context.list(state, name)
            error = error or listing.error or (listing.remark if len(listing.rows) and name == state.pane else "")
            pane.pinned = set(pin_rows(context.model, state.lens.pinned(name)))
            pane.marked, pane.noted = context.marked, context.noted
            pane.set_order(state.lens.orders.get(name, ""))
            row = context.row_of(state.cursor(name))
            if listing.rows is not pane.rows:
                pane.set_rows(listing.rows, row, listing.dividers(name))
                pane.empty_text = captions.why_empty(state, context, name)
            if row is not None and row != pane.highlighted:
                pane.seek(row)
            if with_scroll and name in state.cursors:
                top = context.row_of(state.cursors[name].top)
                if top is not None:
                    pane.scroll_to_row(top, cursor_in_view=name == state.pane)
        return error

    def _relate(self, state: State, context: Context) -> None:
        """Show in every list what is related to the subject; in its own, to what its pane was entered from."""
        subject, entered_from = context.subject(state), context.row_of(state.entered_from)
        home = "" if subject is None else context.home_on_screen(state, subject)
        for name, pane in self._shown.items():
            if subject is None or name == home:
                pins = pin_rows(context.model, state.lens.seen_by(name))
                centre = entered_from if entered_from is not None else pins[-1] if pins else None
                pane.relate(centre, dim_unrelated=entered_from is not None)
            else:
                pane.relate(subject, dim_unrelated=True, scroll=True)

    def load_visible(self, context: Context) -> None:
        """Ask for what all lists are about to draw, in one question; by now each has its rows and its place."""
        load_visible(context.model, self._shown.values())

    def current(self, state: State, context: Context) -> State:
        """The state with cursors and scroll as they are on the screen."""
        # A list that a filter has emptied keeps the place to which it returns.
        cursors = {**state.cursors}
        cursors |= {name: _cursor(pane, context.model) for name, pane in self._shown.items() if pane.count}
        return replace(state, cursors=cursors, texts={name: pane.position for name, pane in self.texts.items()})

    def show_titles(self, state: State, context: Context, size: Size, planned: Mapping[str, Region]) -> list[Tab]:
        """Write what stands in the borders; gives the tabs of the panes, with the count of each list."""
        notes = captions.counts(state, context)
        for name, pane in self._shown.items():
            width = planned.get(name, pane.region).width - FRAME
            groups = context.list(state, name).groups
            title = captions.list_title(state, context, name, arrangement(size), width, groups)
            parts, targets = [(text, style) for text, style, _ in title], [target for _, _, target in title]
            order = state.lens.orders.get(name, "")
            heading = captions.column_heading(name, order, has_centre=pane.centre is not None)
            pane.set_title(*parts, heading=heading, note=notes[name], targets=targets)
        self._texts.show_titles(size)
        numbers = captions.numbers(state, context).items()
        return [Tab(str(number), TITLES[pane], notes.get(pane, "").partition(" ")[0], pane) for pane, number in numbers]

    def plan(self, size: Size, state: State) -> dict[str, Region]:
        """From the cells of a terminal to the region of each pane and bar, by widget id."""
        needs = {name: pane.lines_needed + FRAME for name, pane in self._shown.items()}
        active = "profile" if state.pane == "evidence" else state.pane
        lists = tuple(name for name in self._shown if name != "timeline")
        scene = Scene(
            active,
            state.listing,
            state.zoomed,
            _alone(size, state),
            state.evidence,
            state.typing,
            lists,
            "timeline" in self._shown,
            tuple(needs.items()),
        )
        if state.evidence and (drawer := plan(size, scene).get("evidence")) is not None:
            # How high it is depends on how wide it is.
            needs["evidence"] = self.evidence.lines_needed(drawer.width) + FRAME
            scene = replace(scene, needs=tuple(needs.items()))
        return plan(size, scene)


def _alone(size: Size, state: State) -> str:
    """The pane that has the screen without the drawer, or the drawer that has it without a pane; mostly empty."""
    is_shared = state.pane != "evidence" and arrangement(size) != "narrow"
    is_alone = size.height < LEAST_SHARED or (state.alone and not is_shared)
    return state.pane if state.evidence and is_alone else ""


def _cursor(pane: ListPane, model: ReadModel) -> Cursor:
    """Where the cursor of a list with rows stands."""
    top = pane.rows[min(pane.offset_item, pane.count - 1)]
    return Cursor(model.one(pane.rows[pane.cursor]).id, model.one(top).id)
