"""The open caseload in memory: read whole when it must be, and otherwise no more of it than was changed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from collabcare.domain.changes import Changes, Kind
from collabcare.queries.caseload import caseload
from collabcare.services.contacts import record_contact
from collabcare.store.engine import WRITE
from collabcare.store.models import Episode
from collabcare.ui.models.open_caseload import OpenCaseload
from collabcare.ui.tasks import Tasks
from tests.builders import MONDAY, pathway
from tests.ui.inline import InlineExecutor, PatientExecutor
from tests.ui.scripted_prompts import ScriptedPrompts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.ids import EpisodeId
    from collabcare.ui.count import Count
    from tests.record_fixtures import Practice


class Scene:
    """Three patients of a practice, looked at through the open caseload."""

    def __init__(self, practice: Practice, executor: InlineExecutor) -> None:
        self.practice, self.executor = practice, executor
        self.ash, self.birch, self.cedar = (
            practice.refer("A", surname=surname) for surname in ("Ash", "Birch", "Cedar")
        )
        practice.on(MONDAY + timedelta(days=2))
        self.tasks = Tasks(ScriptedPrompts(), executor)
        desk = practice.desk()
        self.tasks.use(desk.reading)
        self.caseload = OpenCaseload(desk, self.tasks)

    def row(self, episode: EpisodeId) -> CaseloadRow:
        """Return a patient's row."""
        found = self.caseload.row_of(episode)
        assert found is not None
        return found

    def miss(self, episode: EpisodeId) -> None:
        """Save a missed contact, as a form does."""
        command = self.practice.contact("D", episode, MONDAY + timedelta(days=1))
        self.tasks.write(partial(record_contact, command, self.practice.uow(), pathway()))

    def set(self, episode: EpisodeId, **values: object) -> None:
        """Change an episode behind everybody's back."""
        with self.practice.reading() as session:
            session.connection(execution_options=WRITE)
            session.execute(update(Episode).where(Episode.id == episode).values(**values))
            session.commit()

    def touched(self, *episodes: EpisodeId, kind: Kind = Kind.EPISODE) -> None:
        """Say that something was saved."""
        self.tasks.changed.emit(Changes(kinds=frozenset({kind}), episodes=frozenset(episodes)))

    def is_what_is_read(self) -> bool:
        """Return whether the rows are those of a caseload read whole."""
        with self.practice.reading() as session:
            rulebook = self.caseload.rows[0].rulebook
            return list(self.caseload.rows) == caseload(session, rulebook, self.caseload.today)


@pytest.fixture
def scene(practice: Practice, qapp: QApplication) -> Scene:
    made = Scene(practice, InlineExecutor())
    made.caseload.reload()
    return made


def test_after_a_change_to_their_care_only_their_row_is_read_again(scene: Scene) -> None:
    before = {episode: scene.row(episode) for episode in (scene.ash, scene.birch, scene.cedar)}
    scene.miss(scene.birch)
    assert scene.row(scene.birch).dna_count == 1
    assert scene.row(scene.ash) is before[scene.ash]
    assert scene.row(scene.cedar) is before[scene.cedar]
    assert scene.is_what_is_read()


def test_whoever_is_discharged_leaves_and_whoever_is_back_comes(scene: Scene) -> None:
    scene.set(scene.birch, phase="closed", closed_on=date(2026, 1, 6))
    scene.touched(scene.birch)
    assert [row.facts.episode_id for row in scene.caseload.rows] == [scene.ash, scene.cedar]
    scene.set(scene.birch, phase="active", closed_on=None)
    scene.touched(scene.birch)
    assert [row.facts.episode_id for row in scene.caseload.rows] == [scene.ash, scene.birch, scene.cedar]
    assert scene.is_what_is_read()


def test_a_change_to_a_closed_episode_reads_the_open_one_of_the_same_patient(scene: Scene) -> None:
    patient = scene.row(scene.ash).facts.patient.patient_id
    scene.set(scene.cedar, phase="closed", closed_on=date(2026, 1, 6), patient_id=patient)
    scene.caseload.reload()
    before = scene.row(scene.ash), scene.row(scene.birch)
    scene.touched(scene.cedar, kind=Kind.MEASURE)
    assert scene.row(scene.ash) is not before[0]
    assert scene.row(scene.birch) is before[1]
    assert scene.is_what_is_read()


