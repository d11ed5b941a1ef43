"""``convenings attach``: the texts of sources, kept so that evidence opens the real passage."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from convenings.cli.command import Command, Parser
from convenings.cli.common import NOTHING, OK, dataset_path, log_warnings, print_json
from convenings.cli.streams import log_stderr
from convenings.domain.errors import BadInput

if TYPE_CHECKING:
    from convenings.store.user_data import UserData


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", metavar="FILE", type=Path, nargs="*", help="text of a source, known by its contents")
    parser.add_argument("--source", metavar="ID", default="", help="the source that the one FILE is the text of")
    parser.add_argument("--detach", metavar="ID", default="", help="remove the text of this source")


def run(args: Namespace) -> int:
    """Keep texts of sources and say how many locators hold in them; or forget one."""
    from convenings.store.user_data import UserData

    user_data = UserData.open()
    if args.detach:
        if args.files or args.source:
            raise BadInput("--detach stands alone", hint="attach in a second step")
        return _detach(user_data, args.detach)
    if not args.files:
        raise BadInput("no file is named", hint="name the text of a source, or --detach the ID of one")
    if args.source and len(args.files) > 1:
        raise BadInput("--source goes with one file", hint="attach the others in a second step")
    return _attach(user_data, args)


def _attach(user_data: UserData, args: Namespace) -> int:
    from convenings.cli.locators import (
        match_source,
        readable_records,
        sources_of,
        tally_by_source,
        tally_in_words,
        tally_object,
    )
    from convenings.store.dataset import Dataset
    from convenings.store.sources import read_text, text_hash
    from convenings.store.user_data import UserData

    dataset = Dataset.open(dataset_path(args))
    records = readable_records(dataset)
    sources = sources_of(records)
    matches = [(path, *match_source(path, sources, dataset.resolve(args.source))) for path in args.files]
    # Nothing is kept unless all of it can be read.
    texts = {source_id: read_text(data, str(path)) for path, data, source_id in matches}
    for path, data, source_id in matches:
        user_data.attach(source_id, path, text_hash(data), data)
    log_warnings(user_data.warnings)
    # Opened anew: it is the file that counts, not what this process remembers.
    attached = UserData.open().attached()
    if lost := [str(path) for path, _, source_id in matches if source_id not in attached]:
        raise BadInput("the text could not be kept", file=lost[0], hint="make the folder of your data writable")
    tallies = tally_by_source(records, dataset, texts)
    for path, _, source_id in matches:
        log_stderr(f"{source_id}: attached from {path}; {tally_in_words(tallies[source_id])}", name=False)
    if args.json:
        print_json([tally_object(source_id, path, tallies[source_id]) for path, _, source_id in matches])
    return OK if all(tally.total() == tally["exact"] for tally in tallies.values()) else NOTHING


def _detach(user_data: UserData, source_id: str) -> int:
    if user_data.detach(source_id):
        log_stderr(f"{source_id}: detached", name=False)
        log_warnings(user_data.warnings)
        return OK
    attached = ", ".join(user_data.attached())
    log_stderr(f"no text of '{source_id}' is attached; {f'attached are: {attached}' if attached else 'none is'}")
    return NOTHING


COMMAND = Command(
    help="keep the text of a source, so that evidence opens the real passage",
    add_arguments=add_arguments,
    run=run,
    examples=("attach report.txt", "attach report.txt --source source/report", "attach --detach source/report"),
)
