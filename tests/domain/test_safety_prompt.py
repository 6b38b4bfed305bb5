"""What a safety item asks of us: a conversation the same day, whatever the total, and no order of people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.codes import ClosureReason
from collabcare.domain.display import fmt_date
from collabcare.domain.episode import refuse_closing
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import EpisodeId, MeasureId
from collabcare.domain.instruments import Instrument, Safety
from collabcare.domain.safety import (
    SafetyOutcome,
    answer_words,
    answers_trend,
    days_since_talk,
    last_talk,
    talked_on,
)
from collabcare.domain.safety_facts import FormRoute, SafetyTalk, TalkKind
from collabcare.domain.safety_plan import standing_plan
from collabcare.domain.safety_prompt import (
    covering_talks,
    longest_since_talk,
    open_conversations,
    outcome_choices,
    refuse_uncovered,
    safety_prompt,
)
from tests.builders import MONDAY, answered, day, facts, instruments, measure, patient, phq9, prompt
from tests.builders_safety import assessment, plan, policy

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts, MeasureFact

FRIDAY = date(2026, 3, 13)
REMOTE = [route for route in FormRoute if route.remote]


def form(item_9: int | None, on: date = MONDAY, number: int = 1) -> MeasureFact:
    """Return a PHQ-9 whose other answers are 0, with this one to its last item."""
    return replace(answered(phq9(), *(0,) * 8, item_9, on=on), id=MeasureId(number))


def asks(of: MeasureFact, instrument: Instrument | None = None) -> str:
    """Return what a form asks of the practitioner, empty when nothing."""
    found = safety_prompt(facts(measures=(of,)), of, instrument or phq9(), policy(), today=of.taken_on)
    return found.sentence if found else ""


def talked(on: date) -> EpisodeFacts:
    """Return an episode in which safety was talked about on this day."""
    return facts(safety_prompts=(prompt(outcome="talked_today", closed_on=on),))


# when it fires


@pytest.mark.parametrize(
    ("answers", "total", "asked", "sentence"),
    [
        pytest.param((1, 1, 1, 0, 0, 0, 0, 0, 0), 3, Safety.NONE, "", id="SAFE-W1"),
        pytest.param(
            (1, 1, 0, 0, 0, 0, 0, 0, 1),
            3,
            Safety.PROMPT,
            "PHQ-9 item 9 was answered “several days”. Talk about it, and record what was said.",
            id="SAFE-W2",
        ),
        pytest.param(
            (0,) * 8 + (None,),
            0,
            Safety.ASK,
            "PHQ-9 item 9 was not answered. Ask it, and record what was said.",
            id="SAFE-W3",
        ),
        pytest.param(
            (None, None, None, 3, 3, 3, 3, 3, 2),
            None,
            Safety.PROMPT,
            "PHQ-9 item 9 was answered “more than half the days”. Talk about it, and record what was said.",
            id="too incomplete for a total",
        ),
    ],
)
def test_the_item_is_looked_at_whatever_the_total(
    answers: tuple[int | None, ...], total: int | None, asked: Safety, sentence: str
) -> None:
    of = answered(phq9(), *answers)
    assert (of.total, of.safety, asks(of)) == (total, asked, sentence)


def test_an_answer_above_nothing_to_item_6_of_the_core_10_asks_for_a_conversation() -> None:
    """SAFE-W5: its total is 1, and items 2 and 3, which are scored the other way round, count nothing."""
    core10 = instruments()["core10"]
    of = answered(core10, 0, 4, 4, 0, 0, 1, 0, 0, 0, 0)
    assert (of.total, of.safety) == (1, Safety.PROMPT)
    assert asks(of, core10).startswith("CORE-10 item 6 was answered “only occasionally”.")


def test_a_total_without_its_answers_has_the_question_asked() -> None:
    assert asks(measure(3, safety=Safety.ASK)).startswith("PHQ-9 item 9 was not answered. Ask it")


def test_a_prompt_says_what_it_goes_by_and_where_it_is_from() -> None:
    before, now = form(1, day(0), 1), form(2, day(14), 2)
    of = facts(measures=(before, now), safety_prompts=(prompt(outcome="talked_today", closed_on=day(2)),))
    found = safety_prompt(of, now, phq9(), policy(), today=day(14))
    assert found is not None
    assert [each.words for each in found.used] == [
        "PHQ-9 item 9: more than half the days",
        "Answered on: 19-Jan-2026",
        "Answer, and the one before: more than half the days (was: several days)",
        "Days since the last safety conversation: 12",
    ]
    assert found.rule == "safety.conversation"
    assert "NICE NG225" in found.source


def test_no_conversation_is_said_as_not_recorded() -> None:
    of = form(1)
    found = safety_prompt(facts(measures=(of,)), of, phq9(), policy(), today=MONDAY)
    assert found is not None
    assert found.used[-1].words == "Days since the last safety conversation: not recorded"


@given(st.lists(st.none() | st.integers(0, 3), min_size=9, max_size=9))
def test_only_the_item_itself_decides(answers: list[int | None]) -> None:
    fires = asks(answered(phq9(), *answers)) != ""
    assert fires is (answers[8] is None or answers[8] > 0)


# what may be recorded


@pytest.mark.parametrize(
    ("days", "allowed"),
    [
        pytest.param(0, True, id="today"),
        pytest.param(6, True, id="SAFE-W4-6-days"),
        pytest.param(7, True, id="7 days"),
        pytest.param(8, False, id="SAFE-W4-8-days"),
        pytest.param(-1, False, id="tomorrow"),
    ],
)
@pytest.mark.parametrize("entry", ["conversation", "assessment"])
def test_already_covered_needs_a_conversation_of_the_last_seven_days(
    days: int, allowed: bool, entry: str
) -> None:
    on = MONDAY - timedelta(days=days)
    of = talked(on) if entry == "conversation" else facts(safety_assessments=(assessment(on),))
    choices = {each.outcome: each for each in outcome_choices(of, policy(), today=MONDAY)}
    assert choices[SafetyOutcome.ALREADY_COVERED].allowed is allowed
    said = choices[SafetyOutcome.ALREADY_COVERED].words
    assert said == (f"Already covered {fmt_date(on)}" if allowed else "Already covered lately")
    assert choices[SafetyOutcome.TALKED_TODAY].allowed
    assert choices[SafetyOutcome.COULD_NOT_ASK].allowed
    assert list(choices) == list(SafetyOutcome)


def test_nothing_recorded_covers_nothing() -> None:
    with pytest.raises(RuleViolation, match="No safety conversation is recorded in the last 7 days"):
        refuse_uncovered(None, facts(), policy(), today=MONDAY)
    covered = facts(safety_assessments=(assessment(MONDAY),))
    refuse_uncovered(SafetyTalk(TalkKind.ASSESSMENT, 1, MONDAY), covered, policy(), today=MONDAY)
    with pytest.raises(RuleViolation, match="Choose which talk"):
        refuse_uncovered(None, covered, policy(), today=MONDAY)
    with pytest.raises(RuleViolation, match="is no talk of the last 7 days"):
        refuse_uncovered(SafetyTalk(TalkKind.ASSESSMENT, 2, MONDAY), covered, policy(), today=MONDAY)


def test_already_covered_never_covers_the_next() -> None:
    chain = tuple(
        prompt(day(n), outcome="already_covered", closed_on=day(n), measure_id=MeasureId(n + 1))
        for n in range(0, 40, 5)
    )
    assert talked_on(facts(safety_prompts=chain), day(40)) is None


@given(st.dates(), st.dates(), st.integers(0, 400))
def test_covered_is_a_count_of_days_and_nothing_else(last: date, today: date, within: int) -> None:
    wide = replace(policy(), covered_within_days=within)
    of, by = talked(last), SafetyTalk(TalkKind.CONVERSATION, 0, last)
    if 0 <= today.toordinal() - last.toordinal() <= within:
        refuse_uncovered(by, of, wide, today=today)
        assert covering_talks(of, wide, today=today) == (by,)
    else:
        with pytest.raises(RuleViolation, match=r"^No safety conversation .*\.$"):
            refuse_uncovered(by, of, wide, today=today)
        assert covering_talks(of, wide, today=today) == ()


# the answers, said


@pytest.mark.parametrize("first", [pytest.param(2, id="SAFE-W8"), 1, 3])
def test_an_answer_that_falls_to_nothing_asks_for_nothing_and_ends_no_plan(first: int) -> None:
    before, now = form(first, day(0), 1), form(0, day(14), 2)
    of = facts(measures=(before, now), safety_plans=(plan(),))
    assert asks(now) == ""
    assert answers_trend(of, MeasureId(2), phq9()) == f"not at all (was: {answer_words(phq9(), first)})"
    assert standing_plan(of) == plan()


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ((1, 2), "more than half the days (was: several days)"),
        ((1, None), "not answered (was: several days)"),
        ((None, 1), "several days (was: not answered)"),
        ((1,), ""),
        ((3, 0, 1), "several days (was: not at all)"),
    ],
)
def test_an_answer_stands_beside_the_one_before(answers: tuple[int | None, ...], words: str) -> None:
    forms = tuple(form(each, day(7 * n), n) for n, each in enumerate(answers, start=1))
    assert answers_trend(facts(measures=forms), MeasureId(len(forms)), phq9()) == words


def test_a_form_that_is_not_there_has_no_trend() -> None:
    assert answers_trend(facts(measures=(form(1),)), MeasureId(9), phq9()) == ""


def test_another_questionnaire_is_no_answer_before() -> None:
    gad = measure(9, day(0), instrument="gad7", id=MeasureId(1), answers=(1, 1, 1, 2, 2, 1, 1))
    assert answers_trend(facts(measures=(gad, form(1, day(7), 2))), MeasureId(2), phq9()) == ""


def test_days_since_a_talk_count_assessments_too() -> None:
    of = replace(talked(day(0)), safety_assessments=(assessment(day(10)),))
    assert (days_since_talk(of, day(12)), days_since_talk(of, day(9))) == (2, 9)
    assert days_since_talk(facts(), MONDAY) is None
    assert last_talk(of, day(11)) == "Last safety conversation Thu 15-Jan-2026, 1 day ago."


def test_how_many_are_open_is_said() -> None:
    two = facts(safety_prompts=(prompt(day(0)), prompt(day(3), measure_id=MeasureId(2))))
    assert open_conversations(two, today=day(5)) == "2 safety conversations open since 05-Jan-2026, 5 days."
    assert open_conversations(facts(safety_prompts=(prompt(),)), today=MONDAY) == (
        "1 safety conversation open since today."
    )
    assert open_conversations(facts(), today=MONDAY) == ""


# order and closing


def waiting(number: int, opened: int, talk: int | None, answer: int = 1, surname: str = "Li") -> EpisodeFacts:
    """Return an episode with an open question, and perhaps a talk on an earlier day."""
    earlier = () if talk is None else (prompt(day(talk), outcome="talked_today", closed_on=day(talk)),)
    return facts(
        episode_id=EpisodeId(number),
        patient=patient(surname=surname),
        safety_prompts=(*earlier, prompt(day(opened), measure_id=MeasureId(2), answer=answer)),
    )


def test_longest_since_a_conversation_comes_first() -> None:
    people = [
        waiting(1, 20, 15, answer=3),
        waiting(2, 20, 2, answer=1),
        waiting(3, 20, None),
        waiting(4, 19, None),
        waiting(5, 20, 2, surname="Ang"),
        facts(episode_id=EpisodeId(6)),
    ]
    assert [each.episode_id for each in longest_since_talk(people, today=day(21))] == [4, 3, 5, 2, 1]


ANSWERS = st.lists(
    st.tuples(st.integers(0, 30), st.none() | st.integers(0, 30), st.integers(0, 3)), min_size=1, max_size=8
)


@given(ANSWERS, st.randoms(use_true_random=False))
def test_nobody_is_ever_sorted_by_an_answer(
    people: list[tuple[int, int | None, int]], chance: object
) -> None:
    def order(answers: list[int]) -> list[EpisodeId]:
        caseload = [
            waiting(number, opened, talk, answer)
            for number, ((opened, talk, _), answer) in enumerate(zip(people, answers, strict=True), start=1)
        ]
        return [each.episode_id for each in longest_since_talk(caseload, today=day(30))]

    given_answers = [answer for _, _, answer in people]
    assert order(given_answers) == order([3 - answer for answer in given_answers])


@pytest.mark.parametrize(
    "reason",
    [pytest.param(each, id=f"SAFE-W7-{each}") for each in ClosureReason if each is not ClosureReason.DIED],
)
def test_closing_is_blocked_while_a_conversation_is_open(reason: ClosureReason) -> None:
    """By every way out but death, the passed gate of not attending among them."""
    of = facts("A", measures=(form(1),), safety_prompts=(prompt(),))
    with pytest.raises(RuleViolation, match="A safety conversation is open"):
        refuse_closing(reason, safety_open=bool(of.open_safety_prompts), ladder_open=False, gate_passed=True)
    refuse_closing(reason, safety_open=False, ladder_open=False, gate_passed=True)
