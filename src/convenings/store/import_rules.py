"""The rules of the table of imports, whose documents are no records."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from convenings.domain.kinds import kind_of
from convenings.domain.record_values import Import
from convenings.store.book import Book
from convenings.store.layout import Layout

_HASH = re.compile(r"[0-9a-f]{16}")
_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_DECODER = msgspec.json.Decoder(Import)
MOST_FINDINGS = 20
"""Records of one import that are named one by one where they are not there."""


def imports(layout: Layout, book: Book) -> Iterator[tuple[str, str, str, str]]:
    """What is wrong with the imports of a dataset: document, field, what, and a hint.

    The source of each is there, and so is every record that it brought, or the one that it was merged into.
    """
    for doc_id, raw in layout.documents("imports").items():
        name = f"document {doc_id}"
        try:
            document = _DECODER.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            what = str(error).replace("`", "'").lower()
            yield name, "", what, f"its fields are: {', '.join(Import.__struct_fields__)}"
            continue
        yield from ((name, *finding) for finding in _findings(document, book))


def _findings(document: Import, book: Book) -> Iterator[tuple[str, str, str]]:
    if kind_of(book.resolve(document.source)) != "source":
        yield "source", f"'{document.source}' does not belong here", "name a record of kind source"
    elif not _is_there(document.source, book):
        yield "source", f"there is no record '{document.source}'", "add it, or take the import out"
    if not _HASH.fullmatch(document.hash):
        hint = "write the first 16 hexadecimal digits of the file's SHA-256, in small letters"
        yield "hash", f"'{document.hash}' is no hash of a file", hint
    if not _AT.fullmatch(document.at):
        yield "at", f"'{document.at}' is no time", "write it in UTC, like 2026-11-26T09:30:00Z"
    absent = [ref for ref in document.records if not _is_there(ref, book)]
    for ref in absent[:MOST_FINDINGS]:
        yield "records", f"there is no record '{ref}'", "take it out of the import, or restore the record"
    if len(absent) > MOST_FINDINGS:
        yield "records", f"{len(absent) - MOST_FINDINGS} further records are not there", "take them out of the import"
    for ref, (_, content) in document.records.items():
        if not _HASH.fullmatch(content):
            yield "records", f"'{content}' is no hash of '{ref}'", "import the file again"
            return


def _is_there(ref: str, book: Book) -> bool:
    target = book.resolve(ref)
    return target in book.records or target in book.broken
