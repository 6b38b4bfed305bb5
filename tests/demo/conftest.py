"""What the demo's tests read: everything written by hand, and lives planned from it without a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.catalogue.days_off import england_calendar
from collabcare.demo.library import Library, load_library
from collabcare.demo.lives import Wanted, plan_lives
from collabcare.paths import resources_dir
from tests.builders import pathway
from tests.demo_record import DEMO_TODAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from collabcare.demo.acts import Life

    Plan = Callable[..., list[Life]]


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library(resources_dir() / "demo")


@pytest.fixture(scope="session")
def plan(library: Library) -> Plan:
    def planned(patients: int = 60, seed: int = 1, today: date = DEMO_TODAY) -> list[Life]:
        wanted = Wanted(patients=patients, seed=seed, today=today)
        return list(plan_lives(wanted, library, pathway(), england_calendar(today)))

    return planned


@pytest.fixture(scope="session")
def lives(plan: Plan) -> list[Life]:
    """Sixty open lives and twenty closed."""
    return plan()
