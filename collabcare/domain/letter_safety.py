"""What a letter to the GP would pass over in silence: safety answers and conversations since the last one.

It is said while the letter's own part about safety is empty; what was agreed is the author's to write. Never
a level of anything.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.instruments import Safety
from collabcare.domain.letters import gp_letters
from collabcare.domain.safety import quoted_answer, talked_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.instruments import Instrument

SAFETY_PART = "safety"
"""The part of a letter in which its author writes what was agreed about safety."""


def safety_not_told(facts: EpisodeFacts, instruments: Mapping[str, Instrument], *, today: date) -> str:
    """Say what is on record about safety since the last letter to the GP; empty where nothing is.

    What happened on the day of that letter is said too: nobody knows which of the two came first.
    """
    told = gp_letters(facts)
    since = told[-1].issued_on if told else date.min
    said = [*_answers(facts, instruments, since), *_talk(facts, since, today)]
    return "; ".join(said)


def _answers(facts: EpisodeFacts, instruments: Mapping[str, Instrument], since: date) -> Iterator[str]:
    for prompt in facts.safety_prompts:
        if prompt.asked is not Safety.PROMPT or prompt.opened_on < since:
            continue
        instrument = instruments[prompt.instrument]
        item = f"{instrument.name} item {instrument.safety_item}"
        answer = quoted_answer(instrument, prompt.answer)
        still = " and no conversation about it is recorded yet" if prompt.closed_on is None else ""
        yield f"{item} was answered {answer} on {fmt_date(prompt.opened_on)}{still}"


def _talk(facts: EpisodeFacts, since: date, today: date) -> Iterator[str]:
    talked = talked_on(facts, today)
    if talked is not None and talked >= since:
        yield f"safety was talked about on {fmt_date(talked)}"
