"""The letters to the GP that are due: after an assessment, after a review, on a step, and at the end of care.

Each is asked for until the right letter is issued, however late. That a patient does not want the GP written
to is a decision somebody records with the reason, like any other thing on Today that is declined.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from collabcare.domain.codes import AppointmentType, ClosureReason
from collabcare.domain.deaths import died_unseen
from collabcare.domain.display import fmt_date
from collabcare.domain.due_kinds import Due, DueKind
from collabcare.domain.episode import Phase
from collabcare.domain.letters import OF_AN_ENDING, REVIEW, STEP_CHANGE, SUMMARY, letters_of
from collabcare.domain.reason import Basis, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from collabcare.domain.course import Course
    from collabcare.domain.facts import ContactFact, EpisodeFacts
    from collabcare.domain.ids import LetterId
    from collabcare.domain.rulebook import Rulebook

_ASSESSMENTS = (AppointmentType.ASSESSMENT.value, AppointmentType.ASSESSMENT_AND_TREATMENT.value)
_REVIEWS = (AppointmentType.REVIEW.value, AppointmentType.REVIEW_AND_TREATMENT.value)
_OF_CARE = (REVIEW, SUMMARY)
"""The letters that tell the GP what an assessment or a review came to."""
_DAY_HOURS = 24


def clinic_letters(course: Course, rulebook: Rulebook) -> Iterator[Due]:
    """Yield those of an open episode: on its assessment, each review and each step the GP is not told of."""
    within = timedelta(days=rulebook.pathway.gp_letter_days)
    source = rulebook.pathway.source
    told_on = max((letter.issued_on for letter in letters_of(course.facts, _OF_CARE)), default=None)
    for contact, basis in _to_tell(course.attended):
        if told_on is None or told_on < contact.on:
            reason = Reason(basis, (contact.on,), source)
            yield Due(DueKind.GP_LETTER, contact.on + within, reason, contact.id, letter=REVIEW)
    for move in course.facts.step_moves:
        if move.gp_informed_on is None and move.from_step is not None:
            reason = Reason(_STEP, (move.direction.words, move.moved_on), source)
            yield Due(DueKind.GP_LETTER, move.moved_on + within, reason, letter=STEP_CHANGE)


def discharge_summary(facts: EpisodeFacts, rulebook: Rulebook) -> Iterator[Due]:
    """Yield the discharge summary of a closed episode until the GP has it; a referral not accepted has none.

    The record knows the day care ended and not the hour, so it is due the day after and late from then on; it
    stands on Today from the last day of care, so that a weekend does not hide it.
    """
    ended_on = facts.closed_on
    rejected = facts.ending is not None and facts.ending.rejection_reason is not None
    if ended_on is None or rejected or is_summed_up(facts, ended_on):
        return
    policy = rulebook.episode
    due_on = ended_on + timedelta(days=-(-policy.discharge_summary_hours // _DAY_HOURS))
    reason = Reason(_SUMMARY, (ended_on,))
    yield Due(DueKind.GP_LETTER, due_on, reason, letter=SUMMARY, listed_from=ended_on)


def owed_after_death(facts: EpisodeFacts, died_on: date, rulebook: Rulebook) -> Iterator[Due]:
    """Yield what is owed once a patient has died: that care is ended, then the discharge summary to the GP.

    It is about nobody to be reached, so it is not on Today: the caseload has a view of the dead. Care that
    had ended before they died asks for nothing.
    """
    if facts.phase is Phase.CLOSED:
        if facts.ending is not None and facts.ending.reason is ClosureReason.DIED:
            yield from discharge_summary(facts, rulebook)
        return
    within = timedelta(days=-(-rulebook.episode.discharge_summary_hours // _DAY_HOURS))
    yield Due(
        DueKind.GP_LETTER,
        died_on + within,
        Reason(_DIED_UNSEEN if died_unseen(facts) else _DIED, (died_on,)),
        letter=SUMMARY,
        listed_from=died_on,
    )


def assessment_of(attended: tuple[ContactFact, ...]) -> ContactFact | None:
    """Return the contact at which a patient was assessed: the first recorded as one.

    Where none is, it is the first contact, unless that is recorded as something else: that nobody noted its
    kind does not make it none.
    """
    for contact in attended:
        if contact.appointment_type in _ASSESSMENTS:
            return contact
    first = attended[0] if attended else None
    return first if first is not None and first.appointment_type is None else None


def _to_tell(attended: tuple[ContactFact, ...]) -> Iterator[tuple[ContactFact, Basis]]:
    said = [contact for contact in attended if contact.appointment_type is not None]
    assessed = assessment_of((*attended[:1], *said) if said else attended[:1])
    if assessed is not None:
        yield assessed, _FIRST_SEEN if assessed.appointment_type is None else _ASSESSED
    for contact in said:
        if contact.appointment_type in _REVIEWS:
            yield contact, _REVIEWED


def is_summed_up(facts: EpisodeFacts, ended_on: date, named_now: LetterId | None = None) -> bool:
    """Return whether the GP has been written to about the ending.

    By a letter on an ending issued once care had ended; or by the one named when it was ended: the discharge
    summary of somebody who declined, the closing letter of somebody who could not be reached. ``named_now``
    is the letter named with an ending that ``facts`` do not hold yet.
    """
    letters = letters_of(facts, OF_AN_ENDING)
    if any(letter.issued_on >= ended_on for letter in letters):
        return True
    unreached = facts.ending is not None and facts.ending.reason is ClosureReason.DID_NOT_ATTEND
    named = {named_now, *(review.gp_letter_id for review in facts.closing_reviews)} - {None}
    kinds = OF_AN_ENDING if unreached else (SUMMARY,)
    return any(letter.id in named and letter.kind in kinds for letter in letters)


_CLINIC = "Clinic letters to the GP within 7 days (NHS Standard Contract), or the service model's own days."
_FIRST_SEEN = Basis(
    rule="due.assessment_letter",
    source=_CLINIC,
    facts=("First seen on",),
    say=lambda on: f"First seen {fmt_date(on)}; no letter to the GP about it yet",
)
_ASSESSED = Basis(
    rule=_FIRST_SEEN.rule,
    source=_CLINIC,
    facts=("Assessed on",),
    say=lambda on: f"Assessed {fmt_date(on)}; no letter to the GP about it yet",
)
_REVIEWED = Basis(
    rule="due.review_letter",
    source=_CLINIC,
    facts=("Reviewed on",),
    say=lambda on: f"Reviewed {fmt_date(on)}; no letter to the GP since",
)
_STEP = Basis(
    rule="due.gp_letter",
    source="The service model's time to tell the GP.",
    facts=("Move", "Moved on"),
    say=lambda words, on: f"{words} on {fmt_date(on)}; the GP has not been told",
)
_DIED = Basis(
    rule="due.after_death",
    source="This project's default: an episode stays open until a person closes it.",
    facts=("Died on",),
    say=lambda on: f"Died {fmt_date(on)}; end care here, and write to the GP",
)
_DIED_UNSEEN = Basis(
    rule="due.after_death",
    source="This project's default: another person looks at the death of somebody not seen since a miss.",
    facts=("Died on",),
    say=lambda on: f"Died {fmt_date(on)}, not seen since a miss; somebody who did not record it ends care",
)
_SUMMARY = Basis(
    rule="due.discharge_summary",
    source="A trust's procedure citing the NHS Standard Contract: discharge summaries within 24 hours.",
    facts=("Care ended on",),
    say=lambda on: f"Care ended {fmt_date(on)}; the GP has no discharge summary yet",
)
