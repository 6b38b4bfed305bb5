"""Which track a missed appointment is on: recorded facts, their windows, and who may slow us down again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.acting import Role
from collabcare.domain.codes import ReferralReason
from collabcare.domain.errors import RuleViolation
from collabcare.domain.reach_facts import HasteFact, HasteKind, ReachFacts, Track
from collabcare.domain.safety_facts import PlanStatus, SafetyAssessmentFact, SafetyPlanFact
from collabcare.domain.track_facts import TrackFact
from collabcare.domain.tracks import refuse_track_move, track_of
from tests.builders import MONDAY, contact, day, facts, ladder, measure, patient, prompt
from tests.builders_reach import AMINA, JO, at, haste, policy, sought, track_move

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.reach_facts import TrackMoveFact
    from collabcare.domain.tracks import TrackAnswer

POLICY = policy().tracks


def ago(days: int) -> date:
    """Return the day so many days before today."""
    return MONDAY - timedelta(days=days)


def track(of: EpisodeFacts, **changes: date) -> TrackAnswer:
    """Return the track of an episode on the first Monday."""
    return track_of(of, POLICY, today=MONDAY, **changes)


def item(days: int, answer: int | None = 1, instrument: str = "phq9") -> EpisodeFacts:
    """Return an episode whose safety item was answered so many days ago."""
    return facts(measures=(measure(12, ago(days), instrument=instrument, safety_answer=answer),))


def hasty(kind: HasteKind, days: int = 10, **changes: object) -> EpisodeFacts:
    """Return an episode with one fact that happened so many days ago."""
    return facts(haste=(haste(kind, ago(days), **changes),))


def born(years: int, days: int = 0) -> EpisodeFacts:
    """Return somebody whose birthday of so many years was so many days ago, on a new antidepressant."""
    birthday = ago(days)
    started = haste(HasteKind.ANTIDEPRESSANT_STARTED, ago(3))
    return facts(patient=patient(birth_date=birthday.replace(year=birthday.year - years)), haste=(started,))


def assessed(version: int, days: int, *, quickly: bool) -> SafetyAssessmentFact:
    """Return one version of a safety assessment."""
    on = ago(days)
    return SafetyAssessmentFact(
        id=version,
        assessed_on=on,
        version=version,
        act_quickly_if_contact_lost=quickly,
        review_on=on + timedelta(days=28),
    )


def plan(version: int, days: int, status: PlanStatus, **changes: object) -> SafetyPlanFact:
    """Return one version of a safety plan with all that an active plan must have."""
    made = SafetyPlanFact(id=version, version=version, status=status, made_on=ago(days))
    return replace(made, **{"professionals": "Jo Smith", "review_on": day(28), **changes})  # type: ignore[arg-type] # by name


def ended(version: int, days: int, on: date | None, **changes: object) -> SafetyPlanFact:
    """Return one version of a safety plan that was ended on a day."""
    return plan(version, days, PlanStatus.ENDED, ended_on=on, **changes)


S, P = Track.STANDARD, Track.PROMPT
WINDOWS = [
    pytest.param(item(60), P, id="DNA-W7 item 9 answered 1, 60 days ago"),
    pytest.param(item(91), S, id="DNA-W7 91 days ago"),
    pytest.param(item(90), P, id="on the ninetieth day"),
    pytest.param(item(10, 0), S, id="answered 0"),
    pytest.param(item(10, None), S, id="not answered is no answer of 1, and no 0"),
    pytest.param(item(10, 1, "core10"), P, id="CORE-10"),
    pytest.param(item(10, 1, "gad7"), S, id="a questionnaire without such a question"),
    pytest.param(hasty(HasteKind.SELF_HARM, 90), P, id="self-harm"),
    pytest.param(hasty(HasteKind.SELF_HARM, 91), S, id="self-harm longer ago"),
    pytest.param(hasty(HasteKind.SELF_HARM, 10, ended_on=ago(5)), P, id="an event does not cease"),
    pytest.param(hasty(HasteKind.CRISIS_CONTACT), P, id="crisis contact"),
    pytest.param(hasty(HasteKind.INPATIENT_DISCHARGE), P, id="ward"),
    pytest.param(hasty(HasteKind.CRISIS_TEAM_DISCHARGE), P, id="crisis team"),
    pytest.param(hasty(HasteKind.SAFEGUARDING, 900), P, id="safeguarding, however long"),
    pytest.param(hasty(HasteKind.SAFEGUARDING, 900, ended_on=ago(1)), S, id="safeguarding ended"),
    pytest.param(hasty(HasteKind.SAFEGUARDING, 900, ended_on=day(1)), P, id="ends tomorrow"),
    pytest.param(hasty(HasteKind.CHILD_CONCERN), P, id="child"),
    pytest.param(hasty(HasteKind.DOMESTIC_ABUSE), P, id="domestic abuse"),
    pytest.param(hasty(HasteKind.PERINATAL), P, id="perinatal"),
    pytest.param(facts(referral_reason=ReferralReason.PERINATAL), P, id="referred as perinatal"),
    pytest.param(hasty(HasteKind.ANTIDEPRESSANT_STARTED), S, id="antidepressant at 40"),
    pytest.param(born(18), P, id="antidepressant, 18 today"),
    pytest.param(born(18, -1), S, id="antidepressant, 18 tomorrow"),
    pytest.param(born(26, 1), P, id="antidepressant begun at 25"),
    pytest.param(born(26, 3), S, id="antidepressant begun at 26"),
    pytest.param(hasty(HasteKind.SUICIDE_CONCERN), S, id="qualifies an antidepressant only"),
    pytest.param(hasty(HasteKind.RELIES_ON_OTHERS), P, id="relies on others"),
    pytest.param(hasty(HasteKind.LEARNING_DISABILITY), P, id="learning disability"),
    pytest.param(hasty(HasteKind.DEMENTIA), P, id="dementia"),
    pytest.param(hasty(HasteKind.UNMET_FORMAT_NEED), P, id="format"),
    pytest.param(hasty(HasteKind.PRACTITIONER_JUDGEMENT, note="Not like her"), P, id="judgement"),
    pytest.param(facts(contacts=(contact("D", ago(3), was_not_brought=True),)), P, id="not brought"),
    pytest.param(facts(safety_plans=(plan(1, 9, PlanStatus.ACTIVE),)), P, id="plan active"),
    pytest.param(facts(safety_plans=(plan(1, 9, PlanStatus.DRAFT),)), S, id="plan a draft"),
    pytest.param(facts(safety_plans=(plan(1, 9, PlanStatus.DECLINED),)), S, id="plan declined"),
    pytest.param(facts(safety_plans=(ended(1, 9, ago(2)),)), S, id="plan ended"),
    pytest.param(facts(safety_plans=(ended(1, 9, MONDAY),)), S, id="plan ended today"),
    pytest.param(facts(safety_plans=(ended(1, 9, None),)), S, id="plan ended on a day nobody knows"),
    pytest.param(facts(safety_plans=(plan(1, 9, PlanStatus.SUPERSEDED),)), S, id="plan replaced"),
    pytest.param(facts(safety_assessments=(assessed(1, 9, quickly=True),)), P, id="act quickly"),
    pytest.param(
        facts(safety_assessments=(assessed(1, 9, quickly=True), assessed(2, 2, quickly=False))),
        S,
        id="act quickly no more",
    ),
    pytest.param(facts(track_moves=(track_move(P, ago(200)),)), P, id="moved by the practitioner"),
    pytest.param(facts(), S, id="nothing recorded"),
]


@pytest.mark.parametrize(("of", "expected"), WINDOWS)
def test_a_recorded_fact_makes_it_prompt_and_nothing_else_does(of: EpisodeFacts, expected: Track) -> None:
    answer = track(of)
    assert answer.track is expected
    assert bool(answer.reasons) is (expected is P)


def medicated(days: int, **concern: object) -> EpisodeFacts:
    """Return somebody of 40 whose antidepressant was changed, with a concern about suicide."""
    changed = haste(HasteKind.ANTIDEPRESSANT_CHANGED, ago(days))
    return facts(haste=(changed, haste(HasteKind.SUICIDE_CONCERN, ago(2), **concern)))


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (medicated(28), P),
        (medicated(29), S),
        (medicated(28, ended_on=ago(1)), S),
    ],
)
def test_an_antidepressant_with_a_concern_holds_for_four_weeks(of: EpisodeFacts, expected: Track) -> None:
    assert track(of).track is expected


def test_worsening_is_given_by_treat_to_target() -> None:
    answer = track(facts(), worsening_on=ago(4))
    assert [(reason.fact, reason.on) for reason in answer.reasons] == [(TrackFact.WORSENING, ago(4))]


def test_every_reason_is_a_sentence_with_its_fact_and_date() -> None:
    of = replace(item(10), haste=(haste(HasteKind.SAFEGUARDING, ago(20), note="Open with the council."),))
    answer = track(of)
    assert [reason.sentence for reason in answer.reasons] == [
        "PHQ-9 question 9 answered 1 on 26-Dec-2025.",
        "Safeguarding concern (16-Dec-2025), Open with the council.",
    ]
    assert answer.sentence.startswith("Prompt track. PHQ-9 question 9")
    assert answer.in_short == "Prompt track: PHQ-9 question 9; safeguarding concern."
    assert [used.words for used in answer.used] == [
        "PHQ-9 question 9: 1",
        "Safeguarding concern: 16-Dec-2025",
    ]
    assert (answer.rule, bool(answer.source)) == ("reengagement_track", True)


def test_in_short_each_reason_has_a_few_words_and_the_talk_that_is_owed_too() -> None:
    of = facts(
        "A",
        safety_assessments=(assessed(1, 3, quickly=True),),
        haste=(haste(HasteKind.RELIES_ON_OTHERS, ago(3), note="Her sister drives her"),),
        measures=(measure(12, ago(2), instrument="phq9", safety_answer=1),),
        safety_prompts=(prompt(ago(2)),),
    )
    assert track(of).in_short == (
        "Prompt track: act quickly if contact is lost; PHQ-9 question 9; relies on others;"
        " safety talk still to be had."
    )


def test_one_kind_of_fact_is_said_once_by_its_latest() -> None:
    many = facts(measures=tuple(measure(9, ago(n), safety_answer=n) for n in (3, 2, 1)))
    assert [reason.on for reason in track(many).reasons] == [ago(1)]


def test_with_nothing_recorded_it_says_so() -> None:
    assert track(facts()).sentence == "Standard track: no recorded fact asks us to act sooner."
    assert track(facts()).in_short == track(facts()).sentence


def test_time_passing_while_we_search_never_slows_us_down() -> None:
    """The answer was 80 days old when the appointment was missed; 30 days on we still search promptly."""
    missed = replace(sought(MONDAY), measures=(measure(12, ago(80), safety_answer=1),))
    later = MONDAY + timedelta(days=30)
    assert track_of(missed, POLICY, today=later).track is P
    found = replace(missed, ladders=(ladder(MONDAY, closed_on=later),))
    assert track_of(found, POLICY, today=later).track is S


ENDED_SINCE = [
    pytest.param(
        replace(sought(MONDAY), haste=(haste(HasteKind.SAFEGUARDING, ago(20), ended_on=day(3)),)),
        id="concern",
    ),
    pytest.param(
        replace(
            sought(MONDAY),
            safety_plans=(plan(1, 20, PlanStatus.SUPERSEDED), ended(2, -3, day(4))),
        ),
        id="plan",
    ),
    pytest.param(replace(sought(MONDAY), safety_plans=(ended(1, 20, day(1)),)), id="plan ended the next day"),
    pytest.param(replace(sought(MONDAY), safety_plans=(ended(1, 20, MONDAY),)), id="plan ended on that day"),
    pytest.param(replace(sought(MONDAY), safety_plans=(ended(1, 20, None),)), id="nobody knows when"),
    pytest.param(
        replace(
            sought(MONDAY),
            safety_plans=(
                plan(1, 20, PlanStatus.SUPERSEDED),
                ended(2, 10, ago(5), professionals=""),
                ended(3, -1, day(2)),
            ),
        ),
        id="plan replaced since, and a draft put aside before",
    ),
    pytest.param(
        replace(
            sought(MONDAY),
            safety_assessments=(assessed(1, 20, quickly=True), assessed(2, -3, quickly=False)),
        ),
        id="act quickly",
    ),
    pytest.param(
        replace(sought(MONDAY), haste=(haste(HasteKind.SAFEGUARDING, ago(20), ended_on=MONDAY),)),
        id="concern ended on the day of the miss",
    ),
    pytest.param(
        replace(
            sought(MONDAY),
            safety_plans=(plan(1, 20, PlanStatus.SUPERSEDED), ended(2, 0, MONDAY)),
        ),
        id="plan replaced on that day",
    ),
    pytest.param(
        replace(
            sought(MONDAY),
            safety_assessments=(assessed(1, 20, quickly=True), assessed(2, 0, quickly=False)),
        ),
        id="act quickly no more from that day",
    ),
]


def test_what_ended_before_the_miss_does_not_hold() -> None:
    over = replace(
        sought(MONDAY),
        haste=(haste(HasteKind.SAFEGUARDING, ago(20), ended_on=ago(1)),),
        safety_plans=(plan(1, 20, PlanStatus.SUPERSEDED), ended(2, 9, ago(1))),
        safety_assessments=(assessed(1, 20, quickly=True), assessed(2, 1, quickly=False)),
    )
    assert track(over).track is S


@pytest.mark.parametrize("lacking", [{"professionals": " "}, {"review_on": None}])
def test_a_draft_put_aside_half_written_was_never_in_use(lacking: dict[str, object]) -> None:
    aside = replace(sought(MONDAY), safety_plans=(ended(1, 20, day(1), **lacking),))
    assert track(aside).track is S


def test_a_plan_ended_since_says_so() -> None:
    answer = track(replace(sought(MONDAY), safety_plans=(ended(1, 20, day(1)),)))
    assert [reason.sentence for reason in answer.reasons] == ["Safety plan (16-Dec-2025), ended 06-Jan-2026."]


@pytest.mark.parametrize("missed", ENDED_SINCE)
def test_what_ended_since_the_miss_still_holds_until_the_supervisor_agrees(missed: EpisodeFacts) -> None:
    assert track_of(missed, POLICY, today=day(7)).track is P
    agreed = replace(missed, track_moves=(track_move(S, day(5)),))
    answer = track_of(agreed, POLICY, today=day(7))
    assert answer.track is S
    assert answer.set_aside
    assert answer.sentence == "Standard track, as agreed with the supervisor."


def test_no_interpreter_at_the_missed_appointment_is_a_need_not_met() -> None:
    needs = replace(sought(MONDAY), reach=ReachFacts(interpreter_language="pl"))
    assert [reason.fact for reason in track(needs).reasons] == [TrackFact.RELIES_ON_OTHERS]
    came = tuple(replace(each, interpreter="1") for each in needs.contacts)
    assert track(replace(needs, contacts=came)).track is S
    did_not_come = tuple(replace(each, interpreter="5") for each in needs.contacts)
    assert track(replace(needs, contacts=did_not_come)).track is P


AGREED = track_move(S, day(5), moved_at=at(day(5), 12))
AFTER = [
    pytest.param(HasteFact(kind=HasteKind.SELF_HARM, happened_on=day(6)), P, id="happened the next day"),
    pytest.param(HasteFact(kind=HasteKind.SELF_HARM, happened_on=day(4)), S, id="happened the day before"),
    pytest.param(HasteFact(kind=HasteKind.SELF_HARM, happened_on=day(5)), P, id="the same day, hour unknown"),
    pytest.param(
        HasteFact(kind=HasteKind.SELF_HARM, happened_on=day(2), recorded_at=at(day(6))),
        P,
        id="recorded after it",
    ),
    pytest.param(
        HasteFact(kind=HasteKind.SELF_HARM, happened_on=day(5), recorded_at=at(day(5), 11)),
        S,
        id="recorded an hour before it",
    ),
    pytest.param(
        HasteFact(kind=HasteKind.SELF_HARM, happened_on=day(5), recorded_at=at(day(5), 13)),
        P,
        id="recorded an hour after it",
    ),
]


@pytest.mark.parametrize(("fact", "expected"), AFTER)
def test_a_fact_recorded_after_the_agreement_makes_it_prompt_again(fact: HasteFact, expected: Track) -> None:
    of = replace(sought(MONDAY), haste=(fact,), track_moves=(AGREED,))
    assert track_of(of, POLICY, today=day(8)).track is expected


def test_a_day_alone_is_compared_with_the_day_it_was_recorded() -> None:
    known = HasteFact(kind=HasteKind.SELF_HARM, happened_on=day(2), recorded_at=at(day(4)))
    agreed = replace(AGREED, moved_at=None)
    of = replace(sought(MONDAY), haste=(known,), track_moves=(agreed,))
    assert track_of(of, POLICY, today=day(8)).track is S


def test_the_concern_recorded_last_counts_for_the_antidepressant() -> None:
    started = haste(HasteKind.ANTIDEPRESSANT_STARTED, day(1), recorded_at=at(day(1)))
    concern = haste(HasteKind.SUICIDE_CONCERN, day(1), recorded_at=at(day(6)))
    of = replace(sought(MONDAY), haste=(started, concern), track_moves=(AGREED,))
    assert track_of(of, POLICY, today=day(8)).track is P
    unknown = replace(concern, recorded_at=None)
    assert track_of(replace(of, haste=(started, unknown)), POLICY, today=day(8)).track is S


def test_a_move_back_that_no_supervisor_agreed_to_counts_for_nothing() -> None:
    of = replace(item(10), track_moves=(track_move(S, MONDAY, agreed_by_id=None),))
    assert track(of).track is P


@given(
    st.sets(st.sampled_from(HasteKind)),
    st.integers(0, 400),
    st.none() | st.integers(0, 400),
    st.lists(st.sampled_from(Track), max_size=3),
)
def test_one_more_fact_never_makes_us_slower(
    kinds: set[HasteKind], days: int, ended: int | None, moves: list[Track]
) -> None:
    made = tuple(
        haste(kind, ago(days), ended_on=ago(ended) if ended is not None else None) for kind in sorted(kinds)
    )
    of = facts(haste=made, track_moves=tuple(track_move(to, ago(9 - n)) for n, to in enumerate(moves)))
    one_more = replace(of, haste=(*made, haste(HasteKind.CHILD_CONCERN, MONDAY)))
    assert track(one_more).track is P
    answer = track(of)
    assert (answer.track is P) is bool(answer.reasons)
    assert not re.search(r"\brisk\b|\blevel\b", answer.sentence, re.IGNORECASE)


@pytest.mark.parametrize(
    ("move", "role", "words"),
    [
        (track_move(P, reason=" "), None, "Say why"),
        (track_move(S, agreed_by_id=None), None, "Only a supervisor who does not hold"),
        (track_move(S), Role.PRACTITIONER, "Only a supervisor who does not hold"),
        (track_move(S, agreed_by_id=JO), Role.SUPERVISOR, "another supervisor"),
    ],
)
def test_only_a_supervisor_of_another_may_slow_us_down(
    move: TrackMoveFact, role: Role | None, words: str
) -> None:
    with pytest.raises(RuleViolation, match=words):
        refuse_track_move(move, holder_id=JO, agreed_by_role=role)


def test_anybody_may_make_us_faster_and_a_supervisor_slower() -> None:
    refuse_track_move(track_move(P), holder_id=JO)
    refuse_track_move(track_move(S, agreed_by_id=AMINA), holder_id=JO, agreed_by_role=Role.SUPERVISOR)
