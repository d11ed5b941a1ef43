"""The two datasets that the journeys are made in, and what a plain reading of their JSON says that a user must see.

Nothing here asks the index or the program: documents come from :mod:`json`, rows and relations from loops over them, as
the README describes them. Of the program only words are used: what a date means, and how letters compare.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import AbstractAsyncContextManager
from functools import cached_property
from pathlib import Path
from typing import Any

from convenings.domain.dates import parse
from convenings.domain.names import sorting_key
from convenings.domain.roles import SPEAKING
from convenings.domain.text import fold
from tests.driver import NARROW, User, open_explorer

Document = dict[str, Any]

LISTS = ("timeline", "speakers", "organisations", "questions")
LATE = 10**9
"""Later than any day and any number."""


class World:
    """One dataset, read plainly."""

    def __init__(self, path: Path) -> None:
        self.path = path
        """The file."""
        tables: dict[str, dict[str, Document]] = json.loads(path.read_bytes())
        former = [row["id"] for row in tables.pop("redirects", {}).values()]
        assert not any(f'"{ref}"' in json.dumps(tables) for ref in former), "nothing here follows redirects"
        self.tables = {name: list(rows.values()) for name, rows in tables.items() if name != "dataset"}
        """Name of a table to its documents, in the order of the file."""
        self.documents: dict[str, Document] = {row["id"]: row for rows in self.tables.values() for row in rows}
        """Id to document."""

    def open(self, size: tuple[int, int] = NARROW, *, fresh: bool = True) -> AbstractAsyncContextManager[User]:
        """Open the explorer on it, in a terminal of ``size``."""
        return open_explorer(size, self.path, fresh=fresh)

    def label(self, ref: str) -> str:
        """What a record of a list is called."""
        found = self.documents[ref]
        return str(found.get("label") or found.get("unnamed"))

    def labels(self, refs: Iterable[str]) -> list[str]:
        """The same for several."""
        return [self.label(ref) for ref in refs]

    # What a list shows

    @cached_property
    def lists(self) -> dict[str, list[str]]:
        """Name of a list to the ids of all its rows, in order."""
        return {
            "timeline": list(self._timeline()),
            "speakers": [ref for group in self.speaker_groups for ref in group],
            "organisations": self._by_name(row["id"] for row in self.tables["organisations"]),
            "questions": self._questions(),
        }

    @cached_property
    def speaker_groups(self) -> tuple[list[str], list[str], list[str]]:
        """Ids of who spoke, who took part otherwise, and who is known by a membership alone; in order."""
        roles = {ref: roles for ref, roles in self.roles.items() if ref.startswith(("person/", "participation/"))}
        people = [row["id"] for row in self.tables["people"] if row["id"] not in roles]
        said = {agent for row in self.tables["statements"] if "event" in row for agent in row.get("agents", ())}
        posts = {row["person"] for row in self.tables["memberships"]}
        spoke = {ref for ref in roles if roles[ref] & SPEAKING} | said.intersection(people)
        members = posts.intersection(people) - spoke
        spoken_for, others, known = ([*self._people_first(refs)] for refs in (spoke, roles.keys() - spoke, members))
        return spoken_for, others, known

    def _people_first(self, refs: Iterable[str]) -> Iterator[str]:
        every = list(refs)
        for kind in ("person/", "participation/"):
            yield from self._by_name(ref for ref in every if ref.startswith(kind))

    @cached_property
    def party(self) -> dict[str, str]:
        """Id of a participation to that of who took part; an unnamed party is its first participation.

        It is the same party where it is called by the same words, for the same organisations, in one event as a whole.
        """
        first: dict[object, str] = {}
        parties: dict[str, str] = {}
        for row in self.tables["participations"]:
            party = row.get("agent") or row["id"]
            if "agent" not in row and row.get("on_behalf_of"):
                key = (row.get("unnamed"), tuple(sorted(row["on_behalf_of"])), self.whole(row["event"])[-1])
                party = first.setdefault(key, party)
            parties[row["id"]] = party
        return parties

    def rows(self, name: str, *pins: str) -> list[str]:
        """Labels of the rows that a list shows while records of other lists are pinned."""
        return self.labels(ref for ref in self.lists[name] if all(ref in self.tied[pin] for pin in pins))

    def count(self, name: str, *pins: str) -> int:
        """How many those are."""
        return len(self.rows(name, *pins))

    def _by_name(self, refs: Iterable[str]) -> list[str]:
        def key(ref: str) -> tuple[str, str, str]:
            row, label = self.documents[ref], fold(self.label(ref))
            return sorting_key(label, row.get("family", ""), row.get("given", "")), label, ref

        return sorted(refs, key=key)

    def _questions(self) -> list[str]:
        place = {ref: at for at, ref in enumerate(self._timeline())}

        def key(row: Document) -> tuple[int, int, str]:
            at = min((place[found["event"]] for found in row.get("occurrences", ())), default=LATE)
            return at, row.get("number", LATE), row["id"]

        return [row["id"] for row in sorted(self.tables["questions"], key=key)]

    def _timeline(self) -> Iterator[str]:
        """Events by day (their own, or that of their parts), time, place and label; each with its parts behind it."""
        parts: dict[str, list[Document]] = defaultdict(list)
        for row in self.tables["events"]:
            parts[row.get("super_event", "")].append(row)

        def day(row: Document) -> int:
            own = parse(row["date"]) if "date" in row else None
            ends = [end for end in (own.earliest, own.latest) if end is not None] if own else []
            return ends[0] if ends else min(map(day, parts[row["id"]]), default=LATE)

        def moment(row: Document) -> tuple[int, str]:
            time = row.get("date", "").partition("T")[2][:5] or row.get("start_time", "")
            if day(row) < LATE or not time:
                return day(row), time
            wholes = (self.documents[ref] for ref in self.whole(row["id"])[1:])
            return next((day(whole) for whole in wholes if "date" in whole), LATE), time

        def below(ref: str) -> Iterator[str]:
            moments = {row["id"]: moment(row) for row in parts[ref]}
            before, of_day = (-1, ""), dict[int, str]()
            for row in sorted(
                (row for row in parts[ref] if ref and "position" in row), key=lambda row: row["position"]
            ):
                at, time = moments[row["id"]]
                if not time:
                    at, time = (at, of_day.get(at, "")) if "date" in row else before
                moments[row["id"]] = before = at, time
                of_day[at] = time

            def key(row: Document) -> tuple[int, str, int, str, str, str]:
                at, time = moments[row["id"]]
                position = row.get("position", LATE) if ref else 0
                if at == LATE:
                    return at, time, position, "", "", ""
                place = sorting_key(fold(self.label(row["place"]))) if "place" in row else ""
                return at, time, position, place, sorting_key(fold(self.label(row["id"]))), row["id"]

            for row in sorted(parts[ref], key=key):
                yield row["id"]
                yield from below(row["id"])

        return below("")

    # What is related to what

    def whole(self, event: str) -> list[str]:
        """An event and all that it is part of, innermost first."""
        found = [event]
        while above := self.documents[found[-1]].get("super_event"):
            found.append(above)
        return found

    def _subjects(self, events: Iterable[str]) -> Iterator[str]:
        """Topics of an event and of all it is part of, and the nearest place; a visit is not where its whole is."""
        is_placed = False
        for event in map(self.documents.__getitem__, events):
            yield from event.get("topics", ())
            if "place" in event and not is_placed:
                yield event["place"]
            is_placed = is_placed or "place" in event or event["type"] == "visit"

    @cached_property
    def tied(self) -> dict[str, set[str]]:
        """Id to the ids that are related to it."""
        pairs: set[tuple[str, str]] = set()
        came_for: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in self.tables["participations"]:
            events, bodies = self.whole(row["event"]), row.get("on_behalf_of", [])
            party = self.party[row["id"]]
            came_for[party, events[-1]].update(bodies)
            pairs |= {(event, each) for event in events for each in (party, *bodies)}
            pairs |= {(party, body) for body in bodies}
            pairs |= {(subject, each) for subject in self._subjects(events) for each in (party, *bodies)}
        for row in self.tables["events"]:
            pairs |= {(row["id"], above) for above in self.whole(row["id"])}
            pairs |= {(row["id"], other) for other in (row.get("place"), *row.get("topics", ())) if other}
        for row in self.tables["memberships"]:
            pairs.add((row["person"], row["organisation"]))
        for row in (*self.tables["organisations"], *self.tables["places"]):
            if "parent" in row:
                pairs.add((row["id"], row["parent"]))
        for row in self.tables["relations"]:
            pairs.add((row["subject"], row["object"]))
        for row in self.tables["statements"]:
            events, speakers = self.whole(row["event"]) if "event" in row else [], set(row.get("agents", ()))
            if events:
                speakers |= {body for agent in row.get("agents", ()) for body in came_for[agent, events[-1]]}
            themes = [*row.get("topics", ()), *(bearing["question"] for bearing in row.get("questions", ()))]
            pairs |= {(theme, other) for theme in themes for other in (*events, *speakers)}
        for row in self.tables["questions"]:
            pairs |= {(row["id"], topic) for topic in row.get("topics", ())}
            for found in row.get("occurrences", ()):
                events = self.whole(found["event"])
                agents = set(found.get("agents", ()))
                bodies = {body for agent in agents for body in came_for[agent, events[-1]]}
                pairs |= {(row["id"], other) for other in (*events, *agents, *bodies)}
        tied: dict[str, set[str]] = defaultdict(set)
        for a, b in pairs:
            if a != b:
                tied[a].add(b)
                tied[b].add(a)
        return tied

    @cached_property
    def roles(self) -> dict[str, set[str]]:
        """Id of a speaker to the roles it had at any event."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.tables["participations"]:
            found[self.party[row["id"]]].add(row["role"])
        return found

    def begins(self, label: str, typed: str) -> bool:
        """Whether a word of a name begins as what was typed."""
        return any(word.startswith(fold(typed)) for word in fold(label).split())

    def quoted(self, passage: Document) -> tuple[str, str, str]:
        """How a passage stands in the evidence while its report is not attached: where it is, what it says there, and
        what it supports."""
        source = self.documents[passage["source"]]
        number, fields = passage["paragraph"], ", ".join(passage["fields"]).replace("_", " ")
        entry = source["digest"][number - 1]
        parts = entry.get("parts", [])
        own = [each["digest"] for each in parts if each["start"] < passage["end"] and passage["start"] < each["end"]]
        return (
            f"{source['label']}, paragraph {number} of {source['paragraphs']}",
            " ".join(own) if 0 < len(own) < len(parts) else entry["digest"],
            f"supports {fields}",
        )

    # Who the journeys are about: the first of their sort, whatever the dataset

    def only(self, *refs: str) -> bool:
        """Whether nothing else is called as these records are."""
        return all(self._called[fold(self.label(ref))] == 1 for ref in refs)

    @cached_property
    def _called(self) -> Counter[str]:
        return Counter(fold(row["label"]) for row in self.documents.values() if "label" in row)

    def taking_part(self, event: str) -> list[Document]:
        """Participations at an event itself, not at its parts."""
        return self._taking_part[event]

    @cached_property
    def _taking_part(self) -> dict[str, list[Document]]:
        found: dict[str, list[Document]] = defaultdict(list)
        for row in self.tables["participations"]:
            found[row["event"]].append(row)
        return found

    @cached_property
    def cast(self) -> tuple[str, str, str, str]:
        """A panel, its moderator, of whom title and organisation are not stated, a panellist, and its organisation.

        The panel is a part of another event and has two persons at least; the organisation bears on a question.
        """
        for row in self.tables["participations"]:
            if row["role"] != "moderator" or {"on_behalf_of", "title_as_stated", "unnamed"} & row.keys():
                continue
            panel, moderator = row["event"], row["agent"]
            if "super_event" not in self.documents[panel] or not moderator.startswith("person/"):
                continue
            if not self.only(panel, moderator):
                continue
            for other in self.taking_part(panel):
                panellist, bodies = other.get("agent", ""), other.get("on_behalf_of", [])
                if (
                    panellist.startswith("person/")
                    and panellist != moderator
                    and len(bodies) == 1
                    and self.only(panellist, bodies[0])
                    and any(ref.startswith("question/") for ref in self.tied[bodies[0]] & self.tied[panel])
                ):
                    return panel, moderator, panellist, bodies[0]
        raise LookupError("nobody moderated such a panel")

    @property
    def panel(self) -> str:
        """The event of the story."""
        return self.cast[0]

    @property
    def moderator(self) -> str:
        """Who moderated it, for whom is not stated."""
        return self.cast[1]

    @property
    def panellist(self) -> str:
        """A person who took part for an organisation."""
        return self.cast[2]

    @property
    def body(self) -> str:
        """That organisation."""
        return self.cast[3]

    @cached_property
    def question(self) -> str:
        """A question of its own name that the organisation bears on."""
        return next(ref for ref in self.lists["questions"] if ref in self.tied[self.body] and self.only(ref))

    @cached_property
    def elsewhere(self) -> str:
        """An organisation of its own name that has nothing to do with the panel."""
        return next(ref for ref in self.lists["organisations"] if ref not in self.tied[self.panel] and self.only(ref))

    @cached_property
    def programme(self) -> str:
        """An event of its own name, with a date and with parts."""
        wholes = {row.get("super_event") for row in self.tables["events"]}
        dated: list[str] = [row["id"] for row in self.tables["events"] if row["id"] in wholes and "date" in row]
        return next(ref for ref in dated if self.only(ref))

    @property
    def start(self) -> str:
        """What everybody sees first: the label of that event."""
        return self.label(self.start_id)

    @cached_property
    def start_id(self) -> str:
        """The event that everybody starts on: with most ties of those in the first twelve rows that are no part."""
        outer = [ref for ref in self.lists["timeline"][:12] if "super_event" not in self.documents[ref]]
        listed = {ref for refs in self.lists.values() for ref in refs}
        return max(outer, key=lambda ref: len(self.tied[ref] & listed))
