"""Short ways to let a search for a patient happen, up to the gate before closing for not attending."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from collabcare.domain.closing_parts import (
    Communicated,
    Discussed,
    GpTold,
    OptInSent,
    WayBackStated,
)
from collabcare.domain.ids import LadderId, LetterId
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.services.closing_reviews import (
    OnClosingReview,
    OpenClosingReview,
    RecordClosingPart,
    open_closing_review,
    record_closing_part,
    sign_off_closing,
)
from collabcare.services.letters import IssueLetter, issue_letter
from collabcare.services.searches import LogAttempt, log_attempt
from collabcare.services.supervision import RecordReview, record_review
from tests.builders import day
from tests.builders_reach import does, safety_part

if TYPE_CHECKING:
    from collabcare.domain.changes import Changes
    from collabcare.domain.closing_parts import Part
    from collabcare.domain.facts import LadderFact
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.reach_facts import ClosingReviewFact
    from tests.record_fixtures import Practice

SENT: dict[str, Any] = {"channel": Channel.LETTER, "outcome": AttemptOutcome.SENT, "accessible": True}
READY = day(43)
"""The first day on which the keep-in-touch letter of :func:`searched` had time to be answered."""


def search(practice: Practice, episode: EpisodeId) -> LadderFact:
    """Return the search begun last."""
    return practice.facts(episode).ladders[-1]


def attempt(practice: Practice, episode: EpisodeId, login: str = "jo", **changes: Any) -> Changes:  # noqa: ANN401 - any field
    """Log a call without an answer on the first step of the open search, or what the changes say."""
    ladder = practice.facts(episode).open_ladder
    made = LogAttempt(
        episode_id=episode,
        ladder_id=ladder.id if ladder else LadderId(1),
        rung=1,
        channel=Channel.CALL,
        outcome=AttemptOutcome.NO_ANSWER,
    )
    return log_attempt(replace(made, **changes), practice.uow(login), practice.rulebook)


def done(practice: Practice, episode: EpisodeId, *rungs: int) -> None:
    """Log what does these steps of a search on the Standard track, as their content asks."""
    for rung in rungs:
        for each in does(rung):
            attempt(
                practice,
                episode,
                rung=rung,
                channel=each.channel,
                outcome=each.outcome,
                accessible=each.accessible,
                note=f"As step {rung} asks",
            )


def review_of(practice: Practice, episode: EpisodeId) -> ClosingReviewFact:
    """Return the review of not attending opened last."""
    return practice.facts(episode).closing_reviews[-1]


def part(practice: Practice, episode: EpisodeId, found: Part, login: str = "jo") -> None:
    """Record one part of the review."""
    review = review_of(practice, episode)
    command = RecordClosingPart(review_id=review.id, seen=review.row_version, part=found)
    record_closing_part(command, practice.uow(login), practice.rulebook)


def discuss(practice: Practice, episode: EpisodeId) -> None:
    """Take the case to supervision today."""
    review = RecordReview(
        episode_id=episode,
        reviewed_on=practice.today,
        supervisor_id=practice.user("amina"),
        decision="Consider whether to close",
    )
    record_review(review, practice.uow())


def sign(practice: Practice, episode: EpisodeId, login: str = "amina") -> Changes:
    """Sign the review off."""
    review = review_of(practice, episode)
    command = OnClosingReview(review_id=review.id, seen=review.row_version)
    return sign_off_closing(command, practice.uow(login), practice.rulebook)


def searched(practice: Practice) -> EpisodeId:
    """Let somebody be missed on day 7, be tried four times, and have a review opened on day 35."""
    episode = practice.refer("AD")
    attempt(practice, episode)
    practice.on(day(9))
    attempt(practice, episode, rung=2)
    practice.on(day(14))
    attempt(practice, episode, rung=3, **SENT)
    practice.on(day(29))
    attempt(practice, episode, rung=5, **SENT)
    practice.on(day(35))
    open_closing_review(OpenClosingReview(episode_id=episode), practice.uow(), practice.rulebook)
    return episode


def all_parts(practice: Practice, episode: EpisodeId) -> None:
    """Record every part of the review but the signature, on day 36."""
    practice.on(day(36))
    discuss(practice, episode)
    letter = issue_letter(IssueLetter(episode_id=episode, kind="gp_closing_unreached"), practice.desk()).made
    for each in (
        Communicated(correctly=True, evidence="Large print letter, and a text the day before"),
        safety_part(day(36)),
        GpTold(on=day(36), letter_id=LetterId(letter or 0)),
        OptInSent(on=day(29)),
        Discussed(on=day(36)),
        WayBackStated(words="Ring us at any time; no new referral is needed"),
    ):
        part(practice, episode, each)
