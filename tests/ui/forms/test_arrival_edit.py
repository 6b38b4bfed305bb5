"""How a form came in: out of the way until it matters, and then the hour counts."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from collabcare.domain.calendar import LONDON
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.safety_facts import FormRoute
from collabcare.queries.caseload import caseload
from collabcare.queries.support import on_duty
from collabcare.queries.worklist import worklist
from collabcare.services.on_duty import PutOnDuty, put_on_duty
from collabcare.ui.forms.measure_form import MeasureForm
from tests.builders import day
from tests.ui.keyboard import press, write
from tests.ui.views.patient_scene import PatientScene, scene_of

if TYPE_CHECKING:
    from datetime import date

    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

FRIDAY, MONDAY_AFTER = day(11), day(14)


def safety_for(practice: Practice, login: str, on: date) -> list[date]:
    """Return the days of the safety conversations on somebody's list by a day."""
    with practice.reading() as session:
        rows = caseload(session, practice.rulebook, practice.today)
        duty = on_duty(session)
    sections = worklist(rows, until=on, for_user=practice.user(login), on_duty=duty)
    return [
        item.due.due_on
        for section in sections
        if section.kind is DueKind.SAFETY_CONVERSATION
        for item in section.items
    ]


def form_in(scene: PatientScene) -> MeasureForm:
    """Open the PHQ-9 with item 9 answered above nothing."""
    form = scene.compose("measure", MeasureForm)
    write("111111111")
    return form


def test_a_form_filled_in_with_us_asks_for_nothing_more(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = form_in(scene)
    assert not form.came.on.isVisible()
    press(Qt.Key.Key_Return, ctrl=True)
    [kept] = scene.facts().measures
    assert (kept.route, kept.arrived_at) == (None, None)


def test_one_posted_late_on_friday_and_typed_in_on_monday_was_for_duty_on_friday(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    """SAFE-W6, through the screen: on the day it came in, for duty and the practitioner, and still there."""
    put_on_duty(PutOnDuty(user_id=practice.user("sam")), practice.uow("amina"))
    scene = scene_of(qtbot, practice, prompts, "AA")
    practice.on(MONDAY_AFTER)
    scene.view.reload()
    form = form_in(scene)
    form.on.set_value(FRIDAY - timedelta(days=1))
    form.came.way.set_value(FormRoute.POST)
    assert form.came.on.isVisible()
    form.came.on.set_value(FRIDAY)
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text() == "Type when it came in that day, such as 17:30."
    write("17:30")
    press(Qt.Key.Key_Return, ctrl=True)
    [kept] = scene.facts().measures
    assert kept.route is FormRoute.POST
    assert kept.arrived_at == datetime.combine(FRIDAY, time(17, 30), LONDON)
    assert safety_for(practice, "sam", practice.today) == [FRIDAY]
    assert safety_for(practice, "jo", practice.today) == [FRIDAY]
    assert safety_for(practice, "amina", practice.today) == []
    put_on_duty(PutOnDuty(user_id=None), practice.uow("amina"))
    assert safety_for(practice, "amina", practice.today) == [FRIDAY]


def test_one_that_came_in_just_now_needs_no_time(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = form_in(scene)
    form.came.way.set_value(FormRoute.TEXT)
    press(Qt.Key.Key_Return, ctrl=True)
    [kept] = scene.facts().measures
    assert kept.arrived_at == practice.clock.now()


def test_one_still_to_come_is_refused(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = form_in(scene)
    form.came.way.set_value(FormRoute.EMAIL)
    form.came.at.edit.setText("23:59")
    press(Qt.Key.Key_Return, ctrl=True)
    assert "cannot have come in in the future" in form.message.text()
    assert form.is_touched()
