"""From bytes to components: content lines unfolded, decoded and taken apart (RFC 5545, section 3.1), with their places.

What real programs write is read, too: folds inside a character, blank lines in a fold, text that was never folded or
escaped, other encodings, quoted-printable (vCalendar 1.0), quotes that are never closed, ends that are missing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

import msgspec

from convenings.interchange.calendars.encodings import Decoder, from_quoted_printable, recoded

Fault = Callable[[int, str], None]
"""Takes the number of a line and what is wrong there."""

_HEAD = re.compile(r"[ \t]*([A-Za-z0-9-]+)[ \t]*(?=[;:])")
_PARAMETER = re.compile(r"[ \t]*([A-Za-z0-9-]+)[ \t]*=[ \t]*")
_PARAMETER_VALUE = re.compile(r'"([^"]*)"|([^",;]*)')
_ESCAPES = re.compile(r"\\(.)", re.DOTALL)
_CARETS = re.compile(r"\^(['n^])")
_CARET_TEXTS = {"'": '"', "n": "\n", "^": "^"}
_PROPERTIES = frozenset(
    {
        "action", "attach", "attendee", "begin", "calscale", "categories", "class", "color", "comment", "completed",
        "conference", "contact", "created", "description", "dtend", "dtstamp", "dtstart", "due", "duration", "end",
        "exdate", "exrule", "freebusy", "geo", "image", "last-modified", "location", "method", "name", "organizer",
        "percent-complete", "prodid", "rdate", "recurrence-id", "refresh-interval", "related-to", "repeat",
        "request-status", "resources", "rrule", "sequence", "source", "status", "summary", "transp", "trigger",
        "tzid", "tzname", "tzoffsetfrom", "tzoffsetto", "tzurl", "uid", "url", "version", "link", "concept", "refid",
        "styled-description", "structured-data", "participant-type", "calendar-address", "location-type",
    }
)  # fmt: skip
DEEPEST = 16
"""Components in one another at most; the standards have three."""
TEXTS = frozenset({"DESCRIPTION", "SUMMARY", "LOCATION", "COMMENT", "CONTACT", "X-ALT-DESC", "STYLED-DESCRIPTION"})
"""Properties that a line without a name can go on with: nobody folded or escaped their text."""


class ContentLine(msgspec.Struct, gc=False):
    """A property as the file has it."""

    name: str
    """In capitals."""
    parameters: dict[str, list[str]]
    """Names in capitals."""
    value: str
    """Decoded, its escapes still in it."""
    number: int
    """Of its first line in the file, from 1."""
    start: int
    end: int
    """Bytes of the file, without the last line break."""

    def parameter(self, name: str) -> str:
        """The first value of a parameter, or an empty string."""
        values = self.parameters.get(name)
        return values[0].strip() if values else ""

    @property
    def text(self) -> str:
        """The value as text: unescaped, line breaks as ``\\n``, nothing blank around it."""
        return unescaped(self.value).strip()


class Component(msgspec.Struct):
    """What stands between a BEGIN and its END."""

    name: str
    """In capitals."""
    number: int
    """Line of its BEGIN."""
    start: int
    end: int = 0
    """Bytes of the file; 0 while it has no END."""
    lines: list[ContentLine] = []
    parts: list[Component] = []
    is_whole: bool = True
    """False where the file ends within it."""

    by_name: dict[str, list[ContentLine]] = {}
    """Its properties by name, once one has been asked for."""

    def all(self, *names: str) -> list[ContentLine]:
        """Every property with one of these names, in the order of the file."""
        if not self.by_name:
            for line in self.lines:
                self.by_name.setdefault(line.name, []).append(line)
        if len(names) == 1:
            return self.by_name.get(names[0], [])
        return sorted((line for name in names for line in self.by_name.get(name, ())), key=lambda line: line.number)

    def first(self, name: str) -> ContentLine | None:
        """The first property with a name."""
        lines = self.all(name)
        return lines[0] if lines else None

    def text(self, *names: str) -> str:
        """Text of the first of them that is not empty."""
        return next((text for name in names for line in self.all(name) if (text := line.text)), "")


class Components(msgspec.Struct):
    """All that a file holds."""

    top: list[Component]
    """Those that stand in no other."""
    is_in_place: bool
    """Whether the places of lines are those of the bytes of the file, which was not in a wider encoding."""


def components_of(data: bytes, fault: Fault, remark: Callable[[str], None]) -> Components:
    """Read the components of a file.

    Args:
        data: Its bytes.
        fault: Is told of what is lost.
        remark: Is told of how something was understood.
    """
    narrow = recoded(data)
    builder = _Builder(fault)
    decoder = Decoder(narrow, fault, remark)
    for line in _lines(narrow, decoder):
        builder.take(line)
    builder.close(narrow)
    return Components(builder.top, narrow is data)


class _RawLine(msgspec.Struct, gc=False):
    text: str
    number: int
    start: int
    end: int


def _lines(data: bytes, decoder: Decoder) -> Iterator[_RawLine]:
    """Unfolded lines; the blank ones are left out, also where they part a fold."""
    pieces: list[bytes] = []
    at = start = end = first = 0
    if data.startswith(b"\xef\xbb\xbf"):
        data, at = data[3:], 3
    is_soft = False
    for number, physical in enumerate(data.splitlines(keepends=True), 1):
        content = physical.rstrip(b"\r\n")
        if is_soft and pieces:
            pieces[-1] = pieces[-1][:-1]
            pieces.append(content)
            end = at + len(content)
            is_soft = content.endswith(b"=")
        elif physical[:1] in b" \t" and pieces:
            pieces.append(content[1:])
            end = at + len(content)
        elif content.strip(b" \t\0"):
            if pieces:
                yield _RawLine(decoder.text(b"".join(pieces), first), first, start, end)
            pieces = [content]
            first, start, end = number, at, at + len(content)
            is_soft = content.endswith(b"=") and b"QUOTED-PRINTABLE" in content.upper()
        at += len(physical)
    if pieces:
        yield _RawLine(decoder.text(b"".join(pieces), first), first, start, end)


class _Builder:
    """Puts lines into components."""

    def __init__(self, fault: Fault) -> None:
        self.top: list[Component] = []
        self._open: list[Component] = []
        self._names: Counter[str] = Counter()
        self._beyond = 0
        self._rest: list[str] = []
        """Lines with which the text of the last property goes on."""
        self._fault = fault

    def take(self, raw: _RawLine) -> None:
        line = _content_line(raw, self._fault)
        if self._beyond:
            self._beyond += {"BEGIN": 1, "END": -1}.get(line.name, 0) if line is not None else 0
        elif line is None:
            self._go_on(raw)
        else:
            self._settle()
            self._take(line)

    def _settle(self) -> None:
        """The text of the last property is at its end."""
        if self._rest:
            last = self._open[-1].lines[-1]
            last.value = "\\n".join((last.value, *self._rest))
            self._rest = []

    def _take(self, line: ContentLine) -> None:
        if line.name == "BEGIN":
            self._begin(line)
        elif line.name == "END":
            self._end(line)
        elif self._open:
            self._open[-1].lines.append(line)
        else:
            self._fault(line.number, f"{line.name} stands outside of every component")

    def _go_on(self, raw: _RawLine) -> None:
        """A line that is no property: of text that was not folded, the next one."""
        last = self._open[-1].lines[-1] if self._open and self._open[-1].lines else None
        if last is not None and last.name in TEXTS:
            self._rest.append(raw.text)
            last.end = raw.end
        else:
            self._fault(raw.number, f"'{shown(raw.text)}' is no property")

    def _begin(self, line: ContentLine) -> None:
        name = line.value.strip().upper()
        # No component of these holds another one of its name: the END of the first is missing.
        if name in ("VCALENDAR", "VEVENT") and self._names[name]:
            self._pop_to(name, line.start, line.number, f"before the next {name}")
        if len(self._open) >= DEEPEST:
            self._fault(line.number, f"components are nested more than {DEEPEST} deep; what stands deeper was left out")
            self._beyond = 1
            return
        component = Component(name, line.number, line.start)
        (self._open[-1].parts if self._open else self.top).append(component)
        self._open.append(component)
        self._names[name] += 1

    def _end(self, line: ContentLine) -> None:
        name = line.value.strip().upper()
        if self._names[name]:
            while self._open[-1].name != name:
                self._cut(line.start, line.number, f"before END:{name}")
            self._open.pop().end = line.end
            self._names[name] -= 1
        else:
            self._fault(line.number, f"END:{shown(name)} ends nothing that began")

    def _pop_to(self, name: str, end: int, number: int, where: str) -> None:
        is_last = False
        while not is_last:
            is_last = self._open[-1].name == name
            self._cut(end, number, where)

    def _cut(self, end: int, number: int, where: str) -> None:
        """Close a component whose END is missing."""
        component = self._open.pop()
        self._names[component.name] -= 1
        component.end = end
        self._fault(component.number, f"BEGIN:{shown(component.name)} has no END {where} (line {number})")

    def close(self, data: bytes) -> None:
        """The file is at its end."""
        self._settle()
        while self._open:
            component = self._open.pop()
            component.end, component.is_whole = len(data), False
            # Of an event that ends so, whoever reads it tells.
            if component.name != "VEVENT":
                name = shown(component.name)
                self._fault(component.number, f"BEGIN:{name} has no END: the file is cut, or ends too early")


def _content_line(raw: _RawLine, fault: Fault) -> ContentLine | None:
    """A line taken apart; None where it is no property."""
    text = raw.text
    head = _HEAD.match(text)
    if head is None:
        return None
    word = head[1]
    if not (word.lower() in _PROPERTIES or word[:2] in ("X-", "x-") or word.isupper()):
        return None
    at, parameters = head.end(), {}
    if text[at] == ";":
        colon = _colon(text, at)
        if colon < 0:
            colon = text.find(":", at)
            if colon < 0:
                return None
            fault(raw.number, f"a quote in {word.upper()} is never closed; what stands behind the first colon was read")
        parameters = _parameters(text[at:colon])
        at = colon
    value = text[at + 1 :]
    if "QUOTED-PRINTABLE" in (method.upper() for method in parameters.get("ENCODING", ())):
        value = from_quoted_printable(value, parameters.get("CHARSET", [""])[0])
    return ContentLine(word.upper(), parameters, value, raw.number, raw.start, raw.end)


def _colon(text: str, at: int) -> int:
    """Where the value begins: the first colon outside of quotes; -1 where there is none."""
    while True:
        colon, quote = text.find(":", at), text.find('"', at)
        if quote < 0 or colon < quote:
            return colon
        closing = text.find('"', quote + 1)
        if closing < 0:
            return -1
        at = closing + 1


def _parameters(text: str) -> dict[str, list[str]]:
    """Parameters with their values, of ``;NAME=value,"value";NAME=value``."""
    parameters: dict[str, list[str]] = {}
    at = 0
    while at < len(text):
        head = _PARAMETER.match(text, at + 1)
        if head is None:
            # vCalendar 1.0 leaves out the names: ``;QUOTED-PRINTABLE``.
            end = text.find(";", at + 1)
            word = text[at + 1 : end if end >= 0 else len(text)].strip().upper()
            if word in ("QUOTED-PRINTABLE", "BASE64"):
                parameters["ENCODING"] = [word]
            if end < 0:
                break
            at = end
            continue
        values = parameters.setdefault(head[1].upper(), [])
        at = head.end() - 1
        while True:
            value = _PARAMETER_VALUE.match(text, at + 1)
            assert value is not None  # the pattern matches nothing, too
            values.append(_CARETS.sub(lambda m: _CARET_TEXTS[m[1]], value[1] if value[1] is not None else value[2]))
            at = value.end()
            if text[at : at + 1] != ",":
                break
        # What follows a closing quote belongs to no value.
        semicolon = text.find(";", at)
        at = semicolon if semicolon >= 0 else len(text)
    return parameters


def unescaped(value: str) -> str:
    """Text of a value: ``\\n`` is a line break, and any other character behind a backslash itself."""
    if "\\" not in value:
        return value
    return _ESCAPES.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def items_of(value: str) -> list[str]:
    """Unescaped items of a value that commas part; an escaped comma parts nothing."""
    items = re.findall(r"(?:^|,)((?:[^\\,]|\\.?)*)", value, re.DOTALL)
    return [item for text in items if (item := unescaped(text).strip())]


def shown(text: str) -> str:
    """A text of the file for a sentence about it, cut where it is long."""
    return text if len(text) <= 60 else f"{text[:59]}…"
