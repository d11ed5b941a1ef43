"""Where in a calendar the evidence of a record stands."""

from __future__ import annotations

from convenings.interchange.calendars.lines import Component, ContentLine
from convenings.interchange.reading import Piece


class Pieces:
    """Makes pieces of a file.

    Args:
        data: The bytes in which places are counted.
        is_in_place: Whether these are the bytes of the file itself; else a piece has its text and no place.
    """

    def __init__(self, data: bytes, is_in_place: bool) -> None:
        self._data = data
        self._is_in_place = is_in_place

    def of(self, element: Component | ContentLine, pointer: str) -> Piece:
        """Where an element stands; that of a property has its name behind the pointer."""
        if isinstance(element, ContentLine):
            pointer = f"{pointer};{element.name.lower()}"
        if self._is_in_place:
            return Piece(pointer, element.start, element.end)
        return Piece(pointer, text=self.text(element))

    def text(self, element: Component | ContentLine) -> str:
        """The element as it stands."""
        return self._data[element.start : element.end].decode("utf-8", "replace")
