"""The measures of reaching people again: examples, and a naive count beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.codes import ATTENDED, AttendanceStatus, ClosureReason
from collabcare.domain.ids import EpisodeId, PatientId, UserId
from collabcare.domain.loop_misses import Fate, Touch
from collabcare.domain.loop_rates import (
    Followed,
    LoopMeasures,
    by_holder,
    followed,
    loop_measures,
    measures_of,
)
from collabcare.domain.periods import Period
from collabcare.domain.reaching import Route
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.shares import Share
from tests.builders import day
from tests.builders_loop import YEAR, episode, loop_policy, slot, spoke, tried, wrote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.domain.facts import AttemptFact
    from collabcare.domain.loop_facts import LoopEpisode


def counted(*episodes: LoopEpisode, period: Period = YEAR, today: int = 330) -> LoopMeasures:
    """Return the measures of these episodes, each of a patient of its own."""
    apart = [
        replace(each, episode_id=EpisodeId(n), patient_id=PatientId(n)) for n, each in enumerate(episodes)
    ]
    return loop_measures(apart, period, loop_policy(), today=day(today))


REACHED = episode("D A", tried(0), spoke(2))
DIED = replace(episode("D", tried(0)), died_on=day(4))
GONE = replace(episode("D", tried(0)), closed_on=day(9), closure_reason=ClosureReason.REFERRED_ELSEWHERE)
CLOSED = replace(episode("D", tried(0)), closed_on=day(60), closure_reason=ClosureReason.DID_NOT_ATTEND)
SOUGHT = episode("D", tried(1), wrote(5))
UNTRIED = episode("D")
BACK = episode("DA")


def test_missed_reached_and_returned() -> None:
    of = counted(REACHED, DIED, GONE, CLOSED, SOUGHT, UNTRIED, BACK)
    assert (of.missed, of.people) == (7, 7)
    assert of.reached == Share(2, 5)
    assert {fate: of.fate(fate) for fate in Fate} == {
        Fate.REACHED: 2,
        Fate.SOUGHT: 2,
        Fate.DIED: 1,
        Fate.MOVED: 1,
        Fate.ENDED: 1,
    }
    assert of.tried == Share(5, 6)
    assert of.returned_of_tried == Share(1, 3)
    assert of.returned == Share(2, 5)
    assert of.sentence == (
        "7 missed appointments of 7 people. Reached: 2 of 5 (40%). Seen within 15 days of the first attempt:"
        " 1 of 3 (33%). Not counted in this: 2 who died or moved first."
    )


def test_nobody_missed_is_said_in_words() -> None:
    of = counted(episode("AA"))
    assert of.sentence == "No appointment was missed."
    assert (of.reached.words, of.to_contact.words, of.attempts.all.reached.words) == ("none",) * 3
    assert "Not counted" not in counted(SOUGHT).sentence
    assert counted(SOUGHT).sentence.startswith("1 missed appointment of 1 person. Reached: 0 of 1 (0%).")


def test_what_it_went_by_and_where_it_is_from() -> None:
    of = counted(REACHED)
    assert [used.words for used in of.used] == [
        "Missed appointments: 1",
        "People: 1",
        "Attempts: 2",
        "Days to be seen again: 15",
    ]
    assert (of.rule, of.source) == (loop_policy().rule, loop_policy().source)


def test_only_the_period_counts_but_what_followed_counts_to_today() -> None:
    of = counted(episode("D D A", spoke(3)), period=Period(day(0), day(6)))
    assert (of.missed, of.reached, of.attempts.all.attempts) == (1, Share(1, 1), 1)
    assert of.appointments.of(AttendanceStatus.ATTENDED_ON_TIME) == Share(0, 1)


def test_days_not_over_are_in_no_share() -> None:
    early = counted(episode("D", tried(2), spoke(3)), UNTRIED, episode("DA"), today=15)
    assert (early.too_early, early.returned, early.returned_of_tried) == (3, Share(0, 0), Share(0, 0))
    later = counted(episode("D", tried(2), spoke(3)), UNTRIED, episode("DA"), today=16)
    assert (later.too_early, later.returned) == (1, Share(1, 2))
    assert counted(DIED, today=9).too_early == 0


def test_days_from_the_missed_one() -> None:
    of = counted(episode("D", tried(0), spoke(2)), episode("D", tried(1), spoke(5)), SOUGHT, BACK)
    assert of.to_first_attempt.words == "median 1 day (0 to 1), of 3"
    assert of.to_contact.words == "median 5 days (2 to 7), of 3"


def test_by_channel_number_and_outcome() -> None:
    letter = {"channel": Channel.LETTER}
    of = counted(
        episode("D A", tried(0), spoke(2)),
        episode("D", tried(0), tried(2), wrote(7), tried(9), spoke(12, **letter)),
    )
    by = {each.kind: each for each in of.attempts.by_channel}
    calls, letters = by[Route.CALL], by[Route.LETTER]
    assert (calls.kind, calls.attempts, calls.reached, calls.seen) == (
        Route.CALL,
        5,
        Share(1, 5),
        Share(2, 5),
    )
    assert (letters.attempts, letters.reached, letters.days.words) == (
        1,
        Share(1, 1),
        "median 12 days (12 to 12), of 1",
    )
    assert [(each.kind, each.attempts, each.reached.numerator) for each in of.attempts.by_number] == [
        (1, 2, 0),
        (2, 2, 1),
        (3, 2, 1),
    ]
    kinds = {each.kind: each.attempts for each in of.attempts.by_outcome if each.attempts}
    assert kinds == {AttemptOutcome.SPOKE: 1, AttemptOutcome.NO_ANSWER: 4, AttemptOutcome.SENT: 1}


def test_how_they_were_first_in_touch() -> None:
    of = counted(REACHED, BACK, episode("DC"), SOUGHT)
    shown = {(way.how, way.way): way.of_reached for way in of.ways if way.of_reached.numerator}
    assert shown == {
        (Touch.SPOKE, Route.CALL): Share(1, 3),
        (Touch.SEEN, None): Share(1, 3),
        (Touch.THEMSELVES, None): Share(1, 3),
    }


def test_what_we_cancelled_stands_beside_what_was_missed() -> None:
    of = counted(episode("ALDCPNb"), replace(episode("C"), died_on=day(-1)), today=60).appointments
    assert {status.value: share for status, share in of.outcomes} == dict.fromkeys("563427", Share(1, 6))
    assert (of.unrecorded, of.after_death) == (1, 1)
    assert counted(episode("ALDCPNb"), today=42).appointments.unrecorded == 0


def test_an_appointment_entered_for_a_period_that_holds_none() -> None:
    of = counted(period=YEAR)
    assert all(share == Share(0, 0) for _status, share in of.appointments.outcomes)


def test_promised_days() -> None:
    told = {"outcome": AttemptOutcome.THIRD_PARTY}
    of = counted(
        episode("D", tried(1, **told, promised_on=day(4)), spoke(3)),
        episode("D", tried(1, **told, promised_on=day(4)), spoke(9)),
        episode("D", tried(1, **told, promised_on=day(4))),
        episode("D", tried(1, **told, promised_on=day(90))),
        today=60,
    )
    assert (of.promises, of.promises_open) == (Share(2, 3), 1)


def test_practitioners_stand_by_name_and_nobody_last() -> None:
    def of(number: int | None, name: str | None) -> Followed:
        held = replace(SOUGHT, holder_id=None if number is None else UserId(number), holder=name)
        return followed(held, YEAR, loop_policy(), today=day(330))

    found = by_holder([of(2, "sam"), of(None, None), of(1, "Jo"), of(2, "sam"), of(3, "Sam")])
    assert [(who, len(held)) for who, held in found.items()] == [
        ((1, "Jo"), 1),
        ((2, "sam"), 2),
        ((3, "Sam"), 1),
        ((None, None), 1),
    ]


HISTORIES = st.text("ADCPNLb ", max_size=8)
TRIES = st.lists(
    st.tuples(
        st.integers(0, 70),
        st.sampled_from([AttemptOutcome.NO_ANSWER, AttemptOutcome.SPOKE, AttemptOutcome.SENT]),
        st.sampled_from([Channel.CALL, Channel.LETTER, Channel.SUPERVISION]),
    ),
    max_size=5,
)


@st.composite
def episodes(draw: st.DrawFn) -> LoopEpisode:
    """Draw an episode of one of two practitioners or of nobody, perhaps over, perhaps of the dead."""
    attempts = [tried(on, came, channel=channel) for on, came, channel in sorted(draw(TRIES))]
    holder = draw(st.sampled_from([(UserId(1), "Jo"), (UserId(2), "Sam"), (None, None)]))
    closed = draw(st.none() | st.integers(0, 90))
    died = draw(st.none() | st.integers(0, 90))
    return replace(
        episode(draw(HISTORIES), *attempts),
        patient_id=PatientId(draw(st.integers(1, 3))),
        holder_id=holder[0],
        holder=holder[1],
        closed_on=None if closed is None else day(closed),
        closure_reason=None if closed is None else draw(st.sampled_from(ClosureReason)),
        died_on=None if died is None else day(died),
    )


def naive_words(of: LoopEpisode, place: int) -> list[date]:
    """Return the days of every word there could be after the appointment at ``place``."""
    words = [attempt.on for search in of.searches for attempt in search.attempts if attempt.outcome.reached]
    for later in of.appointments[place + 1 :]:
        alive = of.died_on is None or later.on < of.died_on
        came = later.status in ATTENDED or later.status is AttendanceStatus.ARRIVED_LATE_NOT_SEEN
        if came or (later.status is AttendanceStatus.CANCELLED_BY_PATIENT and alive):
            words.append(later.on)
    return words


def naive_reached(of: Sequence[LoopEpisode], period: Period, today: date) -> int:
    """Count the misses after which there was a word, by looking through every one there could be."""
    return sum(
        any(one.on <= word <= today for word in naive_words(each, place))
        for each in of
        for place, one in enumerate(each.appointments)
        if one.status is AttendanceStatus.DID_NOT_ATTEND
        and one.on <= today
        and period.first <= one.on <= period.last
    )


PERIODS = st.tuples(st.integers(-10, 60), st.integers(0, 60)).map(
    lambda pair: Period(day(pair[0]), day(pair[0]) + timedelta(days=pair[1]))
)


@given(st.lists(episodes(), max_size=5), PERIODS, st.integers(0, 120))
def test_counts_agree_with_a_naive_count_and_with_each_other(
    of: list[LoopEpisode], period: Period, today: int
) -> None:
    found = loop_measures(of, period, loop_policy(), today=day(today))
    assert found.fate(Fate.REACHED) == found.reached.numerator == naive_reached(of, period, day(today))
    assert sum(share.numerator for _fate, share in found.fates) == found.missed
    assert found.reached.denominator == found.missed - found.fate(Fate.DIED) - found.fate(Fate.MOVED)
    assert found.returned_of_tried.numerator <= found.returned.numerator
    assert found.returned_of_tried.denominator <= found.returned.denominator <= found.missed
    assert found.returned.denominator + found.too_early <= found.missed
    assert found.people <= found.missed
    assert found.to_contact.count == found.reached.numerator
    assert sum(way.of_reached.numerator for way in found.ways) == found.reached.numerator
    slots = found.appointments
    known = {share.denominator for _status, share in slots.outcomes}
    assert known == {sum(share.numerator for _status, share in slots.outcomes)}


@given(st.lists(episodes(), max_size=5), PERIODS, st.integers(0, 120))
def test_every_split_of_the_attempts_adds_up_to_all(
    of: list[LoopEpisode], period: Period, today: int
) -> None:
    attempts = loop_measures(of, period, loop_policy(), today=day(today)).attempts
    for split in (attempts.by_channel, attempts.by_number, attempts.by_outcome):
        assert sum(each.attempts for each in split) == attempts.all.attempts
        assert sum(each.reached.numerator for each in split) == attempts.all.reached.numerator
        assert sum(each.seen.denominator for each in split) == attempts.all.seen.denominator
        assert sum(each.days.count for each in split) == attempts.all.days.count


@given(st.lists(episodes(), max_size=6), PERIODS, st.integers(0, 120))
def test_the_lines_of_the_practitioners_add_up_to_the_service(
    of: list[LoopEpisode], period: Period, today: int
) -> None:
    whole = loop_measures(of, period, loop_policy(), today=day(today))
    found = [followed(each, period, loop_policy(), today=day(today)) for each in of]
    lines = [measures_of(held, loop_policy(), today=day(today)) for held in by_holder(found).values()]
    assert sum(line.missed for line in lines) == whole.missed
    for share in ("reached", "returned", "returned_of_tried", "tried", "promises"):
        one = [getattr(line, share) for line in lines]
        assert Share(sum(s.numerator for s in one), sum(s.denominator for s in one)) == getattr(whole, share)


@given(st.lists(st.integers(0, 40), max_size=4), st.integers(0, 60))
def test_more_time_never_takes_a_word_back(days: list[int], today: int) -> None:
    attempts: list[AttemptFact] = [spoke(n) if n % 3 == 0 else tried(n) for n in sorted(days)]
    of = [episode("DD A", *attempts)]
    now, then = (loop_measures(of, YEAR, loop_policy(), today=day(n)) for n in (today, today + 9))
    assert now.reached.numerator <= then.reached.numerator
    assert now.attempts.all.attempts <= then.attempts.all.attempts


@pytest.mark.parametrize("letters", ["D", "DD"])
def test_a_second_miss_on_one_day_is_a_second_miss(letters: str) -> None:
    slots = tuple(slot(letter, day(0), n) for n, letter in enumerate(letters, start=1))
    assert counted(replace(episode(), appointments=slots)).missed == len(letters)
