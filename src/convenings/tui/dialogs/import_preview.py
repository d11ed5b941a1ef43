"""What an import would bring, while it is read and before anything is written: looked over, changed, taken or left."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding

from convenings.domain.errors import BadInput
from convenings.domain.kinds import GLYPHS, counted
from convenings.domain.text import plain
from convenings.interchange.background import BackgroundImport
from convenings.interchange.run import DATES, MAP, Options
from convenings.presentation.samples import samples
from convenings.tui.dialogs.dialog import Dialog
from convenings.tui.paint.segments import TextSpan
from convenings.tui.paint.styles import kind_style
from convenings.tui.panes.pane import Pane
from convenings.tui.panes.text import TextPane
from convenings.tui.panes.wrapped import Item

if TYPE_CHECKING:
    from convenings.interchange.reports import FileReport
    from convenings.tui.dialogs.menu import Entry

LOOK_EVERY = 0.1
"""Seconds between looks at how far it is."""
MOST_FILES, MOST_LINES = 8, 5
"""Files that are told one by one, and lines of what was skipped or remarked of each."""
TAKE, WHERE, CONTACTS, COLUMN = "take", "where", "contacts", "column:"
"""What a line stands for, besides :data:`~convenings.interchange.run.DATES`."""
BY_COLUMN = "column"
"""What is chosen for dates that are to be read as their column tells."""
LONGEST_COLUMN = 30
"""Cells of the name of a column before what it is taken for."""


class PreviewPane(TextPane):
    """The lines."""

    cursor_always_active = True

    def __init__(self) -> None:
        super().__init__("import", 0, "")


class ImportPreview(Dialog[BackgroundImport]):
    """Gives the import that is to be written; nothing where it is left, and then nothing ever is.

    Args:
        paths: Files and folders.
        dataset: The dataset that is open.
        is_into_it: Whether the records are to go into it, and not into a new dataset beside the files.
    """

    AUTO_FOCUS = "#import"
    BINDINGS = [
        Binding("escape,q", "dismiss", "Cancel", show=False, priority=True),
        Binding("down,j", "move(1)", "Next", show=False),
        Binding("up,k", "move(-1)", "Before", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("g,home", "end(0)", "First", show=False),
        Binding("G,end", "end(1)", "Last", show=False),
        Binding("enter", "choose", "Do it", show=False),
    ]

    def __init__(self, paths: Sequence[Path], dataset: Path, *, is_into_it: bool) -> None:
        super().__init__()
        self._paths, self._dataset, self._is_into_it = paths, dataset, is_into_it
        self._options = Options()
        self._run: BackgroundImport | None = None
        self._refusal = ""
        """Why it cannot even begin."""
        self._has_told = False
        """Whether what came of it is shown."""
        self._last_choice = ""
        """The line with what was changed last, at which the cursor stays while all is read anew."""
        self._pane = PreviewPane()

    def compose(self) -> ComposeResult:
        """The lines."""
        yield self._pane

    def on_mount(self) -> None:
        """Begin to read."""
        self._begin()
        self.set_interval(LOOK_EVERY, self._look)

    def _begin(self) -> None:
        """Read the files, as is settled now."""
        if self._run is not None:
            self._run.cancel()
        self._run, self._refusal, self._has_told = None, "", False
        try:
            self._run = BackgroundImport(self._paths, self._dataset if self._is_into_it else None, self._options)
        except BadInput as error:
            self._refusal = str(error)
        self._look()

    def _look(self) -> None:
        """Show how far it is, and once what came of it."""
        if self._has_told or self.is_closing:
            return
        if self._run is None:
            self._tell([Item([(plain(_here(self._refusal)), "gap")]), Item(()), *self._choices()])
            return
        progress = self._run.poll()
        if progress.is_done:
            self._tell([*self._lines()])
            return
        number = f", file {progress.number} of {progress.files}" if progress.files > 1 else ""
        share = f", {progress.share:.0%}" if progress.share else ""
        self._pane.set_items([Item([(f"Reading {plain(progress.file)}{number}{share} …", "inferred")])])
        self._set_title("esc cancels, and nothing is written")

    def _tell(self, items: list[Item]) -> None:
        self._has_told = True
        self._pane.set_items(items)
        at = next((at for at, item in enumerate(items) if item.ref and item.ref == self._last_choice), -1)
        if at >= 0:
            self._pane.select(at)
        self._set_title("enter does what stands there · esc cancels")

    def _set_title(self, note: str) -> None:
        names = ", ".join(plain(path.name or str(path)) for path in self._paths[:3])
        self._pane.set_title((f"Import {names}", ""), note=note)

    # Lines

    def _lines(self) -> Iterator[Item]:
        """What came of it: what can be done, what came of each file, some records, and the columns."""
        run = self._run
        assert run is not None
        if run.error is not None:
            yield Item([(plain(str(run.error)), "gap")])
            return
        files = run.report.files
        if any(each.made or each.updated for each in files):
            yield Item([("▶ ", "key"), ("Import this", "strong")], TAKE, choosable=True)
        elif run.report.is_read:
            yield Item([("All of it is in the dataset already: there is nothing to import", "inferred")])
        else:
            yield Item([("Nothing of it can be read", "gap")])
        yield from self._choices()
        yield from self._date_lines(files)
        for each in files[:MOST_FILES]:
            yield Item(())
            yield from _file_lines(each)
        if len(files) > MOST_FILES:
            yield Item([(f"and {len(files) - MOST_FILES:,} more files", "muted")])
        yield from self._sample_lines(run)
        if mapping := self._mapping():
            yield Item(())
            yield Item([("Columns, and what each is taken for; enter changes it", "heading")])
            width = max(map(len, mapping))
            for column, field in mapping.items():
                name = plain(column).ljust(min(width, LONGEST_COLUMN))
                spans: list[TextSpan] = [(name, ""), ("  → ", "muted"), (plain(field), "strong")]
                yield Item(spans, f"{COLUMN}{column}", choosable=True, indent=2)

    def _choices(self) -> Iterator[Item]:
        """Where it goes, and whether contact data comes in."""
        where = "this dataset" if self._is_into_it else "a new dataset beside the file"
        other = "a new dataset beside the file" if self._is_into_it else "this dataset"
        path = self._dataset if self._is_into_it else None if self._run is None else self._run.dataset
        name = f", {plain(path.name)}" if path is not None else ""
        yield Item(
            [("Into ", ""), (where, "strong"), (name, "muted"), (f"  enter: {other}", "muted")], WHERE, choosable=True
        )
        is_with = self._options.with_contacts
        yield Item(
            [
                ("E-mail, telephone, home address, birth and gender ", ""),
                ("come in" if is_with else "are left out", "strong"),
                (f"  enter: {'leave them out' if is_with else 'take them in'}", "muted"),
            ],
            CONTACTS,
            choosable=True,
            hang=2,
        )

    def _mapping(self) -> Mapping[str, str]:
        """Column to what it is taken for, of the first table."""
        files = self._run.report.files if self._run is not None else []
        return next((each.mapping for each in files if each.mapping), {})

    def _date_lines(self, files: Sequence[FileReport]) -> Iterator[Item]:
        """How dates are read that can be read in two ways; of what is a table, or may be one that was refused."""
        said = self._options.settled.get(DATES, "")
        if said or any(each.mapping or each.error for each in files):
            how = said or "as their column tells"
            spans: list[TextSpan] = [("Dates such as 3/4/2020 are read ", ""), (how, "strong")]
            yield Item([*spans, ("  enter: changes it", "muted")], DATES, choosable=True)

    def _sample_lines(self, run: BackgroundImport) -> Iterator[Item]:
        preview = run.preview()
        if not preview.records:
            return
        yield Item(())
        yield Item([("The first records, as they would come in", "heading")])
        for sample in samples(preview.records, preview.book):
            glyph: TextSpan = (GLYPHS[sample.kind], kind_style(sample.kind))
            yield Item([glyph, (" ", ""), (sample.label, "strong")], indent=2)
            for field, text in sample.lines:
                yield Item([(f"{field}: ", "muted"), (text, "")], indent=6)

    # What is done

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._pane.move(by)

    def action_page(self, by: int) -> None:
        """Move it by screens."""
        self._pane.page(by)

    def action_end(self, last: int) -> None:
        """Go to the first line, or to the last."""
        self._pane.move_to(self._pane.count - 1 if last else 0)

    def on_pane_clicked(self, event: Pane.Clicked) -> None:
        """Do what was clicked a second time."""
        event.stop()
        if event.again:
            self.action_choose()

    def action_choose(self) -> None:
        """Do what stands in the line under the cursor."""
        chosen = self._last_choice = self._pane.item.ref if self._pane.item is not None else ""
        if chosen == TAKE and self._run is not None:
            self.dismiss(self._run)
        elif chosen == WHERE:
            self._is_into_it = not self._is_into_it
            self._begin()
        elif chosen == CONTACTS:
            self._options = replace(self._options, with_contacts=not self._options.with_contacts)
            self._begin()
        elif chosen == DATES:
            self._ask_dates()
        elif chosen.startswith(COLUMN):
            self._ask_field(chosen.removeprefix(COLUMN))

    def _ask_field(self, column: str) -> None:
        """Ask what a column is."""
        from convenings.interchange.tables.column_meanings import FIELDS
        from convenings.interchange.tables.mapping import with_word, words_beside
        from convenings.tui.dialogs.menu import Entry

        words = self._mapping().get(column, "")
        entries = [Entry(word, word, text, "How it is read") for word, text in words_beside(words).items()]
        entries += [Entry(name, name, text, "What it is") for name, text in FIELDS.items()]

        def settle(word: str) -> None:
            self._settle(f"{MAP}{column}", with_word(words, word))

        self._ask(f"What is in {plain(column)}?", entries, settle, words.partition(" ")[0])

    def _ask_dates(self) -> None:
        """Ask how dates are read."""
        from convenings.interchange.tables.mapping import DATE_WORDS
        from convenings.tui.dialogs.menu import Entry

        entries = [Entry(BY_COLUMN, "as their column tells", "and refused where it does not")]
        entries += [Entry(word, word, text) for word, text in DATE_WORDS.items()]

        def settle(word: str) -> None:
            self._settle(DATES, "" if word == BY_COLUMN else word)

        self._ask("How are dates read?", entries, settle, self._options.settled.get(DATES, ""))

    def _ask(self, question: str, entries: Sequence[Entry], settle: Callable[[str], None], begin_at: str) -> None:
        """Ask for one of some words, and do what it settles."""
        from convenings.tui.dialogs.menu import Menu

        menu = Menu(question, "Filter · enter takes it · esc closes", entries, begin_at=begin_at)
        self.app.push_screen(menu, lambda word: settle(word) if word else None)

    def _settle(self, name: str, value: str) -> None:
        """Read the files anew, with something that the user has settled, or no longer has."""
        settled = {key: each for key, each in self._options.settled.items() if key != name}
        self._options = replace(self._options, settled=settled | ({name: value} if value else {}))
        self._begin()

    async def action_dismiss(self, result: BackgroundImport | None = None) -> None:
        """Give it up: nothing is written."""
        if self._run is not None:
            self._run.cancel()
        self.dismiss(None)


def _file_lines(report: FileReport) -> Iterator[Item]:
    """What came of a file."""
    name = plain(Path(report.file).name or report.file)
    if report.error:
        yield Item([(name, "strong"), ("  ", ""), (plain(_here(report.error)), "gap")])
        return
    yield Item([(name, "strong"), (f"  {plain(report.format)}", "muted")])
    for word, numbers in (
        ("new", report.made),
        ("updated", report.updated),
        ("in the dataset already", report.unchanged),
        ("removed", report.removed),
    ):
        if numbers:
            yield Item([(f"{counted(numbers)} ", ""), (word, "muted")], indent=2)
    details = [
        *(f"skipped {each.place}: {each.reason}" for each in report.skipped),
        *(f"{number:,} × {field}: no field for it here" for field, number in report.no_home.items()),
        *(f"{number:,} × {name}: left out" for name, number in report.left_out.items()),
        *(f"{one.record}, {one.field}: your {one.ours} stays, the file has {one.theirs}" for one in report.conflicts),
        *(f"{each.label} is no longer in the file, and stays" for each in report.gone),
        *map(_here, report.remarks),
    ]
    for text in details[:MOST_LINES]:
        yield Item([(plain(text), "gap")], indent=2)
    if len(details) > MOST_LINES:
        more = f"and {len(details) - MOST_LINES:,} more remarks; convenings import --dry-run lists them"
        yield Item([(more, "muted")], indent=2)


_HERE = (
    (re.compile("; --map .*"), "; its line under “Columns” below changes that"),
    (re.compile("say with --dates .* which it is|--dates excel .*"), "the line on dates above settles it"),
    (re.compile(r"\(convenings draft\); else "), "(“draft a report” in the palette); "),
    (re.compile("say what each column is, .* as in"), "at the command line each is said by"),
    (re.compile("--format says which it is: "), "what can be read is "),
)
"""Options of the command line to what does the same here."""


def _here(text: str) -> str:
    """A sentence with what can be done about it here, where the command line would take an option."""
    for option, line in _HERE:
        text = option.sub(line, text)
    return text
