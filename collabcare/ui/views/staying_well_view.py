"""Staying well: the plan for the time after, its versions, and the contacts that keep an eye on it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.display import fmt_date
from collabcare.domain.episode import Phase
from collabcare.domain.relapse_prevention import (
    COPY_GIVEN,
    PLAN_PARTS,
    maintenance_dates,
    missing_from_plan,
    plan_to_offer,
)
from collabcare.queries.plan_versions import plan_versions
from collabcare.services.care_copies import CarePage, care_copy_or_reason, print_care_page
from collabcare.services.episodes import start_maintenance
from collabcare.services.staying_well import SaveRelapsePlan, save_relapse_plan
from collabcare.ui.forms.staying_well_form import StayingWellForm
from collabcare.ui.pages import PageName
from collabcare.ui.views.cards_page import CardsPage
from collabcare.ui.views.plan_copy import CopySource
from collabcare.ui.views.suggested import quiet
from collabcare.ui.views.two_columns import TwoColumns
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.why import WhyButton

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QLayout

    from collabcare.domain.changes import Changes
    from collabcare.domain.plan_facts import RelapsePlanFact
    from collabcare.domain.suggestion import Suggestion
    from collabcare.queries.patient_page import PatientPage
    from collabcare.queries.plan_versions import PlanVersion
    from collabcare.ui.forms.entry_form import PatientForm

_NOT_YET = "Not written yet"
_STARTED = "Staying-well contacts started."


class StayingWellView(CardsPage):
    """The page with the tab "Staying well"."""

    NAME = PageName.STAYING_WELL
    COPY = CopySource(
        name="staying-well plan",
        look=partial(care_copy_or_reason, which=CarePage.STAYING_WELL),
        save=partial(print_care_page, which=CarePage.STAYING_WELL),
    )
    SAID: ClassVar[dict[str, str]] = {
        "staying_well": "The staying-well plan is saved as a new version. Give them a copy of it."
    }

    def build(self) -> None:
        super().build()
        self._versions = VersionsCard()

    def cards(self, page: PatientPage) -> QWidget:
        self._versions = VersionsCard()
        left = column(self._plan_card(page), STRETCH, gap=12)
        right = column(self._contacts_card(page), self._versions, STRETCH, gap=12)
        return TwoColumns(left, right)

    def show_page(self, page: PatientPage) -> None:
        super().show_page(page)
        query = partial(plan_versions, episode_id=page.facts.episode_id)
        self.read(query, self._show_versions, topic="versions")

    def form_of(self, kind: str, page: PatientPage, subject: int) -> PatientForm | None:
        if subject or kind != StayingWellForm.KIND or not self._may(page, Permission.PLAN_CARE):
            return None
        form = StayingWellForm(page, self.desk.acting)
        form.refused.connect(self.go_stale)
        return form

    def service_of(self, command: object) -> Callable[[], Changes]:
        if not isinstance(command, SaveRelapsePlan):
            raise TypeError(type(command).__name__)
        return partial(save_relapse_plan, command, self.desk.uow)

    def _show_versions(self, versions: tuple[PlanVersion, ...]) -> None:
        self._versions.show_versions(versions)

    def _plan_card(self, page: PatientPage) -> Card:
        plan = page.facts.relapse_plan
        card = Card("Staying-well plan")
        card.setObjectName("staying_well_plan")
        acts: list[QWidget] = []
        if self._may(page, Permission.PLAN_CARE):
            words = "Write the plan" if plan is None else "Go on with the plan"
            acts.append(self.button("staying_well_write", words, partial(self.unfold, StayingWellForm.KIND)))
        if plan is not None and allowed(self.desk.acting.role, Permission.PLAN_CARE):
            acts.append(self.copy_button())
        if acts:
            card.body.addWidget(FlowBox(*acts, gap=8))
        for offer in _offers(page):
            card.body.addLayout(_told(offer))
        if plan is None:
            card.body.addWidget(quiet("No staying-well plan is written yet."))
            return card
        card.body.addWidget(quiet(_state(plan)))
        for part in _parts(plan):
            card.body.addLayout(part)
        return card

    def _contacts_card(self, page: PatientPage) -> Card:
        facts, book = page.facts, page.rulebook
        card = Card("Staying-well contacts")
        card.setObjectName("staying_well_contacts")
        months = book.pathway.maintenance_months
        if facts.phase is Phase.MAINTENANCE:
            card.body.addWidget(
                PlainLabel(f"Since {fmt_date(facts.phase_since, weekday=True)}", TextRole.STRONG)
            )
            for day in maintenance_dates(facts.phase_since, book.relapse, months):
                passed = "" if day >= page.today else ", gone by"
                card.body.addWidget(quiet(f"{fmt_date(day, weekday=True)}{passed}"))
            card.body.addWidget(quiet("Each comes up on Today when its day comes."))
            return card
        usual = ", ".join(str(month) for month in months or book.relapse.maintenance_months)
        card.body.addWidget(quiet(f"When treatment ends: a short contact after {usual} months."))
        if facts.phase is Phase.ACTIVE and self._may(page, Permission.MOVE_STEP):
            start = self.button("staying_well_start", "Start staying-well contacts", self._start)
            card.body.addWidget(FlowBox(start, gap=8))
        elif facts.phase is not Phase.CLOSED:
            card.body.addWidget(quiet("They can start while care is active."))
        return card

    def _start(self) -> None:
        if self.page is not None:
            self.run(partial(start_maintenance, self.page.facts.episode_id, self.desk.uow), _STARTED)

    def _may(self, page: PatientPage, needs: Permission) -> bool:
        return page.facts.phase is not Phase.CLOSED and allowed(self.desk.acting.role, needs)


class VersionsCard(Card):
    """Every version of the plan, the latest first; each opens in place."""

    def __init__(self) -> None:
        super().__init__("Versions")
        self.setObjectName("staying_well_versions")
        self._none = quiet("None yet.")
        self.body.addWidget(self._none)

    def show_versions(self, versions: tuple[PlanVersion, ...]) -> None:
        """Show these versions; the words of the one that stands are on the page already."""
        self._none.setVisible(not versions)
        for number, version in enumerate(versions):
            words = QWidget()
            words.setLayout(column(*_parts(version.plan), gap=6))
            words.hide()
            standing = number == 0
            title = f"Version {version.number}, {fmt_date(version.plan.made_on)}, {version.by}"
            head = PlainLabel(f"{title}{': stands' if standing else ''}", wrap=True)
            line = row(head, *([] if standing else [_opener(words, version.number)]), gap=8)
            line.setStretch(0, 1)
            self.body.addLayout(column(line, words, gap=4))


def _opener(words: QWidget, number: int) -> Button:
    opener = Button("Show", ButtonKind.QUIET, compact=True)
    opener.setObjectName(f"staying_well_version_{number}")
    opener.setAccessibleDescription(f"Version {number}")

    def turn() -> None:
        words.setVisible(words.isHidden())
        opener.setText("Show" if words.isHidden() else "Hide")

    opener.clicked.connect(turn)
    return opener


def _offers(page: PatientPage) -> list[Suggestion]:
    """Return why a plan is to be offered now, by each questionnaire that says so."""
    book = page.rulebook
    found = (
        plan_to_offer(page.facts, book.instruments[name], book.targets, book.relapse)
        for name in book.pathway.measures
    )
    return [each for each in found if each is not None]


def _told(told: Suggestion) -> QLayout:
    words = quiet(told.sentence)
    why = WhyButton(told, told.sentence)
    head = row(words, why, gap=4)
    head.setStretch(0, 1)
    return column(head, why.panel, gap=2)


def _state(plan: RelapsePlanFact) -> str:
    made = f"Made {fmt_date(plan.made_on, weekday=True)}"
    copy = f", copy given {fmt_date(plan.copy_given_on)}" if plan.copy_given_on else ""
    missing = missing_from_plan(plan)
    lacks = f" Still missing: {', '.join(missing)}." if missing else " Complete."
    return f"{made}{copy}.{lacks}"


def _parts(plan: RelapsePlanFact) -> list[QLayout]:
    parts: list[QLayout] = []
    for name, heading in PLAN_PARTS.items():
        text = getattr(plan, name).strip()
        role = TextRole.BODY if text else TextRole.SECONDARY
        words = PlainLabel(text or _NOT_YET, role, wrap=True)
        title = PlainLabel(f"{heading[:1].upper()}{heading[1:]}", TextRole.SECONDARY)
        parts.append(column(title, words, gap=0))
    given = f"Given {fmt_date(plan.copy_given_on)}" if plan.copy_given_on else "Not given yet"
    title = PlainLabel(f"{COPY_GIVEN[:1].upper()}{COPY_GIVEN[1:]}", TextRole.SECONDARY)
    parts.append(column(title, quiet(given), gap=0))
    return parts
