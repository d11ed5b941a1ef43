"""What an export writes: records of a dataset, closed under references, with what a writer needs to name them.

A writer is a function ``write(selection: Selection, target) -> list[str]``. The target is an open binary file at its
beginning, that can be written and sought in; of a format that is a folder, the path of a new and empty one. It gives
what the format could not hold or what it left out, a sentence each without a full stop, for people. It sees to it that
nothing it writes is a formula, markup or a control sequence to whatever opens the file. Putting the file in its place,
whole or not at all, is not its concern: see :mod:`~convenings.interchange.export`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from convenings.domain.kinds import KIND_OF_STRUCT, KINDS
from convenings.domain.labels import label
from convenings.domain.record_values import Import
from convenings.domain.records import Labelled, Record
from convenings.domain.references import CITED, references
from convenings.store.changes import chain_ends
from convenings.store.dataset import Dataset, Info

if TYPE_CHECKING:
    from convenings.workspace import Workspace

TIES = frozenset({"participation", "membership", "relation", "statement", "gap"})
"""Kinds that say something of the records they point at, and go with these."""


class UserData:
    """The user's own marks and notes, where they are to go along.

    Args:
        marks: Ids of the marked records.
        notes: Id to note.
    """

    def __init__(self, marks: Collection[str] = (), notes: Mapping[str, str] | None = None) -> None:
        self.marks = frozenset(marks)
        self.notes = dict(notes or {})

    def among(self, refs: Collection[str]) -> UserData:
        """Those on some records."""
        return UserData(self.marks & set(refs), {ref: note for ref, note in self.notes.items() if ref in refs})

    @property
    def refs(self) -> list[str]:
        """Ids of what is marked or has a note, in order."""
        return sorted({*self.marks, *self.notes})

    def __bool__(self) -> bool:
        return bool(self.marks or self.notes)


class Selection:
    """Records to write, with all that they point at as far as the dataset has it.

    Args:
        info: What the dataset says of itself.
        records: Kind by kind in the order of the tables, within a kind in that of the file.
        chosen: Ids of those that were asked for; the others go along, as a chosen one points at them or they tie it.
        redirects: Old id to the id that stands for it now.
        imports: What files brought in of these records.
        user_data: The user's marks and notes; nothing where they are not wanted.
        path: The dataset that they are of, where they are of a file.
    """

    def __init__(
        self,
        info: Info,
        records: Iterable[Record],
        chosen: Collection[str] | None = None,
        *,
        redirects: Mapping[str, str] | None = None,
        imports: Sequence[Import] = (),
        user_data: UserData | None = None,
        path: Path | None = None,
    ) -> None:
        self.path = path
        self.info = info
        self.records = {record.id: record for record in records}
        """Id to record."""
        self.is_whole = chosen is None
        """Whether it is all that the dataset has."""
        self.chosen = frozenset(self.records if chosen is None else chosen)
        self.redirects = dict(redirects or {})
        self.imports = list(imports)
        self.user_data = user_data
        self._labels: dict[str, str] = {}

    def of_kind(self, kind: str) -> Iterator[Record]:
        """Its records of a kind."""
        struct = KINDS[kind]
        return (record for record in self.records.values() if type(record) is struct)

    def counts(self) -> dict[str, int]:
        """Kind to how many records there are of it, kinds without any left out."""
        counts = dict.fromkeys(KINDS, 0)
        for record in self.records.values():
            counts[kind_of_record(record)] += 1
        return {kind: number for kind, number in counts.items() if number}

    def label(self, ref: str) -> str:
        """Label of a record by id, as it is written in the dataset; the id where there is no such record."""
        if (text := self._labels.get(ref)) is None:
            record = self.records.get(ref)
            text = self._labels[ref] = ref if record is None else label(record, self._name)
        return text

    def _name(self, ref: str) -> str:
        """What a record is called that another one connects: of one without a name of its own, its id."""
        record = self.records.get(ref)
        # In a faulty dataset what connects may connect itself, so that its label would have no end.
        return record.label if isinstance(record, Labelled) else ref


def whole(path: str | Path, user_data: UserData | None = None) -> Selection:
    """All that a dataset has.

    Raises:
        BadInput: It cannot be read, or a document in it is no record.
    """
    dataset = Dataset.open(path)
    layout = dataset.layout()
    ranks = {kind: rank for rank, kind in enumerate(KINDS)}
    # Sorting is stable: within a kind they stay in the order of the file.
    records = sorted(
        (record for _, _, _, record in dataset.scan(layout=layout)), key=lambda each: ranks[kind_of_record(each)]
    )
    imports = [_IMPORT.decode(document) for document in layout.documents("imports").values()]
    return Selection(
        dataset.info,
        records,
        redirects=dataset.redirects(),
        imports=imports,
        user_data=user_data,
        path=dataset.path,
    )


def selection(path: str | Path, refs: Collection[str], user_data: UserData | None = None) -> Selection:
    """Some records of a dataset, those that tie them to others, and what any of these points at, to the end.

    A participation, membership, relation, statement or gap goes along where it points at a record that was asked for,
    not where it points at one that only goes along itself: people come with the events that they took part in, and not
    with whoever else did.

    Args:
        path: The dataset.
        refs: Ids of the records, old ones included; what is not there is left out.
        user_data: The user's marks and notes, where they are wanted.

    Raises:
        BadInput: It cannot be read, or a document in it is no record.
    """
    everything = whole(path)
    records, ends = everything.records, chain_ends(everything.redirects)
    chosen = {ref for ref in (ends.get(ref, ref) for ref in refs) if ref in records}
    wanted = set(chosen)
    for record in records.values():
        if kind_of_record(record) in TIES:
            targets = (ends.get(ref, ref) for field, ref in references(record) if field != CITED)
            if not chosen.isdisjoint(targets):
                wanted.add(record.id)
    rest = list(wanted)
    while rest:
        targets = (ends.get(ref, ref) for _, ref in references(records[rest.pop()]))
        new = {ref for ref in targets if ref in records} - wanted
        wanted |= new
        rest += new
    return Selection(
        # With the id of the whole it would be taken for it, wherever its file goes.
        msgspec.structs.replace(everything.info, id=""),
        (record for ref, record in records.items() if ref in wanted),
        chosen,
        redirects={old: new for old, new in everything.redirects.items() if ends[old] in wanted},
        imports=[_part_of(each, wanted) for each in everything.imports if each.source in wanted],
        user_data=None if user_data is None else user_data.among(wanted),
        path=everything.path,
    )


def user_data_of(workspace: Workspace) -> UserData:
    """The user's marks and notes on what a dataset has."""
    model, data, key = workspace.model, workspace.user_data, workspace.user_data_key
    notes = data.notes(key)
    rows = model.rows_of({*notes, *data.marks(key)})
    ids = {ref: model.one(row).id for ref, row in rows.items()}
    return UserData(
        {ids[ref] for ref in data.marks(key) if ref in ids},
        {ids[ref]: note for ref, note in notes.items() if ref in ids},
    )


def kind_of_record(record: Record) -> str:
    """Kind of a record."""
    return KIND_OF_STRUCT[type(record)]


def _part_of(each: Import, refs: Collection[str]) -> Import:
    """An import as far as it brought in some records."""
    records = {ref: as_imported for ref, as_imported in each.records.items() if ref in refs}
    return msgspec.structs.replace(each, records=records)


_IMPORT = msgspec.json.Decoder(Import)
