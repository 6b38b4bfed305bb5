"""What is due beside contacts and letters: safety reviews, prompt searches, pauses, steps, handovers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DUE_ORDER, DUE_PLACE, DueKind
from collabcare.domain.episode import Phase, StepDirection
from collabcare.domain.ids import UserId
from collabcare.domain.plan_facts import ProposalFact, ProposalKind
from collabcare.domain.reach_facts import HasteFact, HasteKind, PauseFact
from tests.builders import attempt, day, facts, ladder, measure, move, prompt, review, rulebook
from tests.builders_reach import snooze
from tests.builders_safety import assessment, plan
from tests.domain.whats_due import due, only

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts


def test_the_order_is_that_of_the_sections_of_today() -> None:
    assert [kind.value for kind in DUE_ORDER] == [
        "safety_conversation",
        "safety_assessment",
        "safety_review",
        "reengage_prompt",
        "reengage",
        "promise",
        "worsening",
        "outcome",
        "said_no",
        "contact",
        "first_contact",
        "pause_review",
        "measure",
        "step_suggestion",
        "gp_letter",
        "letter_form",
        "handover",
        "closing_signature",
        "supervision_action",
        "rebook",
    ]
    assert sorted(DUE_ORDER, key=DUE_PLACE.__getitem__) == list(DUE_ORDER)


# safety reviews


def test_a_safety_plan_and_an_assessment_are_looked_at_again_on_their_day() -> None:
    of = facts(
        "A",
        safety_plans=(plan(made_on=day(0), review_on=day(10)),),
        safety_assessments=(assessment(day(0), review_on=day(12)),),
    )
    kinds = [(kind, on) for kind, on, _why in only(of, day(11), DueKind.SAFETY_REVIEW)]
    assert kinds == [(DueKind.SAFETY_REVIEW, day(10)), (DueKind.SAFETY_REVIEW, day(12))]
    assert only(of, day(2), DueKind.SAFETY_REVIEW) == []
    assert len(only(of, day(400), DueKind.SAFETY_REVIEW)) == 2


# the track


def prompted(**changes: object) -> EpisodeFacts:
    """Return a patient who missed the second appointment and of whom a fact asks us to be quick."""
    haste = (HasteFact(kind=HasteKind.PERINATAL, happened_on=day(0)),)
    return facts("AD", **{"ladders": (ladder(day(7), contact_id=2),), "haste": haste, **changes})


def test_a_search_on_the_prompt_track_has_its_own_place_and_its_own_days() -> None:
    ((kind, on, words),) = only(prompted(), day(8), DueKind.REENGAGE, DueKind.REENGAGE_PROMPT)
    assert (kind, on) == (DueKind.REENGAGE_PROMPT, day(7))
    assert words.startswith("Did not attend Mon 12-Jan-2026. ")
    ((kind, on, _words),) = only(prompted(haste=()), day(8), DueKind.REENGAGE, DueKind.REENGAGE_PROMPT)
    assert (kind, on) == (DueKind.REENGAGE, day(7))


def test_a_step_put_off_shows_again_on_its_day() -> None:
    put_off = snooze(day(9), day(7))
    of = facts("AD", ladders=(ladder(day(7), contact_id=2, snoozes=(put_off,)),))
    assert [on for _kind, on, _why in only(of, day(8), DueKind.REENGAGE)] == [day(9)]


# pauses

PAUSE_ROWS = {
    "a day is set": (day(10), day(10), "Paused since 05-Jan-2026, to be looked at again by 15-Jan-2026"),
    "none is": (None, day(28), "Paused since 05-Jan-2026, no day set to look at it again"),
}


@pytest.mark.parametrize(("review_on", "on", "words"), PAUSE_ROWS.values(), ids=PAUSE_ROWS)
def test_a_pause_is_looked_at_again(review_on: date | None, on: date, words: str) -> None:
    pause = PauseFact(started_on=day(0), reason="Abroad", review_on=review_on)
    of = facts("A", phase=Phase.PAUSED, phase_since=day(0), pauses=(pause,))
    assert only(of, day(3), DueKind.PAUSE_REVIEW) == [(DueKind.PAUSE_REVIEW, on, words)]


def test_a_pause_that_ended_is_not() -> None:
    over = PauseFact(started_on=day(0), reason="Abroad", review_on=day(10), ended_on=day(5))
    assert only(facts("A", pauses=(over,)), day(40), DueKind.PAUSE_REVIEW) == []


# steps


def stuck(**changes: object) -> EpisodeFacts:
    """Return a patient in treatment whose PHQ-9 has hardly moved in eight weeks."""
    return facts("A", **{"measures": (measure(18, day(0)), measure(17, day(56))), **changes})


def test_a_step_to_think_about_is_due_from_its_score_and_waits() -> None:
    ((_kind, on, words),) = only(stuck(), day(60), DueKind.STEP_SUGGESTION)
    assert on == day(56)
    assert words.startswith(
        "Consider with the patient a step up from Guided support. PHQ-9 18 on 05-Jan-2026"
    )
    assert only(stuck(), day(400), DueKind.STEP_SUGGESTION) != []


def test_nobody_is_late_with_what_is_only_to_be_thought_about() -> None:
    [step] = [
        each
        for each in what_is_due(stuck(), rulebook(), today=day(400))
        if each.kind is DueKind.STEP_SUGGESTION
    ]
    assert (step.is_overdue(day(400)), step.overdue_days(day(400))) == (False, 0)
    assert step.when(day(400)) == "since 02-Mar-2026"


def test_scores_that_worsened_are_for_this_week_and_do_not_wait_below() -> None:
    of = facts("A", measures=(measure(12, day(0)), measure(18, day(14))))
    assert only(of, day(20), DueKind.STEP_SUGGESTION) == []
    ((_kind, on, words),) = only(of, day(20), DueKind.WORSENING)
    assert on == day(14)
    assert "Consider a review this week with a safety conversation" in words
    assert DUE_PLACE[DueKind.WORSENING] < DUE_PLACE[DueKind.OUTCOME]


ANSWERED = {
    "a move": {"step_moves": (move(day(56), direction=StepDirection.UP, gp_informed_on=day(57)),)},
    "a proposal": {
        "proposals": (ProposalFact(id=1, kind=ProposalKind.STEP_UP, proposed_on=day(57), by_id=UserId(1)),)
    },
    "a discussion": {"reviews": (review(day(58)),)},
}


@pytest.mark.parametrize("answer", ANSWERED.values(), ids=ANSWERED)
def test_a_step_to_think_about_is_answered_until_the_next_score(answer: dict[str, object]) -> None:
    assert only(stuck(**answer), day(60), DueKind.STEP_SUGGESTION) == []
    later = (measure(18, day(0)), measure(17, day(56)), measure(17, day(70)))
    again = only(stuck(**answer, measures=later), day(70), DueKind.STEP_SUGGESTION)
    assert [on for _kind, on, _why in again] == [day(70)]


def test_what_happened_before_the_score_answers_nothing() -> None:
    before = {
        "step_moves": (move(day(30), gp_informed_on=day(31)),),
        "reviews": (review(day(30)),),
        "proposals": (
            ProposalFact(
                id=1, kind=ProposalKind.STEP_UP, proposed_on=day(20), by_id=UserId(1), decided_on=day(21)
            ),
        ),
    }
    assert only(stuck(**before), day(60), DueKind.STEP_SUGGESTION) != []


# handovers


def test_a_handover_is_chased_until_it_is_answered() -> None:
    sent = ProposalFact(
        id=7, kind=ProposalKind.STEP_UP, proposed_on=day(0), by_id=UserId(1), to_service="Community team"
    )
    of = facts("A", proposals=(sent,))
    words = "Handover to Community team proposed 05-Jan-2026, not answered yet; still ours until it is"
    assert only(of, day(3), DueKind.HANDOVER) == [(DueKind.HANDOVER, day(14), words)]
    for answer in ({"accepted_on": day(2)}, {"rejected_on": day(2)}, {"to_service": ""}):
        given_back = ProposalFact(
            **{  # type: ignore[arg-type] # the fields of the fact, by name
                "id": 7,
                "kind": ProposalKind.STEP_UP,
                "proposed_on": day(0),
                "by_id": UserId(1),
                "to_service": "Community team",
                **answer,
            }
        )
        assert only(facts("A", proposals=(given_back,)), day(30), DueKind.HANDOVER) == []


# whatever the history

HISTORIES = st.text("ALDCPNb ", max_size=12)
TOTALS = st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 27)), st.integers(0, 120)), max_size=6)


SITUATIONS = st.tuples(st.sampled_from(Phase), st.booleans(), st.booleans())


@given(HISTORIES, TOTALS, st.integers(0, 300), SITUATIONS)
def test_whatever_happened_all_that_is_due_stands_in_order_and_explains_itself(
    history: str,
    totals: list[tuple[int | None, int]],
    today: int,
    situation: tuple[Phase, bool, bool],
) -> None:
    phase, sought, quick = situation
    missed = [place for place, letter in enumerate(history) if letter == "D"]
    scores = [measure(total, day(on)) for total, on in sorted(totals, key=lambda each: each[1])]
    search = (
        ladder(day(7 * missed[-1]), contact_id=missed[-1] + 1, attempts=(attempt(1),)) if missed else None
    )
    of = facts(
        history,
        phase=phase,
        measures=tuple(each for each in scores if each.taken_on <= day(today)),
        safety_prompts=(prompt(day(3)),),
        ladders=(search,) if missed and sought else (),
        haste=(HasteFact(kind=HasteKind.SELF_HARM, happened_on=day(0)),) if quick else (),
        step_moves=(move(day(1)),),
    )
    found = what_is_due(of, rulebook(), today=day(today))
    assert list(found) == sorted(found, key=lambda each: (DUE_PLACE[each.kind], each.due_on))
    assert found
    assert phase is not Phase.CLOSED or {each.kind for each in found} == {DueKind.SAFETY_CONVERSATION}
    assert all(each.why and each.rule and each.used and each.source for each in found)
    assert found == what_is_due(of, rulebook(), today=day(today))


@given(HISTORIES, st.integers(0, 200), st.integers(1, 100))
def test_time_alone_never_makes_a_thing_due_go_away(history: str, today: int, later: int) -> None:
    of = facts(history, safety_prompts=(prompt(day(0)),), step_moves=(move(day(0)),))
    """But for a contact whose booking comes near: then it is as good as done, or to be written up."""
    now = {(each.kind, each.subject_id) for each in due(of, day(today))}
    then = {(each.kind, each.subject_id) for each in due(of, day(today + later))}
    waits = {(DueKind.CONTACT, None), (DueKind.FIRST_CONTACT, None)}
    booked = of.next_booked(day(today))
    near = booked is not None and (booked.on - day(today + later)).days <= rulebook().episode.booked_late_days
    assert now - then <= (waits if near else set())
