"""What a row says of its people in further columns than those that name them."""

from __future__ import annotations

import re
from functools import lru_cache

from convenings.domain.record_values import Description, Name
from convenings.domain.text import fold
from convenings.interchange.reading import Reading
from convenings.interchange.tables.agents import Agents, Draft, links_of
from convenings.interchange.tables.bodies import is_no_name, role_of
from convenings.interchange.tables.mapping import Column
from convenings.interchange.tables.parties import list_of
from convenings.interchange.tables.party import Cell, Party
from convenings.interchange.tables.plan import Plan


class Beside:
    """What a row says of its people in further columns: title, body, role, other spelling, names on networks."""

    FIELDS = ("affiliation", "post", "role", "also-called", "handle", "biography", "image")

    def __init__(
        self, plan: Plan, reading: Reading, agents: Agents, row: int, parties: list[tuple[Column, Cell]]
    ) -> None:
        self._plan, self._reading, self._agents, self._row = plan, reading, agents, row
        self._family = plan.family
        cells_of = {column.index: cell for column, cell in parties}
        who = tuple(column for column, _ in parties)
        self._of: dict[tuple[int, str], list[tuple[Column, tuple[str, ...]]]] = {}
        self._open: dict[int, Column] = {}
        for column in plan.of(*self.FIELDS):
            text = plan.cell(row, column)
            if not text:
                continue
            owner = _owner(column, who)
            is_alone = owner is not None and not cells_of[owner.index].parties
            if is_alone and column.field == "affiliation":
                # The body was there itself, see :func:`with_bodies`.
                continue
            self._open[column.index] = column
            if owner is not None and not is_alone:
                values = _values(text) if column.field not in ("biography", "image") else (text,)
                self._of.setdefault((owner.index, column.field), []).append((column, values))

    def _value(self, column: Column, field: str, number: int, count: int) -> list[str]:
        """Values of a field for one of the parties of a column: of several, its own, or what holds for all."""
        values: list[str] = []
        for beside, cells in self._of.get((column.index, field), ()):
            if count == 1:
                values += cells
            elif len(cells) == count:
                values.append(cells[number])
            elif len(cells) == 1 and len(parts := cells[0].split(",")) == count and all(map(str.strip, parts)):
                # As many as there are people, in their order.
                values.append(parts[number].strip())
            elif len(cells) == 1 and field in ("affiliation", "role"):
                values += cells
            else:
                continue
            self._open.pop(beside.index, None)
        return values

    def bodies(self, column: Column, number: int, count: int) -> list[str]:
        """For whom a party comes."""
        if not self._of:
            return []
        return [" ".join(value.split()) for value in self._value(column, "affiliation", number, count)]

    def title(self, column: Column, number: int, count: int) -> str:
        """Title of a party, as stated; a role that is none at an event is one."""
        if not self._of:
            return ""
        titles = self._value(column, "post", number, count)
        roles = self._value(column, "role", number, count)
        titles += [text for text in roles if column.field == "host" or role_of(text) is None]
        return ", ".join(" ".join(title.split()) for title in titles)

    def role(self, column: Column) -> str:
        """Role that a column states of the parties of another."""
        texts = self._value(column, "role", 0, 1) if self._of else []
        return texts[0] if texts else ""

    def lend(self, column: Column, draft: Draft, number: int, count: int) -> None:
        """Give a person or body what further columns say of it."""
        if not self._of and column.index not in self._plan.person_ids:
            return
        for text in self._value(column, "also-called", number, count):
            if text != draft.label:
                draft.names.setdefault(text, Name(value=text))
        for text in self._value(column, "biography", number, count):
            if not any(each.text == text for each in draft.descriptions):
                draft.descriptions.append(Description(text=text, title="biography"))
        for text in self._value(column, "image", number, count):
            for link in links_of(text, "image"):
                draft.links.setdefault(link.url, link)
        for beside, cells in self._of.get((column.index, "handle"), ()):
            if len(cells) == count:
                scheme = fold(beside.name.removesuffix(" handle")).split()[-1]
                self._agents.identify(draft, scheme, cells[number].lstrip("@"), beside.name)
                self._open.pop(beside.index, None)
        numbers = self._plan.person_ids.get(column.index)
        if numbers is not None and (text := self._plan.cell(self._row, numbers)):
            ids = (text,) if count == 1 else ids_of(text)
            if len(ids) == count:
                self._agents.identify(draft, f"{self._family} {numbers.name}", ids[number], numbers.name)
            elif number == 0:
                self._reading.without_home(numbers.name)

    def finish(self) -> None:
        """Count what was nobody's."""
        for column in self._open.values():
            self._reading.without_home(column.name)


def with_bodies(plan: Plan, row: int, parties: list[tuple[Column, Cell]]) -> list[tuple[Column, Cell]]:
    """Who is in a row; where a column of people is empty, the bodies that a further column gives for them instead."""
    columns = plan.of("affiliation")
    if not columns or all(cell.parties for _, cell in parties):
        return parties
    who = tuple(column for column, _ in parties)
    bodies: dict[int, list[Party]] = {}
    for column in columns:
        owner = _owner(column, who)
        if owner is not None and (text := plan.cell(row, column)):
            names = (" ".join(value.split()) for value in _values(text))
            bodies.setdefault(owner.index, []).extend(
                Party(name, "organisation") for name in names if not is_no_name(name)
            )
    return [
        (column, cell if cell.parties else Cell(tuple(bodies.get(column.index, ())), cell.strays))
        for column, cell in parties
    ]


@lru_cache(maxsize=1024)
def _owner(column: Column, who: tuple[Column, ...]) -> Column | None:
    """Of the columns of who, that of which another one tells: the last before it, or else the first behind it."""
    before = [each for each in who if each.index < column.index]
    parts = fold(column.name).split()
    padded = f" {' '.join(word.rstrip('s') for word in parts)} "
    same = [each for each in who if f" {fold(each.name).rstrip('s')} " in padded]
    if not same and (number := next((word for word in reversed(parts) if word.isdigit()), "")):
        # "Affiliation 2" is that of "Speaker 2", and not of who stands before it.
        same = [each for each in who if number in fold(each.name).split()]
    return same[0] if same else before[-1] if before else who[0] if who else None


@lru_cache(maxsize=65536)
def ids_of(text: str) -> tuple[str, ...]:
    """The ids in a cell, as a list or between separators."""
    items = list_of(text)
    parts = [str(item) for item in items] if items is not None else re.split(r"[;,|\n]", text)
    return tuple(part for part in map(str.strip, parts) if part)


@lru_cache(maxsize=65536)
def _values(text: str) -> tuple[str, ...]:
    items = list_of(text)
    if items is not None:
        return tuple(str(item) for item in items if isinstance(item, str))
    return tuple(part for part in (each.strip() for each in re.split(r"[;\n]", text)) if part)
