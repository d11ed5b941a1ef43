"""What commands share: which dataset is meant, which kind, and how JSON is printed."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from convenings.cli.streams import as_utf8, harmless_json, is_terminal, log_stderr
from convenings.domain.errors import BadInput, nearest
from convenings.domain.kinds import KINDS, TABLES, kind_from_word

if TYPE_CHECKING:
    from convenings.workspace import Workspace

OK, NOTHING = 0, 1
"""Exit codes: found or done; nothing found, or a check that failed."""


def dataset_path(args: Namespace) -> Path:
    """The dataset that the arguments, or ``CONVENINGS_DATASET``, name; else the one that comes with the program.

    Raises:
        BadInput: None is named, and the bundled one is missing.
    """
    path: Path | None = getattr(args, "path", None) or args.dataset
    if path is None and (variable := os.environ.get("CONVENINGS_DATASET")):
        path = Path(variable)
    if path is None:
        from convenings.store.paths import bundled_dataset

        path = bundled_dataset()
    return path


def own_dataset_path(args: Namespace) -> Path:
    """The dataset that the arguments or the environment name, for a command that writes it.

    Raises:
        BadInput: None is named: the one that comes with the program is not to be written by accident.
    """
    if not (getattr(args, "path", None) or args.dataset or os.environ.get("CONVENINGS_DATASET")):
        hint = "name yours by --dataset, or make a copy to work in by convenings copy my-events.json"
        raise BadInput("no dataset is named, and the one that comes with the program stays as it is", hint=hint)
    return dataset_path(args)


@contextmanager
def workspace_of(args: Namespace) -> Iterator[Workspace]:
    """The workspace of the dataset that is meant; at the end what there is to say of the user's own files is logged.

    Raises:
        BadInput: The dataset cannot be read.
    """
    from convenings.index.open import open_model
    from convenings.workspace import open_workspace

    with open_workspace(open_model(dataset_path(args))) as workspace:
        try:
            yield workspace
        finally:
            log_warnings(workspace.warnings)


def log_warnings(warnings: Iterable[str]) -> None:
    """Each warning as a line on stderr."""
    for warning in warnings:
        log_stderr(warning)


def parse_kind(word: str) -> str:
    """The kind that a word names, singular or plural.

    Raises:
        BadInput: It names none.
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
    print(_dumped(json.dumps(value, ensure_ascii=False, indent=2)))


def print_array(objects: Iterable[Mapping[str, Any]]) -> int:
    """A JSON array, each object printed as soon as it is there; how many there were is returned."""
    import json

    as_utf8()
    number = 0
    for number, item in enumerate(objects, 1):
        line = _dumped(json.dumps(item, ensure_ascii=False, indent=2)).replace("\n", "\n  ")
        sys.stdout.write(f"{',' if number > 1 else '['}\n  {line}")
    sys.stdout.write("\n]\n" if number else "[]\n")
    return number


def _dumped(text: str) -> str:
    """JSON as it may be printed: on a terminal nothing in it is obeyed."""
    return harmless_json(text) if is_terminal() else text
