"""Noting that a patient was reminded of an appointment: the program reminds nobody itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.reaching import safe_ways
from collabcare.domain.reminder_lists import refuse_reminder, refuse_way
from collabcare.domain.typed_text import typed_block
from collabcare.services.open_facts import open_facts, touch
from collabcare.store.models import Contact, Reminder

if TYPE_CHECKING:
    from collabcare.domain.ids import ContactId
    from collabcare.domain.people_facts import ReminderOutcome
    from collabcare.domain.reengagement import Channel
    from collabcare.domain.rulebook import Rulebook
    from collabcare.store.unit_of_work import UnitOfWork

LONGEST_NOTE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReminder:
    """A reminder somebody made ``days_before`` days before an appointment, how, and what came of it."""

    contact_id: ContactId
    days_before: int
    channel: Channel
    outcome: ReminderOutcome
    note: str = ""


def record_reminder(command: RecordReminder, uow: UnitOfWork, rulebook: Rulebook) -> Changes:
    """Record a reminder; each is made once, by one person.

    Raises:
        RuleViolation: When it was made already or is not to be made today, or the way is not safe.
    """
    with uow.begin(Permission.LOG_ATTEMPT, "Record reminder") as work:
        contact = work.get(Contact, command.contact_id)
        facts = open_facts(work, contact.episode_id)
        refuse_reminder(facts, (command.contact_id, command.days_before), rulebook, today=work.today)
        refuse_way(safe_ways(facts, rulebook.reengagement.reach), command.channel, command.outcome)
        made = work.add(
            Reminder(
                contact_id=contact.id,
                days_before=command.days_before,
                made_at=work.at,
                made_on=work.today,
                channel=command.channel,
                outcome=command.outcome,
                note=typed_block(command.note, "The note", LONGEST_NOTE),
                made_by=work.acting.user_id,
            )
        )
        touch(work, Kind.REMINDER, facts, made.id)
        work.made = made.id
    return work.changes
