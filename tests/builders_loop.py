"""Made-up appointments and searches for the measures of reaching people again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from collabcare.catalogue.loop import load_loop_policy
from collabcare.domain.ids import ContactId, EpisodeId, LadderId, PatientId, UserId
from collabcare.domain.loop_facts import Appointment, LoopEpisode, LoopPolicy
from collabcare.domain.periods import Period
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.paths import resources_dir
from tests.builders import MONDAY, STATUS_OF, attempt, contacts, day, ladder

if TYPE_CHECKING:
    from collabcare.domain.facts import AttemptFact, LadderFact

YEAR = Period(day(-30), day(330))
"""A period that holds every history."""

# Any below: a builder takes every field of the fact it builds, by name, and mypy checks the defaults.


@cache
def loop_policy() -> LoopPolicy:
    """Return the numbers the program ships."""
    return load_loop_policy(resources_dir() / "rules")


def appointments(history: str) -> tuple[Appointment, ...]:
    """Return one appointment a week; see :mod:`tests.builders` for the letters."""
    return tuple(
        Appointment(each.id, each.on, each.at, each.status, each.cancelled_on) for each in contacts(history)
    )


def slot(letter: str, on: date, number: int = 1, **changes: Any) -> Appointment:  # noqa: ANN401 - see above
    """Return one appointment of a day."""
    made = Appointment(ContactId(number), on, None, STATUS_OF[letter], on if letter in "CP" else None)
    return made._replace(**changes)


def episode(history: str = "", *attempts: AttemptFact, **changes: Any) -> LoopEpisode:  # noqa: ANN401 - see above
    """Return an episode of Jo's with this history of weekly appointments.

    Every missed one began a search, which ended with the next one missed or attended; an attempt belongs to
    the latest that had begun.
    """
    held = appointments(history)
    made = LoopEpisode(
        episode_id=EpisodeId(1),
        patient_id=PatientId(1),
        holder_id=UserId(1),
        holder="Jo Smith",
        died_on=None,
        closed_on=None,
        closure_reason=None,
        appointments=held,
        searches=tuple(searches(held, attempts)),
    )
    return replace(made, **changes)


def searches(held: tuple[Appointment, ...], attempts: tuple[AttemptFact, ...]) -> list[LadderFact]:
    """Return the searches of a history."""
    missed = [each for each in held if each.status is STATUS_OF["D"]]
    found = []
    for place, each in enumerate(missed):
        nexts = [one.on for one in held if one.on > each.on and one.status in {STATUS_OF[x] for x in "DAL"}]
        ends = min(nexts, default=date.max)
        last = place + 1 == len(missed)
        mine = tuple(one for one in attempts if each.on <= one.on and (last or one.on < missed[place + 1].on))
        spoke = min((one.on for one in mine if one.outcome.reached), default=date.max)
        over = min(ends, spoke)
        found.append(
            ladder(
                each.on,
                id=LadderId(each.id),
                contact_id=each.id,
                attempts=mine,
                closed_on=None if over == date.max else over,
                closed_because=None if over == date.max else "Reached",
            )
        )
    return found


def tried(days: int, outcome: AttemptOutcome = AttemptOutcome.NO_ANSWER, **changes: Any) -> AttemptFact:  # noqa: ANN401 - see above
    """Return an attempt so many days after the first Monday, a call unless it says otherwise."""
    return attempt(1, MONDAY + timedelta(days=days), outcome=outcome, **changes)


def spoke(days: int, **changes: Any) -> AttemptFact:  # noqa: ANN401 - see above
    """Return an attempt that reached the patient."""
    return tried(days, AttemptOutcome.SPOKE, **changes)


def wrote(days: int) -> AttemptFact:
    """Return a letter that was sent."""
    return tried(days, AttemptOutcome.SENT, channel=Channel.LETTER)
