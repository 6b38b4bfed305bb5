"""Moving a patient between steps of care, and ending an episode."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from collabcare.domain.acting import Permission
from collabcare.domain.caps import closing_under_minimum
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.closing_gate import declined_gate
from collabcare.domain.closing_parts import refuse_close_too_early, refuse_part
from collabcare.domain.closing_unheard import (
    owes_safety_and_gp,
    refuse_acceptance_unsigned,
    refuse_closing_beside_death,
    refuse_closing_unheard,
    refuse_closing_unwritten,
    refuse_ending_as_seen,
)
from collabcare.domain.closure import Ending, EndingFacts, closure_of, reached_by
from collabcare.domain.codes import ATTENDED, ClosureReason
from collabcare.domain.episode import Phase, refuse_closing, step_direction
from collabcare.domain.errors import RuleViolation
from collabcare.domain.gate_today import gate_today, open_review
from collabcare.domain.keeping_in_touch import last_letter_day
from collabcare.domain.letter_formats import refuse_closing_with_letters
from collabcare.domain.pathway import refuse_move
from collabcare.domain.reach_facts import ClosingReviewFact, SafetyReviewFact
from collabcare.domain.relapse_prevention import closing_warning, refuse_closing_without_reason
from collabcare.domain.returning import handed_over
from collabcare.domain.safety_owed import refuse_closing_unassessed
from collabcare.domain.typed_text import typed_block, typed_line
from collabcare.queries.case_people import ALLOCATING
from collabcare.services.another_person import note_given_away
from collabcare.services.closing_reviews import add_safety_review
from collabcare.services.deaths import note_death, refuse_ending_alone
from collabcare.services.in_care import give, holder, open_episode, received_on
from collabcare.services.once_missed import refuse_ending_unmissed, refuse_ending_what_one_erased
from collabcare.services.open_facts import open_facts, touch
from collabcare.services.open_searches import end_search, open_review_row
from collabcare.store.models import ClosingReview, Contact, Episode, Ladder, Patient, Pause, StepMove

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.closing_parts import GpTold, SafetyReviewed
    from collabcare.domain.closure import ClosurePlan
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId, UserId
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.rulebook import Rulebook
    from collabcare.store.unit_of_work import UnitOfWork, Work

LONGEST_REASON = 2_000
LONGEST_SERVICE = 200
_TOLD_US = frozenset({ClosureReason.PATIENT_REQUESTED, ClosureReason.REFUSED_TO_BE_SEEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveStep:
    """A move up or down; ``seen`` is the version of the episode the user was looking at."""

    episode_id: EpisodeId
    seen: int
    to_step: int
    reason: str
    agreed_with_patient: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseEpisode:
    """What happened, and the patient's last day of care; the national codes follow from it.

    ``why_no_plan`` says why there is no complete staying-well plan. When the patient has told us that they
    do not want care, or the GP practice where they have gone, ``safety`` and ``gp`` say when safety was
    talked about and how the GP was told, unless an open review says so. ``onward_to`` is where the patient
    was pointed to; for a handover it is taken from what was accepted. ``died_on`` and ``told_by`` are the day
    of a death and who told us of it, unless the death is recorded already.
    """

    episode_id: EpisodeId
    ending: Ending
    closed_on: date
    note: str = ""
    why_no_plan: str = ""
    onward_to: str = ""
    safety: SafetyReviewed | None = None
    gp: GpTold | None = None
    died_on: date | None = None
    told_by: str = ""
    seen: int | None = None


def move_step(command: MoveStep, uow: UnitOfWork, pathway: Pathway) -> Changes:
    """Move the patient up or down a step, with the reason; the GP is then to be told.

    Raises:
        RuleViolation: When there is no reason, no such step, no move, or none that the service model allows.
        StaleRecord: When somebody else moved the patient meanwhile.
    """
    with uow.begin(Permission.MOVE_STEP, "Move step") as work:
        episode = open_episode(work, command.episode_id, seen=command.seen)
        reason = typed_block(command.reason, "The reason", LONGEST_REASON)
        if not reason:
            raise RuleViolation(
                "Say why the patient is moving: the GP and the next practitioner will read it."
            )
        to_step = pathway.step(command.to_step).number
        direction = step_direction(episode.step, to_step)
        refuse_move(pathway, episode.step, to_step)
        move = work.add(
            StepMove(
                episode_id=episode.id,
                moved_on=work.today,
                from_step=episode.step,
                to_step=to_step,
                direction=direction,
                reason=reason,
                agreed_with_patient=command.agreed_with_patient,
                gp_informed_on=None,
                moved_by=work.acting.user_id,
            )
        )
        episode.step, episode.step_since = to_step, work.today
        work.touched(Kind.STEP, subject_id=move.id, patient_id=episode.patient_id, episode_id=episode.id)
    return work.changes


def start_maintenance(episode_id: EpisodeId, uow: UnitOfWork) -> Changes:
    """Move an active episode to staying-well contacts."""
    with uow.begin(Permission.MOVE_STEP, "Start staying-well contacts") as work:
        episode = open_episode(work, episode_id)
        if open_facts(work, episode_id).phase is not Phase.ACTIVE:
            raise RuleViolation("Only an active episode can move to staying-well contacts.")
        episode.phase, episode.phase_since = Phase.MAINTENANCE, work.today
        work.touched(
            Kind.EPISODE, subject_id=episode.id, patient_id=episode.patient_id, episode_id=episode.id
        )
    return work.changes


def allocate(episode_id: EpisodeId, holder_id: UserId, uow: UnitOfWork) -> Changes:
    """Give an episode to a practitioner, who holds it from now on."""
    with uow.begin(Permission.ADD_PATIENT, ALLOCATING) as work:
        episode = open_episode(work, episode_id)
        to = holder(work, holder_id)
        note_given_away(work, episode, to)
        give(episode, to, work.today)
        if episode.phase == Phase.REFERRED:
            episode.phase, episode.phase_since = Phase.ALLOCATED, work.today
        work.touched(
            Kind.EPISODE, subject_id=episode.id, patient_id=episode.patient_id, episode_id=episode.id
        )
    return work.changes


def close_episode(command: CloseEpisode, uow: UnitOfWork, rulebook: Rulebook) -> Changes:
    """End an episode, unless that would drop somebody who is still being sought or not yet safe to leave.

    Not attending ends care only through the gate of a review of not attending, worked out here from what the
    record says now. What the rules would have said otherwise comes back as suggestions.

    Raises:
        RuleViolation: With what stands in the way; not attending is never by itself a way to closed.
        StaleRecord: When somebody else changed the episode since ``seen``.
    """
    with uow.begin(Permission.CLOSE_EPISODE, "Close episode") as work:
        episode = open_episode(work, command.episode_id, seen=command.seen)
        _check_end(work, episode, command.closed_on)
        facts = open_facts(work, episode.id)
        plan, gate_passed = _plan(command, facts, rulebook, work.today)
        _refuse_ending(work, command.ending, facts)
        if plan.closure in _TOLD_US or owes_safety_and_gp(facts, command.ending, today=work.today):
            _record_declined(work, command, facts, rulebook)
        refuse_closing(
            plan.closure,
            safety_open=bool(facts.open_safety_prompts),
            ladder_open=facts.open_ladder is not None,
            gate_passed=gate_passed,
        )
        refuse_closing_unassessed(facts, plan.closure)
        if not plan.cancels_everything:
            refuse_closing_with_letters(facts.letters)
        refuse_closing_without_reason(facts.relapse_plan, plan.closure, command.why_no_plan)
        warning = closing_warning(
            facts.relapse_plan, plan.closure, rulebook.relapse, why_none=command.why_no_plan
        )
        work.suggestions += [] if warning is None else [warning]
        work.suggestions += closing_under_minimum(facts, rulebook.pathway.caps, today=command.closed_on)
        if plan.cancels_everything and facts.patient.died_on is None:
            note_death(work, work.get(Patient, episode.patient_id), command.died_on, command.told_by)
        _end(work, episode, command, plan)
        _write_ending(episode, command, plan, facts)
        touch(work, Kind.EPISODE, facts, episode.id)
    return work.changes


def _refuse_ending(work: Work, ending: Ending, facts: EpisodeFacts) -> None:
    """Refuse an ending that is not what the record says happened."""
    refuse_closing_beside_death(facts, ending)
    refuse_ending_what_one_erased(work, facts)
    if ending is Ending.DIED:
        refuse_ending_alone(work, facts)
    refuse_closing_unwritten(facts, ending, today=work.today)
    refuse_closing_unheard(facts, ending, today=work.today)
    refuse_ending_as_seen(facts, ending, today=work.today)
    refuse_ending_unmissed(work, facts, ending)


def _plan(
    command: CloseEpisode, facts: EpisodeFacts, rulebook: Rulebook, today: date
) -> tuple[ClosurePlan, bool]:
    """Return the codes of an ending, and whether the gate for not attending is passed now."""
    gate_passed = False
    if command.ending is Ending.NOT_ENGAGING:
        gate_passed = gate_today(facts, rulebook, today=today).passed
        if gate_passed:
            days = rulebook.reengagement.gate.reply_days
            wrote_on = last_letter_day(facts, today=today)
            review = open_review(facts)
            refuse_close_too_early(review, command.closed_on, reply_days=days, wrote_on=wrote_on)
    handover = handed_over(facts.proposals, command.ending)
    if handover is not None:
        refuse_acceptance_unsigned(facts, handover, today=today)
    ended = EndingFacts(
        ending=command.ending,
        reached=reached_by(facts.contacts),
        gate_passed=gate_passed,
        accepted_on=handover.accepted_on if handover else None,
    )
    return closure_of(ended), gate_passed


def _record_declined(work: Work, command: CloseEpisode, facts: EpisodeFacts, rulebook: Rulebook) -> None:
    """Keep what a patient who does not want care is still owed, in the open review or in one of its own."""
    review = open_review(facts) or ClosingReviewFact(
        opened_on=work.today, practitioner_id=work.acting.user_id
    )
    if command.safety is not None:
        refuse_part(command.safety, facts, today=work.today)
        looked = SafetyReviewFact(
            on=command.safety.on,
            looked_at=command.safety.looked_at,
            concluded=command.safety.concluded,
            by=work.acting.name,
            by_id=work.acting.user_id,
        )
        review = replace(review, safety_reviews=(*review.safety_reviews, looked))
    if command.gp is not None:
        refuse_part(command.gp, facts, today=work.today)
        review = replace(review, gp_informed_on=command.gp.on, gp_letter_id=command.gp.letter_id)
    answer = declined_gate(facts, review, rulebook.reengagement.gate, today=work.today)
    if not answer.passed:
        raise RuleViolation(answer.sentence)
    row = open_review_row(work, facts.episode_id)
    if row is None:
        row = ClosingReview(
            episode_id=facts.episode_id,
            opened_on=review.opened_on,
            practitioner_id=review.practitioner_id,
            recorded_by=work.acting.user_id,
            recorded_at=work.at,
        )
        work.session.add(row)
    row.gp_informed_on, row.gp_letter_id = review.gp_informed_on, review.gp_letter_id
    work.session.flush()
    if command.safety is not None:
        add_safety_review(command.safety, row, work)
    touch(work, Kind.CLOSING_REVIEW, facts, row.id)


def _end(work: Work, episode: Episode, command: CloseEpisode, plan: ClosurePlan) -> None:
    """End what is still open in the episode: the search, a pause, a review of not attending."""
    for ladder in work.session.scalars(
        select(Ladder).where(Ladder.episode_id == episode.id, Ladder.closed_on.is_(None))
    ):
        end_search(ladder, command.closed_on, plan.closure.label)
    for pause in work.session.scalars(
        select(Pause).where(Pause.episode_id == episode.id, Pause.ended_on.is_(None))
    ):
        pause.ended_on = max(command.closed_on, pause.started_on)
    review = open_review_row(work, episode.id)
    if review is not None:
        review.ended_on = work.today


def _write_ending(episode: Episode, command: CloseEpisode, plan: ClosurePlan, facts: EpisodeFacts) -> None:
    handover = handed_over(facts.proposals, command.ending)
    onward_to = handover.to_service if handover else command.onward_to
    note = typed_block(command.note, "The note", LONGEST_REASON)
    why = typed_block(command.why_no_plan, "The reason", LONGEST_REASON)
    lines = [note, f"Why there is no complete staying-well plan: {why}" if why else ""]
    episode.phase, episode.phase_since = Phase.CLOSED, command.closed_on
    episode.closed_on, episode.closure_reason = command.closed_on, plan.closure
    episode.closure_note = "\n\n".join(line for line in lines if line) or None
    episode.tt_discharge_reason = plan.therapy_ending
    episode.onward_step = plan.local_step
    episode.onward_to = typed_line(onward_to, "The service", LONGEST_SERVICE) or None


def _check_end(work: Work, episode: Episode, closed_on: date) -> None:
    if closed_on > work.today:
        raise RuleViolation("The episode cannot end in the future.")
    if closed_on < received_on(work, episode):
        raise RuleViolation("The episode cannot end before the referral was received. Check the date.")
    last_seen = work.session.scalar(
        select(func.max(Contact.on_date)).where(
            Contact.episode_id == episode.id,
            Contact.attendance.in_(ATTENDED),
            Contact.voided_reason.is_(None),
        )
    )
    if last_seen is not None and closed_on < last_seen:
        raise RuleViolation("The patient was seen after that day, so care did not end then. Check the date.")
