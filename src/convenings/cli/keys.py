"""``convenings --keys``: every command of the explorer."""

from __future__ import annotations

from collections.abc import Sequence

from convenings.cli.common import OK, print_json


def print_keys(table: Sequence[tuple[str, str, str, str]], *, as_json: bool) -> int:
    """Print keys, id, label and help of every command; the id is what a keymap binds other keys to."""
    if as_json:
        print_json(
            [{"keys": keys.split(" "), "id": name, "label": label, "help": text} for keys, name, label, text in table]
        )
        return OK
    from convenings.cli.printing import Column, Printer

    columns = (Column("key", style="bold"), Column("id"), Column("what it does"))
    Printer().table(columns, ((keys, name, text) for keys, name, _, text in table))
    return OK
