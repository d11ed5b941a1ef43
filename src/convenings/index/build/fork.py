"""Working something out in a copy of this process, on a processor of its own."""

from __future__ import annotations

import marshal
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from typing import Generic, TypeVar

T = TypeVar("T")

TOGETHER = 1024
"""Items that are handed over together."""


@contextmanager
def apart(work: Callable[[], Iterable[T]], *, worth_it: bool = True) -> Iterator[Callable[[], Iterable[T]]]:
    """Begin some work in a copy of this process; gives what waits for it and gives the items it has made, once.

    Where the work is not worth a copy, where a copy is not safe (on systems other than Linux, and while this process
    has further threads) or cannot be had, it is done when its items are asked for. Where they are not asked for before
    the context is left, the copy is ended.

    Args:
        work: Makes the items, of numbers, texts, tuples and lists; what it changes besides is lost.
        worth_it: Whether it takes longer than the few milliseconds that a copy costs.
    """
    copy = _begun(work) if worth_it and sys.platform == "linux" and threading.active_count() == 1 else None
    if copy is None:
        yield work
        return
    try:
        yield copy.items
    finally:
        copy.end()


def _begun(work: Callable[[], Iterable[T]]) -> _Copy[T] | None:
    """A copy of this process that is at work; none where none can be had."""
    try:
        made = os.memfd_create("made apart")
    except OSError:
        return None
    try:
        process = os.fork()
    except OSError:
        os.close(made)
        return None
    if not process:
        _make(work, made)
    return _Copy(work, process, made)


def _make(work: Callable[[], Iterable[object]], made: int) -> None:
    """The whole life of the copy, which must not return to what this process was doing."""
    code = 1
    try:
        items = iter(work())
        with os.fdopen(made, "wb") as file:
            while some := list(islice(items, TOGETHER)):
                file.write(marshal.dumps(some))
        code = 0
    finally:
        os._exit(code)


class _Copy(Generic[T]):
    """A copy of this process, and the file in memory into which it writes what it makes."""

    def __init__(self, work: Callable[[], Iterable[T]], process: int, made: int) -> None:
        self._work = work
        self._process: int | None = process
        self._file = os.fdopen(made, "rb")

    def items(self) -> Iterator[T]:
        """Wait for the copy, and give what it has made."""
        if self._wait():
            # What ended it, a lack of memory most likely, need not hinder this process; an error is raised here.
            yield from self._work()
            return
        size = self._file.seek(0, os.SEEK_END)
        self._file.seek(0)
        while self._file.tell() < size:
            yield from marshal.load(self._file)

    def end(self) -> None:
        """End the copy if it is still at work, and let go of what it has made."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.kill(self._process, 9)
            self._wait()
        self._file.close()

    def _wait(self) -> int:
        """Wait until the copy has ended; gives how, 0 where it has made everything."""
        assert self._process is not None
        _, status = os.waitpid(self._process, 0)
        self._process = None
        return status
