"""Which draft records a filter shows: ``how:honorific kind:statement``, and words of their values."""

from __future__ import annotations

import shlex
from typing import get_args

from convenings.domain.errors import BadInput, nearest
from convenings.domain.text import fold
from convenings.store.draft_file import DraftKind, DraftRecord, DraftState

_KINDS = {"person": "participation", "people": "participation"}
"""Other words for a kind."""
_KEYS = ("how", "kind", "state", "source", "role")


class Filter:
    """A filter; records match that fit one value of each key, and have every word.

    Args:
        query: The line; everything matches where it is empty.

    Raises:
        BadInput: It has a key, a kind or a state that there is not.
    """

    def __init__(self, query: str) -> None:
        self._values: dict[str, set[str]] = {}
        self._words: list[str] = []
        try:
            parts = shlex.split(query)
        except ValueError:
            parts = query.split()
        for part in parts:
            key, colon, value = part.partition(":")
            if not colon:
                self._words.append(fold(part))
                continue
            if key not in _KEYS:
                near = nearest(key, _KEYS)
                hint = f"perhaps '{near}:' is meant" if near else f"use one of: {', '.join(_KEYS)}"
                raise BadInput(f"a filter has no key '{key}'", place=query, hint=hint)
            value = _KINDS.get(value, value) if key == "kind" else value
            allowed = {"kind": get_args(DraftKind), "state": get_args(DraftState)}.get(key)
            if allowed and value not in allowed:
                raise BadInput(f"there is no {key} '{value}'", place=query, hint=f"use one of: {', '.join(allowed)}")
            self._values.setdefault(key, set()).add(value)

    def matches(self, record: DraftRecord) -> bool:
        """Whether it shows a record."""
        own: dict[str, set[str]] = {
            "kind": {record.kind},
            "state": {record.state},
            "source": {record.source},
            # Of the field that the record stands on: a title by apposition makes no person by apposition.
            "how": {record.main.how},
            "role": {field.value for name, field in record.fields.items() if name.split(".")[0] == "role"},
        }
        if any(not own[key] & values for key, values in self._values.items()):
            return False
        if not self._words:
            return True
        text = fold(" ".join(field.value for field in record.fields.values()))
        return all(word in text for word in self._words)
