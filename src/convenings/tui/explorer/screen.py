"""The explorer: the one owner of the state. Keys and clicks change it, and every pane is shown its new content at once.

How a key becomes a frame stands in ``ARCHITECTURE.md``. What the first painting can do without, see
:meth:`Explorer.first_painted`.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import events, on
from textual.app import ComposeResult
from textual.geometry import Region
from textual.layout import Layout
from textual.reactive import Reactive
from textual.screen import Screen
from textual.signal import Signal
from textual.widget import Widget

from convenings.domain.errors import BadInput
from convenings.domain.history import History
from convenings.domain.state import Lens, State, is_new_place
from convenings.index.model import ReadModel
from convenings.tui.commands import places
from convenings.tui.commands.command import Refusal, Result
from convenings.tui.commands.context import Context
from convenings.tui.commands.follow import pin
from convenings.tui.commands.keymap import Keymap
from convenings.tui.commands.move import moved
from convenings.tui.commands.review import accept_draft
from convenings.tui.explorer import clicked
from convenings.tui.explorer.bar_texts import Bars
from convenings.tui.explorer.collector import collect_rarely
from convenings.tui.explorer.cover import CoveredScreen
from convenings.tui.explorer.messages import advice
from convenings.tui.explorer.reload import STALE_EVERY, VERIFY_AFTER, Reloader
from convenings.tui.explorer.restore import scroll_to_top, valid
from convenings.tui.explorer.room import ScreenRoom
from convenings.tui.explorer.saving import Saves
from convenings.tui.paint.layout import ExplorerLayout
from convenings.tui.pane_names import REVIEW, TEXTS
from convenings.tui.panes.bars import Bar, TooSmall
from convenings.tui.panes.clicks import TargetClicked
from convenings.tui.panes.pane import Pane
from convenings.tui.textual_private import declared_again, place_children
from convenings.tui.views import captions
from convenings.tui.views.registry import VIEWS, AnyView, Views, bindings
from convenings.tui.views.view import View
from convenings.workspace import Workspace

if TYPE_CHECKING:
    from convenings.index.build.process import BuildProcess
    from convenings.tui.explorer.prompt import Prompt


class Explorer(CoveredScreen):
    """Linked panes over one dataset.

    Args:
        workspace: The dataset, with what the user has added to it.
        restored: Where the last session ended.
        builder: A build of the index that is under way.
        keymap: The keys that the user has bound.
    """

    AUTO_FOCUS = ""
    BLANK = True
    """Panes and bars cover it whole: there is nothing of its own to paint under them."""
    VIEWS: ClassVar[tuple[AnyView, ...]] = VIEWS
    BINDINGS = bindings(VIEWS)
    focused = declared_again(Screen, "focused", Reactive[Widget | None](None, repaint=False))
    """Set by Textual, which would paint everything anew whenever another pane has the focus."""

    def __init__(
        self,
        workspace: Workspace,
        restored: State | None = None,
        builder: BuildProcess | None = None,
        keymap: Keymap = Keymap(),  # noqa: B008 (it never changes)
    ) -> None:
        super().__init__()
        self.views = Views(self.VIEWS, lambda: self.model)
        self.panes = self.views.panes
        self.commands = {command.id: command for view in self.VIEWS for command in view.commands}
        """Command of any view by its id."""
        self.keymap = keymap
        """Which keys are not as the program has them."""
        self.bars = Bars(keymap)
        self.prompt: Prompt | None = None
        """The line in which a filter is typed, once the first painting is over."""
        self.room = ScreenRoom(lambda: self.size, self.panes, lambda: self.planned)
        self.state = State()
        self.message = ""
        """What the line of the breadcrumb says until the next key."""
        self.history: History[State] = History(self.state)
        self.context = Context(workspace, self.room, self.history)
        """What commands ask."""
        self.reloader = Reloader(self)
        self.saves = Saves(self, self.reloader.follow_edit)
        self.reloaded: Signal[ReadModel] = Signal(self, "reloaded")
        """Published when another state of the dataset is shown."""
        self._arrangement = ExplorerLayout(lambda size: self.view.plan(size, self.state), self.bars.placed)
        self._restored = restored
        self._first_builder = builder
        self._show_dataset()

    @property
    def model(self) -> ReadModel:
        """The read model that is shown."""
        return self.context.model

    @property
    def view(self) -> View:
        """The view on the screen."""
        return self.views[self.state.view]

    @property
    def planned(self) -> dict[str, Region]:
        """Where everything is, or is to be placed next, by widget id."""
        return self._arrangement.planned

    def focused_pane(self) -> Pane:
        """The pane in use."""
        return self.panes[self.state.pane]

    def current(self) -> State:
        """The state as it is now: the mouse may have scrolled a pane, or the terminal got another size."""
        self.state = self.view.current(self.state, self.context)
        return self.state

    def compose(self) -> ComposeResult:
        """What the first painting can show; the layout shows what there is room for. The rest follows it."""
        yield self.bars.top
        yield self.bars.tabs
        yield from self.view.first_panes(self._restored or self.state, self.context)
        yield self.bars.crumb
        yield self.bars.keys

    def on_mount(self) -> None:
        """Show where everybody starts, or the place where the last session ended."""
        self.restore(self._restored or places.start(self.context))
        self.history.update(self.current())
        self.call_after_refresh(self.first_painted)
        self.set_interval(STALE_EVERY, self.reloader.reload_if_stale)
        if self._first_builder is not None:
            self.reloader.watch_build(self._first_builder)
        greeting = " · ".join(self.context.workspace.user_data.warnings)
        if not greeting and self._restored is None and self._first_builder is None:
            greeting = captions.welcome(self.app.size.width)
        if greeting:
            self.say(greeting)

    def on_unmount(self) -> None:
        """Close what a reload has left open."""
        self.reloader.close_former()

    def first_painted(self) -> None:
        """The panes are on the screen: now bring what they can do without, and let the collector work again."""
        from convenings.tui.explorer.prompt import OVERLAYS, Prompt

        self.context.has_painted = True
        self.app.stylesheet.read(OVERLAYS)
        self.prompt = Prompt(self, lambda line: self.context.completions(self.state, line))
        later = [self.prompt, TooSmall(), *self.view.panes.values()]
        self.mount_all(widget for widget in later if not widget.is_attached)
        self.refresh_content()
        collect_rarely()
        if self._first_builder is not None:
            self._first_builder.go_on()
        else:
            self.set_timer(VERIFY_AFTER, self.reloader.verify)
        self.set_timer(VERIFY_AFTER, self.reloader.compare_with_journal)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a filter is being typed, leave the keys to its line; a key of another view is none here."""
        if action == "do" and (self.state.typing or self.commands[str(parameters[0])] not in self.view.commands):
            return False
        return super().check_action(action, parameters)

    async def action_do(self, command: str) -> None:
        """Run a command, or say why it can do nothing here; all it changes is painted in one frame."""
        if command in (pin.id, accept_draft.id) and self.is_covered:
            return
        with self.app.batch_update():
            self.run(command)
            for pane in self.view.panes.values():
                # Left to itself each would do so when it has nothing more to do, and then have to be woken once more.
                pane.refresh_changes()
            # Panes now say what has changed. Without the batch the screen might be painted between one and the next.
            await asyncio.sleep(0)
        self.check_idle()

    def run(self, command: str) -> None:
        """Run a command, or say why it can do nothing here."""
        self.message = ""
        user_data = self.context.workspace.user_data
        former_warnings = len(user_data.warnings)
        try:
            self.apply(self.commands[command].run(self.current(), self.context))
        except BadInput as error:
            self.say(str(error))
        if warnings := user_data.warnings[former_warnings:]:
            self.say(" · ".join(filter(None, (self.message, *warnings))))

    def apply(self, result: Result) -> None:
        """Show what a command came to, or have it done.

        Raises:
            BadInput: The dataset cannot be read.
        """
        if isinstance(result, State):
            self.show(result)
        elif isinstance(result, Refusal):
            self.say(result.reason)
        else:
            from convenings.tui.explorer.effects import carry_out

            carry_out(result, self)

    def travel(self, by: int) -> None:
        """Go back or forward in the history."""
        self.history.update(self.current())
        if (state := self.history.go(by)) is not None:
            self.restore(state)

    def restore(self, state: State) -> None:
        """Show a state of another time, with its scroll; what no longer exists is left out."""
        self._show(self._valid(state), with_scroll=True)

    def _valid(self, state: State) -> State:
        return valid(state, self.context, self.views)

    def show(self, state: State) -> None:
        """Show a state that follows the current one, which is remembered where it is another place."""
        if not self.state.typing:
            self.history.update(self.state)
        self._show(state)
        if is_new_place(self.history.here, self.state):
            self.history.visit(self.state)
            self._show_bars()

    def refresh_content(self) -> None:
        """Show the present state anew, as where the dataset, the user data or the size has changed."""
        self._show(self.current())

    def _show(self, state: State, *, with_scroll: bool = False) -> None:
        """Hand every pane its part of a state. Runs whole in the handler of a key.

        Args:
            state: The state.
            with_scroll: Whether lists and texts are to scroll to where they stood in it.
        """
        before, self.state = self.state, state
        if state.typing != before.typing:
            self._switch_prompt()
        if state.view != before.view:
            self.mount_all(pane for pane in self.view.panes.values() if not pane.is_attached)
        self.message = self.view.show(before, state, self.context, with_scroll=with_scroll) or self.message
        if not state.typing or not before.typing:
            # While a filter is typed, everything stays where it is.
            self._arrange()
        if with_scroll:
            scroll_to_top(state, self.context, self.panes)
        if state.pane in TEXTS:
            # Keys go to it already, though it may not be on the screen yet.
            self.panes[state.pane].fit()
        focus = self.prompt if state.typing and self.prompt is not None else self.focused_pane()
        if self.focused is not focus:
            self.set_focus(focus)
        self.view.load_visible(self.context)
        self.current()
        self.bars.tabs.tabs = self.view.show_titles(state, self.context, self.size, self.planned)
        self._show_bars()

    def _show_bars(self) -> None:
        self.bars.show(self.state, self.context, self.view.commands, self.message, self.saves.sentence)
        if self.context.has_painted and self._arrangement.would_change_over():
            place_children(self)

    def say(self, sentence: str) -> None:
        """Say something in the line of the breadcrumb until the next key, over as much else as it takes."""
        self.message = sentence
        self._show_bars()

    def on_key(self, event: events.Key) -> None:
        """Say of a key that does nothing how to reach what it was meant for."""
        if event.character and event.is_printable and not self.state.typing:
            self.say(advice(event.character))

    @property
    def layout(self) -> Layout:
        """Our own, whatever the stylesheet says."""
        return self._arrangement

    def _arrange(self) -> None:
        """Place everything anew where that makes a difference; the first painting does so by itself."""
        # Before the first painting the screen has no size yet; that of the terminal will be its own.
        if self._arrangement.would_change(self.size or self.app.size) and self.context.has_painted:
            place_children(self)
        for name, region in self.planned.items():
            if name in self.panes:
                self.panes[name].planned = region.size

    def on_resize(self, event: events.Resize) -> None:
        """Relate what has come into view."""
        super().on_resize(event)
        self.call_after_refresh(self.refresh_content)

    def show_model(self, model: ReadModel) -> None:
        """Show another state of the dataset, at the same place as far as it is there."""
        former = self.context
        # A model that is complete and empty is of an empty dataset, in which somebody may be at the review.
        is_somewhere = former.model.total or former.model.complete
        state = self.current() if is_somewhere else self._restored or State()
        if not (former.model.complete or self.history.before or self._restored) and places.is_start(state, former):
            state = State()  # nobody has gone anywhere, and only now is it known which event is well connected
        self.context = Context(former.workspace.with_model(model), self.room, self.history)
        self.context.has_painted = former.has_painted
        self.context.keep_review(former)
        self._show_dataset()
        # A filter that leaves nothing leaves no subject either, and stays.
        has_place = state.subject or state.view == REVIEW or state.lens != Lens()
        shown = self._valid(state if has_place else places.start(self.context))
        # Whoever is typing a filter goes on with it: the keys that follow are letters, not commands.
        self._show(replace(shown, typing=state.typing and shown.pane == state.pane), with_scroll=True)
        if not former.model.total:
            self.history = self.context.history = History(self.state)
        self.reloaded.publish(model)

    def _show_dataset(self) -> None:
        """Hand the panes and the top line another read model."""
        for view in self.views.made.values():
            view.set_model(self.model)
        self.bars.show_dataset(self.model)

    def reload(self) -> None:
        """Read the dataset again, and compare its content with what was indexed."""
        self.reloader.reload()
        self.reloader.verify()

    def show_user_data(self) -> None:
        """Show what has become of marks and notes."""
        self.context.take_user_data()
        self.refresh_content()

    def _switch_prompt(self) -> None:
        """Let the line of the filter take the place of the breadcrumb and every key, or give them back."""
        if self.prompt is None:
            self.state = replace(self.state, typing=False)
        elif self.state.typing:
            self.prompt.open(self.state.lens.filters.get(self.state.pane, ""))
        else:
            self.prompt.close()

    def filter_typed(self, query: str) -> None:
        """Filter the list in use as it is being typed."""
        self.message = ""
        self.show(places.with_filter(self.current(), self.context, query))
        if not self.message and (values := self.context.values_of(self.state, query)):
            self.say(values)

    def cursor_moved(self, by: int) -> None:
        """Move in the list that is being filtered."""
        self.show(moved(self.current(), self.context, by))

    def filter_ended(self) -> None:
        """Keep the filter: what is clicked next may be another pane, which has none."""
        if self.state.typing:
            self.show(replace(self.current(), typing=False))

    def choose(self, value: str | None) -> None:
        """Do what was chosen in the palette or among the referrers: a command, or a record."""
        self.show_through()
        if not value:
            return
        if value.startswith("command:"):
            self.run(value.removeprefix("command:"))
        else:
            self.message = ""
            self.apply(places.go_to(self.current(), self.context, value, focus=True))

    @on(Pane.Clicked)
    def follow_click(self, event: Pane.Clicked) -> None:
        """A row was clicked."""
        self.filter_ended()
        self.message = ""
        clicked.row_clicked(event, self)

    @on(Bar.Clicked)
    @on(TargetClicked)
    async def do_click(self, event: Bar.Clicked | TargetClicked) -> None:
        """A key, a tab or another thing that does something was clicked."""
        self.filter_ended()
        if event.target in self.commands:
            await self.action_do(event.target)
        else:
            self.message = ""
            clicked.target_clicked(event.target, self)
