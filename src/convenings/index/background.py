"""Builds the index of a large dataset in a process of its own, while the interface is already on the screen.

The child says on its standard output which phase it is in, a word a line: from ``rows`` on the timeline can be shown,
from ``records`` on all panes, after ``complete`` everything is there. What is wrong with the dataset it says on its
standard error, in one sentence.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Thread

from convenings.domain.errors import BadInput
from convenings.index.rows import Step

SMALL = 1 << 20
"""Datasets of fewer bytes are indexed at once: that takes less time than to start a process."""
COMPLETE = "complete"
_STEPS = {"rows": Step.TIMELINE, "records": Step.ROWS, COMPLETE: Step.WHOLE}
"""Phase to how far the index is when it begins."""
WAIT_FOR_ANOTHER = 3600.0
"""Seconds to wait for another window that is building the same index."""
BAD, UNWRITABLE = 2, 3
"""Exit codes of the child: the dataset is bad; the index cannot be kept."""


class Builder:
    """A build under way in a child process."""

    def __init__(self, path: Path) -> None:
        self.phase = "events"
        """What the child is working at; ``complete`` once it is done."""
        self.step: int = Step.NOTHING
        """How far the index is, a :class:`~convenings.index.rows.Step`."""
        self.error = ""
        """What is wrong with the dataset, in one sentence; empty where nothing is."""
        self.unwritable = False
        """Whether the index cannot be kept on this machine, and must be built in memory."""
        command = [sys.executable, "-m", "convenings.index.background", str(path)]
        self._child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        )
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self._child.stdout is not None
        assert self._child.stderr is not None
        for line in self._child.stdout:
            self.phase = line.strip()
            self.step = _STEPS.get(self.phase, self.step)
        error = self._child.stderr.read().strip().rpartition("\n")[2]
        self._child.stdout.close()
        self._child.stderr.close()
        code = self._child.wait()
        self.unwritable = code == UNWRITABLE
        if code and not self.unwritable:
            self.error = error or f"the index could not be built (exit code {code})"

    def stop(self) -> None:
        """End the child; what it has not finished is left to the next build."""
        if self._child.poll() is None:
            self._child.kill()
            self._child.wait()


def main(argv: Sequence[str]) -> int:
    """Build the index of the dataset named by the one argument, unless another process has done so meanwhile."""
    from convenings.index.build import build
    from convenings.index.model import ReadModel, index_path, stamp_of
    from convenings.store.dataset import Dataset
    from convenings.store.files import locked

    gc.disable()
    path = Path(argv[0])
    target = index_path(path)
    try:
        stamp = stamp_of(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        with locked(target, WAIT_FOR_ANOTHER):
            found = ReadModel.peek(path)
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
