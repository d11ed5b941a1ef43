"""Commands as functions: of a state and of what may be asked, without a screen and without side effects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convenings.domain.history import History
from convenings.domain.state import Cursor, Lens, Pin, State, TextPosition, is_new_place
from convenings.index.open import open_model
from convenings.presentation.lists import RANGES
from convenings.presentation.profile.value import Listing
from convenings.store.user_data import UserData
from convenings.tui.commands import follow, go, move, narrow, places
from convenings.tui.commands.command import Copy, Notice, Refusal, Travel
from convenings.tui.commands.context import Context
from convenings.tui.commands.registry import BY_ID, COMMANDS
from convenings.tui.pane_names import REVIEW
from convenings.tui.views.registry import VIEWS
from convenings.workspace import Workspace
from tests.driver import BUNDLED

SAME_EVERYWHERE = {
    "enter": "pin", "escape": "escape", "e": "evidence", "u": "referrers", "m": "mark", "n": "note", "y": "cite",
    "slash": "filter", "question_mark": "help", "q": "quit", "left_square_bracket": "back",
    "right_square_bracket": "forward",
}  # fmt: skip
"""Keys that mean the same in every view."""
IN_REVIEW = {"enter": "accept_draft", "e": "show_words", "u": "draft_referrers", "m": None, "n": None, "y": None}
"""What they do in the review, where drafts are at hand and no records: the same for a draft, or nothing."""


class Line(NamedTuple):
    """A link of a text."""

    ref: str
    numbers: tuple[int, ...] = ()
    listing: Listing | None = None


class FakeRoom:
    """A screen of ten lines, on which the cursor of a text stands on one link."""

    arrangement = "medium"
    line: Line | None = None

    def capacity(self, pane: str) -> int:
        """Lines that fit."""
        return 10

    def columns(self, pane: str) -> int:
        """Cells of a line."""
        return 40

    def lines(self, pane: str) -> int:
        """Lines that fit."""
        return 10

    def is_on_screen(self, pane: str) -> bool:
        """Everything is."""
        return True

    def link(self, pane: str) -> Line | None:
        """The link under the cursor."""
        return self.line

    def text_moved(self, pane: str, position: TextPosition, by: int) -> TextPosition:
        """One line a step."""
        return TextPosition(max(0, position.paragraph + by), 0)

    def text_paged(self, pane: str, position: TextPosition, by: int) -> TextPosition:
        """Ten lines a screen."""
        return TextPosition(max(0, position.paragraph + 10 * by), 0)

    def text_end(self, pane: str, position: TextPosition, *, last: bool) -> TextPosition:
        """The first or the last of a hundred."""
        return TextPosition(99 if last else 0, 0)

    def whole_axis(self) -> tuple[float, float] | None:
        return None

    def axis_zoomed(self, factor: float) -> tuple[float, float] | None:
        """A year, longer or shorter."""
        return 736_000.0, 365.0 * factor


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The bundled dataset, with nothing of a user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONVENINGS_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        with Workspace(open_model(BUNDLED), UserData.open(tmp_path_factory.mktemp("data"))) as opened:
            yield opened


@pytest.fixture
def context(workspace: Workspace) -> Context:
    """What commands may ask."""
    made = Context(workspace, FakeRoom(), History(State()))
    made.has_painted = True
    return made


def after(state: State, context: Context, *commands: str) -> State:
    """The state after some commands, none of which is refused."""
    for name in commands:
        result = BY_ID[name].run(state, context)
        assert isinstance(result, State), (name, result)
        state = result
    return state


@given(names=st.lists(st.sampled_from(sorted(BY_ID)), max_size=25))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_command_has_a_side_effect(names: list[str], context: Context) -> None:
    """Asked twice it answers the same, the state that it was given is as it was, and what follows can be kept."""
    state = places.start(context)
    for name in names:
        before = msgspec.json.encode(state)
        result = BY_ID[name].run(state, context)
        assert BY_ID[name].run(state, context) == result
        assert msgspec.json.encode(state) == before
        refusal = BY_ID[name].refusal(state, context)
        assert bool(refusal) == isinstance(result, Refusal)
        if isinstance(result, Notice):
            result = result.state
        if isinstance(result, State):
            state = result
            assert msgspec.json.decode(msgspec.json.encode(state), type=State) == state
            assert state.subject == "" or context.row_of(state.subject) is not None
            for pane in RANGES:
                assert context.position(state, pane) <= len(context.rows(state, pane))


def test_a_cursor_leads_and_a_pin_narrows(context: Context) -> None:
    """Down moves the cursor and the subject; Enter pins; the other lists hold what is related."""
    start = places.start(context)
    below = after(start, context, "down")
    assert below.subject == below.cursor("timeline") != start.subject
    state = after(below, context, "up")
    assert state.subject == start.subject
    everybody = len(context.rows(state, "speakers"))
    pinned = after(state, context, "pin")
    assert pinned.lens == Lens((Pin("timeline", state.subject),))
    assert 0 < len(context.rows(pinned, "speakers")) < everybody
    assert len(context.rows(pinned, "timeline")) == len(context.rows(state, "timeline"))
    assert after(pinned, context, "pin") == state


def test_entering_a_pane_goes_to_what_is_related(context: Context) -> None:
    """Its cursor comes to stand on a related record, and the former subject is remembered."""
    state = after(places.start(context), context, "show_speakers")
    assert state.pane == state.listing == "speakers"
    assert state.entered_from.startswith("event/")
    row, event = context.subject(state), context.row_of(state.entered_from)
    assert row is not None
    assert event is not None
    assert context.model.reason(event, row)


def test_what_the_lens_hides_is_gone_to_and_said(context: Context) -> None:
    """Pins and filters that hide a record are taken off, and a notice says so."""
    state = after(places.start(context), context, "down", "pin")
    hidden = next(
        context.model.one(row).id
        for row in range(*context.model.range("speakers"))
        if context.rows(state, "speakers").position(row) < 0
    )
    result = places.go_to(state, context, hidden, focus=True)
    assert isinstance(result, Notice)
    assert result.sentence == places.OUTSIDE
    assert not result.state.lens.pins
    assert (result.state.pane, result.state.cursor("speakers")) == ("speakers", hidden)


def test_links_of_a_text_are_followed_or_refused(context: Context) -> None:
    """A link leads to its record, a line without one nowhere, and no line at all pins the subject."""
    room = context.room
    assert isinstance(room, FakeRoom)
    state = after(places.start(context), context, "show_profile")
    room.line = Line("person/fu-changbo")
    followed = follow.pin.run(state, context)
    assert isinstance(followed, State)
    assert (followed.subject, followed.pane) == ("person/fu-changbo", "profile")
    room.line = Line("", (1,))
    assert follow.pin.refusal(state, context).startswith("This line leads nowhere")
    room.line = None
    assert after(state, context, "pin").lens.pinned("timeline") == (state.subject,)


def test_the_innermost_thing_is_undone_first(context: Context) -> None:
    """Drawer, zoom, filter, where one came from, the last pin, the first one."""
    state = after(places.start(context), context, "pin", "show_speakers", "pin")
    state = places.with_filter(state, context, "kind:participation")
    state = after(state, context, "zoom", "evidence")
    undone = []
    while not follow.escape.refusal(state, context):
        former, state = state, after(state, context, "escape")
        fields = [name for name in State.__struct_fields__ if getattr(former, name) != getattr(state, name)]
        undone.append(next(name for name in ("evidence", "zoomed", "lens", "entered_from") if name in fields))
        if undone[-1] == "evidence":
            state = after(state, context, "show_speakers") if state.pane != "speakers" else state
    assert undone == ["evidence", "zoomed", "lens", "entered_from", "lens", "lens"]


def test_history_is_kept_by_a_rule() -> None:
    """Another lens, or a record gone to, is another place; a cursor, a pane, a zoom or a filter being typed is none."""
    state = State(subject="event/a", lens=Lens(filters={"timeline": "x"}))
    same = [
        msgspec.structs.replace(state, subject="event/b"),
        msgspec.structs.replace(state, pane="speakers", listing="speakers"),
        msgspec.structs.replace(state, zoomed=True, evidence=True),
        state.at("timeline", "event/c"),
        msgspec.structs.replace(state, lens=Lens(), typing=True),
    ]
    other = [
        msgspec.structs.replace(state, lens=Lens()),
        msgspec.structs.replace(state, lens=state.lens.pin("timeline", "event/a")),
        msgspec.structs.replace(state, jump="person/a"),
    ]
    assert not any(is_new_place(state, each) for each in same)
    assert all(is_new_place(state, each) for each in other)
    assert not is_new_place(other[-1], state), "to move on from where a jump led to is no new place"


def test_back_and_forward_are_refused_at_the_ends(context: Context) -> None:
    """And are effects where there is somewhere to go."""
    state = places.start(context)
    assert follow.back.refusal(state, context)
    assert follow.forward.refusal(state, context)
    context.history.visit(state)
    assert follow.back.run(state, context) == Travel(-1)


def test_only_lists_are_filtered_and_sorted(context: Context) -> None:
    """A text refuses it, and the timeline has one order."""
    text = after(places.start(context), context, "show_profile")
    for command in (narrow.filter, narrow.order, narrow.show_marked):
        assert command.refusal(text, context)
    assert narrow.order.refusal(places.start(context), context)
    speakers = after(places.start(context), context, "show_speakers", "order")
    assert speakers.lens.orders == {"speakers": "most connected"}


def test_pages_stop_at_the_ends(context: Context) -> None:
    """A page is a screen less one row, and neither end is passed."""
    state = after(places.start(context), context, "show_organisations", "top")
    number = len(context.rows(state, "organisations"))
    assert context.position(after(state, context, "page_down"), "organisations") == 9
    assert context.position(after(state, context, "bottom", "down", "page_down"), "organisations") == number - 1
    assert context.position(after(state, context, "up", "page_up"), "organisations") == 0


def test_a_citation_is_copied(context: Context) -> None:
    """The citation of the subject, and its id."""
    state = after(places.start(context), context, "down")
    copied = BY_ID["cite"].run(state, context)
    assert isinstance(copied, Copy)
    assert state.subject in copied.text
    assert BY_ID["copy_id"].run(state, context) == Copy(state.subject)


def test_within_a_view_no_key_has_two_meanings() -> None:
    """And the keys that everybody's fingers know mean the same in all views."""
    for view in VIEWS:
        keys = [key for command in view.commands for key in command.keys.split(",") if key]
        assert len(keys) == len(set(keys)), view.id
        meanings = {key: command.id for command in view.commands for key in command.keys.split(",")}
        same = SAME_EVERYWHERE | (IN_REVIEW if view.id == REVIEW else {})
        assert {key: meanings.get(key) for key in SAME_EVERYWHERE} == same, view.id


def test_what_is_kept_of_a_state_is_what_lasts() -> None:
    """Neither what is open for a moment, nor how it was come to."""
    state = State(
        subject="event/a", cursors={"timeline": Cursor("event/a", "event/a")}, jump="event/a", entered_from="person/b",
        opened_from="speakers", typing=True, texts={"profile": TextPosition(3, 1)}, evidence=True,
    )  # fmt: skip
    assert state.lasting() == State(
        subject="event/a", cursors={"timeline": Cursor("event/a", "event/a")}, evidence=True
    )


def test_every_command_is_declared_once() -> None:
    """Each command stands in the list once, under the id of its function."""
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
    assert move.down.id == "down"
    assert go.zoom.id == "zoom"
