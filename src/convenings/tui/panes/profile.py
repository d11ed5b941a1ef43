"""The profile pane: one record whole, its lines links, its facts numbered with their evidence."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from convenings.domain.kinds import GLYPHS, PANE_OF_KIND, kind_of
from convenings.domain.state import TextPosition
from convenings.tui.paint.segments import TextSpan, cells_of
from convenings.tui.paint.styles import kind_style
from convenings.tui.panes.text import TextPane
from convenings.tui.panes.wrapped import Item

if TYPE_CHECKING:
    from convenings.presentation.profile.value import Entry, Listing, Profile, Section

NAME_COLUMN = 30
"""Most cells that the names of a section take before their notes line up."""


NOTHING_CHOSEN = "Nothing is chosen: move to a row of a list, or find any record with ^p"


class ProfilePane(TextPane):
    """What is known of one record."""

    LEGEND = (
        "Lines are links, which enter follows. [1] is evidence, a passage of a source. What is in italics is inferred "
        "or not stated. What the sources leave open stands last."
    )

    def __init__(self) -> None:
        super().__init__("profile", 5, "Profile")
        self.empty_text = ""
        self.profile: Profile | None = None
        self.note = ""
        self.signs: Mapping[str, str] = {}
        """Id to the signs of what the user has marked or written a note on."""
        self._composed = True
        """Whether the paragraphs are made of the profile; where nobody sees them, they are not yet."""

    def show(self, profile: Profile | None, note: str = "", signs: Mapping[str, str] = MappingProxyType({})) -> None:
        """Show a profile, with the user's own note on the record, and the signs of what is marked or noted."""
        self.profile, self.note, self.signs, self._composed = profile, note, signs, False
        # Until something has been shown, it is only not there yet.
        self.empty_text = NOTHING_CHOSEN
        if self.is_on_screen:
            self.compose_items()
        self.repaint()

    def compose_items(self) -> None:
        """Have the paragraphs of the profile."""
        if not self._composed:
            self._composed = True
            self.set_items(items_of(self.profile, self.note, self.signs) if self.profile is not None else ())

    def stand_at(self, position: TextPosition) -> None:
        """Put the cursor on a paragraph of the profile, which is composed for it, and scroll to a line."""
        self.compose_items()
        super().stand_at(position)

    def fit(self) -> None:
        """Take up the present size, with the paragraphs of the profile."""
        self.compose_items()
        super().fit()


def items_of(profile: Profile, note: str = "", signs: Mapping[str, str] = MappingProxyType({})) -> list[Item]:
    """A profile as paragraphs, with the signs of records that the user has marked or written a note on."""
    glyph: list[TextSpan] = [(GLYPHS[profile.kind], kind_style(profile.kind)), (" ", "")]
    items = [Item([*glyph, (profile.title, "strong"), *_signs(signs, profile.ref), *_numbers(profile)], indent=0)]
    items += [_fact(entry, signs) for entry in profile.facts]
    if note:
        items += [Item(()), Item([("Your note", "heading")]), Item([(note, "")], indent=2, bar="▌")]
    for section in profile.sections:
        items += [Item(()), Item([(section.title, "heading"), *_number(section)])]
        names = min(NAME_COLUMN, max(cells_of(e.text) for e in section.entries))
        items += [_entry(entry, names, signs, gap=section.is_gaps) for entry in section.entries]
        if more := section.total - len(section.entries):
            items.append(_more(section, more))
    return items


def _more(section: Section, number: int) -> Item:
    """How many a section does not tell one by one; it leads to where all are listed."""
    text = f"{number:,} more" if section.counted else f"{number:,} more at least"
    listing = _listing(section)
    spans: list[TextSpan] = [(f"and {text}" if listing else text, "link" if listing else "muted")]
    if listing:
        spans.append((f"  Enter lists {section.number}", "muted"))
    return Item(spans, choosable=listing is not None, indent=4, listing=listing)


def _listing(source: Entry | Section) -> Listing | None:
    """The list that a line leads to; None where no pane lists records of that kind."""
    return source.listing if source.listing is not None and source.listing.kind in PANE_OF_KIND else None


def _number(section: Section) -> list[TextSpan]:
    return [(f"  {section.number}", "muted")] if section.total > 1 and not section.is_prose else []


def _numbers(entry: Entry | Profile) -> list[TextSpan]:
    return [(" " + "".join(f"[{n}]" for n in sorted(entry.numbers)), "number")] if entry.numbers else []


def _unknown(entry: Entry, before: str) -> list[TextSpan]:
    """That a line is inferred, and what is not known of it, behind some words."""
    spans: list[TextSpan] = []
    if entry.is_marked_last:
        # Behind the words that it belongs to, not behind what is unknown.
        spans.append((" inferred" if before else "inferred", "inferred"))
    if entry.unknown:
        spans.append((f"{', ' if before or spans else ''}{entry.unknown}", "inferred"))
    return spans


def _signs(signs: Mapping[str, str], ref: str) -> list[TextSpan]:
    return [(f" {signs[ref]}", "number")] if ref in signs else []


def _fact(entry: Entry, signs: Mapping[str, str]) -> Item:
    text: list[TextSpan] = [(entry.text, "link" if entry.ref else "")]
    spans = [*text, *_signs(signs, entry.ref), *_unknown(entry, entry.text), *_numbers(entry)]
    return Item(spans, entry.ref, entry.numbers, choosable=bool(entry.ref or entry.numbers))


def _entry(entry: Entry, names: int, signs: Mapping[str, str], *, gap: bool) -> Item:
    kind = kind_of(entry.ref)
    glyph = (GLYPHS[kind], kind_style(kind)) if kind else (" ", "")
    # What leads to no record is nothing unknown, unless it says so, or names what no record can be called.
    if gap or ((entry.unknown or entry.ref) and not kind):
        glyph = GLYPHS["gap"], "gap"
    own = _signs(signs, entry.ref)
    room = names - cells_of(entry.text) - sum(cells_of(text) for text, _ in own)
    spans: list[TextSpan] = [glyph, (" ", ""), (entry.text, ""), *own]
    if entry.note or entry.unknown or entry.when or entry.is_marked_last:
        spans.append((" " * max(room, 0) + "  ", ""))
    if entry.note:
        spans.append((entry.note, "muted"))
    spans += _unknown(entry, entry.note)
    if entry.when:
        spans.append((" · " * bool(entry.note or entry.unknown or entry.is_marked_last) + entry.when, "muted"))
    spans += _numbers(entry)
    choosable, listing = bool(entry.ref or entry.numbers), _listing(entry)
    return Item(spans, entry.ref, entry.numbers, choosable=choosable, indent=2, listing=listing)
