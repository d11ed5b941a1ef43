"""What is private to Textual is used in one file, and without it the same is shown."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.layouts.horizontal import HorizontalLayout
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from convenings.tui import textual_private
from convenings.tui.input_driver import quick

SOURCE = Path(textual_private.__file__).parents[1]
ROOM = Path(textual_private.__file__)


def classes() -> Iterator[type]:
    """Every class of the program that is made from one of Textual's."""
    for path in (SOURCE / "tui").rglob("*.py"):
        name = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
        module = importlib.import_module(name.removesuffix(".__init__"))
        for cls in vars(module).values():
            if isinstance(cls, type) and cls.__module__ == module.__name__ and bases(cls):
                yield cls
    if sys.platform != "win32":
        from textual.drivers.linux_driver import LinuxDriver

        yield quick(LinuxDriver)


def bases(cls: type) -> list[type]:
    """Classes of Textual's that a class is made from."""
    return [base for base in cls.__mro__[1:] if base.__module__.partition(".")[0] == "textual"]


def private_names(cls: type) -> set[str]:
    """Private attributes and methods that a class has or uses."""
    return set(re.findall(r"(?:self\.|def )(_(?!_)\w+)", inspect.getsource(cls)))


def test_no_class_has_a_private_attribute_of_textual() -> None:
    """Neither to use it nor by accident; of those of other objects the linter speaks."""
    assert {"_border_title", "_set_dirty", "_arrangement_cache"} <= private_names(Widget)
    checked = {cls.__name__: private_names(cls) & set().union(*map(private_names, bases(cls))) for cls in classes()}
    assert {"Pane", "ListPane", "Explorer", "ConveningsApp", "PaletteInput", "ExplorerLayout"} <= checked.keys()
    assert {name: names for name, names in checked.items() if names} == {}


def test_no_class_declares_a_reactive_of_textual_again() -> None:
    """But by the function that looks whether Textual still has one."""
    declared = set()
    for cls in classes():
        reactive = {name for base in bases(cls) for name, value in vars(base).items() if isinstance(value, Reactive)}
        for statement in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(cls)))):
            if isinstance(statement, ast.Assign | ast.AnnAssign) and isinstance(statement.value, ast.Call):
                targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
                for target in targets:
                    if isinstance(target, ast.Name) and target.id in reactive:
                        declared.add(target.id)
                        assert ast.unparse(statement.value.func) == "declared_again", cls
    assert declared == {"virtual_size", "focused", "theme"}


def test_no_file_imports_a_private_module_of_textual() -> None:
    for path in SOURCE.rglob("*.py"):
        if path == ROOM:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "textual":
                names = [node.module or "", *(alias.name for alias in node.names)]
                assert not [name for name in names if "._" in name or name.startswith("_")], path


class Titled(Widget):
    """A widget with a border."""

    DEFAULT_CSS = "Titled { border: round white; width: 20; height: 3; }"


class TwoWidgets(App[None]):
    """Two widgets, one beside or above the other."""

    DEFAULT_CSS = "Screen { layout: vertical; }"

    def compose(self) -> ComposeResult:
        yield Titled(id="one")
        yield Titled(id="other")

    def text(self) -> str:
        """The screen as text."""
        return "\n".join(strip.text for strip in self.screen._compositor.render_strips())


@pytest.fixture(params=[True, False], ids=["private", "public"])
def with_private_names(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether this Textual has what is private to it; a release that has not is feigned."""
    if not request.param:
        monkeypatch.setattr(textual_private, "has", lambda owner, name: False)
    return bool(request.param)


async def test_titles_stand_in_the_border(with_private_names: bool) -> None:
    app = TwoWidgets()
    async with app.run_test(size=(40, 10)) as pilot:
        one = app.query_one("#one", Titled)
        for title, note in (("First [x]", "1 of 2"), ("Second", "2 of 2")):
            textual_private.set_border_title(one, Content(title))
            textual_private.set_border_subtitle(one, Content(note))
            one.refresh()
            await pilot.pause()
            assert title in app.text()
            assert note in app.text()
        textual_private.set_border_title(one, None)
        textual_private.set_border_subtitle(one, None)
        one.refresh()
        await pilot.pause()
        assert "Second" not in app.text()
        assert "2 of 2" not in app.text()


async def test_a_widget_is_painted_whole(with_private_names: bool) -> None:
    app = TwoWidgets()
    async with app.run_test(size=(40, 10)) as pilot:
        one = app.query_one("#one", Titled)
        await pilot.pause()
        one._dirty_regions.clear()
        textual_private.forget_regions_to_paint(one)
        assert one._dirty_regions == {one.outer_size.region}


async def test_children_are_placed_anew(with_private_names: bool) -> None:
    """Where a layout gives something else than before, though nothing that Textual watches has changed."""

    class Turning(HorizontalLayout):
        turned = False

        def arrange(self, parent: Any, children: Any, size: Size, greedy: bool = True) -> Any:
            return super().arrange(parent, list(children)[:: -1 if self.turned else 1], size, greedy)

    layout = Turning()

    class Screen_(Screen[None]):
        @property
        def layout(self) -> Turning:
            return layout

        def compose(self) -> ComposeResult:
            yield Titled(id="one")
            yield Titled(id="other")

    class App_(App[None]):
        def get_default_screen(self) -> Screen[None]:
            return Screen_()

    app = App_()
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        assert app.screen.query_one("#one").region.x == 0
        layout.turned = True
        textual_private.place_children(app.screen)
        await pilot.pause()
        assert app.screen.query_one("#other").region.x == 0
        assert app.screen.query_one("#one").region.x == 20


def test_a_reactive_is_declared_again_only_where_textual_has_one() -> None:
    quiet = Reactive(Size(0, 0), repaint=False)

    class Computed(Widget):
        virtual_size = property(lambda self: Size(1, 1))

    assert textual_private.declared_again(Widget, "virtual_size", quiet) is quiet
    assert textual_private.declared_again(Widget, "gone", quiet) is quiet
    assert textual_private.declared_again(Computed, "virtual_size", quiet) is vars(Computed)["virtual_size"]


def test_a_parser_says_how_long_it_waits() -> None:
    parser = textual_private.KeyParser()
    assert parser.seconds_left() is None
    assert list(parser.feed("\x1b")) == []
    left = parser.seconds_left()
    assert left is not None
    assert 0 <= left < 10
    assert [event.key for event in parser.feed("[A")] == ["up"]  # type: ignore[attr-defined]
    assert parser.seconds_left() is None
