"""From an opened record to a desk."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from collabcare.clock import SteadyClock
from collabcare.domain.acting import Role
from collabcare.domain.errors import DamagedRecord, EnvironmentProblem, NotAllowed
from collabcare.paths import resources_dir
from collabcare.queries.caseload import caseload
from collabcare.services.sign_in import TEXT_PACKS, load_rulebook, sign_in
from collabcare.store.engine import WRITE
from collabcare.store.models import UserAccount
from tests.builders import MONDAY, instruments, pathway

if TYPE_CHECKING:
    from pathlib import Path

    from tests.record_fixtures import Practice


def change_amina(practice: Practice, **values: object) -> None:
    """Change the account of whoever opened the record."""
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        session.execute(update(UserAccount).where(UserAccount.login == "amina").values(**values))
        session.commit()


def test_signing_in_sets_up_a_desk_and_is_audited(practice: Practice) -> None:
    desk = sign_in(practice.opened, practice.clock, resources_dir())
    assert (desk.acting.login, desk.acting.name, desk.acting.role) == ("amina", "Amina Shah", Role.SUPERVISOR)
    assert (desk.today, desk.site.name, desk.record_path) == (MONDAY, "Elm Tree PCN", practice.opened.path)
    assert (desk.rulebook.pathway, desk.rulebook.instruments) == (pathway(), instruments())
    assert desk.letter_kinds
    line = practice.audit()[-1]
    assert (line.action, line.actor_id, line.actor_role) == (
        "Sign in",
        practice.user("amina"),
        Role.SUPERVISOR,
    )


@pytest.mark.parametrize(("back", "said"), [(0, False), (5, False), (6, True), (60 * 24 * 400, True)])
def test_a_clock_behind_the_last_entry_is_said_at_sign_in(practice: Practice, back: int, said: bool) -> None:
    """Hazard H20: in minutes; what the network's own clocks may differ by is no reason to speak."""
    practice.refer("A")
    then = practice.clock.now() - timedelta(minutes=back)
    desk = sign_in(practice.opened, SteadyClock(then), resources_dir())
    assert desk.notice.startswith("The clock of this computer says") is said
    if back == 60 * 24 * 400:
        assert "the last entry in this record was made 05-Jan-2026 18:00." in desk.notice
        assert "Put the clock right" in desk.notice


def test_an_account_no_longer_in_use_opens_no_desk(practice: Practice) -> None:
    change_amina(practice, active=False)
    with practice.refused("no longer in use", NotAllowed):
        sign_in(practice.opened, practice.clock, resources_dir())


def test_a_key_without_an_account_opens_no_desk(practice: Practice) -> None:
    change_amina(practice, login="somebody else")
    with practice.refused("no longer in use", NotAllowed):
        sign_in(practice.opened, practice.clock, resources_dir())


def test_a_record_of_a_service_model_without_a_file_is_refused_in_words(practice: Practice) -> None:
    with pytest.raises(DamagedRecord, match="service model 'elsewhere', which has no file"):
        load_rulebook(resources_dir(), "elsewhere", practice.clock)


def test_questions_a_licensed_site_adds_beside_its_record_are_asked(practice: Practice) -> None:
    folder = practice.opened.path.parent / TEXT_PACKS
    folder.mkdir()
    areas = ", ".join(f'"Question {n} as printed"' for n in range(1, 6))
    (folder / "wsas.toml").write_text(
        f"""
id = "wsas"
licence_holder = "Elm Tree"
licence_reference = "Letter of 3 March 2026"
stem = "As printed"
items = [{areas}]
options = [{", ".join(f'{{ value = {n}, label = "{n}" }}' for n in range(9))}]
""",
        encoding="utf-8",
    )
    instruments = sign_in(practice.opened, practice.clock, resources_dir()).rulebook.instruments
    assert instruments["wsas"].items[0] == "Question 1 as printed"
    assert not instruments["swemwbs"].has_text


def test_a_slip_in_a_resource_is_named_when_signing_in(practice: Practice, tmp_path: Path) -> None:
    resources = tmp_path / "resources"
    for folder in ("instruments", "pathways", "letters"):
        shutil.copytree(resources_dir() / folder, resources / folder)
    file = resources / "instruments" / "phq9.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("caseness = 10", "caseness = 99"), encoding="utf-8"
    )
    with pytest.raises(EnvironmentProblem, match=r"phq9\.toml, line \d+: caseness"):
        sign_in(practice.opened, practice.clock, resources)


@pytest.mark.parametrize("login", ["jo", "amina", "alex", "rita"])
def test_a_desk_reads_for_every_role_that_may(practice: Practice, login: str) -> None:
    practice.refer("A")
    desk = practice.desk(login)
    with desk.reading() as session:
        assert len(caseload(session, desk.rulebook, desk.today)) == 1
