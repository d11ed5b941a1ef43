"""``convenings remove``: records that go."""

from __future__ import annotations

from argparse import Namespace

from convenings.cli.command import Command, Parser
from convenings.cli.common import OK, own_dataset_path, print_json
from convenings.cli.streams import log_stderr
from convenings.domain.errors import BadInput

_MOST = 5
"""Ids of others that a refusal names."""


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("ids", metavar="ID", nargs="+", offers="ids", help="records to remove")
    parser.add_argument("--anyway", action="store_true", help="also where other records refer to them")


def run(args: Namespace) -> int:
    """Remove records in one save; none of them where others refer to them."""
    from convenings.domain.references import references
    from convenings.store.dataset import Dataset

    dataset = Dataset.open(own_dataset_path(args))
    refs = list(dict.fromkeys(args.ids))
    ends = dataset.resolved_redirects()
    going = set(refs)
    referrers = [
        record.id
        for _, _, _, record in dataset.scan([])
        if record.id not in going and any(ends.get(ref, ref) in going for _, ref in references(record))
    ]
    if referrers and not args.anyway:
        more = f" and {len(referrers) - _MOST} others" if len(referrers) > _MOST else ""
        what = f"{', '.join(referrers[:_MOST])}{more} would refer to what is not there"
        raise BadInput(what, file=str(dataset.path), hint="remove or change them first, or add --anyway")
    dataset.remove(*refs)
    if args.json:
        print_json({"file": str(dataset.path), "removed": refs, "referring": referrers})
    log_stderr(f"{dataset.path}: {len(refs)} removed", name=False)
    return OK


COMMAND = Command(
    help="remove records that nothing else refers to",
    add_arguments=add_arguments,
    run=run,
    examples=("remove gap/who --dataset my-events.json",),
)
