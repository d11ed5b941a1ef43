"""What a record that points at another is to it, in words."""

from __future__ import annotations

from collections.abc import Mapping

from convenings.presentation.profile.value import INFERRED

_ACTS: Mapping[str, str] = {
    "organiser": "organised it",
    "co-organiser": "was among its organisers",
    "host": "hosted it",
    "sponsor": "sponsored it",
    "supporter": "supported it",
    "chair": "chaired it",
    "moderator": "moderated it",
    "opening speaker": "spoke at its opening",
    "keynote speaker": "gave a keynote at it",
    "speaker": "spoke at it",
    "presenter": "presented at it",
    "panellist": "was a panellist at it",
    "discussant": "discussed at it",
    "commentator": "commented at it",
    "guest of honour": "was a guest of honour at it",
    "attendee": "attended it",
    "visitor": "was a visitor at it",
    "visited": "was visited in it",
    "rapporteur": "reported from it",
}
"""Role to what somebody in it did at an event."""
_TIES: Mapping[str, str] = {
    "event.super_event": "is part of it",
    "event.place": "took place there",
    "event.topics": "is about it",
    "organisation.parent": "is a unit of it",
    "organisation.place": "is based there",
    "place.parent": "lies in it",
    "topic.broader": "is narrower than it",
    "question.topics": "is about it",
    "question.occurrences.event": "came up at it",
    "question.occurrences.agents": "was raised or taken up by it",
    "initiative.topics": "is about it",
    "participation.agent": "is its part in an event",
    "participation.on_behalf_of": "was there for it",
    "membership.person": "is its post",
    "membership.organisation": "is a post in it",
    "relation.subject": "says how it is related",
    "relation.object": "says how it is related",
    "statement.event": "was said at it",
    "statement.agents": "was said by it",
    "statement.questions": "bears on it",
    "statement.topics": "is about it",
    "source.published_by": "was published by it",
    "statement.mentions": "mentions it",
    "gap.about": "is not known of it",
}
"""Kind and field to what a record of that kind is to the one that the field holds."""
TOOK_PART = "took part in it"
"""What all those did at an event who had a role in it."""


def tie_in_words(kind: str, field: str, role: str = "") -> str:
    """What a record is to the one it points at: "is part of it", "moderated it".

    Args:
        kind: Kind of the record that points.
        field: The field by which it does.
        role: Of a participation, the role; several with commas, marked where it is inferred.
    """
    if field == "evidence.source":
        return "rests on it"
    if kind == "participation" and field == "event":
        acts = [_ACTS.get(each, f"{each} at it") for each in role.removesuffix(INFERRED).split(", ")]
        return ", ".join(acts) + INFERRED * role.endswith(INFERRED)
    return _TIES.get(f"{kind}.{field}", f"names it as {field.rpartition('.')[2].replace('_', ' ')}")


def group_in_words(kind: str, field: str) -> str:
    """What all records of a kind that point at another by a field are to it: those with a role at an event took part.

    Args:
        kind: Kind of the records.
        field: The field by which they do.
    """
    return TOOK_PART if kind == "participation" and field == "event" else tie_in_words(kind, field)
