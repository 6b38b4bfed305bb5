"""Whose word ends care after a missed appointment that nobody has heard from the patient since.

Not attending is never by itself a reason to close (NHS Data Dictionary, discharge after patient did not
attend), and neither is what we suppose it to mean. Until the patient has been in touch, care ends only
through the gate of a review of not attending, with a death, or with a service that has accepted them; where
they have gone may also be the word of the GP practice, once it is logged by name. Whoever told us that they
do not want care, or that they have gone, is owed that safety was looked at and the GP told, whatever the
ending is then called. An appointment without an outcome may have been missed: it is recorded first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.closure import Ending
from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.missed_run import missed_run
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.search_ends import SEARCH_END_WORDS, SearchEnd

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts

_OTHER_CONDITIONS = frozenset(
    {Ending.NOT_ENGAGING, Ending.DIED, Ending.STEPPED_UP, Ending.STEPPED_DOWN, Ending.MOVED_ACROSS}
)
"""Endings that need the gate, a day of death or an accepted handover, which are checked where they belong."""
_LOG_IT = "Log what they said first: speak with them, or record their reply."
_STILL_SOUGHT = (
    "We are still trying to reach the patient after a missed appointment. Reach them before closing."
)
_SAYS_WHERE = frozenset({Ending.MOVED_AWAY, Ending.ADMITTED})
_OR_GP = "Log what they said, or what the GP practice said, before closing."
_LEAVING = frozenset({SEARCH_END_WORDS[SearchEnd.DECLINES], SEARCH_END_WORDS[SearchEnd.MOVED]})


def refuse_closing_unwritten(facts: EpisodeFacts, ending: Ending, *, today: date) -> None:
    """Refuse to close while an appointment whose day has come has no outcome.

    Raises:
        RuleViolation: With the appointment to record.
    """
    unwritten = next((each for each in facts.contacts if each.status is None and each.on <= today), None)
    if unwritten is not None and ending is not Ending.DIED:
        raise RuleViolation(
            f"The appointment of {fmt_date(unwritten.on)} has no outcome yet. Record it first: if it was"
            " missed, they are to be sought."
        )


def owes_safety_and_gp(facts: EpisodeFacts, ending: Ending, *, today: date) -> bool:
    """Return whether safety must have been looked at and the GP told before this ending.

    So it is, whatever the ending is called, once a search ended with "does not want care" or "has moved" and
    they were not seen since, and whenever an ending goes by what others said. The gate, a death and an
    accepted handover ask for their own.
    """
    if ending in _OTHER_CONDITIONS:
        return False
    run = missed_run(facts, today=today)
    if ending in _SAYS_WHERE and run.last is not None and run.heard_since is None:
        return True
    left = [each for each in facts.ladders if each.closed_on and each.closed_because in _LEAVING]
    return bool(left) and not any(each.on > left[-1].missed_on for each in facts.attended)


def refuse_closing_unheard(facts: EpisodeFacts, ending: Ending, *, today: date) -> None:
    """Refuse to close somebody who missed an appointment and has not been in touch since.

    Raises:
        RuleViolation: With whose word is to be logged first.
    """
    run = missed_run(facts, today=today)
    if ending in _OTHER_CONDITIONS or run.last is None or run.heard_since is not None:
        return
    if ending is Ending.DECLINED:
        raise RuleViolation(_LOG_IT)
    if facts.open_ladder is not None:
        raise RuleViolation(_STILL_SOUGHT)
    if ending in _SAYS_WHERE and _said_by_gp(facts, run.last.on):
        return
    how = _OR_GP if ending in _SAYS_WHERE else _LOG_IT
    raise RuleViolation(
        f"They have not been in touch since the appointment they missed on {fmt_date(run.last.on)}. {how}"
    )


def _said_by_gp(facts: EpisodeFacts, missed_on: date) -> bool:
    """Return whether somebody named at the GP practice has told us of them since the last miss."""
    return any(
        attempt.channel is Channel.GP_PRACTICE
        and attempt.outcome is AttemptOutcome.THIRD_PARTY
        and attempt.spoke_to.strip()
        and attempt.on >= missed_on
        for ladder in facts.ladders
        for attempt in ladder.attempts
    )
