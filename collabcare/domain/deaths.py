"""Recording that a patient has died: which day it can have been, and what follows from it.

No episode is closed by it. Whoever held the patient closes it, with the national reason "patient died".
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from collabcare.domain.another_person import is_given_up_by_death, is_nobody_else, unseen_from
from collabcare.domain.attendance import after_death
from collabcare.domain.calendar import london_date
from collabcare.domain.codes import ClosureReason
from collabcare.domain.display import fmt_count, fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.missed_run import missed_and_not_seen
from collabcare.domain.moving import Slot
from collabcare.domain.reengagement import Channel
from collabcare.domain.search_ends import SEARCH_END_WORDS, SearchEnd
from collabcare.domain.suggestion import Suggestion, Used
from collabcare.domain.typed_text import says_something

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from collabcare.domain.facts import ContactFact, EpisodeFacts
    from collabcare.domain.ids import UserId

SEARCH_ENDED = ClosureReason.DIED.label
ENDED_BY_DEATH = frozenset({SEARCH_ENDED, SEARCH_END_WORDS[SearchEnd.DIED]})
"""What a search is closed with; a death recorded in error opens exactly these again."""
WHO_TOLD = (
    "Say who told us that they have died: a name and who they are, or a role and where, such as “Ann Lee, her"
    " sister”."
)
_FIRST_RECORDED = (
    "They had not been seen since an appointment they missed, or that has no outcome. Record the death first:"
    " the search ends, and no letter goes to them. Another person then looks at it and ends care."
)
_ANOTHER_ENDS = (
    "They had not been seen since an appointment they missed, or that has no outcome, so somebody other than"
    " whoever recorded the death looks at it and ends care. Until then they stand in the caseload under"
    " “Died: care to end”."
)


def refuse_death(died_on: date, episodes: Sequence[EpisodeFacts], *, birth_date: date, today: date) -> None:
    """Refuse a day of death that cannot be.

    Raises:
        RuleViolation: When it has not come yet, is before the birth, or the patient was seen after it.
    """
    if died_on > today:
        raise RuleViolation("The day of death cannot be in the future. Check the date.")
    if died_on < birth_date:
        raise RuleViolation("The day of death is before the date of birth. Check the date.")
    if any(contact.on > died_on for facts in episodes for contact in facts.attended):
        raise RuleViolation("A contact after that day is recorded as attended. Check the date.")


def refuse_untold_death(died_on: date | None, told_by: str) -> date:
    """Return the day of death, unless that day or who told us of it is missing.

    Raises:
        RuleViolation: With what to ask.
    """
    if died_on is None:
        raise RuleViolation("Give the day they died. It is seldom the day on which we heard of it.")
    if not says_something(told_by):
        raise RuleViolation(WHO_TOLD)
    return died_on


def died_unseen(facts: EpisodeFacts, *, now: datetime | None = None) -> bool:
    """Return whether somebody died who was sought, or not seen since they missed an appointment.

    One that has no outcome counts as missed: it may have been. So does one that the death cancelled when it
    had gone by already, and a miss that was taken back, while nobody has seen them since. ``now`` (aware) is
    for a death that is not recorded yet.
    """
    sought = any(each.closed_because in ENDED_BY_DEATH for each in facts.ladders)
    unseen = missed_and_not_seen(facts, today=date.max) is not None
    last = max((each.missed_on for each in facts.ladders), default=None)
    taken_back = last is not None and not any(each.on >= last for each in facts.attended)
    return sought or unseen or taken_back or _may_have_missed(facts, now)


def not_seen_since(facts: EpisodeFacts, gone_by: Sequence[ContactFact]) -> bool:
    """Return whether the patient was not seen after the last of these appointments, if there are any."""
    last = max((each.on for each in gone_by), default=date.max)
    return bool(gone_by) and not any(each.on > last for each in facts.attended)


def _may_have_missed(facts: EpisodeFacts, now: datetime | None) -> bool:
    """Return whether an appointment went by without an outcome, before they were seen again."""
    died_on, noted_at = facts.patient.died_on, facts.people.death.at
    unwritten = [
        each
        for each in facts.contacts
        if each.status is None
        and ((died_on and each.on <= died_on) or (now and Slot(each.on, each.at).may_have_begun(now)))
    ]
    gone_by = [
        each for each in facts.contacts if is_given_up_by_death(facts, each) and each.cancelled_on == each.on
    ]
    return not_seen_since(facts, unwritten) or any(
        noted_at is None or Slot(each.on, each.at).may_have_begun(noted_at) for each in gone_by
    )


def recorded_death(facts: EpisodeFacts) -> frozenset[UserId]:
    """Return who recorded the death: as the audit trail names them, or by a try that found it out."""
    found_out = SEARCH_END_WORDS[SearchEnd.DIED]
    tried = {
        each.by_id
        for ladder in facts.ladders
        if ladder.closed_because == found_out
        for each in ladder.attempts
        if each.by_id is not None
    }
    return facts.people.death.by | tried


def may_end_with_death(
    facts: EpisodeFacts, user_id: UserId, *, today: date, now: datetime | None = None
) -> bool:
    """Return whether this user may end care with the death that is recorded: for every list, page and save.

    Where they were not seen since a miss, or since what may have been one, it is another person than whoever
    recorded the death: else it would be a way from missed to closed with nobody else looking.
    """
    if not died_unseen(facts, now=now):
        return True
    since = unseen_from(facts, today=today)
    return not is_nobody_else(recorded_death(facts), user_id, facts.people.accounts, since)


def why_not_end_with_death(facts: EpisodeFacts, user_id: UserId, *, now: datetime) -> str:
    """Return why care does not end with a death by this user's hand, and by whose; nothing where it does."""
    if facts.patient.died_on is None and died_unseen(facts, now=now):
        return _FIRST_RECORDED
    may = may_end_with_death(facts, user_id, today=london_date(now), now=now)
    return "" if may else _ANOTHER_ENDS


