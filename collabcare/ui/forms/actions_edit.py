"""What was agreed in supervision: one line for each action, with whose it is and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from collabcare.domain.ids import UserId
from collabcare.domain.typed_dates import Direction
from collabcare.services.supervision import AgreedAction
from collabcare.ui.forms.entry_form import needed_day, refuse_at
from collabcare.ui.forms.lines import as_wide_as_there_is_room
from collabcare.ui.widgets.buttons import Button, ButtonKind, IconButton
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.option import Option

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from collabcare.queries.site import UserRow


ACTION_NAME = "supervision_action_"


class ActionRow(QWidget):
    """One action; a line with nothing written in it is left out.

    Signals:
        removed: The user took the line away.
    """

    removed = Signal(object)

    def __init__(self, number: int, people: Sequence[Option], owner: UserId, today: date) -> None:
        super().__init__()
        self.text = QLineEdit()
        self.text.setAccessibleName(f"Action {number}: what is to be done")
        self.text.setPlaceholderText("What is to be done")
        self.owner = ComboBox(f"Action {number}: whose", people)
        self.owner.set_value(owner)
        as_wide_as_there_is_room(self.owner)
        self.due_on = DateEdit(f"Action {number}: by when", today, DateNeeds(direction=Direction.EITHER))
        self.due_on.edit.setText("+1w")
        self.due_on.edit.editingFinished.emit()
        remove = IconButton(f"Remove action {number}", "close")
        remove.clicked.connect(lambda: self.removed.emit(self))
        whose = row(self.owner, self.due_on, remove)
        whose.setStretch(0, 1)
        whose.setStretch(1, 1)
        self.setLayout(column(self.text, whose, gap=4))
        self.setFocusProxy(self.text)

    def written(self) -> tuple[object, ...]:
        """Return what stands in the line."""
        return self.text.text(), self.owner.value(), self.due_on.text()

    def action(self) -> AgreedAction | None:
        """Return the action, None for a line nobody wrote in.

        Raises:
            RuleViolation: When it has no owner or no day.
        """
        text = self.text.text().strip()
        if not text:
            return None
        owner = self.owner.value()
        if not isinstance(owner, int):
            refuse_at(self.owner, "Choose whose action this is.")
        return AgreedAction(text=text, owner_id=UserId(owner), due_on=needed_day(self.due_on))


class ActionsEdit(QWidget):
    """The actions agreed, as many lines as are wanted."""

    def __init__(
        self, users: Sequence[UserRow], owner: UserId, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._people = [Option(user.id, user.name) for user in users if user.active]
        self._owner, self._today = owner, today
        self.rows: list[ActionRow] = []
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self.another = Button("Add an action", ButtonKind.QUIET, icon_name="plus")
        self.another.clicked.connect(self._on_another)
        self.setLayout(column(self._lines, row(self.another, STRETCH), gap=8))
        self.add()

    def add(self) -> ActionRow:
        """Add an empty line and return it."""
        line = ActionRow(len(self.rows) + 1, self._people, self._owner, self._today)
        line.text.setObjectName(f"{ACTION_NAME}{len(self.rows) + 1}")
        line.removed.connect(self._on_removed)
        self.rows.append(line)
        self._lines.addWidget(line)
        self.setFocusProxy(self.rows[0])
        return line

    def written(self) -> tuple[object, ...]:
        """Return what stands in the lines."""
        return tuple(line.written() for line in self.rows if line.text.text())

    def agreed(self) -> tuple[AgreedAction, ...]:
        """Return the actions written.

        Raises:
            RuleViolation: When one has no owner or no day.
        """
        found = [line.action() for line in self.rows]
        return tuple(action for action in found if action is not None)

    def _on_another(self) -> None:
        self.add().setFocus()

    def _on_removed(self, line: ActionRow) -> None:
        self.rows.remove(line)
        self._lines.removeWidget(line)
        line.deleteLater()
        self.setFocusProxy(self.rows[0] if self.rows else self.another)
        self.another.setFocus()
