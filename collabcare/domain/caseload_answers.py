"""What a caseload row answers about contacts, goals and gaps: one rule each, for columns and views alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.due_kinds import DueKind
from collabcare.domain.in_contact import last_in_contact
from collabcare.domain.letters import gp_letters
from collabcare.domain.plan_facts import MilestoneKind

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.due_kinds import Due
    from collabcare.domain.facts import ContactFact, EpisodeFacts, LetterFact

GOAL_REACHED = 10
"""A goal rated so is reached (goal-based outcomes, Law: 0 to 10)."""
NO_SCORE, NO_PLAN, NO_GP_LETTER = "score", "plan", "GP letter"
_FOLLOW_UPS = (DueKind.CONTACT, DueKind.FIRST_CONTACT)


class GoalsSoFar(NamedTuple):
    """How many goals there are, how many are reached, and the first and latest rating of each open one."""

    total: int
    reached: int
    open: tuple[tuple[int | None, int | None], ...]

    @property
    def closeness(self) -> float | None:
        """Return how close the patient is to all of them, from 0 to 1; None while none has a rating."""
        latest = [last for _first, last in self.open if last is not None]
        latest += [GOAL_REACHED] * (self.total - len(self.open))
        return sum(latest) / (GOAL_REACHED * len(latest)) if latest else None


def last_reached(row: CaseloadRow) -> date | None:
    """Return the day of the last successful contact: the patient was seen, or spoken to in a search."""
    last = last_in_contact(row.facts)
    return None if last is None else last.on


def days_since_reached(row: CaseloadRow) -> int | None:
    """Return the days since the last successful contact, None when there was none."""
    last = last_reached(row)
    return None if last is None else (row.today - last).days


def days_without_contact(row: CaseloadRow) -> int:
    """Return the same, counted from the referral for somebody nobody has reached yet."""
    return (row.today - (last_reached(row) or row.facts.referral_received_on)).days


def last_contact(facts: EpisodeFacts) -> ContactFact | None:
    """Return the last contact with an outcome, whatever came of it."""
    return next((each for each in reversed(facts.contacts) if each.status is not None), None)


def last_gp_letter(facts: EpisodeFacts) -> LetterFact | None:
    """Return the letter to the GP issued last."""
    return next(reversed(gp_letters(facts)), None)


def follow_up(row: CaseloadRow) -> Due | None:
    """Return the next contact that is due, the first one of somebody waiting included."""
    return next((due for due in row.due if due.kind in _FOLLOW_UPS), None)


def goals_so_far(facts: EpisodeFacts) -> GoalsSoFar:
    """Return how the goals stand; one closed before it was reached was let go and no longer counts."""
    ended = [each for each in facts.goals if each.closed_on is not None]
    reached = sum(bool(each.ratings) and each.ratings[-1].rating == GOAL_REACHED for each in ended)
    going = tuple(
        (each.ratings[0].rating, each.ratings[-1].rating) if each.ratings else (None, None)
        for each in facts.goals
        if each.closed_on is None
    )
    now = sum(last == GOAL_REACHED for _first, last in going)
    return GoalsSoFar(total=len(going) + reached, reached=now + reached, open=going)


def missing_parts(row: CaseloadRow) -> tuple[str, ...]:
    """Return what the record of somebody who has been seen still lacks: a score, a plan, a letter to the GP.

    A plan is an open goal, a care plan or a staying-well plan. Before the first contact nothing is missing.
    """
    facts = row.facts
    if row.last_seen is None:
        return ()
    measures = row.rulebook.pathway.measures
    scored = any(each.total is not None and each.instrument in measures for each in facts.measures)
    planned = (
        any(each.closed_on is None for each in facts.goals)
        or facts.relapse_plan is not None
        or any(each.kind is MilestoneKind.CARE_PLAN for each in facts.milestones)
    )
    there = {NO_SCORE: scored, NO_PLAN: planned, NO_GP_LETTER: last_gp_letter(facts) is not None}
    return tuple(part for part, is_there in there.items() if not is_there)
