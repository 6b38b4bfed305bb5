"""The patient's copy of the active safety plan: looked at, saved as a file, and noted in the audit trail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.documents.safety_plan import (
    PlanSheet,
    safety_plan_name,
    safety_plan_pdf,
    safety_plan_text,
)
from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import RuleViolation
from collabcare.domain.letter_formats import BODY_POINTS, LEAST_LARGE, form_needed, points_needed
from collabcare.domain.safety_page import plan_page
from collabcare.domain.safety_plan import standing_plan
from collabcare.queries.facts import episode_facts
from collabcare.queries.support import crisis_lines
from collabcare.store.files import write_document

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.safety_facts import SafetyPlanFact
    from collabcare.domain.safety_page import PlanPage
    from collabcare.services.desk import Desk

_DRAFT = (
    "Every page says DRAFT: your service has not confirmed every helpline on it. Whoever looks after the"
    " practice confirms them on the Practice page. Until then it is not to be given."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCopy:
    """The page as it will be printed, its words, a name for its file, and what is still to be confirmed."""

    pdf: bytes
    words: str
    file_name: str
    notice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintPlan:
    """A copy of the active plan to write to a file."""

    episode_id: EpisodeId
    large_print: bool
    to: Path


def copy_or_reason(
    session: Session, episode_id: EpisodeId, desk: Desk, *, large_print: bool
) -> PlanCopy | str:
    """Return the copy to look at, or the sentence that says why there is none; nothing is kept."""
    try:
        facts, plan = _active(session, episode_id)
        page = _page(session, facts, plan, desk)
        return PlanCopy(
            pdf=safety_plan_pdf(page, sheet_of(facts, desk, large_print=large_print)),
            words=safety_plan_text(page),
            file_name=safety_plan_name(desk.today, large_print=large_print),
            notice=" ".join(filter(None, (_DRAFT if page.draft else "", form_notice(facts)))),
        )
    except RuleViolation as reason:
        return str(reason)


def print_plan(command: PrintPlan, desk: Desk) -> Changes:
    """Write a copy of the active plan as a PDF and note it in the audit trail; both, or neither.

    Raises:
        RuleViolation: When there is no active plan, or a character has no print.
        EnvironmentProblem: When the file cannot be written.
    """
    with desk.uow.begin(Permission.PLAN_SAFETY, "Print safety plan") as work:
        facts, plan = _active(work.session, command.episode_id)
        pdf = _drawn(work.session, facts, plan, desk, large_print=command.large_print)
        work.touched(
            Kind.SAFETY_PLAN,
            subject_id=plan.id,
            patient_id=facts.patient.patient_id,
            episode_id=facts.episode_id,
        )
        work.session.flush()  # no page leaves before its row is in the trail
        write_document(command.to, pdf)
    return work.changes


def _active(session: Session, episode_id: EpisodeId) -> tuple[EpisodeFacts, SafetyPlanFact]:
    facts = episode_facts(session, episode_id)
    plan = None if facts is None else standing_plan(facts)
    if facts is None or plan is None:
        raise RuleViolation("There is no active safety plan to print. Make one active first.")
    return facts, plan


def _page(session: Session, facts: EpisodeFacts, plan: SafetyPlanFact, desk: Desk) -> PlanPage:
    return plan_page(plan, facts.patient, crisis_lines(session, desk.rulebook.helplines))


def _drawn(
    session: Session, facts: EpisodeFacts, plan: SafetyPlanFact, desk: Desk, *, large_print: bool
) -> bytes:
    return safety_plan_pdf(_page(session, facts, plan, desk), sheet_of(facts, desk, large_print=large_print))


def sheet_of(facts: EpisodeFacts, desk: Desk, *, large_print: bool) -> PlanSheet:
    """Return how a page of the patient's is set: large print at the size recorded for them, 16 at least."""
    return PlanSheet(
        service=desk.site.name,
        printed_on=desk.today,
        large_print=large_print,
        is_demo=desk.site.is_demo,
        points=max(LEAST_LARGE, points_needed(facts.reach)),
    )


def form_notice(facts: EpisodeFacts) -> str:
    """Say that the patient needs this page in another form, or larger; nothing where print will do."""
    needed, points = form_needed(facts.reach), points_needed(facts.reach)
    if needed is not None:
        return f"They need what we write {needed.words}. This page alone is not that: have it made too."
    return f"They need large print, {points} point." if points > BODY_POINTS else ""
