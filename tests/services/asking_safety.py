"""What may be asked, answered and taken back about safety, in whatever order: part of a random walk."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from collabcare.domain.due_kinds import DueKind
from collabcare.domain.episode import Phase
from collabcare.domain.errors import RuleViolation, StaleRecord
from collabcare.domain.ids import EpisodeId
from collabcare.domain.instruments import Safety
from collabcare.domain.safety import SafetyOutcome, last_outcome, talks_within
from collabcare.domain.safety_assessment import AssessmentDraft
from collabcare.domain.safety_facts import FormRoute
from collabcare.domain.safety_owed import talks_unassessed
from collabcare.domain.safety_prompt import covering_talks
from collabcare.services.measures import (
    RecordMeasure,
    RecordSafetyConversation,
    record_measure,
    record_safety_conversation,
)
from collabcare.services.safety_assessments import RecordAssessment, record_assessment
from collabcare.services.safety_corrections import (
    TakeBackOutcome,
    VoidAssessment,
    take_back_outcome,
    void_assessment,
)
from tests.builders import phq9

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from collabcare.domain.due_kinds import Due
    from collabcare.domain.facts import EpisodeFacts
    from tests.record_fixtures import Practice

FORMS = 3
REFUSED = (RuleViolation, StaleRecord)


class AskingSafety(RuleBasedStateMachine):
    """One patient, and the forms, talks and assessments about safety."""

    fresh: Callable[[], Practice]

    visits: ClassVar[Counter[str]]
    """How often what was tried was really done, over the whole run, by what it is called."""

    def __init__(self) -> None:
        super().__init__()
        self.practice = self.fresh()
        self.episode = EpisodeId(0)
        self.done = Counter[str]()
        """The same of this walk alone: what may not be done for ever goes by it."""
        self._read: EpisodeFacts | None = None

    @property
    def facts(self) -> EpisodeFacts:
        """Return the facts, read anew only after something was written: reading costs most of a step."""
        if self._read is None:
            self._read = self.practice.facts(self.episode)
        return self._read

    @property
    def today(self) -> date:
        return self.practice.today

    @property
    def cared_for(self) -> bool:
        """Return whether care goes on."""
        return self.facts.phase is not Phase.CLOSED

    def counts(self, what: str) -> None:
        self.visits[what] += 1
        self.done[what] += 1

    @contextmanager
    def doing(self, what: str) -> Iterator[None]:
        """Let something be refused; count it where it is not."""
        try:
            yield
        except REFUSED:
            self.counts(f"{what}, refused")
        else:
            self.counts(what)
            self._read = None

    @precondition(lambda self: self.cared_for and len(self.facts.measures) < FORMS)
    @rule(
        answer=st.sampled_from([None, 0, 1, 1]),
        route=st.sampled_from([None, FormRoute.POST, FormRoute.POST]),
        corrects=st.booleans(),
    )
    def fills_in(self, answer: int | None, route: FormRoute | None, corrects: bool) -> None:
        """A PHQ-9 filled in with us or sent by post, or the last one put right."""
        last = self.facts.measures[-1:] if corrects else ()
        form = RecordMeasure(
            episode_id=self.episode,
            taken_on=self.today,
            answers=(1,) * 8 + (answer,),
            route=route,
            corrects=last[0].id if last else None,
            correction_reason="Read wrongly",
        )
        with self.doing("form"):
            record_measure(form, self.practice.uow(), phq9())

    @precondition(lambda self: self.facts.open_safety_prompts)
    @rule(outcome=st.sampled_from(SafetyOutcome))
    def talks(self, outcome: SafetyOutcome) -> None:
        policy, uow = self.practice.rulebook.safety, self.practice.uow()
        by = next(iter(covering_talks(self.facts, policy, today=self.today)), None)
        for prompt in self.facts.open_safety_prompts[:1]:
            said = RecordSafetyConversation(
                episode_id=self.episode,
                measure_id=prompt.measure_id,
                outcome=outcome,
                note="What they said and what was agreed",
                ask_by="Jo",
                ask_on=self.today,
                covered_by=by,
            )
            with self.doing("talk"):
                record_safety_conversation(said, uow, policy)

    @precondition(lambda self: self.facts.safety_prompts)
    @rule(wrong=st.sampled_from(["assessment", "outcome", "", ""]))
    def assesses(self, wrong: str) -> None:
        """An assessment is written; or the last one, or the last outcome, turns out to be an error."""
        written, closed = self.facts.safety_assessments, last_outcome(self.facts)
        uow, of = self.practice.uow(), self.episode
        with self.doing("assessment"):
            if wrong == "assessment" and written:
                void_assessment(
                    VoidAssessment(episode_id=of, assessment_id=written[-1].id, reason="Error"), uow
                )
            elif wrong == "outcome" and closed is not None:
                take_back_outcome(
                    TakeBackOutcome(episode_id=of, measure_id=closed.measure_id, reason="Error"), uow
                )
            elif not wrong:
                draft = AssessmentDraft(
                    assessed_on=self.today, own_words=f"Said {self.today}", review_on=self.today
                )
                seen = written[-1].version if written else 0
                record_assessment(
                    RecordAssessment(episode_id=of, seen=seen, draft=draft),
                    uow,
                    self.practice.rulebook.safety,
                )

    def no_safety_answer_is_without_its_conversation(self, facts: EpisodeFacts, due: Sequence[Due]) -> None:
        """Every one that stands was talked about, was covered by a talk that stands, or is open and due."""
        asked = {(prompt.measure_id, prompt.asked, prompt.answer) for prompt in facts.safety_prompts}
        said = {(each, answer) for _measure, each, answer in asked}
        for form in (*facts.measures, *facts.late_forms):
            if form.safety is not Safety.NONE:
                assert (form.safety, form.safety_answer) in said, form
        talks = set(talks_within(facts, 10_000, self.today))
        for prompt in facts.safety_prompts:
            if prompt.closed_on is not None:
                covered = prompt.outcome == SafetyOutcome.ALREADY_COVERED
                assert prompt.covered_by in talks if covered else prompt.outcome == SafetyOutcome.TALKED_TODAY
        waiting = {each.subject_id for each in due if each.kind is DueKind.SAFETY_CONVERSATION}
        assert waiting == {prompt.measure_id for prompt in facts.open_safety_prompts}
        if facts.phase is not Phase.CLOSED:
            owed = any(each.kind is DueKind.SAFETY_ASSESSMENT for each in due)
            assert owed == bool(talks_unassessed(facts))
