"""Edits from the command line: fields as they are typed, what comes of them before and after, and one save."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from convenings.cli.command import Parser
from convenings.cli.common import NOTHING, OK, print_json
from convenings.cli.passage import add_passage_arguments, evidence_from, has_passage
from convenings.cli.streams import log_stderr
from convenings.cli.written_records import put_at
from convenings.domain.edits import Change, Edit
from convenings.domain.errors import BadInput
from convenings.domain.fields import Resolve, field_of, list_of, record_with, text_of, value_of
from convenings.domain.kinds import KIND_OF_STRUCT
from convenings.domain.records import Record
from convenings.store.evidence_rules import NO_SUPPORT

if TYPE_CHECKING:
    from convenings.store.dataset import Dataset
    from convenings.store.editing import Editor
    from convenings.store.faults import Fault

MOST_FAULTS = 20
"""Faults that are named one by one."""

Texts = Mapping[str, Sequence[str]]
"""A field, or a path into one, to what is typed for it; ``topics+`` adds to a list and ``topics-`` takes out."""


def add_edit_arguments(parser: Parser) -> None:
    """Declare what every command takes that edits records."""
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")
    parser.add_argument("--why", metavar="TEXT", default="", help="the reason, for the history")
    add_passage_arguments(parser)


def edited(record: Record, texts: Texts, resolve: Resolve) -> Record:
    """A record with what is typed for some of its fields.

    Raises:
        BadInput: There is no such field, or it does not take the value.
    """
    kind = KIND_OF_STRUCT[type(record)]
    values: dict[str, Any] = {}
    for path, words in texts.items():
        name, *rest = path.removesuffix("+").removesuffix("-").split(".")
        field = field_of(kind, name)
        if rest:
            values[name] = _deeper(record_with(record, values), [name, *rest], words)
        elif path[-1] in "+-":
            if not field.is_list:
                raise BadInput(f"the {field.words} holds one value only", hint=f"write {name} without {path[-1]}")
            items = list_of(msgspec.structs.replace(field, is_required=False), words, resolve)
            present = list(values.get(name, getattr(record, name)))
            rest_of = [item for item in present if item not in items]
            values[name] = [*present, *(item for item in items if item not in present)] if path[-1] == "+" else rest_of
        elif field.is_list:
            values[name] = list_of(field, words, resolve)
        elif len(words) > 1:
            raise BadInput(f"the {field.words} holds one value only", hint="write one")
        else:
            values[name] = value_of(field, words[0], resolve)
    # What somebody writes here is meant as stated, or they would say from what it is inferred.
    if values.get("date") and "date_basis" not in values and getattr(record, "date_basis", None) is None:
        values["date_basis"] = "stated"
    if "date" in values and values["date"] is None:
        values.setdefault("date_basis", None)
    return record_with(record, values)


def _deeper(record: Record, path: list[str], words: Sequence[str]) -> Any:
    """The value of a field of which something inside becomes otherwise."""
    document = {name: value for name, value in msgspec.to_builtins(record).items() if name == path[0]}
    put_at(document, path, " ".join(words), ".".join(path))
    fields = msgspec.to_builtins(record) | document
    try:
        return getattr(msgspec.convert(fields, type(record), strict=False), path[0])
    except msgspec.ValidationError as error:
        from convenings.store.decoding import explain

        raise explain(error, KIND_OF_STRUCT[type(record)], file="", record=record.id) from error


def with_passage(args: Namespace, dataset: Dataset, changes: Sequence[Change]) -> list[Change]:
    """Changes with the passage as evidence for all that they change, where one is given."""
    if not has_passage(args):
        return list(changes)
    pieces: dict[tuple[str, ...], Any] = {}
    result = []
    for change in changes:
        assert change.before is not None
        assert change.after is not None
        names = tuple(
            name
            for name in change.after.__struct_fields__
            if getattr(change.after, name) != getattr(change.before, name)
            and getattr(change.after, name) not in (None, "", [])
            and name != "evidence" and not name.endswith("_basis")
        )  # fmt: skip
        if names and names not in pieces:
            pieces[names] = evidence_from(args, dataset, names)
        evidence = [*change.after.evidence, *([pieces[names]] if names else [])]
        result.append(Change(change.before, msgspec.structs.replace(change.after, evidence=evidence)))
    return result


def carry_out(args: Namespace, editor: Editor, changes: Sequence[Change]) -> int:
    """Print what each record was and is, and save all of it at once; the exit code.

    Raises:
        BadInput: The check would have something to say of it, or somebody else has changed the same fields.
    """
    from convenings.store.faults import BadBatch
    from convenings.store.journal import Purpose
    from convenings.store.validation import refuse

    changes = [change for change in changes if change.before != change.after]
    edit = Edit(changes=with_passage(args, editor.dataset, changes), why=args.why)
    if not edit.changes:
        log_stderr("nothing changes: it is so already", name=False)
        return NOTHING
    try:
        if args.dry_run:
            refuse(editor.faults(edit))
        else:
            editor.apply(edit, Purpose(why=args.why))
    except BadBatch as error:
        _log_faults(error.faults)
        raise
    if args.json:
        print_json([_object(change) for change in edit.changes])
    else:
        for change in edit.changes:
            _print(change)
    number = f"{len(edit.changes):,} record{'s' * (len(edit.changes) != 1)}"
    what = "would change" if args.dry_run else "changed; convenings undo takes it back"
    log_stderr(f"{editor.dataset.path}: {number} {what}", name=False)
    return OK


def _log_faults(faults: Sequence[Fault]) -> None:
    for fault in faults[1:MOST_FAULTS]:
        log_stderr(str(fault))
    if any(fault.what == NO_SUPPORT for fault in faults):
        log_stderr("say where a source says so: add --source and --passage")


def _fields(change: Change) -> list[tuple[str, Any, Any]]:
    """Name of each field that changes, with what it was and what it is."""
    before, after = change.before, change.after
    assert before is not None
    assert after is not None
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in after.__struct_fields__]
    return [(name, old, new) for name, old, new in pairs if old != new]


def _object(change: Change) -> dict[str, Any]:
    fields = {
        name: {"before": msgspec.to_builtins(old), "after": msgspec.to_builtins(new)}
        for name, old, new in _fields(change)
    }
    return {"id": change.id, "fields": fields}


def _print(change: Change) -> None:
    from convenings.cli.printing import Printer

    printer = Printer()
    printer.line((change.id, "bold"), (f"  {getattr(change.after, 'label', '')}", "dim"))
    kind = KIND_OF_STRUCT[type(change.after)] if change.after is not None else ""
    for name, old, new in _fields(change):
        if name == "evidence":
            printer.line(("evidence", "dim"), (f"  {len(old)} passages → {len(new)}", ""), indent=2)
            continue
        field = field_of(kind, name)
        before, after = (text_of(field, value).replace("\n", "; ") or "(nothing)" for value in (old, new))
        printer.line((field.words, "dim"), (f"  {before} → {after}", ""), indent=2)
