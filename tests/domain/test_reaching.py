"""How a patient may be reached: what is safe, what nobody has asked, and what takes its place."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.reach_facts import ReachFacts, Track
from collabcare.domain.reaching import (
    Route,
    Standing,
    interpreter_missing,
    missing_interpreter_words,
    needs_text_relay,
    no_letter_home,
    safe_ways,
)
from collabcare.domain.reengagement import Channel, Rung, rungs
from collabcare.domain.tracks import track_of
from tests.builders import MONDAY, calendar, contact, facts, ladder, patient
from tests.builders_reach import both_ladders, policy, sought

if TYPE_CHECKING:
    from collabcare.domain.facts import PatientFacts
    from collabcare.domain.reaching import SafeWays

POLICY = policy().reach
RUNGS = rungs(ladder(MONDAY), both_ladders().standard, calendar())
CALL_RUNG, LETTER_RUNG = RUNGS[0], RUNGS[2]
USE, ASK, NEVER = Standing.USE, Standing.ASK_FIRST, Standing.NOT_TO_BE_USED
ASKED = ReachFacts(
    telephone_safe=True, voicemail_safe=True, text_safe=True, email_safe=True, letters_safe=True
)


def ways(reach: ReachFacts, rung: Rung | None = None, person: PatientFacts | None = None) -> SafeWays:
    """Return the ways to reach somebody about whom this is recorded."""
    return safe_ways(replace(facts(), reach=reach, patient=person or patient()), POLICY, rung)


def standing(found: SafeWays) -> dict[Route, Standing]:
    """Return whether each way may be used."""
    return {way.route: way.standing for way in found.ways}


def test_when_everything_was_asked_everything_may_be_used() -> None:
    found = ways(ASKED)
    assert {route for route, held in standing(found).items() if held is USE} == {
        Route.CALL,
        Route.VOICEMAIL,
        Route.TEXT,
        Route.EMAIL,
        Route.LETTER,
        Route.GP_PRACTICE,
        Route.SUPERVISION,
    }
    assert found.way(Route.VOICEMAIL).sentence.startswith("Leave your name and number only")


def test_when_nobody_has_asked_a_call_and_a_letter_may_be_used_with_care() -> None:
    """AIS-W4: no preference recorded is no bar to a letter, and asks for the question."""
    found = ways(ReachFacts())
    held = standing(found)
    assert (held[Route.CALL], held[Route.LETTER]) == (USE, USE)
    assert [held[route] for route in (Route.VOICEMAIL, Route.TEXT, Route.EMAIL)] == [ASK] * 3
    for route in (Route.CALL, Route.LETTER, Route.TEXT):
        assert "Nobody has asked" in found.way(route).sentence


UNSAFE = [
    (replace(ASKED, telephone_safe=False), {Route.CALL, Route.VOICEMAIL, Route.TEXT_RELAY}),
    (replace(ASKED, voicemail_safe=False), {Route.VOICEMAIL}),
    (replace(ASKED, text_safe=False), {Route.TEXT}),
    (replace(ASKED, email_safe=False), {Route.EMAIL}),
    (replace(ASKED, letters_safe=False), {Route.LETTER}),
]


@pytest.mark.parametrize(("reach", "barred"), UNSAFE)
def test_what_is_not_safe_is_not_used(reach: ReachFacts, barred: set[Route]) -> None:
    found = ways(reach)
    unsafe = {way.route for way in found.ways if "not safe" in way.sentence and way.standing is NEVER}
    assert unsafe == barred
    assert not unsafe & {way.route for way in found.may_use}


@pytest.mark.parametrize("code", ["HM01", "HM07", "CH02", "hm03", "HM99", "nonsense"])
def test_no_letter_goes_to_a_hostel_or_refuge(code: str) -> None:
    found = ways(replace(ASKED, accommodation=code), LETTER_RUNG)
    assert found.way(Route.LETTER).standing is NEVER
    assert "GP practice" in found.way(Route.LETTER).sentence
    assert found.way(Route.SUPPORT_WORKER).standing is USE
    assert Route.LETTER not in found.suggested


@pytest.mark.parametrize("code", [None, "", "MA01", "SH02"])
def test_a_home_is_written_to(code: str | None) -> None:
    assert not no_letter_home(code)
    assert ways(replace(ASKED, accommodation=code), LETTER_RUNG).suggested == (Route.LETTER, Route.EMAIL)


@pytest.mark.parametrize("person", [patient(address=()), patient(postcode=None)])
def test_no_address_is_no_letter(person: PatientFacts) -> None:
    found = ways(ASKED, person=person)
    assert found.way(Route.LETTER).sentence.startswith("No address to write to is recorded.")


def test_no_telephone_leaves_other_ways() -> None:
    found = ways(ASKED, CALL_RUNG, patient(telephone=None))
    assert standing(found)[Route.TEXT] is NEVER
    assert found.suggested == (Route.EMAIL, Route.LETTER, Route.GP_PRACTICE)
    assert found.sentence.startswith("Give no detail")


@pytest.mark.parametrize(
    "reach",
    [
        pytest.param(replace(ASKED, communication_methods=("bsl",)), id="AIS-W3"),
        pytest.param(
            replace(ASKED, communication_methods=("uses_sign_language",)), id="AIS-W3 sign language"
        ),
        pytest.param(replace(ASKED, information_formats=("bsl_video",)), id="AIS-W3 format"),
    ],
)
def test_a_bsl_user_is_called_through_text_relay(reach: ReachFacts) -> None:
    found = ways(reach, CALL_RUNG)
    assert needs_text_relay(reach, POLICY)
    assert found.suggested == (Route.TEXT_RELAY,)
    assert standing(found)[Route.CALL] is standing(found)[Route.VOICEMAIL] is NEVER
    assert Route.TEXT_RELAY.channel is Channel.CALL


def test_an_interpreter_is_on_the_call_and_the_letter_in_their_language() -> None:
    reach = replace(ASKED, interpreter_language="pl", information_formats=("large_print",))
    found = ways(reach)
    assert "interpreter on the call (Polish)" in found.way(Route.CALL).sentence
    assert "(large print) and in their language (Polish)" in found.way(Route.LETTER).sentence
    relay = ways(replace(reach, communication_methods=("bsl",)))
    assert "interpreter on the call" in relay.way(Route.TEXT_RELAY).sentence


@pytest.mark.parametrize(
    ("named", "consent", "held", "words"),
    [
        (None, True, NEVER, "named nobody"),
        ("Ada, sister", False, NEVER, "No consent to ring Ada"),
        ("Ada, sister", True, USE, "Ring Ada, sister: say only"),
    ],
)
def test_a_nominated_contact_is_rung_with_consent_only(
    named: str | None, consent: bool, held: Standing, words: str
) -> None:
    found = ways(replace(ASKED, nominated_contact=named, nominated_contact_consent=consent))
    assert found.way(Route.NOMINATED_CONTACT).standing is held
    assert words in found.way(Route.NOMINATED_CONTACT).sentence


@pytest.mark.parametrize(
    ("reach", "person", "words"),
    [
        (ASKED, patient(), "with the supervisor"),
        (replace(ASKED, letters_safe=False), patient(), "not safe for letters"),
        (replace(ASKED, accommodation="HM03"), patient(), "Ask where they stay"),
        (ASKED, patient(address=()), "Ask where they stay"),
    ],
)
def test_a_visit_is_agreed_first(reach: ReachFacts, person: PatientFacts, words: str) -> None:
    found = ways(reach, person=person).way(Route.VISIT)
    assert (found.standing, words in found.sentence) == (ASK, True)


def test_for_a_rung_the_ways_that_fit_it_come_first() -> None:
    assert ways(ASKED, CALL_RUNG).suggested == (Route.CALL,)
    assert ways(ASKED, RUNGS[1]).suggested == (Route.TEXT, Route.CALL, Route.EMAIL)
    assert ways(ASKED, RUNGS[3]).suggested == (Route.GP_PRACTICE, Route.SUPERVISION)
    assert Route.SUPERVISION not in ways(ASKED).suggested


@pytest.mark.parametrize(
    ("language", "interpreter", "missing"),
    [
        (None, None, False),
        ("pl", None, True),
        ("pl", "5", True),
        ("pl", "4", True),
        ("pl", "1", False),
        ("pl", "2", True),
        ("pl", "3", True),
        (None, "2", False),
        (None, "5", False),
        (None, "4", False),
    ],
)
def test_an_interpreter_is_missing_when_needed_and_not_there(
    language: str | None, interpreter: str | None, missing: bool
) -> None:
    reach = ReachFacts(interpreter_language=language)
    assert interpreter_missing(contact("D", interpreter=interpreter), reach) is missing


@pytest.mark.parametrize(
    ("interpreter", "booked", "words"),
    [
        (None, None, "nobody noted whether one was booked"),
        (None, False, "had none booked"),
        (None, True, "one was booked, and nobody noted whether they came"),
        ("5", True, "the one booked did not come"),
        ("4", None, "“not required” was noted"),
        ("2", False, "no professional one: family member or friend"),
        ("3", None, "no professional one: another person"),
        ("1", False, "had none booked"),
    ],
)
def test_what_is_said_of_the_interpreter_claims_no_more_than_is_noted(
    interpreter: str | None, booked: bool | None, words: str
) -> None:
    said = missing_interpreter_words(contact("D", interpreter=interpreter, interpreter_booked=booked))
    assert said.startswith("Needs an interpreter")
    assert words in said


def test_a_professional_whom_nobody_booked_is_not_known_to_have_been_there() -> None:
    reach = ReachFacts(interpreter_language="pl")
    unbooked, booked = (contact("D", interpreter="1", interpreter_booked=each) for each in (False, True))
    assert (interpreter_missing(unbooked, reach), interpreter_missing(booked, reach)) == (True, False)


@pytest.mark.parametrize("interpreter", ["2", "3", "4"])
def test_who_else_was_there_at_a_missed_contact_does_not_make_us_slower(interpreter: str) -> None:
    of = sought()
    missed = replace(of.contacts[-1], interpreter=interpreter)
    needs = replace(of, contacts=(missed,), reach=ReachFacts(interpreter_language="ar"))
    assert track_of(needs, policy().tracks, today=missed.on).track is Track.PROMPT
    changed = replace(needs, reach=ReachFacts())
    assert track_of(changed, policy().tracks, today=missed.on).track is Track.STANDARD


ANSWERS = st.none() | st.booleans()


@given(ANSWERS, ANSWERS, ANSWERS, ANSWERS, ANSWERS)
def test_nothing_unsafe_or_unasked_is_ever_suggested(
    call: bool | None, voicemail: bool | None, text: bool | None, email: bool | None, letters: bool | None
) -> None:
    reach = ReachFacts(
        telephone_safe=call,
        voicemail_safe=voicemail,
        text_safe=text,
        email_safe=email,
        letters_safe=letters,
    )
    for rung, relay in product((None, *RUNGS), (None, "BSL")):
        found = ways(replace(reach, communication_methods=(relay,) if relay else ()), rung)
        held = standing(found)
        assert all(held[route] is USE for route in found.suggested)
        assert found.suggested
        assert (call is False) <= (not {Route.CALL, Route.TEXT_RELAY} & {*found.suggested})
        assert (letters is False) <= (Route.LETTER not in found.suggested)
        assert (text is not True) <= (Route.TEXT not in found.suggested)
        assert [way.route for way in found.ways] == list(dict.fromkeys(way.route for way in found.ways))


@pytest.mark.parametrize(
    ("preferred", "order"),
    [
        (None, (Route.TEXT, Route.CALL, Route.EMAIL)),
        ("call", (Route.CALL, Route.TEXT, Route.EMAIL)),
        ("email", (Route.EMAIL, Route.TEXT, Route.CALL)),
    ],
)
def test_what_they_prefer_is_offered_first(preferred: str | None, order: tuple[Route, ...]) -> None:
    found = ways(replace(ASKED, preferred_way=preferred), RUNGS[1])
    assert found.suggested == order
    assert tuple(way.route for way in found.worth_telling[:3]) == order


def test_what_they_prefer_is_read_first_also_where_the_step_asks_for_another_way() -> None:
    found = ways(replace(ASKED, preferred_way="letter"), RUNGS[1])
    assert found.suggested == (Route.TEXT, Route.CALL, Route.EMAIL)
    assert found.worth_telling[0].route is Route.LETTER
    barred = ways(replace(ASKED, preferred_way="letter", letters_safe=False), RUNGS[1])
    assert barred.worth_telling[0].route is Route.TEXT


def test_a_preference_makes_nothing_safe_and_puts_nobody_else_first() -> None:
    barred = ways(ReachFacts(telephone_safe=False, preferred_way="call"))
    assert Route.CALL not in barred.suggested
    named = ReachFacts(nominated_contact="Ada", nominated_contact_consent=True, preferred_way="call")
    assert ways(named).suggested[0] is Route.CALL


def test_it_says_what_it_went_by() -> None:
    found = ways(ReachFacts())
    assert (found.rule, bool(found.source)) == ("reengagement_safe_ways", True)
    assert "Safe to ring: not recorded" in [used.words for used in found.used]


@pytest.mark.parametrize("route", Route)
def test_every_way_is_recorded_under_a_channel(route: Route) -> None:
    assert route.channel in Channel


def test_what_is_worth_telling_begins_with_what_the_step_asks_for_and_ends_with_what_must_not_be() -> None:
    known = replace(ASKED, voicemail_safe=False, nominated_contact="Ada", nominated_contact_consent=True)
    told = ways(known).worth_telling
    routes = [way.route for way in told]
    assert routes[0] is Route.CALL
    assert routes[-1] is Route.VOICEMAIL
    assert Route.NOMINATED_CONTACT in routes
    assert len(routes) == len(set(routes))


def test_what_goes_without_saying_is_left_out() -> None:
    routes = {way.route for way in ways(ASKED, CALL_RUNG).worth_telling}
    assert not routes & {
        *(Route.NOMINATED_CONTACT, Route.SUPPORT_WORKER, Route.TEXT_RELAY),
        *(Route.GP_PRACTICE, Route.SUPERVISION),
    }


def test_another_number_is_a_number_too() -> None:
    """Whoever has only another telephone is not taken for somebody without one."""
    only_other = facts(
        patient=patient(telephone=None, other_telephone="01632 960555"), reach=ReachFacts(text_safe=True)
    )
    found = safe_ways(only_other, POLICY)
    assert found.way(Route.CALL).standing is Standing.USE
    assert found.way(Route.TEXT).standing is Standing.USE
