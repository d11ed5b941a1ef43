"""What came of a file put into the dataset: records made, updated or left, what is gone, and what the report says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cached_property

import msgspec

from convenings.domain.claims import claim_of
from convenings.domain.kinds import KIND_OF_STRUCT, kind_of
from convenings.domain.labels import label
from convenings.domain.record_values import Import
from convenings.domain.records import Record, Source
from convenings.domain.references import map_references, references
from convenings.interchange.arrivals import Outcome, record_hash
from convenings.interchange.pruning import prunable
from convenings.interchange.reports import FileReport, Gone
from convenings.interchange.settling import is_alike, settle
from convenings.interchange.target import Target
from convenings.interchange.versions import AS_OF, is_version_of

Base = Callable[[], Outcome | None]
"""Gives what the former version of the file said; nothing where nobody knows any more."""


class Integration:
    """Puts the sound records of one file into a dataset.

    Args:
        target: The dataset.
        outcome: What came of the file.
        former: The import of its former version; absent where there was none.
        base: What that said.
        report: What is said of the file.
    """

    def __init__(self, target: Target, outcome: Outcome, former: Import | None, base: Base, report: FileReport) -> None:
        self._target = target
        self._outcome = outcome
        self._former = former
        self._records: dict[str, tuple[str, str]] = {}
        """Of the import: id to key and hash, of what the file has."""
        self._report = report
        self._claims: dict[tuple[object, ...], str] | None = None
        """What participations and relations of the dataset say, to their ids; worked out when it is asked for."""
        self._load_base = base
        self._base: Outcome | None = None
        self._is_loaded = False
        self._former_source = target.records.get(outcome.source.id)
        self.version = ""
        """Id of the source that stands for the former version from now on; empty where nothing of it is left."""

    @property
    def source(self) -> str:
        """Id of the source that stands for the file."""
        return self._outcome.source.id

    def put(self, records: Iterable[Record]) -> None:
        """Put records into the dataset, each as what it is to be there."""
        dismissed = 0
        keys, came, hashes = self._outcome.keys, self._outcome.records, self._outcome.hashes
        redirects, present = self._target.redirects, self._target.records
        for record in records:
            theirs = self._told_apart(self._resolved(record))
            ours = present.get(redirects.get(record.id, record.id))
            if ours is None and (twin := self._twin(theirs)) is not None:
                self._join(twin, theirs)
                continue
            if ours is None and self._is_dismissed(record):
                dismissed += 1
                continue
            is_as_it_came = theirs is came.get(record.id)
            content = hashes[record.id] if is_as_it_came else record_hash(theirs)
            self._records[record.id] = keys.get(record.id, ""), content
            if ours is None:
                self._count("made", theirs)
                self._target.put(theirs)
            else:
                self._settle(ours, theirs)
        if dismissed:
            how = "1 record that was removed here stays" if dismissed == 1 else f"{dismissed:,} removed records stay"
            self._report.remarks.append(f"{how} removed")

    def _told_apart(self, theirs: Record) -> Record:
        """A record without the identifiers that another record has: two tables may both number their rows from 1."""
        if not theirs.identifiers:
            return theirs
        kind, ref = kind_of(theirs.id), self._resolve(theirs.id)
        own = [
            each for each in theirs.identifiers if self._owners.setdefault((kind, each.scheme, each.value), ref) == ref
        ]
        if len(own) == len(theirs.identifiers):
            return theirs
        schemes = {each.scheme for each in theirs.identifiers if each not in own}
        for scheme in sorted(schemes):
            self._remark(f"{scheme}: values that are those of other records here already are left out")
        return msgspec.structs.replace(theirs, identifiers=own)

    @cached_property
    def _owners(self) -> dict[tuple[str, str, str], str]:
        """Kind, scheme and value of each identifier of the dataset to the record that has it."""
        return {
            (kind_of(ref), each.scheme, each.value): ref
            for ref, record in self._target.records.items()
            for each in record.identifiers
        }

    def _twin(self, theirs: Record) -> Record | None:
        """The record of the dataset that says already what a new one of the file says: who was where in which role."""
        if (claim := claim_of(theirs, self._resolve)) is None:
            return None
        if self._claims is None:
            every = ((claim_of(record, self._resolve), ref) for ref, record in self._target.records.items())
            self._claims = {claim: ref for claim, ref in every if claim is not None}
        return self._target.records.get(self._claims.setdefault(claim, theirs.id))

    def _resolve(self, ref: str) -> str:
        return self._target.redirects.get(ref, ref)

    def _join(self, ours: Record, theirs: Record) -> None:
        """Let a record of the dataset stand for one of the file, too."""
        key = self._outcome.keys.get(theirs.id, "")
        theirs = msgspec.structs.replace(theirs, id=ours.id)
        if ours.id in self._records:
            # The file says it twice.
            pieces = [piece for piece in theirs.evidence if piece not in ours.evidence]
            if pieces:
                self._target.put(msgspec.structs.replace(ours, evidence=[*ours.evidence, *pieces]))
            return
        self._records[ours.id] = key, record_hash(theirs)
        self._settle(ours, theirs)

    def _resolved(self, record: Record) -> Record:
        """A record that points at what stands now for records that were merged."""
        redirects = self._target.redirects
        if not redirects or not any(ref in redirects for _, ref in references(record)):
            return record
        return map_references(record, lambda ref: redirects.get(ref, ref))

    def _is_dismissed(self, record: Record) -> bool:
        """Whether a record that is not in the dataset was there, and the user has removed it."""
        if self._former is None or record.id == self.source:
            return False
        if record.id in self._former.records:
            return True
        base = self._of_base()
        return base is not None and record.id in base.records

    def _settle(self, ours: Record, theirs: Record) -> None:
        """Let a record of the dataset be what it is to be now."""
        is_merged = theirs.id != ours.id or any(not is_version_of(piece.source, self.source) for piece in ours.evidence)
        if is_merged:
            self._count("merged", theirs)
        result = self._result(ours, theirs, is_merged)
        if is_alike(result, ours):
            self._count("unchanged", theirs)
        else:
            self._count("updated", theirs)
        if result != ours:
            self._target.put(result)

    def _result(self, ours: Record, theirs: Record, is_merged: bool) -> Record:
        if ours == theirs:
            return ours
        imported = self._former.records.get(theirs.id) if self._former is not None else None
        if imported is not None and not is_merged and imported[1] == record_hash(ours):
            return theirs
        base = None
        if imported is not None:
            if (outcome := self._of_base()) is None:
                self._remark("what it said before is not attached any more: what differs is left as it is here")
            else:
                base = outcome.source if theirs.id == self.source else outcome.records.get(theirs.id)
                base = self._resolved(base) if base is not None else None
        settled = settle(base, ours, theirs, self.source)
        self._report.conflicts += settled.conflicts
        return settled.record

    def _of_base(self) -> Outcome | None:
        if not self._is_loaded:
            self._base, self._is_loaded = self._load_base(), True
        return self._base

    def _remark(self, sentence: str) -> None:
        if sentence not in self._report.remarks:
            self._report.remarks.append(sentence)

    def _count(self, which: str, record: Record) -> None:
        # The source is the file itself, and nothing that it brings.
        if record.id != self.source:
            getattr(self._report, which)[KIND_OF_STRUCT[type(record)]] += 1

    def finish(
        self,
        each: Import,
        unfit: Collection[str],
        versions: Iterable[Import],
        *,
        prune: bool,
        noted: Callable[[], Collection[str]],
    ) -> None:
        """Settle what the file has no longer, and put what it brought into the table of imports.

        Args:
            each: The import of the file, without its records.
            unfit: Ids of what it has, and of which no record could be kept.
            versions: Imports of earlier versions, of which something is still there.
            prune: Whether what is gone is to be removed where that can be.
            noted: Gives the ids of what has a mark or a note of the user.
        """
        present = {*self._records, *unfit}
        for one in (*versions, *filter(None, (self._former,))):
            gone = {ref: imported for ref, imported in one.records.items() if ref not in present}
            self._let_go(one, gone, each, noted() if prune and gone else None)
        every = msgspec.structs.replace(each, records=self._records)
        if self._former is not None and _is_equal(every, self._former):
            every = msgspec.structs.replace(every, at=self._former.at)
        self._target.imports[self.source] = every

    def _let_go(
        self, former: Import, gone: dict[str, tuple[str, str]], each: Import, noted: Collection[str] | None
    ) -> None:
        """Remove what is gone, where that is wanted and can be; else list it, and let it point where it stood.

        Args:
            former: The import that brought it.
            gone: Id to key and hash as it was imported.
            each: The import of the file as it is now.
            noted: Ids of what has a mark or a note; absent where nothing is to be removed.
        """
        records = self._target.records
        there = {ref: records[ref] for ref in gone if ref in records and ref != former.source}
        removable: set[str] = set()
        reasons: dict[str, str] = {}
        if noted is not None:
            hashes = {ref: content for ref, (_, content) in gone.items()}
            removable, reasons = prunable(
                there, hashes, records, self._target.redirects, noted, former.source, record_hash
            )
            for ref in removable:
                self._report.removed[kind_of(ref)] += 1
                self._target.remove(ref)
        left = {ref: gone[ref] for ref in there if ref not in removable}

        def label_of(ref: str) -> str:
            return label(records[ref], label_of) if ref in records else ref

        self._report.gone += [Gone(ref, label_of(ref), reasons.get(ref, "")) for ref in left]
        if not left:
            if former.source != self.source:
                self._drop_version(former)
        elif former.source == self.source and former.hash != each.hash:
            self._keep_version(former, left)
        elif former.source != self.source:
            self._target.imports[former.source] = msgspec.structs.replace(former, records=left)
        else:
            self._records |= left

    def _keep_version(self, former: Import, left: dict[str, tuple[str, str]]) -> None:
        """Give the former version a source of its own, at which what stands only there points."""
        source = self._former_source
        assert isinstance(source, Source)
        ref, number = f"{self.source}{AS_OF}{former.at[:10]}", 1
        wanted = ref
        while ref in self._target.records or ref in self._target.redirects:
            number += 1
            ref = f"{wanted}-{number}"
        whole = [msgspec.structs.replace(piece, source=ref) for piece in source.evidence]
        label_now = f"{former.file} as of {former.at[:10]}"
        self._target.put(msgspec.structs.replace(source, id=ref, label=label_now, evidence=whole))
        moved: dict[str, tuple[str, str]] = {}
        for gone, (key, content) in left.items():
            record = self._target.records[gone]
            pieces = [
                msgspec.structs.replace(piece, source=ref) if piece.source == self.source else piece
                for piece in record.evidence
            ]
            changed = msgspec.structs.replace(record, evidence=pieces)
            self._target.put(changed)
            moved[gone] = key, record_hash(changed) if content == record_hash(record) else content
        self._target.imports[ref] = msgspec.structs.replace(former, source=ref, records=moved)
        self.version = ref

    def _drop_version(self, former: Import) -> None:
        """Let go of a former version of which nothing is left."""
        self._target.imports.pop(former.source, None)
        is_cited = any(
            piece.source == former.source
            for record in self._target.records.values()
            for piece in record.evidence
            if record.id != former.source
        )
        if former.source in self._target.records and not is_cited:
            self._target.remove(former.source)


def _is_equal(one: Import, other: Import) -> bool:
    return msgspec.structs.replace(one, at=other.at) == other
