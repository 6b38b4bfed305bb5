"""The waits of an episode in words, with what is missing; and what is left to record, never asked twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.calendar import LONDON
from collabcare.domain.clocks import Counted
from collabcare.domain.episode import Phase
from collabcare.domain.plan_facts import GoalFact, MilestoneKind
from collabcare.domain.service_model import Span
from collabcare.domain.told_by_record import told_by_record
from collabcare.domain.waits import WaitLine, asked_milestones, wait_lines
from tests.builders import contact, day, facts, measure, rulebook
from tests.builders_pathways import milestone, model, models

if TYPE_CHECKING:
    from collabcare.domain.facts import ContactFact, EpisodeFacts

K = MilestoneKind
REFERRED = date(2026, 3, 2)
FRAMEWORK, THERAPIES, CRISIS = "community_mental_health_framework", "talking_therapies", "norfolk_suffolk"


def noon(on: date) -> datetime:
    """Return the middle of a London day."""
    return datetime.combine(on, time(12), LONDON)


def lines(name: str, of: EpisodeFacts, now: datetime) -> tuple[WaitLine, ...]:
    """Return the waits of an episode under a service model."""
    return wait_lines(of, replace(rulebook(), pathway=model(name)), now=now)


def said(name: str, of: EpisodeFacts, now: datetime) -> list[str]:
    """Return what is told of each wait."""
    return [line.sentence for line in lines(name, of, now)]


def seen(on: date, kind: str | None = None) -> ContactFact:
    """Return a contact attended."""
    return contact("A", on, appointment_type=kind)


def goal(on: date) -> GoalFact:
    """Return a goal agreed on a day."""
    return GoalFact(id=1, place=1, text="Sleep", opened_on=on)


def helped(plan: date) -> EpisodeFacts:
    """Return somebody assessed on 20 March and helped on 27 March 2026, with a plan of a day."""
    return facts(
        referral_received_on=REFERRED,
        contacts=(seen(date(2026, 3, 20), "01"), seen(date(2026, 3, 27), "02")),
        goals=(goal(plan),),
        measures=(measure(12, date(2026, 3, 20)),),
    )


WORKED = {
    "WAIT-W1": (
        THERAPIES,
        facts(referral_received_on=REFERRED, contacts=(seen(date(2026, 4, 13)),)),
        "Met Mon 13-Apr-2026 10:00, on day 42 of 42.",
    ),
    "WAIT-W2": (
        THERAPIES,
        facts(referral_received_on=REFERRED, contacts=(seen(date(2026, 4, 14)),)),
        "Reached Tue 14-Apr-2026 10:00, on day 43: 1 day over the 42.",
    ),
    "WAIT-W4": (
        THERAPIES,
        facts(referral_received_on=REFERRED, contacts=(contact("D", date(2026, 3, 30)),)),
        "Day 59, 17 days over the 42. Missing: start of treatment.",
    ),
    "WAIT-W5 met": (
        FRAMEWORK,
        helped(date(2026, 3, 30)),
        "Met Mon 30-Mar-2026, on day 28 of 28.",
    ),
    "WAIT-W5 not met": (
        FRAMEWORK,
        helped(date(2026, 3, 31)),
        "Reached Tue 31-Mar-2026, on day 29: 1 day over the 28.",
    ),
    "WAIT-W8": (
        THERAPIES,
        facts(referral_received_on=REFERRED, milestones=(milestone(K.TREATMENT_START, date(2026, 3, 1)),)),
        "Start of treatment is dated before the referral. Check the dates.",
    ),
}


@pytest.mark.parametrize(("name", "of", "sentence"), WORKED.values(), ids=WORKED)
def test_the_worked_examples_in_words(name: str, of: EpisodeFacts, sentence: str) -> None:
    assert said(name, of, noon(date(2026, 4, 30)))[0] == sentence


def test_what_is_missing_is_named_as_long_as_it_is() -> None:
    """The four-week wait takes an assessment, an intervention and a plan, whoever's they are."""
    now = noon(REFERRED + timedelta(days=12))
    new = facts(referral_received_on=REFERRED)
    start = "Day 12 of 28, until Mon 30-Mar-2026. Missing: "
    measure_too = "A first outcome measure is expected too."
    assert said(FRAMEWORK, new, now) == [f"{start}assessment, intervention, care plan. {measure_too}"]
    assessed = replace(new, contacts=(seen(REFERRED + timedelta(days=3), "01"),))
    assert said(FRAMEWORK, assessed, now) == [f"{start}intervention, care plan. {measure_too}"]
    scored = replace(assessed, measures=(measure(9, REFERRED + timedelta(days=3)),))
    assert said(FRAMEWORK, scored, now) == [f"{start}intervention, care plan."]
    advised = replace(scored, milestones=(milestone(K.INTERVENTION, REFERRED + timedelta(days=5)),))
    assert said(FRAMEWORK, advised, now) == [f"{start}care plan."]
    child = replace(new, patient=replace(new.patient, birth_date=date(2010, 1, 1)))
    assert said(FRAMEWORK, child, now) == [f"{start}assessment, intervention, care plan."]


