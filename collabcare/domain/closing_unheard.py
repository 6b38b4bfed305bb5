"""Whose word ends care after a missed appointment that nobody has heard from the patient since.

Not attending is never by itself a reason to close (NHS Data Dictionary, discharge after patient did not
attend), and neither is what we suppose it to mean. Until the patient has been in touch, care ends only
through the gate of a review of not attending, with a death, or with a service that has accepted them; where
they have gone may also be the word of the GP practice, once it is logged by name. Whoever has not been seen
since they missed an appointment is owed that safety was looked at and the GP told, whatever the ending is
then called and whatever they are said to have said; and nothing was completed or advised with them. An
appointment without an outcome may have been missed: it is recorded first.
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
    from collabcare.domain.plan_facts import ProposalFact

_OTHER_CONDITIONS = frozenset(
    {Ending.NOT_ENGAGING, Ending.DIED, Ending.STEPPED_UP, Ending.STEPPED_DOWN, Ending.MOVED_ACROSS}
)
"""Endings that need the gate, a day of death or an accepted handover, which are checked where they belong."""
_HANDED_OVER = frozenset({Ending.STEPPED_UP, Ending.STEPPED_DOWN, Ending.MOVED_ACROSS})
_OWN_CONDITIONS = _OTHER_CONDITIONS - _HANDED_OVER
_LOG_IT = "Log what they said first: speak with them, or record their reply."
_STILL_SOUGHT = (
    "We are still trying to reach the patient after a missed appointment. Reach them before closing."
)
_SAYS_WHERE = frozenset({Ending.MOVED_AWAY, Ending.ADMITTED})
_OR_GP = "Log what they said, or what the GP practice said, before closing."
_LEAVING = frozenset({SEARCH_END_WORDS[SearchEnd.DECLINES], SEARCH_END_WORDS[SearchEnd.MOVED]})
_SAYS_SEEN = frozenset({Ending.COMPLETED, Ending.ADVICE_GIVEN})
"""Endings that say that something was finished or advised with the patient."""


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


def refuse_closing_beside_death(facts: EpisodeFacts, ending: Ending) -> None:
    """Refuse any other ending while a death is recorded: what it cancelled is no word from the patient.

    Raises:
        RuleViolation: With what to choose, or what to take back first.
    """
    if facts.patient.died_on is not None and ending is not Ending.DIED:
        raise RuleViolation(
            "A death is recorded for this patient. Choose that they died, or take the death back first if it"
            " was recorded in error."
        )


def owes_safety_and_gp(facts: EpisodeFacts, ending: Ending, *, today: date) -> bool:
    """Return whether safety must have been looked at and the GP told before this ending.

    So it is, whatever the ending is called and however they are said to have been in touch, while they have
    not been seen since an appointment they missed or since a search ended with "does not want care" or "has
    moved"; a service that takes them over has not seen them yet either. The gate and a death ask for their
    own.
    """
    if ending in _OWN_CONDITIONS:
        return False
    if missed_and_not_seen(facts, today=today) is not None:
        return True
    left = [each for each in facts.ladders if each.closed_on and each.closed_because in _LEAVING]
    return bool(left) and not any(each.on > left[-1].missed_on for each in facts.attended)


def missed_and_not_seen(facts: EpisodeFacts, *, today: date) -> date | None:
    """Return the day of the last missed appointment if the patient was not seen after it, else None."""
    last = missed_run(facts, today=today).last
    if last is None:
        return None
    after = facts.contacts[facts.contacts.index(last) + 1 :]
    seen = any(each.status is not None and each.status.attended for each in after)
    return None if seen else last.on


def refuse_acceptance_unsigned(facts: EpisodeFacts, proposal: ProposalFact, *, today: date) -> None:
    """Refuse the answer of another service for somebody not seen since a miss, until another person signed.

    An accepted handover lets care end, so it would be a way round the second person of the gate. So it would
    be if it was accepted before they missed the appointment: care does not end on it either.

    Raises:
        RuleViolation: With who signs first.
    """
    missed_on = missed_and_not_seen(facts, today=today)
    if missed_on is not None and not (proposal.awaits_sign_off and proposal.agreed):
        raise RuleViolation(
            f"They have not been seen since the appointment they missed on {fmt_date(missed_on)}. Another"
            " person signs this handover off first; then record that the service takes them. One accepted"
            " without that is proposed again."
        )


def refuse_ending_as_seen(facts: EpisodeFacts, ending: Ending, *, today: date) -> None:
    """Refuse an ending that says that care was completed or advice given with somebody not seen since.

    Raises:
        RuleViolation: With what to record, or what to choose instead.
    """
    missed_on = missed_and_not_seen(facts, today=today)
    if ending in _SAYS_SEEN and missed_on is not None:
        raise RuleViolation(
            f"They have not been seen since the appointment they missed on {fmt_date(missed_on)}, so nothing"
            " was completed or advised since. Record the contact in which it was agreed, or choose what the"
            " patient told us."
        )


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
