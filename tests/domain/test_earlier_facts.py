"""What was recorded in a patient's earlier episodes and still asks us to act soon when they come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.earlier_facts import NOTHING_EARLIER, EarlierFacts
from collabcare.domain.reach_facts import HasteKind, Track
from collabcare.domain.safety_facts import PlanStatus
from collabcare.domain.tracks import track_of
from tests.builders import MONDAY, day, facts, measure
from tests.builders_reach import haste, policy, sought, track_move
from tests.builders_safety import assessment, plan

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.safety_facts import SafetyAssessmentFact

S, P = Track.STANDARD, Track.PROMPT


def ago(days: int) -> date:
    """Return the day so many days before the missed one."""
    return MONDAY - timedelta(days=days)


def back(**earlier: object) -> EpisodeFacts:
    """Return somebody who came back and missed an appointment on the first Monday."""
    return replace(sought(MONDAY), earlier=EarlierFacts(**earlier))  # type: ignore[arg-type] # by name


def track(of: EpisodeFacts, today: date = MONDAY) -> Track:
    """Return the track of a search on a day."""
    return track_of(of, policy().tracks, today=today).track


def quick(days: int, *, quickly: bool = True, version: int = 1) -> SafetyAssessmentFact:
    """Return an assessment of so many days ago."""
    return assessment(ago(days), version=version, act_quickly_if_contact_lost=quickly)


STARTED = haste(HasteKind.ANTIDEPRESSANT_STARTED, ago(3))
CONCERN = haste(HasteKind.SUICIDE_CONCERN, ago(40))
ROWS = [
    pytest.param(back(), S, id="nothing"),
    pytest.param(back(measures=(measure(9, ago(60), safety_answer=1),)), P, id="DNA-W7 over a re-referral"),
    pytest.param(back(measures=(measure(9, ago(90), safety_answer=1),)), P, id="90 days"),
    pytest.param(back(measures=(measure(9, ago(91), safety_answer=1),)), S, id="91 days"),
    pytest.param(
        back(measures=(measure(9, ago(60), instrument="core10", safety_answer=2),)), P, id="CORE-10 item 6"
    ),
    pytest.param(back(haste=(haste(HasteKind.SELF_HARM, ago(89)),)), P, id="self-harm in the window"),
    pytest.param(back(haste=(haste(HasteKind.SELF_HARM, ago(91)),)), S, id="self-harm before it"),
    pytest.param(back(haste=(haste(HasteKind.SAFEGUARDING, ago(300)),)), P, id="a concern that holds"),
    pytest.param(
        back(haste=(haste(HasteKind.SAFEGUARDING, ago(300), ended_on=ago(1)),)), S, id="a concern that ended"
    ),
    pytest.param(back(haste=(STARTED, CONCERN)), P, id="antidepressant with a concern, both earlier"),
    pytest.param(replace(back(haste=(CONCERN,)), haste=(STARTED,)), P, id="begun now, the concern earlier"),
    pytest.param(replace(back(haste=(STARTED,)), haste=(CONCERN,)), P, id="begun earlier, the concern now"),
    pytest.param(back(safety_plans=(plan(made_on=ago(200)),)), P, id="a plan still active"),
    pytest.param(back(safety_plans=(plan(PlanStatus.SUPERSEDED, made_on=ago(200)),)), S, id="replaced since"),
    pytest.param(
        back(safety_plans=(plan(PlanStatus.ENDED, made_on=ago(200), ended_on=ago(1)),)), S, id="plan ended"
    ),
    pytest.param(
        back(safety_plans=(plan(PlanStatus.ENDED, made_on=ago(200), ended_on=day(1)),)),
        P,
        id="plan ended since the miss",
    ),
    pytest.param(back(safety_assessments=(quick(200),)), P, id="act quickly if contact is lost"),
    pytest.param(
        back(safety_assessments=(quick(200), quick(150, quickly=False, version=2))), S, id="no more"
    ),
    pytest.param(
        replace(back(safety_assessments=(quick(200),)), safety_assessments=(quick(5, quickly=False),)),
        S,
        id="assessed again in this episode",
    ),
    pytest.param(
        replace(back(safety_assessments=(quick(200),)), safety_assessments=(quick(-1, quickly=False),)),
        P,
        id="assessed again only since the miss",
    ),
]


@pytest.mark.parametrize(("of", "expected"), ROWS)
def test_what_an_earlier_episode_recorded_counts_as_if_it_had_been_recorded_in_this_one(
    of: EpisodeFacts, expected: Track
) -> None:
    assert track(of) is expected


def test_a_supervisors_agreement_in_this_episode_sets_it_aside() -> None:
    of = back(haste=(haste(HasteKind.SAFEGUARDING, ago(300)),))
    answer = track_of(replace(of, track_moves=(track_move(S, day(2)),)), policy().tracks, today=day(3))
    assert (answer.track, [each.on for each in answer.set_aside]) == (S, [ago(300)])


def test_nobody_has_an_earlier_episode_until_it_is_said() -> None:
    assert facts().earlier == NOTHING_EARLIER == EarlierFacts()


@given(st.sets(st.sampled_from(HasteKind)), st.integers(0, 400), st.integers(0, 5), st.integers(0, 200))
def test_it_makes_no_difference_in_which_episode_it_was_recorded(
    kinds: set[HasteKind], days: int, answer: int, taken: int
) -> None:
    made = tuple(haste(kind, ago(days)) for kind in sorted(kinds))
    forms = (measure(9, ago(taken), safety_answer=answer),)
    here = replace(sought(MONDAY), haste=made, measures=forms)
    assert track(back(haste=made, measures=forms)) is track(here)
