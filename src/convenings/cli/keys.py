"""``convenings --keys``: every command of the explorer."""

from __future__ import annotations

from collections.abc import Sequence

from convenings.cli.common import FOUND, print_json


def keys(table: Sequence[tuple[str, str, str, str]], *, as_json: bool) -> int:
    """Print keys, id, label and help of every command; the id is what a keymap binds other keys to."""
    if as_json:
        print_json(
            [{"keys": on.split(" "), "id": name, "label": label, "help": said} for on, name, label, said in table]
        )
        return FOUND
    from convenings.cli.printing import Column, Printer

    printer = Printer()
    columns = (Column("key", style="bold"), Column("id"), Column("what it does"))
    printer.table(columns, ((on, name, said) for on, name, _, said in table))
    return FOUND
