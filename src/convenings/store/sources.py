"""Texts of sources: their paragraphs, their hashes, and whether a piece of evidence still points at its passage.

A text is never normalised: no white space, quotation mark or line is changed, so that positions keep their meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from convenings.domain.errors import BadInput
from convenings.domain.records import Evidence, Source
from convenings.store.loose_text import loosened

State = Literal["exact", "moved", "ambiguous", "lost"]
"""``exact``: the passage stands where the evidence says. ``moved``: it stands in one other place, or with other white
space. ``ambiguous``: in several others. ``lost``: nowhere."""

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


@dataclass(frozen=True)
class PassageLocation:
    """Where a passage stands in a text."""

    state: State
    paragraph: int = 0
    """From 1; 0 where the passage is ambiguous or lost, as are start and end."""
    start: int = 0
    """First code point, counted in the paragraph from 0."""
    end: int = 0
    """Code point after the last one."""


def read_text(data: bytes, file: str = "") -> str:
    """The text of a source from its bytes: strict UTF-8; a leading byte order mark is no part of the text.

    Raises:
        BadInput: the bytes are not UTF-8.
    """
    try:
        return data.decode("utf-8").removeprefix(_MARK)
    except UnicodeDecodeError as error:
        hint = "save it as UTF-8"
        raise BadInput("the text is not UTF-8", file=file, place=f"byte {error.start}", hint=hint) from error


def paragraphs(text: str) -> list[str]:
    """The lines that hold more than white space, exactly as they stand, without their line breaks.

    Evidence counts them from 1, so paragraph ``n`` is the item ``n - 1``.
    """
    return [line for line in _LINE_BREAK.split(text) if line.strip()]


def passage_hash(passage: str) -> str:
    """First 16 hexadecimal digits of the SHA-256 of a passage's UTF-8 bytes."""
    return text_hash(passage.encode("utf-8", "surrogatepass"))


def text_hash(data: bytes) -> str:
    """First 16 hexadecimal digits of the SHA-256 of the bytes of a text file."""
    # Imported here, as only few commands compare texts.
    from hashlib import sha256

    return sha256(data).hexdigest()[:16]


def identify(data: bytes, sources: Iterable[Source]) -> str | None:
    """Id of the source whose text file has exactly these bytes; nothing where there is none."""
    own_hash = text_hash(data)
    return next((source.id for source in sources if source.text_hash == own_hash), None)


def locate(evidence: Evidence, text: Sequence[str]) -> PassageLocation:
    """Where the passage of a piece of evidence stands in the paragraphs of its source.

    Looks at the place that the evidence gives first, then, for a passage of the same length, everywhere, and then for
    one with other white space, as after a no-break or a doubled space. A passage that stands elsewhere, or otherwise,
    is only reported; nothing is anchored anew.
    """
    location = _as_it_was(evidence, text)
    if location.state != "lost" or (loose := loosened(text)) is None:
        return location
    location = _as_it_was(evidence, loose.paragraphs)
    if location.state not in ("exact", "moved"):
        return location
    start, end = loose.place(location.paragraph, location.start, location.end)
    return PassageLocation("moved", location.paragraph, start, end)


def _as_it_was(evidence: Evidence, text: Sequence[str]) -> PassageLocation:
    """Where the passage of a piece of evidence stands with the white space that it had."""
    # Evidence is data, and may point anywhere.
    number, start, end = evidence.paragraph, evidence.start, evidence.end
    length = end - start
    if start < 0 or length <= 0:
        return PassageLocation("lost")
    if 1 <= number <= len(text):
        paragraph = text[number - 1]
        if end <= len(paragraph) and passage_hash(paragraph[start:end]) == evidence.passage_hash:
            return PassageLocation("exact", number, start, end)
    places = [
        PassageLocation("moved", number, first, first + length)
        for number, paragraph in enumerate(text, 1)
        for first in range(len(paragraph) - length + 1)
        if passage_hash(paragraph[first : first + length]) == evidence.passage_hash
    ]
    if not places:
        return PassageLocation("lost")
    return places[0] if len(places) == 1 else PassageLocation("ambiguous")
