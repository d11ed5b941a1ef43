"""From the file of a report to its text and what the rules find in it, in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from convenings.domain.errors import BadInput
from convenings.drafting.files.report import MOST_BYTES, ReportFile
from convenings.drafting.value import Draft
from convenings.interchange.apart import BASE_SECONDS, Limits, run_apart

SECONDS_PER_MB = 20
"""Seconds of computing for each megabyte of a report: it is not only read, but drafted."""
_CHILD = "convenings.drafting.child"


class ReportJob(msgspec.Struct, frozen=True):
    """A report to be read and drafted."""

    name: str
    data: bytes
    is_file_text: bool = False
    """Whether offsets of the draft are to be in the text of the file where it is a text; else in that of
    :attr:`Drafted.report`."""


class Drafted(msgspec.Struct, frozen=True):
    """A report as it was read, and its draft."""

    report: ReportFile
    draft: Draft
    file_hash: str
    """First 16 hexadecimal digits of the SHA-256 of the file."""
    is_file_text: bool = False
    """Whether the offsets of the draft are in the text of the file."""


def read_and_draft(
    path: Path,
    *,
    is_file_text: bool = False,
    is_cancelled: Callable[[], bool] = lambda: False,
    limits: Limits | None = None,
    may_fork: bool = False,
) -> Drafted:
    """Read a report and draft it, within limits of memory and time.

    Args:
        path: The file.
        is_file_text: As :attr:`ReportJob.is_file_text` says.
        is_cancelled: Asked all the time whether to give it up.
        limits: What it may take; by the size of the file where absent.
        may_fork: Whether this process is small, so that a copy of it may draft.

    Raises:
        BadInput: The file cannot be read, is no report, or takes more than that.
        Cancelled: It was given up (:class:`~convenings.interchange.apart.Cancelled`).
    """
    from convenings.store.files import read

    data = read(path)[0]
    if len(data) > MOST_BYTES:
        what = f"the file has {len(data):,} bytes, and reports are read up to {MOST_BYTES:,}"
        raise BadInput(what, file=str(path), hint="part it into several")
    limits = limits or Limits(Limits.of(len(data)).memory, BASE_SECONDS + SECONDS_PER_MB * (len(data) >> 20))
    job = msgspec.msgpack.encode(ReportJob(str(path), data, is_file_text))
    outcome = run_apart(_CHILD, str(path), job, limits, is_cancelled=is_cancelled, answer=answer if may_fork else None)
    return msgspec.msgpack.decode(outcome, type=Drafted)


def answer(job: bytes, on_part: Callable[[bytes], None], on_progress: Callable[[float], None]) -> bytes:
    """Read a report and draft it in this process: from an encoded :class:`ReportJob` to the :class:`Drafted`.

    Raises:
        BadInput: It is no report.
    """
    return msgspec.msgpack.encode(draft_here(msgspec.msgpack.decode(job, type=ReportJob)))


def draft_here(job: ReportJob) -> Drafted:
    """Read a report and draft it in this process.

    Raises:
        BadInput: It is no report.
    """
    from convenings.drafting.drafter import draft
    from convenings.drafting.files.plain import decode
    from convenings.drafting.files.reading import read_report_file
    from convenings.store.sources import text_hash

    report = read_report_file(job.data, job.name)
    is_file_text = job.is_file_text and report.media_type in ("text/plain", "text/markdown")
    text = decode(job.data, job.name) if is_file_text else report.text
    return Drafted(report, draft(text), text_hash(job.data), is_file_text)
