"""What a command may ask besides the state: the workspace, what lists hold under a state, and the room there is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Protocol

from convenings.domain.errors import BadInput
from convenings.domain.history import History
from convenings.domain.state import Lens, State, TextPosition
from convenings.index.model import ReadModel
from convenings.index.rows import Rows
from convenings.presentation.lists import RANGES, ListRows, home_of, list_rows, lists_filled, pin_rows
from convenings.tui.pane_names import DRAFTS, LISTS, MAIN_LISTS, PROGRAMME, SLOTS
from convenings.workspace import Workspace

if TYPE_CHECKING:
    from convenings.drafting.review import Review
    from convenings.drafting.review_list import ReviewList
    from convenings.presentation.profile.value import Listing, Profile
    from convenings.presentation.programme import Programme

CACHED_PROFILES = 64
CACHED_LISTS = 32


class Link(Protocol):
    """The paragraph under the cursor of a text, where it can be chosen."""

    @property
    def ref(self) -> str:
        """Id of the record that it leads to; empty where it leads nowhere."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """Numbers of the evidence it rests on."""

    @property
    def listing(self) -> Listing | None:
        """The list that it leads to, rather than to a record."""


class Room(Protocol):
    """What only a screen knows: how large it is, what fits, and where lines of a text are broken."""

    @property
    def arrangement(self) -> str:
        """``wide``, ``medium`` or ``narrow``."""

    def capacity(self, pane: str) -> int:
        """How many rows of a list, or lines of a text, fit."""

    def columns(self, pane: str) -> int:
        """Cells of a line of a pane."""

    def lines(self, pane: str) -> int:
        """Lines of a pane, whatever its items take."""

    def is_on_screen(self, pane: str) -> bool:
        """Whether a pane has any room."""

    def link(self, pane: str) -> Link | None:
        """The paragraph under the cursor of a text pane, where it can be chosen."""

    def text_moved(self, pane: str, position: TextPosition, by: int) -> TextPosition:
        """Where the cursor of a text stands after so many steps."""

    def text_paged(self, pane: str, position: TextPosition, by: int) -> TextPosition:
        """Where the cursor of a text stands after so many screens."""

    def text_end(self, pane: str, position: TextPosition, *, last: bool) -> TextPosition:
        """Where the cursor of a text stands at its first or its last paragraph."""

    def axis_zoomed(self, factor: float) -> tuple[float, float] | None:
        """First day and days of the time axis looked at closer (factor below 1) or wider; None as it opens."""

    def whole_axis(self) -> tuple[float, float] | None:
        """First day and days of the time axis that shows all of the time; None where it opens so."""


class Context:
    """What commands and captions ask. Everything here only reads; what it works out is kept for as long as it holds.

    Args:
        workspace: The dataset with the user's marks and notes.
        room: What the screen knows.
        history: Where somebody has been.
    """

    def __init__(self, workspace: Workspace, room: Room, history: History[State]) -> None:
        self.workspace = workspace
        self.room = room
        self.history = history
        self.marked = workspace.marked()
        """Rows of the marked records."""
        self.noted = workspace.noted()
        """Rows of the records with a note of the user's."""
        self.has_painted = False
        """Whether the panes have been on the screen: no profile is composed before."""
        self._lists: OrderedDict[tuple[object, ...], ListRows] = OrderedDict()
        self._programme: tuple[Rows | None, Programme] | None = None
        """The programme that was looked at last, and the rows of the lens that it was made of."""
        self._review: Review | None = None
        """What is drafted from reports, once it was asked for."""
        self._review_list: ReviewList | None = None
        """What was listed of it last."""
        self._review_ref = ""
        """Id of the record that was then asked for."""
        self._profile = lru_cache(maxsize=CACHED_PROFILES)(self._compose)

    @property
    def model(self) -> ReadModel:
        """The read model."""
        return self.workspace.model

    @property
    def has_journal(self) -> bool:
        """Whether any change of the dataset is written down beside it."""
        from convenings.store.journal import Journal

        return Journal(self.model.path).path.exists()

    # Records

    def row_of(self, ref: str) -> int | None:
        """Row of a record by id; none for an empty id, or where there is no such record."""
        return self.model.row_of(ref) if ref else None

    def subject(self, state: State) -> int | None:
        """Row of the record that the profile shows."""
        return self.row_of(state.subject)

    def home(self, state: State) -> str:
        """The list in which the subject stands, be it on the screen or not; an empty string where none does."""
        row = self.subject(state)
        return "" if row is None else home_of(self.model, row)

    def home_on_screen(self, state: State, row: int) -> str:
        """The list on the screen in which a row stands; an empty string where none does."""
        home = home_of(self.model, row)
        return home if home in self.panes(state) else ""

    # Panes

    def panes(self, state: State) -> tuple[str, ...]:
        """The timeline, unless there is no event, and the lists beside it, in the order of their keys."""
        filled = self.filled
        return (*(("timeline",) if "timeline" in filled or not filled else ()), *self.lists(state))

    def lists(self, state: State) -> tuple[str, ...]:
        """The lists beside the timeline, in the order of their keys: those chosen, or the first that have any rows."""
        if state.lists:
            return state.lists
        if not self.model.complete:
            # What is not read yet may fill them still.
            return MAIN_LISTS
        lists = tuple(name for name in LISTS if name in self.filled)[:SLOTS]
        return lists if self.filled else MAIN_LISTS

    def listing(self, state: State) -> str:
        """The list shown where there is room for one only; empty where there is none."""
        lists = self.lists(state)
        return state.listing if state.listing in lists else next(iter(lists), "")

    @cached_property
    def filled(self) -> tuple[str, ...]:
        """Every list that has a row, the timeline among them."""
        return lists_filled(self.model)

    def profile(self, state: State) -> Profile | None:
        """Profile of the subject; none before the first painting, which must not wait for it.

        Raises:
            BadInput: The dataset was changed under the index.
        """
        row = self.subject(state)
        return None if row is None or not self.has_painted else self._profile(row)

    def profile_or_none(self, state: State) -> Profile | None:
        """Profile of the subject; none also where it cannot be read, which is said where it is shown."""
        try:
            return self.profile(state)
        except BadInput:
            return None

    def _compose(self, row: int) -> Profile:
        from convenings.presentation.profile.compose import profile

        return profile(self.model, row)

    # Lists

    def pins(self, state: State) -> list[int]:
        """Rows of the pins, without those that the dataset no longer has."""
        return pin_rows(self.model, (pin.ref for pin in state.lens.pins))

    def list(self, state: State, name: str) -> ListRows:
        """The rows of a list under a state."""
        folded = self.folded(state) if name == "timeline" else ()
        key = (
            name,
            state.lens.seen_by(name),
            state.lens.excluded_from(name),
            *self._narrowing(state.lens, name),
            folded,
        )
        if (entry := self._lists.get(key)) is None:
            entry = self._lists[key] = list_rows(self.workspace, state.lens, name, folded)
            if len(self._lists) > CACHED_LISTS:
                self._lists.popitem(last=False)
        return entry

    def values_of(self, state: State, line: str) -> str:
        """Values of the key that a filter of the list in use ends in, each with how many rows there have it."""
        if state.pane == DRAFTS or (":" not in line and "：" not in line):
            return ""
        from convenings.presentation.offers import offers

        first, last = self.model.range(RANGES[state.pane])
        return " · ".join(f"{offer.term} {offer.number:,}" for offer in offers(self.model, line, (first, last)))

    def completions(self, state: State, line: str) -> Sequence[str]:
        """Ways to complete a filter of the list in use."""
        if state.pane == DRAFTS:
            from convenings.drafting.review_list import completions_of

            return completions_of(line, self.review.records())
        from convenings.presentation.offers import completions

        return completions(self.model, line, self.model.range(RANGES[state.pane]))

    def events_chosen(self, state: State) -> Rows | None:
        """The events that pins and a filter leave; None where they leave all of them."""
        lens, name = state.lens, "timeline"
        is_narrowed = lens.seen_by(name) or lens.excluded_from(name) or lens.filters.get(name)
        return self.rows(state, name) if is_narrowed else None

    def programme(self, state: State) -> Programme | None:
        """The programme of the day of the session at which its cursor stands; None where that is at none."""
        ref, chosen = state.cursor(PROGRAMME), self.events_chosen(state)
        if self._programme is not None:
            former, programme = self._programme
            if former is chosen and programme.session(ref) is not None:
                return programme
        row = self.row_of(ref)
        event = None if row is None else self.model.one(row)
        if event is None or event.start is None:
            return None
        from convenings.domain.days import MINUTES
        from convenings.presentation.programme import programme_of, span_of

        programme = programme_of(self.model, event.start // MINUTES, span_of(self.model, event.row), chosen)
        self._programme = chosen, programme
        return programme

    # What is drafted from reports

    @property
    def review(self) -> Review:
        """What is drafted from reports for this dataset.

        Raises:
            BadInput: The dataset cannot be read.
        """
        if self._review is None:
            from convenings.drafting.review import Review

            self._review = Review.open(self.model.path)
        return self._review

    @property
    def open_drafts(self) -> int:
        """How many drafts are open; none where the dataset cannot be read."""
        try:
            return self.review.progress().open
        except BadInput:
            return 0

    def review_list(self, state: State) -> ReviewList:
        """What the review shows under a state.

        Raises:
            BadInput: The dataset cannot be read.
        """
        query, ref, former = state.lens.filters.get(DRAFTS, ""), state.cursor(DRAFTS), self._review_list
        # One that its filter hides is asked for again and again.
        if former is None or former.query != query or (ref and ref not in (former.ref, self._review_ref)):
            from convenings.drafting.review_list import ReviewList

            former = ReviewList(self.review, query, ref)
            self._review_list, self._review_ref = former, ref
        return former

    def forget_review_list(self) -> None:
        """Ask anew what the review shows: something was decided."""
        self._review_list = None

    def forget_review(self) -> None:
        """Open anew what is drafted: another report was."""
        self._review = self._review_list = None

    def keep_review(self, former: Context) -> None:
        """Go on with what another context has opened."""
        self._review = former._review

    def _narrowing(self, lens: Lens, name: str) -> tuple[object, ...]:
        """What, besides the pins of other lists, the rows of a list depend on."""
        query = lens.filters.get(name, "")
        # What is marked, noted or pinned may be asked for by a filter only.
        return query, lens.orders.get(name, ""), (lens.pins, self.marked, self.noted) if query else ()

    def rows(self, state: State, name: str) -> Rows:
        """Rows of a list under a state."""
        return self.list(state, name).rows

    def position(self, state: State, name: str) -> int:
        """Where in a list its cursor stands, or would stand nearest to: from 0."""
        row = self.row_of(state.cursor(name))
        return 0 if row is None else self.rows(state, name).nearest(row)

    def highlighted(self, state: State, name: str) -> int | None:
        """Row of the index under the cursor of a list; none where the list is empty."""
        rows = self.rows(state, name)
        return rows[self.position(state, name)] if len(rows) else None

    def folded(self, state: State) -> tuple[int, ...]:
        """Rows of the events whose parts are folded away, ascending."""
        first, last = self.model.range("events")
        rows = (self.row_of(ref) for ref in state.folded)
        return tuple(sorted(row for row in rows if row is not None and first <= row < last))

    @cached_property
    def user_signs(self) -> dict[str, str]:
        """Id to the signs of a record that is marked or has a note."""
        from convenings.presentation.marked import user_signs

        return user_signs(self.workspace) if self.marked or self.noted else {}

    # What the user changes beside the state

    def take_user_data(self) -> None:
        """Work out anew what marks and notes decide: which rows are marked, and what filters leave."""
        self.marked, self.noted = self.workspace.marked(), self.workspace.noted()
        self._lists.clear()
        self.__dict__.pop("user_signs", None)
