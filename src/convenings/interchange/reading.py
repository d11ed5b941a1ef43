"""What a reader of a format gives: records with their evidence, what it left out and why, and what had no home.

A reader is a function ``read(file: ForeignFile, reading: Reading) -> None``. It goes through the bytes once and calls
:meth:`Reading.ref` for the id of each thing that the file names, :meth:`Reading.evidence` for where it stands, and
:meth:`Reading.add` with the record, built of both. It knows nothing of the dataset into which the records go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256

import msgspec

from convenings.domain.kinds import KIND_OF_STRUCT
from convenings.domain.record_values import Evidence, Import
from convenings.domain.records import Record, Source
from convenings.domain.slugs import Mint
from convenings.store.canonical import Info

EVERY_FIELD = ["*"]
AT_ONCE = 2000
"""Records that are handed over together: as many as take a tenth of a second to be put in order."""
REPORTS = 50
"""How often the progress of a reading is told, about."""


class ForeignFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file that somebody wants read."""

    name: str
    """Its name without folders, for messages and labels; ``-`` for what comes from standard input."""
    data: bytes
    """Its bytes, unpacked where it was a ``.gz``."""
    options: Mapping[str, str] = {}
    """What the user settled for a table: ``map.COLUMN`` to a field, ``dates`` to ``day-first`` and the like."""
    with_contacts: bool = False
    """Whether e-mail, telephone, home address, birth and gender are wanted."""
    parts: Mapping[str, bytes] = {}
    """Of a folder with a ``datapackage.json``, whose bytes are then the data: its other files by their names."""


class Piece(msgspec.Struct, frozen=True):
    """An element of a file: where the evidence of a record points. See
    :class:`~convenings.domain.record_values.Evidence`."""

    pointer: str
    start: int = 0
    """First byte in the (unpacked) file."""
    end: int = 0
    """Byte after the last one; 0 where the element is no run of bytes, which then has a ``text``."""
    text: str = ""


class Skipped(msgspec.Struct, frozen=True):
    """Something in the file of which no record was made."""

    place: str
    """Where in the file, for people: ``row 17``, ``line 40``, ``event 7324``."""
    reason: str
    """One sentence without a full stop."""
    raw: str = ""
    """The row as it stands, so that the skipped ones can be saved as a file of the same format, to mend."""


class Former(msgspec.Struct, frozen=True, kw_only=True):
    """What of earlier imports a reading has to keep to: ids that things of the file have already."""

    ids: Mapping[tuple[str, str], str] = {}
    """Kind and key to the id of the record that was made for it."""
    used: frozenset[str] = frozenset()
    """Every id of the dataset, so that no new thing takes one."""


