"""``convenings check`` and ``convenings attach``: whether a dataset holds, also against the texts of its sources."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import get_args

from convenings.cli.common import FOUND, NOTHING, dataset_path, print_array, print_json
from convenings.cli.streams import log_stderr
from convenings.domain.errors import BadInput, nearest
from convenings.domain.records import Record, Source
from convenings.domain.references import all_evidence
from convenings.store import files
from convenings.store.check import check
from convenings.store.dataset import BadRecord, Dataset
from convenings.store.sources import State, identify, locate, paragraphs, read_text, text_hash
from convenings.store.user_data import UserData

STATES: tuple[State, ...] = get_args(State)
"""What can have become of a passage, best first."""

Tally = Counter[str]
"""State to the number of locators in it."""


def check_(given: Namespace) -> int:
    """Print every fault of a dataset, and how many locators hold in the texts at hand."""
    dataset = Dataset.open(dataset_path(given))
    records = _readable(dataset)
    sources = [record for record in records if isinstance(record, Source)]
    user_data = UserData.open()
    texts = {source.id: text for source in sources if (text := user_data.attached_text(source.id)) is not None}
    for path in given.source:
        data, source = _match(path, sources, "")
        texts[source] = read_text(data, str(path))
    _log_all(user_data.warnings)
    faults = check(dataset, texts)
    if given.json:
        # ``mend`` is what ``hint`` was called before.
        print_array(asdict(fault) | {"mend": fault.hint} for fault in faults)
    else:
        for fault in faults:
            print(fault)
    summary = f"{_counted(len(records), 'record')}, {_counted(len(faults), 'fault')}"
    if texts:
        held = sum(tally_all(records, dataset, texts).values(), Tally())
        summary += f"; {_counted(len(texts), 'source')} attached, {_said(held)}"
    log_stderr(summary, name=False)
    return NOTHING if faults else FOUND


def attach_(given: Namespace) -> int:
    """Keep texts of sources and say how many locators hold in them; or forget one."""
    user_data = UserData.open()
    if given.detach:
        if given.files or given.source:
            raise BadInput("--detach stands alone", hint="attach in a second step")
        return _detach(user_data, given.detach)
    if not given.files:
        raise BadInput("no file is named", hint="name the text of a source, or --detach the ID of one")
    if given.source and len(given.files) > 1:
        raise BadInput("--source goes with one file", hint="attach the others in a second step")
    dataset = Dataset.open(dataset_path(given))
    records = _readable(dataset)
    sources = [record for record in records if isinstance(record, Source)]
    matched = [(path, *_match(path, sources, dataset.resolve(given.source))) for path in given.files]
    texts = {source: read_text(data, str(path)) for path, data, source in matched}
    for path, data, source in matched:
        user_data.attach(source, path, text_hash(data), data)
    _log_all(user_data.warnings)
    kept = UserData.open().attached()
    if lost := [str(path) for path, _, source in matched if source not in kept]:
        raise BadInput("the text could not be kept", file=lost[0], hint="make the folder of your data writable")
    tallies = tally_all(records, dataset, texts)
    for path, _, source in matched:
        log_stderr(f"{source}: attached from {path}; {_said(tallies[source])}", name=False)
    if given.json:
        print_json([_object(source, path, tallies[source]) for path, _, source in matched])
    return FOUND if all(tally.total() == tally["exact"] for tally in tallies.values()) else NOTHING


def tally_all(records: Iterable[Record], dataset: Dataset, texts: Mapping[str, str]) -> dict[str, Tally]:
    """Source to the number of locators in each state, for the sources whose texts are given."""
    split = {source: paragraphs(text) for source, text in texts.items()}
    tallies = {source: Tally() for source in texts}
    for record in records:
        for evidence in all_evidence(record):
            source = dataset.resolve(evidence.source)
            if source in split:
                tallies[source][locate(evidence, split[source]).state] += 1
    return tallies


def _readable(dataset: Dataset) -> list[Record]:
    """Every document that is a record; what the others are is for the check to say."""
    bad: list[BadRecord] = []
    return [record for _, _, _, record in dataset.scan(bad)]


def _match(path: Path, sources: Sequence[Source], named: str) -> tuple[bytes, str]:
    """The bytes of a file, and the id of the source that it is the text of: the one named, or the one with its hash."""
    data, _ = files.read(path)
    read_text(data, str(path))
    known = [source.id for source in sources]
    if named and named not in known:
        near = nearest(named, known)
        hint = f"perhaps '{near}' is meant" if near else f"it has: {', '.join(known) or 'none'}"
        raise BadInput(f"the dataset has no source '{named}'", hint=hint)
    found = named or identify(data, sources)
    if not found:
        what = "this is the text of no source of the dataset, byte for byte"
        raise BadInput(what, file=str(path), hint="say which one with attach --source ID")
    return data, found


def _detach(user_data: UserData, source: str) -> int:
    if user_data.detach(source):
        log_stderr(f"{source}: detached", name=False)
        _log_all(user_data.warnings)
        return FOUND
    attached = ", ".join(user_data.attached())
    log_stderr(f"no text of '{source}' is attached; {f'attached are: {attached}' if attached else 'none is'}")
    return NOTHING


def _object(source: str, path: Path, tally: Tally) -> dict[str, object]:
    return {"source": source, "file": str(path), **{state: tally[state] for state in STATES}}


def _said(tally: Tally) -> str:
    """A tally in words: all exact, or how many of all are in each state."""
    total = tally.total()
    if tally["exact"] == total:
        return f"{_counted(total, 'locator')} exact"
    return f"of {_counted(total, 'locator')} " + ", ".join(f"{tally[s]} {s}" for s in STATES if tally[s])


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _log_all(warnings: Iterable[str]) -> None:
    for warning in warnings:
        log_stderr(warning)
