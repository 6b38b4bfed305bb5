"""A letter to somebody who cannot read ordinary print, on the letter page and on Today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from collabcare.domain.letter_formats import LetterEnd, letters_to_arrange
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.ui.forms.letter_end_form import LetterEndForm
from tests.builders import day
from tests.services.letter_commands import OFFER, kept_words, needs, telephone
from tests.services.searching import search
from tests.ui.keyboard import press, write
from tests.ui.views.patient_scene import PatientScene, words
from tests.ui.views.test_letter_view import LetterScene

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts


@pytest.fixture
def sought(practice: Practice) -> EpisodeId:
    """Return somebody who missed an appointment."""
    telephone(practice)
    episode = practice.refer("AD")
    practice.on(day(14))
    return episode


@pytest.fixture
def page(qtbot: QtBot, practice: Practice, sought: EpisodeId, prompts: ScriptedPrompts) -> LetterScene:
    """Return the letter page, opened once the service has its telephone."""
    assert practice.facts(sought).open_ladder
    return LetterScene(qtbot, practice, prompts)


@pytest.mark.parametrize("points", [pytest.param(16, id="AIS-W1"), 18, 24])
def test_large_print_comes_ticked_at_the_size_they_need(
    page: LetterScene, practice: Practice, sought: EpisodeId, points: int
) -> None:
    needs(practice, sought, information_formats=(f"large_print_{points}",))
    page.view.show_letter(sought, OFFER)
    box = page.view.form.large_print
    assert (box.text(), box.isChecked(), box.isEnabled()) == (
        f"Large print, {points} point",
        True,
        False,
    )
    assert words(page.view.form).count("The patient needs large print") == 1
    assert page.view.foot.issue.isEnabled()
    assert page.view.form.accessible.isChecked()
    page.view.show_letter(sought, "gp_review")
    box = page.view.form.large_print
    page.view.form.copy_to_patient.setChecked(False)
    assert (box.text(), box.isChecked(), box.isEnabled()) == ("Large print", False, True)
    page.view.form.copy_to_patient.setChecked(True)
    assert (box.isChecked(), box.isEnabled()) == (True, False)


def test_what_cannot_be_made_here_is_kept_in_words_and_says_how_to_go_on(
    page: LetterScene, practice: Practice, sought: EpisodeId
) -> None:
    """AIS-W2."""
    needs(practice, sought, information_formats=("braille",), communication_methods=("none_needed",))
    page.view.show_letter(sought, OFFER)
    assert "They need letters in Braille, which CollabCare cannot make" in words(page.view.form.findings)
    assert page.view.form.attempt.isHidden()
    assert page.view.foot.issue.text() == "Keep the words, to go in Braille"
    assert "Nothing is sent" in words(page.view.foot)
    page.view.foot.issue.click()
    page.qtbot.waitUntil(lambda: bool(page.issued))
    assert "“Letter in Braille to arrange” stands on Today" in page.view.foot.message.text()
    assert "Words kept for" in words(page.view.panel)
    [waiting] = letters_to_arrange(practice.facts(sought).letters)
    assert waiting.words == "in Braille"
    assert search(practice, sought).attempts == ()


def test_where_nobody_has_asked_the_letter_may_go_and_the_question_is_shown(
    page: LetterScene, practice: Practice, sought: EpisodeId
) -> None:
    """AIS-W4."""
    page.view.show_letter(sought, OFFER)
    assert page.view.panel.to_ask.text().startswith("Nobody has asked what they need")
    assert page.view.foot.issue.isEnabled()
    needs(
        practice,
        sought,
        information_formats=("standard",),
        communication_methods=("none_needed",),
        needs_reviewed_on=practice.today,
    )
    page.view.show_letter(sought, OFFER)
    assert page.view.panel.to_ask.text() == ""


def test_what_became_of_it_is_recorded_by_keyboard(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, sought: EpisodeId
) -> None:
    needs(practice, sought, information_formats=("braille",))
    kept_words(practice, sought)
    scene = PatientScene(qtbot, practice, prompts, sought)
    form = scene.compose("letter_end", LetterEndForm)
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return, ctrl=True)
    assert "why it is not needed" in form.message.text()
    form.end.setFocus()
    press(Qt.Key.Key_1)
    write("Made by the RNIB")
    press(Qt.Key.Key_Return, ctrl=True)
    assert letters_to_arrange(practice.facts(sought).letters) == ()
    assert practice.facts(sought).letters[-1].kind.endswith(LetterEnd.SENT)
    last = search(practice, sought).attempts[-1]
    assert (last.channel, last.outcome, last.accessible) == (Channel.LETTER, AttemptOutcome.SENT, True)
