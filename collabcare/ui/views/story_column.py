"""The composer over the story; where the window is too low for both, an open form has it to itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QSizePolicy, QSpacerItem, QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.layouts import column

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from collabcare.ui.views.composer import Composer
    from collabcare.ui.views.story_view import StoryView

_GAP = 12
_LEAST_STORY = 124
_LEAST = 220


class StoryColumn(QWidget):
    """Gives the story what the composer leaves; under two entries' worth it makes way."""

    def __init__(self, composer: Composer, story: StoryView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composer, self._story = composer, story
        inside = column(composer, story, gap=_GAP)
        inside.setStretch(1, 1)
        # Takes what is over where the story makes way, so that the bar stays at the top.
        inside.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding))
        self.setLayout(inside)
        composer.installEventFilter(self)
        composer.opened.connect(self._share)

    def minimumSizeHint(self) -> QSize:
        # Less than both need at once: the story makes way a moment later, and no window is to grow meanwhile.
        return QSize(super().minimumSizeHint().width(), current_theme().px(_LEAST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._share()
        return super().eventFilter(watched, event)

    def _share(self) -> None:
        form = self._composer.form()
        left = self.height() - self._composer.sizeHint().height() - current_theme().px(_GAP)
        self._story.setVisible(form is None or left >= current_theme().px(_LEAST_STORY))
