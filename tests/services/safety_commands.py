"""The commands behind the safety pages and the practice's own settings, each with a way to carry it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.ids import EpisodeId
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
from collabcare.services.on_duty import PutOnDuty, SayOutOfHours, put_on_duty, say_out_of_hours
from collabcare.services.plan_copies import PrintPlan, print_plan
from collabcare.services.safety_plans import BeginDraft, MakeActive, SaveDraft, make_active
from collabcare.store.models import SafetyPlan
from tests.services.plan_commands import PLAN

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.acting import Role
    from collabcare.domain.changes import Changes
    from collabcare.domain.crisis_lines import SiteLine
    from tests.record_fixtures import Practice
    from tests.services.commands import Scene


def prepare_safety(practice: Practice) -> None:
    """Let there be two lines of the site's own, and a third patient with an active plan."""
    for name, telephone in (("Crisis team", "0113 496 0999"), ("Night line", "0113 496 0998")):
        save_helpline(SaveHelpline(name=name, telephone=telephone), practice.uow("alex"))
    planned = practice.refer("A", surname="Plan")
    make_active(MakeActive(draft=BeginDraft(episode_id=planned, draft=PLAN)), practice.uow())


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


SAFETY_ROWS: dict[str, tuple[str, Callable[[Scene, Role], Changes]]] = {
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
    "say_out_of_hours": (
        "SA",
        lambda at, role: say_out_of_hours(SayOutOfHours(words="Ring 111."), at.uow(role)),
    ),
}
