"""The passages that a profile rests on, composed once for every face: digests, or the attached text if there is one.

Evidence is grouped: what rests on the same words, or on some of them, is one passage with the list of what it supports.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from convenings.domain.basis import EVERY_FIELD
from convenings.domain.places import page_of
from convenings.domain.record_values import Evidence
from convenings.domain.records import Source
from convenings.domain.text import plain
from convenings.presentation.elements import File
from convenings.presentation.profile.value import Cited, Profile
from convenings.store.sources import QUICK, PassageLocation, SourceText, State, paragraphs
from convenings.workspace import Workspace

AROUND = 240
"""Code points of the paragraph on each side of a passage."""
SUMMARY = "summary of the paragraph"
"""What readers are told that a digest is, which is a word of the data alone."""
NO_DIGEST = f"no {SUMMARY}"
LABEL = 60
"""Code points of a record's label at most, where it is said what a passage supports."""
FIELDS = {"on_behalf_of": "on whose behalf", "super_event": "what it is part of", EVERY_FIELD: "the whole record"}
"""Fields that are called otherwise than in the dataset, for people to read."""
UNCERTAIN = ("ambiguous", "lost", "unsearched")
"""States of a passage that stands nowhere for certain."""


class Support(NamedTuple):
    """What a passage supports, under the number by which the profile cites it."""

    number: int
    claim: str
    """Which fields of which records, in words; of the record that the profile is of, the fields alone."""
    basis: str
    """``stated`` or ``inferred``."""
    note: str
    """From what it was inferred, or another word on it; mostly empty."""
    words: str = ""
    """The words of the source that it rests on, where these are not all that the passage has."""
    start: int = 0
    """First code point of these words in their paragraph of the attached text; 0 as the end where they are nowhere."""
    end: int = 0


class Passage(NamedTuple):
    """A cited passage with what it supports, ready to be read; a face adds only styles and words of its own."""

    source: str
    """Id of the source, as it is now."""
    source_label: str
    paragraph: int
    """Number of the paragraph that the evidence names, from 1."""
    paragraphs: int
    """How many the source has; 0 where the dataset has no such source."""
    digest: str
    """What the paragraph says in our own words, or that nobody has put it into them."""
    supports: tuple[Support, ...]
    """In the order of their numbers."""
    state: State | None = None
    """What has become of the passage in the attached text; nothing where no text is attached."""
    text_paragraph: int = 0
    """Number of the paragraph of the attached text where the passage stands; 0 where it stands nowhere for certain."""
    before: str = ""
    text: str = ""
    """The passage in the words of the source, where it stands somewhere for certain."""
    after: str = ""
    start: int = 0
    """First code point of the passage in that paragraph, from 0."""
    end: int = 0
    """Code point after the last one."""
    pointer: str = ""
    """Where the passage stands in a structured file, in the terms of the file; empty in a text."""
    lines: tuple[str, ...] = ()
    """The piece of the file, where it is attached and has it."""
    page: int = 0
    """The page of the document on which the paragraph begins, from 1; 0 where that is not known."""

    @property
    def place(self) -> str:
        """Source and paragraph, or the pointer into a structured file, for people to read."""
        if self.pointer:
            return f"{self.source_label}, {plain(self.pointer)}"
        total = f" of {self.paragraphs}" if self.paragraphs else ""
        page = f", page {self.page}" if self.page else ""
        return f"{self.source_label}{page}, paragraph {self.paragraph}{total}"

    @property
    def numbers(self) -> tuple[int, ...]:
        """Numbers under which the profile cites it."""
        return tuple(support.number for support in self.supports)


def element_state(passage: Passage) -> str:
    """What has become of a piece of a structured file, in a sentence without a full stop."""
    match passage.state:
        case None:
            return "the file is not attached: convenings attach FILE shows the piece of it"
        case "exact":
            return "attached file · the piece is exact"
        case "lost":
            return "the attached file has another piece here: it is not the file that the dataset was made from"
    return "the piece is no run of bytes, and cannot be looked up in the attached file"


class _AttachedSource(NamedTuple):
    """A source with its attached text."""

    ref: str
    source: Source | None
    """Nothing where the dataset has no such source."""
    text: SourceText | File | None
    """Its text, or the structured file that it is; nothing where none is attached."""


