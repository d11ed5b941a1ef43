"""In what encoding a calendar is: UTF-8 by the standard, others by what old programs wrote."""

from __future__ import annotations

import codecs
import quopri
import re
from collections.abc import Callable

_CHARSET = re.compile(rb"^[^:]*;\s*CHARSET=\"?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_FOLD = re.compile(rb"\r?\n[ \t]")
ENOUGH_TO_GUESS = 64
"""Bytes beyond ASCII from which on an encoding is guessed by how often letters follow each other."""
MOST_TO_GUESS = 1 << 16


def recoded(data: bytes) -> bytes:
    """The bytes in UTF-8 where they are in UTF-16 with a mark of its order; else themselves."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    return data


class Decoder:
    """Gives the text of the lines of a file."""

    def __init__(self, data: bytes, fault: Callable[[int, str], None], remark: Callable[[str], None]) -> None:
        self._data = data
        self._fault = fault
        self._remark = remark
        self._other = ""

    def text(self, line: bytes, number: int) -> str:
        """Text of an unfolded line; bytes that mean nothing are replaced, and told."""
        try:
            return line.decode()
        except UnicodeDecodeError:
            pass
        if stated := _CHARSET.match(line):
            text = _decoded(line, stated[1].decode())
            if text is not None:
                return text
        self._other = self._other or self._guess()
        if self._other == "utf-8":
            self._fault(number, "bytes that are no UTF-8 are replaced by �")
        else:
            self._remark(f"the file is not UTF-8, and was read as {self._other}")
        return line.decode(self._other, "replace")

    def _guess(self) -> str:
        """The encoding of lines that are not UTF-8: UTF-8 itself where others are, with damage in these."""
        damage = sound = 0
        strange: list[bytes] = []
        for line in _FOLD.sub(b"", self._data).splitlines():
            if line.isascii():
                continue
            try:
                line.decode()
                sound += 1
            except UnicodeDecodeError:
                damage += 1
                strange.append(line.partition(b":")[2])
        if sound >= damage:
            return "utf-8"
        sample = b"\n".join(strange)[:MOST_TO_GUESS]
        if sum(byte > 127 for byte in sample) >= ENOUGH_TO_GUESS:
            from charset_normalizer import from_bytes

            best = from_bytes(sample).best()
            if best is not None and best.encoding not in ("ascii", "utf_8"):
                return best.encoding
        return "cp1252"


def _decoded(data: bytes, charset: str) -> str | None:
    """Text of bytes in an encoding that has a name; None where it is none, or not theirs."""
    try:
        return data.decode(charset)
    except (LookupError, UnicodeError, ValueError):
        return None


def from_quoted_printable(value: str, charset: str) -> str:
    """Text of a quoted-printable value, with backslashes and line breaks escaped as other values have them."""
    data = quopri.decodestring(value.encode("utf-8", "replace"))
    text = _decoded(data, charset or "utf-8") or data.decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\n", "\\n")
