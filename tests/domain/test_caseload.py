"""One row of the caseload, worked out from the facts alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.caseload import CaseloadRow, caseload_row, caseload_rows
from collabcare.domain.course import course_of
from collabcare.domain.due import what_is_due
from collabcare.domain.flags import flags
from collabcare.domain.outcomes import Reliable
from collabcare.domain.supervision import agenda_reasons
from tests.builders import day, facts, measure, prompt, review, rulebook

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts


def row(of: EpisodeFacts, today: date) -> CaseloadRow:
    """Work out one row."""
    return caseload_row(of, rulebook(), today)


def test_a_row_says_what_the_rules_say() -> None:
    today = day(60)
    of = facts("AAD", measures=(measure(15), measure(9, day(14))), reviews=(review(day(7)),))
    found = row(of, today)
    assert found.facts is of
    assert found.due == what_is_due(of, rulebook(), today=today)
    assert found.agenda == agenda_reasons(of, rulebook(), today=today)
    assert found.triggers == tuple(reason.trigger for reason in found.agenda) != ()
    assert found.flags == flags(of, rulebook(), today=today)
    assert found.flag_kinds == tuple(flag.kind for flag in found.flags) != ()
    assert (found.last_seen, found.next_booked, found.last_discussed) == (day(7), None, day(7))


@pytest.mark.parametrize(
    ("history", "count"),
    [("", 0), ("AAA", 0), ("AD", 1), ("DD", 2), ("DADAD", 3), ("PPPP", 0), ("CCNN", 0), ("DPCND", 2)],
)
def test_only_code_3_adds_to_the_count_of_dnas(history: str, count: int) -> None:
    """A cancellation by us adds nothing, nor one by the patient, nor a late arrival."""
    assert row(facts(history), day(60)).dna_count == count


def test_what_is_due_overdue_and_next_are_one_and_the_same_list() -> None:
    found = row(facts("AA", safety_prompts=(prompt(day(20)),)), day(20))
    assert set(found.overdue) <= set(found.due_now) <= set(found.due)
    assert [due.due_on for due in found.due_now] == [day(20), day(14), day(0), day(7)]
    assert found.next_due == found.due[0]
    assert all(due.due_on < day(20) for due in found.overdue)


def test_the_next_booked_contact_is_today_or_later() -> None:
    assert row(facts("AbAb"), day(21)).next_booked == day(21)
    assert row(facts("AbAb"), day(22)).next_booked is None


def test_a_row_holds_first_latest_and_change_of_each_measure_there_is() -> None:
    cells = row(facts("A", measures=(measure(15), measure(9, day(14)))), day(20)).scores
    assert cells.keys() == {"phq9"}
    cell = cells["phq9"]
    assert cell.instrument == "phq9"
    assert (cell.first, cell.total, cell.latest, cell.latest_on) == (15, 9, "9", day(14))
    assert (cell.change, cell.reliable, cell.history) == (6, Reliable.IMPROVEMENT, (15, 9))


def test_first_and_change_agree_when_the_first_score_was_corrected_that_day() -> None:
    """15 was mistyped and entered again as 9: no screen may say both "from 15" and "no change"."""
    cell = row(facts("A", measures=(measure(15), measure(9), measure(9, day(14)))), day(20)).scores["phq9"]
    assert (cell.first, cell.change, cell.history) == (9, 0, (9, 9))


def test_one_score_shows_no_change_and_a_fall_to_nothing_does() -> None:
    one = row(facts("A", measures=(measure(14),)), day(20)).scores["phq9"]
    assert (one.first, one.change, one.reliable, one.moved) == (14, None, None, None)
    fell = row(facts("A", measures=(measure(14), measure(0, day(14)))), day(20)).scores["phq9"]
    assert (fell.total, fell.change, fell.reliable, fell.moved) == (0, 14, Reliable.IMPROVEMENT, -14)


def test_an_incomplete_form_shows_as_such_and_has_no_total() -> None:
    cell = row(facts("A", measures=(measure(None),)), day(20)).scores["phq9"]
    assert (cell.latest, cell.total, cell.first, cell.change, cell.history) == (
        "Incomplete (3 missing)",
        None,
        None,
        None,
        (),
    )


def test_a_questionnaire_the_service_does_not_follow_is_flagged_only_where_it_was_filled_in() -> None:
    book = replace(rulebook(), pathway=replace(rulebook().pathway, measures=("phq9",)))
    of = facts("A")
    assert {flag.instrument.id for flag in course_of(of, book, day(60)).targets} == {"phq9"}
    filled = replace(of, measures=(measure(9, instrument="gad7"),))
    found = course_of(filled, book, day(60)).targets
    assert {flag.instrument.id for flag in found} == {"phq9", "gad7"}


def test_rows_come_in_the_order_of_the_facts() -> None:
    several = [facts(history) for history in ("A", "D", "AA")]
    assert [r.facts for r in caseload_rows(several, rulebook(), day(0) + timedelta(days=3))] == several
