"""Made-up facts for the drawing of a story: medicines, and one episode with a mark of every kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from collabcare.domain.ids import ContactId, EpisodeId, MeasureId
from collabcare.domain.people_facts import MedicationFact, MedicationSource
from collabcare.domain.reach_facts import PauseFact
from tests.builders import contact, contacts, day, facts, measure, move, review

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts

STORY_TODAY = day(84)
"""The day :func:`eventful` is looked at."""


def medicine(**changes: Any) -> MedicationFact:  # noqa: ANN401 - a builder takes every field of the fact
    made = MedicationFact(
        id=1,
        episode_id=EpisodeId(1),
        name="Sertraline",
        dose="50 mg",
        reported_by=MedicationSource.PATIENT,
        started_on=day(10),
    )
    return replace(made, **changes)


def eventful(**changes: Any) -> EpisodeFacts:  # noqa: ANN401 - as above
    """Return an episode in which everything that can be marked has happened; three contacts on one day."""
    more = (
        contact("b", day(98), id=ContactId(50)),
        contact("b", day(75), id=ContactId(51)),
        contact("C", day(21), id=ContactId(52)),
        contact("D", day(21), id=ContactId(53)),
    )
    totals = (18, 17, 14, None, 12, 9, 10)
    scores = [measure(total, day(14 * turn), id=MeasureId(turn + 1)) for turn, total in enumerate(totals)]
    scores[4] = replace(scores[4], prorated=True, missing=1)
    scores += [
        measure(total, day(14 * turn), instrument="gad7", id=MeasureId(turn + 21))
        for turn, total in enumerate((14, 13, 8))
    ]
    changed = medicine(
        id=2,
        dose="100 mg",
        reported_by=MedicationSource.GP,
        started_on=day(38),
        ended_on=day(80),
        replaces_id=1,
        end_note="felt sick",
    )
    made = facts(
        contacts=(*contacts("AAADACAPLNA A"), *more),
        measures=tuple(sorted(scores, key=lambda each: each.taken_on)),
        step=4,
        step_since=day(43),
        step_moves=(
            move(day(-7), from_step=None, to_step=2),
            move(day(40), reason="Sleep and work are still hard"),
            move(day(43), from_step=3, to_step=4),
        ),
        reviews=(review(day(12)), review(day(45))),
        pauses=(PauseFact(started_on=day(56), reason="Abroad", review_on=day(70), ended_on=day(66)),),
        medication=(medicine(ended_on=day(38)), changed),
    )
    return replace(made, **changes)
