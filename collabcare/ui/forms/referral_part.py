"""The referral that brings somebody: when it came, from whom, why, and who takes it from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from collabcare.domain.acting import Role
from collabcare.domain.codes import ReferralReason, ReferralSource, ResponsePriority
from collabcare.domain.ids import UserId
from collabcare.domain.referring import hours_count
from collabcare.domain.typed_dates import Direction
from collabcare.ui.forms.entry_form import fit, needed_day, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.time_edit import TimeEdit

if TYPE_CHECKING:
    from datetime import date, time

    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.rulebook import Rulebook
    from collabcare.queries.patient_page import NewcomerChoices

LABELS = 112
CHOOSE = Option(None, "Choose")
_NOBODY = Option(None, "Nobody yet, waiting")
_NOT_SAID = Option(None, "Not said")


class ReferralPart(Card):
    """The editors of a referral; time and priority are asked only where a clock runs in hours.

    Signals:
        changed: Something that a suggestion goes by was typed or chosen.
    """

    changed = Signal()

    def __init__(self, choices: NewcomerChoices, acting: Acting, rulebook: Rulebook, today: date) -> None:
        super().__init__("Referral")
        self._rulebook, self._acting = rulebook, acting
        clinical = (Role.PRACTITIONER, Role.SUPERVISOR)
        found = [user for user in choices.users if user.active and user.role in clinical]
        self._holders = [Option(user.id, user.name) for user in found]
        self.received_on = DateEdit("Referral received on", today, DateNeeds(direction=Direction.PAST))
        self.received_on.set_value(today)
        self.source = ComboBox("Referred by", [Option(each, each.label) for each in ReferralSource])
        self.referrer = LineEdit("Name of the referrer")
        self.reason = ComboBox("Reason", [CHOOSE, *(Option(each, each.label) for each in ReferralReason)])
        self.referral_note = NoteEdit("Referral note", placeholder="Why now, and what is hoped for", lines=3)
        steps = rulebook.pathway.steps
        self.step = ComboBox("Step", [Option(s.number, f"{s.number}  {s.name}") for s in steps])
        self.holder = ComboBox("Held by", [*self._holders, _NOBODY])
        self.holder.set_value(acting.user_id)
        self.received_time: TimeEdit | None = None
        self.priority: ComboBox | None = None
        if hours_count(rulebook.pathway):
            self.received_time = TimeEdit("Time received", optional=True)
            priorities = (Option(each, each.label) for each in ResponsePriority)
            self.priority = ComboBox("How soon", [_NOT_SAID, *priorities])
        self._lay_out()
        self.received_on.value_changed.connect(self.changed)
        for box in (self.source, self.reason):
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())

    def editors(self) -> dict[str, QWidget]:
        """Return the editors by name, in the order in which Tab goes through them."""
        all_of_them = {
            "received_on": self.received_on,
            "received_time": self.received_time,
            "priority": self.priority,
            "source": self.source,
            "referrer": self.referrer,
            "reason": self.reason,
            "referral_note": self.referral_note,
            "step": self.step,
            "holder": self.holder,
        }
        return {name: editor for name, editor in all_of_them.items() if editor is not None}

    def written(self) -> tuple[object, ...]:
        """Return what was typed and chosen."""
        choices = (self.source, self.reason, self.step, self.holder)
        return (
            *(self.received_on.text(), self.referrer.text(), self.referral_note.toPlainText()),
            *(choice.value() for choice in choices),
            *(self.time(), self.asked_priority()),
        )

    def day(self) -> date:
        """Return the day it was received.

        Raises:
            RuleViolation: When that or the time cannot be read.
        """
        on = needed_day(self.received_on)
        if self.received_time is not None:
            fit(self.received_time)
        return on

    def time(self) -> time | None:
        """Return the time it was received, None where it is not asked or not known."""
        return None if self.received_time is None else self.received_time.value()

    def asked_priority(self) -> ResponsePriority | None:
        """Return how soon a response is asked for, None where it is not asked or not said."""
        value = None if self.priority is None else self.priority.value()
        return ResponsePriority(str(value)) if value else None

    def chosen_source(self) -> ReferralSource:
        """Return who referred."""
        return ReferralSource(str(self.source.value()))

    def chosen_reason(self) -> ReferralReason:
        """Return the main reason.

        Raises:
            RuleViolation: When none is chosen yet.
        """
        reason = self.reason.value()
        if reason is None:
            refuse_at(self.reason, "Choose the main reason for the referral.")
        return ReferralReason(str(reason))

    def chosen_step(self) -> int:
        """Return the step on which care starts."""
        return int(str(self.step.value()))

    def chosen_holder(self) -> UserId | None:
        """Return who holds the patient, None for nobody yet."""
        value = self.holder.value()
        return UserId(value) if isinstance(value, int) else None

    def go_on_from(self, facts: EpisodeFacts) -> None:
        """Suggest for somebody who comes back what held when their care ended."""
        self.reason.set_value(facts.referral_reason)
        self.step.set_value(facts.step)
        if facts.holder_id in {each.value for each in self._holders}:
            self.holder.set_options(self._holders)
            self.holder.set_value(facts.holder_id)

    def begin_anew(self) -> None:
        """Suggest what is usual for somebody new."""
        self.reason.setCurrentIndex(0)
        self.step.setCurrentIndex(0)
        self.holder.set_options([*self._holders, _NOBODY])
        self.holder.set_value(self._acting.user_id)

    def _lay_out(self) -> None:
        lines = Lines(label_width=LABELS)
        lines.line("Receive&d on", self.received_on)
        if self.received_time is not None and self.priority is not None:
            lines.line("Time receive&d", self.received_time)
            lines.line("Response", self.priority)
        for label, editor in (
            ("Referred b&y", self.source),
            ("By name", self.referrer),
            ("Reaso&n", self.reason),
            ("N&ote", self.referral_note),
            ("Step", self.step),
            ("He&ld by", self.holder),
        ):
            lines.line(label, editor)
        self.body.addLayout(lines)
