"""Shows one page of the help: text only, written into the document piece by piece, never read as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import (
    QAccessible,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from collabcare.domain.help_pages import Block, BlockKind, SpanStyle, Table
from collabcare.ui.theme import TextSize, Token, current_theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from collabcare.domain.help_pages import HelpPage, Span

_LINES: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_INDENT = 20
_TWO_COLUMNS = (25, 75)
_BULLET = "•\u2002"


class HelpReader(QTextBrowser):
    """The page, to scroll by keyboard; links lead to other pages of the help and nowhere else.

    Signals:
        page_requested: The page a link leads to.
    """

    page_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: HelpPage | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(
            flags.TextSelectableByMouse | flags.TextSelectableByKeyboard | flags.LinksAccessibleByMouse
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setTabChangesFocus(True)
        self.setAccessibleName("Help")
        self.anchorClicked.connect(lambda url: self.page_requested.emit(url.path()))

    @property
    def page(self) -> HelpPage | None:
        """The page on show."""
        return self._page

    def show_page(self, page: HelpPage) -> None:
        """Show a page from its top."""
        self._page = page
        self.setAccessibleName(f"Help: {page.title}")
        self._write()
        self.verticalScrollBar().setValue(0)

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        return None  # no picture, no style sheet, no file: the help is text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by arrow; with a screen reader the arrows move through the text, so that it is read."""
        lines = _LINES.get(event.key())
        if lines is not None and not event.modifiers() and not QAccessible.isActive():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + lines * 2 * self.fontMetrics().height())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._page is not None:
            place = self.verticalScrollBar().value()
            self._write()
            self.verticalScrollBar().setValue(place)

    def _write(self) -> None:
        if self._page is None:
            return
        document = QTextDocument(self)
        document.setDocumentMargin(current_theme().px(16))
        document.setDefaultFont(current_theme().font(TextSize.BODY))
        writer = _Writer(QTextCursor(document))
        writer.title(self._page.title)
        number = 0
        for block in self._page.blocks:
            number = number + 1 if isinstance(block, Block) and block.kind is BlockKind.STEP else 0
            writer.block(block, number)
        self.setDocument(document)


class _Writer:
    """Writes pieces of a page at the end of a document."""

    def __init__(self, cursor: QTextCursor) -> None:
        self._cursor = cursor
        self._begun = False

    def title(self, words: str) -> None:
        """Write the title of the page."""
        self._begin(above=0, below=8)
        self._cursor.insertText(words, _look(size=TextSize.TITLE, bold=True))

    def block(self, block: Block | Table, number: int) -> None:
        """Write one piece; ``number`` counts the steps of a list."""
        if isinstance(block, Table):
            self._table(block)
            return
        if block.kind is BlockKind.HEADING:
            self._begin(above=16, below=4)
            self._cursor.insertText(block.text, _look(size=TextSize.HEADING, bold=True))
            return
        in_list = block.kind in {BlockKind.BULLET, BlockKind.STEP}
        self._begin(above=2 if in_list else 6, below=2 if in_list else 4, indent=_INDENT if in_list else 0)
        if block.kind is BlockKind.BULLET:
            self._cursor.insertText(_BULLET, _look())
        elif block.kind is BlockKind.STEP:
            self._cursor.insertText(f"{number}.\u2002", _look())
        self._spans(block.spans)

    def _table(self, table: Table) -> None:
        theme = current_theme()
        look = QTextTableFormat()
        look.setCellPadding(theme.px(4))
        look.setCellSpacing(0)
        look.setBorder(theme.px(1))
        look.setBorderCollapse(True)
        look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        look.setBorderBrush(theme.colour(Token.LINE))
        look.setTopMargin(theme.px(6))
        look.setBottomMargin(theme.px(10))
        look.setHeaderRowCount(1)
        if len(table.head) == len(_TWO_COLUMNS):
            kind = QTextLength.Type.PercentageLength
            look.setColumnWidthConstraints([QTextLength(kind, share) for share in _TWO_COLUMNS])
        look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        made = self._cursor.insertTable(len(table.rows) + 1, len(table.head), look)
        for down, row in enumerate((table.head, *table.rows)):
            for along, cell in enumerate(row):
                self._cursor = made.cellAt(down, along).firstCursorPosition()
                self._spans(cell, bold=down == 0)
        self._cursor = made.lastCursorPosition()
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._begun = False

    def _spans(self, spans: Sequence[Span], *, bold: bool = False) -> None:
        for span in spans:
            look = _look(bold=bold or span.style is SpanStyle.STRONG)
            if span.style is SpanStyle.CODE:
                look.setBackground(current_theme().colour(Token.HOVER))
            if span.link:
                look.setAnchor(True)
                look.setAnchorHref(span.link)
                look.setFontUnderline(True)
                look.setForeground(current_theme().colour(Token.ACCENT))
            self._cursor.insertText(span.text.replace("\n", "\u2028"), look)

    def _begin(self, *, above: int, below: int, indent: int = 0) -> None:
        """Begin a paragraph; the numbers are pixels at 100 %."""
        theme = current_theme()
        look = QTextBlockFormat()
        look.setTopMargin(theme.px(above))
        look.setBottomMargin(theme.px(below))
        look.setLeftMargin(theme.px(indent))
        look.setTextIndent(-theme.px(14) if indent else 0)
        if self._begun:
            self._cursor.insertBlock(look, _look())
        else:
            self._cursor.setBlockFormat(look)
        self._begun = True


def _look(*, size: TextSize = TextSize.BODY, bold: bool = False) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setFont(current_theme().font(size, bold=bold))
    look.setForeground(current_theme().colour(Token.TEXT))
    return look
