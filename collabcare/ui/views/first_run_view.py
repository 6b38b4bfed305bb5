"""The first-run assistant: four short steps, and nothing on the disk before the last one is finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from collabcare.paths import RECORD_SUFFIX
from collabcare.store.files import write_document
from collabcare.ui.count import Count
from collabcare.ui.opening import FirstRecord
from collabcare.ui.prompts import FileChoice
from collabcare.ui.views.first_run_steps import (
    PlaceStep,
    RecoveryKeyStep,
    ServiceStep,
    Step,
    YouStep,
    record_name,
)
from collabcare.ui.widgets.busy_strip import BusyStrip
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.centred_page import CentredPage
from collabcare.ui.widgets.count_strip import CountStrip
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.steps_dots import StepsDots

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.ui.opening import RecordDoors, SignedIn
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks

_WIDTH = 620


_STOPPED = "Stopped. No record was made."
_BOUND = "The record is made and is being opened, so it cannot be stopped now."


class _Pages(QStackedWidget):
    """As high as the step on show: left to itself it would be as high as the tallest."""

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if (shown := self.currentWidget()) is None:
            return -1
        wrapped = shown.heightForWidth(width)
        return wrapped if wrapped > 0 else shown.sizeHint().height()


class FirstRunView(QWidget):
    """Asks for the service, the first user, two words of the recovery key and a place; then makes the record.

    Signals:
        made: The :class:`SignedIn` of the new record.
        cancelled: The user thought better of it; nothing was left behind.
    """

    made = Signal(object)
    cancelled = Signal()

    def __init__(
        self, doors: RecordDoors, tasks: Tasks, prompts: Prompts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._doors, self._tasks, self._prompts = doors, tasks, prompts
        self.service, self.you, self.key, self.place = (
            ServiceStep(),
            YouStep(),
            RecoveryKeyStep(),
            PlaceStep(),
        )
        self._steps: tuple[Step, ...] = (self.service, self.you, self.key, self.place)
        self._dots = StepsDots()
        self.title = PlainLabel("", TextRole.TITLE)
        self._why = PlainLabel("", wrap=True)
        self._pages = _Pages()
        self.message = InlineMessage()
        self.busy = BusyStrip("Making the record")
        self.counts = CountStrip(instead_of=self.busy)
        self.cancel, self.back = Button("Cancel", ButtonKind.QUIET), Button("&Back")
        self.forwards = Button("Ne&xt", ButtonKind.PRIMARY)
        for step in self._steps:
            self._pages.addWidget(step)
        self._lay_out()
        self.cancel.clicked.connect(self.cancelled)
        self.back.clicked.connect(lambda: self._go(self._at - 1))
        self.forwards.clicked.connect(self.go_on)
        self.key.save_requested.connect(self._on_save_key)
        self.place.choose_requested.connect(self._on_choose_place)

    def start(self, folder: Path) -> None:
        """Begin; ``folder`` is where the record is suggested to be kept."""
        self._folder = folder
        self._go(0)

    def go_on(self) -> None:
        """Leave the step forwards if it is complete; after the last one, make the record."""
        step = self._steps[self._at]
        if not step.complete():
            return
        if step is self.place:
            self._make()
        else:
            self._go(self._at + 1)

    def answers(self) -> FirstRecord:
        """Return what has been typed so far."""
        service, you = self.service, self.you
        return FirstRecord(
            path=self.place.path,
            service_name=service.name.text().strip(),
            service_address=service.address.text(),
            service_postcode=service.postcode.text().strip().upper(),
            service_telephone=service.telephone.text().strip(),
            gp_practice=service.first_practice(),
            user_name=you.name.text().strip(),
            job_title=you.job_title.text().strip(),
            login=you.login.text().strip(),
            password=you.password.text(),
            role=you.chosen_role(),
            recovery_words=self.key.words,
        )

    @property
    def _at(self) -> int:
        return self._pages.currentIndex()

    def _go(self, at: int) -> None:
        step = self._steps[at]
        if step is self.key and not self.key.words:
            self.key.show_words(self._doors.new_recovery_words())
        if step is self.place and not self.place.path.name:
            self._judge(self._folder / record_name(self.service.name.text()))
        self._pages.setCurrentIndex(at)
        self._dots.set_steps([each.title for each in self._steps], at)
        self.title.setText(step.title)
        self._why.setText(step.why)
        self.message.clear()
        self.back.setVisible(at > 0)
        self.forwards.setText("&Make the record" if step is self.place else "Ne&xt")
        self._fit_pages()
        if step is self.place:
            self.forwards.setFocus()
        else:
            step.setFocus()
            step.focusNextChild()

    def _fit_pages(self) -> None:
        """Give the stack the height of the step on show, not of the tallest."""
        for number, step in enumerate(self._steps):
            policy = step.sizePolicy()
            shown = policy.Policy.Preferred if number == self._at else policy.Policy.Ignored
            step.setSizePolicy(policy.Policy.Preferred, shown)

    def _judge(self, path: Path) -> None:
        self.place.offer(path)
        self._tasks.run(
            self,
            lambda: (self._doors.check_folder(path.parent), self._doors.doubt_folder(path.parent)),
            lambda found: self.place.judge(*found),
            refused=self.place.judge,
            topic="folder",
        )

    def _on_choose_place(self) -> None:
        choice = FileChoice(
            title="Where to keep the record",
            kind="CollabCare record",
            suffix=RECORD_SUFFIX,
            suggested=self.place.path,
        )
        if path := self._prompts.choose_save(choice):
            self._judge(path)

    def _on_save_key(self) -> None:
        suggested = self._folder / f"Recovery key {record_name(self.service.name.text())}".replace(
            RECORD_SUFFIX, ".pdf"
        )
        choice = FileChoice(title="Save the recovery key", kind="PDF", suffix=".pdf", suggested=suggested)
        if path := self._prompts.choose_save(choice):
            answers = self.answers()
            self._tasks.run(
                self,
                lambda: write_document(path, self._doors.recovery_sheet(answers)),
                lambda _none: self.key.saved.show_good(
                    f"Saved as {path.name}. Print it, then delete the file: it opens the record."
                ),
                refused=self.key.saved.show_error,
                topic="key",
            )

    def _make(self) -> None:
        answers = self.answers()
        count = Count("Making the record", _STOPPED, counted="Making the record: step", binding=_BOUND)
        self._set_busy(busy=True)
        self.counts.watch(count)
        self._tasks.run_counted(
            self, count, lambda: self._doors.create(answers, count), self._on_made, refused=self._on_refused
        )

    def _on_made(self, signed_in: SignedIn) -> None:
        self._set_busy(busy=False)
        self.made.emit(signed_in)

    def _on_refused(self, sentence: str) -> None:
        self._set_busy(busy=False)
        if sentence == _STOPPED:
            self.message.show_info(sentence)
        else:
            self.message.show_error(sentence)

    def _set_busy(self, *, busy: bool) -> None:
        for part in (self._pages, self.cancel, self.back, self.forwards):
            part.setEnabled(not busy)
        self.busy.set_busy(busy)
        self.counts.look()

    def _lay_out(self) -> None:
        card = Card()
        card.body.addLayout(
            column(
                row(self.title, STRETCH, self._dots),
                self._why,
                self._pages,
                self.message,
                column(row(self.cancel, STRETCH, self.back, self.forwards), self.busy, self.counts, gap=4),
                gap=16,
                margin=12,
            )
        )
        self.setLayout(column(CentredPage(card, _WIDTH)))
