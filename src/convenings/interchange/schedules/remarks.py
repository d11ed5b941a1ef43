"""What is told of sessions that have something in common: once, with how many they are and which, for example."""

from __future__ import annotations

from convenings.interchange.reading import Piece, Reading

EXAMPLES = 3
"""Sessions that are named at most."""


class Tally:
    """Collects what is to be told, until all sessions are read."""

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {}

    def tell(self, what: str, place: str) -> None:
        """Say what a session has.

        Args:
            what: it, behind "sessions have".
            place: where the session stands.
        """
        self._places.setdefault(what, []).append(place)

    def add_to(self, reading: Reading) -> None:
        """Tell everything, a sentence each."""
        for what, places in self._places.items():
            examples = ", ".join(places[:EXAMPLES]) + (", ..." if len(places) > EXAMPLES else "")
            subject = "1 session has" if len(places) == 1 else f"{len(places)} sessions have"
            reading.remark(f"{subject} {what} ({examples})")


def place_of(values: dict[str, str], piece: Piece) -> str:
    """Where a session stands, for people: by its number, or else by its pointer."""
    number = values.get("id") or values.get("code") or values.get("guid")
    return f"event {number}" if number else piece.pointer
