"""Which records a line of the query language selects, for whatever lists them or takes them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from convenings.domain.kinds import KINDS
from convenings.presentation.lists import advice, selected
from convenings.workspace import Workspace

if TYPE_CHECKING:
    from convenings.domain.query.tree import Query


class Matching(NamedTuple):
    """The records that a line selects."""

    rows: list[int]
    """Kind by kind, each kind in the order in which the explorer shows it."""
    total: int
    """How many records there are of the kinds that were asked."""
    left_out: list[str]
    """Kinds of which the line asks nothing."""
    reading: str
    """As what the line was read, where nothing fits it as it is."""
    advice: str
    """What to try where nothing is selected."""


def matching(workspace: Workspace, line: str, kind: str = "") -> Matching:
    """The records that a line selects, or what is nearly that where there are none.

    Args:
        workspace: What is asked.
        line: A line of the query language; an empty one selects everything.
        kind: The kind that is wanted; every kind where empty.

    Raises:
        BadInput: The line cannot be understood, a key does not take its value, or nothing here has a key of it.
    """
    from convenings.domain.query.parser import parse

    model, query = workspace.model, parse(line)
    here = [kind] if kind else [each for each in KINDS if _number(workspace, each)]
    span = model.range(kind) if kind else (0, model.total)
    kinds, rows, reading = here, list[int](), ""
    if not query:
        kinds, rows = workspace.matching_of_kinds(query, here)
    elif kind:
        rows, reading = selected(workspace, query, span, lambda each: workspace.matching(each, *span))
    else:

        def select(each: Query) -> list[int]:
            nonlocal kinds
            kinds, selection = workspace.matching_of_kinds(each, here)
            return selection

        rows, reading = selected(workspace, query, span, select)
    hint = advice(workspace, line, span) if kind and query and not rows else ""
    total = sum(_number(workspace, each) for each in kinds)
    return Matching(rows, total, [each for each in here if each not in kinds], reading, hint)


def _number(workspace: Workspace, kind: str) -> int:
    """How many records of a kind there are."""
    first, last = workspace.model.range(kind)
    return last - first
