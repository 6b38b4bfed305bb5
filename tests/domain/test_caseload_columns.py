"""Every column of every kind of row, cell by cell: what it says, what it speaks, how it orders."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.caseload_column import Order
from collabcare.domain.caseload_columns import caseload_columns, due_text
from collabcare.domain.caseload_score_columns import instrument_of, measures_offered, other_scores, shown_by
from collabcare.domain.caseload_search import searched
from collabcare.domain.follow_up import FollowUp
from tests.builders import day, facts, measure, rulebook
from tests.domain.rows_of_every_kind import KINDS, row_after

if TYPE_CHECKING:
    from collabcare.domain.caseload_column import CaseloadColumn

COLUMNS = caseload_columns(rulebook())
ALWAYS = {"patient": "OKAFOR, Ngozi (Ms) 999 000 0018", "born": "14-Jul-1985", "practice": "Elm Tree Surgery"}
SAYS: dict[str, dict[str, str]] = {
    "new": {
        "flags": "",
        "step": "Waiting 1 week",
        "phase": "Waiting, not yet allocated, 1 week",
        "holder": "",
        "due": "Waiting for first contact, due in 4 days",
        "follow_up": "12-Jan-2026, due in 4 days",
        "follow_up_agreed": "",
        "last_seen": "Never",
        "days_since": "",
        "last_contact": "Never",
        "next_booked": "",
        "first_seen": "Never",
        "sessions": "0",
        "sought": "",
        "weeks_treated": "",
        "dnas": "0",
        "case_review": "Never",
        "measure": "",
        "measure_first": "",
        "measure_change": "",
        "measure_percent": "",
        "measure_on": "",
        "score:gad7": "",
        "first:gad7": "",
        "change:gad7": "",
        "percent:gad7": "",
        "on:gad7": "",
        "goals": "",
        "gp_letter": "Never",
        "missing": "",
        "source": "Self",
        "referred": "29-Dec-2025",
        "weeks": "1",
    },
    "seen, nothing else": {
        "patient": "OKAFOR, Ngozi (Ms)",
        "flags": "Overdue; No next date",
        "step": "2 of 5, 1 week",
        "phase": "Active, 1 week",
        "holder": "Jo Smith",
        "due": "Measure due, 1 day overdue",
        "follow_up": "12-Jan-2026, due in 6 days",
        "follow_up_agreed": "",
        "last_seen": "05-Jan-2026",
        "days_since": "1",
        "last_contact": "05-Jan-2026, Attended",
        "next_booked": "",
        "first_seen": "05-Jan-2026",
        "sessions": "1",
        "sought": "",
        "weeks_treated": "1",
        "dnas": "0",
        "case_review": "Never",
        "measure": "",
        "measure_first": "",
        "measure_change": "",
        "measure_percent": "",
        "measure_on": "",
        "score:gad7": "",
        "first:gad7": "",
        "change:gad7": "",
        "percent:gad7": "",
        "on:gad7": "",
        "goals": "",
        "gp_letter": "Never",
        "missing": "Score, plan, GP letter",
        "source": "GP",
        "referred": "29-Dec-2025",
        "weeks": "1",
    },
    "under way": {
        "flags": "Response (PHQ-9)",
        "step": "2 of 5, 3 weeks",
        "phase": "Active, 3 weeks",
        "holder": "Jo Smith",
        "due": "Measure due, due in 26 days",
        "follow_up": "",
        "follow_up_agreed": "",
        "last_seen": "19-Jan-2026",
        "days_since": "2",
        "last_contact": "19-Jan-2026, Attended",
        "next_booked": "02-Feb-2026",
        "first_seen": "05-Jan-2026",
        "sessions": "3",
        "sought": "",
        "weeks_treated": "3",
        "dnas": "0",
        "case_review": "12-Jan-2026",
        "measure": "9",
        "measure_first": "18, 05-Jan-2026",
        "measure_change": "−9 (−50%), reliable improvement",
        "measure_percent": "−50%",
        "measure_on": "19-Jan-2026",
        "score:gad7": "",
        "first:gad7": "",
        "change:gad7": "",
        "percent:gad7": "",
        "on:gad7": "",
        "goals": "1 of 2 goals reached; now 10, – of 10",
        "gp_letter": "20-Jan-2026",
        "missing": "",
        "source": "GP",
        "referred": "29-Dec-2025",
        "weeks": "3",
    },
    "a score of nought": {
        "flags": "Overdue; No next date; Remission (PHQ-9); Remission (GAD-7); Response (PHQ-9)",
        "step": "2 of 5, 2 weeks",
        "phase": "Active, 2 weeks",
        "holder": "Jo Smith",
        "due": "GP to be told, 1 day overdue",
        "follow_up": "19-Jan-2026, due in 6 days",
        "follow_up_agreed": "",
        "last_seen": "12-Jan-2026",
        "days_since": "1",
        "last_contact": "12-Jan-2026, Attended",
        "next_booked": "",
        "first_seen": "05-Jan-2026",
        "sessions": "2",
        "sought": "",
        "weeks_treated": "2",
        "dnas": "0",
        "case_review": "Never",
        "measure": "0",
        "measure_first": "14, 05-Jan-2026",
        "measure_change": "−14 (−100%), reliable improvement",
        "measure_percent": "−100%",
        "measure_on": "12-Jan-2026",
        "score:gad7": "3",
        "first:gad7": "0, 05-Jan-2026",
        "change:gad7": "+3, no reliable change",
        "percent:gad7": "",
        "on:gad7": "12-Jan-2026",
        "goals": "",
        "gp_letter": "Never",
        "missing": "Plan, GP letter",
        "source": "GP",
        "referred": "29-Dec-2025",
        "weeks": "2",
    },
    "re-engaging": {
        "flags": "Safety conversation to close; Re-engaging; Overdue; Not seen lately; No next date",
        "step": "2 of 5, 3 weeks",
        "phase": "Active, 3 weeks",
        "holder": "Jo Smith",
        "due": "Safety conversation to close, 17 days overdue",
        "follow_up": "",
        "follow_up_agreed": "",
        "last_seen": "05-Jan-2026",
        "days_since": "17",
        "last_contact": "19-Jan-2026, Did not attend",
        "next_booked": "",
        "first_seen": "05-Jan-2026",
        "sessions": "1",
        "sought": "Missed",
        "weeks_treated": "1",
        "dnas": "2",
        "case_review": "Never",
        "measure": "Incomplete (3 missing)",
        "measure_first": "",
        "measure_change": "",
        "measure_percent": "",
        "measure_on": "05-Jan-2026",
        "score:gad7": "",
        "first:gad7": "",
        "change:gad7": "",
        "percent:gad7": "",
        "on:gad7": "",
        "goals": "",
        "gp_letter": "Never",
        "missing": "Score, plan, GP letter",
        "source": "GP",
        "referred": "29-Dec-2025",
        "weeks": "3",
    },
    "paused": {
        "flags": "Overdue",
        "step": "2 of 5, 2 weeks",
        "phase": "Paused, 1 week",
        "holder": "Jo Smith",
        "due": "GP to be told, 2 days overdue",
        "follow_up": "",
        "follow_up_agreed": "Every 4 weeks",
        "last_seen": "05-Jan-2026",
        "days_since": "9",
        "last_contact": "05-Jan-2026, Attended",
        "next_booked": "",
        "first_seen": "05-Jan-2026",
        "sessions": "1",
        "sought": "",
        "weeks_treated": "1",
        "dnas": "0",
        "case_review": "Never",
        "measure": "",
        "measure_first": "",
        "measure_change": "",
        "measure_percent": "",
        "measure_on": "",
        "score:gad7": "",
        "first:gad7": "",
        "change:gad7": "",
        "percent:gad7": "",
        "on:gad7": "",
        "goals": "",
        "gp_letter": "Never",
        "missing": "Score, plan, GP letter",
        "source": "GP",
        "referred": "29-Dec-2025",
        "weeks": "2",
    },
}
SPEAKS = {
    ("new", "holder"): "Nobody",
    ("new", "next_booked"): "Nothing booked",
    ("new", "follow_up"): "12 January 2026, due in 4 days",
    ("new", "follow_up_agreed"): "As the service model plans",
    ("paused", "follow_up_agreed"): "Every 4 weeks",
    ("new", "case_review"): "Never discussed",
    ("new", "measure"): "No PHQ-9 score",
    ("new", "measure_on"): "No PHQ-9 score",
    ("new", "gp_letter"): "No letter to the GP yet",
    ("new", "referred"): "29 December 2025, 1 week",
    ("new", "measure_first"): "No PHQ-9 score",
    ("under way", "measure_first"): "18, 5 January 2026",
    ("under way", "born"): "14 July 1985",
    ("under way", "follow_up"): "No follow-up due",
    ("under way", "measure"): "PHQ-9 9 on 19 January 2026, −9 since the first",
    ("under way", "due"): "Measure due, due in 26 days. Last score 9 on 19 January 2026",
    ("a score of nought", "measure"): "PHQ-9 0 on 12 January 2026, −14 since the first",
    ("re-engaging", "measure"): "PHQ-9 Incomplete (3 missing) on 5 January 2026",
    ("re-engaging", "last_contact"): "19 January 2026, Did not attend",
}


def cell_says(kind: str, column_id: str) -> str:
    return (ALWAYS | SAYS[kind])[column_id]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.id)
def test_what_each_cell_says(kind: str, column: CaseloadColumn) -> None:
    assert column.text(KINDS[kind]) == cell_says(kind, column.id)


@pytest.mark.parametrize(("where", "spoken"), SPEAKS.items(), ids=lambda part: str(part)[:40])
def test_what_is_spoken_says_what_a_blank_means_and_months_in_full(
    where: tuple[str, str], spoken: str
) -> None:
    kind, column_id = where
    column = next(each for each in COLUMNS if each.id == column_id)
    assert column.spoken is not None
    assert column.spoken(KINDS[kind]) == spoken


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.id)
def test_a_blank_has_no_place_in_the_order_and_all_else_has_one(column: CaseloadColumn) -> None:
    """A cell that says "Never", or nothing, comes last both ways; what it says can always be compared."""
    keys = [None if column.sort is None else column.sort(row) for row in KINDS.values()]
    if column.sort is not None:
        for row, key in zip(KINDS.values(), keys, strict=True):
            blank = column.text(row) in {"", "Never", "Incomplete (3 missing)"}
            unrated = column.id == "goals"
            if not unrated:
                assert (key is None) is blank, column.text(row)
        some = column.id != "percent:gad7"  # whose only change here is one from nought
        assert bool(sorted(key for key in keys if key is not None)) is some  # type: ignore[type-var]  # one kind a column


def test_columns_have_a_name_of_their_own_and_say_what_they_are() -> None:
    assert len({each.id for each in COLUMNS}) == len({each.title for each in COLUMNS}) == len(COLUMNS)
    assert all(each.means.endswith(".") for each in COLUMNS)


def test_the_order_is_said_the_right_way_round() -> None:
    ways = {column.order: (column.way(descending=False), column.way(descending=True)) for column in COLUMNS}
    assert ways == {
        Order.TEXT: ("A to Z", "Z to A"),
        Order.DATE: ("earliest first", "latest first"),
        Order.NUMBER: ("lowest first", "highest first"),
    }


def test_another_questionnaire_takes_the_place_of_the_leading_one() -> None:
    chosen = {each.id: each for each in caseload_columns(rulebook(), "gad7")}
    row = KINDS["a score of nought"]
    assert (chosen["measure"].title, chosen["measure"].text(row)) == ("GAD-7", "3")
    assert chosen["measure_first"].text(row) == "0, 05-Jan-2026"
    assert chosen["measure_change"].text(row) == "+3, no reliable change", "no per cent of nought"
    assert (chosen["score:phq9"].title, chosen["score:phq9"].text(row)) == ("PHQ-9", "0")
    assert [chosen[each].text(row) for each in other_scores("phq9")] == [
        *("0", "14, 05-Jan-2026", "−14 (−100%), reliable improvement", "−100%"),
        "12-Jan-2026",
    ]
    assert not {*other_scores("gad7")} & chosen.keys()
    unknown = caseload_columns(rulebook(), "gone")
    assert [each.id for each in unknown] == [each.id for each in COLUMNS]


def test_a_scale_that_does_not_start_at_nought_has_no_per_cent() -> None:
    forms = tuple(measure(total, day(7 * n), instrument="swemwbs") for n, total in enumerate((14, 21)))
    chosen = {each.id: each for each in caseload_columns(rulebook(), "swemwbs")}
    assert (
        chosen["measure_change"].text(row_after(facts("AA", measures=forms), 8)) == "+7, reliable improvement"
    )


def test_whatever_somebody_filled_in_can_be_chosen() -> None:
    rows = [*KINDS.values(), row_after(facts("A", measures=(measure(9, instrument="core10"),)), 3)]
    assert measures_offered(rulebook(), rows) == (*rulebook().pathway.measures, "core10")
    assert instrument_of("measure", "gad7") == "gad7"
    assert instrument_of("score:core10", "gad7") == "core10"
    assert instrument_of("due", "gad7") is None
    assert instrument_of("first:core10", "gad7") is None
    assert shown_by("first:core10", "gad7") == ("measure_first", "core10")
    assert shown_by("gone:core10", "gad7") is None


def test_weeks_in_treatment_run_from_the_first_session_to_the_last() -> None:
    weeks = next(column for column in COLUMNS if column.id == "weeks_treated")
    for history, said in (("", ""), ("D", ""), ("A", "1"), ("AA", "2"), ("ADA", "3"), ("AAAAD", "4")):
        row = row_after(facts(history), 60)
        assert weeks.text(row) == said
        assert weeks.sort is not None
        assert weeks.sort(row) == (int(said) if said else None)


def test_whatever_was_agreed_is_said_and_as_needed_comes_after_every_number_of_weeks() -> None:
    agreed = next(column for column in COLUMNS if column.id == "follow_up_agreed")
    rows = {each: row_after(facts("A", follow_up_weeks=each.weeks), 3) for each in FollowUp}
    assert agreed.sort is not None
    assert {each: agreed.text(row) for each, row in rows.items()} == {
        FollowUp.PLAN: "",
        FollowUp.ONE: "Every week",
        FollowUp.TWO: "Every 2 weeks",
        FollowUp.THREE: "Every 3 weeks",
        FollowUp.FOUR: "Every 4 weeks",
        FollowUp.SIX: "Every 6 weeks",
        FollowUp.EIGHT: "Every 8 weeks",
        FollowUp.AS_NEEDED: "As needed",
    }
    placed = {each: key for each, row in rows.items() if (key := agreed.sort(row)) is not None}
    assert sorted(placed, key=placed.__getitem__) == [each for each in FollowUp if each is not FollowUp.PLAN]  # type: ignore[arg-type]  # numbers all


def test_a_change_in_per_cent_sorts_as_a_number_and_none_is_no_nought() -> None:
    percent = next(column for column in COLUMNS if column.id == "measure_percent")
    assert percent.sort is not None
    assert percent.sort(KINDS["under way"]) == -50
    assert percent.sort(KINDS["a score of nought"]) == -100
    assert percent.sort(KINDS["new"]) is None


def test_a_search_finds_what_the_list_is_about_whatever_columns_are_on_show() -> None:
    row = KINDS["under way"]
    row = row._replace(facts=replace(row.facts, patient=replace(row.facts.patient, preferred_name="Goz")))
    said = searched(row)
    for words in ("OKAFOR", "Goz", "9990000018", "999 000 0018", "Elm Tree", "Jo Smith", due_text(row)):
        assert words in said
    assert "Nobody" in searched(KINDS["new"])
