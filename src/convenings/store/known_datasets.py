"""Which dataset the data of a user belongs to: known by its id, its path, its content, or by its title and records.

What a user adds is kept under a key: the id of a dataset that has one, else the path at which it was first seen. A row
of the table ``datasets`` says what was known of a dataset when something was kept for it last. Rows of other tables
whose key no such row has are of a program that knew paths only.
"""

from __future__ import annotations

import heapq
import os
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from convenings.store.storage import Tables

TABLE = "datasets"
OF_USER = ("marks", "notes", "views")
"""Tables of what a user has made for a dataset."""
OF_DATASETS = (*OF_USER, "sessions", "attached", "drafts", "queues")
"""Tables whose rows belong to a dataset."""
LEAST_SAMPLE = 3
"""Ids that must all be there where a file of another name is to be known by the few ids that are noted of it."""


SAMPLE = 64
"""How many of the hashes of its ids tell a dataset without an id from others."""


def sample_of(ids: Iterable[str]) -> list[int]:
    """The least hashes of some ids, ascending: of two datasets these are as alike as all their ids are."""
    return heapq.nsmallest(SAMPLE, {zlib.crc32(each.encode()) * 2654435761 % 2**32 for each in ids})


class DatasetFacts(msgspec.Struct, frozen=True):
    """What identifies a dataset."""

    path: str
    """Where it is: see :func:`path_key`."""
    id: str = ""
    """What it calls itself; empty where it does not."""
    title: str = ""
    content: str = ""
    """SHA-256 of the file in hexadecimal digits; empty where nobody has worked it out."""
    records: int = 0
    """How many it has."""
    sample: list[int] = []
    """The least hashes of the ids of its records, ascending; empty where they are not needed, or not known yet."""


class KnownDataset(DatasetFacts, frozen=True, kw_only=True):
    """What something is kept for: a row of the table ``datasets``. Its path is empty where another is now."""

    dataset: str
    """The key of what is kept for it."""


class Ownership(msgspec.Struct, frozen=True):
    """To which dataset of a user's an open one is the same."""

    key: str
    """What is kept for it is kept under this."""
    taken: tuple[KnownDataset, ...] = ()
    """Datasets whose data is to be taken along: one, or several that have equal data."""
    candidates: tuple[KnownDataset, ...] = ()
    """Several that it may be, of which the user is to choose; nothing is taken meanwhile."""


def path_key(path: Path) -> str:
    """What a dataset is named by where it is: its real path, in the form of :func:`path_text`."""
    return path_text(path.resolve())


def path_text(path: Path) -> str:
    """An absolute path as a text that JSON can hold; a name that is no Unicode as the address of the file."""
    text = str(path)
    return text if text.encode("utf-8", "replace").decode() == text else path.as_uri()


def path_of(text: str) -> Path:
    """The path of which :func:`path_text` made a text."""
    if text.startswith("file://"):
        from urllib.parse import unquote_to_bytes

        return Path(os.fsdecode(unquote_to_bytes(text.removeprefix("file://"))))
    return Path(text)


def is_there(path: str) -> bool:
    """Whether there is a file at a path that :func:`path_text` made a text of."""
    return bool(path) and path_of(path).exists()


def ownership(
    tables: Tables, facts: DatasetFacts, holds: Callable[[Collection[str]], int], begun: Collection[str] = ()
) -> Ownership:
    """Whose data an open dataset goes on with.

    Args:
        tables: All that is kept.
        facts: What identifies the open dataset.
        holds: Says how many of some ids of records it has.
        begun: Keys under which something was kept before it was known what the dataset is.
    """
    known = _known(tables)
    if facts.id:
        if facts.id in known:
            return Ownership(facts.id, _former_here(tables, known, facts))
    elif here := [each for each in known.values() if each.path == facts.path and not _is_another(each, facts, known)]:
        return Ownership(here[0].dataset)
    key = facts.id or _free_key(tables, known, facts)
    former = _former_here(tables, known, facts)
    if former and key not in begun:
        return Ownership(key, former)
    others = [each for each in known.values() if not (each.id and facts.id) and each.path != facts.path]
    unseen = [KnownDataset(path=path, dataset=path) for path in _keys_of_paths(tables, known) if path != facts.path]
    matches = [each for each in others if facts.content and each.content == facts.content]
    if not matches:
        matches = [each for each in others if not is_there(each.path) and _is_alike(tables, each, facts, holds)]
        matches += [each for each in unseen if _is_unseen(tables, each, facts, holds)]
    return _one_of(tables, key, matches) if matches else Ownership(key, former)


