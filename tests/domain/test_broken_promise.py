"""A day promised as a search ended: once it has gone by unheard it is our turn, and Today says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.ids import ContactId
from collabcare.domain.promises import broken_promise
from collabcare.domain.reengagement import AttemptOutcome
from tests.builders import attempt, contact, day, rulebook
from tests.builders_reach import sought

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts


def ended(on: int = 3, *, spoke_to: str = "") -> EpisodeFacts:
    """Return an episode whose search ended as they said that they would ring by a day."""
    said = attempt(1, day(1), outcome=AttemptOutcome.SPOKE, promised_on=day(on), spoke_to=spoke_to)
    return sought(attempts=(said,), closed_on=day(1), closed_because="Reached")


def kinds(of: EpisodeFacts, on: int) -> list[DueKind]:
    return [each.kind for each in what_is_due(of, rulebook(), today=day(on))]


def test_until_its_day_has_gone_by_there_is_an_appointment_to_rebook() -> None:
    assert DueKind.PROMISE not in kinds(ended(), 3)
    assert DueKind.REBOOK in kinds(ended(), 3)


def test_once_it_has_gone_by_it_is_said_on_its_day_in_place_of_the_appointment_to_rebook() -> None:
    due = what_is_due(ended(), rulebook(), today=day(4))
    (line,) = [each for each in due if each.kind is DueKind.PROMISE]
    assert line.due_on == day(3)
    assert line.why.startswith("They said they would be in touch on Thu 08-Jan-2026; nothing heard yet")
    assert DueKind.REBOOK not in kinds(ended(), 4)
    assert not kinds(ended(), 4).index(DueKind.PROMISE)


@pytest.mark.parametrize("letter", ["A", "C", "b"])
def test_whatever_happened_or_is_booked_since_answers_it(letter: str) -> None:
    of = ended()
    since = contact(letter, day(4), id=ContactId(9))
    assert broken_promise(replace(of, contacts=(*of.contacts, since)), today=day(4)) is None


def test_in_touch_before_its_day_keeps_it() -> None:
    of = ended()
    rang = contact("A", day(2), id=ContactId(9))
    assert broken_promise(replace(of, contacts=(*of.contacts, rang)), today=day(9)) is None


def test_while_they_are_sought_the_step_says_it() -> None:
    of = ended()
    still = replace(of, ladders=(replace(of.ladders[0], closed_on=None, closed_because=None),))
    assert broken_promise(still, today=day(9)) is None
