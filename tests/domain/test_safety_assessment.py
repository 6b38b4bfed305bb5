"""Safety assessment and formulation: what must be there, what reads "Not discussed", when it is reviewed."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.episode import Phase
from collabcare.domain.errors import RuleViolation
from collabcare.domain.safety_assessment import (
    ASSESSMENT_HEADINGS,
    NOT_DISCUSSED,
    AssessmentDraft,
    acts_quickly,
    assessment_problems,
    assessment_review,
    assessment_words,
    changed_parts,
    formulation_needed,
    if_contact_lost,
    latest_review_day,
    next_version,
    refuse_assessment,
    sharing_words,
    standing_assessment,
)
from collabcare.domain.safety_facts import PlanStatus, SafetyAssessmentFact
from tests.builders import MONDAY, contact, day, facts, patient
from tests.builders_safety import assessment, draft, plan, policy


def assert_a_sentence(text: str) -> None:
    """Check that a refusal is a sentence or two a nurse can read."""
    assert text[0].isupper()
    assert text.endswith(".")


def test_an_assessment_with_its_review_can_be_saved() -> None:
    refuse_assessment(draft(), facts(), policy(), today=MONDAY)


def test_a_draft_has_the_fields_that_are_kept() -> None:
    kept = {each.name for each in fields(SafetyAssessmentFact)} - {"id", "version", "recorded_at"}
    assert {each.name for each in fields(AssessmentDraft)} == kept
    others = {"assessed_on", "act_quickly_if_contact_lost", "sharing_basis", "review_on"}
    assert set(ASSESSMENT_HEADINGS) == kept - others


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"on": day(1)}, "in the future"),
        ({"on": date(1985, 7, 13)}, "before the patient was born"),
        ({"own_words": " ", "formulation": "\n"}, "Write what was talked about"),
        ({"shared_with": "GP"}, "why it is shared without consent"),
        (
            {"act_quickly_if_contact_lost": True, "if_contact_lost": " "},
            "Write what to do if contact is lost",
        ),
        ({"review_on": None}, "Choose the day on which the assessment is reviewed"),
        ({"review_on": day(-1)}, "before the assessment"),
        ({"review_on": day(29)}, "Choose 02-Feb-2026 or an earlier day"),
    ],
)
def test_what_must_be_there(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        refuse_assessment(draft(**changes), facts(), policy(), today=MONDAY)


def test_everything_that_is_missing_is_said_together() -> None:
    bare = draft(shared_with="GP", act_quickly_if_contact_lost=True, review_on=None, if_contact_lost="")
    found = assessment_problems(bare, facts(), policy(), today=MONDAY)
    assert [each.part for each in found] == ["if_contact_lost", "shared_with", "review_on"]
    with pytest.raises(RuleViolation) as refused:
        refuse_assessment(bare, facts(), policy(), today=MONDAY)
    assert str(refused.value) == " ".join(each.words for each in found)
    assert assessment_problems(draft(), facts(), policy(), today=MONDAY) == ()


@pytest.mark.parametrize(
    ("booked", "latest"),
    [((), 28), ((7,), 7), ((28,), 28), ((60,), 28), ((9, 3), 3), ((0,), 28), ((-7,), 28)],
)
def test_the_review_is_by_the_next_contact_and_within_four_weeks(
    booked: tuple[int, ...], latest: int
) -> None:
    """A contact booked for the day of the assessment is the one it was made at."""
    of = facts(contacts=tuple(contact("b", day(n)) for n in booked))
    assert latest_review_day(of, MONDAY, policy()) == day(latest)
    refuse_assessment(draft(review_on=day(latest)), of, policy(), today=MONDAY)
    with pytest.raises(RuleViolation, match=r"Choose .* or an earlier day"):
        refuse_assessment(draft(review_on=day(latest + 1)), of, policy(), today=MONDAY)


def test_a_contact_that_was_held_or_cancelled_is_no_next_contact() -> None:
    of = facts(contacts=(contact("C", day(3)), contact("A", day(4))))
    assert latest_review_day(of, MONDAY, policy()) == day(28)


def test_a_contact_that_is_past_and_not_written_up_is_no_next_contact() -> None:
    """The contact of day 3 has been; the next one is on day 14."""
    of = facts(contacts=(contact("b", day(3)), contact("b", day(14))))
    assert latest_review_day(of, MONDAY, policy(), today=day(5)) == day(14)
    refuse_assessment(draft(review_on=day(14)), of, policy(), today=day(5))
    assert latest_review_day(of, MONDAY, policy(), today=day(3)) == day(3)


def test_an_assessment_written_up_late_is_reviewed_today_at_the_latest() -> None:
    refuse_assessment(draft(review_on=day(40)), facts(), policy(), today=day(40))
    with pytest.raises(RuleViolation, match="Choose 14-Feb-2026 or an earlier day"):
        refuse_assessment(draft(review_on=day(41)), facts(), policy(), today=day(40))


def test_the_end_of_the_calendar_is_no_error() -> None:
    assert latest_review_day(facts(), date.max, policy()) == date.max


@given(st.dates(), st.none() | st.dates(), st.dates(), st.text(max_size=3), st.booleans())
def test_nothing_typed_raises_anything_but_a_sentence(
    assessed: date, review: date | None, today: date, words: str, quickly: bool
) -> None:
    typed = draft(
        assessed,
        own_words=words,
        formulation=words,
        review_on=review,
        shared_with=words,
        act_quickly_if_contact_lost=quickly,
    )
    refusals = []
    try:
        refuse_assessment(typed, facts(), policy(), today=today)
    except RuleViolation as refused:
        refusals.append(str(refused))
    if refusals:
        assert_a_sentence(refusals[0])
    else:
        assert typed.review_on is not None
        assert assessed <= typed.review_on <= max(today, assessed + timedelta(days=28))


# what it says


def test_what_is_empty_reads_not_discussed() -> None:
    nothing = AssessmentDraft(assessed_on=MONDAY)
    assert {text for _, text in assessment_words(nothing)} == {NOT_DISCUSSED}
    shown = dict(assessment_words(assessment(own_words=" I am worn out. ", stressors="  ")))
    assert shown["In their own words"] == "I am worn out."
    assert shown["What is hard now, and what has changed lately"] == "Not discussed"
    assert len(shown) == len(ASSESSMENT_HEADINGS)


@pytest.mark.parametrize(
    ("shared", "basis", "words"),
    [
        ("", "", "Not discussed"),
        ("GP", "consent", "GP, with consent"),
        (
            "Crisis team",
            "Said they would act tonight",
            "Crisis team, without consent: Said they would act tonight",
        ),
        ("GP", " ", "GP (basis not recorded)"),
    ],
)
def test_sharing_says_on_what_basis(shared: str, basis: str, words: str) -> None:
    assert sharing_words(assessment(shared_with=shared, sharing_basis=basis)) == words


def test_contact_lost_is_answered_from_the_latest_version() -> None:
    first = assessment(if_contact_lost="Ring her sister", act_quickly_if_contact_lost=True)
    second = assessment(id=2, version=2)
    assert (acts_quickly(facts()), if_contact_lost(facts())) == (False, "Not discussed")
    only_first = facts(safety_assessments=(first,))
    assert (acts_quickly(only_first), if_contact_lost(only_first)) == (True, "Ring her sister")
    both = facts(safety_assessments=(first, second))
    assert standing_assessment(both) == second
    assert (acts_quickly(both), if_contact_lost(both)) == (False, "Not discussed")
    assert both.safety_assessments[0] == first


# versions


def test_each_material_change_is_a_new_version() -> None:
    before = assessment()
    same = AssessmentDraft(**{each.name: getattr(before, each.name) for each in fields(AssessmentDraft)})
    assert changed_parts(before, same) == ()
    assert changed_parts(before, replace(same, own_words=" I am worn out.\n")) == ()
    changed = replace(same, own_words="Better", review_on=day(9), act_quickly_if_contact_lost=True)
    assert changed_parts(before, changed) == ("own_words", "act_quickly_if_contact_lost", "review_on")
    assert [next_version(versions) for versions in ((), (1,), (2, 1))] == [1, 2, 3]


# review and formulation


@pytest.mark.parametrize(
    ("today", "overdue", "when"),
    [
        (0, 0, "is to be reviewed by 12-Jan-2026"),
        (7, 0, "is to be reviewed today"),
        (8, 1, "was to be reviewed on 12-Jan-2026, 1 day ago"),
        (407, 400, "was to be reviewed on 12-Jan-2026, 400 days ago"),
    ],
)
def test_a_review_is_suggested_from_a_week_before_and_never_lapses(
    today: int, overdue: int, when: str
) -> None:
    review = assessment_review(facts(safety_assessments=(assessment(),)), policy(), today=day(today))
    assert review is not None
    assert (review.due_on, review.overdue_days) == (day(7), overdue)
    assert review.suggestion.sentence == (f"The safety assessment {when}. Look at it again with the patient.")
    assert [each.name for each in review.suggestion.used] == ["Assessed on", "Version", "Review date"]
    assert review.suggestion.rule == "safety.assessment_review"
    assert review.suggestion.source == policy().source


def test_no_review_long_before_or_once_care_has_ended() -> None:
    of = facts(safety_assessments=(assessment(),))
    assert assessment_review(of, policy(), today=day(-1)) is None
    assert assessment_review(facts(), policy(), today=day(9)) is None
    assert assessment_review(replace(of, phase=Phase.CLOSED), policy(), today=day(9)) is None
    assert assessment_review(replace(of, patient=patient(died_on=day(1))), policy(), today=day(9)) is None


def test_a_declined_plan_still_asks_for_a_formulation() -> None:
    """SPLAN-W5."""
    declined = plan(PlanStatus.DECLINED, declined_reason="Knows what to do", review_on=None)
    found = formulation_needed(facts(safety_plans=(declined,)), policy())
    assert found is not None
    assert found.sentence == (
        "A safety plan was offered on 05-Jan-2026 and declined. "
        "Consider writing a formulation with the patient all the same."
    )
    assert [each.words for each in found.used] == [
        "Plan declined on: 05-Jan-2026",
        "Reason: Knows what to do",
    ]
    written = facts(safety_plans=(declined,), safety_assessments=(assessment(),))
    assert formulation_needed(written, policy()) is None


def test_an_assessment_without_a_formulation_asks_for_one() -> None:
    blank = facts(safety_assessments=(assessment(formulation=" "),))
    found = formulation_needed(blank, policy())
    assert found is not None
    assert found.sentence.startswith("The safety assessment has no formulation yet.")
    later = plan(PlanStatus.ACTIVE, id=2, version=2)
    declined = plan(PlanStatus.DECLINED)
    assert formulation_needed(facts(), policy()) is None
    assert formulation_needed(facts(safety_plans=(declined, later)), policy()) is None
    assert formulation_needed(replace(blank, phase=Phase.CLOSED), policy()) is None
