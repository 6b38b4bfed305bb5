"""Arranging that somebody looks after a colleague's patients for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.acting import Role
from collabcare.domain.ids import UserId
from collabcare.domain.typed_dates import Direction
from collabcare.services.cover import ArrangeCover
from collabcare.ui.forms.entry_form import EntryForm, fit, needed_day, refuse_at
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.option import Option

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.queries.site import UserRow

_HOLDERS = frozenset({Role.PRACTITIONER, Role.SUPERVISOR})


class CoverForm(EntryForm):
    """Edits an :class:`ArrangeCover`."""

    KIND = "cover"
    TITLE = "Arrange cover"
    SAVE = "Arrange"

    def __init__(self, acting: Acting, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acting, self._today = acting, today
        self.covered = ComboBox("Who is away")
        self.by = ComboBox("Who looks after their patients")
        self.from_on = DateEdit("From", today, DateNeeds())
        self.until_on = DateEdit("To", today, DateNeeds(direction=Direction.FUTURE, optional=True))
        self.from_on.set_value(today)
        self._named(covered=self.covered, by=self.by, from_on=self.from_on, until_on=self.until_on)
        for field in (
            Field("Who is &away", self.covered),
            Field("Who &looks after their patients", self.by),
            Field("&From", self.from_on),
            Field("&To", self.until_on, hint="Left empty, it holds until it is ended."),
        ):
            self.body.addWidget(field)
        self.start()

    def set_users(self, users: Sequence[UserRow]) -> None:
        """Offer the colleagues there are now; what was chosen stays."""
        touched = self.is_touched()
        away = [Option(user.id, user.name) for user in users if user.role in _HOLDERS]
        here = [Option(user.id, user.name) for user in users if user.role in _HOLDERS and user.active]
        for box, options in ((self.covered, away), (self.by, here)):
            chosen = box.value()
            box.set_options((Option(None, "Choose"), *options))
            box.set_value(chosen)
        if not touched:
            self.by.set_value(self._acting.user_id)
            self.start()

    def clear(self) -> None:
        """Begin again with nobody chosen."""
        self.covered.set_value(None)
        self.by.set_value(self._acting.user_id)
        self.from_on.set_value(self._today)
        self.until_on.set_value(None)
        self.say_no_more()
        self.set_saving(saving=False)
        self.start()

    def first(self) -> QWidget:
        return self.covered

    def written(self) -> tuple[object, ...]:
        return self.covered.value(), self.by.value(), self.from_on.text(), self.until_on.text()

    def command(self) -> ArrangeCover:
        covered, by = self.covered.value(), self.by.value()
        if not isinstance(covered, int):
            refuse_at(self.covered, "Choose who is away.")
        if not isinstance(by, int):
            refuse_at(self.by, "Choose who looks after their patients.")
        fit(self.until_on)
        return ArrangeCover(
            covered_id=UserId(covered),
            by_id=UserId(by),
            from_on=needed_day(self.from_on),
            until_on=self.until_on.value(),
        )
