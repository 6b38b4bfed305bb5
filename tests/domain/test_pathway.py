"""The moves a service model allows, and which of its figures are its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.pathway import Move, Stated, refuse_move
from tests.builders import pathway
from tests.builders_pathways import SAID, model, models

EAST_LONDON = "East London enhanced primary care"
REFUSED = {
    "straight to the GP": (
        (3, 1),
        (
            f"{EAST_LONDON} has no move from Secondary care to GP care only. "
            "From Secondary care a patient can move to Enhanced primary care."
        ),
    ),
    "straight back to secondary care": (
        (1, 3),
        (
            f"{EAST_LONDON} has no move from GP care only to Secondary care. "
            "From GP care only a patient can move to Enhanced primary care."
        ),
    ),
    "where they are": ((2, 2), "The patient is on that step already: Enhanced primary care."),
    "no such step": ((2, 9), f"{EAST_LONDON} has no step 9."),
}


@pytest.mark.parametrize(("move", "words"), REFUSED.values(), ids=REFUSED)
def test_a_move_the_model_does_not_have_is_refused_with_those_it_has(
    move: tuple[int, int], words: str
) -> None:
    with pytest.raises(RuleViolation) as refusal:
        refuse_move(model("east_london_step_down"), *move)
    assert str(refusal.value).startswith(words)


def test_several_ways_are_named_and_none_says_so() -> None:
    three = replace(pathway(), moves=(Move(from_step=1, to_steps=(3, 2, 4)), Move(from_step=2, to_steps=())))
    with pytest.raises(RuleViolation) as refusal:
        refuse_move(three, 1, 5)
    names = [step.name for step in three.steps]
    assert str(refusal.value).endswith(f"can move to {names[1]}, {names[2]} or {names[3]}.")
    with pytest.raises(RuleViolation, match=r"has no move from Guided support to another step\.$"):
        refuse_move(three, 2, 1)


def test_a_step_of_another_model_leads_anywhere() -> None:
    """Who came under another model is not held where this one has no step."""
    east_london = model("east_london_step_down")
    assert east_london.steps_from(5) == east_london.steps
    refuse_move(east_london, 5, 1)


@given(st.sampled_from(sorted(models())), st.integers(-1, 7), st.integers(-1, 7))
def test_a_move_is_refused_exactly_when_the_model_does_not_offer_it(name: str, start: int, end: int) -> None:
    one = model(name)
    offered = end in [step.number for step in one.steps_from(start)]
    if offered:
        refuse_move(one, start, end)
    else:
        with pytest.raises(RuleViolation):
            refuse_move(one, start, end)


@pytest.mark.parametrize("name", sorted(models()))
def test_no_model_has_a_step_from_which_there_is_no_way_on(name: str) -> None:
    for step in model(name).steps:
        assert model(name).steps_from(step.number)


def test_a_figure_is_stated_or_ours() -> None:
    lift = model("lift")
    said = lift.quotation("contact.first_within_days")
    assert said is not None
    assert said.words == "seen ≤ 2–4 weeks"
    assert (lift.first_contact_days, lift.contact_weeks) == (28, pathway().contact_weeks)
    assert lift.quotation("contact.plan_weeks") is None


def test_a_quotation_of_a_whole_table_covers_its_figures() -> None:
    stated = replace(pathway(), stated=(Stated(figure="supervision", quotation=SAID),))
    assert stated.quotation("supervision.interval_days") == stated.quotation("supervision") == SAID
    assert stated.quotation("ladder") is None
    assert SAID.cited == "“as they say” (A paper; stated in the papers this project is founded on)"


def test_the_plan_runs_out_into_a_steady_interval() -> None:
    assert [pathway().weeks_to_next_contact(attended) for attended in (1, 5, 9, 10, 30)] == [1, 2, 2, 4, 4]
