"""The tables of the README, made from the program: ``python -m tests.readme`` writes them, a test compares them."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from convenings.cli.commands import COMMANDS, load
from convenings.domain.kinds import KINDS
from convenings.domain.query.keys import KEYS, OPERATORS
from convenings.interchange.registry import FORMATS, Format
from convenings.tui import key_table

README = Path(__file__).parent.parent / "README.md"


def tables() -> dict[str, str]:
    """Name of each generated part to its Markdown."""
    keys = ["| key | command | what it does |", "|---|---|---|"]
    keys += [
        f"| {' '.join(f'`{key}`' for key in shortcuts.split())} | {label} | {text} |"
        for shortcuts, _, label, text in key_table()[0]
    ]
    query = ["| key | selects | of |", "|---|---|---|"]
    query += [f"| `{name}:` | {key.help} | {kinds_text(key.kinds)} |" for name, key in KEYS.items()]
    operators = ["| written | selects |", "|---|---|"]
    operators += [f"| `{form}` | {text} |" for form, text in OPERATORS.items()]
    commands = ["| command | does |", "|---|---|"]
    commands += [f"| `{name}` | {load(name).help} |" for name in COMMANDS]
    formats = ["| format | what it is | in | out | what is lost |", "|---|---|---|---|---|"]
    formats += [f"| {' | '.join(format_cells(each))} |" for each in FORMATS]
    texts = {"keys": keys, "query": query, "operators": operators, "commands": commands, "formats": formats}
    return {name: "\n".join(lines) for name, lines in texts.items()}


def format_cells(each: Format) -> tuple[str, str, str, str, str]:
    """A format in the table: name, what it is, whether it is read and written, what is lost."""
    name = f"`{each.name}`" if not each.export_name else f"`{each.name}`, out `{each.export_name}`"
    return name, each.title, "yes" if each.reader else "", "yes" if each.writer else "", each.loses


def kinds_text(kinds: Collection[str]) -> str:
    """Kinds of record in words."""
    return "every kind" if len(kinds) == len(KINDS) else ", ".join(kind for kind in KINDS if kind in kinds)


def filled(text: str) -> str:
    """The README with its generated parts as they should be."""
    for name, table in tables().items():
        before, start, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- /{name} -->")
        text = f"{before}{start}{table}\n{end}{after}" if start and end else text
    return text


def command(name: str) -> str:
    """A command of the README by its marker."""
    block = re.search(rf"<!-- command: {name} -->\n```sh\n(.*?)\n```", README.read_text("utf-8"), flags=re.DOTALL)
    if block is None:
        raise LookupError(name)
    return block[1]


if __name__ == "__main__":
    README.write_text(filled(README.read_text("utf-8")), "utf-8")
