"""The table that is printed: what was measured, what it should be, and what it is."""

from __future__ import annotations

import math
import os
import platform
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    figure: float
    """What came out; NaN where it could not be measured."""
    target: float | None = None
    """What it is to keep to; none where the figure is only told."""
    at_least: bool = False
    """The target is the least that will do, and not the most."""
    detail: str = ""

    @property
    def met(self) -> bool:
        """Whether the target is kept; so it is where there is none, and never where nothing was measured."""
        if self.target is None:
            return True
        return self.figure >= self.target if self.at_least else self.figure <= self.target

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """The line as texts."""
        sign = "≥" if self.at_least else "≤"
        target = "" if self.target is None else f"{sign} {self.target:.4g}"
        if math.isnan(self.figure):
            return self.what, target, "", "missing", self.detail
        verdict = "" if self.target is None else "met" if self.met else "MISSED"
        return self.what, target, f"{self.figure:.3g}", verdict, self.detail


def missing(what: str, why: object, target: float | None = None) -> Row:
    """The line of what could not be measured."""
    return Row(what, math.nan, target, detail=str(why))


HEADINGS = ("what", "target", "figure", "", "detail")


def markdown(rows: Iterable[Row]) -> str:
    """The table in Markdown, which can be read as it stands."""
    lines = [HEADINGS, *(row.cells for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    said = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    said.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(said)


def machine(peers: Iterable[str]) -> str:
    """The machine and the versions of everything that was measured."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = ""
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = f", {os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GB"
    ours = [f"{name} {version(name)}" for name in ("textual", "rich", "tinydb", "msgspec")]
    return "\n".join(
        (
            f"Machine: {_processor()}, {cores} cores{memory}, {platform.system()} {platform.release()}",
            f"Versions: Python {sys.version.split()[0]}, {', '.join((*ours, *peers))}",
        )
    )


def _processor() -> str:
    """What the processor is called."""
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
