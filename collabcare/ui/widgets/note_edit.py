"""A field for prose: plain text only, grows with what is written, and lets Tab leave.

Typing ``;name`` and then a space or Tab puts the words of a snippet in its place; Ctrl+Space shows them all.
While something in the text is still to be filled in, as in ``[[day]]``, Tab goes there first.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QSizePolicy, QWidget

from collabcare.domain.snippet_words import Snippet, Span, asked_for, field_before, fields, next_field
from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.spelling_marks import SpellingMarks

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from collabcare.ui.widgets.spelling_marks import Spelling

_MOST_LINES = 14
_SHOWN = 60
UNREAD_SNIPPETS = "Snippets could not be read. Try again"
_MODIFIED = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class NoteEdit(QPlainTextEdit):
    """Prose of any length, shown from ``lines`` lines high and growing as it is typed.

    Words in no dictionary are marked once there is one, unless it is not ``spelled``, as an address is not.
    """

    def __init__(
        self,
        name: str,
        *,
        placeholder: str = "",
        lines: int = 3,
        spelled: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lines = lines
        self._snippets: tuple[Snippet, ...] = ()
        self._read_again: Callable[[], None] | None = None
        self._spelled = spelled
        self.marks: SpellingMarks | None = None
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def text(self) -> str:
        """Return what was written, without blank ends."""
        return self.toPlainText().strip()

    def set_snippets(self, snippets: tuple[Snippet, ...]) -> None:
        """Offer these snippets, the user's own first."""
        self._snippets, self._read_again = snippets, None

    def offer_snippets_again(self, read_again: Callable[[], None]) -> None:
        """Say where the snippets would be that they could not be read, and offer to try again."""
        self._read_again = read_again

    def set_spelling(self, spelling: Spelling) -> None:
        """Mark what is misspelt from now on."""
        if self._spelled and self.marks is None:
            self.marks = SpellingMarks(self, spelling)

    def look_over(self) -> None:
        """Look at the spelling again: a word was learned."""
        if self.marks is not None:
            self.marks.look()

    def is_unfilled(self) -> bool:
        """Return whether something in the text is still to be filled in."""
        return bool(fields(self.toPlainText()))

    def show_unfilled(self) -> str:
        """Select the first thing still to be filled in, with the keyboard here, and return it."""
        self.setFocus()
        found = fields(self.toPlainText())
        return self._select(found[0]) if found else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        space = event.key() == Qt.Key.Key_Space
        if space and event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._has_list:
            self._show_list()
            return
        if space and not event.modifiers() & _MODIFIED and self._expand():
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        if not self.hasFocus():
            return super().focusNextPrevChild(forward)
        return (forward and self._expand()) or self._to_field(forward=forward) or self._leave(forward=forward)

    def _leave(self, *, forward: bool) -> bool:
        return super().focusNextPrevChild(forward)

    @property
    def _has_list(self) -> bool:
        return bool(self._snippets) or self._read_again is not None

    def _expand(self) -> bool:
        """Put the words of the snippet named before the cursor in its place, if there is one."""
        if not self._snippets or self.textCursor().hasSelection():
            return False
        found = asked_for(self._before(self.textCursor().position()), self._snippets)
        if found is None:
            return False
        self._put(found[1], found[0])
        return True

    def _put(self, snippet: Snippet, instead_of: Span) -> None:
        cursor = self._cursor_over(instead_of)
        cursor.insertText(snippet.text)
        self.setTextCursor(cursor)
        first = next_field(self.toPlainText(), instead_of.start)
        if first is not None and first.end <= len(self._before(cursor.position())):
            self._select(first)
        announce(self, f"{snippet.name} put in")

    def _to_field(self, *, forward: bool) -> bool:
        """Select the next thing to fill in, or the one before; none there lets the keyboard leave."""
        cursor, text = self.textCursor(), self.toPlainText()
        if forward:
            found = next_field(text, len(self._before(cursor.selectionEnd())))
        else:
            found = field_before(text, len(self._before(cursor.selectionStart())))
        if found is None:
            return False
        self._select(found)
        return True

    def _select(self, field: Span) -> str:
        self.setTextCursor(self._cursor_over(field))
        self.ensureCursorVisible()
        words = self.toPlainText()[field.start : field.end]
        announce(self, f"To fill in: {words.strip('[] ')}")
        return words

    def _show_list(self) -> None:
        """Show every snippet where the cursor is; a letter goes to the next that begins with it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName("Snippets")
        if self._read_again is not None and not self._snippets:
            menu.addAction(UNREAD_SNIPPETS).triggered.connect(self._read_again)
        for snippet in self._snippets:
            words = " ".join(snippet.text.split())
            shown = words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
            act = menu.addAction(f"{snippet.name}:  {shown}".replace("&", "&&"))
            act.triggered.connect(partial(self._put_here, snippet))
        menu.popup(self.viewport().mapToGlobal(self.cursorRect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    def _put_here(self, snippet: Snippet) -> None:
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        self._put(snippet, Span(len(self._before(start)), len(self._before(end))))

    def _before(self, position: int) -> str:
        """Return the text before a place of Qt's, which counts UTF-16 units: an emoji is two of them."""
        return self.toPlainText().encode("utf-16-le")[: 2 * position].decode("utf-16-le", "ignore")

    def _cursor_over(self, span: Span) -> QTextCursor:
        text, cursor = self.toPlainText(), self.textCursor()
        start, end = (len(text[:place].encode("utf-16-le")) // 2 for place in span)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def place(self) -> int:
        """Return before which character the cursor stands."""
        return len(self._before(self.textCursor().position()))

    def over(self, span: tuple[int, int, str]) -> QTextCursor:
        """Return a cursor that has chosen a word."""
        return self._cursor_over(Span(span[0], span[1]))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.marks is not None:
            by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
            at = self.textCursor() if by_key else self.cursorForPosition(event.pos())
            self.marks.add_to(menu, len(self._before(at.position())))
        menu.popup(event.globalPos())

    def set_lines(self, lines: int) -> None:
        """Begin so many lines high from now on."""
        if lines != self._lines:
            self._lines = lines
            self._grow()

    def _grow(self) -> None:
        # A plain text document measures its height in lines.
        lines = min(max(round(self.document().size().height()), self._lines), _MOST_LINES)
        around = 2 * self.document().documentMargin() + current_theme().px(12)
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing() + around))
