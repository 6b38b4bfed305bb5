"""When somebody was last in contact: seen, or spoken to in a search, whichever is later."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from collabcare.domain.in_contact import last_in_contact
from collabcare.domain.reengagement import AttemptOutcome
from tests.builders import attempt, day, facts, ladder

SPOKE = attempt(1, day(9), outcome=AttemptOutcome.SPOKE)


def test_it_is_the_later_of_being_seen_and_being_spoken_to() -> None:
    search = ladder(day(7), attempts=(SPOKE,))
    seen_again = facts("ADA", ladders=(search,))
    assert last_in_contact(facts("AD", ladders=(search,))) is SPOKE
    assert last_in_contact(facts("D", ladders=(search,))) is SPOKE
    assert last_in_contact(seen_again) is seen_again.contacts[-1]
    assert last_in_contact(facts("Db")) is None


@pytest.mark.parametrize("outcome", [each for each in AttemptOutcome if not each.reached])
def test_a_try_that_did_not_reach_them_is_no_contact(outcome: AttemptOutcome) -> None:
    search = ladder(day(7), attempts=(attempt(1, day(9), outcome=outcome),))
    seen = facts("AD", ladders=(search,))
    assert last_in_contact(seen) is seen.contacts[0]


def test_on_one_day_being_seen_goes_first() -> None:
    both = facts("DA", ladders=(ladder(day(0), attempts=(replace(SPOKE, on=day(7)),)),))
    assert last_in_contact(both) is both.contacts[-1]


def test_of_two_conversations_the_later_day_counts_whenever_they_were_written_down() -> None:
    earlier = replace(SPOKE, on=day(8), at=SPOKE.at + timedelta(days=9))
    both = facts("D", ladders=(ladder(day(7), attempts=(SPOKE, earlier)),))
    assert last_in_contact(both) is SPOKE
