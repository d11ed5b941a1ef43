"""Which format a file is of: by its content, and only then by its name."""

from __future__ import annotations

from collections.abc import Sequence

from convenings.domain.errors import BadInput, nearest
from convenings.interchange.reading import ForeignFile
from convenings.interchange.registry import FORMATS, Format

HEAD = 64 << 10
"""Bytes of a file by which its format is told."""
CERTAIN = 95
"""How sure a format is that need not be compared with those that come after it."""


def readable() -> list[Format]:
    """The formats that can be read, in the order in which they are tried."""
    return [each for each in FORMATS if each.reader]


def format_of(file: ForeignFile, wanted: str = "", formats: Sequence[Format] | None = None) -> Format:
    """The format of a file.

    Args:
        file: The file.
        wanted: Name of the format, where the user says so.
        formats: Those to choose from; all that can be read where absent.

    Raises:
        BadInput: It is of none of them, or there is no such format.
    """
    every = readable() if formats is None else formats
    if wanted:
        return format_by_name(wanted, every)
    head = file.data[:HEAD]
    best, most = None, 0
    for each in every:
        if (sure := each.fits(head, file.name)) > most:
            best, most = each, sure
        # The readers of the others need not even be loaded.
        if most >= CERTAIN:
            break
    if best is None:
        names = ", ".join(each.name for each in every)
        hint = f"--format says which it is: {names or 'there is none yet'}"
        if _may_be_report(head):
            hint = f"a report is drafted instead (convenings draft); else {hint}"
        raise BadInput(_what(head), file=file.name, hint=hint)
    return best


def format_by_name(name: str, formats: Sequence[Format] | None = None) -> Format:
    """The format with a name.

    Raises:
        BadInput: There is none.
    """
    every = readable() if formats is None else formats
    # What an export calls ics is meant by that name here, too.
    for known in ("name", "export_name"):
        for each in every:
            if getattr(each, known) == name.casefold():
                return each
    names = [each.name for each in every]
    near = nearest(name, names)
    hint = f"perhaps '{near}' is meant" if near else f"use one of: {', '.join(names)}"
    raise BadInput(f"there is no format '{name}' that can be read", hint=hint)


def _may_be_report(head: bytes) -> bool:
    """Whether a file may be prose: a text, or a document of a word processor or in PDF."""
    is_document = head.startswith(b"%PDF-") or (head.startswith(b"PK") and b"word/" in head)
    return is_document or (bool(head.strip()) and b"\x00" not in head)


def _what(head: bytes) -> str:
    if not head.strip(b"\x00 \t\r\n"):
        return "there is nothing in it but blanks"
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "this is a binary file of no format that can be read"
    return "this is of no format that can be read"
