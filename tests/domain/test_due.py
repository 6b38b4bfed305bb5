"""What is due beside the next contact, for whom, and in which order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.due_kinds import DUE_ORDER, DUE_WORDS, Due, DueKind, most_pressing
from collabcare.domain.episode import Phase, StepDirection
from collabcare.domain.instruments import Safety
from collabcare.domain.reason import Basis, Reason
from tests.builders import (
    action,
    attempt,
    day,
    facts,
    ladder,
    measure,
    move,
    pathway,
    patient,
    prompt,
)
from tests.builders_letters import letter
from tests.domain.whats_due import CLOCK, CONTACT, REENGAGE, due, only

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts

# the search, measures, letters, actions, safety


def test_a_dna_asks_for_the_next_rung_and_says_so_in_words() -> None:
    of = facts("AD", ladders=(ladder(day(7), attempts=(attempt(1, day(7)),)),))
    assert only(of, day(7), REENGAGE, *CLOCK) == [
        (
            REENGAGE,
            day(9),
            "Did not attend Mon 12-Jan-2026. Try again by another channel or at another time.",
        )
    ]


def test_a_second_dna_says_how_many_in_a_row() -> None:
    of = facts(
        "ADD", ladders=(ladder(day(7), closed_on=day(8)), ladder(day(14), consecutive=2, first_rung=2))
    )
    ((_kind, on, words),) = only(of, day(14), REENGAGE)
    assert on == day(14)
    assert words.startswith("Did not attend Mon 19-Jan-2026, 2 in a row. Try again by another channel")
    assert "and talk with the GP practice and take to supervision" in words


def test_a_search_goes_on_beside_a_new_booking_until_the_patient_is_reached() -> None:
    of = facts("ADb", ladders=(ladder(day(7)),))
    assert [each.kind for each in due(of, day(8))] == [REENGAGE, DueKind.MEASURE, DueKind.GP_LETTER]


@pytest.mark.parametrize("days", [0, 30, 400, 4000])
def test_a_prompt_ignored_for_400_days_still_shows(days: int) -> None:
    of = facts("AD", ladders=(ladder(day(7)),), safety_prompts=(prompt(day(0)),), actions=(action(day(10)),))
    found = {each.kind for each in due(of, day(10 + days))}
    assert {DueKind.SAFETY_CONVERSATION, REENGAGE, DueKind.SUPERVISION_ACTION} <= found
    late = next(each for each in due(of, day(10 + days)) if each.kind is DueKind.SUPERVISION_ACTION)
    assert late.overdue_days(day(10 + days)) == days


def test_a_patient_without_a_telephone_is_listed_like_anybody() -> None:
    with_phone = facts("AD", ladders=(ladder(day(7)),))
    without = replace(with_phone, patient=patient(telephone=None, address=()))
    listed, alike = due(without, day(20)), due(with_phone, day(20))
    assert [(each.kind, each.due_on, each.subject_id) for each in listed] == [
        (each.kind, each.due_on, each.subject_id) for each in alike
    ]
    assert listed[0].kind is DueKind.REENGAGE
    assert "No telephone" in listed[0].reason.sentence
    assert "No telephone" not in alike[0].reason.sentence


MEASURE_ROWS = {
    "none yet, due from the first contact": ((), day(0), "No score yet"),
    "four weeks after the last": ((measure(15, day(0)),), day(28), "Last score 15 on 05-Jan-2026"),
    "an unfinished form is no score": ((measure(None, day(0)),), day(0), "No score yet"),
    "an unfinished form does not put the next off": (
        (measure(15, day(0)), measure(None, day(7))),
        day(28),
        "Last score 15 on 05-Jan-2026",
    ),
    "another questionnaire does not stand for it": (
        (measure(15, day(0), instrument="gad7"),),
        day(0),
        "No score yet",
    ),
    "corrected the same day": (
        (measure(15, day(0)), measure(9, day(0))),
        day(28),
        "Last score 9 on 05-Jan-2026",
    ),
}


@pytest.mark.parametrize(("measures", "on", "words"), MEASURE_ROWS.values(), ids=MEASURE_ROWS)
def test_the_leading_measure_is_due_every_four_weeks(
    measures: tuple[object, ...], on: date, words: str
) -> None:
    of = facts("A", measures=measures)
    assert only(of, day(1), DueKind.MEASURE) == [(DueKind.MEASURE, on, words)]


@pytest.mark.parametrize(("days", "overdue"), [(28, False), (29, True)])
def test_a_measure_is_late_once_more_than_28_days_have_gone(days: int, overdue: bool) -> None:
    """EPI-W3."""
    of = facts("A", measures=(measure(15, day(0)),))
    (found,) = [each for each in due(of, day(days)) if each.kind is DueKind.MEASURE]
    assert found.is_overdue(day(days)) is overdue


@pytest.mark.parametrize(
    "of", [facts(), facts("D"), facts("A", phase=Phase.MAINTENANCE)], ids=["new", "missed", "well"]
)
def test_no_measure_is_asked_of_somebody_not_yet_seen_or_staying_well(of: EpisodeFacts) -> None:
    assert only(of, day(60), DueKind.MEASURE) == []


def test_the_gp_is_to_be_told_of_each_step_within_a_week() -> None:
    """EPI-W6: a step changed without the GP being told is an open task."""
    start = move(day(-7), from_step=None, direction=StepDirection.START)
    told = move(day(3), gp_informed_on=day(4))
    down = move(day(10), direction=StepDirection.DOWN)
    of = facts("A", step_moves=(start, told, down), letters=(letter("gp_review", day(2)),))
    assert only(of, day(11), DueKind.GP_LETTER) == [
        (DueKind.GP_LETTER, day(17), "Stepped down on 15-Jan-2026; the GP has not been told")
    ]


def test_an_action_is_open_until_it_is_done() -> None:
    of = facts("A", actions=(action(day(5)), action(day(6), done_on=day(6))))
    assert only(of, day(5), DueKind.SUPERVISION_ACTION) == [
        (DueKind.SUPERVISION_ACTION, day(5), "Jo Smith: Ring the practice nurse, agreed 03-Jan-2026")
    ]


SAFETY_ROWS = {
    "answered": (
        prompt(day(1)),
        "PHQ-9 item 9 answered “several days” on 06-Jan-2026; no conversation about it yet",
    ),
    "left blank": (
        prompt(day(1), asked=Safety.ASK, answer=None),
        "PHQ-9 item 9 was not answered on 06-Jan-2026; ask it",
    ),
    "could not be asked stays open": (
        prompt(day(1), outcome="could_not_ask", note="No reply"),
        "PHQ-9 item 9 answered “several days” on 06-Jan-2026; no conversation about it yet",
    ),
}


@pytest.mark.parametrize(("asked", "words"), SAFETY_ROWS.values(), ids=SAFETY_ROWS)
def test_a_safety_conversation_is_due_the_same_day_until_it_is_recorded(asked: object, words: str) -> None:
    found = due(facts("A", safety_prompts=(asked,)), day(1))
    assert (found[0].kind, found[0].due_on, found[0].why) == (DueKind.SAFETY_CONVERSATION, day(1), words)


def test_a_recorded_safety_conversation_is_not_due() -> None:
    of = facts("A", safety_prompts=(prompt(day(1), closed_on=day(1), outcome="talked_today"),))
    assert only(of, day(2), DueKind.SAFETY_CONVERSATION) == []


# who is asked nothing, and the order


BURDENS = {
    DueKind.SAFETY_CONVERSATION,
    REENGAGE,
    DueKind.OUTCOME,
    DueKind.MEASURE,
    DueKind.GP_LETTER,
    DueKind.SUPERVISION_ACTION,
}


def burdened(**changes: object) -> EpisodeFacts:
    """Return a patient of whom everything is due that can be due beside an open search."""
    return facts(
        "ADb",
        **{
            "ladders": (ladder(day(7)),),
            "safety_prompts": (prompt(day(0)),),
            "step_moves": (move(day(0)),),
            "actions": (action(day(0)),),
            **changes,
        },
    )


def test_everything_stands_in_one_order_whatever_its_day() -> None:
    kinds = [each.kind for each in due(burdened(), day(20))]
    assert kinds == sorted(kinds, key=DUE_ORDER.index)
    assert set(kinds) == BURDENS


def test_things_of_one_kind_stand_by_their_day() -> None:
    of = facts("A", actions=(action(day(9)), action(day(3))))
    assert [each.due_on for each in due(of, day(1)) if each.kind is DueKind.SUPERVISION_ACTION] == [
        day(3),
        day(9),
    ]


@pytest.mark.parametrize("phase", [Phase.CLOSED, Phase.ACTIVE])
def test_only_a_letter_is_due_of_somebody_who_has_died_and_whose_care_is_open(phase: Phase) -> None:
    """ATT-W6: every search, task and letter to them ends, the safety question too."""
    died = burdened(patient=patient(died_on=day(9)), phase=phase)
    (owed,) = due(died, day(20)) or (None,)
    assert (owed.kind if owed else None) is (None if phase is Phase.CLOSED else DueKind.GP_LETTER)


def test_in_a_closed_episode_the_summary_is_due_and_a_conversation_still_to_be_had() -> None:
    of = burdened(phase=Phase.CLOSED, closed_on=day(9))
    talk, summary = due(of, day(20))
    assert (talk.kind, talk.for_duty, summary.letter) == (DueKind.SAFETY_CONVERSATION, True, "gp_discharge")
    told = replace(of, letters=(letter("gp_discharge", day(9)),), safety_prompts=())
    assert due(told, day(20)) == ()


def test_while_paused_no_contact_or_measure_is_due_and_all_else_stays() -> None:
    active, paused = facts("A"), facts("A", phase=Phase.PAUSED)
    assert {each.kind for each in due(active, day(40))} == {CONTACT, DueKind.MEASURE, DueKind.GP_LETTER}
    assert [each.kind for each in due(paused, day(40))] == [DueKind.PAUSE_REVIEW, DueKind.GP_LETTER]
    kept = {each.kind for each in due(burdened(phase=Phase.PAUSED), day(20))}
    assert kept == BURDENS - {DueKind.MEASURE} | {DueKind.PAUSE_REVIEW}


def some(kind: DueKind, on: date) -> Due:
    """Return a thing of this kind due on a day."""
    return Due(kind, on, Reason(Basis(rule="made up", facts=(), say=lambda: "Why"), ()))


WHEN_ROWS = [
    (-2, "due in 2 days"),
    (-1, "due in 1 day"),
    (0, "due today"),
    (1, "1 day overdue"),
    (9, "9 days overdue"),
]


@pytest.mark.parametrize(("late", "words"), WHEN_ROWS)
def test_when_is_said_in_days(late: int, words: str) -> None:
    thing = some(CONTACT, day(10))
    today = day(10 + late)
    assert thing.when(today) == words
    assert (thing.overdue_days(today), thing.is_overdue(today)) == (max(late, 0), late > 0)


def test_the_most_pressing_is_the_first_kind_due_by_today_or_else_what_comes_next() -> None:
    safety = some(DueKind.SAFETY_CONVERSATION, day(5))
    late = some(CONTACT, day(1))
    soon = some(DueKind.MEASURE, day(8))
    later = some(DueKind.GP_LETTER, day(9))
    assert most_pressing((safety, late, soon), day(5)) is safety
    assert most_pressing((late, soon), day(5)) is late
    assert most_pressing((later, soon), day(5)) is soon
    assert most_pressing((), day(5)) is None
    thought = some(DueKind.STEP_SUGGESTION, day(2))
    letter = some(DueKind.GP_LETTER, day(4))
    assert most_pressing((thought, letter), day(5)) is letter, "what is late comes before a thought"
    assert most_pressing((thought, later), day(5)) is thought


def test_every_kind_has_words_and_a_place() -> None:
    assert set(DUE_WORDS) == set(DUE_ORDER) == set(DueKind)


def test_a_thing_due_says_why_by_which_rule_from_which_facts_and_whence() -> None:
    (found,) = [each for each in due(facts("A"), day(7)) if each.kind is CONTACT]
    assert found.why == found.sentence == "Last seen 05-Jan-2026; nothing booked"
    assert found.rule == "due.contact"
    assert [used.words for used in found.used] == [
        "Last seen: 05-Jan-2026",
        "Contacts attended: 1",
        "Agreed for this patient: not recorded",
    ]
    assert found.source == pathway().source


def test_things_due_are_told_apart_by_their_reason_too() -> None:
    ring, write = action(day(5)), action(day(5), text="Write to the GP")
    one, other = due(facts("A", actions=(ring, write)), day(1))[-2:]
    (again,) = due(facts("A", actions=(ring,)), day(1))[-1:]
    assert one == again
    assert hash(one) == hash(again)
    assert one != other


def test_everything_due_explains_itself() -> None:
    for each in (*due(burdened(), day(20)), *due(facts("C"), day(20)), *due(facts(), day(20))):
        assert each.sentence
        assert each.rule
        assert each.used
        assert each.source
