"""What is taken out of a dataset, put in its place whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from convenings.domain.errors import BadInput, nearest
from convenings.domain.kinds import KINDS
from convenings.interchange.registry import FORMATS, Format
from convenings.interchange.selection import Selection, selection, user_data_of, whole
from convenings.store import files

PACKAGE = "datapackage.json"
_OURS = b'"convenings"'
_HEAD = 256
"""Bytes of a package in which it says that it is ours."""


class Export(msgspec.Struct, frozen=True):
    """What was written."""

    path: str
    """The file or folder."""
    format: str
    records: dict[str, int]
    """Kind to how many records of it are in there."""
    remarks: list[str] = []
    """What the format could not hold or what was left out, a sentence each."""
    beside: str = ""
    """The file with marks and notes, where they are in one of their own."""


def writers() -> dict[str, Format]:
    """What ``--format`` of an export takes, to the format."""
    return {each.export_name or each.name: each for each in FORMATS if each.writer}


def writer_named(name: str) -> Format:
    """The format that a name means.

    Raises:
        BadInput: None that is written has it.
    """
    names = writers()
    by_any_name = {each.name: each for each in names.values()} | names
    if (format_ := by_any_name.get(name.casefold())) is not None:
        return format_
    near = nearest(name, names)
    hint = f"perhaps '{near}' is meant" if near else f"use one of: {', '.join(names)}"
    raise BadInput(f"'{name}' is no format that can be written", hint=hint)


def writer_for(path: Path) -> Format | None:
    """The format that the ending of a name means, of those that are one file; none where it means none."""
    ending = path.suffix.casefold()
    return next((each for each in FORMATS if each.writer and not each.is_folder and ending == each.endings[0]), None)


def refusal(path: Path, format_: Format, *, replaces: bool = False) -> BadInput | None:
    """Why nothing can be written in a place, as far as that shows beforehand; nothing where it can."""
    file = str(path)
    if not path.parent.is_dir():
        return BadInput("its folder does not exist, so nothing was written", file=file, hint="make the folder first")
    if not os.path.lexists(path):
        return None
    if path.is_dir() and not format_.is_folder:
        return BadInput("this is a folder, and the export is one file", file=file, hint="name a file in it")
    if path.is_dir() and not any(path.iterdir()):
        return None
    if format_.is_folder and not _is_ours(path):
        what = "this is no folder that an export wrote, so it is not replaced"
        return BadInput(what, file=file, hint="choose another name")
    if not replaces:
        what = f"there is such a {'folder' if format_.is_folder else 'file'} already"
        return BadInput(what, file=file, hint="choose another name, or --force to replace it")
    return None


def export_dataset(
    dataset: str | Path,
    path: str | Path,
    format_: str = "",
    query: str = "",
    *,
    kinds: Sequence[str] = (),
    with_notes: bool = False,
    replaces: bool = False,
) -> Export:
    """Write a dataset, or what a query selects of it, to a file or folder: for scripts.

    Args:
        dataset: The dataset file.
        path: Where to.
        format_: ``json``, ``csv``, ``xlsx`` or ``ics``; as the path ends where absent.
        query: A line of the query language; everything where absent.
        kinds: Kinds of which records are selected; every kind where absent.
        with_notes: Whether the user's marks and notes go along.
        replaces: Whether it may take the place of what is there: a file, or a folder that an earlier export wrote.

    Raises:
        BadInput: The dataset cannot be read, the query not be understood, the format is none that is written, or it
            cannot be written there; what is there is as it was.
    """
    form = writer_named(format_) if format_ else writer_for(Path(path))
    if form is None:
        raise BadInput("the name says no format", file=str(path), hint=f"use one of: {', '.join(writers())}")
    if not (query or kinds or with_notes):
        return export(whole(dataset), path, form, replaces=replaces)
    from convenings.domain.query.parser import parse
    from convenings.index.open import open_model
    from convenings.workspace import Workspace

    with Workspace(open_model(Path(dataset))) as workspace:
        user_data = user_data_of(workspace) if with_notes else None
        refs = None
        if query or kinds:
            _, rows = workspace.matching_of_kinds(parse(query), kinds or list(KINDS))
            refs = [row.id for row in workspace.model.load(rows)]
    records = whole(dataset, user_data) if refs is None else selection(dataset, refs, user_data)
    return export(records, path, form, replaces=replaces)


def export(records: Selection, path: str | Path, format_: Format, *, replaces: bool = False) -> Export:
    """Write records to a file or folder.

    Args:
        records: The records, see :func:`~convenings.interchange.selection.whole` and ``selection`` beside it.
        path: Where to.
        format_: In what form.
        replaces: Whether it may take the place of what is there: a file, or a folder that an earlier export wrote.

    Raises:
        BadInput: It cannot be written there; what is there is as it was.
    """
    path = Path(path)
    if (bad := refusal(path, format_, replaces=replaces)) is not None:
        raise bad
    beside = notes_path(path) if _has_notes_beside(records, format_) else None
    if beside is not None and (bad := refusal(beside, format_, replaces=replaces)) is not None:
        raise bad
    if records.path is not None and path.exists() and path.samefile(records.path):
        raise BadInput("this is the dataset itself", file=str(path), hint="choose another name")
    if format_.is_folder:
        remarks = _put_folder(path, lambda folder: format_.write(records, folder))
    else:
        remarks = _put_file(path, lambda file: format_.write(records, file))
        if beside is not None:
            _put_file(beside, lambda file: format_.write_notes(records, file))
    return Export(str(path), format_.name, format_.counts(records), remarks, str(beside or ""))


def content(records: Selection, format_: Format) -> tuple[bytes, list[str]]:
    """The bytes of an export that is one file, and what it could not hold.

    Raises:
        BadInput: It is a folder, or marks and notes are to go into a file beside it.
    """
    if format_.is_folder:
        raise BadInput("this format is a folder of files", hint="name it by -o FOLDER")
    if _has_notes_beside(records, format_):
        raise BadInput("marks and notes go into a file beside this format", hint="name the first one by -o FILE")
    file = BytesIO()
    remarks = format_.write(records, file)
    return file.getvalue(), remarks


def notes_path(path: Path) -> Path:
    """Where marks and notes go that a format has no place for."""
    return path.with_name(f"{path.stem}.notes.json")


def _has_notes_beside(records: Selection, format_: Format) -> bool:
    return format_.notes_beside and bool(records.user_data)


def _put_file(path: Path, write: Callable[[BinaryIO], list[str] | None]) -> list[str]:
    """Write a file, whole or not at all."""
    file = BytesIO()
    remarks = write(file)
    # A link is followed by whoever replaces, so that what it leads to stays in its place.
    files.replace(path, file.getbuffer(), backup=False)
    return remarks or []


def _put_folder(path: Path, write: Callable[[Path], list[str]]) -> list[str]:
    """Write a folder beside its place and move it there once it is whole."""
    temporary: Path | None = None
    former: Path | None = None
    try:
        temporary = Path(tempfile.mkdtemp(prefix=f".{path.name[:40]}.", dir=path.parent))
        folder = temporary / "new"
        folder.mkdir()
        remarks = write(folder)
        for each in folder.iterdir():
            _to_disk(each)
        if os.path.lexists(path):
            former = temporary / "former"
            path.rename(former)
        folder.rename(path)
    except BaseException as error:
        if former is not None and not os.path.lexists(path):
            with suppress(OSError):
                former.rename(path)
        if isinstance(error, (OSError, ValueError)):
            what = f"the folder cannot be written ({getattr(error, 'strerror', None) or error})"
            raise BadInput(what, file=str(path), hint="export to another folder") from error
        raise
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)
    return remarks


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _is_ours(folder: Path) -> bool:
    """Whether a folder is one that an export wrote, and holds nothing but that."""
    try:
        head = (folder / PACKAGE).read_bytes()
        package: dict[str, Any] = msgspec.json.decode(head)
        names = {PACKAGE, *(str(each["path"]) for each in package["resources"])}
        return _OURS in head[:_HEAD] and {each.name for each in folder.iterdir()} <= names
    except (OSError, ValueError, KeyError, TypeError):
        return False
