"""Which cases come to supervision, and with which reasons."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.episode import Phase
from collabcare.domain.supervision import agenda_reasons, last_discussed, review_due_on
from collabcare.domain.triggers import TRIGGER_ORDER, TRIGGER_WORDS, Trigger
from tests.builders import attempt, contact, day, facts, ladder, measure, pathway, prompt, review, rulebook

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts

JUNE_1 = date(2026, 6, 1)


def why(of: EpisodeFacts, today: date) -> list[tuple[Trigger, str]]:
    """Return every reason on the agenda."""
    reasons = agenda_reasons(of, rulebook(), today=today)
    return [(reason.trigger, reason.why) for reason in reasons]


def triggers(of: EpisodeFacts, today: date) -> list[Trigger]:
    """Return the kinds of reason on the agenda."""
    return [trigger for trigger, _why in why(of, today)]


def settled(**changes: object) -> EpisodeFacts:
    """Return a patient seen and discussed on the first Monday and booked for the next: no reason at all."""
    return facts("Ab", **{"reviews": (review(day(0)),), **changes})


def at(number: int, hour: int) -> datetime:
    """Return an hour of a day."""
    return datetime.combine(day(number), datetime.min.time(), UTC) + timedelta(hours=hour)


def test_a_case_seen_booked_and_discussed_lately_is_not_on_the_agenda() -> None:
    assert why(settled(), day(3)) == []


INTERVAL_ROWS = {
    "day 20": (20, None),
    "day 21, a week before": (21, "due soon, by"),
    "SUP-W1-27": (27, "due soon, by"),
    "SUP-W1-28": (28, "due now,"),
    "day 29": (29, "overdue since"),
    "day 400": (400, "overdue since"),
}


@pytest.mark.parametrize(("days", "words"), INTERVAL_ROWS.values(), ids=INTERVAL_ROWS)
def test_every_case_comes_back_after_four_weeks(days: int, words: str | None) -> None:
    later = contact("b", JUNE_1 + timedelta(days=500))
    of = facts("", contacts=(later,), reviews=(review(JUNE_1),), phase=Phase.MAINTENANCE)
    expected = [f"Last discussed 01-Jun-2026, {words} 29-Jun-2026"] if words else []
    found = [text for kind, text in why(of, JUNE_1 + timedelta(days=days)) if kind is Trigger.FOUR_WEEK]
    assert found == expected


def test_the_day_a_review_is_due_is_known_only_after_the_first() -> None:
    assert review_due_on(facts(), pathway().supervision) is None
    twice = facts(reviews=(review(day(0)), review(day(10))))
    assert (last_discussed(twice), review_due_on(twice, pathway().supervision)) == (day(10), day(38))


NEW_ROWS = {
    "SUP-W2-13": ("", {}, 13, False),
    "SUP-W2-14": ("", {}, 14, True),
    "seen once": ("A", {}, 0, True),
    "missed is not seen": ("D", {}, 13, False),
    "nobody's yet": (
        "",
        {"holder_id": None, "holder": None, "phase": Phase.REFERRED, "allocated_on": None},
        60,
        False,
    ),
    "SUP-W2-14 whatever has become of the phase since": ("", {"phase_since": day(10)}, 14, True),
    "held since nobody knows when: from the referral, 7 days before": ("", {"allocated_on": None}, 7, True),
    "and not before": ("", {"allocated_on": None}, 6, False),
    "discussed before": ("A", {"reviews": (review(day(0)),)}, 1, False),
}


@pytest.mark.parametrize(("history", "changes", "days", "listed"), NEW_ROWS.values(), ids=NEW_ROWS)
def test_a_new_case_is_listed_once_seen_or_allocated_a_fortnight(
    history: str, changes: dict[str, object], days: int, listed: bool
) -> None:
    of = facts(history, **{"allocated_on": day(0), **changes})
    assert (Trigger.NEW in triggers(of, day(days))) is listed


def test_a_positive_safety_item_is_listed_until_the_case_is_discussed_after_it() -> None:
    """Raised yesterday and discussed today, after it."""
    closed = prompt(day(1), closed_on=day(1), outcome="talked_today", recorded_at=at(1, 9))
    before = settled(safety_prompts=(closed,))
    assert why(before, day(2)) == [(Trigger.SAFETY, "Safety question raised 06-Jan-2026, talked about")]
    after = settled(safety_prompts=(closed,), reviews=(review(day(2), recorded_at=at(2, 9)),))
    assert why(after, day(2)) == []


def test_an_open_safety_conversation_is_listed_however_often_it_was_discussed() -> None:
    of = settled(safety_prompts=(prompt(day(0)),), reviews=(review(day(2)),))
    assert why(of, day(2)) == []
    assert why(of, day(3)) == [
        (Trigger.SAFETY, "Safety question raised 05-Jan-2026, still to be talked about")
    ]


def test_two_safety_questions_are_one_reason() -> None:
    of = settled(safety_prompts=(prompt(day(1)), prompt(day(2))))
    assert triggers(of, day(3)) == [Trigger.SAFETY]


SAME_DAY_ROWS = {
    "recorded before the discussion": (at(0, 9), at(0, 14), False),
    "recorded after it": (at(0, 15), at(0, 14), True),
    "posted, and typed in a week later": (at(7, 9), at(0, 14), True),
    "the moment is not known": (None, None, False),
    "only one is known": (at(0, 15), None, False),
}


@pytest.mark.parametrize(("recorded", "discussed", "listed"), SAME_DAY_ROWS.values(), ids=SAME_DAY_ROWS)
def test_what_was_put_in_the_record_after_the_discussion_has_not_been_discussed(
    recorded: datetime | None, discussed: datetime | None, listed: bool
) -> None:
    """A score of the day itself, or a form that came late, is news unless it was there to be seen."""
    of = settled(
        measures=(measure(22, day(0), recorded_at=recorded),),
        safety_prompts=(prompt(day(0), closed_on=day(0), recorded_at=recorded),),
        reviews=(review(day(0), recorded_at=discussed),),
    )
    found = triggers(of, day(5))
    assert ((Trigger.SCORES in found), (Trigger.SAFETY in found)) == (listed, listed)


SCORE_ROWS = {
    "15 and not discussed since": ((measure(15, day(1)),), ["PHQ-9 15 on 06-Jan-2026"]),
    "14": ((measure(14, day(1)),), []),
    "an anxiety score of 15": ((measure(15, day(1), instrument="gad7"),), ["GAD-7 15 on 06-Jan-2026"]),
    "a CORE-10 of 24": ((measure(24, day(1), instrument="core10"),), []),
    "a CORE-10 of 25": ((measure(25, day(1), instrument="core10"),), ["CORE-10 25 on 06-Jan-2026"]),
    "both": (
        (measure(20, day(1)), measure(18, day(2), instrument="gad7")),
        ["PHQ-9 20 on 06-Jan-2026", "GAD-7 18 on 07-Jan-2026"],
    ),
    "an older high score, lower since": ((measure(22, day(1)), measure(9, day(2))), []),
    "an unfinished form since hides nothing": (
        (measure(22, day(1)), measure(None, day(2))),
        ["PHQ-9 22 on 06-Jan-2026"],
    ),
    "before the discussion": ((measure(22, day(-1)),), []),
    "prorated": (
        (measure(16, day(1), prorated=True, missing=1),),
        ["PHQ-9 16 (prorated, 1 missing) on 06-Jan-2026"],
    ),
    "corrected the same day": ((measure(22, day(1)), measure(12, day(1))), []),
}


@pytest.mark.parametrize(("measures", "expected"), SCORE_ROWS.values(), ids=SCORE_ROWS)
def test_a_high_latest_score_not_yet_discussed_is_listed(
    measures: tuple[object, ...], expected: list[str]
) -> None:
    found = why(settled(measures=measures), day(3))
    assert [text for kind, text in found if kind is Trigger.SCORES] == expected


def test_a_second_miss_in_a_row_is_listed_even_after_the_patient_was_reached_by_phone() -> None:
    """DNA-W8: two in a row, however the search for each of them went."""
    reached = (ladder(day(7), closed_on=day(8)), ladder(day(14), consecutive=2, closed_on=day(15)))
    of = facts("ADDb", ladders=reached, reviews=(review(day(15)),))
    assert why(of, day(16)) == [(Trigger.ENGAGEMENT, "Did not attend 2 times in a row")]


def test_one_miss_is_not_yet_a_matter_for_supervision() -> None:
    of = facts("ADb", ladders=(ladder(day(7)),), reviews=(review(day(6)),))
    assert why(of, day(8)) == []


ENGAGEMENT_ROWS = {
    "the fourth rung's date has come, nobody has tried": ((), 21, "no attempt recorded"),
    "three rungs tried early": ((1, 2, 3), 9, "3 attempts (last call: no answer)"),
    "one rung tried, at the fourth's date": ((1,), 21, "1 attempt (last call: no answer)"),
    "the day before": ((1,), 20, None),
}


@pytest.mark.parametrize(("tried", "days", "words"), ENGAGEMENT_ROWS.values(), ids=ENGAGEMENT_ROWS)
def test_a_search_at_its_fourth_rung_is_listed_whether_or_not_anybody_tried(
    tried: tuple[int, ...], days: int, words: str | None
) -> None:
    search = ladder(day(7), attempts=tuple(attempt(n, day(7)) for n in tried))
    of = facts("AD", ladders=(search,), reviews=(review(day(7)),))
    found = [text for kind, text in why(of, day(days)) if kind is Trigger.ENGAGEMENT]
    assert found == ([f"Not reached since 12-Jan-2026, {words}"] if words else [])


UNSEEN_ROWS = {
    "seen today, nothing booked": ("A", 0, "Last seen 05-Jan-2026, nothing booked"),
    "14 days, nothing booked": ("A", 14, "Last seen 05-Jan-2026, nothing booked"),
    "15 days, nothing booked": ("A", 15, "Not seen for 15 days, nothing booked"),
    "13 days, booked in a day": ("A b", 13, None),
    "15 days, booked within the week": ("A   b", 21, None),
    "15 days, booked in eight": ("A    b", 20, "Not seen for 20 days, nothing booked soon"),
    "booked for today": ("A   b", 28, None),
    "a booking in the past whose outcome nobody recorded": ("Ab", 22, "Not seen for 22 days, nothing booked"),
    "never seen": ("", 60, None),
    "missing is not being seen": ("AD", 20, "Not seen for 20 days, nothing booked"),
}


@pytest.mark.parametrize(("history", "days", "expected"), UNSEEN_ROWS.values(), ids=UNSEEN_ROWS)
def test_a_patient_in_treatment_is_listed_when_unseen_or_without_a_next_date(
    history: str, days: int, expected: str | None
) -> None:
    of = facts(history, reviews=(review(day(0)),))
    found = [text for kind, text in why(of, day(days)) if kind is Trigger.OVERDUE]
    assert found == ([expected] if expected else [])


def test_staying_well_contacts_months_apart_are_not_unseen() -> None:
    of = facts("A" + " " * 11 + "b", phase=Phase.MAINTENANCE, reviews=(review(day(20)),))
    assert why(of, day(30)) == []


def test_somebody_staying_well_has_a_next_date_like_everybody() -> None:
    of = facts("A", phase=Phase.MAINTENANCE, reviews=(review(day(20)),))
    assert why(of, day(30)) == [(Trigger.OVERDUE, "Last seen 05-Jan-2026, nothing booked")]


def test_somebody_in_treatment_and_never_seen_is_not_out_of_sight() -> None:
    of = facts("D", phase=Phase.ASSESSING, phase_since=day(0), reviews=(review(day(7)),))
    assert why(of, day(14)) == [(Trigger.OVERDUE, "Not seen yet, nothing booked")]
    assert why(of, day(15)) == [(Trigger.OVERDUE, "Not seen yet for 15 days, nothing booked")]


@pytest.mark.parametrize(
    ("question", "words"),
    [("Step down?", "Asked for 06-Jan-2026: Step down?"), (None, "Asked for 06-Jan-2026")],
)
def test_a_case_asked_for_is_listed_with_its_question(question: str | None, words: str) -> None:
    of = settled(supervision_requested_on=day(1), supervision_question=question)
    assert why(of, day(2)) == [(Trigger.REQUEST, words)]


def test_a_closed_case_is_never_listed() -> None:
    """SUP-W5."""
    of = facts(
        "AD",
        phase=Phase.CLOSED,
        closed_on=day(20),
        ladders=(ladder(day(7)),),
        safety_prompts=(prompt(day(0)),),
        supervision_requested_on=day(1),
    )
    assert why(of, day(60)) == []


def test_several_reasons_stand_in_their_fixed_order_on_one_row() -> None:
    """SUP-W7."""
    of = facts(
        "ADD",
        ladders=(ladder(day(14), consecutive=2),),
        measures=(measure(20, day(1)),),
        safety_prompts=(prompt(day(1)),),
        supervision_requested_on=day(15),
    )
    assert triggers(of, day(40)) == [
        Trigger.SAFETY,
        Trigger.ENGAGEMENT,
        Trigger.SCORES,
        Trigger.OVERDUE,
        Trigger.NEW,
        Trigger.REQUEST,
    ]


def test_every_reason_has_a_word_and_a_place() -> None:
    assert set(TRIGGER_WORDS) == set(TRIGGER_ORDER) == set(Trigger)


@given(st.integers(15, 27), st.integers(15, 27))
def test_a_higher_score_never_moves_a_case_up_the_agenda(one: int, other: int) -> None:
    listed = [triggers(settled(measures=(measure(total, day(1)),)), day(3)) for total in (one, other)]
    assert listed == [[Trigger.SCORES]] * 2
