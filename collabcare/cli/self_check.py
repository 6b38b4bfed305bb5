"""``collabcare self-check``: load every resource, migrate a scratch record and say which versions run."""

from __future__ import annotations

import platform
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from collabcare import __version__
from collabcare.bootstrap import clock_for
from collabcare.catalogue.attendance import load_attendance
from collabcare.catalogue.days_off import england_calendar
from collabcare.catalogue.hazards import load_hazards
from collabcare.catalogue.instruments import load_instruments
from collabcare.catalogue.letters import load_letters
from collabcare.catalogue.pathways import DEFAULT_PATHWAY, load_pathways
from collabcare.catalogue.retention import load_retention
from collabcare.catalogue.rulebook import rulebook_of
from collabcare.catalogue.safety import load_helplines
from collabcare.catalogue.talking_therapies import load_talking_therapies_policy
from collabcare.domain.acting import Role
from collabcare.domain.display import fmt_count
from collabcare.domain.errors import EnvironmentProblem
from collabcare.paths import resources_dir
from collabcare.store.drift import drift
from collabcare.store.migrate import SCHEMA_HEAD
from collabcare.store.models import Base
from collabcare.store.record import FirstUser, NewRecord, NewSite, create_record, open_unlocked, verify
from collabcare.store.triggers import TRIGGERS

if TYPE_CHECKING:
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.pathway import Pathway

_FONTS = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")


def self_check() -> str:
    """Load everything, make and open a scratch record, and return the report that ends in ``ok``.

    Raises:
        EnvironmentProblem: Naming what is missing or wrong with this installation.
    """
    resources = resources_dir()
    instruments = load_instruments(resources / "instruments")
    pathways = load_pathways(resources / "pathways", instruments)
    letters = load_letters(resources / "letters")
    _load_rules(resources, pathways, instruments)
    hazards = load_hazards(resources / "safety" / "hazards.toml").hazards
    _look_for(resources, ("fonts", _FONTS), ("theme", ("theme.toml",)), ("icons", ("today.svg",)))
    cipher = _scratch_record()
    lines = [
        f"CollabCare {__version__}",
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}",
        f"Qt {version('PySide6-Essentials')}",
        f"SQLAlchemy {version('SQLAlchemy')}",
        f"SQLCipher {cipher}",
        f"Schema {SCHEMA_HEAD}",
        (
            "Resources "
            f"{fmt_count(len(instruments), 'instrument')}, {fmt_count(len(pathways), 'pathway')}, "
            f"{fmt_count(len(letters), 'letter')}, {fmt_count(len(hazards), 'hazard')}"
        ),
        "ok",
    ]
    return "\n".join(lines)


def _load_rules(resources: Path, pathways: dict[str, Pathway], instruments: dict[str, Instrument]) -> None:
    """Read every number the rules go by, for every service model."""
    rules, calendar = resources / "rules", england_calendar(clock_for(None).now().date())
    for pathway in pathways.values():
        rulebook_of(pathway, instruments, calendar, rules)
    load_attendance(rules)
    load_retention(rules)
    load_talking_therapies_policy(rules / "talking_therapies.toml")
    load_helplines(resources / "safety" / "helplines.toml")


def _scratch_record() -> str:
    """Make, migrate, open and check a record in a temporary folder; return the cipher's version."""
    site = NewSite(name="Self-check", address="", pathway_id=DEFAULT_PATHWAY)
    user = FirstUser(login="check", password="a scratch record's password", name="Check", role=Role.READER)  # noqa: S106 - thrown away below
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scratch.ccrecord"
        created = create_record(path, NewRecord(site=site, user=user, is_demo=True), clock_for(None).now())
        with open_unlocked(created.unlocked) as record:
            with record.engine.connect() as connection:
                faults = drift(connection, Base.metadata, TRIGGERS)
                cipher = connection.exec_driver_sql("pragma cipher_version").scalar_one()
            faults += verify(record)
    if faults:
        raise EnvironmentProblem(
            f"A fresh record is not as it should be: {faults[0]}. Install CollabCare again."
        )
    return str(cipher)


def _look_for(resources: Path, *folders: tuple[str, tuple[str, ...]]) -> None:
    for folder, names in folders:
        for name in names:
            if not (resources / folder / name).is_file():
                raise EnvironmentProblem(f"resources/{folder}/{name} is missing. Install CollabCare again.")
