"""Has a file that is imported read by a process of its own, within limits of memory and time."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from convenings.interchange import child
from convenings.interchange.apart import Cancelled, Limits, run_apart
from convenings.interchange.jobs import Job

__all__ = ["Cancelled", "Limits", "read_apart"]


def read_apart(
    job: Job,
    on_part: Callable[[bytes], None],
    on_progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
    limits: Limits | None = None,
) -> bytes:
    """Read a file in a process of its own; gives what :func:`~convenings.interchange.jobs.run` gives.

    Args:
        job: The file.
        on_part: Takes parts of the outcome that are done before the end, in this thread.
        on_progress: Told now and then which share of the file has been read.
        is_cancelled: Asked all the time whether to give it up.
        limits: What it may take; by the size of the file where absent.

    Raises:
        BadInput: Nothing of the file can be read, or not within the limits.
        Cancelled: It was given up.
    """
    size = len(job.file.data) + sum(map(len, job.file.parts.values()))
    content = msgspec.msgpack.encode(job)
    limits = limits or Limits.of(size)
    return run_apart(child.__name__, job.file.name, content, limits, on_part, on_progress, is_cancelled)
