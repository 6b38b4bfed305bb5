"""The practice's own days in a step: set, taken back, and gone by from the next sign-in on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.changes import Kind
from collabcare.domain.step_days import StepDays, days_of_step
from collabcare.paths import resources_dir
from collabcare.queries.step_days import own_step_days
from collabcare.services.sign_in import sign_in
from collabcare.services.step_days import SetStepDays, UseModelDays, set_step_days, use_model_days

if TYPE_CHECKING:
    from tests.record_fixtures import Practice


def put(practice: Practice, step: int | None, long: int, very: int) -> None:
    """Let the supervisor set figures."""
    command = SetStepDays(step=step, long_days=long, very_long_days=very)
    changes = set_step_days(command, practice.uow("amina"), practice.rulebook.pathway)
    assert changes.kinds == {Kind.STEP_DAYS}
    assert not changes.episodes


def own(practice: Practice) -> list[tuple[int, int, int]]:
    """Return what the record holds."""
    with practice.reading() as session:
        return [(each.step, each.long_days, each.very_long_days) for each in own_step_days(session)]


def test_the_next_desk_goes_by_them_and_the_trail_tells(practice: Practice) -> None:
    put(practice, 3, 40, 80)
    put(practice, 2, 30, 60)
    put(practice, 3, 45, 80)
    assert own(practice) == [(2, 30, 60), (3, 45, 80)]
    mine = sign_in(practice.opened, practice.clock, resources_dir()).rulebook.pathway
    assert days_of_step(mine, 3) == StepDays(step=3, long_days=45, very_long_days=80)
    assert not days_of_step(mine, 1).own
    told = [line.action for line in practice.audit() if line.kind == Kind.STEP_DAYS]
    assert told == ["Set days in a step"] * 3


def test_every_step_at_once_and_one_taken_back(practice: Practice) -> None:
    put(practice, None, 50, 100)
    steps = [step.number for step in practice.rulebook.pathway.steps]
    assert own(practice) == [(step, 50, 100) for step in steps]
    use_model_days(UseModelDays(step=2), practice.uow("alex"))
    assert [step for step, _, _ in own(practice)] == [step for step in steps if step != 2]
    with practice.refused("the service model's figures already"):
        use_model_days(UseModelDays(step=2), practice.uow("alex"))


def test_what_cannot_be_or_changes_nothing_is_refused(practice: Practice) -> None:
    put(practice, 2, 30, 60)
    for step, long, very, words in (
        (2, 30, 60, "hold already"),
        (2, 60, 30, "a larger number"),
        (9, 30, 60, "has no step 9"),
    ):
        with practice.refused(words):
            set_step_days(
                SetStepDays(step=step, long_days=long, very_long_days=very),
                practice.uow("amina"),
                practice.rulebook.pathway,
            )
    assert own(practice) == [(2, 30, 60)]
