"""What the user keeps for a dataset, found by its file; and files attached for its sources without a command."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from convenings.domain.records import Source
from convenings.domain.text import plain
from convenings.store import files
from convenings.store.dataset import Dataset
from convenings.store.known_datasets import DatasetFacts, path_key, sample_of
from convenings.store.user_data import UserData


def user_data_for(dataset: Dataset, refs: Collection[str]) -> UserData:
    """What the user keeps for a dataset.

    Args:
        dataset: The dataset.
        refs: The ids of its records, of all that can be read.
    """
    info, ids = dataset.info, set(refs)
    content = files.content_hash(dataset.path)
    sample = [] if info.id else sample_of(ids)
    user_data = UserData.open()
    facts = DatasetFacts(path_key(dataset.path), info.id, plain(info.title), content, len(ids), sample)
    user_data.settle(facts, lambda others: len(ids.intersection(map(dataset.resolve, others))))
    return user_data


def attach_file(user_data: UserData, source: Source, path: Path, data: bytes) -> str:
    """Attach a structured file for the source that stands for it; why it is not kept, or an empty string.

    Args:
        user_data: What the user keeps for the dataset, as :func:`user_data_for` gives it.
        source: The source.
        path: Where the user has the file.
        data: Its bytes, packed or not.
    """
    user_data.attach_data(source.id, path, source.text_hash, data)
    return user_data.problem


def attached_content(source: Source, user_data: UserData) -> str | bytes | None:
    """The text that is attached for a source, or the bytes of the structured file that it is; nothing where there is
    none."""
    if source.type == "data":
        return user_data.attached_data(source.id, source.text_hash)
    return user_data.attached_text(source.id, source.text_hash)
