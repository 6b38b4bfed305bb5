"""Goals: what the patient wants to be different, how close it feels, and the steps they and others take."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.episode import Phase
from collabcare.domain.goal_actions import action_words
from collabcare.domain.goals import GOALS, active_goals
from collabcare.services.care_copies import CarePage, care_copy_or_reason, print_care_page
from collabcare.services.goal_actions import (
    AddAction,
    DropAction,
    FinishAction,
    add_action,
    drop_action,
    finish_action,
)
from collabcare.services.goals import (
    CloseGoal,
    OpenGoal,
    RateGoals,
    RewordGoal,
    close_goal,
    open_goal,
    rate_goals,
    reword_goal,
)
from collabcare.ui.forms.goal_forms import (
    GoalEndForm,
    GoalForm,
    GoalRatingsForm,
    GoalStepForm,
    RewordForm,
)
from collabcare.ui.pages import PageName
from collabcare.ui.views.cards_page import CardsPage
from collabcare.ui.views.goals_cards import closed_card, goal_card, overview_card
from collabcare.ui.views.plan_copy import CopySource
from collabcare.ui.widgets.layouts import column

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.changes import Changes
    from collabcare.domain.plan_facts import GoalActionFact, GoalFact
    from collabcare.queries.patient_page import PatientPage
    from collabcare.ui.forms.entry_form import PatientForm

_OF_ONE = {"goal_words": RewordForm, "goal_end": GoalEndForm, "goal_step": GoalStepForm}


class GoalsView(CardsPage):
    """The page with the tab "Goals"."""

    NAME = PageName.GOALS
    COPY = CopySource(
        name="goals",
        look=partial(care_copy_or_reason, which=CarePage.GOALS),
        save=partial(print_care_page, which=CarePage.GOALS),
    )
    SAID: ClassVar[dict[str, str]] = {
        "goal": "The goal is saved. It is rated for the first time when you next meet.",
        "goal_words": "The goal is saved under its new words. It is to be rated afresh.",
        "goal_end": "The goal is closed. Its words and ratings stay.",
        "goal_ratings": "The ratings are saved. They stand in the chart and on the patient’s page.",
        "goal_step": "The step is saved. It stands under its goal until it is done.",
    }

    def cards(self, page: PatientPage) -> QWidget:
        active = active_goals(page.facts.goals)
        closed = [goal for goal in page.facts.goals if goal.closed_on is not None]
        cards: list[QWidget] = [overview_card(page, self._acts(page, active), len(active))]
        for goal in active:
            step_acts = partial(self._step_acts, page)
            cards.append(goal_card(page, goal, self._goal_acts(page, goal), step_acts))
        if closed:
            cards.append(closed_card(page, closed))
        whole = QWidget()
        whole.setLayout(column(*cards, gap=12))
        return whole

    def form_of(self, kind: str, page: PatientPage, subject: int) -> PatientForm | None:
        acting, active = self.desk.acting, active_goals(page.facts.goals)
        if kind == GoalForm.KIND and self._may(page) and len(active) < _most(page):
            return GoalForm(page, acting)
        if kind == GoalRatingsForm.KIND and active and self._may(page, Permission.RECORD_MEASURE):
            return GoalRatingsForm(page, acting)
        goal = next((each for each in active if each.id == subject), None)
        if goal is None or kind not in _OF_ONE or not self._may(page):
            return None
        return _OF_ONE[kind](page, acting, goal)

    def service_of(self, command: object) -> Callable[[], Changes]:
        uow, gbo = self.desk.uow, self.desk.rulebook.instruments[GOALS]
        service: Callable[[], Changes]
        match command:
            case OpenGoal():
                service = partial(open_goal, command, uow, gbo)
            case RewordGoal():
                service = partial(reword_goal, command, uow)
            case CloseGoal():
                service = partial(close_goal, command, uow, gbo)
            case RateGoals():
                service = partial(rate_goals, command, uow, gbo)
            case AddAction():
                service = partial(add_action, command, uow)
            case _:
                raise TypeError(type(command).__name__)
        return service

    def _acts(self, page: PatientPage, active: tuple[GoalFact, ...]) -> list[QWidget]:
        acts: list[QWidget] = []
        if active and self._may(page, Permission.RECORD_MEASURE):
            rate = partial(self.unfold, GoalRatingsForm.KIND)
            acts.append(self.button("goals_rate", "Rate goals", rate))
        if len(active) < _most(page) and self._may(page):
            acts.append(self.button("goals_add", "Add goal", partial(self.unfold, GoalForm.KIND)))
        if active and allowed(self.desk.acting.role, Permission.PLAN_CARE):
            acts.append(self.copy_button())
        return acts

    def _goal_acts(self, page: PatientPage, goal: GoalFact) -> list[QWidget]:
        if not self._may(page):
            return []
        words = {"goal_step": "Add step", "goal_words": "New words", "goal_end": "Close goal"}
        acts = []
        for kind, said in words.items():
            button = self.button(f"{kind}_{goal.id}", said, partial(self.unfold, kind, goal.id))
            button.setAccessibleDescription(goal.text)
            acts.append(button)
        return [*acts]

    def _step_acts(self, page: PatientPage, action: GoalActionFact) -> list[QWidget]:
        if not self._may(page):
            return []
        done = self.button(f"step_done_{action.id}", "Done", partial(self._finish, page, action))
        drop = self.button(f"step_drop_{action.id}", "Drop", partial(self._drop, action))
        for button in (done, drop):
            button.setAccessibleDescription(action_words(action))
        return [done, drop]

    def _finish(self, page: PatientPage, action: GoalActionFact) -> None:
        command = FinishAction(action_id=action.id, seen=action.row_version, done_on=page.today)
        self.run(
            partial(finish_action, command, self.desk.uow),
            "The step is done. The goal stays open until it is closed.",
        )

    def _drop(self, action: GoalActionFact) -> None:
        command = DropAction(action_id=action.id, seen=action.row_version)
        self.run(partial(drop_action, command, self.desk.uow), "The step is dropped. It stays in the record.")

    def _may(self, page: PatientPage, needs: Permission = Permission.PLAN_CARE) -> bool:
        return page.facts.phase is not Phase.CLOSED and allowed(self.desk.acting.role, needs)


def _most(page: PatientPage) -> int:
    return page.rulebook.instruments[GOALS].item_count
