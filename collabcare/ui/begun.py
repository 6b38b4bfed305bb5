"""What was begun and not saved: the form a draft was left in, and one that could not be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.ui.forms.entry_form import PatientForm
from collabcare.ui.pages import PageName, Place
from collabcare.ui.views.drafting import Drafting, place_of
from collabcare.ui.views.letter_drafts import letter_kind
from collabcare.ui.views.patient_tabs import TAB_WORDS

if TYPE_CHECKING:
    from collabcare.queries.drafts import DraftRow
    from collabcare.ui.workspace import Workspace


def go_on_with(work: Workspace, draft: DraftRow) -> None:
    """Open the form that a draft was left in."""
    page, episode_id = place_of(draft), draft.episode_id
    if page == PageName.NEW_PATIENT:
        work.new_patient()
    elif episode_id is not None and page == PageName.PATIENT:
        work.show_patient(episode_id, draft.kind)
    elif episode_id is not None and page == PageName.LETTER:
        work.show_letter(episode_id, letter_kind(draft))
    elif episode_id is not None and page in TAB_WORDS:
        work.open_page_of(episode_id, PageName(page), draft.kind)
    elif page in set(PageName) and work.has(PageName(page)):
        work.go(Place(PageName(page)))


def go_to_unkept(work: Workspace) -> None:
    """Open the form that could not be kept, with the keyboard in it, so that it can be saved or cancelled."""
    for keeper in work.findChildren(Drafting):
        if (found := keeper.unkept()) is None:
            continue
        form, episode_id, kind = found.form, found.episode_id, found.kind
        page = PageName(keeper.place) if keeper.place in set(PageName) else None
        if episode_id is not None and page is PageName.PATIENT:
            work.show_patient(episode_id, kind)
        elif episode_id is not None and page in TAB_WORDS:
            work.open_page_of(episode_id, PageName(keeper.place), kind)
        elif page is not None and page is not PageName.PATIENT:
            work.go(Place(page))
        if form.isVisible():
            form.take_keyboard()
        return


def unkept(work: Workspace) -> str:
    """Name a form with something typed in it that could not be kept as a draft, and whose it is."""
    forms = (each.unkept() for each in work.findChildren(Drafting))
    found = next((found for found in forms if found is not None), None)
    if found is None:
        return ""
    form = found.form
    whose = f", {form.page.facts.patient.name}" if isinstance(form, PatientForm) else ""
    return f"“{form.called()}{whose}”"
