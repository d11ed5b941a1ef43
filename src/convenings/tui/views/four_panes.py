"""The four linked panes: timeline, speakers, organisations and questions, beside the profile and its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.geometry import Region, Size

from convenings.domain.errors import BadInput
from convenings.domain.state import Cursor, State
from convenings.index.model import ReadModel
from convenings.presentation.lists import home_of, pin_rows
from convenings.tui.commands.context import Context
from convenings.tui.commands.registry import COMMANDS
from convenings.tui.paint.layout import FRAME, arrangement
from convenings.tui.pane_names import LISTS, TITLES
from convenings.tui.panes.evidence import EvidencePane
from convenings.tui.panes.listing import ListPane, load_visible
from convenings.tui.panes.pane import Pane
from convenings.tui.panes.profile import ProfilePane
from convenings.tui.panes.text import TextPane
from convenings.tui.panes.timeline import TimelinePane
from convenings.tui.views import captions
from convenings.tui.views.arrangement import LEAST_SHARED, Scene, plan
from convenings.tui.views.view import Tab

if TYPE_CHECKING:
    from convenings.presentation.passages import Passage
    from convenings.presentation.profile.value import Profile


class FourPanes:
    """The view that the explorer opens with; see :class:`~convenings.tui.views.view.View`."""

    id = "panes"
    commands = COMMANDS

    def __init__(self, model: ReadModel) -> None:
        self.timeline = TimelinePane(model)
        self.lists: dict[str, ListPane] = {
            "timeline": self.timeline,
            **{
                name: ListPane(name, number, TITLES[name], model, 2 if name == "questions" else 1)
                for number, name in enumerate(LISTS, 2)
            },
        }
        self.profile = ProfilePane()
        self.evidence = EvidencePane()
        self.texts: dict[str, TextPane] = {"profile": self.profile, "evidence": self.evidence}
        self.panes: dict[str, Pane] = {**self.lists, **self.texts}
        self._cited_by: Profile | None = None
        """Profile that cites the passages in the drawer."""
        self._passages: Sequence[Passage] = ()

    def first_panes(self, state: State) -> Iterable[Pane]:
        """Lists and profile, and the evidence where the drawer is open."""
        return (*self.lists.values(), self.profile, *([self.evidence] if state.evidence else []))

    def set_model(self, model: ReadModel) -> None:
        """Show records of another read model from now on."""
        for pane in self.lists.values():
            pane.model = model

    def show(self, before: State, state: State, context: Context, *, with_scroll: bool) -> str:
        """Hand every pane its part of a state; gives what could not be understood or read of it, in a sentence."""
        error = self._fill_lists(state, context, with_scroll)
        self._relate(state, context)
        return error or self._show_texts(before, state, context, with_scroll)

    def _fill_lists(self, state: State, context: Context, with_scroll: bool) -> str:
        """Give lists the rows that the lens leaves them, and put their cursors where the state has them."""
        error = ""
        self.timeline.set_folded(context.folded(state))
        self.timeline.set_zoom(state.zoom)
        for name, pane in self.lists.items():
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
        home = "" if subject is None else home_of(context.model, subject)
        for name, pane in self.lists.items():
            if subject is None or name == home:
                pins = pin_rows(context.model, state.lens.seen_by(name))
                centre = entered_from if entered_from is not None else pins[-1] if pins else None
                pane.relate(centre, dim_unrelated=entered_from is not None)
            else:
                pane.relate(subject, dim_unrelated=True, scroll=True)

    def _show_texts(self, before: State, state: State, context: Context, with_scroll: bool) -> str:
        """Show the profile of the subject, and the passages under it where the drawer is open."""
        workspace, error = context.workspace, ""
        try:
            profile = context.profile(state)
        except BadInput as bad:
            profile, error = None, str(bad)
        note = workspace.user_data.note(workspace.user_data_key, profile.ref) if profile is not None else ""
        signs = context.user_signs if context.has_painted else {}
        is_new = profile is not self.profile.profile or (note, signs) != (self.profile.note, self.profile.signs)
        if is_new:
            self.profile.show(profile, note, signs)
        if with_scroll or not is_new:
            self._stand("profile", before, state)
        if state.evidence and profile is not None:
            from convenings.presentation.passages import passages

            reader = before.pane if not before.evidence else state.pane
            link = self.profile.item if reader == "profile" else None
            first = link.numbers[0] if link is not None and link.numbers else 0
            # What an attached text holds is looked up once, and not at every key.
            if profile is not self._cited_by or not before.evidence:
                self._cited_by, self._passages = profile, passages(workspace, profile)
            self.evidence.show(self._passages, first)
            note = captions.evidence_note(profile, len(self._passages))
            self.evidence.set_title((f"Evidence for {profile.title}", ""), note=note)
            if not first:
                self._stand("evidence", before, state)
        return error

    def _stand(self, name: str, before: State, state: State) -> None:
        """Put the cursor of a text where the state has it now."""
        if state.position(name) != before.position(name):
            self.texts[name].stand_at(state.position(name))

    def load_visible(self, context: Context) -> None:
        """Ask for what all lists are about to draw, in one question; by now each has its rows and its place."""
        load_visible(context.model, self.lists.values())

    def current(self, state: State, context: Context) -> State:
        """The state with cursors and scroll as they are on the screen."""
        # A list that a filter has emptied keeps the place to which it returns.
        cursors = {**state.cursors}
        cursors |= {name: _cursor(pane, context.model) for name, pane in self.lists.items() if pane.count}
        return replace(state, cursors=cursors, texts={name: pane.position for name, pane in self.texts.items()})

    def show_titles(self, state: State, context: Context, size: Size, planned: Mapping[str, Region]) -> list[Tab]:
        """Write what stands in the borders; gives the tabs of the panes, with the count of each list."""
        notes = captions.counts(state, context)
        for name, pane in self.lists.items():
            width = planned.get(name, pane.region).width - FRAME
            groups = context.list(state, name).groups
            title = captions.list_title(state, name, arrangement(size), width, groups)
            parts, targets = [(text, style) for text, style, _ in title], [target for _, _, target in title]
            order = state.lens.orders.get(name, "")
            heading = captions.column_heading(name, order, has_centre=pane.centre is not None)
            pane.set_title(*parts, heading=heading, note=notes[name], targets=targets)
        profile = self.profile.profile
        note = captions.evidence_note(profile) if profile is not None and profile.cited else ""
        parts = [] if arrangement(size) == "narrow" else [("5 Profile", "")]
        self.profile.set_title(*parts, note=note, targets=["show_profile"], note_target="evidence")
        numbers = captions.NUMBERS.items()
        return [Tab(number, TITLES[pane], notes.get(pane, "").partition(" ")[0], pane) for pane, number in numbers]

    def plan(self, size: Size, state: State) -> dict[str, Region]:
        """From the cells of a terminal to the region of each pane and bar, by widget id."""
        needs = {name: pane.lines_needed + FRAME for name, pane in self.lists.items()}
        active = "profile" if state.pane == "evidence" else state.pane
        model = self.timeline.model
        spans = {name: model.range(pane.pane_range) for name, pane in self.lists.items()}
        empty = tuple(name for name, (first, last) in spans.items() if model.complete and first == last)
        scene = Scene(
            active,
            state.listing,
            state.zoomed,
            _alone(size, state),
            state.evidence,
            state.typing,
            empty,
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
