"""Make a demo record: a synthetic service with its staff, and the lives of its patients played into it.

The record is built in a folder of its own and takes its place only when it is whole, so that an interrupted
build leaves what was there before.
"""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from collabcare.clock import SteadyClock
from collabcare.demo.diary import london
from collabcare.demo.library import Library, Practice, Staff, load_library
from collabcare.demo.lives import Wanted, plan_lives
from collabcare.demo.play import Play, Stage
from collabcare.demo.practice import set_practice
from collabcare.demo.snippets import add_snippets
from collabcare.domain.acting import Acting, Role
from collabcare.domain.errors import DamagedRecord, NewerRecord, RuleViolation
from collabcare.domain.ids import GpPracticeId, UserId
from collabcare.paths import RECORD_SUFFIX, resources_dir
from collabcare.services.patients import NewGpPractice, add_gp_practice
from collabcare.services.sign_in import sign_in
from collabcare.services.users import NewUser, add_user
from collabcare.store.access import Unlocked, add_user_slot
from collabcare.store.files import refused, remove_database
from collabcare.store.keyfile import key_path, read_key_file
from collabcare.store.record import FirstUser, NewRecord, NewSite, create_record, open_unlocked
from collabcare.store.vault import PRODUCTION_COST, VaultCost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from collabcare.services.desk import Desk

DEMO_PATIENTS = 60
DEMO_SEED = 1948
RECORD_NAME = f"demo{RECORD_SUFFIX}"
MOST_PATIENTS = 100_000
MOST_OPTIONAL_LETTERS = 120
_STARTED_BEFORE = timedelta(weeks=60)
_BUILDING = ".demo-building"


class SignIn(NamedTuple):
    """How to sign in to the demo."""

    login: str
    password: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRecord:
    """A finished demo: where it is and who can sign in, the practitioners first."""

    path: Path
    sign_ins: tuple[SignIn, ...]


def build_demo(  # noqa: PLR0913 - the options of the demo command, each with its default
    folder: Path,
    *,
    today: date,
    patients: int = DEMO_PATIENTS,
    seed: int = DEMO_SEED,
    progress: Callable[[int, int], None] | None = None,
    cost: VaultCost | None = None,
) -> DemoRecord:
    """Build a synthetic caseload of so many open patients, and a third as many since closed, as of ``today``.

    The same seed, number and day make the same people with the same lives. A demo that stands in ``folder``
    is replaced; beside any other record nothing is built.

    Args:
        folder: Where the record is to be; made if it is missing.
        today: The day the caseload is meant to be looked at; everything but bookings is before it.
        patients: How many open patients.
        seed: Which people.
        progress: Told how many of how many people are done, from time to time.
        cost: What one guess at a password costs; the real cost when left out.

    Raises:
        RuleViolation: When the folder holds a record that is not this demo, or the number is out of range.
        EnvironmentProblem: When the folder cannot be written.
    """
    _refuse_number(patients)
    library = load_library(resources_dir() / "demo")
    wanted = Wanted(patients=patients, seed=seed, today=today)
    with _workshop(folder) as finished:
        _build(finished, library, wanted, cost or PRODUCTION_COST, progress)
    staff = sorted(library.places.staff, key=lambda each: list(Role).index(each.role))
    sign_ins = (SignIn(each.login, library.places.password, each.role) for each in staff)
    return DemoRecord(path=folder / RECORD_NAME, sign_ins=tuple(sign_ins))