def test_a_wait_says_what_it_went_by_and_what_told_it() -> None:
    [line] = lines(FRAMEWORK, helped(date(2026, 3, 30)), noon(date(2026, 4, 1)))
    assert [used.words for used in line.used] == [
        "Referral received: 02-Mar-2026",
        "Assessment: Fri 20-Mar-2026 10:00, contact attended",
        "Intervention: Fri 27-Mar-2026 10:00, contact attended",
        "Care plan: Mon 30-Mar-2026, goals agreed",
    ]
    assert (line.title, line.rule) == ("4 weeks to receiving help", "Clocks of the service model")
    assert "NHS England" in line.source


def test_once_care_has_ended_no_wait_counts_on() -> None:
    ended = facts(referral_received_on=REFERRED, phase=Phase.CLOSED, closed_on=date(2026, 3, 20))
    now = noon(date(2026, 5, 1))
    assert said(FRAMEWORK, ended, now) == ["Not reached before care ended."]
    assert said("bradford", ended, now) == []


def test_gates_say_what_to_do_first_and_when_it_was_done() -> None:
    new = facts(referral_received_on=day(0))
    assert [line.title for line in lines("bradford", new, noon(day(1)))] == [
        "The GP's own review of the file",
        "Review by the whole team",
    ]
    done = replace(new, milestones=(milestone(K.FILE_REVIEW, day(-3)), milestone(K.MDT_REVIEW, day(2))))
    assert lines("bradford", new, noon(day(1)))[0].words.startswith("The GP's own review of the file is not ")
    assert (
        lines("bradford", done, noon(day(3)))[0].words == "The GP's own review of the file: done 02-Jan-2026."
    )
    assert said("bradford", done, noon(day(3))) == [
        "Done 02-Jan-2026.",
        "Done 07-Jan-2026.",
        "Day 1 of 14, until Wed 21-Jan-2026. Missing: first attended contact.",
    ]
    late = replace(done, contacts=(seen(day(1)),))
    assert said("bradford", late, noon(day(3)))[1].startswith("Review by the whole team was done on ")


def crisis(*hours: int) -> EpisodeFacts:
    """Return somebody referred to the crisis team at the first of these hours, assessed at the second."""
    kinds = (K.CRISIS_REFERRAL, K.CRISIS_ASSESSMENT)
    held = [
        milestone(kind, day(1), datetime.combine(day(1), time(hour), LONDON))
        for kind, hour in zip(kinds, hours, strict=False)
    ]
    return facts(milestones=tuple(held))


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (crisis(), []),
        (crisis(10), ["Until Tue 06-Jan-2026 14:00. Missing: crisis assessment."]),
        (crisis(7), ["The time ended Tue 06-Jan-2026 11:00. Missing: crisis assessment."]),
        (crisis(7, 10), ["Met Tue 06-Jan-2026 10:00."]),
        (crisis(5, 10), ["Reached Tue 06-Jan-2026 10:00, after Tue 06-Jan-2026 09:00."]),
    ],
)
def test_a_clock_in_hours_names_its_hours(of: EpisodeFacts, words: list[str]) -> None:
    assert said(CRISIS, of, noon(day(1))) == words


def test_a_clock_without_a_number_counts_and_presses_nobody() -> None:
    first = seen(day(1), "01")
    waiting = said("meirionnydd", facts(contacts=(first,)), noon(day(4)))[1]
    assert waiting == (
        "Counting since Tue 06-Jan-2026 10:00. The service model sets no limit. Missing: start of treatment."
    )
    begun = facts(contacts=(first, seen(day(3), "02")))
    assert said("meirionnydd", begun, noon(day(4)))[1] == "Reached Thu 08-Jan-2026 10:00."


def test_a_date_beyond_the_calendar_is_said_and_breaks_no_page() -> None:
    [clock] = model(FRAMEWORK).clocks
    working = replace(clock, length=20, span=Span.DAYS, counted=Counted.WORKING)
    book = replace(rulebook(), pathway=replace(model(FRAMEWORK), clocks=(working,)))
    [line] = wait_lines(facts(referral_received_on=date(9999, 12, 20)), book, now=noon(day(1)))
    assert "calendar" in line.sentence or "too far away" in line.sentence


