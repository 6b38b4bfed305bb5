"""The cross at the end of a search box, there only while there is something to clear."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit


def offer_clearing(box: QLineEdit) -> None:
    """Let a box be emptied by a cross at its end.

    Qt only fades its cross out when the text goes, which stays half done in a box that lets go of the
    keyboard at the same moment; so the cross itself comes and goes.
    """
    # A turn later: the cross that was pressed must not go while it is being pressed.
    box.textChanged.connect(partial(_offer, box), Qt.ConnectionType.QueuedConnection)


def _offer(box: QLineEdit, _text: str) -> None:
    box.setClearButtonEnabled(bool(box.text()))
