"""``convenings search`` and ``convenings list``: records by words, and all records of a kind."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing

from convenings.cli.common import NOTHING, dataset_path, print_array
from convenings.cli.common import OK as FOUND
from convenings.cli.common import parse_kind as kind_named
from convenings.cli.objects import hit_object, record_object
from convenings.cli.streams import log_stderr
from convenings.domain.errors import BadInput
from convenings.domain.query import Query, parse
from convenings.index.filter import matching
from convenings.index.model import ReadModel
from convenings.index.open import open_model
from convenings.index.search import Search


def search_(given: Namespace) -> int:
    """Print what some words find, best first."""
    if given.limit < 1:
        raise BadInput(f"--limit {given.limit} leaves nothing to print", hint="write a number from 1 on")
    kinds = [kind_named(word) for word in given.kind]
    text = " ".join(given.words)
    with closing(open_model(dataset_path(given))) as model:
        found = [model.one(hit.row) for hit in Search(model)(text, given.limit, kinds)]
    if given.json:
        print_array(map(hit_object, found))
    elif found:
        from convenings.cli.printing import ID, Column, Printer

        columns = (Column("found", style="bold"), Column("kind"), Column("context"), ID)
        Printer().table(columns, [(row.label, row.kind, row.secondary, row.id) for row in found])
    if not found:
        log_stderr(f"nothing found for {text}")
    return FOUND if found else NOTHING


def list_(given: Namespace) -> int:
    """Print all records of a kind, in the order in which the explorer shows them."""
    kind = kind_named(given.kind)
    query = parse(given.filter)
    with closing(open_model(dataset_path(given))) as model:
        span = model.range(kind)
        rows = matching(model, span, query, _own_rows(model, query)) if query else range(*span)
        if given.json:
            print_array(record_object(model, row) for row in rows)
        elif rows:
            from convenings.cli.columns import table_of
            from convenings.cli.printing import Printer

            Printer().table(*table_of(model, kind, rows))
    total = span[1] - span[0]
    if not rows:
        log_stderr(f"none of {total} {kind} records fits {given.filter}" if total else f"there is no {kind} here")
    elif query and not given.json:
        log_stderr(f"{len(rows)} of {total}", name=False)
    return FOUND if rows else NOTHING


def _own_rows(model: ReadModel, query: Query) -> dict[str, list[int]]:
    """The records that the user marked or noted, where the query asks for them."""
    if all(part.key != "is" for part in query.fields):
        return {}
    from convenings.store.user_data import UserData

    user_data, key = UserData.open(), str(model.path.resolve())
    for warning in user_data.warnings:
        log_stderr(warning)
    kept = {"marked": user_data.marks(key), "noted": set(user_data.notes(key))}
    return {name: [row for ref in refs if (row := model.row_of(ref)) is not None] for name, refs in kept.items()}
