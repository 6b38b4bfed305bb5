"""Whose word ends care after a missed appointment that nobody has heard from the patient since.

Not attending is never by itself a reason to close (NHS Data Dictionary, discharge after patient did not
attend), and neither is what we suppose it to mean. Until the patient has been in touch, care ends only
through the gate of a review of not attending, with a death, or with a service that has accepted them; where
they have gone may also be somebody else's word, once it is logged by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.closure import Ending
from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.missed_run import missed_run
from collabcare.domain.reengagement import AttemptOutcome, Channel

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
_SAYS_WHERE = {
    Ending.MOVED_AWAY: "Log what they said, or what the GP practice said, before closing.",
    Ending.ADMITTED: "Log what they said, or who told us, before closing.",
}


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
    if _said_by_others(facts, ending, run.last.on):
        return
    how = _SAYS_WHERE.get(ending, _LOG_IT)
    raise RuleViolation(
        f"They have not been in touch since the appointment they missed on {fmt_date(run.last.on)}. {how}"
    )


def _said_by_others(facts: EpisodeFacts, ending: Ending, missed_on: date) -> bool:
    """Return whether somebody named has said since the last miss what this ending says."""
    if ending not in _SAYS_WHERE:
        return False
    told = [
        attempt
        for ladder in facts.ladders
        for attempt in ladder.attempts
        if attempt.outcome is AttemptOutcome.THIRD_PARTY
        and attempt.spoke_to.strip()
        and attempt.on >= missed_on
    ]
    return any(each.channel is Channel.GP_PRACTICE or ending is Ending.ADMITTED for each in told)
