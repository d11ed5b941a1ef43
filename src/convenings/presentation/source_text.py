"""The attached text of a source with the passages of it that a profile cites, to be read through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from convenings.presentation.passages import Passage, passages
from convenings.presentation.profile.value import Profile
from convenings.store.sources import paragraphs
from convenings.workspace import Workspace


class SourceText(NamedTuple):
    """A text and what is cited of it."""

    label: str
    """What the source is called."""
    paragraphs: Sequence[str]
    passages: Sequence[Passage]
    """The passages that a profile cites and that stand somewhere in it, in the order of the text."""
    uncertain: Mapping[int, Passage]
    """Number to the passage under it that stands nowhere for certain."""


def source_text(workspace: Workspace, profile: Profile, source: str) -> SourceText | None:
    """The attached text of a source with what a profile cites of it; nothing where none is attached.

    Args:
        workspace: What is asked.
        profile: The profile.
        source: Id of the source, as it is now.
    """
    text = workspace.attached_text(source)
    if text is None:
        return None
    cited = [passage for passage in passages(workspace, profile) if passage.source == source]
    certain = [passage for passage in cited if passage.text_paragraph]
    return SourceText(
        workspace.model.label(source),
        paragraphs(text),
        sorted(certain, key=lambda passage: (passage.text_paragraph, passage.start)),
        {number: passage for passage in cited if not passage.text_paragraph for number in passage.numbers},
    )
