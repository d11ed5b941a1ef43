"""The bytes of a file as UTF-8, with the way back to where each stands in the file."""

from __future__ import annotations

import codecs
import re

from convenings.domain.errors import BadInput
from convenings.interchange.reading import ForeignFile

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_TEXT_CODECS = re.compile(
    r"(?:utf[-_]?(?:8|16|32)|iso|latin|windows|cp\d|koi|mac|euc|shift|sjis|s_jis|big5|gb|us-ascii|ascii|tis|johab|l\d)",
    re.IGNORECASE,
)
_MARKS = ((codecs.BOM_UTF8, ""), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF16_LE, "utf-16-le"),
          (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip


class Utf8:
    """Bytes in UTF-8 of a file that may have another encoding.

    Args:
        data: the bytes.
        encoding: that of the file; empty where it is UTF-8 itself.
        skip: bytes of the file that are left out before the first of these.
    """

    def __init__(self, data: bytes, encoding: str = "", skip: int = 0) -> None:
        self.data = data
        self._encoding, self._skip = encoding, skip
        self._at, self._original = 0, 0

    def original(self, at: int) -> int:
        """Where in the file a byte stands; quick where one asks for each after the one before."""
        if not self._encoding:
            return at + self._skip
        if at < self._at:
            self._at = self._original = 0
        between = self.data[self._at : at].decode("utf-8", "replace")
        self._original += len(between.encode(self._encoding, "replace"))
        self._at = at
        return self._original + self._skip


def utf8_of_xml(file: ForeignFile) -> Utf8:
    """The text of an XML file in the encoding that its mark or its declaration says; UTF-8 where they say none.

    Raises:
        BadInput: the encoding is unknown, or the bytes are not of it.
    """
    data = file.data
    encoding, skip = _mark(data)
    if not encoding:
        match = _DECLARED.match(data[skip : skip + 400].lstrip())
        encoding = match[1].decode("ascii") if match else "utf-8"
        if encoding.lower().startswith(("utf-16", "utf16", "utf-32", "utf32")):
            # Its declaration could not be read if it were so.
            encoding = "utf-8"
    return _decoded(file, encoding, skip)


def utf8_of_json(file: ForeignFile) -> Utf8:
    """The text of a JSON file: UTF-8, or UTF-16 with a mark.

    Raises:
        BadInput: the bytes are not of that encoding.
    """
    encoding, skip = _mark(file.data)
    return _decoded(file, encoding or "utf-8", skip)


def _mark(data: bytes) -> tuple[str, int]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    if data[:4] in (b"<\0?\0", b"{\0\r\0", b"{\0\n\0", b"<\0s\0"):
        return "utf-16-le", 0
    return ("utf-16-be", 0) if data[:4] in (b"\0<\0?", b"\0{\0\n", b"\0<\0s") else ("", 0)


def _decoded(file: ForeignFile, encoding: str, skip: int) -> Utf8:
    try:
        name = codecs.lookup(encoding).name if _TEXT_CODECS.match(encoding) else ""
    except LookupError:
        name = ""
    if not name:
        hint = "save it as UTF-8"
        raise BadInput(f"its encoding, '{encoding}', is unknown", file=file.name, place="line 1", hint=hint)
    body = file.data[skip:] if skip else file.data
    try:
        text = body.decode(name)
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        what = f"byte {error.start + skip} is not of the encoding {name}"
        raise BadInput(what, file=file.name, place=f"line {line}", hint="save it as UTF-8, or fetch it again") from None
    return Utf8(body, "", skip) if name == "utf-8" else Utf8(text.encode("utf-8", "replace"), name, skip)
