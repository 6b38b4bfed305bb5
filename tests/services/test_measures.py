"""Recording questionnaires, and the safety conversation an answer asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.changes import Kind
from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import EpisodeId, MeasureId
from collabcare.domain.instruments import EntryMode, Safety
from collabcare.domain.safety import SafetyOutcome
from collabcare.services.measures import (
    RecordMeasure,
    record_measure,
)
from tests.builders import MONDAY, day, gad7, instruments, phq9, rulebook

if TYPE_CHECKING:
    from collabcare.domain.facts import MeasureFact
    from tests.record_fixtures import Practice

TALKED, COVERED, COULD_NOT = (
    SafetyOutcome.TALKED_TODAY,
    SafetyOutcome.ALREADY_COVERED,
    SafetyOutcome.COULD_NOT_ASK,
)
LOW = (1, 1, 0, 0, 0, 0, 0, 0, 0)
LOW_WITH_9 = (1, 1, 0, 0, 0, 0, 0, 0, 1)
LOW_9_BLANK = (1, 1, 0, 0, 0, 0, 0, 0, None)


def fill_in(practice: Practice, episode: EpisodeId, **changes: Any) -> MeasureId:  # noqa: ANN401 - any field
    """Record a PHQ-9 of today and return its number."""
    made = RecordMeasure(episode_id=episode, taken_on=practice.today, answers=LOW)
    found = record_measure(replace(made, **changes), practice.uow(), phq9()).made
    assert found is not None
    return MeasureId(found)


def measures(practice: Practice, episode: EpisodeId) -> tuple[MeasureFact, ...]:
    """Return the questionnaires of an episode."""
    return practice.facts(episode).measures


def safety_due(practice: Practice, episode: EpisodeId) -> list[str]:
    """Return the safety conversations due, in words."""
    found = what_is_due(practice.facts(episode), rulebook(), today=practice.today)
    return [due.why for due in found if due.kind is DueKind.SAFETY_CONVERSATION]


# what is kept


@pytest.mark.parametrize(
    "answers", [LOW, LOW_WITH_9, LOW_9_BLANK, (None, 3, 3, 3, 3, 3, 3, None, 0), (0,) * 9]
)
def test_a_form_is_kept_as_it_was_answered(practice: Practice, answers: tuple[int | None, ...]) -> None:
    episode = practice.refer("A")
    fill_in(practice, episode, answers=answers, function_answer=2)
    (found,) = measures(practice, episode)
    assert (found.answers, found.entry_mode, found.function_answer) == (answers, EntryMode.ITEMS, 2)
    assert (found.safety_answer, found.missing) == (answers[8], answers.count(None))


def test_a_form_with_too_many_blanks_is_kept_without_a_total(practice: Practice) -> None:
    """PHQ-W9: no total, never a low one."""
    episode = practice.refer("A")
    fill_in(practice, episode, answers=(3, 3, 3, 3, None, None, None, 0, 0))
    (found,) = measures(practice, episode)
    assert (found.total, found.prorated, found.text) == (None, False, "Incomplete (3 missing)")


def test_a_prorated_total_says_so(practice: Practice) -> None:
    """PHQ-W6."""
    episode = practice.refer("A")
    fill_in(practice, episode, answers=(3, 2, 2, None, 1, 1, 1, 0, 0))
    (found,) = measures(practice, episode)
    assert (found.total, found.prorated, found.text) == (11, True, "11 (prorated, 1 missing)")


def test_a_copied_total_is_kept_as_one(practice: Practice) -> None:
    episode = practice.refer("A")
    fill_in(practice, episode, answers=None, total=0)
    (found,) = measures(practice, episode)
    assert (found.total, found.entry_mode, found.answers, found.safety) == (
        0,
        EntryMode.TOTAL_ONLY,
        (),
        Safety.ASK,
    )


def test_a_correction_is_a_second_form_and_the_first_stays(practice: Practice) -> None:
    episode = practice.refer("A")
    fill_in(practice, episode, answers=(3,) * 8 + (0,))
    fill_in(practice, episode, answers=LOW)
    assert [m.total for m in measures(practice, episode)] == [24, 2]


REFUSED_FORMS = {
    "an answer of 4": ({"answers": (4, *LOW[1:])}, "item 1: answers run 0 to 3"),
    "an answer of -1": ({"answers": (*LOW[:8], -1)}, "item 9: answers run 0 to 3"),
    "eight answers": ({"answers": LOW[:8]}, "has 9 items; 8 were given"),
    "ten answers": ({"answers": (*LOW, 0)}, "has 9 items; 10 were given"),
    "no answers": ({"answers": ()}, "nothing to save"),
    "blanks only": ({"answers": (None,) * 9}, "nothing to save"),
    "nothing": ({"answers": None}, "or only its total"),
    "answers and a total": ({"total": 2}, "or only its total"),
    "a total of 28": ({"answers": None, "total": 28}, "totals run 0 to 27"),
    "a total of -1": ({"answers": None, "total": -1}, "totals run 0 to 27"),
    "function 4": ({"function_answer": 4}, "no such answer"),
    "function 9 beside a total": ({"answers": None, "total": 9, "function_answer": 9}, "no such answer"),
    "tomorrow": ({"taken_on": day(1)}, "filled in in the future"),
    "before birth": ({"taken_on": date(1985, 7, 13)}, "before the patient was born"),
    "no such episode": ({"episode_id": EpisodeId(99)}, "not in the record"),
}


@pytest.mark.parametrize(("changes", "words"), REFUSED_FORMS.values(), ids=REFUSED_FORMS)
def test_a_form_that_cannot_be_is_refused_without_a_trace(
    practice: Practice, changes: dict[str, object], words: str
) -> None:
    episode = practice.refer("A")
    with practice.refused(words):
        fill_in(practice, episode, **changes)


def test_a_gad7_has_no_question_on_function(practice: Practice) -> None:
    episode = practice.refer("A")
    with practice.refused("no such answer"):
        command = RecordMeasure(episode_id=episode, taken_on=MONDAY, answers=(1,) * 7, function_answer=1)
        record_measure(command, practice.uow(), gad7())


# the safety item


@pytest.mark.parametrize(
    ("changes", "asked", "words"),
    [
        ({"answers": LOW}, None, []),
        (
            {"answers": LOW_WITH_9},
            Safety.PROMPT,
            ["PHQ-9 item 9 answered “several days” on 05-Jan-2026; no conversation about it yet"],
        ),
        (
            {"answers": LOW_9_BLANK},
            Safety.ASK,
            ["PHQ-9 item 9 was not answered on 05-Jan-2026; ask it"],
        ),
        (
            {"answers": None, "total": 3},
            Safety.ASK,
            ["PHQ-9 item 9 was not answered on 05-Jan-2026; ask it"],
        ),
    ],
    ids=["SAFE-W1", "SAFE-W2", "SAFE-W3", "total only"],
)
def test_what_item_9_asks_is_due_the_same_day(
    practice: Practice, changes: dict[str, object], asked: Safety | None, words: list[str]
) -> None:
    episode = practice.refer("A")
    since = practice.audit()[-1].id
    fill_in(practice, episode, **changes)
    assert safety_due(practice, episode) == words
    assert [p.asked for p in practice.facts(episode).safety_prompts] == ([asked] if asked else [])
    assert [line.kind for line in practice.audit(since)] == [*([Kind.SAFETY] if asked else []), Kind.MEASURE]


def test_a_gad7_asks_nothing(practice: Practice) -> None:
    episode = practice.refer("A")
    command = RecordMeasure(episode_id=episode, taken_on=MONDAY, answers=(3,) * 7)
    assert record_measure(command, practice.uow(), gad7()).kinds == {Kind.MEASURE}
    assert safety_due(practice, episode) == []


def test_a_form_posted_in_is_dated_by_the_patient(practice: Practice) -> None:
    """Its safety question has been waiting since then, and says so."""
    episode = practice.refer("A")
    practice.on(day(5))
    fill_in(practice, episode, answers=LOW_WITH_9, taken_on=day(2))
    found = what_is_due(practice.facts(episode), rulebook(), today=day(5))
    assert [(d.due_on, d.when(day(5))) for d in found if d.kind is DueKind.SAFETY_CONVERSATION] == [
        (day(2), "3 days overdue")
    ]
    assert practice.facts(episode).measures[0].recorded_at == practice.clock.now()


# instruments of every kind


def test_the_anonymous_card_is_never_kept_with_a_patient(practice: Practice) -> None:
    episode = practice.refer("A")
    for changes in ({"answers": (1,)}, {"total": 1}):
        command = RecordMeasure(episode_id=episode, taken_on=practice.today, **changes)
        with pytest.raises(RuleViolation, match="is anonymous: it is never kept with a patient"):
            record_measure(command, practice.uow(), instruments()["fft"])
    assert measures(practice, episode) == ()


@pytest.mark.parametrize("changes", [{"answers": (0, 10, None)}, {"total": 5}], ids=["answers", "total"])
def test_goals_are_rated_as_goals_and_never_as_a_form(practice: Practice, changes: dict[str, Any]) -> None:
    episode = practice.refer("A")
    command = RecordMeasure(episode_id=episode, taken_on=practice.today, **changes)
    with practice.refused(
        "Goals are rated one by one beside the patient's own words. Rate them under Goals."
    ):
        record_measure(command, practice.uow(), instruments()["gbo"])


@pytest.mark.parametrize(
    ("name", "answers", "total"),
    [
        ("wsas", (9, 5, 5, 5, 5), 20),
        ("dialog", (4, 4, 4, 4, 4, 4, 3, 3, None, 5, 5), Decimal("3.75")),
        ("rstar", (10, 10, 1, 5, 5, 5, 5, 5, 5, None), Decimal("5.67")),
        ("eq5d5l", (1, 1, 1, 1, 1, 100), 100),
        ("eq5d5l", (2, 1, 3, 4, 4, None), None),
        ("swemwbs", (3,) * 7, 21),
    ],
    ids=["work n/a", "a mean", "two digits", "EQ-5D", "EQ-W6", "SWE-W1"],
)
def test_answers_and_totals_of_every_kind_come_back_as_they_were(
    practice: Practice, name: str, answers: tuple[int | None, ...], total: Decimal | int | None
) -> None:
    episode = practice.refer("A")
    command = RecordMeasure(episode_id=episode, taken_on=practice.today, answers=answers)
    record_measure(command, practice.uow(), instruments()[name])
    (found,) = measures(practice, episode)
    assert (found.instrument, found.answers, found.total) == (name, answers, total)


def test_a_copied_mean_is_kept_in_hundredths(practice: Practice) -> None:
    episode = practice.refer("A")
    command = RecordMeasure(episode_id=episode, taken_on=practice.today, total=Decimal("4.125"))
    record_measure(command, practice.uow(), instruments()["dialog"])
    (found,) = measures(practice, episode)
    assert str(found.total) == "4.13"
