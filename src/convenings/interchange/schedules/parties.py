"""Who is at a session, in which role."""

from __future__ import annotations

from convenings.domain.records import Participation
from convenings.domain.roles import Role
from convenings.domain.text import fold
from convenings.interchange.reading import Piece, Reading
from convenings.interchange.schedules.people import NAME_FIELDS, ROLE_FIELDS, People
from convenings.interchange.schedules.remarks import Tally
from convenings.interchange.schedules.tree import Fields, is_fields, items_of, text_of
from convenings.interchange.schedules.word_meanings import NOBODY, is_party, role_of

PEOPLE_FIELDS: dict[str, Role | None] = {
    "persons": None, "people": None, "speakers": "speaker", "presenters": "presenter", "authors": "author",
    "moderators": "moderator", "facilitators": "facilitator", "speaker": "speaker", "hosts": "host",
}  # fmt: skip
"""Field that names people to the role that its name states; none where it says only that they are persons."""
_ROLE_NOTE = "the schedule names its persons without a role"


class Parties:
    """Makes participations of the fields that name people.

    Args:
        reading: where they go.
        people: every person of the schedule.
        tally: what is told of those who are nobody.
    """

    def __init__(self, reading: Reading, people: People, tally: Tally) -> None:
        self._reading, self._people, self._tally = reading, people, tally

    def of(self, event: str, key: str, title: str, fields: Fields, piece: Piece) -> list[Participation]:
        """Who is at a session, each once in a role.

        Args:
            event: id of the session.
            key: how the file knows it.
            title: of it.
            fields: of it.
            piece: where it stands.
        """
        parties: dict[str, Participation] = {}
        for field in fields:
            if field not in PEOPLE_FIELDS:
                continue
            stated_role = PEOPLE_FIELDS[field]
            for value in items_of(fields[field]):
                inner = value if is_fields(value) else {}
                word = next((text for name in ROLE_FIELDS if (text := text_of(inner.get(name)))), "")
                role = role_of(word) if word else stated_role
                agent, name, unnamed = self._agent(value, piece)
                if not name:
                    continue
                own = f"participation {key} {self._reading.keys.get(agent or '', name)} {word or role or ''}"
                ref = self._reading.ref("participation", own, f"{name} {title}")
                parties.setdefault(
                    ref,
                    Participation(
                        id=ref,
                        event=event,
                        role=role or "speaker",
                        agent=agent,
                        unnamed=unnamed,
                        role_basis="stated" if role else "inferred",
                        role_as_stated=word,
                        evidence=self._reading.evidence(piece, None if role else {"role": _ROLE_NOTE}),
                    ),
                )
        return list(parties.values())

    def _agent(self, value: object, piece: Piece) -> tuple[str | None, str, str | None]:
        """Id of a person, what they are called, and what stands there instead of a person."""
        fields: Fields = value if is_fields(value) else {"text": value}
        name = next((text for key in NAME_FIELDS if (text := text_of(fields.get(key)))), "")
        if name and fold(name) in NOBODY:
            self._tally.tell(f"'{name}' in the place of a person, which names nobody", piece.pointer)
            return None, "", None
        if name and is_party(name):
            self._tally.tell(f"'{name}' in the place of a person, which is a party without a name", piece.pointer)
            return None, name, name
        ref, name = self._people.ref(value, piece)
        if not ref:
            self._tally.tell("a person without a name, who is left out", piece.pointer)
        return ref or None, name, None
