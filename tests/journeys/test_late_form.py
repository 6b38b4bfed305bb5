"""A form that comes by post once care has ended: kept, talked about, and the patient referred again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from collabcare.domain.due_kinds import DueKind
from collabcare.domain.ids import EpisodeId
from collabcare.store.models import Episode, Patient
from collabcare.ui.forms.measure_form import MeasureForm
from collabcare.ui.forms.safety_form import SafetyForm
from collabcare.ui.pages import PageName
from tests.ui.keyboard import press, write

if TYPE_CHECKING:
    from collabcare.ui.main_window import MainWindow

ENTER, TAB, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space


def gone(desktop: MainWindow) -> EpisodeId:
    """Return an ended episode of mine, of somebody alive who is not back."""
    with desktop.desk.reading() as session:
        back = session.query(Episode.patient_id).filter(Episode.closed_on.is_(None))
        found = (
            session.query(Episode.id)
            .join(Patient, Patient.id == Episode.patient_id)
            .filter(
                Episode.closed_on.is_not(None),
                Episode.holder_id == desktop.desk.acting.user_id,
                Patient.died_on.is_(None),
                Episode.patient_id.not_in(back),
            )
            .order_by(Episode.id.desc())
        )
        return EpisodeId(found.limit(1).scalar())


def waiting(desktop: MainWindow, episode: EpisodeId) -> list[str]:
    """Return what Today says of a conversation with this patient."""
    return [
        item.due.sentence
        for item in desktop.work.today.items.values()
        if item.due.kind is DueKind.SAFETY_CONVERSATION and item.row.facts.episode_id == episode
    ]


def test_a_form_by_post_after_the_end_leads_to_a_talk_and_to_a_new_referral(desktop: MainWindow) -> None:
    episode, work = gone(desktop), desktop.work
    work.show_patient(episode, "measure")
    form = work.patient.composer.form()
    assert isinstance(form, MeasureForm)
    assert form.came.way.currentText() == "Post"
    write("000000001")
    press(ENTER, ctrl=True)
    assert isinstance(work.patient.composer.form(), SafetyForm)
    desktop.act("show_today")
    [why] = waiting(desktop, episode)
    assert "the form came in after care had ended" in why
    work.show_patient(episode, "safety")
    press(Qt.Key.Key_1, TAB)
    write("Rang her. She is with her sister, and would like to come back.")
    press(ENTER, ctrl=True)
    follow_up = work.patient.composer.follow_up
    assert (follow_up.text(), follow_up.hasFocus()) == ("Refer again", True)
    press(SPACE)
    assert work.place.page is PageName.NEW_PATIENT
    assert work.newcomer.form is not None
    assert work.newcomer.form.save.text() == "Refer again"
    desktop.act("show_today")
    assert waiting(desktop, episode) == []
