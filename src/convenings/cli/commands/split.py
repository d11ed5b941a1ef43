"""``convenings split``: a record that is two, and what of it is the other one's."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from convenings.cli.command import Command, Parser
from convenings.cli.common import OK, own_dataset_path, print_json
from convenings.cli.streams import log_stderr
from convenings.domain.errors import BadInput, nearest, shortened
from convenings.domain.text import plain

if TYPE_CHECKING:
    from convenings.domain.parting import Belonging, Fate
    from convenings.store.splitting import Hanging

MOST_CHARACTERS = 200
"""Characters of a value that are printed."""


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("id", metavar="ID", offers="ids", help="the record that is two, which keeps all else")
    parser.add_argument("--name", metavar="NAME", default="", help="what the other record is called, a new one")
    parser.add_argument("--to", metavar="ID", default="", offers="ids", help="the other record, where there is one")
    parser.add_argument(
        "--move", metavar="ID", nargs="+", action="extend", default=[], offers="ids",
        help="records that refer to it and mean the other one",
    )  # fmt: skip
    parser.add_argument(
        "--field", metavar="FIELD", nargs="+", action="extend", default=[],
        help="what it says and is the other one's: honorific, names=TEXT, identifiers=SCHEME=VALUE, evidence.0",
    )  # fmt: skip
    parser.add_argument(
        "--copy", metavar="FIELD", nargs="+", action="extend", default=[],
        help="likewise, of what is so for both; also the ID of a record that means both",
    )  # fmt: skip
    parser.add_argument("--list", action="store_true", help="only list what can go, as --move and --field take it")
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")
    parser.add_argument("--why", metavar="TEXT", default="", help="the reason, for the history")


def run(args: Namespace) -> int:
    """Let what is named go to the other record, with the evidence for it, in one save; undo takes it back."""
    from convenings.domain.parting import Split
    from convenings.store.batch import Batch
    from convenings.store.dataset import Dataset
    from convenings.store.faults import BadBatch
    from convenings.store.journal import Purpose

    dataset = Dataset.open(own_dataset_path(args))
    hanging = dataset.hanging_on(args.id)
    if args.list:
        return _list(args, hanging)
    if bool(args.name.strip()) == bool(args.to):
        raise BadInput("it is not said who the other record is", hint="add --name NAME for a new one, or --to ID")
    fates = _fates(args, hanging)
    batch = Batch(split=Split(id=args.id, name=args.name, to=args.to, fates=fates))
    try:
        outcome = dataset.foreseen(batch) if args.dry_run else dataset.save(batch, Purpose(why=args.why))
    except BadBatch as error:
        for fault in error.faults[1:]:
            log_stderr(str(fault))
        raise
    other = next(iter(outcome.inserted), dataset.resolve(args.to))
    if args.json:
        print_json({"id": hanging.record.id, "other": other, "added": outcome.inserted, "changed": outcome.updated})
    else:
        _print(outcome.changes)
    number = f"{len(outcome.updated):,} record{'s' * (len(outcome.updated) != 1)}"
    what = f"{number} would change" if args.dry_run else f"{number} changed; convenings undo takes it back"
    log_stderr(f"{dataset.path}: {hanging.record.id} is split, part of it is {other}; {what}", name=False)
    return OK


def _fates(args: Namespace, hanging: Hanging) -> dict[Belonging, Fate]:
    """What is to become of what is named.

    Raises:
        BadInput: Something named is nothing of the record.
    """
    fates: dict[Belonging, Fate] = {}
    for ref in args.move:
        fates |= dict.fromkeys(_referring(ref, hanging), "goes")
    for word in args.field:
        fates |= dict.fromkeys(_own(word, hanging), "goes")
    for word in args.copy:
        is_reference = any(record.id == word for _, record in hanging.referring)
        fates |= dict.fromkeys(_referring(word, hanging) if is_reference else _own(word, hanging), "both")
    return fates


def _referring(ref: str, hanging: Hanging) -> list[Belonging]:
    """Where a record refers to the one that is split."""
    places = [belonging for belonging, record in hanging.referring if record.id == ref]
    if not places:
        near = nearest(ref, list(dict.fromkeys(record.id for _, record in hanging.referring)))
        hint = f"perhaps '{near}' is meant" if near else "--list says what does"
        raise BadInput(f"'{ref}' does not refer to '{hanging.record.id}'", hint=hint)
    return places


def _own(word: str, hanging: Hanging) -> list[Belonging]:
    """What of a record a field, or one of its items, names."""
    name, sign, text = word.partition("=")
    name, _, number = name.partition(".")
    having = [each for each in hanging.own if each.field == name]
    if number:
        having = [each for each in having if each.path == f"{name}[{number}]"]
    if sign:
        having = [each for each in having if text in (_text(each, hanging), _short(each, hanging))]
    if not having:
        near = nearest(name, list(dict.fromkeys(each.field for each in hanging.own)))
        hint = f"perhaps '{near}' is meant" if near and near != name else "--list says what it has"
        raise BadInput(f"'{hanging.record.id}' has nothing that is '{word}'", hint=hint)
    return having


def _text(belonging: Belonging, hanging: Hanging) -> str:
    """What something that a record says reads like, as somebody would type it."""
    from convenings.domain.fields import fields_of, text_of
    from convenings.domain.kinds import KIND_OF_STRUCT

    record = hanging.record
    field = next(each for each in fields_of(KIND_OF_STRUCT[type(record)]) if each.name == belonging.field)
    value: Any = getattr(record, field.name)
    if field.is_list:
        at = int(belonging.path.partition("[")[2].rstrip("]"))
        value = [value[at]]
    return text_of(field, value)


def _short(belonging: Belonging, hanging: Hanging) -> str:
    """Of an item with fields of its own, the one by which it is named; else what :func:`_text` gives."""
    from convenings.domain.fields import SHORT

    field, _, rest = belonging.path.partition("[")
    if field not in SHORT:
        return _text(belonging, hanging)
    return str(getattr(getattr(hanging.record, field)[int(rest.rstrip("]"))], SHORT[field]))


def _list(args: Namespace, hanging: Hanging) -> int:
    """Print what hangs on a record."""
    referring = [{"move": record.id, "field": each.path} for each, record in hanging.referring]
    own = [{"field": word, "value": text} for word, text in _words(hanging)]
    if args.json:
        print_json({"id": hanging.record.id, "referring": referring, "own": own})
        return OK
    from convenings.cli.printing import Printer

    printer = Printer()
    for each in referring:
        printer.line(("--move ", "dim"), (each["move"], "bold"), (f"  {each['field']}", "dim"))
    for each in own:
        printer.line(("--field ", "dim"), (each["field"], "bold"), (f"  {each['value']}", ""))
    return OK


def _words(hanging: Hanging) -> Iterator[tuple[str, str]]:
    """How what a record says is named, with what it reads like; items are counted from 0."""
    import msgspec

    from convenings.presentation.history import value_in_words

    document = msgspec.to_builtins(hanging.record)
    for each in hanging.own:
        name, _, rest = each.path.partition("[")
        value = document[name]
        if not rest:
            yield name, value_in_words(value, MOST_CHARACTERS)
        elif name == "evidence":
            yield f"{name}.{rest.rstrip(']')}", value_in_words(value[int(rest.rstrip("]"))], MOST_CHARACTERS)
        else:
            yield f"{name}.{rest.rstrip(']')}", shortened(plain(_short(each, hanging)))


def _print(changes: Sequence[Any]) -> None:
    from convenings.cli.printing import Printer
    from convenings.domain.edits import changed_fields
    from convenings.presentation.history import values_in_words
    from convenings.store.noting import documents

    printer = Printer()
    for change in changes:
        before, after = documents(change)
        sign = "+ " if before is None else "• "
        printer.line((sign, "dim"), (change.id, "bold"), (f"  {(after or {}).get('label', '')}", "dim"))
        for name in changed_fields(before, after):
            if before is None and name in ("id", "label"):
                continue
            one, two = values_in_words((before or {}).get(name), (after or {}).get(name), MOST_CHARACTERS)
            words = two if before is None else f"{one} → {two}"
            printer.line((name.replace("_", " "), "dim"), (f"  {words}", ""), indent=2)


COMMAND = Command(
    help="let what of a record is another one's go to that one, which may be a new one",
    add_arguments=add_arguments,
    run=run,
    examples=(
        "split person/ana --list --dataset my-events.json",
        "split person/ana --name 'Ana Lima' --move participation/ana --dataset my-events.json --dry-run",
        "split organisation/trust --to organisation/unit --move participation/ana --dataset my-events.json",
    ),
)
