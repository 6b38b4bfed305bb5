"""Many made-up patients in memory, each with a long history: what the rules are timed on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from collabcare.domain.ids import ContactId, EpisodeId, LadderId, MeasureId, PatientId
from collabcare.domain.reach_facts import HasteFact, HasteKind
from tests.builders import (
    action,
    attempt,
    contacts,
    day,
    facts,
    ladder,
    measure,
    move,
    patient,
    prompt,
    review,
)

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts, MeasureFact

TODAY = day(150)
_SHAPES = {
    "carried on": "AAAADAAAAAACAAAAAADb",
    "missed the last": "AADAAAAPAAAAAAAACAAD",
    "missed the last two": "AAAAAAALAAAAAAAAAADD",
    "cancelled": "AAAAANAAAAAAAAAAAACC",
    "seen": "AAAAAAAADAAAAAAAAAAA",
}
_COURSES = ((18, -1), (22, 0), (12, 1), (15, -2), (20, 0))
_SURNAMES = ("Okafor", "Smith", "Łukaszewicz", "O'Brien", "Li")


def searching(count: int) -> list[EpisodeFacts]:
    """Return the worst case: every patient missed the last contact and is being sought."""
    missed = ("missed the last", "missed the last two")
    return [_life(number, missed[number % 2]) for number in range(count)]


def mixed(count: int) -> list[EpisodeFacts]:
    """Return a caseload as it is: most carry on, some are sought, some have something open."""
    names = list(_SHAPES)
    return [_life(number, names[number % len(names)]) for number in range(count)]


def _life(number: int, shape: str) -> EpisodeFacts:
    """Return a patient with twenty contacts and ten measures, like and unlike the others by their number."""
    history = _SHAPES[shape]
    held = contacts(history)
    missed = held[-1] if history.endswith("D") else None
    began = number % 5
    made = facts(
        history,
        episode_id=EpisodeId(number + 1),
        patient=replace(
            patient(surname=f"{_SURNAMES[began]}{number % 97}"), patient_id=PatientId(number + 1)
        ),
        measures=_measures(number),
        reviews=(review(day(28), recorded_at=_at(28)), review(day(56 + began * 14), recorded_at=_at(56))),
        actions=(action(day(60), done_on=day(61)), action(day(145))),
        step_moves=(move(day(30), gp_informed_on=day(33)),),
        ladders=(
            ladder(held[4].on, id=LadderId(1), closed_on=held[5].on, closed_because="Reached"),
            *((_search(missed.id, missed.on, number),) if missed else ()),
        ),
    )
    if number % 3 == 0:
        made = replace(
            made,
            safety_prompts=(prompt(day(20), closed_on=day(20)), prompt(day(128))),
        )
    if number % 4 == 0:
        made = replace(made, haste=(HasteFact(kind=HasteKind.PERINATAL, happened_on=day(12)),))
    return made


def _search(missed: ContactId, on: date, number: int) -> object:
    tried = tuple(attempt(rung, on + timedelta(days=rung)) for rung in range(1, 1 + number % 4))
    return ladder(on, id=LadderId(2), contact_id=missed, attempts=tried, consecutive=1 + number % 2)


def _measures(number: int) -> tuple[MeasureFact, ...]:
    first, slope = _COURSES[number % len(_COURSES)]
    return tuple(
        measure(
            max(first + slope * place + number % 3, 0),
            day(14 * place),
            id=MeasureId(2 * place + offset),
            instrument=instrument,
            safety_answer=int(place == 4 and instrument == "phq9"),
            answers=(1,) * 9,
            recorded_at=_at(14 * place),
        )
        for place in range(5)
        for offset, instrument in enumerate(("phq9", "gad7"))
    )


def _at(number: int) -> datetime:
    return datetime.combine(day(number), time(10), UTC)
