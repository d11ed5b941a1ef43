"""Whether locators hold in the texts of their sources: what ``check`` and ``attach`` share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import get_args

from convenings.domain.errors import BadInput, nearest
from convenings.domain.records import Record, Source
from convenings.domain.references import all_evidence
from convenings.store import files
from convenings.store.dataset import BadRecord, Dataset
from convenings.store.sources import State, identify, locate, paragraphs, read_text

STATES: tuple[State, ...] = get_args(State)
"""What can have become of a passage, best first."""

Tally = Counter[str]
"""State to the number of locators in it."""


def readable_records(dataset: Dataset) -> list[Record]:
    """Every document that is a record; what the others are is for the check to say."""
    bad: list[BadRecord] = []
    return [record for _, _, _, record in dataset.scan(bad)]


def sources_of(records: Iterable[Record]) -> list[Source]:
    """The sources among some records."""
    return [record for record in records if isinstance(record, Source)]


def match_source(path: Path, sources: Sequence[Source], source_id: str = "") -> tuple[bytes, str]:
    """The bytes of a text file, and the id of the source that it is the text of.

    Args:
        path: The file.
        sources: The sources of the dataset.
        source_id: Which of them is meant; the one with the hash of the file where empty.

    Raises:
        BadInput: The file cannot be read or is not UTF-8, or there is no such source.
    """
    data, _ = files.read(path)
    read_text(data, str(path))
    ids = [source.id for source in sources]
    if source_id and source_id not in ids:
        near = nearest(source_id, ids)
        hint = f"perhaps '{near}' is meant" if near else f"it has: {', '.join(ids) or 'none'}"
        raise BadInput(f"the dataset has no source '{source_id}'", hint=hint)
    if match := source_id or identify(data, sources):
        return data, match
    what = "this is the text of no source of the dataset, byte for byte"
    raise BadInput(what, file=str(path), hint="say which one with attach --source ID")


def tally_by_source(records: Iterable[Record], dataset: Dataset, texts: Mapping[str, str]) -> dict[str, Tally]:
    """Source to the number of locators in each state, for the sources whose texts are there."""
    text_paragraphs = {source_id: paragraphs(text) for source_id, text in texts.items()}
    tallies = {source_id: Tally() for source_id in texts}
    for record in records:
        for evidence in all_evidence(record):
            source_id = dataset.resolve(evidence.source)
            if source_id in text_paragraphs:
                tallies[source_id][locate(evidence, text_paragraphs[source_id]).state] += 1
    return tallies


def tally_in_words(tally: Tally) -> str:
    """A tally for people: all exact, or how many of all are in each state."""
    total = tally.total()
    if tally["exact"] == total:
        return f"{quantity(total, 'locator')} exact"
    return f"of {quantity(total, 'locator')} " + ", ".join(f"{tally[s]} {s}" for s in STATES if tally[s])


def tally_object(source_id: str, path: Path, tally: Tally) -> dict[str, object]:
    """A tally as the object that ``--json`` prints."""
    return {"source": source_id, "file": str(path), **{state: tally[state] for state in STATES}}


def quantity(number: int, word: str) -> str:
    """A number of things, in the singular where it is one."""
    return f"{number} {word}{'' if number == 1 else 's'}"
