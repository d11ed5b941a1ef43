"""Entry point of ``convenings`` and of ``python -m convenings``: joins the command line and the explorer."""

from __future__ import annotations

import sys
from collections.abc import Sequence

INTERRUPTED = 130
"""Exit code after ctrl+c."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and give its exit code.

    Args:
        argv: The arguments without the program's name; those of the process where absent.
    """
    try:
        from convenings import tui
        from convenings.cli.program import run

        return run(sys.argv[1:] if argv is None else argv, tui)
    except KeyboardInterrupt:
        # While something was being imported; later ones are met where there is something to leave in order.
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
