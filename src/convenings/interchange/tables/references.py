"""What the cells of one table of a file mean in another one: people, rooms, tracks and sessions by id or by title."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from convenings.domain.records import Participation
from convenings.domain.roles import Role
from convenings.domain.text import fold
from convenings.interchange.reading import Reading
from convenings.interchange.tables.agents import Agents
from convenings.interchange.tables.beside import ids_of
from convenings.interchange.tables.bodies import role_of
from convenings.interchange.tables.cells import Sheet
from convenings.interchange.tables.column_meanings import FIELD_OF_NAME, ROLES, meaning_of
from convenings.interchange.tables.lists import EVENT_SIGNS
from convenings.interchange.tables.mapping import Column, Guess, mapped_names
from convenings.interchange.tables.party import ROW
from convenings.interchange.tables.plan import Plan

Sort = Literal["who", "room", "track", "event"]
"""What the rows of a table are to those of another."""
_MOST_CELLS = 2_000
"""Cells of a column by which it is settled to what they refer."""
_ID_BEHIND = re.compile(r"\W*\b(?:ids?|uuids?|guids?|codes?|keys?|no|nr|number|slug|ref)\W*$", re.IGNORECASE)
_OF_OTHERS = frozenset(("family", "given", "affiliation", "post", "biography", "e-mail", "honorific", "handle"))
"""Fields that people have, and rooms and tracks have not."""


class Target(msgspec.Struct):
    """A table whose rows another one may mean."""

    number: int
    """Of the table among those of the file."""
    sort: Sort
    words: frozenset[str]
    """What one of its rows is called, in the singular."""
    rows: dict[str, int]
    """Id, or title, to index of the row."""
    labels: dict[str, str]
    """Id, or title, to what the row is called."""
    is_by_title: bool = False


class Link(msgspec.Struct):
    """A column whose cells mean rows of another table."""

    column: Column
    target: Target
    field: str
    """What the column is: a field of who, ``room``, ``track``, ``id`` of those that mean the event of which a row says
    more, or ``linked`` of those of a list of people that mean all the events of a person."""


def targets_of(tables: Sequence[tuple[Sheet, Guess]]) -> list[Target]:
    """The tables of a file that others may mean, once for each of their columns of ids."""
    targets: list[Target] = []
    for number, (sheet, guess) in enumerate(tables):
        sort = sort_of(sheet, guess)
        label = label_column(guess, sort)
        if label is None:
            continue
        entity = _singulars(sheet.name.rpartition("/")[2])
        ids = [column for column in guess.columns if column.field == "id" and not _is_of_another(column, sort)]
        for column in ids:
            rows = {text: row for row, text in _cells(sheet, guess, column)}
            if len(rows) == sum(1 for _ in _cells(sheet, guess, column)):
                words = entity | _singulars(_without_id(column.name))
                labels = {text: _label(sheet, row, label) for text, row in rows.items()}
                targets.append(Target(number, sort, words, rows, {key: each for key, each in labels.items() if each}))
        if sort == "event" and guess.of("date", "start", "time"):
            titles = [(fold(text), row) for row, text in _cells(sheet, guess, label)]
            by_title = {text: row for text, row in titles if text}
            if len(by_title) == len(titles):
                labels = {text: _label(sheet, row, label) for text, row in by_title.items()}
                targets.append(Target(number, sort, entity, by_title, labels, is_by_title=True))
    return targets


def links_of_table(
    number: int, sheet: Sheet, header: int, guess: Guess | None, targets: Sequence[Target]
) -> list[Link]:
    """The columns of a table whose cells mean rows of others.

    Args:
        number: Of the table; -1 where it is not understood by itself.
        sheet: The table.
        header: Index of the row with the names of its columns.
        guess: What it is, where that is understood.
        targets: The tables that may be meant.
    """
    others = [target for target in targets if target.number != number]
    if not others or header < 0:
        return []
    links: list[Link] = []
    names = sheet.rows[header]
    fields = {column.index: column for column in guess.columns} if guess is not None else {}
    for index, name in enumerate(names):
        column = fields.get(index) or Column(index=index, name=" ".join(name.split()))
        if not name.strip() or column.behind is not None or column.is_settled:
            continue
        texts = _texts(sheet, header, index)
        for target in others if texts else ():
            field = _field_for(column, target, guess)
            if field and _means(texts, target):
                links.append(Link(column, target, field))
                break
    if guess is not None and guess.kind == "people" and any(target.number == number for target in targets):
        # A list of people, of whom each may be at several events.
        for link in links:
            link.field = "linked" if link.field == "id" and not link.target.is_by_title else link.field
    # Where names stand beside their numbers, the names say it.
    roles = {column.field for column in fields.values() if not any(link.column is column for link in links)}
    return [link for link in links if link.field in ("id", "linked") or link.field not in roles]


def as_options(links: Sequence[Link], sheet: Sheet, options: Mapping[str, str]) -> dict[str, str]:
    """Options of a reader in which columns that mean other tables are mapped to what they are."""
    mapped = {fold(name) for name in mapped_names(options)}
    more = {
        f"map.{link.column.name}": link.field
        for link in links
        if not link.target.is_by_title and link.field != "linked" and fold(link.column.name) not in mapped
    }
    joined = any(link.field == "id" for link in links)
    role = FIELD_OF_NAME.get(fold(sheet.name.rpartition("/")[2]), "")
    if joined and role in ROLES:
        # A sheet "Speakers" with the session of each.
        for name in sheet.rows[0]:
            if FIELD_OF_NAME.get(fold(name)) == "name" and fold(name) not in mapped:
                more[f"map.{name}"] = role
    return {**options, **more}


def meanings(sheet: Sheet, guess: Guess, links: Sequence[Link]) -> dict[tuple[int, str], str]:
    """What the cells of a table say of the rows of others that they mean; see :attr:`Plan.meant`."""
    fields = {column.index: column.field for column in guess.columns}
    meant: dict[tuple[int, str], str] = {}
    for link in links:
        target, index = link.target, link.column.index
        if link.field in ("id", "linked") or fields.get(index) != link.field:
            continue
        rows = {each: {"name": name, ROW: _row_of(target, each)} for each, name in target.labels.items()}
        for text in dict.fromkeys(_texts(sheet, guess.header, index, len(sheet.rows))):
            ids = ids_of(text)
            if not any(each in target.rows for each in ids):
                continue
            names = [target.labels.get(each, each) for each in ids]
            if target.sort == "who" and link.field != "affiliation":
                meant[index, text] = json.dumps([rows.get(each, each) for each in ids], ensure_ascii=False)
            else:
                meant[index, text] = "; ".join(names)
    return meant


def _row_of(target: Target, text: str) -> str:
    return f"{target.number} {target.rows[text]}"


def join(plan: Plan, links: Sequence[Link]) -> None:
    """Settle which rows of a table say more of an event of another one."""
    for link in links:
        if link.field == "id":
            target = link.target
            for row in plan.rows:
                text = plan.cell(row, link.column)
                key = fold(text) if target.is_by_title else text
                if key in target.rows:
                    plan.joins[row] = (target.number, target.rows[key])
                    plan.titles[row] = target.labels.get(key, text)
            if not target.is_by_title:
                for columns in (plan.shared_ids, plan.running):
                    columns[:] = [each for each in columns if each.index != link.column.index]
                plan.id = None if plan.id is not None and plan.id.index == link.column.index else plan.id


def attend(plan: Plan, links: Sequence[Link], plans: Sequence[Plan], reading: Reading, agents: Agents) -> None:
    """Have the people of a list take part in the events that it names for each, unless these say so themselves."""
    ours = [link for link in links if link.field == "linked"]
    if not ours:
        return
    there = {(each.event, each.agent) for each in reading.records.values() if isinstance(each, Participation)}
    name = plan.sheet.name.rpartition("/")[2]
    stated = role_of(name)
    role: Role = stated or "attendee"
    for link in ours:
        events = plans[link.target.number].refs
        for row in plan.rows:
            agent = agents.row(f"{plan.number} {row}")
            for text in ids_of(plan.cell(row, link.column)):
                event = events.get(link.target.rows.get(text, -1))
                if event is None:
                    reading.without_home(link.column.name)
                elif agent and (event, agent) not in there:
                    there.add((event, agent))
                    note = {} if stated else {"role": f"column '{link.column.name}' does not state a role"}
                    key = f"{event} {role} {agent}"
                    slug = f"{event.partition('/')[2]} {agent.partition('/')[2]}"
                    reading.add(
                        Participation(
                            id=reading.ref("participation", key, slug),
                            evidence=reading.evidence(plan.sheet.piece(row), note or None),
                            event=event,
                            agent=agent,
                            role=role,
                            role_basis="stated" if stated else "inferred",
                        )
                    )


def sort_of(sheet: Sheet, guess: Guess) -> Sort:
    """What the rows of a table are: of one with names alone, what it or its column is called."""
    plain: Sort = "event" if guess.kind == "events" else "who"
    fields = {column.field for column in guess.columns}
    if fields & (_OF_OTHERS | EVENT_SIGNS - {"room", "track", "speaker"}):
        return plain
    entity = FIELD_OF_NAME.get(" ".join(_singulars(sheet.name.rpartition("/")[2])), "")
    if not entity and not fields & {"name", "title"}:
        entity = next((column.field for column in guess.columns if column.field in ("room", "place", "track")), "")
    return "room" if entity in ("room", "place") else "track" if entity in ("track", "topic", "type") else plain


def label_column(guess: Guess, sort: Sort) -> Column | None:
    """The column with what a row is called."""
    fields = {"who": ("name", "given", "who"), "event": ("title", "name")}.get(sort, ("name", "title", sort, "place"))
    columns = (column for field in fields for column in guess.columns if column.field == field and not column.language)
    column = next(columns, None)
    if column is not None and column.field == "given" and (family := guess.first("family")) is not None:
        return msgspec.structs.replace(column, behind=family.index)
    return column


def _label(sheet: Sheet, row: int, column: Column) -> str:
    cells = sheet.rows[row]
    parts = [cells[index] for index in (column.index, column.behind) if index is not None and index < len(cells)]
    return " ".join(" ".join(parts).split())


def _cells(sheet: Sheet, guess: Guess, column: Column) -> Iterator[tuple[int, str]]:
    for row in range(guess.header + 1, len(sheet.rows)):
        cells = sheet.rows[row]
        if column.index < len(cells) and (text := cells[column.index].strip()):
            yield row, text


def _texts(sheet: Sheet, header: int, index: int, most: int = _MOST_CELLS) -> list[str]:
    texts: list[str] = []
    for cells in sheet.rows[header + 1 :]:
        if index < len(cells) and (text := cells[index].strip()):
            texts.append(text)
            if len(texts) == most:
                break
    return texts


def _means(texts: Sequence[str], target: Target) -> bool:
    """Whether nearly all cells are of rows of a table."""
    if target.is_by_title:
        return all(fold(text) in target.rows for text in texts)
    ids = [each for text in texts for each in ids_of(text)]
    return bool(ids) and sum(each in target.rows for each in ids) * 10 >= len(ids) * 9


def _field_for(column: Column, target: Target, guess: Guess | None) -> str:
    """What a column is that means rows of a table, by its name; empty where it says nothing of such rows."""
    bare = _without_id(column.name)
    field = meaning_of(bare).field
    is_called = bool(_singulars(bare) & target.words)
    if target.is_by_title:
        is_dated = guess is not None and guess.of("date", "start", "end", "time", "end-date")
        return "id" if field in ("title", "event") and not is_dated else ""
    if target.sort == "event":
        return "id" if (field in ("title", "event") or is_called) and _is_id(column.name) else ""
    if target.sort == "room":
        return "room" if field in ("room", "place") or is_called else ""
    if target.sort == "track":
        return ("track" if field != "topic" else "topic") if field in ("track", "topic", "type") or is_called else ""
    if field in ROLES:
        return field
    if field in ("organisation", "affiliation"):
        return "affiliation" if guess is None or guess.kind == "people" or guess.of(*ROLES) else "organiser"
    return "who" if field == "name" or is_called else ""


def _is_of_another(column: Column, sort: Sort) -> bool:
    """Whether a column of ids is called after rows of another sort than its own table has."""
    field = meaning_of(_without_id(column.name)).field
    sorts: dict[str, Sort] = {"room": "room", "place": "room", "track": "track", "topic": "track", "title": "event"}
    other: Sort | None = "who" if field in ROLES or field in ("organisation", "affiliation") else sorts.get(field)
    return other not in (None, sort)


def _is_id(name: str) -> bool:
    return fold(_without_id(name)) != fold(name) or fold(name).endswith("s")


def _without_id(name: str) -> str:
    """The name of a column of ids without what says that it has ids."""
    spread = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return _ID_BEHIND.sub("", spread.replace("_", " "))


def _singulars(name: str) -> frozenset[str]:
    """The words of a name, in the singular as far as an s makes the plural."""
    return frozenset(word[:-1] if word.endswith("s") and len(word) > 3 else word for word in fold(name).split())
