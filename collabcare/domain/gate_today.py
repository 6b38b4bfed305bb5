"""The gate before closing for not attending as it stands today, from the facts alone: one answer for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.closing_gate import gate
from collabcare.domain.course import course_of
from collabcare.domain.letters import UNREACHED, letters_of
from collabcare.domain.missed_run import missed_run
from collabcare.domain.tracks import track_of
from collabcare.domain.treat_to_target import Flag

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.closing_gate import GateAnswer
    from collabcare.domain.facts import EpisodeFacts, LetterFact
    from collabcare.domain.reach_facts import ClosingReviewFact
    from collabcare.domain.rulebook import Rulebook
    from collabcare.domain.tracks import TrackAnswer


def open_review(facts: EpisodeFacts) -> ClosingReviewFact | None:
    """Return the review of not attending that has not ended, if there is one."""
    return next((each for each in reversed(facts.closing_reviews) if each.ended_on is None), None)


def closing_letter(facts: EpisodeFacts, *, today: date) -> LetterFact | None:
    """Return the letter to the GP that the gate asks for, issued since the last miss, if there is one."""
    last = missed_run(facts, today=today).last
    issued = letters_of(facts, (UNREACHED,))
    return next((each for each in reversed(issued) if last is None or each.issued_on >= last.on), None)


def track_today(facts: EpisodeFacts, rulebook: Rulebook, *, today: date) -> TrackAnswer:
    """Return the track that holds today, with worsening scores among its facts."""
    course = course_of(facts, rulebook, today)
    if course.search is not None:
        return course.search.track
    worse = next((flag.course for flag in course.targets if flag.kind is Flag.WORSENING), None)
    worsening_on = worse.latest_on if worse else None
    return track_of(facts, rulebook.reengagement.tracks, today=today, worsening_on=worsening_on)


def gate_today(
    facts: EpisodeFacts, rulebook: Rulebook, *, today: date, review: ClosingReviewFact | None = None
) -> GateAnswer:
    """Return the gate for the open review of not attending, or for ``review`` as it would stand."""
    return gate(
        facts,
        review or open_review(facts),
        rulebook.reengagement.gate,
        track=track_today(facts, rulebook, today=today),
        today=today,
    )
