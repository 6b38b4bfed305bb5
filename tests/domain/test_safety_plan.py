"""The safety plan: six steps, active only with whom to call and a review, kept in versions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.episode import Phase
from collabcare.domain.errors import RuleViolation
from collabcare.domain.safety_assessment import formulation_needed
from collabcare.domain.safety_facts import PlanStatus, SafetyPlanFact
from collabcare.domain.safety_page import NOT_WATCHED, Helplines, plan_page
from collabcare.domain.safety_plan import (
    PLAN_HEADINGS,
    PLAN_STATUS_WORDS,
    PlanStep,
    activated,
    plan_banner,
    plan_lacks,
    plan_review,
    plan_review_passed,
    plan_steps,
    refuse_declined,
    standing_plan,
)
from tests.builders import MONDAY, answered, day, facts, patient, phq9
from tests.builders_safety import helplines, plan, policy

DRAFT = PlanStatus.DRAFT
STAYS_A_DRAFT = "The safety plan stays a draft."


@pytest.mark.parametrize("review", [pytest.param(28, id="SPLAN-W1"), pytest.param(0, id="review today")])
def test_steps_1_2_and_5_with_a_review_make_a_valid_plan(review: int) -> None:
    of = plan(DRAFT, review_on=day(review))
    assert (of.people_and_places, of.people_to_ask, of.surroundings) == ("", "", "")
    assert plan_lacks(of, today=MONDAY) == ()
    assert activated((of,), 1, today=MONDAY) == (replace(of, status=PlanStatus.ACTIVE),)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"professionals": " "}, "Fill in step 5, Professionals and services.", id="SPLAN-W2"),
        pytest.param({"review_on": None}, "Choose the day on which the plan is reviewed.", id="no review"),
        pytest.param({"review_on": day(-1)}, "The review day is past. Choose a later day.", id="past"),
        pytest.param(
            {"professionals": "", "review_on": None},
            "Fill in step 5, Professionals and services. Choose the day on which the plan is reviewed.",
            id="neither",
        ),
    ],
)
def test_without_whom_to_call_or_a_review_it_stays_a_draft(changes: dict[str, object], words: str) -> None:
    of = plan(DRAFT, **changes)
    with pytest.raises(RuleViolation) as refused:
        activated((of,), 1, today=MONDAY)
    assert str(refused.value) == f"{STAYS_A_DRAFT} {words}"
    assert standing_plan(facts(safety_plans=(of,))) is None


def test_a_review_before_the_plan_was_made_is_past() -> None:
    of = plan(DRAFT, made_on=day(5), review_on=day(4))
    assert plan_lacks(of, today=MONDAY) == ("The review day is past. Choose a later day.",)


def test_a_review_that_has_passed_goes_to_supervision_and_onto_the_banner() -> None:
    """SPLAN-W3: and the plan goes on until it is looked at."""
    of = facts(safety_plans=(plan(),))
    for today, passed in ((27, False), (28, False), (29, True), (428, True)):
        assert (plan_review_passed(of, policy(), today=day(today)) is not None) is passed
        assert standing_plan(of) == plan()
    review = plan_review_passed(of, policy(), today=day(29))
    assert review is not None
    assert (review.due_on, review.overdue_days) == (day(28), 1)
    assert review.suggestion.sentence == (
        "The safety plan was to be reviewed on 02-Feb-2026, 1 day ago. Look at it again with the patient."
    )
    assert review.suggestion.rule == "safety.plan_review"
    assert plan_banner(of, today=day(29)) == "Safety plan of 05-Jan-2026, review was due 02-Feb-2026."
    assert plan_banner(of, today=day(28)) == "Safety plan of 05-Jan-2026, review 02-Feb-2026."


def test_a_review_is_announced_a_week_before() -> None:
    of = facts(safety_plans=(plan(),))
    assert plan_review(of, policy(), today=day(20)) is None
    review = plan_review(of, policy(), today=day(21))
    assert review is not None
    assert review.overdue_days == 0
    assert plan_review(replace(of, phase=Phase.CLOSED), policy(), today=day(40)) is None
    assert plan_review(facts(), policy(), today=day(40)) is None
    undated = facts(safety_plans=(plan(review_on=None),))
    assert plan_review(undated, policy(), today=day(40)) is None
    assert plan_banner(undated, today=day(40)) == "Safety plan of 05-Jan-2026, no review date."


@pytest.mark.parametrize("written", [pytest.param("Not eating", id="SPLAN-W4")])
def test_a_new_version_supersedes_and_the_old_one_is_kept(written: str) -> None:
    first, second = plan(), plan(DRAFT, id=2, version=2, warning_signs=written)
    after = activated((first, second), 2, today=MONDAY)
    assert [(each.version, each.status) for each in after] == [
        (1, PlanStatus.SUPERSEDED),
        (2, PlanStatus.ACTIVE),
    ]
    assert after[0].warning_signs == "Not sleeping"
    assert standing_plan(facts(safety_plans=after)) == after[1]
    assert standing_plan(facts(safety_plans=(first, second))) == first  # a draft replaces nothing


@pytest.mark.parametrize("status", [status for status in PlanStatus if status is not DRAFT])
def test_only_a_draft_becomes_active(status: PlanStatus) -> None:
    with pytest.raises(RuleViolation, match="Only a draft"):
        activated((plan(status),), 1, today=MONDAY)
    with pytest.raises(RuleViolation, match="Only a draft"):
        activated((plan(DRAFT),), 2, today=MONDAY)


@pytest.mark.parametrize("said", [pytest.param("Knows what to do", id="SPLAN-W5")])
def test_a_plan_declined_is_recorded_with_its_reason_and_a_formulation_is_still_due(said: str) -> None:
    declined = plan(PlanStatus.DECLINED, declined_reason=said)
    due = formulation_needed(facts(safety_plans=(declined,)), policy())
    assert due is not None
    assert "declined. Consider writing a formulation" in due.sentence
    assert [used.value for used in due.used] == [declined.made_on, said]
    refuse_declined(declined, today=MONDAY)
    with pytest.raises(RuleViolation, match="Write what the patient said"):
        refuse_declined(replace(declined, declined_reason=" "), today=MONDAY)
    with pytest.raises(RuleViolation, match="offered in the future"):
        refuse_declined(declined, today=day(-1))
    assert plan_banner(facts(safety_plans=(declined,)), today=MONDAY) == (
        "Safety plan: offered, declined 05-Jan-2026."
    )


def test_no_plan_is_said_as_not_discussed() -> None:
    assert plan_banner(facts(), today=MONDAY) == "Safety plan: not discussed."
    assert [(step.number, step.text, step.discussed) for step in plan_steps(plan(surroundings=""))][2:] == [
        (3, "Not discussed", False),
        (4, "Not discussed", False),
        (5, "Jo Smith, 0113 496 0000", True),
        (6, "Not discussed", False),
    ]
    assert set(PLAN_HEADINGS) == set(PlanStep)
    assert set(PLAN_STATUS_WORDS) == set(PlanStatus)


def test_no_answer_on_a_form_ends_a_plan() -> None:
    forms = tuple(answered(phq9(), *(0,) * 8, answer, on=day(n)) for n, answer in enumerate((2, 0)))
    assert standing_plan(facts(measures=forms, safety_plans=(plan(),))) == plan()


PLANS = st.lists(st.tuples(st.sampled_from(PlanStatus), st.booleans(), st.booleans()), max_size=6)


@given(PLANS, st.integers(0, 7), st.integers(-5, 60))
def test_there_is_never_more_than_one_active_and_none_is_lost(
    drawn: list[tuple[PlanStatus, bool, bool]], version: int, today: int
) -> None:
    active_before = [n for n, (status, _, _) in enumerate(drawn) if status is PlanStatus.ACTIVE][1:]
    plans: tuple[SafetyPlanFact, ...] = tuple(
        plan(
            PlanStatus.SUPERSEDED if n in active_before else status,
            id=n + 1,
            version=n + 1,
            professionals="GP" if called else "",
            review_on=day(28) if dated else None,
        )
        for n, (status, called, dated) in enumerate(drawn)
    )
    try:
        after = activated(plans, version, today=day(today))
    except RuleViolation:
        return
    assert [each.version for each in after] == [each.version for each in plans]
    [active] = [each for each in after if each.status is PlanStatus.ACTIVE]
    assert active.version == version
    assert active.professionals
    assert active.review_on is not None
    assert active.review_on >= day(today)


# the patient's copy


def test_the_page_has_what_was_talked_about_and_whom_to_call() -> None:
    of = plan(surroundings="Tablets kept by Sam", reasons_for_living="Ada\nThe allotment")
    page = plan_page(of, patient(), helplines().lines)
    assert (page.title, page.whose) == ("My safety plan", "Ngozi Okafor")
    assert page.dates == ("Made on 5 January 2026", "To look at again by 2 February 2026")
    assert [section.heading for section in page.sections] == [
        "1. My warning signs",
        "2. Things I can do myself",
        "3. Professionals and services",
        "4. Making my surroundings safer",
        "My reasons for living",
    ]
    assert page.sections[1].lines == ("A walk by the canal", "Music")
    assert page.sections[2].lines == (
        "Jo Smith, 0113 496 0000",
        "Emergency: Call 999 or go to A&E. When somebody's life is in danger now.",
        "NHS 111: Call 111 and choose option 2. Urgent mental health help, day and night.",
        "Samaritans: Call 116 123. To talk to somebody, free, day and night.",
        "Shout: Text SHOUT to 85258. To talk by text message, free, day and night.",
    )
    assert page.sections[-1].lines == ("Ada", "The allotment")
    assert page.foot == NOT_WATCHED


def test_only_an_active_plan_is_printed() -> None:
    for status in set(PlanStatus) - {PlanStatus.ACTIVE}:
        with pytest.raises(RuleViolation, match="Only an active safety plan"):
            plan_page(plan(status), patient(), helplines().lines)


def test_whom_to_call_is_on_every_page() -> None:
    """Also on one from a record in which the step is empty, and with no review date to print."""
    page = plan_page(plan(professionals="", review_on=None), patient(preferred_name="Goz"), helplines().lines)
    assert [line.split(":")[0] for line in page.sections[2].lines] == [
        "Emergency",
        "NHS 111",
        "Samaritans",
        "Shout",
    ]
    assert (page.whose, page.dates) == ("Goz Okafor", ("Made on 5 January 2026",))


@given(st.text(alphabet="ab \n", max_size=12), st.text(alphabet="ab \n", max_size=12))
def test_no_heading_on_the_page_is_empty(signs: str, people: str) -> None:
    page = plan_page(plan(warning_signs=signs, people_to_ask=people), patient(), helplines().lines)
    assert all(section.lines and all(section.lines) for section in page.sections)
    assert not any("Not discussed" in line for section in page.sections for line in section.lines)


def test_every_helpline_waits_for_the_site_to_confirm_it() -> None:
    assert helplines().to_confirm == helplines().lines
    assert "confirmed by the site" in helplines().notice
    sure = Helplines(
        lines=tuple(replace(line, confirmed=True) for line in helplines().lines), notice="-", source="-"
    )
    assert sure.to_confirm == ()


def test_a_plan_is_reviewed_however_long_ago_it_was_due() -> None:
    of = facts(safety_plans=(plan(),))
    for years in (1, 5, 20):
        assert plan_review_passed(of, policy(), today=MONDAY + timedelta(days=365 * years)) is not None
