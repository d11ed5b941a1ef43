"""What `list` says of a kind, for tests of the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., tuple[int, str, str]]


def records_of(run: Run, kind: str, *more: str | Path) -> list[dict[str, Any]]:
    code, out, _ = run("list", kind, "--json", *more)
    records: list[dict[str, Any]] = json.loads(out)
    assert code == (0 if records else 1)
    return records
