"""What is recorded in a review of not attending, who may sign it, and the gate as it stands today."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain import closing_parts as parts
from collabcare.domain.acting import Role
from collabcare.domain.case_people import Account, CasePeople, Held
from collabcare.domain.closing_signature import why_not_sign
from collabcare.domain.errors import RuleViolation
from collabcare.domain.gate_parts import Condition
from collabcare.domain.gate_today import gate_today, open_review, track_today
from collabcare.domain.ids import LetterId, UserId
from collabcare.domain.reach_facts import HasteKind, Track
from tests.builders import MONDAY, day, facts, measure, review, rulebook
from tests.builders_reach import AMINA, JO, LEE, closing_review, haste, ready_to_close, safety_part

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts

TODAY, SAM = day(35), UserId(9)


MADE = Account(LEE, JO, datetime(2026, 1, 20, 9, tzinfo=UTC))
"""An account that the practitioner made after the appointment was missed."""


def ready() -> EpisodeFacts:
    """Return somebody for whom every condition is met, discussed on the day the review says."""
    people = CasePeople(accounts=(MADE,))
    return replace(ready_to_close(), reviews=(review(day(33)),), holder_id=JO, people=people)


def signer(user_id: UserId = AMINA, role: Role = Role.SUPERVISOR, **changes: Any) -> parts.SignerFact:  # noqa: ANN401 - any field
    made = {"registration": None, "made_by_id": None, **changes}
    return parts.SignerFact(user_id=user_id, role=role, **made)


def test_the_gate_of_today_is_that_of_the_open_review() -> None:
    found = ready()
    assert gate_today(found, rulebook(), today=TODAY).passed
    ended = replace(found, closing_reviews=(closing_review(MONDAY, ended_on=day(34)),))
    assert open_review(ended) is None
    assert not gate_today(ended, rulebook(), today=TODAY).passed
    unsigned = closing_review(MONDAY, signed_off_by_id=None, signed_off_on=None)
    assert not gate_today(found, rulebook(), today=TODAY, review=unsigned).passed


def test_a_prompt_fact_shuts_the_gate_of_today() -> None:
    found = replace(ready(), haste=(haste(HasteKind.SAFEGUARDING),))
    assert not gate_today(found, rulebook(), today=TODAY).passed
    assert track_today(found, rulebook(), today=TODAY).track is Track.PROMPT


def test_the_track_of_somebody_not_sought_looks_at_the_scores_too() -> None:
    """P-d: 6, then 14."""
    steady = facts("AAA", measures=(measure(16), measure(14, day(14))))
    worse = facts("AAA", measures=(measure(16), measure(6, day(7)), measure(14, day(14))))
    assert track_today(steady, rulebook(), today=day(15)).track is Track.STANDARD
    assert track_today(worse, rulebook(), today=day(15)).track is Track.PROMPT


def test_a_review_opens_once_and_only_while_somebody_is_missing() -> None:
    missing = replace(ready(), closing_reviews=())
    parts.refuse_opening(missing, rulebook(), today=TODAY)
    with pytest.raises(RuleViolation, match="open already"):
        parts.refuse_opening(ready(), rulebook(), today=TODAY)
    with pytest.raises(RuleViolation, match="nothing to close for"):
        parts.refuse_opening(facts("A"), rulebook(), today=TODAY)


GOOD: tuple[parts.Part, ...] = (
    parts.Communicated(correctly=False, evidence="The letter came back"),
    parts.WayBackStated(words="Ring us"),
    safety_part(TODAY),
    parts.GpTold(on=TODAY, letter_id=LetterId(7)),
    parts.OptInSent(on=day(21)),
    parts.Discussed(on=day(33)),
)
BAD: dict[str, tuple[parts.Part, str]] = {
    "no evidence": (parts.Communicated(correctly=True, evidence=" "), "Write how you know"),
    "no way back": (parts.WayBackStated(words="\n"), "how they can come back"),
    "safety tomorrow": (safety_part(day(36)), "The safety review cannot be dated in the future"),
    "nothing looked at": (replace(safety_part(TODAY), looked_at=()), "Tick what was looked at"),
    "nothing concluded": (replace(safety_part(TODAY), concluded=" \n"), "Write what was concluded"),
    "told before the referral": (parts.GpTold(on=day(-60), letter_id=LetterId(7)), "before the referral"),
    "a letter of another": (parts.GpTold(on=TODAY, letter_id=LetterId(8)), "Choose the letter to the GP"),
    "a letter nobody sent": (parts.OptInSent(on=day(20)), "Log in the search that the letter was sent"),
    "a call is no letter": (parts.OptInSent(on=MONDAY), "Log in the search that the letter was sent"),
    "discussed nowhere": (parts.Discussed(on=day(32)), "Record the discussion in supervision first"),
}


@pytest.mark.parametrize("part", GOOD, ids=lambda part: type(part).__name__)
def test_a_part_the_record_bears_out_is_taken(part: parts.Part) -> None:
    parts.refuse_part(part, ready(), today=TODAY)


@pytest.mark.parametrize(("part", "words"), BAD.values(), ids=BAD)
def test_a_part_the_record_does_not_bear_out_is_refused(part: parts.Part, words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        parts.refuse_part(part, ready(), today=TODAY)


def test_another_supervisor_gives_the_reason_whole() -> None:
    found, open_one = ready(), closing_review(MONDAY)
    good = parts.Reason("Safe now", "GP calls")
    parts.refuse_reason(found, open_one, good, by=signer(made_by_id=LEE), today=TODAY)
    refused = {
        "must be a supervisor's": (open_one, good, signer(LEE, Role.PRACTITIONER)),
        "not the practitioner's own": (open_one, good, signer(JO)),
        "made by the practitioner": (open_one, good, signer(LEE)),
        "Say why": (open_one, parts.Reason(" ", "GP"), signer()),
        "Say what replaces": (open_one, parts.Reason("Safe now", ""), signer()),
        "has ended": (closing_review(MONDAY, ended_on=TODAY), good, signer()),
    }
    for words, (on, reason, by) in refused.items():
        with pytest.raises(RuleViolation, match=words):
            parts.refuse_reason(found, on, reason, by=by, today=TODAY)


def test_whoever_tried_to_reach_them_is_a_practitioner_of_the_case() -> None:
    """Giving the case to somebody else makes nobody another person."""
    found = ready()
    search = found.ladders[-1]
    tried = tuple(replace(each, by_id=AMINA) for each in search.attempts)
    by_amina = replace(found, ladders=(*found.ladders[:-1], replace(search, attempts=tried)))
    unsigned = closing_review(MONDAY, signed_off_by_id=None, signed_off_on=None)
    parts.refuse_sign_off(found, unsigned, signer(), rulebook(), today=TODAY)
    with pytest.raises(RuleViolation, match="practitioner cannot sign it off"):
        parts.refuse_sign_off(by_amina, unsigned, signer(), rulebook(), today=TODAY)
    with pytest.raises(RuleViolation, match="not the practitioner's own"):
        parts.refuse_reason(by_amina, unsigned, parts.Reason("Safe now", "The GP"), by=signer(), today=TODAY)
    assert not gate_today(by_amina, rulebook(), today=TODAY).passed


SINCE, BEFORE = MADE.made_at, datetime(2025, 12, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("people", "other"),
    [
        (CasePeople(accounts=(Account(AMINA, JO, SINCE),)), False),
        (CasePeople(accounts=(Account(JO, AMINA, SINCE),)), False),
        (CasePeople(accounts=(Account(JO, AMINA, BEFORE),)), True),
        (CasePeople(held=(Held(AMINA, SINCE),)), False),
        (CasePeople(held=(Held(AMINA, BEFORE),)), True),
    ],
)
def test_who_signed_is_somebody_else_than_the_practitioners(people: CasePeople, *, other: bool) -> None:
    gate = gate_today(replace(ready(), people=people), rulebook(), today=TODAY)
    assert [part.condition for part in gate.missing] == ([] if other else [Condition.SIGNED_OFF])


def test_a_supervisor_or_a_registered_colleague_signs() -> None:
    found, unsigned = ready(), closing_review(MONDAY, signed_off_by_id=None, signed_off_on=None)
    for by in (signer(), signer(SAM, Role.PRACTITIONER, registration="NMC 1", made_by_id=AMINA)):
        assert parts.refuse_sign_off(found, unsigned, by, rulebook(), today=TODAY).passed


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (signer(JO), "practitioner cannot sign it off"),
        (signer(LEE), "made by the practitioner"),
        (signer(SAM, Role.PRACTITIONER), "no registration is recorded"),
        (signer(SAM, Role.PRACTITIONER, registration=" "), "no registration is recorded"),
        (signer(SAM, Role.ADMINISTRATOR, registration="NMC 1"), "Only a supervisor"),
    ],
)
def test_nobody_else_signs(by: parts.SignerFact, words: str) -> None:
    """GATE-W2 is the first of them."""
    unsigned = closing_review(MONDAY, signed_off_by_id=None, signed_off_on=None)
    with pytest.raises(RuleViolation, match=words):
        parts.refuse_sign_off(ready(), unsigned, by, rulebook(), today=TODAY)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"discussed_on": None}, "Discuss it in supervision"),
        ({"ended_on": TODAY}, "has ended"),
        ({"opted_in_on": day(33)}, "They answered"),
    ],
)
def test_nothing_is_signed_that_was_not_discussed_or_is_over(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        parts.refuse_sign_off(ready(), closing_review(MONDAY, **changes), signer(), rulebook(), today=TODAY)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"signed_off_on": day(35)}, "before it was signed off"),
        ({"gp_informed_on": day(35)}, "before the GP was told"),
        ({"opt_in_sent_on": day(21)}, "before the keep-in-touch letter had its time"),
    ],
)
def test_care_does_not_end_before_the_gate_was_passed(changes: dict[str, Any], words: str) -> None:
    """G5 and G6: told before the end, and not answered by then; nobody ends care as of a day before."""
    early = {"signed_off_on": day(30), "gp_informed_on": day(30), "opt_in_sent_on": day(2)}
    review = closing_review(MONDAY, **{**early, **changes})
    parts.refuse_close_too_early(None, MONDAY, reply_days=14)
    parts.refuse_close_too_early(review, day(35), reply_days=14, wrote_on=day(21))
    with pytest.raises(RuleViolation, match="before the last letter had its time"):
        parts.refuse_close_too_early(review, day(35), reply_days=14, wrote_on=day(22))
    with pytest.raises(RuleViolation, match=words):
        parts.refuse_close_too_early(review, day(34), reply_days=14)


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (signer(), ""),
        (signer(JO), "practitioner cannot sign it off"),
        (signer(LEE), "made by the practitioner"),
        (signer(SAM, Role.PRACTITIONER), "no registration is recorded"),
    ],
)
def test_whoever_may_not_sign_is_told_beforehand_who_may(by: parts.SignerFact, words: str) -> None:
    said = why_not_sign(ready(), by, today=TODAY)
    assert words in said
    assert bool(said) is bool(words)
    assert why_not_sign(replace(ready(), closing_reviews=()), by, today=TODAY) == ""
