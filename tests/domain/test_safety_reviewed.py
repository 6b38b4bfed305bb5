"""A safety review says what was looked at and what was concluded; a day alone is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from collabcare.domain.closing_gate import gate
from collabcare.domain.errors import RuleViolation
from collabcare.domain.gate_parts import Condition
from collabcare.domain.reach_facts import LookedAt
from collabcare.domain.safety_facts import PlanStatus
from collabcare.domain.safety_reviewed import (
    LOOKED_AT_WORDS,
    bare_day,
    is_whole,
    looked_at_words,
    refuse_blank_review,
    refuse_unread,
    said_of,
    there_to_read,
)
from collabcare.domain.tracks import track_of
from tests.builders import MONDAY, day
from tests.builders_reach import closing_review, policy, ready_to_close, safety_review
from tests.domain.test_closing_gate import PLAN, PLANNED, READY

TODAY = day(35)


def part(**changes: object) -> tuple[bool, str, tuple[str, ...]]:
    """Return the part of the gate as it stands with the review changed."""
    review = replace(closing_review(MONDAY), **changes)  # type: ignore[arg-type]  # fields by name
    facts = replace(ready_to_close(), closing_reviews=(review,))
    track = track_of(facts, policy().tracks, today=TODAY)
    answer = gate(facts, review, policy().gate, track=track, today=TODAY)
    found = next(each for each in answer.parts if each.condition is Condition.SAFETY)
    return found.met, found.sentence, found.notes


def test_what_is_recorded_of_it_is_shown_met_or_not() -> None:
    said = (
        "Wed 04-Feb-2026, Jo Smith. Looked at: Last answers to the safety items, GP records or others spoken "
        "to. Concluded: Nothing new since the formulation; the sister will ring us"
    )
    assert said_of(safety_review(day(30))) == said
    assert part()[::2] == (True, (said,))
    early = safety_review(MONDAY)
    assert part(safety_reviews=(early,)) == (
        False,
        "Review safety again: the last review was not after the last miss.",
        (said_of(early),),
    )
    assert part(safety_reviews=(safety_review(day(30)), replace(early, on=day(31), concluded="")))[0]


def test_a_day_of_before_is_shown_and_meets_nothing() -> None:
    met, sentence, notes = part(safety_reviews=(), safety_reviewed_on=day(30))
    assert not met
    assert sentence == "Review safety now: record what was looked at and what was concluded."
    assert notes == ("Only a day was noted: Wed 04-Feb-2026.",)
    assert bare_day(closing_review(MONDAY, safety_reviewed_on=day(30))) == ""


@pytest.mark.parametrize(
    ("looked_at", "concluded", "missing"),
    [((), "All well", "Tick what was looked at"), ((LookedAt.PLAN,), " \n", "Write what was concluded")],
)
def test_a_blank_one_is_refused(looked_at: tuple[LookedAt, ...], concluded: str, missing: str) -> None:
    assert not is_whole(safety_review(TODAY, looked_at=looked_at, concluded=concluded))
    with pytest.raises(RuleViolation, match=missing):
        refuse_blank_review(looked_at, concluded)
    refuse_blank_review((LookedAt.PLAN,), "All well")


def test_each_thing_has_words_and_none_of_them_is_a_level() -> None:
    assert set(LOOKED_AT_WORDS) == set(LookedAt)
    assert looked_at_words((LookedAt.OTHERS, LookedAt.CHILDREN)) == (
        "Children and safeguarding, GP records or others spoken to"
    )
    assert not any("risk" in words.lower() for words in LOOKED_AT_WORDS.values())


def test_what_nobody_has_made_cannot_have_been_looked_at() -> None:
    bare = {LookedAt.ANSWERS, LookedAt.CHILDREN, LookedAt.OTHERS}
    assert set(there_to_read(READY)) == bare
    assert set(there_to_read(PLANNED)) == {*bare, LookedAt.PLAN}
    declined = replace(PLANNED, safety_plans=(replace(PLAN, status=PlanStatus.DECLINED),))
    assert set(there_to_read(declined)) == bare
    earlier = replace(READY, earlier=replace(READY.earlier, safety_plans=(PLAN,)))
    assert set(there_to_read(earlier)) == {*bare, LookedAt.PLAN}
    refuse_unread((LookedAt.PLAN,), PLANNED)
    for each, words in ((LookedAt.PLAN, "No safety plan"), (LookedAt.FORMULATION, "No safety formulation")):
        with pytest.raises(RuleViolation, match=f"{words} is recorded"):
            refuse_unread((LookedAt.ANSWERS, each), READY)
