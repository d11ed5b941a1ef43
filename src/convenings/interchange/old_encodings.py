"""The encoding of texts that are not UTF-8."""

from __future__ import annotations

import re

MOST_TO_GUESS = 1 << 18
"""Bytes by which an encoding is guessed."""
_NOT_WESTERN = re.compile(r"[À-ÖØ-öø-ÿ]{3}|[ŠšŽžÐÞðþ÷ƒ†‡‰ˆ˜]|[¢£¥¦¬¯±²³¶¸¹¼½¾×](?=[^\W\d_])|\w[¡¿‚„‹›]\w")
"""What hardly a text in a language of western Europe has: three letters with marks in a row, letters that most of its
languages lack, and signs within words."""
_APART = (frozenset("øõ"), frozenset("èìòùû"))
"""Letters of which a line in a language of western Europe has those of one set alone."""


def encoding_of(data: bytes) -> str:
    """The encoding that makes the best sense of bytes that are not UTF-8.

    Most such files were written by Excel for western Europe, which a name or two does not show: "Hélène" is as good a
    text with a "č" in it. What reads well so is read so, unless the letters of a language speak for another encoding.
    """
    import charset_normalizer  # wanted only for old files

    sample = data[:MOST_TO_GUESS]
    matches = charset_normalizer.from_bytes(sample)
    best = matches.best()
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return best.encoding if best is not None else "cp1252"
    if best is None:
        return "cp1252"
    western = next((each for each in matches if "cp1252" in (each.encoding, *each.could_be_from_charset)), None)
    sounds_western = western is None or best.coherence <= western.coherence
    return "cp1252" if sounds_western and not _looks_foreign(text) else best.encoding


def _looks_foreign(text: str) -> bool:
    """Whether a text read as one of western Europe has what such texts have not."""
    if _NOT_WESTERN.search(text):
        return True
    one, other = _APART
    return any(not one.isdisjoint(line) and not other.isdisjoint(line) for line in text.splitlines())
