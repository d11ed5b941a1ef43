"""``convenings add``: records, from arguments or as JSON from standard input."""

from __future__ import annotations

import sys
from argparse import Namespace
from functools import cache
from typing import TYPE_CHECKING

from convenings.cli.command import Command, Parser
from convenings.cli.common import OK, own_dataset_path, parse_kind, print_json
from convenings.cli.passage import add_passage_arguments, evidence_from, has_passage
from convenings.cli.streams import log_stderr
from convenings.domain.errors import BadInput
from convenings.domain.kinds import KINDS

if TYPE_CHECKING:
    from convenings.domain.records import Record
    from convenings.store.dataset import Dataset

MOST_FAULTS = 20
"""Faults that are named one by one where nothing could be added."""


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "kind", metavar="KIND", values=[*KINDS, "-"], help=f"{', '.join(KINDS)}; - for JSON on standard input"
    )
    parser.add_argument(
        "fields",
        metavar="FIELD=VALUE",
        nargs="*",
        help="a list by repeating its field, what lies deeper as attendance.min=120 or names.0.language=zh",
    )
    add_passage_arguments(parser)
    parser.add_argument(
        "--replace", action="store_true", help="put records in the place of those that have their ids already"
    )


def run(args: Namespace) -> int:
    """Add records in one save, and print their ids."""
    from convenings.store.batch import Batch
    from convenings.store.dataset import Dataset
    from convenings.store.faults import BadBatch

    dataset = Dataset.open(own_dataset_path(args))
    records, places = _from_stdin(args, dataset) if args.kind == "-" else ([_from_arguments(args, dataset)], {})
    new, old = _parted(dataset, records)
    insert, upsert = (new, old) if args.replace else ([*new, *old], [])
    try:
        outcome = dataset.save(Batch(insert=insert, upsert=upsert, places=places))
    except BadBatch as error:
        for fault in error.faults[1:MOST_FAULTS]:
            log_stderr(str(fault))
        raise
    if args.json:
        print_json({"file": str(dataset.path), "ids": [record.id for record in records], "updated": outcome.updated})
    else:
        print("\n".join(record.id for record in records))
    number = len(outcome.inserted)
    updated = f", {len(outcome.updated)} replaced" if outcome.updated else ""
    log_stderr(f"{dataset.path}: {number} added{updated}", name=False)
    if bare := sum(not record.evidence for record in records):
        which = "it has" if len(records) == 1 else f"{bare} of them {'has' if bare == 1 else 'have'}"
        hint = "convenings check asks for some: add --source and --passage"
        log_stderr(f"{which} no evidence yet, and {hint}", name=False)
    return OK


def _parted(dataset: Dataset, records: list[Record]) -> tuple[list[Record], list[Record]]:
    """Records whose ids are free, and those of others that are not there to the letter."""
    wanted = {record.id for record in records}
    present = {record.id: record for _, _, _, record in dataset.scan([]) if record.id in wanted}
    new = [record for record in records if record.id not in present]
    return new, [record for record in records if record.id in present and present[record.id] != record]


def _from_arguments(args: Namespace, dataset: Dataset) -> Record:
    from convenings.cli.written_records import document_of, record_from

    kind = parse_kind(args.kind)
    if not args.fields:
        required = [name for name in KINDS[kind].__struct_fields__ if name in ("label", "type", "event", "role")]
        raise BadInput("no field is written", hint=f"write field=value for {', '.join(required)} and others")
    document = document_of(kind, args.fields)
    record = record_from({"kind": kind} | document, "", dataset.mint, lax=True)
    if has_passage(args):
        from msgspec.structs import replace

        supported = [name for name in document if name != "id" and not name.endswith("_basis")]
        record = replace(record, evidence=[evidence_from(args, dataset, supported)])
    return record


def _from_stdin(args: Namespace, dataset: Dataset) -> tuple[list[Record], dict[str, str]]:
    from convenings.cli.written_records import documents_in, own_zones, record_from

    if args.fields or has_passage(args):
        raise BadInput("what comes from standard input stands alone", hint="write fields and evidence in the JSON")
    records: list[Record] = []
    places: dict[str, str] = {}
    # Asked for once, and only where a record has no id: it looks through the dataset.
    mint = cache(dataset.mint)
    for place, document in documents_in(sys.stdin.buffer.read()):
        record = record_from(document, f"standard input, {place}", mint)
        records.append(record)
        places[record.id] = f"standard input, {place}"
    return own_zones(records, dataset), places


COMMAND = Command(
    help="add records, by field=value or as JSON from standard input",
    add_arguments=add_arguments,
    run=run,
    examples=(
        "add person label='Ana Lima' names='Lima, A.' --dataset my-events.json",
        "add event label='Spring meeting' type=meeting date=2024-05-04 start_time=14:00 --dataset my-events.json",
        "add person label=Bo --source source/report --passage 'Ana Lima' --dataset my-events.json",
        "add - --dataset my-events.json",
    ),
)
