"""What the user keeps for the dataset of an import: files attached before and now, marks and notes."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import msgspec

from convenings.domain.record_values import Import
from convenings.domain.records import Source
from convenings.interchange.target import Target
from convenings.store.attaching import attach_file, user_data_for
from convenings.store.dataset import Dataset
from convenings.store.sources import text_hash
from convenings.store.user_data import UserData


class Attachment(msgspec.Struct, frozen=True):
    """A file to be kept for a source."""

    source: str
    path: Path
    data: bytes
    hash: str


class UserFiles:
    """What the user keeps for one dataset; opened when it is first asked for."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._attachments: list[Attachment] = []
        self._user_data: UserData | None = None

    def _opened(self) -> UserData:
        if self._user_data is None:
            dataset = self._target.new_dataset or Dataset.open(self._target.path)
            self._user_data = user_data_for(dataset, self._target.records)
        return self._user_data

    def noted(self) -> Collection[str]:
        """Ids of what has a mark or a note."""
        if self._target.is_new:
            return ()
        user_data = self._opened()
        return {*user_data.marks(user_data.dataset), *user_data.notes(user_data.dataset)}

    def former_data(self, former: Import) -> bytes | None:
        """The bytes of the file of an earlier import, where they are still attached."""
        if self._target.is_new:
            return None
        waiting = (each.data for each in reversed(self._attachments) if each.source == former.source)
        data = next(waiting, None) or self._opened().attached_data(former.source, former.hash)
        return data if data is not None and text_hash(data) == former.hash else None

    def add(self, source: str, path: Path, data: bytes, file_hash: str) -> None:
        """Have a file kept for a source, once the dataset is saved."""
        self._attachments.append(Attachment(source, path, data, file_hash))

    def attach(self) -> list[str]:
        """Keep the files; gives what there is to say of those that could not be kept."""
        self._user_data = None
        problems: list[str] = []
        for each in self._attachments:
            source = self._target.records.get(each.source)
            if isinstance(source, Source) and source.text_hash == each.hash:
                problem = attach_file(self._opened(), source, each.path, each.data)
                if problem:
                    problems.append(f"{source.id} is not attached: {problem}")
        return list(dict.fromkeys(problems))
