"""Who needs something today: the same rows as the caseload, the longest waiting first."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.caseload import CaseloadRow, caseload_rows
from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DUE_ORDER, DueKind
from collabcare.domain.ids import EpisodeId, UserId
from collabcare.domain.instruments import Safety
from collabcare.domain.reach_facts import HasteKind
from collabcare.queries.caseload import caseload
from collabcare.queries.worklist import held_by, held_by_nobody, is_waiting, worklist
from tests.builders import (
    contact,
    day,
    facts,
    ladder,
    measure,
    patient,
    prompt,
    rulebook,
)
from tests.builders_reach import haste, pause

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts
    from tests.record_fixtures import Practice

BOOK = rulebook()
SAFETY = DueKind.SAFETY_CONVERSATION


def rows(*of: EpisodeFacts, today: date) -> list[CaseloadRow]:
    """Return the rows of these patients, numbered."""
    return caseload_rows(of, BOOK, today)


def named(name: str, history: str = "", **changes: object) -> EpisodeFacts:
    """Return a patient of this surname."""
    return facts(history, **{"patient": patient(surname=name, given_name="", title=None), **changes})


def names(of: list[CaseloadRow], kind: DueKind, until: date) -> list[str]:
    """Return who stands in one section."""
    (section,) = [section for section in worklist(of, until=until) if section.kind is kind]
    return [item.row.facts.patient.name for item in section.items]


@pytest.mark.parametrize(
    ("until", "waits"),
    [
        pytest.param(day(19), True, id="away until then"),
        pytest.param(day(20), False, id="on the list by then"),
    ],
)
def test_a_search_held_back_by_an_absence_waits_until_they_are_back(until: date, *, waits: bool) -> None:
    away = facts("AD", ladders=(ladder(day(7)),), pauses=(pause(day(8), day(20)),))
    [search] = [each for each in what_is_due(away, BOOK, today=day(9)) if each.kind is DueKind.REENGAGE]
    assert is_waiting(search, until) is waits
    sought = facts("AD", ladders=(ladder(day(7)),))
    assert not any(is_waiting(each, day(0)) for each in what_is_due(sought, BOOK, today=day(9)))


def test_every_section_is_there_in_its_fixed_order_empty_or_not() -> None:
    assert [section.kind for section in worklist([], until=day(0))] == list(DUE_ORDER)


def test_a_section_holds_what_is_due_by_then_and_nothing_later() -> None:
    of = rows(named("Li", "A"), today=day(0))
    assert names(of, DueKind.CONTACT, day(6)) == []
    assert names(of, DueKind.CONTACT, day(7)) == ["LI"]


def test_the_longest_waiting_stands_first_and_then_the_name() -> None:
    of = rows(
        named("Zhou", contacts=(contact("A", day(0)),)),
        named("Brown", contacts=(contact("A", day(5)),)),
        named("Adams", contacts=(contact("A", day(0)),)),
        today=day(30),
    )
    assert names(of, DueKind.CONTACT, day(30)) == ["ADAMS", "ZHOU", "BROWN"]


@given(st.lists(st.tuples(st.integers(0, 27), st.integers(0, 3)), min_size=2, max_size=6), st.randoms())
def test_neither_a_score_nor_an_answer_moves_anybody_up(
    scores: list[tuple[int, int]], chance: object
) -> None:
    """Order of waiting is the order of work: a higher answer is not a greater need, and nobody is ranked."""
    of = [
        named(
            f"P{number}",
            "A",
            measures=(measure(total, day(3)),),
            safety_prompts=(
                prompt(day(number), asked=Safety.PROMPT if answer else Safety.ASK, answer=answer or None),
            ),
            ladders=(ladder(day(number)),),
        )
        for number, (total, answer) in enumerate(scores)
    ]
    order = [f"P{number}" for number in range(len(of))]
    shuffle = getattr(chance, "shuffle")  # noqa: B009 - hypothesis hands out an untyped Random
    shuffle(of)
    for kind in (SAFETY, DueKind.REENGAGE):
        assert names(rows(*of, today=day(40)), kind, day(40)) == order


def test_when_it_is_due_is_said_beside_it() -> None:
    (section,) = [
        s for s in worklist(rows(named("Li", "A"), today=day(9)), until=day(9)) if s.kind is DueKind.CONTACT
    ]
    assert section.items[0].when == "2 days overdue"


def test_what_has_a_time_stands_first_within_its_day_and_what_has_none_after_it() -> None:
    missed = [(None, "Adams"), (time(15, 30), "Brown"), (time(9, 30), "Zhou"), (time(9, 30), "Li")]
    of = rows(
        *(
            named(
                name,
                ladders=(ladder(day(0), slot_ended=ended),),
                haste=(haste(HasteKind.SAFEGUARDING, day(-20)),),
            )
            for ended, name in missed
        ),
        today=day(0),
    )
    assert names(of, DueKind.REENGAGE_PROMPT, day(0)) == ["LI", "ZHOU", "BROWN", "ADAMS"]
    (section,) = [s for s in worklist(of, until=day(0)) if s.kind is DueKind.REENGAGE_PROMPT]
    assert [item.when for item in section.items] == [
        "due today by 11:30",
        "due today by 11:30",
        "due today by 17:30",
        "due today",
    ]


def test_a_practitioners_own_patients_and_nobodys_are_told_apart() -> None:
    of = rows(
        named("Li", "A", episode_id=EpisodeId(1)),
        named("Brown", "A", holder_id=UserId(2)),
        named("Adams", holder_id=None),
        today=day(0),
    )
    assert [row.facts.patient.name for row in held_by(of, UserId(1))] == ["LI"]
    assert [row.facts.patient.name for row in held_by_nobody(of)] == ["ADAMS"]


HISTORIES = ["", "A", "AD", "ADD", "Ab", "AAC", "AAP", "AAN", "AACC", "AAAAAAAAAAAA", "DDD", "A  A", "b"]


@pytest.mark.parametrize("days", [0, 30, 400])
def test_caseload_worklist_and_rule_say_the_same_of_everybody(practice: Practice, days: int) -> None:
    """One definition of due: no two places can disagree about a patient."""
    for number, history in enumerate(HISTORIES):
        practice.refer(history, surname=f"Patient {number}")
        practice.on(day(0))
    today = day(84) + timedelta(days=days)
    practice.on(today)
    with practice.reading() as session:
        of = caseload(session, practice.rulebook, today)
    assert len(of) == len(HISTORIES)
    for row in of:
        assert row.due == what_is_due(row.facts, rulebook(), today=today)
    listed = {
        (item.row.facts.episode_id, item.due)
        for section in worklist(of, until=today)
        for item in section.items
    }
    assert listed == {(row.facts.episode_id, due) for row in of for due in row.due_now}
    late = {(row.facts.episode_id, due) for row in of for due in row.overdue}
    assert late == {each for each in listed if each[1].is_overdue(today)}
    assert all(row.next_due in row.due for row in of if row.due)
