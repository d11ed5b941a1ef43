"""The tables of the README, made from the program: ``python -m tests.readme`` writes them, a test compares them."""

from __future__ import annotations

import re
from pathlib import Path

from convenings.cli.parser import commands_parser
from convenings.domain.query import KEYS
from convenings.tui import key_table

README = Path(__file__).parent.parent / "README.md"


def tables() -> dict[str, str]:
    """Name of each generated part to its Markdown."""
    keys = ["| key | command | what it does |", "|---|---|---|"]
    keys += [
        f"| {' '.join(f'`{key}`' for key in shown.split())} | {label} | {text} |"
        for shown, _, label, text in key_table()
    ]
    query = ["| key | selects |", "|---|---|"]
    query += [f"| `{key}:` | {text} |" for key, text in KEYS.items()]
    commands = ["| command | does |", "|---|---|"]
    commands += [f"| `{name}` | {text} |" for name, text in subcommands().items()]
    return {"keys": "\n".join(keys), "query": "\n".join(query), "commands": "\n".join(commands)}


def subcommands() -> dict[str, str]:
    """Name of every subcommand to its help."""
    for action in commands_parser()._actions:
        if action.dest == "command":
            return {choice.dest: str(choice.help) for choice in action._choices_actions}  # type: ignore[attr-defined]
    raise LookupError("the parser has no commands")


def filled(text: str) -> str:
    """The README with its generated parts as they should be."""
    for name, table in tables().items():
        text = re.sub(
            rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", lambda m, t=table: f"{m[1]}{t}\n{m[2]}", text, flags=re.DOTALL
        )
    return text


def command(name: str) -> str:
    """A command of the README by its marker."""
    found = re.search(rf"<!-- command: {name} -->\n```sh\n(.*?)\n```", README.read_text("utf-8"), flags=re.DOTALL)
    if found is None:
        raise LookupError(name)
    return found[1]


if __name__ == "__main__":
    README.write_text(filled(README.read_text("utf-8")), "utf-8")
