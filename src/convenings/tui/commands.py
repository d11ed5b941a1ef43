"""Every command of the explorer, declared once: key, footer, palette row, help, ``--keys`` and README derive from it."""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """Something the explorer can do."""

    id: str
    """Name of the action, and what a keymap binds another key to."""
    keys: str
    """Keys, separated by commas, in Textual's names; the first is the one shown."""
    label: str
    """A word or two for the line of keys and the palette."""
    help: str
    """What it does, in a sentence."""
    group: str
    shown: int = 0
    """Place in the line of keys, from 1; 0 keeps it out."""
    palette: bool = True
    """Whether the palette offers it."""


COMMANDS = (
    Command("pin", "enter", "pin", "Pin the highlighted record: the other panes show what is related to it. In the profile, follow the link.", "Follow", 1),
    Command("pin_subject", "p", "pin this", "Pin the record that the profile shows, of whatever kind, or take its pin off.", "Follow"),
    Command("evidence", "e", "evidence", "Open or close the passages that support what is shown.", "Follow", 2),
    Command("referrers", "u", "used by", "List every record that refers to this one.", "Follow", 3),
    Command("palette", "ctrl+p,ctrl+k,colon", "search", "Find any command or record by name, in any order, with typos.", "Follow", 7, False),
    Command("back", "left_square_bracket,alt+left", "back", "Go back to where you were, lens and scroll included.", "Follow", 6),
    Command("forward", "right_square_bracket,alt+right", "on", "Go forward again.", "Follow"),
    Command("start", "H", "start", "Go to the start: nothing pinned, nothing filtered, first event.", "Follow"),
    Command("escape", "escape", "undo", "Undo the innermost thing: drawer, zoom, filter, then the last pin.", "Follow", 0, False),
    Command("filter", "slash", "filter", "Filter the focused pane: words, key:value, !not.", "Narrow", 4),
    Command("order", "s", "sort", "Show the focused list in its next order: natural, most connected, earliest.", "Narrow"),
    Command("unpin_all", "U", "unpin all", "Take off all pins and filters.", "Narrow"),
    Command("show_marked", "M", "marked only", "Show only marked records in the focused pane.", "Narrow"),
    Command("mark", "m", "mark", "Mark this record, or take the mark off.", "Keep"),
    Command("note", "n", "note", "Write a note of your own on this record.", "Keep"),
    Command("cite", "y", "copy citation", "Copy a citation of this record and its passage to the clipboard.", "Keep"),
    Command("copy_id", "Y", "copy id", "Copy the id of this record to the clipboard.", "Keep"),
    Command("show_timeline", "1", "timeline", "Go to the timeline.", "Panes"),
    Command("show_speakers", "2", "speakers", "Go to the speakers.", "Panes"),
    Command("show_organisations", "3", "organisations", "Go to the organisations.", "Panes"),
    Command("show_questions", "4", "questions", "Go to the questions.", "Panes"),
    Command("show_profile", "5", "profile", "Go to the profile.", "Panes"),
    Command("next_pane", "tab", "next pane", "Go to the next pane in reading order.", "Panes", 0, False),
    Command("previous_pane", "shift+tab", "previous pane", "Go to the pane before.", "Panes", 0, False),
    Command("zoom", "z", "zoom", "Give the focused pane the whole screen, or take it back.", "Panes", 5),
    Command("down", "down,j", "down", "Next row.", "Move", 0, False),
    Command("up", "up,k", "up", "Row before.", "Move", 0, False),
    Command("page_down", "pagedown,ctrl+d", "page down", "A screen down.", "Move", 0, False),
    Command("page_up", "pageup,ctrl+u", "page up", "A screen up.", "Move", 0, False),
    Command("top", "g,home", "top", "First row.", "Move", 0, False),
    Command("bottom", "G,end", "bottom", "Last row.", "Move", 0, False),
    Command("left", "left,h", "fold", "In the timeline, fold the event's parts; elsewhere, the pane before.", "Move", 0, False),
    Command("right", "right,l", "unfold", "In the timeline, unfold; elsewhere, the next pane.", "Move", 0, False),
    Command("closer", "plus,equals_sign", "closer", "Look closer at the time around the event.", "Timeline"),
    Command("wider", "minus", "wider", "Show a longer time.", "Timeline"),
    Command("all_time", "0", "all time", "Show all of the time.", "Timeline"),
    Command("help", "question_mark,f1", "keys", "Show or hide the keys that work here.", "Program", 8),
    Command("reload", "ctrl+r", "reload", "Read the dataset again.", "Program"),
    Command("quit", "q,ctrl+q", "quit", "Leave; the session comes back as it was.", "Program"),
)  # fmt: skip
"""All commands, in the order in which they are listed."""

BY_ID = {command.id: command for command in COMMANDS}

KEY_NAMES = {
    "left_square_bracket": "[", "right_square_bracket": "]", "slash": "/", "question_mark": "?", "plus": "+",
    "equals_sign": "=", "minus": "-", "colon": ":", "escape": "esc", "pagedown": "pgdn", "pageup": "pgup",
    "down": "↓", "up": "↑", "left": "←", "right": "→",
}  # fmt: skip
"""Textual's name of a key to what stands on it."""


def key_name(key: str) -> str:
    """A key as it is shown: ``ctrl+p`` gives ``^p``."""
    for prefix, sign in (("ctrl+", "^"), ("shift+", "⇧"), ("alt+", "alt+")):
        if key.startswith(prefix):
            return sign + key_name(key[len(prefix) :])
    return KEY_NAMES.get(key, key)


def key_table() -> list[tuple[str, str, str, str]]:
    """Keys as shown, id, label and help of every command."""
    return [
        (" ".join(key_name(key) for key in command.keys.split(",")), command.id, command.label, command.help)
        for command in COMMANDS
    ]
