"""Whether locators hold in the texts of their sources: what ``check`` and ``attach`` share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, get_args

from convenings.domain.errors import BadInput, nearest
from convenings.domain.record_values import Evidence
from convenings.domain.records import Record, Source
from convenings.domain.references import all_evidence
from convenings.presentation.elements import File
from convenings.store import files
from convenings.store.attaching import attached_content, user_data_for
from convenings.store.check import attachment
from convenings.store.data_files import MOST_DATA_BYTES, DataFile, unpacked
from convenings.store.dataset import BadRecord, Dataset
from convenings.store.sources import MOST_BYTES, State, identify, read_text
from convenings.store.user_data import UserData

STATES: tuple[State, ...] = get_args(State)
"""What can have become of a passage, best first."""

Tally = Counter[str]
"""State to the number of locators in it."""


def readable_records(dataset: Dataset) -> list[Record]:
    """Every document that is a record; what the others are is for the check to say."""
    bad: list[BadRecord] = []
    return [record for _, _, _, record in dataset.scan(bad)]


def user_data_of(dataset: Dataset, records: Sequence[Record]) -> UserData:
    """What the user keeps for a dataset, of which some records are all that can be read."""
    return user_data_for(dataset, {record.id for record in records})


def attached_files(sources: Iterable[Source], user_data: UserData) -> dict[str, str | DataFile]:
    """Source to the text, or the bytes of the structured file, that is attached for it, of those that have one."""
    contents: dict[str, str | DataFile] = {}
    for source in sources:
        content = attached_content(source, user_data)
        if content is not None:
            contents[source.id] = content if isinstance(content, str) else File(content, source.media_type)
    return contents


def sources_of(records: Iterable[Record]) -> list[Source]:
    """The sources among some records."""
    return [record for record in records if isinstance(record, Source)]


def match_source(path: Path, sources: Sequence[Source], source_id: str = "") -> tuple[bytes, Source]:
    """The bytes of a file, and the source that it is the text of, or the structured file.

    Args:
        path: The file.
        sources: The sources of the dataset.
        source_id: Which of them is meant; the one with the hash of the file where empty.

    Raises:
        BadInput: The file cannot be read, is a text that is not UTF-8, is larger than such a file can be, or there is
            no such source.
    """
    by_id = {source.id: source for source in sources}
    source = by_id.get(source_id)
    may_be_data = source.type == "data" if source else any(source.type == "data" for source in sources)
    with suppress(OSError, ValueError):
        _refuse_large(path, path.stat().st_size, MOST_DATA_BYTES if may_be_data else MOST_BYTES)
    data, _ = files.read(path)
    source = source or by_id.get(identify(data, sources) or identify(unpacked(data), sources) or "")
    if source is None or source.type != "data":
        _refuse_large(path, len(data), MOST_BYTES)
        read_text(data, str(path))
    if source_id and source_id not in by_id:
        near = nearest(source_id, by_id)
        hint = f"perhaps '{near}' is meant" if near else f"it has: {', '.join(by_id) or 'none'}"
        raise BadInput(f"the dataset has no source '{source_id}'", hint=hint)
    if source is None:
        what = "this is the text of no source of the dataset, byte for byte"
        raise BadInput(what, file=str(path), hint="say which one with attach --source ID")
    return data, source


def _refuse_large(path: Path, size: int, most: int) -> None:
    if size > most:
        kind = "the text of a source" if most == MOST_BYTES else "the structured file of a source"
        what = f"the file is larger than {kind} can be, {most >> 20} MiB"
        hint = "give the text alone, without pictures" if most == MOST_BYTES else "make a dataset of each half of it"
        raise BadInput(what, file=str(path), hint=hint)


def content_of(data: bytes, source: Source, path: Path) -> str | DataFile:
    """What is looked into: the text in some bytes, or the structured file that they are."""
    return File(data, source.media_type) if source.type == "data" else read_text(data, str(path))


def tally_by_source(
    records: Iterable[Record], dataset: Dataset, contents: Mapping[str, str | DataFile]
) -> dict[str, Tally]:
    """Source to the number of locators in each state, for the sources whose texts or files are there."""
    pieces: dict[str, list[Evidence]] = {source_id: [] for source_id in contents}
    redirects = dataset.resolved_redirects()
    for record in records:
        for evidence in all_evidence(record):
            source_id = redirects.get(evidence.source, evidence.source)
            if source_id in pieces:
                pieces[source_id].append(evidence)
    return {
        source_id: Tally(location.state for location in attachment(content).locate_all(pieces[source_id]))
        for source_id, content in contents.items()
    }


def tally_in_words(tally: Tally) -> str:
    """A tally for people: all exact, or how many of all are in each state."""
    total = tally.total()
    if tally["exact"] == total:
        return f"{quantity(total, 'locator')} exact"
    numbers = (f"{tally[s]} {_IN_WORDS.get(s, s)}" for s in STATES if tally[s])
    return f"of {quantity(total, 'locator')} " + ", ".join(numbers)


_IN_WORDS = {"unsearched": "not near their places (the text is too long, and too unlike, to look everywhere)"}


def tally_object(source_id: str, path: Path, tally: Tally) -> dict[str, object]:
    """A tally as the object that ``--json`` prints."""
    return {"source": source_id, "file": str(path), **{state: tally[state] for state in STATES}}


ATTACHED_HEADINGS = ("source", "label", "file", *STATES)
"""Headings of what is attached, as CSV."""


class Attached(NamedTuple):
    """A source, and the text that is attached for it."""

    source: str
    """Its id."""
    label: str
    file: str
    """Where the user had the text when it was attached; empty where none is."""
    tally: Tally | None
    """What has become of its locators; nothing where no text is attached, or where it can no longer be read."""

    def as_object(self) -> dict[str, object]:
        """The object that ``--json`` prints: numbers are null where there is no text to count them in."""
        numbers: dict[str, int | None] = {state: None if self.tally is None else self.tally[state] for state in STATES}
        return {"source": self.source, "label": self.label, "file": self.file or None, **numbers}

    def cells(self) -> tuple[str, ...]:
        """The cells below :data:`ATTACHED_HEADINGS`."""
        numbers = ("" if self.tally is None else str(self.tally[state]) for state in STATES)
        return self.source, self.label, self.file, *numbers

    def text_in_words(self) -> str:
        """The file, or that there is none."""
        return self.file or "no text is attached"

    def tally_in_words(self) -> str:
        """What has become of its locators."""
        if self.tally is None:
            return "the text cannot be read" if self.file else ""
        return tally_in_words(self.tally)


def attached_sources(dataset: Dataset, user_data: UserData) -> list[Attached]:
    """Every source of a dataset with the text that is attached for it, in the order of the file."""
    records = readable_records(dataset)
    sources, files_of = sources_of(records), user_data.attached_paths()
    tallies = tally_by_source(records, dataset, attached_files(sources, user_data))
    return [
        Attached(source.id, source.label, str(files_of.get(source.id, "")), tallies.get(source.id))
        for source in sources
    ]


def quantity(number: int, word: str) -> str:
    """A number of things, in the singular where it is one."""
    return f"{number} {word}{'' if number == 1 else 's'}"
