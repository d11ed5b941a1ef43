"""A command of the command line as one object, from which parser, help, completion and README derive."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import msgspec

from convenings.domain.errors import BadInput, nearest

if TYPE_CHECKING:
    from _typeshed import SupportsWrite


class Argument(msgspec.Struct, frozen=True):
    """An argument as it was declared."""

    action: argparse.Action
    values: Sequence[str]
    """What completion offers for it; the argument may take more than these."""
    offers: str = ""
    """What completion asks the dataset for, one of :data:`~convenings.cli.offers.OFFERS`; empty for nothing."""


class Parser(argparse.ArgumentParser):
    """A parser that refuses wrong use as everything else here is refused: by one sentence."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        # Before argparse's own start, which declares --help.
        self.arguments: list[Argument] = []
        """Every argument, in the order of their declaration."""
        self.commands: dict[str, Parser] = {}
        """Name of a command to its parser."""
        defaults: dict[str, Any] = {"allow_abbrev": False, "formatter_class": argparse.RawDescriptionHelpFormatter}
        super().__init__(*args, **(defaults | settings))

    def add_argument(
        self, *names: Any, values: Sequence[str] = (), offers: str = "", **settings: Any
    ) -> argparse.Action:
        """Declare an argument.

        Args:
            names: Its name, or the spellings of an option.
            values: What completion offers, where it is not a path: those are completed as such.
            offers: What completion asks the dataset for, instead.
            settings: Whatever else argparse takes.
        """
        action = super().add_argument(*names, **settings)
        self.arguments.append(Argument(action, values, offers))
        return action

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        # argparse hides that help could not be written, as on a full disk.
        if message and file is not None:
            file.write(message)

    def refuse(self, unknown: str) -> NoReturn:
        """Refuse an argument that is none of those declared.

        Raises:
            BadInput: Always.
        """
        if not unknown.startswith("-"):
            self.error(f"'{unknown}' is one argument too many")
        options = [name for each in self.arguments for name in each.action.option_strings]
        near = nearest(unknown.partition("=")[0], options)
        hint = f"perhaps {near} is meant, see {self.prog} --help" if near else f"see {self.prog} --help"
        raise BadInput(f"there is no option {unknown}", hint=hint)

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments.

        Raises:
            BadInput: Always.
        """
        raise BadInput(message, hint=f"see {self.prog} --help")


class Command(msgspec.Struct, frozen=True):
    """A command: all that the program knows of it."""

    help: str
    """What it does, in one line that begins with a verb in small letters and ends without a full stop."""
    add_arguments: Callable[[Parser], object]
    """Declares what it takes beside ``--json`` and ``--dataset``, which every command takes."""
    run: Callable[[argparse.Namespace], int]
    """Does it, and gives the exit code.

    Whatever is heavy is imported in here, so that ``--help``, which asks every command for its line, stays quick."""
    examples: Sequence[str] = ()
    """Command lines without the program's name, for its help."""
    takes_csv: bool = False
    """Whether it prints rows, and takes ``--csv``."""
