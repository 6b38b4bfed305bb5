"""Details: what is known about a patient, a card for each part, each a key away from being changed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.changes import Changes
from collabcare.domain.demographics import Question, ask_prompt
from collabcare.domain.details_words import (
    about_words,
    contact_words,
    gp_words,
    identity_words,
    needs_words,
    practice_words,
    safe_words,
)
from collabcare.domain.display import fmt_date
from collabcare.domain.ids import GpPracticeId
from collabcare.domain.needs import needs_to_ask
from collabcare.domain.patient_details import Gp
from collabcare.queries.earlier_care import details_besides
from collabcare.services.gp_practices import ChangeGpPractice, change_gp_practice
from collabcare.services.patient_details import change_details
from collabcare.ui.forms.about_forms import AboutForm
from collabcare.ui.forms.details_forms import (
    DetailsChange,
    DetailsForm,
    IdentityForm,
    NeedsForm,
    ReachForm,
    SafeForm,
)
from collabcare.ui.forms.gp_forms import GpForm, GpPracticeForm
from collabcare.ui.pages import PageName
from collabcare.ui.views.cards_page import CardsPage
from collabcare.ui.views.practice_keeping import keep_practice
from collabcare.ui.views.said_card import said_card, said_lines
from collabcare.ui.views.suggested import quiet, told_line
from collabcare.ui.views.two_columns import TwoColumns
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QLayout, QWidget

    from collabcare.domain.details_words import Said
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from collabcare.queries.earlier_care import CareRow, DetailsBesides
    from collabcare.queries.patient_page import PatientPage
    from collabcare.queries.site import GpPracticeRow
    from collabcare.services.desk import Desk
    from collabcare.ui.forms.entry_form import PatientForm

_LINES: dict[str, Callable[[EpisodeFacts], tuple[Said, ...]]] = {
    IdentityForm.KIND: identity_words,
    ReachForm.KIND: contact_words,
    SafeForm.KIND: safe_words,
    GpForm.KIND: gp_words,
    NeedsForm.KIND: needs_words,
    AboutForm.KIND: about_words,
}
DETAILS_FORMS: dict[str, type[DetailsForm]] = {
    form.KIND: form for form in (IdentityForm, ReachForm, SafeForm, GpForm, NeedsForm, AboutForm)
}
_SAID = {
    IdentityForm.KIND: "Who they are is saved. The banner and letters show it from now on.",
    ReachForm.KIND: "How to reach them is saved. It stands before you ring from now on.",
    SafeForm.KIND: "The safe ways are saved. Attempts, reminders and letters keep to them from now on.",
    GpForm.KIND: "The GP is saved. Letters go there from now on.",
    NeedsForm.KIND: "The needs are saved. Bookings and letters ask for them from now on.",
    AboutForm.KIND: "What they told us is saved. Nobody asks it twice.",
}
_KEYS = tuple(_LINES)
"""The cards in the order of their keys, from 1."""
_ABOUT_PRACTICES = frozenset({GpForm.KIND, GpPracticeForm.KIND})
"""The forms that need the practices known, which are read after the page."""
_CANNOT_POST = "No letter can be posted to this practice until its address and postcode are here."


class DetailsView(CardsPage):
    """The page with the tab "Details"."""

    NAME = PageName.DETAILS
    SAID = _SAID

    def build(self) -> None:
        self._practices: Sequence[GpPracticeRow] = ()
        self._care: Sequence[CareRow] = ()
        self._wanted_of_practices = ""
        super().build()

    def show_episode(self, episode_id: EpisodeId) -> None:
        if episode_id != self._episode_id:
            self._care, self._practices, self._wanted_of_practices = (), (), ""
        super().show_episode(episode_id)

    def begin(self, form: str) -> None:
        if form in _ABOUT_PRACTICES and not self._practices:
            self._wanted_of_practices = form
        else:
            super().begin(form)

    def show_page(self, page: PatientPage) -> None:
        super().show_page(page)
        query = partial(details_besides, episode_id=page.facts.episode_id)
        self.read(query, partial(self._show_more, page.facts.episode_id), topic="more")

    def cards(self, page: PatientPage) -> QWidget:
        who, reach, safe, gp, needs, about = (self._card(kind, page) for kind in _KEYS)
        if (
            ask := needs_to_ask(page.facts.reach, page.rulebook.reengagement.reach, today=page.today)
        ) is not None:
            needs.body.addLayout(told_line(ask, "Ask"))
        ethnicity = ask_prompt(Question.ETHNICITY, page.facts.patient.demographics.ethnic_category)
        if ethnicity is not None:
            about.body.addLayout(told_line(ethnicity, "Ask about ethnicity"))
        people = Button("People", ButtonKind.QUIET, compact=True, icon_name="user")
        people.setObjectName("details_people")
        people.setToolTip("Carers and others, and who may be rung")
        people.clicked.connect(partial(self.page_requested.emit, PageName.PEOPLE))
        safe.body.addLayout(row(people, STRETCH))
        self._show_practice(gp)
        left = column(who, reach, safe, gp, STRETCH, gap=12)
        right = column(needs, about, self._earlier(), STRETCH, gap=12)
        return TwoColumns(left, right)

    def take_keyboard(self) -> None:
        form = self.forms.form()
        if form is not None:
            form.take_keyboard()
        else:
            self._back_to("details_who")

    def form_of(self, kind: str, page: PatientPage, _subject: int) -> PatientForm | None:
        form, practice = DETAILS_FORMS.get(kind), self._practice()
        if not self._may_change():
            return None
        if kind == GpPracticeForm.KIND and practice is not None:
            return GpPracticeForm(page, self.desk.acting, practice)
        if form is None:
            return None
        if issubclass(form, GpForm):
            return form(page, self.desk.acting, self._practices)
        return form(page, self.desk.acting)

    def service_of(self, command: object) -> Callable[[], Changes]:
        if isinstance(command, ChangeGpPractice):
            return partial(change_gp_practice, command, self.desk.uow)
        if not isinstance(command, DetailsChange):
            raise TypeError(type(command).__name__)
        return partial(_keep, command, self.desk)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_1.value
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and 0 <= number < len(_KEYS) and self.page is not None and not self.open_form():
            self.unfold(_KEYS[number])
            self._came_from = f"details_{_KEYS[number]}"
            return
        super().keyPressEvent(event)

    def _card(self, kind: str, page: PatientPage) -> Card:
        title = DETAILS_FORMS[kind].TITLE
        change = None
        if self._may_change():
            key = _KEYS.index(kind) + 1
            change = Button("Change", ButtonKind.QUIET, compact=True)
            change.setObjectName(f"details_{kind}")
            change.setToolTip(f"Change (key {key})")
            change.setAccessibleName(f"Change: {title}")
            change.clicked.connect(partial(self.unfold, kind))
        card = said_card(title, _LINES[kind](page.facts), change)
        card.setObjectName(f"details_card_{kind}")
        return card

    def _practice(self) -> GpPracticeRow | None:
        """Return the practice of the patient on the page, once the practices are read; each has its name."""
        name = "" if self.page is None else self.page.facts.patient.gp_practice_name
        return next((each for each in self._practices if each.name == name), None)

    def _show_practice(self, card: Card) -> None:
        """Add what else is known of the practice, and the way to put it right."""
        practice = self._practice()
        if practice is not None:
            card.body.addLayout(said_lines(practice_words(practice.details)))
        if practice is not None and not practice.details.can_be_written_to:
            card.body.addWidget(quiet(_CANNOT_POST))
        if self._may_change():
            change = Button("Change the practice", ButtonKind.QUIET, compact=True)
            change.setObjectName("details_gp_practice")
            change.setToolTip("Its name, address, postcode, telephone and ODS code")
            change.clicked.connect(partial(self.unfold, GpPracticeForm.KIND))
            card.body.addLayout(row(change, STRETCH))

    def _may_change(self) -> bool:
        return allowed(self.desk.acting.role, Permission.CHANGE_DETAILS)

    def _earlier(self) -> Card:
        card = Card("Other care here", count=len(self._care) or None)
        card.setObjectName("details_earlier")
        for care in self._care:
            card.body.addLayout(self._care_line(care))
        if not self._care:
            card.body.addWidget(quiet("None: this is the only time they have been in our care."))
        return card

    def _care_line(self, care: CareRow) -> QLayout:
        until = f"to {fmt_date(care.closed_on)}" if care.closed_on else "and still open"
        when = f"{fmt_date(care.received_on)} {until}"
        how = ": ".join(part for part in (care.ended, care.note) if part)
        about = f"{care.reason}, step {care.step}."
        open_it = Button("Open", ButtonKind.QUIET, compact=True)
        open_it.setObjectName(f"details_open_{care.episode_id}")
        open_it.setAccessibleName(f"Open the care of {when}")
        open_it.clicked.connect(partial(self.compose_requested.emit, care.episode_id, ""))
        words = column(PlainLabel(when, wrap=True), quiet(f"{about} {how}".strip()), gap=0)
        line = row(words, open_it, gap=8)
        line.setStretch(0, 1)
        return line

    def _show_more(self, episode_id: EpisodeId, found: DetailsBesides) -> None:
        before = self._practices, self._care
        self._practices, care = found
        if self.page is None or self.page.facts.episode_id != episode_id:
            return
        self._care = care
        if (self._practices, care) != before:
            self._replace(self.cards(self.page))
        wanted, self._wanted_of_practices = self._wanted_of_practices, ""
        if wanted:
            self.unfold(wanted)


def _keep(command: DetailsChange, desk: Desk) -> Changes:
    """Change the details, and first what is new of their GP practice: both are kept, or neither."""
    if command.practice is None:
        return change_details(command.change, desk.uow)
    with desk.uow.batch():
        made = keep_practice(command.practice, desk.uow)
        gp = replace(command.change.gp or Gp(), gp_practice_id=GpPracticeId(made.made or 0))
        changed = change_details(replace(command.change, gp=gp), desk.uow)
    return Changes(kinds=made.kinds | changed.kinds, episodes=changed.episodes)
