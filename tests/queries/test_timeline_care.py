"""The story beside contacts and scores: every kind of thing that is recorded is told, once, on its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest

from collabcare.domain.due_kinds import DueKind
from collabcare.domain.ids import ContactId, EpisodeId, LadderId, UserId
from collabcare.domain.people_facts import MedicationFact, MedicationSource, ReminderFact, ReminderOutcome
from collabcare.domain.plan_facts import (
    GoalFact,
    GoalRating,
    LifeDomain,
    MilestoneFact,
    MilestoneKind,
    ProposalFact,
    ProposalKind,
)
from collabcare.domain.postponing import PostponementFact, Waiting
from collabcare.domain.reach_facts import (
    ClosingReviewFact,
    HasteFact,
    HasteKind,
    PauseFact,
    SnoozeFact,
    SnoozeKind,
    Track,
    TrackMoveFact,
)
from collabcare.domain.reengagement import Channel
from collabcare.domain.safety_facts import PlanStatus, SafetyAssessmentFact, SafetyPlanFact
from collabcare.queries.earlier_care import CareRow
from collabcare.queries.timeline import timeline
from collabcare.queries.timeline_care import care_entries, earlier_entries
from collabcare.queries.timeline_entry import EntryKind, TimelineFilter, only
from tests.builders import MONDAY, facts, ladder, rulebook

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts

AT = datetime(2026, 1, 9, 16, 5, tzinfo=UTC)
DAY, NEXT = MONDAY, MONDAY + timedelta(days=7)
SERTRALINE = MedicationFact(
    id=1,
    episode_id=EpisodeId(1),
    name="Sertraline",
    dose="50 mg",
    purpose="low mood",
    reported_by=MedicationSource.PATIENT,
    started_on=DAY,
    ended_on=NEXT,
)


class Row(NamedTuple):
    """Facts, what is told of them, and what the row is about."""

    changes: dict[str, object]
    told: list[tuple[EntryKind, str]]
    id: str


TOLD = [
    Row(
        {
            "reminders": (
                ReminderFact(
                    contact_id=ContactId(1),
                    days_before=3,
                    made_on=DAY,
                    made_at=AT,
                    channel=Channel.CALL,
                    outcome=ReminderOutcome.LEFT_MESSAGE,
                    note="With her son",
                    by="Jo Smith",
                ),
            )
        },
        [(EntryKind.REMINDER, "Reminder of Mon 05-Jan-2026, call: left a message, Jo Smith")],
        id="reminder",
    ),
    Row(
        {
            "safety_assessments": (
                SafetyAssessmentFact(
                    id=1, assessed_on=DAY, version=2, formulation="Better at weekends", review_on=NEXT
                ),
            )
        },
        [(EntryKind.SAFETY, "Safety assessment, version 2")],
        id="assessment",
    ),
    Row(
        {
            "safety_plans": (
                SafetyPlanFact(
                    id=1,
                    version=1,
                    status=PlanStatus.ENDED,
                    made_on=DAY,
                    ended_on=NEXT,
                    ended_reason="Not needed",
                ),
                SafetyPlanFact(id=2, version=2, status=PlanStatus.DRAFT, made_on=NEXT),
                SafetyPlanFact(id=3, version=3, status=PlanStatus.DECLINED, made_on=NEXT),
            )
        },
        [
            (EntryKind.SAFETY, "Safety plan made with the patient, version 1"),
            (EntryKind.SAFETY, "Safety plan ended"),
            (EntryKind.SAFETY, "Safety plan begun, not in use yet"),
            (EntryKind.SAFETY, "Safety plan offered, declined"),
        ],
        id="plans",
    ),
    Row(
        {"haste": (HasteFact(id=1, kind=HasteKind.PERINATAL, happened_on=DAY, ended_on=NEXT),)},
        [
            (EntryKind.HASTE, "Pregnancy or a baby"),
            (EntryKind.HASTE, "No longer so: pregnancy or a baby"),
        ],
        id="haste",
    ),
    Row(
        {
            "goals": (
                GoalFact(
                    id=1,
                    place=1,
                    text="Walk the dog",
                    opened_on=DAY,
                    closed_on=NEXT,
                    domain=LifeDomain.HEALTH,
                    ratings=(GoalRating(rated_on=DAY, rating=0), GoalRating(rated_on=NEXT, rating=6)),
                ),
            )
        },
        [
            (EntryKind.GOAL, "Goal agreed (health)"),
            (EntryKind.GOAL, "Goal closed"),
            (EntryKind.GOAL, "Goals rated"),
            (EntryKind.GOAL, "Goals rated"),
        ],
        id="goals",
    ),
    Row(
        {
            "medication": (
                SERTRALINE,
                replace(SERTRALINE, id=2, dose="100 mg", started_on=NEXT, replaces_id=1, ended_on=NEXT),
                replace(
                    SERTRALINE,
                    id=3,
                    name="Zopiclone",
                    dose="",
                    started_on=None,
                    ended_on=None,
                    recorded_at=AT,
                ),
                replace(SERTRALINE, id=4, name="Unknown", started_on=None, ended_on=None),
                replace(SERTRALINE, id=5, started_on=DAY - timedelta(days=900), ended_on=None),
            )
        },
        [
            (EntryKind.MEDICINE, "Medicine started: Sertraline 50 mg"),
            (EntryKind.MEDICINE, "Medicine changed: Sertraline 50 mg to 100 mg"),
            (EntryKind.MEDICINE, "Medicine stopped: Sertraline 100 mg"),
            (EntryKind.MEDICINE, "Medicine taken already: Zopiclone"),
        ],
        id="medicines",
    ),
    Row(
        {
            "track_moves": (
                TrackMoveFact(
                    moved_on=DAY, to=Track.PROMPT, by_id=UserId(1), agreed_by_id=None, reason="Worried"
                ),
                TrackMoveFact(
                    moved_on=NEXT, to=Track.STANDARD, by_id=UserId(1), agreed_by_id=UserId(2), reason="Seen"
                ),
            )
        },
        [
            (EntryKind.TRACK, "Moved to the Prompt track: we act soon when they do not attend"),
            (EntryKind.TRACK, "Moved to the Standard track"),
        ],
        id="tracks",
    ),
    Row(
        {
            "ladders": (
                replace(
                    ladder(),
                    snoozes=(
                        SnoozeFact(
                            ladder_id=LadderId(1),
                            rung=1,
                            kind=SnoozeKind.CALL_LATER,
                            made_on=DAY,
                            until=NEXT,
                            reason="At work",
                            by="Jo Smith",
                        ),
                    ),
                ),
            )
        },
        [(EntryKind.PUT_OFF, "Put off until Mon 12-Jan-2026: step of the search, Jo Smith")],
        id="snooze",
    ),
    Row(
        {
            "postponements": tuple(
                PostponementFact(
                    kind=DueKind.MEASURE,
                    subject_id=None,
                    due_on=DAY,
                    decision=decision,
                    until=until,
                    reason="On holiday",
                    made_on=DAY,
                    by="Jo Smith",
                )
                for decision, until in ((Waiting.LATER, NEXT), (Waiting.DECLINED, None))
            )
        },
        [
            (EntryKind.PUT_OFF, "Put off until Mon 12-Jan-2026: measure due, Jo Smith"),
            (EntryKind.PUT_OFF, "Decided against for now: measure due, Jo Smith"),
        ],
        id="postponements",
    ),
    Row(
        {"pauses": (PauseFact(id=1, started_on=DAY, reason="Abroad", review_on=NEXT, ended_on=NEXT),)},
        [(EntryKind.PAUSE, "Care paused: no contact expected"), (EntryKind.PAUSE, "Pause ended")],
        id="pause",
    ),
    Row(
        {
            "closing_reviews": (
                ClosingReviewFact(id=1, opened_on=DAY, practitioner_id=UserId(1), ended_on=NEXT),
            )
        },
        [(EntryKind.REVIEW, "Review begun: how to end care of somebody who is not reached")],
        id="review",
    ),
    Row(
        {
            "proposals": (
                ProposalFact(
                    id=1,
                    kind=ProposalKind.STEP_UP,
                    proposed_on=DAY,
                    by_id=UserId(1),
                    to_service="Community team",
                    decided_on=NEXT,
                    agreed=True,
                    accepted_on=NEXT,
                ),
            )
        },
        [(EntryKind.PROPOSAL, "Proposed: step up to Community team")],
        id="proposal",
    ),
    Row(
        {
            "milestones": (
                MilestoneFact(id=1, kind=MilestoneKind.MDT_REVIEW, reached_on=DAY, at=AT, finding="Agreed"),
            )
        },
        [(EntryKind.MILESTONE, "Team review (MDT) at 16:05")],
        id="milestone",
    ),
]


def of(changes: dict[str, object]) -> EpisodeFacts:
    """Return an episode with one contact on the first Monday and these facts besides."""
    return replace(facts("A"), **changes)  # type: ignore[arg-type]  # each row names a field of the facts


@pytest.mark.parametrize("row", TOLD, ids=lambda row: row.id)
def test_each_kind_is_told_on_its_day(row: Row) -> None:
    made = tuple(care_entries(of(row.changes)))
    assert [(entry.kind, entry.title) for entry in made] == row.told
    assert all(entry.on in {DAY, NEXT, AT.date()} for entry in made)


def test_everything_has_a_key_of_its_own_and_is_in_order() -> None:
    everything: dict[str, object] = {}
    for row in TOLD:
        everything |= row.changes
    told = timeline(of(everything), rulebook(), NEXT)
    assert len({entry.key for entry in told}) == len(told)
    assert [entry.on for entry in told] == sorted((entry.on for entry in told), reverse=True)
    assert {entry.kind for entry in told} >= {kind for row in TOLD for kind, _ in row.told}


def test_words_find_what_has_them_all_whatever_their_case_and_accents() -> None:
    goal = GoalFact(id=1, place=1, text="Café with Zoë", opened_on=DAY)
    told = timeline(of({"goals": (goal,)}), rulebook(), NEXT)
    assert [entry.kind for entry in only(told, None, "cafe ZOE")] == [EntryKind.GOAL]
    assert only(told, None, "cafe tomorrow") == ()
    assert only(told, TimelineFilter.LETTERS, "cafe") == ()
    assert only(told, None, "05-jan") == only(told, None, "05-Jan")


def test_other_care_stands_in_one_line_each() -> None:
    closed = CareRow(
        episode_id=EpisodeId(4),
        received_on=DAY,
        closed_on=NEXT,
        step=2,
        reason="Depression",
        ended="Treatment completed",
        note="",
    )
    still = replace(closed, episode_id=EpisodeId(5), closed_on=None)
    first, second = earlier_entries((closed, still))
    assert (first.kind, first.subject_id, first.title) == (
        EntryKind.EARLIER,
        4,
        "Other care, step 2: Depression",
    )
    assert first.text == "Ended Mon 12-Jan-2026: Treatment completed.\nEnter opens it."
    assert second.text == "Still open.\nEnter opens it."
