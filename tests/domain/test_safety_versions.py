"""What changed from one version to the next: by heading, in words, and nothing when nothing did."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.safety_assessment import NOT_DISCUSSED
from collabcare.domain.safety_versions import (
    PartChange,
    assessment_changes,
    plan_changes,
    whole_assessment,
    whole_plan,
)
from tests.builders import day
from tests.builders_safety import assessment, plan


def test_what_was_not_discussed_before_says_so() -> None:
    before, after = assessment(), assessment(version=2, stressors="Eviction notice", review_on=day(8))
    assert assessment_changes(before, after) == (
        PartChange(
            heading="What is hard now, and what has changed lately",
            was=NOT_DISCUSSED,
            now="Eviction notice",
        ),
        PartChange(heading="To be reviewed by", was="12-Jan-2026", now="13-Jan-2026"),
    )
    assert assessment_changes(before, assessment(version=2, own_words=" I am  worn out. ")) == ()


def test_acting_quickly_and_sharing_are_among_the_parts() -> None:
    after = assessment(act_quickly_if_contact_lost=True, shared_with="Dr Patel", sharing_basis="consent")
    changed = {each.heading: each.now for each in assessment_changes(assessment(), after)}
    assert changed == {"Act quickly if contact is lost": "Yes", "Shared with": "Dr Patel, with consent"}
    assert whole_assessment(assessment())["Act quickly if contact is lost"] == "Not asked for"


def test_a_plan_is_compared_step_by_step() -> None:
    after = plan(version=2, surroundings="Tablets kept by Sam", copy_given="Paper", review_on=None)
    assert [(each.heading, each.was, each.now) for each in plan_changes(plan(), after)] == [
        ("Making my surroundings safer", NOT_DISCUSSED, "Tablets kept by Sam"),
        ("Copy given", "Not recorded", "Paper"),
        ("To be reviewed by", "02-Feb-2026", "Not recorded"),
    ]
    assert set(whole_plan(plan()).values()) >= {NOT_DISCUSSED, "Not recorded"}


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_version_differs_from_itself_in_nothing_and_a_change_goes_both_ways(one: str, other: str) -> None:
    before, after = assessment(formulation=one), assessment(formulation=other)
    assert assessment_changes(before, before) == ()
    there = assessment_changes(before, after)
    back = assessment_changes(after, before)
    assert [(each.heading, each.now, each.was) for each in there] == [
        (each.heading, each.was, each.now) for each in back
    ]
