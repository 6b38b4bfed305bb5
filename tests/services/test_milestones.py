"""Milestones feed the clocks and gates; one entered in error counts no more and stays with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.changes import Kind
from collabcare.domain.errors import StaleRecord
from collabcare.domain.milestones import MilestoneDraft
from collabcare.domain.plan_facts import MilestoneKind
from collabcare.services.milestones import (
    LONGEST_FINDING,
    RecordMilestone,
    VoidMilestone,
    record_milestone,
    void_milestone,
)
from collabcare.store.models import Milestone
from tests.builders import MONDAY, day

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.plan_facts import MilestoneFact
    from tests.record_fixtures import Practice

REVIEW = MilestoneDraft(kind=MilestoneKind.MDT_REVIEW, reached_on=MONDAY, finding="Suitable")
EIGHT = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 8, tzinfo=UTC)


def reached(practice: Practice, episode: EpisodeId, **changes: Any) -> MilestoneFact:  # noqa: ANN401 - any field of the draft
    """Record a team review of the first Monday, and return it as the facts have it."""
    draft = replace(REVIEW, **changes)
    record_milestone(RecordMilestone(episode_id=episode, milestone=draft), practice.uow())
    return practice.facts(episode).milestones[-1]


def test_a_milestone_is_in_the_facts(practice: Practice) -> None:
    episode = practice.refer("A")
    milestone = reached(practice, episode, finding=" Suitable\r\n", at=EIGHT)
    assert (milestone.kind, milestone.reached_on, milestone.at, milestone.finding) == (
        MilestoneKind.MDT_REVIEW,
        MONDAY,
        EIGHT,
        "Suitable",
    )
    line = practice.audit()[-1]
    assert (line.action, line.kind, line.subject_id) == ("Record milestone", "milestone", milestone.id)


def test_a_file_review_may_come_before_the_referral(practice: Practice) -> None:
    episode = practice.refer("A")
    early = MONDAY - timedelta(days=30)
    assert reached(practice, episode, kind=MilestoneKind.FILE_REVIEW, reached_on=early).reached_on == early


WRONG = {
    "tomorrow": ({"reached_on": day(1)}, "in the future. Check the date"),
    "unborn": ({"reached_on": date(1980, 1, 1)}, "before the patient was born"),
    "later today": ({"at": EIGHT + timedelta(hours=12)}, "in the future. Check the time"),
    "another day": ({"at": EIGHT - timedelta(days=1)}, "The time is on another day"),
    "no zone": ({"at": EIGHT.replace(tzinfo=None)}, "a clock time in England"),
    "too long": ({"finding": "x" * (LONGEST_FINDING + 1)}, "The finding is too long"),
}


@pytest.mark.parametrize(("changes", "words"), WRONG.values(), ids=WRONG)
def test_a_milestone_that_cannot_be_is_refused(
    practice: Practice, changes: dict[str, Any], words: str
) -> None:
    episode = practice.refer("A")
    with practice.refused(words):
        reached(practice, episode, **changes)


def test_one_entered_in_error_counts_no_more_and_stays_with_the_reason(practice: Practice) -> None:
    episode = practice.refer("A")
    milestone = reached(practice, episode)
    command = VoidMilestone(milestone_id=milestone.id, seen=1, reason=" Another patient ")
    changes = void_milestone(command, practice.uow())
    assert changes.kinds == {Kind.MILESTONE}
    assert changes.episodes == {episode}
    assert practice.facts(episode).milestones == ()
    with practice.reading() as session:
        kept = session.get_one(Milestone, milestone.id)
        assert (kept.voided_reason, kept.finding, kept.version) == ("Another patient", "Suitable", 2)
    with practice.refused("Somebody else changed this", StaleRecord):
        void_milestone(command, practice.uow("sam"))
    with practice.refused("marked as entered in error already"):
        void_milestone(replace(command, seen=2), practice.uow())


def test_voiding_needs_a_reason(practice: Practice) -> None:
    episode = practice.refer("A")
    milestone = reached(practice, episode)
    with practice.refused("Say what was wrong"):
        void_milestone(VoidMilestone(milestone_id=milestone.id, seen=1, reason=" "), practice.uow())
