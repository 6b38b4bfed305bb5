"""The cards of the Practice page: lines to ring, who is on duty, out of hours, and days shut or open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.crisis_lines import not_kept
from collabcare.domain.display import fmt_date, spoken_dates
from collabcare.domain.ids import UserId
from collabcare.services.helplines import ConfirmLine, MoveHelpline, RemoveHelpline
from collabcare.services.on_duty import PutOnDuty
from collabcare.ui.forms.practice_forms import HelplineForm, OutOfHoursForm, SiteDayForm
from collabcare.ui.views.remade_rows import RemadeRows
from collabcare.ui.views.suggested import quiet
from collabcare.ui.widgets.buttons import Button, ButtonKind, IconButton
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.layouts import STRETCH, row
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.crisis_lines import SiteLine
    from collabcare.domain.safety_page import Helpline, Helplines
    from collabcare.queries.practice_page import PracticePage


_HOW_TO_CONFIRM = (
    "Those with a button are not confirmed yet: check the number, then confirm it. It is then one of the "
    "site's own, with who confirmed it and when, and is printed without a warning."
)


class HelplinesCard(Card):
    """The site's own lines in their order, the national ones under them, and the form for one more.

    Signals:
        wanted: The command to carry out.
        change_wanted: The line to change in the form.
    """

    wanted = Signal(object)
    change_wanted = Signal(object)

    def __init__(self, national: Helplines, parent: QWidget | None = None) -> None:
        super().__init__("Lines to ring", parent=parent)
        self._national = national
        self._rows, self._others = RemadeRows(), RemadeRows()
        self._to_confirm = quiet(_HOW_TO_CONFIRM)
        self.form = HelplineForm()
        self._title = PlainLabel(HelplineForm.TITLE, TextRole.STRONG)
        self.body.addWidget(
            quiet(
                "The site's own, in this order, then the national ones: wherever safety is talked about, in "
                "safety plans and in letters to patients."
            )
        )
        self.body.addWidget(self._rows)
        self.body.addWidget(self._others)
        self.body.addWidget(self._to_confirm)
        self.body.addWidget(self._title)
        self.body.addWidget(self.form)
        self.form.submitted.connect(self.wanted)

    def show_page(self, page: PracticePage) -> None:
        """Show the site's own lines with who confirmed each, and the national ones not confirmed yet."""
        lines = page.support.lines
        self.form.follow(lines)
        self._rows.show_rows(
            [self._line(line, number, len(lines), page) for number, line in enumerate(lines)]
            or [PlainLabel("None of the site's own yet.", TextRole.SECONDARY)]
        )
        others = not_kept(lines, self._national)
        self._others.show_rows([self._national_line(line) for line in others])
        self._to_confirm.setVisible(any(not line.confirmed for line in others))

    def edit(self, line: SiteLine | None) -> None:
        """Begin to change a line, or to add one."""
        self.form.begin(line)
        self._title.setText(self.form.called())
        self.form.take_keyboard()

    def _national_line(self, line: Helpline) -> QWidget:
        words = PlainLabel(line.words, wrap=True)
        if line.confirmed:
            return words
        confirm = Button("Confirm", ButtonKind.QUIET, compact=True)
        confirm.setAccessibleName(f"Confirm {line.name}")
        confirm.setObjectName(f"line_confirm_{line.id}")
        confirm.clicked.connect(partial(self.wanted.emit, ConfirmLine(line=line)))
        return row_of(words, confirm)

    def _line(self, line: SiteLine, number: int, of: int, page: PracticePage) -> QWidget:
        said = "\n".join(filter(None, (line.helpline.words, page.checked.get(line.id, ""))))
        words = PlainLabel(said, wrap=True)
        up, down = (
            IconButton(f"Move {line.name} up", "arrow-up"),
            IconButton(f"Move {line.name} down", "arrow-down"),
        )
        up.setEnabled(number > 0)
        down.setEnabled(number < of - 1)
        change = Button("Change", ButtonKind.QUIET, compact=True)
        change.setAccessibleName(f"Change {line.name}")
        remove = Button("Take out", ButtonKind.QUIET, compact=True)
        remove.setAccessibleName(f"Take out {line.name}")
        for part, name in ((up, "up"), (down, "down"), (change, "change"), (remove, "remove")):
            part.setObjectName(f"line_{name}_{line.id}")
        for part, is_up in ((up, True), (down, False)):
            move = MoveHelpline(helpline_id=line.id, seen=line.row_version, up=is_up)
            part.clicked.connect(partial(self.wanted.emit, move))
        change.clicked.connect(partial(self.change_wanted.emit, line))
        gone = RemoveHelpline(helpline_id=line.id, seen=line.row_version)
        remove.clicked.connect(partial(self.wanted.emit, gone))
        return row_of(words, up, down, change, remove)


