"""A form about somebody that may ask why they had not come: the part is made when it is first asked."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from collabcare.ui.forms.because_part import BecausePart
from collabcare.ui.forms.entry_form import PatientForm

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.queries.patient_page import PatientPage


class WhyLate(PatientForm):
    """Has why they had not come, for contacts and for tries alike."""

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self._why = self.late_part()

    @cached_property
    def why(self) -> BecausePart:
        """Why they had not come."""
        part = BecausePart()
        part.ask(False)
        self._named(why_missed=part.reason, why_missed_words=part.words)
        self._why.put(part, part)
        return part
