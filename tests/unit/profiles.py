"""What a profile says, as tests ask for it."""

from __future__ import annotations

from convenings.index.model import ReadModel
from convenings.presentation.profile.compose import profile
from convenings.presentation.profile.value import Entry, Profile
from tests.unit.indexing import row


def about(model: ReadModel, ref: str) -> Profile:
    """The profile of a record."""
    return profile(model, row(model, ref))


def section(found: Profile, title: str) -> list[Entry]:
    """The entries under a heading."""
    return next((section.entries for section in found.sections if section.title == title), [])


def refs(found: Profile) -> set[str]:
    """Ids to which it leads."""
    return {entry.ref for entry in found.entries() if entry.ref}


def lines(found: Profile) -> str:
    """Its lines, in words."""
    return "\n".join(" · ".join(filter(None, (e.text, e.note, e.unknown))) for e in found.entries())
