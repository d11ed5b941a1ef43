"""``convenings history``: what was done to a dataset, or to one record of it, by whom and why."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from convenings.cli.command import Command, Parser
from convenings.cli.common import NOTHING, OK, dataset_path, print_array
from convenings.cli.streams import log_stderr

if TYPE_CHECKING:
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
        entry["changes"] = [_change(past, at) for at in range(len(past.changes))]
    return entry


def _change(past: PastStep, at: int) -> dict[str, Any]:
    from convenings.domain.edits import changed_fields
    from convenings.store.noting import documents

    change = past.changes[at]
    before, after = documents(change)
    fields = {
        name: {"before": (before or {}).get(name), "after": (after or {}).get(name)}
        for name in changed_fields(before, after)
    }
    return {"id": change.id, "is_new": before is None, "is_gone": after is None, "fields": fields}


def _print(past: PastStep) -> int:
    """Print a step; 1, for who counts them."""
    from convenings.cli.printing import Printer
    from convenings.domain.edits import words_of

    printer, step = Printer(), past.step
    state = "" if past.state == "done" else f"  ({past.state})"
    when = step.at.replace("T", " ").removesuffix("Z")
    title = words_of(step.kind, step.title)
    printer.line((f"{step.number}  {when} UTC  {step.who}  ", "dim"), (title, "bold"), (state, "dim"))
    if not past.is_left_alone:
        printer.line(("after that another program, or somebody by hand, has changed the file", "dim"), indent=2)
    if step.why:
        printer.line((f"because {step.why}", ""), indent=2)
    for at in range(len(past.changes)):
        change = _change(past, at)
        if change["is_new"] or change["is_gone"]:
            printer.line((f"{change['id']} {'came' if change['is_new'] else 'went'}", ""), indent=2)
        for name, values in change["fields"].items():
            before, after = _shown(values["before"]), _shown(values["after"])
            arrow = after if change["is_new"] else before if change["is_gone"] else f"{before} → {after}"
            printer.line((name.replace("_", " "), "dim"), (f"  {arrow}", ""), indent=4)
    return 1


def _shown(value: Any) -> str:
    import msgspec

    text = "(nothing)" if value is None else value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return text if len(text) <= _MOST_OF_VALUE else f"{text[: _MOST_OF_VALUE - 1]}…"


COMMAND = Command(
    help="print what was done to a dataset, or to one record: what, when, by whom and why",
    add_arguments=add_arguments,
    run=run,
    examples=("history --dataset my-events.json", "history person/bo --dataset my-events.json --json"),
)
"""The command."""
