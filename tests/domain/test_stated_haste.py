"""What the referral and the details already say puts a missed appointment on the Prompt track, asked once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.codes import ReferralReason, ReferralSource
from collabcare.domain.demographic_facts import DemographicFacts
from collabcare.domain.reach_facts import ReachFacts, Track
from collabcare.domain.track_facts import TrackFact
from collabcare.domain.tracks import track_of, why_prompt_after_details
from tests.builders import MONDAY, contact, day, facts, patient
from tests.builders_reach import policy, sought, track_move

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.tracks import TrackAnswer

S, P = Track.STANDARD, Track.PROMPT
R = ReferralReason
REFUGE = ReachFacts(accommodation="CH02")
LEARNING = patient(demographics=DemographicFacts(disability=("01", "04")))
ASKS = [
    pytest.param(facts(referral_reason=R.SELF_HARM), "P-c", "Referred for self-harm (29-Dec-2025).", id="15"),
    pytest.param(facts(referral_reason=R.IN_CRISIS), "P-c", "Referred in crisis (29-Dec-2025).", id="18"),
    pytest.param(
        facts(referral_reason=R.PERINATAL),
        "P-f",
        "Referred for perinatal mental health (29-Dec-2025).",
        id="13",
    ),
    pytest.param(
        facts(referral_reason=R.PRECONCEPTION),
        "P-f",
        "Referred for preconception perinatal mental health (29-Dec-2025).",
        id="27",
    ),
    pytest.param(
        facts(referral_source=ReferralSource.MATERNITY),
        "P-f",
        "Referred by a maternity service (29-Dec-2025).",
        id="A4",
    ),
    pytest.param(
        facts(referral_reason=R.ORGANIC),
        "P-h",
        "Referred for an organic brain disorder (29-Dec-2025).",
        id="08",
    ),
    pytest.param(facts(reach=REFUGE), "P-e", "Lives in a refuge (in their details).", id="CH02"),
    pytest.param(
        facts(patient=LEARNING),
        "P-h",
        "Difficulty with memory, concentrating or learning (in their details).",
        id="disability 04",
    ),
]


def track(of: EpisodeFacts, today: int = 0) -> TrackAnswer:
    """Return the track some days after the first Monday."""
    return track_of(of, policy().tracks, today=day(today))


@pytest.mark.parametrize(("of", "fact", "words"), ASKS)
def test_what_is_recorded_already_is_a_reason_in_words(of: EpisodeFacts, fact: str, words: str) -> None:
    answer = track(of)
    assert [(each.fact, each.sentence) for each in answer.reasons] == [(TrackFact(fact), words)]
    assert answer.track is P
    assert all(used.words for used in answer.used)


@pytest.mark.parametrize(
    "of",
    [
        facts(referral_reason=R.ADJUSTMENT_TO_HEALTH, referral_source=ReferralSource.MENTAL_HEALTH_TRUST),
        facts(reach=ReachFacts(accommodation="HM04")),
        facts(patient=patient(demographics=DemographicFacts(disability=("02", "NN")))),
    ],
)
def test_nothing_else_in_them_is(of: EpisodeFacts) -> None:
    assert track(of).track is S


@pytest.mark.parametrize(("seen", "expected"), [(True, S), (False, P)], ids=["seen since", "never seen"])
def test_a_referral_in_crisis_counts_ninety_days_and_until_somebody_has_seen_them(
    expected: Track, *, seen: bool
) -> None:
    held = (contact("A", day(1)),) if seen else ()
    of = facts(referral_reason=R.IN_CRISIS, contacts=held)
    assert track(of, 83).track is P
    assert track(of, 84).track is expected


def test_a_supervisor_may_agree_to_go_slower_for_what_the_details_say() -> None:
    agreed = replace(sought(MONDAY), reach=REFUGE, track_moves=(track_move(S, day(1)),))
    answer = track(agreed, 2)
    assert (answer.track, [each.kind for each in answer.set_aside]) == (S, ["Lives in a refuge"])


def test_what_goes_from_the_details_while_they_are_sought_still_holds() -> None:
    missed = replace(sought(MONDAY), reach=REFUGE)
    assert why_prompt_after_details(missed, "MA01", None) == (
        "Stood in the details when they did not attend: Lives in a refuge."
    )
    assert why_prompt_after_details(missed, "CH02", ("02",)) == ""
    assert why_prompt_after_details(facts(reach=REFUGE), "MA01", None) == ""


def test_what_is_new_in_the_details_was_not_known_to_whoever_agreed() -> None:
    agreed = facts(track_moves=(track_move(S, MONDAY - timedelta(days=3)),))
    assert why_prompt_after_details(agreed, "CH02", ("04",)) == (
        "New in the details: Lives in a refuge, Difficulty with memory, concentrating or learning."
    )
    assert why_prompt_after_details(facts(), "CH02", ("04",)) == ""
