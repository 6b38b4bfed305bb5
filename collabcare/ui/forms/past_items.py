"""A digit that is no answer, or comes past the last item: it is refused in words, and looked back at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from collabcare.domain.display import fmt_count
from collabcare.domain.instruments import EntryMode, score

if TYPE_CHECKING:
    from collabcare.ui.forms.measure_form import MeasureForm
    from collabcare.ui.forms.questionnaire import Questionnaire


class PastItems(QObject):
    """Hears the digits that nothing in a form has taken: who types from paper does not look up.

    One typed past the last item says that an answer before it may be out of place; until an answer is changed
    that is asked about before they are saved.
    """

    def __init__(self, form: MeasureForm) -> None:
        super().__init__(form)
        self._form = form
        self._count = 0
        self._after: tuple[object, ...] = ()
        form.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            digit, sheet = event.text(), self._form.sheet
            if digit.isascii() and digit.isdigit() and sheet.mode is EntryMode.ITEMS:
                self._form.refuse(self._refusal(digit, sheet), sheet.answers)
                return True
        return super().eventFilter(watched, event)

    def doubt(self) -> str:
        """Ask before answers are saved after which digits too many were typed, or say nothing."""
        sheet = self._form.sheet
        if not self._count or self._after != (sheet, sheet.written()):
            return ""
        were = "was" if self._count == 1 else "were"
        return (
            f"{fmt_count(self._count, 'digit')} more than {sheet.instrument.name} takes {were} typed, so the "
            f"answers may be out of place. {about_to_be_saved(sheet)} Save again if they are right."
        )

    def _refusal(self, digit: str, sheet: Questionnaire) -> str:
        here = QApplication.focusWidget()
        if any(part.isAncestorOf(here) for part in (sheet.answers, sheet.function) if here is not None):
            return f"{digit} was not taken: it is not among the answers to this item."
        if self._after != (sheet, sheet.written()):
            self._count, self._after = 0, (sheet, sheet.written())
        self._count += 1
        items = fmt_count(sheet.instrument.item_count, "item")
        return f"{digit} was not taken: {sheet.instrument.name} has {items}, and the keyboard is not on one."


def about_to_be_saved(sheet: Questionnaire) -> str:
    """Say the answers one by one, or the total, as they would be saved now."""
    if sheet.mode is EntryMode.TOTAL_ONLY:
        return f"About to be saved: a total of {sheet.total.value()}."
    answers = sheet.given()
    total = score(sheet.instrument, answers).total
    marks = " ".join("blank" if answer is None else str(answer) for answer in answers)
    return f"About to be saved: {marks}{'' if total is None else f', total {total}'}."
