"""A field for a password, with a button and a key that show what was typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from collabcare.ui.theme import icon
from collabcare.ui.widgets.line_edit import LineEdit

_SHOW, _HIDE = "Show password", "Hide password"
_KEY = "F8"


class PasswordEdit(LineEdit):
    """Hides what is typed until asked to show it; never remembered, suggested or spoken."""

    def __init__(self, name: str = "Password", parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._toggle = QAction(icon("eye"), _SHOW, self)
        self._toggle.triggered.connect(self._on_toggle)
        self._toggle.setShortcut(_KEY)
        self._toggle.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.addAction(self._toggle)
        self._name_toggle(_SHOW)
        self.put_act_at_end(self._toggle)

    def hide_text(self) -> None:
        """Cover the text again, as when the window locks."""
        if self.echoMode() is not QLineEdit.EchoMode.Password:
            self._on_toggle()

    def _on_toggle(self) -> None:
        hidden = self.echoMode() is QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._toggle.setIcon(icon("eye-off" if hidden else "eye"))
        self._name_toggle(_HIDE if hidden else _SHOW)

    def _name_toggle(self, name: str) -> None:
        self._toggle.setText(name)
        self._toggle.setToolTip(f"{name} ({_KEY})")
