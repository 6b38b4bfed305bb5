"""Step up, hold or step down: what the course of scores suggests to think about, and never decides.

Only totals and their course are read. No single answer plays any part: an answer about safety opens a
conversation and never moves anybody's care up or down.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.course import course_of
from collabcare.domain.episode import IN_TREATMENT, Phase
from collabcare.domain.relapse_prevention import held
from collabcare.domain.supervision_news import is_news
from collabcare.domain.treat_to_target import Flag

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.course import Course
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.rulebook import Rulebook
    from collabcare.domain.suggestion import Used
    from collabcare.domain.treat_to_target import TargetFlag

_UP = (Flag.WORSENING, Flag.CONSULT, Flag.NOT_IMPROVING)
_NOT_YET = (*_UP, Flag.EARLY_CHECK)
_MEASURE_DUE = Flag.MEASURE_DUE
_WELL = (Flag.REMISSION, Flag.RESPONSE)
_WORSENING = (Flag.WORSENING,)
_TREATED = tuple(IN_TREATMENT)
_STAYING_WELL = Phase.MAINTENANCE


class StepAdvice(StrEnum):
    """Which way the scores suggest to think."""

    UP = "up"
    HOLD = "hold"
    DOWN = "down"


class StepSuggestion(NamedTuple):
    """A thought about the step with the flags that give rise to it; ``since`` is the day of their score.

    Holding has no flags and no day.
    """

    advice: StepAdvice
    flags: tuple[TargetFlag, ...]
    since: date | None
    step: int
    pathway: Pathway
    source: str

    @property
    def here(self) -> str:
        """Return the name of the step the patient is on, or its number where the model has none."""
        name = next((step.name for step in self.pathway.steps if step.number == self.step), None)
        return name or f"step {self.step}"

    @property
    def further(self) -> bool:
        """Return whether this service has a step that way."""
        up = self.advice is StepAdvice.UP
        return any((step.number > self.step) is up for step in self.pathway.steps_from(self.step))

    @property
    def sentence(self) -> str:
        """Return what the practitioner reads: always something to consider, with the patient."""
        if self.advice is StepAdvice.HOLD:
            return f"No change of step is suggested by the scores. Carry on with {self.here}."
        scores = " ".join(flag.sentence for flag in self.flags)
        if self.advice is StepAdvice.UP and self.further:
            return f"Consider with the patient a step up from {self.here}. {scores}"
        if self.advice is StepAdvice.UP:
            return f"{self.here} is the last step here: consider what else could help. {scores}"
        if self.further:
            return f"Consider with the patient a step down from {self.here}. It has held. {scores}"
        return f"Consider with the patient how to end well from {self.here}. It has held. {scores}"

    @property
    def rule(self) -> str:
        """Return the rule's name."""
        return f"step_care.{self.advice}"

    @property
    def used(self) -> tuple[Used, ...]:
        """Return the facts the flags went by."""
        return tuple(dict.fromkeys(used for flag in self.flags for used in flag.used))


def suggest_step(facts: EpisodeFacts, rulebook: Rulebook, *, today: date) -> StepSuggestion:
    """Return whether the scores suggest to think of a step up, a step down, or neither."""
    return step_in(course_of(facts, rulebook, today), rulebook)


def step_in(course: Course, rulebook: Rulebook) -> StepSuggestion:
    """Return the same for a course gone through already.

    In treatment: up when scores worsen or do not improve, down once remission or response has held on one
    measure and no other asks for a look. For those staying well only worsening speaks, for the way back up.
    """
    return _suggestion(*_advice(course, rulebook), course, rulebook)


def step_to_consider(course: Course, rulebook: Rulebook) -> StepSuggestion | None:
    """Return a step up or down that nobody has answered since its score.

    A move between steps, a proposal or a discussion in supervision answers it, until a new score.
    """
    advice, flags = _advice(course, rulebook)
    if not flags:
        return None
    found = _suggestion(advice, flags, course, rulebook)
    return None if found.since is None or _answered(course, found, found.since) else found


def _advice(course: Course, rulebook: Rulebook) -> tuple[StepAdvice, tuple[TargetFlag, ...]]:
    """Return which way to think, and the flags that say so; holding has none."""
    phase = course.facts.phase
    treated = phase in _TREATED
    speaks = _UP if treated else _WORSENING if phase is _STAYING_WELL else ()
    up = tuple([flag for flag in course.targets if flag.kind in speaks])
    if up:
        return StepAdvice.UP, up
    down = _held(course, rulebook) if treated else ()
    return (StepAdvice.DOWN, down) if down else (StepAdvice.HOLD, ())


def _answered(course: Course, found: StepSuggestion, since: date) -> bool:
    for move in course.facts.step_moves:
        if move.moved_on >= since:
            return True
    for proposal in course.facts.proposals:
        if proposal.proposed_on >= since:
            return True
    for flag in found.flags:
        latest, _total = course.standing[flag.instrument.id][-1]
        if is_news(course, latest.taken_on, latest.recorded_at):
            return False
    return True


def _held(course: Course, rulebook: Rulebook) -> tuple[TargetFlag, ...]:
    """Return the flags of remission and response that have held, if no measure asks for a look.

    A measure whose own last score is old says nothing of today.
    """
    for flag in course.targets:
        if flag.kind in _NOT_YET:
            return ()
    old = [flag.instrument.id for flag in course.targets if flag.kind is _MEASURE_DUE]
    return tuple(
        [
            flag
            for flag in course.targets
            if flag.kind in _WELL and flag.instrument.id not in old and _has_held(flag, course, rulebook)
        ]
    )


def _has_held(flag: TargetFlag, course: Course, rulebook: Rulebook) -> bool:
    span = held(course.facts, flag.instrument, rulebook.targets)
    return span is not None and (span[1] - span[0]).days >= rulebook.relapse.held_days


def _suggestion(
    advice: StepAdvice, flags: tuple[TargetFlag, ...], course: Course, rulebook: Rulebook
) -> StepSuggestion:
    since = max([flag.course.latest_on for flag in flags if flag.course], default=None)
    step, pathway = course.facts.step, rulebook.pathway
    return StepSuggestion(advice, flags, since, step, pathway, rulebook.targets.source)
