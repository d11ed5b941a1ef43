"""The closed list of roles, with the standard terms they map to."""

from __future__ import annotations

from typing import Literal

Role = Literal[
    "organiser", "co-organiser", "host", "sponsor", "supporter", "chair", "moderator", "opening speaker",
    "keynote speaker", "speaker", "presenter", "panellist", "discussant", "commentator", "guest of honour",
    "attendee", "visitor", "visited", "rapporteur", "performer", "author", "facilitator", "trainer", "member", "voter",
    "invitee",
]  # fmt: skip
"""A role at an event. Being mentioned is not a role; an ``invitee`` was asked, and nobody says whether they came."""

STANDARD_TERMS: dict[str, tuple[str, str]] = {
    "organiser": ("schema:organizer", "CONTACT"),
    "co-organiser": ("schema:organizer", "CONTACT"),
    "host": ("schema:organizer", "CONTACT"),
    "sponsor": ("schema:sponsor", "SPONSOR"),
    "supporter": ("schema:funder", "SPONSOR"),
    "chair": ("schema:performer", "ACTIVE"),
    "moderator": ("schema:performer", "ACTIVE"),
    "opening speaker": ("schema:performer", "SPEAKER"),
    "keynote speaker": ("schema:performer", "SPEAKER"),
    "speaker": ("schema:performer", "SPEAKER"),
    "presenter": ("schema:performer", "SPEAKER"),
    "panellist": ("schema:performer", "SPEAKER"),
    "discussant": ("schema:performer", "SPEAKER"),
    "commentator": ("schema:performer", "SPEAKER"),
    "guest of honour": ("schema:attendee", "ACTIVE"),
    "attendee": ("schema:attendee", "INACTIVE"),
    "visitor": ("schema:attendee", "ACTIVE"),
    "visited": ("schema:organizer", "CONTACT"),
    "rapporteur": ("schema:contributor", "ACTIVE"),
    "performer": ("schema:performer", "PERFORMER"),
    "author": ("schema:author", "CONTACT"),
    "facilitator": ("schema:performer", "ACTIVE"),
    "trainer": ("schema:performer", "SPEAKER"),
    "member": ("schema:attendee", "ACTIVE"),
    "voter": ("schema:attendee", "ACTIVE"),
    "invitee": ("schema:attendee", "INACTIVE"),
}
"""Role to its schema.org property and its RFC 9073 participant type."""

VERBS: dict[str, str] = {
    "organiser": "organised organized",
    "co-organiser": "organised organized",
    "host": "hosted",
    "sponsor": "sponsored",
    "supporter": "supported",
    "chair": "chaired",
    "moderator": "moderated",
    "opening speaker": "opened spoke",
    "keynote speaker": "spoke",
    "speaker": "spoke",
    "presenter": "presented",
    "discussant": "discussed",
    "commentator": "commented",
    "attendee": "attended",
    "visitor": "visited",
    "rapporteur": "reported",
    "performer": "performed",
    "author": "wrote",
    "facilitator": "facilitated",
    "trainer": "trained taught",
    "voter": "voted",
    "invitee": "invited",
}
"""Role to the words for what somebody did who had it, by which a search may ask for them."""

ROLES = tuple(STANDARD_TERMS)
"""Every role, in the order in which a list of roles is shown: those who convene first, then those who speak."""

CONVENING = frozenset({"organiser", "co-organiser", "host"})
"""Roles of who convenes an event."""
SPEAKING = frozenset(
    {
        "chair",
        "moderator",
        "opening speaker",
        "keynote speaker",
        "speaker",
        "presenter",
        "panellist",
        "discussant",
        "commentator",
        "performer",
        "facilitator",
        "trainer",
    }
)
"""Roles in which somebody speaks."""
