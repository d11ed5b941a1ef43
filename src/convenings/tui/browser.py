"""Opens a page in the browser of the desktop, where there is one; never one that takes the terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from convenings.presentation.links import is_page

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")
"""Variables of the environment one of which is set where there is a desktop."""


def opener() -> list[str]:
    """The command that opens a page, to be followed by its URL; empty where there is none."""
    if sys.platform == "darwin":
        return ["open"]
    if sys.platform == "win32":
        return ["rundll32", "url.dll,FileProtocolHandler"]
    if not any(os.environ.get(name) for name in DISPLAYS):
        return []
    name = next(filter(shutil.which, ("xdg-open", "gio")), "")
    return [] if not name else [name, "open"] if name == "gio" else [name]


def open_page(url: str) -> bool:
    """Have the browser open a page of the web; False where that cannot be done, nothing being said of why."""
    command = opener()
    if not command or not is_page(url):
        return False
    nothing = subprocess.DEVNULL
    try:
        # What the browser says is not for the terminal, and it stays when the program ends.
        subprocess.Popen([*command, url], stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)
    except OSError:
        return False
    return True
