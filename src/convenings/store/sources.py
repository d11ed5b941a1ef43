"""Texts of sources: their paragraphs, their hashes, and whether a piece of evidence still points at its passage.

A text is never normalised: no white space, quotation mark or line is changed, so that positions keep their meaning.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal, NamedTuple

from convenings.domain.errors import BadInput
from convenings.domain.record_values import Evidence
from convenings.domain.records import Source
from convenings.store.loose_text import loosened

State = Literal["exact", "moved", "ambiguous", "lost", "unsearched"]
"""``exact``: the passage stands where the evidence says. ``moved``: it stands in one other place, or with other white
space. ``ambiguous``: in several others. ``lost``: nowhere. ``unsearched``: not near its place, and the text is too
long, and too unlike the one that the dataset was made from, to look everywhere."""

THOROUGH = 400_000_000
"""Bytes hashed for all passages of a dataset in one text: a second or two."""
QUICK = 20_000_000
"""Bytes hashed for the passages of what is on the screen."""
HASH_BYTES = 8
HASH_COST = 400
"""Bytes that could be hashed in the time that it takes to begin."""
NEARBY = 50
"""Paragraphs on each side that are looked at first."""
SLIP = 80
"""Code points on each side that are looked at first: as much as is put in, or left out, before a passage."""
FAR_SEARCHES = 10
"""How many passages in turn are looked for in all paragraphs, each at its own offset, though none has been there."""
SHIFTS = 8
"""How many of the ways in which passages have moved are tried for the next ones."""
MOST_BYTES = 16 << 20
"""Size of the largest text that is taken for that of a source, a book of several thousand pages."""

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
    return text_hash(_encoded(passage))


def text_hash(data: bytes) -> str:
    """First 16 hexadecimal digits of the SHA-256 of the bytes of a text file."""
    # Imported here, as only few commands compare texts.
    from hashlib import sha256

    return sha256(data).hexdigest()[:16]


def identify(data: bytes, sources: Iterable[Source]) -> str | None:
    """Id of the source whose file has exactly these bytes; nothing where there is none."""
    own_hash = text_hash(data)
    return next((source.id for source in sources if source.text_hash == own_hash), None)


def locate(evidence: Evidence, text: Sequence[str]) -> PassageLocation:
    """Where the passage of a piece of evidence stands in the paragraphs of its source.

    Of several pieces :meth:`SourceText.locate_all` asks for much less.
    """
    return SourceText(text).locate(evidence)


class SourceText:
    """The text of a source, in which passages are looked up.

    Only the hash of a passage is known, and how long it is: one that is not at its place can be anywhere, and each
    place that it may be at takes a hash. So it is looked for first where others have moved to, then nearby, and then
    everywhere, together with all others of its length. A passage that stands elsewhere is only reported; nothing is
    anchored anew.

    Args:
        text: Its paragraphs.
        effort: How many bytes may be hashed for what is asked together.
    """

    def __init__(self, text: Sequence[str], effort: int = THOROUGH) -> None:
        # Imported here, as only few commands compare texts.
        from hashlib import sha256

        self.paragraphs = text
        self._sha256 = sha256
        self._longest = max(map(len, text), default=0)
        self._joined = "\n".join(text)
        """For words that are known; no passage goes on in the next paragraph."""
        self._offsets = [0, *accumulate(len(paragraph) + 1 for paragraph in text)]
        self._effort = effort
        self._effort_left = 0
        self._far_searches = FAR_SEARCHES
        self._locations: dict[_Anchor, PassageLocation] = {}
        self._shifts: list[tuple[int, int]] = [(0, 0)]
        """Paragraphs and code points by which passages have moved, the last one first."""

    def locate(self, evidence: Evidence) -> PassageLocation:
        """Where the passage of a piece of evidence stands."""
        return self.locate_all((evidence,))[0]

    def locate_all(self, pieces: Iterable[Evidence]) -> list[PassageLocation]:
        """Where the passages of some pieces of evidence stand, in their order; looked for together."""
        anchors = [_Anchor(each.paragraph, each.start, each.end, each.passage_hash) for each in pieces]
        self._look_up(set(anchors) - self._locations.keys())
        return [self._locations[anchor] for anchor in anchors]

    def _look_up(self, anchors: Collection[_Anchor]) -> None:
        """Look passages up, those that stand nowhere as they were cited with other white space, too."""
        distant: dict[int, list[_Anchor]] = {}
        self._effort_left = self._effort
        # By their places, as neighbours have mostly moved together.
        for anchor in sorted(anchors):
            location = self._nearby(anchor)
            if location is not None:
                self._locations[anchor] = location
            else:
                distant.setdefault(anchor.end - anchor.start, []).append(anchor)
        for length, group in distant.items():
            self._search(length, group)
        lost = [anchor for anchor in anchors if self._locations[anchor].state == "lost"]
        if lost and (loose := loosened(self.paragraphs)) is not None:
            even = SourceText(loose.paragraphs, self._effort)
            even._look_up(lost)
            for anchor in lost:
                location = even._locations[anchor]
                if location.paragraph:
                    start, end = loose.place(location.paragraph, location.start, location.end)
                    location = PassageLocation("moved", location.paragraph, start, end)
                self._locations[anchor] = location

    def _nearby(self, anchor: _Anchor) -> PassageLocation | None:
        """Where a passage stands, if that is its place or one of those that are looked at first."""
        number, start, length, wanted = anchor.paragraph, anchor.start, anchor.end - anchor.start, _digest(anchor)
        # Evidence is data, and may point anywhere.
        if start < 0 or not 0 < length <= self._longest or wanted is None:
            return PassageLocation("lost")
        for paragraph, first in self._places(anchor):
            if self._is_at(wanted, paragraph, first, length):
                if (paragraph, first) == (number, start):
                    return PassageLocation("exact", number, start, start + length)
                shift = paragraph - number, first - start
                self._shifts = [shift, *(each for each in self._shifts if each != shift)][:SHIFTS]
                self._far_searches = FAR_SEARCHES
                return self._moved(paragraph, first, length)
        return None

    def _places(self, anchor: _Anchor) -> Iterator[tuple[int, int]]:
        """Where a passage is looked for first."""
        number, start, last = anchor.paragraph, anchor.start, len(self.paragraphs)
        yield number, start
        for by, shift in tuple(self._shifts):
            yield number + by, start + shift
        if self._effort_left < 0:
            return
        expected = self._shifts[0][0] + number
        for step in range(1, SLIP + 1):
            yield expected, start + step
            yield expected, start - step
        for step in range(1, NEARBY + 1):
            yield number + step, start
            yield number - step, start
        if self._far_searches and last > NEARBY:
            self._far_searches -= 1
            yield from ((paragraph, start) for paragraph in range(1, last + 1))

    def _is_at(self, wanted: bytes, number: int, start: int, length: int) -> bool:
        """Whether a passage stands at a place, which need not be one."""
        if start < 0 or not 1 <= number <= len(self.paragraphs):
            return False
        passage = self.paragraphs[number - 1][start : start + length]
        self._effort_left -= length + HASH_COST
        return len(passage) == length and self._sha256(_encoded(passage)).digest()[:HASH_BYTES] == wanted

    def _search(self, length: int, anchors: Sequence[_Anchor]) -> None:
        """Look for passages of one length everywhere."""
        places = sum(max(0, len(paragraph) - length + 1) for paragraph in self.paragraphs)
        self._effort_left -= places * (length + HASH_COST)
        if self._effort_left < 0:
            self._locations |= dict.fromkeys(anchors, PassageLocation("unsearched"))
            return
        wanted = {_digest(anchor) for anchor in anchors}
        moved: dict[bytes | None, PassageLocation] = {}
        sha256 = self._sha256
        for number, paragraph in enumerate(self.paragraphs, 1):
            for first in range(len(paragraph) - length + 1):
                digest = sha256(_encoded(paragraph[first : first + length])).digest()[:HASH_BYTES]
                if digest in wanted and digest not in moved:
                    moved[digest] = self._moved(number, first, length)
        self._locations |= {each: moved.get(_digest(each), PassageLocation("lost")) for each in anchors}

    def _moved(self, number: int, first: int, length: int) -> PassageLocation:
        """The state of a passage that stands at a place other than its own; what it says is known now."""
        place = self._offsets[number - 1] + first
        passage = self._joined[place : place + length]
        if self._joined.find(passage) != place or self._joined.find(passage, place + 1) >= 0:
            return PassageLocation("ambiguous")
        return PassageLocation("moved", number, first, first + length)


class _Anchor(NamedTuple):
    """What evidence says of its passage."""

    paragraph: int
    start: int
    end: int
    passage_hash: str


def _digest(anchor: _Anchor) -> bytes | None:
    """The first bytes of the SHA-256 of a passage; nothing where evidence gives none, which no passage has."""
    try:
        digest = bytes.fromhex(anchor.passage_hash)
    except ValueError:
        return None
    return digest if digest.hex() == anchor.passage_hash else None


def _encoded(passage: str) -> bytes:
    return passage.encode("utf-8", "surrogatepass")
