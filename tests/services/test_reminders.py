"""Noting a reminder: once, by a safe way, and never of what is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import ContactId
from collabcare.domain.people_facts import ReminderOutcome
from collabcare.domain.reengagement import Channel
from collabcare.services.contacts import record_contact
from collabcare.services.reminders import record_reminder
from collabcare.store.engine import WRITE
from collabcare.store.models import Patient
from tests.builders import day, pathway
from tests.services.loop_commands import lines_of, reminder

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice


@pytest.fixture
def booked(practice: Practice) -> EpisodeId:
    """Somebody with an appointment in a week, on the day its first reminder is due."""
    episode = practice.refer("A")
    practice.on(day(14))
    practice.happen("b", episode, day(21), time(10, 0))
    return episode


def test_a_reminder_is_kept_with_who_made_it_how_and_what_came_of_it(
    practice: Practice, booked: EpisodeId
) -> None:
    changes = record_reminder(
        reminder(practice, note=" Will come \n"), practice.uow("sam"), practice.rulebook
    )
    (made,) = practice.facts(booked).reminders
    assert (made.days_before, made.made_on, made.channel, made.outcome, made.note, made.by) == (
        7,
        day(14),
        Channel.CALL,
        ReminderOutcome.SPOKE,
        "Will come",
        "Sam Brown",
    )
    assert changes.episodes == {booked}
    assert lines_of(practice) == ()
    practice.on(day(18))
    assert [line.key for line in lines_of(practice)] == [(made.contact_id, 1)]


def test_the_second_of_two_people_is_told_who_made_it(practice: Practice, booked: EpisodeId) -> None:
    command = reminder(practice)
    record_reminder(command, practice.uow("sam"), practice.rulebook)
    with practice.refused(r"Sam Brown made this reminder on 19-Jan-2026\. Nothing was saved"):
        record_reminder(command, practice.uow("jo"), practice.rulebook)
    assert len(practice.facts(booked).reminders) == 1


@pytest.mark.usefixtures("booked")
def test_one_not_to_be_made_today_is_refused(practice: Practice) -> None:
    command = reminder(practice)
    with practice.refused("not to be made today"):
        record_reminder(replace(command, days_before=1), practice.uow(), practice.rulebook)
    practice.on(day(21))
    with practice.refused("not to be made today"):
        record_reminder(command, practice.uow(), practice.rulebook)


def test_what_was_cancelled_is_not_reminded_of(practice: Practice, booked: EpisodeId) -> None:
    command = reminder(practice)
    practice.on(day(15))
    cancelled = replace(practice.contact("C", booked, day(21)), contact_id=command.contact_id, minutes=None)
    record_contact(cancelled, practice.uow(), pathway())
    assert lines_of(practice) == ()
    with practice.refused("not to be made today"):
        record_reminder(command, practice.uow(), practice.rulebook)


@pytest.mark.usefixtures("booked")
def test_an_appointment_that_is_not_there_is_refused(practice: Practice) -> None:
    command = replace(reminder(practice), contact_id=ContactId(999))
    with practice.refused("That contact is not in the record"):
        record_reminder(command, practice.uow(), practice.rulebook)


def test_a_way_that_is_not_safe_is_refused(practice: Practice, booked: EpisodeId) -> None:
    command = replace(reminder(practice), outcome=ReminderOutcome.LEFT_MESSAGE)
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        patient = session.get_one(Patient, practice.facts(booked).patient.patient_id)
        patient.voicemail_safe = False
        session.commit()
    with practice.refused("Voicemails are recorded as not safe"):
        record_reminder(command, practice.uow(), practice.rulebook)
    record_reminder(replace(command, outcome=ReminderOutcome.SPOKE), practice.uow(), practice.rulebook)


@pytest.mark.usefixtures("booked")
def test_a_note_that_is_too_long_is_refused(practice: Practice) -> None:
    with pytest.raises(RuleViolation, match="too long"):
        record_reminder(reminder(practice, note="x" * 2_001), practice.uow(), practice.rulebook)
