"""Goals by keyboard: a new one, new words, how one ended, how close all of them feel, a step towards one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.goal_actions import OWNER_WORDS, action_words
from collabcare.domain.goal_words import LIFE_DOMAIN_WORDS, goal_so_far
from collabcare.domain.goals import GOALS, active_goals
from collabcare.domain.plan_facts import ActionOwner, GoalActionFact, LifeDomain
from collabcare.domain.typed_dates import Direction
from collabcare.services.goal_actions import AddAction
from collabcare.services.goals import CloseGoal, OpenGoal, RateGoals, RewordGoal
from collabcare.ui.forms.entry_form import PatientForm, fit, needed_day, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.ratings_edit import RatingsEdit
from collabcare.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.plan_facts import GoalFact
    from collabcare.queries.patient_page import PatientPage
    from collabcare.ui.widgets.answers_edit import Answers

_AREAS = [
    Option(None, "Not said"),
    *(Option(area, words) for area, words in LIFE_DOMAIN_WORDS.items()),
]
_OWN_WORDS = "In the patient’s own words, such as: back to choir on Thursdays"
REACHED, PUT_ASIDE = "reached", "put_aside"


class GoalForm(PatientForm):
    """Edits an :class:`OpenGoal`."""

    KIND = "goal"
    TITLE = "Add a goal"
    SAVE = "Save goal"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.text = NoteEdit("Goal", placeholder=_OWN_WORDS, lines=2)
        self.area = ComboBox("Part of life", _AREAS)
        self.on = DateEdit("Agreed on", page.today, DateNeeds(direction=Direction.PAST))
        self.on.set_value(page.today)
        self._lay_out(self.on)

    def first(self) -> QWidget:
        return self.text

    def written(self) -> tuple[object, ...]:
        return self.text.toPlainText(), self.area.value(), self.on.text()

    def command(self) -> OpenGoal | RewordGoal:
        return OpenGoal(
            episode_id=self.page.facts.episode_id,
            text=self.words(),
            opened_on=needed_day(self.on),
            domain=self.chosen_area(),
        )

    def words(self) -> str:
        """Return the goal as it is typed.

        Raises:
            RuleViolation: When there are no words.
        """
        if not self.text.text():
            refuse_at(self.text, "Write the goal in the patient’s own words.")
        return self.text.text()

    def chosen_area(self) -> LifeDomain | None:
        """Return the part of life that was chosen, None when nobody said."""
        area = self.area.value()
        return LifeDomain(str(area)) if area else None

    def _lay_out(self, on: DateEdit) -> None:
        self._named(text=self.text, area=self.area, on=on)
        lines = Lines()
        lines.line("Goa&l", self.text)
        lines.line("Part o&f life", self.area)
        lines.line("Agreed &on", on)
        self.body.addLayout(lines)
        self.start()


class RewordForm(GoalForm):
    """Edits a :class:`RewordGoal`: what was rated keeps its words, and the new words begin unrated."""

    KIND = "goal_words"
    TITLE = "New words for a goal"
    SAVE = "Save new words"

    def __init__(
        self, page: PatientPage, acting: Acting, goal: GoalFact, parent: QWidget | None = None
    ) -> None:
        super().__init__(page, acting, parent)
        self._goal = goal
        self.text.setPlainText(goal.text)
        self.area.set_value(goal.domain)
        said = (
            "The goal as it was is closed with its ratings. Steps still to be taken come with the new words."
        )
        self.body.insertWidget(0, PlainLabel(said, TextRole.SECONDARY, wrap=True))
        self.start()

    def command(self) -> RewordGoal:
        return RewordGoal(
            goal_id=self._goal.id,
            seen=self._goal.row_version,
            text=self.words(),
            on=needed_day(self.on),
            domain=self.chosen_area(),
        )


class GoalEndForm(PatientForm):
    """Edits a :class:`CloseGoal`."""

    KIND = "goal_end"
    TITLE = "Close a goal"
    SAVE = "Close goal"

    def __init__(
        self, page: PatientPage, acting: Acting, goal: GoalFact, parent: QWidget | None = None
    ) -> None:
        super().__init__(page, acting, parent)
        self._goal = goal
        top = page.rulebook.instruments[GOALS].item_max
        self.how = Segmented("How it ended", [Option(REACHED, "Reached"), Option(PUT_ASIDE, "Put aside")])
        self.on = DateEdit("On", page.today, DateNeeds(direction=Direction.PAST))
        self.on.set_value(page.today)
        self._named(how=self.how, on=self.on)
        self.body.addWidget(PlainLabel(goal.text, TextRole.STRONG, wrap=True))
        lines = Lines()
        lines.line("Ho&w", self.how)
        lines.line("&On", self.on)
        self.body.addLayout(lines)
        said = f"Reached is rated {top} of {top} on that day. Steps still open are dropped with the goal."
        self.body.addWidget(PlainLabel(said, TextRole.SECONDARY, wrap=True))
        self.start()

    def first(self) -> QWidget:
        return self.how

    def written(self) -> tuple[object, ...]:
        return self.how.value(), self.on.text()

    def command(self) -> CloseGoal:
        if self.how.value() is None:
            refuse_at(self.how, "Say whether the goal was reached or is put aside.")
        return CloseGoal(
            goal_id=self._goal.id,
            seen=self._goal.row_version,
            closed_on=needed_day(self.on),
            reached=self.how.value() == REACHED,
        )


class GoalRatingsForm(PatientForm):
    """Edits a :class:`RateGoals`: every goal in one short form, one digit each."""

    KIND = "goal_ratings"
    TITLE = "Rate the goals"
    SAVE = "Save ratings"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        gbo = page.rulebook.instruments[GOALS]
        self._goals = active_goals(page.facts.goals)
        self.ratings = RatingsEdit(
            "Ratings", [self._item(goal) for goal in self._goals], (gbo.item_min, gbo.item_max), _said
        )
        self.on = DateEdit("Rated on", page.today, DateNeeds(direction=Direction.PAST))
        self.on.set_value(page.today)
        self._named(ratings=self.ratings, on=self.on)
        self.body.addWidget(PlainLabel(gbo.stem, TextRole.STRONG, wrap=True))
        self.body.addWidget(self.ratings)
        lines = Lines()
        lines.line("Rated &on", self.on)
        self.body.addLayout(lines)
        self.ratings.completed.connect(self.save.setFocus)
        self.start()

    def first(self) -> QWidget:
        return self.ratings

    def written(self) -> tuple[object, ...]:
        return *(field.text() for field in self.ratings.fields), self.on.text()

    def command(self) -> RateGoals:
        fit(self.ratings)
        given = self.ratings.answers()
        if all(rating is None for rating in given):
            refuse_at(self.ratings, "Rate at least one goal before saving.")
        return RateGoals(
            episode_id=self.page.facts.episode_id,
            rated_on=needed_day(self.on),
            ratings=tuple((goal.id, rating) for goal, rating in zip(self._goals, given, strict=True)),
        )

    def _item(self, goal: GoalFact) -> str:
        gbo = self.page.rulebook.instruments[GOALS]
        before = f" (last {goal_so_far(gbo, goal).now})" if goal.ratings else ""
        return f"{' '.join(goal.text.split())}{before}"


class GoalStepForm(PatientForm):
    """Edits an :class:`AddAction`."""

    KIND = "goal_step"
    TITLE = "Add a step"
    SAVE = "Save step"

    def __init__(
        self, page: PatientPage, acting: Acting, goal: GoalFact, parent: QWidget | None = None
    ) -> None:
        super().__init__(page, acting, parent)
        self._goal = goal
        self.whose = Segmented("Who", [Option(owner, words) for owner, words in OWNER_WORDS.items()])
        self.whose.set_value(ActionOwner.PATIENT)
        self.text = NoteEdit("Step", placeholder="Such as: ring the choir on Monday", lines=2)
        self.due_on = DateEdit("By", page.today, DateNeeds(direction=Direction.FUTURE, optional=True))
        self._named(whose=self.whose, text=self.text, due_on=self.due_on)
        self.body.addWidget(PlainLabel(goal.text, TextRole.STRONG, wrap=True))
        lines = Lines()
        lines.line("&Who", self.whose)
        lines.line("&Step", self.text)
        self.reads = PlainLabel("", TextRole.SECONDARY, wrap=True)
        lines.under(self.reads)
        lines.line("&By, if agreed", self.due_on)
        self.body.addLayout(lines)
        self.text.textChanged.connect(self._read)
        self.whose.chosen.connect(self._read)
        self._read()
        self.start()

    def first(self) -> QWidget:
        return self.text

    def _read(self) -> None:
        """Say the step as it will be read, so that it fits behind "I will"."""
        whose = ActionOwner(str(self.whose.value()))
        typed = GoalActionFact(id=0, text=self.text.text() or "…", whose=whose)
        self.reads.setText(f"Reads: {action_words(typed)}")

    def written(self) -> tuple[object, ...]:
        return self.whose.value(), self.text.toPlainText(), self.due_on.text()

    def command(self) -> AddAction:
        fit(self.due_on)
        if not self.text.text():
            refuse_at(self.text, "Write what is to be done.")
        return AddAction(
            goal_id=self._goal.id,
            text=self.text.text(),
            whose=ActionOwner(str(self.whose.value())),
            due_on=self.due_on.value(),
        )


def _said(ratings: Answers) -> str:
    blank = sum(rating is None for rating in ratings)
    if blank == len(ratings):
        return "One digit each; 10 as 10 or x. A goal left blank stays unrated."
    return f"{len(ratings) - blank} rated, {blank} left blank." if blank else "All rated."
