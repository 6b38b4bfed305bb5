"""Recording that a patient has died: which day it can have been, and what follows from it.

No episode is closed by it. Whoever held the patient closes it, with the national reason "patient died".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.attendance import after_death
from collabcare.domain.codes import ClosureReason
from collabcare.domain.display import fmt_count
from collabcare.domain.errors import RuleViolation
from collabcare.domain.suggestion import Suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts

SEARCH_ENDED = ClosureReason.DIED.label
"""What a search is closed with; a death recorded in error opens exactly these again."""


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


def refuse_second_death(died_on: date | None) -> None:
    """Refuse to record a death twice.

    Raises:
        RuleViolation: With how to correct the day.
    """
    if died_on is not None:
        raise RuleViolation("A death is recorded already. To correct its day, take it back first.")


def refuse_taking_back(died_on: date | None) -> None:
    """Refuse to take back a death that nobody recorded.

    Raises:
        RuleViolation: When there is none.
    """
    if died_on is None:
        raise RuleViolation("No death is recorded, so there is nothing to take back.")


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
