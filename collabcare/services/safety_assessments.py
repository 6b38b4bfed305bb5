"""Safety assessments with their formulation: each one recorded is a version, and the earlier ones stay."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import RuleViolation, StaleRecord
from collabcare.domain.safety_assessment import (
    ASSESSMENT_HEADINGS,
    AssessmentDraft,
    changed_parts,
    next_version,
    refuse_assessment,
    standing_assessment,
)
from collabcare.domain.safety_owed import refuse_still_stands, talks_unassessed
from collabcare.domain.typed_text import typed_block
from collabcare.services.open_facts import open_facts, touch
from collabcare.store.models import SafetyAssessment, SafetyConversation

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.safety_policy import SafetyPolicy
    from collabcare.store.unit_of_work import UnitOfWork, Work

LONGEST_PART = 20_000
_NAMES = tuple(each.name for each in fields(AssessmentDraft))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAssessment:
    """An assessment; ``seen`` is the number of the version it was written from, 0 when there was none."""

    episode_id: EpisodeId
    seen: int
    draft: AssessmentDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class SayStillStands:
    """That the assessment which holds now needs no new version after a talk, and why."""

    episode_id: EpisodeId
    assessment_id: int
    why: str


def record_assessment(command: RecordAssessment, uow: UnitOfWork, policy: SafetyPolicy) -> Changes:
    """Keep a safety assessment as a new version.

    Raises:
        RuleViolation: With what is missing, when its review is too far off, or when nothing has changed.
        StaleRecord: When somebody else recorded a version meanwhile.
    """
    with uow.begin(Permission.PLAN_SAFETY, "Record safety assessment") as work:
        facts = open_facts(work, command.episode_id)
        standing = standing_assessment(facts)
        if command.seen != (standing.version if standing else 0):
            raise StaleRecord(
                "Somebody else recorded a safety assessment while you had this open. Your text is kept; look "
                "again, then save."
            )
        draft = _tidy(command.draft)
        if standing is not None and not changed_parts(standing, draft):
            raise RuleViolation("Nothing in the safety assessment has changed, so there is nothing to save.")
        refuse_assessment(draft, facts, policy, today=work.today)
        made = work.add(
            SafetyAssessment(
                episode_id=facts.episode_id,
                number=next_version(_numbers(work, facts.episode_id)),
                recorded_by=work.acting.user_id,
                recorded_at=work.at,
                **{name: getattr(draft, name) for name in _NAMES},
            )
        )
        touch(work, Kind.ASSESSMENT, facts, made.id)
        work.made = made.id
    return work.changes


def say_still_stands(command: SayStillStands, uow: UnitOfWork) -> Changes:
    """Keep that the assessment there is still stands after what was talked about since, in words.

    Raises:
        RuleViolation: When nothing is owed, no formulation could stand, or its review is overdue.
        StaleRecord: When another assessment was recorded meanwhile.
    """
    with uow.begin(Permission.PLAN_SAFETY, "Say that the safety assessment still stands") as work:
        facts = open_facts(work, command.episode_id)
        why = typed_block(command.why, "Why it still stands", LONGEST_PART)
        refuse_still_stands(facts, command.assessment_id, why, today=work.today)
        for talk in talks_unassessed(facts):
            row = work.get(SafetyConversation, talk.id)
            row.stands_id, row.stands_why = command.assessment_id, why
            row.stands_on, row.stands_by = work.today, work.acting.user_id
            touch(work, Kind.SAFETY, facts, row.id)
    return work.changes


def _numbers(work: Work, episode_id: int) -> list[int]:
    """Return the number of every version, also of those entered in error: none is given twice."""
    of = SafetyAssessment.episode_id == episode_id
    return list(work.session.scalars(select(SafetyAssessment.number).where(of)))


def _tidy(draft: AssessmentDraft) -> AssessmentDraft:
    words: dict[str, Any] = {  # Any: mypy does not see that only the texts are named
        name: typed_block(getattr(draft, name), heading, LONGEST_PART)
        for name, heading in ASSESSMENT_HEADINGS.items()
    }
    basis = typed_block(draft.sharing_basis, "The basis for sharing", LONGEST_PART)
    return replace(draft, sharing_basis=basis, **words)
