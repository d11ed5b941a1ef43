"""``convenings search``: records by words and keys, best first."""

from __future__ import annotations

from argparse import Namespace
from functools import partial

from convenings.cli.command import Command, Parser
from convenings.domain.kinds import KINDS

HEADINGS = ("found", "kind", "context", "id")


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "words",
        metavar="WORDS",
        nargs="+",
        offers="query",
        help="words in any order; key:value narrows, ! negates, or joins",
    )
    parser.add_argument("--limit", metavar="N", type=int, default=50, help="at most so many records (default: 50)")
    parser.add_argument(
        "--kind",
        metavar="K",
        action="append",
        default=[],
        values=list(KINDS),
        help="only records of this kind; may be repeated",
    )


def run(args: Namespace) -> int:
    """Print what some words find, best first."""
    from convenings.cli.common import NOTHING, OK, dataset_path, parse_kind, print_array
    from convenings.cli.objects import hit_object
    from convenings.cli.streams import log_stderr
    from convenings.domain.errors import BadInput
    from convenings.index.hits import Tier
    from convenings.index.open import open_model
    from convenings.presentation.hits import contexts
    from convenings.workspace import Workspace

    if args.limit < 1:
        raise BadInput(f"--limit {args.limit} leaves nothing to print", hint="write a number from 1 on")
    kinds = [parse_kind(word) for word in args.kind]
    line = " ".join(args.words)
    with Workspace(open_model(dataset_path(args))) as workspace:
        hits = workspace.search(line, args.limit, kinds, count_all=True)
        model = workspace.model
        rows = model.load([hit.row for hit in hits])
        notes = workspace.notes() if any(hit.tier == Tier.TEXT for hit in hits) else {}
        beside = list(contexts(model, line, hits, rows, notes))
        for warning in workspace.warnings:
            log_stderr(warning)
        if args.json:
            print_array(map(partial(hit_object, model), rows, beside, map(hits.reading_of, hits)))
        elif args.csv:
            from convenings.cli.tabular import print_csv

            lines = map(partial(hit_object, model), rows, beside)
            print_csv(HEADINGS, ((hit["label"], hit["kind"], hit["context"], hit["id"]) for hit in lines))
    if rows and not (args.json or args.csv):
        from convenings.cli.printing import ID, Column, Printer

        first, *others, _ = HEADINGS
        columns = (Column(first, style="bold"), *map(Column, others), ID)
        Printer().table(
            columns, [(row.label, row.kind, context, row.id) for row, context in zip(rows, beside, strict=True)]
        )
    if not rows:
        log_stderr(f"nothing found for {line}{f'; {hits.advice}' if hits.advice else ''}")
    elif hits.reading:
        more = "; --limit for more" if hits.total > len(rows) or hits.is_least else ""
        log_stderr(f"{hits.note}, {hits.reading}{more}", name=False)
    elif hits.total > len(rows) or hits.is_least:
        log_stderr(f"{hits.note}; --limit for more", name=False)
    return OK if rows else NOTHING


COMMAND = Command(
    help="find records by any form of a name, by a word of their text, or by key:value",
    add_arguments=add_arguments,
    run=run,
    examples=("search hao ming huang", "search moderator --kind person --limit 5", "search type:recommendation --csv"),
    takes_csv=True,
)
