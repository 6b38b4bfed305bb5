"""How care ends: the right codes, and nobody closed for not attending without the gate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.closure import (
    ClosurePlan,
    Ending,
    EndingFacts,
    LocalStep,
    Reached,
    TherapyEnding,
    closure_of,
    reached_by,
    refuse_closure_code,
    reject_referral,
)
from collabcare.domain.codes import AppointmentType, ClosureReason, RejectionReason
from collabcare.domain.errors import RuleViolation
from tests.builders import MONDAY, contact, contacts

MOVES = {Ending.STEPPED_UP: "STEP_UP", Ending.STEPPED_DOWN: "STEP_DOWN", Ending.MOVED_ACROSS: "LATERAL"}


def plan(ending: Ending, reached: Reached) -> ClosurePlan:
    """Return the plan with everything recorded that any ending could need."""
    return closure_of(EndingFacts(ending=ending, reached=reached, gate_passed=True, accepted_on=MONDAY))


@pytest.mark.parametrize(
    ("ending", "seen", "closure", "therapy"),
    [
        pytest.param(Ending.COMPLETED, 8, "02", "46", id="CLOSE-W1"),
        pytest.param(Ending.NOT_ENGAGING, 3, "05", "47", id="CLOSE-W2"),
        pytest.param(Ending.DECLINED, 3, "07", "47", id="CLOSE-W3"),
        pytest.param(Ending.DIED, 3, "06", "49", id="CLOSE-W6"),
    ],
)
def test_an_ending_after_treatment_has_its_two_codes(
    ending: Ending, seen: int, closure: str, therapy: str
) -> None:
    found = plan(ending, reached_by(contacts("A" * seen)))
    assert (found.closure.value, found.therapy_ending.value) == (closure, therapy)
    assert found.fits_group


@pytest.mark.parametrize("kind", [pytest.param(AppointmentType.ASSESSMENT, id="CLOSE-W4")])
def test_seen_once_for_assessment_and_declines_treatment(kind: AppointmentType) -> None:
    found = plan(Ending.DECLINED, reached_by([contact("A", appointment_type=kind.value)]))
    assert (found.closure.value, found.therapy_ending.value) == ("09", "14")


@pytest.mark.parametrize("reached", [pytest.param(each, id=f"CLOSE-W5 {each.value}") for each in Reached])
@pytest.mark.parametrize(("ending", "step"), MOVES.items(), ids=MOVES.values())
def test_who_moves_on_is_ours_until_somebody_accepts(ending: Ending, step: str, reached: Reached) -> None:
    with pytest.raises(RuleViolation, match="Nobody has accepted the patient yet"):
        closure_of(EndingFacts(ending=ending, reached=reached, gate_passed=True))
    found = plan(ending, reached)
    assert (found.closure.value, found.local_step) == ("08", LocalStep(step))
    assert found.used[-1].value == MONDAY


def test_a_step_up_is_recorded_as_referred_on_though_its_group_is_not_treated() -> None:
    assert plan(Ending.STEPPED_UP, Reached.SEEN).therapy_ending.value == "13"
    treated = plan(Ending.STEPPED_UP, Reached.TREATED)
    assert (treated.therapy_ending.value, treated.fits_group) == ("13", False)


def test_a_death_cancels_everything_and_asks_for_condolences() -> None:
    found = plan(Ending.DIED, Reached.TREATED)
    assert found.cancels_everything
    assert found.condolence_check
    for words in ("searches", "tasks", "letters to the patient are cancelled", "condolences"):
        assert words in found.sentence
    others = [plan(each, Reached.TREATED) for each in Ending if each is not Ending.DIED]
    assert not any(each.cancels_everything or each.condolence_check for each in others)


@pytest.mark.parametrize(
    "ending",
    [
        pytest.param(each, id=f"CLOSE-W7 {each.value}")
        for each in Ending
        if each not in {Ending.COMPLETED, Ending.ADVICE_GIVEN}
    ],
)
def test_who_was_never_seen_was_not_assessed(ending: Ending) -> None:
    assert plan(ending, Reached.NOT_SEEN).therapy_ending.value == "50"


@pytest.mark.parametrize("reached", [pytest.param(each, id=f"CLOSE-W8 {each.value}") for each in Reached])
def test_not_attending_closes_nothing_without_the_gate(reached: Reached) -> None:
    with pytest.raises(RuleViolation, match="Not attending is not by itself a reason to close"):
        closure_of(EndingFacts(ending=Ending.NOT_ENGAGING, reached=reached, accepted_on=MONDAY))


@pytest.mark.parametrize("passed", [True, False])
@pytest.mark.parametrize("reason", ClosureReason)
def test_only_the_code_for_not_attending_needs_the_gate(reason: ClosureReason, passed: bool) -> None:
    if reason.value == "05" and not passed:
        with pytest.raises(RuleViolation, match="signed off"):
            refuse_closure_code(reason, gate_passed=passed)
    else:
        refuse_closure_code(reason, gate_passed=passed)


@pytest.mark.parametrize(
    ("ending", "reached", "words"),
    [
        (Ending.COMPLETED, Reached.NOT_SEEN, "No treatment contact"),
        (Ending.COMPLETED, Reached.SEEN, "No treatment contact"),
        (Ending.ADVICE_GIVEN, Reached.NOT_SEEN, "was not seen"),
    ],
)
def test_what_never_began_did_not_end(ending: Ending, reached: Reached, words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        plan(ending, reached)


@pytest.mark.parametrize(
    ("ending", "reached", "codes"),
    [
        (Ending.ADVICE_GIVEN, Reached.SEEN, ("04", "12")),
        (Ending.NOT_SUITABLE, Reached.SEEN, ("04", "10")),
        (Ending.SIGNPOSTED, Reached.SEEN, ("08", "11")),
        (Ending.NOT_ENGAGING, Reached.SEEN, ("05", "16")),
        (Ending.DIED, Reached.SEEN, ("06", "17")),
        (Ending.MOVED_AWAY, Reached.SEEN, ("03", "95")),
        (Ending.ADMITTED, Reached.TREATED, ("01", "47")),
        (Ending.DECLINED, Reached.NOT_SEEN, ("09", "50")),
    ],
)
def test_the_other_endings(ending: Ending, reached: Reached, codes: tuple[str, str]) -> None:
    found = plan(ending, reached)
    assert (found.closure.value, found.therapy_ending.value) == codes
    assert found.local_step is None


@given(st.builds(EndingFacts, ending=st.sampled_from(Ending), reached=st.sampled_from(Reached)))
def test_every_ending_has_codes_or_a_plain_refusal(facts: EndingFacts) -> None:
    try:
        found = closure_of(facts)
    except RuleViolation as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017 - either ending is right
    else:
        assert found.closure is not ClosureReason.DID_NOT_ATTEND
        assert found.fits_group
        assert found.sentence.endswith(".")
        assert (found.rule, "not national policy" in found.source) == ("Codes for the end of care", True)


def test_the_codes_of_talking_therapies_are_grouped() -> None:
    groups = {
        group: {code.value for code in TherapyEnding if code.group is group}
        for group in (Reached.NOT_SEEN, Reached.SEEN, Reached.TREATED)
    }
    assert groups == {
        Reached.NOT_SEEN: {"50"},
        Reached.SEEN: {"10", "11", "12", "13", "14", "16", "17", "95"},
        Reached.TREATED: {"46", "47", "48", "49", "96"},
    }
    assert [group.words for group in Reached] == ["Not seen", "Seen, not treated", "Treated"]


@pytest.mark.parametrize(
    ("history", "kind", "reached"),
    [
        ("", None, Reached.NOT_SEEN),
        ("DCPNb", "02", Reached.NOT_SEEN),
        ("A", "01", Reached.SEEN),
        ("L", "04", Reached.SEEN),
        ("A", "06", Reached.SEEN),
        ("A", "07", Reached.SEEN),
        ("A", "02", Reached.TREATED),
        ("L", "03", Reached.TREATED),
        ("A", "05", Reached.TREATED),
        ("A", None, Reached.TREATED),
    ],
)
def test_only_attended_treatment_is_treatment(history: str, kind: str | None, reached: Reached) -> None:
    assert reached_by([contact(letter, appointment_type=kind) for letter in history]) is reached


@pytest.mark.parametrize("onward", ["", "  \n"])
def test_nobody_is_sent_away_as_not_for_us_without_a_way_on(onward: str) -> None:
    with pytest.raises(RuleViolation, match="where this patient can be helped instead"):
        reject_referral(RejectionReason.INAPPROPRIATE, onward)


def test_a_rejection_keeps_the_way_on() -> None:
    assert reject_referral(RejectionReason.INAPPROPRIATE, " Drug and alcohol team ").onward == (
        "Drug and alcohol team"
    )
    assert reject_referral(RejectionReason.DUPLICATE).onward == ""
    assert reject_referral(RejectionReason.INCOMPLETE).reason.value == "03"
