"""A field for a password, with a button that shows what was typed."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from collabcare.ui.theme import icon
from collabcare.ui.widgets.line_edit import LineEdit

_SHOW, _HIDE = "Show password", "Hide password"


class PasswordEdit(LineEdit):
    """Hides what is typed until asked to show it; never remembered, suggested or spoken."""

    def __init__(self, name: str = "Password", parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._toggle = QAction(icon("eye"), _SHOW, self)
        self._toggle.triggered.connect(self._on_toggle)
        self.put_act_at_end(self._toggle, tab_stop=True)

    def hide_text(self) -> None:
        """Cover the text again, as when the window locks."""
        if self.echoMode() is not QLineEdit.EchoMode.Password:
            self._on_toggle()

    def _on_toggle(self) -> None:
        hidden = self.echoMode() is QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._toggle.setIcon(icon("eye-off" if hidden else "eye"))
        self._toggle.setText(_HIDE if hidden else _SHOW)
