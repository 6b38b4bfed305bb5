"""One named, permitted, audited transaction for each thing a user does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from collabcare.domain.acting import Permission, Role
from collabcare.domain.caseload import caseload_row
from collabcare.domain.changes import Kind
from collabcare.domain.closure import Ending
from collabcare.domain.errors import EnvironmentProblem, NotAllowed, RuleViolation, StaleRecord
from collabcare.services.episodes import CloseEpisode, MoveStep, close_episode, move_step, start_maintenance
from collabcare.services.summaries import PrintSummary, print_summary
from collabcare.store.engine import WRITE
from collabcare.store.models import AuditEntry, Episode, GpPractice
from tests.builders import day, pathway

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from collabcare.store.unit_of_work import UnitOfWork
    from tests.record_fixtures import Practice


def rename(practice: Practice, login: str, name: str) -> None:
    """Rename the GP practice, as an action of its own."""
    with practice.uow(login).begin(Permission.ADD_PATIENT, f"Rename to {name}") as work:
        work.get(GpPractice, practice.gp_practice_id).name = name
        work.touched(Kind.PRACTICE, subject_id=practice.gp_practice_id)


def name_of(practice: Practice) -> str:
    """Return what the GP practice is called."""
    with practice.reading() as session:
        return session.scalars(select(GpPractice.name)).one()


def move_up(practice: Practice, episode: EpisodeId, uow: UnitOfWork) -> None:
    """Move a patient to the third step."""
    seen = practice.facts(episode).version
    command = MoveStep(
        episode_id=episode, seen=seen, to_step=3, reason="More support", agreed_with_patient=True
    )
    move_step(command, uow, pathway())


def test_leaving_normally_keeps_the_change_and_its_audit_row(practice: Practice) -> None:
    rename(practice, "jo", "Oak Lane")
    line = practice.audit()[-1]
    assert name_of(practice) == "Oak Lane"
    assert (line.action, line.kind, line.actor_id, line.actor_role) == (
        "Rename to Oak Lane",
        Kind.PRACTICE,
        practice.user("jo"),
        Role.PRACTITIONER,
    )
    assert line.at == datetime(2026, 1, 5, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("error", [RuleViolation("no"), ZeroDivisionError(), KeyboardInterrupt()], ids=repr)
def test_leaving_in_any_other_way_leaves_no_trace(practice: Practice, error: BaseException) -> None:
    before = practice.everything()

    def fail() -> None:
        with practice.uow().begin(Permission.ADD_PATIENT, "Fail") as work:
            work.get(GpPractice, practice.gp_practice_id).name = "Oak Lane"
            work.session.flush()
            raise error

    with pytest.raises(type(error)):
        fail()
    assert practice.everything() == before


def test_who_may_not_is_refused_before_anything_is_read(practice: Practice) -> None:
    def try_it() -> None:
        with practice.uow("rita").begin(Permission.ADD_PATIENT, "Try"):
            pytest.fail("the body ran")

    with practice.refused("may not add patient", NotAllowed):
        try_it()


def test_a_record_that_is_not_there_is_said_in_words(practice: Practice) -> None:
    with (
        practice.uow().begin(Permission.READ_CASELOAD, "Look") as work,
        pytest.raises(RuleViolation, match="not in"),
    ):
        work.get(Episode, 99)


def test_the_version_seen_is_compared_and_the_newest_is_read(practice: Practice) -> None:
    episode = practice.refer("A")
    seen = practice.facts(episode).version
    start_maintenance(episode, practice.uow())
    with practice.uow().begin(Permission.MOVE_STEP, "Look") as work:
        assert work.get(Episode, episode, seen=seen + 1).version == seen + 1
        with pytest.raises(StaleRecord, match="Your text is kept"):
            work.get(Episode, episode, seen=seen)


def test_a_change_by_another_connection_in_between_is_refused(practice: Practice) -> None:
    """The version column catches what the version seen cannot: a save between our reading and our writing."""
    episode = practice.refer("A")
    uow = practice.uow()

    def late() -> None:
        with uow.begin(Permission.MOVE_STEP, "Late") as work:
            found = work.get(Episode, episode)
            work.session.connection().exec_driver_sql("update episode set version = version + 1")
            found.step = 4

    with practice.refused("Somebody else saved this a moment ago", StaleRecord):
        late()


def test_a_database_that_refuses_is_said_in_words(practice: Practice) -> None:
    def break_it() -> None:
        with practice.uow().begin(Permission.MOVE_STEP, "Break") as work:
            work.session.connection().exec_driver_sql("delete from audit_entry")

    with practice.refused("Nothing was saved", EnvironmentProblem):
        break_it()


# batches


def test_a_batch_is_kept_whole_with_a_row_for_each_actor(practice: Practice) -> None:
    episode = practice.refer("A")
    since = practice.audit()[-1].id
    jo = practice.uow("jo")
    amina = jo.for_user(practice.staff["amina"])
    with jo.batch() as session:
        move_up(practice, episode, jo)
        assert session.scalars(select(Episode.step)).one() == 3
        assert practice.facts(episode).step == 2  # not yet seen from outside
        start_maintenance(episode, amina)
    assert practice.facts(episode).step == 3
    assert [(line.actor_id, line.actor_role) for line in practice.audit(since)] == [
        (practice.user("jo"), Role.PRACTITIONER),
        (practice.user("amina"), Role.SUPERVISOR),
    ]


def test_a_batch_that_fails_leaves_nothing_of_any_actor(practice: Practice) -> None:
    episode = practice.refer("A")
    jo = practice.uow("jo")

    def run() -> None:
        with jo.batch():
            move_up(practice, episode, jo)
            start_maintenance(episode, jo.for_user(practice.staff["rita"]))

    with practice.refused("may not move step", NotAllowed):
        run()
    start_maintenance(episode, jo)  # the door works again, on its own


def test_a_batch_that_goes_on_after_a_refusal_is_not_kept(practice: Practice) -> None:
    """The refused action's half-done work cannot be told from the rest."""
    episode = practice.refer("A")
    before = practice.everything()
    jo = practice.uow("jo")

    def run() -> None:
        with jo.batch():
            start_maintenance(episode, jo)
            with pytest.raises(RuleViolation):
                start_maintenance(episode, jo)

    with pytest.raises(RuntimeError, match="the batch went on"):
        run()
    assert practice.everything() == before


