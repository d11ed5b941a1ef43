"""An import from its files to the saved dataset: everything is read and settled in memory, then written at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from convenings import __version__
from convenings.domain.errors import BadInput
from convenings.domain.kinds import kind_of
from convenings.domain.record_values import Evidence, Import
from convenings.domain.records import Record, Source
from convenings.domain.slugs import Mint
from convenings.interchange import jobs, versions
from convenings.interchange.arrivals import Arrivals, Outcome
from convenings.interchange.detection import format_by_name
from convenings.interchange.inputs import Content, Input, content_of, inputs_of
from convenings.interchange.integration import Integration
from convenings.interchange.joining import join
from convenings.interchange.leftovers import leftovers
from convenings.interchange.reading import EVERY_FIELD, ForeignFile
from convenings.interchange.reports import FileReport, ImportReport
from convenings.interchange.sifting import FirstLook, sift
from convenings.interchange.target import Target, path_beside
from convenings.interchange.user_files import UserFiles
from convenings.store.layout import collector_off
from convenings.store.sources import text_hash

WHOLE_FILE = "file"
"""Pointer of the evidence for what stands for a file."""
MAP = "map."
"""What stands before a column in the options of a reader."""
DATES = "dates"
"""The option of a reader that says how all dates of a table are read."""
_MAIN = ("event", "person", "organisation", "place")
"""The kinds of which the first that came in is shown before anything is written."""

Reader = Callable[[jobs.Job, Callable[[bytes], None]], bytes]
"""Reads a file, here or elsewhere, as :func:`~convenings.interchange.jobs.run` does."""


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
    attach: bool = True
    """Whether the files are kept, so that evidence shows its piece of them."""


def import_files(
    paths: Sequence[Path],
    into: Path | None = None,
    options: Options | None = None,
    *,
    stdin: BinaryIO | None = None,
    reader: Reader = jobs.run,
) -> ImportReport:
    """Import files into a dataset, in one save.

    Args:
        paths: Files, folders, ``-`` for standard input.
        into: The dataset; made where there is none. Absent: a new one beside the first file.
        options: What the user says.
        stdin: Standard input, where that may be read.
        reader: What reads; in this process and without limits where absent.

    Raises:
        BadInput: There is no place to write, or it cannot be written.
    """
    preparation = Preparation(paths, into, options, stdin=stdin, reader=reader)
    preparation.run()
    return preparation.save()


class Preparation:
    """An import of which nothing is written yet; the arguments are those of :func:`import_files`."""

    def __init__(
        self,
        paths: Sequence[Path],
        into: Path | None = None,
        options: Options | None = None,
        *,
        stdin: BinaryIO | None = None,
        reader: Reader = jobs.run,
    ) -> None:
        if not paths:
            raise BadInput("no file is named", hint="name a file to import")
        self._options = options or Options()
        if self._options.format:
            format_by_name(self._options.format)
        path = into or path_beside(paths[0])
        self._inputs = list(inputs_of(paths))
        self.target = Target.open(path) if path.exists() else Target(path, is_new=True)
        """The dataset, with what the import does to it."""
        if not self._options.dry_run:
            self.target.refuse_unwritable()
        self.report = ImportReport(dataset=str(path), is_new=self.target.is_new)
        self.leftovers: dict[str, bytes] = {}
        """File, as it is named, of which something was skipped, to what is left of it without all that came in."""
        self._sources: set[str] = set()
        """Ids of the sources of the files that are imported together."""
        self._stdin = stdin
        self._reader = reader
        self._user_files = UserFiles(self.target)
        self._mint = Mint(lambda ref: ref in self.target.records or ref in self.target.redirects)

    @property
    def names(self) -> list[str]:
        """The files that are to be read, as they are named."""
        return [each.file if isinstance(each, BadInput) else str(each.path) for each in self._inputs]

    def run(self, on_file: Callable[[int], object] = lambda number: None) -> None:
        """Read and settle everything.

        Args:
            on_file: Told the number of each file, from 0, before it is read.
        """
        # Records hold no circles, and tens of thousands of them are slow to walk over.
        with collector_off():
            for number, each in enumerate(self._inputs):
                on_file(number)
                self._take_in_or_refuse(each)

    def _take_in_or_refuse(self, each: Input | BadInput) -> None:
        if isinstance(each, BadInput):
            self.report.files.append(FileReport(file=each.file, error=str(each)))
            return
        file_report = FileReport(file=str(each.path))
        self.report.files.append(file_report)
        try:
            self._take_in(each, content_of(each, self._stdin), file_report)
        except BadInput as error:
            refusal = BadInput(error.what, file=file_report.file, place=error.place, hint=error.hint)
            file_report.error = str(refusal)

    def first_records(self, number: int = 3) -> list[Record]:
        """The first records that would come in, of the most telling kind; once everything is read."""
        new = list(self.target.touched)
        kind = next((kind for kind in _MAIN if any(kind_of(ref) == kind for ref in new)), "")
        return [self.target.records[ref] for ref in new if kind_of(ref) == kind][:number]

    @property
    def is_writable(self) -> bool:
        """Whether anything is to be written: something could be read, and nothing forbids it."""
        is_refused = self._options.dry_run or (self._options.strict and not self.report.is_sound)
        return self.report.is_read and not is_refused

    def save(self) -> ImportReport:
        """Write everything at once, where anything is to be written, and attach the files.

        Raises:
            BadInput: It cannot be written; everything is as it was.
        """
        if not self.is_writable:
            return self.report
        with collector_off():
            self.report.is_written = self.target.is_changed
            # Another dataset brings imports of its own with it, of files that nobody has named now.
            brought = [each.file for each in self.report.files if each.made or each.updated or each.removed]
            self.target.save(["standard input" if file == "-" else Path(file).name for file in brought])
            if self._options.attach:
                self.report.remarks += self._user_files.attach()
        return self.report

    def _take_in(self, each: Input, content: Content, report: FileReport) -> None:
        file = ForeignFile(
            name=each.name,
            data=content.data,
            parts=content.parts,
            options=self._options.settled,
            with_contacts=self._options.with_contacts,
        )
        file_hash = text_hash(file.data)
        # Files that are imported together are none a version of another one, unless they are the same bytes.
        imports = [
            one for one in self.target.imports.values() if one.source not in self._sources or one.hash == file_hash
        ]
        guess = versions.by_name(imports, file.name, file_hash)
        came = self._read(file, guess)
        report.format = came.format
        report.remarks, report.no_home, report.left_out = came.remarks, came.no_home, came.left_out
        report.mapping = came.mapping
        if format_by_name(came.format).is_ours:
            self._join(came, report)
            return
        things = versions.things_of(came.keys, came.records)
        former = guess
        if guess is None or guess.hash != file_hash:
            former = versions.by_things(imports, file.name, came.format, things, self.target.records)
        if former is not guess:
            # It was read with the ids of another file.
            came = self._read(file, former)
        report.source = came.source.id
        self._sources.add(came.source.id)
        self._settle(each, file, came, former, report)

    def _read(self, file: ForeignFile, former: Import | None) -> Outcome:
        """Read a file as a version of one that was imported before, or as a new one."""
        target = self.target
        ids = versions.ids_of_systems(target.records.values())
        ids |= versions.ids_of(former, target.imports.values())
        source = self._source(file, former)
        # Columns mean what they meant before, unless the user says otherwise now.
        meant = _mapping(former)
        if DATES in file.options and meant:
            from convenings.interchange.tables.mapping import with_dates

            meant = {column: with_dates(field, file.options[DATES]) for column, field in meant.items()}
        options = {f"{MAP}{column}": field for column, field in meant.items()} | {**file.options}
        job = jobs.Job(
            file=msgspec.structs.replace(file, options=options),
            source=source,
            format=self._options.format,
            ids=[(kind, key, ref) for (kind, key), ref in ids.items()],
            used=[*target.used(), source.id],
        )
        arrivals = Arrivals(FirstLook(source, target.redirects))
        return arrivals.outcome(self._reader(job, arrivals.take))

    def _source(self, file: ForeignFile, former: Import | None) -> Source:
        """The record that stands for a file, before its reader says more of it."""
        file_hash = text_hash(file.data)
        stem = file.name.rpartition(".")[0] or file.name
        ref = former.source if former is not None else self._mint.ref("source", stem)
        present = self.target.records.get(ref)
        is_same = isinstance(present, Source) and present.text_hash == file_hash
        whole = Evidence(
            source=ref, pointer=WHOLE_FILE, start=0, end=len(file.data), passage_hash=file_hash, fields=EVERY_FIELD
        )
        return Source(
            id=ref,
            label=file.name,
            type="data",
            text_hash=file_hash,
            retrieved=present.retrieved if is_same and isinstance(present, Source) else now()[:10],
            evidence=[whole],
        )

    def _settle(self, each: Input, file: ForeignFile, came: Outcome, former: Import | None, report: FileReport) -> None:
        target = self.target
        records: dict[str, Record] = {came.source.id: came.source, **came.records}
        sound, skipped = sift(records, target.records, target.redirects, came.first_look)
        report.skipped = [*came.skipped, *skipped]
        if came.source.id not in sound:
            raise BadInput("nothing can be kept of it", file=file.name, hint=skipped[0].reason)
        if report.skipped:
            unfit = [record for ref, record in records.items() if ref not in sound]
            self.leftovers[report.file] = leftovers(file, sound.values(), unfit, came.skipped)
        if report.skipped and len(sound) == 1:
            # Of a file that is cut or broken to its end nothing is written, and nothing has gone from it.
            first = report.skipped[0]
            raise BadInput("nothing of it could be kept", file=file.name, place=first.place, hint=first.reason)
        if not target.title:
            target.title = came.source.title or came.source.label
        file_hash = text_hash(file.data)
        reader = f"{came.format} {__version__}"

        def base() -> Outcome | None:
            if former is None:
                return None
            if former.hash == file_hash and former.reader == reader:
                return came
            if (former_data := self._user_files.former_data(former)) is None:
                return None
            return self._read(msgspec.structs.replace(file, data=former_data), former)

        integration = Integration(target, came, former, base, report)
        integration.put(sound.values())
        integration.finish(
            Import(
                source=came.source.id,
                file=file.name,
                hash=file_hash,
                at=now(),
                reader=reader,
                mapping=_mapping(former) | _mapping_of(self._options.settled, came.mapping),
            ),
            records.keys() - sound.keys(),
            versions.former_versions(came.source.id, target.imports.values()),
            prune=self._options.prune,
            noted=self._user_files.noted,
        )
        if integration.version and former is not None and (former_data := self._user_files.former_data(former)):
            self._user_files.add(integration.version, each.path, former_data, former.hash)
        self._user_files.add(came.source.id, each.path, file.data, file_hash)

    def _join(self, came: Outcome, report: FileReport) -> None:
        """Put records of ours into the dataset as they are."""
        sound, skipped = sift(came.records, {}, came.redirects)
        report.skipped = [*came.skipped, *skipped]
        self.target.info = self.target.info or came.info
        join(self.target, came, sound, report)


def _mapping(former: Import | None) -> dict[str, str]:
    return {} if former is None else former.mapping


def _mapping_of(settled: Mapping[str, str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Column to field, of what the user settled.

    Args:
        settled: Options of readers.
        mapping: Column to what it was taken for; of use for those that have dates, where one thing is said of them all.
    """
    said = {name.removeprefix(MAP): field for name, field in settled.items() if name.startswith(MAP)}
    return said | {column: words for column, words in mapping.items() if settled.get(DATES) in words.split()}


def now() -> str:
    """The time, in UTC to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
