"""The budgets of keys and clicks, counted on the real main window: nothing is typed twice, nothing is far."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from collabcare.domain.display import fmt_date
from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.forms.measure_form import MeasureForm
from collabcare.ui.forms.put_note_in import last_note
from collabcare.ui.pages import PageName
from tests.journeys.hands import Hands
from tests.ui.keyboard import here

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.ui.main_window import MainWindow

KEYS_TO_A_PATIENT = 6
KEYS_OF_A_PHQ9 = 12
CLICKS_TO_A_NOTE = 2
CLICKS_TO_A_LETTER = 4


@pytest.fixture
def hands() -> Hands:
    return Hands()


def mine(desktop: MainWindow) -> EpisodeFacts:
    """Return a patient of mine who has been seen, about whom nothing is open."""
    me = desktop.desk.acting.user_id
    return next(
        row.facts
        for row in desktop.work.open_caseload.rows
        if row.facts.holder_id == me
        and row.last_seen
        and not row.facts.open_safety_prompts
        and row.facts.open_ladder is None
        and row.facts.patient.surname.isascii()
    )


def found_by_four_letters(desktop: MainWindow) -> EpisodeFacts:
    """Return a patient whose surname nobody else's name begins like: most are."""
    people = [row.facts for row in desktop.work.open_caseload.rows]
    names = [name for each in people for name in (each.patient.surname, each.patient.given_name)]
    begin = [name[:4].casefold() for name in names]
    return next(
        each
        for each in people
        if each.patient.surname.isascii() and begin.count(each.patient.surname[:4].casefold()) == 1
    )


@pytest.mark.parametrize(
    "start", ["show_today", "show_caseload", "show_loop", "show_reminders", "show_keys", "new_patient"]
)
def test_a_patient_is_six_keys_away_from_anywhere(desktop: MainWindow, hands: Hands, start: str) -> None:
    wanted = found_by_four_letters(desktop)
    desktop.act(start)
    hands.press(Qt.Key.Key_K, ctrl=True)
    hands.write(wanted.patient.surname[:4])
    hands.press(Qt.Key.Key_Return)
    assert desktop.work.place.page is PageName.PATIENT
    assert desktop.work.place.episode_id == wanted.episode_id
    assert hands.keys <= KEYS_TO_A_PATIENT


def test_a_phq9_takes_twelve_keys(desktop: MainWindow, hands: Hands) -> None:
    patient = mine(desktop)
    before = len(patient.measures_of("phq9"))
    desktop.work.show_patient(patient.episode_id)
    hands.press(Qt.Key.Key_M, ctrl=True, shift=True)
    assert isinstance(desktop.work.patient.composer.form(), MeasureForm)
    hands.write("211101000")
    hands.write("1")
    hands.press(Qt.Key.Key_Return, ctrl=True)
    row = desktop.work.open_caseload.row_of(patient.episode_id)
    assert row is not None
    saved = row.facts.measures_of("phq9")
    assert len(saved) == before + 1
    assert (saved[-1].answers, saved[-1].function_answer) == ((2, 1, 1, 1, 0, 1, 0, 0, 0), 1)
    assert hands.keys <= KEYS_OF_A_PHQ9


def test_a_contact_note_is_two_clicks_away_from_the_caseload(desktop: MainWindow, hands: Hands) -> None:
    desktop.act("show_caseload")
    caseload = desktop.work.caseload
    patient = mine(desktop).episode_id
    place = caseload.model.index_of(patient).row()
    menu = hands.menu_of_row(caseload.table, place)
    hands.click_in_menu(menu, "Record contact")
    assert desktop.work.place.episode_id == patient
    form = desktop.work.patient.composer.form()
    assert isinstance(form, ContactForm)
    assert form.isAncestorOf(here())
    assert hands.clicks <= CLICKS_TO_A_NOTE


def test_a_letter_with_the_last_note_is_four_clicks_away(
    desktop: MainWindow, hands: Hands, qtbot: QtBot
) -> None:
    work, patient = desktop.work, mine(desktop).episode_id
    work.show_patient(patient)
    hands.click_words(work.patient.composer.bar, "Letter")
    assert work.place.page is PageName.LETTER
    noted = last_note(mine(desktop))
    assert noted is not None
    hands.click_words(work.letter.form, f"Put in the note of {fmt_date(noted.on)}")
    assert noted.note in work.letter.form.parts["discussed"].text()
    qtbot.waitUntil(work.letter.foot.issue.isEnabled)
    hands.click(work.letter.foot.issue)
    row = work.open_caseload.row_of(patient)
    assert row is not None
    assert row.facts.letters[-1].issued_on == desktop.desk.today
    assert work.letter.foot.save.isVisible()
    assert hands.clicks <= CLICKS_TO_A_LETTER
