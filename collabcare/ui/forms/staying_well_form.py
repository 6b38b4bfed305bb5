"""A staying-well plan as it is written with the patient: each save is a version, and parts may stay blank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from collabcare.domain.display import fmt_date
from collabcare.domain.medication import medicines_line
from collabcare.domain.plan_facts import RelapsePlanFact
from collabcare.domain.relapse_prevention import PLAN_PARTS
from collabcare.domain.typed_dates import Direction
from collabcare.services.staying_well import SaveRelapsePlan
from collabcare.ui.forms.entry_form import PatientForm, fit, needed_day
from collabcare.ui.forms.field_grid import column_of, field_grid
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.queries.patient_page import PatientPage

_MEDICATION = "medication"
_HINTS = {
    "warning_signs": "What I or others notice first",
    "triggers": "What can set it off",
    "what_helped": "What I would do again",
    _MEDICATION: "What I take and who reviews it; usually at least 6 months more once well (NICE NG222)",
    "if_it_returns": "What I do in the first week, and when I ring",
    "who_to_contact": "Name and number, one to a line",
    "way_back": "How I come back to the team without a new referral",
}


class StayingWellForm(PatientForm):
    """Edits a :class:`SaveRelapsePlan`, written on from the version that stands.

    Signals:
        refused: The record would not take it; what stands in it should be read again.
    """

    refused = Signal()

    KIND = "staying_well"
    TITLE = "Staying-well plan"
    SAVE = "Save plan"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self._seen = page.facts.relapse_plan
        self._stale = False
        self.parts = {
            name: NoteEdit(words[:1].upper() + words[1:], lines=3) for name, words in PLAN_PARTS.items()
        }
        self.on = DateEdit("Made on", page.today, DateNeeds(direction=Direction.PAST))
        self.on.set_value(page.today)
        self.copy_on = DateEdit(
            "Copy given on", page.today, DateNeeds(direction=Direction.PAST, optional=True)
        )
        self.medicines = Button("Add the medicines recorded", ButtonKind.QUIET, compact=True)
        self._named(**self.parts, on=self.on, copy_on=self.copy_on, medicines=self.medicines)
        if self._seen is not None:
            for name, part in self.parts.items():
                part.setPlainText(getattr(self._seen, name))
        self._lay_out()
        self.medicines.clicked.connect(self._put_medicines)
        self.parts[_MEDICATION].textChanged.connect(self._offer)
        self._offer()
        self.start()

    def first(self) -> QWidget:
        return self.parts["warning_signs"]

    def written(self) -> tuple[object, ...]:
        return (*(part.toPlainText() for part in self.parts.values()), self.on.text(), self.copy_on.text())

    def command(self) -> SaveRelapsePlan:
        made_on = needed_day(self.on)
        fit(self.copy_on)
        words: dict[str, Any] = {  # Any: mypy does not see that only the texts are named
            name: part.text() for name, part in self.parts.items()
        }
        plan = RelapsePlanFact(made_on=made_on, copy_given_on=self.copy_on.value(), **words)
        return SaveRelapsePlan(episode_id=self.page.facts.episode_id, seen=self._seen, plan=plan)

    def refuse(self, sentence: str, field: QWidget | None = None) -> None:
        super().refuse(sentence, field)
        if field is None:
            self._stale = True
            self.refused.emit()

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        if self._stale and page.facts.relapse_plan != self._seen:
            self._seen = page.facts.relapse_plan
            self.message.show_attention(
                "Somebody else saved a version meanwhile. Yours is still here; saving keeps it as the next "
                "version, and theirs stays readable."
            )
        self._stale = False
        self._offer()

    def _lay_out(self) -> None:
        if self._seen is not None:
            said = f"Written on from the version of {fmt_date(self._seen.made_on)}, which is kept."
            self.body.addWidget(PlainLabel(said, TextRole.SECONDARY, wrap=True))
        fields: list[QWidget] = []
        for number, (name, words) in enumerate(PLAN_PARTS.items(), start=1):
            label = f"&{number}  {words[:1].upper()}{words[1:]}"
            field = Field(label, self.parts[name], hint=_HINTS[name])
            is_medication = name == _MEDICATION
            fields.append(column_of(field, FlowBox(self.medicines, gap=0)) if is_medication else field)
        copy = Field(
            "Copy g&iven to the patient and the GP on", self.copy_on, hint="Left empty: not given yet"
        )
        fields.append(column_of(Field("&Made on", self.on), copy))
        self.body.addLayout(field_grid(fields))

    def _medicines(self) -> str:
        """Return what is recorded as taken now, so that nobody types it again."""
        return medicines_line(self.page.facts.medication)

    def _put_medicines(self) -> None:
        part = self.parts[_MEDICATION]
        so_far = part.toPlainText().rstrip()
        part.setPlainText(f"{so_far}\n{self._medicines()}" if so_far else self._medicines())
        part.setFocus()

    def _offer(self) -> None:
        """Offer the medicines as they are recorded, while the part does not hold them."""
        line = self._medicines()
        offered = bool(line) and line not in self.parts[_MEDICATION].toPlainText()
        if not offered and self.medicines.hasFocus():
            self.parts[_MEDICATION].setFocus()
        self.medicines.setToolTip(line)
        self.medicines.setAccessibleDescription(line)
        self.medicines.setVisible(offered)
