"""A dataset of ours, as a file to import: its records come in with their ids, evidence and sources."""

from __future__ import annotations

import re

from convenings.interchange.reading import ForeignFile, Reading

_START = re.compile(rb'\s*\{\s*"dataset"\s*:\s*\{\s*"1"\s*:\s*\{')
_CERTAIN, _LIKELY = 100, 60


def fits(head: bytes, name: str) -> int:
    """Whether a file begins as a dataset does, with the table that says what it is."""
    if _START.match(head):
        return _CERTAIN
    tables = (b'"dataset"', b'"format"', b'"events"', b'"sources"')
    return _LIKELY if head.lstrip().startswith(b"{") and all(table in head for table in tables[:2]) else 0


def read(file: ForeignFile, reading: Reading) -> None:
    """Every record of the dataset; one that does not fit the data model is skipped.

    Raises:
        BadInput: It is no dataset, or of a newer format.
    """
    import msgspec

    from convenings.domain.record_values import Import
    from convenings.store import decoding
    from convenings.store.changes import KIND_OF_TABLE
    from convenings.store.head import read_head
    from convenings.store.layout import Layout

    layout = Layout(file.data, file.name)
    info, reading.redirects = read_head(layout)
    reading.info = info
    for table in layout.tables:
        kind = KIND_OF_TABLE.get(table)
        for number, document in layout.documents(table).items():
            try:
                if kind is not None:
                    record = decoding.decode(kind, document, number=info.format, file=file.name, doc_id=str(number))
                    reading.add(record)
                elif table == "imports":
                    reading.imports.append(msgspec.json.decode(document, type=Import))
            except decoding.BadRecord as error:
                reading.skip(error.place, error.what, bytes(document).decode("utf-8", "replace"))
            except msgspec.DecodeError as error:
                reading.skip(f"{table}, document {number}", str(error).replace("`", "'"))
