"""The explorer: the one owner of the state. Keys and clicks change it, and every pane is shown its new content at once.

How a key becomes a frame, in the order in which it happens:

1. **The command.** The binding calls :meth:`Explorer.action_do`, and that the command's method in
   :class:`~convenings.tui.explorer.actions.Actions`, which changes the lens, the subject or a cursor.
2. **The content.** :meth:`Explorer.relink` asks the read model what is related to the subject and hands each pane its
   part. No message is sent for it, as each would cost a turn of the loop: when the handler of the key returns, every
   pane has its new state, and has been told by :meth:`~convenings.tui.panes.pane.Pane.repaint` that it may look
   different. That only leaves a mark, however often it is said. Panes are placed anew where what they show asks for it
   (:mod:`~convenings.tui.explorer.arranging`). Nothing is painted meanwhile.
3. **The difference.** When a pane has nothing more to do, :meth:`~convenings.tui.panes.pane.Pane.on_idle` asks once
   what each of its lines shows, as a value (:class:`~convenings.tui.panes.pane.Drawn`: spans, cursor, dimmed, thumb),
   and has those lines repainted whose value is another one. A list keeps the spans of rows it has composed until it is
   given other rows (:meth:`~convenings.tui.panes.listing.ListPane.set_rows`).
4. **The frame.** Textual collects the lines of all panes and asks each pane for its strips, once.
   :meth:`~convenings.tui.panes.pane.Pane.render_lines` paints the lines that are new to it; a line that merely scrolls
   has the same value as before, and so its strip is there. Strips are kept for as long as the pane's look is the same:
   its size, focus, styles and filters.

The first painting takes the same way, but for what it can do without: that follows in :meth:`Explorer.first_painted`.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.layout import Layout
from textual.reactive import Reactive
from textual.screen import Screen
from textual.signal import Signal
from textual.widget import Widget

from convenings.domain.errors import BadInput
from convenings.domain.history import History
from convenings.domain.labels import GLYPHS
from convenings.domain.lens import Lens, Location
from convenings.index.build.process import BuildProcess
from convenings.index.model import ReadModel
from convenings.store.user_data import UserData
from convenings.tui.commands import BY_ID, COMMANDS
from convenings.tui.explorer.actions import Actions
from convenings.tui.explorer.arranging import Arranging
from convenings.tui.explorer.captions import TITLES, Captions, passages_note
from convenings.tui.explorer.filling import pin_rows, rows_for
from convenings.tui.explorer.places import location, restore
from convenings.tui.explorer.reload import Reloader
from convenings.tui.paint.layout import LISTS, arrangement
from convenings.tui.panes.bars import Bar, KeyBar, TabBar, TooSmall, TopBar
from convenings.tui.panes.evidence import EvidencePane
from convenings.tui.panes.listing import ListPane
from convenings.tui.panes.pane import Pane
from convenings.tui.panes.profile import ProfilePane
from convenings.tui.panes.text import TextPane
from convenings.tui.panes.timeline import TimelinePane

if TYPE_CHECKING:
    from convenings.index.search import Search
    from convenings.presentation.profile.builder import Profile
    from convenings.tui.explorer.prompt import Prompt

HOME = {
    "event": "timeline",
    "person": "speakers",
    "participation": "speakers",
    "organisation": "organisations",
    "question": "questions",
}
"""Kind to the pane that lists it."""
PROFILES_KEPT = 64
COLLECT_EVERY = 20_000
"""Objects after which the collector looks for garbage: at Python's own 700 it would do so several times a key."""
VERIFY_AFTER = 1.0
"""Seconds after the first painting until the dataset is compared with what was indexed."""
STALE_EVERY = 2.0
"""Seconds between looks at whether the dataset file has changed."""


