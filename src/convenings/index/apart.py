"""Working something out in a copy of this process, on a processor of its own."""

from __future__ import annotations

import marshal
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

TOGETHER = 1024
"""Items that are handed over together."""


def apart(work: Callable[[], Iterable[T]], *, worth_it: bool = True) -> Callable[[], Iterable[T]]:
    """Begin some work in a copy of this process; gives what waits for it and gives the items it has made.

    Where the work is not worth a copy, where a copy is not safe (on systems other than Linux, and while this process
    has further threads) or cannot be had, it is done when its items are asked for.

    Args:
        work: Makes the items, of numbers, texts, tuples and lists; what it changes besides is lost.
        worth_it: Whether it takes longer than the few milliseconds that a copy costs.
    """
    if not worth_it or sys.platform != "linux" or threading.active_count() > 1:
        return work
    try:
        made = os.memfd_create("made apart")
    except OSError:
        return work
    try:
        copy = os.fork()
    except OSError:
        os.close(made)
        return work
    if not copy:
        _make(work, made)

    def items() -> Iterator[T]:
        _, status = os.waitpid(copy, 0)
        with os.fdopen(made, "rb") as file:
            if status:
                # What ended it, a lack of memory most likely, need not hinder this process; an error is raised here.
                yield from work()
                return
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            while file.tell() < size:
                yield from marshal.load(file)

    return items


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
