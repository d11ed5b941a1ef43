"""An import from its files to the saved dataset: everything is read and settled in memory, then written at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import msgspec

from convenings import __version__
from convenings.domain.errors import BadInput
from convenings.domain.kinds import KIND_OF_STRUCT
from convenings.domain.record_values import Evidence, Import
from convenings.domain.records import Record, Source
from convenings.domain.slugs import slug
from convenings.interchange import outcome as wire
from convenings.interchange.detection import format_of
from convenings.interchange.inputs import Content, Input, content_of, inputs_of
from convenings.interchange.outcome import Outcome
from convenings.interchange.reading import EVERY_FIELD, ForeignFile, Former, Reading
from convenings.interchange.registry import Format
from convenings.interchange.reports import FileReport, ImportReport
from convenings.interchange.sifting import sift
from convenings.interchange.target import Target, path_beside

WHOLE_FILE = "file"
"""Pointer of the evidence for what stands for a file."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the user says of an import."""

    format: str = ""
    """Name of the format of all files; empty where it is told by their content."""
    settled: Mapping[str, str] = {}
    """Options of the readers, see :class:`~convenings.interchange.reading.ForeignFile`."""
    with_contacts: bool = False
    strict: bool = False
    """Nothing is written where anything is bad or skipped."""
    prune: bool = False
    """What the newer version of a file has no longer goes."""
    dry_run: bool = False
    """Nothing is written."""


Reader = Callable[[Format, ForeignFile, Source, Former], Outcome]
"""Reads a file, here or elsewhere."""


def import_files(
    paths: Sequence[Path],
    into: Path | None = None,
    options: Options | None = None,
    *,
    stdin: BinaryIO | None = None,
    reader: Reader | None = None,
) -> ImportReport:
    """Import files into a dataset, in one save.

    Args:
        paths: Files, folders, ``-`` for standard input.
        into: The dataset; made where there is none. Absent: a new one beside the first file.
        options: What the user says.
        stdin: Standard input, where that may be read.
        reader: What runs readers; in this process where absent.

    Raises:
        BadInput: There is no place to write, or it cannot be written.
    """
    options = options or Options()
    every = list(inputs_of(paths))
    path = into or path_beside(paths[0])
    target = Target.open(path) if path.exists() else Target(path, is_new=True)
    report = ImportReport(dataset=str(path), is_new=target.is_new)
    for each in every:
        if isinstance(each, BadInput):
            report.files.append(FileReport(file=each.file, error=str(each)))
            continue
        file_report = FileReport(file=str(each.path))
        report.files.append(file_report)
        try:
            content = content_of(each, stdin)
            _take_in(each, content, target, options, file_report, reader or read_here)
        except BadInput as error:
            file_report.error = str(_at(error, file_report.file))
    if not report.is_read or options.dry_run or (options.strict and not report.is_sound):
        return report
    report.is_written = target.is_changed
    target.save()
    return report


def _at(error: BadInput, file: str) -> BadInput:
    return BadInput(error.what, file=file, place=error.place, hint=error.hint)


def read_here(format_: Format, file: ForeignFile, source: Source, former: Former) -> Outcome:
    """Read a file in this process, without limits."""
    reading = Reading(file, source, former)
    format_.read(file, reading)
    return wire.decode(wire.encode(reading))


def _take_in(
    each: Input, content: Content, target: Target, options: Options, report: FileReport, reader: Reader
) -> None:
    file = ForeignFile(
        name=each.name,
        data=content.data,
        parts=content.parts,
        options=options.settled,
        with_contacts=options.with_contacts,
    )
    format_ = format_of(file, options.format)
    report.format = format_.name
    used = target.used()
    source = new_source(file, used)
    report.source = source.id
    outcome = reader(format_, file, source, Former(used=used))
    report.remarks, report.no_home, report.left_out = outcome.remarks, outcome.no_home, outcome.left_out
    records = outcome.records if format_.is_ours else outcome.records | {outcome.source.id: outcome.source}
    sound, skipped = sift(records, target.records, target.redirects)
    report.skipped = [*outcome.skipped, *skipped]
    report.made = Counter(KIND_OF_STRUCT[type(record)] for record in sound.values() if record.id != source.id)
    for record in sound.values():
        target.put(record)
    if not target.title:
        target.title = outcome.source.title or outcome.source.label
    if format_.is_ours:
        target.imports |= {one.source: one for one in outcome.imports}
        return
    target.imports[source.id] = Import(
        source=source.id,
        file=file.name,
        hash=source.text_hash,
        at=now(),
        reader=f"{format_.name} {__version__}",
        records={ref: (outcome.keys.get(ref, ""), record_hash(record)) for ref, record in sound.items()},
    )


def new_source(file: ForeignFile, used: frozenset[str]) -> Source:
    """The record that stands for a file, before its reader says more of it."""
    wanted = f"source/{slug(file.name.rpartition('.')[0] or file.name)}"
    ref, number = wanted, 1
    while ref in used:
        number += 1
        ref = f"{wanted}-{number}"
    file_hash = short_hash(file.data)
    whole = Evidence(
        source=ref, pointer=WHOLE_FILE, start=0, end=len(file.data), passage_hash=file_hash, fields=EVERY_FIELD
    )
    return Source(
        id=ref,
        label=file.name,
        type="data",
        text_hash=file_hash,
        retrieved=today(),
        evidence=[whole],
    )


def now() -> str:
    """The time, in UTC to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> str:
    """The day, in UTC."""
    return now()[: len("2026-01-31")]


def short_hash(data: bytes) -> str:
    """First 16 hexadecimal digits of the SHA-256 of some bytes."""
    return sha256(data).hexdigest()[:16]


def record_hash(record: Record) -> str:
    """What tells whether a record is still as it was imported."""
    return short_hash(msgspec.json.encode(record))
