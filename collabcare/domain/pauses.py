"""Pausing care, looking at a pause again, and ending it. It has a reason and a day, and never just lasts.

Part of :mod:`collabcare.domain.episode`. It closes no search and puts one off no longer than its day.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.calendar import days_after
from collabcare.domain.display import fmt_date
from collabcare.domain.episode import Phase, refuse_pause
from collabcare.domain.errors import RuleViolation
from collabcare.domain.reach_facts import Track
from collabcare.domain.recorded_days import refuse_day
from collabcare.domain.tracks import is_another_supervisor
from collabcare.domain.typed_text import says_something

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.acting import Acting
    from collabcare.domain.episode import EpisodePolicy
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.reach_facts import PauseFact
    from collabcare.domain.search_today import SearchStep


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


class Absence(StrEnum):
    """Why no contact is expected for a time."""

    AWAY = "away"
    HOSPITAL = "hospital"
    PRISON = "prison"
    BREAK = "break"
    OTHER = "other"


ABSENCE_WORDS = {
    Absence.AWAY: "Away",
    Absence.HOSPITAL: "In hospital",
    Absence.PRISON: "In prison",
    Absence.BREAK: "Asked for a break",
    Absence.OTHER: "Another reason",
}
KNOWN_ABSENCES = frozenset({Absence.AWAY, Absence.HOSPITAL, Absence.PRISON})
"""Of these somebody knows where the patient is; a break is asked for by them, which ends a search instead."""


def pause_reason(why: Absence | None, details: str, told_by: str) -> str:
    """Return why care is paused as it is kept: what it is, who said so, and what else there is to say."""
    lead = "" if why in {None, Absence.OTHER} else ABSENCE_WORDS[why]
    told = f"told by {told_by}" if told_by else ""
    head = ", ".join(filter(None, (lead, told)))
    return ": ".join(filter(None, (head, details)))


TOLD_WHERE = (
    "They are being sought. Say who told us where they are: a name and who they are, or a role and where,"
    " such as “ward manager, Elm Ward”."
)


def refuse_prompt_pause(facts: EpisodeFacts, why: Absence | None, told_by: str, acting: Acting) -> None:
    """Refuse to hold back a search on the Prompt track, but for a known absence that somebody told us of.

    Raises:
        RuleViolation: With what is missing, or whom to ask.
    """
    if facts.open_ladder is None:
        return
    if why not in KNOWN_ABSENCES and not is_another_supervisor(facts, acting):
        raise RuleViolation(
            "They are being sought on the Prompt track: pause only if they are known to be away, in hospital"
            " or in prison. For any other reason ask a supervisor who does not hold this case."
        )
    if not says_something(told_by):
        raise RuleViolation(TOLD_WHERE)


def refuse_long_prompt_pause(
    facts: EpisodeFacts, until: date | None, policy: EpisodePolicy, acting: Acting, *, today: date
) -> None:
    """Refuse to hold a search on the Prompt track back for long, unless another supervisor decides it.

    Raises:
        RuleViolation: With the last day, and whom to ask.
    """
    if facts.open_ladder is None or until is None or is_another_supervisor(facts, acting):
        return
    if (until - today).days > policy.prompt_pause_days:
        latest = fmt_date(days_after(today, policy.prompt_pause_days), weekday=True)
        raise RuleViolation(
            f"They are being sought on the Prompt track: look at the pause again by {latest}. Only a"
            " supervisor who does not hold this case can make it longer."
        )


def why_not_alone(facts: EpisodeFacts, search: SearchStep | None, acting: Acting, *, today: date) -> str:
    """Return why whoever asks cannot pause care without another person now, or nothing.

    What is open about safety, and a step of the Prompt track that is to be done today or is late, are not put
    away by the one who has them to do. ``search`` is the step of the search to act on.
    """
    if is_another_supervisor(facts, acting):
        return ""
    if facts.open_safety_prompts:
        return (
            "A safety conversation is open. Have it and record it first, or ask a supervisor who does not"
            " hold this case to pause care."
        )
    if search is not None and search.track.track is Track.PROMPT and search.due_on <= today:
        late = (
            f"overdue since {fmt_date(search.due_on, weekday=True)}" if search.due_on < today else "due today"
        )
        return (
            f"They are being sought on the Prompt track, and a step is {late}: {search.what[:1].lower()}"
            f"{search.what[1:]}. Do it first, or ask a supervisor who does not hold this case to pause care."
        )
    return ""


def refuse_alone(facts: EpisodeFacts, search: SearchStep | None, acting: Acting, *, today: date) -> None:
    """Refuse a pause, or to go on with one, that another person has to decide.

    Raises:
        RuleViolation: With what to do first, and whom to ask.
    """
    if why := why_not_alone(facts, search, acting, today=today):
        raise RuleViolation(why)


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
