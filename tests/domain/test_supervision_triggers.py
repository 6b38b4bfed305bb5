"""What else brings a case to supervision: safety news, scores that do not move, searches, pauses, changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.episode import Phase
from collabcare.domain.ids import UserId
from collabcare.domain.plan_facts import ProposalFact, ProposalKind
from collabcare.domain.reach_facts import ClosingReviewFact, HasteFact, HasteKind, PauseFact
from collabcare.domain.safety_facts import PlanStatus
from collabcare.domain.supervision import agenda_reasons
from collabcare.domain.triggers import Trigger
from tests.builders import (
    attempt,
    day,
    facts,
    ladder,
    measure,
    patient,
    prompt,
    review,
    rulebook,
)
from tests.builders_safety import plan

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts


def why(of: EpisodeFacts, today: date, *among: Trigger) -> list[tuple[Trigger, str]]:
    """Return the reasons on the agenda, of these triggers only where any are named."""
    reasons = agenda_reasons(of, rulebook(), today=today)
    return [(each.trigger, each.why) for each in reasons if not among or each.trigger in among]


def settled(**changes: object) -> EpisodeFacts:
    """Return a patient seen and discussed on the first Monday and booked for the next: no reason at all."""
    return facts("Ab", **{"reviews": (review(day(0), recorded_at=at(0)),), **changes})


def at(number: int, hour: int = 12) -> datetime:
    """Return an hour of a day."""
    return datetime.combine(day(number), datetime.min.time(), UTC) + timedelta(hours=hour)


# safety


def test_item_9_yesterday_and_discussed_today_after_it_is_not_listed_today() -> None:
    """SUP-W4: whether or not the conversation with the patient has been recorded."""
    for closed_on in (None, day(1)):
        asked = prompt(day(1), closed_on=closed_on, recorded_at=at(1))
        of = settled(safety_prompts=(asked,), reviews=(review(day(2), recorded_at=at(2)),))
        assert why(of, day(2)) == []


PLAN_ROWS = {
    "made": ({"version": 1}, "Safety plan made 06-Jan-2026"),
    "changed": ({"version": 2}, "Safety plan changed 06-Jan-2026"),
    "offered": ({"status": PlanStatus.DECLINED}, "Safety plan offered 06-Jan-2026, declined"),
    "made before and put in the record after": (
        {"version": 1, "made_on": day(-3), "recorded_at": at(3)},
        "Safety plan made 02-Jan-2026",
    ),
    "discussed since": ({"version": 1, "made_on": day(-3), "recorded_at": at(-3)}, None),
    "ended": (
        {"status": PlanStatus.ENDED, "made_on": day(-3), "recorded_at": at(-3), "ended_on": day(2)},
        "Safety plan of 02-Jan-2026 ended 07-Jan-2026",
    ),
    "made and ended": (
        {"status": PlanStatus.ENDED, "ended_on": day(2)},
        "Safety plan of 06-Jan-2026 ended 07-Jan-2026",
    ),
    "ended on the day of the discussion, nobody knows whether before it": (
        {"status": PlanStatus.ENDED, "made_on": day(-3), "recorded_at": at(-3), "ended_on": day(0)},
        "Safety plan of 02-Jan-2026 ended 05-Jan-2026",
    ),
    "ended before it": (
        {"status": PlanStatus.ENDED, "made_on": day(-3), "recorded_at": at(-3), "ended_on": day(-1)},
        None,
    ),
    "a draft put aside half written": (
        {
            "status": PlanStatus.ENDED,
            "made_on": day(-3),
            "recorded_at": at(-3),
            "ended_on": day(2),
            "professionals": "",
        },
        None,
    ),
}


def test_a_plan_ended_before_the_first_discussion_is_news() -> None:
    ended = plan(PlanStatus.ENDED, made_on=day(0), ended_on=day(1))
    words = "Safety plan of 05-Jan-2026 ended 06-Jan-2026"
    assert why(settled(safety_plans=(ended,), reviews=()), day(3), Trigger.SAFETY) == [
        (Trigger.SAFETY, words)
    ]


@pytest.mark.parametrize(("changes", "words"), PLAN_ROWS.values(), ids=PLAN_ROWS)
def test_a_safety_plan_made_or_changed_is_news_once(changes: dict[str, object], words: str | None) -> None:
    made = replace(plan(made_on=day(1), review_on=day(60)), **changes)  # type: ignore[arg-type] # by name
    of = settled(safety_plans=(made,))
    assert why(of, day(3)) == ([(Trigger.SAFETY, words)] if words else [])


@pytest.mark.parametrize(
    ("today", "listed"),
    [pytest.param(20, False, id="SPLAN-W3-on-the-day"), pytest.param(21, True, id="SPLAN-W3-passed")],
)
def test_a_safety_plan_past_its_review_is_listed_however_often_it_was_discussed(
    today: int, listed: bool
) -> None:
    of = settled(safety_plans=(plan(made_on=day(-9), review_on=day(20)),), reviews=(review(day(19)),))
    assert bool(why(of, day(today), Trigger.SAFETY)) is listed


ENTRY_ROWS = {
    HasteKind.SELF_HARM: "Self-harm recorded for 06-Jan-2026",
    HasteKind.SUICIDE_CONCERN: "Concern about suicide recorded for 06-Jan-2026",
    HasteKind.SAFEGUARDING: "Safeguarding concern recorded for 06-Jan-2026",
    HasteKind.CHILD_CONCERN: "Concern for a child recorded for 06-Jan-2026",
    HasteKind.DOMESTIC_ABUSE: "Domestic abuse recorded for 06-Jan-2026",
    HasteKind.PERINATAL: None,
    HasteKind.DEMENTIA: None,
}


@pytest.mark.parametrize(("kind", "words"), ENTRY_ROWS.items(), ids=ENTRY_ROWS)
def test_an_entry_about_self_harm_or_safeguarding_is_news_until_it_is_discussed(
    kind: HasteKind, words: str | None
) -> None:
    entry = HasteFact(kind=kind, happened_on=day(1))
    assert why(settled(haste=(entry,)), day(3)) == ([(Trigger.SAFETY, words)] if words else [])
    assert why(settled(haste=(entry,), reviews=(review(day(1)),)), day(3)) == []


def test_an_old_entry_put_into_the_record_after_the_discussion_is_news() -> None:
    entry = HasteFact(kind=HasteKind.SELF_HARM, happened_on=day(-20), recorded_at=at(2))
    assert why(settled(haste=(entry,)), day(3)) == [(Trigger.SAFETY, "Self-harm recorded for 16-Dec-2025")]


def test_each_kind_of_safety_news_is_one_reason() -> None:
    of = settled(
        safety_prompts=(prompt(day(1)), prompt(day(2))),
        safety_plans=(plan(made_on=day(1), version=1, review_on=day(2)),),
        haste=tuple(HasteFact(kind=HasteKind.SELF_HARM, happened_on=day(n)) for n in (1, 2)),
    )
    assert [trigger for trigger, _why in why(of, day(3))] == [Trigger.SAFETY] * 4


# scores that do not move


def courses(first: int, last: int, days: int) -> EpisodeFacts:
    """Return a patient in treatment with two PHQ-9 scores so many days apart, discussed since."""
    scores = (measure(first, day(0)), measure(last, day(days)))
    return facts("A", measures=scores, reviews=(review(day(days)),))


PROGRESS_ROWS = {
    "worse": (10, 16, 28, [Trigger.WORSENING]),
    "not improving after 8 weeks": (18, 16, 56, [Trigger.NOT_IMPROVING]),
    "nor after 12": (18, 16, 84, [Trigger.CONSULT, Trigger.NOT_IMPROVING]),
    "worse after 12": (12, 18, 84, [Trigger.WORSENING, Trigger.CONSULT, Trigger.NOT_IMPROVING]),
    "little change at 4 weeks is for the practitioner": (18, 17, 28, []),
    "response": (18, 9, 56, []),
    "low at the start": (9, 8, 91, []),
}


@pytest.mark.parametrize(("first", "last", "days", "listed"), PROGRESS_ROWS.values(), ids=PROGRESS_ROWS)
def test_scores_that_do_not_improve_are_listed_though_they_were_discussed(
    first: int, last: int, days: int, listed: list[Trigger]
) -> None:
    progress = (Trigger.WORSENING, Trigger.CONSULT, Trigger.NOT_IMPROVING)
    found = [trigger for trigger, _why in why(courses(first, last, days), day(days), *progress)]
    assert found == listed


def test_core_10_has_its_own_threshold() -> None:
    for total, listed in ((24, []), (25, ["CORE-10 25 on 06-Jan-2026"])):
        of = settled(measures=(measure(total, day(1), instrument="core10"),))
        assert [words for _trigger, words in why(of, day(3), Trigger.SCORES)] == listed


# engagement


def test_a_search_on_the_prompt_track_is_listed_from_its_first_rung() -> None:
    slow = facts("AAAD", ladders=(ladder(day(21), contact_id=4),), reviews=(review(day(20)),))
    assert why(slow, day(21), Trigger.ENGAGEMENT, Trigger.ENGAGEMENT_PROMPT) == []
    prompted = facts(
        "AAAD",
        ladders=(ladder(day(21), contact_id=4),),
        reviews=(review(day(20)),),
        haste=(HasteFact(kind=HasteKind.PERINATAL, happened_on=day(0)),),
    )
    assert why(prompted, day(21), Trigger.ENGAGEMENT, Trigger.ENGAGEMENT_PROMPT) == [
        (Trigger.ENGAGEMENT_PROMPT, "Not reached since 26-Jan-2026, no attempt recorded")
    ]


def test_prompt_and_missed_again_is_one_reason_that_says_both() -> None:
    of = facts(
        "ADD",
        ladders=(ladder(day(14), contact_id=3, consecutive=2, attempts=(attempt(2, day(14)),)),),
        haste=(HasteFact(kind=HasteKind.SELF_HARM, happened_on=day(0)),),
        reviews=(review(day(1)),),
    )
    assert why(of, day(14), Trigger.ENGAGEMENT, Trigger.ENGAGEMENT_PROMPT) == [
        (
            Trigger.ENGAGEMENT_PROMPT,
            "Not reached since 19-Jan-2026, 1 attempt (last call: no answer), 2 missed in a row",
        )
    ]


@pytest.mark.parametrize(
    ("history", "listed"),
    [
        pytest.param("ADD", True, id="DNA-W8-two-in-a-row"),
        pytest.param("AD", False, id="one"),
        pytest.param("ACC", False, id="DNA-W9-two-cancellations-are-no-misses"),
        pytest.param("ADAD", False, id="DNA-W9-seen-between"),
    ],
)
def test_two_missed_in_a_row_are_listed(history: str, listed: bool) -> None:
    of = facts(history, reviews=(review(day(7 * len(history))),))
    assert bool(why(of, day(7 * len(history)), Trigger.ENGAGEMENT)) is listed


# pauses

PAUSE_ROWS = {
    "SUP-W6-29": (None, 29, None),
    "SUP-W6-30": (None, 30, "Paused for 30 days with no day set to look at it again"),
    "on its review date": (20, 20, None),
    "past it": (20, 21, "Paused since 05-Jan-2026, to be looked at again by 25-Jan-2026"),
    "long, and its review still to come": (60, 40, None),
}


@pytest.mark.parametrize(("review_on", "today", "words"), PAUSE_ROWS.values(), ids=PAUSE_ROWS)
def test_a_pause_past_its_review_or_long_without_one_is_listed(
    review_on: int | None, today: int, words: str | None
) -> None:
    pause = PauseFact(
        started_on=day(0), reason="Abroad", review_on=None if review_on is None else day(review_on)
    )
    of = facts("A", phase=Phase.PAUSED, phase_since=day(0), pauses=(pause,), reviews=(review(day(today)),))
    assert why(of, day(today)) == ([(Trigger.OVERDUE, words)] if words else [])


def test_a_pause_of_which_nothing_is_recorded_counts_from_the_day_it_began() -> None:
    of = facts("A", phase=Phase.PAUSED, phase_since=day(0), reviews=(review(day(30)),))
    assert [trigger for trigger, _why in why(of, day(30))] == [Trigger.OVERDUE]
    assert why(of, day(29)) == []


# changes of care


def proposal(kind: ProposalKind, **changes: object) -> ProposalFact:
    """Return a change of care proposed on the second day."""
    given: dict[str, object] = {"id": 1, "kind": kind, "proposed_on": day(1), "by_id": UserId(1), **changes}
    return ProposalFact(**given)  # type: ignore[arg-type] # the fields of the fact, by name


CLOSURE_ROWS = {
    ProposalKind.STEP_UP: "Step up proposed 06-Jan-2026",
    ProposalKind.STEP_DOWN: "Step down proposed 06-Jan-2026",
    ProposalKind.DISCHARGE: "Discharge proposed 06-Jan-2026",
    ProposalKind.NON_ENGAGEMENT: "Ending because the patient is not reached proposed 06-Jan-2026",
}


@pytest.mark.parametrize(("kind", "words"), CLOSURE_ROWS.items(), ids=CLOSURE_ROWS)
def test_a_change_proposed_is_listed_until_it_is_decided(kind: ProposalKind, words: str) -> None:
    of = settled(proposals=(proposal(kind),))
    assert why(of, day(2)) == [(Trigger.CLOSURE_SIGN_OFF, f"{words}, waiting for sign-off")]
    of = settled(proposals=(proposal(kind, awaits_sign_off=False),))
    assert why(of, day(2)) == [(Trigger.CLOSURE, words)]
    for settled_by in ("decided_on", "accepted_on", "rejected_on"):
        assert why(settled(proposals=(proposal(kind, **{settled_by: day(1)}),)), day(2)) == []


def test_a_handover_turned_down_is_news_until_it_is_discussed() -> None:
    refused = proposal(ProposalKind.STEP_UP, to_service="Community team", rejected_on=day(2))
    assert why(settled(proposals=(refused,)), day(3)) == [
        (
            Trigger.CLOSURE,
            "Community team did not take the handover on 07-Jan-2026; the patient is still ours",
        )
    ]
    assert why(settled(proposals=(refused,), reviews=(review(day(2)),)), day(3)) == []


def test_a_review_of_not_attending_waits_for_its_signature() -> None:
    opened = ClosingReviewFact(opened_on=day(1), practitioner_id=UserId(1))
    of = settled(closing_reviews=(opened,))
    assert why(of, day(2)) == [
        (Trigger.CLOSURE_SIGN_OFF, "Review of not attending opened 06-Jan-2026, waiting for sign-off")
    ]
    for done in (replace(opened, signed_off_on=day(2)), replace(opened, ended_on=day(2))):
        assert why(settled(closing_reviews=(done,)), day(3)) == []


# who is listed at all


def test_of_somebody_who_died_only_what_was_asked_for_is_left() -> None:
    of = settled(patient=patient(died_on=day(2)), safety_prompts=(prompt(day(1)),))
    assert why(of, day(40)) == []
    asked = settled(patient=patient(died_on=day(2)), supervision_requested_on=day(3))
    assert why(asked, day(40)) == [(Trigger.REQUEST, "Asked for 08-Jan-2026")]


def test_nothing_about_who_is_at_work_plays_a_part() -> None:
    """SUP-W8: the list of a practitioner on leave is the list, for whoever covers."""
    for holder in ({}, {"holder_id": UserId(9), "holder": "Somebody on leave"}):
        of = facts("A", **holder)
        assert [trigger for trigger, _why in why(of, day(20))] == [Trigger.OVERDUE, Trigger.NEW]


def test_every_reason_explains_itself() -> None:
    of = facts(
        "AADD",
        ladders=(ladder(day(21), contact_id=4, consecutive=2),),
        measures=(measure(12, day(0)), measure(20, day(90))),
        safety_prompts=(prompt(day(1)),),
        proposals=(proposal(ProposalKind.STEP_UP), proposal(ProposalKind.DISCHARGE, awaits_sign_off=False)),
        supervision_requested_on=day(2),
    )
    found = agenda_reasons(of, rulebook(), today=day(90))
    assert {each.trigger for each in found} == {
        Trigger.SAFETY,
        Trigger.WORSENING,
        Trigger.CLOSURE_SIGN_OFF,
        Trigger.ENGAGEMENT_PROMPT,  # scores that got worse put the search on it
        Trigger.CLOSURE,
        Trigger.CONSULT,
        Trigger.NOT_IMPROVING,
        Trigger.SCORES,
        Trigger.OVERDUE,
        Trigger.NEW,
        Trigger.REQUEST,
    }
    for each in found:
        assert each.sentence == each.why
        assert each.rule
        assert each.used
        assert each.source
