"""Why a command can do nothing here: a key that cannot act says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convenings.tui.paint.layout import arrangement

if TYPE_CHECKING:
    from convenings.tui.explorer.screen import Explorer


def refusal(ui: Explorer, command: str) -> str:
    """Why a command can do nothing here; an empty string where it can."""
    match command:
        case "back" if not ui.history.before:
            return "This is where you started: there is nothing to go back to"
        case "forward" if not ui.history.after:
            return "Nothing lies ahead: you have not gone back"
        case "pin" if ui.active in ui.lists and not ui.lists[ui.active].count:
            return "Nothing here to pin"
        case "pin" if ui.active not in ui.lists and (item := ui.text_pane().item) is not None and not item.ref:
            return "This line leads nowhere; e opens its evidence"
        case "evidence" if not ui.drawer and not (ui.profile_pane.profile and ui.profile_pane.profile.cited):
            return "No evidence is recorded for this"
        case "referrers" if ui.subject is None or not ui.model.referrer_count(ui.subject):
            return "Nothing refers to this record"
        case "filter" | "order" | "show_marked" if ui.active not in ui.lists:
            return "Only a list can do that: go to one with 1, 2, 3 or 4"
        case "order" if ui.active == "timeline":
            return "The timeline has one order, that of time; 2, 3 and 4 can be sorted"
        case "pin_subject" | "mark" | "note" | "cite" | "copy_id" if ui.subject is None:
            return "No record is highlighted"
        case "show_marked" if not ui.marked:
            return "Nothing is marked yet: m marks a record"
        case "unpin_all" if not ui.lens.pins and not ui.lens.filters:
            return "Nothing is pinned or filtered"
        case "closer" | "wider" | "all_time" if not ui.timeline.size.height:
            return "The timeline is not on the screen: 1 shows it"
        case "wider" | "all_time" if ui.timeline.zoom is None:
            return "All of the time is shown already"
        case "zoom" if not ui.zoomed and arrangement(ui.size) == "narrow":
            return "Each pane has the whole screen already"
        case "escape" if not undoable(ui):
            return "Nothing to undo; q quits"
    return ""


def undoable(ui: Explorer) -> bool:
    """Whether there is something for escape to undo."""
    filtered = bool(ui.lens.filters.get(ui.active))
    open_ = ui.drawer or ui.zoomed or bool(ui.query("HelpPanel"))
    return open_ or filtered or ui.entered_from is not None or bool(ui.lens.pins)
