"""Who else holds a patient, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from collabcare.domain.also_holding import also_holding
from collabcare.domain.ids import UserId
from collabcare.domain.people_facts import CarerFact
from collabcare.domain.plan_facts import ProposalFact, ProposalKind
from tests.builders import MONDAY, facts

PROPOSED = ProposalFact(
    id=1, kind=ProposalKind.STEP_UP, proposed_on=MONDAY, by_id=UserId(1), to_service="Community team"
)


@pytest.mark.parametrize(
    ("name", "practice", "said"),
    [
        ("Dr Khan", "Elm Tree Surgery", "Dr Khan, Elm Tree Surgery"),
        ("A Khan", "Elm Tree Surgery", "GP A Khan, Elm Tree Surgery"),
        (None, "Elm Tree Surgery", "Elm Tree Surgery"),
        (None, "", "No GP recorded"),
    ],
)
def test_the_gp_stands_first(name: str | None, practice: str, said: str) -> None:
    known = facts("A")
    patient = replace(known.patient, gp_name=name, gp_practice_name=practice)
    assert also_holding(replace(known, patient=patient)) == (said,)


@pytest.mark.parametrize(
    ("proposal", "said"),
    [
        (replace(PROPOSED, accepted_on=MONDAY), "Community team, accepted 05-Jan-2026"),
        (replace(PROPOSED, agreed=True), "Community team, no answer yet"),
        (replace(PROPOSED, agreed=True, rejected_on=MONDAY), None),
        (replace(PROPOSED, agreed=False), None),
        (PROPOSED, None),
        (replace(PROPOSED, to_service="", agreed=True), None),
    ],
)
def test_a_service_holds_once_it_accepted_and_is_waited_for_once_it_was_asked(
    proposal: ProposalFact, said: str | None
) -> None:
    found = also_holding(replace(facts("A"), proposals=(proposal,)))[1:]
    assert found == ((said,) if said else ())


def test_carers_and_those_who_may_be_rung_are_named_and_nobody_who_is_neither_or_no_longer() -> None:
    people = (
        CarerFact(id=1, name="Ada", relation="sister", nominated=True, may_contact=True),
        CarerFact(id=2, name="Ben", is_carer=True),
        CarerFact(id=3, name="Cy", relation="father", next_of_kin=True),
        CarerFact(id=4, name="Di", is_carer=True, ended_on=MONDAY - timedelta(days=1)),
        CarerFact(id=5, name="Eve", nominated=True, may_contact=True),
    )
    found = also_holding(replace(facts("A"), carers=people))[1:]
    assert found == ("Ada (sister)", "Ben (carer)", "Eve")