def _one_of(tables: Tables, key: str, matches: Sequence[KnownDataset]) -> Ownership:
    """The one dataset that fits, or those of which the user is to choose."""
    with_work = [each for each in matches if any(rows_of(tables, table, each.dataset) for table in OF_USER)]
    if not with_work:
        # Where the user left off is not worth a question.
        return Ownership(key, tuple(matches[-1:]))
    different = {msgspec.json.encode(_work(tables, each.dataset)): each for each in with_work}
    if len(different) > 1:
        return Ownership(key, candidates=tuple(different.values()))
    gone = [each for each in with_work if not is_there(each.path)]
    return Ownership(key, tuple((gone or with_work)[:1]))


def take_along(tables: Tables, key: str, taken: Iterable[KnownDataset], facts: DatasetFacts) -> None:
    """Let a dataset have what is kept for others, which lose it where their files are gone: then it is the same one.

    Nothing that is kept for it already is lost.
    """
    for source in taken:
        is_moved = source.dataset != key and (source.path == facts.path or not is_there(source.path))
        for table in OF_DATASETS:
            rows = tables.get(table, {})
            for number, row in [(number, row) for number, row in rows.items() if row.get("dataset") == source.dataset]:
                _put_row(rows, row | {"dataset": key})
                if is_moved:
                    del rows[number]
        if is_moved:
            known = tables.get(TABLE, {})
            for number in [number for number, row in known.items() if row["dataset"] == source.dataset]:
                del known[number]
    note_known(tables, key, facts)


def note_known(tables: Tables, key: str, facts: DatasetFacts) -> None:
    """Keep what identifies a dataset for which something is kept."""
    rows = tables.setdefault(TABLE, {})
    row = {"dataset": key, **msgspec.to_builtins(facts)}
    for number, other in list(rows.items()):
        if other["dataset"] == key:
            if other == row:
                return
            del rows[number]
        elif other["path"] == facts.path:
            # Another dataset was here before, wherever it is now.
            rows[number] = other | {"path": ""}
    rows[next_number(rows)] = row


def is_noted(tables: Tables, key: str, facts: DatasetFacts) -> bool:
    """Whether that is kept already."""
    row = {"dataset": key, **msgspec.to_builtins(facts)}
    return any(other == row for other in tables.get(TABLE, {}).values())


def next_number(rows: Mapping[str, Any]) -> str:
    """A number that no row has."""
    return str(max(map(int, rows), default=0) + 1)


def _known(tables: Tables) -> dict[str, KnownDataset]:
    rows = msgspec.convert(list(tables.get(TABLE, {}).values()), list[KnownDataset])
    return {row.dataset: row for row in rows}


def _former_here(tables: Tables, known: Mapping[str, KnownDataset], facts: DatasetFacts) -> tuple[KnownDataset, ...]:
    """What is kept under the path itself of a dataset that is known otherwise by now."""
    here = [each for each in known.values() if each.path == facts.path and not each.id and facts.id]
    if facts.path not in known and facts.path in _keys_of_paths(tables, known) and (facts.id or not here):
        here.append(KnownDataset(path=facts.path, dataset=facts.path))
    return tuple(here)


def _keys_of_paths(tables: Tables, known: Mapping[str, KnownDataset]) -> list[str]:
    """Keys of what was kept by a program that knew paths only."""
    keys = {row.get("dataset") for table in OF_DATASETS for row in tables.get(table, {}).values()}
    return sorted(key for key in keys if key and key not in known)


def _free_key(tables: Tables, known: Mapping[str, KnownDataset], facts: DatasetFacts) -> str:
    """The path of a dataset without an id, with a number where another dataset has that for its key."""
    key, number = facts.path, 1
    while key in known:
        number += 1
        key = f"{facts.path}#{number}"
    return key


