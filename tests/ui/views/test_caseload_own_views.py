"""Views a user keeps: after the divider, counted like the others, renamed, brought up to date, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from collabcare.domain.caseload_layout import MOST_VIEWS
from collabcare.ui.views.caseload_cards import NameCard
from tests.ui.keyboard import here, press, write
from tests.ui.views.caseload_scene import Scene, choose, five_patients

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.ui.tasks import Tasks
    from tests.record_fixtures import Practice


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, tasks: Tasks) -> Scene:
    five_patients(practice)
    return Scene(qtbot, practice, tasks)


def keep(scene: Scene, name: str) -> None:
    """Keep what is shown under a name, by keyboard."""
    scene.view.own_views.save()
    assert isinstance(scene.view.side.card, NameCard)
    write(name)
    press(Qt.Key.Key_Return)


def menu(scene: Scene) -> dict[str, object]:
    """Return what the menu of views offers."""
    scene.view.own_views.menu.aboutToShow.emit()
    return {action.text(): action for action in scene.view.own_views.menu.actions()}


def press_in_menu(scene: Scene, words: str) -> None:
    menu(scene)
    next(a for a in scene.view.own_views.menu.actions() if a.text() == words).trigger()


def own_chips(scene: Scene) -> list[str]:
    return [option.text for option in scene.view.filters.options if option.apart]


def test_a_view_is_kept_under_a_name_with_its_filter_search_order_and_columns(
    scene: Scene, qtbot: QtBot, practice: Practice, tasks: Tasks
) -> None:
    choose(scene, "everyone's", "overdue")
    scene.view.search.setText("elm tree")
    scene.view.table.sortByColumn(scene.place("last_seen"), Qt.SortOrder.DescendingOrder)
    names = scene.names()
    keep(scene, "For Thursday")
    assert own_chips(scene) == ["For Thursday"]
    assert scene.said[-1] == "“For Thursday” stands with the other views now."
    choose(scene, "mine")
    other = Scene(qtbot, practice, tasks)
    assert own_chips(other) == ["For Thursday"]
    assert other.view.filters.told(other.view.filters.options[-1].value) == f"For Thursday, {len(names)}"
    other.view.asking.choose("For Thursday")
    assert other.names() == names
    assert other.view.search.text() == "elm tree"
    assert other.view.sentence.whole_text() == f"Showing {len(names)} of 5 – overdue, “elm tree”"
    assert other.view.head.order.whole_text() == "Sorted by Last seen, latest first"


def test_nobody_else_sees_it(scene: Scene, qtbot: QtBot, practice: Practice, tasks: Tasks) -> None:
    keep(scene, "Mine alone")
    assert own_chips(Scene(qtbot, practice, tasks, "sam")) == []


def test_leaving_it_brings_the_users_own_list_back(scene: Scene) -> None:
    scene.view.table.sortByColumn(scene.place("due"), Qt.SortOrder.AscendingOrder)
    keep(scene, "By due")
    scene.view.table.sortByColumn(scene.place("dnas"), Qt.SortOrder.DescendingOrder)
    choose(scene, "everyone's", "overdue")
    assert scene.view.head.order.whole_text() == "Sorted by Due, earliest first"
    scene.view.asking.choose("By due")
    assert scene.view.head.order.whole_text() == "Sorted by Due, earliest first", (
        "it changed by being saved only"
    )


def test_searching_in_it_asks_something_else(scene: Scene) -> None:
    choose(scene, "everyone's", "overdue")
    keep(scene, "Late")
    scene.view.search.setText("ash")
    assert scene.view.asking.own is None
    assert scene.view.filters.value() == "overdue"
    assert scene.view.sentence.whole_text() == "Showing 1 of 5 – overdue, “ash”"


def test_it_is_brought_up_to_date_renamed_and_deleted(scene: Scene) -> None:
    keep(scene, "Late")
    assert set(menu(scene)) == {
        "&Save this view…",
        "&Keep “Late” as it is now",
        "&Rename “Late”…",
        "&Delete “Late”",
    }
    scene.view.table.sortByColumn(scene.place("due"), Qt.SortOrder.DescendingOrder)
    press_in_menu(scene, "&Keep “Late” as it is now")
    assert scene.view.keeping.views[0].layout.sort == "due"
    press_in_menu(scene, "&Rename “Late”…")
    press(Qt.Key.Key_A, ctrl=True)
    write("Very late")
    press(Qt.Key.Key_Return, ctrl=True)
    assert own_chips(scene) == ["Very late"]
    assert scene.view.asking.own is not None
    press_in_menu(scene, "&Delete “Very late”")
    assert own_chips(scene) == []
    assert scene.names(), "the patients are where they were"
    assert set(menu(scene)) == {"&Save this view…"}


def test_a_name_that_cannot_be_is_said_at_the_field(scene: Scene) -> None:
    keep(scene, "Late")
    keep(scene, "late")
    card = scene.view.side.card
    assert isinstance(card, NameCard)
    assert here() is card.name
    assert card.name.accessibleDescription() == "There is a view called “late” already. Choose another name."
    press(Qt.Key.Key_Escape)
    assert scene.view.side.card is None
    assert own_chips(scene) == ["Late"]


def test_a_view_of_a_colleagues_patients_lasts_while_they_hold_nobody(
    scene: Scene, practice: Practice
) -> None:
    scene.view.whose.set_value(int(practice.user("sam")))
    scene.view.whose.chosen.emit(practice.user("sam"))
    assert scene.view.sentence.whole_text() == "Showing 1 of 5 – held by Sam Brown"
    keep(scene, "Sams list")
    scene.caseload.rows = tuple(r for r in scene.caseload.rows if r.facts.holder != "Sam Brown")
    scene.view.show_rows()
    choose(scene, "mine")
    scene.view.asking.choose("Sams list")
    assert scene.view.sentence.whole_text() == "Showing 0 of 4 – held by Sam Brown"


def test_there_is_an_end_to_them(scene: Scene) -> None:
    keep(scene, "View 0")
    view = scene.view.keeping.views[0]
    many = tuple(
        type(view)(name=f"View {n}", asked=view.asked, layout=view.layout) for n in range(MOST_VIEWS)
    )
    scene.view.keeping.keep_views(many)
    scene.view.own_views.save()
    assert scene.view.side.card is None
    assert "views are kept already" in scene.said[-1]
