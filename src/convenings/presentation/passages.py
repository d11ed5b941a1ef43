"""Passages for the evidence drawer: digests, or the attached text where there is one."""

from __future__ import annotations

from typing import NamedTuple

from convenings.domain.records import Evidence, Source
from convenings.index.model import ReadModel
from convenings.presentation.profile.builder import Cited, Profile
from convenings.store.user_data import UserData

AROUND = 240
"""Code points of the paragraph shown on each side of a passage."""


class Passage(NamedTuple):
    """A cited passage, ready to be read."""

    number: int
    evidence: Evidence
    source: str
    """Label of the source."""
    paragraphs: int
    fields: tuple[str, ...]
    digest: str
    state: str = ""
    """Empty where the source is not attached, else ``exact``, ``moved``, ``ambiguous`` or ``lost``."""
    before: str = ""
    passage: str = ""
    after: str = ""


def passages(model: ReadModel, user_data: UserData, profile: Profile) -> list[Passage]:
    """Every passage that a profile cites, in the order of its numbers."""
    from convenings.store.sources import paragraphs

    sources: dict[str, tuple[Source | None, list[str]]] = {}
    found: list[Passage] = []
    for cited in profile.cited:
        ref = cited.evidence.source
        if ref not in sources:
            record = model.find(ref)
            text = user_data.attached_text(ref)
            sources[ref] = (record if isinstance(record, Source) else None, paragraphs(text) if text else [])
        source, text_paragraphs = sources[ref]
        found.append(_passage(cited, source, text_paragraphs))
    return found


def _passage(cited: Cited, source: Source | None, text: list[str]) -> Passage:
    evidence = cited.evidence
    digest = next((p.digest for p in source.digest if p.number == evidence.paragraph), "") if source else ""
    label = source.label if source else evidence.source
    total = source.paragraphs if source else 0
    plain = Passage(cited.number, evidence, label, total, cited.fields, digest or "no digest of this paragraph")
    if not text:
        return plain
    from convenings.store.sources import locate

    located = locate(evidence, text)
    if located.state not in ("exact", "moved") or located.paragraph is None:
        return plain._replace(state=located.state)
    paragraph = text[located.paragraph - 1]
    start, end = located.start or 0, located.end or 0
    before, after = paragraph[max(0, start - AROUND) : start], paragraph[end : end + AROUND]
    return plain._replace(
        state=located.state,
        before=("…" if start > AROUND else "") + before,
        passage=paragraph[start:end],
        after=after + ("…" if end + AROUND < len(paragraph) else ""),
    )