def _is_another(here: KnownDataset, facts: DatasetFacts, known: Mapping[str, KnownDataset]) -> bool:
    """Whether what is now at the path of a dataset is another one: few of its records, and another title or known."""
    if here.id or not (here.sample and facts.sample) or _share(here, facts) >= 1 / 2:
        return False
    is_known = any(each.content == facts.content for each in known.values() if each is not here)
    return is_known or here.title != facts.title


def _is_alike(
    tables: Tables, known: KnownDataset, facts: DatasetFacts, holds: Callable[[Collection[str]], int]
) -> bool:
    """Whether a dataset has the title of another, and most of its records."""
    if known.title != facts.title or not facts.content:
        return False
    if known.sample and facts.sample:
        return _share(known, facts) > 1 / 2
    refs = _ids_in(tables, known.dataset)
    return bool(refs) and holds(refs) > len(refs) / 2


def _is_unseen(
    tables: Tables, former: KnownDataset, facts: DatasetFacts, holds: Callable[[Collection[str]], int]
) -> bool:
    """Whether a dataset of which the path alone is known is this one: by its file, or by the ids that are kept."""
    refs = _ids_in(tables, former.dataset)
    if not refs or not facts.content:
        return False
    if is_there(former.path):
        return bool(facts.id) and _id_at(former.path) == facts.id
    if Path(former.path).name == Path(facts.path).name:
        return len(refs) > 1 and holds(refs) > len(refs) / 2
    return len(refs) >= LEAST_SAMPLE and holds(refs) == len(refs)


def _id_at(path: str) -> str:
    """What the dataset at a path calls itself; empty where nothing can be read there."""
    from convenings.domain.errors import BadInput
    from convenings.store.dataset import Dataset

    try:
        return Dataset.open(path).info.id
    except BadInput:
        return ""


def _share(known: KnownDataset, facts: DatasetFacts) -> float:
    """Which part of the records of one dataset another one has; of more than the samples hold, about so much."""
    if max(known.records, facts.records) <= SAMPLE:
        return len(set(known.sample) & set(facts.sample)) / len(known.sample)
    least = sorted({*known.sample, *facts.sample})[: min(len(known.sample), len(facts.sample))]
    both = len(set(least) & set(known.sample) & set(facts.sample)) / len(least)
    return both / (1 + both) * (known.records + facts.records) / max(known.records, 1)


def _ids_in(tables: Tables, key: str) -> set[str]:
    """Ids of the records of which something is kept."""
    refs = {str(row["id"]) for table in ("marks", "notes") for row in rows_of(tables, table, key)}
    for row in rows_of(tables, "sessions", key):
        refs.update(_ids_of_session(row["data"]))
    return refs


def _ids_of_session(value: object) -> Iterator[str]:
    """Ids in the values of a session."""
    from convenings.domain.kinds import kind_of

    if isinstance(value, str) and kind_of(value):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _ids_of_session(inner)


def rows_of(tables: Tables, table: str, key: str) -> list[dict[str, Any]]:
    """What a table has for a dataset."""
    return [row for row in tables.get(table, {}).values() if row.get("dataset") == key]


def _work(tables: Tables, key: str) -> list[list[str]]:
    """What a user has made for a dataset, to be compared."""
    return sorted(
        [table, *(str(value) for name, value in sorted(row.items()) if name != "dataset")]
        for table in OF_USER
        for row in rows_of(tables, table, key)
    )


NAMED_BY = {"marks": "id", "notes": "id", "drafts": "id", "views": "name", "attached": "source"}
"""Table to the field that tells the rows of one dataset apart; of a session, and of a queue, there is one."""


def _put_row(rows: dict[str, Any], row: dict[str, Any]) -> None:
    """Add a row unless there is one for the same thing; of two notes both texts stay."""
    name = next((name for name in NAMED_BY.values() if name in row), "dataset")
    same = next((o for o in rows.values() if o.get("dataset") == row["dataset"] and o.get(name) == row.get(name)), None)
    if same is None:
        rows[next_number(rows)] = row
    elif "text" in row and row["text"] not in same["text"]:
        same["text"] = f"{same['text']}\n\n{row['text']}"
