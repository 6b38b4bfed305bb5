"""Start-up and sign-in, as ratios to the same work done bare, taken in pairs in one run.

Absolute times move by a factor of two on a busy computer; a ratio of two processes run one after the other
does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.store.access import change_password
from tests.benchmarks.pairs import best_ratio
from tests.benchmarks.probes import said
from tests.demo_record import copied

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from collabcare.demo.build import DemoRecord


@pytest.fixture(scope="module", autouse=True)
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let both halves of a pair find their modules compiled, as they are from the second start on."""
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        environment.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.mktemp("compiled")))
        yield


def seconds(*arguments: str) -> float:
    """Run one probe in a fresh process and return what it timed."""
    return said("startup_probe.py", *arguments)


def ratio(ours: tuple[str, ...], bare: tuple[str, ...], limit: float) -> float:
    """Return our time over the bare one; more pairs are run while it is over the limit."""
    for arguments in (ours, bare):
        seconds(*arguments)  # which leaves everything compiled and read from the disk once
    return best_ratio(lambda: seconds(*ours), lambda: seconds(*bare), limit)


@pytest.fixture(scope="module")
def record(built_demo: DemoRecord, tmp_path_factory: pytest.TempPathFactory) -> DemoRecord:
    """The demo, with the real cost of a guess at the first password."""
    made = copied(built_demo, tmp_path_factory.mktemp("startup"))
    login, password, _role = made.sign_ins[0]
    change_password(made.path, login, password, password)
    return made


@pytest.mark.timeout(300)
def test_the_sign_in_window_is_painted_within_1_3_times_a_bare_window(
    tmp_path: Path,
) -> None:
    found = ratio(("sign_in_window", str(tmp_path / "none.ccrecord")), ("bare_window",), 1.3)
    assert found <= 1.3, f"{found:.2f}"


@pytest.mark.timeout(300)
def test_from_the_password_to_the_filled_caseload_within_1_5_times_the_same_work_bare(
    record: DemoRecord,
) -> None:
    login, password, _role = record.sign_ins[0]
    who = (str(record.path), login, password)
    found = ratio(("filled_caseload", *who), ("bare_reading", *who), 1.5)
    assert found <= 1.5, f"{found:.2f}"


@pytest.mark.timeout(300)
def test_the_sign_in_window_answers_while_the_data_stack_loads_behind_it(tmp_path: Path) -> None:
    stalls: list[float] = []
    while len(stalls) < 3 and (not stalls or min(stalls) > 0.2):
        stalls.append(seconds("stall", str(tmp_path / "none.ccrecord")))
    assert min(stalls) <= 0.2, stalls
