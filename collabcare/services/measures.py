"""Recording questionnaires, and the safety conversation an answer asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import Permission
from collabcare.domain.calendar import london_date
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.corrections import asks_again, corrected_form
from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.goals import GOALS
from collabcare.domain.ids import EpisodeId
from collabcare.domain.instruments import EntryMode, Instrument, Score, score, score_total
from collabcare.domain.late_forms import refuse_late_form
from collabcare.domain.safety import SafetyOutcome
from collabcare.domain.safety_facts import TalkKind
from collabcare.domain.safety_prompt import (
    SAY_WHAT_WAS_SAID,
    CouldNotAsk,
    refuse_uncovered,
    task_when_not_asked,
)
from collabcare.domain.tracks import refuse_taking_back_while_sought
from collabcare.domain.typed_text import tells_something, typed_block, typed_line
from collabcare.queries.facts import episode_facts
from collabcare.services.another_person import on_case
from collabcare.services.in_care import open_episode
from collabcare.services.open_facts import look_again, open_facts
from collabcare.store.models import Episode, Measure, Patient, SafetyConversation

if TYPE_CHECKING:
    from datetime import date, datetime

    from collabcare.domain.facts import MeasureFact
    from collabcare.domain.ids import MeasureId
    from collabcare.domain.safety_facts import FormRoute, SafetyTalk
    from collabcare.domain.safety_policy import SafetyPolicy
    from collabcare.domain.tally import Number
    from collabcare.store.unit_of_work import UnitOfWork, Work

LONGEST_NOTE = 20_000
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMeasure:
    """A completed form: the answers in order (None for a blank), or a total copied from elsewhere.

    ``route`` is how it came to us, None when nobody noted it; one from outside came in at ``arrived_at``
    (aware), or now when that is left out. ``corrects`` is the form entered wrongly that this
    one replaces, and ``correction_reason`` what was wrong with it.
    """

    episode_id: EpisodeId
    taken_on: date
    answers: tuple[int | None, ...] | None = None
    total: Number | None = None
    function_answer: int | None = None
    route: FormRoute | None = None
    arrived_at: datetime | None = None
    corrects: MeasureId | None = None
    correction_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSafetyConversation:
    """The outcome of the conversation that a measure's safety item asked for.

    When it could not be asked, ``note`` is why, ``ask_by`` who will ask and ``ask_on`` by when. When it was
    covered already, ``covered_by`` is the talk that covered it.
    """

    episode_id: EpisodeId
    measure_id: MeasureId
    outcome: SafetyOutcome
    note: str
    ask_by: str = ""
    ask_on: date | None = None
    covered_by: SafetyTalk | None = None


def record_measure(command: RecordMeasure, uow: UnitOfWork, instrument: Instrument) -> Changes:
    """Score a form and keep it as it was answered; a safety item opens a conversation beside it.

    In a closed episode it is kept when it came from outside, apart from the scores that care ended with.

    Raises:
        RuleViolation: When an answer is out of range, the date cannot be, nothing was answered, the form is
            anonymous, it is the goals, which are rated as goals, or what it corrects cannot be corrected; in
            a closed episode, when it did not come from outside or the patient is back or has died.
    """
    if instrument.id == GOALS:
        raise RuleViolation(
            "Goals are rated one by one beside the patient's own words. Rate them under Goals."
        )
    if instrument.anonymous:
        raise RuleViolation(f"The {instrument.name} is anonymous: it is never kept with a patient.")
    with uow.begin(Permission.RECORD_MEASURE, f"Record {instrument.name}") as work:
        episode = work.get(Episode, command.episode_id)
        _refuse_late(work, episode, command)
        _check_date(command.taken_on, work.get(Patient, episode.patient_id).birth_date, work.today)
        arrived_at = _arrival(command, work)
        scored = _score(command, instrument)
        measure = _measure(command, scored, instrument, work)
        measure.form_route, measure.arrived_at = command.route, arrived_at
        measure.after_end = episode.closed_on
        corrected = _correct(command, measure, work)
        work.add(measure)
        if asks_again(scored, corrected):
            _open_conversation(work, episode, measure)
        look_again(work, episode.id)
        work.touched(
            Kind.MEASURE, subject_id=measure.id, patient_id=episode.patient_id, episode_id=episode.id
        )
        work.made = measure.id
    return work.changes


def record_safety_conversation(
    command: RecordSafetyConversation, uow: UnitOfWork, policy: SafetyPolicy
) -> Changes:
    """Close an open safety conversation with its outcome; "could not ask" leaves it open.

    "Already covered" names the conversation or the assessment of the days before that covered it. "Could
    not ask" says who will ask by when, and is the same day's task of the practitioner and of duty.

    Raises:
        RuleViolation: When it is closed already, was not covered lately, or lacks its note, who or when.
    """
    with uow.begin(Permission.RECORD_SAFETY_CONVERSATION, "Record safety conversation") as work:
        episode = _asked_in(work, command.episode_id)
        prompt = work.session.scalar(
            select(SafetyConversation).where(SafetyConversation.measure_id == command.measure_id)
        )
        if prompt is None or prompt.episode_id != episode.id or prompt.closed_on is not None:
            raise RuleViolation("This safety conversation is recorded already.")
        note = typed_block(command.note, "The note", LONGEST_NOTE)
        match command.outcome:
            case SafetyOutcome.COULD_NOT_ASK:
                _put_off(prompt, command, note, work, policy)
            case _ if not tells_something(note):
                raise RuleViolation(SAY_WHAT_WAS_SAID)
            case SafetyOutcome.ALREADY_COVERED:
                _cover(prompt, command, work, policy)
        if command.outcome is not SafetyOutcome.COULD_NOT_ASK:
            prompt.closed_on, prompt.closed_by = work.today, work.acting.user_id
        prompt.outcome, prompt.note = command.outcome, _added(prompt.note, note, work.today)
        work.touched(Kind.SAFETY, subject_id=prompt.id, patient_id=episode.patient_id, episode_id=episode.id)
    return work.changes


def _cover(
    prompt: SafetyConversation, command: RecordSafetyConversation, work: Work, policy: SafetyPolicy
) -> None:
    """Keep which talk covered the question; it is open again when that talk turns out to be an error."""
    talk = command.covered_by
    facts = episode_facts(work.session, EpisodeId(prompt.episode_id))
    if facts is not None:
        refuse_uncovered(talk, facts, policy, today=work.today)
    if talk is not None and talk.kind is TalkKind.CONVERSATION:
        prompt.covered_by_id = talk.id
    elif talk is not None:
        prompt.covered_by_assessment_id = talk.id


def _put_off(
    prompt: SafetyConversation,
    command: RecordSafetyConversation,
    note: str,
    work: Work,
    policy: SafetyPolicy,
) -> None:
    """Keep who will ask by when, and say what that makes of today."""
    who = typed_line(command.ask_by, "Who will ask", LONGEST_NAME)
    missed = CouldNotAsk(reason=note, who=who, ask_on=command.ask_on)
    work.suggestions.append(task_when_not_asked(missed, policy, today=work.today).suggestion)
    prompt.ask_by, prompt.ask_on, prompt.tried_on = who, command.ask_on, work.today


def _added(earlier: str, note: str, today: date) -> str:
    """Return the note under what was written when it could not be asked: nothing written is replaced."""
    return f"{earlier}\n\n{fmt_date(today)}: {note}" if earlier else note


def _score(command: RecordMeasure, instrument: Instrument) -> Score:
    allowed = {None, *(option.value for option in instrument.function_options)}
    if command.function_answer not in allowed:
        raise RuleViolation(f"The question on function in {instrument.name} has no such answer.")
    if (command.answers is None) == (command.total is None):
        raise RuleViolation(f"Type the answers to {instrument.name}, or only its total.")
    if command.total is not None:
        return score_total(instrument, command.total)
    answers = command.answers or ()
    if all(answer is None for answer in answers):
        raise RuleViolation(f"No answer to {instrument.name} has been typed, so there is nothing to save.")
    return score(instrument, answers)


def _measure(command: RecordMeasure, scored: Score, instrument: Instrument, work: Work) -> Measure:
    return Measure(
        episode_id=command.episode_id,
        instrument=instrument.id,
        instrument_version=instrument.version,
        taken_on=command.taken_on,
        entry_mode=EntryMode.TOTAL_ONLY if command.answers is None else EntryMode.ITEMS,
        answers=command.answers or (),
        function_answer=command.function_answer,
        total=scored.total,
        missing=scored.missing,
        prorated=scored.prorated,
        safety=scored.safety,
        safety_answer=scored.safety_answer,
        recorded_by=work.acting.user_id,
        recorded_at=work.at,
    )


def _correct(command: RecordMeasure, measure: Measure, work: Work) -> MeasureFact | None:
    """Put a form in the place of the one it corrects, if it corrects one."""
    if command.corrects is None:
        return None
    reason = typed_block(command.correction_reason, "The reason", LONGEST_NOTE)
    facts = open_facts(work, command.episode_id)
    corrected = corrected_form(facts, command.corrects, measure.instrument, reason)
    if corrected.safety_answer and not measure.safety_answer:
        refuse_taking_back_while_sought(facts, on_case(work, facts))
    measure.corrects_id, measure.correction_reason = corrected.id, reason
    return corrected


def _open_conversation(work: Work, episode: Episode, measure: Measure) -> None:
    """Open the conversation that a form's safety item asks for."""
    prompt = work.add(
        SafetyConversation(episode_id=episode.id, measure_id=measure.id, opened_on=measure.taken_on, note="")
    )
    work.touched(Kind.SAFETY, subject_id=prompt.id, patient_id=episode.patient_id, episode_id=episode.id)


