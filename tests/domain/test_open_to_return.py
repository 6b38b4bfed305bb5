"""Who may come straight back after care ended: once each, alive, not with us again, and not for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.codes import ClosureReason
from collabcare.domain.demographic_facts import EndingFact
from collabcare.domain.ids import EpisodeId, PatientId
from collabcare.domain.open_to_return import open_to_return
from tests.builders import day, facts, patient, rulebook

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts

RELAPSE = rulebook().relapse
LAST = day(0).replace(year=2027)


def ended(on: date, reason: ClosureReason | None = None, **who: Any) -> EpisodeFacts:  # noqa: ANN401 - by field
    """Return the facts of care that ended on a day."""
    ending = EndingFact(reason=reason) if reason else None
    return facts("A", closed_on=on, ending=ending, patient=patient(**who))


@pytest.mark.parametrize(
    ("today", "open_still"), [(day(0), True), (LAST, True), (LAST.replace(day=6), False)]
)
def test_the_way_back_is_open_for_twelve_months(today: date, open_still: bool) -> None:
    found = open_to_return([ended(day(0))], (), RELAPSE, today=today)
    assert bool(found) is open_still
    if found:
        assert (found[0].ended_on, found[0].until, found[0].why) == (day(0), LAST, "Not recorded")


def test_why_care_ended_keeps_nobody_off_and_the_dead_and_those_with_us_are_not_there() -> None:
    said = [
        ended(day(1), ClosureReason.DID_NOT_ATTEND, patient_id=PatientId(1), surname="Ash"),
        ended(day(2), ClosureReason.TREATMENT_COMPLETED, patient_id=PatientId(2), surname="Birch"),
        ended(day(2), ClosureReason.REFUSED_TO_BE_SEEN, patient_id=PatientId(3), surname="Alder"),
        ended(day(3), ClosureReason.DIED, patient_id=PatientId(4)),
        ended(day(3), patient_id=PatientId(5), died_on=day(4)),
        ended(day(3), patient_id=PatientId(6)),
        ended(day(30), patient_id=PatientId(7)),
        facts("A", patient=patient(patient_id=PatientId(8))),
    ]
    found = open_to_return(said, {PatientId(6)}, RELAPSE, today=day(20))
    assert [each.facts.patient.surname for each in found] == ["Alder", "Birch", "Ash"]
    assert found[2].why == "Patient did not attend"


def test_somebody_whose_care_ended_twice_is_there_once_with_the_last() -> None:
    twice = [facts("A", closed_on=day(n), episode_id=EpisodeId(n)) for n in (9, 3, 12, 5)]
    (found,) = open_to_return(twice, (), RELAPSE, today=day(20))
    assert found.ended_on == day(12)
