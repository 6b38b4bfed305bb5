"""What a form says while it is not known whether a draft of it waits: go on, and what was kept comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.inline_message import InlineMessage

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.ui.forms.entry_form import EntryForm

UNLOOKED = "What you typed here before and did not save could not be read. It is not lost. You can go on."


def tell_unlooked(form: EntryForm, again: Callable[[], None]) -> None:
    """Say it at the head of a form, once, with the way to try again."""
    if form.findChild(InlineMessage, _name(form)) is not None:
        return
    notice = InlineMessage(form)
    notice.setObjectName(_name(form))
    button = Button("Try again", ButtonKind.QUIET, compact=True)
    button.setObjectName(f"{form.KIND}_look_again")
    button.clicked.connect(again)
    notice.add_act(button)
    form.body.insertWidget(0, notice)
    notice.show_attention(UNLOOKED)


def untell_unlooked(form: EntryForm) -> None:
    """Say it no longer; the keyboard goes to the form when it was on the way to try again."""
    notice = form.findChild(InlineMessage, _name(form))
    if notice is None:
        return
    focus = QApplication.focusWidget()
    if focus is not None and notice.isAncestorOf(focus):
        form.take_keyboard()
    form.body.removeWidget(notice)
    notice.setObjectName("")
    notice.hide()
    notice.deleteLater()


def _name(form: EntryForm) -> str:
    return f"{form.KIND}_unlooked"
