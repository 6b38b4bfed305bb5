"""What a first start shows: there is no record yet, so make one or open one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.centred_page import CentredPage
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

_WIDTH = 420
_WHAT = "Keeps everyone on a mental health practitioner's caseload in sight, encrypted on this computer."
_NOT = "Not an NHS product, not an emergency system, not yet clinically assured."


class WelcomeView(QWidget):
    """Two ways to begin.

    Signals:
        new_requested: The user wants to make a record.
        open_requested: The user wants to open one that exists.
    """

    new_requested = Signal()
    open_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = InlineMessage()
        self.new = Button("&Make a new record…", ButtonKind.PRIMARY)
        self.open = Button("&Open a record…")
        self.new.clicked.connect(self.new_requested)
        self.open.clicked.connect(self.open_requested)
        card = Card()
        card.body.addLayout(
            column(
                PlainLabel("CollabCare", TextRole.TITLE),
                PlainLabel(_WHAT, wrap=True),
                self.message,
                self.new,
                self.open,
                PlainLabel(_NOT, TextRole.SECONDARY, wrap=True),
                gap=12,
                margin=12,
            )
        )
        self.setLayout(column(CentredPage(card, _WIDTH)))
