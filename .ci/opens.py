"""Starts a command in a terminal, waits for the explorer on the bundled dataset, and leaves it with q."""

from __future__ import annotations

import sys

import pexpect
import pyte

ROWS, COLUMNS = 36, 120
DEADLINE = 600.0


def main(argv: list[str]) -> int:
    """Exit code 0 where the explorer opened and could be left."""
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.Stream(screen)
    child = pexpect.spawn(argv[0], argv[1:], dimensions=(ROWS, COLUMNS), encoding="utf-8", timeout=DEADLINE)
    wanted = ["1 Timeline", "SPRC workshop in Beijing", "5 Profile"]
    while not all(any(text in line for line in screen.display) for text in wanted):
        try:
            stream.feed(child.read_nonblocking(4096, DEADLINE))
        except (pexpect.EOF, pexpect.TIMEOUT):
            print("\n".join(screen.display))
            return 1
    print("\n".join(line.rstrip() for line in screen.display[:12]))
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    return int(child.exitstatus or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
