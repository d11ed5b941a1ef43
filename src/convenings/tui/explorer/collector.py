"""The collector of garbage, which a start is too short for."""

from __future__ import annotations

import gc

COLLECT_EVERY = 20_000
"""Objects after which the collector looks for garbage: at Python's own 700 it would do so several times a key."""


def collect_rarely() -> None:
    """Let the collector work again, but for what is there already and will stay."""
    gc.freeze()
    gc.set_threshold(COLLECT_EVERY)
    gc.enable()