class Reading:
    """What one file holds, as records of ours.

    Args:
        file: The file.
        source: The record that stands for the file; the reader may give it a title, licence and media type by
            :meth:`describe`.
        former: Ids that are settled already.
        on_progress: Told now and then which share of the file has been read, from 0 to 1, by where evidence stands.
        on_records: Takes the records that :meth:`hand_over` hands over, and their keys; where absent, the reading keeps
            all of them.
    """

    def __init__(
        self,
        file: ForeignFile,
        source: Source,
        former: Former | None = None,
        on_progress: Callable[[float], None] | None = None,
        on_records: Callable[[list[Record], dict[str, str]], None] | None = None,
    ) -> None:
        self.file = file
        self.source = source
        self.records: dict[str, Record] = {}
        """Id to record, in the order in which they were added, without those that were handed over."""
        self.keys: dict[str, str] = {}
        """Id to the key by which the file knows the thing."""
        self.skipped: list[Skipped] = []
        self.remarks: list[str] = []
        """What the user should know of how the file was understood, a sentence each."""
        self.no_home: Counter[str] = Counter()
        """Field of the file that the data model has no home for, to how many values of it there were."""
        self.left_out: Counter[str] = Counter()
        """Kind of contact data to how many values were left out, as nobody asked for them."""
        self.mapping: dict[str, str] = {}
        """Of a table: column to the field that it was taken for, guessed or settled, in the order of the columns."""
        self.info: Info | None = None
        """Of a file in a format of ours: what the dataset that it is of says of itself."""
        self.redirects: dict[str, str] = {}
        """Of a file in a format of ours: ids that merges took out of use, each with the id that stands for it."""
        self.imports: list[Import] = []
        """Of a file in a format of ours: what earlier imports brought into the dataset that it is of."""
        self._ids: dict[tuple[str, str], str] = {}
        self._former = former or Former()
        keys, used = self.keys, self._former.used
        self._mint = Mint(lambda ref: ref in keys or ref in used)
        self._wholes: dict[Piece, Evidence] = {}
        self._sentences: set[str] = set()
        """The remarks, to find one among a hundred thousand."""
        self._on_progress = on_progress
        self._next_report = len(file.data) // REPORTS
        self._on_records = on_records
        self._handed_over: set[str] = set()
        """Ids of the records that were handed over."""

    def former_ref(self, kind: str, key: str) -> str:
        """Id that a thing of the file has in the dataset since an earlier import; empty where it is new."""
        return self._former.ids.get((kind, key), "")

    def ref(self, kind: str, key: str, label: str) -> str:
        """Id of a thing of the file: the one it has in the dataset already, or else a new one made of its label.

        Args:
            kind: Of our kinds.
            key: How the file knows it, the same in its next version. Where a system numbers its things the key is
                ``scheme=value``, of an identifier that the record has, so that other files of that system mean the
                same thing by it; else whatever is stable within the file, such as the name as it is written.
            label: From which a new id is made.
        """
        ref = self._ids.get((kind, key))
        if ref is None:
            ref = self._former.ids.get((kind, key)) or self._mint.ref(kind, label)
            self._ids[kind, key] = ref
            self.keys[ref] = key
        return ref

    def evidence(self, piece: Piece, inferred: Mapping[str, str] | None = None) -> list[Evidence]:
        """Evidence of a record that stands in one element of the file.

        Args:
            piece: The element.
            inferred: Field to from what it was inferred, for fields that the file does not state.
        """
        if piece.end > self._next_report and self._on_progress is not None:
            self._next_report = piece.end + len(self.file.data) // REPORTS
            self._on_progress(piece.end / len(self.file.data))
        # All records of one element share what supports them, or a hundred thousand would be made of a table.
        whole = self._wholes.get(piece)
        if whole is None:
            data = self.file.data[piece.start : piece.end] if piece.end else piece.text.encode("utf-8", "replace")
            whole = self._wholes[piece] = Evidence(
                source=self.source.id,
                pointer=piece.pointer,
                start=piece.start,
                end=piece.end,
                passage_hash=sha256(data).hexdigest()[:16],
                fields=EVERY_FIELD,
            )
        if not inferred:
            return [whole]
        return [
            whole,
            *[
                Evidence(
                    source=whole.source,
                    pointer=whole.pointer,
                    start=whole.start,
                    end=whole.end,
                    passage_hash=whole.passage_hash,
                    fields=[field],
                    basis="inferred",
                    note=note,
                )
                for field, note in inferred.items()
            ],
        ]

    def add(self, record: Record) -> None:
        """Add a record whose id :meth:`ref` gave. Of a thing that the file names several times, the first is kept, and
        the others lend it names, links, identifiers and evidence by the reader."""
        if record.id not in self._handed_over:
            self.records.setdefault(record.id, record)

    def has(self, ref: str) -> bool:
        """Whether a record with this id was added."""
        return ref in self.records or ref in self._handed_over

    def hand_over(self) -> None:
        """Hand over what was added so far, once that is many records: they are put in order while the rest is read.

        A reader calls it between two elements where it looks at no record again, and none of them is replaced.
        """
        if self._on_records is not None and len(self.records) >= AT_ONCE:
            records, self.records = self.records, {}
            self._handed_over.update(records)
            self._on_records(list(records.values()), {ref: self.keys[ref] for ref in records if ref in self.keys})

    def keys_left(self) -> dict[str, str]:
        """The keys of what was not handed over."""
        if not self._handed_over:
            return self.keys
        return {ref: key for ref, key in self.keys.items() if ref not in self._handed_over}

    def replace(self, record: Record) -> None:
        """Put a record in the place of the one with its id, as more has become known of it."""
        self.records[record.id] = record

    def skip(self, place: str, reason: str, raw: str = "") -> None:
        """Say of something in the file that no record was made of it, and why."""
        self.skipped.append(Skipped(place, reason, raw))

    def remark(self, sentence: str) -> None:
        """Say how something in the file was understood; once, however often it is met."""
        if sentence not in self._sentences:
            self._sentences.add(sentence)
            self.remarks.append(sentence)

    def without_home(self, field: str, count: int = 1) -> None:
        """Count values of a field of the file that the data model has no home for."""
        self.no_home[field] += count

    def leave_out(self, contact: str, count: int = 1) -> None:
        """Count contact data that was left out, as nobody asked for it: ``e-mail``, ``telephone`` and the like."""
        self.left_out[contact] += count

    def describe(self, **fields: object) -> None:
        """Set fields of the source that stands for the file, such as ``title``, ``licence`` and ``media_type``."""
        self.source = msgspec.structs.replace(self.source, **fields)

    def counts(self) -> dict[str, int]:
        """Kind to how many records there are of it, without the source."""
        return dict(Counter(KIND_OF_STRUCT[type(record)] for record in self.records.values()))


def pieces_of(texts: Sequence[str]) -> str:
    """Text of an element that is no run of bytes: its cells joined by tabs."""
    return "\t".join(texts)
