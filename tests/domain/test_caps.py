"""Sessions and weeks: what counts, when to warn, and closing before the least is reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.caps import (
    Cap,
    CapState,
    CapUnit,
    ContactForm,
    cap_standing,
    caps_standing,
    closing_under_minimum,
    contact_form,
)
from tests.builders import contacts, day, facts
from tests.builders_pathways import SAID, model

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts

OPEN, NEAR, REACHED, BEYOND = CapState.OPEN, CapState.NEAR, CapState.REACHED, CapState.BEYOND
LATER = day(700)


def cap(name: str, place: int = 0) -> Cap:
    """Return one cap of a model."""
    return model(name).caps[place]


def group(history: str, *, group: bool = True) -> EpisodeFacts:
    """Return an episode whose contacts are all groups."""
    return facts(contacts=tuple(replace(each, group=group) for each in contacts(history)))


SESSIONS = {
    "none yet": ("", 0, OPEN),
    "four": ("AAAA", 4, OPEN),
    "five of six warns": ("AAAAA", 5, NEAR),
    "six": ("AAAAAA", 6, REACHED),
    "seven": ("AAAAAAA", 7, BEYOND),
    "late but seen counts": ("AAAAL", 5, NEAR),
    "missed, cancelled and booked do not": ("AAAADCPNb", 4, OPEN),
}


@pytest.mark.parametrize("name", ["northants_pclw", "cornwall"])
@pytest.mark.parametrize(("history", "used", "state"), SESSIONS.values(), ids=SESSIONS)
def test_a_cap_in_sessions(name: str, history: str, used: int, state: CapState) -> None:
    found = cap_standing(facts(history), cap(name), today=LATER)
    assert (found.used, found.state) == (used, state)
    assert (found.suggestion is None) == (state is OPEN)


WEEKS = {
    "the first day": (0, 0, OPEN),
    "day 34": (34, 4, OPEN),
    "five weeks warn": (35, 5, NEAR),
    "day 41": (41, 5, NEAR),
    "six weeks to the day": (42, 6, REACHED),
    "a day over": (43, 6, BEYOND),
    "eight weeks": (56, 8, BEYOND),
}


@pytest.mark.parametrize(("on", "used", "state"), WEEKS.values(), ids=WEEKS)
@pytest.mark.parametrize("history", ["A", "ADC", "AAAAA"])
def test_a_cap_in_weeks_passes_whether_or_not_anybody_meets(
    on: int, used: int, state: CapState, history: str
) -> None:
    found = cap_standing(facts(history), cap("northants_navigator"), today=day(on))
    assert (found.used, found.state, found.since) == (used, state, day(0))


def test_seven_sessions_in_three_weeks_trip_the_liaison_worker_and_not_the_navigator() -> None:
    often = facts(contacts=contacts("AAAAAAA", every=3))
    assert cap_standing(often, cap("northants_pclw"), today=day(18)).state is BEYOND
    assert cap_standing(often, cap("northants_navigator"), today=day(18)).state is OPEN


@pytest.mark.parametrize("name", ["northants_pclw", "northants_navigator", "cornwall"])
def test_groups_count_nothing_toward_either(name: str) -> None:
    found = cap_standing(group("AAAAAAAA"), cap(name), today=LATER)
    assert (found.used, found.since, found.state) == (0, None, OPEN)


def test_joint_sessions_have_a_cap_of_their_own() -> None:
    """COINCIDE: up to 8 brief sessions and 2 jointly with the practice nurse."""
    brief, joint = model("coincide").caps
    both = facts(contacts=(*contacts("AAAAAAAA"), *(replace(c, joint=True) for c in contacts("AA"))))
    assert [s.used for s in caps_standing(both, (brief, joint), today=LATER)] == [8, 2]
    assert contact_form(replace(contacts("A")[0], joint=True, group=True)) is ContactForm.GROUP


def test_a_closed_episode_stops_counting_weeks_and_a_later_day_is_not_yet_here() -> None:
    closed = facts("A", closed_on=day(14))
    assert cap_standing(closed, cap("northants_navigator"), today=LATER).used == 2
    assert cap_standing(facts("AAA"), cap("cornwall"), today=day(7)).used == 2


SENTENCES = {
    5: "One-to-one sessions: 5 of 6 sessions used. Consider agreeing with the patient what comes next.",
    6: "One-to-one sessions: all 6 sessions used. Consider what comes next, and agree in supervision if more "
    "would help.",
    7: "One-to-one sessions: beyond 6 sessions. Discuss in supervision; care goes on meanwhile.",
}


@pytest.mark.parametrize(("held", "sentence"), SENTENCES.items())
def test_what_is_said(held: int, sentence: str) -> None:
    said = cap_standing(facts("A" * held), cap("northants_pclw"), today=LATER).suggestion
    assert said is not None
    assert (said.sentence, said.rule) == (sentence, "Session and week caps of the service model")
    assert "up to 6 one-to-one sessions" in said.source
    assert [used.words for used in said.used] == [
        "First contact that counts: 05-Jan-2026",
        f"Attended sessions that count: {held}",
    ]


def test_what_is_usual_is_not_a_limit() -> None:
    """City and Hackney: 12 to 13 sessions are typical."""
    usual = cap("city_hackney_pcpcs")
    assert cap_standing(facts("A" * 12), usual, today=LATER).suggestion is None
    thirteenth = cap_standing(facts("A" * 13), usual, today=LATER)
    assert (thirteenth.state, thirteenth.suggestion) == (REACHED, None)
    more = cap_standing(facts("A" * 14), usual, today=LATER).suggestion
    assert more is not None
    assert more.sentence == "Sessions: beyond the usual 13 sessions here. Consider a word in supervision."


def test_a_least_without_a_most_never_speaks_before_closing() -> None:
    least = replace(cap("cornwall"), most=None, warn_at=None)
    found = cap_standing(facts("A" * 30), least, today=LATER)
    assert (found.state, found.suggestion) == (OPEN, None)


@pytest.mark.parametrize(("history", "warned"), [("", True), ("A", True), ("AAD", True), ("AAA", False)])
def test_cornwall_warns_below_three_at_closure(history: str, *, warned: bool) -> None:
    said = closing_under_minimum(facts(history), model("cornwall").caps, today=LATER)
    assert bool(said) == warned
    if history == "AAD":
        assert said[0].sentence == (
            "Closing after 2 sessions (One-to-one sessions); this service gives at least 3. Consider "
            "offering the rest, or say in the note why it ends here."
        )


def test_what_is_usual_is_not_said_to_be_the_least_a_service_gives() -> None:
    """City and Hackney: "~12–13 sessions typical" promises nobody twelve."""
    sessions, weeks = closing_under_minimum(facts("AA"), model("city_hackney_pcpcs").caps, today=day(7))
    assert sessions.sentence == (
        "Closing after 2 sessions (Sessions); usual here are 12 or more. Consider whether more would help."
    )
    assert weeks.sentence.startswith("Closing after 1 week (Weeks); usual here are 4 or more.")


def test_a_model_without_a_least_lets_go_in_silence() -> None:
    assert closing_under_minimum(facts("A"), model("northants_pclw").caps, today=LATER) == ()


@given(
    st.text("ALDCPNb ", max_size=12),
    st.booleans(),
    st.integers(1, 12),
    st.integers(-10, 400),
    st.sampled_from(CapUnit),
)
def test_a_cap_counts_as_a_naive_count_does_and_never_comes_down(
    history: str, grouped: bool, most: int, on: int, unit: CapUnit
) -> None:
    one = Cap(
        name="Made up",
        unit=unit,
        least=None,
        most=most,
        warn_at=most - 1 or None,
        warning_stated=False,
        counts=(ContactForm.ONE_TO_ONE,),
        usual=False,
        quotation=SAID,
    )
    of = group(history, group=grouped)
    seen = [
        place * 7
        for place, letter in enumerate(history)
        if letter in "AL" and not grouped and place * 7 <= on
    ]
    weeks = (on - seen[0]) // 7 if seen else 0
    now = cap_standing(of, one, today=day(on))
    assert now.used == (len(seen) if unit is CapUnit.SESSIONS else weeks)
    order = [OPEN, NEAR, REACHED, BEYOND]
    assert order.index(now.state) <= order.index(cap_standing(of, one, today=day(on + 1)).state)
    assert (now.suggestion is None) == (now.state is OPEN)


def test_the_last_day_there_is_can_be_asked_about() -> None:
    assert cap_standing(facts("A"), cap("northants_navigator"), today=date.max).state is BEYOND
