"""What may be logged as a try to reach a patient, and what can have come of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.attempts import (
    Finding,
    Try,
    ends_of,
    note_with_number,
    number_to_say,
    refuse_finding,
    refuse_reply,
    refuse_rung,
    refuse_same_attempt,
    refuse_unseen_attempts,
    why_not_this_way,
)
from collabcare.domain.errors import RuleViolation, StaleRecord
from collabcare.domain.reach_facts import ReachFacts
from collabcare.domain.reaching import Route, safe_ways
from collabcare.domain.reengagement import AttemptOutcome, Channel, outcomes_of
from collabcare.domain.search_ends import Need, SearchEnd, after_contact
from tests.builders import MONDAY, attempt, day, facts, ladder, patient
from tests.builders_reach import both_ladders, policy

if TYPE_CHECKING:
    from collabcare.domain.reaching import SafeWays

Out, C, E = AttemptOutcome, Channel, SearchEnd
EVERYTHING = frozenset(Need)


def ways(known: dict[str, Any] | None = None, **reach: Any) -> SafeWays:  # noqa: ANN401 - any field
    """Return the ways for somebody of whom this is known."""
    return safe_ways(facts(patient=patient(**(known or {})), reach=ReachFacts(**reach)), policy().reach)


@pytest.mark.parametrize("rung", [1, 2, 3, 4, 5, 6])
def test_every_step_of_either_ladder_can_be_acted_on(rung: int) -> None:
    refuse_rung(rung, both_ladders())


@pytest.mark.parametrize("rung", [-1, 0, 7])
def test_there_is_no_other_step(rung: int) -> None:
    with pytest.raises(RuleViolation, match=f"no step {rung}"):
        refuse_rung(rung, both_ladders())


UNSAFE: dict[str, tuple[SafeWays, Channel, AttemptOutcome, str]] = {
    "a letter to an unsafe address": (ways(letters_safe=False), C.LETTER, Out.SENT, "Letters are recorded"),
    "a letter to a refuge": (ways(accommodation="HM06"), C.LETTER, Out.SENT, "may be lost or unsafe"),
    "a text": (ways(text_safe=False), C.TEXT, Out.SENT, "Texts are recorded as not safe"),
    "an email": (ways(email_safe=False), C.EMAIL, Out.SENT, "Emails are recorded as not safe"),
    "a voicemail": (ways(voicemail_safe=False), C.CALL, Out.LEFT_MESSAGE, "Voicemails are recorded"),
    "a voicemail by relay": (
        ways(telephone_safe=False, communication_methods=("bsl",)),
        C.CALL,
        Out.LEFT_MESSAGE,
        "not safe",
    ),
    "a call": (ways(telephone_safe=False), C.CALL, Out.NO_ANSWER, "Ringing is recorded as not safe"),
    "a call without a number": (ways({"telephone": None}), C.CALL, Out.NO_ANSWER, "No telephone number"),
}
SAFE: dict[str, tuple[SafeWays, Channel, AttemptOutcome]] = {
    "they rang us": (ways(telephone_safe=False), C.CALL, Out.SPOKE),
    "somebody else answered": (ways(telephone_safe=False), C.CALL, Out.THIRD_PARTY),
    "whom they named, with consent": (
        ways(telephone_safe=False, nominated_contact="Ada", nominated_contact_consent=True),
        C.CALL,
        Out.NO_ANSWER,
    ),
    "text relay in place of voicemail": (ways(communication_methods=("bsl",)), C.CALL, Out.LEFT_MESSAGE),
    "a text nobody asked about": (ways(), C.TEXT, Out.SENT),
    "the practice": (ways(), C.GP_PRACTICE, Out.LEFT_MESSAGE),
    "a visit": (ways(), C.VISIT, Out.NO_ANSWER),
}


@pytest.mark.parametrize(("by", "channel", "outcome", "words"), UNSAFE.values(), ids=UNSAFE)
def test_a_way_that_is_not_safe_is_no_try(
    by: SafeWays, channel: Channel, outcome: AttemptOutcome, words: str
) -> None:
    assert words in why_not_this_way(by, channel, outcome)


@pytest.mark.parametrize(("by", "channel", "outcome"), SAFE.values(), ids=SAFE)
def test_what_was_said_and_what_is_safe_is_logged(
    by: SafeWays, channel: Channel, outcome: AttemptOutcome
) -> None:
    assert why_not_this_way(by, channel, outcome) == ""


UNKNOWN = {
    "no number": (ways({"telephone": None}), C.CALL, Out.SPOKE, None, "No telephone number"),
    "an unsafe one": (ways(telephone_safe=False), C.CALL, Out.SPOKE, Route.CALL, "Ringing is recorded"),
    "by relay": (ways(communication_methods=("BSL",)), C.CALL, Out.SPOKE, Route.TEXT_RELAY, ""),
    "their own": (ways(), C.CALL, Out.SPOKE, Route.CALL, ""),
    "a visit": (ways({"telephone": None}), C.VISIT, Out.SPOKE, None, ""),
    "not answered": (ways({"telephone": None}), C.CALL, Out.NO_ANSWER, None, ""),
}


@pytest.mark.parametrize(("by", "channel", "outcome", "route", "words"), UNKNOWN.values(), ids=UNKNOWN)
def test_spoken_to_on_a_number_nobody_knows_of_needs_the_number(
    by: SafeWays, channel: Channel, outcome: AttemptOutcome, route: Route | None, words: str
) -> None:
    unknown = number_to_say(by, channel, outcome, route)
    assert unknown.startswith(words)
    assert bool(unknown) is bool(words)
    if not words:
        assert note_with_number(unknown, "", "Fine") == "Fine"
        return
    with pytest.raises(RuleViolation, match="Say through which number"):
        note_with_number(unknown, " ", "Fine")
    assert note_with_number(unknown, "01632 960009", "Fine") == "Spoke through: 01632 960009\nFine"


@given(st.sampled_from(C), st.sampled_from(Out), st.sampled_from([None, True, False]))
def test_reaching_the_patient_is_never_refused(
    channel: Channel, outcome: AttemptOutcome, safe: bool | None
) -> None:
    by = ways(telephone_safe=safe, letters_safe=safe, text_safe=safe, email_safe=safe, voicemail_safe=safe)
    if outcome.reached or outcome not in outcomes_of(channel):
        assert why_not_this_way(by, channel, Out.SPOKE) == ""
    elif why_not_this_way(by, channel, outcome):
        assert safe is False


AT = attempt(1).at
TRY = Try(rung=1, channel=C.CALL, outcome=Out.NO_ANSWER, by="Jo Smith", at=AT, note="")


@pytest.mark.parametrize(
    ("by", "later", "words"),
    [
        ("Sam Brown", timedelta(hours=6), "Jo Smith logged this try already"),
        ("Jo Smith", timedelta(0), "You logged this try already"),
        ("Jo Smith", timedelta(minutes=10), "You logged this try already"),
        ("Jo Smith", timedelta(minutes=-10), "You logged this try already"),
    ],
)
def test_one_try_is_not_logged_twice(by: str, later: timedelta, words: str) -> None:
    search = ladder(attempts=(attempt(1, note="No answer"),))
    with pytest.raises(RuleViolation, match=words):
        refuse_same_attempt(search, replace(TRY, by=by, at=AT + later, note="No answer"), same_minutes=10)


@pytest.mark.parametrize(
    "changes",
    [
        {"rung": 2, "at": AT + timedelta(hours=6)},
        {"channel": C.VISIT},
        {"outcome": Out.LEFT_MESSAGE},
        {"at": AT + timedelta(days=1)},
        {"note": "Again at six"},
        {"by": "Jo Smith", "at": AT + timedelta(minutes=11)},
    ],
)
def test_another_try_is_another_try(changes: dict[str, Any]) -> None:
    refuse_same_attempt(
        ladder(attempts=(attempt(1),)), replace(TRY, **{"by": "Sam Brown", **changes}), same_minutes=10
    )


def test_one_call_does_not_do_two_steps() -> None:
    with pytest.raises(RuleViolation, match="You logged this try already"):
        refuse_same_attempt(ladder(attempts=(attempt(1),)), replace(TRY, rung=2), same_minutes=10)


@pytest.mark.parametrize(("seen", "stale"), [(None, False), (1, False), (0, True), (2, True)])
def test_a_try_logged_beside_one_unseen_is_stale(seen: int | None, stale: bool) -> None:
    if stale:
        with pytest.raises(StaleRecord, match="look again"):
            refuse_unseen_attempts((attempt(1),), seen)
    else:
        refuse_unseen_attempts((attempt(1),), seen)


def found(end: SearchEnd, recorded: frozenset[Need] = EVERYTHING, spoke_to: str = "Her sister") -> Finding:
    """Return what came of a try, with what it needs and by whom it was said."""
    return Finding(end=end, recorded=recorded, spoke_to=spoke_to)


@pytest.mark.parametrize("end", [E.REBOOKED, E.WANTS_PAUSE, E.DECLINES])
def test_only_the_patient_says_what_they_want(end: SearchEnd) -> None:
    refuse_finding(found(end), C.CALL, Out.SPOKE)
    with pytest.raises(RuleViolation, match="Only the patient can say that"):
        refuse_finding(found(end), C.CALL, Out.THIRD_PARTY)


@pytest.mark.parametrize("end", [E.DIED, E.WRONG_DETAILS])
def test_who_was_spoken_to_has_not_died_and_had_the_right_number(end: SearchEnd) -> None:
    refuse_finding(found(end), C.CALL, Out.THIRD_PARTY)
    with pytest.raises(RuleViolation, match="do not go together"):
        refuse_finding(found(end), C.CALL, Out.SPOKE)


@pytest.mark.parametrize("end", [E.MOVED, E.DIED])
@pytest.mark.parametrize("outcome", [Out.NO_ANSWER, Out.LEFT_MESSAGE, Out.SENT, Out.DISCUSSED])
@pytest.mark.parametrize("channel", [C.CALL, C.SUPERVISION])
def test_nobody_has_moved_or_died_because_nobody_answered(
    end: SearchEnd, outcome: AttemptOutcome, channel: Channel
) -> None:
    with pytest.raises(RuleViolation, match="Nobody said so"):
        refuse_finding(found(end), channel, outcome)


def test_who_says_that_they_have_moved_is_named_unless_it_is_the_patient() -> None:
    refuse_finding(found(E.MOVED), C.GP_PRACTICE, Out.THIRD_PARTY)
    refuse_finding(found(E.MOVED, spoke_to=""), C.CALL, Out.SPOKE)
    with pytest.raises(RuleViolation, match="Say who told you"):
        refuse_finding(found(E.MOVED, spoke_to=" "), C.GP_PRACTICE, Out.THIRD_PARTY)
    with pytest.raises(RuleViolation, match="Say who told you that they have died"):
        refuse_finding(found(E.DIED, spoke_to=" "), C.CALL, Out.THIRD_PARTY)


@pytest.mark.parametrize("channel", [C.CALL, C.VISIT, C.TEXT, C.EMAIL])
def test_that_they_have_moved_is_not_a_neighbours_to_say(channel: Channel) -> None:
    with pytest.raises(RuleViolation, match="Only the patient or the GP practice"):
        refuse_finding(found(E.MOVED), channel, Out.THIRD_PARTY)


def test_the_gp_practice_may_say_that_they_have_died_but_not_in_passing_that_they_moved() -> None:
    refuse_finding(found(E.DIED), C.GP_PRACTICE, Out.DISCUSSED)
    with pytest.raises(RuleViolation, match="Nobody said so"):
        refuse_finding(found(E.MOVED), C.GP_PRACTICE, Out.DISCUSSED)


@given(st.sampled_from(E), st.sampled_from(C), st.sampled_from(Out), st.frozensets(st.sampled_from(Need)))
def test_a_search_ends_only_with_what_its_end_needs(
    end: SearchEnd, channel: Channel, outcome: AttemptOutcome, recorded: frozenset[Need]
) -> None:
    needed = set(after_contact(end).needs) - {Need.GP_INFORMED}
    try:
        refuse_finding(found(end, recorded), channel, outcome)
    except RuleViolation:
        return
    assert needed <= recorded
    assert end in ends_of(channel, outcome)


@pytest.mark.parametrize(
    ("channel", "on", "words"),
    [
        (C.SUPERVISION, MONDAY, "comes from the patient"),
        (C.GP_PRACTICE, MONDAY, "comes from the patient"),
        (C.LETTER, day(2), "in the future"),
        (C.LETTER, day(-1), "before the missed appointment"),
    ],
)
def test_an_answer_comes_from_the_patient_after_the_miss(channel: Channel, on: Any, words: str) -> None:  # noqa: ANN401 - a date
    refuse_reply(C.LETTER, day(1), missed_on=MONDAY, today=day(1))
    with pytest.raises(RuleViolation, match=words):
        refuse_reply(channel, on, missed_on=MONDAY, today=day(1))
