"""What earlier episodes recorded, read for those who came back and at no cost when nobody did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.earlier_facts import NOTHING_EARLIER
from collabcare.domain.instruments import EntryMode, Safety
from collabcare.domain.reach_facts import HasteKind
from collabcare.domain.safety_facts import PlanStatus
from collabcare.queries.earlier_facts import EARLIER_SELECTS
from collabcare.queries.facts import SELECTS, episode_facts, open_caseload_facts
from collabcare.store import models as m
from tests.builders import day
from tests.queries.test_facts import noted
from tests.queries.written import change, second_episode, signed, write

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice


def lived(practice: Practice, episode: EpisodeId, number: int) -> None:
    """Let an episode hold what a later one reads of it, and what it does not read."""
    mine: dict[str, Any] = {"episode_id": episode, **signed(practice)}  # Any: any column of a row
    form = {
        "instrument": "phq9",
        "instrument_version": "1",
        "entry_mode": EntryMode.ITEMS,
        "answers": (),
        "missing": 0,
        "prorated": False,
        "safety": Safety.PROMPT,
        "total": 9,
    }
    plan = {"made_on": day(number), "professionals": "Jo Smith", "review_on": day(90)}
    write(
        practice,
        *(
            m.Measure(**mine, **form, taken_on=day(number), safety_answer=answer)
            for answer in (number, 0, None)
        ),
        m.Haste(**mine, kind=HasteKind.PERINATAL, happened_on=day(number)),
        m.Haste(**mine, kind=HasteKind.DEMENTIA, happened_on=day(number), voided_reason="Another patient"),
        m.SafetyAssessment(**mine, number=1, assessed_on=day(number), review_on=day(90)),
        m.SafetyPlan(**mine, **plan, number=1, status=PlanStatus.SUPERSEDED),
        m.SafetyPlan(**mine, **plan, number=2, status=PlanStatus.ENDED, ended_on=day(number)),
        m.SafetyPlan(**mine, **plan, number=3, status=PlanStatus.ACTIVE),
        m.SafetyPlan(**mine, **plan, number=4, status=PlanStatus.DRAFT),
    )
    change(practice, m.Episode, episode, phase="closed", closed_on=day(number + 1))


def twice_back(practice: Practice, surname: str) -> list[EpisodeId]:
    """Return the three episodes of somebody who came back twice, the last one open."""
    first = practice.refer("A", surname=surname)
    lived(practice, first, 1)
    second = second_episode(practice, first, day(20))
    lived(practice, second, 2)
    return [first, second, second_episode(practice, second, day(40))]


def test_every_earlier_episode_is_read_oldest_first_and_no_more_than_is_needed(practice: Practice) -> None:
    practice.refer("A", surname="Somebody else")
    first, second, third = twice_back(practice, "Okafor")
    earlier = practice.facts(third).earlier
    assert [(each.taken_on, each.safety_answer) for each in earlier.measures] == [(day(1), 1), (day(2), 2)]
    assert [(each.kind, each.happened_on) for each in earlier.haste] == [
        (HasteKind.PERINATAL, day(1)),
        (HasteKind.PERINATAL, day(2)),
    ]
    assert [each.assessed_on for each in earlier.safety_assessments] == [day(1), day(2)]
    ended, active = PlanStatus.ENDED, PlanStatus.ACTIVE
    assert [(each.made_on, each.status) for each in earlier.safety_plans] == [
        (day(1), ended),
        (day(1), active),
        (day(2), ended),
        (day(2), active),
    ]
    assert len(practice.facts(second).earlier.measures) == 1
    assert practice.facts(first).earlier is NOTHING_EARLIER


@pytest.mark.parametrize("size", [1, 20])
def test_however_many_came_back_it_costs_the_same_few_selects_more(practice: Practice, size: int) -> None:
    practice.refer("A", surname="Somebody else")
    for number in range(size):
        twice_back(practice, f"Patient {number}")
    with practice.reading() as session, noted(practice) as statements:
        together = open_caseload_facts(session)
    assert len(together) == size + 1
    found = [statement for statement in statements if statement.startswith(("SELECT", "WITH"))]
    assert len(found) == SELECTS + EARLIER_SELECTS == 35
    with practice.reading() as session:
        assert [episode_facts(session, facts.episode_id) for facts in together] == together


def test_when_nobody_came_back_nothing_more_is_asked(practice: Practice) -> None:
    twice_back(practice, "Okafor")
    only = practice.refer("A", surname="Li")
    with practice.reading() as session, noted(practice) as statements:
        assert episode_facts(session, only)
    assert sum(statement.startswith(("SELECT", "WITH")) for statement in statements) == SELECTS
