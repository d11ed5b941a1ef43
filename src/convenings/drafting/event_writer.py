"""Events and places of a report as records of the dataset."""

from __future__ import annotations

from typing import get_args

from msgspec.structs import replace

from convenings.domain.errors import BadInput
from convenings.domain.record_values import (
    EventType,
)
from convenings.domain.records import (
    Event,
    Place,
)
from convenings.domain.text import fold
from convenings.drafting.gathering import Gathering, is_date, is_set, label_of, set_field
from convenings.drafting.types_by_name import event_type, place_type
from convenings.store.draft_file import DraftField, DraftRecord


class EventWriter(Gathering):
    """Writes events, each with its place."""

    def _event(self, ref: str) -> str:
        draft = self._draft(ref)
        if "event" in draft.refs:
            return draft.refs["event"]
        self._refuse_rejected(draft, "event")
        name = draft.fields["name"]
        if name.same_as:
            event_id = self._cite_in(name.same_as, draft, name)
            self._put(draft, state="accepted", refs={"event": event_id})
            return event_id
        label, names = label_of(name.value)
        event_id = self._mint.ref("event", label)
        guess = self._type(draft, event_type(name.value), get_args(EventType))
        evidence = [self._cite(draft, name, ["type", *(["names"] if names else [])])]
        if guess.note:
            evidence = [
                *([self._cite(draft, name, ["names"])] if names else []),
                self._cite(draft, name, ["type"], "inferred", guess.note),
            ]
        event = Event(id=event_id, label=label, type=guess.type, names=names)
        date = draft.fields.get("date")
        if date is not None and is_set(date) and is_date(date.value):
            evidence.append(self._cite(draft, date, ["date"]))
            event = replace(event, date=date.value, date_basis=self._basis(date))
        place = draft.fields.get("place")
        place_id = ""
        if place is not None and is_set(place):
            place_id = self._place(draft, place)
            evidence.append(self._cite(draft, place, ["place"]))
            event = replace(event, place=place_id, place_basis=self._basis(place))
        self._write(replace(event, evidence=evidence), draft.source)
        refs = {"event": event_id} | ({"place": place_id} if place_id else {})
        self._put(draft, state="accepted", refs=refs)
        return event_id

    def _place(self, draft: DraftRecord, field: DraftField) -> str:
        if field.same_as:
            return self._cite_in(field.same_as, draft, field)
        wanted = fold(field.value)
        for record in (*self.records.values(), *self._dataset.values()):
            # A place has one name; two of one name are told apart by what they lie in, which is not drafted.
            if isinstance(record, Place) and fold(record.label) == wanted:
                return record.id
        guess = place_type(field.value)
        place = Place(
            id=self._mint.ref("place", field.value),
            label=field.value,
            type=guess.type,
            evidence=[self._cite(draft, field, ["type"], "inferred" if guess.note else "stated", guess.note)],
        )
        self._write(place, draft.source)
        return place.id

    def _event_of(self, draft: DraftRecord) -> str:
        field = set_field(draft, "event")
        if field is None:
            raise BadInput("there is no event for it", place=draft.id, hint="set event to the id of one")
        return self._dataset_id(field.same_as, "event") if field.same_as else self._event(field.draft)
