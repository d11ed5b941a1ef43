"""What each command does: one method ``do_ID`` a command, and one place that says why a command can do nothing here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convenings.domain.errors import BadInput
from convenings.domain.lens import ORDERS, Lens
from convenings.tui.explorer.refusals import refusal
from convenings.tui.paint.layout import LISTS, PANES, arrangement

if TYPE_CHECKING:
    from convenings.tui.explorer.screen import Explorer
    from convenings.tui.panes.listing import ListPane
    from convenings.tui.panes.pane import Pane

CLOSER = 0.5
OTHER = "other"
"""Where records of the kinds that no pane lists are pinned."""


class Actions:
    """Commands of one explorer."""

    def __init__(self, ui: Explorer) -> None:
        self.ui = ui

    def run(self, command: str) -> None:
        """Run a command, or say why it can do nothing here."""
        self.ui.message = refusal(self.ui, command)
        if self.ui.message:
            self.ui.captions.bars()
            return
        known = len(self.ui.user_data.warnings)
        try:
            getattr(self, f"do_{command}")()
        except BadInput as error:
            self.ui.say(str(error))
        if new := self.ui.user_data.warnings[known:]:
            self.ui.say(" · ".join(filter(None, (self.ui.message, new[0]))))

    # Follow

    def do_pin(self) -> None:
        """Pin the highlighted row, or take its pin off; follow the link of a text."""
        if self.ui.active in self.ui.lists:
            pane = self.ui.lists[self.ui.active]
            if pane.highlighted is not None:
                self.pin(self.ui.active, self.ui.model.one(pane.highlighted).id)
            return
        item = self.ui.text_pane().item
        if item is not None and item.ref:
            self.follow(item.ref)
        else:
            self.do_pin_subject()

    def do_pin_subject(self) -> None:
        """Pin the record that the profile shows: in its pane, or beside the panes where none lists it."""
        if self.ui.subject is not None:
            home = self.ui.home(self.ui.subject)
            self.pin((home.id if home is not None else None) or OTHER, self.ui.model.one(self.ui.subject).id)

    def pin(self, pane: str, ref: str) -> None:
        """Pin a record, or take it off where it is pinned already."""
        self.ui.leave()
        self.ui.lens = self.ui.lens.unpin(pane) if self.ui.lens.pinned(pane) == ref else self.ui.lens.pin(pane, ref)
        self.ui.refill()
        self.ui.relink(keep_profile=True)
        self.ui.visit()

    def follow(self, ref: str) -> None:
        """Go to a record, and remember where from."""
        self.ui.leave()
        self.go_to(ref)
        self.ui.visit()

    def go_to(self, ref: str, *, focus: bool = False) -> None:
        """Make a record the subject and put the cursor of its pane on it.

        Where the lens hides it, what hides it is taken off, and said.

        Args:
            ref: Its id.
            focus: Whether its pane is to be used next; else the profile stays in use.
        """
        row = self.ui.model.row_of(ref)
        if row is None:
            self.ui.say(f"There is no record {ref}")
            return
        self.ui.subject = row
        self.ui.entered_from = None
        home = self.ui.home(row)
        if home is not None and home.id:
            self.ui.timeline.unfold_to(row)
            if home is self.ui.timeline:
                self.ui.refill(["timeline"])
            if not home.seek(row):
                self.ui.lens = Lens(tuple(p for p in self.ui.lens.pins if p.pane == home.id), {}, self.ui.lens.orders)
                self.ui.refill()
                home.seek(row)
                self.ui.message = "It lay outside the lens: pins and filters were taken off"
            if home.id in LISTS:
                self.ui.listing = home.id
        if focus and home is not None and home.id:
            self.ui.activate(home.id, lead=False)
        elif focus or self.ui.active in self.ui.lists:
            self.ui.activate("profile", lead=False)
        else:
            self.ui.activate("profile" if self.ui.active != "evidence" else "evidence", lead=False)

    def do_evidence(self) -> None:
        """Open the drawer at the passages of the line under the cursor, or close it."""
        self.ui.drawer = not self.ui.drawer
        if self.ui.drawer:
            self.ui.came_from = self.ui.active
            self.ui.show_evidence()
            self.ui.activate("evidence", lead=False)
        else:
            self.ui.activate(self.ui.came_from or "profile", lead=False)

    def do_referrers(self) -> None:
        """List what refers to the subject."""
        from convenings.tui.dialogs.referrers import Referrers

        if self.ui.subject is not None:
            self.ui.app.push_screen(Referrers(self.ui.model, self.ui.subject), self._go_from_screen)

    def do_palette(self) -> None:
        """Open the palette."""
        from convenings.tui.dialogs.palette import Palette

        palette = Palette(self.ui.search, self.ui.reloaded, self.ui.app.get_system_commands(self.ui))
        self.ui.app.push_screen(palette, self._go_from_screen)

    def _go_from_screen(self, chosen: str | None) -> None:
        """Do what was chosen in the palette or among the referrers: a command, or a record."""
        if not chosen:
            return
        if chosen.startswith("command:"):
            self.run(chosen.removeprefix("command:"))
            return
        self.ui.message = ""
        self.ui.leave()
        self.go_to(chosen, focus=True)
        self.ui.visit()

    def do_back(self) -> None:
        """Go back."""
        self._go(-1)

    def do_forward(self) -> None:
        """Go forward."""
        self._go(1)

    def _go(self, by: int) -> None:
        self.ui.leave()
        if (place := self.ui.history.go(by)) is not None:
            self.ui.restore(place)

    def do_start(self) -> None:
        """Go to the start."""
        self.ui.leave()
        self.ui.restore(self.ui.start())
        self.ui.timeline.move_to(0)
        self.ui.relink()
        self.ui.visit()

    def do_escape(self) -> None:
        """Undo the innermost thing."""
        if self.ui.query("HelpPanel"):
            self.ui.app.action_hide_help_panel()
        elif self.ui.drawer:
            self.do_evidence()
        elif self.ui.zoomed:
            self.do_zoom()
        elif self.ui.lens.filters.get(self.ui.active):
            self.set_filter("")
            self.ui.relink()
        elif self.ui.entered_from is not None:
            self.ui.entered_from = None
            self.ui.relink(keep_profile=True)
        elif self.ui.lens.pins:
            last = self.ui.lens.pins[-1]
            self.pin(last.pane, last.ref)

    # Narrow

    def do_filter(self) -> None:
        """Ask for a filter of the focused list."""
        if self.ui.prompt is not None:
            self.ui.leave()
            self.ui.prompt.ask(self.ui.lens.filters.get(self.ui.active, ""))

    def set_filter(self, query: str) -> None:
        """Filter the list in use as it is being typed."""
        self.ui.message = ""
        self.ui.lens = self.ui.lens.filtered(self.ui.active, query)
        self.ui.refill([self.ui.active])
        pane = self.ui.lists[self.ui.active]
        if pane.highlighted is not None:
            self.ui.subject = pane.highlighted
        self.ui.relink()

    def do_order(self) -> None:
        """Show the list in its next order."""
        now = self.ui.lens.orders.get(self.ui.active, "")
        following = ORDERS[(ORDERS.index(now) + 1) % len(ORDERS)] if now in ORDERS else ""
        self.ui.leave()
        self.ui.lens = self.ui.lens.ordered(self.ui.active, following)
        self.ui.refill([self.ui.active])
        self.ui.relink(keep_profile=True)
        self.ui.visit()

    def do_unpin_all(self) -> None:
        """Take off all pins and filters."""
        self.ui.leave()
        self.ui.lens = Lens((), {}, self.ui.lens.orders)
        self.ui.refill()
        self.ui.relink(keep_profile=True)
        self.ui.visit()

    def do_show_marked(self) -> None:
        """Show only what is marked in the list in use."""
        self.ui.leave()
        self.set_filter("" if self.ui.lens.filters.get(self.ui.active) == "is:marked" else "is:marked")
        self.ui.visit()

    # Keep

    def do_mark(self) -> None:
        """Mark the subject, or take its mark off."""
        if self.ui.subject is None:
            return
        ref = self.ui.model.one(self.ui.subject).id
        marked = self.ui.user_data.toggle_mark(self.ui.dataset_key, ref)
        self.ui.marked = self.ui.marked | {self.ui.subject} if marked else self.ui.marked - {self.ui.subject}
        for pane in self.ui.lists.values():
            pane.marked = self.ui.marked
            pane.repaint()
        self.ui.say(f"{'Marked' if marked else 'No longer marked'}: {self.ui.model.one(self.ui.subject).label}")

    def do_note(self) -> None:
        """Write a note on the subject."""
        from convenings.tui.dialogs.notes import NoteEditor

        if self.ui.subject is None:
            return
        found = self.ui.model.one(self.ui.subject)

        def keep(text: str | None) -> None:
            if text is not None:
                self.ui.user_data.set_note(self.ui.dataset_key, found.id, text)
                self.ui.relink()
                self.ui.say("Note kept" if text.strip() else "Note removed")

        self.ui.app.push_screen(NoteEditor(found.label, self.ui.user_data.note(self.ui.dataset_key, found.id)), keep)

    def do_cite(self) -> None:
        """Copy a citation of the subject, and of the passage chosen."""
        from convenings.presentation.citation import citation

        shown = self.ui.shown_profile()
        if shown is None:
            return
        item = self.ui.text_pane().item if self.ui.active in ("profile", "evidence") else None
        number = item.numbers[0] if item is not None and item.numbers else 0
        text = citation(self.ui.model, shown, next((c for c in shown.cited if c.number == number), None))
        self.ui.app.copy_to_clipboard(text)
        self.ui.say(f"Sent to the clipboard: {text}")

    def do_copy_id(self) -> None:
        """Copy the id of the subject."""
        if self.ui.subject is not None:
            ref = self.ui.model.one(self.ui.subject).id
            self.ui.app.copy_to_clipboard(ref)
            self.ui.say(f"Sent to the clipboard: {ref}")

    # Panes

    def do_show_timeline(self) -> None:
        """Go to the timeline."""
        self.ui.activate("timeline")

    def do_show_speakers(self) -> None:
        """Go to the speakers."""
        self.ui.activate("speakers")

    def do_show_organisations(self) -> None:
        """Go to the organisations."""
        self.ui.activate("organisations")

    def do_show_questions(self) -> None:
        """Go to the questions."""
        self.ui.activate("questions")

    def do_show_profile(self) -> None:
        """Go to the profile."""
        self.ui.activate("profile")

    def do_next_pane(self) -> None:
        """Go to the next pane in reading order."""
        self._step_pane(1)

    def do_previous_pane(self) -> None:
        """Go to the pane before."""
        self._step_pane(-1)

    def _step_pane(self, by: int) -> None:
        order = [*PANES, "evidence"] if self.ui.drawer else list(PANES)
        self.ui.activate(order[(order.index(self.ui.active) + by) % len(order)])

    def do_zoom(self) -> None:
        """Give the pane in use the whole screen, or take it back."""
        self.ui.zoomed = not self.ui.zoomed
        self.ui.relink(keep_profile=True)

    # Move

    def do_down(self) -> None:
        """Next row."""
        self.moved(self.ui.focused_pane(), 1)

    def do_up(self) -> None:
        """Row before."""
        self.moved(self.ui.focused_pane(), -1)

    def moved(self, pane: Pane, by: int) -> None:
        """Move a cursor and show what follows from it."""
        pane.move(by)
        self.take_lead(pane)

    def take_lead(self, pane: Pane) -> None:
        """Make the row under the cursor of a list the subject."""
        if pane.id in self.ui.lists:
            lead: ListPane = self.ui.lists[pane.id]
            if lead.highlighted is not None:
                self.ui.subject = lead.highlighted
            self.ui.relink(keep_profile=True)
        elif pane is self.ui.profile_pane and self.ui.drawer:
            self.ui.show_evidence()
        elif self.ui.crumb:
            self.ui.captions.bars()

    def do_page_down(self) -> None:
        """A screen down."""
        self.ui.focused_pane().page(1)
        self.take_lead(self.ui.focused_pane())

    def do_page_up(self) -> None:
        """A screen up."""
        self.ui.focused_pane().page(-1)
        self.take_lead(self.ui.focused_pane())

    def do_top(self) -> None:
        """First row."""
        self.ui.focused_pane().move_to(0)
        self.take_lead(self.ui.focused_pane())

    def do_bottom(self) -> None:
        """Last row."""
        self.ui.focused_pane().move_to(self.ui.focused_pane().count - 1)
        self.take_lead(self.ui.focused_pane())

    def do_left(self) -> None:
        """Fold an event; elsewhere go to the pane before."""
        if self.ui.active == "timeline":
            self._fold(True)
        else:
            self._step_pane(-1)

    def do_right(self) -> None:
        """Unfold an event; elsewhere go to the next pane."""
        if self.ui.active != "timeline" or not self._fold(False):
            self._step_pane(1)

    def _fold(self, fold: bool) -> bool:
        """Fold or unfold under the cursor; folding a part goes to the whole first."""
        row = self.ui.timeline.highlighted
        if row is None:
            return False
        if self.ui.timeline.fold(row, fold):
            self.ui.refill(["timeline"])
        elif fold and self.ui.model.one(row).depth:
            depth = self.ui.model.one(row).depth
            while self.ui.model.one(row).depth >= depth:
                row -= 1
            self.ui.timeline.seek(row)
        else:
            return False
        self.take_lead(self.ui.timeline)
        return True

    # Timeline

    def do_closer(self) -> None:
        """Look closer at the time around the event."""
        self.ui.timeline.zoom_by(CLOSER)

    def do_wider(self) -> None:
        """Show a longer time."""
        self.ui.timeline.zoom_by(1 / CLOSER)

    def do_all_time(self) -> None:
        """Show all of the time."""
        self.ui.timeline.set_zoom(None)

    # Program

    def do_help(self) -> None:
        """Show or hide the keys that work here."""
        if self.ui.query("HelpPanel"):
            self.ui.app.action_hide_help_panel()
        else:
            self.ui.app.action_show_help_panel()
            for panel in self.ui.query("HelpPanel"):
                panel.set_class(arrangement(self.ui.size) == "narrow", "-narrow")

    def do_reload(self) -> None:
        """Read the dataset again, and come back to the same place."""
        self.ui.reloader.reload()
        self.ui.reloader.verify()

    def do_quit(self) -> None:
        """Leave."""
        self.ui.app.exit()
