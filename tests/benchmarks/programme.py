"""A programme of events as it might be: events with sessions, people in several scripts and orders, organisations with
parents, questions that come back, and evidence on everything; words and links follow Zipf's law."""

from __future__ import annotations

import random
import re
from array import array
from collections.abc import Iterator, Mapping
from typing import Any, get_args
from unicodedata import normalize

import msgspec

from convenings.domain.kinds import KINDS, TABLES
from convenings.domain.record_values import (
    Act,
    Bearing,
    Count,
    EventType,
    Evidence,
    GapType,
    InitiativeType,
    Name,
    Occurrence,
    OrganisationType,
    Paragraph,
    QuestionForm,
    RelationType,
    StatementType,
    TopicType,
)
from convenings.domain.records import (
    UNSUPPORTED_FIELDS,
    Event,
    Gap,
    Initiative,
    Membership,
    Organisation,
    Participation,
    Person,
    Place,
    Question,
    Record,
    Relation,
    Source,
    Statement,
    Topic,
)
from convenings.domain.roles import ROLES
from tests.benchmarks.words import COUNTRIES, Words, Zipf

_CLAIMS = {
    struct: {
        field.name: field.default
        for field in msgspec.structs.fields(struct)
        if field.name not in UNSUPPORTED_FIELDS and not field.name.endswith("_basis")
    }
    for struct in KINDS.values()
}
_WHOLES = ("workshop", "seminar", "fair", "visit", "exhibition")
_PARTS = tuple(word for word in get_args(EventType) if word not in _WHOLES)
_SPEAKING = ("speaker", "panellist", "presenter", "moderator", "keynote speaker", "discussant", "commentator", "chair")
_TITLES = ("Director", "Secretary-General", "Professor", "Programme officer", "Chief engineer", "Founder", "Chair")
_LATER: tuple[Act, ...] = ("restated", "addressed", "addressed", "answered", "contested")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


