"""Pausing care while no contact is expected, looking at a pause again, and ending it.

A pause changes neither the phase that care goes back to nor any search: a search is put off by it, no longer
than to its day, and stays open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from collabcare.domain.acting import Permission
from collabcare.domain.attempt_details import LONGEST_NAME
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.course import course_of
from collabcare.domain.gate_today import track_today
from collabcare.domain.pauses import (
    pause_reason,
    refuse_alone,
    refuse_long_prompt_pause,
    refuse_longer_absence,
    refuse_pause_end,
    refuse_pausing,
    refuse_prompt_pause,
    refuse_review,
)
from collabcare.domain.reach_facts import PauseFact, Track
from collabcare.domain.typed_text import typed_block, typed_line
from collabcare.services.another_person import on_case
from collabcare.services.open_facts import open_facts, touch
from collabcare.store.models import Pause

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.pauses import Absence
    from collabcare.domain.rulebook import Rulebook
    from collabcare.store.unit_of_work import UnitOfWork, Work

LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseEpisode:
    """A pause, the day it is looked at again, and when it began: today unless it is said.

    ``why`` is the kind of absence, with ``reason`` as what else there is to say, and ``told_by`` who told us.
    """

    episode_id: EpisodeId
    reason: str
    review_on: date | None
    started_on: date | None = None
    why: Absence | None = None
    told_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPause:
    """A pause that goes on, to be looked at again; ``seen`` is its ``row_version`` as it was shown."""

    pause_id: int
    seen: int
    review_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPause:
    """A pause that is over from a day on, today unless it is said; ``seen`` as for reviewing it."""

    pause_id: int
    seen: int
    ended_on: date | None = None


def pause_episode(command: PauseEpisode, uow: UnitOfWork, rulebook: Rulebook) -> Changes:
    """Pause care; the search and the phase underneath stay as they are.

    Raises:
        RuleViolation: When it lacks a reason or a day soon enough, care is paused already, it would hold back
            a search on the Prompt track without a known absence or for long, or another person is to decide.
    """
    with uow.begin(Permission.PAUSE_CARE, "Pause care") as work:
        facts = open_facts(work, command.episode_id)
        told_by = typed_line(command.told_by, "Who told us", LONGEST_NAME)
        search = course_of(facts, rulebook, work.today).search
        refuse_alone(facts, search, on_case(work, facts), today=work.today)
        if _is_prompt(facts, rulebook, work.today):
            refuse_prompt_pause(facts, command.why, told_by, on_case(work, facts))
        asked = PauseFact(
            started_on=command.started_on or work.today,
            reason=pause_reason(command.why, command.reason.strip(), told_by),
            review_on=command.review_on,
        )
        work.made = begin_pause(work, facts, asked, rulebook)
    return work.changes


def begin_pause(work: Work, facts: EpisodeFacts, asked: PauseFact, rulebook: Rulebook) -> int:
    """Begin a pause inside a transaction and return its number.

    Raises:
        RuleViolation: As :func:`pause_episode`.
    """
    reason, policy = typed_block(asked.reason, "The reason", LONGEST_REASON), rulebook.episode
    refuse_longer_absence(facts, policy, on_case(work, facts))
    if _is_prompt(facts, rulebook, work.today):
        refuse_long_prompt_pause(facts, asked.review_on, policy, on_case(work, facts), today=work.today)
    refuse_pausing(facts, asked, policy, today=work.today)
    made = work.add(_paused(work, facts, replace(asked, reason=reason)))
    touch(work, Kind.PAUSE, facts, made.id)
    return made.id


def review_pause(command: ReviewPause, uow: UnitOfWork, rulebook: Rulebook) -> Changes:
    """Go on with a pause until another day.

    One that holds back a search on the Prompt track is ended and begun anew, decided with that in view.

    Raises:
        RuleViolation: When it has ended, the day is too far off or has passed, or it holds back a search so
            often, or what is open is such, that another supervisor is to decide.
        StaleRecord: When somebody else changed it meanwhile.
    """
    with uow.begin(Permission.PAUSE_CARE, "Review pause") as work:
        pause, fact, facts = _found(work, command.pause_id, command.seen)
        policy = rulebook.episode
        refuse_longer_absence(facts, policy, on_case(work, facts))
        search = course_of(facts, rulebook, work.today).search
        refuse_alone(facts, search, on_case(work, facts), today=work.today)
        if _is_prompt(facts, rulebook, work.today):
            refuse_long_prompt_pause(facts, command.review_on, policy, on_case(work, facts), today=work.today)
        refuse_review(fact, command.review_on, policy, today=work.today)
        if search is not None and search.track.track is Track.PROMPT:
            pause.ended_on = work.today
            work.session.flush()
            pause = work.add(
                _paused(work, facts, replace(fact, started_on=work.today, review_on=command.review_on))
            )
        else:
            pause.review_on = command.review_on
        touch(work, Kind.PAUSE, facts, pause.id)
    return work.changes


def end_pause(command: EndPause, uow: UnitOfWork) -> Changes:
    """End a pause: care goes on in the phase it was in before.

    Raises:
        RuleViolation: When it has ended, or cannot have ended then.
        StaleRecord: When somebody else changed it meanwhile.
    """
    with uow.begin(Permission.PAUSE_CARE, "End pause") as work:
        pause, fact, facts = _found(work, command.pause_id, command.seen)
        ended_on = command.ended_on or work.today
        refuse_pause_end(fact, ended_on, today=work.today)
        pause.ended_on = ended_on
        touch(work, Kind.PAUSE, facts, pause.id)
    return work.changes


def _paused(work: Work, facts: EpisodeFacts, asked: PauseFact) -> Pause:
    return Pause(
        episode_id=facts.episode_id,
        started_on=asked.started_on,
        reason=asked.reason,
        review_on=asked.review_on,
        recorded_by=work.acting.user_id,
        recorded_at=work.at,
    )


def _is_prompt(facts: EpisodeFacts, rulebook: Rulebook, today: date) -> bool:
    return track_today(facts, rulebook, today=today).track is Track.PROMPT


def _found(work: Work, pause_id: int, seen: int) -> tuple[Pause, PauseFact, EpisodeFacts]:
    pause = work.get(Pause, pause_id, seen=seen)
    facts = open_facts(work, pause.episode_id)
    return pause, next(each for each in facts.pauses if each.id == pause.id), facts
