"""A discussion that is signed off stays as it is; what is learnt later is added to it."""

from __future__ import annotations

import pytest

from collabcare.domain.acting import Role
from collabcare.domain.errors import RuleViolation
from collabcare.domain.supervision_record import (
    ALWAYS_OPEN,
    ReviewChange,
    may_change,
    refuse_addendum,
    refuse_review_change,
    refuse_sign_off,
)
from tests.builders import day, review

OPEN = review(day(0))
SIGNED = review(day(0), signed_off_on=day(2))


@pytest.mark.parametrize("change", ReviewChange)
def test_before_it_is_signed_off_everything_can_be_put_right(change: ReviewChange) -> None:
    refuse_review_change(OPEN, change)
    assert may_change(OPEN, change)


@pytest.mark.parametrize("change", ReviewChange)
def test_after_that_only_addenda_and_doing_what_was_agreed(change: ReviewChange) -> None:
    assert may_change(SIGNED, change) is (change in {ReviewChange.ADDENDUM, ReviewChange.ACTION_DONE})
    if change in ALWAYS_OPEN:
        refuse_review_change(SIGNED, change)
        return
    with pytest.raises(RuleViolation, match=r"signed off on 07-Jan-2026 .* Write .* addendum"):
        refuse_review_change(SIGNED, change)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
def test_only_a_supervisor_signs(role: Role) -> None:
    refuse_sign_off(OPEN, Role.SUPERVISOR, today=day(0))
    with pytest.raises(RuleViolation, match="Only a supervisor"):
        refuse_sign_off(OPEN, role, today=day(0))


def test_an_unfinished_discussion_is_not_signed() -> None:
    with pytest.raises(RuleViolation, match="signed off already"):
        refuse_sign_off(SIGNED, Role.SUPERVISOR, today=day(3))
    with pytest.raises(RuleViolation, match="future"):
        refuse_sign_off(review(day(4)), Role.SUPERVISOR, today=day(3))
    with pytest.raises(RuleViolation, match="what was decided"):
        refuse_sign_off(review(day(0), decision=" \n"), Role.SUPERVISOR, today=day(3))


def test_an_addendum_says_something_of_a_signed_discussion() -> None:
    refuse_addendum(SIGNED, "The GP rang back.", today=day(2))
    with pytest.raises(RuleViolation, match="not signed off yet"):
        refuse_addendum(OPEN, "The GP rang back.", today=day(2))
    with pytest.raises(RuleViolation, match="before the discussion was signed off"):
        refuse_addendum(SIGNED, "The GP rang back.", today=day(1))
    with pytest.raises(RuleViolation, match="what there is to add"):
        refuse_addendum(SIGNED, "  ", today=day(3))
