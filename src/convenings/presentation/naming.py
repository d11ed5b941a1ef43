"""Which record somebody means who types an id or a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from convenings.domain.errors import BadInput
from convenings.domain.fields import Resolve
from convenings.domain.kinds import a_kind, kind_of
from convenings.domain.records import Record
from convenings.domain.text import fold
from convenings.workspace import Workspace

_MOST = 50
"""Hits among which a name is looked for."""
MOST_KINDS = 3
"""Kinds that are named one by one."""
_OFFERED = 3
"""Records that a refusal names."""


def named_rows(workspace: Workspace, name: str, kinds: Sequence[str]) -> list[int]:
    """Rows of the records of some kinds that a name finds, best first."""
    # As words of the query language, without a key.
    line = fold(name)
    return [hit.row for hit in workspace.search(line, _MOST, kinds)] if line else []


def resolver(
    workspace: Callable[[], Workspace],
    search: Callable[[str, Sequence[str]], Sequence[int]] | None = None,
) -> Resolve:
    """What gives the id for an id or for a name that one record alone has.

    Args:
        workspace: Gives what is asked now.
        search: Gives the rows that a name finds among some kinds, best first, where somebody keeps them.
    """

    def resolve(text: str, kinds: Sequence[str]) -> str:
        model = workspace().model
        if (row := model.row_of(text)) is not None:
            ref = model.one(row).id
            if kind_of(ref) in kinds:
                return ref
            what = f"'{text}' is {a_kind(kind_of(ref))}"
            raise BadInput(what, hint=f"name a record of kind {' or '.join(kinds)}")
        wanted = fold(text)
        records = model.records(search(text, kinds) if search else named_rows(workspace(), text, kinds))
        refs = [record.id for record in records]
        namesakes = [record.id for record in records if wanted in map(fold, _names(record))]
        if len(namesakes) == 1:
            return namesakes[0]
        if namesakes:
            offers = ", ".join(namesakes[:_OFFERED])
            raise BadInput(f"{len(namesakes)} records are called '{text}'", hint=f"write the id: {offers}")
        offers = " or ".join(refs[:_OFFERED])
        hint = f"perhaps {offers} is meant" if offers else f"write the id or the name of {_one_of(kinds)}"
        raise BadInput(f"there is no record '{text}'", hint=hint)

    return resolve


def _names(record: Record) -> list[str]:
    return [getattr(record, "label", ""), *(name.value for name in getattr(record, "names", ()))]


def _one_of(kinds: Sequence[str]) -> str:
    """What may be named, in words; where that is nearly anything, only that it is a record."""
    if len(kinds) > MOST_KINDS:
        return "a record"
    return " or ".join(map(a_kind, kinds))