def _build(
    path: Path,
    library: Library,
    wanted: Wanted,
    cost: VaultCost,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Make the record, take on the staff and the practices, and play the lives."""
    clock = SteadyClock(london(wanted.today - _STARTED_BEFORE, time(8, 30)))
    first, *others = sorted(library.places.staff, key=lambda each: each.role is not Role.ADMINISTRATOR)
    created = create_record(path, _new_record(library, first), clock.now(), cost)
    with open_unlocked(created.unlocked) as record:
        desk = sign_in(record, clock, resources_dir())
        add_snippets(resources_dir() / "demo" / "snippets.toml", desk)
        desks = {first.login: desk} | {each.login: _take_on(each, desk) for each in others}
        supervisor = desks[library.places.logins(Role.SUPERVISOR)[0]]
        set_practice(resources_dir() / "demo" / "practice.toml", desk, supervisor.acting)
        stage = Stage(
            desks=desks,
            practices=tuple(_add_practice(practice, desk) for practice in library.places.practices),
            clock=clock,
            letters=MOST_OPTIONAL_LETTERS,
        )
        lives = plan_lives(wanted, library, desk.rulebook.pathway, desk.rulebook.calendar)
        with ThreadPoolExecutor(
            max_workers=1
        ) as locksmith:  # deriving keys is slow on purpose; play meanwhile
            keys = locksmith.submit(_give_keys, record.unlocked, others, library.places.password, cost)
            Play(stage).perform(lives, progress)
            keys.result()


def _new_record(library: Library, first: Staff) -> NewRecord:
    service = library.places.service
    return NewRecord(
        site=NewSite(
            name=service.name,
            address="\n".join(service.address),
            postcode=service.postcode,
            telephone=service.telephone,
            pathway_id=service.pathway,
        ),
        user=FirstUser(
            login=first.login,
            password=library.places.password,
            name=first.name,
            role=first.role,
            job_title=first.job_title,
        ),
        is_demo=True,
    )


def _take_on(staff: Staff, desk: Desk) -> Desk:
    """Add an account and return the desk of whoever holds it."""
    command = NewUser(login=staff.login, name=staff.name, role=staff.role, job_title=staff.job_title)
    made = add_user(command, desk.uow).made
    acting = Acting(user_id=UserId(made or 0), login=staff.login, name=staff.name, role=staff.role)
    return replace(desk, acting=acting, uow=desk.uow.for_user(acting))


def _give_keys(unlocked: Unlocked, staff: Sequence[Staff], password: str, cost: VaultCost) -> None:
    for each in staff:
        add_user_slot(unlocked, each.login, password, cost)


def _add_practice(practice: Practice, desk: Desk) -> GpPracticeId:
    command = NewGpPractice(
        name=practice.name,
        address="\n".join(practice.address),
        postcode=practice.postcode,
        telephone=practice.telephone,
    )
    return GpPracticeId(add_gp_practice(command, desk.uow).made or 0)


def _refuse_number(patients: int) -> None:
    if not 1 <= patients <= MOST_PATIENTS:
        raise RuleViolation(f"A demo has 1 to {MOST_PATIENTS:,} patients. Nothing was made.")


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """Give a place to build the record in; once it is whole it takes the place of the demo that was there."""
    final = folder / RECORD_NAME
    building = folder / _BUILDING
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_other_records(folder)
        shutil.rmtree(building, ignore_errors=True)  # what a build that was stopped left behind
        building.mkdir()
        yield building / RECORD_NAME
        remove_database(final)
        (building / RECORD_NAME).replace(final)
        key_path(building / RECORD_NAME).replace(key_path(final))
    except OSError as error:
        raise refused(error, f"make the demo in {folder}", "No other record was touched.") from error
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _refuse_other_records(folder: Path) -> None:
    """Refuse to build beside a record that is not this demo: synthetic and real people never mix."""
    keys = {path.with_suffix("") for path in folder.glob(f"*{RECORD_SUFFIX}.keys")}
    for record in sorted({*folder.glob(f"*{RECORD_SUFFIX}"), *keys}):
        if record.name != RECORD_NAME or not _is_demo(record):
            raise RuleViolation(
                f"The folder holds another record, {record.name}. Nothing was made and it was not touched. "
                "Choose an empty folder for the demo."
            )


def _is_demo(record: Path) -> bool:
    try:
        return read_key_file(record).identity.is_demo
    except (DamagedRecord, NewerRecord):
        return False
