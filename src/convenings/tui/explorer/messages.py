"""What was said, and what is said of keys that do nothing."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from convenings.domain.text import plain

MOST, LONGEST = 200, 4000
"""Sentences that are remembered, and characters of each."""


def remember(said: list[str], sentence: str) -> None:
    """Add a sentence to those that were said, unless the last one was the same; a very long one is cut, and says so."""
    if len(sentence) > LONGEST:
        sentence = f"{sentence[:LONGEST]} … and {len(sentence) - LONGEST:,} characters more"
    if sentence and said[-1:] != [sentence]:
        said.append(sentence)
        del said[:-MOST]


def without_folder(sentence: str, dataset: Path) -> str:
    """A sentence about the dataset that is open, which is called by its name: where it is fills lines on its own."""
    return sentence.replace(plain(str(dataset)), plain(dataset.name), 1)


def advice(character: str) -> str:
    """What to do where a character is no key here: a letter of another script comes from another keyboard layout."""
    script = unicodedata.name(character, "").partition(" ")[0].removeprefix("CJK").title()
    if not character.isalpha() or script in ("Latin", "Fullwidth", "Feminine", "Masculine", "Micro"):
        return f"{'space' if character.isspace() else character} does nothing here; ? lists the keys"
    return (
        f"{character} is {script or 'Chinese'}, commands are Latin letters: switch the keyboard, or press F1 and "
        "choose by arrows and enter"
    )
