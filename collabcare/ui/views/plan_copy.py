"""The patient's copy of the plan as it will be printed: looked at, saved, opened to print."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from collabcare.paths import documents_dir
from collabcare.services.plan_copies import PlanCopy, PrintPlan, copy_or_reason, print_plan
from collabcare.ui.passing import Passing
from collabcare.ui.prompts import FileChoice
from collabcare.ui.theme import current_theme
from collabcare.ui.views.page_view import PageView
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from collabcare.services.desk import Desk
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks


_LEAST, _WIDEST = 280, 760


@dataclass(frozen=True, slots=True, kw_only=True)
class CopySource:
    """What a page of the patient's is called, how it is read to be looked at, and what writes it to a file.

    ``look`` takes a session, ``episode_id``, ``desk`` and ``large_print``; ``save`` a command and the desk.
    """

    name: str
    look: Callable[..., PlanCopy | str]
    save: Callable[[PrintPlan, Desk], Changes]


SAFETY_PLAN = CopySource(name="safety plan", look=copy_or_reason, save=print_plan)


class PlanCopyPanel(QWidget):
    """Shows the page; every file written is in the audit trail.

    Signals:
        closed: The user has seen enough.
    """

    closed = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, prompts: Prompts, source: CopySource = SAFETY_PLAN) -> None:
        super().__init__()
        self.setObjectName("plan_copy")
        self.setAccessibleName(f"The patient's copy of the {source.name}")
        self._desk, self._tasks, self._prompts, self._source = desk, tasks, prompts, source
        self._episode_id: EpisodeId | None = None
        self._copy: PlanCopy | None = None
        self.open_file: Callable[[Path], bool] = _open_file
        self.large = QCheckBox("Large print")
        self.large.setToolTip("16 points or the size they need, on as many pages as it takes")
        self.save = Button("Save PDF…", icon_name="save")
        self.print = Button("Open to print…", icon_name="print")
        self.close_button = Button("Close", ButtonKind.QUIET)
        for part, name in (
            (self.large, "large"),
            (self.save, "save"),
            (self.print, "print"),
            (self.close_button, "close"),
        ):
            part.setObjectName(f"plan_copy_{name}")
        self._notice = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.message = InlineMessage()
        Passing(self, tasks, self.message.pass_on)
        self.pages = PageView(tasks)
        self.pages.setMinimumHeight(current_theme().px(_LEAST))
        self.pages.setMaximumWidth(current_theme().px(_WIDEST))
        line = FlowBox(self.large, self.save, self.print, self.close_button, gap=current_theme().px(8))
        whole = column(line, self.message, self._notice, self.pages, gap=8)
        whole.setStretch(3, 1)
        self.setLayout(whole)
        self.large.toggled.connect(self.look)
        self.save.clicked.connect(partial(self._save, then_open=False))
        self.print.clicked.connect(partial(self._save, then_open=True))
        self.close_button.clicked.connect(self.closed)

    def shows(self, episode_id: EpisodeId) -> bool:
        """Return whether it is on show with this patient's page."""
        return not self.isHidden() and episode_id == self._episode_id

    def show_copy(self, episode_id: EpisodeId) -> None:
        """Show this patient's page, with the keyboard on what saves it."""
        self._episode_id = episode_id
        self.message.clear()
        self.look()
        self.save.setFocus()

    def event(self, event: QEvent) -> bool:
        # Taken before any shortcut of the window sees it: Esc closes the copy first, then the page.
        if event.type() == QEvent.Type.ShortcutOverride and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def look(self) -> None:
        """Draw the page again, away from the screen's thread."""
        if self._episode_id is None:
            return
        self._copy = None
        query = partial(
            self._source.look,
            episode_id=self._episode_id,
            desk=self._desk,
            large_print=self.large.isChecked(),
        )
        self._tasks.read(self, query, self._show, refused=self._show, topic="copy")

    def _show(self, copy: PlanCopy | str) -> None:
        drawn = isinstance(copy, PlanCopy)
        for button in (self.save, self.print):
            button.setEnabled(drawn)
        if isinstance(copy, str):
            self._notice.setText("")
            self.pages.show_nothing(copy)
            return
        self._copy = copy
        self._notice.setText(copy.notice)
        self._notice.setVisible(bool(copy.notice))
        self.pages.show_pdf(copy.pdf, copy.words)

    def _save(self, *, then_open: bool) -> None:
        if self._copy is None or self._episode_id is None:
            return
        choice = FileChoice(
            title=f"Save the {self._source.name}",
            kind="PDF",
            suffix=".pdf",
            suggested=documents_dir() / self._copy.file_name,
        )
        path = self._prompts.choose_save(choice)
        if path is None:
            return
        command = PrintPlan(episode_id=self._episode_id, large_print=self.large.isChecked(), to=path)
        self._tasks.write(
            partial(self._source.save, command, self._desk),
            lambda _changes: self._say_saved(path, then_open=then_open),
            self.message.show_error,
        )

    def _say_saved(self, path: Path, *, then_open: bool) -> None:
        if not then_open:
            self.message.show_good(
                f"Saved as {path.name}. The file is not encrypted: keep it where it is safe."
            )
        elif self.open_file(path):
            self.message.show_good(f"Saved as {path.name} and opened. The file is not encrypted.")
        else:
            self.message.show_error(
                f"Saved as {path.name}, but no program to show PDF files answered. Open it by hand."
            )


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape


def _open_file(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
