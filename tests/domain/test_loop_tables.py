"""The report as tables: inside the service as it is, outside it rounded and without small numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.acting import Acting, Role
from collabcare.domain.caseload import caseload_rows
from collabcare.domain.ids import EpisodeId, PatientId, UserId
from collabcare.domain.loop_report import LoopAsked, LoopReport, loop_report
from collabcare.domain.loop_tables import (
    cell_words,
    measure_tables,
    shared_tables,
    shared_words,
    sought_table,
)
from collabcare.domain.reengagement import AttemptOutcome
from collabcare.domain.shares import Share, spread
from tests.builders import MONDAY, attempt, day, rulebook
from tests.builders_loop import YEAR, episode, loop_policy, spoke, tried
from tests.builders_reach import sought

if TYPE_CHECKING:
    from collabcare.domain.loop_facts import LoopEpisode
    from collabcare.domain.loop_table import Cell, LoopTable

JO = Acting(user_id=UserId(1), login="jo", name="Jo Smith", role=Role.PRACTITIONER)
PROMISED = attempt(1, day(1), outcome=AttemptOutcome.THIRD_PARTY, promised_on=day(4))

SHARED = ("caseload", "improved", "summary", "attempts", "ways", "reasons", "appointments")


def reported(*episodes: LoopEpisode, only: Acting | None = None) -> LoopReport:
    """Return the report on these episodes, and on one patient who is being sought."""
    apart = [
        replace(each, episode_id=EpisodeId(n), patient_id=PatientId(n)) for n, each in enumerate(episodes)
    ]
    rows = caseload_rows([sought(MONDAY, attempts=(PROMISED,))], rulebook(), day(20))
    return loop_report(LoopAsked(period=YEAR, today=day(20), only=only), apart, rows, loop_policy())


def lines(table: LoopTable) -> dict[str, tuple[str, ...]]:
    """Return a table's cells in words, by the first of each row."""
    return {cell_words(row[0]): tuple(cell_words(cell) for cell in row[1:]) for row in table.rows}


OTHERS = replace(episode("DA"), holder_id=UserId(2), holder="Sam Brown")
NOBODYS = replace(episode("P"), holder_id=None, holder=None)
EVERYBODY = (episode("D A", tried(0), spoke(2)), episode("DP", tried(1)), OTHERS, NOBODYS)


def test_every_share_stands_with_both_its_numbers() -> None:
    _caseload, _improved, summary, attempts, ways, _reasons, slots, practitioners = (
        lines(table) for table in measure_tables(reported(*EVERYBODY))
    )
    assert summary["Appointments missed"] == ("3", "did not attend, in the period")
    assert summary["Reached, or in touch themselves"][0] == "2 of 3 (67%)"
    assert summary["Still being sought"][0] == "1 of 3 (33%)"
    assert summary["From the missed day to contact"][0] == "median 4.5 days (2 to 7), of 2"
    assert attempts["Attempt: third and later"] == ("0", "none", "none", "none")
    assert attempts["Channel: Call"][:2] == ("3", "1 of 3 (33%)")
    assert "Channel: Letter" not in attempts
    assert ways["Came to an appointment"] == ("1 of 2 (50%)", "median 7 days (7 to 7), of 1")
    assert slots["Did not attend"][0] == "3 of 7 (43%)"
    assert slots["Cancelled by us"] == ("2 of 7 (29%)", "ours to rebook, never counted against the patient")
    assert list(practitioners) == ["Jo Smith", "Sam Brown", "Nobody"]
    assert practitioners["Nobody"] == ("0", "none", "none", "none", "1 of 1 (100%)", "none")


def test_what_was_taken_back_stands_beside_what_was_missed() -> None:
    before, during = replace(episode("DA"), taken_back=(day(-400), day(3))), episode("D")
    report = reported(before, during)
    _caseload, _improved, summary, *_rest, practitioners = (lines(each) for each in measure_tables(report))
    assert summary["Taken back, or entered in error"][0] == "1 of 3 (33%)"
    assert summary["Appointments missed"][0] == "2"
    assert practitioners["Jo Smith"][:2] == ("2", "1 of 3 (33%)")
    assert "2 missed appointments of 2 people, and 1 more taken back." in report.measures.sentence
    alone = reported(replace(episode("A"), taken_back=(day(3),)))
    assert alone.measures.sentence == "No appointment was missed. 1 record of a miss taken back."


def test_one_practitioner_sees_their_own_and_no_line_of_others() -> None:
    report = reported(*EVERYBODY, only=JO)
    assert report.measures.missed == 2
    assert [table.id for table in measure_tables(report)] == [*SHARED]
    assert report.stamp == "Jo Smith, 06-Dec-2025 to 01-Dec-2026. Data as at 25-Jan-2026."
    assert reported(only=replace(JO, user_id=UserId(9))).sought == ()


def test_who_is_still_being_sought_stands_in_a_table_of_its_own() -> None:
    (row,) = sought_table(reported()).rows
    said = [cell_words(cell) for cell in row]
    assert said[:4] == ["OKAFOR, Ngozi (Ms)", "05-Jan-2026", "20", "1"]
    assert said[5] == "They said 09-Jan-2026; nothing heard yet."
    assert said[6].endswith("overdue")
    assert said[7] == "Jo Smith"


def test_where_nothing_was_promised_and_nobody_holds_them() -> None:
    facts = replace(sought(MONDAY), holder_id=None, holder=None)
    rows = [row._replace(due=()) for row in caseload_rows([facts], rulebook(), day(20))]
    report = loop_report(LoopAsked(period=YEAR, today=day(20)), [], rows, loop_policy())
    (row,) = sought_table(report).rows
    assert row[5:] == ("None", "None", "Nobody")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("Call", "Call"),
        (0, "0"),
        (1, "fewer than 5"),
        (7, "5"),
        (8, "10"),
        (1234, "1,235"),
        (Share(0, 0), "none"),
        (Share(0, 20), "0 of 20 (0%)"),
        (Share(2, 20), "fewer than 5 of 20"),
        (Share(18, 20), "20 of 20 (100%)"),
        (Share(3, 4), "fewer than 5 of fewer than 5"),
        (spread([]), "none"),
        (spread([1, 2, 3]), "not shown"),
        (spread([1, 2, 3, 4, 40]), "median 3 days"),
    ],
)
def test_outside_the_service_numbers_are_rounded_and_small_ones_not_given(cell: Cell, words: str) -> None:
    assert shared_words(5)(cell) == words


@given(st.integers(0, 200), st.integers(0, 200))
def test_nothing_shared_tells_a_group_of_fewer_than_five(one: int, more: int) -> None:
    said = shared_words(5)(Share(one, one + more))
    for number in (int(word) for word in said.replace("(", "").split() if word.isdecimal()):
        assert number % 5 == 0


def test_what_is_shared_has_no_line_of_a_practitioner_or_a_patient() -> None:
    said = str(shared_tables(reported(*EVERYBODY)))
    assert "Jo Smith" not in said
    assert "OKAFOR" not in said


def test_more_numbered_attempts_have_a_word_each() -> None:
    policy = replace(loop_policy(), numbered=8)
    asked = LoopAsked(period=YEAR, today=day(20))
    (_caseload, _improved, _summary, attempts, *_rest) = measure_tables(loop_report(asked, [], [], policy))
    assert [row[0] for row in attempts.rows][-2:] == ["Attempt: number 7", "Attempt: number 8 and later"]
