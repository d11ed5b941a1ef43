"""What commands share: which dataset is meant, which kind, and how JSON is printed."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from convenings.cli.streams import as_utf8
from convenings.domain.errors import BadInput, nearest
from convenings.domain.kinds import KINDS, TABLES, kind_from_word

FOUND, NOTHING = 0, 1
"""Exit codes: found or done; nothing found, or a check that failed."""


def dataset_path(given: Namespace) -> Path:
    """The dataset that the arguments, or ``CONVENINGS_DATASET``, name; else the one that comes with the program.

    Raises:
        BadInput: none is named, and the bundled one is missing.
    """
    path: Path | None = getattr(given, "path", None) or given.dataset
    if path is None and (named := os.environ.get("CONVENINGS_DATASET")):
        path = Path(named)
    if path is None:
        from convenings.store.paths import bundled_dataset

        path = bundled_dataset()
    return path


def kind_named(word: str) -> str:
    """The kind that a word names, singular or plural.

    Raises:
        BadInput: it names none.
    """
    if kind := kind_from_word(word):
        return kind
    near = nearest(word, (*KINDS, *TABLES.values()))
    hint = f"perhaps '{near}' is meant" if near else f"use one of: {', '.join(KINDS)}"
    raise BadInput(f"there is no kind of record '{word}'", hint=hint)


def print_json(value: Any) -> None:
    """One JSON value in UTF-8."""
    import json

    as_utf8()
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_array(objects: Iterable[Mapping[str, Any]]) -> int:
    """A JSON array, each object printed as soon as it is there; how many there were is returned."""
    import json

    as_utf8()
    number = 0
    for number, item in enumerate(objects, 1):
        line = json.dumps(item, ensure_ascii=False, indent=2).replace("\n", "\n  ")
        sys.stdout.write(f"{',' if number > 1 else '['}\n  {line}")
    sys.stdout.write("\n]\n" if number else "[]\n")
    return number