class DutyCard(Card):
    """Who is on duty, and what is said about the hours when nobody is here.

    Signals:
        wanted: The command to carry out.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("On duty", parent=parent)
        self.who = ComboBox("On duty", [Option(None, "Nobody: the supervisors")])
        self.who.setObjectName("duty_who")
        self.put = Button("Put on duty")
        self.put.setObjectName("duty_put")
        self.form = OutOfHoursForm()
        about = "Gets what safety asks for the same day, beside the practitioner who holds the patient."
        line = row(self.who, self.put, STRETCH)
        self.body.addWidget(quiet(about))
        self.body.addLayout(line)
        self.body.addWidget(self.form)
        self._read = ""
        self.put.clicked.connect(self._on_put)
        self.form.submitted.connect(self.wanted)

    def show_page(self, page: PracticePage) -> None:
        """Show who is on duty and who could be; words typed and not saved yet stay."""
        able = [
            user
            for user in page.users
            if user.active and allowed(user.role, Permission.RECORD_SAFETY_CONVERSATION)
        ]
        offered = [Option(None, "Nobody: the supervisors"), *(Option(user.id, user.name) for user in able)]
        self.who.set_options(offered)
        self.who.set_value(page.support.duty_id)
        self._read = page.support.out_of_hours
        if not self.form.is_touched():
            self.form.begin(self._read)

    def begin_again(self) -> None:
        """Show the words that hold, in the place of what was typed."""
        self.form.begin(self._read)

    def put_words(self, command: PutOnDuty) -> str:
        """Say who is on duty once this is done, and what that means."""
        if command.user_id is None:
            return "Nobody is on duty now. What safety asks for the same day goes to the supervisors."
        return f"{self.who.currentText()} is on duty now, and gets what safety asks for the same day."

    def _on_put(self) -> None:
        chosen = self.who.value()
        self.wanted.emit(PutOnDuty(user_id=None if chosen is None else UserId(int(str(chosen)))))


class SiteDaysCard(Card):
    """The days on which the site is shut or open against the calendar, and the form for one more.

    Signals:
        wanted: The command to carry out.
        removed: The day to take out of the list.
    """

    wanted = Signal(object)
    removed = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("Days shut or open", parent=parent)
        self._rows = RemadeRows()
        self.form = SiteDayForm(today)
        self.body.addWidget(
            quiet(
                "Weekends and the bank holidays of England are known. Every date in working days goes by "
                "this list, from the next sign-in on."
            )
        )
        self.body.addWidget(self._rows)
        self.body.addWidget(PlainLabel(SiteDayForm.TITLE, TextRole.STRONG))
        self.body.addWidget(self.form)
        self.form.submitted.connect(self.wanted)

    def show_page(self, page: PracticePage) -> None:
        """Show the days there are, the next to come first among those to come."""
        days = sorted(page.days.reasons)
        self._rows.show_rows(
            [self._day(on, page) for on in days] or [PlainLabel("None yet.", TextRole.SECONDARY)]
        )

    def _day(self, on: date, page: PracticePage) -> QWidget:
        kind = "Open" if on in page.days.open else "Shut"
        said = f"{kind} {fmt_date(on, weekday=True)}: {page.days.reasons[on]}"
        words = PlainLabel(said, wrap=True)
        words.setAccessibleName(spoken_dates(said))
        remove = Button("Take out", ButtonKind.QUIET, compact=True)
        remove.setAccessibleName(spoken_dates(f"Take out {said}"))
        remove.setObjectName(f"day_remove_{on.isoformat()}")
        remove.clicked.connect(partial(self.removed.emit, on))
        return row_of(words, remove)


def row_of(words: PlainLabel, *buttons: QWidget) -> QWidget:
    """Put buttons at the end of words that take all the room there is."""
    holder = QWidget()
    inside = row(words, *buttons, gap=4)
    inside.setStretch(0, 1)
    holder.setLayout(inside)
    return holder
