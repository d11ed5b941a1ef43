"""``convenings --keys``: every command of the explorer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from convenings.cli.common import OK, print_json
from convenings.cli.streams import log_stderr

Table = Sequence[tuple[str, str, str, str]]
"""Keys parted by spaces, id, label and help of every command."""


def print_keys(key_table: Callable[[Mapping[str, str]], tuple[Table, Sequence[str]]], *, as_json: bool) -> int:
    """Print keys, id, label and help of every command, as the user has bound them; the id is what a keymap names.

    Args:
        key_table: From the keys that the user has bound to the table, and what is wrong with them.
        as_json: Print JSON.
    """
    from convenings.store.user_data import UserData

    user_data = UserData.open()
    table, faults = key_table(user_data.keymap())
    for sentence in (*user_data.warnings, *faults):
        log_stderr(sentence)
    if as_json:
        print_json(
            [{"keys": keys.split(), "id": name, "label": label, "help": text} for keys, name, label, text in table]
        )
        return OK
    from convenings.cli.printing import Column, Printer

    columns = (Column("key", style="bold"), Column("id"), Column("what it does"))
    Printer().table(columns, ((keys, name, text) for keys, name, _, text in table))
    return OK
