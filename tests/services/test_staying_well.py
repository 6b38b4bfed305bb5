"""Staying-well plans: written bit by bit, each saved version kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from collabcare.domain.changes import Kind
from collabcare.domain.errors import StaleRecord
from collabcare.domain.plan_facts import RelapsePlanFact
from collabcare.domain.relapse_prevention import COPY_GIVEN, missing_from_plan
from collabcare.services.staying_well import LONGEST_PART, SaveRelapsePlan, save_relapse_plan
from collabcare.store.models import RelapsePlan
from tests.builders import MONDAY, day

if TYPE_CHECKING:
    from tests.record_fixtures import Practice

PLAN = RelapsePlanFact(
    made_on=MONDAY,
    warning_signs="Waking at four",
    triggers="Winter",
    what_helped="Walking",
    medication="Dr Price reviews it in May",
    if_it_returns="Ring Jo",
    who_to_contact="Jo Smith",
    way_back="Ring us within a year",
)


def test_a_plan_is_kept_in_versions_and_the_last_stands(practice: Practice) -> None:
    episode = practice.refer("A")
    begun = RelapsePlanFact(made_on=MONDAY, warning_signs=" Waking at four ")
    changes = save_relapse_plan(SaveRelapsePlan(episode_id=episode, seen=None, plan=begun), practice.uow())
    assert changes.kinds == {Kind.STAYING_WELL}
    assert changes.episodes == {episode}
    first = practice.facts(episode).relapse_plan
    assert first == RelapsePlanFact(made_on=MONDAY, warning_signs="Waking at four")
    save_relapse_plan(SaveRelapsePlan(episode_id=episode, seen=first, plan=PLAN), practice.uow())
    assert practice.facts(episode).relapse_plan == PLAN
    assert missing_from_plan(practice.facts(episode).relapse_plan) == (COPY_GIVEN,)
    given = replace(PLAN, copy_given_on=MONDAY)
    save_relapse_plan(SaveRelapsePlan(episode_id=episode, seen=PLAN, plan=given), practice.uow())
    assert missing_from_plan(practice.facts(episode).relapse_plan) == ()
    with practice.reading() as session:
        assert session.scalar(select(func.count()).select_from(RelapsePlan)) == 3


def test_whoever_wrote_from_an_older_version_is_told(practice: Practice) -> None:
    episode = practice.refer("A")
    save_relapse_plan(SaveRelapsePlan(episode_id=episode, seen=None, plan=PLAN), practice.uow())
    other = replace(PLAN, triggers="Spring")
    with practice.refused("Your text is kept", StaleRecord):
        save_relapse_plan(SaveRelapsePlan(episode_id=episode, seen=None, plan=other), practice.uow("sam"))


WRONG = {
    "nothing written": (
        dict.fromkeys(
            (
                *("warning_signs", "triggers", "what_helped", "medication", "if_it_returns"),
                *("who_to_contact", "way_back"),
            ),
            " ",
        ),
        "at least one part",
    ),
    "tomorrow": ({"made_on": day(1)}, "cannot be dated in the future"),
    "before the referral": ({"made_on": MONDAY - timedelta(days=8)}, "before the referral was received"),
    "copy tomorrow": ({"copy_given_on": day(1)}, "cannot have been given in the future"),
    "copy before": ({"copy_given_on": MONDAY - timedelta(days=1)}, "given before the plan was made"),
    "too long": ({"triggers": "x" * (LONGEST_PART + 1)}, "The part on triggers is too long"),
}


@pytest.mark.parametrize(("changes", "words"), WRONG.values(), ids=WRONG)
def test_a_plan_that_cannot_be_is_refused(practice: Practice, changes: dict[str, Any], words: str) -> None:
    episode = practice.refer("A")
    plan = replace(PLAN, **changes)
    with practice.refused(words):
        save_relapse_plan(SaveRelapsePlan(episode_id=episode, seen=None, plan=plan), practice.uow())


def test_the_same_plan_is_no_new_version(practice: Practice) -> None:
    episode = practice.refer("A")
    save_relapse_plan(SaveRelapsePlan(episode_id=episode, seen=None, plan=PLAN), practice.uow())
    with practice.refused("there is nothing to save"):
        save_relapse_plan(SaveRelapsePlan(episode_id=episode, seen=PLAN, plan=PLAN), practice.uow())