def test_nothing_is_kept_of_two_endings_of_one_episode(practice: Practice) -> None:
    episode = practice.refer("A")
    jo = practice.uow("jo")
    command = CloseEpisode(episode_id=episode, ending=Ending.MOVED_AWAY, closed_on=day(0), why_no_plan="Well")

    def run() -> None:
        with jo.batch():
            close_episode(command, jo, practice.rulebook)
            close_episode(command, jo, practice.rulebook)

    with practice.refused("This episode of care is closed"):
        run()


# the audit trail itself


@pytest.mark.parametrize("statement", ["delete from audit_entry", "update audit_entry set action = 'x'"])
def test_the_audit_trail_can_only_grow(practice: Practice, statement: str) -> None:
    practice.refer("A")
    with (
        practice.refused("Nothing was saved", EnvironmentProblem),
        practice.uow().begin(Permission.READ_CASELOAD, "Tidy") as work,
    ):
        work.session.connection().exec_driver_sql(statement)


def test_the_audit_trail_names_actions_and_numbers_and_no_people(practice: Practice) -> None:
    practice.refer("AAD", surname="Zyxwvut", contact_note="Qwertyuiop")
    with practice.reading() as session:
        words = " ".join(str(tuple(row)) for row in session.execute(select(AuditEntry.__table__)))
    assert not [secret for secret in ("Zyxwvut", "Qwertyuiop", "999000") if secret in words]


def test_a_summary_is_printed_with_its_audit_rows_or_not_at_all(practice: Practice) -> None:
    """A page that left the practice without a line in the trail is the one thing nobody could find out."""
    episode = practice.refer("A")
    with practice.reading() as session:
        session.connection(execution_options=WRITE).exec_driver_sql(
            "create trigger no_audit before insert on audit_entry begin select raise(abort, 'full'); end"
        )
        session.commit()
    row = caseload_row(practice.facts(episode), practice.rulebook, practice.today)
    to = practice.folder / "summary.pdf"
    with practice.refused("Nothing was saved", EnvironmentProblem):
        print_summary(PrintSummary(rows=(row,), filter_text="", to=to), practice.desk())
    assert not to.exists()
