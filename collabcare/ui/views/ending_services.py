"""From what is decided on the Ending page to the service that carries it out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation
from collabcare.services.closing_reviews import (
    GiveClosingReason,
    OnClosingReview,
    OpenClosingReview,
    RecordClosingPart,
    call_off_closing,
    give_closing_reason,
    open_closing_review,
    record_closing_part,
    sign_off_closing,
)
from collabcare.services.deaths import RecordDeath, record_death
from collabcare.services.endings_taken_back import TakeBackEnding, take_back_ending
from collabcare.services.episodes import CloseEpisode, close_episode
from collabcare.services.proposals import Propose, accept_handover, propose, reject_handover
from collabcare.ui.forms.handover_forms import HandoverAnswer

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.changes import Changes
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.reach_facts import ClosingReviewFact
    from collabcare.services.desk import Desk

ACCEPTED, REJECTED = "accepted", "rejected"


def service_of(command: object, desk: Desk) -> Callable[[], Changes]:
    """Return the service that carries out a form's command, ready to be called on the writer's thread."""
    uow = desk.uow
    match command:
        case CloseEpisode():
            return partial(close_episode, command, uow, desk.rulebook)
        case RecordClosingPart():
            return partial(record_closing_part, command, uow, desk.rulebook)
        case GiveClosingReason():
            return partial(give_closing_reason, command, uow)
        case Propose():
            return partial(propose, command, uow)
        case HandoverAnswer():
            answered = accept_handover if command.accepted else reject_handover
            return partial(answered, command.answer, uow)
        case RecordDeath() | TakeBackEnding():
            return _death_or_taken_back(command, desk)
        case _:
            raise TypeError(type(command).__name__)


def _death_or_taken_back(command: RecordDeath | TakeBackEnding, desk: Desk) -> Callable[[], Changes]:
    if isinstance(command, RecordDeath):
        return partial(record_death, command, desk.uow)
    return partial(take_back_ending, command, desk.uow, desk.rulebook.pathway)


def opened_review(
    facts: EpisodeFacts, _review: ClosingReviewFact | None, desk: Desk
) -> Callable[[], Changes]:
    """Return the call that opens a review of not attending."""
    command = OpenClosingReview(episode_id=facts.episode_id)
    return partial(open_closing_review, command, desk.uow, desk.rulebook)


def signed_off(_facts: EpisodeFacts, review: ClosingReviewFact | None, desk: Desk) -> Callable[[], Changes]:
    """Return the call that signs the review off."""
    return partial(sign_off_closing, _on(review), desk.uow, desk.rulebook)


def called_off(_facts: EpisodeFacts, review: ClosingReviewFact | None, desk: Desk) -> Callable[[], Changes]:
    """Return the call that ends the review without closing."""
    return partial(call_off_closing, _on(review), desk.uow)


def _on(review: ClosingReviewFact | None) -> OnClosingReview:
    if review is None:
        raise RuleViolation("This review has ended. Open another if it is needed.")
    return OnClosingReview(review_id=review.id, seen=review.row_version)
