"""The pages that have a name of their own although each is made only when it is first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from collabcare.ui.pages import PageName, Pages

if TYPE_CHECKING:
    from collabcare.ui.views.colleagues_view import ColleaguesView
    from collabcare.ui.views.letter_view import LetterView
    from collabcare.ui.views.new_patient_view import NewPatientView
    from collabcare.ui.views.patient_view import PatientView


class LatePages(Pages):
    """Gives each such page, made there and then if nobody has needed it yet."""

    @property
    def patient(self) -> PatientView:
        """The page of one patient."""
        return cast("PatientView", self.page_of(PageName.PATIENT))

    @property
    def letter(self) -> LetterView:
        """The page of a letter."""
        return cast("LetterView", self.page_of(PageName.LETTER))

    @property
    def newcomer(self) -> NewPatientView:
        """The page on which a patient is taken on."""
        return cast("NewPatientView", self.page_of(PageName.NEW_PATIENT))

    @property
    def staff(self) -> ColleaguesView:
        """The page of who signs in."""
        return cast("ColleaguesView", self.page_of(PageName.COLLEAGUES))
