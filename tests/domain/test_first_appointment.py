"""A first appointment missed: the referrer, whether they know of the referral, a choice of how to meet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.codes import ReferralSource, RejectionReason
from collabcare.domain.errors import RuleViolation
from collabcare.domain.first_appointment import first_appointment_missed, first_miss, refuse_rejection
from tests.builders import facts
from tests.builders_reach import policy, sought

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts


@pytest.mark.parametrize(("rung", "told"), [(1, False), (2, False), (3, True), (4, True)])
def test_the_referrer_is_told_from_the_third_step(rung: int, told: bool) -> None:
    said = [each.sentence for each in first_miss(sought(), rung, policy())]
    assert any("Tell the referrer (GP)" in each for each in said) is told
    assert any("know about the referral of 29-Dec-2025" in each for each in said)
    assert any("Offer a choice" in each for each in said)


def test_the_referrer_is_named_where_known() -> None:
    named = replace(sought(), referrer="Dr A Khan")
    assert "Tell the referrer (Dr A Khan)" in first_miss(named, 3, policy())[-1].sentence
    assert first_miss(named, 3, policy())[0].used[1].value == "Dr A Khan"


@pytest.mark.parametrize("source", [each for each in ReferralSource if each is not ReferralSource.SELF])
def test_who_is_no_health_service_is_told_only_if_the_patient_agreed(source: ReferralSource) -> None:
    """An employer or a relative has no right to know who attends."""
    outside = source.value in {"B2", "C1", "C3", "D1", "E1", "E3", "G4", "M5"}
    said = first_miss(replace(sought(), referral_source=source), 3, policy())[-1].sentence
    assert said.startswith(f"Tell the referrer ({source.label})")
    assert said.endswith(", only if the patient agreed to it or a reason is recorded.") is outside


def test_somebody_who_referred_themselves_knows() -> None:
    own = replace(sought(), referral_source=ReferralSource.SELF)
    assert [each.sentence for each in first_miss(own, 5, policy())] == [
        "Offer a choice: by telephone, by video or face to face, and where."
    ]


@pytest.mark.parametrize("of", [sought(history="A"), sought(history="DL"), facts(), facts("A")])
def test_later_appointments_have_nothing_more(of: EpisodeFacts) -> None:
    assert first_miss(of, 3, policy()) == ()
    assert not first_appointment_missed(of)


def test_a_missed_first_appointment_is_no_inappropriate_referral() -> None:
    with pytest.raises(RuleViolation, match="does not make a referral inappropriate"):
        refuse_rejection(sought(), RejectionReason.INAPPROPRIATE)
    refuse_rejection(sought(), RejectionReason.DUPLICATE)
    refuse_rejection(facts(), RejectionReason.INAPPROPRIATE)
