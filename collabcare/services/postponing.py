"""Putting something on Today off, or declining it, with a reason and within the caps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.due import what_is_due
from collabcare.domain.errors import RuleViolation
from collabcare.domain.postponing import PostponementFact, Waiting, refuse_decision
from collabcare.domain.typed_text import typed_block
from collabcare.queries.facts import episode_facts
from collabcare.services.open_facts import touch
from collabcare.store.models import Postponement

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.due_kinds import DueKind
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.rulebook import Rulebook
    from collabcare.store.unit_of_work import UnitOfWork

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Postpone:
    """One thing due, named by its kind, what it is about and the day it was due at first.

    ``until`` is the day it shows again; None declines it.
    """

    episode_id: EpisodeId
    kind: DueKind
    subject_id: int | None
    due_on: date
    until: date | None
    reason: str


def postpone(command: Postpone, uow: UnitOfWork, rulebook: Rulebook) -> Changes:
    """Let one thing wait, or decline it; the reason stands beside it.

    Raises:
        RuleViolation: When it is not due any more, may not wait, or not so long or so often.
    """
    action = "Decline something due" if command.until is None else "Put off something due"
    with uow.begin(Permission.POSTPONE, action) as work:
        facts = episode_facts(work.session, command.episode_id)
        if facts is None:
            raise RuleViolation("That episode is not in the record.")
        asked = PostponementFact(
            kind=command.kind,
            subject_id=command.subject_id,
            due_on=command.due_on,
            decision=Waiting.DECLINED if command.until is None else Waiting.LATER,
            until=command.until,
            reason=typed_block(command.reason, "The reason", LONGEST_REASON),
            made_on=work.today,
            by=work.acting.name,
        )
        all_due = what_is_due(facts, rulebook, today=work.today)
        due = next((each for each in all_due if asked.is_about(each)), None)
        refuse_decision(asked, due, facts.postponements, rulebook.postponing, rulebook.calendar)
        made = work.add(
            Postponement(
                episode_id=facts.episode_id,
                kind=asked.kind,
                subject_id=asked.subject_id,
                due_on=asked.due_on,
                decision=asked.decision,
                until=asked.until,
                reason=asked.reason,
                made_on=asked.made_on,
                made_by=work.acting.user_id,
                recorded_at=work.at,
            )
        )
        touch(work, Kind.POSTPONEMENT, facts, made.id)
    return work.changes
