"""Why a suggestion is made: the rule, the facts it went by and its source, opened in place and closed again.

It explains and does nothing else: no suggestion is taken or put away here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from collabcare.domain.display import spoken_dates
from collabcare.ui.plain_tip import plain_tip
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from collabcare.domain.reason import Explained

_WHY, _HIDE = "Why", "Hide"
_SPELT = {"gp": "GP", "reengagement": "re-engagement"}


def rule_words(rule: str) -> str:
    """Return a rule's name as it is read: ``due.gp_letter`` is ``Due: GP letter``."""
    parts = (part.split("_") for part in rule.split("."))
    said = ": ".join(" ".join(_SPELT.get(word, word) for word in words) for words in parts)
    return f"{said[:1].upper()}{said[1:]}"


class WhyPanel(QFrame):
    """The rule, the facts used and the source of one suggestion; worked out when it is first opened."""

    def __init__(self, told: Explained, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = told
        self._filled = False
        self.setToolTip(plain_tip(f"Rule {told.rule}"))
        self.hide()

    def fill(self) -> None:
        """Write what there is to say."""
        if self._filled:
            return
        self._filled = True
        told = self._told
        facts = [used.words for used in told.used] or ["None"]
        self.setLayout(
            column(
                _part("Rule", rule_words(told.rule)),
                _part("Facts used", *facts),
                _part("Source", told.source or "Not stated"),
                gap=6,
                margin=8,
            )
        )

    def text(self) -> str:
        """Return all that is said, as a screen reader says it."""
        told = self._told
        facts = "; ".join(used.words for used in told.used) or "none"
        said = f"Rule: {rule_words(told.rule)}. Facts used: {facts}. Source: {told.source or 'not stated'}"
        return spoken_dates(said)


class WhyButton(Button):
    """Opens and closes the ``panel`` that explains one suggestion; whoever shows the button places both.

    Signals:
        left: The user closed the explanation with Esc.
    """

    left = Signal()

    def __init__(self, told: Explained, about: str, parent: QWidget | None = None) -> None:
        super().__init__(_WHY, ButtonKind.QUIET, compact=True, parent=parent)
        self.panel = WhyPanel(told)
        self.setObjectName("why")
        self.setCheckable(True)
        self.setToolTip("Show the rule, the facts used and the source")
        self.setAccessibleName(spoken_dates(f"Why: {about}"))
        self.toggled.connect(self._on_toggled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isChecked():
            self.setChecked(False)
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_toggled(self, shown: bool) -> None:  # noqa: FBT001 - the truth a toggle signal carries
        self.setText(_HIDE if shown else _WHY)
        if shown:
            self.panel.fill()
        self.panel.setVisible(shown)
        said = self.panel.text() if shown else ""
        self.setAccessibleDescription(said)
        announce(self, said)
        if shown:
            QTimer.singleShot(0, self, self._bring_into_view)

    def _bring_into_view(self) -> None:
        around = self.parentWidget()
        while around is not None:
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(self.panel)
                around.ensureWidgetVisible(self)
            around = around.parentWidget()


def first_why(inside: QWidget) -> WhyButton | None:
    """Return the first suggestion's button among those that can be seen in ``inside``."""
    found = (button for button in inside.findChildren(WhyButton) if button.isVisible())
    return next(found, None)


def explain(button: WhyButton) -> None:
    """Open an explanation with the keyboard on its button, where Esc closes it."""
    button.setFocus(Qt.FocusReason.ShortcutFocusReason)
    button.setChecked(True)


def _part(title: str, *lines: str) -> QWidget:
    part = QWidget()
    labels = [PlainLabel(title, TextRole.STRONG)]
    for line in lines:
        label = PlainLabel(line, TextRole.SECONDARY, wrap=True)
        label.setAccessibleName(spoken_dates(line))
        labels.append(label)
    part.setLayout(column(*labels, gap=1))
    return part
