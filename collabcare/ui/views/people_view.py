"""People: who is close to a patient, what the patient agrees they may be asked and told, who may be rung."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.carers import nominated_carer
from collabcare.domain.details_words import NOT_ASKED, NOT_RECORDED, Said, capital
from collabcare.domain.display import fmt_date
from collabcare.services.carers import EndCarer, SaveCarer, end_carer, save_carer
from collabcare.ui.forms.carer_form import CarerEndForm, CarerForm
from collabcare.ui.pages import PageName
from collabcare.ui.theme import current_theme
from collabcare.ui.views.cards_page import CardsPage
from collabcare.ui.views.said_card import said_lines
from collabcare.ui.views.suggested import quiet
from collabcare.ui.views.two_columns import TwoColumns
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from collabcare.domain.changes import Changes
    from collabcare.domain.people_facts import CarerFact
    from collabcare.queries.patient_page import PatientPage
    from collabcare.ui.forms.entry_form import PatientForm
    from collabcare.ui.widgets.buttons import Button

_ADD, _TAKE_OVER, _CHANGE, _END = "carer", "named", "carer_change", "carer_end"
_NOBODY = "Nobody is recorded yet. Ask who is close to them, who helps, and whom we may contact."
_LISTEN = "Anybody may tell us something. What we tell them needs the patient's agreement."


class PeopleView(CardsPage):
    """The page with the tab "People"."""

    NAME = PageName.PEOPLE
    SAID: ClassVar[dict[str, str]] = {
        _ADD: "The person is saved. Whether they may be contacted stands beside their name.",
        _TAKE_OVER: "The person is saved. Ask again whether they may be contacted.",
        _CHANGE: "The change is saved. It holds from the next time somebody rings or writes.",
        _END: "The person is taken off the list. They stay in the record.",
    }

    def cards(self, page: PatientPage) -> QWidget:
        now = [each for each in page.facts.carers if each.ended_on is None]
        gone = [each for each in page.facts.carers if each.ended_on is not None]
        cards = [self._carer(each) for each in now]
        left = column(self._head(page, bool(now)), *cards[::2], STRETCH, gap=12)
        right = column(*cards[1::2], *((_gone(gone),) if gone else ()), STRETCH, gap=12)
        return TwoColumns(left, right)

    def take_keyboard(self) -> None:
        form = self.forms.form()
        if form is not None:
            form.take_keyboard()
        else:
            self._back_to("people_carer")

    def form_of(self, kind: str, page: PatientPage, subject: int) -> PatientForm | None:
        acting = self.desk.acting
        if not self._may_change():
            return None
        if kind in {_ADD, _TAKE_OVER}:
            named = page.facts.reach.nominated_contact or ""
            return CarerForm(page, acting, named=named if kind == _TAKE_OVER else "")
        standing = (each for each in page.facts.carers if each.ended_on is None)
        carer = next((each for each in standing if each.id == subject), None)
        if carer is None:
            return None
        return CarerEndForm(page, acting, carer) if kind == _END else CarerForm(page, acting, carer)

    def service_of(self, command: object) -> Callable[[], Changes]:
        match command:
            case SaveCarer():
                return partial(save_carer, command, self.desk.uow)
            case EndCarer():
                return partial(end_carer, command, self.desk.uow)
            case _:
                raise TypeError(type(command).__name__)

    def _head(self, page: PatientPage, anybody: bool) -> Card:  # noqa: FBT001 - whether there is anybody
        card = Card("Carers and others", action=self._act("Add somebody", _ADD, "Add somebody"))
        card.setObjectName("people_head")
        chosen = nominated_carer(page.facts.carers)
        named = page.facts.reach.nominated_contact
        if not anybody:
            card.body.addWidget(PlainLabel(_NOBODY, wrap=True))
        if chosen is not None:
            who = f"When they cannot be reached: {chosen.name} may be rung on {chosen.telephone}."
            card.body.addWidget(PlainLabel(who, TextRole.STRONG, wrap=True))
        elif named:
            card.body.addWidget(PlainLabel(f"Named before there was this list: {named}", wrap=True))
            take_over = self._act("Put them on the list", _TAKE_OVER, "Put them on the list")
            card.body.addLayout(row(*((take_over,) if take_over else ()), STRETCH))
        elif anybody:
            card.body.addWidget(quiet("Nobody may be rung yet when the patient cannot be reached."))
        card.body.addWidget(quiet(_LISTEN))
        return card

    def _carer(self, carer: CarerFact) -> Card:
        card = Card(carer.name)
        card.setObjectName(f"people_{carer.id}")
        card.body.addLayout(said_lines(carer_words(carer)))
        acts = (
            self._act("Change", _CHANGE, f"Change {carer.name}", carer.id),
            self._act("No longer", _END, f"{carer.name} is no longer among them", carer.id),
        )
        shown = [act for act in acts if act is not None]
        if shown:
            card.body.addWidget(FlowBox(*shown, gap=current_theme().px(8)))
        return card

    def _act(self, words: str, kind: str, name: str, subject: int = 0) -> Button | None:
        if not self._may_change():
            return None
        button = self.button(f"people_{kind}{subject or ''}", words, partial(self.unfold, kind, subject))
        button.setAccessibleName(name)
        return button

    def _may_change(self) -> bool:
        return allowed(self.desk.acting.role, Permission.CHANGE_DETAILS)


def carer_words(carer: CarerFact) -> tuple[Said, ...]:
    """Return somebody close to the patient as they are read."""
    roles = [
        words for holds, words in ((carer.is_carer, "carer"), (carer.next_of_kin, "next of kin")) if holds
    ]
    asked = f", said on {fmt_date(carer.consent_on)}" if carer.consent_on else ""
    may = NOT_ASKED if carer.may_contact is None else ("Yes" if carer.may_contact else "No") + asked
    lines = [
        Said(
            "Is", capital(", ".join(part for part in (carer.relation, *roles) if part)) or NOT_RECORDED, True
        ),
        Said("Telephone", carer.telephone or NOT_RECORDED, bool(carer.telephone)),
        Said("May we contact them", may, carer.may_contact is not None),
        Said("May be told", carer.may_share or "Nothing agreed", bool(carer.may_share)),
    ]
    if carer.nominated:
        lines.append(Said("When out of reach", "May be rung", True))
    if carer.note:
        lines.append(Said("Note", carer.note, True))
    return tuple(lines)


def _gone(carers: list[CarerFact]) -> Card:
    card = Card("No longer")
    card.setObjectName("people_gone")
    for carer in carers:
        who = ", ".join(part for part in (carer.name, carer.relation) if part)
        card.body.addWidget(quiet(f"{who}, until {fmt_date(carer.ended_on)}"))
    return card
