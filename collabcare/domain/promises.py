"""Days on which somebody, it was said, would come or ring: kept, kept late, still to come, or gone by.

A promise is no missed appointment and is never held against anybody: a day that has gone by says that it is
our turn again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.calendar import LONDON
from collabcare.domain.display import fmt_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import time

    from collabcare.domain.facts import AttemptFact, EpisodeFacts


class Kept(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    LATE = "late"
    OPEN = "open"
    PASSED = "passed"


class Met(NamedTuple):
    """A time at which the patient was in touch; of an appointment without a time only the day is known."""

    on: date
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One promised day with what became of it; ``kept_on`` is the first day they were in touch after it."""

    attempt: AttemptFact
    promised_on: date
    kept_on: date | None
    kept: Kept

    @property
    def sentence(self) -> str:
        """Return what the practitioner reads."""
        who = self.attempt.spoke_to or "They"
        said = f"{who} said {fmt_date(self.promised_on)}"
        if self.kept is Kept.OPEN:
            return f"{said}."
        if self.kept_on is None:
            return f"{said}; nothing heard yet."
        return f"{said}; in touch on {fmt_date(self.kept_on)}."

    @property
    def unheard(self) -> str:
        """Return what was said and has not come about, inside a line of something due."""
        who = self.attempt.spoke_to or "They"
        said = f"{who} said they would be in touch on {fmt_date(self.promised_on, weekday=True)}"
        return f"{said}; nothing heard yet"


def promises(
    attempts: Sequence[AttemptFact], seen: Iterable[tuple[date, time | None]], *, today: date
) -> tuple[Promise, ...]:
    """Return the promises made in these attempts in the order in which they were made.

    ``seen`` are the days and times at which the patient was seen. Being seen keeps a promise, and so does
    speaking to us or answering, from the moment it was made; of being seen at an unknown time of that same
    day nobody can tell. What came after ``today`` is not known yet.
    """
    met = [Met(on, None if at is None else datetime.combine(on, at, LONDON)) for on, at in seen]
    met += [Met(each.on, each.at) for each in attempts if each.outcome.reached]
    found = []
    for made in attempts:
        if made.promised_on is None or made.on > today:
            continue
        kept_on = min((each.on for each in met if each.on <= today and _is_after(each, made)), default=None)
        kept = _kept(made.promised_on, kept_on, today)
        found.append(Promise(attempt=made, promised_on=made.promised_on, kept_on=kept_on, kept=kept))
    return tuple(found)


def promises_of(facts: EpisodeFacts, *, today: date) -> tuple[Promise, ...]:
    """Return every promise of an episode, oldest first."""
    attempts = sorted(
        (each for ladder in facts.ladders for each in ladder.attempts), key=lambda each: each.at
    )
    return promises(attempts, [(contact.on, contact.at) for contact in facts.attended], today=today)


def broken_promise(facts: EpisodeFacts, *, today: date) -> Promise | None:
    """Return the last promise with which a search ended, once its day has gone by and nobody has acted on it.

    Whatever is booked, or has happened at a contact since, is an answer to it; so is a new search.
    """
    if not facts.ladders or all(each.promised_on is None for each in facts.ladders[-1].attempts):
        return None
    if facts.open_ladder is not None or facts.next_booked(today) is not None:
        return None
    made = {id(each) for each in facts.ladders[-1].attempts}
    told = [each for each in promises_of(facts, today=today) if id(each.attempt) in made]
    last = max(told, key=lambda each: each.promised_on, default=None)
    if last is None or last.kept is not Kept.PASSED:
        return None
    return None if any(each.on > last.promised_on for each in facts.contacts) else last


def _is_after(met: Met, made: AttemptFact) -> bool:
    if met.on != made.on:
        return met.on > made.on
    return met.at is not None and met.at > made.at


def _kept(promised_on: date, kept_on: date | None, today: date) -> Kept:
    if kept_on is not None:
        return Kept.KEPT if kept_on <= promised_on else Kept.LATE
    return Kept.OPEN if today <= promised_on else Kept.PASSED