class _Piece(NamedTuple):
    """A piece of evidence, and where it stands."""

    cited: Cited
    text: _AttachedSource
    location: PassageLocation | None
    """Nothing where no text is attached."""

    @property
    def is_certain(self) -> bool:
        """Whether its words can be read."""
        return self.location is not None and self.location.state not in UNCERTAIN

    @property
    def span(self) -> tuple[int, int, int]:
        """Paragraph, first code point and the one after the last: in the text, or else as the evidence gives them."""
        if self.location is not None and self.is_certain:
            return self.location.paragraph, self.location.start, self.location.end
        evidence = self.cited.evidence
        return evidence.paragraph, evidence.start, evidence.end


def passages(workspace: Workspace, profile: Profile) -> list[Passage]:
    """Every passage that a profile cites, by the first number that cites it."""
    # All at once, so that none of them is asked for below.
    sources = [cited.evidence.source for cited in profile.cited]
    workspace.model.rows_of([*sources, *(ref for cited in profile.cited for ref, _ in cited.claims)])
    cited_of: dict[str, list[Cited]] = defaultdict(list)
    for cited in profile.cited:
        cited_of[cited.evidence.source].append(cited)
    pieces: list[_Piece] = []
    for ref, cited_here in cited_of.items():
        source = _attached_source(workspace, ref)
        # Together, as passages mostly have moved together.
        text = source.text
        locations = [None] * len(cited_here) if text is None else text.locate_all(c.evidence for c in cited_here)
        pieces += map(_Piece, cited_here, repeat(source), locations)
    groups = _by_digest(_by_words(pieces))
    return sorted((_passage(workspace, profile, group) for group in groups), key=lambda passage: passage.numbers)


def _attached_source(workspace: Workspace, ref: str) -> _AttachedSource:
    record = workspace.model.find(ref)
    source = record if isinstance(record, Source) else None
    # Texts are attached under the id of today, while evidence may give a former one.
    ref = source.id if source else ref
    text_hash = source.text_hash if source else ""
    if source is not None and source.type == "data":
        data = workspace.user_data.attached_data(ref, text_hash)
        return _AttachedSource(ref, source, None if data is None else _file(data, source.media_type))
    text = workspace.user_data.attached_text(ref, text_hash)
    return _AttachedSource(ref, source, None if text is None else _source_text(text))


@lru_cache(maxsize=8)
def _source_text(text: str) -> SourceText:
    """A text, with what was looked up in it so far."""
    return SourceText(paragraphs(text), QUICK)


@lru_cache(maxsize=4)
def _file(data: bytes, media_type: str) -> File:
    """A structured file, with what was looked up in it so far."""
    return File(data, media_type)


def _by_words(pieces: Iterable[_Piece]) -> list[list[_Piece]]:
    """Pieces that rest on the same words or on some of them, first the one that has them all."""
    paragraphs: dict[tuple[object, ...], list[_Piece]] = defaultdict(list)
    elements: dict[tuple[object, ...], list[_Piece]] = defaultdict(list)
    for piece in pieces:
        state = None if piece.location is None else piece.location.state
        if pointer := piece.cited.evidence.pointer:
            # Elements stand in each other all the way up to the whole file: only what is the same is one.
            elements[piece.text.ref, pointer, piece.cited.evidence.start].append(piece)
            continue
        paragraphs[piece.text.ref, state, piece.span[0]].append(piece)
    groups = [group for within in paragraphs.values() for group in _within_each_other(within)]
    return [*groups, *elements.values()]


def _within_each_other(pieces: Iterable[_Piece]) -> list[list[_Piece]]:
    """Pieces of one paragraph: each that no other has within itself, and behind it those within it.

    What lies within several goes to the shortest, which says least besides.
    """
    groups: list[list[_Piece]] = []
    inside: list[_Piece] = []
    end = -1
    # Where no earlier one ends later, none has it within itself.
    for piece in sorted(pieces, key=lambda piece: (piece.span[1], -piece.span[2])):
        if piece.span[2] > end:
            groups.append([piece])
            end = piece.span[2]
        else:
            inside.append(piece)
    # Their ends ascend as their beginnings do.
    starts, ends = [group[0].span[1] for group in groups], [group[0].span[2] for group in groups]
    for piece in inside:
        _, start, last = piece.span
        around = groups[bisect_left(ends, last) : bisect_right(starts, start)]
        min(around, key=lambda group: group[0].span[2] - group[0].span[1]).append(piece)
    return groups


