"""What this program is, which version, and what it is not."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collabcare import __version__
from collabcare.domain.safety import NOT_AN_EMERGENCY_SYSTEM
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.centred_page import CentredPage
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

_WHAT = "Keeps everyone on a mental health practitioner's caseload in sight, encrypted on this computer."
_NOT = (
    "Not an NHS product.",
    f"{NOT_AN_EMERGENCY_SYSTEM} In an emergency ring 999.",
    "Not yet clinically assured: use it with the demo caseload, or after your organisation's own assessment.",
)
_LICENCE = (
    "Open source under the Apache License 2.0. Noto Sans under the SIL Open Font License. Qt under the LGPL. "
    "English words from SCOWL, copyright Kevin Atkinson and others; the UK Advanced Cryptics Dictionary is "
    "copyright J Ross Beresford 1993-1999."
)


class AboutView(QWidget):
    """One quiet card.

    Signals:
        back_requested: The user has seen enough.
    """

    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.version = PlainLabel(f"Version {__version__}", TextRole.SECONDARY)
        self.version.make_copyable()
        self.back = Button("Back", ButtonKind.QUIET, icon_name="arrow-left", compact=True)
        self.back.clicked.connect(self.back_requested)
        card = Card()
        card.body.addLayout(
            column(
                column(PlainLabel("CollabCare", TextRole.TITLE), self.version, gap=0),
                PlainLabel(_WHAT, wrap=True),
                column(*(PlainLabel(words, TextRole.STRONG, wrap=True) for words in _NOT), gap=4),
                PlainLabel(_LICENCE, TextRole.SECONDARY, wrap=True),
                gap=16,
                margin=12,
            )
        )
        page = column(row(self.back, STRETCH), CentredPage(card, 520), margin=16)
        page.setStretch(1, 1)
        self.setLayout(page)

    def take_keyboard(self) -> None:
        """Put the keyboard on the way back."""
        self.back.setFocus()
