"""From a draft to the records of the queue: one decision each, in the terms of the data model, with paragraphs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from hashlib import sha256
from itertools import accumulate

from convenings.domain.record_values import Basis
from convenings.drafting.value import Draft, DraftEvent, DraftOrganisation, DraftPerson, DraftRole, Span, Value
from convenings.store.draft_file import DraftEvidence, DraftField, DraftKind, DraftRecord
from convenings.store.sources import paragraphs, passage_hash

READER = "reader"
"""What stands for the rule where the reader has written a value."""
MAIN_EVENT = "main event"
"""Rule by which everything of a report is of the event that it reports on."""
STATED_ROLES = frozenset({"label", "list", "as"})
"""Rules by which the text itself calls somebody so; every other cue lets it be inferred."""
_NOTES = {"statement": "they speak in this passage"}
_LONGEST_CUE = 40
"""Code points of a cue that is cited in a note; longer ones are the passage itself."""


class Places:
    """Where spans of a text with one paragraph a line stand in its paragraphs.

    Args:
        text: The text, in which every line has something.
    """

    def __init__(self, text: str) -> None:
        self.paragraphs = paragraphs(text)
        self._starts = list(accumulate((len(each) + 1 for each in self.paragraphs), initial=0))

    def evidence(self, span: Span) -> DraftEvidence | None:
        """A span as evidence; what goes over several paragraphs is cut at the end of its first."""
        number = bisect_right(self._starts, span[0])
        if not 1 <= number <= len(self.paragraphs):
            return None
        line, at = self.paragraphs[number - 1], self._starts[number - 1]
        return self.passage(number, span[0] - at, min(span[1] - at, len(line)))

    def passage(self, paragraph: int, start: int, end: int) -> DraftEvidence | None:
        """The evidence that a stretch of a paragraph is, without blanks around it; nothing where only those are."""
        text = self.paragraphs[paragraph - 1][start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        return DraftEvidence(paragraph, start, start + len(text), passage_hash(text)) if text else None

    def words(self, evidence: DraftEvidence) -> str:
        """What stands at a place."""
        return self.paragraphs[evidence.paragraph - 1][evidence.start : evidence.end]


def records_of(draft: Draft, text: str, source: str, text_hash: str) -> list[DraftRecord]:
    """The records of a draft, in the order of the text.

    Args:
        draft: What the rules found in the text.
        text: The text, one paragraph a line.
        source: Id of its source.
        text_hash: Its hash.
    """
    return _Queue(draft, Places(text), source, text_hash).records()


class _Queue:
    def __init__(self, draft: Draft, places: Places, source: str, text_hash: str) -> None:
        self._draft = draft
        self._places = places
        self._source = source
        self._text_hash = text_hash
        self._records: dict[str, DraftRecord] = {}
        self._event_ids: list[str] = []
        self._organisation_ids: list[str] = []
        self._organisations = {
            span: number for number, each in enumerate(draft.organisations) for span in [each.name.span, *each.mentions]
        }
        self._by_name = {each.name.text.casefold(): number for number, each in enumerate(draft.organisations)}

    def records(self) -> list[DraftRecord]:
        draft = self._draft
        self._event_ids = [self._add("event", self._event(each)) for each in draft.events]
        self._organisation_ids = [self._add("organisation", self._organisation(each)) for each in draft.organisations]
        people = [self._add("participation", self._person(each)) for each in draft.people]
        for question in draft.questions:
            form = "direct" if question.is_direct else "indirect"
            passage = DraftField("", self._places.evidence(question.span), question.how)
            fields = {"passage": passage, "form": DraftField(form, how=question.how)}
            self._add("question", fields | self._of_main_event())
        for statement in draft.statements:
            speaker = draft.people[statement.speaker].name.text
            passage = DraftField("", self._places.evidence(statement.span), statement.how)
            fields = {
                "passage": passage,
                "agent": DraftField(speaker, how=statement.how, draft=people[statement.speaker]),
            }
            self._add("statement", fields | self._of_main_event(), speaker)
        return sorted(self._records.values(), key=lambda record: record.place)

    def _add(self, kind: DraftKind, fields: dict[str, DraftField], agent: str = "") -> str:
        """Add a record, unless nothing says where it stands; its id."""
        evidence = next(iter(fields.values())).evidence if fields else None
        if evidence is None:
            return ""
        ref = draft_id(self._text_hash, kind, evidence, agent)
        self._records.setdefault(ref, DraftRecord(id=ref, kind=kind, source=self._source, fields=fields))
        return ref

    def _organisation(self, organisation: DraftOrganisation) -> dict[str, DraftField]:
        fields = self._named("name", organisation.name)
        if organisation.abbreviation and fields:
            fields["abbreviation"] = DraftField(organisation.abbreviation, fields["name"].evidence, "defined")
        if fields and organisation.roles:
            fields |= self._roles(organisation.roles) | self._of_main_event()
        return fields

    def _roles(self, roles: Iterable[DraftRole]) -> dict[str, DraftField]:
        return {"role" if number == 1 else f"role.{number}": self._role(role) for number, role in enumerate(roles, 1)}

    def _named(self, name: str, value: Value, draft: str = "") -> dict[str, DraftField]:
        """A field with a value that stands somewhere; nothing where it cannot be placed."""
        evidence = self._places.evidence(value.span)
        return {name: DraftField(value.text, evidence, value.how, draft=draft)} if evidence else {}

    def _event(self, event: DraftEvent) -> dict[str, DraftField]:
        fields = self._named("name", event.name)
        if event.date and event.date_span and (evidence := self._places.evidence(event.date_span)):
            basis: Basis = "inferred" if event.date_note else "stated"
            fields["date"] = DraftField(event.date, evidence, "date", basis=basis, note=event.date_note)
        if event.place:
            fields |= self._named("place", event.place)
        return fields

    def _of_main_event(self) -> dict[str, DraftField]:
        if not self._event_ids or not self._event_ids[0]:
            return {}
        return {"event": DraftField(self._draft.events[0].name.text, how=MAIN_EVENT, draft=self._event_ids[0])}

    def _person(self, person: DraftPerson) -> dict[str, DraftField]:
        fields = self._named("agent", person.name)
        if not fields:
            return {}
        for number, post in enumerate(person.posts, 1):
            suffix = "" if number == 1 else f".{number}"
            if post.title:
                fields |= self._named(f"title_as_stated{suffix}", post.title)
            if post.organisation:
                fields |= self._named(
                    f"on_behalf_of{suffix}", post.organisation, self._organisation_at(post.organisation)
                )
        fields |= self._roles(person.roles)
        if person.is_present is False:
            # They are known of, but took no part in any event.
            return fields | {"present": DraftField("no", how="absent")}
        return fields | self._of_main_event()

    def _organisation_at(self, organisation: Value) -> str:
        number = self._organisations.get(organisation.span, self._by_name.get(organisation.text.casefold()))
        return "" if number is None else self._organisation_ids[number]

    def _role(self, role: DraftRole) -> DraftField:
        evidence = self._places.evidence(role.span)
        if role.how in STATED_ROLES:
            return DraftField(role.role, evidence, role.how)
        words = self._places.words(evidence) if evidence else ""
        cue = f"the cue “{words}”" if words and len(words) <= _LONGEST_CUE else ""
        note = _NOTES.get(role.how) or cue or f"a passage of the kind “{role.how}”"
        return DraftField(role.role, evidence, role.how, basis="inferred", note=note)


def with_decisions(drafts: Iterable[DraftRecord], former: Iterable[DraftRecord]) -> list[DraftRecord]:
    """A new draft of a report with what the reader has done with the former one: what was rejected stays so.

    What was decided on and is not drafted any more stays; what is open and not drafted any more goes.
    """
    records = {record.id: record for record in drafts}
    records |= {record.id: record for record in former if is_touched(record)}
    return sorted(records.values(), key=lambda record: record.place)


def is_absent(record: DraftRecord) -> bool:
    """Whether the report says of somebody that they were not there, and the reader does not say otherwise."""
    present = record.fields.get("present")
    return present is not None and present.state != "rejected" and present.value == "no"


def is_touched(record: DraftRecord) -> bool:
    """Whether the reader has done anything with a record, or something of it is in the dataset."""
    return record.state != "open" or bool(record.refs) or any(map(is_touched_field, record.fields.values()))


def is_touched_field(field: DraftField) -> bool:
    """Whether the reader has done anything with a field."""
    return field.how == READER or bool(field.same_as) or field.state != "open"


def draft_id(text_hash: str, kind: DraftKind, evidence: DraftEvidence, agent: str = "") -> str:
    """The id of a draft record, which is that of the one that stands at its place when the report is drafted again."""
    place = f"{kind} {evidence.paragraph} {evidence.start} {evidence.end} {agent}"
    return f"draft/{text_hash[:6]}/{kind[0]}-{sha256(place.encode()).hexdigest()[:6]}"
