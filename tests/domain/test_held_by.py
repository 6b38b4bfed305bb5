"""How a contact is suggested to be held, and what is asked before somebody is booked to be rung."""

from __future__ import annotations

import pytest

from collabcare.domain.codes import ConsultationMechanism
from collabcare.domain.held_by import booked_by_telephone, not_by_telephone, usual_for
from collabcare.domain.reach_facts import ReachFacts
from collabcare.domain.reaching import Route, Standing, safe_ways
from tests.builders import facts, patient, rulebook

POLICY = rulebook().reengagement.reach
TELEPHONE, FACE_TO_FACE = ConsultationMechanism.TELEPHONE, ConsultationMechanism.FACE_TO_FACE
NUMBER = patient(telephone="07700 900123")


@pytest.mark.parametrize(
    ("reach", "why"),
    [
        (ReachFacts(), ""),
        (ReachFacts(telephone_safe=True, interpreter_language="pl"), ""),
        (ReachFacts(telephone_safe=False), "Ringing is recorded as not safe for them."),
        (ReachFacts(interpreter_language="q4"), "They use British Sign Language: a voice call does not"),
        (ReachFacts(communication_methods=("BSL",)), "They use British Sign Language: a voice"),
        (
            ReachFacts(communication_methods=("text relay",)),
            "A voice call does not reach them: they need",
        ),
    ],
    ids=["not asked", "Polish", "not to be rung", "BSL interpreter", "BSL", "text relay"],
)
def test_who_is_not_to_be_rung_is_not_suggested_to_be(reach: ReachFacts, why: str) -> None:
    held = facts(patient=NUMBER, reach=reach)
    assert not_by_telephone(held, POLICY).startswith(why)
    assert bool(not_by_telephone(held, POLICY)) is bool(why)
    assert usual_for(held, POLICY, TELEPHONE) is (FACE_TO_FACE if why else TELEPHONE)
    assert usual_for(held, POLICY, ConsultationMechanism.VIDEO) is ConsultationMechanism.VIDEO
    asked = booked_by_telephone(held, POLICY, TELEPHONE)
    assert asked.endswith("Save again to book it by telephone all the same.") if why else not asked
    assert booked_by_telephone(held, POLICY, FACE_TO_FACE) == ""


def test_without_a_number_nobody_is_rung() -> None:
    nobody = facts(patient=patient(telephone=None, other_telephone=None))
    assert not_by_telephone(nobody, POLICY) == "No telephone number is recorded."


def test_a_signed_language_is_never_written_in() -> None:
    ways = safe_ways(
        facts(patient=NUMBER, reach=ReachFacts(interpreter_language="q4", text_safe=True)), POLICY
    )
    assert ways.way(Route.CALL).standing is Standing.NOT_TO_BE_USED
    assert "interpreter on the call (British Sign Language)" in ways.way(Route.TEXT_RELAY).sentence
    assert ways.way(Route.TEXT).sentence.startswith("Write plain English.")
    letter = ways.way(Route.LETTER).sentence
    assert "in plain English (British Sign Language has no written form)" in letter
    assert "in their language" not in letter
