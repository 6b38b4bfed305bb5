"""The main window: the rail, the bar, the menus and the line at the foot around the workspace."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMainWindow, QWidget

from collabcare.queries.drafts import begun_forms
from collabcare.ui.begun import go_on_with, go_to_unkept, unkept
from collabcare.ui.forms.tab_order import move_in_reading_order
from collabcare.ui.joining import first_pages
from collabcare.ui.left_off import leave_off
from collabcare.ui.look import Look
from collabcare.ui.meant import episode_meant
from collabcare.ui.menus import actions_for, build_menus, say_whose_keys, tick_looks
from collabcare.ui.pages import LISTS, PageName, Place
from collabcare.ui.panes import move_to_pane, take_back, take_search_box
from collabcare.ui.passing import Passing
from collabcare.ui.prompts import LEAVE, LEAVE_DRAFTS
from collabcare.ui.theme import ThemeName, current_theme
from collabcare.ui.views.caseload_acts import Act
from collabcare.ui.views.palette_offers import command_offers
from collabcare.ui.views.status_line import StatusLine
from collabcare.ui.views.top_bar import TopBar
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.busy_strip import BusyStrip
from collabcare.ui.widgets.count_strip import CountStrip
from collabcare.ui.widgets.demo_strip import DemoStrip
from collabcare.ui.widgets.layouts import column, row
from collabcare.ui.widgets.look import Tone
from collabcare.ui.widgets.low_frame import LowFrame
from collabcare.ui.widgets.on_screen import resize_on_screen
from collabcare.ui.widgets.rail import Rail, RailItem
from collabcare.ui.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent

    from collabcare.domain.acting import Role
    from collabcare.services.desk import Desk
    from collabcare.settings import Settings
    from collabcare.ui.left_off import LeftOff
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks
    from collabcare.ui.widgets.inline_message import InlineMessage

_SIZE = (1280, 800)
_NARROW = 1000
_PLACES = (
    RailItem(PageName.TODAY, "Today", "today"),
    RailItem(PageName.CASELOAD, "Caseload", "caseload"),
    RailItem(PageName.REMINDERS, "Reminders", "bell"),
    RailItem(PageName.LOOP, "Report", "report"),
    RailItem(PageName.COVER, "Cover", "user"),
    RailItem(PageName.PRACTICE, "Practice", "directory"),
)
"""The places in the order of their keys, Ctrl+1 to Ctrl+6; each has a command of its own in the Go menu."""


def places_for(role: Role) -> tuple[RailItem, ...]:
    """Return the places on the rail for a role: those whose commands it may use."""
    pages = {spec.page for spec in actions_for(role)}
    return tuple(item for item in _PLACES if item.id in {PageName.TODAY, PageName.CASELOAD, *pages})


class MainWindow(QMainWindow):
    """Where the work is done: the frame around :class:`Workspace`.

    Signals:
        lock_requested: The user wants everything hidden and the record closed.
        closed: The window was closed.
        look_changed: The look or the text size in the settings is another one now.
    """

    lock_requested = Signal()
    closed = Signal()
    look_changed = Signal()

    def __init__(
        self, desk: Desk, tasks: Tasks, prompts: Prompts, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._prompts, self._settings = prompts, settings
        self._was_at: QWidget | None = None
        self.setWindowTitle(desk.site.name)
        resize_on_screen(self, *(current_theme().px(side) for side in _SIZE))
        self.work = Workspace(desk, tasks, prompts)
        self.look = Look(settings, self)
        self.rail = Rail(places_for(desk.acting.role), (RailItem("lock", "Lock", "lock"),))
        self.top = TopBar(tasks, desk.acting.role)
        self.demo, self.counts = DemoStrip(), CountStrip()
        self.busy = BusyStrip("Reading the record")
        self.commands = build_menus(self.menuBar(), desk.acting.role, (self, self.work, self.look))
        say_whose_keys(self, desk.acting.role, self._say)
        self._looks = tick_looks(self.commands, ThemeName(settings.theme))
        self.status = StatusLine(self.statusBar(), desk, tasks)
        self._lay_out()
        self._connect(tasks)
        pages = first_pages(self.work, desk, tasks, prompts)
        self.still_to_make: tuple[Callable[[], None], ...] = (*pages, partial(_open_first_page, self))
        """What is left to be done before the window comes, each in a turn of its own: it takes long."""

    def go_on(self) -> None:
        """Come on screen, at the start or after a lock, and read the record."""
        self.work.go_on()
        self.show()
        self.activateWindow()
        if not take_back(self._was_at):
            self.work.take_keyboard()
        self._was_at = None

    def pause(self) -> None:
        """Leave the screen and read nothing: the record is about to be closed."""
        self._was_at = self.focusWidget()
        self.work.pause()
        self.hide()

    def leave_off(self) -> LeftOff:
        """Return where the user is, for a window made anew."""
        return leave_off(self.work, self.desk)

    def unkept(self) -> str:
        """Name a form with something typed in it that could not be kept as a draft, and whose it is."""
        return unkept(self.work)

    def go_to_unkept(self) -> None:
        """Open that form."""
        go_to_unkept(self.work)

    def act(self, id: str) -> None:
        """Run a command by its id, as its menu would."""
        self.commands[id].trigger()

    def find_here(self) -> None:
        """Put the keyboard in the search box of the page, or else in the one at the top."""
        if not take_search_box(self.work.page):
            self.top.search.begin()

    def open_palette(self) -> None:
        """Put the keyboard in the box at the top, with everything that can be done under it."""
        self.top.search.begin(everything=True)

    def export_caseload(self) -> None:
        """Go to the caseload and say what an export of it as it is shown would hold."""
        self.work.show_caseload()
        self.work.caseload.bulk.export_shown()

    def reassign(self) -> None:
        """Go to the caseload and ask to whom the patients chosen there, or all of somebody's, are handed."""
        self.work.show_caseload()
        self.work.caseload.bulk.do(Act.REASSIGN)

    def whom_to_ring(self) -> None:
        """Go to the lines somebody can ring in a crisis, which stand on Today, and say them out loud."""
        self.work.show_today()
        today = self.work.today
        if not today.side.isVisible():
            today.split.toggle()
        announce(today.side.crisis, today.side.lines.text())

    def lock(self) -> None:
        """Ask to be hidden and to have the record closed."""
        self.lock_requested.emit()

    def leave(self) -> None:
        """Close the window, which ends the program."""
        self.close()

    def show_theme(self, name: ThemeName) -> None:
        """Tick in the View menu the look the window has: another one was chosen and could not be put on."""
        self._looks[name].setChecked(True)

    def next_pane(self) -> None:
        """Move the keyboard to the next part of the window."""
        move_to_pane([self.rail, self.top, *self.work.panes()], 1)

    def previous_pane(self) -> None:
        """Move the keyboard to the part of the window before this one."""
        move_to_pane([self.rail, self.top, *self.work.panes()], -1)

    def narrow_rail(self) -> None:
        """Show the places as drawings only, or with their names."""
        self._settings.rail_compact = not self._settings.rail_compact
        self._settings.save()
        self._fit_rail()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        return move_in_reading_order(self, forward=forward) or super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.work.place.page in LISTS:
            self.work.take_keyboard()
        else:
            self.work.back()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rail()

    def closeEvent(self, event: QCloseEvent) -> None:
        question = LEAVE if self.work.would_lose() else LEAVE_DRAFTS
        if self.work.has_unsaved() and not self._prompts.confirm(question):
            event.ignore()
            return
        self.work.keep_drafts()
        super().closeEvent(event)
        self.closed.emit()

    def _fit_rail(self) -> None:
        narrow = self.width() < current_theme().px(_NARROW)
        self.rail.set_compact(compact=narrow or self._settings.rail_compact)

    def _on_moved(self, place: Place) -> None:
        if place.page in {item.id for item in places_for(self.desk.acting.role)}:
            self.rail.set_current(place.page)
        self._offer_commands()

    def _offer_commands(self) -> None:
        """Offer at the top what can be done now, about the patient whom the keys would be about too."""
        meant = episode_meant(self.work.place, self.work.page)
        specs = actions_for(self.desk.acting.role)
        self.top.search.offer(command_offers(specs, about_patient=meant is not None), meant)

    def _say(self, words: str) -> None:
        self.statusBar().showMessage(words)
        announce(self, words)

    def _on_counted(self, to_do: int, to_remind: int) -> None:
        self.rail.set_count(PageName.TODAY, to_do)
        self.rail.set_count(PageName.REMINDERS, to_remind)

    def _lay_out(self) -> None:
        if not self.desk.site.is_demo:
            self.demo.hide()
        page = column(self.top, self.demo, self.busy, self.counts, LowFrame(self.work), gap=0)
        page.setStretch(4, 1)
        centre = row(self.rail, page, gap=0)
        centre.setStretch(1, 1)
        holder = QWidget()
        holder.setLayout(centre)
        self.setCentralWidget(holder)
        self._fit_rail()

    def _connect(self, tasks: Tasks) -> None:
        tasks.busy.connect(self.busy.set_busy)
        tasks.counting.connect(self.counts.watch)
        tasks.stopped.connect(self.statusBar().showMessage)
        self.look.changed.connect(self.look_changed)
        self.work.moved.connect(self._on_moved)
        self.work.counted.connect(self._on_counted)
        self.work.moved.connect(Passing(self.work, tasks, self.statusBar().clearMessage).let_go)
        self.work.said.connect(self._say)
        self.rail.chosen.connect(lambda place: self.work.go(Place(PageName(place))))
        self.rail.act_requested.connect(lambda _lock: self.lock())
        self.top.new_requested.connect(self.work.new_patient)
        self.top.search.patient_chosen.connect(self.work.show_patient)
        self.top.search.command_chosen.connect(self.act)
        self.top.search.entered.connect(self._offer_commands)
        self.top.search.entered.connect(partial(_look_for_begun, self, tasks))
        self.top.search.begun_chosen.connect(partial(go_on_with, self.work))
        self.top.search.help_chosen.connect(self.work.show_help_page)
        self.top.search.given_up.connect(self.work.take_keyboard)


def _open_first_page(window: MainWindow) -> None:
    window.work.show_today()
    _say_notice(window.work.today.message, window.desk.notice)


def _look_for_begun(window: MainWindow, tasks: Tasks) -> None:
    query = partial(begun_forms, user_id=window.desk.acting.user_id)
    tasks.read(window, query, window.top.search.offer_begun, refused=_say_nothing, topic="begun")


def _say_nothing(_sentence: str) -> None:
    """Go on without what was begun; it is looked for again with the next visit."""


def _say_notice(message: InlineMessage, notice: str) -> None:
    """Say on Today, until it is dealt with, what the record had to say when it was opened."""
    if notice:
        message.show_lasting(notice, Tone.ATTENTION)
