"""Conference schedules in JSON: frab, pretalx and wafer, what their interfaces give, and what others build of that.

They differ in what lies around a session. So the reader goes down through objects and lists, keeps the day, the minute
and the room that it meets on the way, and takes for a session what has a title and says when, what or by whom.
"""

from __future__ import annotations

import re

import msgspec

from convenings.domain.errors import BadInput
from convenings.interchange.reading import ForeignFile, Piece, Reading
from convenings.interchange.schedules.parties import PEOPLE_FIELDS
from convenings.interchange.schedules.sessions import add_schedule
from convenings.interchange.schedules.tree import Day, Fields, Node, Tree, text_of
from convenings.interchange.schedules.utf8 import Utf8, utf8_of_json

DEEPEST = 16
"""Objects and lists within each other, down to a session, at most; real ones have eight."""
_SAYS_SESSION = frozenset(
    {
        *PEOPLE_FIELDS, "duration", "start", "slot", "submission_type", "type", "abstract", "language", "room", "track",
        "subtitle", "end", "date", "event_type",
    }
)  # fmt: skip
_SAYS_CONFERENCE = frozenset({"days", "daysCount", "acronym", "rooms", "time_zone_name", "timeslot_duration"})
_SAYS_PERSON = frozenset({"biography", "avatar", "avatar_url", "submissions", "bio", "public_name"})
_PERSON_LISTS = frozenset({"speakers", "persons", "people"})
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ESCAPED_SURROGATE = re.compile(
    rb"(\\\\)|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
_WHOLE = "#"
"""Pointer of the outermost object, as a fragment of an address (RFC 6901, section 6)."""
_Object = dict[str, msgspec.Raw]

_FRAB = re.compile(rb'"(?:days|conference|daysCount|day_start)"\s*:')
_SCHEDULE_OF_DAYS = re.compile(rb'"schedule"\s*:\s*\{\s*"\d{4}-\d\d-\d\d"')
_ANSWER = re.compile(rb'"results"\s*:\s*\[')
_PRETALX = re.compile(rb'"(?:submission_type|submissions|content_locale)"\s*:')


def fits(head: bytes, name: str) -> int:
    """How sure it is, 0 to 100, that a file is a schedule in JSON."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\0", b"")
    if not head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"{"):
        return 0
    if b'"schedule"' in head and _FRAB.search(head):
        return 95
    if _SCHEDULE_OF_DAYS.search(head):
        return 90
    if b'"days"' in head and b'"rooms"' in head:
        return 85
    if _ANSWER.search(head) and _PRETALX.search(head):
        return 85
    return 80 if b'"conference"' in head and _FRAB.search(head.replace(b'"conference"', b"")) else 0


def read(file: ForeignFile, reading: Reading) -> None:
    """Read a schedule.

    Raises:
        BadInput: it is no JSON, is cut, or is no schedule.
    """
    text = utf8_of_json(file)
    reading.describe(media_type="application/json")
    add_schedule(_Walk(file, text, reading).tree(), reading)


class _Around(msgspec.Struct, frozen=True):
    """What lies around an object, as far as it says something of it."""

    pointer: str = ""
    key: str = ""
    """The key under which it stands, or that of the list in which it does."""
    day: Day = Day()
    room: str = ""
    minute: int | None = None
    depth: int = 0

    def under(self, key: str, **more: object) -> _Around:
        """What lies around the value of a key, or around an item of a list by its number."""
        pointer = f"{self.pointer}/{key.replace('~', '~0').replace('/', '~1')}"
        fields = {"key": self.key if key.isdecimal() and self.minute is None else key, **more}
        return msgspec.structs.replace(self, pointer=pointer, depth=self.depth + 1, **fields)


class _Walk:
    """Goes through the objects once, from the first to the last."""

    def __init__(self, file: ForeignFile, text: Utf8, reading: Reading) -> None:
        self._file, self._text, self._reading = file, text, reading
        # A half of a pair of escapes is no character; what stands for it is as long, so that all else keeps its place.
        self._data = _ESCAPED_SURROGATE.sub(_without_half, text.data) if b"\\u" in text.data else text.data
        self._tree = Tree({}, Piece(_WHOLE), [], [], [], [])
        self._at = 0
        self._is_lost = False

    def tree(self) -> Tree:
        """All of the schedule."""
        try:
            whole = msgspec.json.decode(self._data, type=msgspec.Raw)
        except (msgspec.DecodeError, RecursionError) as error:
            raise self._fault(error) from None
        self._visit(whole, _Around())
        tree = self._tree
        if not tree.sessions and not tree.conference.get("title") and not tree.people:
            raise BadInput("there is no session in it", file=self._file.name, hint="name its format by --format")
        return tree

    def _fault(self, error: Exception) -> BadInput:
        if isinstance(error, RecursionError):
            return BadInput(
                "it has too many objects within each other", file=self._file.name, hint="look at what it is"
            )
        words = str(error)
        if "truncated" in words:
            line = self._data.count(b"\n") + 1
            return BadInput(
                "the file ends in the middle",
                file=self._file.name,
                place=f"line {line}",
                hint="fetch it again, as it was cut",
            )
        match = re.search(r"\(byte (\d+)\)", words)
        at = int(match[1]) if match else 0
        line = self._data.count(b"\n", 0, at) + 1
        place = f"line {line}, byte {at}" if match else ""
        what = words.partition(": ")[2].partition(" (byte")[0] or words
        return BadInput(f"this is no JSON: {what}", file=self._file.name, place=place, hint="correct it there")

    def _visit(self, raw: msgspec.Raw, around: _Around) -> None:
        """Go through an object or a list; anything else is left to the object that holds it."""
        first = bytes(memoryview(raw)[:1])
        if first not in (b"{", b"["):
            return
        start = self._start_of(raw)
        if around.depth > DEEPEST:
            self._reading.without_home(around.key or "object")
            return
        if first == b"[":
            for number, item in enumerate(msgspec.json.decode(raw, type=list[msgspec.Raw])):
                self._visit(item, around.under(str(number)))
        else:
            self._object(raw, msgspec.json.decode(raw, type=_Object), around, start)
        if start >= 0:
            self._at = start + len(memoryview(raw))

    def _start_of(self, raw: msgspec.Raw) -> int:
        """Where a value stands in the bytes: the first place after the walk's; -1 where that is no longer certain."""
        if self._is_lost:
            return -1
        start = self._data.find(memoryview(raw), self._at)
        # A key that an object has twice has its last value, in the place of its first.
        self._is_lost = start < 0
        self._at = max(start, self._at)
        return start

    def _object(self, raw: msgspec.Raw, fields: _Object, around: _Around, start: int) -> None:
        keys = fields.keys()
        if self._is_session(fields, around):
            if (values := self._values(raw, around)) is not None:
                self._tree.sessions.append(
                    Node(values, self._piece(raw, around, start), around.day, around.room, around.minute)
                )
        elif (around.key in _PERSON_LISTS or keys & _SAYS_PERSON) and keys & {"name", "public_name"}:
            if (values := self._values(raw, around)) is not None:
                self._tree.people.append(Node(values, self._piece(raw, around, start)))
        elif around.key == "rooms" and "name" in keys and not self._holds_sessions(fields):
            if (values := self._values(raw, around)) is not None:
                self._tree.rooms.append(Node(values, self._piece(raw, around, start)))
        else:
            self._layout(raw, fields, around, start)

    def _is_session(self, fields: _Object, around: _Around) -> bool:
        keys = fields.keys()
        if "title" not in keys:
            return "name" in keys and around.minute is not None
        if keys & _SAYS_CONFERENCE:
            return False
        return bool(keys & _SAYS_SESSION) or around.minute is not None

    def _holds_sessions(self, fields: _Object) -> bool:
        return any(
            bytes(memoryview(fields[key])[:1]) == b"["
            for key in ("events", "talks", "sessions", "lectures")
            if key in fields
        )

    def _layout(self, raw: msgspec.Raw, fields: _Object, around: _Around, start: int) -> None:
        """An object that lays out the schedule: the file, the conference, a day, a room or a minute of it."""
        inner: dict[str, msgspec.Raw] = {}
        values: Fields = {}
        for key, value in fields.items():
            first = bytes(memoryview(value)[:1])
            if first in (b"{", b"[") and key not in ("generator", "title", "venue", "city", "description", "subtitle"):
                inner[key] = value
            else:
                values[key] = self._decoded(value)
        if around.key == "days" or ("date" in values and (around.depth > 1 or "index" in values)):
            words = {key: text_of(values.get(key)) for key in ("date", "day_start", "day_end", "start", "end")}
            day = Day(words["date"], words["day_start"] or words["start"], words["day_end"] or words["end"])
            self._tree.days.append(day)
            around = msgspec.structs.replace(around, day=day)
        elif fields.keys() & _SAYS_CONFERENCE or around.depth <= 1:
            if "title" in values or not self._tree.piece.end:
                self._tree.piece = self._head(raw, around, start, inner)
            self._tree.conference |= {key: value for key, value in values.items() if key not in self._tree.conference}
        elif around.key == "rooms" and "name" in fields:
            around = msgspec.structs.replace(around, key="room", room=text_of(self._decoded(fields["name"])))
        elif values and around.minute is None and any(item not in ("", None, False) for item in values.values()):
            self._reading.without_home(around.key)
        for key, value in inner.items():
            self._visit(value, self._inside(key, around))

    def _head(self, raw: msgspec.Raw, around: _Around, start: int, inner: dict[str, msgspec.Raw]) -> Piece:
        """The piece of an object before all that is inside of it, which would be the whole file."""
        end = self._data.find(memoryview(next(iter(inner.values()))), start) if inner and start >= 0 else -1
        if end < 0:
            return self._piece(raw, around, start)
        return Piece(around.pointer or _WHOLE, self._text.original(start), self._text.original(end))

    def _inside(self, key: str, around: _Around) -> _Around:
        """What a key says of all that is under it."""
        if _DATE.fullmatch(key):
            day = Day(key)
            if day not in self._tree.days:
                self._tree.days.append(day)
            return around.under(key, day=day)
        if around.day.date and around.minute is None and around.key != "rooms" and key.isdecimal() and len(key) <= 4:
            return around.under(key, minute=int(key)) if int(key) < 1440 else around.under(key)
        if (around.minute is not None and not around.room) or around.key == "rooms":
            return around.under(key, room=key)
        return around.under(key)

    def _values(self, raw: msgspec.Raw, around: _Around) -> Fields | None:
        """The fields of a session, person or room; None where they cannot be read, which is told."""
        value = self._decoded(raw, around)
        return value if isinstance(value, dict) else None

    def _decoded(self, raw: msgspec.Raw, around: _Around | None = None) -> object:
        try:
            return msgspec.json.decode(raw)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            place = around.pointer if around else "the conference"
            self._reading.skip(place, f"it cannot be read: {error}", bytes(raw).decode("utf-8", "replace"))
            return None

    def _piece(self, raw: msgspec.Raw, around: _Around, start: int) -> Piece:
        if start < 0:
            return Piece(around.pointer or _WHOLE, text=bytes(raw).decode("utf-8", "replace"))
        end = start + len(memoryview(raw))
        return Piece(around.pointer or _WHOLE, self._text.original(start), self._text.original(end))


def _without_half(match: re.Match[bytes]) -> bytes:
    return b"\\ufffd" if match[2] else match.group()
