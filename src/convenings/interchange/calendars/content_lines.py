"""Content lines as they are written (RFC 5545, section 3.1; RFC 6868): escaped, quoted, folded by octets."""

from __future__ import annotations

import re
from collections.abc import Mapping

MOST_OCTETS = 75
"""Of a line without its break."""
_TOKEN = re.compile(r"[A-Za-z0-9/_+.-]+")
_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)} | {0x7F: "␡"}
_CONTROLS |= dict.fromkeys(range(0x80, 0xA0), "\N{REPLACEMENT CHARACTER}")
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_CARETS = str.maketrans({"^": "^^", '"': "^'", "\n": "^n"})


def harmless(text: str) -> str:
    """Text without control characters: each is its picture; line breaks are ``\\n``."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
    return text.encode("utf-8", "replace").decode()


def text_value(text: str) -> str:
    """A text as the value of a property."""
    return harmless(text).translate(_ESCAPES)


def content_line(name: str, value: str, parameters: Mapping[str, str] | None = None) -> bytes:
    """A property, folded, with its line break.

    Args:
        name: Of the property.
        value: As it is to stand there: escaped, where it is a text.
        parameters: Name to value; all but words of the standard are quoted.
    """
    head = "".join(
        f";{key}={word}" if _TOKEN.fullmatch(word) and key != "CN" else f';{key}="{harmless(word).translate(_CARETS)}"'
        for key, word in (parameters or {}).items()
    )
    return folded(f"{name}{head}:{value}")


def folded(line: str) -> bytes:
    """A line of at most 75 octets, or several; no character is cut."""
    data = line.encode("utf-8", "replace")
    pieces: list[bytes] = []
    start, most = 0, MOST_OCTETS
    while len(data) - start > most:
        end = start + most
        # The bytes of a character behind its first one begin with the bits 10.
        while data[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(data[start:end])
        start, most = end, MOST_OCTETS - 1
    pieces.append(data[start:])
    return b"\r\n ".join(pieces) + b"\r\n"
