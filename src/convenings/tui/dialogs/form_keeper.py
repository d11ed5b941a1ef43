"""Who is behind a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from convenings.domain.record_values import Evidence
from convenings.domain.records import Record


class Keeper(Protocol):
    """Who checks what is in a form, saves it, and shows the text of a source."""

    def check(self, record: Record, tell: Callable[[Sequence[tuple[str, str]]], None]) -> None:
        """Have the rules of the check asked, and what they say told: ways to fields, and sentences."""

    def save(self, record: Record, tell: Callable[[Sequence[tuple[str, str]]], None] | None = None) -> None:
        """Save a record; what speaks against it is told, and nothing where it is saved.

        Where nobody is to be told, the form is closed, and opened again where the record cannot be saved.
        """

    def pick(self, evidence: Evidence | None, words: str, take: Callable[[Evidence], None]) -> str:
        """Have a passage picked, that of evidence to begin with; gives why none can be, else an empty text."""
