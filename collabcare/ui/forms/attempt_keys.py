"""Where the keyboard goes while a try is logged, and that a search does not end in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.typed_text import says_something
from collabcare.ui.forms.entry_form import refuse_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from collabcare.ui.forms.attempt_form import AttemptForm


def lead_on(form: AttemptForm, barred: Callable[[], str]) -> None:
    """Put the keyboard where the next thing is asked, after every choice by its digit.

    ``barred`` returns why the way chosen is not to be used, or nothing.
    """

    def after_channel() -> None:
        called = form.channel.value() is Channel.CALL and form.through.value() is None
        (form.through if called else form.outcome).setFocus()

    def after_outcome() -> None:
        told: QWidget = form.note
        if form.outcome.value() is AttemptOutcome.THIRD_PARTY:
            told = form.spoke_to
        elif form.outcome.value() is AttemptOutcome.SPOKE:
            told = form.number.number if form.number.asked else form.found.theirs
        (form.unsafe_reason if barred() else told).setFocus()

    form.channel.typed.connect(after_channel)
    form.through.typed.connect(form.outcome.setFocus)
    form.outcome.typed.connect(after_outcome)


def refuse_silence(form: AttemptForm, outcome: AttemptOutcome) -> None:
    """Refuse that they were reached, and the search ends, while nobody says what they want or said."""
    if not outcome.reached:
        return
    said = says_something(form.note.text()) or form.next.booking() is not None
    if form.found.end() is None and not said:
        refuse_at(form.found.theirs, "Choose what they want, or write in the note what they said.")
