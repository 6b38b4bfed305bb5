"""Recording what makes us act sooner."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from collabcare.domain.errors import RuleViolation
from collabcare.domain.haste import HAPPENS_ONCE, HASTE_WORDS, refuse_haste, refuse_haste_end
from collabcare.domain.reach_facts import HasteFact, HasteKind
from tests.builders import MONDAY, day
from tests.builders_reach import haste

BORN = date(1985, 7, 14)
LASTS = sorted(set(HasteKind) - HAPPENS_ONCE)


def ask(fact: HasteFact, *recorded: HasteFact) -> None:
    refuse_haste(fact, recorded, birth_date=BORN, today=day(10))


def test_every_fact_has_its_words() -> None:
    assert set(HASTE_WORDS) == set(HasteKind)


@pytest.mark.parametrize("kind", HasteKind)
def test_a_fact_is_recorded_with_its_day(kind: HasteKind) -> None:
    ask(haste(kind, note="Said so"))
    ask(haste(kind, day(10), note="Said so"), haste(HasteKind.SELF_HARM, day(1)))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"happened_on": day(11)}, "in the future"),
        ({"happened_on": date(1985, 7, 13)}, "before the patient was born"),
        ({"kind": HasteKind.PRACTITIONER_JUDGEMENT, "note": " "}, "Say what makes you think"),
    ],
)
def test_a_fact_that_cannot_be_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        ask(HasteFact(**{"kind": HasteKind.PERINATAL, "happened_on": MONDAY, **changes}))


@pytest.mark.parametrize("kind", sorted(HAPPENS_ONCE))
def test_what_happens_can_happen_again_on_another_day(kind: HasteKind) -> None:
    ask(haste(kind, day(2)), haste(kind, MONDAY))
    with pytest.raises(RuleViolation, match="recorded already"):
        ask(haste(kind, MONDAY), haste(kind, MONDAY))


@pytest.mark.parametrize("kind", sorted(LASTS))
def test_what_still_holds_is_not_recorded_twice(kind: HasteKind) -> None:
    with pytest.raises(RuleViolation, match="recorded already"):
        ask(haste(kind, day(2), note="x"), haste(kind, MONDAY))
    ask(haste(kind, day(2), note="x"), haste(kind, MONDAY, ended_on=day(1)))


def test_what_lasts_ends_once_on_a_day_that_can_be() -> None:
    fact = haste(HasteKind.PERINATAL, MONDAY)
    refuse_haste_end(fact, MONDAY, today=day(3))
    for ended_on, words in ((day(4), "in the future"), (day(-1), "before it began")):
        with pytest.raises(RuleViolation, match=words):
            refuse_haste_end(fact, ended_on, today=day(3))
    with pytest.raises(RuleViolation, match="ended already"):
        refuse_haste_end(haste(HasteKind.PERINATAL, ended_on=day(1)), day(2), today=day(3))
    with pytest.raises(RuleViolation, match="does not end"):
        refuse_haste_end(haste(HasteKind.SELF_HARM), day(2), today=day(3))
