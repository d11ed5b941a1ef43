"""Which documents of a dataset may hold an id: a few ids are searched for, for more all is looked through."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict

import msgspec

from convenings.domain.kinds import KINDS, kind_of
from convenings.store.splice import FEW, Lines

_REFERENCE = re.compile(rb'"((?:%b)/(?:[^"\\]|\\.)*)"' % b"|".join(kind.encode() for kind in KINDS))


class Referring:
    """What may refer to a record, in the lines of a dataset and in what has become of them.

    Args:
        lines: The dataset.
    """

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._searches = 0
        self._places: dict[str, dict[bytes, array[int]]] = {}
        """Kind to id, as it is encoded, to where it stands in the file."""
        self._since: defaultdict[str, dict[str, None]] = defaultdict(dict)
        """Id to the keys of documents that have come to hold it."""
        for key in lines.changed_keys():
            self.note(key, lines.encoded(key) or b"")

    def note(self, key: str, document: bytes) -> None:
        """Take up that a document is otherwise now."""
        for match in _REFERENCE.findall(document):
            ref = match.decode() if b"\\" not in match else msgspec.json.decode(b'"%b"' % match)
            self._since[ref][key] = None

    def to(self, ref: str) -> list[str]:
        """Keys of the documents that hold an id, or did before they were changed, in the order of the file."""
        keys = dict.fromkeys(self._lines.keys_at(self._places_of(ref)))
        return list(keys | self._since.get(ref, {}))

    def _places_of(self, ref: str) -> list[int]:
        encoded, kind = msgspec.json.encode(ref), kind_of(ref)
        if kind not in self._places:
            self._searches += 1
            if self._searches <= FEW:
                return list(self._lines.places_of(encoded))
            self._places[kind] = self._every_place(kind)
        return list(self._places[kind].get(encoded, ()))

    def _every_place(self, kind: str) -> dict[bytes, array[int]]:
        """Where the ids of a kind stand in the file."""
        places: defaultdict[bytes, array[int]] = defaultdict(lambda: array("Q"))
        # Ids with an escape in them, which are none that the check lets pass, take the second half of the pattern.
        for match in self._lines.matches_of(re.compile(rb'"%b/[^"\\]*(?:\\.[^"\\]*)*"' % kind.encode())):
            places[match.group()].append(match.start())
        return places
