"""Which questionnaire is entered next, and what a second one of the same day means.

A day has one score of each questionnaire: a second form of that day takes the place of the first, as a
correction does, and is asked about before. This project's own rule.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts, MeasureFact
    from collabcare.domain.instruments import Instrument

SECOND_OF_THE_DAY = "A second form of the same day was entered in the place of the first."


def entered_on(facts: EpisodeFacts, instrument: str, day: date | None) -> MeasureFact | None:
    """Return the form of one questionnaire that stands for a day, None where there is none."""
    forms = [form for form in facts.measures_of(instrument) if form.taken_on == day]
    return forms[-1] if forms else None


def entered_already(instrument: Instrument, form: MeasureFact, *, today: date) -> str:
    """Say what is entered for a day, as in ``PHQ-9 was already entered today: 16``."""
    when = "today" if form.taken_on == today else f"for {fmt_date(form.taken_on, weekday=True)}"
    return f"{instrument.name} was already entered {when}: {form.text}."


def second_of_the_day(instrument: Instrument, form: MeasureFact, *, today: date) -> str:
    """Ask before a second form of one day takes the place of the first."""
    return (
        f"{entered_already(instrument, form, today=today)} A second one on the same day replaces it as that "
        "day's score. Enter it as a correction?"
    )


def next_to_enter(
    facts: EpisodeFacts, asked: Sequence[str], days: Collection[date], *, interval_days: int
) -> str | None:
    """Return which questionnaire to enter next, None when every one of them is entered on one of ``days``.

    One that is due, never entered or longer ago than the service asks for, comes before one that is not.

    Args:
        facts: What is recorded.
        asked: The questionnaires, in the order in which they are taken.
        days: The days that are one occasion, such as that of a contact and today.
        interval_days: After how many days each is asked again.
    """
    open_ones = [name for name in asked if not any(form.taken_on in days for form in facts.measures_of(name))]
    due = (name for name in open_ones if _is_due(facts, name, max(days), interval_days))
    return next(due, open_ones[0] if open_ones else None)


def _is_due(facts: EpisodeFacts, name: str, on: date, interval_days: int) -> bool:
    return all(form.taken_on + timedelta(days=interval_days) <= on for form in facts.measures_of(name))
