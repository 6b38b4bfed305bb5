"""The report on the caseload: who is on it, who improved, who was missed, reached and is still sought."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from collabcare.documents.loop_pages import loop_file_name
from collabcare.domain.acting import Permission, allowed
from collabcare.domain.changes import Kind
from collabcare.domain.display import spoken_dates
from collabcare.domain.errors import RuleViolation
from collabcare.domain.loop_report import LoopAsked
from collabcare.domain.loop_tables import measure_tables, returning_table, sought_table
from collabcare.paths import documents_dir
from collabcare.queries.caseload_report import read_caseload_report
from collabcare.queries.worklist import held_by
from collabcare.services.loop_lists import LoopFile, SaveLoopReport, save_loop_report
from collabcare.ui.count import Count
from collabcare.ui.pages import PageName
from collabcare.ui.prompts import FileChoice
from collabcare.ui.views.list_page_view import ListPageView
from collabcare.ui.views.loop_table import LoopRow, LoopTableView
from collabcare.ui.views.period_choice import PeriodChoice
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.chip import ChipBar
from collabcare.ui.widgets.empty_state import EmptyState
from collabcare.ui.widgets.head_line import HeadLine
from collabcare.ui.widgets.layouts import column, row
from collabcare.ui.widgets.look import Tone
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collabcare.domain.loop_report import LoopReport
    from collabcare.domain.loop_table import LoopTable

_MINE, _SERVICE = "mine", "service"
_SOUGHT, _RETURNING = "sought", "returning"
_TABLES = (
    Option("caseload", "Caseload", "How many there are, and how many were in contact in these days."),
    Option("improved", "Improvement", "First and latest scores of those whose care is open."),
    Option("ended", "Ended", "Recovery and improvement of the care that ended in these days."),
    Option("summary", "Missed", "Missed, reached and seen again."),
    Option("attempts", "Attempts", "By channel, by number and by what came of them."),
    Option("ways", "How reached", "How they were first in touch again."),
    Option("appointments", "Appointments", "What we cancelled stands beside what was missed."),
    Option("practitioners", "Practitioners", "By who holds the patient."),
    Option(_SOUGHT, "Still sought", "Who is still being sought, and for how long."),
    Option("reasons", "Why missed", "Why they had not come, of those reached."),
    Option(_RETURNING, "Open to return", "Whose care ended in these days and who comes straight back."),
)
_NONE = {
    "improved": "Nobody is on this caseload.",
    "ways": "Nobody was reached in these days.",
    "reasons": "Nobody was reached in these days.",
    "practitioners": "Choose Whole service to see the practitioners beside each other.",
    _SOUGHT: "Nobody is being sought.",
    _RETURNING: "Nobody whose care ended in these days is open to return. Choose a longer time.",
}


class LoopView(ListPageView):
    """The report, a table at a time; who is being sought is opened with Enter."""

    NAME = PageName.LOOP
    DEPENDS_ON = frozenset({Kind.CONTACT, Kind.ATTEMPT, Kind.SEARCH, Kind.EPISODE, Kind.PATIENT})

    def build(self) -> None:
        """Lay out the page."""
        self.report: LoopReport | None = None
        self.tables: dict[str, LoopTableView] = {}
        self._sheets: dict[str, Sheet] = {}
        self.whose = ChipBar(
            "Whose", (Option(_MINE, "Mine", "Patients I hold or held."), Option(_SERVICE, "Whole service"))
        )
        self.period = PeriodChoice(lambda: self.desk.today)
        self.sentence = PlainLabel("", TextRole.STRONG, wrap=True)
        self.stamp = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.which = ChipBar("Table", _TABLES)
        self.about = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.pages = Button("Save as PDF…", icon_name="print", compact=True)
        self.share = Button("PDF to share…", ButtonKind.QUIET, compact=True)
        self.sheet = Button("Save as CSV…", ButtonKind.QUIET, icon_name="save", compact=True)
        self.pages.setToolTip("Everything here, with the names of who is sought and of who may return.")
        self.share.setToolTip("For outside the service: rounded, without names or small numbers.")
        self.sheet.setToolTip("The table on show, for a spreadsheet.")
        self._nothing = EmptyState("report", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing)
        if not allowed(self.desk.acting.role, Permission.EXPORT_CASELOAD):
            self.sheet.hide()
        self._chose = False
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Read the days chosen."""
        if not self.caseload.known:
            return  # its answer brings this page, or says why not
        try:
            period = self.period.period()
        except RuleViolation as refusal:
            self.message.show_lasting(str(refusal), Tone.ATTENTION)
            return
        self.message.clear()
        self._choose_whose()
        acting, today = self.desk.acting, self.desk.today
        only = acting if self.whose.value() == _MINE else None
        asked = LoopAsked(period=period, today=today, only=only)
        book, rows = self.desk.rulebook, self.caseload.listed

        still = f"Shown as before: {self.report.stamp}" if self.report else "Nothing was counted."
        count = Count("Counting episodes", f"Stopped. {still} F5 counts again.", topic="loop")
        self.read_counted(
            count,
            lambda session: read_caseload_report(session, asked, rows, book, count),
            self._show,
            self.message.show_info,
        )

    def take_keyboard(self) -> None:
        """Put the keyboard on the table, or where one is chosen."""
        table = self._stack.currentWidget()
        shown = self.tables.get(str(self.which.value()))
        (shown if shown is not None and table is not self._nothing else self.which).setFocus()

    def _choose_whose(self) -> None:
        """Begin with whom the user holds, if they hold anybody."""
        if not self._chose and self.caseload.known:
            mine = held_by(self.caseload.rows, self.desk.acting.user_id)
            self.whose.set_value(_MINE if mine else _SERVICE)
            self._chose = True

    def _show(self, report: LoopReport) -> None:
        self.report = report
        self.sentence.setText(report.sentence)
        self.stamp.setText(report.stamp)
        self.stamp.setAccessibleName(spoken_dates(report.stamp))
        self.which.set_count(_SOUGHT, len(report.sought))
        self.which.set_count(_RETURNING, len(report.returning))
        announce(self.sentence, report.sentence)
        tables = (*measure_tables(report), sought_table(report), returning_table(report))
        found = {table.id: table for table in tables}
        named = {
            _SOUGHT: [each.facts.episode_id for each in report.sought],
            _RETURNING: [each.facts.episode_id for each in report.returning],
        }
        for table in tables:
            self._table(table).show_table(table, named.get(table.id, []))
        self._show_table(found.get(str(self.which.value())))

    def _show_table(self, table: LoopTable | None) -> None:
        self.about.setText(table.about if table else "")
        if table is not None and table.rows:
            view = self.tables[table.id]
            self._stack.setCurrentWidget(self._sheets[table.id])
            if not view.currentIndex().isValid():
                view.selectRow(0)
            return
        self._nothing.say(_NONE.get(str(self.which.value()), ""))
        self._stack.setCurrentWidget(self._nothing)

    def _table(self, table: LoopTable) -> LoopTableView:
        if table.id not in self.tables:
            view = LoopTableView(table)
            view.opened.connect(self._on_opened)
            self.tables[table.id], self._sheets[table.id] = view, Sheet(view)
            self._stack.addWidget(self._sheets[table.id])
        return self.tables[table.id]

    def _on_which(self, _value: object) -> None:
        if self.report is not None:
            self._show(self.report)

    def _on_whose(self, _value: object) -> None:
        self._chose = True
        self.go_stale()

    def _on_opened(self, opened: LoopRow) -> None:
        if opened.episode_id is not None:
            self.patient_requested.emit(opened.episode_id, "")

    def _on_sheet(self) -> None:
        named = {_SOUGHT: LoopFile.SOUGHT, _RETURNING: LoopFile.RETURNING}
        self._save(named.get(str(self.which.value()), LoopFile.NUMBERS), "CSV")

    def _save(self, file: LoopFile, kind: str) -> None:
        if self.report is None:
            return
        suffix = f".{kind.lower()}"
        choice = FileChoice(
            title="Save the report",
            kind=kind,
            suffix=suffix,
            suggested=documents_dir() / loop_file_name(kind.lower(), self.desk.today),
        )
        if to := self.prompts.choose_save(choice):
            command = SaveLoopReport(report=self.report, file=file, to=to)
            said = f"Saved as {to.name}."
            count = Count("Saving the report", "Stopped. No file was saved.")
            self._tasks.write_counted(
                count,
                partial(save_loop_report, command, self.desk, count),
                lambda _changes: self.message.show_good(said),
                lambda sentence: self.message.show_refused(sentence, stopped=count.cancelled),
            )

    def _lay_out(self) -> None:
        title = PlainLabel("Report on the caseload", TextRole.TITLE)
        head = HeadLine((self.back, title, self.period), self.whose, ())
        said = row(self.stamp, self.pages, self.share, self.sheet)
        said.setStretch(0, 1)
        page = column(
            head,
            self.period.own,
            self.message,
            self.sentence,
            said,
            self.which,
            self.about,
            self.stand_in(self.sentence, self.stamp, self.which, self.about, self._stack),
            self._stack,
            gap=8,
            margin=16,
        )
        page.setStretch(8, 1)
        self.setLayout(page)

    def _connect(self) -> None:
        self.follow_caseload()
        self.whose.chosen.connect(self._on_whose)
        self.period.changed.connect(self.go_stale)
        self.which.chosen.connect(self._on_which)
        self.pages.clicked.connect(lambda: self._save(LoopFile.PAGES, "PDF"))
        self.share.clicked.connect(lambda: self._save(LoopFile.SHARED, "PDF"))
        self.sheet.clicked.connect(self._on_sheet)
