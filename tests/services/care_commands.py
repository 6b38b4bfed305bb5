"""The commands about steps towards goals, medicines, and the patient's own pages, each carried out once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.medication import MedicineDraft
from collabcare.domain.people_facts import MedicationSource
from collabcare.services.care_copies import CarePage, print_care_page
from collabcare.services.goal_actions import (
    AddAction,
    DropAction,
    FinishAction,
    add_action,
    drop_action,
    finish_action,
)
from collabcare.services.medication import (
    AddMedicine,
    ChangeDose,
    EndMedicine,
    NoteTaking,
    VoidMedicine,
    add_medicine,
    change_dose,
    end_medicine,
    note_taking,
    void_medicine,
)
from collabcare.services.plan_copies import PrintPlan
from tests.builders import day

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.acting import Role
    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.people_facts import MedicationFact
    from collabcare.domain.plan_facts import GoalActionFact
    from tests.record_fixtures import Practice
    from tests.services.commands import Scene

SERTRALINE = MedicineDraft(
    name="Sertraline",
    dose="50 mg daily",
    reported_by=MedicationSource.PATIENT,
    antidepressant=True,
    started_on=day(7),
)


def prepare_care(practice: Practice, episode: EpisodeId) -> None:
    """Let there be a step towards the goal there is, and a medicine."""
    goal = practice.facts(episode).goals[0]
    add_action(AddAction(goal_id=goal.id, text="Walk to the shop"), practice.uow())
    command = AddMedicine(episode_id=episode, medicine=SERTRALINE)
    add_medicine(command, practice.uow(), practice.rulebook.medication)


def _step(at: Scene) -> GoalActionFact:
    return at.practice.facts(at.episode).goals[0].actions[0]


def _medicine(at: Scene) -> MedicationFact:
    return at.practice.facts(at.episode).medication[0]


def _add_action(at: Scene, role: Role) -> Changes:
    goal = at.practice.facts(at.episode).goals[0]
    return add_action(AddAction(goal_id=goal.id, text="Ring the choir"), at.uow(role))


def _finish_action(at: Scene, role: Role) -> Changes:
    step = _step(at)
    return finish_action(
        FinishAction(action_id=step.id, seen=step.row_version, done_on=day(14)), at.uow(role)
    )


def _drop_action(at: Scene, role: Role) -> Changes:
    step = _step(at)
    return drop_action(DropAction(action_id=step.id, seen=step.row_version), at.uow(role))


def _add_medicine(at: Scene, role: Role) -> Changes:
    command = AddMedicine(episode_id=at.well, medicine=SERTRALINE)
    return add_medicine(command, at.uow(role), at.practice.rulebook.medication)


def _change_dose(at: Scene, role: Role) -> Changes:
    taken = _medicine(at)
    command = ChangeDose(
        medicine_id=taken.id,
        seen=taken.row_version,
        dose="100 mg daily",
        on=day(14),
        reported_by=MedicationSource.GP,
    )
    return change_dose(command, at.uow(role), at.practice.rulebook.medication)


def _note_taking(at: Scene, role: Role) -> Changes:
    taken = _medicine(at)
    command = NoteTaking(medicine_id=taken.id, seen=taken.row_version, taking="Sleeps better")
    return note_taking(command, at.uow(role))


def _end_medicine(at: Scene, role: Role) -> Changes:
    taken = _medicine(at)
    command = EndMedicine(medicine_id=taken.id, seen=taken.row_version, on=day(14), note="The GP stopped it")
    return end_medicine(command, at.uow(role))


def _void_medicine(at: Scene, role: Role) -> Changes:
    taken = _medicine(at)
    command = VoidMedicine(medicine_id=taken.id, seen=taken.row_version, reason="Another patient's")
    return void_medicine(command, at.uow(role))


def _print_care_page(at: Scene, role: Role) -> Changes:
    to = at.practice.folder / "goals.pdf"
    command = PrintPlan(episode_id=at.episode, large_print=False, to=to)
    return print_care_page(command, at.desk(role), CarePage.GOALS)


CARE_ROWS: dict[str, tuple[str, Callable[[Scene, Role], Changes]]] = {
    "add_action": ("PS", _add_action),
    "add_medicine": ("PS", _add_medicine),
    "change_dose": ("PS", _change_dose),
    "drop_action": ("PS", _drop_action),
    "end_medicine": ("PS", _end_medicine),
    "finish_action": ("PS", _finish_action),
    "note_taking": ("PS", _note_taking),
    "print_care_page": ("PS", _print_care_page),
    "void_medicine": ("PS", _void_medicine),
}
"""By the name of the function: who may, by the first letters of their roles, and how."""
