"""How a row of a list is drawn."""

from __future__ import annotations

import msgspec

from convenings.index.questions import Row
from convenings.index.rows import Flag
from convenings.tui.paint.segments import cells_of, clip, clip_middle, cut

NOTE_SIGN = "✎"
"""Stands before the label of a record with a note of the user's, or behind it where it is marked or pinned, too."""


class RowState(msgspec.Struct, frozen=True, gc=False):
    """A row of the index, and all that changes how it is drawn while the list holds the same rows."""

    row: int
    reason: str
    """Why it is related to the record at the centre; empty where it is not."""
    dims_unrelated: bool
    """Whether what is not related is dimmed."""
    pinned: bool
    marked: bool
    noted: bool = False
    """Whether the user wrote a note on it."""
    folded: bool = False
    """Whether its parts are folded away."""
    repeats_day: bool = False
    """Whether it is on the day of the row drawn before it, which says so."""

    @property
    def stands_out(self) -> bool:
        """Whether it is related where others are not: bold, as not every terminal has colours to dim the others by."""
        return self.dims_unrelated and bool(self.reason)

    @property
    def dimmed(self) -> bool:
        """Whether it is drawn as one that is not related."""
        return self.dims_unrelated and not (self.pinned or self.reason)


def without_role(reason: str, role: str) -> str:
    """A reason without the role that everybody has everywhere, which is said once: ``in Opening``, or nothing."""
    if not role:
        return reason
    return "" if reason == role else reason.replace(f"{role}, ", "")


def labelled(label: str, state: RowState) -> str:
    """A label, with a sign behind it where the user wrote a note that the cell before the row does not tell of."""
    return f"{label} {NOTE_SIGN}" if state.noted and (state.pinned or state.marked) else label


def cut_label(record: Row, cells: int) -> str:
    """A label in so many cells, with its end where others begin as it does."""
    return clip_middle(record.label, cells) if record.flags & Flag.ALIKE else clip(record.label, cells)


def two_parts(text: str, cells: int) -> tuple[str, str]:
    """A text in two lines, broken at a space where there is one, after ``cells`` cells at most."""
    if cells_of(text) <= cells:
        return text, ""
    head = cut(text, cells)
    end = head.rfind(" ")
    if end <= 0:
        end = len(head.rstrip())
    return text[:end], text[end:].lstrip()
