"""What an answer to a safety item asks of us, and what may be recorded about it.

An answer opens a conversation and stays open until its outcome is recorded. It is never a level, a score or a
reason to include, exclude, step or discharge anybody, and nobody is sorted by it (NICE NG225, 2022; NHS
England, Staying safe from suicide, 2025). What is decided here is how soon *we* act.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.calendar import LONDON
from collabcare.domain.display import fmt_count, fmt_date, fmt_days, fmt_time
from collabcare.domain.errors import RuleViolation
from collabcare.domain.instruments import Safety
from collabcare.domain.safety import (
    SAFETY_WORDS,
    SafetyOutcome,
    answer_words,
    answers_trend,
    days_since_talk,
    quoted_answer,
    talked_on,
    talks_within,
)
from collabcare.domain.safety_facts import FormRoute
from collabcare.domain.searching import fold
from collabcare.domain.suggestion import Suggestion, Used

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from collabcare.domain.calendar import WorkingCalendar
    from collabcare.domain.facts import EpisodeFacts, MeasureFact, SafetyPromptFact
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.safety_facts import SafetyTalk
    from collabcare.domain.safety_policy import SafetyPolicy

SAY_WHAT_WAS_SAID = (
    "Write what was said and agreed, in a sentence at least: their words where you can, what has changed, and"
    " what happens now. The conversation ends with it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeChoice:
    """One outcome that may be recorded today, or in words why it may not."""

    outcome: SafetyOutcome
    words: str
    refused_because: str = ""

    @property
    def allowed(self) -> bool:
        """Return whether it may be recorded today."""
        return not self.refused_because


@dataclass(frozen=True, slots=True, kw_only=True)
class CouldNotAsk:
    """Why it could not be asked, and who will ask by which day."""

    reason: str
    who: str
    ask_on: date | None


class TaskOwner(StrEnum):
    """Who is to act the same day."""

    PRACTITIONER = "practitioner"
    DUTY = "duty"


_NOBODY = frozenset(
    {
        *("i", "me", "myself", "self", "we", "us", "one", "of", "someone", "somebody", "anyone"),
        *("nobody", "none", "the", "team", "tbc", "tba", "na", "unknown", "not", "known", "will", "ask"),
    }
)
ROUTE_WORDS = {
    FormRoute.IN_PERSON: "in person",
    FormRoute.POST: "by post",
    FormRoute.PHONE: "by telephone",
    FormRoute.TEXT: "by text message",
    FormRoute.EMAIL: "by email",
}
OWNER_WORDS = {TaskOwner.PRACTITIONER: "the practitioner", TaskOwner.DUTY: "the duty worker or supervisor"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyTask:
    """Something to do the same day, by each of ``owners``; it is never moved to a working day."""

    due_on: date
    owners: tuple[TaskOwner, ...]
    suggestion: Suggestion


def safety_prompt(
    facts: EpisodeFacts, measure: MeasureFact, instrument: Instrument, policy: SafetyPolicy, *, today: date
) -> Suggestion | None:
    """Return what a form's safety item asks of the practitioner, None when it asks for nothing.

    It is asked whatever the total is, and also when the form is too incomplete to have one.
    """
    if measure.safety is Safety.NONE:
        return None
    item = f"{instrument.name} item {instrument.safety_item}"
    said = quoted_answer(instrument, measure.safety_answer)
    if measure.safety is Safety.ASK:
        sentence = f"{item} was not answered. Ask it, and record what was said."
    else:
        sentence = f"{item} was answered {said}. Talk about it, and record what was said."
    trend = answers_trend(facts, measure.id, instrument)
    return Suggestion(
        sentence=sentence,
        rule=f"{policy.rule}.conversation",
        used=(
            Used(item, answer_words(instrument, measure.safety_answer)),
            Used("Answered on", measure.taken_on),
            *([Used("Answer, and the one before", trend)] if trend else []),
            Used("Days since the last safety conversation", days_since_talk(facts, today)),
        ),
        source=policy.source,
    )


def outcome_choices(facts: EpisodeFacts, policy: SafetyPolicy, *, today: date) -> tuple[OutcomeChoice, ...]:
    """Return the outcomes of a safety conversation with those that may not be chosen today, and why."""
    last = talked_on(facts, today)
    uncovered = _why_uncovered(last, policy, today)
    covered = (
        SAFETY_WORDS[SafetyOutcome.ALREADY_COVERED] if uncovered else f"Already covered {fmt_date(last)}"
    )
    return (
        OutcomeChoice(outcome=SafetyOutcome.TALKED_TODAY, words=SAFETY_WORDS[SafetyOutcome.TALKED_TODAY]),
        OutcomeChoice(outcome=SafetyOutcome.ALREADY_COVERED, words=covered, refused_because=uncovered),
        OutcomeChoice(outcome=SafetyOutcome.COULD_NOT_ASK, words=SAFETY_WORDS[SafetyOutcome.COULD_NOT_ASK]),
    )


def covering_talks(facts: EpisodeFacts, policy: SafetyPolicy, *, today: date) -> tuple[SafetyTalk, ...]:
    """Return the talks that "already covered" may name today, the latest first."""
    return talks_within(facts, policy.covered_within_days, today)


def refuse_uncovered(
    covered_by: SafetyTalk | None, facts: EpisodeFacts, policy: SafetyPolicy, *, today: date
) -> None:
    """Refuse "already covered" unless it names a talk that is recorded in the days before and stands.

    Raises:
        RuleViolation: When the last one is too long ago, none is recorded, or it names none of them.
    """
    if why := _why_uncovered(talked_on(facts, today), policy, today):
        raise RuleViolation(why)
    if covered_by is None:
        raise RuleViolation("Choose which talk about safety covered it.")
    if covered_by not in covering_talks(facts, policy, today=today):
        within = fmt_days(policy.covered_within_days)
        raise RuleViolation(
            f"What is to have covered it is no talk of the last {within}, or was entered in error."
            " Choose another."
        )


def is_named(who: str) -> bool:
    """Return whether this names somebody: "me", "tbc" or a sign alone is nobody another can turn to."""
    words = "".join(letter if letter.isalpha() else " " for letter in fold(who)).split()
    return len("".join(words)) > 1 and not set(words) <= _NOBODY


def refuse_could_not_ask(missed: CouldNotAsk, *, today: date) -> None:
    """Refuse "could not ask" that does not say why, who will ask, and when.

    Raises:
        RuleViolation: With what is missing.
    """
    if not missed.reason.strip():
        raise RuleViolation("Write why it could not be asked.")
    if not is_named(missed.who):
        raise RuleViolation("Write who will ask, by name: a colleague, or somebody the patient knows.")
    if missed.ask_on is None:
        raise RuleViolation("Choose the day by which it will be asked.")
    if missed.ask_on < today:
        raise RuleViolation("The day by which it will be asked is past. Choose today or a later day.")


def task_when_not_asked(missed: CouldNotAsk, policy: SafetyPolicy, *, today: date) -> SafetyTask:
    """Return the task that "could not ask" gives the same day, to the practitioner and to duty.

    Raises:
        RuleViolation: When it does not say why, who and when, or the day is too far away.
    """
    refuse_could_not_ask(missed, today=today)
    if missed.ask_on is not None and (missed.ask_on - today).days > policy.asked_within_days:
        latest = fmt_date(today + timedelta(days=policy.asked_within_days), weekday=True)
        raise RuleViolation(
            f"Choose {latest} at the latest. Until it is asked it stays on Today and on duty's list."
        )
    return SafetyTask(due_on=today, owners=tuple(TaskOwner), suggestion=_not_asked(missed, policy))


def task_for_form(
    measure: MeasureFact,
    route: FormRoute,
    arrived_at: datetime,
    policy: SafetyPolicy,
    calendar: WorkingCalendar,
) -> SafetyTask | None:
    """Return the task of a form that came in without us being there, None when it asks for none.

    ``arrived_at`` is aware. The task is due on the London day the form came in, also on a day off: in working
    hours it is the practitioner's, later and on days off it is duty's, and it never waits for Monday.
    """
    return _from_outside(measure.safety, route, arrived_at, policy, calendar)


def task_of(prompt: SafetyPromptFact, policy: SafetyPolicy, calendar: WorkingCalendar) -> SafetyTask | None:
    """Return the same-day task of an open conversation, None when it is an ordinary one of the practitioner.

    It is one when the form came in from outside, and when somebody tried and could not ask. It stands until
    the conversation is recorded, whatever the day: nothing expires by itself.
    """
    came = None
    if prompt.route is not None and prompt.arrived_at is not None:
        came = _from_outside(prompt.asked, prompt.route, prompt.arrived_at, policy, calendar)
    if prompt.tried_on is None:
        return came
    missed = CouldNotAsk(reason=prompt.note, who=prompt.ask_by, ask_on=prompt.ask_on)
    due_on = came.due_on if came else prompt.tried_on
    return SafetyTask(due_on=due_on, owners=tuple(TaskOwner), suggestion=_not_asked(missed, policy))


def tasks_today(
    facts: EpisodeFacts, policy: SafetyPolicy, calendar: WorkingCalendar
) -> tuple[SafetyTask, ...]:
    """Return the same-day tasks of the open safety conversations."""
    tasks = (task_of(prompt, policy, calendar) for prompt in facts.open_safety_prompts)
    return tuple(task for task in tasks if task is not None)


def longest_since_talk(caseload: Iterable[EpisodeFacts], *, today: date) -> tuple[EpisodeFacts, ...]:
    """Return the episodes with an open safety conversation, longest since the last talk first.

    Those never talked with stand first. Equal ones stand by how long the question has been open, then by
    name. What was answered plays no part.
    """

    def waited(facts: EpisodeFacts) -> tuple[object, ...]:
        return *since_talk(facts, today), facts.patient.name_order, facts.episode_id

    return tuple(sorted((facts for facts in caseload if facts.open_safety_prompts), key=waited))


def since_talk(facts: EpisodeFacts, today: date) -> tuple[date, date]:
    """Return what an open safety conversation is placed by: the last talk, then how long it is open."""
    opened = min((prompt.opened_on for prompt in facts.open_safety_prompts), default=today)
    return talked_on(facts, today) or date.min, opened


def open_conversations(facts: EpisodeFacts, *, today: date) -> str:
    """Say how many safety conversations are open and since when; empty when none is."""
    opened = [prompt.opened_on for prompt in facts.open_safety_prompts]
    if not opened:
        return ""
    count, days = fmt_count(len(opened), "safety conversation"), (today - min(opened)).days
    since = "today" if days <= 0 else f"{fmt_date(min(opened))}, {fmt_days(days)}"
    return f"{count} open since {since}."


def _why_uncovered(last_talk: date | None, policy: SafetyPolicy, today: date) -> str:
    if last_talk is not None and 0 <= (today - last_talk).days <= policy.covered_within_days:
        return ""
    within = fmt_days(policy.covered_within_days)
    return f"No safety conversation is recorded in the last {within}, so it is not yet covered."


def _from_outside(
    asked: Safety, route: FormRoute, arrived_at: datetime, policy: SafetyPolicy, calendar: WorkingCalendar
) -> SafetyTask | None:
    if asked is not Safety.PROMPT or not route.remote:
        return None
    here = arrived_at.astimezone(LONDON)
    on_duty = not calendar.is_working_day(here.date()) or here.time() >= policy.duty_from
    owner = TaskOwner.DUTY if on_duty else TaskOwner.PRACTITIONER
    sentence = (
        f"A form with a safety answer to talk about came in {ROUTE_WORDS[route]} "
        f"on {fmt_date(here.date(), weekday=True)} at {fmt_time(here)}. "
        f"That same day it is for {OWNER_WORDS[owner]} to talk with the patient."
    )
    used = (Used("How the form came", ROUTE_WORDS[route]), Used("Came in on", here.date()))
    return SafetyTask(due_on=here.date(), owners=(owner,), suggestion=_same_day(sentence, used, policy))


def _not_asked(missed: CouldNotAsk, policy: SafetyPolicy) -> Suggestion:
    sentence = (
        "The safety question could not be asked. "
        f"{missed.who.strip()} will ask by {fmt_date(missed.ask_on)}. "
        "Agree today who keeps in touch until then."
    )
    used = (Used("Why it could not be asked", missed.reason.strip()), Used("To be asked by", missed.ask_on))
    return _same_day(sentence, used, policy)


def _same_day(sentence: str, used: tuple[Used, ...], policy: SafetyPolicy) -> Suggestion:
    return Suggestion(sentence=sentence, rule=f"{policy.rule}.same_day", used=used, source=policy.source)
