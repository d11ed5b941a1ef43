"""What commands of the review want done beyond the screen: decisions, and what is asked before one."""

from __future__ import annotations

from typing import Literal

import msgspec

from convenings.domain.state import Selection


class Decide(msgspec.Struct, frozen=True):
    """Decide on draft records, and go on to the next open one."""

    what: Literal["accept", "reject", "later", "accept_all"]
    refs: tuple[str, ...] = ()
    """Ids; for ``accept_all`` the filter says which."""


class RejectField(msgspec.Struct, frozen=True):
    """Take one field out of a draft record."""

    ref: str
    field: str


class MoveSpan(msgspec.Struct, frozen=True):
    """Let a field rest on other words of its paragraph."""

    ref: str
    field: str
    start: int
    end: int


class StepBack(msgspec.Struct, frozen=True):
    """Undo the last decision, or make the one again that was undone last."""

    again: bool = False


class AskWords(msgspec.Struct, frozen=True):
    """Have a field typed in place."""

    ref: str
    field: str


class AskRole(msgspec.Struct, frozen=True):
    """Choose a role."""

    ref: str
    field: str


class AskBody(msgspec.Struct, frozen=True):
    """Choose an organisation."""

    ref: str
    field: str


class AskSame(msgspec.Struct, frozen=True):
    """Choose which record of the dataset a name is of, or that it is of none."""

    ref: str
    field: str


class AskKind(msgspec.Struct, frozen=True):
    """Choose what is made of words of the text."""

    selection: Selection


class AskReport(msgspec.Struct, frozen=True):
    """Ask for a report to be drafted."""


ReviewEffect = Decide | RejectField | MoveSpan | StepBack | AskWords | AskRole | AskBody | AskSame | AskKind | AskReport
