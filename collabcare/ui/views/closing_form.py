"""Asking before a form that somebody wrote in is closed without saving: in one way everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.ui.forms.entry_form import PatientForm
from collabcare.ui.prompts import Question
from collabcare.ui.views.patient_words import who_line

if TYPE_CHECKING:
    from collabcare.ui.forms.entry_form import EntryForm
    from collabcare.ui.prompts import Prompts


def may_close(form: EntryForm, prompts: Prompts, about: str = "") -> bool:
    """Return whether a form may go: nobody wrote in it, or the user says that it may.

    ``about`` says whose record it is about, where the form does not know that itself.
    """
    if isinstance(form, PatientForm):
        about = who_line(form.page.facts.patient, form.page.today)
    return not form.is_touched() or prompts.confirm(
        Question(
            title="Close without saving?",
            text=f"{form.called()}: what you typed will be gone.",
            act="Close without saving",
            about=about,
            danger=True,
        )
    )
