"""Digits do one thing in every form: they choose, and the keyboard goes on to the next question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.forms.entry_form import EntryForm, PatientForm
from collabcare.ui.forms.many_of import ManyOf
from collabcare.ui.models.open_caseload import OpenCaseload
from collabcare.ui.tasks import Tasks
from collabcare.ui.views import details_view
from collabcare.ui.views.composer import _FORMS
from collabcare.ui.views.details_view import DetailsView
from collabcare.ui.views.medication_view import MedicationView
from collabcare.ui.views.practice_view import PracticeView
from collabcare.ui.views.reaching_view import ReachingView
from collabcare.ui.views.safety_view import SafetyView
from collabcare.ui.widgets.segmented import Segmented
from tests.builders import day
from tests.ui.every_screen import NoToAll
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import give_keyboard, here, press, under_hands
from tests.ui.views.details_scene import CardsScene
from tests.ui.views.patient_scene import PatientScene
from tests.ui.views.safety_scene import item_nine

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.ui.views.cards_page import CardsPage
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

PAGES = [
    *((DetailsView, kind) for kind in details_view.DETAILS_FORMS),
    (MedicationView, "medicine"),
    (ReachingView, "pause"),
    (SafetyView, "assessment"),
]


OF_SOMETHING_ELSE = {"move", "letter_end"}
"""Forms about a booking to come or a letter to arrange, which this patient has not."""


def keys_of(choice: ChoiceGrid | Segmented) -> list[str]:
    """Return the digits that choose: a national code's own where the choices are codes, else its place."""
    return [getattr(each, "key", "") or str(at) for at, each in enumerate(choice.options, 1)]


def staying(form: EntryForm) -> list[str]:
    """Return the choices among several that do not show their digits, or at which the keyboard stays."""
    choices = [
        each
        for each in form.findChildren(QWidget)
        if isinstance(each, ChoiceGrid | Segmented) and each.isVisible() and each.isEnabled()
    ]
    found = []
    for choice in choices:
        if not choice.isVisible():  # the one before it has folded it away
            continue
        choice.setFocus()
        buttons = choice.findChildren(QAbstractButton)
        shown = [button.text().split()[0] for button in buttons]
        if shown != keys_of(choice):
            found.append(f"{choice.accessibleName()} shows {shown}")
        first = next(number for number, button in enumerate(buttons) if button.isEnabled())
        press(Qt.Key(ord(shown[first])))
        if choice.value() != choice.options[first].value or choice.isAncestorOf(here()):
            found.append(choice.accessibleName())
        assert form.isAncestorOf(here()), choice.accessibleName()
    return found


@pytest.mark.parametrize("kind", sorted(set(_FORMS) - OF_SOMETHING_ELSE))
def test_digits_lead_on_in_every_form_of_the_patients_page(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, kind: str
) -> None:
    episode = practice.refer("AD")
    practice.on(day(14))
    item_nine(practice, episode)  # something to correct, and to talk about
    scene = PatientScene(qtbot, practice, prompts, episode)
    assert staying(scene.compose(kind, PatientForm)) == []


@pytest.mark.parametrize(("page", "kind"), PAGES)
def test_digits_lead_on_in_the_forms_of_the_other_pages(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, page: type[CardsPage], kind: str
) -> None:
    episode = practice.refer("A")
    practice.on(day(14))
    scene = CardsScene(qtbot, practice, prompts, page, episode)
    scene.view.unfold(kind)
    form = scene.view.forms.form()
    assert form is not None, kind
    assert staying(form) == []


def test_digits_lead_on_in_a_form_about_nobody(qtbot: QtBot, practice: Practice) -> None:
    desk = practice.desk("amina")
    tasks = Tasks(NoToAll(), InlineExecutor())
    tasks.use(desk.reading)
    view = PracticeView(desk, tasks, NoToAll(), OpenCaseload(desk, tasks))
    under_hands(qtbot, view).resize(1180, 700)
    assert staying(view.days.form) == []
    assert here() is view.days.form.reason


def test_as_many_as_hold_are_ticked_without_leaving_the_list(qtbot: QtBot) -> None:
    many = ManyOf("Needs", {"a": "Large print", "b": "Braille"})
    under_hands(qtbot, many)
    give_keyboard(qtbot, many.boxes["a"])
    press(Qt.Key.Key_1)
    assert many.values() == ()
    press(Qt.Key.Key_Space)
    assert (many.values(), here()) == (("a",), many.boxes["a"])


def test_what_changes_the_page_keeps_the_keyboard(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("A")
    scene = PatientScene(qtbot, practice, prompts, episode)
    switch = scene.view.columns.switch
    give_keyboard(qtbot, switch)
    press(Qt.Key.Key_2)
    assert switch.isAncestorOf(here())
