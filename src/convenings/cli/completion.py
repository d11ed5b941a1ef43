"""``convenings --print-completion``: completion for a shell, made from the parser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import shtab

from convenings.cli.common import FOUND
from convenings.cli.parser import Parser, commands_parser
from convenings.domain.kinds import KINDS


def print_completion(shell: str, themes: Sequence[str]) -> int:
    """Print what completes commands, options, kinds, themes and files in a shell."""
    parser = commands_parser()
    for action in _actions(parser):
        if action.type is Path:
            action.complete = shtab.FILE
        elif action.dest in ("kind", "theme"):
            action.choices = list(KINDS if action.dest == "kind" else themes)
    script = shtab.complete(parser, shell)
    # Where no command fits, a DATASET is being named.
    print(script.replace("complete -o bashdefault -F", "complete -o bashdefault -o default -F"))
    return FOUND


def _actions(parser: Parser) -> Iterator[Any]:
    """Actions of a parser and of its commands."""
    for action in parser._actions:
        yield action
        if action.dest == "command" and isinstance(action.choices, dict):
            for command in action.choices.values():
                yield from _actions(command)
