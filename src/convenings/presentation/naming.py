"""Which record somebody means who types an id or a name."""

from __future__ import annotations

from collections.abc import Sequence

from convenings.domain.errors import BadInput
from convenings.domain.fields import Resolve
from convenings.domain.kinds import kind_of
from convenings.domain.records import Record
from convenings.domain.text import fold
from convenings.workspace import Workspace

_MOST = 50
"""Hits among which a name is looked for."""
_OFFERED = 3
"""Records that a refusal names."""


def resolver(workspace: Workspace) -> Resolve:
    """What gives the id for an id or for a name that one record alone has."""

    def resolve(text: str, kinds: Sequence[str]) -> str:
        if (row := workspace.model.row_of(text)) is not None:
            ref = workspace.model.one(row).id
            if kind_of(ref) in kinds:
                return ref
            what = f"'{text}' is a {kind_of(ref)}"
            raise BadInput(what, hint=f"name a record of kind {' or '.join(kinds)}")
        # As words of the query language, without a key.
        wanted = fold(text)
        hits = workspace.search(wanted, _MOST, kinds) if wanted else ()
        records = workspace.model.records([hit.row for hit in hits])
        refs = [record.id for record in records]
        namesakes = [record.id for record in records if wanted in map(fold, _names(record))]
        if len(namesakes) == 1:
            return namesakes[0]
        if namesakes:
            offers = ", ".join(namesakes[:_OFFERED])
            raise BadInput(f"{len(namesakes)} records are called '{text}'", hint=f"write the id: {offers}")
        offers = " or ".join(refs[:_OFFERED])
        hint = f"perhaps {offers} is meant" if offers else f"write the id or the name of a {' or '.join(kinds)}"
        raise BadInput(f"there is no record '{text}'", hint=hint)

    return resolve


def _names(record: Record) -> list[str]:
    return [getattr(record, "label", ""), *(name.value for name in getattr(record, "names", ()))]
