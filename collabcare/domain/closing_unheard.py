"""Whose word ends care after a missed appointment after which nobody has seen the patient.

Not attending is never by itself a reason to close (NHS Data Dictionary, discharge after patient did not
attend), and neither is what we suppose it to mean. Until the patient has been seen, care ends only through
the gate of a review of not attending, with a death, with a service that has accepted them and another
person's signature, or by what they themselves said of ending it, on record in their words; where they have
gone may also be the word of the GP practice, once it is logged by name. That they were in touch says nothing
of ending care: they are asked what they want. Whoever has not been seen since they missed an appointment is
owed that safety was looked at and the GP told, whatever the ending is then called; and nothing was completed
or advised with them. An appointment without an outcome may have been missed: it is recorded first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.another_person import begins_at
from collabcare.domain.closure import Ending
from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.missed_run import heard_since, missed_and_not_seen, missed_run
from collabcare.domain.own_words import what_they_said
from collabcare.domain.returning import handed_over
from collabcare.domain.search_ends import SEARCH_END_WORDS, SearchEnd
from collabcare.domain.unmissed import counts_as_missed

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import ContactFact, EpisodeFacts
    from collabcare.domain.plan_facts import ProposalFact
    from collabcare.domain.unmissed import UnmissedFact

_OTHER_CONDITIONS = frozenset(
    {Ending.NOT_ENGAGING, Ending.DIED, Ending.STEPPED_UP, Ending.STEPPED_DOWN, Ending.MOVED_ACROSS}
)
"""Endings that need the gate, a day of death or an accepted handover, which are checked where they belong."""
_HANDED_OVER = frozenset({Ending.STEPPED_UP, Ending.STEPPED_DOWN, Ending.MOVED_ACROSS})
_OWN_CONDITIONS = _OTHER_CONDITIONS - _HANDED_OVER
_SAYS_WHERE = frozenset({Ending.MOVED_AWAY, Ending.ADMITTED})
_REPLY = "“They got in touch” on the Reaching page"
_LOG_IT = (
    f"Log what they said first: {_REPLY}, with “{SEARCH_END_WORDS[SearchEnd.DECLINES]}” and their words, or"
    " the contact in which they are seen or spoken to."
)
_OR_GP = (
    f"Log what they said first, or what the GP practice said: {_REPLY} or an attempt by way of the practice,"
    f" with “{SEARCH_END_WORDS[SearchEnd.MOVED]}”, where they are and who says so."
)
_ADMITTED = (
    "Somebody in hospital is not let go: choose “Pause care” on the Reaching page, with the ward, who told us"
    " and the day to ask again. If the team there takes them over, propose a handover."
)
_HOW = {Ending.MOVED_AWAY: _OR_GP, Ending.ADMITTED: _ADMITTED}
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
    if _to_answer_for(facts, today) is not None:
        return True
    left = [each for each in facts.ladders if each.closed_on and each.closed_because in _LEAVING]
    return bool(left) and not any(each.on > left[-1].missed_on for each in facts.attended)


def asked_before(facts: EpisodeFacts, *, today: date) -> str:
    """Return what an ending of care asks, and of whom, because of a miss or a word after it, or nothing."""
    if not owes_safety_and_gp(facts, Ending.DECLINED, today=today):
        return ""
    return (
        "Before care ends: a safety review after the missed appointment, and the discharge summary issued to"
        " the GP. What they themselves said of it needs no second person; a handover is signed off by another"
        " person, and so is ending because they cannot be reached."
    )


def refuse_acceptance_unsigned(facts: EpisodeFacts, proposal: ProposalFact, *, today: date) -> None:
    """Refuse the answer of another service for somebody not seen since a miss, until another person signed.

    An accepted handover lets care end, so it would be a way round the second person of the gate. So it would
    be if it was accepted or signed before they missed the appointment: care does not end on it either.

    Raises:
        RuleViolation: With who signs first.
    """
    missed = _to_answer_for(facts, today)
    if missed is not None and not _is_signed_since(facts, proposal, missed):
        raise RuleViolation(
            f"They have not been seen since the appointment they missed on {fmt_date(missed.on)}. Another"
            " person signs this handover off first; then record that the service takes them. One accepted"
            " without that, or signed before they missed it, is proposed again."
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
    """Refuse to close somebody not seen since a miss without what they themselves said of ending care.

    Raises:
        RuleViolation: With whose word is to be logged first, and where.
    """
    if words := unsaid(facts, ending, today=today):
        raise RuleViolation(words)


def unsaid(facts: EpisodeFacts, ending: Ending, *, today: date) -> str:
    """Return what has to be on record before this ending of care, and how to put it there, or nothing.

    A search that is open ends first, by what came of it; an appointment to come is waited for. Then what
    they said last has to say it: that they do not want care, or for a move or a stay in hospital where they
    are.
    """
    missed_on = missed_and_not_seen(facts, today=today)
    if missed_on is None or ending in _OWN_CONDITIONS:
        return ""
    since = f"They have not been seen since the appointment they missed on {fmt_date(missed_on)}"
    if ending in _HANDED_OVER:
        handover = handed_over(facts.proposals, ending)
        signed = handover is None or _is_signed_since(facts, handover, missed_run(facts, today=today).last)
        return "" if signed else f"{since}. Another person signs this handover off first: propose it again."
    how = _HOW.get(ending, _LOG_IT)
    if facts.open_ladder is not None:
        return f"{since}, and the search for them is open. {how}"
    if (booked := facts.next_booked(today)) is not None:
        return f"{since}. An appointment is booked for {_day(booked)}. Wait for it, or record its outcome."
    said = what_they_said(facts, today=today)
    enough = said is not None and (said.end is SearchEnd.DECLINES or ending in _SAYS_WHERE)
    if enough or (said is not None and said.by_patient and ending is not Ending.DECLINED):
        return ""
    heard = heard_since(facts, today=today)
    word = f" {heard.how} That does not say that care may end." if heard is not None else ""
    return f"{since}.{word} {how}"


def handed_over_signed(facts: EpisodeFacts, ending: Ending, missed: UnmissedFact) -> bool:
    """Return whether this ending is a handover that another person has signed since the miss."""
    handover = handed_over(facts.proposals, ending) if ending in _HANDED_OVER else None
    return handover is not None and _is_signed_since(facts, handover, missed)


def _to_answer_for(facts: EpisodeFacts, today: date) -> ContactFact | UnmissedFact | None:
    """Return the miss since which they were not seen, or one taken back that still counts."""
    unseen = missed_and_not_seen(facts, today=today) is not None
    return missed_run(facts, today=today).last if unseen else counts_as_missed(facts)


def _is_signed_since(
    facts: EpisodeFacts, handover: ProposalFact, missed: ContactFact | UnmissedFact | None
) -> bool:
    """Return whether another person signed it who can have known of the miss: after it.

    Of a signature of its day the times tell; where one of them is not known, it is no signature since.
    """
    signed_on = handover.decided_on
    if not (handover.awaits_sign_off and handover.agreed) or signed_on is None or missed is None:
        return False
    if signed_on != missed.on:
        return signed_on > missed.on
    known = [each.at for each in facts.people.signed if each.proposal_id == handover.id]
    return missed.at is not None and any(at > begins_at(missed.on, missed.at) for at in known)


def _day(booked: ContactFact) -> str:
    return fmt_date(booked.on, weekday=True)
