"""The profile, and its evidence under it: what every view shows of the subject."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.geometry import Size

from convenings.domain.errors import BadInput
from convenings.domain.state import State
from convenings.tui.commands.context import Context
from convenings.tui.paint.layout import arrangement
from convenings.tui.panes.evidence import EvidencePane
from convenings.tui.panes.profile import ProfilePane
from convenings.tui.panes.text import TextPane
from convenings.tui.views import captions

if TYPE_CHECKING:
    from convenings.presentation.passages import Passage
    from convenings.presentation.profile.value import Profile


class Texts:
    """Fills the two panes.

    Args:
        profile: The pane of the profile.
        evidence: The drawer.
    """

    def __init__(self, profile: ProfilePane, evidence: EvidencePane) -> None:
        self.profile, self.evidence = profile, evidence
        self._panes: dict[str, TextPane] = {"profile": profile, "evidence": evidence}
        self._cited_by: Profile | None = None
        """Profile that cites the passages in the drawer."""
        self._passages: Sequence[Passage] = ()

    def show(self, before: State, state: State, context: Context, with_scroll: bool) -> str:
        """Show the profile of the subject, and the passages under it where the drawer is open.

        Gives what could not be read of it, in a sentence.
        """
        workspace, error = context.workspace, ""
        try:
            profile = context.profile(state)
        except BadInput as bad:
            profile, error = None, str(bad)
        note = workspace.user_data.note(workspace.user_data_key, profile.ref) if profile is not None else ""
        signs = context.user_signs if context.has_painted else {}
        is_new = profile is not self.profile.profile or (note, signs) != (self.profile.note, self.profile.signs)
        if is_new:
            self.profile.show(profile, note, signs)
        if with_scroll or not is_new:
            self._stand("profile", before, state)
        if state.evidence and profile is not None:
            from convenings.presentation.passages import passages

            reader = before.pane if not before.evidence else state.pane
            link = self.profile.item if reader == "profile" else None
            first = link.numbers[0] if link is not None and link.numbers else 0
            # What an attached text holds is looked up once, and not at every key.
            if profile is not self._cited_by or not before.evidence:
                self._cited_by, self._passages = profile, passages(workspace, profile)
            self.evidence.show(self._passages, first)
            note = captions.evidence_note(profile, len(self._passages))
            self.evidence.set_title((f"Evidence for {profile.title}", ""), note=note)
            if not first:
                self._stand("evidence", before, state)
        return error

    def _stand(self, name: str, before: State, state: State) -> None:
        """Put the cursor of a text where the state has it now."""
        if state.position(name) != before.position(name):
            self._panes[name].stand_at(state.position(name))

    def current(self, state: State) -> State:
        """The state with the places of the cursors of both."""
        return replace(state, texts={**state.texts, **{name: pane.position for name, pane in self._panes.items()}})

    def show_titles(self, size: Size) -> None:
        """Write what stands in the border of the profile."""
        profile = self.profile.profile
        note = captions.evidence_note(profile) if profile is not None and profile.cited else ""
        parts = [] if arrangement(size) == "narrow" else [("5 Profile", "")]
        self.profile.set_title(*parts, note=note, targets=["show_profile"], note_target="evidence")
