"""The site's own days: added, taken out, and counted with from the next sign-in on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.changes import Kind
from collabcare.paths import resources_dir
from collabcare.queries.site_days import site_days
from collabcare.services.sign_in import sign_in
from collabcare.services.site_days import LONGEST_REASON, AddSiteDay, add_site_day, remove_site_day
from tests.builders import day

if TYPE_CHECKING:
    from tests.record_fixtures import Practice

TRAINING, SATURDAY = day(2), day(5)
CHRISTMAS = date(2026, 12, 25)


def add(practice: Practice, on: date, *, is_open: bool = False, reason: str = "Training") -> int | None:
    """Let the supervisor add a day."""
    command = AddSiteDay(on=on, is_open=is_open, reason=reason)
    changes = add_site_day(command, practice.uow("amina"))
    assert changes.kinds == {Kind.SITE_DAY}
    assert not changes.episodes
    return changes.made


def test_the_sites_days_are_in_the_calendar_of_the_next_desk(practice: Practice) -> None:
    made = add(practice, TRAINING, reason=" Staff  training ")
    add(practice, SATURDAY, is_open=True, reason="Saturday clinic")
    add(practice, CHRISTMAS, is_open=True, reason="Open all year")
    with practice.reading() as session:
        days = site_days(session)
    assert days.closed == {TRAINING}
    assert days.open == {SATURDAY, CHRISTMAS}
    assert days.reasons[TRAINING] == "Staff training"
    calendar = sign_in(practice.opened, practice.clock, resources_dir()).rulebook.calendar
    assert not calendar.is_working_day(TRAINING)
    assert calendar.is_working_day(SATURDAY)
    assert calendar.is_working_day(CHRISTMAS)
    lines = [line for line in practice.audit() if line.kind == "site day"]
    assert (lines[0].action, lines[0].subject_id) == ("Add day to the site's calendar", made)


def test_a_day_taken_out_is_as_it_was(practice: Practice) -> None:
    made = add(practice, TRAINING)
    changes = remove_site_day(TRAINING, practice.uow("alex"))
    assert changes.kinds == {Kind.SITE_DAY}
    assert sign_in(practice.opened, practice.clock, resources_dir()).rulebook.calendar.is_working_day(
        TRAINING
    )
    line = next(line for line in practice.audit() if line.action.startswith("Remove day"))
    assert line.subject_id == made
    with practice.refused("not in the list any more"):
        remove_site_day(TRAINING, practice.uow("alex"))


WRONG = {
    "no reason": (TRAINING, False, " ", "Say why"),
    "too long": (TRAINING, False, "x" * (LONGEST_REASON + 1), "The reason is too long"),
    "closed anyway": (SATURDAY, False, "Shut", "a weekend or bank holiday"),
    "closed on a bank holiday": (CHRISTMAS, False, "Shut", "a weekend or bank holiday"),
    "open anyway": (TRAINING, True, "Clinic", "works on that day anyway"),
}


@pytest.mark.parametrize(("on", "is_open", "reason", "words"), WRONG.values(), ids=WRONG)
def test_a_day_that_changes_nothing_is_refused(
    practice: Practice, on: date, is_open: bool, reason: str, words: str
) -> None:
    with practice.refused(words):
        add(practice, on, is_open=is_open, reason=reason)


def test_a_day_is_in_the_list_once(practice: Practice) -> None:
    add(practice, TRAINING)
    with practice.refused("in the list already"):
        add(practice, TRAINING, is_open=True)
