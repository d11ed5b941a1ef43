"""No network: while sockets are forbidden, whatever reaches for another machine fails, and the test with it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import pytest

FUNCTIONS = ("create_connection", "getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getnameinfo")
"""What of the module ``socket`` speaks to another machine, if only to learn its address."""
METHODS = ("connect", "connect_ex", "sendto", "sendmsg", "bind", "listen")
"""What of a socket does; those of the family that stays on this machine are let through, asyncio needs them."""


class NetworkUsed(BaseException):
    """Something reached for the network; no handler of errors is to take it for one of those it knows."""


@contextmanager
def sockets_forbidden() -> Iterator[None]:
    """Forbid sockets until left.

    Raises:
        NetworkUsed: There was an attempt, even where a thread or a task swallowed what it raised.
    """
    attempts: list[str] = []

    def refuse(name: str) -> Callable[..., NoReturn]:
        def refused(*args: object, **_: object) -> NoReturn:
            attempts.append(f"{name}{args!r}")
            raise NetworkUsed(attempts[-1])

        return refused

    def guard(name: str) -> Callable[..., Any]:
        method = getattr(socket.socket, name)

        def guarded(self: socket.socket, *args: Any) -> Any:
            if self.family == getattr(socket, "AF_UNIX", None):
                return method(self, *args)
            return refuse(f"{name} of {self!r} ")(*args)

        return guarded

    with pytest.MonkeyPatch.context() as patch:
        for name in FUNCTIONS:
            patch.setattr(socket, name, refuse(name))
        for name in METHODS:
            # Some are not there on every system.
            if hasattr(socket.socket, name):
                patch.setattr(socket.socket, name, guard(name))
        yield
    if attempts:
        raise NetworkUsed("; ".join(attempts))
