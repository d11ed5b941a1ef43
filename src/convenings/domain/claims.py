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
        event, orgs = resolve(record.event), tuple(sorted(map(resolve, record.on_behalf_of)))
        who = (resolve(record.agent),) if record.agent else (record.unnamed, orgs)
        return "participation", event, record.role, *who
    if isinstance(record, Relation):
        words = tie_in_words(record) if record.type == "other" else ""
        return "relation", record.type, resolve(record.subject), resolve(record.object), words
    return None
