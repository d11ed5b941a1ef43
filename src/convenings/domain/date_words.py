"""A date as a row says it."""

from __future__ import annotations

from functools import lru_cache

from convenings.domain.dates import human


@lru_cache(maxsize=4096)
def when(date: str | None, basis: str | None = None, *, short: bool = False) -> str:
    """An EDTF date in words, with ``(inferred)`` where that is its basis; ``undated`` where there is none."""
    return human(date, basis, short=short) if date else "undated"
