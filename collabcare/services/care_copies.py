"""The patient's own pages: looked at, saved as a file, and noted in the audit trail.

Their goals with the steps towards them, and their staying-well plan.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.documents.care_plans import care_plan_name, care_plan_pdf, care_plan_text
from collabcare.domain.acting import Permission
from collabcare.domain.care_pages import goals_page, staying_well_page
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import RuleViolation
from collabcare.domain.goals import GOALS
from collabcare.queries.facts import episode_facts
from collabcare.services.open_facts import touch
from collabcare.services.plan_copies import PlanCopy, form_notice, sheet_of
from collabcare.store.files import write_document

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.safety_page import PlanPage
    from collabcare.services.desk import Desk
    from collabcare.services.plan_copies import PrintPlan


class CarePage(StrEnum):
    """A page of the patient's, by the word its file is named with."""

    GOALS = "goals"
    STAYING_WELL = "staying-well"


_KINDS = {CarePage.GOALS: Kind.GOAL, CarePage.STAYING_WELL: Kind.STAYING_WELL}


def care_copy_or_reason(
    session: Session, episode_id: EpisodeId, desk: Desk, *, large_print: bool, which: CarePage
) -> PlanCopy | str:
    """Return the page to look at, or the sentence that says why there is none; nothing is kept."""
    try:
        facts = _facts(session, episode_id)
        page = _page(facts, desk, which)
        return PlanCopy(
            pdf=care_plan_pdf(page, sheet_of(facts, desk, large_print=large_print)),
            words=care_plan_text(page),
            file_name=care_plan_name(which, desk.today, large_print=large_print),
            notice=form_notice(facts),
        )
    except RuleViolation as reason:
        return str(reason)


def print_care_page(command: PrintPlan, desk: Desk, which: CarePage) -> Changes:
    """Write a page of the patient's as a PDF and note it in the audit trail; both, or neither.

    Raises:
        RuleViolation: When there is nothing to print yet, or a character has no print.
        EnvironmentProblem: When the file cannot be written.
    """
    with desk.uow.begin(Permission.PLAN_CARE, f"Print {which.replace('-', ' ')} page") as work:
        facts = _facts(work.session, command.episode_id)
        page = _page(facts, desk, which)
        pdf = care_plan_pdf(page, sheet_of(facts, desk, large_print=command.large_print))
        touch(work, _KINDS[which], facts, facts.episode_id)
        work.session.flush()  # no page leaves before its row is in the trail
        write_document(command.to, pdf)
    return work.changes


def _facts(session: Session, episode_id: EpisodeId) -> EpisodeFacts:
    facts = episode_facts(session, episode_id)
    if facts is None:
        raise RuleViolation("This patient is not in the record.")
    return facts


def _page(facts: EpisodeFacts, desk: Desk, which: CarePage) -> PlanPage:
    if which is CarePage.STAYING_WELL:
        return staying_well_page(facts.relapse_plan, facts.patient)
    top = desk.rulebook.instruments[GOALS].item_max
    return goals_page(facts.goals, facts.patient, top=top, today=desk.today)
