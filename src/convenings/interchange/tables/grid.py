"""Timetables: rooms as columns, times as rows, days as headings between them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from convenings.domain.record_values import EventType, Name
from convenings.domain.records import Event, Participation
from convenings.domain.text import fold
from convenings.interchange.reading import Piece, Reading
from convenings.interchange.tables.agents import Agents
from convenings.interchange.tables.bodies import is_no_name
from convenings.interchange.tables.cell_meanings import pause_of
from convenings.interchange.tables.cells import Sheet
from convenings.interchange.tables.column_meanings import language_code, meaning_of
from convenings.interchange.tables.day_headings import day_in, days_across
from convenings.interchange.tables.days import Day
from convenings.interchange.tables.guess import HEADER_ROWS
from convenings.interchange.tables.mapping import mapped_names
from convenings.interchange.tables.parties import People, comma_of
from convenings.interchange.tables.plan import raw_of
from convenings.interchange.tables.times import Clock, read_time
from convenings.interchange.tables.title_people import title_and_speakers
from convenings.interchange.tables.vocabulary import words

_TIME_NAMES = frozenset(("time", "start", "date", "", "when"))
_SPEAKERS = frozenset(("speaker", "presenter", "trainer", "facilitator", "who", "keynote"))
_TITLES = words("activity session title talk sessions talks titel titre titulo programm vortrag")
_ROOM_NAMES = words("room raum salle sala rooms location place venue ort lieu lugar")
_LEAST_TIMES = 2


class Room(msgspec.Struct):
    """The columns of a room."""

    name: str
    title: int
    """Index of the column with what is on there."""
    speakers: int | None = None
    translations: list[tuple[int, str]] = []
    """Index and language of columns with the title in another language."""
    heading: str = ""
    """Of the day that stands above its column, where days stand across."""
    day: Day | None = None
    """That day."""


class Grid(msgspec.Struct):
    """How a timetable is laid out."""

    header: int
    """Index of the row with the names of rooms."""
    times: int
    """Index of the column with the times."""
    rooms: list[Room]
    others: list[int]
    """Columns that belong to no room."""
    year: int | None = None
    """That which stands above it."""
    heading: list[str] = []
    """What stands above it."""


def grid_of(sheet: Sheet, options: Mapping[str, str]) -> Grid | None:
    """The layout of a timetable; None for a table of another sort."""
    if sheet.is_objects or mapped_names(options):
        return None
    days: dict[int, tuple[str, Day]] = {}
    for index in range(min(len(sheet.rows), HEADER_ROWS)):
        names = [cell.strip() for cell in sheet.written(index)]
        columns = [column for column, name in enumerate(names) if name]
        if len(columns) < 2:
            continue
        heading = [cell for row in range(index) for cell in sheet.written(row) if cell.strip()]
        years = {year for text in heading for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)}
        year = int(years.pop()) if len(years) == 1 else None
        if across := days_across(names, year):
            below = sheet.rows[index + 1] if index + 1 < len(sheet.rows) else []
            if below and read_time(below[0], packed=True) is None and sum(bool(cell.strip()) for cell in below) > 1:
                # The rooms stand below the days.
                days = across
                continue
            days = across
        times = _column_of_times(sheet, index, names)
        if times is None:
            if len(columns) > 2:
                return None
            continue
        rooms, others = _rooms(names, times, days)
        if not rooms:
            return None
        return Grid(index, times, rooms, others, year, heading)
    return None


def _column_of_times(sheet: Sheet, header: int, names: Sequence[str]) -> int | None:
    """Index of the column with times below a row that may have the names of rooms; None where it is no timetable."""
    fields = {meaning_of(name).field for name in names[1:] if name}
    # A list of sessions says in its columns what they are, a timetable in which rooms they are.
    if any(fold(name) in _ROOM_NAMES for name in names[1:]) or fields & {
        "title",
        "date",
        "end",
        "host",
        "with",
        "abstract",
        "about",
        "description",
        "duration",
    }:
        return None
    if meaning_of(names[0]).field not in _TIME_NAMES or read_time(names[0], packed=True) is not None:
        return None
    cells = [row[0].strip() for row in sheet.rows[header + 1 :] if row and row[0].strip()]
    times = sum(read_time(cell, packed=True) is not None for cell in cells)
    return 0 if times >= _LEAST_TIMES and times * 2 >= len(cells) else None


def _rooms(names: Sequence[str], times: int, days: Mapping[int, tuple[str, Day]]) -> tuple[list[Room], list[int]]:
    """The rooms that columns are named for, each once a day where days stand across; columns that are for none."""
    groups: dict[str, dict[int, str]] = {}
    for column, name in enumerate(names):
        if column != times and name:
            groups.setdefault(days[column][0] if column in days else "", {})[column] = name
    rooms: list[Room] = []
    others: list[int] = []
    for heading, columns in groups.items():
        ours, rest = _rooms_of_day(columns)
        for room in ours:
            if heading:
                room.heading, room.day = days[room.title]
            if fold(room.name) == fold(heading):
                # The day alone stands above the column.
                room.name = ""
        rooms += ours
        others += rest
    return rooms, others


def _rooms_of_day(names: Mapping[int, str]) -> tuple[list[Room], list[int]]:
    """The rooms that columns are named for, and the columns that are for none."""
    rooms: dict[str, Room] = {}
    later: list[tuple[int, str]] = []
    for column, name in names.items():
        parts = name.split()
        last = fold(parts[-1])
        is_suffix = len(parts) > 1 and (
            meaning_of(parts[-1]).field in _SPEAKERS or language_code(last) or last in _TITLES
        )
        if is_suffix:
            later.append((column, name))
        else:
            rooms.setdefault(name, Room(name, column))
    others: list[int] = []
    for column, name in later:
        base, _, suffix = name.rpartition(" ")
        room = rooms.get(base.strip())
        if fold(suffix) in _TITLES and room is None:
            rooms[base] = Room(base, column)
        elif room is None:
            others.append(column)
        elif meaning_of(suffix).field in _SPEAKERS:
            room.speakers = column
        else:
            room.translations = [*room.translations, (column, language_code(fold(suffix)))]
    return list(rooms.values()), others


class GridRows:
    """Makes records of the cells of a timetable.

    Args:
        grid: Its layout.
        sheet: Its cells.
        reading: To which the records go.
        agents: Who was named so far.
    """

    def __init__(self, grid: Grid, sheet: Sheet, reading: Reading, agents: Agents) -> None:
        self._grid, self._sheet, self._reading, self._agents = grid, sheet, reading, agents
        texts = [
            row[room.speakers].strip()
            for row in sheet.rows[grid.header + 1 :]
            for room in grid.rooms
            if room.speakers is not None and room.speakers < len(row) and row[room.speakers].strip()
        ]
        self._people = People(comma=comma_of(texts, "person"), kind="person")
        self._day = Day()
        self._day_text = ""
        self._titles = {room.title: room.name for room in grid.rooms}
        days: dict[str, list[Room]] = {}
        for room in grid.rooms:
            days.setdefault(room.heading, []).append(room)
        self._days = list(days.values())
        """Rooms of each day, where days stand across; else of all."""
        self._merged: dict[tuple[int, int], str] = {}
        self._keys: dict[str, int] = {}

    def read(self) -> None:
        """Make records of all cells."""
        names = ", ".join(dict.fromkeys(room.name or room.heading for room in self._grid.rooms))
        for room in {room.heading: room for room in self._grid.rooms if room.heading}.values():
            if room.day is not None and not room.day.date:
                self._say_no_year(room.heading)
        self._reading.remark(f"The table was read as a timetable, with times down and rooms across: {names}")
        clock: Clock | None = None
        rows = range(self._grid.header + 1, len(self._sheet.rows))
        for index in rows:
            cells = self._sheet.rows[index]
            written = self._sheet.written(index)
            if not any(cell.strip() for cell in cells) or self._is_heading(index, written):
                continue
            if self._is_header_again(index, written):
                continue
            text = self._cell(index, self._grid.times)
            if text:
                clock = read_time(text, packed=True)
            if clock is None or (not text and not self._is_below(index)):
                reason = f"'{text}' is no time" if text else "it has no time"
                self._reading.skip(
                    self._sheet.place(index), reason, raw_of(self._sheet, index, self._reading, self._grid.header)
                )
                continue
            self._row(index, clock)

    def _is_below(self, index: int) -> bool:
        """Whether a row without a time belongs to the time above it, as all its cells are those of rooms."""
        cells = self._sheet.rows[index]
        return len(cells) >= min(self._sheet.width, len(self._titles) + 1)

    def _cell(self, index: int, column: int | None) -> str:
        cells = self._sheet.rows[index]
        return " ".join(cells[column].split()) if column is not None and column < len(cells) else ""

    def _is_heading(self, index: int, written: Sequence[str]) -> bool:
        """Whether a row is the heading of a day."""
        texts = [cell.strip() for cell in written if cell.strip()]
        if len(texts) != 1 or read_time(texts[0], packed=True) is not None:
            return False
        day = day_in(texts[0], self._grid.year)
        if day is None:
            return False
        self._day, self._day_text = day, texts[0]
        if not day.date:
            self._say_no_year(" ".join(texts[0].split()))
        return True

    def _say_no_year(self, heading: str) -> None:
        self._reading.without_home("day without a year")
        self._reading.remark(f"'{heading}' states no year, nor does anything above it: its sessions have no date")

    def _is_header_again(self, index: int, written: Sequence[str]) -> bool:
        """Whether a row names the rooms again, perhaps more exactly: ``Room A - A108``."""
        if self._cell(index, self._grid.times) and fold(written[0]) != fold(self._sheet.rows[self._grid.header][0]):
            return False
        exact: dict[int, str] = {}
        for room in self._grid.rooms:
            text = self._cell(index, room.title)
            if text and not fold(text).startswith(fold(room.name)):
                return False
            if text:
                exact[room.title] = text
        if not exact:
            return False
        self._titles |= exact
        return True

    def _row(self, index: int, clock: Clock) -> None:
        """The sessions at one time."""
        for column in self._grid.others:
            if self._cell(index, column):
                self._reading.without_home(self._sheet.rows[self._grid.header][column].strip())
        for rooms in self._days:
            self._row_of_day(index, rooms, clock)

    def _row_of_day(self, index: int, rooms: Sequence[Room], clock: Clock) -> None:
        """The sessions at one time of a day."""
        titles = {room.title: text for room in rooms if (text := self._cell(index, room.title))}
        one = self._one_for_all(index, titles, rooms)
        for room in rooms:
            title = titles.get(room.title, "")
            speakers = self._cell(index, room.speakers)
            if not title:
                if speakers and one is None:
                    self._reading.without_home(f"{room.name}: speakers without a session")
                continue
            if one is not None and room.title != one:
                continue
            origin = self._sheet.fills.get((index, room.title))
            if origin is not None and origin[0] < index:
                self._prolong(origin, clock, index)
                continue
            self._session(index, room, title, speakers, clock, in_all=one is not None)

    def _one_for_all(self, index: int, texts: Mapping[int, str], rooms: Sequence[Room]) -> int | None:
        """Column of a session that is held for all: it stands alone, in merged cells, or the others repeat it."""
        if len(rooms) < 2 or not texts:
            return None
        first = rooms[0].title
        if list(texts) == [first]:
            return first
        if len(texts) == len(rooms) and len({fold(text) for text in texts.values()}) == 1:
            return first
        rest = {fold(text) for column, text in texts.items() if column != first}
        if len(texts) > 1 and len(rest) == 1 and first in texts:
            # "Keynote: ..." in the first room, and the word alone in the others.
            word = rest.pop()
            return first if len(word.split()) <= 3 and f" {word} " in f" {fold(texts[first])} " else None
        return None

    def _session(self, index: int, room: Room, title: str, speakers: str, clock: Clock, *, in_all: bool) -> None:
        reading, sheet = self._reading, self._sheet
        piece = sheet.piece(index)
        if not speakers:
            title, speakers = title_and_speakers(sheet.rows[index][room.title])
        cell = self._people.read(speakers)
        name = self._titles[room.title]
        day, heading = (room.day, room.heading) if room.day is not None else (self._day, self._day_text)
        key = f"{fold(heading)} {clock.start} {'' if in_all else name} {title}"
        count = self._keys[key] = self._keys.get(key, 0) + 1
        ref = reading.ref("event", f"{key} {count}" if count > 1 else key, title)
        place = None if in_all or not name else self._agents.place("room", name, None, piece)
        names = [
            Name(value=text, type="translation" if language else "alternative", language=language)
            for column, language in room.translations
            if (text := self._cell(index, column)) and text != title
        ]
        kind: EventType = pause_of(title) or ("keynote" if fold(title).startswith("keynote") else "talk")
        inferred = {"date": day.inferred} if day.inferred and day.date else None
        reading.add(
            Event(
                id=ref,
                evidence=reading.evidence(piece, inferred),
                label=title,
                type=kind,
                names=names,
                date=day.date or None,
                date_basis=("inferred" if day.inferred else "stated") if day.date else None,
                start_time=clock.start,
                end_time=clock.end,
                place=place,
                place_basis="stated" if place else None,
            )
        )
        self._merged[index, room.title] = ref
        for party in cell.parties:
            agent = self._agents.of(party, "person", room.name, piece)
            self._speaker(ref, agent, [*party.bodies], party.title, piece)
        for stray in cell.strays:
            if not is_no_name(stray):
                reading.remark(f"'{stray}' was not read as a name")

    def _speaker(self, event: str, agent: str, bodies: Sequence[str], title: str, piece: Piece) -> None:
        reading = self._reading
        ref = reading.ref("participation", f"{event} speaker {agent}", f"{event[6:]} {agent.partition('/')[2]}")
        refs = [self._agents.draft("organisation", body, body, piece) for body in bodies]
        reading.add(
            Participation(
                id=ref,
                evidence=reading.evidence(piece),
                event=event,
                role="speaker",
                role_basis="stated",
                agent=agent,
                on_behalf_of=refs,
                title_as_stated=title,
            )
        )

    def _prolong(self, origin: tuple[int, int], clock: Clock, index: int) -> None:
        """Let a session whose merged cell covers a further row last to the time of the row after it."""
        ref = self._merged.get(origin)
        behind = next(
            (
                later
                for row in range(index + 1, len(self._sheet.rows))
                if (later := read_time(self._cell(row, self._grid.times), packed=True)) is not None
            ),
            None,
        )
        event = self._reading.records.get(ref) if ref else None
        if isinstance(event, Event) and (end := clock.end or (behind.start if behind else None)):
            note = "the merged cell covers the rows up to this time"
            evidence = [
                *(each for each in event.evidence if each.fields != ["end_time"]),
                self._reading.evidence(self._sheet.piece(origin[0]), {"end_time": note})[-1],
            ]
            self._reading.replace(msgspec.structs.replace(event, end_time=end, evidence=evidence))
