"""A miss taken back and written up as attended: putting a slip right is no way from missed to closed."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.closure import Ending
from collabcare.domain.errors import RuleViolation
from collabcare.domain.gate_today import gate_today
from collabcare.domain.unmissed import missed_once
from collabcare.services.contacts import record_contact
from collabcare.services.episodes import allocate
from tests.builders import day, pathway
from tests.services.ending_acts import close, ending, told_gp
from tests.services.test_contact_corrections import void
from tests.services.test_once_missed import no_ending, record, taken_back

if TYPE_CHECKING:
    from tests.record_fixtures import Practice

COUNTS = "it counts as missed when care ends"


def test_a_miss_turned_into_attended_alone_ends_no_care_alone(practice: Practice) -> None:
    """There is no path from missed to closed: neither "completed" nor any other ending goes through it."""
    episode = taken_back(practice)
    record(practice, episode, "A")
    practice.on(day(9))
    assert COUNTS in missed_once(practice.facts(episode), Ending.COMPLETED)
    gate = gate_today(practice.facts(episode), practice.rulebook, today=practice.today)
    assert "recorded as missed on 12-Jan-2026 stands as attended now" in gate.called_off
    no_ending(practice, episode)
    with practice.refused(COUNTS):
        close(practice, ending(practice, episode))
    told = told_gp(practice, episode)
    with practice.refused(COUNTS):
        close(practice, ending(practice, episode, **told))
    with pytest.raises(RuleViolation):
        close(practice, ending(practice, episode), "amina")
    close(practice, ending(practice, episode, **told), "amina")


def test_giving_the_case_away_confirms_nothing(practice: Practice) -> None:
    episode = practice.refer("A")
    allocate(episode, practice.user("amina"), practice.uow("amina"))
    practice.on(day(7), time(18))
    record_contact(practice.contact("D", episode, day(7)), practice.uow("jo"), pathway())
    void(practice, episode, -1, "amina")
    allocate(episode, practice.user("jo"), practice.uow("amina"))
    record(practice, episode, "A", "jo")
    told = told_gp(practice, episode)
    for login in ("jo", "amina"):
        with practice.refused(COUNTS):
            close(practice, ending(practice, episode, **told), login)


def test_seen_at_another_appointment_it_counts_no_longer(practice: Practice) -> None:
    episode = taken_back(practice)
    record(practice, episode, "A")
    practice.happen("A", episode, day(14))
    assert missed_once(practice.facts(episode), Ending.COMPLETED) == ""
    close(practice, ending(practice, episode))


def test_another_supervisor_confirms_that_they_came(practice: Practice) -> None:
    episode = taken_back(practice)
    record(practice, episode, "A")
    void(practice, episode, -1, "amina")
    record(practice, episode, "A", "amina")
    assert missed_once(practice.facts(episode), Ending.COMPLETED) == ""
    close(practice, ending(practice, episode))


def test_taken_back_twice_it_still_counts(practice: Practice) -> None:
    episode = taken_back(practice)
    record(practice, episode, "A")
    void(practice, episode, -1)
    record(practice, episode, "A")
    with practice.refused(COUNTS):
        close(practice, ending(practice, episode))
