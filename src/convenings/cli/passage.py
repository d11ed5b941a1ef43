"""The passage that says so: what commands that write records take, and the evidence that comes of it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from convenings.cli.command import Parser
from convenings.domain.errors import BadInput

if TYPE_CHECKING:
    from convenings.domain.record_values import Basis, Evidence
    from convenings.store.dataset import Dataset


def add_passage_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("--source", metavar="ID", default="", offers="sources", help="source that the fields rest on")
    parser.add_argument(
        "--passage", metavar="TEXT", default="", help="words of the attached text of that source which say so"
    )
    parser.add_argument("--inferred", metavar="NOTE", default="", help="from what the fields are inferred")


def has_passage(args: Namespace) -> bool:
    """Whether any of them is given."""
    return bool(args.passage or args.source or args.inferred)


def evidence_from(args: Namespace, dataset: Dataset, fields: Sequence[str]) -> Evidence:
    """The passage that the user gives, found in the attached text of its source.

    Raises:
        BadInput: It is not there, or there is no such source, or no text of it.
    """
    from convenings.cli.locators import readable_records, sources_of, user_data_of
    from convenings.store.quoting import evidence_of

    if not (args.passage and args.source):
        raise BadInput("a source and a passage go together", hint="give both --source and --passage")
    records = readable_records(dataset)
    ref = dataset.resolve(args.source)
    source = next((each for each in sources_of(records) if each.id == ref), None)
    if source is None:
        raise BadInput(f"the dataset has no source '{args.source}'", hint="add it first, or choose one of list source")
    text = user_data_of(dataset, records).attached_text(source.id, source.text_hash)
    if text is None:
        hint = f"keep it by convenings attach FILE --source {source.id} --dataset {dataset.path}"
        raise BadInput(f"no text is attached for '{source.id}'", hint=hint)
    basis: Basis = "inferred" if args.inferred else "stated"
    return evidence_of(source.id, text, args.passage, list(fields), basis=basis, note=args.inferred)