class Programme:
    """The records of one dataset, made one at a time; only ids and links are kept.

    Args:
        size: how many records.
        counts: kind to how many of them are of it; each source reports one event, which has the sessions.
        seed: the same one gives the same records.
    """

    def __init__(self, size: int, counts: Mapping[str, int], seed: int) -> None:
        self.rng = random.Random(seed)
        self.words = Words(self.rng, size)
        self.counts = counts
        self.ids: dict[str, list[str]] = {kind: [] for kind in KINDS}
        for kind in ("source", "topic", "place"):
            # Events name these before their own tables come.
            self.ids[kind] = [f"{kind}/{kind}-{n}" for n in range(1, self.counts[kind] + 1)]
        self.lengths = array("i", (self.rng.randint(6, 24) for _ in self.ids["source"]))
        """Paragraphs of each source."""
        self.report = array("i")
        """Source of each event."""
        self.home = array("i", self._zipf_numbers(self.counts["organisation"], self.counts["person"], 0.8))
        """Organisation of each person."""
        self.present: dict[int, list[str]] = {}
        """Agents of each event that has any."""
        self.topics = Zipf(self.ids["topic"], 0.9)

    def records(self) -> Iterator[Record]:
        """All records, in the order of a dataset file."""
        for kind in KINDS:
            keep = self.ids[kind] if kind in ("event", "person", "organisation", "initiative", "question") else None
            for record in getattr(self, f"_{TABLES[kind]}")(self.counts[kind]):
                if keep is not None:
                    keep.append(record.id)
                yield record

    def _zipf_numbers(self, below: int, count: int, exponent: float) -> list[int]:
        numbers = list(range(below))
        self.rng.shuffle(numbers)
        return Zipf(numbers, exponent).some(self.rng, count)

    def _chance(self, of: float) -> bool:
        return self.rng.random() < of

    def _slug(self, label: str, number: int) -> str:
        plain = normalize("NFKD", label.lower()).encode("ascii", "ignore").decode()
        return f"{_NOT_LETTERS.sub('-', plain)[:40].strip('-')}-{number}".lstrip("-")

    def _make(self, struct: type[Record], source: int, **fields: Any) -> Any:
        """A record with evidence for each of its claims, in one or two passages of a source."""
        claims = _CLAIMS[struct]
        claimed = [n for n, v in fields.items() if n in claims and v not in (None, "", []) and v != claims[n]]
        split = self.rng.randint(1, len(claimed)) if len(claimed) > 1 else len(claimed)
        halves = [half for half in (claimed[:split], claimed[split:]) if half]
        evidence = [self._passage(source, half) for half in halves]
        if inferred := [name for name in claimed if fields.get(f"{name}_basis") == "inferred"]:
            evidence.append(self._passage(source, inferred, inferred=True))
        return struct(evidence=evidence, **fields)

    def _passage(self, source: int, fields: list[str], *, inferred: bool = False) -> Evidence:
        rng = self.rng
        start = int(rng.random() * 400)
        inferred = inferred or rng.random() < 0.1
        return Evidence(
            source=self.ids["source"][source],
            paragraph=1 + int(rng.random() * self.lengths[source]),
            start=start,
            end=start + 8 + int(rng.random() * 160),
            passage_hash=f"{rng.getrandbits(64):016x}",
            fields=fields,
            basis="inferred" if inferred else "stated",
            note="follows from the paragraph before" if inferred else "",
        )

    def _any_source(self) -> int:
        return int(self.rng.random() * len(self.lengths))

    def _about(self, most: int) -> list[str]:
        return list(dict.fromkeys(self.topics.some(self.rng, self.rng.randint(0, most))))

    def _pick(self, kind: str) -> str:
        """One id of a kind, the early ones far more often than the late ones."""
        ids = self.ids[kind]
        return ids[int(len(ids) * self.rng.random() ** 3)]

    def _date(self) -> str | None:
        rng = self.rng
        year, month, day = 2025 - int(30 * rng.random() ** 1.5), rng.randint(1, 12), rng.randint(1, 24)
        month_of = f"{year}-{month:02}"
        forms = (
            f"{month_of}-{day:02}", f"{month_of}-{day:02}/{month_of}-{day + rng.randint(1, 4):02}", month_of,
            f"{month_of}?", f"{year}", f"{year}~", None,
        )  # fmt: skip
        return rng.choices(forms, (66, 18, 6, 3, 3, 2, 2))[0]

    def _events(self, count: int) -> Iterator[Event]:
        """Each whole, then its sessions, some of which have parts of their own."""
        rng, reports = self.rng, len(self.lengths)
        sessions = [0] * reports
        for report in self._zipf_numbers(reports, count - reports, 0.5):
            sessions[report] += 1
        number = 0
        for source, held in enumerate(sessions):
            number += 1
            city, type_, date = self.words.city(), rng.choice(_WHOLES), self._date()
            label = f"{self.words.title(rng.randint(1, 3))} {type_} in {city}"
            whole = f"event/{self._slug(label, number)}"
            self.report.append(source)
            yield self._make(
                Event, source, id=whole, label=label, type=type_, date=date,
                date_basis=date and ("inferred" if self._chance(0.15) else "stated"),
                names=[Name(value=self.words.title(5), type="name")] if self._chance(0.4) else [],
                place=rng.choice(self.ids["place"]) if self._chance(0.9) else None, place_basis="stated",
                attendance=self._attendance() if self._chance(0.3) else None,
                summary=self.words.sentence(10, 30), topics=self._about(5),
            )  # fmt: skip
            above = [whole]
            for position in range(1, held + 1):
                number += 1
                type_ = rng.choice(_PARTS)
                label = f"{type_.capitalize()} on {self.words.title(rng.randint(1, 3)).lower()}"
                parent = rng.choice(above) if self._chance(0.15) else whole
                ref = f"event/{self._slug(label, number)}"
                if type_ in ("panel", "round table", "activity"):
                    above.append(ref)
                self.report.append(source)
                yield self._make(
                    Event, source, id=ref, label=label, type=type_, super_event=parent,
                    date=date and date.partition("/")[0] if self._chance(0.3) else None, date_basis="stated",
                    position=position if self._chance(0.7) else None,
                    start_time=f"{rng.randint(8, 17):02}:{rng.choice((0, 30)):02}" if self._chance(0.2) else None,
                    summary=self.words.sentence(6, 24), topics=self._about(3),
                )  # fmt: skip

    def _attendance(self) -> Count:
        number = int(20 * 1.5 ** (self.rng.random() * 10))
        return Count(as_stated=f"more than {number}", min=number, exclusive=True)

    def _people(self, count: int) -> Iterator[Person]:
        for number in range(1, count + 1):
            name = self.words.person()
            names = [Name(value=name.label, type="name", order=name.order)]  # type: ignore[arg-type]
            if name.native and self._chance(0.6):
                names.append(Name(value=name.native, type="native", language="zh", script="Hans", order="family-first"))
            yield self._make(
                Person, self._any_source(), id=f"person/{self._slug(name.label, number)}", label=name.label,
                family=name.family, given=name.given, names=names,
                honorific=self.rng.choice(("Mr.", "Ms.")) if self._chance(0.3) else "",
            )  # fmt: skip

    def _organisations(self, count: int) -> Iterator[Organisation]:
        rng, words, done = self.rng, self.words, self.ids["organisation"]
        types = [word for word in get_args(OrganisationType) if word != "unit"]
        for number in range(1, count + 1):
            unnamed = self._chance(0.01)
            parent = self._pick("organisation") if done and self._chance(0.25) else None
            type_ = "unit" if parent else rng.choice(types)
            form = rng.choice(
                ("{c} {a} Foundation", "Institute of {a} {b}", "{a} {b} Co.", "{c} Association for {a} {b}")
            )
            if parent:
                form = rng.choice(("Department of {a} {b}", "{a} Laboratory", "Centre for {a} and {b}"))
            label = form.format(a=words.word(), b=words.word(), c=words.city())
            names = [Name(value=label, type="name")]
            if self._chance(0.4):
                short = "".join(word[0] for word in label.split() if word[0].isupper())
                names.append(Name(value=short, type="abbreviation"))
            if self._chance(0.2):
                names.append(Name(value=words.han(4, 9), type="native", language="zh", script="Hans"))
            yield self._make(
                Organisation, self._any_source(), id=f"organisation/{self._slug(label, number)}",
                label=f"A body for {label.lower()}" if unnamed else label, type=type_, names=[] if unnamed else names,
                parent=parent, parent_basis="stated", unnamed="a body that is not named" if unnamed else None,
                place=rng.choice(self.ids["place"]) if self._chance(0.3) else None,
                summary=words.sentence(6, 16) if self._chance(0.3) else "",
            )  # fmt: skip

    def _places(self, count: int) -> Iterator[Place]:
        """Countries, then cities in them, then venues in those."""
        ids, countries = self.ids["place"], min(len(COUNTRIES), max(1, count // 10))
        cities = countries + max(1, count // 3)
        for number, ref in enumerate(ids):
            if number < countries:
                type_, label, parent = "country", COUNTRIES[number], None
            elif number < cities:
                type_, label, parent = "city", self.words.city(), ids[number % countries]
            else:
                type_, label = "venue", f"{self.words.word()} Hall"
                parent = ids[countries + number % (cities - countries)]
            yield self._make(
                Place, self._any_source(), id=ref, label=label, type=type_, parent=parent,
                parent_basis=parent and "stated", names=[Name(value=label, type="name")],
            )  # fmt: skip

    def _initiatives(self, count: int) -> Iterator[Initiative]:
        for number in range(1, count + 1):
            type_ = self.rng.choice(get_args(InitiativeType))
            label = f"{self.words.title(2)} {type_ if type_ != 'other' else 'scheme'}"
            yield self._make(
                Initiative, self._any_source(), id=f"initiative/{self._slug(label, number)}", label=label, type=type_,
                names=[Name(value=label, type="name")], summary=self.words.sentence(8, 24), topics=self._about(3),
            )  # fmt: skip

    def _questions(self, count: int) -> Iterator[Question]:
        """Each raised at one event; some come back at others."""
        rng = self.rng
        for number in range(1, count + 1):
            text = f"How can {self.words.sentence(6, 16)[:-1].lower()}?"
            at = sorted({int(rng.random() * len(self.report)) for _ in range(1 + int(rng.paretovariate(1.5)))})[:12]
            found = []
            for turn, event in enumerate(at):
                act: Act = rng.choice(_LATER) if turn else "raised"
                agents = [self._pick("person")] if self._chance(0.5) else []
                passage = self._passage(self.report[event], ["event", "act", *(["agents"] if agents else [])])
                ref, explicit = self.ids["event"][event], self._chance(0.6)
                found.append(Occurrence(event=ref, act=act, explicit=explicit, agents=agents, evidence=[passage]))
            yield self._make(
                Question, self.report[at[0]], id=f"question/{self._slug(text, number)}",
                label=text[:60].rstrip(" ?") + "?", text=text, form=rng.choice(get_args(QuestionForm)),
                topics=self._about(3), occurrences=found, number=rng.randint(1, 9) if self._chance(0.2) else None,
            )  # fmt: skip

    def _topics(self, count: int) -> Iterator[Topic]:
        ids = self.ids["topic"]
        for number, ref in enumerate(ids):
            label = self.words.title(self.rng.randint(1, 2))
            yield self._make(
                Topic, self._any_source(), id=ref, label=label, type=self.rng.choice(get_args(TopicType)),
                names=[Name(value=label, type="name")],
                broader=ids[int(number * self.rng.random())] if number and self._chance(0.4) else None,
            )  # fmt: skip

    def _participations(self, count: int) -> Iterator[Participation]:
        """Each event has its own number of parties; nobody has one role twice at one event."""
        rng, events = self.rng, len(self.report)
        people = Zipf(self._shuffled("person"), 0.7)
        weights = [rng.expovariate(1.0) for _ in range(events)]
        total, passed, done = sum(weights), 0.0, 0
        for event, weight in enumerate(weights):
            passed += weight
            upto = count if event == events - 1 else min(count, round(count * passed / total))
            seen: set[tuple[str, ...]] = set()
            while done < upto:
                person = people.one(rng)
                role = rng.choice(_SPEAKING if self._chance(0.75) else ROLES)
                fields = self._party(person)
                key = (role, fields.get("agent") or fields["unnamed"])
                if key in seen:
                    continue
                seen.add(key)
                done += 1
                if agent := fields.get("agent"):
                    self.present.setdefault(event, []).append(agent)
                yield self._make(
                    Participation, self.report[event], id=f"participation/p-{done}", event=self.ids["event"][event],
                    role=role, role_basis="inferred" if self._chance(0.1) else "stated", **fields,
                )  # fmt: skip

    def _party(self, person: int) -> dict[str, Any]:
        """Who takes part: a person for an organisation, an organisation itself, or somebody unnamed."""
        chance = self.rng.random()
        if chance < 0.06:
            number = self.rng.randint(2, 40)
            return {"unnamed": f"{number} {self.words.title(2).lower()} delegates"}
        if chance < 0.2:
            return {"agent": self._pick("organisation")}
        fields: dict[str, Any] = {"agent": self.ids["person"][person]}
        if self._chance(0.75):
            fields["on_behalf_of"] = [self.ids["organisation"][self.home[person]]]
        if self._chance(0.6):
            fields["title_as_stated"] = self.rng.choice(_TITLES)
        return fields

    def _shuffled(self, kind: str) -> list[int]:
        numbers = list(range(len(self.ids[kind])))
        self.rng.shuffle(numbers)
        return numbers

    def _memberships(self, count: int) -> Iterator[Membership]:
        """For most people one, in the organisation they come for."""
        people = self.ids["person"]
        for number in range(count):
            person = number % len(people)
            year = self.rng.randint(1998, 2024)
            yield self._make(
                Membership, self._any_source(), id=f"membership/m-{number + 1}", person=people[person],
                organisation=self.ids["organisation"][self.home[person]], title=self.rng.choice(_TITLES),
                first_attested=f"{year}", last_attested=f"{year + self.rng.randint(0, 3)}", attested_basis="stated",
            )  # fmt: skip

    def _relations(self, count: int) -> Iterator[Relation]:
        types = get_args(RelationType)
        seen: set[tuple[str, str, str]] = set()
        while len(seen) < count:
            type_ = self.rng.choice(types)
            subject = self._pick("organisation")
            other = self._pick(self.rng.choice(("organisation", "initiative", "initiative", "event")))
            if subject == other or (type_, subject, other) in seen:
                continue
            seen.add((type_, subject, other))
            yield self._make(
                Relation, self._any_source(), id=f"relation/r-{len(seen)}", type=type_, subject=subject, object=other,
                tie=self.words.title(3).lower() if type_ == "other" or self._chance(0.3) else "",
            )  # fmt: skip

    def _statements(self, count: int) -> Iterator[Statement]:
        rng = self.rng
        for number in range(1, count + 1):
            event = int(rng.random() * len(self.report))
            agents = self.present.get(event) if self._chance(0.85) else None
            topics, source = self._about(2), self.report[event]
            questions = [self._bearing(source)] if self._chance(0.5) else []
            yield self._make(
                Statement, self.report[event], id=f"statement/s-{number}", type=rng.choice(get_args(StatementType)),
                summary=self.words.sentence(8, 34), event=self.ids["event"][event],
                agents=[rng.choice(agents)] if agents else [], topics=topics, questions=questions,
                mentions=[self._pick("organisation")] if self._chance(0.3) else [],
            )  # fmt: skip

    def _bearing(self, source: int) -> Bearing:
        """What a statement says of a question, mostly as inferred."""
        passage, reason = self._passage(source, ["question"]), self.words.sentence(4, 12)
        return Bearing(question=self._pick("question"), basis=passage.basis, reason=reason, evidence=[passage])

    def _sources(self, count: int) -> Iterator[Source]:
        for number, (ref, paragraphs) in enumerate(zip(self.ids["source"], self.lengths, strict=True)):
            title = self.words.title(6)
            digest = [Paragraph(number=n, digest=self.words.sentence(8, 20)) for n in range(1, paragraphs + 1)]
            yield self._make(
                Source, number, id=ref, label=title[:60].strip(), title=title,
                published=f"{self.rng.randint(1996, 2025)}",
                published_basis="stated", publisher=self._pick("organisation"), language="en", paragraphs=paragraphs,
                text_hash=f"{self.rng.getrandbits(64):016x}", digest=digest,
            )  # fmt: skip

    def _gaps(self, count: int) -> Iterator[Gap]:
        for number in range(1, count + 1):
            type_ = self.rng.choice(get_args(GapType))
            about = [self._pick(self.rng.choice(("event", "person", "organisation")))]
            yield self._make(
                Gap, self._any_source(), id=f"gap/g-{number}",
                label=f"{type_.capitalize()}: {self.words.title(2).lower()}",
                type=type_, about=about, detail=self.words.sentence(6, 18),
            )  # fmt: skip
