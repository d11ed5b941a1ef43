"""What is left of a file without all that came in: what was skipped, in the same format, to be mended and imported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from convenings.domain.records import Event, Record, Source
from convenings.interchange.reading import ForeignFile, Skipped

_WHOLES = ("conference", "term")
"""Types of event that stand above the sessions: their element says what the file is about, and stays."""
_BLANKS = b" \t\r\n"
MOST_TRIED = 20
"""Skipped rows that are looked for in the file, to tell whether its rows are runs of bytes."""


def leftovers(file: ForeignFile, sound: Iterable[Record], unfit: Iterable[Record], skipped: Sequence[Skipped]) -> bytes:
    """The bytes of a file without the elements of the records that came in.

    Of a file whose elements are no runs of bytes, as a workbook, the skipped rows with tabs between their cells.

    Args:
        file: The file.
        sound: Records that came in.
        unfit: Records that the reader made and that could not be kept.
        skipped: What the reader skipped.
    """
    spared = {span for record in unfit for span in _spans(record)}
    records = [record for record in sound if not isinstance(record, Source)]
    sessions = [each for each in records if isinstance(each, Event) and each.type not in _WHOLES]
    spans = sorted({span for record in sessions or records for span in _spans(record)} - spared)
    raws = [each.raw for each in skipped if each.raw]
    # To look for each row would be to go through a workbook as often as it has rows.
    if not spans and not spared and not any(raw.encode() in file.data for raw in raws[:MOST_TRIED]):
        return "".join(f"{raw.rstrip()}\n" for raw in raws).encode("utf-8", "replace")
    return _without(file.data, spans)


def _spans(record: Record) -> list[tuple[int, int]]:
    return [(piece.start, piece.end) for piece in record.evidence if piece.end]


def _without(data: bytes, spans: Sequence[tuple[int, int]]) -> bytes:
    """Bytes without some runs of them, each with the line feed behind it; in JSON with its comma."""
    is_json = data.lstrip(_BLANKS)[:1] in (b"[", b"{")
    out, at = bytearray(), 0
    for start, end in spans:
        if start < at:
            # It lies within one that is out already.
            continue
        out += data[at:start]
        at = end
        if is_json and (comma := _behind_blanks(data, end)) < len(data) and data[comma : comma + 1] == b",":
            at = comma + 1
        elif is_json and (stripped := out.rstrip(_BLANKS)).endswith(b","):
            out = stripped[:-1]
        if not out or out.endswith(b"\n"):
            if data.startswith(b"\r\n", at):
                at += 2
            elif data.startswith(b"\n", at):
                at += 1
    return bytes(out + data[at:])


def _behind_blanks(data: bytes, at: int) -> int:
    while at < len(data) and data[at : at + 1] in (b" ", b"\t", b"\r", b"\n"):
        at += 1
    return at
