"""The gate before closing for not attending: eight conditions, each alone closes it, a word calls it off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.closing_gate import CONDITION_WORDS, declined_gate, gate
from collabcare.domain.gate_parts import Condition
from collabcare.domain.ids import ContactId, LadderId, LetterId
from collabcare.domain.reach_facts import ClosingReviewFact, HasteKind, Track
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.safety_facts import PlanStatus, SafetyPlanFact
from collabcare.domain.tracks import track_of
from tests.builders import MONDAY, attempt, contact, day, patient
from tests.builders_reach import (
    AMINA,
    JO,
    LEE,
    at,
    closing_review,
    gp_letter,
    haste,
    pause,
    policy,
    ready_to_close,
    safety_review,
    searching,
    track_move,
    tries,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.closing_gate import GateAnswer
    from collabcare.domain.facts import AttemptFact, EpisodeFacts
    from collabcare.domain.reach_facts import PauseFact

TODAY = day(35)
READY = ready_to_close()
REVIEW = closing_review(MONDAY)
SENT, SPOKE = AttemptOutcome.SENT, AttemptOutcome.SPOKE
G1, G2, G3, G4, G5, G6, G7, G8 = Condition


def asked(of: EpisodeFacts, today: date = TODAY) -> GateAnswer:
    """Return the gate of an episode with its own review, on its own track."""
    review = of.closing_reviews[-1] if of.closing_reviews else None
    track = track_of(of, policy().tracks, today=today)
    return gate(of, review, policy().gate, track=track, today=today)


def reviewed(of: EpisodeFacts = READY, **changes: Any) -> EpisodeFacts:  # noqa: ANN401 - by name
    """Return the episode with its review changed."""
    return replace(of, closing_reviews=(replace(REVIEW, **changes),))


def looked(on: date, of: EpisodeFacts = READY) -> EpisodeFacts:
    """Return an episode in whose review safety was last looked at that day."""
    return reviewed(of, safety_reviews=(safety_review(on),))


def tried(*attempts: AttemptFact) -> EpisodeFacts:
    """Return the episode with these attempts in place of its own."""
    return replace(READY, ladders=(replace(READY.ladders[0], attempts=attempts),))


def lettered(kind: str) -> EpisodeFacts:
    """Return the episode with letters of another kind in the place of those it has."""
    return replace(READY, letters=tuple(replace(each, kind=kind) for each in READY.letters))


def missing(of: EpisodeFacts, today: date = TODAY) -> list[Condition]:
    """Return the conditions that are not met."""
    return [part.condition for part in asked(of, today).missing]


def test_with_everything_met_it_is_open() -> None:
    found = asked(READY)
    assert found.passed
    assert [part.condition for part in found.parts] == list(Condition)
    assert found.sentence.startswith("Every condition is met.")
    assert (found.rule, bool(found.source), bool(found.used)) == ("non_engagement_gate", True, True)
    assert all(part.title == CONDITION_WORDS[part.condition] for part in found.parts)
    told = found.parts[1]
    assert told.sentence == f"{told.title}. Letter in large print and a text the day before"


CALLS = tuple(attempt(n, day(n)) for n in (1, 2, 3))
LETTER = attempt(3, day(7), channel=Channel.LETTER, outcome=SENT, accessible=True)
PLAN = SafetyPlanFact(id=1, version=1, status=PlanStatus.ACTIVE, made_on=day(-30))
PLANNED = replace(READY, safety_plans=(PLAN,))
REASON = {
    "prompt_reason": "Has moved to the crisis team",
    "instead": "Crisis team",
    "prompt_reason_by_id": AMINA,
}
AGAIN = replace(
    READY,
    contacts=(*READY.contacts, contact("D", day(20), id=ContactId(3))),
    ladders=(
        replace(READY.ladders[0], closed_on=day(20)),
        searching(day(20), ContactId(3), id=LadderId(2), consecutive=2, attempts=(attempt(2, day(21)),)),
    ),
)

EXAMPLES = [
    pytest.param(tried(*CALLS), [G1], id="GATE-W1 three calls to one number, no letter"),
    pytest.param(reviewed(signed_off_by_id=JO), [G7], id="GATE-W2 signed off by the same user"),
    pytest.param(reviewed(opt_in_sent_on=day(22)), [G6], id="GATE-W3 letter 13 days old"),
    pytest.param(reviewed(opt_in_sent_on=day(21)), [], id="GATE-W3 letter 14 days old"),
    pytest.param(looked(day(-1)), [G3], id="GATE-W4 safety review before the last miss"),
    pytest.param(reviewed(AGAIN), [], id="GATE-W4 a second miss, all after it"),
    pytest.param(looked(day(19), AGAIN), [G3], id="GATE-W4 between the misses"),
    pytest.param(PLANNED, [G4], id="GATE-W5 plan active, no reason"),
    pytest.param(reviewed(PLANNED, **REASON), [], id="GATE-W5 plan active, supervisor's reason recorded"),
    pytest.param(replace(READY, letters=()), [G5], id="GATE-W6 letter to the GP only drafted"),
    pytest.param(lettered("gp_not_attending"), [G5], id="GATE-W6 the letter that we are still trying"),
    pytest.param(lettered("gp_review"), [G5], id="GATE-W6 a review letter"),
    pytest.param(lettered("gp_discharge"), [G5], id="GATE-W6 a discharge summary, not the closing letter"),
]


def test_a_message_with_the_gp_practice_is_a_way_only_where_nothing_may_be_posted() -> None:
    by_gp = attempt(2, day(2), channel=Channel.GP_PRACTICE, outcome=AttemptOutcome.LEFT_MESSAGE)
    assert missing(of := tried(attempt(1, day(0)), LETTER, by_gp)) == [G1]
    assert missing(replace(of, reach=replace(READY.reach, letters_safe=False))) == []


@pytest.mark.parametrize(("of", "expected"), EXAMPLES)
def test_the_worked_examples(of: EpisodeFacts, expected: list[Condition]) -> None:
    assert missing(of) == expected
    assert asked(of).passed is not bool(expected)


ALONE: dict[str, tuple[EpisodeFacts, Condition]] = {
    "word to the GP practice is not written to them": (
        tried(*CALLS, replace(LETTER, channel=Channel.GP_PRACTICE)),
        G1,
    ),
    "a letter to the patient is none to the GP": (lettered("patient_ending"), G5),
    "two attempts": (tried(attempt(1, day(0)), LETTER), G1),
    "one way": (tried(*(replace(LETTER, rung=n) for n in (1, 2, 3))), G1),
    "not in writing they can use": (tried(*CALLS, replace(LETTER, accessible=False)), G1),
    "talking about them is no attempt": (
        tried(
            attempt(1, day(0)),
            LETTER,
            attempt(4, day(8), channel=Channel.SUPERVISION, outcome=AttemptOutcome.DISCUSSED),
            attempt(4, day(8), channel=Channel.GP_PRACTICE, outcome=AttemptOutcome.THIRD_PARTY),
        ),
        G1,
    ),
    "attempts still to come": (tried(CALLS[0], LETTER, replace(CALLS[2], on=day(36))), G1),
    "communicated not asked": (reviewed(communicated=None), G2),
    "not communicated": (reviewed(communicated=False), G2),
    "no evidence": (reviewed(communicated_evidence=" "), G2),
    "no safety review": (reviewed(safety_reviews=()), G3),
    "safety review on the day of the miss": (looked(MONDAY), G3),
    "safety review to come": (looked(day(36)), G3),
    "fact set aside for the pace": (
        replace(
            READY,
            haste=(haste(HasteKind.DEMENTIA, day(-9)),),
            track_moves=(track_move(Track.STANDARD, day(2)),),
        ),
        G4,
    ),
    "reason without what instead": (reviewed(PLANNED, **{**REASON, "instead": ""}), G4),
    "reason by nobody": (reviewed(PLANNED, **{**REASON, "prompt_reason_by_id": None}), G4),
    "reason by the practitioner": (reviewed(PLANNED, **{**REASON, "prompt_reason_by_id": JO}), G4),
    "GP not told": (reviewed(gp_informed_on=None), G5),
    "GP told before the miss": (reviewed(gp_informed_on=day(-1)), G5),
    "another letter": (reviewed(gp_letter_id=LetterId(99)), G5),
    "letter of before": (replace(READY, letters=(gp_letter(day(-1)),)), G5),
    "an offer in the place of the keep-in-touch letter": (reviewed(opt_in_sent_on=day(7)), G6),
    "only another letter went that day": (
        replace(
            READY,
            letters=(
                *READY.letters,
                replace(READY.letters[0], id=LetterId(8), kind="patient_missed", issued_on=day(21)),
            ),
        ),
        G6,
    ),
    "no keep-in-touch letter": (reviewed(opt_in_sent_on=None), G6),
    "keep-in-touch letter to come": (reviewed(opt_in_sent_on=day(36)), G6),
    "keep-in-touch letter of an earlier search": (reviewed(opt_in_sent_on=day(-1)), G6),
    "not discussed": (reviewed(discussed_on=None), G7),
    "not signed": (reviewed(signed_off_by_id=None, signed_off_on=None, signed_off_by_role=None), G7),
    "signed without a day": (reviewed(signed_off_on=None), G7),
    "signed before it was discussed": (reviewed(signed_off_on=day(32)), G7),
    "signed by a reader": (reviewed(signed_off_by_role="reader"), G7),
    "signed by the holder of the case": (replace(READY, holder_id=AMINA), G7),
    "no way back": (reviewed(way_back=" "), G8),
}


@pytest.mark.parametrize(("of", "condition"), ALONE.values(), ids=ALONE)
def test_each_condition_alone_closes_it(of: EpisodeFacts, condition: Condition) -> None:
    found = asked(of)
    assert not found.passed
    assert [part.condition for part in found.missing] == [condition]
    assert found.sentence == found.missing[0].sentence
    assert found.sentence.endswith(".")


def put_right(on: int, hour: int, *, again: int | None = None) -> EpisodeFacts:
    """Return the episode whose wrong details were put right then, and what was tried again since."""
    before = READY.ladders[0].attempts
    tries_again = [attempt(n, day(on + 1 + (n > 1))) for n in (1, 2, 4)]
    tries_again.append(replace(LETTER, on=day(on + 1), at=at(day(on + 1))))
    if again is not None:
        tries_again.append(replace(LETTER, rung=5, on=day(again), at=at(day(again), 15)))
    fixed = replace(READY.ladders[0], restarted_at=at(day(on), hour), attempts=(*before, *tries_again))
    return replace(READY, ladders=(fixed,))


WRONG_ADDRESS = [
    pytest.param(put_right(20, 9), [], id="put right before the letter"),
    pytest.param(put_right(21, 9), [], id="put right in the morning, sent before noon"),
    pytest.param(put_right(21, 12), [G6], id="sent before noon, put right at noon"),
    pytest.param(put_right(21, 12, again=21), [], id="and sent again in the afternoon"),
    pytest.param(put_right(21, 16, again=21), [G6], id="sent in the afternoon, put right in the evening"),
    pytest.param(put_right(22, 9), [G6], id="put right the day after"),
]


@pytest.mark.parametrize(("of", "expected"), WRONG_ADDRESS)
def test_a_keep_in_touch_letter_to_wrong_details_waits_for_no_answer(
    of: EpisodeFacts, expected: list[Condition]
) -> None:
    """Nobody can answer a letter that went to where they do not live."""
    assert missing(of, day(36)) == expected
    if expected:
        assert "went before their contact details were put right" in asked(of, day(36)).sentence


def test_a_second_registered_clinician_may_sign() -> None:
    assert asked(reviewed(signed_off_by_id=LEE, signed_off_by_role="practitioner")).passed


def test_not_knowing_who_made_the_account_is_said() -> None:
    found = asked(reviewed(signed_off_by_made_by_id=None))
    assert found.passed
    assert "Who made the account that signed is not recorded" in found.parts[6].sentence
    assert "Who made" not in asked(READY).parts[6].sentence


def test_a_case_that_nobody_holds_goes_by_who_reviews_it() -> None:
    assert asked(replace(READY, holder_id=None)).passed


def test_before_any_review_nothing_of_it_is_met() -> None:
    unreviewed = replace(READY, closing_reviews=())
    assert missing(unreviewed) == [G2, G3, G5, G6, G7, G8]
    assert missing(replace(unreviewed, holder_id=None)) == [G2, G3, G5, G6, G7, G8]


def rang_after(of: EpisodeFacts) -> EpisodeFacts:
    rang = replace(of.contacts[1], contacted_after=True, note="Rang at 11")
    return replace(of, contacts=(of.contacts[0], rang))


RANG = attempt(5, day(33), outcome=SPOKE)
OFF = {
    "GATE-W7 they rang on day 12": reviewed(opted_in_on=day(33)),
    "GATE-W7 they were spoken to": tried(*tries(MONDAY), RANG),
    "the search is over": replace(READY, ladders=(replace(READY.ladders[0], closed_on=day(33)),)),
    "seen": replace(READY, contacts=(*READY.contacts, contact("A", day(30), id=ContactId(9)))),
    "came late": replace(READY, contacts=(*READY.contacts, contact("N", day(30), id=ContactId(9)))),
    "cancelled": replace(READY, contacts=(*READY.contacts, contact("C", day(30), id=ContactId(9)))),
    "rang after the slot": rang_after(READY),
    "booked": replace(READY, contacts=(*READY.contacts, contact("b", day(36), id=ContactId(9)))),
    "review over": reviewed(ended_on=day(34)),
    "died": replace(READY, patient=patient(died_on=day(30))),
    "nothing was missed": replace(READY, contacts=READY.contacts[:1]),
    "known to be away": replace(READY, pauses=(pause(day(20), day(40)),)),
    "away, and the day to look at it has passed": replace(READY, pauses=(pause(day(20), day(30)),)),
    "away, without a day": replace(READY, pauses=(pause(day(20), None),)),
}


@pytest.mark.parametrize("of", OFF.values(), ids=OFF)
def test_any_word_from_the_patient_calls_it_off(of: EpisodeFacts) -> None:
    found = asked(of)
    assert found.called_off
    assert found.sentence == found.called_off
    assert not found.passed


@pytest.mark.parametrize("of", [pause(day(5), day(40), ended_on=day(12)), pause(day(36), day(50))])
def test_an_absence_that_is_over_or_still_to_come_calls_nothing_off(of: PauseFact) -> None:
    assert asked(replace(READY, pauses=(of,))).passed


def test_declined_care_needs_the_safety_review_and_the_gp() -> None:
    def declined(of: EpisodeFacts, review: ClosingReviewFact | None) -> list[Condition]:
        found = declined_gate(of, review, policy().gate, today=TODAY)
        assert found.passed is (not found.missing)
        return [part.condition for part in found.missing]

    bare = ClosingReviewFact(opened_on=day(30), practitioner_id=JO)
    assert declined(READY, None) == [G3, G5]
    assert declined(READY, bare) == [G3, G5]
    looked_at = (safety_review(day(30)),)
    told = replace(bare, safety_reviews=looked_at, gp_informed_on=day(31), gp_letter_id=LetterId(7))
    assert declined(READY, told) == []
    assert declined(replace(READY, contacts=(), ladders=()), told) == []
    assert declined(rang_after(READY), replace(told, safety_reviews=(safety_review(MONDAY),))) == []
    assert declined(READY, replace(told, safety_reviews=(safety_review(MONDAY),))) == [G3]


def _review(**changes: Any) -> Callable[[EpisodeFacts], EpisodeFacts]:  # noqa: ANN401 - by name
    def broken(of: EpisodeFacts) -> EpisodeFacts:
        review = replace(of.closing_reviews[-1], **changes)
        return replace(of, closing_reviews=(review,))

    return broken


BREAKS: dict[Condition, Callable[[EpisodeFacts], EpisodeFacts]] = {
    G1: lambda of: replace(of, ladders=(replace(of.ladders[0], attempts=CALLS),)),
    G2: _review(communicated=None),
    G3: _review(safety_reviews=()),
    G4: lambda of: replace(of, safety_plans=(PLAN,)),
    G5: lambda of: replace(of, letters=()),
    G6: _review(opt_in_sent_on=day(22)),
    G7: _review(signed_off_by_id=JO),
    G8: _review(way_back=""),
}


@given(st.sets(st.sampled_from(Condition)))
def test_it_is_open_only_when_nothing_is_missing(broken: set[Condition]) -> None:
    of = READY
    for condition in sorted(broken):
        of = BREAKS[condition](of)
    assert set(missing(of)) == broken
    assert asked(of).passed is (not broken)


DATES = st.none() | st.integers(-40, 40).map(day)
USERS = st.sampled_from([None, JO, AMINA, LEE])


@given(
    st.builds(
        ClosingReviewFact,
        opened_on=st.just(day(30)),
        practitioner_id=st.sampled_from([JO, AMINA]),
        communicated=st.none() | st.booleans(),
        communicated_evidence=st.sampled_from(["", "A text"]),
        safety_reviews=st.lists(st.integers(-40, 40).map(day).map(safety_review), max_size=2).map(tuple),
        prompt_reason=st.sampled_from(["", "Because"]),
        prompt_reason_by_id=USERS,
        gp_informed_on=DATES,
        gp_letter_id=st.sampled_from([None, LetterId(7)]),
        opt_in_sent_on=DATES,
        opted_in_on=st.none() | DATES,
        discussed_on=DATES,
        signed_off_by_id=USERS,
        signed_off_by_role=st.sampled_from([None, "supervisor", "practitioner", "reader"]),
        signed_off_on=DATES,
        way_back=st.sampled_from(["", "Ring us"]),
        signed_off_by_made_by_id=USERS,
    ),
    st.integers(0, 90),
    st.booleans(),
)
def test_it_is_never_open_with_something_missing(review: ClosingReviewFact, days: int, plan: bool) -> None:
    today = day(days)
    of = replace(PLANNED if plan else READY, closing_reviews=(review,))
    found = asked(of, today)
    if not found.passed:
        assert found.called_off or found.missing
        return
    assert review.opted_in_on is None
    assert review.communicated
    assert review.communicated_evidence
    assert review.way_back
    assert review.opt_in_sent_on is not None
    assert review.opt_in_sent_on <= today - timedelta(days=14)
    assert any(MONDAY < each.on <= today for each in review.safety_reviews)
    assert review.gp_informed_on is not None
    assert review.signed_off_by_id not in {None, JO, review.practitioner_id}
    assert review.signed_off_by_role in {"supervisor", "practitioner"}
    assert not plan or review.prompt_reason
