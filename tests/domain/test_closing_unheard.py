"""After a missed appointment nobody is closed on a word that was never said."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.closing_unheard import (
    owes_safety_and_gp,
    refuse_acceptance_unsigned,
    refuse_closing_unheard,
    refuse_closing_unwritten,
    refuse_ending_as_seen,
)
from collabcare.domain.closure import Ending
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import ContactId, UserId
from collabcare.domain.plan_facts import ProposalFact, ProposalKind
from collabcare.domain.reengagement import AttemptOutcome, Channel, outcomes_of
from tests.builders import attempt, contacts, day, facts, ladder

if TYPE_CHECKING:
    from datetime import date

ELSEWHERE_CHECKED = {
    Ending.NOT_ENGAGING,
    Ending.DIED,
    Ending.STEPPED_UP,
    Ending.STEPPED_DOWN,
    Ending.MOVED_ACROSS,
}
HERE = [ending for ending in Ending if ending not in ELSEWHERE_CHECKED]
TOLD: dict[str, Any] = {"outcome": AttemptOutcome.THIRD_PARTY, "spoke_to": "Reception"}
GP: dict[str, Any] = {**TOLD, "channel": Channel.GP_PRACTICE}


def closing(ending: Ending, *tries: dict[str, Any], history: str = "AD", still: bool = False) -> str:
    """Return why somebody whose search saw these tries is not closed, or nothing."""
    attempts = tuple(attempt(1, **{"on": day(8), **each}) for each in tries)
    search = ladder(day(7), contact_id=ContactId(2), attempts=attempts, closed_on=None if still else day(8))
    of = facts(contacts=contacts(history), ladders=(search,))
    try:
        refuse_closing_unheard(of, ending, today=day(30))
    except RuleViolation as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize("ending", HERE)
@pytest.mark.parametrize("still", [True, False])
def test_silence_closes_nobody(ending: Ending, *, still: bool) -> None:
    assert closing(ending, {}, still=still)


@pytest.mark.parametrize("ending", HERE)
def test_a_word_from_them_is_enough(ending: Ending) -> None:
    assert closing(ending, {"outcome": AttemptOutcome.SPOKE}) == ""
    assert closing(ending, history="ADA") == ""
    assert closing(ending, history="AA") == ""


@pytest.mark.parametrize("ending", sorted(ELSEWHERE_CHECKED))
def test_the_gate_a_death_and_an_accepted_handover_are_asked_for_elsewhere(ending: Ending) -> None:
    assert closing(ending, {}) == ""


def test_the_sentences_say_whose_word_is_missing() -> None:
    assert closing(Ending.DECLINED, GP).startswith("Log what they said first")
    assert closing(Ending.COMPLETED, still=True).startswith("We are still trying")
    assert "or what the GP practice said" in closing(Ending.MOVED_AWAY, TOLD)
    assert "or what the GP practice said" in closing(Ending.ADMITTED)
    assert "record their reply" in closing(Ending.COMPLETED, GP)


@pytest.mark.parametrize(
    ("ending", "told", "enough"),
    [
        (Ending.MOVED_AWAY, GP, True),
        (Ending.MOVED_AWAY, TOLD, False),
        (Ending.MOVED_AWAY, {**GP, "spoke_to": " "}, False),
        (Ending.MOVED_AWAY, {**GP, "on": day(6)}, False),
        (Ending.ADMITTED, GP, True),
        (Ending.ADMITTED, TOLD, False),
        (Ending.ADMITTED, {**GP, "spoke_to": ""}, False),
        (Ending.SIGNPOSTED, GP, False),
    ],
)
def test_only_where_they_are_is_taken_from_others_and_only_by_name(
    ending: Ending, told: dict[str, Any], *, enough: bool
) -> None:
    assert (closing(ending, told) == "") is enough


@given(st.sampled_from(HERE), st.sampled_from(Channel), st.data())
def test_no_try_without_a_name_or_an_answer_closes_anybody(
    ending: Ending, channel: Channel, data: st.DataObject
) -> None:
    outcome = data.draw(st.sampled_from(outcomes_of(channel)))
    made = attempt(1, day(8), channel=channel, outcome=outcome)
    search = replace(ladder(day(7), contact_id=ContactId(2), attempts=(made,)), closed_on=day(8))
    of = facts(contacts=contacts("AD"), ladders=(search,))
    if outcome.reached:
        refuse_closing_unheard(of, ending, today=day(30))
    else:
        with pytest.raises(RuleViolation):
            refuse_closing_unheard(of, ending, today=day(30))


@pytest.mark.parametrize("ending", [each for each in Ending if each is not Ending.DIED])
@pytest.mark.parametrize("today", [day(7), day(8)])
def test_an_appointment_without_an_outcome_is_recorded_before_care_ends(ending: Ending, today: date) -> None:
    of = facts(contacts=contacts("Ab"))
    with pytest.raises(RuleViolation, match="has no outcome yet"):
        refuse_closing_unwritten(of, ending, today=today)
    refuse_closing_unwritten(of, ending, today=day(6))


def test_a_death_waits_for_no_outcome() -> None:
    refuse_closing_unwritten(facts(contacts=contacts("Ab")), Ending.DIED, today=day(8))


@pytest.mark.parametrize("because", ["Does not want care now", "Has moved away"])
@pytest.mark.parametrize("ending", HERE)
def test_who_said_no_or_moved_is_owed_safety_and_the_gp_whatever_the_ending_is_called(
    ending: Ending, because: str
) -> None:
    search = replace(ladder(day(7), contact_id=ContactId(2)), closed_on=day(8), closed_because=because)
    left = facts(contacts=contacts("AD"), ladders=(search,))
    assert owes_safety_and_gp(left, ending, today=day(30))
    back = facts(contacts=contacts("ADA"), ladders=(search,))
    assert not owes_safety_and_gp(back, ending, today=day(30))


@pytest.mark.parametrize("ending", HERE)
@pytest.mark.parametrize("told", [GP, {"outcome": AttemptOutcome.SPOKE, "channel": Channel.TEXT}])
def test_no_word_from_them_or_others_is_a_way_around_safety_and_the_gp(
    ending: Ending, told: dict[str, Any]
) -> None:
    search = ladder(day(7), contact_id=ContactId(2), attempts=(attempt(1, day(8), **told),), closed_on=day(8))
    of = facts(contacts=contacts("AD"), ladders=(search,))
    assert owes_safety_and_gp(of, ending, today=day(30))
    back = facts(contacts=contacts("ADA"), ladders=(search,))
    assert not owes_safety_and_gp(back, ending, today=day(30))


@pytest.mark.parametrize("ending", sorted(ELSEWHERE_CHECKED))
def test_only_what_has_its_own_safeguards_owes_nothing_here(ending: Ending) -> None:
    own = ending in {Ending.NOT_ENGAGING, Ending.DIED}
    assert owes_safety_and_gp(facts(contacts=contacts("AD")), ending, today=day(30)) is not own


@pytest.mark.parametrize(
    ("history", "proposed", "refused"),
    [
        ("AD", {}, True),
        ("AD", {"agreed": False}, True),
        ("AD", {"agreed": True, "awaits_sign_off": False}, True),
        ("AD", {"agreed": True}, False),
        ("ADA", {}, False),
        ("A", {}, False),
    ],
)
def test_a_handover_of_somebody_not_seen_since_is_signed_off_before_it_is_accepted(
    history: str, proposed: dict[str, Any], *, refused: bool
) -> None:
    proposal = ProposalFact(
        id=1, kind=ProposalKind.STEP_DOWN, proposed_on=day(8), by_id=UserId(1), to_service="CMHT", **proposed
    )
    wrong = pytest.raises(RuleViolation, match="Another person signs") if refused else nullcontext()
    with wrong:
        refuse_acceptance_unsigned(facts(contacts=contacts(history)), proposal, today=day(30))


@pytest.mark.parametrize("ending", Ending)
@pytest.mark.parametrize(("history", "seen"), [("AD", False), ("ADC", False), ("ADA", True), ("A", True)])
def test_nothing_was_completed_or_advised_with_somebody_not_seen_since(
    ending: Ending, history: str, *, seen: bool
) -> None:
    of = facts(contacts=contacts(history))
    if seen or ending not in {Ending.COMPLETED, Ending.ADVICE_GIVEN}:
        refuse_ending_as_seen(of, ending, today=day(30))
    else:
        with pytest.raises(RuleViolation, match="not been seen since the appointment they missed on 12-Jan"):
            refuse_ending_as_seen(of, ending, today=day(30))
