"""The commands behind the safety pages and the practice's own settings, each with a way to carry it out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.ids import EpisodeId, MeasureId
from collabcare.domain.safety import SafetyOutcome
from collabcare.domain.safety_assessment import AssessmentDraft
from collabcare.domain.safety_facts import PlanStatus
from collabcare.queries.support import site_lines
from collabcare.services.helplines import (
    MoveHelpline,
    RemoveHelpline,
    SaveHelpline,
    move_helpline,
    remove_helpline,
    save_helpline,
)
from collabcare.services.measures import (
    RecordMeasure,
    RecordSafetyConversation,
    record_measure,
    record_safety_conversation,
)
from collabcare.services.on_duty import PutOnDuty, SayOutOfHours, put_on_duty, say_out_of_hours
from collabcare.services.plan_copies import PrintPlan, print_plan
from collabcare.services.safety_assessments import (
    RecordAssessment,
    SayStillStands,
    record_assessment,
    say_still_stands,
)
from collabcare.services.safety_corrections import (
    TakeBackOutcome,
    VoidAssessment,
    take_back_outcome,
    void_assessment,
)
from collabcare.services.safety_plans import (
    BeginDraft,
    KeepPlan,
    MakeActive,
    SaveDraft,
    keep_plan,
    make_active,
)
from collabcare.store.models import SafetyAssessment, SafetyConversation, SafetyPlan
from tests.builders import day, phq9
from tests.services.plan_commands import PLAN

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.acting import Role
    from collabcare.domain.changes import Changes
    from collabcare.domain.crisis_lines import SiteLine
    from tests.record_fixtures import Practice
    from tests.services.commands import Scene


def prepare_safety(practice: Practice) -> None:
    """Let there be two lines of the site's own, a patient with an active plan, and one who talked."""
    for name, telephone in (("Crisis team", "0113 496 0999"), ("Night line", "0113 496 0998")):
        save_helpline(SaveHelpline(name=name, telephone=telephone), practice.uow("alex"))
    planned = practice.refer("A", surname="Plan")
    make_active(MakeActive(draft=BeginDraft(episode_id=planned, draft=PLAN)), practice.uow())
    _talk(practice)


def _line(at: Scene) -> SiteLine:
    with at.practice.reading() as session:
        return site_lines(session)[0]


def _move(at: Scene, role: Role) -> Changes:
    line = _line(at)
    return move_helpline(MoveHelpline(helpline_id=line.id, seen=line.row_version, up=False), at.uow(role))


def _remove(at: Scene, role: Role) -> Changes:
    line = _line(at)
    return remove_helpline(RemoveHelpline(helpline_id=line.id, seen=line.row_version), at.uow(role))


def _make_active(at: Scene, role: Role) -> Changes:
    plan = at.practice.facts(at.episode).safety_plans[0]
    draft = SaveDraft(plan_id=plan.id, seen=plan.row_version, draft=PLAN)
    return make_active(MakeActive(draft=draft), at.uow(role))


def _print_plan(at: Scene, role: Role) -> Changes:
    with at.practice.reading() as session:
        active = select(SafetyPlan.episode_id).where(SafetyPlan.status == PlanStatus.ACTIVE)
        planned = EpisodeId(session.scalars(active).one())
    to = at.practice.folder / "plan.pdf"
    return print_plan(PrintPlan(episode_id=planned, large_print=False, to=to), at.desk(role))


def _talk(practice: Practice) -> None:
    """Let there be a patient whose assessment is of the day before the talk that followed it."""
    episode, on = practice.refer("A", surname="Talk"), practice.today
    words = AssessmentDraft(
        assessed_on=on - timedelta(days=1),
        own_words="Worn out",
        formulation="Losing the flat",
        review_on=on + timedelta(days=27),
    )
    assessed = RecordAssessment(episode_id=episode, seen=0, draft=words)
    record_assessment(assessed, practice.uow(), practice.rulebook.safety)
    form = RecordMeasure(episode_id=episode, taken_on=on, answers=(0, 0, 0, 0, 0, 0, 0, 0, 1))
    made = MeasureId(record_measure(form, practice.uow(), phq9()).made or 0)
    said = RecordSafetyConversation(
        episode_id=episode,
        measure_id=made,
        outcome=SafetyOutcome.TALKED_TODAY,
        note="Talked today: thoughts as before, plan agreed",
    )
    record_safety_conversation(said, practice.uow(), practice.rulebook.safety)


def _talked(at: Scene) -> tuple[EpisodeId, MeasureId, int]:
    """Return that patient's episode, the form that asked for the talk, and the assessment before it."""
    with at.practice.reading() as session:
        held = SafetyConversation.outcome == SafetyOutcome.TALKED_TODAY
        talk = session.scalars(select(SafetyConversation).where(held)).one()
        of_them = SafetyAssessment.episode_id == talk.episode_id
        assessment = session.scalars(select(SafetyAssessment.id).where(of_them)).one()
        return EpisodeId(talk.episode_id), MeasureId(talk.measure_id), assessment


def _void_assessment(at: Scene, role: Role) -> Changes:
    episode, _measure, assessment = _talked(at)
    void = VoidAssessment(episode_id=episode, assessment_id=assessment, reason="Another patient")
    return void_assessment(void, at.uow(role))


def _take_back(at: Scene, role: Role) -> Changes:
    episode, measure, _assessment = _talked(at)
    command = TakeBackOutcome(episode_id=episode, measure_id=measure, reason="Another patient")
    return take_back_outcome(command, at.uow(role))


def _still_stands(at: Scene, role: Role) -> Changes:
    episode, _measure, assessment = _talked(at)
    command = SayStillStands(episode_id=episode, assessment_id=assessment, why="Nothing new; it still holds")
    return say_still_stands(command, at.uow(role))


def _keep_plan(at: Scene, role: Role) -> Changes:
    with at.practice.reading() as session:
        plan = session.scalars(select(SafetyPlan).where(SafetyPlan.status == PlanStatus.ACTIVE)).one()
        command = KeepPlan(plan_id=plan.id, seen=plan.version, review_on=day(56))
    return keep_plan(command, at.uow(role))


SAFETY_ROWS: dict[str, tuple[str, Callable[[Scene, Role], Changes]]] = {
    "keep_plan": ("PS", _keep_plan),
    "make_active": ("PS", _make_active),
    "move_helpline": ("SA", _move),
    "print_plan": ("PS", _print_plan),
    "put_on_duty": (
        "SA",
        lambda at, role: put_on_duty(PutOnDuty(user_id=at.practice.user("jo")), at.uow(role)),
    ),
    "remove_helpline": ("SA", _remove),
    "save_helpline": (
        "SA",
        lambda at, role: save_helpline(SaveHelpline(name="Sanctuary", telephone="0113 1"), at.uow(role)),
    ),
    "say_still_stands": ("PS", _still_stands),
    "take_back_outcome": ("PS", _take_back),
    "void_assessment": ("PS", _void_assessment),
    "say_out_of_hours": (
        "SA",
        lambda at, role: say_out_of_hours(SayOutOfHours(words="Ring 111."), at.uow(role)),
    ),
}
