"""Today: letting something wait or declining it, colleagues covered, and the reminders there are."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt

from collabcare.domain.due_kinds import DueKind
from collabcare.services.cover import ArrangeCover, arrange_cover
from collabcare.ui.widgets.section_model import ENTRY_ROLE, SectionHead
from tests.builders import MONDAY, day
from tests.ui.accessibility import nameless
from tests.ui.keyboard import here, press, write
from tests.ui.views.test_today_view import Scene, item_nine

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.ui.forms.not_now_form import NotNowForm
    from collabcare.ui.tasks import Tasks
    from tests.record_fixtures import Practice


@pytest.fixture
def quiet(practice: Practice) -> Practice:
    """One patient not seen for nine weeks, and another colleague's."""
    practice.refer("A", surname="Ash")
    practice.refer("A", surname="Elm", holder_id=practice.user("sam"))
    practice.on(MONDAY + timedelta(days=70))
    return practice


def choose(scene: Scene, kind: DueKind) -> None:
    key = next(row.key for row in scene.rows() if isinstance(row.key, tuple) and row.key[0] == kind.value)
    scene.view.list.select_key(key)
    scene.view.list.setFocus()


def form_of(scene: Scene) -> NotNowForm:
    form = scene.view.side.form
    assert form is not None
    return form


def test_a_contact_waits_with_its_reason_by_keyboard_alone(
    qtbot: QtBot, quiet: Practice, tasks: Tasks
) -> None:
    scene = Scene(qtbot, quiet, tasks)
    choose(scene, DueKind.CONTACT)
    scene.view.not_now()
    assert here() is form_of(scene).reason
    write("Away with her mother")
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.view.side.form is None
    assert here() is scene.view.list
    assert scene.view.message.text().endswith(
        "contact due: put off until Mon 23-Mar-2026, with the reason. It comes back by itself."
    )
    assert DueKind.CONTACT.value not in {row.key[0] for row in scene.rows() if isinstance(row.key, tuple)}
    model = scene.view.list.model()
    last = model.index(model.rowCount() - 1, 0, QModelIndex()).data(ENTRY_ROLE)
    assert last == SectionHead("Put off or waiting", 1, "None", collapsed=True)
    scene.view.list.setFocus()
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Right)
    (waits,) = [row for row in scene.rows() if "Away with her mother" in row.detail]
    assert waits.aside.startswith("due in")
    quiet.on(day(77))
    scene.caseload.reload()
    (again,) = [row for row in scene.rows() if "Away with her mother" in row.detail]
    assert again.aside == "due today"
    assert "put off until 23-Mar-2026 by Jo Smith" in again.detail


def test_without_a_reason_it_is_refused_and_nothing_is_lost(
    qtbot: QtBot, quiet: Practice, tasks: Tasks
) -> None:
    scene = Scene(qtbot, quiet, tasks)
    choose(scene, DueKind.CONTACT)
    scene.view.not_now()
    press(Qt.Key.Key_Return, ctrl=True)
    assert "Say why" in form_of(scene).message.text()
    assert nameless(form_of(scene)) == []
    press(Qt.Key.Key_Escape)
    assert scene.view.side.form is None
    assert here() is scene.view.list


def test_a_measure_can_be_declined(qtbot: QtBot, quiet: Practice, tasks: Tasks) -> None:
    scene = Scene(qtbot, quiet, tasks)
    choose(scene, DueKind.MEASURE)
    scene.view.not_now()
    form = form_of(scene)
    form.how.setFocus()
    write("2")
    assert "asked again after 28 days" in form.limits.whole_text()
    form.reason.setFocus()
    write("Finds the form unhelpful")
    press(Qt.Key.Key_Return, ctrl=True)
    assert "declined, with the reason" in scene.view.message.text()


def test_a_search_is_put_off_on_the_patients_page_with_its_own_limits(
    qtbot: QtBot, practice: Practice, tasks: Tasks
) -> None:
    episode = practice.refer("AD")
    practice.on(day(8))
    scene = Scene(qtbot, practice, tasks)
    choose(scene, DueKind.REENGAGE)
    with qtbot.waitSignal(scene.view.compose_requested) as asked:
        scene.view.not_now()
    assert asked.args == [episode, "put_off"]


def test_what_is_about_safety_offers_no_later(qtbot: QtBot, quiet: Practice, tasks: Tasks) -> None:
    item_nine(quiet, quiet.refer("A", surname="Fir"))
    quiet.on(day(70))
    scene = Scene(qtbot, quiet, tasks)
    choose(scene, DueKind.CONTACT)
    assert not scene.view.panel.later.isHidden()
    choose(scene, DueKind.SAFETY_CONVERSATION)
    assert scene.view.panel.later.isHidden()
    scene.view.not_now()
    assert scene.view.side.form is None
    assert "cannot be put off" in scene.view.message.text()
    choose(scene, DueKind.CONTACT)
    assert scene.view.message.text() == "", "it was said of another line"


def test_colleagues_i_cover_have_a_list_of_their_own(qtbot: QtBot, quiet: Practice, tasks: Tasks) -> None:
    scene = Scene(qtbot, quiet, tasks)
    before = scene.view.my_counts()[0]
    arrange_cover(
        ArrangeCover(
            covered_id=quiet.user("sam"), by_id=quiet.user("jo"), from_on=quiet.today, until_on=None
        ),
        quiet.uow(),
    )
    scene.caseload.reload()
    assert scene.view.my_counts()[0] == before
    scene.view.whose.set_value("covered")
    scene.view.show_rows()
    assert {row.title.split(",")[0] for row in scene.rows()} == {"ELM"}


def test_the_reminders_to_make_are_a_key_away(qtbot: QtBot, practice: Practice, tasks: Tasks) -> None:
    episode = practice.refer("A")
    practice.happen("b", episode, day(8))
    practice.on(day(7))
    scene = Scene(qtbot, practice, tasks)
    assert scene.view.reminders.text() == "1 reminder"
    assert scene.view.reminders.accessibleName() == "1 reminder to make"
    with qtbot.waitSignal(scene.view.reminders_requested):
        scene.view.reminders.click()
