"""What ``undo`` and ``redo`` say."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from convenings.cli.common import print_json
from convenings.cli.streams import log_stderr

if TYPE_CHECKING:
    from convenings.store.dataset import Dataset
    from convenings.store.undoing import Undone


def print_undone(args: Namespace, dataset: Dataset, verb: str, step: Callable[[Dataset], Undone]) -> None:
    """Take a step back, or do it again, and print the ids of the records that are otherwise since.

    Raises:
        BadInput: There is nothing to do, or somebody else has changed the same fields.
    """
    from convenings.store.conflicts import Conflicts
    from convenings.store.past import remark

    if sentence := remark(dataset):
        log_stderr(sentence)
    try:
        result = step(dataset)
    except Conflicts as error:
        for each in error.conflicts[:20]:
            values = (_shown(value) for value in (each.before, each.theirs, each.ours))
            log_stderr("{}: it was {}, is {} now, and was to be {}".format(f"{each.id} {each.field}".strip(), *values))
        raise
    if args.json:
        print_json({"file": str(dataset.path)} | msgspec.to_builtins(result))
    else:
        for ref in result.ids:
            print(ref)
    who = f" by {result.who}" if result.who else ""
    number = f"{len(result.ids):,} record{'s' * (len(result.ids) != 1)}" if result.ids else "nothing of it was left"
    log_stderr(f"{dataset.path}: {verb} step {result.of}, {result.title} ({result.at}{who}): {number}", name=False)


def _shown(value: object) -> str:
    return "nothing" if value is None else msgspec.json.encode(value).decode()
