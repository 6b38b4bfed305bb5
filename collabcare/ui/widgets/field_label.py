"""The label of a field: its underlined letter leads into the field, whatever the field is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt

from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class FieldLabel(PlainLabel):
    """A label whose Alt key works for an editor of several parts too.

    Qt's own label passes over a buddy that takes no focus itself, even if a part stands in for it.
    """

    def __init__(self, text: str, editor: QWidget, role: TextRole = TextRole.BODY) -> None:
        super().__init__(text, role)
        self.setBuddy(editor)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Shortcut and self.buddy() is not None:
            self.buddy().setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        return super().event(event)
