"""What the rules suggest on a patient's page: each sentence once, each with its why, and nothing done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from collabcare.domain.due_kinds import Due, DueKind
from collabcare.domain.flags import FlagKind, flags
from collabcare.domain.reason import Basis, Reason
from collabcare.services.measures import RecordMeasure, record_measure
from collabcare.ui.views.due_acts import coming_words, due_tone
from collabcare.ui.widgets.look import Tone
from collabcare.ui.widgets.plain_label import PlainLabel
from collabcare.ui.widgets.why import WhyButton, rule_words
from tests.builders import MONDAY, instruments
from tests.ui.keyboard import give_keyboard, here, press
from tests.ui.views.patient_scene import PatientScene, words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.domain.flags import CaseloadFlag
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

LATE = Reason(Basis(rule="due.contact", facts=(), say=lambda: "Last seen a while ago"), ())
NINE_WEEKS = 9
PARTS = ("Rule", "Facts used", "Source")


@pytest.fixture
def stuck(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> PatientScene:
    """Somebody whose PHQ-9 has stayed at 18 for nine weeks, with an answer to item 9 not talked about."""
    episode = practice.refer("A" * (NINE_WEEKS + 1))
    for week in (0, NINE_WEEKS):
        practice.on(MONDAY + timedelta(weeks=week))
        record_measure(
            RecordMeasure(episode_id=episode, taken_on=practice.today, answers=(2,) * 9),
            practice.uow(),
            instruments()["phq9"],
        )
    practice.on(practice.today + timedelta(days=3))
    return PatientScene(qtbot, practice, prompts, episode)


def stands_out(scene: PatientScene) -> list[CaseloadFlag]:
    """Return the flags of the patient, as the rules give them."""
    return list(flags(scene.facts(), scene.practice.rulebook, today=scene.practice.today))


def test_to_consider_holds_the_flags_in_order_and_no_sentence_stands_twice(stuck: PatientScene) -> None:
    card = stuck.part("patient_consider", QWidget)
    found = [flag for flag in stands_out(stuck) if flag.sentence in words(card)]
    assert FlagKind.NOT_IMPROVING in {flag.kind for flag in found}
    shown = [line for line in words(card).splitlines() if line in {flag.sentence for flag in found}]
    assert shown == [flag.sentence for flag in found]
    for flag in stands_out(stuck):
        assert words(stuck.view.now).count(flag.sentence) <= 1, flag.sentence


def test_a_step_to_think_about_leaves_the_scores_to_their_own_lines(stuck: PatientScene) -> None:
    due = stuck.part("patient_due", QWidget)
    assert "Consider with the patient a step up from Guided support." in words(due).splitlines()


def test_the_agenda_names_what_the_page_has_said_already(stuck: PatientScene) -> None:
    assert "For the reasons above: Safety, Not improving" in words(stuck.view.now)


def test_nothing_stands_out_and_there_is_nothing_to_consider(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = PatientScene(qtbot, practice, prompts, practice.refer("A"))
    assert "To consider" not in words(scene.view.now)
    assert scene.view.findChildren(QWidget, "patient_consider") == []


def test_each_line_says_why_by_key_and_nothing_is_recorded(qtbot: QtBot, stuck: PatientScene) -> None:
    before = stuck.facts()
    buttons = [button for button in stuck.view.now.findChildren(WhyButton) if button.isVisible()]
    told = {rule_words(flag.rule) for flag in stands_out(stuck) if flag.kind is not FlagKind.NO_NEXT_DATE}
    names = [button.accessibleName() for button in buttons]
    assert "Why: Safety conversation to close" in names
    assert "Why: Not improving (PHQ-9)" in names
    for button in buttons:
        give_keyboard(qtbot, button)
        press(Qt.Key.Key_Space)
        lines = words(button.panel).splitlines()
        assert tuple(line for line in lines if line in PARTS) == PARTS
        told.discard(lines[1])
        press(Qt.Key.Key_Escape)
        assert not button.panel.isVisible()
        assert here() is button
    assert told == set()
    assert stuck.facts() == before


def test_the_page_explains_its_first_line_and_escape_stays_on_the_page(stuck: PatientScene) -> None:
    stuck.view.explain()
    button = here()
    assert isinstance(button, WhyButton)
    assert "NICE NG225" in words(button.panel)
    press(Qt.Key.Key_Escape)
    assert words(button.panel) == ""


def test_in_one_column_explaining_brings_the_line_into_view(qtbot: QtBot, stuck: PatientScene) -> None:
    stuck.window.resize(640, 700)
    qtbot.waitUntil(lambda: not stuck.view.now.isVisible())
    stuck.view.explain()
    assert stuck.view.now.isVisible()
    assert isinstance(here(), WhyButton)


def test_what_is_about_safety_or_only_to_be_thought_about_has_no_colour(stuck: PatientScene) -> None:
    card = stuck.part("patient_due", QWidget)
    tones = [(each.text(), each.property("tone")) for each in card.findChildren(PlainLabel)]
    said = [(text, tone) for text, tone in tones if text.endswith("overdue") or text.startswith("since")]
    *plain, letter = said  # two answers to talk about and a step; then the letter to the GP, which is late
    assert [tone for _text, tone in plain] == [Tone.NEUTRAL] * 3
    assert plain[-1][0].startswith("since")
    assert letter[1] == Tone.ATTENTION


@pytest.mark.parametrize("kind", DueKind)
def test_the_colour_of_a_thing_due_is_its_lateness(kind: DueKind) -> None:
    due = Due(kind, MONDAY, LATE)
    safety = {DueKind.SAFETY_CONVERSATION, DueKind.SAFETY_ASSESSMENT, DueKind.SAFETY_REVIEW}
    plain = kind in {*safety, DueKind.STEP_SUGGESTION, DueKind.CLOSING_SIGNATURE}
    assert due_tone(due, MONDAY) is Tone.NEUTRAL
    after = due_tone(due, MONDAY + timedelta(days=30))
    assert after is (Tone.NEUTRAL if plain else Tone.ATTENTION)


def test_what_comes_is_said_without_saying_due_twice() -> None:
    assert coming_words(Due(DueKind.CONTACT, MONDAY, LATE), MONDAY - timedelta(days=2)) == (
        "Contact due in 2 days"
    )
    assert coming_words(Due(DueKind.GP_LETTER, MONDAY, LATE), MONDAY) == "GP to be told, due today"
