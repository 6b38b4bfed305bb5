"""What holds for every command: who may, that it is audited, and that a refusal leaves no trace."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.acting import ROLE_WORDS, Role
from collabcare.domain.changes import Changes
from collabcare.domain.errors import EnvironmentProblem, NotAllowed
from collabcare.store.engine import WRITE
from tests.builders import day
from tests.record_fixtures import anew
from tests.services.care_commands import prepare_care
from tests.services.commands import COMMANDS, Scene, declared, scene
from tests.services.desk_commands import prepare_desk
from tests.services.details_commands import prepare_details
from tests.services.letter_commands import prepare_letters
from tests.services.loop_commands import prepare_loop
from tests.services.note_commands import prepare_notes
from tests.services.plan_commands import prepare
from tests.services.reach_commands import prepare_reaching
from tests.services.safety_commands import prepare_safety
from tests.services.today_commands import prepare_today

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.store.record import OpenRecord

ON_THE_WAY_IN = {"sign_in": "Desk"}
"""What is audited before there is a desk to act from."""


@pytest.fixture(scope="module")
def played(
    practice_place: OpenRecord, practice_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Scene:
    """Let the scene happen once and keep the record as it is then."""
    folder = tmp_path_factory.mktemp("scene")
    found = scene(anew(practice_place, practice_template, folder))
    prepare(found.practice, found.episode)
    prepare_reaching(found.practice)
    prepare_today(found.practice)
    prepare_safety(found.practice)
    prepare_loop(found.practice)
    prepare_desk(found.practice, found.episode)
    prepare_details(found.practice, found.well)
    prepare_care(found.practice, found.episode)
    prepare_notes(found.practice, found.well)
    prepare_letters(found.practice)
    with found.practice.reading() as session:
        session.connection().exec_driver_sql("commit")
        session.connection().exec_driver_sql("pragma wal_checkpoint(truncate)")
    shutil.copy(practice_place.path, folder / "played.ccrecord")
    return found


@pytest.fixture
def at(played: Scene, practice_place: OpenRecord, tmp_path: Path) -> Scene:
    """Return one patient of whom everything can be recorded, and one who is well and can be closed."""
    practice = anew(practice_place, played.practice.folder / "played.ccrecord", tmp_path)
    practice.on(day(14))
    practice.numbers = played.practice.numbers
    return replace(played, practice=practice)


def test_every_command_there_is_stands_in_the_table() -> None:
    assert declared() == {**dict.fromkeys(COMMANDS, "Changes"), **ON_THE_WAY_IN}


CELLS = [(name, role) for name in COMMANDS for role in Role]


@pytest.mark.parametrize(("name", "role"), CELLS, ids=[f"{name}-{role}" for name, role in CELLS])
def test_every_role_may_do_what_the_table_says_and_nothing_else(at: Scene, name: str, role: Role) -> None:
    command = COMMANDS[name]
    since = at.practice.audit()[-1].id
    before = at.practice.everything()
    if not command.permits(role):
        with pytest.raises(
            NotAllowed, match=rf"Your role \({ROLE_WORDS[role].lower()}\) may not .*Nothing was changed"
        ):
            command.run(at, role)
        assert at.practice.everything() == before
        return
    changes = command.run(at, role)
    lines = at.practice.audit(since)
    if not command.audited:
        assert (lines, changes) == ([], Changes())
        assert at.practice.everything() != before
        return
    assert lines
    acting = at.uow(role).acting
    assert {(line.actor_id, line.actor_role, line.at) for line in lines} == {
        (acting.user_id, role, at.practice.clock.now())
    }
    assert {line.kind for line in lines} == changes.kinds
    assert {line.episode_id for line in lines} - {None} == changes.episodes
    assert all(line.action and line.subject_id for line in lines)
    assert all(line.patient_id for line in lines if line.episode_id)


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if command.audited])
def test_without_its_audit_row_no_change_is_kept(at: Scene, name: str) -> None:
    """The row and the change stand or fall together, in one transaction."""
    with at.practice.reading() as session:
        session.connection(execution_options=WRITE).exec_driver_sql(
            "create trigger no_audit before insert on audit_entry "
            "begin select raise(abort, 'the audit trail is full'); end"
        )
        session.commit()
    before = at.practice.everything()
    with pytest.raises(EnvironmentProblem, match="Nothing was saved"):
        COMMANDS[name].run(at, Role.SUPERVISOR)
    assert at.practice.everything() == before


def test_everything_a_command_touches_is_told_to_the_screens(at: Scene) -> None:
    changes = COMMANDS["record_measure"].run(at, Role.PRACTITIONER)
    assert changes.episodes == {at.episode}
    assert changes.made is not None
    assert Changes() == Changes(kinds=frozenset(), episodes=frozenset(), made=None)
