"""From draft records that the reader accepts to records of the dataset, each with the passages that it rests on."""

from __future__ import annotations

from typing import get_args

from convenings.domain.errors import BadInput
from convenings.domain.record_values import (
    GapType,
    Occurrence,
    QuestionForm,
    StatementType,
)
from convenings.domain.records import (
    Gap,
    Question,
    Statement,
)
from convenings.drafting.gathering import BY_READER, label_of, one_of, set_field, value_of
from convenings.drafting.party_writer import PartyWriter
from convenings.drafting.queue import READER
from convenings.drafting.types_by_name import TypeGuess, claim_type
from convenings.store.draft_file import DraftField

WORDS = {"statement": "summary", "question": "text", "gap": "detail"}
"""Kind to the field that the reader words; without it the record waits."""


class Writer(PartyWriter):
    """Writes what the reader accepts; all that it comes to is gathered, and saved at once by others."""

    def accept(self, ref: str) -> None:
        """Write a draft record, with all that it needs; or let it wait for words where it has none yet.

        Raises:
            BadInput: It lacks something that only the reader can say, or something it needs was rejected.
        """
        draft = self._draft(ref)
        if draft.state == "accepted":
            return
        wanted = WORDS.get(draft.kind)
        if wanted and not value_of(draft, wanted):
            self._put(draft, state="wording")
            return
        match draft.kind:
            case "event":
                self._event(ref)
            case "organisation":
                self._organisation_with_roles(ref)
            case "participation":
                self._participation(ref)
            case "statement":
                self._statement(ref)
            case "question":
                self._question(ref)
            case "gap":
                self._gap(ref)
        self._put(self._draft(ref), state="accepted")

    def _statement(self, ref: str) -> None:
        draft = self._draft(ref)
        passage, agent = draft.fields["passage"], set_field(draft, "agent")
        agents = [self._speaker(agent)] if agent else []
        event_id = self._event_of(draft)
        guess = self._type(draft, claim_type(self._words(draft, passage)), get_args(StatementType))
        is_inferred = passage.how in ("pronoun", "quote goes on") and not (agent and agent.how == READER)
        stated = ["summary", "event", *(["agents"] if agents and not is_inferred else [])]
        evidence = [
            self._cite(draft, passage, stated),
            self._cite(draft, passage, ["type"], "inferred", guess.note or BY_READER),
        ]
        if agents and is_inferred:
            note = "the passage goes on with the speaker named before"
            evidence.append(self._cite(draft, passage, ["agents"], "inferred", note))
        summary = value_of(draft, "summary")
        statement = Statement(
            id=self._mint.ref("statement", summary),
            type=guess.type,
            summary=summary,
            event=event_id,
            agents=agents,
            evidence=evidence,
        )
        self._write(statement, draft.source)
        self._put(draft, refs={"statement": statement.id})

    def _speaker(self, field: DraftField) -> str:
        if field.same_as:
            return self._dataset_id(field.same_as, "person", "organisation")
        if not field.draft:
            raise BadInput(f"nobody is chosen for the speaker '{field.value}'", hint="set agent to an id")
        return self._person(field.draft)

    def _question(self, ref: str) -> None:
        draft = self._draft(ref)
        passage, text = draft.fields["passage"], value_of(draft, "text")
        form = value_of(draft, "form") or "direct"
        if form not in get_args(QuestionForm):
            raise BadInput(f"'{form}' is no form of a question", place=ref, hint=one_of(get_args(QuestionForm)))
        agent = set_field(draft, "agent")
        agents = [self._speaker(agent)] if agent else []
        occurrence = Occurrence(
            event=self._event_of(draft),
            act="raised" if agents else "asked by the report",
            explicit=form != "indirect",
            agents=agents,
            evidence=[self._cite(draft, passage, ["event", "act", "explicit", *(["agents"] if agents else [])])],
        )
        question = Question(
            id=self._mint.ref("question", text),
            label=label_of(text, 60)[0],
            text=text,
            form=form,  # type: ignore[arg-type]  # looked up above
            occurrences=[occurrence],
            evidence=[self._cite(draft, passage, ["text", "form"])],
        )
        self._write(question, draft.source)
        self._put(draft, refs={"question": question.id})

    def _gap(self, ref: str) -> None:
        draft = self._draft(ref)
        detail = value_of(draft, "detail")
        guess = self._type(draft, TypeGuess("other", ""), get_args(GapType))
        gap = Gap(
            id=self._mint.ref("gap", detail),
            label=label_of(detail, 60)[0],
            type=guess.type,
            about=[self._event_of(draft)],
            detail=detail,
            evidence=[self._cite(draft, draft.fields["passage"], ["type", "about", "detail"])],
        )
        self._write(gap, draft.source)
        self._put(draft, refs={"gap": gap.id})
