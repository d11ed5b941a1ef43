"""All commands of the explorer in the order in which they are listed, and how their keys are called.

Bindings, line of keys, palette, help, ``--keys`` and README derive from this.
"""

from __future__ import annotations

from convenings.tui.commands import change, follow, go, keep, move, narrow, program, programme, review, time_axis
from convenings.tui.commands.command import Command

BROWSING: tuple[Command, ...] = (
    follow.pin, follow.pin_subject, follow.compare, follow.evidence, follow.source_text, follow.links, follow.referrers,
    follow.palette, follow.back, follow.forward, follow.start, follow.escape,
    narrow.filter, narrow.order, narrow.unpin_all, narrow.show_marked,
    keep.mark, keep.note, keep.list_marked, keep.cite, keep.copy_id,
    change.edit, change.add, change.remove, change.merge, change.split, change.undo, change.redo, change.history,
    go.show_timeline, go.first_list, go.second_list, go.third_list, go.show_profile, go.other_list,
    go.show_speakers, go.show_organisations, go.show_questions, go.show_places, go.show_topics, go.show_initiatives,
    go.show_statements, programme.show_programme, programme.day_after, programme.day_before, review.show_review,
    go.next_pane, go.previous_pane, go.zoom,
    move.down, move.up, move.page_down, move.page_up, move.top, move.bottom, move.left, move.right,
    time_axis.closer, time_axis.wider, time_axis.all_time,
    program.help, program.messages, program.theme, program.import_files, review.draft_report, program.export,
    program.reload, program.suspend, program.quit,
)  # fmt: skip
"""What works in the four panes and in the programme."""

REVIEWING: tuple[Command, ...] = (
    *review.REVIEW_COMMANDS,
    follow.palette, follow.back, follow.forward, follow.start, follow.escape,
    narrow.filter,
    go.show_timeline, go.first_list, go.second_list, go.third_list, go.show_profile, go.show_speakers,
    go.show_organisations, go.show_questions, go.show_places, go.show_topics, go.show_initiatives, go.show_statements,
    programme.show_programme, review.show_review, review.draft_report,
    go.next_pane, go.previous_pane, go.zoom,
    move.down, move.up, move.page_down, move.page_up, move.top, move.bottom, move.left, move.right,
    program.help, program.messages, program.theme, program.import_files, program.export,
    program.reload, program.suspend, program.quit,
)  # fmt: skip
"""What works in the review: its own, and what has nothing to do with the record that the profile shows."""

COMMANDS: tuple[Command, ...] = (*BROWSING, *review.REVIEW_COMMANDS)
"""All commands, in the order in which they are listed. No key has two meanings within one of the two."""

BY_ID = {command.id: command for command in COMMANDS}

KEY_NAMES = {
    "left_square_bracket": "[", "right_square_bracket": "]", "slash": "/", "question_mark": "?", "plus": "+",
    "exclamation_mark": "!", "equals_sign": "=", "minus": "-", "greater_than_sign": ">", "less_than_sign": "<",
    "colon": ":", "comma": ",", "full_stop": ".", "escape": "esc",
    "pagedown": "pgdn", "pageup": "pgup", "down": "↓", "up": "↑", "left": "←", "right": "→",
}  # fmt: skip
"""Textual's name of a key to what stands on it."""


def key_name(key: str) -> str:
    """A key as it is shown: ``ctrl+p`` gives ``^p``."""
    for prefix, sign in (("ctrl+", "^"), ("shift+", "⇧"), ("alt+", "alt+")):
        if key.startswith(prefix):
            return sign + key_name(key[len(prefix) :])
    return KEY_NAMES.get(key, key)


def first_key(command: Command) -> str:
    """The key that is shown for a command; an empty text where it has none."""
    return key_name(command.keys.split(",")[0])
