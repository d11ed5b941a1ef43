"""The file with what is drafted from reports for one dataset, and decided on: the user's own, never in the dataset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from convenings.domain.errors import BadInput
from convenings.domain.record_values import Basis
from convenings.store.user_file import UserFile

if TYPE_CHECKING:
    from convenings.store.storage import Tables

DraftKind = Literal["event", "participation", "organisation", "statement", "question", "gap"]
DraftState = Literal["open", "later", "wording", "accepted", "rejected"]
"""``later``: left for later. ``wording``: accepted as far as the report goes, and waiting for words of the reader's
own. The last two are decided."""
MOST_STEPS = 200
"""Decisions that can be undone."""


class DraftEvidence(msgspec.Struct, frozen=True):
    """Where in the text of a report something stands, as :class:`~convenings.domain.record_values.Evidence` says it."""

    paragraph: int
    start: int
    end: int
    passage_hash: str


class DraftField(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a report seems to say of one field of a record, or what the reader has put there."""

    value: str = ""
    evidence: DraftEvidence | None = None
    """Absent where the reader has written the value."""
    how: str = ""
    """Rule that drafted it; ``reader`` where the reader has written it."""
    state: Literal["open", "accepted", "rejected"] = "open"
    basis: Basis = "stated"
    note: str = ""
    """For an inferred basis: from what."""
    draft: str = ""
    """Id of the draft record that the value names."""
    same_as: str = ""
    """Id of the record of the dataset that the reader has chosen for it; empty for a new one."""


