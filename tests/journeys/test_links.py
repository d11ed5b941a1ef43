"""Links of a record: opened in a browser where there is one, else copied; nothing else is ever opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from convenings.domain.record_values import Link
from convenings.presentation.links import is_page, links_of
from convenings.tui import browser
from tests.driver import MEDIUM, NARROW, open_explorer
from tests.unit.two_years import two_years
from tests.unit.weekend import dataset, event


@pytest.fixture
def opened_pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is sent to the browser of a desktop that is not there."""
    pages: list[str] = []
    monkeypatch.setattr(browser, "opener", lambda: ["browser"])
    monkeypatch.setattr("subprocess.Popen", lambda command, **_: pages.append(command[-1]))
    return pages


async def test_a_page_is_opened_and_anything_else_copied(opened_pages: list[str], tmp_path: Path) -> None:
    async with open_explorer(MEDIUM, dataset(tmp_path, *two_years())) as user:
        await user.find("how to splice")
        await user.press("o")
        user.expect_screen("Links of How to splice a rope", "Recording", "https://video.example/ropes.webm")
        await user.press("enter")
        assert opened_pages == ["https://video.example/ropes.webm"]
        user.expect_crumb("Sent to the browser")
        await user.press("o", "down", "enter")
        assert len(opened_pages) == 1
        user.expect_crumb("Sent to the clipboard: mailto:a@b.example")
        await user.press("o", "y")
        user.expect_crumb("Sent to the clipboard: https://video.example/ropes.webm")
        user.expect_sound()


async def test_without_a_browser_it_is_copied(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(browser, "opener", list)
    async with open_explorer(NARROW, dataset(tmp_path, *two_years())) as user:
        await user.find("how to splice")
        await user.press("o")
        user.expect_screen("enter copies")
        await user.press("enter")
        user.expect_crumb("Sent to the clipboard: https://video.example")
        await user.find("knots")
        await user.press("o")
        user.expect_crumb("No link is recorded for this")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "--help",
        "https://",
        "http://a b",
        "https://a\x1b[2J",
        "http://[",
        "",
    ],
)
def test_what_is_no_page_is_not_opened(url: str, opened_pages: list[str]) -> None:
    assert not is_page(url)
    assert not browser.open_page(url)
    assert not opened_pages


def test_a_link_is_listed_once_and_harmless() -> None:
    links = [Link(url="https://a.example", rel="page"), Link(url="https://a.example", label="Again")]
    hostile = Link(url="https://b.example/\x1b[2J", label="\x1b]0;x\x07[bold]", language="nl")
    first, second = links_of(replace(event("talk"), links=[*links, hostile]))
    assert (first.name, first.note, first.can_open) == ("page", "https://a.example", True)
    assert "\x1b" not in second.name + second.note
    assert not second.can_open
    assert second.note.endswith(" · nl")
