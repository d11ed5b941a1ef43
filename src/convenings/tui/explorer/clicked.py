"""What a click does that is no command: on a row, a link, a part of the breadcrumb, a number of evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from msgspec.structs import replace

from convenings.domain.state import State
from convenings.tui.commands import places, review_moves
from convenings.tui.commands.command import Result
from convenings.tui.commands.context import Context
from convenings.tui.commands.follow import evidence, pin, toggle_pin
from convenings.tui.pane_names import DRAFTS, PROGRAMME, TEXTS
from convenings.tui.panes.evidence import EvidencePane
from convenings.tui.panes.pane import Pane

PIN_BY_KEY = "Enter pins it, as does a click on pin in the line of keys"


class Host(Protocol):
    """What a click may ask of the explorer, and have it do."""

    state: State

    @property
    def context(self) -> Context:
        """What commands ask."""

    @property
    def panes(self) -> Mapping[str, Pane]:
        """Name to pane."""

    def current(self) -> State:
        """The state as it is now."""

    def show(self, state: State) -> None:
        """Show another state."""

    def say(self, sentence: str) -> None:
        """Say something in the line above the keys until the next key."""

    def run(self, command: str) -> None:
        """Run a command, or say why it can do nothing here."""

    def apply(self, result: Result) -> None:
        """Show what a command came to, or have it done."""


def row_clicked(event: Pane.Clicked, host: Host) -> None:
    """Highlight a row that was clicked; follow a link that is clicked a second time."""
    name = event.pane.id or ""
    if name == DRAFTS:
        host.show(review_moves.line_clicked(host.current(), host.context, event.pane.cursor))
        return
    host.show(places.clicked(host.current(), host.context, name))
    if not event.again:
        return
    if name not in TEXTS:
        host.say(PIN_BY_KEY)
    elif host.context.room.link(name) is not None:
        host.run(pin.id)


def target_clicked(target: str, host: Host) -> None:
    """Do what a click is for that hit one of the targets of :class:`~convenings.tui.panes.clicks.TargetClicked`."""
    verb, _, value = target.partition(":")
    if verb == "pin":
        name, _, ref = value.partition(" ")
        host.show(toggle_pin(host.current(), name, ref))
    elif verb == "select":
        host.show(review_moves.selected(host.current(), host.context, value))
    elif verb == "passage":
        if not host.state.evidence:
            host.run(evidence.id)
        drawer = host.panes["evidence"]
        if isinstance(drawer, EvidencePane):
            drawer.show(drawer.passages, int(value))
    elif verb == "session":
        host.show(replace(host.current().at(PROGRAMME, value).at("timeline", value), subject=value))
    elif verb == "go":
        host.apply(places.go_to(host.current(), host.context, value, focus=True))
