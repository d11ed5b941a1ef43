"""The passages that a profile rests on, composed once for every face: digests, or the attached text if there is one."""

from __future__ import annotations

from typing import NamedTuple

from convenings.domain.records import Evidence, Source
from convenings.presentation.profile.value import Cited, Profile
from convenings.store.sources import State, locate, paragraphs
from convenings.workspace import Workspace

AROUND = 240
"""Code points of the paragraph on each side of a passage."""
SUMMARY = "summary of the paragraph"
"""What readers are told that a digest is, which is a word of the data alone."""
NO_DIGEST = f"no {SUMMARY}"


class Passage(NamedTuple):
    """A cited passage, ready to be read; a face adds only styles and words of its own."""

    number: int
    """The number under which the profile cites it."""
    source: str
    """Id of the source, as the evidence gives it."""
    source_label: str
    paragraph: int
    """Number of the paragraph that the evidence names, from 1."""
    paragraphs: int
    """How many the source has; 0 where the dataset has no such source."""
    fields: tuple[str, ...]
    """Fields that the passage supports."""
    basis: str
    """``stated`` or ``inferred``."""
    note: str
    """From what it was inferred, or another word on it; mostly empty."""
    digest: str
    """What the paragraph says in our own words, or that nobody has put it into them."""
    state: State | None = None
    """What has become of the passage in the attached text; nothing where no text is attached."""
    text_paragraph: int = 0
    """Number of the paragraph of the attached text where the passage stands; 0 where it stands nowhere for certain."""
    before: str = ""
    text: str = ""
    """The passage in the words of the source, where it stands somewhere for certain."""
    after: str = ""

    @property
    def place(self) -> str:
        """Source and paragraph, for people to read."""
        total = f" of {self.paragraphs}" if self.paragraphs else ""
        return f"{self.source_label}, paragraph {self.paragraph}{total}"


class _SourceText(NamedTuple):
    """A source with the paragraphs of its attached text."""

    source: Source | None
    """Nothing where the dataset has no such source."""
    paragraphs: list[str] | None
    """Nothing where no text is attached."""


def passages(workspace: Workspace, profile: Profile) -> list[Passage]:
    """Every passage that a profile cites, in the order of its numbers."""
    # All at once, so that none of them is asked for below.
    workspace.model.rows_of(cited.evidence.source for cited in profile.cited)
    texts: dict[str, _SourceText] = {}
    for cited in profile.cited:
        ref = cited.evidence.source
        if ref not in texts:
            texts[ref] = _source_text(workspace, ref)
    return [_passage(cited, texts[cited.evidence.source]) for cited in profile.cited]


def _source_text(workspace: Workspace, ref: str) -> _SourceText:
    record = workspace.model.find(ref)
    source = record if isinstance(record, Source) else None
    # Texts are attached under the id of today, while evidence may give a former one.
    text = workspace.user_data.attached_text(source.id if source else ref, source.text_hash if source else "")
    return _SourceText(source, None if text is None else paragraphs(text))


def _passage(cited: Cited, text: _SourceText) -> Passage:
    evidence, source = cited.evidence, text.source
    passage = Passage(
        number=cited.number,
        source=evidence.source,
        source_label=source.label if source else evidence.source,
        paragraph=evidence.paragraph,
        paragraphs=source.paragraphs if source else 0,
        fields=cited.fields,
        basis=evidence.basis,
        note=evidence.note,
        digest=_digest(source, evidence) or NO_DIGEST,
    )
    return passage if text.paragraphs is None else _in_text(passage, evidence, text.paragraphs)


def _digest(source: Source | None, evidence: Evidence) -> str:
    """What the parts of the paragraph that the passage reaches into say, or else the paragraph as a whole."""
    for entry in source.digest if source else ():
        if entry.number == evidence.paragraph:
            parts = [part.digest for part in entry.parts if part.start < evidence.end and evidence.start < part.end]
            return " ".join(parts) if 0 < len(parts) < len(entry.parts) else entry.digest
    return ""


def _in_text(passage: Passage, evidence: Evidence, text: list[str]) -> Passage:
    """The passage with its state and, where that leaves no doubt, with its words and those around them."""
    location = locate(evidence, text)
    if location.state in ("ambiguous", "lost"):
        return passage._replace(state=location.state)
    paragraph, start, end = text[location.paragraph - 1], location.start, location.end
    return passage._replace(
        state=location.state,
        text_paragraph=location.paragraph,
        before=("…" if start > AROUND else "") + paragraph[max(0, start - AROUND) : start],
        text=paragraph[start:end],
        after=paragraph[end : end + AROUND] + ("…" if end + AROUND < len(paragraph) else ""),
    )
