"""``python -m convenings.index DATASET [HASH]`` builds the index of a dataset and says how far it is.

An index of a file with this content hash is not taken for one of this file.

It says on its standard output which phase it is in, a word a line: from ``rows`` on the timeline can be shown, from
``names`` on all panes, from ``records`` on names can be searched, after ``complete`` everything is there. What is wrong
with the dataset it says on its standard error, in one sentence.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

COMPLETE = "complete"
BAD, UNWRITABLE = 2, 3
"""Exit codes: the dataset is bad; the index cannot be kept."""
SWITCH_EVERY = 0.0005
"""Seconds after which a thread lets another one have the interpreter: the one that writes wants it but to go on."""
WAIT_FOR_ANOTHER = 3600.0
"""Seconds to wait for another process that is building the same index."""


def main(argv: Sequence[str]) -> int:
    """Build the index of the dataset that is named, unless another process has done so meanwhile."""
    import gc
    from pathlib import Path

    from convenings.domain.errors import BadInput
    from convenings.index.build import build
    from convenings.index.model import ReadModel, index_path, stamp_of
    from convenings.store.dataset import Dataset
    from convenings.store.files import locked

    gc.disable()
    sys.setswitchinterval(SWITCH_EVERY)
    path, distrusted = Path(argv[0]), "".join(argv[1:2])
    target = index_path(path)
    try:
        stamp = stamp_of(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        with locked(target, WAIT_FOR_ANOTHER):
            found = ReadModel.peek(path, distrusted)
            complete = found is not None and found.complete
            if found is not None:
                found.close()
            if not complete:
                build(Dataset(path), target, stamp, lambda phase: print(phase, flush=True), early=True)
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
