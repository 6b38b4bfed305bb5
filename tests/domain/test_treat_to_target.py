"""Treat to target: which flags a course of scores raises, in what order, and what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.episode import Phase
from collabcare.domain.errors import RuleViolation
from collabcare.domain.outcomes import scores_in_episode
from collabcare.domain.treat_to_target import Flag, ScoreCourse, TargetFlag, flags, target_flags
from tests.builders import MONDAY, day, facts, gad7, instruments, measure, patient, phq9
from tests.builders_change import target_policy

W, C, N, E = Flag.WORSENING, Flag.CONSULT, Flag.NOT_IMPROVING, Flag.EARLY_CHECK
DUE, REM, RES, P = Flag.MEASURE_DUE, Flag.REMISSION, Flag.RESPONSE, Flag.PARTIAL

COURSES = [
    pytest.param(18, 9, 56, None, [RES], id="T2T-W1"),
    pytest.param(18, 10, 56, None, [N, P], id="T2T-W2"),
    pytest.param(16, 12, 28, None, [E], id="T2T-W4-12"),
    pytest.param(16, 11, 28, None, [P], id="T2T-W4-11"),
    pytest.param(12, 4, 28, None, [REM, RES], id="T2T-W5"),
    pytest.param(9, 8, 91, None, [], id="T2T-W7"),
    pytest.param(14, 9, 56, None, [N, P], id="T2T-W10"),
    # the edges of each rule
    pytest.param(16, 12, 27, None, [], id="27 days"),
    pytest.param(16, 12, 55, None, [E], id="55 days"),
    pytest.param(16, 12, 56, None, [N], id="56 days"),
    pytest.param(16, 12, 83, None, [N], id="83 days"),
    pytest.param(16, 12, 84, None, [C, N], id="84 days"),
    pytest.param(16, 12, 200, None, [C, N], id="200 days"),
    pytest.param(9, 9, 84, None, [], id="a first score of 9"),
    pytest.param(10, 10, 84, None, [C, N], id="a first score of 10"),
    pytest.param(10, 5, 84, None, [RES], id="exactly half"),
    pytest.param(11, 6, 84, None, [C, N, P], id="just above half"),
    pytest.param(8, 4, 84, None, [REM], id="half of a first score below 10 is no response"),
    pytest.param(9, 4, 28, None, [REM], id="below 5"),
    pytest.param(9, 5, 28, None, [], id="5"),
    pytest.param(10, 4, 84, None, [REM, RES], id="remission from 10"),
    pytest.param(15, 10, 27, None, [P], id="a fall of 5"),
    pytest.param(15, 11, 27, None, [], id="a fall of 4"),
    pytest.param(0, 0, 0, None, [REM], id="a 0 is a score"),
    # worsening
    pytest.param(10, 15, 20, None, [W], id="5 above the lowest, which is the first"),
    pytest.param(10, 14, 20, None, [], id="4 above the lowest"),
    pytest.param(15, 14, 60, 9, [W, N], id="5 above a low in between"),
    pytest.param(15, 13, 60, 9, [N], id="4 above a low in between"),
    pytest.param(20, 9, 60, 4, [W, RES], id="worsening and response"),
    pytest.param(6, 11, 100, None, [W], id="worsening from below 10"),
    pytest.param(12, 20, 90, 12, [W, C, N], id="worse since the start"),
]


def course(baseline: int, latest: int, days: int, lowest: int | None = None) -> ScoreCourse:
    """Return a course that began on the first Monday of 2026."""
    return ScoreCourse(
        baseline=baseline, baseline_on=MONDAY, latest=latest, latest_on=day(days), lowest=lowest
    )


def raised(found: tuple[TargetFlag, ...]) -> list[Flag]:
    """Return the kinds of flags, as they are ordered."""
    return [flag.kind for flag in found]


@pytest.mark.parametrize(("baseline", "latest", "days", "lowest", "expected"), COURSES)
def test_a_phq9_course_raises_its_flags(
    baseline: int, latest: int, days: int, lowest: int | None, expected: list[Flag]
) -> None:
    found = flags(course(baseline, latest, days, lowest), phq9(), target_policy())
    assert raised(found) == expected
    assert {flag.days for flag in found} <= {days}


@pytest.mark.parametrize(
    ("baseline", "latest", "days", "lowest", "expected"),
    [each for each in COURSES if each.values[3] is None],
)
def test_an_episode_raises_the_same_flags(
    baseline: int, latest: int, days: int, lowest: None, expected: list[Flag]
) -> None:
    scores = (measure(baseline), measure(latest, day(days))) if days else (measure(latest),)
    found = target_flags(facts("A", measures=scores), phq9(), target_policy(), today=day(days))
    assert raised(found) == expected
    assert {flag.days for flag in found} <= {days}


@pytest.mark.parametrize(("latest", "expected"), [(13, []), (14, [W])])
def test_the_gad7_worsens_by_its_own_reliable_change(latest: int, expected: list[Flag]) -> None:
    """4 above the first score, where the PHQ-9 asks for 6; the 5 above the lowest holds for both."""
    assert raised(flags(course(10, latest, 20), gad7(), target_policy())) == expected


def test_without_a_reliable_change_only_a_rise_above_the_lowest_is_worsening() -> None:
    bare = replace(gad7(), reliable_change=None)
    assert raised(flags(course(10, 14, 20), bare, target_policy())) == []
    assert raised(flags(course(10, 15, 20), bare, target_policy())) == [W]


@pytest.mark.parametrize(
    ("since", "active", "expected"),
    [(28, True, []), pytest.param(29, True, [DUE], id="EPI-W3"), (29, False, []), (400, True, [DUE])],
)
def test_a_measure_is_due_after_28_days_while_treated(since: int, active: bool, expected: list[Flag]) -> None:
    one = course(9, 8, 7)
    found = flags(one, phq9(), target_policy(), active=active, today=day(7 + since))
    assert raised(found) == expected
    assert DUE not in raised(flags(one, phq9(), target_policy(), active=active))


def test_what_is_due_stands_between_what_worries_and_what_gladdens() -> None:
    found = flags(course(20, 9, 60, 4), phq9(), target_policy(), today=day(100))
    assert raised(found) == [W, DUE, RES]


@given(
    st.integers(0, 27), st.integers(0, 27), st.integers(0, 400), st.integers(0, 27) | st.none(), st.booleans()
)
def test_every_flag_follows_its_published_rule(
    b: int, s: int, days: int, lowest: int | None, active: bool
) -> None:
    """The table of rules, written out as it is read."""
    today = day(days + 30)
    low = min(b, s, 27 if lowest is None else lowest)
    remission, response = s < 5, b >= 10 and 2 * s <= b
    expected = {
        W: s - low >= 5 or s - b >= 6,
        C: days >= 84 and b >= 10 and not response and not remission,
        N: days >= 56 and b >= 10 and not response and not remission,
        E: 28 <= days < 56 and b >= 10 and b - s < 5 and s >= 5,
        DUE: active and (today - day(days)).days > 28,
        REM: remission,
        RES: response,
        P: not remission and not response and b - s >= 5,
    }
    found = flags(course(b, s, days, lowest), phq9(), target_policy(), active=active, today=today)
    assert raised(found) == [flag for flag in Flag if expected[flag]]


@given(st.integers(10, 27), st.integers(0, 27), st.integers(0, 300), st.integers(1, 100))
def test_time_alone_never_takes_a_worry_away(b: int, s: int, days: int, more: int) -> None:
    """Without a new score the concern only grows: an early check gives way to not improving, then consult."""
    worries = {C, N, E}
    earlier = set(raised(flags(course(b, s, days), phq9(), target_policy())))
    later = set(raised(flags(course(b, s, days + more), phq9(), target_policy())))
    assert not (earlier & worries) or later & worries
    assert (earlier & {C, N}) <= later


@given(
    st.integers(), st.integers(), st.integers(-400, 400), st.integers() | st.none(), st.integers(-500, 500)
)
def test_nothing_but_a_plain_refusal_is_ever_raised(
    b: int, s: int, days: int, lowest: int | None, today: int
) -> None:
    try:
        found = flags(course(b, s, days, lowest), phq9(), target_policy(), today=day(today))
    except RuleViolation:
        return
    assert all(flag.sentence and flag.used and flag.source for flag in found)


REFUSED = {
    "too high": (course(28, 9, 28), "totals run 0 to 27"),
    "too low": (course(18, -1, 28), "totals run 0 to 27"),
    "a lowest that cannot be": (course(18, 9, 28, -2), "totals run 0 to 27"),
    "latest before first": (course(18, 9, -1), "cannot be earlier than the first"),
    "in the future": (course(18, 9, 60), "cannot be in the future"),
}


@pytest.mark.parametrize(("wrong", "says"), REFUSED.values(), ids=REFUSED)
def test_scores_and_dates_that_cannot_be_are_refused(wrong: ScoreCourse, says: str) -> None:
    with pytest.raises(RuleViolation, match=says):
        flags(wrong, phq9(), target_policy(), today=day(59))


def test_a_measure_without_a_target_is_refused_by_hand_and_silent_in_an_episode() -> None:
    core = instruments()["core10"]
    with pytest.raises(RuleViolation, match="CORE-10 is not one of the measures"):
        flags(course(20, 9, 28), core, target_policy())
    scores = (measure(20, instrument="core10"), measure(30, day(28), instrument="core10"))
    assert target_flags(facts("A", measures=scores), core, target_policy(), today=day(90)) == ()


SAID = {
    W: (
        course(15, 14, 60, 9),
        (
            "PHQ-9 15 on 05-Jan-2026, 14 on 06-Mar-2026: up 5 from the lowest score of 9. "
            "Consider a review this week with a safety conversation, and discuss in supervision."
        ),
    ),
    C: (
        course(16, 12, 84),
        (
            "PHQ-9 16 on 05-Jan-2026, 12 on 30-Mar-2026: not fallen by 50% and not below 5 after 84 days. "
            "Consider asking for specialist or psychiatric consultation."
        ),
    ),
    N: (
        course(16, 12, 56),
        (
            "PHQ-9 16 on 05-Jan-2026, 12 on 02-Mar-2026: not fallen by 50% and not below 5 after 56 days. "
            "Discuss in supervision; consider a change of approach."
        ),
    ),
    E: (
        course(16, 12, 28),
        (
            "PHQ-9 16 on 05-Jan-2026, 12 on 02-Feb-2026: little change after 28 days. "
            "Consider reviewing the plan and how it is going."
        ),
    ),
    DUE: (
        course(9, 8, 0),
        (
            "PHQ-9 8 on 05-Jan-2026: the latest score was 120 days ago. "
            "Consider asking for it at the next contact."
        ),
    ),
    REM: (
        course(9, 4, 28),
        (
            "PHQ-9 9 on 05-Jan-2026, 4 on 02-Feb-2026: below 5. "
            "If it holds, consider starting relapse-prevention planning."
        ),
    ),
    RES: (
        course(18, 9, 56),
        (
            "PHQ-9 18 on 05-Jan-2026, 9 on 02-Mar-2026: fallen by 50% or more. "
            "Consider continuing towards remission."
        ),
    ),
    P: (
        course(16, 11, 28),
        (
            "PHQ-9 16 on 05-Jan-2026, 11 on 02-Feb-2026: down 5, not yet by 50%. "
            "Consider whether to continue or adjust."
        ),
    ),
}


@pytest.mark.parametrize("kind", Flag)
def test_each_flag_says_what_it_saw_and_what_to_consider(kind: Flag) -> None:
    seen, says = SAID[kind]
    [flag] = [f for f in flags(seen, phq9(), target_policy(), today=day(120)) if f.kind is kind]
    assert flag.sentence == says
    assert flag.rule == f"treat_to_target.{kind.lower()}"
    assert flag.source == target_policy().texts[kind].source
    assert [used.words for used in flag.used][:4] == [
        f"PHQ-9 first score: {seen.baseline}",
        "PHQ-9 first score on: 05-Jan-2026",
        f"PHQ-9 latest score: {seen.latest}",
        f"PHQ-9 latest score on: {used_day(seen.latest_on)}",
    ]


def used_day(on: date) -> str:
    """Return a day as it is shown."""
    return on.strftime("%d-%b-%Y")


def test_a_rise_from_the_first_score_is_said_where_it_is_all_there_is() -> None:
    [flag] = flags(course(10, 14, 28), gad7(), target_policy())[:1]
    assert flag.kind is W
    assert "up 4 from the first score" in flag.sentence


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        pytest.param(False, True, "14 on 05-Jan-2026, 9 (prorated score) on 02-Mar-2026", id="T2T-W10"),
        (True, False, "14 (prorated score) on 05-Jan-2026, 9 on 02-Mar-2026"),
    ],
)
def test_a_prorated_score_counts_and_the_sentence_says_so(first: bool, last: bool, says: str) -> None:
    scores = (measure(14, prorated=first), measure(9, day(56), prorated=last))
    found = target_flags(facts("A", measures=scores), phq9(), target_policy(), today=day(56))
    assert raised(found) == [N, P]
    assert all(says in flag.sentence for flag in found)
    assert any("(prorated score)" in used.words for used in found[0].used)


def test_the_first_score_is_that_of_the_episode_and_the_lowest_is_since_then() -> None:
    """A 3 from before the referral is no low of this episode."""
    scores = (measure(3, day(-30)), measure(18, day(-2)), measure(15, day(28)))
    [flag] = target_flags(facts("A", measures=scores), phq9(), target_policy(), today=day(28))
    assert (flag.kind, flag.days) == (E, 30)
    assert flag.course is not None
    assert (flag.course.baseline, flag.course.low) == (18, 15)


def test_scores_that_are_at_hand_already_give_the_same_flags() -> None:
    one = facts("A", measures=(measure(18), measure(6, day(14)), measure(12, day(28))))
    given = scores_in_episode(one, "phq9")
    by_scores = target_flags(one, phq9(), target_policy(), today=day(28), scores=given)
    assert by_scores == target_flags(one, phq9(), target_policy(), today=day(28)) != ()


def test_the_low_in_between_counts_and_an_unfinished_form_does_not() -> None:
    scores = (measure(18), measure(6, day(14)), measure(None, day(21)), measure(12, day(28)))
    found = target_flags(facts("A", measures=scores), phq9(), target_policy(), today=day(28))
    assert raised(found) == [W, P]


@pytest.mark.parametrize(
    ("phase", "expected"),
    [
        (Phase.ASSESSING, [DUE]),
        (Phase.ACTIVE, [DUE]),
        (Phase.PAUSED, []),
        (Phase.MAINTENANCE, []),
        (Phase.ALLOCATED, []),
    ],
)
def test_only_those_in_treatment_have_a_measure_due(phase: Phase, expected: list[Flag]) -> None:
    one = facts("A", measures=(measure(8),), phase=phase)
    assert raised(target_flags(one, phq9(), target_policy(), today=day(29))) == expected
    assert target_flags(one, phq9(), target_policy(), today=day(28)) == ()
    never = facts("A", phase=phase)
    assert raised(target_flags(never, phq9(), target_policy(), today=day(29))) == expected


def test_a_patient_never_measured_has_a_measure_due_and_no_score() -> None:
    """A blank is never a zero: nobody is in remission for want of a form."""
    [flag] = target_flags(facts("A"), phq9(), target_policy(), today=day(29))
    assert (flag.kind, flag.course, flag.days) == (DUE, None, 0)
    assert flag.sentence.startswith("No PHQ-9 score since the first contact on 05-Jan-2026. Consider")
    assert [used.words for used in flag.used] == [
        "PHQ-9 latest score: not recorded",
        "First contact: 05-Jan-2026",
        "Today: 03-Feb-2026",
    ]
    assert target_flags(facts("A"), phq9(), target_policy(), today=day(28)) == ()
    waiting = facts("", phase=Phase.ACTIVE)
    assert target_flags(waiting, phq9(), target_policy(), today=day(99)) == ()


def test_an_ended_episode_raises_nothing() -> None:
    scores = (measure(10), measure(20, day(60)))
    closed = facts("A", measures=scores, phase=Phase.CLOSED, closed_on=day(61))
    died = facts("A", measures=scores, patient=patient(died_on=day(61)))
    for ended in (closed, died):
        assert target_flags(ended, phq9(), target_policy(), today=day(90)) == ()


def test_no_flag_decides_anything_or_grades_a_person() -> None:
    for kind in Flag:
        words = target_policy().texts[kind].advice.lower()
        assert "consider" in words or "discuss" in words
        assert "must" not in words
        assert "risk" not in words


@given(
    st.lists(st.tuples(st.integers(0, 120), st.integers(0, 27) | st.none()), max_size=10),
    st.sampled_from([Phase.ACTIVE, Phase.PAUSED, Phase.MAINTENANCE]),
    st.integers(0, 200),
)
def test_an_episode_says_what_its_course_says(
    scores: list[tuple[int, int | None]], phase: Phase, later: int
) -> None:
    """The fast way over the facts and the rule by hand agree on every history."""
    ordered = [measure(total, day(n)) for n, total in sorted(scores, key=lambda each: each[0])]
    today = day(120) + timedelta(days=later)
    found = target_flags(
        facts("A", measures=tuple(ordered), phase=phase), phq9(), target_policy(), today=today
    )
    standing = {m.taken_on: m.total for m in ordered if m.total is not None}
    if not standing:
        assert set(raised(found)) <= {DUE}
        return
    (first_on, b), (last_on, s) = min(standing.items()), max(standing.items())
    by_hand = ScoreCourse(
        baseline=b, baseline_on=first_on, latest=s, latest_on=last_on, lowest=min(standing.values())
    )
    assert raised(found) == raised(
        flags(by_hand, phq9(), target_policy(), active=phase is Phase.ACTIVE, today=today)
    )
