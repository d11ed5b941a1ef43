"""``convenings --print-completion``: completion for a shell, made from the parser."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import shtab

from convenings.cli.common import OK
from convenings.cli.parser import commands_parser


def print_completion(shell: str, themes: Sequence[str]) -> int:
    """Print what completes commands, options, kinds, themes and files in a shell."""
    parser = commands_parser(themes=themes)
    for each in (parser, *parser.commands.values()):
        for argument in each.arguments:
            # shtab reads an attribute that argparse does not know.
            action: Any = argument.action
            if action.type is Path:
                action.complete = shtab.FILE
            elif argument.values:
                action.choices = list(argument.values)
    script = shtab.complete(parser, shell)
    # Where no command fits, a DATASET is being named.
    print(script.replace("complete -o bashdefault -F", "complete -o bashdefault -o default -F"))
    return OK
