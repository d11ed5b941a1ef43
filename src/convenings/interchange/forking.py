"""Has a job done by a copy of this process, for a program of one thread that is small: no second one has to start."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import suppress
from typing import BinaryIO

from convenings.interchange import serving


class Fork:
    """A copy of this process that does a job, as far as is asked of a :class:`subprocess.Popen`."""

    stdin: BinaryIO | None = None

    def __init__(self, job: bytes, answer: serving.Answer, memory: int, seconds: int) -> None:
        """Start it.

        Args:
            job: What it is to do.
            answer: Does it.
            memory: Bytes it may take.
            seconds: Of computing.
        """
        reading, writing = os.pipe()
        self._pid = os.fork()
        if not self._pid:
            try:
                _silence()
                serving.do_job(lambda: job, answer, writing, memory, seconds)
            finally:
                # Nothing of what this process was about is to be done twice.
                os._exit(1)
        os.close(writing)
        self.stdout: BinaryIO | None = os.fdopen(reading, "rb")
        self._code: int | None = None
        self._lock = threading.Lock()

    def kill(self) -> None:
        """End it at once, if it has not ended."""
        with self._lock:
            if self._code is None:
                with suppress(OSError):
                    os.kill(self._pid, signal.SIGKILL)

    def wait(self) -> int:
        """Its exit code once it has ended, negative where a signal ended it."""
        with self._lock:
            if self._code is None:
                self._code = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
            return self._code


def _silence() -> None:
    """Give a copy nothing to read and nowhere to print."""
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
