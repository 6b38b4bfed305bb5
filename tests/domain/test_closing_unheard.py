"""After a missed appointment nobody is closed on a word that was never said."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.another_person import begins_at
from collabcare.domain.attendance import Side
from collabcare.domain.case_people import CasePeople, Signed
from collabcare.domain.closing_unheard import (
    owes_safety_and_gp,
    refuse_acceptance_unsigned,
    refuse_closing_unheard,
    refuse_closing_unwritten,
    refuse_ending_as_seen,
    unsaid,
)
from collabcare.domain.closure import Ending
from collabcare.domain.codes import ConsultationMechanism
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import ContactId, UserId
from collabcare.domain.moving import MoveFact, Slot
from collabcare.domain.own_words import search_to_answer
from collabcare.domain.plan_facts import ProposalFact, ProposalKind
from collabcare.domain.reengagement import AttemptOutcome, Channel, outcomes_of
from collabcare.domain.search_ends import REACHED, SEARCH_END_WORDS, SearchEnd
from tests.builders import attempt, contact, contacts, day, facts, ladder

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


SPOKE: dict[str, Any] = {"outcome": AttemptOutcome.SPOKE, "note": "Does not want to come"}
NO = SEARCH_END_WORDS[SearchEnd.DECLINES]
MOVED = SEARCH_END_WORDS[SearchEnd.MOVED]


def closing(
    ending: Ending, *tries: dict[str, Any], history: str = "AD", because: str | None = REACHED
) -> str:
    """Return why somebody whose search saw these tries is not closed, or nothing; it is open for None."""
    attempts = tuple(attempt(1, **{"on": day(8), **each}) for each in tries)
    closed_on = None if because is None else day(8)
    search = ladder(day(7), contact_id=ContactId(2), attempts=attempts, closed_on=closed_on)
    return lacking(ending, contacts=contacts(history), ladders=(replace(search, closed_because=because),))


def lacking(ending: Ending, **changes: Any) -> str:  # noqa: ANN401 - any field
    """Return why somebody with these facts is not closed, or nothing."""
    of = facts(**changes)
    said = unsaid(of, ending, today=day(30))
    with pytest.raises(RuleViolation) if said else nullcontext():
        refuse_closing_unheard(of, ending, today=day(30))
    return said


@pytest.mark.parametrize("ending", HERE)
@pytest.mark.parametrize("because", [None, REACHED, "Rebooked", NO, MOVED])
def test_silence_closes_nobody(ending: Ending, because: str | None) -> None:
    assert closing(ending, {}, because=because)


@pytest.mark.parametrize("ending", HERE)
def test_who_was_seen_since_is_asked_for_nothing(ending: Ending) -> None:
    assert closing(ending, history="ADA", because="Attended") == ""
    assert closing(ending, history="AA") == ""


IN_TOUCH: dict[str, dict[str, Any]] = {
    "reached": {"tries": [SPOKE], "because": REACHED},
    "will come": {"tries": [SPOKE], "because": "Rebooked"},
    "wants a pause": {"tries": [SPOKE], "because": "Wants a pause"},
    "cancelled another": {"history": "ADC", "because": "Rebooked"},
    "came late for another": {"history": "ADN", "because": "Rebooked"},
}


@pytest.mark.parametrize("how", IN_TOUCH)
@pytest.mark.parametrize("ending", HERE)
def test_that_they_were_in_touch_does_not_say_that_care_may_end(ending: Ending, how: str) -> None:
    given = dict(IN_TOUCH[how])
    said = closing(ending, *given.pop("tries", ()), **given)
    assert "does not say that care may end" in said
    assert closing(ending, SPOKE, **{**given, "because": None}).count("is open") == 1


@pytest.mark.parametrize("ending", HERE)
def test_a_tick_that_they_rang_after_the_slot_ends_nothing(ending: Ending) -> None:
    held = contacts("AD")
    ticked = replace(held[1], contacted_after=True, note="Rang at eleven, had forgotten")
    assert lacking(ending, contacts=(held[0], ticked), ladders=(ladder(day(7), contact_id=ContactId(2)),))


@pytest.mark.parametrize("ending", HERE)
@pytest.mark.parametrize("note", ["", "3", "no", "x 2"])
def test_what_they_said_has_two_words_at_least(ending: Ending, note: str) -> None:
    assert closing(ending, {**SPOKE, "note": note}, because=NO)
    assert closing(ending, SPOKE, because=NO) == ""


@pytest.mark.parametrize("ending", HERE)
def test_what_they_did_later_says_something_else(ending: Ending) -> None:
    assert closing(ending, SPOKE, because=NO, history="ADC") == ""
    assert closing(ending, SPOKE, because=NO, history="ADN")
    assert closing(ending, SPOKE, because=NO, history="ADD")
    search = ladder(day(7), contact_id=ContactId(2), attempts=(attempt(1, day(8), **SPOKE),))
    said_no = {"ladders": (replace(search, closed_on=day(8), closed_because=NO),), "contacts": contacts("AD")}
    assert lacking(ending, **said_no) == ""
    assert lacking(ending, **said_no, moves=(moved(Side.SERVICE),)) == ""
    assert lacking(ending, **said_no, moves=(moved(Side.PATIENT),))


def moved(by: Side) -> MoveFact:
    was, to = Slot(on=day(14)), Slot(on=day(21))
    return MoveFact(
        id=ContactId(3),
        was=was,
        to=to,
        mechanism=ConsultationMechanism.TELEPHONE,
        moved_on=day(9),
        asked_by=by,
    )


@pytest.mark.parametrize("ending", HERE)
def test_an_appointment_to_come_is_waited_for(ending: Ending) -> None:
    assert "booked for Wed 04-Feb-2026" in lacking(
        ending,
        contacts=(*contacts("AD"), contact("b", day(30), id=ContactId(9))),
        ladders=(replace(ladder(day(7), contact_id=ContactId(2), closed_on=day(8)), closed_because=NO),),
    )


@pytest.mark.parametrize("ending", sorted(ELSEWHERE_CHECKED))
def test_the_gate_a_death_and_an_accepted_handover_are_asked_for_elsewhere(ending: Ending) -> None:
    assert closing(ending, {}) == ""


@pytest.mark.parametrize("ending", sorted(ELSEWHERE_CHECKED - {Ending.NOT_ENGAGING, Ending.DIED}))
@pytest.mark.parametrize(
    ("agreed", "awaits", "signed_on", "hour", "enough"),
    [
        (True, True, 7, 11, True),
        (True, True, 7, 9, False),
        (True, True, 7, None, False),
        (True, True, 8, None, True),
        (True, True, 6, 11, False),
        (None, True, None, None, False),
    ],
)
def test_a_handover_accepted_before_the_miss_is_signed_after_it(
    ending: Ending,
    agreed: bool | None,
    awaits: bool,
    signed_on: int | None,
    hour: int | None,
    *,
    enough: bool,
) -> None:
    """Of the day of the miss the hours tell: it was missed at ten."""
    kind = ProposalKind.STEP_UP if ending is Ending.STEPPED_UP else ProposalKind.STEP_DOWN
    proposal = ProposalFact(
        id=1,
        kind=kind,
        proposed_on=day(1),
        by_id=UserId(1),
        to_service="CMHT",
        agreed=agreed,
        awaits_sign_off=awaits,
        decided_on=None if signed_on is None else day(signed_on),
        accepted_on=day(2),
    )
    at = begins_at(day(signed_on or 7), time(hour)) if hour is not None else None
    people = CasePeople(signed=() if at is None else (Signed(1, at),))
    assert (lacking(ending, contacts=contacts("AD"), proposals=(proposal,), people=people) == "") is enough
    assert lacking(ending, contacts=contacts("ADA"), proposals=(proposal,)) == ""


def test_the_sentences_say_whose_word_is_missing() -> None:
    assert "Log what they said first: “They got in touch”" in closing(Ending.DECLINED, GP)
    assert "and the search for them is open" in closing(Ending.COMPLETED, because=None)
    assert "or what the GP practice said" in closing(Ending.MOVED_AWAY, TOLD)
    in_hospital = closing(Ending.ADMITTED)
    assert "choose “Pause care”" in in_hospital
    assert "moved" not in in_hospital
    assert "not been seen since the appointment they missed on 12-Jan-2026" in closing(Ending.COMPLETED, GP)


WHERE: dict[str, Any] = {**GP, "note": "In Hull now, with a practice there"}


@pytest.mark.parametrize(
    ("ending", "told", "enough"),
    [
        (Ending.MOVED_AWAY, WHERE, True),
        (Ending.MOVED_AWAY, GP, False),
        (Ending.MOVED_AWAY, {**TOLD, "note": "In Hull now"}, False),
        (Ending.MOVED_AWAY, {**WHERE, "spoke_to": " "}, False),
        (Ending.MOVED_AWAY, {**WHERE, "on": day(6)}, False),
        (Ending.ADMITTED, WHERE, True),
        (Ending.ADMITTED, TOLD, False),
        (Ending.ADMITTED, {**WHERE, "spoke_to": ""}, False),
        (Ending.SIGNPOSTED, WHERE, False),
        (Ending.SIGNPOSTED, SPOKE, True),
        (Ending.DECLINED, WHERE, False),
        (Ending.DECLINED, SPOKE, False),
    ],
)
def test_only_where_they_are_is_taken_from_others_and_only_by_name(
    ending: Ending, told: dict[str, Any], *, enough: bool
) -> None:
    assert (closing(ending, told, because=MOVED) == "") is enough
    assert closing(ending, told, because=REACHED)


@given(
    st.sampled_from(HERE),
    st.sampled_from(Channel),
    st.sampled_from([None, REACHED, *SEARCH_END_WORDS.values()]),
    st.text("ADCNPLb", max_size=2),
    st.data(),
)
def test_nobody_unseen_is_closed_on_less_than_their_own_word(
    ending: Ending, channel: Channel, because: str | None, after: str, data: st.DataObject
) -> None:
    outcome = data.draw(st.sampled_from(outcomes_of(channel)))
    told: dict[str, Any] = {"channel": channel, "outcome": outcome, "note": "Does not want it"}
    if closing(ending, told, history=f"AD{after}", because=because) == "":
        seen = {"A", "L"} & set(after.rpartition("D")[2] if "D" in after else after)
        assert seen or (outcome.reached and because in {NO, MOVED} and not {"D", "N"} & set(after))


@pytest.mark.parametrize(
    ("history", "because", "answered"),
    [
        ("AD", None, True),
        ("AD", REACHED, True),
        ("AD", "Rebooked", True),
        ("AD", NO, True),
        ("ADA", "Attended", False),
        ("ADA", "Rebooked", False),
        ("AD", "The missed appointment was entered in error", False),
    ],
)
def test_word_from_them_belongs_to_the_search_until_they_are_seen(
    history: str, because: str | None, *, answered: bool
) -> None:
    closed_on = None if because is None else day(8)
    search = replace(ladder(day(7), contact_id=ContactId(2), closed_on=closed_on), closed_because=because)
    found = search_to_answer(facts(contacts=contacts(history), ladders=(search,)))
    assert (found == search) is answered
    assert search_to_answer(facts("A")) is None


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
        ("AD", {"agreed": True}, True),
        ("AD", {"agreed": True, "decided_on": day(6)}, True),
        ("AD", {"agreed": True, "decided_on": day(7)}, True),
        ("AD", {"agreed": True, "decided_on": day(8)}, False),
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
