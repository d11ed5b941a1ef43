"""``convenings check``: whether a dataset holds, also against the texts of its sources."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from convenings.cli.command import Command, Parser
from convenings.cli.common import NOTHING, OK, dataset_path, log_warnings, print_array
from convenings.cli.streams import log_stderr


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("path", metavar="DATASET", type=Path, nargs="?", help="dataset to check")
    parser.add_argument(
        "--source",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="also look every passage up in this text, or structured file, of a source; may be repeated",
    )


def run(args: Namespace) -> int:
    """Print every fault of a dataset, how many locators hold in the texts at hand, and what is still to be worded."""
    from dataclasses import asdict

    from convenings.cli.locators import (
        Tally,
        attached_files,
        content_of,
        match_source,
        quantity,
        readable_records,
        sources_of,
        tally_by_source,
        tally_in_words,
        user_data_of,
    )
    from convenings.domain.records import FORMAT
    from convenings.store.check import check, unworded
    from convenings.store.dataset import Dataset

    dataset = Dataset.open(dataset_path(args))
    records = readable_records(dataset)
    sources = sources_of(records)
    user_data = user_data_of(dataset, records)
    contents = attached_files(sources, user_data)
    for path in args.source:
        data, source = match_source(path, sources)
        contents[source.id] = content_of(data, source, path)
    log_warnings(user_data.warnings)
    faults = check(dataset, contents)
    if args.json:
        # ``mend`` is what ``hint`` was called before.
        print_array(asdict(fault) | {"mend": fault.hint} for fault in faults)
    else:
        for fault in faults:
            print(fault)
    if dataset.info.format < FORMAT:
        number = dataset.info.format
        log_stderr(f"format {number}; it is read as format {FORMAT}, which the first change will write", name=False)
    summary = f"{quantity(len(records), 'record')}, {quantity(len(faults), 'fault')}"
    if contents:
        tally = sum(tally_by_source(records, dataset, contents).values(), Tally())
        summary += f"; {quantity(len(contents), 'source')} attached, {tally_in_words(tally)}"
    if number := sum(map(len, unworded(records, dataset.redirects()).values())):
        summary += f"; to be worded: the summaries of {quantity(number, 'paragraph')} that evidence cites"
    log_stderr(summary, name=False)
    return NOTHING if faults else OK


COMMAND = Command(
    help="check a dataset, and name every fault in it",
    add_arguments=add_arguments,
    run=run,
    examples=("check", "check my-events.json --source report.txt"),
)
