"""What gives the id for what somebody types for a record: the id itself, or a name that only one record has."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from convenings.domain.errors import BadInput
from convenings.domain.fields import Resolve


def resolver(
    label_hits: Callable[[str, Sequence[str]], Sequence[tuple[str, str]]], kind_at: Callable[[str], str]
) -> Resolve:
    """What gives the id for an id or a name that is typed.

    Args:
        label_hits: Gives ids and labels of what a name finds among some kinds.
        kind_at: Kind of the record with an id; empty where there is none.
    """

    def resolve(text: str, kinds: Sequence[str]) -> str:
        kind = kind_at(text) if "/" in text else ""
        if kind and (not kinds or kind in kinds):
            return text
        if kind:
            raise BadInput(f"'{text}' does not belong here", hint=f"name a record of kind {' or '.join(kinds)}")
        exact = [ref for ref, label in label_hits(text, kinds) if label.casefold() == text.casefold()]
        if len(exact) == 1:
            return exact[0]
        what = "several records are called so" if exact else "no record is called just so"
        raise BadInput(what, hint="choose it from the list")

    return resolve
