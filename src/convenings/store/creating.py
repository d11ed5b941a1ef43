"""A dataset that does not exist yet: what its file holds, the id that it is known by wherever it goes, and its file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from convenings.domain.errors import BadInput, nearest
from convenings.domain.records import FORMAT
from convenings.domain.slugs import slug
from convenings.store import canonical, files, proof
from convenings.store.canonical import Info
from convenings.store.journal import Journal

_FIELDS = ("id", "description", "licence")


def new_dataset(file: str, title: str, info: Mapping[str, str]) -> bytes:
    """The canonical bytes of a dataset without records.

    Args:
        file: The file, for messages.
        title: What it is called.
        info: ``id``, ``description`` and ``licence``, as far as they are to be otherwise than usual.

    Raises:
        BadInput: One of these is no text, is empty where it may not be, or there is no such field.
    """
    for name in info:
        if name not in _FIELDS:
            near = nearest(name, _FIELDS)
            hint = f"perhaps '{near}' is meant" if near else f"use one of: {', '.join(_FIELDS)}"
            raise BadInput(f"a dataset has no field '{name}'", file=file, hint=hint)
    for name, value in {"title": title, **info}.items():
        if not isinstance(value, str) or any(char < " " or "\ud800" <= char <= "\udfff" for char in value):
            what = f"the {name} is no line of text"
            raise BadInput(what, file=file, hint="write it without line breaks, controls and halves of characters")
    if not title.strip():
        raise BadInput("the title is empty", file=file, hint="say in a few words what the dataset is about")
    # Two people may call their datasets alike, and notes follow the id.
    ref = info.get("id") or f"{slug(title)}-{os.urandom(4).hex()}"
    if not canonical.DATASET_ID.fullmatch(ref):
        hint = "write small letters and digits, with single hyphens, dots, colons or slashes between them"
        raise BadInput(f"'{ref}' is no proper id of a dataset", file=file, hint=hint)
    head = msgspec.structs.replace(Info(format=FORMAT, title=title), **{**info, "id": ref})
    return canonical.encode({"dataset": {"1": head}})


def create_file(
    path: Path, data: bytes | Iterable[bytes | bytearray | memoryview], *, is_canonical: bool = True
) -> files.Signature:
    """Make the file of a dataset, and put the journal of another one aside, which stood at the same place once; gives
    what identifies the state of the file.

    What a dataset begins with is no step: whoever wants that undone removes the file.

    Args:
        path: Where.
        data: What it is to hold.
        is_canonical: Whether that is surely canonical, which the first change then need not find out.

    Raises:
        BadInput: There is such a file already, or none can be written there.
    """
    written = files.create(path, data)
    now = proof.state(path)
    if is_canonical and now is not None and proof.signature(now) == written:
        proof.remember(path, now)
    journal = Journal(path).path
    with suppress(OSError):
        journal.replace(journal.with_name(f"{journal.name}.former"))
    return written
