"""What a letter to the GP would pass over in silence: safety answers and conversations since the last one.

It is said while the letter's own part about safety is empty; what was agreed is the author's to write. A
clinical letter that says nothing of an answer on record goes only with the reason. Never a level of anything.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.instruments import Safety
from collabcare.domain.letters import LetterTo, gp_letters
from collabcare.domain.safety import quoted_answer, talked_on
from collabcare.domain.typed_text import says_something

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.letters import LetterKind

SAFETY_PART = "safety"
"""The part of a letter in which its author writes what was agreed about safety."""
SAY_WHY = "Write it, or say in a few words why it is left out; that is kept in the record and not printed."


def safety_not_told(facts: EpisodeFacts, instruments: Mapping[str, Instrument], *, today: date) -> str:
    """Say what is on record about safety since the last letter to the GP; empty where nothing is.

    What happened on the day of that letter is said too: nobody knows which of the two came first.
    """
    since = _told_on(facts)
    said = [*_answers(facts, instruments, since), *_talk(facts, since, today)]
    return "; ".join(said)


def needs_a_reason(kind: LetterKind, facts: EpisodeFacts, instruments: Mapping[str, Instrument]) -> bool:
    """Return whether a letter that says nothing about safety needs to say why, to the record alone.

    That is a clinical letter to the GP while a safety answer is on record since the last one, or any is still
    to be talked about.
    """
    if kind.to is not LetterTo.GP or not kind.clinical:
        return False
    return any(_answers(facts, instruments, _told_on(facts)))


def why_left_out(title: str, why: str) -> str:
    """Return how the record keeps why a letter said nothing about safety.

    Raises:
        RuleViolation: When it does not say why.
    """
    if not says_something(why):
        raise RuleViolation(SAY_WHY)
    return f"{title}, without a word about safety, because: {why}"


def _told_on(facts: EpisodeFacts) -> date:
    told = gp_letters(facts)
    return told[-1].issued_on if told else date.min


def _answers(facts: EpisodeFacts, instruments: Mapping[str, Instrument], since: date) -> Iterator[str]:
    for prompt in facts.safety_prompts:
        is_open = prompt.closed_on is None
        if not is_open and (prompt.asked is not Safety.PROMPT or prompt.opened_on < since):
            continue
        instrument = instruments[prompt.instrument]
        item = f"{instrument.name} item {instrument.safety_item}"
        blank = prompt.asked is not Safety.PROMPT
        answered = "not answered" if blank else f"answered {quoted_answer(instrument, prompt.answer)}"
        still = " and no conversation about it is recorded yet" if is_open else ""
        yield f"{item} was {answered} on {fmt_date(prompt.opened_on)}{still}"


def _talk(facts: EpisodeFacts, since: date, today: date) -> Iterator[str]:
    talked = talked_on(facts, today)
    if talked is not None and talked >= since:
        yield f"safety was talked about on {fmt_date(talked)}"
