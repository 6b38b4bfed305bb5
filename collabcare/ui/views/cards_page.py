"""A page of cards about one patient; in view are the cards, or one form, or the patient's copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.views.patient_page_view import PatientPageView
from collabcare.ui.views.plan_copy import PlanCopyPanel
from collabcare.ui.widgets.buttons import Button
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.layouts import column

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from collabcare.queries.patient_page import PatientPage
    from collabcare.ui.forms.entry_form import PatientForm
    from collabcare.ui.views.plan_copy import CopySource


class CardsPage(PatientPageView):
    """Cards made anew after every change, the keyboard left where it was.

    A subclass makes the cards, the forms and says which service carries out a command; with ``COPY`` it can
    show the patient's copy of what stands on the page.
    """

    COPY: ClassVar[CopySource | None] = None
    SAID: ClassVar[dict[str, str]] = {}

    def build(self) -> None:
        self._wanted = ""
        self._came_from = ""
        self._cards = QWidget()
        self._cards.setLayout(column())
        self._holder = column(self._cards, gap=0)
        self._sheet = Card()
        self._sheet.body.addWidget(self.forms)
        self._sheet.hide()
        self.body.addWidget(self._sheet)
        self.copy: PlanCopyPanel | None = None
        if self.COPY is not None:
            self.copy = PlanCopyPanel(self.desk, self._tasks, self.prompts, self.COPY)
            self.copy.hide()
            self.copy.closed.connect(self._on_copy_closed)
            self.body.addWidget(self.copy)
        self.body.addLayout(self._holder)
        self.forms.closed.connect(self._on_closed)

    def cards(self, page: PatientPage) -> QWidget:
        """Make what the page shows while no form is open."""
        raise NotImplementedError

    def form_of(self, kind: str, page: PatientPage, subject: int) -> PatientForm | None:
        """Make a form of a kind about one thing on the page; None when it does not apply now."""
        raise NotImplementedError

    def service_of(self, command: object) -> Callable[[], Changes]:
        """Return the call that carries out a form's command."""
        raise NotImplementedError

    def show_page(self, page: PatientPage) -> None:
        self._replace(self.cards(page))
        if self.copy is None or not self.copy.shows(page.facts.episode_id):
            self._settle()
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self._unfold(wanted)

    def begin(self, form: str) -> None:
        if self.page is None:
            self._wanted = form
        else:
            self._unfold(form)

    def show_episode(self, episode_id: EpisodeId) -> None:
        if episode_id != self._episode_id:
            self._wanted = self._came_from = ""
        super().show_episode(episode_id)

    def said_of(self, kind: str) -> str:
        """Return what to say once a form of a kind is saved: what was saved, and what comes next."""
        return self.SAID.get(kind, "Saved.")

    def _unfold(self, form: str) -> None:
        """Open a form by its name, after which stands the number of what it is about, if it is about one."""
        kind, _, subject = form.partition(":")
        self.unfold(kind, int(subject or 0))

    def unfold(self, kind: str, subject: int = 0) -> None:
        """Open a form about one thing on the page, the keyboard on its first field."""
        page, key = self.page, f"{kind}:{subject}" if subject else kind
        if page is None:
            return
        begun = self.forms.form(key) or self.form_of(kind, page, subject)
        if begun is None:
            return
        self.message.clear()
        focused = QApplication.focusWidget()
        self._came_from = focused.objectName() if focused is not None else ""
        form = self.forms.open(key, lambda: begun, self.service_of)
        self._only(self._sheet)
        form.take_keyboard()

    def take_keyboard(self) -> None:
        """Put the keyboard into the form that is open, else on the first act of the cards."""
        form = self.forms.form()
        if form is not None:
            form.take_keyboard()
        elif self.copy is not None and not self.copy.isHidden():
            self.copy.save.setFocus()
        else:
            acts = (act for act in self._cards.findChildren(QPushButton) if act.isVisibleTo(self._cards))
            next(acts, self.tabs.back).setFocus()

    def on_saved(self, kind: str, changes: Changes) -> None:
        told = " ".join(each.sentence for each in changes.suggestions)
        said = f"{self.said_of(kind.partition(':')[0])} {told}".strip()
        if told:
            self.message.show_info(said)
        else:
            self.message.show_good(said)
        self._settle()
        self._give_back()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_copy()

    def _fit_copy(self) -> None:
        """Give the patient's own page all the height there is now, also once the banner has grown."""
        if self.copy is not None:
            self.copy.setMinimumHeight(max(self._scroll.height() - 2 * current_theme().px(16), 0))

    def show_copy(self) -> None:
        """Show the patient's own page as it will be printed."""
        if self.page is None or self.copy is None:
            return
        self.message.clear()
        self._came_from = f"{self.NAME.value.replace(' ', '_')}_copy"
        self._only(self.copy)
        self._fit_copy()
        self.copy.show_copy(self.page.facts.episode_id)

    def run(self, work: Callable[[], Changes], said: str) -> None:
        """Carry out what a button asks for at once, and say what came of it."""
        self.message.clear()
        self._tasks.write(work, lambda _changes: self.message.show_good(said), self.message.show_error)

    def button(self, name: str, words: str, act: Callable[[], object]) -> Button:
        """Make a button of a card."""
        button = Button(words, compact=True)
        button.setObjectName(name)
        button.clicked.connect(lambda _checked: act())
        return button

    def copy_button(self) -> Button:
        """Make the button that shows the patient's copy."""
        button = Button("Patient’s page…", compact=True, icon_name="print")
        button.setObjectName(f"{self.NAME.value.replace(' ', '_')}_copy")
        button.clicked.connect(self.show_copy)
        return button

    def _replace(self, cards: QWidget) -> None:
        """Put new cards in the place of the old, and the keyboard back on the button it was on."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self._cards.isAncestorOf(focused)
        name = focused.objectName() if focused is not None and inside else ""
        shown = not self._cards.isHidden()
        self._holder.replaceWidget(self._cards, cards)
        self._cards.hide()
        self._cards.deleteLater()
        self._cards = cards
        cards.setVisible(shown)
        if inside:
            self._back_to(name)

    def _only(self, part: QWidget) -> None:
        form = self.forms.form()
        self._sheet.set_title(form.TITLE if form is not None else "")
        self._sheet.setVisible(part is self._sheet)
        self._cards.setVisible(part is self._cards)
        if self.copy is not None:
            self.copy.setVisible(part is self.copy)
        self.make_room()

    def _settle(self) -> None:
        self._only(self._sheet if self.forms.form() is not None else self._cards)

    def _on_closed(self, _kind: str) -> None:
        self._settle()
        self._give_back()

    def _on_copy_closed(self) -> None:
        self._settle()
        self._give_back()

    def _give_back(self) -> None:
        if self.forms.form() is None:
            self._back_to(self._came_from)

    def _back_to(self, name: str) -> None:
        """Put the keyboard on a part of the cards, on the way back where it is no more."""
        found = self._cards.findChild(QWidget, name) if name else None
        (found or self.tabs.back).setFocus()
