"""What a patient's own page gives to the window around it: its panes, its search, the forms on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.ui.views.below_banner import BannerPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.ui.forms.entry_form import EntryForm
    from collabcare.ui.views.composer import Composer
    from collabcare.ui.views.drafting import Drafting
    from collabcare.ui.views.patient_columns import PatientColumns
    from collabcare.ui.views.patient_tabs import PatientTabs
    from collabcare.ui.views.story_view import StoryView


class PatientParts(BannerPage):
    """The parts are made by the page itself."""

    composer: Composer
    columns: PatientColumns
    story: StoryView
    tabs: PatientTabs

    @property
    def drafting(self) -> Drafting:
        """What keeps the drafts of the forms."""
        return self.composer.drafting

    @property
    def search(self) -> QWidget:
        """The box that searches in the story, for Ctrl+F."""
        return self.story.search

    def has_unsaved(self) -> bool:
        """Return whether anything typed for any patient is not saved yet."""
        return self.composer.has_unsaved()

    def keep_drafts(self) -> None:
        """Keep what stands in the forms, so that it comes back whatever happens."""
        self.composer.keep_drafts()

    def panes(self) -> list[QWidget]:
        """Return the parts that F6 goes through, in the order of reading."""
        return [self.banner, self.tabs, *self.columns.panes()]

    def open_now(self) -> tuple[str, EntryForm | None]:
        """Return by what the form in view is opened, and the form."""
        return form.KIND if (form := self.composer.form()) else "", self.composer.form()

    def open_again(self, kind: str) -> None:
        """Open a form, at once or as soon as the page is there."""
        self.compose(kind)

    def compose(self, kind: str) -> None:
        """Open a form in place, the keyboard on its first field, at once or as soon as the page is there."""
        raise NotImplementedError
