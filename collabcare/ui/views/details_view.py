"""Details: what is known about a patient, a card for each part, each a key away from being changed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.changes import Changes
from collabcare.domain.details_words import (
    about_words,
    contact_words,
    gp_words,
    identity_words,
    needs_words,
    safe_words,
)
from collabcare.domain.display import fmt_date
from collabcare.domain.ids import GpPracticeId
from collabcare.domain.needs import needs_to_ask
from collabcare.domain.patient_details import Gp
from collabcare.queries.earlier_care import details_besides
from collabcare.services.patient_details import change_details
from collabcare.services.patients import NewGpPractice, add_gp_practice
from collabcare.ui.forms.about_forms import AboutForm, GpForm
from collabcare.ui.forms.details_forms import (
    DetailsChange,
    DetailsForm,
    IdentityForm,
    NeedsForm,
    ReachForm,
    SafeForm,
)
from collabcare.ui.pages import PageName
from collabcare.ui.views.cards_page import CardsPage
from collabcare.ui.views.said_card import said_card
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

_LINES: dict[str, Callable[[EpisodeFacts], tuple[Said, ...]]] = {
    IdentityForm.KIND: identity_words,
    ReachForm.KIND: contact_words,
    SafeForm.KIND: safe_words,
    GpForm.KIND: gp_words,
    NeedsForm.KIND: needs_words,
    AboutForm.KIND: about_words,
}
_FORMS: dict[str, type[DetailsForm]] = {
    form.KIND: form for form in (IdentityForm, ReachForm, SafeForm, GpForm, NeedsForm, AboutForm)
}
_KEYS = tuple(_LINES)
"""The cards in the order of their keys, from 1."""


class DetailsView(CardsPage):
    """The page with the tab "Details"."""

    NAME = PageName.DETAILS

    def build(self) -> None:
        self._practices: Sequence[GpPracticeRow] = ()
        self._care: Sequence[CareRow] = ()
        super().build()

    def show_episode(self, episode_id: EpisodeId) -> None:
        if episode_id != self._episode_id:
            self._care = ()
        super().show_episode(episode_id)

    def show_page(self, page: PatientPage) -> None:
        super().show_page(page)
        query = partial(details_besides, episode_id=page.facts.episode_id)
        self._tasks.read(self, query, partial(self._show_more, page.facts.episode_id), topic="more")

    def cards(self, page: PatientPage) -> QWidget:
        who, reach, safe, gp, needs, about = (self._card(kind, page) for kind in _KEYS)
        if (
            ask := needs_to_ask(page.facts.reach, page.rulebook.reengagement.reach, today=page.today)
        ) is not None:
            needs.body.addLayout(told_line(ask, "Ask"))
        people = Button("People", ButtonKind.QUIET, compact=True, icon_name="user")
        people.setObjectName("details_people")
        people.setToolTip("Carers and others, and who may be rung")
        people.clicked.connect(partial(self.page_requested.emit, PageName.PEOPLE))
        safe.body.addLayout(row(people, STRETCH))
        left = column(who, reach, safe, gp, STRETCH, gap=12)
        right = column(needs, about, self._earlier(), STRETCH, gap=12)
        return TwoColumns(left, right)

    def take_keyboard(self) -> None:
        form = self.forms.form()
        if form is not None:
            form.take_keyboard()
        else:
            self._back_to("details_who")

    def form_of(self, kind: str, page: PatientPage, _subject: int) -> DetailsForm | None:
        form = _FORMS.get(kind)
        if form is None or not self._may_change():
            return None
        if issubclass(form, GpForm):
            return form(page, self.desk.acting, self._practices)
        return form(page, self.desk.acting)

    def service_of(self, command: object) -> Callable[[], Changes]:
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
        title = _FORMS[kind].TITLE
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
        self._practices, care = found
        if self.page is None or self.page.facts.episode_id != episode_id or care == self._care:
            return
        self._care = care
        self._replace(self.cards(self.page))


def _keep(command: DetailsChange, desk: Desk) -> Changes:
    """Change the details, and first add their GP practice if it is not known: both are kept, or neither."""
    if not command.new_practice:
        return change_details(command.change, desk.uow)
    with desk.uow.batch():
        made = add_gp_practice(NewGpPractice(name=command.new_practice), desk.uow)
        gp = replace(command.change.gp or Gp(), gp_practice_id=GpPracticeId(made.made or 0))
        changed = change_details(replace(command.change, gp=gp), desk.uow)
    return Changes(kinds=made.kinds | changed.kinds, episodes=changed.episodes)
