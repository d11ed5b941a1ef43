"""Records of a table whose rows are events: meetings, talks and the like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from convenings.domain.record_values import Count, Description, EventType, Identifier, Link, Name
from convenings.domain.records import Event, Participation
from convenings.domain.roles import Role
from convenings.domain.text import fold
from convenings.interchange.reading import Piece, Reading
from convenings.interchange.tables.agents import Agents, links_of, rel_of
from convenings.interchange.tables.beside import Beside, with_bodies
from convenings.interchange.tables.bodies import is_nil, is_no_name, is_office, role_of
from convenings.interchange.tables.cell_meanings import language_of, pause_of, status_of, type_of
from convenings.interchange.tables.column_meanings import CONTACTS, ROLES
from convenings.interchange.tables.day_headings import day_in
from convenings.interchange.tables.days import Dates, Day
from convenings.interchange.tables.labels import cells, few, short
from convenings.interchange.tables.mapping import Column
from convenings.interchange.tables.party import Cell, Party
from convenings.interchange.tables.plan import Plan, raw_of
from convenings.interchange.tables.row_keys import Keys
from convenings.interchange.tables.surroundings import Surroundings
from convenings.interchange.tables.when import Clockwork, When

_HTML = re.compile(r"<(?:p|br|a|ul|li|em|strong|b|i|div|h\d)\b[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(r"\\r?\\?n(?=[A-Z\s*\-•\d\\\"“]|$)")
_DEFAULT_TYPES: tuple[tuple[str, EventType], ...] = (
    ("with", "meeting"), ("speaker", "talk"), ("presenter", "talk"), ("keynote", "talk"), ("host", "meeting"),
    ("panellist", "panel"), ("trainer", "course"), ("facilitator", "workshop"), ("performer", "performance"),
    ("abstract", "talk"), ("about", "meeting"), ("who", "meeting"),
)  # fmt: skip
"""Field that a table has to what its rows are then, unless they say it themselves."""


class EventRows:
    """Makes records of the rows of a table of events.

    Args:
        plan: How it is read.
        keys: By what its rows are known.
        reading: To which the records go.
        agents: Who was named so far.
    """

    def __init__(self, plan: Plan, keys: Keys, reading: Reading, agents: Agents) -> None:
        self._plan, self._reading, self._agents = plan, reading, agents
        guess = plan.guess
        self._title = guess.first("title") or guess.first("name")
        self._who = guess.of(*ROLES)
        self._about = guess.of("about")
        self._met = guess.of("about", "title", *(role for role in ROLES if role != "host"))
        self._descriptions = guess.of("abstract", "description")
        self._other_titles = [column for column in guess.of("title") if column is not self._title]
        owners = [*plan.person_ids.values(), *plan.shared_ids, *plan.running]
        self._ids = [column for column in guess.of("id") if column not in owners]
        self._homeless = [*guess.of("", "ignore"), *plan.shared_ids]
        self._contacts = guess.of(*CONTACTS)
        default: EventType = next((kind for field, kind in _DEFAULT_TYPES if guess.of(field)), "activity")
        named = type_of(self._title.name) if self._title and default == "activity" else None
        self._type: EventType = named or default
        self._clock = Clockwork(plan, reading)
        self._surroundings = Surroundings(plan, reading, agents)
        self._keys = keys
        self._cells: dict[tuple[int, str], Cell] = {}
        self._sessions: dict[str, str] = {}
        self._twins = 0
        self._strays: dict[str, Counter[str]] = {}
        """Column to what stands in it where names would, and how often."""
        self._family = plan.family
        self._roles = {column.index: _role_of_column(column) for column in self._who}

    def read(self, *, is_alone: bool = False) -> None:
        """Make records of all rows; where the table is alone no other one asks for them, and they are handed over."""
        for row in self._plan.rows:
            if not self._is_heading(row):
                self._row(row)
                if is_alone:
                    self._reading.hand_over()
        self._clock.finish()
        for column, strays in self._strays.items():
            most = ", ".join(f"'{text}'" for text, _ in strays.most_common(5))
            rest = f" and {len(strays) - 5} other texts" if len(strays) > 5 else ""
            self._reading.remark(f"Column {column}: {most}{rest} in {cells(strays.total())} was read as no name")
        if self._twins:
            rows = "1 row equals" if self._twins == 1 else f"{self._twins} rows equal"
            self._reading.remark(
                f"{rows} another one cell by cell; each is an event of its own, as nothing says otherwise"
            )

    def _is_heading(self, row: int) -> bool:
        """Whether a row is a heading over those below it: a day, or words that belong to no column."""
        full = [cell for cell in self._plan.sheet.written(row) if cell.strip()]
        if len(full) != 1 or self._plan.sheet.is_objects or len(self._plan.guess.columns) < 2:
            return False
        if self._title is not None and self._plan.cell(row, self._title) == full[0].strip() and self._title.index:
            return False
        try:
            day = Dates().read(full[0], self._plan.year) or day_in(full[0], self._plan.year)
        except ValueError:
            day = None
        if day is not None and (day.date or day.month_day):
            if not day.date:
                self._reading.without_home("heading with a day and no year")
            self._clock.heading = day if day.date else Day()
            return True
        if len(self._plan.guess.columns) < (4 if self._title is not None and self._title.index == 0 else 3):
            return False
        place = self._plan.sheet.place(row)
        self._reading.skip(
            place, "it has one cell only", raw_of(self._plan.sheet, row, self._reading, self._plan.guess.header)
        )
        return True

    def _row(self, row: int) -> None:
        plan, reading = self._plan, self._reading
        try:
            when = self._clock.of(row)
        except ValueError as error:
            reading.skip(plan.sheet.place(row), str(error), raw_of(plan.sheet, row, reading, plan.guess.header))
            return
        piece = plan.sheet.piece(row)
        parties = with_bodies(plan, row, [(column, self._parties(row, column)) for column in self._who])
        label = "" if (is_nil := self._is_nil(row)) else self._label(row, parties, when)
        if not label:
            what = "it says that there was no meeting" if is_nil else "it has neither a title nor people nor a subject"
            reading.skip(plan.sheet.place(row), what, raw_of(plan.sheet, row, reading, plan.guess.header))
            return
        key, is_twin = self._keys.of(row)
        session = self._session(row, when)
        ref = self._sessions.get(session) if session else None
        if ref is None:
            ref = reading.ref("event", key, label)
            if session:
                self._sessions[session] = ref
        plan.refs[row] = ref
        is_new = not reading.has(ref)
        self._twins += is_twin and is_new
        if is_new:
            reading.add(self._event(row, ref, label, when, piece, parties))
        elif row in plan.joins:
            self._leave_out(row, parties)
        else:
            reading.remark("Rows that say the same of a session and name other people were read as one session")
            self._leave_out(row, parties)
        self._participations(row, ref, piece, parties)

    def _is_nil(self, row: int) -> bool:
        """Whether a row says that nobody was met: ``Nil return``."""
        texts = [self._plan.cell(row, column) for column in self._met]
        days = [self._plan.cell(row, column) for column in self._plan.of("date")]
        return any(map(is_nil, (*texts, *days))) and all(is_no_name(text) for text in texts)

    def _session(self, row: int, when: When) -> str:
        """What makes two rows one session though no id says so: nobody is twice in one room at one time."""
        plan = self._plan
        if self._title is None or plan.id is not None:
            return ""
        # A row for each role at a session, or each who came, is usual where no column says when it is, too.
        is_roll = bool(self._who) and all(column.field == "attendee" for column in self._who)
        has_roles = (bool(plan.of("role")) or is_roll) and not plan.of("date", "start", "time")
        if not has_roles and not (when.start_time and when.date):
            return ""
        title = fold(self._plan.cell(row, self._title))
        rooms = "\x1f".join(self._plan.cell(row, column) for column in self._plan.of("room", "place", "end", "track"))
        return f"{title}\x1f{when.date}\x1f{when.start_time}\x1f{when.end_time}\x1f{rooms}" if title else ""

    def _parties(self, row: int, column: Column) -> Cell:
        text = self._plan.cell(row, column)
        cell = self._cells.get((column.index, text))
        if cell is None:
            cell = self._cells[column.index, text] = self._plan.people[column.index].read(text)
        return cell

    def _label(self, row: int, parties: list[tuple[Column, Cell]], when: When) -> str:
        """What an event is called: its title, or else who met whom, or else what it was about."""
        if title := self._plan.titles.get(row, ""):
            return title
        if self._title is not None and (title := " ".join(self._plan.cell(row, self._title).split())):
            return title
        hosts = [party.name for column, cell in parties if column.field == "host" for party in cell.parties]
        others = [party.name for column, cell in parties if column.field != "host" for party in cell.parties]
        about = next((text for column in self._about if (text := self._plan.cell(row, column))), "")
        if self._title is None and hosts and others:
            return f"{few(hosts)} with {few(others)}"
        if about:
            return short(about)
        if hosts or others:
            return f"Meeting with {few(others)}" if others else f"Meeting of {few(hosts)}"
        for column in self._descriptions:
            if text := self._plan.cell(row, column):
                return short(text)
        place = next((text for column in self._plan.of("place", "room") if (text := self._plan.cell(row, column))), "")
        return f"Event in {place}" if place and when.date else ""

    def _event(
        self, row: int, ref: str, label: str, when: When, piece: Piece, parties: list[tuple[Column, Cell]]
    ) -> Event:
        """The event of a row."""
        plan, reading = self._plan, self._reading
        topics = self._surroundings.topics(row, piece)
        kind, type_as_stated = self._type_of(row, label)
        place = self._surroundings.place(row, piece)
        texts: Mapping[str, object] = {
            "descriptions": self._described(row, label),
            "names": self._names(row, label),
            "identifiers": self._identifiers(row),
            "links": self._links(row, "link"),
        }
        inferred = {"date": when.inferred} if when.inferred and when.date else None
        self._leave_out(row, parties)
        fields: dict[str, object] = {name: value for name, value in texts.items() if value}
        for column in plan.of("language"):
            if text := plan.cell(row, column):
                language = language_of(text)
                if language:
                    fields["language"] = language
                else:
                    reading.without_home(column.name)
        for column in plan.of("status"):
            if text := plan.cell(row, column):
                status = status_of(text, column.name)
                if isinstance(status, str):
                    fields["status"] = status
                elif not status:
                    reading.without_home(column.name)
        if "status" not in fields and isinstance(status := status_of(label, ""), str):
            # "Cancelled" stands where the title would.
            fields["status"] = status
        for column in plan.of("attendance"):
            if text := plan.cell(row, column):
                number = re.search(r"\d+", text.replace(",", "").replace(" ", ""))
                least = int(number[0]) if number and len(number[0]) < 10 else None
                is_exact = text.replace(",", "").replace(" ", "").isdigit()
                fields["attendance"] = Count(as_stated=text, min=least, max=least if is_exact else None)
        for column in plan.of("event"):
            if text := " ".join(plan.cell(row, column).split()):
                fields["super_event"] = self._super_event(text, column, piece)
        return Event(
            id=ref,
            evidence=reading.evidence(piece, inferred),
            label=label,
            type=kind,
            date=when.date,
            date_basis=("inferred" if when.inferred else "stated") if when.date else None,
            start_time=when.start_time,
            end_time=when.end_time,
            zone=when.zone,
            type_as_stated=type_as_stated,
            place=place,
            place_basis="stated" if place else None,
            topics=topics,
            **fields,  # type: ignore[arg-type]
        )

    def _super_event(self, text: str, column: Column, piece: Piece) -> str:
        reading = self._reading
        ref = reading.ref("event", f"event {text}", text)
        if not reading.has(ref):
            name = fold(column.name)
            is_series = any(word in name for word in ("series", "reihe", "serie"))
            is_block = any(word in name for word in ("session", "sitzung", "block", "sesion"))
            kind: EventType = "series" if is_series else "activity" if is_block else "conference"
            reading.add(Event(id=ref, evidence=reading.evidence(piece), label=text, type=kind))
        return ref

    def _type_of(self, row: int, label: str) -> tuple[EventType, str]:
        """Type of an event, and the file's own word for it."""
        for column in self._plan.of("type"):
            if text := self._plan.cell(row, column).strip("; "):
                kind = type_of(text)
                return kind or self._type, text if text.casefold() != kind else ""
        return pause_of(label) or self._type, ""

    def _described(self, row: int, label: str) -> list[Description]:
        """What a row says of its event in others' words."""
        texts: list[Description] = []
        for column in (*self._about, *self._descriptions):
            text = self._plan.cell(row, column).strip('"').strip()
            if not text or text == label:
                continue
            if "\\n" in text and "\n" not in text and _BREAK.search(text):
                text = _BREAK.sub("\n", text)
                self._reading.remark("\\n within texts was read as the end of a line")
            form = "html" if _HTML.search(text) else "plain"
            texts.append(Description(text=text, title=column.name, language=column.language, format=form))  # type: ignore[arg-type]
        return texts

    def _names(self, row: int, label: str) -> list[Name]:
        """Titles of an event besides its label."""
        names: list[Name] = []
        for column in self._other_titles:
            text = " ".join(self._plan.cell(row, column).split())
            if text and text != label:
                kind = "translation" if column.language else "alternative"
                names.append(Name(value=text, type=kind, language=column.language))  # type: ignore[arg-type]
        return names

    def _identifiers(self, row: int) -> list[Identifier]:
        return [
            Identifier(scheme=f"{self._family} {column.name}", value=text)
            for column in self._ids
            if (text := self._plan.cell(row, column))
        ]

    def _links(self, row: int, field: str) -> list[Link]:
        links: list[Link] = []
        for column in self._plan.of(field):
            text = self._plan.cell(row, column)
            if not text:
                continue
            rel = rel_of(column.name)
            if addresses := links_of(text, rel):
                links += [link for link in addresses if link.url not in {each.url for each in links}]
            else:
                self._reading.without_home(column.name)
        return links

    def _leave_out(self, row: int, parties: list[tuple[Column, Cell]]) -> None:
        """Count contact data and what stands where a name would."""
        for column in self._contacts:
            if self._plan.cell(row, column):
                if self._reading.file.with_contacts:
                    self._reading.without_home(column.name)
                else:
                    self._reading.leave_out(CONTACTS[column.field])
        for column in self._homeless:
            if self._plan.cell(row, column):
                self._reading.without_home(column.name)
        for column, cell in parties:
            for party in cell.parties:
                if party.contacts and not self._reading.file.with_contacts:
                    self._reading.leave_out("e-mail", party.contacts)
                if party.asides:
                    self._reading.without_home(f"{column.name}: what stands beside a name", len(party.asides))
            for stray in cell.strays:
                self._strays.setdefault(column.name, Counter())[stray[:60]] += 1

    def _participations(self, row: int, event: str, piece: Piece, parties: list[tuple[Column, Cell]]) -> None:
        """Who was at the event of a row."""
        rest = Beside(self._plan, self._reading, self._agents, row, parties)
        for column, cell in parties:
            for number, party in enumerate(cell.parties):
                self._participation(event, piece, column, party, rest, number, len(cell.parties))
        rest.finish()

    def _participation(
        self, event: str, piece: Piece, column: Column, party: Party, rest: Beside, number: int, count: int
    ) -> None:
        plan, reading, agents = self._plan, self._reading, self._agents
        if column.field == "host" and not column.is_kind_settled and is_office(party.name.replace("-", " ")):
            # An office is asked and answers as a body does, whoever holds it.
            party = Party(party.name, "organisation", party.role, party.title, party.bodies)
            reading.remark(f"Column {column.name} names offices, which were read as bodies and not as people")
        agent = agents.of(party, plan.defaults[column.index], column.name, piece)
        role, note, as_stated = self._role(column, party, rest)
        ref = reading.ref(
            "participation", f"{event} {role} {agent}", f"{event.partition('/')[2]} {agent.partition('/')[2]}"
        )
        rest.lend(column, agents[agent], number, count)
        if reading.has(ref):
            return
        names = [*party.bodies, *rest.bodies(column, number, count)]
        bodies = [
            agents.draft("organisation", name, name, piece) for name in dict.fromkeys(names) if not is_no_name(name)
        ]
        title = party.title or rest.title(column, number, count)
        reading.add(
            Participation(
                id=ref,
                evidence=reading.evidence(piece, {"role": note} if note else None),
                event=event,
                role=role,
                agent=agent,
                on_behalf_of=[body for body in bodies if body != agent],
                title_as_stated=title,
                role_basis="inferred" if note else "stated",
                role_as_stated=as_stated,
            )
        )

    def _role(self, column: Column, party: Party, rest: Beside) -> tuple[Role, str, str]:
        """Role of a party, from what it is inferred where it is, and the file's own word."""
        # What a host is by a further column is what they are in their house, not at the meeting.
        for text in (party.role, "" if column.field == "host" else rest.role(column)):
            if text and (role := role_of(text)):
                return role, "", text if fold(text) != role else ""
        return self._roles[column.index]


def _role_of_column(column: Column) -> tuple[Role, str, str]:
    """Role of those in a column that say nothing of it themselves, as :meth:`EventRows._role` gives it."""
    role = role_of(ROLES[column.field]) or "attendee"
    if role_of(re.sub(r"\d+", "", column.name)) is not None:
        return role, "", ""
    note = f"column '{column.name}' does not state a role"
    return role, note, column.name if column.field == "host" else ""
