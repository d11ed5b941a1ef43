"""Runs in the builder, main thread and background thread.

What an index says of itself, besides its rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

import msgspec

from convenings.domain.text import plain
from convenings.index.rows import Step
from convenings.index.sqlite import statements
from convenings.store.canonical import Info


def write_meta(
    connection: sqlite3.Connection,
    info: Info,
    stamp: Mapping[str, object],
    ranges: Mapping[str, tuple[int, int]],
    records: int,
    *,
    redirects: int = 0,
    step: int = Step.WHOLE,
    content_hash: str = "",
) -> None:
    """Write what the read model asks for when it opens an index, the rows of which are written.

    Args:
        connection: The index.
        info: What the dataset says of itself.
        stamp: What identifies the state of the dataset file.
        ranges: Kind, and pane, to its rows: the first, and one past the last.
        records: How many rows there are.
        redirects: How many ids were taken out of use.
        step: How far the index is, a :class:`~convenings.index.rows.Step`.
        content_hash: The SHA-256 of the file, known once all of it is read.
    """
    meta = {
        "schema": statements.INDEX_VERSION,
        "stamp": _json(stamp),
        "content": content_hash,
        "ranges": _json(ranges),
        "days": _json(connection.execute(statements.EVENT_SPAN, ranges["events"]).fetchone()),
        "title": plain(info.title),
        "description": plain(info.description),
        "records": records,
        "redirects": redirects,
        "format": info.format,
        "step": step,
    }
    connection.executemany(statements.INSERT_META, meta.items())


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
