"""What is known when a safety question is to be talked about: the answer, the one before, the last talk.

An answer opens a conversation. It is never a level of anything, and no answer is never "no".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date, fmt_days
from collabcare.domain.instruments import Safety

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts, SafetyPromptFact
    from collabcare.domain.instruments import Instrument

NOT_ANSWERED = "not answered"


class SafetyOutcome(StrEnum):
    """How a safety conversation ended."""

    TALKED_TODAY = "talked_today"
    ALREADY_COVERED = "already_covered"
    COULD_NOT_ASK = "could_not_ask"


SAFETY_WORDS = {
    SafetyOutcome.TALKED_TODAY: "Talked today",
    SafetyOutcome.ALREADY_COVERED: "Already covered in the last 7 days",
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
        asked = f"{item} was answered {prompt.answer} on {when}."
    return SafetyStory(asked=asked, answers=_answers(facts, prompt), last_talk=last_talk(facts, today))


def last_talk(facts: EpisodeFacts, today: date) -> str:
    """Say when safety was last talked about; nothing recorded, or only "already covered", is no talk."""
    talks = [
        prompt.closed_on
        for prompt in facts.safety_prompts
        if prompt.closed_on is not None and prompt.outcome == SafetyOutcome.TALKED_TODAY
    ]
    if not talks:
        return "No safety conversation is recorded yet."
    last = max(talks)
    days = (today - last).days
    ago = "today" if days == 0 else f"{fmt_days(days)} ago"
    return f"Last safety conversation {fmt_date(last, weekday=True)}, {ago}."


def last_answer(facts: EpisodeFacts, instrument: Instrument) -> str:
    """Say the latest answer to an instrument's safety item, and whether it is still to be talked about."""
    asked = [m for m in facts.measures_of(instrument.id) if m.answers]
    item = f"{instrument.name} item {instrument.safety_item}"
    if not asked:
        return f"{item} has not been answered yet."
    last = asked[-1]
    waiting = any(prompt.measure_id == last.id for prompt in facts.open_safety_prompts)
    answer = NOT_ANSWERED if last.safety_answer is None else f"answered {last.safety_answer}"
    still = ", not yet talked about" if waiting else ""
    return f"{item} was {answer} on {fmt_date(last.taken_on, weekday=True)}{still}."


def _answers(facts: EpisodeFacts, prompt: SafetyPromptFact) -> str:
    """Write the answer beside the one before it: ``1 → 2``; nothing when this is the first."""
    asked = facts.measures_of(prompt.instrument)
    this = next(place for place, measure in enumerate(asked) if measure.id == prompt.measure_id)
    before = [measure for measure in asked[:this] if measure.answers]
    if not before:
        return ""
    answers = (before[-1].safety_answer, asked[this].safety_answer)
    return " → ".join(NOT_ANSWERED if answer is None else str(answer) for answer in answers)