def _by_digest(groups: Iterable[list[_Piece]]) -> list[list[_Piece]]:
    """Groups of pieces, those as one that would be read as the same digest."""
    same: dict[tuple[object, ...], list[_Piece]] = {}
    for group in groups:
        first = group[0]
        evidence, state = first.cited.evidence, first.location.state if first.location is not None else None
        by_words = first.span if first.is_certain else ()
        place = evidence.pointer or evidence.paragraph, evidence.start if evidence.pointer else 0
        key = (first.text.ref, place, state, by_words, _digest(first.text.source, evidence))
        same.setdefault(key, []).extend(group)
    return list(same.values())


def _passage(workspace: Workspace, profile: Profile, pieces: Sequence[_Piece]) -> Passage:
    """Pieces as one passage, the first of which has all its words."""
    first = pieces[0]
    evidence, (ref, source, text) = first.cited.evidence, first.text
    passage = Passage(
        source=ref,
        source_label=source.label if source else ref,
        paragraph=evidence.paragraph,
        paragraphs=source.paragraphs if source else 0,
        digest=_digest(source, evidence) or ("" if evidence.pointer else NO_DIGEST),
        supports=tuple(
            _support(workspace, profile, piece, first) for piece in sorted(pieces, key=lambda piece: piece.cited.number)
        ),
        state=None if first.location is None else first.location.state,
        pointer=evidence.pointer,
        page=page_of(evidence, source),
    )
    if isinstance(text, File):
        # Of one that is lost nobody can say what stands there now.
        return passage._replace(lines=tuple(text.lines(evidence))) if first.is_certain else passage
    if text is None or not first.is_certain:
        return passage
    number, start, end = first.span
    paragraph = text.paragraphs[number - 1]
    return passage._replace(
        text_paragraph=number,
        before=("…" if start > AROUND else "") + paragraph[max(0, start - AROUND) : start],
        text=paragraph[start:end],
        after=paragraph[end : end + AROUND] + ("…" if end + AROUND < len(paragraph) else ""),
        start=start,
        end=end,
    )


def _support(workspace: Workspace, profile: Profile, piece: _Piece, whole: _Piece) -> Support:
    """What a piece supports, as part of a passage that has all the words of ``whole``."""
    evidence, words, start, end = piece.cited.evidence, "", 0, 0
    if isinstance(piece.text.text, SourceText) and piece.is_certain:
        number, start, end = piece.span
        words = piece.text.text.paragraphs[number - 1][start:end] if piece.span != whole.span else ""
    claim = _claim(workspace, profile, piece.cited)
    return Support(piece.cited.number, claim, evidence.basis, evidence.note, words, start, end)


def _claim(workspace: Workspace, profile: Profile, cited: Cited) -> str:
    """Of which fields of which records something is evidence, those together of which it supports the same fields."""
    labels: dict[str, list[str]] = {}
    for ref, fields in cited.claims:
        words = ", ".join(FIELDS.get(name, name.replace("_", " ")) for name in fields)
        label = "" if ref == profile.ref else workspace.model.label(ref)
        label = label if len(label) <= LABEL else label[: LABEL - 1].rstrip() + "…"
        labels.setdefault(words, []).append(label)
    own = [words for words, those in labels.items() if "" in those]
    others = [(words, [label for label in those if label]) for words, those in labels.items()]
    return "; ".join([*own, *(f"{words} of {'; '.join(those)}" for words, those in others if those)])


def _digest(source: Source | None, evidence: Evidence) -> str:
    """What the parts of the paragraph that the passage reaches into say, or else the paragraph as a whole."""
    for entry in source.digest if source else ():
        if entry.number == evidence.paragraph:
            parts = [part.digest for part in entry.parts if part.start < evidence.end and evidence.start < part.end]
            return " ".join(parts) if 0 < len(parts) < len(entry.parts) else entry.digest
    return ""
