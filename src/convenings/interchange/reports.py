"""What an import did, file by file: for people, and as JSON."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from convenings.interchange.reading import Skipped


class Conflict(msgspec.Struct, frozen=True):
    """A field that the newer version of a file and the user have both changed; the user's value stays."""

    record: str
    field: str
    theirs: str
    """What the file says now."""
    ours: str
    """What stands in the dataset."""


class Gone(msgspec.Struct, frozen=True):
    """A record that the newer version of a file has no longer, and that stays all the same."""

    record: str
    label: str
    reason: str = ""
    """Why it was not removed, where that was asked for."""


class FileReport(msgspec.Struct, kw_only=True):
    """What came of one file."""

    file: str
    """As it was named."""
    format: str = ""
    """Name of its format; empty where it could not be told."""
    source: str = ""
    """Id of the source that stands for it."""
    made: Counter[str] = msgspec.field(default_factory=Counter)
    updated: Counter[str] = msgspec.field(default_factory=Counter)
    unchanged: Counter[str] = msgspec.field(default_factory=Counter)
    merged: Counter[str] = msgspec.field(default_factory=Counter)
    """Kind to how many of the updated or unchanged ones are of another file, too, or stand for one merged away."""
    removed: Counter[str] = msgspec.field(default_factory=Counter)
    """Kind to how many went, as the newer version of the file has them no longer."""
    gone: list[Gone] = []
    conflicts: list[Conflict] = []
    skipped: list[Skipped] = []
    no_home: dict[str, int] = {}
    left_out: dict[str, int] = {}
    remarks: list[str] = []
    mapping: dict[str, str] = {}
    """Of a table: column to the field that it was taken for."""
    error: str = ""
    """Why nothing of it could be read, in one sentence; empty where it could."""

    @property
    def is_sound(self) -> bool:
        """Whether all of it came in."""
        return not self.error and not self.skipped

    def as_object(self) -> dict[str, Any]:
        """The report as it is printed by ``import --json``."""
        counts = ("made", "updated", "unchanged", "merged", "removed")
        return {
            "file": self.file,
            "format": self.format,
            **{name: dict(getattr(self, name)) for name in counts},
            "gone": [msgspec.to_builtins(each) for each in self.gone],
            "conflicts": [msgspec.to_builtins(each) for each in self.conflicts],
            "skipped": [{"place": each.place, "reason": each.reason} for each in self.skipped],
            "no_home": self.no_home,
            "left_out": self.left_out,
            "remarks": self.remarks,
            "mapping": self.mapping,
            "error": self.error or None,
        }


class ImportReport(msgspec.Struct, kw_only=True):
    """What came of all files of one import."""

    dataset: str = ""
    """Where the records are, or would be; empty where nothing could be read."""
    is_new: bool = False
    """Whether the dataset was made for them."""
    is_written: bool = False
    """Whether anything was written."""
    files: list[FileReport] = []
    remarks: list[str] = []
    """What there is to say of all of it."""

    @property
    def is_sound(self) -> bool:
        """Whether all of every file came in."""
        return all(each.is_sound for each in self.files)

    @property
    def is_read(self) -> bool:
        """Whether anything could be read at all."""
        return any(not each.error for each in self.files)

    def as_object(self) -> dict[str, Any]:
        """The report as it is printed by ``import --json``."""
        return {
            "dataset": self.dataset,
            "new": self.is_new,
            "written": self.is_written,
            "remarks": self.remarks,
            "files": [each.as_object() for each in self.files],
        }
