"""What the composer stands on: a card as high as its form needs, what it says, and the drafts it keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QApplication

from collabcare.ui.forms.entry_form import EntryForm
from collabcare.ui.forms.own_height import height_needed
from collabcare.ui.pages import PageName
from collabcare.ui.views.drafting import Drafting
from collabcare.ui.views.last_act import LastAct
from collabcare.ui.views.record_bar import RecordBar
from collabcare.ui.widgets.buttons import Button
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.inline_message import InlineMessage

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from collabcare.services.desk import Desk
    from collabcare.ui.tasks import Tasks
    from collabcare.ui.views.aftermath import Aftermath


class ComposerCard(Card):
    """Has the bar of forms, a message with the buttons for what follows, and drafts kept when out of sight.

    Signals:
        followed: What the button pressed leads to.
    """

    followed = Signal(str)

    def __init__(self, desk: Desk, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("Record")
        self.bar = RecordBar()
        self.message = InlineMessage()
        self.follow_up = Button("", compact=True)
        self.follow_up.setObjectName("composer_follow_up")
        self.message.add_act(self.follow_up)
        self.also = Button("", compact=True)
        self.also.setObjectName("composer_also")
        self.also.hide()
        self.message.add_act(self.also)
        self.last_act = LastAct(tasks, self)
        self.message.add_act(self.last_act.button)
        self.last_act.undone.connect(self.say)
        self.last_act.refused.connect(self.message.show_error)
        self._leads_to: dict[Button, str] = {}
        for act in (self.follow_up, self.also):
            act.clicked.connect(lambda _on=False, act=act: self.followed.emit(self._leads_to.get(act, "")))
        self.drafting = Drafting(desk, tasks, self, PageName.PATIENT)

    def pass_on(self) -> None:
        """Say no more of what was saved, nor what follows from it: something else is done."""
        if not self.message.is_lasting():
            self.say("")

    def tell(self, done: str) -> None:
        """Say what was done elsewhere on the page; nothing follows from it."""
        self.say("")
        self.message.show_good(done)

    def say(self, words: str) -> None:
        """Say something, or nothing any more, with nothing that follows from it."""
        if any(act.hasFocus() for act in (self.follow_up, self.also, self.last_act.button)):
            self.bar.choice.setFocus()
        self.last_act.forget()
        self.follow_up.hide()
        self.also.hide()
        if words:
            self.message.show_info(words)
        else:
            self.message.clear()

    def say_done(self, after: Aftermath) -> None:
        """Say what is saved, with the acts that may follow; the keyboard goes to the first of them.

        It stays where the user has taken it meanwhile: in a form opened since the save, or off this card.
        """
        (self.message.show_info if after.at_once else self.message.show_good)(after.said)
        acts = ((self.follow_up, after.act, after.opens), (self.also, after.also, after.also_opens))
        for button, words, opens in acts:
            self._leads_to[button] = opens
            button.setText(words)
            button.setVisible(bool(words))
        focus = QApplication.focusWidget()
        if not self._has_form() and (focus is None or self.isAncestorOf(focus)):
            (self.follow_up if after.act else self.bar.choice).setFocus()

    def keep_drafts(self) -> None:
        """Keep what stands in the forms, so that it comes back whatever happens."""
        self.drafting.keep_now()

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep_drafts()
        super().hideEvent(event)

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), height_needed(self))

    def minimumSizeHint(self) -> QSize:
        # A form scrolls where it has less room than it asks for; the bar and what is said under it do not.
        hint = super().minimumSizeHint()
        return hint if self._has_form() else QSize(hint.width(), height_needed(self))

    def _has_form(self) -> bool:
        return any(not form.isHidden() for form in self.findChildren(EntryForm))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
