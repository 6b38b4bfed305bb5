"""Taking somebody back, and which handover an ending rests on."""

from __future__ import annotations

from typing import Any

import pytest

from collabcare.domain.closure import Ending
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import UserId
from collabcare.domain.plan_facts import ProposalFact, ProposalKind
from collabcare.domain.returning import handed_over, refuse_return
from tests.builders import MONDAY, day

BACK: dict[str, Any] = {
    "died_on": None,
    "has_open_episode": False,
    "closed_on": MONDAY,
    "received_on": day(30),
    "today": day(31),
}


@pytest.mark.parametrize("received_on", [MONDAY, day(31), day(30)])
def test_somebody_discharged_comes_back_from_that_day_on(received_on: Any) -> None:  # noqa: ANN401 - a date
    refuse_return(**{**BACK, "received_on": received_on})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"died_on": MONDAY}, "A death is recorded"),
        ({"has_open_episode": True}, "in our care already"),
        ({"closed_on": None}, "never in our care"),
        ({"received_on": day(32)}, "in the future"),
        ({"received_on": day(-1)}, "before care last ended"),
    ],
)
def test_who_cannot_come_back_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        refuse_return(**{**BACK, **changes})


def proposal(kind: ProposalKind, **changes: Any) -> ProposalFact:  # noqa: ANN401 - any field
    made = {"id": 1, "proposed_on": MONDAY, "by_id": UserId(1), "to_service": "CMHT", "accepted_on": day(3)}
    return ProposalFact(kind=kind, **{**made, **changes})


def test_an_ending_rests_on_the_latest_handover_of_its_kind_that_was_accepted() -> None:
    up, later = proposal(ProposalKind.STEP_UP), proposal(ProposalKind.STEP_UP, id=2)
    down = proposal(ProposalKind.STEP_DOWN)
    assert handed_over((up, later, down), Ending.STEPPED_UP) == later
    assert handed_over((up, down), Ending.STEPPED_DOWN) == down
    assert handed_over((up, down), Ending.MOVED_ACROSS) == down
    assert handed_over((up, down), Ending.COMPLETED) is None


@pytest.mark.parametrize("changes", [{"accepted_on": None}, {"to_service": ""}])
def test_what_nobody_accepted_hands_nobody_over(changes: dict[str, Any]) -> None:
    assert handed_over((proposal(ProposalKind.STEP_UP, **changes),), Ending.STEPPED_UP) is None
