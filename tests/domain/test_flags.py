"""What stands out about a patient: each flag where it belongs, none about safety with a colour or a level."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.caps import Cap, CapUnit, ContactForm
from collabcare.domain.caseload import caseload_row
from collabcare.domain.caseload_columns import flags_text
from collabcare.domain.episode import Phase
from collabcare.domain.flags import FLAG_ORDER, FLAG_WORDS, FlagKind, flags
from collabcare.domain.plan_facts import RelapsePlanFact
from collabcare.domain.quotation import Certainty, Quotation
from collabcare.domain.reach_facts import HasteFact, HasteKind
from collabcare.domain.suggestion import Used
from tests.builders import contact, day, facts, ladder, measure, patient, prompt, review, rulebook
from tests.builders_safety import plan

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts


def kinds(of: EpisodeFacts, today: date) -> list[FlagKind]:
    """Return the kinds of flag."""
    return [flag.kind for flag in flags(of, rulebook(), today=today)]


def said(of: EpisodeFacts, today: date, kind: FlagKind) -> list[str]:
    """Return what the flags of one kind say."""
    return [flag.sentence for flag in flags(of, rulebook(), today=today) if flag.kind is kind]


def calm(**changes: object) -> EpisodeFacts:
    """Return a patient seen and measured lately and booked: nothing stands out."""
    scores = (measure(9, day(0)), measure(8, day(0), instrument="gad7"))
    return facts("Ab", **{"measures": scores, **changes})


def test_nothing_stands_out_of_somebody_seen_lately_and_booked() -> None:
    assert kinds(calm(), day(3)) == []


def test_every_kind_has_a_place_and_words() -> None:
    assert set(FLAG_WORDS) == set(FLAG_ORDER) == set(FlagKind)


FLAG_ROWS = {
    "a safety question": ({"safety_prompts": (prompt(day(1)),)}, 1, [FlagKind.SAFETY_CONVERSATION]),
    "two questions are one flag": (
        {"safety_prompts": (prompt(day(1)), prompt(day(1)))},
        1,
        [FlagKind.SAFETY_CONVERSATION],
    ),
    "left for a day it is late too": (
        {"safety_prompts": (prompt(day(1)),)},
        2,
        [FlagKind.SAFETY_CONVERSATION, FlagKind.OVERDUE],
    ),
    "an assessment to write after a talk": (
        {"safety_prompts": (prompt(day(1), outcome="talked_today", closed_on=day(1)),)},
        1,
        [FlagKind.SAFETY_ASSESSMENT],
    ),
    "a safety plan to review": (
        {"safety_plans": (plan(made_on=day(0), review_on=day(3)),)},
        3,
        [FlagKind.SAFETY_REVIEW],
    ),
    "asked to discuss": (
        {"supervision_requested_on": day(2), "supervision_question": "Is it enough?"},
        3,
        [FlagKind.DISCUSS],
    ),
    "safety before what to discuss, and that before the rest": (
        {
            "safety_prompts": (prompt(day(2)),),
            "supervision_requested_on": day(2),
            "measures": (measure(18, day(-7)), measure(9, day(0))),
        },
        2,
        [FlagKind.SAFETY_CONVERSATION, FlagKind.DISCUSS, FlagKind.RESPONSE],
    ),
    "worse": (
        {"measures": (measure(9, day(-7)), measure(16, day(0))), "reviews": (review(day(1)),)},
        3,
        [FlagKind.WORSENING],
    ),
    "response": ({"measures": (measure(18, day(-7)), measure(9, day(0)))}, 3, [FlagKind.RESPONSE]),
    "part way": ({"measures": (measure(18, day(-7)), measure(12, day(0)))}, 3, [FlagKind.PARTIAL]),
    "remission": (
        {"measures": (measure(12, day(-7)), measure(4, day(0)))},
        3,
        [FlagKind.REMISSION, FlagKind.RESPONSE],
    ),
}


# Any: a row changes any field of the facts.
@pytest.mark.parametrize(("changes", "today", "expected"), FLAG_ROWS.values(), ids=FLAG_ROWS)
def test_what_stands_out(changes: dict[str, Any], today: int, expected: list[FlagKind]) -> None:
    gad = measure(8, day(0), instrument="gad7")
    given = {**changes, "measures": (*changes["measures"], gad)} if "measures" in changes else changes
    assert kinds(calm(**given), day(today)) == expected


def test_what_is_to_be_discussed_says_since_when_and_what() -> None:
    of = calm(supervision_requested_on=day(2), supervision_question="Is it enough?")
    (sentence,) = said(of, day(3), FlagKind.DISCUSS)
    assert "07-Jan-2026" in sentence
    assert "Is it enough?" in sentence


def test_a_search_says_its_track() -> None:
    of = calm(contacts=facts("AD").contacts, ladders=(ladder(day(7), contact_id=2),))
    assert FlagKind.REENGAGING in kinds(of, day(7))
    quick = replace(of, haste=(HasteFact(kind=HasteKind.PERINATAL, happened_on=day(0)),))
    assert FlagKind.REENGAGING_PROMPT in kinds(quick, day(7))
    assert FlagKind.REENGAGING not in kinds(quick, day(7))


def test_not_seen_lately_and_without_a_next_date_are_two_flags() -> None:
    of = calm(contacts=facts("A").contacts)
    assert kinds(of, day(5)) == [FlagKind.NO_NEXT_DATE]
    late = kinds(of, day(15))
    assert late == [FlagKind.OVERDUE, FlagKind.UNSEEN, FlagKind.NO_NEXT_DATE]
    assert said(of, day(15), FlagKind.UNSEEN) == ["Not seen for 15 days, nothing booked"]
    assert said(of, day(15), FlagKind.OVERDUE) == ["Last seen 05-Jan-2026; nothing booked"]


def test_whoever_waits_or_is_paused_is_not_flagged_for_having_no_date() -> None:
    assert FlagKind.NO_NEXT_DATE not in kinds(facts(), day(5))
    assert FlagKind.NO_NEXT_DATE not in kinds(facts("A", phase=Phase.PAUSED), day(5))


CANCELLED_ROWS = {
    "DNA-W9 twice in a row, and a third slot booked": (
        "ACCb",
        "Cancelled 2 times in a row. Ask what would make it easier, and offer another way.",
    ),
    "three times": (
        "ACCCb",
        "Cancelled 3 times in a row. Ask what would make it easier, and offer another way.",
    ),
    "our own in between says nothing of them": (
        "ACPCb",
        "Cancelled 2 times in a row. Ask what would make it easier, and offer another way.",
    ),
    "DNA-W9 being seen between resets": ("CACb", None),
    "once": ("ACb", None),
    "we cancelled twice": ("APPb", None),
    "missed since is another matter": ("ACCDb", None),
    "nothing booked, and the contact to rebook says it": ("ACC", None),
}


@pytest.mark.parametrize(("history", "words"), CANCELLED_ROWS.values(), ids=CANCELLED_ROWS)
def test_cancelling_again_asks_what_would_make_it_easier(history: str, words: str | None) -> None:
    assert said(facts(history), day(28), FlagKind.CANCELLED_AGAIN) == ([words] if words else [])


WAIT_ROWS = {
    "42 days is within 6 weeks": (35, None),
    "43 days": (36, "Referred 29-Dec-2025, no treatment yet after 43 days, more than 6 weeks"),
    "126 days is within 18 weeks": (119, "no treatment yet after 126 days, more than 6 weeks"),
    "127 days": (120, "no treatment yet after 127 days, more than 18 weeks"),
}


@pytest.mark.parametrize(("today", "words"), WAIT_ROWS.values(), ids=WAIT_ROWS)
def test_a_wait_beyond_the_national_standards_stands_out(today: int, words: str | None) -> None:
    found = said(facts("b"), day(today), FlagKind.WAITING)
    assert [words in each for each in found] == [True] if words else found == []


def test_only_treatment_ends_the_wait() -> None:
    """WAIT-W4: an appointment missed leaves it running; so does one whose type nobody can read."""
    for held in (
        (contact("D"),),
        (contact("A", appointment_type="01"),),
        (contact("A", appointment_type="no such code"),),
    ):
        assert len(said(facts("", contacts=held), day(60), FlagKind.WAITING)) == 1
    for held in ((contact("A"),), (contact("L", appointment_type="02"),)):
        assert said(facts("", contacts=held), day(60), FlagKind.WAITING) == []


def test_a_step_to_consider_is_up_or_down() -> None:
    stuck = facts("A", measures=(measure(18, day(0)), measure(17, day(56))))
    assert FlagKind.STEP_UP in kinds(stuck, day(56))
    well = facts("A", measures=(measure(18, day(0)), measure(9, day(28)), measure(9, day(56))))
    assert FlagKind.STEP_DOWN in kinds(well, day(56))
    assert FlagKind.STEP_UP not in kinds(replace(stuck, reviews=(review(day(57)),)), day(58))


def test_a_staying_well_plan_is_offered_once_it_has_held_and_until_there_is_one() -> None:
    well = facts("A", measures=(measure(18, day(0)), measure(4, day(28)), measure(4, day(42))))
    assert kinds(well, day(42)).count(FlagKind.RELAPSE_PLAN) == 1
    made = replace(well, relapse_plan=RelapsePlanFact(made_on=day(42)))
    assert FlagKind.RELAPSE_PLAN not in kinds(made, day(42))
    lately = replace(well, measures=well.measures[:2])
    assert FlagKind.RELAPSE_PLAN not in kinds(lately, day(42))


def test_a_cap_of_the_service_model_warns_before_it_is_reached() -> None:
    cap = Cap(
        name="Sessions",
        unit=CapUnit.SESSIONS,
        least=None,
        most=6,
        warn_at=5,
        warning_stated=True,
        counts=(ContactForm.ONE_TO_ONE,),
        usual=False,
        quotation=Quotation(words="six", certainty=Certainty.PUBLISHED, source="Made up"),
    )
    book = replace(rulebook(), pathway=replace(rulebook().pathway, caps=(cap,)))
    for history, warned in (("AAAA", False), ("AAAAA", True)):
        found = flags(facts(history), book, today=day(35))
        assert (FlagKind.CAP in [flag.kind for flag in found]) is warned
    assert FlagKind.CAP not in [flag.kind for flag in flags(facts(), book, today=day(35))]


@pytest.mark.parametrize(
    "changes", [{"phase": Phase.CLOSED, "closed_on": day(9)}, {"patient": patient(died_on=day(9))}]
)
def test_nothing_stands_out_of_a_closed_case_or_somebody_who_has_died(changes: dict[str, object]) -> None:
    assert kinds(calm(safety_prompts=(prompt(day(1)),), **changes), day(40)) == []


def test_a_flag_has_a_kind_and_a_reason_and_nothing_that_could_be_a_colour_or_a_level() -> None:
    (flag,) = flags(calm(safety_prompts=(prompt(day(3), answer=3),)), rulebook(), today=day(3))
    assert flag._fields == ("kind", "reason")
    assert flag.words == "Safety conversation to close"
    (other,) = flags(calm(safety_prompts=(prompt(day(3), answer=1),)), rulebook(), today=day(3))
    assert (flag.kind, flag.words) == (other.kind, other.words)


@given(st.text("ALDCPNb ", max_size=12), st.integers(0, 300), st.sampled_from(Phase))
def test_flags_stand_in_order_and_explain_themselves(history: str, today: int, phase: Phase) -> None:
    closed_on = day(0) if phase is Phase.CLOSED else None
    found = flags(facts(history, phase=phase, closed_on=closed_on), rulebook(), today=day(today))
    places = [FLAG_ORDER.index(flag.kind) for flag in found]
    assert places == sorted(places)
    for flag in found:
        assert flag.sentence == flag.why
        assert flag.rule
        assert flag.used
        assert flag.source


def test_a_rulebook_holds_every_number_once() -> None:
    assert {each.name for each in fields(rulebook())} >= {"targets", "waiting", "relapse", "safety", "agenda"}


def test_a_flag_about_scores_names_its_measure_so_that_two_measures_do_not_contradict() -> None:
    fell = ((15, 0, "phq9"), (8, 28, "phq9"), (10, 0, "gad7"), (7, 28, "gad7"))
    of = calm(measures=tuple(measure(total, day(on), instrument=name) for total, on, name in fell))
    about = {FlagKind.EARLY_CHECK, FlagKind.PARTIAL}
    shown = [flag.words for flag in flags(of, rulebook(), today=day(28)) if flag.kind in about]
    assert shown == ["Little change yet (GAD-7)", "Part way (PHQ-9)"]
    row = caseload_row(of, rulebook(), day(28))
    assert {"Little change yet (GAD-7)", "Part way (PHQ-9)"} <= set(flags_text(row).split("; "))


@pytest.mark.parametrize(
    ("gad7", "latest_on", "said"),
    [
        (
            7,
            28,
            "7 on 02-Feb-2026: little change after 28 days. PHQ-9 15 to 8: reliable improvement. Consider",
        ),
        (6, 28, ""),  # 4 points of GAD-7 are a reliable improvement, so it is not said that little changed
        (
            7,
            56,
            "not fallen by 50% and not below 5 after 56 days. PHQ-9 15 to 8: reliable improvement. Discuss",
        ),
        (6, 56, ": reliable improvement by 4, yet not fallen by 50% and not below 5 after 56 days. PHQ-9 15"),
    ],
)
def test_what_changed_little_is_said_together_with_what_reliably_improved(
    gad7: int, latest_on: int, said: str
) -> None:
    fell = ((15, 0, "phq9"), (8, 28, "phq9"), (10, 0, "gad7"), (gad7, latest_on, "gad7"))
    of = calm(measures=tuple(measure(total, day(on), instrument=name) for total, on, name in fell))
    about = {FlagKind.EARLY_CHECK, FlagKind.NOT_IMPROVING}
    found = [flag for flag in flags(of, rulebook(), today=day(latest_on)) if flag.kind in about]
    assert [said in flag.sentence for flag in found] == [True] * bool(said)
    assert all(Used("Reliable improvement meanwhile", "PHQ-9 15 to 8") in flag.used for flag in found)


def test_a_measure_that_did_not_improve_names_no_other_that_did_not_either() -> None:
    fell = ((15, 0, "phq9"), (12, 28, "phq9"), (10, 0, "gad7"), (6, 28, "gad7"))
    of = calm(measures=tuple(measure(total, day(on), instrument=name) for total, on, name in fell))
    (little,) = (flag for flag in flags(of, rulebook(), today=day(28)) if flag.kind is FlagKind.EARLY_CHECK)
    assert little.words == "Little change yet (PHQ-9)"
    assert "GAD-7 10 to 6: reliable improvement. Consider" in little.sentence
