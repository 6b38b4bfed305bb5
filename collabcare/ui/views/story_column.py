"""The composer over the picture over the story; where the window is too low, the story keeps its place first.

An open form comes before both. The picture is put away to a line where the story would have no room, unless
somebody asked for it: then it scrolls a little, and where that is not enough the story makes way until it is
put away again. Where there is one column only, the picture has it to itself or is not there at all.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Signal
from PySide6.QtWidgets import QApplication, QSizePolicy, QSpacerItem, QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.views.story_picture import StoryPicture
from collabcare.ui.widgets.layouts import column

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from collabcare.domain.story_marks import StoryMark
    from collabcare.queries.patient_page import PatientPage
    from collabcare.ui.views.composer import Composer
    from collabcare.ui.views.story_view import StoryView

_GAP = 12
_LEAST_STORY = 124
_LEAST, _LEAST_FORM = 196, 160
_GIVES_WAY = 0.25
"""How much of a picture that was asked for is scrolled before the story makes way for it."""


class PicturePlace(StrEnum):
    """Where the picture stands: over the story, alone in its place, or not at all."""

    BESIDE = "beside"
    ALONE = "alone"
    AWAY = "away"


class StoryColumn(QWidget):
    """Gives the story what the composer leaves; under two entries' worth it makes way.

    Signals:
        story_wanted: The story is to be in view, where something else has its place.
    """

    story_wanted = Signal()

    def __init__(self, composer: Composer, story: StoryView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composer, self._story = composer, story
        self.picture = StoryPicture()
        self._place = PicturePlace.BESIDE
        inside = column(composer, self.picture, story, gap=_GAP)
        inside.setStretch(2, 1)
        # Takes what is over where the story makes way, so that the bar stays at the top.
        inside.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding))
        self.setLayout(inside)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._share)
        composer.installEventFilter(self)
        composer.opened.connect(self._share)
        self.picture.chosen.connect(self._share)
        self.picture.mark_opened.connect(self._on_mark)
        story.over_time.clicked.connect(self.picture.bring_out)

    def set_page(self, page: PatientPage) -> None:
        """Draw another patient's story, or what has become of the same one."""
        self.picture.set_page(page)
        self._share()

    def place_picture(self, place: PicturePlace) -> None:
        """Give the picture another place."""
        self._place = place
        self._share()

    def minimumSizeHint(self) -> QSize:
        # A form needs less than itself and the story at once: the story makes way for it a moment later. What
        # is said over the story does not take its place, so a page too low for both scrolls.
        form, theme = self._composer.form() is not None, current_theme()
        least = theme.px(_LEAST_FORM if form else _LEAST)
        if not (form or self._story.isHidden() or self._composer.isHidden()):
            least = max(
                least, self._composer.minimumSizeHint().height() + theme.px(_GAP) + self._least_story()
            )
        return QSize(super().minimumSizeHint().width(), least)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._share()
        elif event.type() == QEvent.Type.Resize:
            self._soon.start()  # once everything has its place: what is hidden in between loses the keyboard
        return super().eventFilter(watched, event)

    def _on_mark(self, mark: StoryMark) -> None:
        """Show the entry of a mark, making room for the story if need be."""
        self.story_wanted.emit()
        if self._story.isHidden():
            self.picture.put_away()
        self._story.go_to(mark)

    def _share(self) -> None:
        alone = self._place is PicturePlace.ALONE
        self.picture.set_foldable(foldable=not alone)
        self._composer.setVisible(not alone)
        pictured = self.picture.has_scene and self._place is not PicturePlace.AWAY
        if alone:
            self.picture.set_open(shown=True)
            self.picture.setVisible(pictured)
            self._story.setVisible(not self.picture.has_scene)
        else:
            self._share_with_story(pictured=pictured)

    def _share_with_story(self, *, pictured: bool) -> None:
        gap, form = current_theme().px(_GAP), self._composer.form() is not None
        least = self._least_story()
        left = self.height() - self._composer.sizeHint().height() - gap
        wanted = None if form else self.picture.wanted
        if pictured:
            fits = left - self.picture.open_height() - gap >= least
            self.picture.set_open(shown=fits if wanted is None else wanted)
            height = self.picture.open_height() if self.picture.is_open else self.picture.sizeHint().height()
            left -= gap + height
            if wanted and least - left <= height * _GIVES_WAY:
                left = max(left, least)  # the picture scrolls a little, and the story stays in view
        keeps_place = left >= least or not (form or (pictured and wanted))
        # Away where not even its line has room: the story offers it instead. At one go it keeps its place.
        away = pictured and keeps_place and left < least
        self._story.offer_picture(offered=away and not form)
        focus = QApplication.focusWidget()
        if away and focus is not None and self.picture.isAncestorOf(focus):
            self._story.over_time.setFocus()
        self.picture.setVisible(pictured and not away)
        if self._story.isHidden():
            self._story.make_do_with(left)  # first: it would ask for the room of its chips too
        self._story.setVisible(keeps_place)

    def _least_story(self) -> int:
        return max(current_theme().px(_LEAST_STORY), self._story.least_height())
