"""Steps towards a goal: who takes each, when it is done or dropped, and in what order they are read.

The plan is the patient's: their own steps come first. A step without a day is not late, and one that nobody
has done is no failing: it is done, or it is dropped.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.plan_facts import ActionOwner, GoalActionFact

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.plan_facts import GoalFact

OWNER_WORDS = {
    ActionOwner.PATIENT: "The patient",
    ActionOwner.US: "Us",
    ActionOwner.OTHER: "Somebody else",
}
"""Who takes a step, to choose from."""
ON_PAPER = {ActionOwner.PATIENT: "", ActionOwner.US: "My team: ", ActionOwner.OTHER: "Others: "}
"""Before a step on the patient's own page."""
_ORDER = tuple(ActionOwner)
_BEGINNINGS = {ActionOwner.PATIENT: "I will", ActionOwner.US: "We will", ActionOwner.OTHER: ""}
_SENTENCES = ("i ", "we ", "i'll ", "i’ll ", "we'll ", "we’ll ")
"""What a text begins with that is a sentence of its own already."""
_TIMES = re.compile(
    r"(?:\d|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july|august|"
    r"september|october|november|december|every|each|daily|weekly|once|twice|on|at|in|after|before)\b)",
    re.IGNORECASE,
)
"""What a text begins with that says when, not what: it does not fit behind "I will" as it stands."""
NOT_KEPT_YET = 0
"""The id of a step that is not in the record yet."""


def new_action(
    goal: GoalFact, text: str, whose: ActionOwner, due_on: date | None, *, today: date
) -> GoalActionFact:
    """Return a step towards a goal that is worked on.

    Raises:
        RuleViolation: When the goal is closed, there are no words, or the day has gone by.
    """
    if goal.closed_on is not None:
        raise RuleViolation("This goal is closed. Open a new one instead.")
    words = text.strip()
    if not words:
        raise RuleViolation("Write what is to be done.")
    if due_on is not None and due_on < today:
        raise RuleViolation("A step cannot be agreed for a day that has gone by. Check the date.")
    return GoalActionFact(id=NOT_KEPT_YET, text=words, whose=whose, due_on=due_on)


def done_action(action: GoalActionFact, on: date, *, today: date) -> GoalActionFact:
    """Return the step done on a day, however late.

    Raises:
        RuleViolation: When it is done or dropped already, or the day has not come.
    """
    _refuse_settled(action)
    if on > today:
        raise RuleViolation("It cannot have been done in the future. Check the date.")
    return replace(action, done_on=on)


def dropped_action(action: GoalActionFact, on: date) -> GoalActionFact:
    """Return the step dropped: it is no longer meant to be done, and it stays in the record.

    Raises:
        RuleViolation: When it is done or dropped already.
    """
    _refuse_settled(action)
    return replace(action, dropped_on=on)


def open_actions(goal: GoalFact) -> tuple[GoalActionFact, ...]:
    """Return what is still to be done for a goal: the patient's own steps first, by day, undated last."""
    return tuple(sorted((each for each in goal.actions if each.is_open), key=_place))


def settled_actions(goal: GoalFact) -> tuple[GoalActionFact, ...]:
    """Return what was done or dropped, the patient's own steps first, as they were agreed."""
    ended = (each for each in goal.actions if not each.is_open)
    return tuple(sorted(ended, key=lambda each: (_ORDER.index(each.whose), each.id)))


def next_own_step(goal: GoalFact) -> GoalActionFact | None:
    """Return the step the patient takes next, None when none of theirs is open."""
    return next((each for each in open_actions(goal) if each.whose is ActionOwner.PATIENT), None)


def action_words(action: GoalActionFact) -> str:
    """Return a step as a sentence of whoever takes it: ``I will ring the choir``."""
    text = action.text.strip()
    lead = _BEGINNINGS[action.whose]
    if not lead or text.casefold().startswith(_SENTENCES):
        return text
    if _TIMES.match(text):
        return f"{lead} do this: {text}"
    first = text.split(maxsplit=1)[0]
    lowered = text if first[1:] != first[1:].lower() or first == "I" else text[:1].lower() + text[1:]
    return f"{lead} {lowered}"


def when_words(action: GoalActionFact, *, today: date) -> str:
    """Say when a step is due, or what became of it; nothing where no day was agreed."""
    if action.done_on is not None:
        return f"done {fmt_date(action.done_on)}"
    if action.dropped_on is not None:
        return f"dropped {fmt_date(action.dropped_on)}"
    if action.due_on is None:
        return ""
    if action.due_on == today:
        return "today"
    return f"by {fmt_date(action.due_on, weekday=True)}"


def _place(action: GoalActionFact) -> tuple[int, bool, int, int]:
    due_on = action.due_on
    return _ORDER.index(action.whose), due_on is None, due_on.toordinal() if due_on else 0, action.id


def _refuse_settled(action: GoalActionFact) -> None:
    if action.done_on is not None:
        raise RuleViolation("That is recorded as done already.")
    if action.dropped_on is not None:
        raise RuleViolation("That was dropped. Add it again if it is to be done after all.")
