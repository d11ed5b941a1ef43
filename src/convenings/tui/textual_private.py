"""Every private name of Textual that the program uses, and every public one that it gives another meaning.

Each stands in one function, with the public way to the same end for releases of Textual that lack the name: that way is
slower, and shows the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from inspect import getattr_static
from typing import TYPE_CHECKING, Any, TypeVar

from textual.reactive import Reactive

if TYPE_CHECKING:
    from textual.app import App
    from textual.content import Content
    from textual.message import Message
    from textual.screen import Screen
    from textual.widget import Widget

T = TypeVar("T")


def has(owner: object, name: str) -> bool:
    """Whether this release of Textual has a private name; tests replace this to see what is shown without any."""
    return hasattr(owner, name)


def ask_first(app: App[Any], recovers_from: Callable[[Exception], bool]) -> None:
    """Have an application ask of an exception that nobody has handled whether it need not be shown.

    A release that has no such name shows its traceback, and leaves.
    """
    if not has(app, "_handle_exception"):
        return
    show = app._handle_exception

    def handle(error: Exception) -> None:
        if not recovers_from(error):
            show(error)

    app._handle_exception = handle  # type: ignore[method-assign]


async def act_on(app: App[Any], key: str) -> bool:
    """Run what a key is bound to, by the widget in use or what it stands in; whether anything is done.

    A release that has no such name does so by itself, once the event has come to the application.
    """
    return has(app, "_check_bindings") and await app._check_bindings(key)


def set_border_title(widget: Widget, title: Content | None) -> None:
    """Set what stands in the upper border; its caller has that painted, the public way paints the whole widget."""
    if has(widget, "_border_title"):
        widget._border_title = title
    else:
        widget.border_title = title


def set_border_subtitle(widget: Widget, title: Content | None) -> None:
    """Set what stands in the lower border; its caller has that painted, the public way paints the whole widget."""
    if has(widget, "_border_subtitle"):
        widget._border_subtitle = title
    else:
        widget.border_subtitle = title


def forget_regions_to_paint(widget: Widget) -> None:
    """Have the whole widget painted, instead of parts that were noted while it had another size.

    For use while it is painted: the public way has it painted once more.
    """
    if has(widget, "_set_dirty"):
        widget._set_dirty()
    else:
        widget.refresh()


def place_children(screen: Screen[Any]) -> None:
    """Have the children of a screen placed anew."""
    if has(screen, "_arrangement_cache"):
        screen._arrangement_cache.clear()
    else:
        # A screen's own refresh would find its children where they were; a child's makes it place them anew.
        for child in screen.children[:1]:
            child.refresh(layout=True, repaint=False)
    screen.refresh(layout=True, repaint=False)


def declared_again(owner: type, name: str, reactive: Reactive[T]) -> Reactive[T]:
    """What a subclass of ``owner`` has under the name of a reactive of Textual's.

    Args:
        owner: Class of Textual's that declares the reactive.
        name: Its name there.
        reactive: The one that takes its place, as one that has less painted or placed when it changes.

    Returns:
        ``reactive``; where Textual has something else under this name, what it has.
    """
    declared = getattr_static(owner, name, reactive)
    return reactive if isinstance(declared, Reactive) else declared


class KeyParser:
    """Textual's parser of what a terminal sends, with the time for which it waits for more.

    Args:
        debug: Whether it logs what it reads.

    Raises:
        ImportError, AttributeError, TypeError: This release of Textual has another one.
    """

    feed: Callable[[str], Iterable[Message]]
    tick: Callable[[], Iterable[Message]]

    def __init__(self, debug: bool = False) -> None:
        from textual._time import get_time
        from textual._xterm_parser import XTermParser

        self._clock, self._parser = get_time, XTermParser(debug)
        self.feed, self.tick = self._parser.feed, self._parser.tick
        self.seconds_left()

    def seconds_left(self) -> float | None:
        """After which time :attr:`tick` is to be called, as an Escape may be that key; None where nothing is open."""
        until = self._parser._timeout_time
        return None if until is None else max(0.0, until - self._clock())
