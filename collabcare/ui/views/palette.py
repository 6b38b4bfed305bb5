"""The box at the top that finds a patient, does something, or goes somewhere, from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from collabcare.domain.display import fmt_count
from collabcare.queries.search import patient_index
from collabcare.ui.theme import Token, current_theme, draw_icon
from collabcare.ui.views.help_view import read_help
from collabcare.ui.views.palette_list import PaletteList
from collabcare.ui.views.palette_offers import OfferKind, Offers, begun_offers, help_offers
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.clearing import offer_clearing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent

    from collabcare.domain.finding import Finder
    from collabcare.domain.help_pages import HelpBook
    from collabcare.domain.ids import EpisodeId
    from collabcare.queries.drafts import BegunForm
    from collabcare.queries.search import FoundPatient
    from collabcare.ui.tasks import Tasks
    from collabcare.ui.views.palette_offers import Offer

_WIDTH = 520
_PAGE = 8
_ICON = 16
_STEPS: dict[int, int] = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _PAGE,
    Qt.Key.Key_PageUp: -_PAGE,
}


class Palette(QLineEdit):
    """Shows what fits under the box while typing; Up and Down choose, Enter does it, Esc gives up.

    Signals:
        patient_chosen: The episode to open.
        command_chosen: The id of the command to run.
        help_chosen: The page of the help to open.
        begun_chosen: The :class:`DraftRow` to go on with.
        entered: The keyboard has come; what can be done may be another than when the page was shown.
        given_up: The keyboard goes back to the page: the user left by Esc, or chose something.
    """

    patient_chosen = Signal(object)
    command_chosen = Signal(str)
    help_chosen = Signal(str)
    begun_chosen = Signal(object)
    entered = Signal()
    given_up = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._stale = True
        self._came_from: QWidget | None = None
        self._commands: tuple[Offer, ...] = ()
        self._help: tuple[Offer, ...] = ()
        self._begun: tuple[Offer, ...] = ()
        self._about: EpisodeId | None = None
        self.offers = Offers()
        self.setPlaceholderText("Find a patient or do something   Ctrl+K")
        self.setAccessibleName("Find a patient or do something")
        self.setAccessibleDescription("Type a name, part of an NHS number, a command or a page.")
        self._fit()
        self.results = PaletteList(self)
        self.results.pressed_on.connect(self._do)
        self.textEdited.connect(self._on_typed)
        offer_clearing(self)
        tasks.changed.connect(self._on_changed)

    def begin(self, *, everything: bool = False) -> None:
        """Take the keyboard and start afresh, perhaps with every command in view before anything is typed."""
        focused = QApplication.focusWidget()
        self._came_from = focused if focused is not self else self._came_from
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        if everything and not self.text().strip():
            self.results.show_groups(self.offers.everything())
            self._say_chosen("Type a name or a command.")
        elif self.text():
            self._on_typed(self.text())

    def offer(self, commands: Sequence[Offer], about: EpisodeId | None = None) -> None:
        """Offer these commands; those about a patient name the one on show or chosen in the list."""
        self._commands, self._about = tuple(commands), about
        self._set_offers()

    def offer_begun(self, begun: Iterable[BegunForm]) -> None:
        """Offer to go on with these forms."""
        self._begun = tuple(begun_offers(begun))
        self._set_offers()
        if self.results.isVisible() and not self.text().strip():
            self.results.show_groups(self.offers.everything())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _STEPS and self.results.isVisible():
            self.results.step(_STEPS[key])
            self._say_chosen()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.results.isVisible():
                self._do(self.results.chosen())
        elif key == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()
        if self._stale:
            self._stale = False
            self._tasks.read(self, patient_index, self._on_read, refused=self._on_unread, topic="index")
        if not self._help:
            self._tasks.run(self, read_help, self._on_help, refused=_without_help, topic="help")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.results.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(_WIDTH), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = current_theme()
        side = theme.px(_ICON)
        painter = QPainter(self)
        at = QPoint(theme.px(_ICON // 2), (self.height() - side) // 2)
        draw_icon(painter, "search", Token.TEXT_SECONDARY, at, side)
        painter.end()

    def _fit(self) -> None:
        self.setTextMargins(current_theme().px(_ICON + 2), 0, 0, 0)
        self.setMinimumWidth(current_theme().px(_WIDTH // 2))
        self.setMaximumWidth(current_theme().px(_WIDTH))

    def _on_changed(self) -> None:
        self._stale = True

    def _on_read(self, patients: Finder[FoundPatient]) -> None:
        self.offers.patients = patients
        self._set_offers()
        if self.hasFocus() and self.text():
            self._on_typed(self.text())

    def _on_unread(self, _sentence: str) -> None:
        """Say so where the names would be; they are asked for again with the next visit."""
        self._stale = True
        if self.offers.patients is None:
            self.results.show_words("The names could not be read", "Nothing is lost. Come back to try again")

    def _on_help(self, book: HelpBook) -> None:
        self._help = tuple(help_offers(book.pages))
        self._set_offers()

    def _set_offers(self) -> None:
        patients = self.offers.patients
        known = () if patients is None else patients.things
        name = next((each.name for each in known if each.episode_id == self._about), "")
        self.offers.set_commands((*self._begun, *self._commands, *self._help), name)

    def _on_typed(self, text: str) -> None:
        if not text.strip():
            self.results.show_groups(())
        elif self.offers.patients is None:
            self.results.show_words("Reading the names", "They are listed as soon as they are read")
        elif groups := self.offers.find(text):
            self.results.show_groups(groups)
            found = fmt_count(len(self.results.offers()), "thing", "things")
            self._say_chosen(f"{found} found.")
        else:
            self.results.show_words("Nothing here matches", "Try part of the surname, or the NHS number")
            announce(self, "Nothing found")

    def _say_chosen(self, before: str = "") -> None:
        chosen = self.results.chosen()
        announce(self, f"{before} {'' if chosen is None else chosen.spoken}".strip())

    def _do(self, offer: Offer | None) -> None:
        """Give the keyboard back, then do what was chosen, which may take it again."""
        if offer is None or not offer.goes_to:
            return
        self._leave()
        if offer.kind is OfferKind.PATIENT:
            self.patient_chosen.emit(offer.goes_to)
        elif offer.kind is OfferKind.BEGUN:
            self.begun_chosen.emit(offer.goes_to)
        elif offer.is_help:
            self.help_chosen.emit(offer.goes_to)
        else:
            self.command_chosen.emit(offer.goes_to)

    def _leave(self) -> None:
        """Empty the box and put the keyboard back where it was, or on the page."""
        self.clear()
        self.results.hide()
        came_from, self._came_from = self._came_from, None
        if came_from is not None and shiboken6.isValid(came_from) and came_from.isVisible():
            came_from.setFocus()
        else:
            self.given_up.emit()


def _without_help(_sentence: str) -> None:
    """Go on without the pages of the help; the help itself says what is wrong with it."""
