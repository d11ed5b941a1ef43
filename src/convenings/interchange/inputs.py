"""What a user names to be imported, as files with their bytes: files, folders, standard input; unpacked and bounded."""

from __future__ import annotations

import stat
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import msgspec

from convenings.domain.errors import BadInput
from convenings.store import files

MOST = 256 << 20
"""Bytes of a file, unpacked, that are read at most: some thirty times the largest table that we have met."""
STDIN = "-"
PACKAGE = "datapackage.json"
"""A folder with this file is one thing to import, where a format takes it as such."""
_GZIP = b"\x1f\x8b"
_PIECE = 1 << 20


class Input(msgspec.Struct, frozen=True):
    """One thing to be read."""

    path: Path
    """The file; ``-`` for standard input; a folder only where it has a :data:`PACKAGE`."""

    @property
    def is_stdin(self) -> bool:
        """Whether it comes from standard input."""
        return str(self.path) == STDIN

    @property
    def name(self) -> str:
        """Its name without folders, and without the ``.gz`` of what is packed."""
        if self.is_stdin:
            return STDIN
        name = self.path.name or self.path.resolve().name
        return name[: -len(".gz")] if name.lower().endswith(".gz") and len(name) > len(".gz") else name


class Content(msgspec.Struct, frozen=True):
    """The bytes of an input."""

    data: bytes
    """Unpacked."""
    parts: dict[str, bytes] = {}
    """Of a folder that is one thing: its other files by their names."""


def inputs_of(paths: Iterable[Path]) -> Iterator[Input | BadInput]:
    """The inputs that paths name, folders as the files in them, each file once; what cannot be one as its refusal."""
    visited: set[Path] = set()
    for path in paths:
        for each in _below(path):
            if isinstance(each, Input):
                whole = each.path if each.is_stdin else each.path.resolve()
                if whole in visited:
                    continue
                visited.add(whole)
            yield each


def _below(path: Path) -> Iterator[Input | BadInput]:
    """A file itself; of a folder the files in it, by name, without those that are hidden or kept by us."""
    try:
        if str(path) == STDIN or not path.is_dir():
            yield Input(path)
            return
        if (path / PACKAGE).is_file():
            yield Input(path)
            return
        children = sorted(path.iterdir(), key=lambda child: child.name)
        wanted = [child for child in children if not child.name.startswith(".") and files.MARK + "." not in child.name]
        regular = [child for child in wanted if child.is_file()]
    except (OSError, ValueError) as error:
        hint = "allow yourself to read it, or name files"
        yield BadInput("the folder cannot be read", file=str(path), hint=hint).with_traceback(error.__traceback__)
        return
    if not regular:
        yield BadInput("there is no file in this folder", file=str(path), hint="name a folder with files to import")
    yield from map(Input, regular)


def content_of(each: Input, stdin: BinaryIO | None = None) -> Content:
    """The bytes of an input.

    Args:
        each: The input.
        stdin: Standard input, where that may be read.

    Raises:
        BadInput: It is missing, no regular file, unreadable, empty, too large, or packed and cut off.
    """
    file = str(each.path)
    if each.is_stdin:
        if stdin is None:
            raise BadInput("standard input cannot be read here", file=file, hint="name a file")
        return Content(_unpacked(_bounded(stdin.read(MOST + 1), file), file))
    if each.path.is_dir():
        children = sorted(child for child in each.path.iterdir() if child.is_file() and child.name != PACKAGE)
        if sum(child.stat().st_size for child in children) > MOST:
            raise _too_large(file)
        parts = {child.name: files.read(child)[0] for child in children}
        return Content(files.read(each.path / PACKAGE)[0], parts)
    # What is wrong with it is said by the one that reads.
    with suppress(OSError, ValueError):
        status = each.path.stat()
        if stat.S_ISREG(status.st_mode) and status.st_size > MOST:
            raise _too_large(file)
    return Content(_unpacked(_bounded(files.read(each.path)[0], file), file))


def _bounded(data: bytes, file: str) -> bytes:
    if not data:
        raise BadInput("the file is empty", file=file, hint="choose a file with something in it")
    if len(data) > MOST:
        raise _too_large(file)
    return data


def _unpacked(data: bytes, file: str) -> bytes:
    """What a ``.gz`` holds, known by its first bytes; anything else as it is."""
    if not data.startswith(_GZIP):
        return data
    out, rest = bytearray(), data
    # A packed file may be several ones that follow each other (RFC 1952).
    while rest.startswith(_GZIP):
        inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        waiting = rest
        try:
            while not inflater.eof:
                piece = inflater.decompress(waiting, _PIECE)
                out += piece
                waiting = inflater.unconsumed_tail
                if len(out) > MOST:
                    raise _too_large(file, "unpacked, ")
                if not piece and not waiting and not inflater.eof:
                    hint = "fetch the file again"
                    raise BadInput("the packed file is cut off", file=file, hint=hint)
        except zlib.error as error:
            raise BadInput("the packed file is damaged", file=file, hint="fetch the file again") from error
        rest = inflater.unused_data
    return _bounded(bytes(out), file)


def _too_large(file: str, how: str = "") -> BadInput:
    what = f"{how}it has more than {MOST >> 20} MB"
    return BadInput(what, file=file, hint="import it in parts")
