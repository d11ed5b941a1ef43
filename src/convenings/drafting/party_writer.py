"""People and organisations of a report as records of the dataset, with what ties them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from convenings.domain.claims import claim_of
from convenings.domain.errors import BadInput
from convenings.domain.record_values import (
    Name,
)
from convenings.domain.records import (
    Membership,
    Organisation,
    Participation,
    Person,
)
from convenings.domain.roles import ROLES
from convenings.domain.text import fold
from convenings.drafting.event_writer import EventWriter
from convenings.drafting.gathering import is_set, joined, set_field, slug_of, suffixes
from convenings.drafting.types_by_name import organisation_type
from convenings.store.draft_file import DraftField, DraftRecord

_CAPITALS = re.compile(r"[^\W\d_a-z]{2,}(?:[-’'][^\W\d_a-z]+)*")


class PartyWriter(EventWriter):
    """Writes people, organisations, participations and memberships."""

    def _person(self, ref: str) -> str:
        """The person of a participation, new or the one that the reader has chosen."""
        draft = self._draft(ref)
        if "person" in draft.refs:
            return draft.refs["person"]
        self._refuse_rejected(draft, "person")
        name = draft.fields["agent"]
        if name.same_as:
            person_id = self._cite_in(name.same_as, draft, name)
        else:
            family, given = name_parts(name.value)
            person = Person(
                id=self._mint.ref("person", f"{family} {given}".strip() or name.value),
                label=name.value,
                family=family,
                given=given,
                evidence=[self._cite(draft, name, ["family", "given"] if family else ["label"])],
            )
            self._write(person, draft.source)
            person_id = person.id
        self._put(draft, refs={"person": person_id})
        return person_id

    def _organisation(self, ref: str) -> str:
        draft = self._draft(ref)
        if "organisation" in draft.refs:
            return draft.refs["organisation"]
        self._refuse_rejected(draft, "organisation")
        name = draft.fields["name"]
        if name.same_as:
            organisation_id = self._cite_in(name.same_as, draft, name)
        else:
            short = draft.fields.get("abbreviation")
            abbreviation = short.value if short is not None and is_set(short) else ""
            organisation_id = self._new_organisation(draft, name, abbreviation)
        # What it did for the event is to be decided on by itself, whoever belongs to it.
        state = None if suffixes(draft, "role") else "accepted"
        self._put(draft, state=state, refs={"organisation": organisation_id})
        return organisation_id

    def _organisation_with_roles(self, ref: str) -> None:
        organisation_id = self._organisation(ref)
        draft = self._draft(ref)
        self._put(draft, refs=self._parts(draft, organisation_id))

    def _new_organisation(self, draft: DraftRecord, name: DraftField, abbreviation: str = "") -> str:
        guess = self._type(draft if draft.kind == "organisation" else None, organisation_type(name.value), ())
        names = [Name(value=abbreviation, type="abbreviation")] if abbreviation else []
        evidence = [
            self._cite(draft, name, ["names"] if names else ["label"]),
            self._cite(draft, name, ["type"], "inferred" if guess.note else "stated", guess.note),
        ]
        organisation = Organisation(
            id=self._mint.ref("organisation", name.value),
            label=name.value,
            type=guess.type,
            names=names,
            evidence=evidence,
        )
        self._write(organisation, draft.source)
        return organisation.id

    def _participation(self, ref: str) -> None:
        person_id = self._person(ref)
        draft = self._draft(ref)
        titles: list[DraftField] = []
        bodies: list[DraftField] = []
        body_ids: list[str] = []
        refs: dict[str, str] = {}
        for suffix in suffixes(draft, "title_as_stated", "on_behalf_of"):
            title, body = set_field(draft, f"title_as_stated{suffix}"), set_field(draft, f"on_behalf_of{suffix}")
            if title:
                titles.append(title)
            if not body:
                continue
            body_id = self._body(draft, body)
            bodies.append(body)
            if body_id not in body_ids:
                body_ids.append(body_id)
            if title:
                refs[f"membership{suffix}"] = self._membership(draft, person_id, body_id, title, body)
        self._put(draft, refs=refs | self._parts(draft, person_id, titles, bodies, body_ids))

    def _parts(
        self,
        draft: DraftRecord,
        agent: str,
        titles: Sequence[DraftField] = (),
        bodies: Sequence[DraftField] = (),
        body_ids: Sequence[str] = (),
    ) -> dict[str, str]:
        """A participation for each role of a draft; the ids by what they are called in it."""
        refs: dict[str, str] = {}
        name = draft.main
        for suffix in suffixes(draft, "role"):
            role = set_field(draft, f"role{suffix}")
            if not role:
                continue
            if role.value not in ROLES:
                hint = f"choose one of: {', '.join(ROLES)}"
                raise BadInput(f"'{role.value}' is no role", place=draft.id, hint=hint)
            event_id = self._event_of(draft)
            evidence = [
                self._cite(draft, name, ["agent"]),
                self._cite(draft, role, ["role", "event"], at=name),
                *(self._cite(draft, title, ["title_as_stated"], at=name) for title in titles),
                *(self._cite(draft, body, ["on_behalf_of"], at=name) for body in bodies),
            ]
            participation = Participation(
                id=self._mint.ref("participation", f"{slug_of(agent)} {role.value}"),
                event=event_id,
                role=role.value,  # type: ignore[arg-type]  # looked up among the roles above
                agent=agent,
                on_behalf_of=list(body_ids),
                title_as_stated="; ".join(dict.fromkeys(title.value for title in titles)),
                role_basis=self._basis(role),
                evidence=evidence,
            )
            refs[f"participation{suffix}"] = self._with_claim(participation, draft.source)
        return refs

    def _body(self, draft: DraftRecord, field: DraftField) -> str:
        """The organisation of a field: the one that the reader has chosen, that of a draft record, or a new one."""
        if field.same_as:
            return self._dataset_id(field.same_as, "organisation")
        other = self._drafts.get(field.draft)
        if other is not None and self._draft(other.id).state != "rejected":
            return self._organisation(other.id)
        wanted = fold(field.value)
        here = next(
            (r.id for r in self.records.values() if isinstance(r, Organisation) and fold(r.label) == wanted), ""
        )
        return here or self._new_organisation(draft, field)

    def _membership(self, draft: DraftRecord, person_id: str, body_id: str, title: DraftField, body: DraftField) -> str:
        for record in (*self.records.values(), *self._dataset.values()):
            is_same = (
                isinstance(record, Membership)
                and record.person == person_id
                and record.organisation == body_id
                and fold(record.title) == fold(title.value)
            )
            if is_same:
                return record.id
        name = draft.fields["agent"]
        membership = Membership(
            id=self._mint.ref("membership", f"{slug_of(person_id)} {title.value}"),
            person=person_id,
            organisation=body_id,
            title=title.value,
            evidence=[
                self._cite(draft, name, ["person"]),
                self._cite(draft, title, ["title"], at=name),
                self._cite(draft, body, ["organisation"], at=name),
            ],
        )
        self._write(membership, draft.source)
        return membership.id

    def _with_claim(self, participation: Participation, source: str) -> str:
        """Write a participation; where the dataset says so already, give that one the new evidence."""
        if self._participations is None:
            pairs = (
                (claim_of(each, str), each.id) for each in self._dataset.values() if isinstance(each, Participation)
            )
            self._participations = {claim: ref for claim, ref in pairs if claim is not None}
        claim = claim_of(participation, str)
        assert claim is not None
        former = self._participations.get(claim)
        if former is None:
            self._participations[claim] = participation.id
            self._write(participation, source)
            return participation.id
        other = self._record(former)
        own = [
            replace(each, fields=[name for name in each.fields if getattr(other, name)])
            for each in participation.evidence
        ]
        self._write(replace(other, evidence=joined(other.evidence, [each for each in own if each.fields])), source)
        return former


def name_parts(name: str) -> tuple[str, str]:
    """Family and given name, where capitals tell which is which; empty otherwise, as orders differ."""
    words = name.split()
    capitals = [word for word in words if _CAPITALS.fullmatch(word)]
    others = [word for word in words if not _CAPITALS.fullmatch(word)]
    if not capitals or not others or words not in ([*capitals, *others], [*others, *capitals]):
        return "", ""
    if any(word.endswith(".") or len(word) == 1 for word in others):
        return "", ""
    return " ".join(word.title() for word in capitals), " ".join(others)
