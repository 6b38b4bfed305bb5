"""What is asked of the caseload: counts that agree with the search, slips of the finger, and Clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from collabcare.domain.caseload_filters import CaseloadFilter, Whose
from collabcare.domain.ids import GpPracticeId
from collabcare.services.patients import NewGpPractice, add_gp_practice
from collabcare.ui.widgets.buttons import Button
from collabcare.ui.widgets.plain_label import PlainLabel
from tests.ui.keyboard import give_keyboard, here, press, write
from tests.ui.views.caseload_scene import Scene, choose, five_patients

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.ui.tasks import Tasks
    from tests.record_fixtures import Practice


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, tasks: Tasks) -> Scene:
    five_patients(practice)
    return Scene(qtbot, practice, tasks)


def test_filtered_to_nothing_is_not_nobody_and_clear_keeps_whose(scene: Scene) -> None:
    scene.view.search.setText("zzz")
    said = scene.view.nothing.findChildren(PlainLabel)[0].text()
    assert said == "Nobody matches mine, “zzz”. 5 patients are hidden."
    scene.view.nothing.act_requested.emit()
    assert scene.names() == ["Ash", "birch", "Cedar", "Dale"]
    assert scene.view.sentence.whole_text() == "Showing 4 of 5 – mine"
    assert scene.view.whose.value() == Whose.MINE
    assert not scene.view.clear.isVisible()


def test_clear_beside_the_sentence_keeps_whose_and_leads_to_the_table(scene: Scene) -> None:
    scene.view.filters.set_value(CaseloadFilter.REENGAGING)
    scene.view.filters.chosen.emit(CaseloadFilter.REENGAGING)
    scene.view.search.setText("c")
    assert scene.view.sentence.whole_text() == "Showing 1 of 5 – mine, re-engaging, “c”"
    scene.view.clear.click()
    assert (scene.view.whose.value(), scene.view.filters.value()) == (Whose.MINE, CaseloadFilter.ALL)
    assert scene.view.search.text() == ""
    assert len(scene.names()) == 4
    assert here() is scene.view.table


def test_with_nobody_of_ones_own_everyone_is_a_key_away(scene: Scene) -> None:
    choose(scene, "nobody's")
    assert scene.names() == []
    button = scene.view.nothing.findChildren(Button)[0]
    assert button.text() == "Show everyone"
    scene.view.nothing.act_requested.emit()
    assert len(scene.names()) == 5


def test_a_chip_counts_what_it_would_show_with_what_is_searched(scene: Scene) -> None:
    view = scene.view
    choose(scene, "everyone's")
    for text in ("", "a", "c", "elm", "ash", "nobody like this"):
        view.search.setText(text)
        for which in CaseloadFilter:
            view.filters.set_value(which)
            view.filters.chosen.emit(which)
            for whose in (Whose.MINE, Whose.NOBODYS, Whose.EVERYONES):
                told = view.whose.told(whose)
                view.whose.set_value(whose)
                view.whose.chosen.emit(whose)
                shown = len(view.model.shown)
                assert told.endswith(f", {shown}")
                assert view.filters.told(which).endswith(f", {shown}")


def test_a_slip_in_a_name_finds_it_and_says_that_nothing_matches_exactly(scene: Scene) -> None:
    view = scene.view
    choose(scene, "everyone's")
    view.search.setText("cedra")
    assert scene.names() == ["Cedar"]
    said = "Showing 1 of 5 – names like “cedra”, as nothing matches exactly"
    assert view.sentence.whole_text() == view.shown_words() == said
    assert view.filters.told(CaseloadFilter.ALL).endswith(", 1")
    view.search.setText("ceda")
    assert view.sentence.whole_text() == "Showing 1 of 5 – “ceda”"
    choose(scene, "mine")
    view.search.setText("elmm")
    assert scene.names() == []
    view.search.setText("99999")
    assert scene.names() == [], "a number that is nearly somebody's is somebody else's"


def test_a_name_that_somebody_has_is_not_taken_for_a_slip(scene: Scene) -> None:
    choose(scene, "mine")
    scene.view.search.setText("elm, ngo")
    assert scene.names() == []
    assert scene.view.sentence.whole_text() == "Showing 0 of 5 – mine, “elm, ngo”"


def test_a_practice_is_chosen_from_a_menu_counted_said_kept_in_a_view_and_cleared(
    qtbot: QtBot, practice: Practice, tasks: Tasks
) -> None:
    five_patients(practice)
    oak = add_gp_practice(NewGpPractice(name="Oak & Sons"), practice.uow()).made
    practice.refer("A", surname="Oakes", gp_practice_id=GpPracticeId(oak or 0))
    scene = Scene(qtbot, practice, tasks)
    view = scene.view
    offered = [option.text for option in view.head.practice.options]
    assert offered[0] == "All practices"
    assert "Oak & Sons" in offered
    assert view.head.practice.isVisible()
    assert view.head.practice.told("Oak & Sons") == "Oak & Sons, 1"
    give_keyboard(qtbot, view.head.practice)
    assert here() is view.head.practice.more
    press(Qt.Key.Key_Space)
    next(act for act in view.head.practice.menu.actions() if "Oak" in act.text()).trigger()
    view.head.practice.menu.close()
    assert scene.names() == ["Oakes"]
    assert view.sentence.whole_text() == "Showing 1 of 6 – mine, registered with Oak & Sons"
    assert view.filters.told(CaseloadFilter.ALL) == "All, 1"
    assert view.head.practice.more.accessibleName() == "GP practice: Oak & Sons, 1"
    view.own_views.save()
    write("Oak")
    press(Qt.Key.Key_Return)
    view.clear.click()
    assert view.head.practice.value() == ""
    assert "Oakes" in scene.names()
    assert len(scene.names()) == 5
    view.asking.choose("Oak")
    assert scene.names() == ["Oakes"]


def test_with_one_practice_there_is_none_to_choose(scene: Scene) -> None:
    assert scene.view.head.practice.isHidden()
