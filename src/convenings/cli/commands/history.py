"""``convenings history``: what was done to a dataset, or to one record of it, by whom and why."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from convenings.cli.command import Command, Parser
from convenings.cli.common import NOTHING, OK, dataset_path, print_array
from convenings.cli.streams import log_stderr

if TYPE_CHECKING:
    from convenings.store.line_changes import LineChange
    from convenings.store.past import PastStep

_MOST_OF_VALUE = 300
"""Characters of a value that are printed for people."""


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "id", metavar="ID", nargs="?", default="", offers="ids", help="one record; the steps of all where absent"
    )


def run(args: Namespace) -> int:
    """Print the steps, the last one first; of one record with what each of its fields was and became."""
    from convenings.store.dataset import Dataset
    from convenings.store.past import past_steps, remark

    dataset = Dataset.open(dataset_path(args))
    if sentence := remark(dataset):
        log_stderr(sentence)
    if args.json:
        number = print_array(_object(past) for past in past_steps(dataset, args.id))
    else:
        number = sum(map(_print, past_steps(dataset, args.id)))
    if not number:
        about = f" to '{args.id}'" if args.id else ""
        log_stderr(f"nothing was done{about} that the journal of {dataset.path} has")
    return OK if number else NOTHING


def _object(past: PastStep) -> dict[str, Any]:
    step = past.step
    entry: dict[str, Any] = {
        "step": step.number,
        "at": step.at,
        "who": step.who,
        "kind": step.kind,
        "title": step.title,
        "why": step.why,
        "of": step.of or None,
        "records": step.records,
        "state": past.state,
        "left_alone": past.is_left_alone,
        "before": step.before,
        "after": step.after,
    }
    if past.changes:
        entry["changes"] = [_change(change) for change in past.changes]
    return entry


def _change(change: LineChange) -> dict[str, Any]:
    from convenings.presentation.history import changed_record

    record = changed_record(change)
    fields = {name: {"before": before, "after": after} for name, (before, after) in record.fields.items()}
    return {"id": record.id, "is_new": record.is_new, "is_gone": record.is_gone, "fields": fields}


def _print(past: PastStep) -> int:
    """Print a step; 1, for who counts them."""
    from convenings.cli.printing import Printer
    from convenings.presentation.history import changed_record, step_words, values_in_words

    printer, step, words = Printer(), past.step, step_words(past)
    state = f"  ({words.state})" if words.state else ""
    printer.line((f"{step.number}  {words.when}  {step.who}  ", "dim"), (words.title, "bold"), (state, "dim"))
    for remark in words.remarks:
        printer.line((remark, ""), indent=2)
    for record in map(changed_record, past.changes):
        if record.is_new or record.is_gone:
            printer.line((f"{record.id} {'came' if record.is_new else 'went'}", ""), indent=2)
        for name, values in record.fields.items():
            before, after = values_in_words(*values, _MOST_OF_VALUE)
            arrow = after if record.is_new else before if record.is_gone else f"{before} → {after}"
            printer.line((name.replace("_", " "), "dim"), (f"  {arrow}", ""), indent=4)
    return 1


COMMAND = Command(
    help="print what was done to a dataset, or to one record: what, when, by whom and why",
    add_arguments=add_arguments,
    run=run,
    examples=("history --dataset my-events.json", "history person/bo --dataset my-events.json --json"),
)
"""The command."""
