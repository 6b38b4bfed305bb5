"""Why a conversation stands on the list, whose it is that day, and that it never moves or vanishes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from collabcare.domain.calendar import LONDON
from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import Due, DueKind
from collabcare.domain.ids import UserId
from collabcare.domain.instruments import Safety
from collabcare.domain.reengagement_policy import SafetyItem
from collabcare.domain.safety_facts import FormRoute
from collabcare.domain.safety_prompt import TaskOwner, task_of
from collabcare.domain.safety_reason import last_try, why_open
from collabcare.queries.caseload import caseload_row
from collabcare.queries.worklist import is_for, worklist
from tests.builders import MONDAY, day, facts, phq9, prompt, rulebook
from tests.builders_safety import policy

FRIDAY = date(2026, 3, 13)
LATE = datetime(2026, 3, 13, 17, 30, tzinfo=LONDON)
TRIED = prompt(tried_on=day(1), ask_by="Jo Smith", ask_on=day(3), note="No reply")
CAME = prompt(FRIDAY, route=FormRoute.POST, arrived_at=LATE)
JO, SAM = UserId(1), UserId(2)


def conversation(of: object, today: date) -> Due:
    """Return the safety conversation due for one patient."""
    [due] = [
        each
        for each in what_is_due(facts("A", safety_prompts=(of,)), rulebook(), today=today)
        if each.kind is DueKind.SAFETY_CONVERSATION
    ]
    return due


@pytest.mark.parametrize(
    ("of", "sentence"),
    [
        (prompt(), "PHQ-9 item 9 answered “several days” on 05-Jan-2026; no conversation about it yet"),
        (
            prompt(asked=Safety.ASK, answer=None),
            "PHQ-9 item 9 was not answered on 05-Jan-2026; ask it",
        ),
        (
            TRIED,
            (
                "PHQ-9 item 9 answered “several days” on 05-Jan-2026; it could not be asked on 06-Jan-2026, "
                "Jo Smith will ask by 08-Jan-2026"
            ),
        ),
        (
            replace(TRIED, asked=Safety.ASK, answer=None, ask_by=""),
            "PHQ-9 item 9 was not answered on 05-Jan-2026; it could not be asked on 06-Jan-2026",
        ),
    ],
)
def test_the_reason_is_said_in_the_words_of_the_form(of: object, sentence: str) -> None:
    assert why_open(of, phq9()).sentence == sentence  # type: ignore[arg-type]  # a prompt


def test_the_facts_behind_it_are_named() -> None:
    assert [each.words for each in why_open(TRIED, phq9()).used] == [
        "Safety question raised: 05-Jan-2026",
        "Question: PHQ-9 item 9",
        "Answer: several days",
        "Last try to ask: it could not be asked on 06-Jan-2026, Jo Smith will ask by 08-Jan-2026",
    ]
    assert last_try(prompt()) is None


def test_could_not_ask_is_for_duty_too_until_it_is_recorded() -> None:
    task = task_of(TRIED, policy(), rulebook().calendar)
    assert task is not None
    assert (task.due_on, task.owners) == (day(1), tuple(TaskOwner))
    for today in (day(1), day(40)):
        due = conversation(TRIED, today)
        assert due.for_duty


def test_a_form_from_outside_is_due_the_day_it_came_in_and_never_on_monday() -> None:
    """SAFE-W6: filled in on a Tuesday, in the post on Friday at 17:30, still Friday's on Monday."""
    filled_in = replace(CAME, opened_on=date(2026, 3, 10))
    for today in (FRIDAY, date(2026, 3, 16)):
        due = conversation(filled_in, today)
        assert (due.due_on, due.for_duty) == (FRIDAY, True)
    in_hours = replace(filled_in, arrived_at=LATE.replace(hour=11))
    assert (conversation(in_hours, FRIDAY).due_on, conversation(in_hours, FRIDAY).for_duty) == (FRIDAY, False)


def test_one_from_outside_that_could_not_be_asked_keeps_its_day() -> None:
    both = replace(CAME, tried_on=date(2026, 3, 16), ask_by="Jo Smith", ask_on=date(2026, 3, 17))
    task = task_of(both, policy(), rulebook().calendar)
    assert task is not None
    assert (task.due_on, task.owners) == (FRIDAY, tuple(TaskOwner))


def test_an_ordinary_one_is_the_practitioners() -> None:
    assert task_of(prompt(), policy(), rulebook().calendar) is None
    assert not conversation(prompt(), MONDAY).for_duty


def test_whoever_is_on_duty_has_it_on_their_list_beside_the_practitioner() -> None:
    of = facts("A", holder_id=JO, safety_prompts=(TRIED, prompt()))
    row = caseload_row(of, rulebook(), day(2))
    first, second = [each for each in row.due if each.kind is DueKind.SAFETY_CONVERSATION]
    assert {is_for(SAM, row, each, {SAM}) for each in (first, second)} == {True, False}
    assert is_for(JO, row, first, {SAM})
    assert is_for(JO, row, second, {SAM})
    assert not is_for(SAM, row, first)
    [section] = [
        each
        for each in worklist([row], until=day(2), for_user=SAM, on_duty=(SAM,))
        if each.kind is DueKind.SAFETY_CONVERSATION
    ]
    assert [item.due for item in section.items] == [first if first.for_duty else second]


def test_an_answer_without_words_is_said_as_its_number() -> None:
    item = SafetyItem(instrument="phq9", words="PHQ-9 question 9", answers=("not at all", "several days"))
    assert (item.said(1), item.said(2)) == ("“several days”", "2")
    assert {each.instrument: each.answers[1] for each in rulebook().search.policy.tracks.safety_items} == {
        "phq9": "several days",
        "core10": "only occasionally",
    }