@pytest.mark.parametrize("kind", [Kind.PRACTICE, Kind.SITE_DAY, Kind.PATIENT, Kind.IDENTITY, Kind.COVER])
def test_what_stands_in_many_rows_reads_them_all(scene: Scene, kind: Kind) -> None:
    scene.set(scene.ash, step=3)
    scene.touched(scene.birch, kind=kind)
    assert scene.row(scene.ash).facts.step == 3


def test_a_change_that_names_nobody_reads_them_all(scene: Scene) -> None:
    scene.set(scene.ash, step=3)
    scene.touched()
    assert scene.row(scene.ash).facts.step == 3


def test_what_is_no_concern_of_the_caseload_reads_nothing(scene: Scene) -> None:
    before = scene.caseload.rows
    scene.touched(kind=Kind.SNIPPET)
    assert scene.caseload.rows is before


def test_changes_one_after_another_are_read_together(practice: Practice, qapp: QApplication) -> None:
    """The answer to the first question is dropped when the second is asked, so the second asks for both."""
    executor = PatientExecutor()
    scene = Scene(practice, executor)
    scene.caseload.reload()
    executor.run_all()
    kept = scene.row(scene.cedar)
    for episode in (scene.ash, scene.birch):
        scene.set(episode, step=3)
        scene.touched(episode)
    executor.run_all()
    assert [row.facts.step for row in scene.caseload.rows] == [3, 3, 2]
    assert scene.row(scene.cedar) is kept


def test_a_change_while_everything_is_read_has_everything_read_again(
    practice: Practice, qapp: QApplication
) -> None:
    executor = PatientExecutor()
    scene = Scene(practice, executor)
    scene.caseload.reload()
    scene.touched(scene.ash)
    executor.run_all()
    assert len(scene.caseload.rows) == 3


def test_on_another_day_everything_is_read(scene: Scene) -> None:
    before = scene.row(scene.ash)
    scene.practice.on(MONDAY + timedelta(days=3))
    scene.touched(scene.birch)
    assert scene.row(scene.ash) is not before
    assert {row.today for row in scene.caseload.rows} == {MONDAY + timedelta(days=3)}


def test_after_a_lock_everything_is_read(scene: Scene) -> None:
    before = scene.row(scene.ash)
    scene.set(scene.ash, step=3)
    scene.caseload.pause()
    scene.touched(scene.birch)
    assert scene.row(scene.ash) is before
    scene.caseload.go_on()
    assert scene.row(scene.ash).facts.step == 3


def test_reading_everything_again_keeps_the_rows_that_still_stand(scene: Scene) -> None:
    """So that two whole caseloads are never in memory together."""
    before = {each: scene.row(each) for each in (scene.ash, scene.birch, scene.cedar)}
    scene.set(scene.birch, step=3)
    scene.caseload.reload()
    assert scene.row(scene.ash) is before[scene.ash]
    assert scene.row(scene.cedar) is before[scene.cedar]
    assert scene.row(scene.birch).facts.step == 3
    assert scene.is_what_is_read()


def test_on_another_day_the_rules_are_asked_again_of_the_facts_that_still_stand(scene: Scene) -> None:
    before = scene.row(scene.ash)
    scene.practice.on(MONDAY + timedelta(days=40))
    scene.caseload.reload()
    assert scene.row(scene.ash).facts is before.facts
    assert scene.row(scene.ash).flag_kinds != before.flag_kinds
    assert scene.is_what_is_read()


def test_somebody_whose_care_ended_is_gone_once_everything_is_read_again(scene: Scene) -> None:
    scene.set(scene.ash, closed_on=MONDAY, phase="closed", closure_reason="02")
    scene.caseload.reload()
    assert scene.caseload.row_of(scene.ash) is None
    assert scene.is_what_is_read()


def test_a_first_reading_that_is_stopped_is_given_up_and_not_called_unread(
    practice: Practice, qapp: QApplication
) -> None:
    scene = Scene(practice, InlineExecutor())
    unread: list[bool] = []
    said: list[str] = []
    scene.caseload.unread.connect(lambda: unread.append(True))
    scene.tasks.stopped.connect(said.append)
    scene.tasks.counting.connect(_cancel)
    scene.caseload.reload()
    assert (scene.caseload.known, scene.caseload.failed, scene.caseload.given_up) == (False, False, True)
    assert unread == []
    assert said == ["Stopped. No patients were read. F5 reads them."]
    scene.tasks.counting.disconnect(_cancel)
    scene.caseload.reload()
    assert (scene.caseload.known, scene.caseload.given_up) == (True, False)


def _cancel(count: Count) -> None:
    count.cancel()
