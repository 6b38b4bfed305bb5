"""Of whom it is asked whether they were not brought, and with what reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.earlier_facts import EarlierFacts
from collabcare.domain.ids import ContactId
from collabcare.domain.reach_facts import HasteKind
from collabcare.domain.was_not_brought import asked_if_missed
from tests.builders import MONDAY, contact, day, facts, patient, rulebook
from tests.builders_reach import haste

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts

RELIES = haste(HasteKind.RELIES_ON_OTHERS, MONDAY)
ASK = "Somebody else may decide whether they come. Consider recording that they were not brought."


def born(on: date) -> EpisodeFacts:
    """Return somebody born on a day."""
    return facts(patient=patient(birth_date=on))


@pytest.mark.parametrize(
    ("of", "why"),
    [
        pytest.param(born(day(7).replace(year=2008)), None, id="18 today"),
        pytest.param(born(day(8).replace(year=2008)), "Aged 17", id="18 tomorrow"),
        pytest.param(facts(haste=(RELIES,)), "Relies on others to attend (05-Jan-2026)", id="relies"),
        pytest.param(
            facts(earlier=EarlierFacts(haste=(haste(HasteKind.DEMENTIA, MONDAY),))),
            "Dementia (05-Jan-2026)",
            id="recorded in an earlier episode",
        ),
        pytest.param(facts(haste=(replace(RELIES, ended_on=day(7)),)), None, id="not any more"),
        pytest.param(facts(haste=(haste(HasteKind.RELIES_ON_OTHERS, day(8)),)), None, id="not yet"),
        pytest.param(facts(haste=(haste(HasteKind.SAFEGUARDING, MONDAY),)), None, id="something else"),
        pytest.param(
            facts(contacts=(contact("D", day(0), was_not_brought=True),)),
            "Was not brought on 05-Jan-2026",
            id="not brought before",
        ),
        pytest.param(facts("D"), None, id="an adult"),
    ],
)
def test_it_is_asked_of_a_child_and_of_whoever_relies_on_others(of: EpisodeFacts, why: str | None) -> None:
    missed = contact("D", day(7), id=ContactId(9))
    asked = asked_if_missed(of, missed, rulebook())
    assert (asked.sentence if asked else None) == (f"{why}. {ASK}" if why else None)
    assert asked_if_missed(of, replace(missed, was_not_brought=True), rulebook()) is None
