"""Three columns that become two, then one, as the window narrows or the text grows; nothing is squeezed."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from collabcare.ui.forms.entry_form import RoomWanted
from collabcare.ui.theme import current_theme
from collabcare.ui.views.glance import Glance
from collabcare.ui.views.scrolled import Scrolled
from collabcare.ui.views.story_column import PicturePlace
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from collabcare.ui.views.patient_now import NowPanel
    from collabcare.ui.views.patient_scores import ScoresPanel
    from collabcare.ui.views.story_column import StoryColumn

_LEFT, _RIGHT = 264, 284
_THREE, _TWO = 1110, 810


class Room(StrEnum):
    """How many columns there is room for."""

    THREE = "three"
    TWO = "two"
    ONE = "one"


class PatientColumns(QWidget):
    """Now at the left, the story in the middle, how they are at the right.

    With room for two, what to know before ringing, the goals and the scores stand between the cards of now,
    and in few words over all as well, with what is due: on a low screen those cards are out of view. With
    room for one, a switch shows the story, its picture or the rest, and what to know before ringing stands
    over the first two.

    Signals:
        picture_placed: The :class:`PicturePlace` there is for the picture.
    """

    picture_placed = Signal(object)

    def __init__(
        self, now: NowPanel, story: StoryColumn, scores: ScoresPanel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.story = story
        self._now, self._story, self._scores = now, story, scores
        self._at_the_right = True
        self._room: Room | None = None
        self._wanted = RoomWanted.USUAL
        self.switch = Segmented(
            "Show",
            [
                Option("story", "The story"),
                Option("picture", "Over time"),
                Option("rest", "Now and how they are"),
            ],
            leads_on=False,
        )
        self.switch.set_value("story")
        self.switch.chosen.connect(self._arrange)
        story.story_wanted.connect(self.show_story)
        self._left_column = column(now, STRETCH, gap=12)
        self._right_column = column(scores, STRETCH, gap=12)
        self._left = Scrolled(self._left_column, "Now")
        self._right = Scrolled(self._right_column, "How they are")
        inside = row(self._left, story, self._right, gap=16)
        inside.setStretch(1, 1)
        self.glance = Glance()
        whole = column(self.switch, self.glance, inside, gap=8)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    @property
    def room(self) -> Room:
        """How many columns there is room for now."""
        width = self.width() / current_theme().scale
        if width >= _THREE:
            return Room.THREE
        return Room.TWO if width >= _TWO else Room.ONE

    def panes(self) -> list[QWidget]:
        """Return the columns, and the switch between them, in the order of reading."""
        return [self.switch, self._left, self._story, self._right]

    def give_room(self, wanted: RoomWanted) -> None:
        """Let the story have the room of both sides while a form that wants all of it is open."""
        self._wanted = wanted
        if wanted >= RoomWanted.WHOLE:
            self.switch.set_value("story")
        self._arrange()

    def show_story(self) -> None:
        """Bring the story into view where there is room for one column only."""
        self.switch.set_value("story")
        self._arrange()

    def show_rest(self) -> None:
        """Bring what stands beside the story into view where there is room for one column only."""
        self.switch.set_value("rest")
        self._arrange()

    def sizeHint(self) -> QSize:
        # Everything in it scrolls. Beside a banner that wraps, Qt takes the hint for the least height.
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        # One column's: with less room than it has it arranges itself anew, so it never holds a window open.
        hint = super().minimumSizeHint()
        if not shiboken6.isValid(self._story):  # Qt asks once more while the page is taken down
            return hint
        return QSize(self._story.minimumSizeHint().width(), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.room is not self._room:
            self._arrange()

    def _arrange(self) -> None:
        room = self._room = self.room
        self._place_scores(at_the_right=room is Room.THREE)
        whole = self._wanted >= RoomWanted.WHOLE
        story_only = room is Room.ONE and self.switch.value() != "rest"
        self.switch.setVisible(room is Room.ONE and self._wanted is not RoomWanted.ONLY)
        told = room is Room.TWO or (room is Room.ONE and self.switch.value() != "rest")
        self.glance.setVisible(told and self._wanted is RoomWanted.USUAL)
        self.glance.say_all(wanted=room is Room.TWO)
        self._right.setVisible(room is Room.THREE and not whole)
        self._left.setVisible(not story_only and not (whole and room is not Room.ONE))
        self._story.setVisible(room is not Room.ONE or story_only)
        alone = self.switch.value() == "picture"
        place = PicturePlace.ALONE if alone else PicturePlace.AWAY
        self.picture_placed.emit(place if room is Room.ONE or whole else PicturePlace.BESIDE)
        theme = current_theme()
        self._right.setFixedWidth(theme.px(_RIGHT))
        self._left.setMinimumWidth(theme.px(_LEFT))
        self._left.setMaximumWidth(self.maximumWidth() if room is Room.ONE else theme.px(_LEFT))

    def _place_scores(self, *, at_the_right: bool) -> None:
        if at_the_right is self._at_the_right:
            return
        self._at_the_right = at_the_right
        if at_the_right:
            self._scores.take_in_first()
            self._right_column.insertWidget(0, self._scores)
            self._scores.show()
        else:
            self._now.take_in(self._scores.give_first(), self._scores)