class DraftRecord(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One decision: what an event, a person with posts and roles, an organisation, a question or a statement would be.

    Where a field comes several times the second is called ``role.2``, and a title and the organisation it is in share
    their number.
    """

    id: str
    """``draft/HASH/NUMBER``, with the first digits of the hash of the text."""
    kind: DraftKind
    source: str
    """Id of the source that is the report."""
    state: DraftState = "open"
    fields: dict[str, DraftField] = {}
    """By name; the first says where the record stands in the text."""
    refs: dict[str, str] = {}
    """What has been written of it: ``person``, ``event``, ``place`` and so on to the id in the dataset."""

    @property
    def main(self) -> DraftField:
        """The field that says where the record stands in the text."""
        return next(iter(self.fields.values()))

    @property
    def place(self) -> tuple[int, int, int]:
        """Paragraph, first and last code point: the order in which it is read."""
        evidence = self.main.evidence
        return (evidence.paragraph, evidence.start, evidence.end) if evidence else (0, 0, 0)

    @property
    def is_decided(self) -> bool:
        """Whether nothing is left to be done."""
        return self.state in ("accepted", "rejected")


class DraftReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report that has been drafted."""

    source: str
    """Id of the source that it is in the dataset."""
    text_hash: str
    """Of the text with one paragraph a line, which is attached for the source."""
    file: str
    """Path of the file as it was read."""
    file_hash: str
    """First 16 hexadecimal digits of the SHA-256 of that file."""
    media_type: str
    reader: str
    """What turned the file into the text, with its version."""
    by: str
    """What drafted it, with its version."""
    language: str = ""
    pages: list[int] = []
    """Page on which each paragraph begins; empty where the file has none."""


class DraftStep(msgspec.Struct, frozen=True, kw_only=True):
    """One decision, with what it changed in both files, so that it can be undone."""

    number: int
    what: str
    """In words: ``accept``, ``reject`` and so on."""
    is_undone: bool = False
    drafts: dict[str, tuple[DraftRecord | None, DraftRecord | None]] = {}
    """Id of a draft record to it before and after."""
    records: dict[str, tuple[dict[str, Any] | None, dict[str, Any] | None]] = {}
    """Id of a record of the dataset to its document before and after."""


class DraftTables(msgspec.Struct, frozen=True):
    """All that the file holds."""

    reports: dict[str, DraftReport]
    """Id of a source to the report."""
    records: dict[str, DraftRecord]
    """Id to record, in the order in which they were drafted."""
    steps: list[DraftStep]


class DraftFile:
    """The file, read as it is now; each change is on the disk when the method returns.

    Args:
        path: Where it is; made when something is first written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        structs = {"queue": msgspec.defstruct("_Version", [("version", int)])}
        self._file = UserFile(
            path, "queue", {**structs, "reports": DraftReport, "records": DraftRecord, "steps": DraftStep}
        )
        self._read: tuple[object, DraftTables] | None = None

    @property
    def tables(self) -> DraftTables:
        """All that the file holds now."""
        tables = self._file.tables
        if self._read is None or self._read[0] is not tables:
            reports = msgspec.convert(list(tables.get("reports", {}).values()), list[DraftReport])
            records = msgspec.convert(list(tables.get("records", {}).values()), list[DraftRecord])
            steps = msgspec.convert(list(tables.get("steps", {}).values()), list[DraftStep])
            content = DraftTables(
                {each.source: each for each in reports},
                {each.id: each for each in records},
                sorted(steps, key=lambda step: step.number),
            )
            self._read = tables, content
        return self._read[1]

    @property
    def warnings(self) -> list[str]:
        """What the user should know, one line each."""
        return self._file.warnings

    def put_report(
        self,
        report: DraftReport,
        records: Iterable[DraftRecord],
        others: Mapping[str, DraftRecord | None] = MappingProxyType({}),
    ) -> None:
        """Let a report have these draft records and no others; what was decided can no longer be undone.

        Args:
            report: The report.
            records: Its draft records.
            others: Id of those of other reports that change to what each is then; absent where it goes.

        Raises:
            BadInput: The file cannot be written.
        """
        items = list(records)

        def change(tables: Tables) -> None:
            reports = [row for row in _rows(tables, "reports") if row["source"] != report.source]
            tables["reports"] = _numbered([*reports, msgspec.to_builtins(report)])
            rows = [row for row in _rows(tables, "records") if row["source"] != report.source]
            changed = (msgspec.to_builtins(others[row["id"]]) if row["id"] in others else row for row in rows)
            tables["records"] = _numbered([*filter(None, changed), *map(msgspec.to_builtins, items)])
            tables["steps"] = {}

        self._write(change)

    def put(self, drafts: Mapping[str, tuple[DraftRecord | None, DraftRecord | None]], steps: list[DraftStep]) -> None:
        """Change draft records, and put these steps in the place of all others.

        Args:
            drafts: Id to the record before and after; absent before where it is new, after where it goes.
            steps: All decisions that can be undone or done again.

        Raises:
            BadInput: Another program has decided on one of them meanwhile, or the file cannot be written.
        """
        is_stale = False

        def change(tables: Tables) -> None:
            nonlocal is_stale
            rows = tables.setdefault("records", {})
            numbers = {row["id"]: number for number, row in rows.items()}
            for ref, (before, _) in drafts.items():
                here = rows[numbers[ref]] if ref in numbers else None
                if (None if here is None else msgspec.convert(here, DraftRecord)) != before:
                    is_stale = True
                    return
            for ref, (_, after) in drafts.items():
                if after is None:
                    del rows[numbers[ref]]
                else:
                    number = numbers.get(ref) or str(max(map(int, rows), default=0) + 1)
                    rows[number] = msgspec.to_builtins(after)
            tables["steps"] = _numbered(map(msgspec.to_builtins, steps[-MOST_STEPS:]))

        self._write(change)
        if is_stale:
            what = "another program has decided on this meanwhile"
            raise BadInput(what, file=str(self.path), hint="look at it again")

    def _write(self, change: Any) -> None:
        self._file.change(change)
        if problem := self._file.problem:
            self._file.give_up()
            raise BadInput(problem, hint="make the folder of your data writable")


def _rows(tables: Tables, name: str) -> list[dict[str, Any]]:
    return list(tables.get(name, {}).values())


def _numbered(rows: Iterable[Any]) -> dict[str, Any]:
    return {str(number): row for number, row in enumerate(rows, 1)}
