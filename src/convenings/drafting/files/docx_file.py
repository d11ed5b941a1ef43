"""Reports of word processors (DOCX, ECMA-376), by the standard library: text and tables, without heads and feet."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO
from xml.parsers import expat

from convenings.domain.errors import BadInput
from convenings.drafting.files.report import MOST_CHARACTERS, ReportFile, paragraphs_of, row_of, with_title

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_MOST_PROPERTIES = 1 << 20
"""Bytes of the properties that are read."""
MOST_XML = 200 << 20
"""Bytes of the unpacked document at most."""


class _Document:
    """Handlers of expat that collect paragraphs, and the rows of tables with bars between cells."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._parts: list[str] = []
        self._cells: list[list[str]] = []
        """Cells of each row that is open, as tables may stand in cells."""
        self._is_text = False
        self._skipped = 0
        self._length = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if (
            self._skipped
            or (space == _COMPATIBLE and tag == "Fallback")
            or (space in (_WORD, _STRICT) and tag in ("del", "moveFrom"))
        ):
            self._skipped += 1
        elif space not in (_WORD, _STRICT):
            return
        elif tag == "t":
            self._is_text = True
        elif tag in ("tab", "br", "cr"):
            self._parts.append(" ")
        elif tag == "noBreakHyphen":
            self._parts.append("-")
        elif tag == "tr":
            self._cells.append([])
        elif tag == "tc" and self._cells:
            self._cells[-1].append("")

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        space, _, tag = name.rpartition(" ")
        if space not in (_WORD, _STRICT):
            return
        if tag == "t":
            self._is_text = False
        elif tag == "p":
            text = "".join(self._parts)
            self._parts = []
            if not self._cells:
                self.lines.append(text)
            elif self._cells[-1] and text.strip():
                self._cells[-1][-1] = f"{self._cells[-1][-1]} {text}".strip()
        elif tag == "tr" and self._cells:
            row = row_of(self._cells.pop())
            if self._cells and self._cells[-1]:
                self._cells[-1][-1] = f"{self._cells[-1][-1]} {row}".strip()
            else:
                self.lines.append(row)

    def text(self, data: str) -> None:
        if self._is_text and not self._skipped and self._length < MOST_CHARACTERS:
            self._parts.append(data)
            self._length += len(data)


def read_docx(data: bytes, file: str) -> ReportFile:
    """A document of a word processor.

    Raises:
        BadInput: it is no such file, broken, or unpacks to more than :data:`MOST_XML`.
    """
    hint = "open it in a word processor and save it again as DOCX"
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            entry = package.getinfo("word/document.xml")
            if entry.file_size > MOST_XML:
                raise BadInput(f"the document unpacks to {entry.file_size:,} bytes", file=file, hint=hint)
            with package.open(entry) as stream:
                content = stream.read(MOST_XML + 1)
            title = _title(package)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise BadInput("this is no whole DOCX file", file=file, hint=hint) from error
    if len(content) > MOST_XML:
        raise BadInput("the document unpacks to more than it says", file=file, hint=hint)
    document = _Document()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = document.start
    parser.EndElementHandler = document.end
    parser.CharacterDataHandler = document.text
    parser.EntityDeclHandler = _refuse_entities
    parser.buffer_text = True
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as error:
        raise BadInput("the document in the file is broken", file=file, place="word/document.xml", hint=hint) from error
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return ReportFile(with_title(title, paragraphs_of(document.lines)), media_type, "docx")


def _title(package: zipfile.ZipFile) -> str:
    """The title that the properties of the document give (OPC, part 2, 11); empty where they give none."""
    try:
        with package.open("docProps/core.xml") as stream:
            content = stream.read(_MOST_PROPERTIES)
    except KeyError:
        return ""
    parts: list[str] = []
    tags: list[str] = []

    def text(data: str) -> None:
        if tags and tags[-1] == f"{_DUBLIN_CORE} title":
            parts.append(data)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, _: tags.append(name)
    parser.EndElementHandler = lambda _: tags.pop() and None
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = _refuse_entities
    # Properties that are broken or too long say nothing, and the text is there.
    with suppress(expat.ExpatError, ValueError):
        parser.Parse(content, True)
    return "".join(parts)


def _refuse_entities(*_: object) -> None:
    raise ValueError("entities are not expanded")
