"""One caseload row of each kind there is, for reading every column of."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from collabcare.domain.caseload import CaseloadRow, caseload_row
from collabcare.domain.codes import ReferralSource
from collabcare.domain.episode import Phase
from collabcare.domain.facts import LetterFact
from collabcare.domain.ids import LetterId
from collabcare.domain.plan_facts import GoalFact, GoalRating
from collabcare.domain.reach_facts import PauseFact
from collabcare.domain.reengagement import AttemptOutcome
from tests.builders import MONDAY, attempt, day, facts, ladder, measure, patient, prompt, review, rulebook

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts

GOALS = (
    GoalFact(
        id=1,
        place=1,
        text="Back to choir",
        opened_on=MONDAY,
        ratings=(GoalRating(rated_on=MONDAY, rating=2), GoalRating(rated_on=day(14), rating=10)),
    ),
    GoalFact(id=2, place=2, text="Sleep", opened_on=MONDAY),
)


def row_after(of: EpisodeFacts, after: int) -> CaseloadRow:
    """Return a row as of so many days after the first Monday."""
    return caseload_row(of, rulebook(), MONDAY + timedelta(days=after))


KINDS = {
    "new": row_after(
        facts("", phase=Phase.REFERRED, holder_id=None, holder=None, referral_source=ReferralSource.SELF),
        3,
    ),
    "seen, nothing else": row_after(facts("A", patient=patient(nhs_number=None)), 1),
    "under way": row_after(
        facts(
            "AAA b",
            measures=(measure(18), measure(9, day(14))),
            goals=GOALS,
            reviews=(review(day(7)),),
            letters=(
                LetterFact(
                    id=LetterId(1), kind="gp_review", title="Review", issued_on=day(15), recipient="Elm"
                ),
            ),
        ),
        16,
    ),
    "a score of nought": row_after(
        facts(
            "AA",
            measures=(
                measure(14),
                measure(0, day(7)),
                measure(0, instrument="gad7"),
                measure(3, day(7), instrument="gad7"),
            ),
        ),
        8,
    ),
    "re-engaging": row_after(
        facts(
            "ADD",
            ladders=(ladder(day(14), attempts=(attempt(1, day(16), outcome=AttemptOutcome.LEFT_MESSAGE),)),),
            safety_prompts=(prompt(),),
            measures=(measure(None),),
        ),
        17,
    ),
    "paused": row_after(
        facts(
            "A",
            phase=Phase.PAUSED,
            phase_since=day(2),
            follow_up_weeks=4,
            pauses=(PauseFact(started_on=day(2), reason="Away", review_on=day(30)),),
        ),
        9,
    ),
}
"""By what kind of row it is."""
