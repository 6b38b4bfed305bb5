"""Why a safety conversation stands on the list, in words made when they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.instruments import Safety
from collabcare.domain.reason import Basis, Reason
from collabcare.domain.safety import answer_words

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import SafetyPromptFact
    from collabcare.domain.instruments import Instrument

_TALK = "NICE NG225 (2022); NHS England, Staying safe from suicide (2025): an answer opens a conversation."
_FACTS = ("Safety question raised", "Question", "Answer", "Last try to ask")


def why_open(prompt: SafetyPromptFact, instrument: Instrument, *, ended_on: date | None = None) -> Reason:
    """Return why an open conversation is to be had, and what came of the last try if there was one.

    ``ended_on`` is the day care had ended on when the form came in, if it had.
    """
    item = f"{instrument.name} item {instrument.safety_item}"
    said = (prompt.opened_on, item, answer_words(instrument, prompt.answer), last_try(prompt))
    if ended_on is not None:
        return Reason(_LATE_BLANK if prompt.asked is Safety.ASK else _LATE, (*said, ended_on))
    return Reason(_NOT_ANSWERED if prompt.asked is Safety.ASK else _ANSWERED, said)


def last_try(prompt: SafetyPromptFact) -> str | None:
    """Say when it could not be asked and who will ask by when; None while nobody has tried."""
    if prompt.tried_on is None:
        return None
    by = f", {prompt.ask_by} will ask by {fmt_date(prompt.ask_on)}" if prompt.ask_by and prompt.ask_on else ""
    return f"it could not be asked on {fmt_date(prompt.tried_on)}{by}"


def _say_answered(on: date, item: str, said: str, tried: str | None) -> str:
    return f"{item} answered “{said}” on {fmt_date(on)}; {tried or 'no conversation about it yet'}"


def _say_not_answered(on: date, item: str, _said: str, tried: str | None) -> str:
    return f"{item} was not answered on {fmt_date(on)}; {tried or 'ask it'}"


def _after(ended_on: date) -> str:
    return f"; the form came in after care had ended {fmt_date(ended_on)}"


_ANSWERED = Basis(rule="safety.conversation", source=_TALK, facts=_FACTS, say=_say_answered)
_NOT_ANSWERED = Basis(rule="safety.conversation", source=_TALK, facts=_FACTS, say=_say_not_answered)
_LATE = Basis(
    rule="safety.conversation",
    source=_TALK,
    facts=(*_FACTS, "Care had ended on"),
    say=lambda *said: f"{_say_answered(*said[:-1])}{_after(said[-1])}",
)
_LATE_BLANK = Basis(
    rule="safety.conversation",
    source=_TALK,
    facts=_LATE.facts,
    say=lambda *said: f"{_say_not_answered(*said[:-1])}{_after(said[-1])}",
)
