"""The review of not attending before anybody may close for it: opened, filled in, signed by another, ended.

It closes nothing. Word from the patient ends it at once (:mod:`collabcare.services.open_searches`), and what
is changed after it was signed has to be signed anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm.attributes import flag_modified

from collabcare.domain import closing_parts as parts
from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.ids import EpisodeId, UserId
from collabcare.domain.typed_text import typed_block
from collabcare.services.open_facts import open_facts, touch
from collabcare.store.models import ClosingReview, SafetyReview, UserAccount

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.reach_facts import ClosingReviewFact
    from collabcare.domain.rulebook import Rulebook
    from collabcare.store.unit_of_work import UnitOfWork, Work

LONGEST_TEXT = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClosingReview:
    """A review of whether to close for not attending, by whoever opens it."""

    episode_id: EpisodeId


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordClosingPart:
    """One part of a review; ``seen`` is the ``row_version`` of the review as it was shown."""

    review_id: int
    seen: int
    part: parts.Part


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveClosingReason:
    """Why closing is right although a fact asks us to act soon, and what replaces our follow-up."""

    review_id: int
    seen: int
    reason: str
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnClosingReview:
    """A review to sign or to call off; ``seen`` as for recording a part."""

    review_id: int
    seen: int


def open_closing_review(command: OpenClosingReview, uow: UnitOfWork, rulebook: Rulebook) -> Changes:
    """Open a review of not attending.

    Raises:
        RuleViolation: When one is open, or there is nothing to close for.
    """
    with uow.begin(Permission.REVIEW_CLOSING, "Open review of not attending") as work:
        facts = open_facts(work, command.episode_id)
        parts.refuse_opening(facts, rulebook, today=work.today)
        made = work.add(
            ClosingReview(
                episode_id=facts.episode_id,
                opened_on=work.today,
                practitioner_id=work.acting.user_id,
                recorded_by=work.acting.user_id,
                recorded_at=work.at,
            )
        )
        touch(work, Kind.CLOSING_REVIEW, facts, made.id)
        work.made = made.id
    return work.changes


def record_closing_part(command: RecordClosingPart, uow: UnitOfWork, rulebook: Rulebook) -> Changes:
    """Record one part of a review; a signature given before it no longer stands.

    What is still missing of that part of the gate comes back as a suggestion.

    Raises:
        RuleViolation: When the review has ended, or the part is not whole or not in the record.
        StaleRecord: When somebody else changed the review meanwhile.
    """
    with uow.begin(Permission.REVIEW_CLOSING, "Record part of review of not attending") as work:
        review, fact, facts = _found(work, command.review_id, command.seen)
        parts.refuse_ended_review(fact)
        parts.refuse_part(command.part, facts, today=work.today)
        if isinstance(command.part, parts.SafetyReviewed):
            add_safety_review(command.part, review, work)
            work.session.refresh(review, ["safety_reviewed_on"])
            flag_modified(review, "safety_reviewed_on")  # a row beside it is a change of the review as well
        else:
            _write(command.part, review)
        _unsign(review)
        touch(work, Kind.CLOSING_REVIEW, facts, review.id)
        work.session.flush()
        now = open_facts(work, facts.episode_id)
        missing = parts.still_missing(command.part, now, rulebook, today=work.today)
        work.suggestions += [] if missing is None else [missing]
    return work.changes


def give_closing_reason(command: GiveClosingReason, uow: UnitOfWork) -> Changes:
    """Record a supervisor's reason to close although a fact asks us to act soon; to be signed after it.

    Raises:
        RuleViolation: When it is not whole, or not another supervisor's.
        StaleRecord: When somebody else changed the review meanwhile.
    """
    with uow.begin(Permission.GIVE_CLOSING_REASON, "Give reason in review of not attending") as work:
        review, fact, facts = _found(work, command.review_id, command.seen)
        reason = typed_block(command.reason, "The reason", LONGEST_TEXT)
        instead = typed_block(command.instead, "What replaces our follow-up", LONGEST_TEXT)
        words = parts.Reason(reason, instead)
        parts.refuse_reason(facts, fact, words, by=_signer(work), today=work.today)
        review.prompt_reason, review.instead = reason, instead
        review.prompt_reason_by = work.acting.user_id
        _unsign(review)
        touch(work, Kind.CLOSING_REVIEW, facts, review.id)
    return work.changes


def sign_off_closing(command: OnClosingReview, uow: UnitOfWork, rulebook: Rulebook) -> Changes:
    """Sign a review off, as another person than the practitioner; nothing is closed by it.

    Raises:
        RuleViolation: When this person may not sign, it was not discussed, or the patient was in touch.
        StaleRecord: When somebody else changed the review meanwhile.
    """
    with uow.begin(Permission.SIGN_OFF_CLOSING, "Sign off review of not attending") as work:
        review, fact, facts = _found(work, command.review_id, command.seen)
        parts.refuse_sign_off(facts, fact, _signer(work), rulebook, today=work.today)
        review.signed_off_by, review.signed_off_on = work.acting.user_id, work.today
        review.signed_off_by_role = work.acting.role
        touch(work, Kind.CLOSING_REVIEW, facts, review.id)
    return work.changes


def call_off_closing(command: OnClosingReview, uow: UnitOfWork) -> Changes:
    """End a review without closing: we go on trying.

    Raises:
        RuleViolation: When it has ended already.
        StaleRecord: When somebody else changed the review meanwhile.
    """
    with uow.begin(Permission.REVIEW_CLOSING, "Call off review of not attending") as work:
        review, fact, facts = _found(work, command.review_id, command.seen)
        parts.refuse_ended_review(fact)
        review.ended_on = work.today
        touch(work, Kind.CLOSING_REVIEW, facts, review.id)
    return work.changes


def _found(work: Work, review_id: int, seen: int) -> tuple[ClosingReview, ClosingReviewFact, EpisodeFacts]:
    review = work.get(ClosingReview, review_id, seen=seen)
    facts = open_facts(work, review.episode_id)
    return review, next(each for each in facts.closing_reviews if each.id == review.id), facts


def add_safety_review(part: parts.SafetyReviewed, review: ClosingReview, work: Work) -> None:
    """Keep a safety review as this user's, in a review of not attending that is in the record already."""
    work.session.add(
        SafetyReview(
            closing_review_id=review.id,
            reviewed_on=part.on,
            looked_at=tuple(part.looked_at),
            concluded=typed_block(part.concluded, "What was concluded", LONGEST_TEXT),
            reviewed_by=work.acting.user_id,
            recorded_at=work.at,
        )
    )


def _write(part: parts.Part, review: ClosingReview) -> None:
    match part:
        case parts.Communicated():
            evidence = typed_block(part.evidence, "How we know", LONGEST_TEXT)
            review.communicated, review.communicated_evidence = part.correctly, evidence
        case parts.GpTold():
            review.gp_informed_on, review.gp_letter_id = part.on, part.letter_id
        case parts.OptInSent():
            review.opt_in_sent_on = part.on
        case parts.Discussed():
            review.discussed_on = part.on
        case parts.WayBackStated():
            review.way_back = typed_block(part.words, "How they can come back", LONGEST_TEXT)


def _unsign(review: ClosingReview) -> None:
    review.signed_off_by = review.signed_off_on = review.signed_off_by_role = None


def _signer(work: Work) -> parts.SignerFact:
    account = work.get(UserAccount, work.acting.user_id)
    return parts.SignerFact(
        user_id=work.acting.user_id,
        role=work.acting.role,
        registration=account.registration,
        made_by_id=None if account.made_by is None else UserId(account.made_by),
    )
