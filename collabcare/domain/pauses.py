"""Pausing care, looking at a pause again, and ending it. It has a reason and a day, and never just lasts.

Part of :mod:`collabcare.domain.episode`. It closes no search and puts one off no longer than its day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.episode import Phase, refuse_pause
from collabcare.domain.errors import RuleViolation
from collabcare.domain.recorded_days import refuse_day
from collabcare.domain.tracks import is_another_supervisor

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.acting import Acting
    from collabcare.domain.episode import EpisodePolicy
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.reach_facts import PauseFact


def refuse_pausing(facts: EpisodeFacts, asked: PauseFact, policy: EpisodePolicy, *, today: date) -> None:
    """Refuse a pause that nobody would come back to, that began in the future, or of care paused already.

    Raises:
        RuleViolation: With what is missing.
    """
    if facts.patient.died_on is not None:
        raise RuleViolation("The patient has died, so there is no care to pause.")
    if facts.phase is Phase.PAUSED:
        raise RuleViolation("Care is paused already. Look at that pause again, or end it.")
    refuse_day("The pause", asked.started_on, received_on=facts.referral_received_on, today=today)
    refuse_pause(asked.reason, asked.started_on, asked.review_on, policy)
    refuse_pause(asked.reason, today, asked.review_on, policy)


def refuse_longer_absence(facts: EpisodeFacts, policy: EpisodePolicy, acting: Acting) -> None:
    """Refuse to hold a search back again and again by pauses: then another supervisor decides.

    Raises:
        RuleViolation: With whom to ask.
    """
    search = facts.open_ladder
    if search is None or is_another_supervisor(facts, acting):
        return
    since = [each for each in facts.pauses if each.ended_on is None or each.ended_on >= search.missed_on]
    held_back = sum(each.row_version - (each.ended_on is not None) for each in since)
    if held_back >= policy.pauses_of_a_search:
        raise RuleViolation(
            "They are still being sought, and pauses have held that back before. Take it to a supervisor who"
            " does not hold this case: only they can pause it for longer."
        )


def refuse_review(pause: PauseFact, review_on: date | None, policy: EpisodePolicy, *, today: date) -> None:
    """Refuse to go on with a pause that is over, or without a day soon enough to look at it again.

    Raises:
        RuleViolation: With what is missing.
    """
    refuse_ended(pause)
    refuse_pause(pause.reason, today, review_on, policy)


def refuse_pause_end(pause: PauseFact, ended_on: date, *, today: date) -> None:
    """Refuse to end a pause twice, before it began or in the future.

    Raises:
        RuleViolation: With what to check.
    """
    refuse_ended(pause)
    if ended_on > today:
        raise RuleViolation("The pause cannot have ended in the future. Check the date.")
    if ended_on < pause.started_on:
        raise RuleViolation("The pause cannot have ended before it began. Check the date.")


def refuse_ended(pause: PauseFact) -> None:
    """Refuse to change a pause that is over.

    Raises:
        RuleViolation: When it has ended.
    """
    if pause.ended_on is not None:
        raise RuleViolation("That pause has ended. Pause care anew if it is needed.")
