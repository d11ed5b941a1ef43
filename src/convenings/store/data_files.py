"""Structured files that are attached for sources: the bytes at which evidence points, and whether they still hold.

A pointer is in the terms of the file; the span beside it is that of the element in its bytes, and needs no reader of
the format. Such evidence is never anchored anew: it is exact, or it is lost.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable

from convenings.domain.record_values import Evidence
from convenings.store.sources import PassageLocation, State, text_hash

MOST_DATA_BYTES = 512 << 20
"""Size of the largest structured file that is taken, packed or not."""
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31
"""Largest window of zlib, in a stream with the head of a ``.gz``."""


def unpacked(data: bytes) -> bytes:
    """The bytes of a file, or of what is packed in it as ``.gz``; those of the pack where that cannot be unpacked."""
    if not data.startswith(_GZIP):
        return data
    content = bytearray()
    try:
        while data:
            stream = zlib.decompressobj(_GZIP_WINDOW)
            content += stream.decompress(data, MOST_DATA_BYTES - len(content) + 1)
            if not stream.eof or len(content) > MOST_DATA_BYTES:
                return data
            # A file may be several packs behind each other, and be filled up with zeros.
            data = stream.unused_data.lstrip(b"\0")
    except zlib.error:
        return data
    return bytes(content)


class DataFile:
    """A structured file, as evidence points at it.

    Args:
        data: Its bytes; a ``.gz`` is unpacked.
        text_at: Gives of a pointer the text of an element that is no run of bytes, such as a row of a workbook; nothing
            where there is none. What is no run of bytes cannot be looked up where it is absent.
    """

    def __init__(self, data: bytes, text_at: Callable[[str], str | None] = lambda _: None) -> None:
        self.data = unpacked(data)
        self._text_at = text_at
        self._hashes: dict[tuple[int, int], str] = {}

    def element(self, evidence: Evidence) -> bytes:
        """The bytes of the element that evidence points at; empty where it is no run of bytes, or lies outside."""
        if not 0 <= evidence.start < evidence.end <= len(self.data):
            return b""
        return self.data[evidence.start : evidence.end]

    def state(self, evidence: Evidence) -> State:
        """Whether the element that evidence points at is the one that it is of."""
        if not evidence.end:
            text = self._text_at(evidence.pointer)
            if text is None:
                return "unsearched"
            return "exact" if text_hash(text.encode("utf-8", "replace")) == evidence.passage_hash else "lost"
        place = evidence.start, evidence.end
        if place not in self._hashes:
            element = self.element(evidence)
            self._hashes[place] = text_hash(element) if element else ""
        return "exact" if self._hashes[place] == evidence.passage_hash else "lost"

    def locate_all(self, pieces: Iterable[Evidence]) -> list[PassageLocation]:
        """What has become of some pieces of evidence, in their order; see :class:`PassageLocation`."""
        return [self.locate(piece) for piece in pieces]

    def locate(self, evidence: Evidence) -> PassageLocation:
        """What has become of a piece of evidence; its place is in bytes, and in no paragraph."""
        state = self.state(evidence)
        return PassageLocation(state, 0, evidence.start, evidence.end) if state == "exact" else PassageLocation(state)
