"""Ids for records that have none yet, for names in any script."""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import category

from convenings.domain.text import fold

LONGEST = 60
"""Letters of a slug at most."""
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(label: str) -> str:
    """Small letters a to z, digits and single hyphens made of a label; never empty, the same each time.

    A label with letters of another script (Chinese, Cyrillic), or without any letter (emoji), gets a hash of it, so
    that two of which only a number can be written so do not come to the same.
    """
    folded = fold(label)
    if folded.isascii():
        letters = folded.replace(" ", "-")[:LONGEST].rstrip("-")
    else:
        letters = _OTHER.sub("-", folded).strip("-")[:LONGEST].rstrip("-")
    if letters and (folded.isascii() or not any(category(char)[0] == "L" for char in folded if not char.isascii())):
        return letters
    from hashlib import sha256  # with its library of ciphers, which few labels need

    digest = sha256(label.encode("utf-8", "replace")).hexdigest()
    return f"{letters}-u{digest[:6]}" if letters else f"u{digest[:12]}"


class Mint:
    """Gives new records their ids, each made of a label, with a number behind it where that one is used already.

    Args:
        is_used: Whether an id is that of a record, or was before a merge.
    """

    def __init__(self, is_used: Callable[[str], bool]) -> None:
        self._is_used = is_used
        self._numbers: dict[str, int] = {}
        """Id as it would be without a number, to the number that was last put behind it."""
        self._refs: set[str] = set()

    def ref(self, kind: str, label: str) -> str:
        """A new id for a record of a kind; no id is given twice."""
        wanted = f"{kind}/{slug(label)}"
        # From where the last one was found, or a thousand meetings without a title would be counted through each time.
        number = self._numbers.get(wanted, 0)
        while True:
            number += 1
            ref = wanted if number == 1 else f"{wanted}-{number}"
            if ref not in self._refs and not self._is_used(ref):
                break
        self._numbers[wanted] = number
        self._refs.add(ref)
        return ref
