"""Runs in the builder, main thread: its entry where it is a process of its own.

``python -m convenings.index.build.child DATASET [HASH [wait]]`` builds an index and reports how far it is.

An index with this content hash is rejected, whatever its stamp says. With ``wait`` the child waits, once the timeline
can be shown, until its standard input is closed.

Standard output is a line for each phase as it begins: from ``rows`` on the timeline can be shown, from ``names`` on all
panes, from ``records`` on names can be searched, after ``complete`` everything is there. Standard error is one sentence
on what is wrong with the dataset.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

COMPLETE = "complete"
WAIT = "wait"
WAITING = "waiting for another program that is at it"
"""A phase, which lasts at most some seconds after the other program has done anything."""
BAD, UNWRITABLE = 2, 3
"""Exit codes: the dataset is bad; the index cannot be kept."""
SWITCH_EVERY = 0.0005
"""Seconds until a thread lets another one have the interpreter; the one that writes needs it only for a moment."""


def main(argv: Sequence[str]) -> int:
    """Build the index of a dataset, unless another process has done so meanwhile; gives the exit code."""
    import gc
    from pathlib import Path

    from convenings.domain.errors import BadInput
    from convenings.index.build.publish import build, sole_builder
    from convenings.index.sqlite.file import open_fresh
    from convenings.index.stamp import index_path, stamp_of
    from convenings.store.dataset import Dataset

    # Nothing that is decoded holds a cycle, and a million records are slow to walk over.
    gc.disable()
    sys.setswitchinterval(SWITCH_EVERY)
    path, rejected_hash = Path(argv[0]), "".join(argv[1:2])

    def report(phase: str) -> None:
        _say(phase)
        if phase == "rows" and WAIT in argv[2:]:
            sys.stdin.read()

    target = index_path(path)
    try:
        stamp = stamp_of(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        # Whoever had to wait for another builder finds its index, and has nothing left to do.
        with sole_builder(target, lambda: report(WAITING)):
            reader = open_fresh(target, stamp, rejected_hash=rejected_hash)
            if reader is not None:
                reader.close()
            else:
                build(Dataset(path), target, stamp, report, early=True)
    except BadInput as error:
        print(error, file=sys.stderr)
        return UNWRITABLE if str(target) in str(error) else BAD
    except OSError as error:
        print(error, file=sys.stderr)
        return UNWRITABLE
    _say(COMPLETE)
    return 0


def _say(phase: str) -> None:
    """Report a phase; whoever has been killed need not hear it, and the index is finished for the next one."""
    try:
        print(phase, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
