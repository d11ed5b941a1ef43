"""A draft as the JSON that ``draft --json`` prints: people, organisations, events, questions, statements with spans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from convenings.drafting.policy import is_ticked
from convenings.drafting.value import Draft, DraftPerson, DraftRole, Post, Value


def as_json(draft: Draft, name: str) -> dict[str, Any]:
    """The draft of a file with a name, as values of JSON; roles with hyphens."""
    return {
        "text": name,
        "language": draft.language,
        "people": [_person(person) for person in draft.people],
        "organisations": [
            {
                "name": item.name.text,
                "span": item.mentions[0],
                "mentions": item.mentions,
                "roles": [role.role.replace(" ", "-") for role in item.roles],
                "how": {"name": item.name.how} | _hows(item.roles),
            }
            for item in draft.organisations
        ],
        "events": [
            {
                "name": event.name.text,
                "span": event.name.span,
                "date": event.date or None,
                "date_span": event.date_span,
                "date_basis": "inferred" if event.date_note else "stated",
                "place": event.place.text if event.place else None,
                "place_span": event.place.span if event.place else None,
            }
            for event in draft.events
        ],
        "questions": [{"span": each.span, "direct": each.is_direct, "how": each.how} for each in draft.questions],
        "statements": [
            {
                "span": each.span,
                "speaker": draft.people[each.speaker].name.text,
                "how": each.how,
                "ticked": is_ticked("statement", each.how),
            }
            for each in draft.statements
        ],
    }


def _person(person: DraftPerson) -> dict[str, Any]:
    post = person.posts[0] if person.posts else Post()
    how = {"name": person.name.how}
    if post.title:
        how["title"] = post.title.how
    if post.organisation:
        how["organisation"] = post.organisation.how
    how |= _hows(person.roles)
    return {
        "name": person.name.text,
        "span": person.name.span,
        "mentions": person.mentions,
        "title": _text(post.title),
        "title_span": post.title.span if post.title else None,
        "organisation": _text(post.organisation),
        "organisation_span": post.organisation.span if post.organisation else None,
        "posts": [{"title": _text(each.title), "organisation": _text(each.organisation)} for each in person.posts],
        "roles": [role.role.replace(" ", "-") for role in person.roles],
        "present": person.is_present,
        "ticked": _ticked(person, post) if person.is_present is not False else [],
        "how": how,
    }


def _hows(roles: Iterable[DraftRole]) -> dict[str, str]:
    return {f"role:{role.role.replace(' ', '-')}": role.how for role in roles}


def _ticked(person: DraftPerson, post: Post) -> list[str]:
    """The fields of somebody who is not said to be absent that are ticked beforehand."""
    title = post.title is not None and is_ticked("title", post.title.how)
    return ["name"] * is_ticked("person", person.name.how) + ["title"] * title


def _text(value: Value | None) -> str | None:
    return value.text if value else None
