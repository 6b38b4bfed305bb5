"""By what each part of the gate is met: what is recorded of it, in words, and nothing where nothing is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from collabcare.domain.facts import ReviewFact
from collabcare.domain.gate_evidence import evidence_of
from collabcare.domain.gate_parts import Condition
from collabcare.domain.ids import ReviewId
from collabcare.domain.missed_run import missed_run
from collabcare.domain.reach_facts import ClosingReviewFact
from collabcare.domain.safety_reviewed import said_of
from collabcare.queries.timeline_closing import closing_entries
from tests.builders import day
from tests.builders_reach import JO, closing_review, safety_review
from tests.domain.test_closing_gate import PLANNED, READY, REASON, asked, reviewed

HELD = ReviewFact(
    id=ReviewId(1), reviewed_on=day(33), supervisor="Amina Khan", question="", decision="Close if no answer"
)
DISCUSSED = replace(READY, reviews=(HELD,))
WORDS = {
    Condition.ATTEMPTS: (
        "Mon 05-Jan-2026, call: no answer.",
        "Wed 07-Jan-2026, call: no answer.",
        "Mon 12-Jan-2026, letter: sent, no reply yet (in their format and language).",
        "Mon 26-Jan-2026, letter: sent, no reply yet (in their format and language).",
    ),
    Condition.COMMUNICATED: ("Letter in large print and a text the day before",),
    Condition.SAFETY: (said_of(safety_review(day(30))),),
    Condition.PROMPT_FACTS: ("Nothing that asks us to act soon is recorded as open.",),
    Condition.GP: ("GP told Thu 05-Feb-2026.", "Letter “Ending care”, issued Thu 05-Feb-2026."),
    Condition.OPT_IN: ("Keep-in-touch letter sent Mon 26-Jan-2026. No reply is recorded since.",),
    Condition.SIGNED_OFF: (
        "Discussed Sat 07-Feb-2026 with Amina Khan. Decided: Close if no answer",
        "Signed off Sun 08-Feb-2026, supervisor.",
    ),
    Condition.WAY_BACK: ("Ring us within 12 months; no new referral is needed",),
}


@pytest.mark.parametrize("condition", Condition)
def test_a_part_that_is_met_says_by_what(condition: Condition) -> None:
    titled = tuple(replace(each, title="Ending care") for each in DISCUSSED.letters)
    part = next(
        each for each in asked(replace(DISCUSSED, letters=titled)).parts if each.condition is condition
    )
    assert part.met
    assert part.notes == WORDS[condition]
    assert part.sentence.endswith(WORDS[condition][-1])


def test_a_supervisors_reason_is_said_with_what_replaces_our_follow_up() -> None:
    part = asked(reviewed(PLANNED, **REASON)).parts[3]
    assert part.notes == (
        "Why closing is still right: Has moved to the crisis team",
        "What replaces our follow-up: Crisis team",
    )
    assert not asked(PLANNED).parts[3].notes


def test_where_nothing_is_recorded_nothing_is_said_to_meet_a_part() -> None:
    bare = replace(READY, ladders=(replace(READY.ladders[0], attempts=()),), letters=())
    review = ClosingReviewFact(opened_on=day(30), practitioner_id=JO)
    run = missed_run(bare, today=day(35))
    assert not any(evidence_of(each, bare, review, run) for each in Condition)


def test_what_was_recorded_as_not_communicated_is_not_told_as_communicated() -> None:
    part = asked(reviewed(communicated=False, communicated_evidence="It came back")).parts[1]
    assert (part.met, part.notes) == (False, ("Recorded as not communicated: It came back",))


def test_the_story_of_the_closing_has_the_words_of_the_screen() -> None:
    told = next(iter(closing_entries(DISCUSSED))).text.splitlines()
    for condition in set(Condition) - {Condition.SAFETY, Condition.PROMPT_FACTS, Condition.GP}:
        assert set(WORDS[condition]) <= set(told)
    unsigned = replace(
        DISCUSSED, closing_reviews=(closing_review(day(0), signed_off_on=None, ended_on=day(34)),)
    )
    assert next(iter(closing_entries(unsigned))).text == (
        "Ring us within 12 months; no new referral is needed\nCalled off 08-Feb-2026."
    )
