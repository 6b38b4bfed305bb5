"""What is due: the contact clock, and every other thing a patient can be waiting for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.due import (
    DUE_ORDER,
    DUE_WORDS,
    Due,
    DueKind,
    most_pressing,
    next_contact_by,
    what_is_due,
)
from collabcare.domain.episode import Phase, StepDirection
from collabcare.domain.instruments import Safety
from tests.builders import (
    action,
    attempt,
    calendar,
    contact,
    contacts,
    day,
    facts,
    ladder,
    measure,
    move,
    pathway,
    patient,
    prompt,
)

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts

CONTACT, FIRST, REBOOK, REENGAGE = (
    DueKind.CONTACT,
    DueKind.FIRST_CONTACT,
    DueKind.REBOOK,
    DueKind.REENGAGE,
)
CLOCK = (CONTACT, FIRST, REBOOK)


def due(of: EpisodeFacts, today: date) -> tuple[Due, ...]:
    """Return everything due."""
    return what_is_due(of, pathway(), calendar(), today=today)


def only(of: EpisodeFacts, today: date, *kinds: DueKind) -> list[tuple[DueKind, date, str]]:
    """Return what is due of these kinds."""
    return [(each.kind, each.due_on, each.why) for each in due(of, today) if each.kind in kinds]


def clock(of: EpisodeFacts, today: date) -> list[tuple[DueKind, date]]:
    """Return what the contact clock says."""
    return [(kind, on) for kind, on, _why in only(of, today, *CLOCK)]


# the contact clock


def test_a_referral_with_nothing_booked_waits_for_its_first_contact() -> None:
    assert only(facts(), day(7), *CLOCK) == [
        (FIRST, day(7), "Referred 29-Dec-2025, waiting 14 days; nothing booked")
    ]


def test_a_first_contact_missed_leaves_the_first_contact_clock_running() -> None:
    """WAIT-W4: only being seen stops it."""
    missed = facts("D", ladders=(ladder(day(0), closed_on=day(1)),))
    assert clock(missed, day(20)) == [(REBOOK, day(7))]
    assert clock(facts("A"), day(20)) == [(CONTACT, day(7))]


PLAN_ROWS = [("A" * seen, weeks) for seen, weeks in enumerate((1, 1, 1, 1, 2, 2, 2, 2, 2, 4, 4, 4), start=1)]


@pytest.mark.parametrize(("history", "weeks"), PLAN_ROWS, ids=[len(row[0]) for row in PLAN_ROWS])
def test_the_next_contact_follows_the_plan_of_ten_in_fourteen_weeks_and_then_every_four(
    history: str, weeks: int
) -> None:
    of = facts(history)
    last = of.contacts[-1].on
    assert only(of, last, CONTACT) == [
        (
            CONTACT,
            last + timedelta(weeks=weeks),
            f"Last seen {last.day:02d}-{last:%b}-2026; nothing booked",
        )
    ]


@pytest.mark.parametrize("extra", ["D", "C", "P", "N", "DD", "CP", "DCPN"])
def test_a_missed_or_cancelled_contact_does_not_move_the_contact_clock(extra: str) -> None:
    """The clock that a missed contact resets is how people are lost."""
    seen, since = facts("AAAAA"), facts("AAAAA" + extra)
    assert next_contact_by(since, pathway()) == next_contact_by(seen, pathway()) == day(42)


def test_a_dna_inside_the_interval_leaves_the_day_as_it_was() -> None:
    """Seen, due in fourteen days, missed on day ten, reached on day eleven: still due on day fourteen."""
    seen = (*contacts("AAAAA"), contact("D", day(38), id=9))
    of = facts("AAAAA", contacts=seen, ladders=(ladder(day(38), contact_id=9, closed_on=day(39)),))
    assert clock(of, day(39)) == [(REBOOK, day(42))]


@given(st.text("ALDCPN", max_size=8), st.text("DCPN", min_size=1, max_size=4))
def test_nothing_but_being_seen_puts_a_contact_off(history: str, extra: str) -> None:
    before, after = facts(history), facts(history + extra)
    assert next_contact_by(after, pathway()) == next_contact_by(before, pathway())
    found = clock(after, day(90))
    wanted = next_contact_by(before, pathway()) or before.referral_received_on + timedelta(days=14)
    assert len(found) == 1
    assert found[0][1] <= wanted


@given(st.text("ALDCPN", max_size=8))
def test_an_open_patient_always_has_one_next_thing_about_contact(history: str) -> None:
    """Booked, searched for, waiting, or due: nobody falls between them."""
    open_search = (ladder(day(7 * history.index("D"))),) if "D" in history else ()
    for of in (facts(history), facts(history, ladders=open_search), facts(history + "b")):
        found = due(of, of.contacts[-1].on if of.contacts else day(0))
        about = [each for each in found if each.kind in {*CLOCK, REENGAGE}]
        booked = any(c.status is None for c in of.contacts)
        assert len(about) == (0 if booked and of.open_ladder is None else 1)


REBOOK_ROWS = {
    "by the patient": ("AAAAAC", "Cancelled by the patient Mon 09-Feb-2026; nothing booked since"),
    "by us": ("AAAAAP", "We cancelled Mon 09-Feb-2026; nothing booked since"),
    "DNA-W6 late and not seen": (
        "AAAAAN",
        "Arrived late Mon 09-Feb-2026 and could not be seen; nothing booked since",
    ),
    "DNA-W9 two by the patient": (
        "AAAACC",
        "Cancelled 2 times in a row, last Mon 09-Feb-2026; ask what would make it easier",
    ),
    "DNA-W9 being seen between resets": (
        "AAACAC",
        "Cancelled by the patient Mon 09-Feb-2026; nothing booked since",
    ),
}


@pytest.mark.parametrize(("history", "words"), REBOOK_ROWS.values(), ids=REBOOK_ROWS)
def test_an_appointment_that_fell_through_is_to_be_rebooked_and_opens_no_search(
    history: str, words: str
) -> None:
    found = due(facts(history), day(35))
    assert [(each.kind, each.why) for each in found if each.kind in {*CLOCK, REENGAGE}] == [(REBOOK, words)]


def test_rebooking_is_due_in_five_working_days_or_when_the_plan_wants_it_if_that_is_sooner() -> None:
    after_plan = facts("AAAAAAAAAAC")
    assert clock(after_plan, day(70)) == [(REBOOK, day(77))]
    assert clock(facts("AAC"), day(14)) == [(REBOOK, day(14))]


def test_a_cancellation_made_early_is_rebooked_from_the_day_it_was_made() -> None:
    made_early = contact("C", day(60), cancelled_on=day(38), id=9)
    of = facts("AAAAA", contacts=(*contacts("AAAAA"), made_early))
    assert clock(of, day(38)) == [(REBOOK, day(42))]


def test_being_seen_after_the_cancellation_settles_it_though_its_day_lies_ahead() -> None:
    """Booked for day 60, cancelled on day 20, seen on day 28: the plan counts from day 28."""
    cancelled = contact("P", day(60), cancelled_on=day(20), id=9)
    of = facts("AAAAA", contacts=(*contacts("AAAAA"), cancelled))
    assert clock(of, day(28)) == [(CONTACT, day(42))]


def test_a_cancellation_after_being_seen_that_day_is_still_to_be_rebooked() -> None:
    cancelled = contact("P", day(60), cancelled_on=day(63), id=9)
    of = facts("AAAAAAAAAA", contacts=(*contacts("AAAAAAAAAA"), cancelled))
    assert clock(of, day(63)) == [(REBOOK, day(70))]


def test_what_fell_through_last_is_what_is_said_not_what_was_booked_furthest_ahead() -> None:
    ahead = contact("C", day(60), cancelled_on=day(1), id=9)
    of = facts(
        "AD", contacts=(*contacts("AD"), ahead), ladders=(ladder(day(7), contact_id=2, closed_on=day(8)),)
    )
    assert only(of, day(9), REBOOK) == [
        (REBOOK, day(7), "Did not attend Mon 12-Jan-2026; nothing booked since")
    ]


def test_a_dna_whose_search_ended_is_rebooked_from_the_day_the_patient_was_reached() -> None:
    history = "A" * 10 + "D"
    of = facts(history, ladders=(ladder(day(70), contact_id=11, closed_on=day(72)),))
    assert clock(of, day(72)) == [(REBOOK, day(79))]


def test_being_seen_later_on_the_day_of_the_miss_settles_it() -> None:
    of = facts("AD", contacts=(*contacts("AD"), contact("A", day(7), at=None, id=9)))
    ordered = replace(of, contacts=(of.contacts[0], of.contacts[2], of.contacts[1]))
    assert clock(ordered, day(8)) == [(CONTACT, day(14))]


@pytest.mark.parametrize("history", ["b", "Ab", "AAb", "ADb", "ACb"])
def test_nothing_is_due_about_contact_once_something_is_booked(history: str) -> None:
    of = facts(history)
    assert clock(of, of.contacts[-1].on) == []


def test_a_booking_whose_day_has_passed_asks_what_happened() -> None:
    of = facts("Ab")
    assert only(of, day(7), DueKind.OUTCOME) == []
    assert only(of, day(8), DueKind.OUTCOME) == [
        (DueKind.OUTCOME, day(7), "Booked for Mon 12-Jan-2026; what happened is not recorded")
    ]
    assert clock(of, day(8)) == []


STAYING_WELL_ROWS = {
    "first month": (0, 31),
    "seen at one month": (31, 90),
    "seen at three": (90, 181),
    "seen at six, and after the plan every four weeks": (181, 209),
    "seen later still": (200, 228),
}


@pytest.mark.parametrize(("seen", "wanted"), STAYING_WELL_ROWS.values(), ids=STAYING_WELL_ROWS)
def test_staying_well_contacts_are_at_one_three_and_six_months_and_nobody_drops_off_after(
    seen: int, wanted: int
) -> None:
    of = facts("A", phase=Phase.MAINTENANCE, phase_since=day(0), contacts=(contact("A", day(seen)),))
    assert clock(of, day(seen)) == [(CONTACT, day(wanted))]


# the search, measures, letters, actions, safety


def test_a_dna_asks_for_the_next_rung_and_says_so_in_words() -> None:
    of = facts("AD", ladders=(ladder(day(7), attempts=(attempt(1, day(7)),)),))
    assert only(of, day(7), REENGAGE, *CLOCK) == [
        (
            REENGAGE,
            day(9),
            "Did not attend Mon 12-Jan-2026. Try again by another channel or at another time",
        )
    ]


def test_a_second_dna_says_how_many_in_a_row() -> None:
    of = facts(
        "ADD", ladders=(ladder(day(7), closed_on=day(8)), ladder(day(14), consecutive=2, first_rung=2))
    )
    ((_kind, on, words),) = only(of, day(14), REENGAGE)
    assert on == day(14)
    assert words.startswith("Did not attend Mon 19-Jan-2026, 2 in a row. Talk with the GP practice")


def test_a_search_goes_on_beside_a_new_booking_until_the_patient_is_reached() -> None:
    of = facts("ADb", ladders=(ladder(day(7)),))
    assert [each.kind for each in due(of, day(8))] == [REENGAGE, DueKind.MEASURE]


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
    assert due(without, day(20)) == due(with_phone, day(20)) != ()


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
    of = facts("A", step_moves=(start, told, down))
    assert only(of, day(11), DueKind.GP_LETTER) == [
        (DueKind.GP_LETTER, day(17), "Stepped down on 15-Jan-2026; the GP has not been told")
    ]


def test_an_action_is_open_until_it_is_done() -> None:
    of = facts("A", actions=(action(day(5)), action(day(6), done_on=day(6))))
    assert only(of, day(5), DueKind.SUPERVISION_ACTION) == [
        (DueKind.SUPERVISION_ACTION, day(5), "Jo Smith: Ring the practice nurse")
    ]


SAFETY_ROWS = {
    "answered": (prompt(day(1)), "Safety question answered 1 on 06-Jan-2026; not yet talked about"),
    "left blank": (
        prompt(day(1), asked=Safety.ASK, answer=None),
        "The safety question was not answered on 06-Jan-2026; ask it",
    ),
    "could not be asked stays open": (
        prompt(day(1), outcome="could_not_ask", note="No reply"),
        "Safety question answered 1 on 06-Jan-2026; not yet talked about",
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
    assert set(kinds) == set(DueKind) - set(CLOCK)


def test_things_of_one_kind_stand_by_their_day() -> None:
    of = facts("A", actions=(action(day(9)), action(day(3))))
    assert [each.due_on for each in due(of, day(1)) if each.kind is DueKind.SUPERVISION_ACTION] == [
        day(3),
        day(9),
    ]


@pytest.mark.parametrize("phase", [Phase.CLOSED, Phase.ACTIVE])
def test_nothing_is_due_of_somebody_who_has_died(phase: Phase) -> None:
    """ATT-W6: every search, task and letter to them ends, the safety question too."""
    died = burdened(patient=patient(died_on=day(9)), phase=phase)
    assert due(died, day(20)) == ()


def test_nothing_is_due_in_a_closed_episode() -> None:
    assert due(burdened(phase=Phase.CLOSED, closed_on=day(9)), day(20)) == ()


def test_while_paused_no_contact_or_measure_is_due_and_all_else_stays() -> None:
    active, paused = facts("A"), facts("A", phase=Phase.PAUSED)
    assert {each.kind for each in due(active, day(40))} == {CONTACT, DueKind.MEASURE}
    assert due(paused, day(40)) == ()
    kept = {each.kind for each in due(burdened(phase=Phase.PAUSED), day(20))}
    assert kept == set(DueKind) - {*CLOCK, DueKind.MEASURE}


WHEN_ROWS = [
    (-2, "due in 2 days"),
    (-1, "due in 1 day"),
    (0, "due today"),
    (1, "1 day overdue"),
    (9, "9 days overdue"),
]


@pytest.mark.parametrize(("late", "words"), WHEN_ROWS)
def test_when_is_said_in_days(late: int, words: str) -> None:
    thing = Due(kind=CONTACT, due_on=day(10), why="")
    today = day(10 + late)
    assert thing.when(today) == words
    assert (thing.overdue_days(today), thing.is_overdue(today)) == (max(late, 0), late > 0)


def test_the_most_pressing_is_the_first_kind_due_by_today_or_else_what_comes_next() -> None:
    safety = Due(kind=DueKind.SAFETY_CONVERSATION, due_on=day(5), why="")
    late = Due(kind=CONTACT, due_on=day(1), why="")
    soon = Due(kind=DueKind.MEASURE, due_on=day(8), why="")
    later = Due(kind=DueKind.GP_LETTER, due_on=day(9), why="")
    assert most_pressing((safety, late, soon), day(5)) is safety
    assert most_pressing((late, soon), day(5)) is late
    assert most_pressing((later, soon), day(5)) is soon
    assert most_pressing((), day(5)) is None


def test_every_kind_has_words_and_a_place() -> None:
    assert set(DUE_WORDS) == set(DUE_ORDER) == set(DueKind)
