"""Whether a dataset file is sound and canonical, to the byte, and the state of the file in which it last was.

What is remembered is derived and disposable: it stands in the cache, by dataset, and where it is lost or cannot be kept
the next change of the dataset only takes longer.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import msgspec

from convenings.domain.records import FORMAT
from convenings.store import canonical, line_spans
from convenings.store.files import Signature
from convenings.store.paths import derived

CHUNK = 1 << 16
"""Bytes that are decoded together: few enough to stay in the processor's cache as text and as records."""

FileState = tuple[int, int, int, int, int]
"""Size in bytes, times of the last change of content and of anything in nanoseconds, inode and device.

The time of any change, which no program can set, tells also what was changed by a program that set the other time back.
"""

SMALL = 1 << 20
"""Of files of fewer bytes nothing is remembered in the cache: to prove them again takes a few milliseconds."""

SOUND = ".sound"
"""Ending of the file in the cache."""

_CHECKS = 3
"""Which checks a file has passed; another number where they change, so that nothing is trusted that an older program
proved."""


def is_sound(data: bytes) -> bool:
    """Whether bytes are a dataset that this program opens and the canonical form of it, to the byte.

    True only where :func:`~convenings.store.canonical.encode` gives these very bytes for what they hold, and every
    document is of its table's struct. It takes a third of the time of a change that looks for what is wrong and where.
    """
    try:
        spans = line_spans.tables(data)
        order = [canonical.ORDER.index(name) for name in spans]
        return (
            order == sorted(set(order))
            and _is_head(data, spans["dataset"])
            and all(_is_canonical(data, name, span) for name, span in spans.items())
        )
    except (ValueError, LookupError, RecursionError):
        return False


def _is_head(data: bytes, span: line_spans.ByteSpan) -> bool:
    """Whether a table says of a dataset that it is of the format that this program writes."""
    infos = msgspec.json.decode(b"{%b}" % data[span.first : span.last], type=dict[str, canonical.Info])
    # A file of an earlier format is brought to this one by its first change, which is made the whole way.
    return len(infos) == 1 and all(info.format == FORMAT for info in infos.values())


def _is_canonical(data: bytes, name: str, span: line_spans.ByteSpan) -> bool:
    """Whether the lines of a table are what its documents are encoded to, by ascending doc id from 1 up."""
    if span.first == span.last:
        return True
    decoder = msgspec.json.Decoder(dict.__class_getitem__((str, canonical.STRUCTS[name])))
    # Between the line feeds that follow the opening brace and precede the closing one.
    at, end, number = span.first + 1, span.last - 1, 0
    if at >= end or data[span.first] != _LINE_FEED:
        return False
    while at < end:
        # Whole lines only; a line longer than a chunk is a chunk of its own.
        cut = end if end - at <= CHUNK else data.rfind(b",\n", at, at + CHUNK)
        if cut < 0:
            cut = data.find(b",\n", at, end)
        cut = end if cut < 0 else cut
        documents = [(int(key), document) for key, document in decoder.decode(b"{%b}" % data[at:cut]).items()]
        if any(one >= two for (one, _), (two, _) in pairwise([(number, None), *documents])):
            return False
        # The proof itself: these documents, encoded again, are these bytes.
        if data[at:cut] != canonical.rows(name, documents):
            return False
        at, number = cut + len(b",\n"), documents[-1][0]
    # A cut just before the end would leave a comma there.
    return at == end + len(b",\n")


def state(path: Path) -> FileState | None:
    """The present state of a file; nothing where there is none."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev


def signature(now: FileState) -> Signature:
    """What of a state other parts of the program go by."""
    return now[0], now[1], now[3]


def remember(path: Path, sound: FileState, content_hash: str = "") -> None:
    """Keep in which state a file is sound, and the SHA-256 of it then, where that is at hand.

    Nothing happens where the cache cannot be written.
    """
    if sound[0] < SMALL:
        return
    target = derived(path, SOUND)
    with suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        # By process, as two of them may prove the same file at once.
        temporary = target.with_suffix(f".{os.getpid()}.part")
        temporary.write_text(json.dumps([_CHECKS, *sound, content_hash]), encoding="ascii")
        temporary.replace(target)


def remembered(path: Path, now: FileState) -> str | None:
    """What the cache has as the SHA-256 of a file that is sound in this state; nothing where it does not say so.

    An empty text where it is known to be sound alone.
    """
    if now[0] < SMALL:
        return None
    try:
        *sound, content_hash = json.loads(derived(path, SOUND).read_bytes())
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return str(content_hash) if sound == [_CHECKS, *now] else None


_LINE_FEED = ord("\n")
