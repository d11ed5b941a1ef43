"""Conference schedules in XML: frab, Pentabarf, pretalx and wafer.

The parser is expat, which says where in the bytes each element stands; nothing is ever fetched or expanded.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from convenings.domain.errors import BadInput
from convenings.interchange.reading import ForeignFile, Piece, Reading
from convenings.interchange.schedules.sessions import add_schedule
from convenings.interchange.schedules.tree import Day, Fields, Node, Tree
from convenings.interchange.schedules.utf8 import Utf8, utf8_of_xml

DEEPEST = 40
"""Elements within each other at most; the deepest of a real schedule have seven."""
_LISTS = frozenset(
    {"persons", "links", "attachments", "speakers", "people", "tags", "presenters", "answers", "resources"}
)
"""Elements that hold one element for each value."""
_DAY_OR_ROOM = frozenset({"schedule", "day", "room"})
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?schedule[\s>/]")
_CUT = frozenset({"no element found", "unclosed token", "unclosed CDATA section", "partial character"})


def fits(head: bytes, name: str) -> int:
    """How sure it is, 0 to 100, that a file is a schedule in XML."""
    if b"\0" in head[:4] or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\0", b"")
    if not head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        return 0
    match = _ROOT.search(head)
    if match is None:
        return 0
    has_more = any(mark in head for mark in (b"<conference", b"<day", b"<event", b"<generator", b"<version"))
    return 95 if has_more else 50


def read(file: ForeignFile, reading: Reading) -> None:
    """Read a schedule.

    Raises:
        BadInput: it is no XML, is cut, declares entities, or is no schedule.
    """
    text = utf8_of_xml(file)
    reading.describe(media_type="application/xml")
    add_schedule(_Parser(file, text).tree(), reading)


class _Element:
    """An element that is being read."""

    __slots__ = ("fields", "is_list", "items", "start", "tag", "texts")

    def __init__(self, tag: str, attributes: dict[str, str], start: int) -> None:
        self.tag = tag
        self.fields: Fields = dict(attributes)
        self.items: list[object] = []
        self.texts: list[str] = []
        self.start = start
        self.is_list = tag in _LISTS

    def put(self, tag: str, value: object) -> None:
        """Take in the value of an element inside."""
        if self.is_list:
            self.items.append(value)
        elif tag not in self.fields:
            self.fields[tag] = value
        else:
            earlier = self.fields[tag]
            values = earlier if isinstance(earlier, list) else [earlier]
            values += value if isinstance(value, list) else [value]
            self.fields[tag] = values

    def value(self) -> object:
        """Its text, its fields, or the values inside it."""
        text = "".join(self.texts).strip()
        if self.is_list and (self.items or not self.fields):
            return self.items or ([text] if text else [])
        if not self.fields:
            return text
        if text:
            self.fields.setdefault("text", text)
        return self.fields


class _Parser:
    """Goes through the bytes once."""

    def __init__(self, file: ForeignFile, text: Utf8) -> None:
        self._file, self._text = file, text
        self._tree = Tree({}, Piece("schedule"), [], [], [], [])
        self._stack: list[_Element] = []
        """The elements inside of a session, the conference, or another one that is read whole."""
        self._depth = 0
        self._day = Day()
        self._room = ""
        self._layout: list[str] = []
        """The days and rooms around what is read."""
        self._end = 0
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._refuse_entity
        parser.SkippedEntityHandler = self._unknown_entity
        self._parser = parser

    def tree(self) -> Tree:
        """All of the schedule."""
        try:
            self._parser.Parse(self._text.data, True)
        except expat.ExpatError as error:
            raise self._fault(error) from None
        if not self._tree.sessions and not self._tree.conference:
            raise BadInput(
                "the schedule has no conference and no event", file=self._file.name, hint="look at what it is"
            )
        return self._tree

    def _fault(self, error: expat.ExpatError) -> BadInput:
        words = expat.ErrorString(error.code)
        place = f"line {error.lineno}"
        if words in _CUT:
            return BadInput(
                "the file ends before <schedule> does",
                file=self._file.name,
                place=place,
                hint="fetch it again, as it was cut",
            )
        return BadInput(
            f"this is no well-formed XML: {words}", file=self._file.name, place=place, hint="correct that line"
        )

    def _refuse_entity(self, name: str, *_: object) -> None:
        raise BadInput(
            f"it declares the entity '{name}', which no schedule needs",
            file=self._file.name,
            place=f"line {self._parser.CurrentLineNumber}",
            hint="take the declaration out",
        )

    def _unknown_entity(self, name: str, is_parameter: bool) -> None:
        from html import unescape  # needed only where a document type names entities

        if not is_parameter:
            self._characters(unescape(f"&{name};"))

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            place = f"line {self._parser.CurrentLineNumber}"
            raise BadInput(
                f"more than {DEEPEST} elements within each other",
                file=self._file.name,
                place=place,
                hint="look at what it is",
            )
        if self._depth == 1 and tag != "schedule":
            raise BadInput(
                f"it begins with <{tag}>, not with <schedule>", file=self._file.name, hint="name its format by --format"
            )
        if self._stack or tag not in _DAY_OR_ROOM:
            self._stack.append(_Element(tag, attributes, self._parser.CurrentByteIndex))
            return
        self._layout.append(tag)
        if tag == "day":
            self._day = Day(attributes.get("date", ""), attributes.get("start", ""), attributes.get("end", ""))
            self._tree.days.append(self._day)
            self._room = ""
        elif tag == "room":
            self._room = attributes.get("name", "")
            if self._room:
                start = self._parser.CurrentByteIndex
                end = self._text.data.find(b">", start) + 1
                piece = self._piece(f"room[@name={_quoted(self._room)}]", start, end)
                self._tree.rooms.append(Node(dict(attributes), piece))

    def _characters(self, text: str) -> None:
        # Line breaks between elements are half of what the parser reports.
        if self._stack and ((texts := self._stack[-1].texts) or not text.isspace()):
            texts.append(text)

    def _close(self, tag: str) -> None:
        self._depth -= 1
        if not self._stack:
            self._layout.pop()
            if tag == "room":
                self._room = ""
            elif tag == "day":
                self._day = Day()
            return
        element = self._stack.pop()
        if tag == "event" and (not self._stack or self._stack[-1].tag != "event"):
            self._session(element)
        elif self._stack:
            self._stack[-1].put(tag, element.value())
        elif tag == "conference":
            value = element.value()
            self._tree.conference |= value if isinstance(value, dict) else {}
            self._tree.piece = self._piece("conference", element.start, self._end_of_element())
        else:
            self._tree.conference.setdefault(tag, element.value())

    def _session(self, element: _Element) -> None:
        number = len(self._tree.sessions) + 1
        own = next(
            (f"@{key}={_quoted(str(element.fields[key]))}" for key in ("id", "guid") if element.fields.get(key)),
            str(number),
        )
        piece = self._piece(f"event[{own}]", element.start, self._end_of_element())
        value = element.value()
        fields: Fields = value if isinstance(value, dict) else {}
        self._tree.sessions.append(Node(fields, piece, self._day, self._room))

    def _end_of_element(self) -> int:
        """Byte after the element that has just been closed."""
        at = self._parser.CurrentByteIndex
        return self._text.data.find(b">", at) + 1 if self._text.data.startswith(b"</", at) else at

    def _piece(self, pointer: str, start: int, end: int) -> Piece:
        return Piece(pointer, self._text.original(start), self._text.original(end))


def _quoted(value: str) -> str:
    """A value in a pointer, in the quotes that it has not itself."""
    return f'"{value}"' if "'" in value else f"'{value}'"