def _refuse_late(work: Work, episode: Episode, command: RecordMeasure) -> None:
    """Refuse a form in a closed episode that does not belong there; one that came from outside is kept."""
    if episode.closed_on is None:
        return
    open_ones = Episode.patient_id == episode.patient_id, Episode.closed_on.is_(None)
    refuse_late_form(
        command.route,
        died_on=work.get(Patient, episode.patient_id).died_on,
        back_in_care=work.session.scalar(select(Episode.id).where(*open_ones)) is not None,
        corrects=command.corrects is not None,
    )


def _asked_in(work: Work, episode_id: EpisodeId) -> Episode:
    """Fetch the episode of a conversation; a closed one, too, while one is still to be had in it."""
    episode = work.get(Episode, episode_id)
    still = SafetyConversation.episode_id == episode.id, SafetyConversation.closed_on.is_(None)
    died = work.get(Patient, episode.patient_id).died_on is not None
    if died or work.session.scalar(select(SafetyConversation.id).where(*still)) is None:
        return open_episode(work, episode_id)
    return episode


def _arrival(command: RecordMeasure, work: Work) -> datetime | None:
    """Return when a form from outside came in; nothing for one filled in with us."""
    if command.route is None or not command.route.remote:
        return None
    arrived_at = command.arrived_at or work.at
    if arrived_at > work.at:
        raise RuleViolation("The form cannot have come in in the future. Check when it came.")
    if london_date(arrived_at) < command.taken_on:
        raise RuleViolation("The form cannot have come in before it was filled in. Check both dates.")
    return arrived_at


def _check_date(taken_on: date, birth_date: date, today: date) -> None:
    if taken_on > today:
        raise RuleViolation("The form cannot have been filled in in the future. Check the date.")
    if taken_on < birth_date:
        raise RuleViolation("The form is dated before the patient was born. Check the date.")
