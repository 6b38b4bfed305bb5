"""How somebody gets on with work, home and other people, as they last answered it; it scores nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.instruments import asks_about_function, function_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.instruments import Instrument


FUNCTION = frozenset({"wsas"})
"""Questionnaires that are about getting on with life and not about symptoms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionAnswer:
    """The answer in its words, with the questionnaire it came with and its day."""

    words: str
    instrument: str
    on: date


def function_now(
    facts: EpisodeFacts, instruments: Mapping[str, Instrument], followed: Iterable[str]
) -> FunctionAnswer | None:
    """Return the latest answer to the question on function of the questionnaires followed; None without one.

    A form on which it was left out says nothing, so the answer before it still stands under its own day.
    """
    answered = [
        (form, instruments[name])
        for name in followed
        for form in facts.measures_of(name)
        if form.function_answer is not None and asks_about_function(instruments[name], form.answers)
    ]
    if not answered:
        return None
    form, instrument = max(answered, key=lambda each: each[0].taken_on)
    return FunctionAnswer(
        words=function_words(instrument, form.answers, form.function_answer).lower(),
        instrument=instrument.name,
        on=form.taken_on,
    )
