"""``convenings attach``: the files of sources, kept so that evidence opens the real passage or element."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from convenings.cli.command import Command, Parser
from convenings.cli.common import NOTHING, OK, dataset_path, log_warnings, print_json
from convenings.cli.streams import log_stderr
from convenings.domain.errors import BadInput


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "files",
        metavar="FILE",
        type=Path,
        nargs="*",
        help="text, or structured file, of a source, known by its contents; without one, what is attached is listed",
    )
    parser.add_argument(
        "--source", metavar="ID", default="", offers="sources", help="the source that the one FILE is the text of"
    )
    parser.add_argument(
        "--anyway", action="store_true", help="keep the text even where it has few of the passages, and none in place"
    )
    parser.add_argument("--detach", metavar="ID", default="", offers="sources", help="remove the text of this source")


def run(args: Namespace) -> int:
    """Keep texts of sources and say how many locators hold in them; forget one; or list what is attached."""
    if args.detach:
        if args.files or args.source:
            raise BadInput("--detach stands alone", hint="attach in a second step")
        return _detach(args)
    if not args.files:
        if args.source:
            raise BadInput("no file is named", hint="name the text of that source")
        return _list(args)
    if args.csv:
        raise BadInput("--csv goes with the list of what is attached", hint="leave it out, or name no file")
    if args.source and len(args.files) > 1:
        raise BadInput("--source goes with one file", hint="attach the others in a second step")
    return _attach(args)


def _attach(args: Namespace) -> int:
    from convenings.cli.locators import (
        content_of,
        match_source,
        readable_records,
        sources_of,
        tally_by_source,
        tally_in_words,
        tally_object,
        user_data_of,
    )
    from convenings.store.dataset import Dataset
    from convenings.store.sources import text_hash

    dataset = Dataset.open(dataset_path(args))
    records = readable_records(dataset)
    sources = sources_of(records)
    matches = [(path, *match_source(path, sources, dataset.resolve(args.source))) for path in args.files]
    # Nothing is kept unless all of it can be read.
    contents = {source.id: content_of(data, source, path) for path, data, source in matches}
    tallies = tally_by_source(records, dataset, contents)
    # Before anything is kept: it would take the place of a text in which the passages are.
    for path, _, source in matches:
        tally = tallies[source.id]
        elsewhere = tally["moved"] + tally["ambiguous"]
        if not tally["exact"] and 2 * elsewhere < tally.total() and not args.anyway:
            what = f"not attached, as no passage of '{source.id}' is in place, and few are elsewhere"
            log_stderr(f"{path}: {what}: {tally_in_words(tally)}; look whether it is the right text, or add --anyway")
            if args.json:
                print_json([tally_object(each.id, file, tallies[each.id]) for file, _, each in matches])
            return NOTHING
    user_data = user_data_of(dataset, records)
    for path, data, source in matches:
        attach = user_data.attach_data if source.type == "data" else user_data.attach
        attach(source.id, path, text_hash(data), data)
    log_warnings(user_data.warnings)
    if user_data.problem:
        what, hint = "the text could not be kept", "make the folder of your data writable"
        raise BadInput(what, file=str(matches[0][0]), hint=hint)
    for path, _, source in matches:
        log_stderr(f"{source.id}: attached from {path}; {tally_in_words(tallies[source.id])}", name=False)
    if args.json:
        print_json([tally_object(source.id, path, tallies[source.id]) for path, _, source in matches])
    return OK if all(tally.total() == tally["exact"] for tally in tallies.values()) else NOTHING


def _list(args: Namespace) -> int:
    """Print every source of the dataset, with the file of its text and how many of its locators hold in it."""
    from convenings.cli.locators import (
        ATTACHED_HEADINGS,
        attached_sources,
        quantity,
        readable_records,
        user_data_of,
    )
    from convenings.store.dataset import Dataset
    from convenings.store.user_data import UserData

    dataset = Dataset.open(dataset_path(args))
    user_data = user_data_of(dataset, readable_records(dataset))
    rows = attached_sources(dataset, user_data)
    if args.json:
        print_json([row.as_object() for row in rows])
    elif args.csv:
        from convenings.cli.tabular import print_csv

        print_csv(ATTACHED_HEADINGS, (row.cells() for row in rows))
    elif rows:
        from convenings.cli.printing import ID, Column, Printer

        columns = (Column("source", style="bold"), Column("text"), Column("locators"), ID)
        Printer().table(columns, [(row.label, row.text_in_words(), row.tally_in_words(), row.source) for row in rows])
    log_warnings(user_data.warnings)
    number = sum(row.tally is not None for row in rows)
    log_stderr(f"{number} of {quantity(len(rows), 'source')} attached", name=False)
    here = {row.source for row in rows}
    if elsewhere := [ref for ref in UserData.open().attached() if dataset.resolve(ref) not in here]:
        log_stderr(f"attached, but of no source of this dataset: {', '.join(elsewhere)}", name=False)
    return OK if rows else NOTHING


def _detach(args: Namespace) -> int:
    from convenings.cli.locators import readable_records, user_data_of
    from convenings.store.dataset import Dataset
    from convenings.store.user_data import UserData

    source_id: str = args.detach
    every = UserData.open()
    try:
        dataset = Dataset.open(dataset_path(args))
        here = user_data_of(dataset, readable_records(dataset))
    except BadInput:
        # A text can be forgotten whatever has become of the dataset.
        here = every
    # Of another dataset, too: whoever names a source need not name its dataset.
    if here.detach(source_id) or every.detach(source_id):
        log_stderr(f"{source_id}: detached", name=False)
        log_warnings(dict.fromkeys([*here.warnings, *every.warnings]))
        return OK
    attached = ", ".join(every.attached())
    log_stderr(f"no text of '{source_id}' is attached; {f'attached are: {attached}' if attached else 'none is'}")
    return NOTHING


COMMAND = Command(
    help="keep the file of a source, so that evidence opens the real passage, or list what is kept",
    add_arguments=add_arguments,
    run=run,
    examples=(
        "attach",
        "attach report.txt --dataset my-events.json",
        "attach report.txt --source source/report --dataset my-events.json",
        "attach --detach source/report",
    ),
    takes_csv=True,
)
