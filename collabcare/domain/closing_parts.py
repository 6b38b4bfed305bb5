"""What is recorded in a review of not attending, part by part, and who may sign it.

The parts are those of the gate (:mod:`collabcare.domain.closing_gate`); what the record can show for itself
(a letter issued, a letter sent in the search, a discussion in supervision) is taken from the record and from
nobody's memory.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from collabcare.domain.acting import Permission, Role, allowed
from collabcare.domain.another_person import OF_ONE_MAKING
from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.gate_parts import Condition, is_practitioners, practitioners_of
from collabcare.domain.gate_today import gate_today, open_review
from collabcare.domain.letters import OF_AN_ENDING, letters_of
from collabcare.domain.missed_run import missed_run
from collabcare.domain.recorded_days import refuse_day
from collabcare.domain.reengagement import TO_THE_PATIENT, AttemptOutcome
from collabcare.domain.safety_reviewed import refuse_blank_review, refuse_unread
from collabcare.domain.suggestion import Suggestion
from collabcare.domain.supervised_ending import decided_to_go_on
from collabcare.domain.typed_text import says_something

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.closing_gate import GateAnswer
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import LetterId, UserId
    from collabcare.domain.reach_facts import ClosingReviewFact, LookedAt
    from collabcare.domain.rulebook import Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Communicated:
    """Whether the appointments were communicated so that the patient could know of them, and how we know."""

    correctly: bool
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyReviewed:
    """A safety review: its day, what was looked at, and what was concluded in words."""

    on: date
    looked_at: tuple[LookedAt, ...]
    concluded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GpTold:
    """The day the GP was told, and the letter on ending care issued to them."""

    on: date
    letter_id: LetterId


@dataclass(frozen=True, slots=True, kw_only=True)
class OptInSent:
    """The day the keep-in-touch letter went."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussed:
    """The day it was discussed in supervision."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBackStated:
    """How the patient can come back, as they are told it."""

    words: str


Dated: TypeAlias = SafetyReviewed | GpTold | OptInSent | Discussed
Part: TypeAlias = Communicated | WayBackStated | Dated
CONDITION_OF: dict[type[Part], Condition] = {
    Communicated: Condition.COMMUNICATED,
    SafetyReviewed: Condition.SAFETY,
    GpTold: Condition.GP,
    OptInSent: Condition.OPT_IN,
    Discussed: Condition.SIGNED_OFF,
    WayBackStated: Condition.WAY_BACK,
}
"""Which condition of the gate each part is about."""
ONLY_THEY_SIGN = (
    "Only a supervisor or a second registered clinician can sign it off, and no registration is"
    " recorded for you."
)
_DATED: dict[type[Dated], str] = {
    SafetyReviewed: "The safety review",
    GpTold: "Telling the GP",
    OptInSent: "The keep-in-touch letter",
    Discussed: "The discussion",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerFact:
    """Who signs: their role, their registration with a professional body, and who made their account."""

    user_id: UserId
    role: Role
    registration: str | None
    made_by_id: UserId | None


class Reason(NamedTuple):
    """Why closing is still in their best interests although a fact asks us to act soon, and what instead."""

    reason: str
    instead: str


def refuse_opening(facts: EpisodeFacts, rulebook: Rulebook, *, today: date) -> None:
    """Refuse a review of not attending while there is one, or nothing to close for.

    Raises:
        RuleViolation: With why.
    """
    if open_review(facts) is not None:
        raise RuleViolation("A review of not attending is open already. Go on with that one.")
    if called_off := gate_today(facts, rulebook, today=today).called_off:
        raise RuleViolation(called_off)


def refuse_part(part: Part, facts: EpisodeFacts, *, today: date) -> None:
    """Refuse a part without its words, on a day that cannot be, or of which the record knows nothing.

    Raises:
        RuleViolation: With what to do first.
    """
    if isinstance(part, Communicated):
        if not says_something(part.evidence):
            raise RuleViolation("Write how you know whether the appointments were communicated.")
    elif isinstance(part, WayBackStated):
        if not says_something(part.words):
            raise RuleViolation("Write how they can come back, without a new referral.")
    else:
        refuse_day(_DATED[type(part)], part.on, received_on=facts.referral_received_on, today=today)
        if isinstance(part, SafetyReviewed):
            refuse_blank_review(part.looked_at, part.concluded)
            refuse_unread(part.looked_at, facts)
        _refuse_unrecorded(part, facts)


def still_missing(part: Part, facts: EpisodeFacts, rulebook: Rulebook, *, today: date) -> Suggestion | None:
    """Return why a condition is not met though its part is recorded; None when it is met."""
    answer = gate_today(facts, rulebook, today=today)
    found = next(each for each in answer.parts if each.condition is CONDITION_OF[type(part)])
    if found.met:
        return None
    said = f"{found.title}: not met yet. {found.sentence}"
    return Suggestion(sentence=said, rule=answer.rule, used=found.used, source=answer.source)


def refuse_ended_review(review: ClosingReviewFact) -> None:
    """Refuse to change a review that has ended.

    Raises:
        RuleViolation: When it has.
    """
    if review.ended_on is not None:
        raise RuleViolation("This review has ended. Open another if it is needed.")


def refuse_reason(
    facts: EpisodeFacts, review: ClosingReviewFact, words: Reason, *, by: SignerFact, today: date
) -> None:
    """Refuse a reason to close although a fact asks us to act soon, unless a supervisor gives it whole.

    Raises:
        RuleViolation: With what is missing, or who can give it.
    """
    refuse_ended_review(review)
    own = practitioners_of(facts, review, missed_run(facts, today=today), today=today)
    if by.role is not Role.SUPERVISOR or by.user_id in own:
        raise RuleViolation("The reason must be a supervisor's, and not the practitioner's own.")
    refuse_own_making(made=is_practitioners(facts, by.user_id, own, today=today))
    if not says_something(words.reason):
        raise RuleViolation("Say why closing is still in their best interests.")
    if not says_something(words.instead):
        raise RuleViolation("Say what replaces our follow-up.")


def may_sign_as(signer: SignerFact) -> bool:
    """Return whether somebody of this role may sign: a supervisor, or a clinician who is registered."""
    registered = bool((signer.registration or "").strip())
    return allowed(signer.role, Permission.SIGN_OFF_CLOSING) and (
        signer.role is Role.SUPERVISOR or registered
    )


def refuse_sign_off(
    facts: EpisodeFacts, review: ClosingReviewFact, signer: SignerFact, rulebook: Rulebook, *, today: date
) -> GateAnswer:
    """Return the gate as it stands once signed, unless this person may not sign or it was not discussed.

    Raises:
        RuleViolation: With who can sign, or what comes first.
    """
    refuse_ended_review(review)
    signed = replace(
        review,
        signed_off_by_id=signer.user_id,
        signed_off_by_role=signer.role.value,
        signed_off_on=today,
        signed_off_by_made_by_id=signer.made_by_id,
    )
    answer = gate_today(facts, rulebook, today=today, review=signed)
    if answer.called_off:
        raise RuleViolation(answer.called_off)
    part = next(part for part in answer.parts if part.condition is Condition.SIGNED_OFF)
    if not part.met:
        raise RuleViolation(part.sentence)
    if not may_sign_as(signer):
        raise RuleViolation(ONLY_THEY_SIGN)
    return answer


def refuse_close_too_early(
    review: ClosingReviewFact | None, closed_on: date, *, reply_days: int, wrote_on: date | None = None
) -> None:
    """Refuse to close for not attending as of a day on which a part of the gate was not met yet.

    ``wrote_on`` is the day of the last letter to the patient.

    Raises:
        RuleViolation: With the day to choose.
    """
    if review is None:
        return
    sent, wait = review.opt_in_sent_on, timedelta(days=reply_days)
    for day, before in (
        (review.signed_off_on, "it was signed off"),
        (review.gp_informed_on, "the GP was told"),
        (sent and sent + wait, "the keep-in-touch letter had its time to be answered"),
        (wrote_on and wrote_on + wait, "the last letter had its time to be answered"),
    ):
        if day is not None and closed_on < day:
            raise RuleViolation(f"Care cannot end before {before}. Choose {fmt_date(day)} or a later day.")


def refuse_own_making(*, made: bool) -> None:
    """Refuse the word of an account that is of a practitioner's making since the miss.

    Raises:
        RuleViolation: With whom to ask.
    """
    if made:
        raise RuleViolation(OF_ONE_MAKING)


def _refuse_unrecorded(part: Dated, facts: EpisodeFacts) -> None:
    match part:
        case GpTold() if part.letter_id not in {letter.id for letter in letters_of(facts, OF_AN_ENDING)}:
            raise RuleViolation(
                "Choose the letter to the GP on ending care that was issued for this patient."
            )
        case OptInSent() if not _sent_on(facts, part.on):
            raise RuleViolation("Log in the search that the letter was sent, on the day it went.")
        case Discussed() if part.on not in {review.reviewed_on for review in facts.reviews}:
            raise RuleViolation("Record the discussion in supervision first, with what was decided.")
        case Discussed() if decided_to_go_on(facts, part.on) is not None:
            raise RuleViolation(
                "What supervision decided last was to keep trying. Discuss ending care in supervision"
                " first, and record what was decided."
            )
        case _:
            return


def _sent_on(facts: EpisodeFacts, on: date) -> bool:
    return any(
        attempt.on == on and attempt.outcome is AttemptOutcome.SENT and attempt.channel in TO_THE_PATIENT
        for ladder in facts.ladders
        for attempt in ladder.attempts
    )
