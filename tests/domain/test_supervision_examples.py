"""The worked examples of supervision, each one row of the list for a week."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.agenda import agenda
from collabcare.domain.caseload import caseload_rows
from collabcare.domain.episode import Phase
from collabcare.domain.ids import EpisodeId, UserId
from collabcare.domain.triggers import Trigger
from tests.builders import day, facts, ladder, measure, move, prompt, review, rulebook
from tests.builders_reach import at

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts

Rows = list[tuple[int, list[Trigger]]]

ASKED = facts("Ab", safety_prompts=(prompt(day(1), recorded_at=at(day(1))),))
"""Seen, booked again, item 9 answered 1 the day after the first Monday."""
TWO_REASONS = facts(
    "Ab",
    measures=(measure(15, day(1)),),
    supervision_requested_on=day(1),
    reviews=(review(day(0)),),
)
EVERYTHING = facts(
    "AD",
    phase=Phase.CLOSED,
    closed_on=day(20),
    measures=(measure(27, day(1)),),
    ladders=(ladder(day(7)),),
    safety_prompts=(prompt(day(1)),),
    step_moves=(move(day(1)),),
    supervision_requested_on=day(1),
)
AWAY = facts("Ab", holder_id=UserId(9), holder="Somebody on leave")


def discussed(on: int, hour: int) -> EpisodeFacts:
    """Return the case of the safety question, discussed at an hour of a day."""
    return replace(ASKED, reviews=(review(day(on), recorded_at=at(day(on), hour)),))


EXAMPLES = {
    "SUP-W4 discussed today, after it": ((discussed(2, 9),), 2, []),
    "SUP-W4 discussed before it, and not since": ((discussed(0, 9),), 2, [(1, [Trigger.SAFETY])]),
    "SUP-W4 discussed the same day, an hour before it": ((discussed(1, 10),), 1, [(1, [Trigger.SAFETY])]),
    "SUP-W5 closed, whatever there is": ((EVERYTHING,), 60, []),
    "SUP-W7 two reasons, one row": ((TWO_REASONS,), 2, [(1, [Trigger.SCORES, Trigger.REQUEST])]),
    "SUP-W8 the practitioner is on leave": (
        (AWAY, replace(AWAY, episode_id=EpisodeId(2), holder_id=UserId(1), holder="Jo Smith")),
        2,
        [(1, [Trigger.NEW]), (2, [Trigger.NEW])],
    ),
}


@pytest.mark.parametrize(("cases", "today", "expected"), EXAMPLES.values(), ids=EXAMPLES)
def test_the_list_of_a_week(cases: tuple[EpisodeFacts, ...], today: int, expected: Rows) -> None:
    listed = agenda(caseload_rows(cases, rulebook(), day(today)))
    found = [(row.facts.episode_id, [reason.trigger for reason in row.agenda]) for row in listed]
    assert found == expected
