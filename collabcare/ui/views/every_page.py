"""Every page that is made when it is first shown: adding one is one entry here.

A page about a patient also has its words in ``patient_tabs.TAB_WORDS``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.ui.pages import PageName
from collabcare.ui.views.cover_view import CoverView
from collabcare.ui.views.details_view import DetailsView
from collabcare.ui.views.ending_view import EndingView
from collabcare.ui.views.goals_view import GoalsView
from collabcare.ui.views.loop_view import LoopView
from collabcare.ui.views.medication_view import MedicationView
from collabcare.ui.views.people_view import PeopleView
from collabcare.ui.views.practice_view import PracticeView
from collabcare.ui.views.reaching_view import ReachingView
from collabcare.ui.views.reminders_view import RemindersView
from collabcare.ui.views.safety_view import SafetyView
from collabcare.ui.views.snippets_view import SnippetsView
from collabcare.ui.views.staying_well_view import StayingWellView

if TYPE_CHECKING:
    from collabcare.ui.views.list_page_view import ListPageView
    from collabcare.ui.views.patient_page_view import PatientPageView

PATIENT_PAGE_VIEWS: dict[PageName, type[PatientPageView]] = {
    PageName.DETAILS: DetailsView,
    PageName.PEOPLE: PeopleView,
    PageName.GOALS: GoalsView,
    PageName.MEDICATION: MedicationView,
    PageName.SAFETY: SafetyView,
    PageName.REACHING: ReachingView,
    PageName.STAYING_WELL: StayingWellView,
    PageName.ENDING: EndingView,
}
"""The pages about one patient, by name."""

LIST_PAGES: dict[PageName, type[ListPageView]] = {
    PageName.REMINDERS: RemindersView,
    PageName.LOOP: LoopView,
    PageName.COVER: CoverView,
    PageName.PRACTICE: PracticeView,
    PageName.SNIPPETS: SnippetsView,
}
"""The pages about nobody in particular, by name."""
