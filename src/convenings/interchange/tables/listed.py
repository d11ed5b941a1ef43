"""Records of a table whose rows are people, or bodies."""

from __future__ import annotations

import re

import msgspec

from convenings.domain.record_values import Description, Link, Name
from convenings.domain.records import Membership
from convenings.domain.text import fold
from convenings.interchange.reading import Piece, Reading
from convenings.interchange.tables.agents import AgentKind, Agents, Draft, links_of, rel_of
from convenings.interchange.tables.bodies import is_no_body, is_no_name, organisation_type
from convenings.interchange.tables.cell_meanings import GOES_ON
from convenings.interchange.tables.column_meanings import CONTACTS, ROLES, meaning_of
from convenings.interchange.tables.occasions import Attendance, Occasion
from convenings.interchange.tables.party import Party
from convenings.interchange.tables.plan import Plan, raw_of
from convenings.interchange.tables.row_keys import Keys

GLOBAL_SCHEMES = {
    "orcid": "orcid", "orcid id": "orcid", "wikidata": "wikidata", "isni": "isni", "viaf": "viaf", "gnd": "gnd",
    "ror": "ror",
    "transparency register id": "eu-transparency-register", "transparency register number": "eu-transparency-register",
    "register id": "eu-transparency-register",
}  # fmt: skip
"""Columns of names on networks whose values mean one thing in the files of all."""

_ELSEWHERE = frozenset(
    ("", "ignore", "id", "linked", "repeats", "family", "given", "affiliation", "post", "start", "end", "end-date",
     "date", "country", "city", "address", *CONTACTS)
)  # fmt: skip
"""Fields that are read, or counted, apart from those of the person or body alone."""
_PARTIES = frozenset(
    ("party", "fraktion", "partei", "parti", "partido", "political group", "parliamentary group", "groupe politique",
     "grupo politico")
)  # fmt: skip
"""Names of columns for the party or faction of somebody, in which the post beside it is not held."""


