"""Pausing care, looking at a pause again, ending it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.episode import Phase
from collabcare.domain.errors import RuleViolation
from collabcare.domain.pauses import refuse_pause_end, refuse_pausing, refuse_review
from collabcare.domain.reach_facts import PauseFact
from tests.builders import MONDAY, day, facts, patient
from tests.builders_change import episode_policy
from tests.builders_reach import pause

if TYPE_CHECKING:
    from datetime import date


def ask(review_on: date | None, started_on: date = MONDAY, reason: str = "Away", **changes: Any) -> None:  # noqa: ANN401 - any fact
    asked = PauseFact(started_on=started_on, reason=reason, review_on=review_on)
    refuse_pausing(facts("A", **changes), asked, episode_policy(), today=MONDAY)


@pytest.mark.parametrize("review_on", [MONDAY, day(28)])
def test_a_pause_lasts_to_a_day_within_four_weeks(review_on: date) -> None:
    ask(review_on)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"review_on": None}, "Choose the day"),
        ({"review_on": day(29)}, "within 28 days"),
        ({"review_on": day(-1), "started_on": day(-3)}, "before it starts"),
        ({"review_on": day(27), "started_on": day(-3)}, "within 28 days"),
        ({"review_on": day(7), "reason": "  "}, "Say why"),
        ({"review_on": day(7), "started_on": day(1)}, "in the future"),
        ({"review_on": day(7), "started_on": day(-8)}, "before the referral"),
        ({"review_on": day(7), "phase": Phase.PAUSED}, "paused already"),
        ({"review_on": day(7), "patient": patient(died_on=MONDAY)}, "has died"),
    ],
)
def test_a_pause_nobody_would_come_back_to_is_refused(changes: dict[str, Any], words: str) -> None:
    """EPI-W4 is the first of them."""
    with pytest.raises(RuleViolation, match=words):
        ask(**changes)


def test_a_pause_goes_on_to_another_day_until_it_has_ended() -> None:
    refuse_review(pause(MONDAY, day(3)), day(30), episode_policy(), today=day(2))
    with pytest.raises(RuleViolation, match="within 28 days"):
        refuse_review(pause(MONDAY, day(3)), day(31), episode_policy(), today=day(2))
    with pytest.raises(RuleViolation, match="has ended"):
        refuse_review(pause(MONDAY, day(3), day(2)), day(9), episode_policy(), today=day(2))


def test_a_pause_ends_once_and_not_before_it_began() -> None:
    open_pause = pause(MONDAY, day(3))
    refuse_pause_end(open_pause, MONDAY, today=day(2))
    for ended_on, words in ((day(3), "in the future"), (day(-1), "before it began")):
        with pytest.raises(RuleViolation, match=words):
            refuse_pause_end(open_pause, ended_on, today=day(2))
    with pytest.raises(RuleViolation, match="has ended"):
        refuse_pause_end(pause(MONDAY, day(3), day(2)), day(2), today=day(2))
