"""The same try logged once more: what is said to come next is what stays due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.course import course_of
from collabcare.domain.reach_facts import HasteKind
from collabcare.services.haste import RecordHaste, record_haste_fact
from collabcare.ui.forms.attempt_form import AttemptForm
from tests.ui.forms.test_attempt_form import CALL, NO_ANSWER, save
from tests.ui.keyboard import press
from tests.ui.views.patient_scene import scene_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts


def test_after_the_same_call_once_more_the_step_said_is_the_one_that_stays_due(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts, "AD")
    fact = RecordHaste(
        episode_id=scene.episode, kind=HasteKind.SAFEGUARDING, happened_on=scene.practice.today
    )
    record_haste_fact(fact, scene.practice.uow())
    scene.view.show_episode(scene.episode)
    for note in ("Rang", "Rang, no answer again"):
        form = scene.compose("attempt", AttemptForm)
        press(CALL)
        press(NO_ANSWER)
        form.note.setPlainText(note)
        save()
        if scene.view.composer.form() is form:
            save()
    (first, second) = scene.facts().ladders[-1].attempts
    assert (first.note, second.note) == ("Rang", "Rang, no answer again")
    step = course_of(scene.facts(), scene.practice.rulebook, scene.practice.today).search
    assert step is not None
    assert step.what.lower() in scene.said().lower()
    assert "Next: try again at another time or by another channel" in scene.said()
