"""Runs in the explorer's process, main thread and listener thread.

Has the index of a large dataset built by a child process, while the interface is already on the screen.

What the child reports is described in :mod:`convenings.index.build.child`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

from convenings.index.build.child import COMPLETE, UNWRITABLE, WAIT
from convenings.index.rows import Step
from convenings.index.stamp import index_path
from convenings.store.paths import cache_dir

SMALL = 1 << 20
"""Datasets of fewer bytes are indexed at once: that takes less time than to start a process."""
_STEPS = {"rows": Step.TIMELINE, "names": Step.ROWS, "records": Step.NAMES, COMPLETE: Step.WHOLE}
"""Phase to how far the index is when it begins."""


class BuildProcess:
    """A build under way in a child process.

    Args:
        path: The dataset.
        rejected_hash: Content hash of an index that is not of this file, whatever its stamp says.
        waits: The child waits for :meth:`go_on` once it has written the rows of the timeline, so that the first screen
            is painted while nothing else is done.
    """

    def __init__(self, path: Path, rejected_hash: str = "", *, waits: bool = False) -> None:
        self.rejected_hash = rejected_hash
        self._path = path
        self.phase = "events"
        """The phase that the child is in; ``complete`` once it is done."""
        self.step: int = Step.NOTHING
        """How far the index is, a :class:`~convenings.index.rows.Step`."""
        self.error = ""
        """What is wrong with the dataset, in one sentence; empty where nothing is."""
        self.unwritable = False
        """Whether the index cannot be kept on this machine, and must be built in memory."""
        command = [
            sys.executable,
            "-m",
            "convenings.index.build.child",
            str(path),
            rejected_hash,
            *([WAIT] if waits else []),
        ]
        self._child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE if waits else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=os.environ | {"PYTHONIOENCODING": "utf-8", "CONVENINGS_CACHE_DIR": str(cache_dir())},
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

    def go_on(self) -> None:
        """Let a child that waits go on."""
        if self._child.stdin is not None:
            self._child.stdin.close()

    def stop(self) -> None:
        """End the child, and remove what it has not finished."""
        # A build that is given up is killed, not asked to end: SQLite may be in one statement for seconds.
        if self._child.poll() is None:
            self._child.kill()
            self._child.wait()
            from convenings.index.build.publish import discard

            discard(index_path(self._path), self._child.pid)
        self.go_on()