def refuse_ending_unseen(facts: EpisodeFacts, acting_id: UserId, *, now: datetime) -> None:
    """Refuse to end care with the death of somebody not seen since a miss to whoever recorded that death.

    Raises:
        RuleViolation: With who ends care, or that the death is recorded first.
    """
    if words := why_not_end_with_death(facts, acting_id, now=now):
        raise RuleViolation(words)


def confirm_death(name: str, died_on: date, told_by: str) -> str:
    """Return what a person confirms before the death of this patient is saved."""
    return (
        f"You are about to record that {name} died on {fmt_date(died_on, weekday=True)}, told by {told_by}."
        " Check the name and the day, then save again."
    )


def told_in_try(spoke_to: str, channel: Channel) -> str:
    """Return who told us of a death in a try to reach somebody: of the GP practice a role there is enough."""
    enough = channel is not Channel.GP_PRACTICE or says_something(spoke_to)
    return spoke_to if enough or not spoke_to.strip() else f"{spoke_to.strip()}, GP practice"


def refuse_second_death(died_on: date | None) -> None:
    """Refuse to record a death twice.

    Raises:
        RuleViolation: With how to correct the day.
    """
    if died_on is not None:
        raise RuleViolation("A death is recorded already. To correct its day, take it back first.")


def refuse_taking_back(died_on: date | None, *, ended_with_it: bool) -> date:
    """Return the day of a death, unless nobody recorded one or care has ended with it.

    Raises:
        RuleViolation: When there is none, or with whom to ask.
    """
    if ended_with_it:
        raise RuleViolation(
            "Care has ended with this death. A supervisor who did not end it takes the end of care back."
        )
    if died_on is None:
        raise RuleViolation("No death is recorded, so there is nothing to take back.")
    return died_on


def book_again(given_up: Sequence[date]) -> Suggestion:
    """Return what a death recorded in error had given up: cancelled by us, to be booked again."""
    days = ", ".join(fmt_date(day) for day in given_up)
    return Suggestion(
        sentence=f"Book again what was cancelled with it: {days}. Today asks until something is booked.",
        rule="death_taken_back",
        used=(Used("Appointments cancelled", len(given_up)),),
        source="This project's default.",
    )


def what_follows(facts: EpisodeFacts, died_on: date) -> Suggestion:
    """Return what recording this death does to an episode, and what is left for a person to do."""
    after = after_death(died_on, facts.contacts)
    changed = len(after.cancelled) + len(after.wrongly_missed)
    diary = f" {fmt_count(changed, 'appointment')} will be recorded as cancelled." if changed else ""
    return Suggestion(
        sentence=f"{after.sentence}{diary} This episode stays open until you close it. Check that condolences"
        " were offered, and that nobody writes to the patient again.",
        rule=after.rule,
        used=after.used,
        source=after.source,
    )


def ending_with_death(facts: EpisodeFacts, died_on: date | None, told_by: str) -> str:
    """Say what ending care with this death does, to whoever is about to save it."""
    when = f" on {fmt_date(died_on, weekday=True)}" if died_on is not None else ""
    by = f", as {told_by} told us" if told_by else ""
    said = [f"You are about to record that they died{when}{by}."]
    if facts.open_ladder is not None:
        said.append("The search for them ends.")
    if died_on is not None and (given_up := len(after_death(died_on, facts.contacts).cancelled)):
        said.append(f"{fmt_count(given_up, 'appointment')} will be cancelled.")
    said.append(
        "No letter can go to them. Then write the discharge summary to the GP: the caseload keeps them under"
        " “Died: care to end” until it is issued."
    )
    said.append("Only a supervisor other than you can take it back.")
    return " ".join(said)
