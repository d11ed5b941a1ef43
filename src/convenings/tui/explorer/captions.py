"""What the borders and the bars say: names, filters, counts, where somebody is, and which keys work here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convenings.domain.labels import GLYPHS
from convenings.tui.commands import COMMANDS
from convenings.tui.explorer.refusals import refusal
from convenings.tui.paint.layout import FRAME, LISTS, PANES, arrangement
from convenings.tui.paint.segments import TextSpan, cells_of, clip
from convenings.tui.paint.styles import kind_style

if TYPE_CHECKING:
    from convenings.presentation.profile.builder import Profile
    from convenings.tui.explorer.screen import Explorer
    from convenings.tui.panes.listing import ListPane

TITLES = {
    "timeline": "Timeline",
    "speakers": "Speakers",
    "organisations": "Organisations",
    "questions": "Questions",
    "profile": "Profile",
}


def passages_note(profile: Profile) -> str:
    """How many passages a profile cites."""
    number = len(profile.cited)
    return f"{number} passage{'s' if number != 1 else ''}"


class Captions:
    """Words around the panes of one explorer."""

    def __init__(self, ui: Explorer) -> None:
        self.ui = ui
        self.notes: dict[str, str] = {}
        """List to the counts in its border, as :meth:`titles` has found them."""

    def why_nothing(self, name: str) -> str:
        """What an empty list says."""
        what = TITLES[name].casefold() if name != "timeline" else "events"
        if not self.ui.model.complete:
            return f"The {what} are being read …" if not self.ui.model.total else f"The {what} are being indexed …"
        if query := self.ui.lens.filters.get(name):
            return f"No {what} match {query}"
        pins = " and ".join(self.ui.model.label(ref) for ref in self.ui.lens.seen_by(name))
        return f"No {what} are related to {pins}" if pins else f"No {what} are recorded"

    def titles(self) -> None:
        """Name, filter and counts in the border of each pane."""
        kind = arrangement(self.ui.size)
        for name, pane in self.ui.lists.items():
            query = self.ui.lens.filters.get(name, "")
            order = self.ui.lens.orders.get(name, "")
            title: list[TextSpan] = [(f"{pane.number} {pane.title}", "")]
            if kind == "medium" and name == self.ui.listing:
                title = self.list_tabs(pane, extra=len(query) + len(order) + 6)
            if query:
                title.append((f" /{query}", ""))
            if order:
                title.append((f" · {order}", ""))
            self.notes[name] = self.count_note(name)
            pane.set_title(*title, note=self.notes[name])
        shown = self.ui.profile_pane.profile
        note = passages_note(shown) if shown is not None and shown.cited else ""
        self.ui.profile_pane.set_title(("5 Profile", ""), note=note)

    def list_tabs(self, pane: ListPane, extra: int) -> list[TextSpan]:
        """The lists as tabs in the border of the one that is shown; the others by number only where room is short."""
        full = [f"{self.ui.lists[tab].number} {TITLES[tab]}" for tab in LISTS]
        planned = self.ui.arranging.planned.get(pane.id or "", pane.region)
        short = sum(map(len, full)) + 2 * len(full) + extra > planned.width - FRAME
        spans: list[TextSpan] = []
        for tab, text in zip(LISTS, full, strict=True):
            here = tab == pane.id
            lit = "" if self.ui.active == pane.id else "bold reverse"
            spans += [
                (f" {text} " if here else text.partition(" ")[0] if short else text, lit if here else "not bold dim"),
                (" ", ""),
            ]
        return spans[:-1]

    def count_note(self, name: str) -> str:
        """How many rows are related, shown, and there."""
        pane = self.ui.lists[name]
        first, last = self.ui.model.range(pane.pane_range)
        total, shown = last - first, pane.count
        if not total and not self.ui.model.complete:
            return ""
        narrowed = bool(self.ui.lens.seen_by(name) or self.ui.lens.filters.get(name))
        here = f"{shown:,} of {total:,}" if narrowed else f"{total:,}"
        looked_at = (
            self.ui.entered_from
            if self.ui.subject is not None and pane is self.ui.home(self.ui.subject)
            else self.ui.subject
        )
        if looked_at is None or not self.ui.model.complete:
            return here
        if not narrowed:
            return f"{self.ui.model.counts(looked_at)[list(self.ui.lists).index(name)]:,} of {here} related"
        related = sum(pane.rows.position(row) >= 0 for row in self.ui.model.related_rows(looked_at, first, last))
        return f"{related:,} related · {here} shown" if related != shown else f"{here} shown"

    def bars(self) -> None:
        """The top line, the breadcrumb, the tabs and the keys."""
        self.ui.top_bar.repaint()
        self.ui.crumb.show(self.crumb_spans())
        self.ui.tab_bar.active = self.ui.active
        self.ui.tab_bar.tabs = [
            (number, TITLES[name], self.notes.get(name, "").partition(" ")[0], name)
            for number, name in enumerate(PANES, 1)
        ]
        self.ui.tab_bar.repaint()
        self.ui.key_bar.refused = frozenset(c.id for c in COMMANDS if c.shown and refusal(self.ui, c.id))
        following = self.ui.active in ("profile", "evidence")
        pinned = self.ui.subject is not None and self.ui.model.one(self.ui.subject).id == self.ui.lens.pinned(
            self.ui.active
        )
        self.ui.key_bar.labels = {"pin": "follow"} if following else {"pin": "unpin"} if pinned else {}
        if self.ui.drawer:
            self.ui.key_bar.labels["evidence"] = "close"
        self.ui.key_bar.message = self.ui.message if self.ui.prompting else ""
        self.ui.key_bar.repaint()

    def crumb_spans(self) -> list[TextSpan]:
        """Where somebody is: the pins, then the subject with what it is part of; or the message of the last key."""
        if self.ui.message:
            return [(f" {self.ui.message}", "gap")]
        spans: list[TextSpan] = [(" ", "")]
        pins = self.ui.lens.pins
        room = self.ui.size.width // (len(pins) + 1) - 4 if pins else 0
        for at, pin in enumerate(pins):
            spans += [
                ("▶ " if not at else " › ▶ ", "key"),
                (clip(self.ui.model.label(pin.ref), max(room, 12)), "strong"),
            ]
        subject = self.ui.model.one(self.ui.subject) if self.ui.subject is not None else None
        if subject is not None and not (pins and subject.id == pins[-1].ref):
            if pins:
                spans.append(("  │  ", "muted"))
            elif subject.kind == "event":
                spans += [part for label in self.wholes(subject.row) for part in ((label, "muted"), (" › ", "muted"))]
            spans += [(GLYPHS[subject.kind] + " ", kind_style(subject.kind)), (subject.label, "strong")]
            spans.append((f"  {subject.context}", "muted"))
        used = sum(cells_of(text) for text, _ in spans)
        if pins and used + 24 < self.ui.size.width:
            spans.append((f"   {len(pins)} pinned · esc to unpin", "muted"))
        return spans

    def wholes(self, row: int) -> list[str]:
        """Labels of what an event is part of, outermost first."""
        first, _ = self.ui.model.range("events")
        labels: list[str] = []
        depth = self.ui.model.one(row).depth
        at = row
        while depth and at > first:
            at -= 1
            found = self.ui.model.one(at)
            if found.depth < depth:
                labels.insert(0, found.label)
                depth = found.depth
        return labels
