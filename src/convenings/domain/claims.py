"""What a record that ties others says, apart from how it is supported: two of one claim are one too many."""

from __future__ import annotations

from collections.abc import Callable

from convenings.domain.labels import tie_in_words
from convenings.domain.records import Participation, Record, Relation


def claim_of(record: Record, resolve: Callable[[str], str]) -> tuple[object, ...] | None:
    """What tells one participation or relation from another one; nothing for the other kinds.

    Args:
        record: The record.
        resolve: Gives the id that stands for an id after all merges.
    """
    if isinstance(record, Participation):
        if record.agent:
            return "participation", resolve(record.event), record.role, resolve(record.agent)
        organisations = tuple(sorted(map(resolve, record.on_behalf_of)))
        return "participation", resolve(record.event), record.role, record.unnamed, organisations
    if isinstance(record, Relation):
        words = tie_in_words(record) if record.type == "other" else ""
        return "relation", record.type, resolve(record.subject), resolve(record.object), words
    return None
