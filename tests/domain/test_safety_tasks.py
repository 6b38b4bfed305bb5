"""Tasks that a safety question gives the same day, to whom, and that none of them waits for Monday."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.calendar import LONDON, london_date
from collabcare.domain.display import fmt_date, fmt_time
from collabcare.domain.errors import RuleViolation
from collabcare.domain.safety_facts import FormRoute
from collabcare.domain.safety_prompt import (
    OWNER_WORDS,
    ROUTE_WORDS,
    CouldNotAsk,
    TaskOwner,
    is_named,
    refuse_could_not_ask,
    task_for_form,
    task_when_not_asked,
    tasks_today,
)
from tests.builders import MONDAY, answered, calendar, day, facts, phq9, prompt
from tests.builders_safety import policy

if TYPE_CHECKING:
    from collabcare.domain.facts import MeasureFact

FRIDAY = date(2026, 3, 13)
REMOTE = [route for route in FormRoute if route.remote]


def form(item_9: int | None) -> MeasureFact:
    """Return a PHQ-9 whose other answers are 0, with this one to its last item."""
    return answered(phq9(), *(0,) * 8, item_9)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": "  "}, "Write why"),
        ({"who": ""}, "Write who"),
        *(({"who": who}, "by name") for who in ("me", "Me.", "I", "?", "tbc", "the team", "I will", "x")),
        ({"ask_on": None}, "Choose the day"),
        ({"ask_on": day(-1)}, "is past"),
    ],
)
def test_could_not_ask_says_why_who_and_when(changes: dict[str, object], words: str) -> None:
    missed = CouldNotAsk(reason="No reply", who="Jo Smith", ask_on=MONDAY)
    refuse_could_not_ask(missed, today=MONDAY)
    with pytest.raises(RuleViolation, match=words):
        refuse_could_not_ask(replace(missed, **changes), today=MONDAY)  # type: ignore[arg-type]  # any field
    with pytest.raises(RuleViolation, match=words):
        task_when_not_asked(replace(missed, **changes), policy(), today=MONDAY)  # type: ignore[arg-type]  # same


def test_a_day_that_is_too_far_is_refused_with_what_stays_due() -> None:
    missed = CouldNotAsk(reason="No reply", who="Jo Smith", ask_on=day(2))
    with pytest.raises(RuleViolation, match=r"Tue 06-Jan-2026 at the latest\. Until it is asked it stays"):
        task_when_not_asked(missed, policy(), today=MONDAY)
    assert is_named("Kostas's sister Maria")
    assert is_named("Me and Jo Smith")


def test_could_not_ask_gives_a_task_the_same_day_to_the_practitioner_and_to_duty() -> None:
    missed = CouldNotAsk(reason="No reply", who="Jo Smith ", ask_on=day(1))
    task = task_when_not_asked(missed, policy(), today=MONDAY)
    assert (task.due_on, task.owners) == (MONDAY, (TaskOwner.PRACTITIONER, TaskOwner.DUTY))
    assert task.suggestion.sentence == (
        "The safety question could not be asked. Jo Smith will ask by 06-Jan-2026. "
        "Agree today who keeps in touch until then."
    )
    assert set(OWNER_WORDS) == set(TaskOwner)
    assert set(ROUTE_WORDS) == set(FormRoute)


@pytest.mark.parametrize(
    ("on", "at", "due", "owner"),
    [
        pytest.param(FRIDAY, time(17, 30), FRIDAY, TaskOwner.DUTY, id="SAFE-W6"),
        pytest.param(FRIDAY, time(16, 59), FRIDAY, TaskOwner.PRACTITIONER, id="just before duty"),
        pytest.param(FRIDAY, time(17, 0), FRIDAY, TaskOwner.DUTY, id="duty begins"),
        pytest.param(FRIDAY, time(23, 59), FRIDAY, TaskOwner.DUTY, id="before midnight"),
        pytest.param(date(2026, 3, 14), time(9), date(2026, 3, 14), TaskOwner.DUTY, id="Saturday"),
        pytest.param(date(2026, 4, 3), time(10), date(2026, 4, 3), TaskOwner.DUTY, id="Good Friday"),
        pytest.param(date(2026, 3, 16), time(0, 5), date(2026, 3, 16), TaskOwner.PRACTITIONER, id="Monday"),
    ],
)
def test_a_positive_answer_from_outside_is_a_task_the_same_day(
    on: date, at: time, due: date, owner: TaskOwner
) -> None:
    for route in REMOTE:
        task = task_for_form(form(1), route, datetime.combine(on, at, LONDON), policy(), calendar())
        assert task is not None
        assert (task.due_on, task.owners) == (due, (owner,))
        when = f"{fmt_date(on, weekday=True)} at {fmt_time(at)}"
        assert f"talk about came in {ROUTE_WORDS[route]} on {when}." in task.suggestion.sentence
        assert task.suggestion.sentence.endswith(f"for {OWNER_WORDS[owner]} to talk with the patient.")


def test_summer_time_is_london_time() -> None:
    """16:30 UTC on a Friday in June is 17:30 on the practice's wall; 23:30 UTC is the next day there."""
    task = task_for_form(
        form(2), FormRoute.POST, datetime(2026, 6, 12, 16, 30, tzinfo=UTC), policy(), calendar()
    )
    assert task is not None
    assert task.owners == (TaskOwner.DUTY,)
    task = task_for_form(
        form(2), FormRoute.POST, datetime(2026, 6, 11, 23, 30, tzinfo=UTC), policy(), calendar()
    )
    assert task is not None
    assert (task.due_on, task.owners) == (date(2026, 6, 12), (TaskOwner.PRACTITIONER,))


@pytest.mark.parametrize(
    ("item_9", "route"), [(0, FormRoute.POST), (None, FormRoute.TEXT), (3, FormRoute.IN_PERSON)]
)
def test_no_task_for_an_answer_of_none_or_a_form_filled_in_together(
    item_9: int | None, route: FormRoute
) -> None:
    assert (
        task_for_form(form(item_9), route, datetime(2026, 3, 13, 17, 30, tzinfo=LONDON), policy(), calendar())
        is None
    )


@given(st.datetimes(datetime(2025, 6, 1), datetime(2026, 12, 31)), st.sampled_from(REMOTE), st.integers(1, 3))  # noqa: DTZ001 - hypothesis wants bounds without a zone and adds it below
def test_a_task_from_outside_never_waits(at: datetime, route: FormRoute, answer: int) -> None:
    instant = at.replace(tzinfo=UTC)
    task = task_for_form(form(answer), route, instant, policy(), calendar())
    assert task is not None
    assert task.due_on == london_date(instant)
    assert task == replace(
        task, due_on=london_date(instant)
    )  # the answer's height is not named, and changes neither day nor owner
    other = task_for_form(form(4 - answer), route, instant, policy(), calendar())
    assert other is not None
    assert (other.due_on, other.owners) == (task.due_on, task.owners)


def test_tasks_stand_while_their_conversation_is_open() -> None:
    came = prompt(route=FormRoute.POST, arrived_at=datetime(2026, 3, 13, 17, 30, tzinfo=LONDON))
    of = facts(measures=(form(1),), safety_prompts=(came,))
    [task] = tasks_today(of, policy(), calendar())
    assert (task.due_on, task.owners) == (FRIDAY, (TaskOwner.DUTY,))
    for other in (
        replace(came, closed_on=FRIDAY),
        replace(came, route=None),
        replace(came, arrived_at=None),
        replace(came, route=FormRoute.IN_PERSON),
    ):
        assert tasks_today(replace(of, safety_prompts=(other,)), policy(), calendar()) == ()
