"""What is known when a safety question is to be talked about: the answer, the one before, the last talk.

An answer opens a conversation. It is never a level of anything, and no answer is never "no".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date, fmt_days
from collabcare.domain.instruments import Safety
from collabcare.domain.safety_facts import SafetyTalk, TalkKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts, SafetyPromptFact
    from collabcare.domain.ids import MeasureId
    from collabcare.domain.instruments import Instrument

NOT_ANSWERED = "not answered"
NOT_AN_EMERGENCY_SYSTEM = "Not an emergency system: nobody is alerted by anything written here."
IN_AN_EMERGENCY = "CollabCare is not an emergency system. In an emergency ring 999."
NO_EMERGENCY_SYSTEM = "Not an emergency system: ring 999."
"""The same where there is little room."""
"""The line that stands at the foot of the window whatever is on show."""


class SafetyOutcome(StrEnum):
    """How a safety conversation ended."""

    TALKED_TODAY = "talked_today"
    ALREADY_COVERED = "already_covered"
    COULD_NOT_ASK = "could_not_ask"


SAFETY_WORDS = {
    SafetyOutcome.TALKED_TODAY: "Talked today",
    SafetyOutcome.ALREADY_COVERED: "Already covered lately",
    SafetyOutcome.COULD_NOT_ASK: "Could not ask",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyStory:
    """One safety question in words, each a sentence or part of one."""

    asked: str
    answers: str
    last_talk: str


def safety_story(
    facts: EpisodeFacts, prompt: SafetyPromptFact, instrument: Instrument, today: date
) -> SafetyStory:
    """Put what is known about one open safety question into words."""
    item = f"{instrument.name} item {instrument.safety_item}"
    when = fmt_date(prompt.opened_on, weekday=True)
    if prompt.asked is Safety.ASK:
        asked = f"{item} was not answered on {when}."
    else:
        asked = f"{item} was answered {quoted_answer(instrument, prompt.answer)} on {when}."
    return SafetyStory(
        asked=asked,
        answers=answers_trend(facts, prompt.measure_id, instrument),
        last_talk=last_talk(facts, today),
    )


def answer_words(instrument: Instrument, answer: int | None) -> str:
    """Return an answer to a safety item in the form's own words, in lower case.

    Where the words may not be shown it is the number as it was typed; no answer is said as that.
    """
    if answer is None:
        return NOT_ANSWERED
    label = next((option.label for option in instrument.options if option.value == answer), "")
    return f"{label[:1].lower()}{label[1:]}" or str(answer)


def quoted_answer(instrument: Instrument, answer: int | None) -> str:
    """Return the same words as they stand inside a sentence."""
    return NOT_ANSWERED if answer is None else f"“{answer_words(instrument, answer)}”"


def answer_line(facts: EpisodeFacts, prompt: SafetyPromptFact, instrument: Instrument) -> str:
    """Say an open question in a few words: ``PHQ-9 item 9: several days (was: not at all)``."""
    item = f"{instrument.name} item {instrument.safety_item}"
    if prompt.asked is Safety.ASK:
        return f"{item}: {NOT_ANSWERED} \N{EN DASH} ask"
    trend = answers_trend(facts, prompt.measure_id, instrument)
    return f"{item}: {trend or answer_words(instrument, prompt.answer)}"


def talks_within(facts: EpisodeFacts, days: int, today: date) -> tuple[SafetyTalk, ...]:
    """Return the talks about safety of so many days before today, the latest first.

    A conversation held or a safety assessment is a talk; "already covered" and "could not ask" are none, or a
    chain of them would put the talk off for ever. A day in the future (a wrong clock) is no talk yet.
    """
    talks = [talk for talk in _talks(facts) if 0 <= (today - talk.on).days <= days]
    return tuple(sorted(talks, key=lambda talk: (talk.on, talk.kind, talk.id), reverse=True))


def _talks(facts: EpisodeFacts) -> Iterator[SafetyTalk]:
    for prompt in facts.safety_prompts:
        if prompt.closed_on is not None and prompt.outcome == SafetyOutcome.TALKED_TODAY:
            yield SafetyTalk(TalkKind.CONVERSATION, prompt.id, prompt.closed_on)
    for assessment in facts.safety_assessments:
        yield SafetyTalk(TalkKind.ASSESSMENT, assessment.id, assessment.assessed_on)


def talk_words(talk: SafetyTalk) -> str:
    """Return what covered a question, inside a sentence: ``the conversation of Mon 05-Jan-2026``."""
    what = "conversation" if talk.kind is TalkKind.CONVERSATION else "safety assessment"
    return f"the {what} of {fmt_date(talk.on, weekday=True)}"


def last_outcome(facts: EpisodeFacts) -> SafetyPromptFact | None:
    """Return the conversation whose outcome was recorded last, None when none was."""
    closed = [prompt for prompt in facts.safety_prompts if prompt.closed_on is not None]
    return max(closed, key=lambda each: (each.closed_on or each.opened_on, each.id), default=None)


def outcome_line(prompt: SafetyPromptFact, instrument: Instrument) -> str:
    """Say what came of a question: ``PHQ-9 item 9 of Mon 05-Jan-2026: talked about on …``."""
    item = f"{instrument.name} item {instrument.safety_item} of {fmt_date(prompt.opened_on, weekday=True)}"
    if covered := covered_words(prompt):
        return f"{item}: {covered[:1].lower()}{covered[1:]}"
    return f"{item}: talked about on {fmt_date(prompt.closed_on, weekday=True)}"


def covered_words(prompt: SafetyPromptFact) -> str:
    """Say what covered a question already, and when the outcome was recorded; empty where that is not so."""
    if prompt.closed_on is None or prompt.outcome != SafetyOutcome.ALREADY_COVERED:
        return ""
    by = talk_words(prompt.covered_by) if prompt.covered_by else "an earlier talk; which one was not noted"
    return f"Already covered by {by}"


def talked_on(facts: EpisodeFacts, today: date) -> date | None:
    """Return the day safety was last talked about, None when no such day is recorded.

    A talk is what :func:`talks_within` says.
    """
    return max((talk.on for talk in _talks(facts) if talk.on <= today), default=None)


def days_since_talk(facts: EpisodeFacts, today: date) -> int | None:
    """Return how many days ago safety was last talked about, None when it is not recorded."""
    last = talked_on(facts, today)
    return None if last is None else (today - last).days


def last_talk(facts: EpisodeFacts, today: date) -> str:
    """Say when safety was last talked about; nothing recorded, or only "already covered", is no talk."""
    last = talked_on(facts, today)
    if last is None:
        return "No safety conversation is recorded yet."
    days = (today - last).days
    ago = "today" if days == 0 else f"{fmt_days(days)} ago"
    still = " What is open is not closed by it." if facts.open_safety_prompts else ""
    return f"Last safety conversation {fmt_date(last, weekday=True)}, {ago}.{still}"


def last_answer(facts: EpisodeFacts, instrument: Instrument) -> str:
    """Say the latest answer to an instrument's safety item, and whether it is still to be talked about."""
    asked = [m for m in facts.measures_of(instrument.id) if m.answers]
    item = f"{instrument.name} item {instrument.safety_item}"
    if not asked:
        return f"{item} has not been answered yet."
    last = asked[-1]
    waiting = any(prompt.measure_id == last.id for prompt in facts.open_safety_prompts)
    answer = quoted_answer(instrument, last.safety_answer)
    answer = answer if answer == NOT_ANSWERED else f"answered {answer}"
    still = "; no conversation about it yet" if waiting else ""
    return f"{item} was {answer} on {fmt_date(last.taken_on, weekday=True)}{still}."


def answers_trend(facts: EpisodeFacts, measure_id: MeasureId, instrument: Instrument) -> str:
    """Write a safety answer beside the one before it, ``several days (was: not at all)``; "" when the first.

    A form of which only the total is known has no answer to compare with.
    """
    this = next((measure for measure in facts.measures if measure.id == measure_id), None)
    if this is None:
        return ""
    asked = facts.measures_of(this.instrument)
    before = [measure for measure in asked[: asked.index(this)] if measure.answers]
    if not before:
        return ""
    now, then = (answer_words(instrument, each.safety_answer) for each in (this, before[-1]))
    return f"{now} (was: {then})"