class Explorer(Screen[None]):
    """Linked panes over one dataset."""

    AUTO_FOCUS = ""
    BINDINGS = [
        Binding(
            command.keys,
            f"do('{command.id}')",
            command.label,
            id=command.id,
            tooltip=command.help,
            show=False,
            # Run when the key is read and not when the pane gets round to it, so that keys sent in one burst each meet
            # what the one before has opened.
            priority=True,
        )
        for command in COMMANDS
    ]
    focused = Reactive[Widget | None](None, repaint=False)
    """Set by Textual, which would paint everything anew whenever another pane has the focus."""

    def __init__(
        self,
        model: ReadModel,
        user_data: UserData,
        restored: Location | None = None,
        builder: BuildProcess | None = None,
    ) -> None:
        super().__init__()
        self.builder = builder
        """A build of the index that is under way."""
        self.model = model
        self.user_data = user_data
        self.actions = Actions(self)
        self.captions = Captions(self)
        self.reloader = Reloader(self)
        self.dataset_key = str(model.path.resolve())
        self.lens = Lens()
        self.subject: int | None = None
        """Row of the record that the profile shows and the panes are related to."""
        self.entered_from: int | None = None
        """Row that was looked at when the pane in use was entered from another: it says what is related in here."""
        self.active = "timeline"
        self.listing = "speakers"
        self.zoomed = False
        self.drawer = False
        self.came_from = ""
        """Pane that the evidence drawer was opened from."""
        self.prompt: Prompt | None = None
        """The line in which a filter is typed, once the first painting is over."""
        self.prompting = False
        """Whether a filter is being typed."""
        self.painted = False
        """Whether the panes have been on the screen."""
        self.message = ""
        """What the line of the breadcrumb says until the next key."""
        self.marked: frozenset[int] = frozenset()
        self.arranging = Arranging(self)
        self.timeline = TimelinePane(model)
        self.lists: dict[str, ListPane] = {
            "timeline": self.timeline,
            **{
                name: ListPane(name, number, TITLES[name], model, 2 if name == "questions" else 1)
                for number, name in enumerate(LISTS, 2)
            },
        }
        self.profile_pane = ProfilePane()
        self.evidence_pane = EvidencePane()
        self.panes: dict[str, Pane] = {**self.lists, "profile": self.profile_pane, "evidence": self.evidence_pane}
        self.top_bar, self.tab_bar, self.crumb, self.key_bar = TopBar(), TabBar(), Bar("crumb"), KeyBar()
        self._restored = restored
        self.reloaded: Signal[ReadModel] = Signal(self, "reloaded")
        """Published when another state of the dataset is shown."""
        self._bind_model()
        self.history: History[Location] = History(Location())

    def _bind_model(self) -> None:
        """Take up what depends on the read model."""
        model = self.model
        self.profile_of = lru_cache(maxsize=PROFILES_KEPT)(self._make_profile)
        self._search: Search | None = None
        for pane in self.lists.values():
            pane.model = model
        self.marked = frozenset(
            row for ref in self.user_data.marks(self.dataset_key) if (row := model.row_of(ref)) is not None
        )
        self.top_bar.title = model.title
        ranges = (("event", "event"), ("person", "person"), ("organisation", "organisation"), ("question", "question"))
        self.top_bar.counts = [
            (GLYPHS[kind], style, model.range(kind)[1] - model.range(kind)[0])
            for kind, style in ranges
            if model.complete or kind in model.ranges
        ]

    def _make_profile(self, row: int) -> Profile:
        from convenings.presentation.profile.compose import profile

        return profile(self.model, row)

    def compose(self) -> ComposeResult:
        """What the first painting can show; the layout shows what there is room for. The rest follows it."""
        yield self.top_bar
        yield self.tab_bar
        yield from self.lists.values()
        yield self.profile_pane
        if self._restored is not None and self._restored.evidence:
            yield self.evidence_pane
        yield self.crumb
        yield self.key_bar

    def on_mount(self) -> None:
        """Show the first event, or the place where the last session ended."""
        self.restore(self._restored or self.start())
        self.history = History(self.location())
        self.call_after_refresh(self.first_painted)
        self.set_interval(STALE_EVERY, self.reloader.reload_if_stale)
        if self.builder is not None:
            self.reloader.watch_build(self.builder)
        if self.user_data.warnings:
            self.say(self.user_data.warnings[0])

    def on_unmount(self) -> None:
        """Let go of what a reload has left open."""
        self.reloader.close_former()

    def first_painted(self) -> None:
        """The panes are on the screen: now bring what they can do without, and let the collector work again."""
        from convenings.tui.explorer.prompt import Prompt

        self.painted = True
        self.prompt = Prompt(self)
        later = [self.prompt, TooSmall(), self.evidence_pane]
        self.mount_all(widget for widget in later if not widget.is_attached)
        self.relink()
        gc.freeze()
        gc.set_threshold(COLLECT_EVERY)
        gc.enable()
        if self.builder is not None:
            self.builder.go_on()
        else:
            self.set_timer(VERIFY_AFTER, self.reloader.verify)

    def start(self) -> Location:
        """Where everybody starts: nothing pinned, the first event."""
        first, last = self.model.range("events")
        return Location(subject=self.model.one(first).id if first < last else "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a filter is being typed, leave the keys to its line."""
        if self.prompting and action == "do":
            return False
        return super().check_action(action, parameters)

    async def action_do(self, command: str) -> None:
        """Run a command, or say why it can do nothing here; all it changes is painted in one frame."""
        with self.app.batch_update():
            self.actions.run(command)
            # Panes now say what has changed. Without the batch the screen might be painted between one and the next.
            await asyncio.sleep(0)
        self.check_idle()

    # What is shown

    def text_pane(self) -> TextPane:
        """The text pane in use."""
        return self.evidence_pane if self.active == "evidence" else self.profile_pane

    def focused_pane(self) -> Pane:
        """The pane in use."""
        return self.panes[self.active]

    def refill(self, panes: Iterable[str] = tuple(TITLES)) -> None:
        """Give lists the rows that the lens leaves them."""
        for name in panes:
            if name in self.lists:
                pane = self.lists[name]
                pinned = self.lens.pinned(name)
                pane.pinned = {row} if pinned and (row := self.model.row_of(pinned)) is not None else ()
                pane.marked = self.marked
                pane.set_rows(rows_for(self, name))
                pane.nothing = self.captions.why_nothing(name)

    def home(self, row: int) -> ListPane | None:
        """The pane that lists a row."""
        pane = self.lists.get(HOME.get(self.model.one(row).kind, ""))
        if pane is None:
            return None
        first, last = self.model.range(pane.pane_range)
        return pane if first <= row < last else None

    def relink(self, *, keep_profile: bool = False) -> None:
        """Show every pane what the subject is to it. Runs whole in the handler of a key."""
        source = self.home(self.subject) if self.subject is not None else None
        for name, pane in self.lists.items():
            if self.subject is None or pane is source:
                pins = pin_rows(self, name)
                seen_from = self.entered_from if self.entered_from is not None else pins[-1] if pins else None
                pane.relate(seen_from, dims=self.entered_from is not None)
            else:
                pane.relate(self.subject, dims=True, bring=True)
        shown = self.shown_profile()
        note = self.user_data.note(self.dataset_key, shown.ref) if shown is not None else ""
        if not (keep_profile and shown is self.profile_pane.profile):
            self.profile_pane.show(shown, note)
        if self.drawer:
            self.show_evidence()
        if not self.prompting:
            # While a filter is typed, everything stays where it is.
            self.arranging.rearrange()
        if self.active in ("profile", "evidence"):
            # Keys go to it already, though it may not be on the screen yet.
            self.panes[self.active].fit()
        self.captions.titles()
        self.captions.bars()

    def shown_profile(self) -> Profile | None:
        """Profile of the subject; none before the first painting, which must not wait for it."""
        if self.subject is None or not self.painted:
            return None
        try:
            return self.profile_of(self.subject)
        except BadInput as error:
            self.message = str(error)
            return None

    def show_evidence(self) -> None:
        """Fill the drawer with the passages under the profile, opened at those of its chosen line."""
        from convenings.presentation.passages import passages

        shown = self.profile_pane.profile
        if shown is not None:
            item = self.profile_pane.item if self.focused is self.profile_pane else None
            first = item.numbers[0] if item is not None and item.numbers else 0
            self.evidence_pane.show(passages(self.model, self.user_data, shown), first)
            self.evidence_pane.set_title((f"Evidence for {shown.title}", ""), note=passages_note(shown))

    @property
    def layout(self) -> Layout:
        """Our own, whatever the stylesheet says."""
        return self.arranging.layout

    def on_resize(self) -> None:
        """Relate what has come into view."""
        for panel in self.query("HelpPanel") if self.painted else ():
            panel.set_class(arrangement(self.size) == "narrow", "-narrow")
        self.call_after_refresh(self.relink, keep_profile=True)

    # Places

    def location(self) -> Location:
        """Everything needed to come back to here."""
        return location(self)

    def restore(self, place: Location) -> None:
        """Bring back a place."""
        restore(self, place)

    def activate(self, name: str, *, lead: bool = True) -> None:
        """Make a pane the one in use.

        Args:
            name: The pane.
            lead: Whether a list takes the lead: its cursor's record becomes the subject.
        """
        if name == "evidence" and not self.drawer:
            name = "profile"
        self.active = name
        if name in LISTS:
            self.listing = name
        if lead and name in self.lists:
            self._enter(self.lists[name])
        self.set_focus(self.prompt if self.prompting else self.panes[name])
        self.relink(keep_profile=True)

    def _enter(self, pane: ListPane) -> None:
        """Let a list take the lead, its cursor on a row related to what was looked at."""
        if self.subject is not None and self.home(self.subject) is not pane:
            tied = self.model.related_rows(self.subject, *self.model.range(pane.pane_range))
            self.entered_from = self.subject if tied else None
            if pane.highlighted not in tied:
                shown = (at for row in tied if (at := pane.rows.position(row)) >= 0)
                if (at := next(shown, -1)) >= 0:
                    pane.move_to(at)
        if pane.highlighted is not None:
            self.subject = pane.highlighted

    def visit(self) -> None:
        """Remember the present place as a new one."""
        self.history.visit(self.location())
        self.captions.bars()

    def leave(self) -> None:
        """Note how the present place looks before it is left."""
        self.history.update(self.location())

    def search(self) -> Search:
        """The search of what is shown; the words that it has read are kept as long as that."""
        if self._search is None:
            from convenings.index.search import Search

            self._search = Search(self.model)
        return self._search

    def say(self, message: str) -> None:
        """Say something in the line of the breadcrumb until the next key."""
        self.message = message
        self.captions.bars()

    # Intents of the mouse and of the bars

    def on_descendant_focus(self) -> None:
        """Show which pane has the focus now."""
        self.captions.titles()

    @on(Pane.Chosen)
    def follow_click(self, event: Pane.Chosen) -> None:
        """A row was clicked: highlight it; a second time, do what Enter does."""
        self._end_prompt()
        self.message = ""
        pane, name = event.pane, event.pane.id or ""
        if name != self.active:
            former = self.subject
            self.activate(name, lead=False)
            if former is not None and name in self.lists and self.home(former) is not pane:
                self.entered_from = former
        if name in self.lists:
            self.subject = self.lists[name].highlighted
        if event.again:
            self.actions.run("pin")
        else:
            self.relink(keep_profile=True)

    @on(Bar.Clicked)
    async def do_click(self, event: Bar.Clicked) -> None:
        """A key or a tab was clicked."""
        if event.command in BY_ID:
            self._end_prompt()
            await self.action_do(event.command)

    def _end_prompt(self) -> None:
        """Keep the filter that is being typed: what is clicked may be another pane, which has none."""
        if self.prompting and self.prompt is not None:
            self.prompt.close()
