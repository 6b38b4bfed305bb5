"""What is asked of some contacts only: a cancellation's day and reason, the kind, who else was there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QWidget

from collabcare.domain.attendance import CancellationReason
from collabcare.domain.codes import AppointmentType
from collabcare.domain.demographics import InterpreterAtContact
from collabcare.domain.typed_dates import Direction
from collabcare.ui.forms.entry_form import needed_day, refuse_at
from collabcare.ui.forms.lines import Lines, as_wide_as_there_is_room
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field_label import FieldLabel
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import ContactFact

_NOT_NOTED = "Not noted"


class CancelledPart(QWidget):
    """The day a contact was cancelled and whether the reason was clinical, as national returns ask."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.on = DateEdit("Cancelled on", today, DateNeeds(direction=Direction.PAST))
        self.reason = Segmented("Reason", [Option(each, each.label) for each in CancellationReason])
        self.on.set_value(today)
        lines = Lines()
        lines.line("Cance&lled on", self.on)
        lines.line("Reas&on", self.reason)
        self.move_instead = Button("Only another time? Move it…", ButtonKind.QUIET, compact=True)
        self.move_instead.setToolTip("Move the appointment: nothing is cancelled by it")
        self.on.setObjectName("contact_cancelled_on")
        self.reason.setObjectName("contact_cancellation_reason")
        self.move_instead.setObjectName("contact_move_instead")
        lines.under(row(self.move_instead, STRETCH))
        self.setLayout(lines)

    def written(self) -> tuple[object, ...]:
        """Return what was typed and chosen."""
        return self.on.text(), self.reason.value()

    def answers(self) -> tuple[date, CancellationReason]:
        """Return the day and the reason.

        Raises:
            RuleViolation: When one of them is missing or cannot be read.
        """
        on = needed_day(self.on)
        reason = self.reason.value()
        if not isinstance(reason, CancellationReason):
            refuse_at(self.reason, "Choose whether the reason was clinical: keys 1 or 2.")
        return on, reason


class ContactMore(QWidget):
    """What the contact was for, who else was there and whether somebody interpreted, behind one button."""

    def __init__(self, *, needs_interpreter: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asks = needs_interpreter
        self.show_more = Button("More", ButtonKind.QUIET, compact=True)
        self.show_more.setCheckable(True)
        self.show_more.setToolTip("The kind of appointment, a group, a joint contact, an interpreter")
        kinds = [Option(each, each.label) for each in AppointmentType]
        there = [Option(each, each.label) for each in InterpreterAtContact]
        self.kind = ComboBox("Kind of appointment", [Option(None, _NOT_NOTED), *kinds])
        self.interpreter = ComboBox("Interpreter", [Option(None, _NOT_NOTED), *there])
        self.interpreter.setObjectName("contact_interpreter")
        self.kind.setObjectName("contact_appointment_type")
        self.group = QCheckBox("In a group")
        self.joint = QCheckBox("Joint, with the GP or nurse")
        self._who = QWidget()
        who = row(FieldLabel("Int&erpreter", self.interpreter), self.interpreter, gap=8)
        who.setStretch(1, 1)
        as_wide_as_there_is_room(self.interpreter)
        self._who.setLayout(who)
        self._rest = QWidget()
        rest = Lines()
        rest.line("&Kind", self.kind)
        rest.under(row(self.group, self.joint, STRETCH, gap=16))
        self._rest.setLayout(rest)
        self._line = row(self.show_more, self._who, STRETCH, gap=16)
        self._line.setStretch(1, 1)
        self.setLayout(column(self._line, self._rest, gap=4))
        self.show_more.toggled.connect(self._unfold)
        self._unfold(False)

    def put_first(self, part: QWidget) -> None:
        """Show something in the line of the button, before it: it takes no line of its own."""
        self._line.insertWidget(0, part)

    def take_over(self, booked: ContactFact | None) -> None:
        """Take over what the booking says already."""
        kind = booked.appointment_type if booked else None
        self.kind.set_value(AppointmentType(kind) if kind else None)
        self.group.setChecked(bool(booked and booked.group))
        self.joint.setChecked(bool(booked and booked.joint))
        self.interpreter.set_value(None)

    def written(self) -> tuple[object, ...]:
        """Return what was chosen."""
        return (
            self.kind.value(),
            self.interpreter.value(),
            self.group.isChecked(),
            self.joint.isChecked(),
        )

    def appointment_type(self) -> AppointmentType | None:
        """Return what the contact was for, None where it was not noted."""
        value = self.kind.value()
        return AppointmentType(str(value)) if value else None

    def interpreted(self) -> InterpreterAtContact | None:
        """Return whether somebody interpreted, None where it was not noted."""
        value = self.interpreter.value()
        return InterpreterAtContact(str(value)) if value else None

    def _unfold(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._rest.setVisible(shown)
        self._who.setVisible(shown or self._asks)
        self.show_more.setText("Less" if shown else "More")