ASKED = {
    "bradford": [K.FILE_REVIEW, K.MDT_REVIEW],
    "meirionnydd": [K.TREATMENT_START],
    "northants_pclw": [K.CRISIS_REFERRAL, K.CRISIS_ASSESSMENT],
    CRISIS: [K.CRISIS_REFERRAL, K.CRISIS_ASSESSMENT],
    FRAMEWORK: [K.ASSESSMENT, K.INTERVENTION, K.CARE_PLAN],
    "pcn_practitioner": [K.ASSESSMENT, K.INTERVENTION, K.CARE_PLAN],
    THERAPIES: [K.TREATMENT_START],
}


@pytest.mark.parametrize("name", sorted(models()))
def test_only_what_a_model_asks_for_is_asked_and_hours_where_a_clock_runs_in_them(name: str) -> None:
    asked = asked_milestones(facts(), model(name))
    assert [each.kind for each in asked] == ASKED.get(name, [])
    assert all(each.is_open for each in asked)
    assert {each.hours for each in asked} <= {name in {CRISIS, "northants_pclw", "meirionnydd"}}


def test_what_the_record_tells_is_met_and_not_asked() -> None:
    asked = asked_milestones(helped(date(2026, 3, 30)), model(FRAMEWORK))
    assert [(each.is_open, each.told.by if each.told else "") for each in asked] == [
        (False, "contact attended"),
        (False, "contact attended"),
        (False, "goals agreed"),
    ]


def test_a_milestone_is_asked_once_and_a_crisis_may_come_again() -> None:
    reviewed = facts(milestones=(milestone(K.FILE_REVIEW, day(0)), milestone(K.CRISIS_REFERRAL, day(0))))
    assert [each.is_open for each in asked_milestones(reviewed, model("bradford"))] == [False, True]
    assert all(each.is_open for each in asked_milestones(reviewed, model(CRISIS)))


TOLD: dict[str, tuple[tuple[ContactFact, ...], MilestoneKind, date | None]] = {
    "no types are recorded": ((seen(day(1)),), K.INTERVENTION, day(1)),
    "an assessment is no treatment": ((seen(day(1), "01"), seen(day(8), "02")), K.TREATMENT_START, day(8)),
    "a type nobody can read": ((seen(day(1), "99"),), K.INTERVENTION, None),
    "an untyped first contact": ((seen(day(1)),), K.ASSESSMENT, day(1)),
    "a first contact that was something else": ((seen(day(1), "07"),), K.ASSESSMENT, None),
    "a missed one": ((contact("D", day(1)),), K.ASSESSMENT, None),
    "no contact tells of a crisis": ((seen(day(1)),), K.CRISIS_ASSESSMENT, None),
}


@pytest.mark.parametrize(("held", "kind", "on"), TOLD.values(), ids=TOLD)
def test_contacts_tell_what_the_rest_of_the_program_reads_in_them(
    held: tuple[ContactFact, ...], kind: MilestoneKind, on: date | None
) -> None:
    told = told_by_record(facts(contacts=held), kind)
    assert (None if told is None else told.on) == on


def test_the_first_of_a_milestone_and_what_the_record_tells_counts() -> None:
    of = facts(milestones=(milestone(K.CARE_PLAN, day(9)),), goals=(goal(day(5)), goal(day(7))))
    asked = {each.kind: each for each in asked_milestones(of, model(FRAMEWORK))}[K.CARE_PLAN]
    assert asked.reached is not None
    assert asked.reached.on == day(5)


@given(
    st.sampled_from(sorted(models())),
    st.lists(st.tuples(st.sampled_from(K), st.integers(-20, 200), st.none() | st.integers(0, 23))),
    st.text("ADC ", max_size=5),
    st.integers(0, 300),
    st.booleans(),
)
def test_whatever_is_recorded_every_wait_says_something(
    name: str, held: list[tuple[MilestoneKind, int, int | None]], history: str, today: int, ended: bool
) -> None:
    recorded = tuple(
        milestone(kind, day(on), None if hour is None else datetime.combine(day(on), time(hour), LONDON))
        for kind, on, hour in held
    )
    changes = {"phase": Phase.CLOSED, "closed_on": day(today)} if ended else {}
    for line in lines(name, facts(history, milestones=recorded, **changes), noon(day(today))):
        assert line.sentence.endswith(".")
        assert line.title
        assert line.source
        assert line.used
