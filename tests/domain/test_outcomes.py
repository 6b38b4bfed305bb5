"""Change between two scores of one instrument."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.outcomes import (
    Change,
    Reliable,
    change_between,
    change_of,
    first_and_last,
    standing_scores,
)
from collabcare.domain.scoring import with_setting
from tests.builders import contacts, day, facts, gad7, instruments, measure, phq9

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts, MeasureFact
    from collabcare.domain.instruments import Instrument, Number

BETTER, WORSE, SAME = Reliable.IMPROVEMENT, Reliable.DETERIORATION, Reliable.NONE

PHQ9_CHANGES = {
    "CHG-W1": (15, 9, 6, BETTER, True),
    "CHG-W2": (15, 10, 5, SAME, False),
    "CHG-W3": (10, 9, 1, SAME, True),
    "CHG-W4": (5, 0, 5, SAME, False),
    "CHG-W5": (9, 15, -6, WORSE, False),
    "a fall to 0 is a change like any other": (14, 0, 14, BETTER, True),
    "a rise from 0": (0, 6, -6, WORSE, False),
    "none": (12, 12, 0, SAME, False),
    "one short of worse": (9, 14, -5, SAME, False),
    "reliably better, still a case": (27, 10, 17, BETTER, False),
}
OTHER_CHANGES = {
    "GAD 4 better": ("gad7", (12, 8), "4", BETTER, False),
    "GAD 4 better and crossed": ("gad7", (11, 7), "4", BETTER, True),
    "GAD 3 better": ("gad7", (10, 7), "3", SAME, True),
    "GAD 4 worse": ("gad7", (7, 11), "-4", WORSE, False),
    "CORE 22 to 16": ("core10", (22, 16), "6", BETTER, False),
    "CORE 22 to 17": ("core10", (22, 17), "5", SAME, False),
    "CORE 12 to 6": ("core10", (12, 6), "6", BETTER, True),
    "CORE 10 to 4 started below the cut-off": ("core10", (10, 4), "6", BETTER, False),
    "CORE 11 to 17": ("core10", (11, 17), "-6", WORSE, False),
    "PCL-W5": ("pcl5", (45, 35), "10", BETTER, False),
    "PCL-W6": ("pcl5", (45, 36), "9", SAME, False),
    "REQ-W4": ("reqol10", (20, 24), "4", SAME, False),
    "ReQoL 20 to 25": ("reqol10", (20, 25), "5", BETTER, True),
    "ReQoL 25 to 20": ("reqol10", (25, 20), "-5", WORSE, False),
    "SWE-W4": ("swemwbs", (20, 25), "3.76", BETTER, True),
    "SWE-W5": ("swemwbs", (21, 24), "2.29", SAME, True),
    "SWEMWBS 25 to 20": ("swemwbs", (25, 20), "-3.76", WORSE, False),
    "WSAS 20 to 12": ("wsas", (20, 12), "8", BETTER, False),
    "WSAS 20 to 13": ("wsas", (20, 13), "7", SAME, False),
    "WSAS 10 to 9": ("wsas", (10, 9), "1", SAME, True),
}


@pytest.mark.parametrize(
    ("first", "last", "change", "reliable", "crossed"), PHQ9_CHANGES.values(), ids=PHQ9_CHANGES
)
def test_a_phq9_change(first: int, last: int, change: int, reliable: Reliable, crossed: bool) -> None:
    found = change_between(phq9(), first, last)
    assert (found.change, found.reliable, found.crossed) == (change, reliable, crossed)
    assert found.significant == (crossed and reliable is BETTER)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    ("name", "totals", "change", "reliable", "crossed"), OTHER_CHANGES.values(), ids=OTHER_CHANGES
)
def test_a_change_of_another_instrument(
    name: str, totals: tuple[int, int], change: str, reliable: Reliable, crossed: bool
) -> None:
    found = change_between(instruments()[name], *totals)
    assert (found.change, found.reliable, found.crossed) == (Decimal(change), reliable, crossed)
    assert found.significant == (crossed and reliable is BETTER)


def test_under_the_export_setting_a_core10_change_of_five_is_reliable() -> None:
    core = instruments()["core10"]
    assert change_between(with_setting(core, "mhsds"), 22, 17).reliable is BETTER
    assert with_setting(core, "mhsds").caseness == core.caseness
    assert with_setting(core, "depression").reliable_change == core.reliable_change
    with pytest.raises(RuleViolation, match="no setting"):
        with_setting(core, "somewhere else")


def test_an_instrument_without_a_reliable_change_shows_its_change_without_a_label() -> None:
    found = change_between(instruments()["dialog"], Decimal("4.00"), Decimal("4.47"))
    assert (found.change, found.reliable, found.crossed) == (Decimal("0.47"), None, False)
    assert (found.significant, found.no_room) == (None, False)


def test_an_instrument_with_a_cut_off_and_no_reliable_change_can_be_crossed_but_not_significantly() -> None:
    found = change_between(instruments()["auditc"], 6, 3)
    assert (found.change, found.reliable, found.crossed, found.significant) == (3, None, True, None)
    stars = change_between(instruments()["rstar"], Decimal("3.20"), Decimal("5.00"))
    assert (stars.change, stars.reliable, stars.crossed) == (Decimal("1.80"), None, None)


def test_without_a_cut_off_a_reliable_change_crosses_nothing() -> None:
    found = change_between(replace(phq9(), caseness=None), 20, 3)
    assert (found.reliable, found.crossed, found.significant) == (BETTER, None, None)


@pytest.mark.parametrize(("first", "no_room"), [(0, True), (5, True), (6, False), (27, False)])
def test_below_the_reliable_change_there_is_no_room_to_improve(first: int, no_room: bool) -> None:
    """CHG-W4: a fall from 5 cannot be reliable, however well the person is."""
    assert change_between(phq9(), first, 0).no_room is no_room


@pytest.mark.parametrize(("first", "no_room"), [(33, False), (34, True), (35, True)])
def test_room_is_measured_on_the_scale_that_change_works_on(first: int, no_room: bool) -> None:
    """From a raw 33 the metric can still rise from 30.70 to 35.00, from 34 only by 2.45."""
    assert change_between(instruments()["swemwbs"], first, 35).no_room is no_room


def test_on_a_scale_where_higher_is_better_a_rise_is_an_improvement(wellbeing: Instrument) -> None:
    assert change_between(wellbeing, 24, 29) == Change(
        first=24, last=29, change=5, reliable=BETTER, crossed=True, significant=True, no_room=False
    )
    assert change_between(wellbeing, 29, 24).reliable is WORSE
    assert [change_between(wellbeing, first, 50).no_room for first in (45, 46)] == [False, True]


@given(st.sampled_from(sorted(instruments())), st.data())
def test_change_is_the_same_both_ways_round(name: str, data: st.DataObject) -> None:
    instrument = instruments()[name]
    totals = st.integers(instrument.total_min, instrument.total_max)
    first, last = data.draw(totals), data.draw(totals)
    there, back = change_between(instrument, first, last), change_between(instrument, last, first)
    assert there.change == -back.change
    assert (there.reliable is BETTER) == (back.reliable is WORSE)
    assert not (there.crossed and back.crossed)
    assert not (there.no_room and there.reliable is BETTER)
    assert (there.change > 0) == (int(instrument.direction) * (first - last) > 0)


@given(st.sampled_from(sorted(instruments())), st.data())
def test_a_better_last_score_never_makes_a_worse_change(name: str, data: st.DataObject) -> None:
    instrument = instruments()[name]
    totals = st.integers(instrument.total_min, instrument.total_max)
    first, one, other = (data.draw(totals) for _ in range(3))
    worse, better = sorted((one, other), reverse=int(instrument.direction) > 0)
    assert change_between(instrument, first, worse).change <= change_between(instrument, first, better).change


WRONG: st.SearchStrategy[int | Decimal] = st.one_of(
    st.integers(max_value=-1), st.integers(min_value=101), st.decimals(), st.just(value=True)
)


@given(st.sampled_from(["phq9", "gad7", "swemwbs", "wsas", "core10", "reqol10"]), WRONG)
def test_what_no_form_can_give_is_refused_in_one_sentence(name: str, wrong: Number) -> None:
    instrument = instruments()[name]
    for pair in ((wrong, 9), (9, wrong)):
        with pytest.raises(RuleViolation, match=r"totals run \d+ to \d+\."):
            change_between(instrument, *pair)


@pytest.mark.parametrize("wrong", [Decimal("NaN"), Decimal("Infinity"), Decimal("0.99"), 8])
def test_a_mean_beyond_its_scale_is_refused(wrong: Number) -> None:
    with pytest.raises(RuleViolation, match="totals run 1 to 7"):
        change_between(instruments()["dialog"], Decimal("4.5"), wrong)


def pair(scores: list[MeasureFact], history: str = "A", **changes: date) -> tuple[Number, Number] | None:
    """Return the totals that are compared in an episode."""
    found = first_and_last(made(scores, history, **changes), "phq9")
    return found and (found[0][1], found[1][1])


def made(scores: list[MeasureFact], history: str = "A", **changes: date) -> EpisodeFacts:
    """Return an episode referred a week before the first Monday and first seen on it."""
    return facts(history, measures=tuple(scores), **changes)


@pytest.mark.parametrize("scores", [pytest.param([measure(15)], id="CHG-W6"), []])
def test_one_score_is_no_change(scores: list[MeasureFact]) -> None:
    assert pair(scores) is None
    assert change_of(made(scores), phq9()) is None


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        pytest.param([measure(15), measure(9)], None, id="CHG-W7"),
        ([measure(15), measure(9), measure(4, day(14))], (9, 4)),
        ([measure(15), measure(9, day(14)), measure(12, day(14))], (15, 12)),
    ],
)
def test_two_scores_of_one_day_are_a_correction_and_the_later_entered_stands(
    scores: list[MeasureFact], expected: tuple[int, int] | None
) -> None:
    assert pair(scores) == expected


def test_an_incomplete_form_is_neither_first_nor_latest_nor_a_correction() -> None:
    """An unfinished form says nothing about change, and does not wipe out the finished one of that day."""
    assert pair([measure(None), measure(15, day(1)), measure(9, day(14)), measure(None, day(20))]) == (15, 9)
    assert pair([measure(15), measure(None), measure(9, day(14))]) == (15, 9)


def test_a_prorated_score_counts_as_complete_and_says_so() -> None:
    prorated = measure(11, prorated=True, missing=1)
    assert pair([prorated, measure(5, day(7))]) == (11, 5)
    for scores in ([prorated, measure(5, day(7))], [measure(18), replace(prorated, taken_on=day(7))]):
        found = change_of(made(scores), phq9())
        assert found is not None
        assert found.prorated


BASELINES = {
    "before the referral, then before the first contact": ([-20, -3, 14], 1),
    "on the day of the referral": ([-20, -7, 14], 1),
    "at the first contact": ([-20, 0, 14], 1),
    "the first of two before the first contact": ([-5, 0, 14], 0),
    "none until after the first contact": ([7, 14], 0),
    "before the referral, then only after the first contact": ([-20, 1, 14], 0),
    "all before the referral": ([-30, -20], 0),
}


@pytest.mark.parametrize(("days", "first"), BASELINES.values(), ids=BASELINES)
def test_the_first_score_is_from_the_referral_up_to_the_first_contact_if_there_is_one(
    days: list[int], first: int
) -> None:
    scores = [measure(10 + place, day(number)) for place, number in enumerate(days)]
    assert pair(scores) == (10 + first, 10 + len(days) - 1)


def test_until_somebody_is_seen_any_score_since_the_referral_is_a_first_one() -> None:
    assert pair([measure(20, day(-20)), measure(15, day(1)), measure(9, day(14))], "") == (15, 9)


def test_one_score_since_the_referral_is_not_compared_with_itself() -> None:
    assert pair([measure(20, day(-20)), measure(15)]) is None


def test_the_last_score_is_the_last_before_the_discharge() -> None:
    scores = [measure(18), measure(9, day(28)), measure(16, day(60))]
    assert pair(scores, closed_on=day(28)) == (18, 9)
    assert pair(scores, closed_on=day(0)) is None


def work_and_social(work: int, on: date) -> MeasureFact:
    """Return a WSAS of 20; work may not apply (written as one above the highest answer)."""
    return measure(20, on, instrument="wsas", answers=(work, 5, 5, 5, 5))


def test_work_and_social_adjustment_is_compared_only_with_itself() -> None:
    """WSAS: 20 of 32 and 20 of 40 are not the same score."""
    wsas = instruments()["wsas"]
    not_applicable = wsas.item_max + 1
    mixed = change_of(made([work_and_social(not_applicable, day(0)), work_and_social(0, day(28))]), wsas)
    assert mixed is not None
    assert mixed.change is None
    for work in (0, not_applicable):
        alike = change_of(made([work_and_social(work, day(0)), work_and_social(work, day(28))]), wsas)
        assert alike is not None
        assert alike.change is not None
        assert alike.change.change == 0


def test_the_scores_that_stand_are_one_a_day_oldest_first() -> None:
    forms = [measure(15), measure(9), measure(None, day(3)), measure(7, day(7)), measure(8, day(7))]
    assert [m.total for m in standing_scores(forms)] == [9, 8]


@given(
    st.lists(st.tuples(st.integers(-60, 60), st.integers(0, 27) | st.none()), max_size=12),
    st.sampled_from(["", "A", "DA", "  A"]),
)
def test_first_and_last_are_two_scores_of_two_days(
    scores: list[tuple[int, int | None]], history: str
) -> None:
    ordered = [measure(total, day(number)) for number, total in sorted(scores, key=lambda each: each[0])]
    episode = facts(history, measures=tuple(ordered), contacts=contacts(history))
    found = first_and_last(episode, "phq9")
    if found is not None:
        (first, before), (last, after) = found
        assert first.taken_on < last.taken_on
        assert (first.total, last.total) == (before, after)
        assert last.taken_on == max(m.taken_on for m in ordered if m.total is not None)
    assert first_and_last(episode, gad7().id) is None
