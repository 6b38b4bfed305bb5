"""What stands in a letter to the GP before its author writes: the words that are on record already.

Medicines as they were told, and what was asked, said and agreed about safety since the last letter to the GP.
All of it is the author's to change or take out. Never a level of anything; where nothing is on record nothing
is written, which is not "nothing to say".
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date_long
from collabcare.domain.instruments import Safety
from collabcare.domain.letter_safety import SAFETY_PART
from collabcare.domain.letters import LetterTo, gp_letters
from collabcare.domain.medication import TOLD_BY, current_medicines, medicine_words
from collabcare.domain.safety import SafetyOutcome, quoted_answer
from collabcare.domain.safety_facts import PlanStatus, TalkKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collabcare.domain.facts import EpisodeFacts, SafetyPromptFact
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.letters import LetterKind
    from collabcare.domain.people_facts import MedicationFact

MEDICATION_PART = "medication"
"""The part of a letter that tells of medicines as they were reported."""


def written_beforehand(
    kind: LetterKind, facts: EpisodeFacts, instruments: Mapping[str, Instrument], *, today: date
) -> dict[str, str]:
    """Return the words a letter of this kind begins with, by the id of the part they stand in."""
    if kind.to is not LetterTo.GP:
        return {}
    found = {
        MEDICATION_PART: "\n".join(_medicine(each) for each in current_medicines(facts.medication)),
        SAFETY_PART: "\n".join(_safety(facts, instruments, today)),
    }
    return {part.id: found[part.id] for part in kind.typed if found.get(part.id)}


def _medicine(medicine: MedicationFact) -> str:
    since = f", since {fmt_date_long(medicine.started_on)}" if medicine.started_on else ""
    taking = f" {_ended(medicine.taking)}" if medicine.taking.strip() else ""
    return f"{medicine_words(medicine)}{since} ({TOLD_BY[medicine.reported_by]}).{taking}"


def _safety(facts: EpisodeFacts, instruments: Mapping[str, Instrument], today: date) -> Iterator[str]:
    """Yield what happened since the last letter, and on its day: nobody knows which of the two came first.

    What is still to be talked about is told in every letter until it has been.
    """
    told = gp_letters(facts)
    since = told[-1].issued_on if told else date.min
    for prompt in facts.safety_prompts:
        if prompt.closed_on is None or prompt.closed_on >= since:
            yield from _prompt(prompt, instruments[prompt.instrument])
    for assessment in facts.safety_assessments:
        if since <= assessment.assessed_on <= today and assessment.action_now.strip():
            day = fmt_date_long(assessment.assessed_on)
            yield f"Agreed on {day}: {_ended(assessment.action_now)}"
    for plan in facts.safety_plans:
        if plan.status is PlanStatus.ACTIVE and plan.made_on >= since:
            yield f"There is a safety plan, of {fmt_date_long(plan.made_on)}."


def _prompt(prompt: SafetyPromptFact, instrument: Instrument) -> Iterator[str]:
    """Yield what was asked and answered, and what came of it; a blank is told as that."""
    item = f"{instrument.name} item {instrument.safety_item}"
    if prompt.asked is Safety.PROMPT:
        answered = f"was answered {quoted_answer(instrument, prompt.answer)}"
    else:
        answered = "was not answered"
    yield f"{item} {answered} on {fmt_date_long(prompt.opened_on)}."
    if prompt.closed_on is None:
        yield "We are still to talk about this."
    else:
        yield _ended(": ".join(filter(None, (_talk(prompt, prompt.closed_on), prompt.note.strip()))))


def _talk(prompt: SafetyPromptFact, closed_on: date) -> str:
    if prompt.outcome != SafetyOutcome.ALREADY_COVERED:
        return f"We talked about it on {fmt_date_long(closed_on)}"
    if prompt.covered_by is None:
        return "We had talked about it already"
    what = "the safety assessment" if prompt.covered_by.kind is TalkKind.ASSESSMENT else "our conversation"
    return f"We had talked about it already in {what} of {fmt_date_long(prompt.covered_by.on)}"


def _ended(text: str) -> str:
    """Return what was typed with a full stop, unless it ends a sentence already."""
    plain = text.strip()
    return plain if plain.endswith((".", "!", "?", "…")) else f"{plain}."
