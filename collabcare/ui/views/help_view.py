"""The help: every page by its title, a search over all of them, and the page on show."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QStyleOptionViewItem, QWidget

from collabcare.catalogue.help import load_help
from collabcare.domain.display import fmt_count
from collabcare.domain.help_pages import START
from collabcare.paths import resources_dir
from collabcare.ui.models.lines import CELL_ROLE, Line, LineModel
from collabcare.ui.theme import current_theme, icon
from collabcare.ui.views.help_reader import HelpReader
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.clearing import offer_clearing
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.name_delegate import NameCell, NameDelegate
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from collabcare.domain.help_pages import HelpBook, HelpHit
    from collabcare.ui.tasks import Tasks

_LIST_WIDTH = 280
_ROW, _ROW_WITH_EXCERPT = 32, 44


@runtime_checkable
class HasOpenForm(Protocol):
    """A page on which forms are opened."""

    def open_form(self) -> str:
        """Return the kind of the form that is open, empty when none is."""


def topic_about(name: str, page: QWidget) -> str:
    """Return the topic of the help about a page as it stands: the form that is open on it, else itself."""
    form = page.open_form() if isinstance(page, HasOpenForm) else ""
    return f"{name}/{form}"


def read_help() -> HelpBook:
    """Read the help that came with the program."""
    return load_help(resources_dir() / "help")


class HelpView(QWidget):
    """The list of pages with its search, and beside it the page; it needs neither a record nor a network.

    Signals:
        back_requested: The user wants the place they came from.
        page_requested: The page of the help to go to, so that Back leads here again.
    """

    back_requested = Signal()
    page_requested = Signal(str)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book: HelpBook | None = None
        self._wanted = START
        self.back = Button("Back", ButtonKind.QUIET, icon_name="arrow-left", compact=True)
        self.search = HelpSearch()
        self.pages = HelpList()
        self.found = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.reader = HelpReader()
        self._related = QWidget()
        self._links: FlowBox | None = None
        self._lay_out()
        self._say("")
        self.back.clicked.connect(self.back_requested)
        self.search.textChanged.connect(self._on_typed)
        self.search.left_down.connect(self._on_left_search)
        self.search.returnPressed.connect(self.reader.setFocus)
        self.pages.chosen.connect(self._on_chosen)
        self.pages.activated.connect(lambda _index: self.reader.setFocus())
        self.reader.page_requested.connect(self.page_requested)
        tasks.run(self, read_help, self._on_read, refused=self._say, topic="help")

    def show_topic(self, topic: str) -> None:
        """Show a page of the help by its id, or for ``page/form`` the one about what was on screen."""
        self._wanted = topic or START
        if self._book is None:
            return
        page, slash, form = self._wanted.partition("/")
        wanted = self._book.about(page, form) if slash else self._book.page(page)
        self.search.clear()
        self.pages.choose(wanted.id)

    def take_keyboard(self) -> None:
        """Put the keyboard on the page, to read it."""
        self.reader.setFocus()

    def _on_read(self, book: HelpBook) -> None:
        self._book = book
        self._list(book.find(""))
        self.show_topic(self._wanted)

    def _on_typed(self, text: str) -> None:
        if self._book is None:
            return
        hits = self._book.find(text)
        self._list(hits)
        said = f"{fmt_count(len(hits), 'page')} found" if hits else "No page has these words. Try fewer."
        self._say(said if text.strip() else "")
        if text.strip():
            announce(self, said)

    def _say(self, words: str) -> None:
        self.found.setText(words)
        self.found.setVisible(bool(words))

    def _list(self, hits: tuple[HelpHit, ...]) -> None:
        shown = self.reader.page
        self.pages.show_hits(hits, "" if shown is None or self.search.text().strip() else shown.id)

    def _on_chosen(self, id: str) -> None:
        if self._book is None:
            return
        page = self._book.page(id)
        self.reader.show_page(page)
        links = [Button(self._book.page(id_).title, ButtonKind.QUIET, compact=True) for id_ in page.related]
        for id_, link in zip(page.related, links, strict=True):
            link.clicked.connect(partial(self.page_requested.emit, id_))
        self._show_links(links)

    def _show_links(self, links: list[Button]) -> None:
        old, self._links = self._links, FlowBox(PlainLabel("See also", TextRole.SECONDARY), *links, gap=8)
        layout = self._related.layout()
        if layout is None:
            self._related.setLayout(column(self._links, gap=0))
        else:
            layout.addWidget(self._links)
        if old is not None:
            old.hide()
            old.deleteLater()
        self._related.setVisible(bool(links))

    def _on_left_search(self) -> None:
        self.pages.setFocus()

    def _lay_out(self) -> None:
        self.pages.setMinimumHeight(current_theme().px(120))
        side = QWidget()
        side.setLayout(column(self.search, self.found, Sheet(self.pages)))
        side.setFixedWidth(current_theme().px(_LIST_WIDTH))
        page = column(Sheet(self.reader), self._related)
        page.setStretch(0, 1)
        both = row(side, page, gap=16)
        both.setStretch(1, 1)
        head = row(self.back, PlainLabel("Help", TextRole.TITLE), STRETCH, gap=12)
        whole = column(head, both, gap=12, margin=16)
        whole.setStretch(1, 1)
        self.setLayout(whole)


class HelpSearch(QLineEdit):
    """Searches titles and texts while typing; Down goes to the list, Esc empties it first.

    Signals:
        left_down: The user goes on to the list.
    """

    left_down = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("Search the help")
        self.setAccessibleName("Search the help")
        offer_clearing(self)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class HelpList(QListView):
    """The pages, each with the words around what was searched.

    Signals:
        chosen: The id of the page now chosen.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = LineModel(self)
        self.setModel(self._lines)
        self.setAccessibleName("Pages of the help")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_HitDelegate(self))
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_hits(self, hits: tuple[HelpHit, ...], chosen: str = "") -> None:
        """List these pages and choose one of them, or the first."""
        self._lines.set_lines([_line(hit) for hit in hits])
        self.choose(chosen or (hits[0].page.id if hits else ""))

    def choose(self, id: str) -> None:
        """Choose a page, if it is listed."""
        place = next((place for place, line in enumerate(self._lines.lines) if line.stands_for == id), None)
        if place is not None:
            self.setCurrentIndex(QModelIndex())
            self.setCurrentIndex(self._lines.index(place))

    def titles(self) -> tuple[str, ...]:
        """Return the titles listed."""
        return tuple(line.text for line in self._lines.lines)

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._lines.lines[index.row()].stands_for)


def _line(hit: HelpHit) -> Line:
    title, id_ = hit.page.title, hit.page.id
    if not hit.excerpt:
        return Line(text=title, stands_for=id_)
    cell = NameCell(title, hit.excerpt)
    return Line(text=title, spoken=f"{title}. {hit.excerpt}", cell=cell, stands_for=id_)


class _HitDelegate(NameDelegate):
    """A title, or a title over the words that were found."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        height = _ROW if index.data(CELL_ROLE) is None else _ROW_WITH_EXCERPT
        return QSize(super().sizeHint(option, index).width(), current_theme().px(height))
