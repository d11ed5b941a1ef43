"""Doing one thing in a thread while Python works at another: what SQLite does on its own needs no interpreter."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from types import TracebackType


class Aside:
    """Does things one after the other in threads; the one who has them done works meanwhile.

    Only what keeps out of the interpreter for long gains anything: a single statement of SQLite, a file that is synced.
    On leaving the context the last thing is waited for.
    """

    def __init__(self) -> None:
        self._thread: Thread | None = None
        self._error: BaseException | None = None

    def do(self, thing: Callable[[], object]) -> None:
        """Begin a thing once the one before is done.

        Raises:
            BaseException: What the one before has raised.
        """
        self.wait()
        self._thread = Thread(target=self._run, args=(thing,))
        self._thread.start()

    def wait(self) -> None:
        """Wait until what was begun is done.

        Raises:
            BaseException: What it has raised.
        """
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if (error := self._error) is not None:
            self._error = None
            raise error

    def _run(self, thing: Callable[[], object]) -> None:
        try:
            thing()
        except BaseException as error:
            self._error = error

    def __enter__(self) -> Aside:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if error is None:
            self.wait()
        elif self._thread is not None:
            self._thread.join()
