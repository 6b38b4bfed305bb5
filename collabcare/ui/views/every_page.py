"""Every page that is made when it is first shown: adding one is one entry here.

A page about a patient also has its words in ``patient_tabs.TAB_WORDS``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collabcare.ui.pages import PageName
    from collabcare.ui.views.list_page_view import ListPageView
    from collabcare.ui.views.patient_page_view import PatientPageView

PATIENT_PAGE_VIEWS: dict[PageName, type[PatientPageView]] = {}
"""The pages about one patient, by name."""

LIST_PAGES: dict[PageName, type[ListPageView]] = {}
"""The pages about nobody in particular, by name."""
