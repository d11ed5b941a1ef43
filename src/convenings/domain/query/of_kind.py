"""What a query asks of the records of one kind, where those of several kinds are wanted."""

from __future__ import annotations

from convenings.domain.query.keys import STATES, kinds_of
from convenings.domain.query.tree import All, Either, Field, Not, Query, all_of, any_of, negated


def of_kind(query: Query, kind: str) -> Query | None:
    """The query as it is asked of the records of a kind; nothing where a key that must hold has no meaning for them.

    An alternative without meaning is left out, so that the others are asked. What has no meaning for a kind has none
    negated either: no gap is listed because it moderated nothing.
    """
    match query:
        case Field(key, value):
            state = value.casefold() if key == "is" and value.casefold() in STATES else ""
            return query if kind in kinds_of(key, state) else None
        case Not(part):
            inner = of_kind(part, kind)
            return None if inner is None else negated(inner)
        case All(parts):
            meaningful = [inner for part in parts if (inner := of_kind(part, kind)) is not None]
            return None if len(meaningful) < len(parts) else all_of(meaningful) if parts else query
        case Either(parts):
            alternatives = [inner for part in parts if (inner := of_kind(part, kind)) is not None]
            return any_of(alternatives) if alternatives else None
    return query
