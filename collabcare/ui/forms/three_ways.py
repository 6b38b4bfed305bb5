"""Answers that may be yes, no, or not asked; and lists whose first line is "Not asked"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from collabcare.domain.details_words import NOT_ASKED
from collabcare.ui.forms.lines import as_wide_as_there_is_room
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collabcare.domain.codes import Coded

_ANSWERS = (Option(True, "Yes"), Option(False, "No"), Option(None, NOT_ASKED))


class YesNoNotAsked(Segmented):
    """Yes, No or Not asked; keys 1 to 3. What nobody asked is never one of the others.

    A digit leads on; a Tab right after it, by somebody who goes on by hand, stays there and skips nothing.
    """

    def __init__(self, name: str, answer: bool | None) -> None:  # noqa: FBT001 - the answer itself
        super().__init__(name, _ANSWERS)
        self.set_value(answer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        here = QApplication.focusWidget()
        if here is not None and not self.isAncestorOf(here):
            _NoSecondStep(here)

    def answer(self) -> bool | None:
        """Return the answer, None when nobody has asked."""
        value = self.value()
        return value if isinstance(value, bool) else None


class _NoSecondStep(QObject):
    """Takes the Tab that comes right after a digit has led on to ``here``; any other key ends it."""

    def __init__(self, here: QWidget) -> None:
        super().__init__(here)
        here.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed or event.type() == QEvent.Type.FocusOut:
            watched.removeEventFilter(self)
            self.deleteLater()
        return pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab


class AskedBox(ComboBox):
    """A list of answers after "Not asked"; an answer that is on no list stands as it was recorded."""

    def __init__(self, name: str, answers: Mapping[str, str], recorded: str | None) -> None:
        known = dict(answers)
        if recorded and recorded not in known:
            known[recorded] = recorded
        super().__init__(name, [Option(None, NOT_ASKED), *(Option(*each) for each in known.items())])
        as_wide_as_there_is_room(self)
        self.set_value(recorded or None)

    def answer(self) -> str | None:
        """Return the answer, None when nobody has asked."""
        value = self.value()
        return str(value) if value else None


def by_code(kind: type[Coded], *, without: Iterable[Coded] = ()) -> dict[str, str]:
    """Return the codes of a national list with their words."""
    left_out = set(without)
    return {each.value: each.label for each in kind if each not in left_out}
