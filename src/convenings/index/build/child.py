"""``python -m convenings.index.build.child DATASET [HASH [wait]]``: builds an index and says how far it is.

An index of a file with this content hash is not taken for one of this file. With ``wait`` it waits, once the timeline
can be shown, until its standard input is closed.

It says on its standard output which phase it is in, a word a line: from ``rows`` on the timeline can be shown, from
``names`` on all panes, from ``records`` on names can be searched, after ``complete`` everything is there. What is wrong
with the dataset it says on its standard error, in one sentence.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

COMPLETE = "complete"
WAIT = "wait"
BAD, UNWRITABLE = 2, 3
"""Exit codes: the dataset is bad; the index cannot be kept."""
SWITCH_EVERY = 0.0005
"""Seconds after which a thread lets another one have the interpreter: the one that writes wants it but to go on."""


def main(argv: Sequence[str]) -> int:
    """Build the index of the dataset that is named, unless another process has done so meanwhile."""
    import gc
    from pathlib import Path

    from convenings.domain.errors import BadInput
    from convenings.index.build.publish import alone, build
    from convenings.index.open import peek_model
    from convenings.index.stamp import index_path, stamp_of
    from convenings.store.dataset import Dataset

    gc.disable()
    sys.setswitchinterval(SWITCH_EVERY)
    path, rejected_hash = Path(argv[0]), "".join(argv[1:2])

    def told(phase: str) -> None:
        print(phase, flush=True)
        if phase == "rows" and WAIT in argv[2:]:
            sys.stdin.read()

    target = index_path(path)
    try:
        stamp = stamp_of(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        with alone(target):
            found = peek_model(path, rejected_hash)
            complete = found is not None and found.complete
            if found is not None:
                found.close()
            if not complete:
                build(Dataset(path), target, stamp, told, early=True)
    except BadInput as error:
        print(error, file=sys.stderr)
        return UNWRITABLE if str(target) in str(error) else BAD
    except OSError as error:
        print(error, file=sys.stderr)
        return UNWRITABLE
    print(COMPLETE, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