class ListRows:
    """Makes records of the rows of a list of people or bodies.

    Args:
        plan: How it is read.
        keys: By what its rows are known.
        reading: To which the records go.
        agents: Who was named so far.
        occasion: Event or body that the list is of.
    """

    def __init__(
        self, plan: Plan, keys: Keys, reading: Reading, agents: Agents, occasion: Occasion | None = None
    ) -> None:
        self._plan, self._reading, self._agents = plan, reading, agents
        self._kind: AgentKind = "organisation" if plan.guess.kind == "organisations" else "person"
        self._name = plan.guess.first("name") or plan.guess.first("who")
        self._keys = keys
        self._family = plan.family
        self._attendance = Attendance(occasion, plan, reading) if occasion and occasion.is_event else None
        self._body = occasion.label if occasion and not occasion.is_event else ""
        """Body of which those in the list are members, by what stands above it."""

    def read(self) -> None:
        """Make records of all rows."""
        if self._name is not None and meaning_of(self._name.name).field in ROLES:
            what = "nothing in the table says of an event, so it was read as a list of people"
            self._reading.remark(f"Column {self._name.name}: {what}")
        # All of them before the first row is read, as a body may be part of one further below.
        rows = [(row, party, self._ref(row, party)) for row in self._plan.rows if (party := self._named(row))]
        for row, party, ref in rows:
            self._row(row, party, ref)

    def _named(self, row: int) -> Party | None:
        """Who a row is about; a row without a name is told."""
        plan, reading = self._plan, self._reading
        party = self._party(row)
        if party is None:
            reading.skip(plan.sheet.place(row), "it has no name", raw_of(plan.sheet, row, reading, plan.guess.header))
        return party

    def _ref(self, row: int, party: Party) -> str:
        """Id of who a row is about."""
        key, piece = self._key(row, party), self._plan.sheet.piece(row)
        return self._agents.listed(self._kind, key, party.name, piece, f"{self._plan.number} {row}")

    def _row(self, row: int, party: Party, ref: str) -> None:
        plan, reading = self._plan, self._reading
        piece = plan.sheet.piece(row)
        kind = self._kind
        draft = self._agents[ref]
        draft.family, draft.given = draft.family or party.family, draft.given or party.given
        if party.abbreviation:
            draft.names.setdefault(party.abbreviation, Name(value=party.abbreviation, type="abbreviation"))
        if party.asides:
            reading.without_home("what stands beside a name", len(party.asides))
        self._fields(row, draft, piece)
        self._contacts(row, draft, party)
        if kind == "person":
            self._memberships(row, ref, draft, party, piece)
        came = self._attendance.at_home if self._attendance is not None else ()
        for column in plan.guess.columns:
            is_homeless = column.field in ("", "ignore") and column.index not in came
            if (is_homeless or column in plan.shared_ids) and plan.cell(row, column):
                reading.without_home(column.name)

    def _party(self, row: int) -> Party | None:
        """Who a row is about."""
        plan = self._plan
        family = _joined(plan, row, "family")
        given = _joined(plan, row, "given")
        text = plan.cell(row, self._name) if self._name else ""
        if text and not is_no_name(text):
            if self._kind == "organisation":
                return Party(" ".join(text.split()), "organisation")
            column = self._name
            assert column is not None
            people = plan.people.get(column.index)
            party = next(iter(people.read(text).parties), None) if people else Party(" ".join(text.split()), "person")
            if party is not None and family and not given and not party.family and fold(text) != fold(family):
                # "Name" and "First name" stand for family and given name.
                return msgspec.structs.replace(party, family=family)
            if party is not None and given and not family:
                whole = f"{given} {party.name}" if given not in party.name else party.name
                return msgspec.structs.replace(
                    party, name=whole, family=party.name if whole != party.name else "", given=given
                )
            return (
                msgspec.structs.replace(party, family=party.family or family, given=party.given or given)
                if party
                else None
            )
        name = f"{given} {family}".strip()
        return Party(name, "person", family=family, given=given) if name else None

    def _key(self, row: int, party: Party) -> str:
        """By what the file knows somebody: a number that all know, its own, or the name."""
        for column in self._plan.of("handle"):
            if (scheme := GLOBAL_SCHEMES.get(fold(column.name))) and (text := self._plan.cell(row, column)):
                return f"{scheme}={_bare_number(text)}"
        if self._plan.id is not None:
            return self._keys.of(row)[0]
        return party.name

    def _fields(self, row: int, draft: Draft, piece: Piece) -> None:
        """What a row says of somebody."""
        plan, reading, agents = self._plan, self._reading, self._agents
        for column in plan.guess.columns:
            text = plan.cell(row, column)
            if not text or column is self._name:
                continue
            field = column.field
            if field in ("also-called", "name", "who"):
                draft.names.setdefault(
                    text,
                    Name(
                        value=text, type="translation" if column.language else "alternative", language=column.language
                    ),
                )
            elif field == "abbreviation":
                draft.names.setdefault(text, Name(value=text, type="abbreviation"))
            elif field == "honorific":
                draft.honorific = draft.honorific or text
            elif field in ("biography", "description", "abstract", "about"):
                if not any(each.text == text for each in draft.descriptions):
                    draft.descriptions.append(Description(text=text, title=column.name, language=column.language))
            elif field == "id" and column not in (*plan.shared_ids, *plan.running):
                agents.identify(draft, f"{self._family} {column.name}", text, column.name)
            elif field == "handle":
                scheme = GLOBAL_SCHEMES.get(fold(column.name)) or fold(column.name.removesuffix(" handle")).split()[-1]
                agents.identify(draft, scheme, _bare_number(text).lstrip("@"), column.name)
            elif field in ("link", "image"):
                links = links_of(text, "image" if field == "image" else rel_of(column.name))
                for link in links:
                    draft.links.setdefault(link.url, link)
                if not links:
                    reading.without_home(column.name)
            elif field == "type" and draft.kind == "organisation":
                draft.type_as_stated = text
                if organisation_type(text) == "other":
                    reading.without_home(column.name)
            elif field == "parent" and draft.kind == "organisation":
                draft.parent = agents.draft("organisation", " ".join(text.split()), " ".join(text.split()), piece)
            elif field not in _ELSEWHERE:
                reading.without_home(column.name)
        self._place(row, draft, piece)

    def _place(self, row: int, draft: Draft, piece: Piece) -> None:
        """Where a body is; of a person the model has no place."""
        names = {field: _joined(self._plan, row, field) for field in ("country", "city", "address")}
        if draft.kind == "person":
            for column in self._plan.of("country", "city", "address"):
                if self._plan.cell(row, column):
                    self._reading.without_home(column.name)
            return
        ref: str | None = None
        if names["country"]:
            ref = self._agents.place("country", names["country"], None, piece)
        if names["city"]:
            ref = self._agents.place("city", names["city"], ref, piece)
        if names["address"]:
            ref = self._agents.place("building", names["address"], ref, piece, address=names["address"])
        draft.place = draft.place or ref

    def _contacts(self, row: int, draft: Draft, party: Party) -> None:
        """Contact data, where it is wanted."""
        wanted = self._reading.file.with_contacts
        if party.contacts and not wanted:
            self._reading.leave_out("e-mail", party.contacts)
        for column in self._plan.of(*CONTACTS):
            text = self._plan.cell(row, column)
            if not text:
                continue
            if not wanted:
                self._reading.leave_out(CONTACTS[column.field])
            elif column.field == "e-mail" and re.fullmatch(r"[^\s<>]+@[^\s<>]+", text):
                draft.links.setdefault(text, Link(url=f"mailto:{text}", rel="e-mail"))
            elif column.field == "telephone" and (digits := re.sub(r"[^\d+]", "", text)):
                draft.links.setdefault(text, Link(url=f"tel:{digits}", rel="telephone", label=text))
            else:
                draft.descriptions.append(Description(text=text, title=column.name))

    def _memberships(self, row: int, ref: str, draft: Draft, party: Party, piece: Piece) -> None:
        """The bodies of a person, with the post in them and when it was held; a post is none in a party.

        Where no post is stated, what the column calls its bodies stands for one.
        """
        plan = self._plan
        bodies: list[str] = list(party.bodies)
        parties: list[tuple[str, str]] = []
        heading = ""
        for column in plan.of("affiliation"):
            names = [" ".join(part.split()) for part in re.split(r"[;\n]", plan.cell(row, column)) if part.strip()]
            if fold(column.name) in _PARTIES:
                parties += [(name, column.name) for name in names]
            else:
                bodies += names
                heading = heading or column.name
        posts = [text for column in plan.of("post") if (text := " ".join(plan.cell(row, column).split()))]
        posts += [body for body in bodies if is_no_body(body) and not is_no_name(body)]
        title = ", ".join(filter(None, [party.title, *posts]))
        bodies = [body for body in dict.fromkeys(bodies) if not is_no_body(body)]
        if self._attendance is not None:
            refs = [self._agents.draft("organisation", body, body, piece) for body in bodies]
            self._attendance.take(row, ref, title, refs)
            self._term(row, is_held=False)
            return
        if not bodies and self._body:
            bodies, heading = [self._body], "member"
        if title and not bodies:
            name = next((column.name for column in plan.of("post", "affiliation")), "title") if posts else "title"
            draft.descriptions.append(Description(text=title, title=name))
        start, end, inferred = self._term(row, is_held=bool(bodies))
        for body in bodies:
            self._membership(ref, body, title or heading or "affiliation", piece, start, end, inferred)
        for body, name in dict.fromkeys(parties):
            if not is_no_body(body):
                self._membership(ref, body, name, piece)

    def _membership(
        self, ref: str, body: str, title: str, piece: Piece,
        start: str | None = None, end: str | None = None, inferred: dict[str, str] | None = None,
    ) -> None:  # fmt: skip
        reading = self._reading
        organisation = self._agents.draft("organisation", body, body, piece)
        key = f"{ref} {organisation} {title}" + (f" {start}" if start else "")
        membership = reading.ref("membership", key, f"{ref.partition('/')[2]} {organisation.partition('/')[2]}")
        if not reading.has(membership):
            reading.add(
                Membership(
                    id=membership, evidence=reading.evidence(piece, inferred), person=ref, organisation=organisation,
                    title=title, start=start, end=end,
                )
            )  # fmt: skip

    def _term(self, row: int, *, is_held: bool) -> tuple[str | None, str | None, dict[str, str]]:
        """From when and until when the post of a row was held, and from what either is inferred where it is."""
        plan = self._plan
        lasts = plan.of("end", "end-date")
        firsts = plan.of("start", "date") if lasts else plan.of("start")
        ends: list[str | None] = []
        inferred: dict[str, str] = {}
        for field, columns in (("start", firsts), ("end", lasts)):
            text: str | None = None
            for column in columns:
                cell = plan.cell(row, column)
                if field == "end" and is_held and text is None and fold(cell) in GOES_ON:
                    text = ".."
                    continue
                try:
                    day = plan.dates[column.index].read(cell) if column.index in plan.dates else None
                except ValueError:
                    day = None
                if is_held and text is None and day is not None and day.date and "/" not in day.date:
                    text = day.date
                    if day.inferred:
                        inferred[field] = day.inferred
                elif cell:
                    self._reading.without_home(column.name)
            ends.append(text)
        if not lasts:
            for column in plan.of("date"):
                if plan.cell(row, column):
                    self._reading.without_home(column.name)
        return ends[0], ends[1], inferred


def _joined(plan: Plan, row: int, field: str) -> str:
    """Cells of the columns with a field, one space apart."""
    return " ".join(text for column in plan.of(field) if (text := " ".join(plan.cell(row, column).split())))


def _bare_number(text: str) -> str:
    """What is left of an identifier that is written as an address: ``https://orcid.org/0000-...``."""
    return text.rstrip("/").rpartition("/")[2] if "://" in text else text.strip()
