"""A file to be read, and its reading, as bytes: what a reader is handed, here or in a process of its own."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from convenings.domain.errors import BadInput
from convenings.domain.records import Record, Source
from convenings.interchange import outcome
from convenings.interchange.detection import format_of
from convenings.interchange.inputs import MOST
from convenings.interchange.reading import ForeignFile, Former, Reading

_ZIP = b"PK\x03\x04"


class Job(msgspec.Struct, kw_only=True):
    """One file to be read."""

    file: ForeignFile
    source: Source
    """The record that stands for it."""
    format: str = ""
    """Name of its format, where the user says so."""
    ids: list[tuple[str, str, str]] = []
    """Kind, key and id of things that have an id in the dataset already."""
    used: list[str] = []
    """Every id of the dataset."""


def refuse_bomb(file: ForeignFile) -> None:
    """Refuse a packed file, such as a workbook, that says itself that it holds more than can be read.

    Raises:
        BadInput: It does.
    """
    if not file.data.startswith(_ZIP):
        return
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, RuntimeError):
        # What is wrong with it is said by its reader.
        return
    if size > MOST:
        what = f"unpacked, it has {size >> 20:,} MB, and more than {MOST >> 20} MB are not read"
        raise BadInput(what, file=file.name, hint="save what matters of it as a smaller file")


def run(job: Job, on_part: Callable[[bytes], None], on_progress: Callable[[float], None] | None = None) -> bytes:
    """Read a file; gives the bytes of its outcome, without the parts that were done before the end.

    Args:
        job: The file.
        on_part: Takes the bytes of such a part, see :func:`~convenings.interchange.outcome.encode_part`.
        on_progress: Told now and then which share of the file has been read, from 0 to 1.

    Raises:
        BadInput: Nothing of it can be read, whatever the reason.
    """
    refuse_bomb(job.file)
    former = Former(ids={(kind, key): ref for kind, key, ref in job.ids}, used=frozenset(job.used))

    def on_records(records: list[Record], keys: dict[str, str]) -> None:
        on_part(outcome.encode_part(records, keys))

    reading = Reading(job.file, job.source, former, on_progress, on_records)
    try:
        format_ = format_of(job.file, job.format)
        format_.read(job.file, reading)
        return outcome.encode(reading, format_.name)
    except RecursionError as error:
        hint = "write it with fewer levels"
        raise BadInput("it is nested too deeply to be read", file=job.file.name, hint=hint) from error
    except UnicodeDecodeError as error:
        hint = "save it as UTF-8"
        raise BadInput(f"the text is not {error.encoding}", file=job.file.name, hint=hint) from error
