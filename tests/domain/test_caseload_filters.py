"""Which patients each view of the caseload holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.caseload import CaseloadRow, caseload_row
from collabcare.domain.caseload_columns import due_text, due_words
from collabcare.domain.caseload_filters import (
    CaseloadFilter,
    Whose,
    belonging_to,
    count_among,
    filter_means,
    filter_words,
    is_among,
    of_practice,
    practices_of,
)
from collabcare.domain.caseload_search import searched
from collabcare.domain.codes import ClosureReason
from collabcare.domain.demographic_facts import EndingFact
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.episode import Phase
from collabcare.domain.ids import EpisodeId, UserId
from collabcare.domain.reengagement import AttemptOutcome
from collabcare.queries.ended import listed
from collabcare.queries.worklist import held_by, held_by_nobody, worklist
from tests.builders import MONDAY, attempt, day, facts, ladder, measure, patient, prompt, rulebook
from tests.builders_safety import assessment
from tests.domain.rows_of_every_kind import KINDS

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts

DAYS = rulebook().caseload.no_contact_days


def row(of: EpisodeFacts, after: int = 0) -> CaseloadRow:
    """Return a row as of so many days after the first Monday."""
    return caseload_row(of, rulebook(), MONDAY + timedelta(days=after))


def among(of: CaseloadRow) -> set[CaseloadFilter]:
    """Return the views a patient belongs to."""
    return {each for each in CaseloadFilter if is_among(of, each)}


def test_everybody_is_in_all() -> None:
    assert CaseloadFilter.ALL in among(row(facts("A"), after=1))


@pytest.mark.parametrize(("after", "late"), [(0, False), (60, True)])
def test_overdue_means_what_the_rule_for_due_says(after: int, late: bool) -> None:
    shown = row(facts("A"), after=after)
    assert (CaseloadFilter.OVERDUE in among(shown)) is late is bool(shown.overdue)


@pytest.mark.parametrize("after", range(0, 90, 6))
def test_the_view_the_search_and_the_words_of_a_row_agree_on_what_is_overdue(after: int) -> None:
    for kind in KINDS.values():
        shown = row(kind.facts, after)
        late = CaseloadFilter.OVERDUE in among(shown)
        assert ("overdue" in searched(shown)) is late, due_text(shown)
        if late:
            assert any(due_words(due, shown.today) in due_text(shown) for due in shown.overdue)


def test_re_engaging_lasts_until_the_patient_is_reached() -> None:
    missed = facts("AD", ladders=(ladder(day(7)),))
    assert CaseloadFilter.REENGAGING in among(row(missed, after=8))
    reached = replace(missed, ladders=(ladder(day(7), closed_on=day(8), closed_because="Reached"),))
    assert CaseloadFilter.REENGAGING not in among(row(reached, after=8))


@pytest.mark.parametrize(
    ("after", "held"),
    [
        (28, set()),
        (29, {CaseloadFilter.SOUGHT_WEEKS}),
        (90, {CaseloadFilter.SOUGHT_WEEKS}),
        (91, {CaseloadFilter.SOUGHT_WEEKS, CaseloadFilter.SOUGHT_MONTHS}),
        (400, {CaseloadFilter.SOUGHT_WEEKS, CaseloadFilter.SOUGHT_MONTHS}),
    ],
)
def test_who_is_sought_for_long_is_found_by_the_days_of_the_label_and_leaves_no_other_view(
    after: int, held: set[CaseloadFilter]
) -> None:
    missed = facts("D", ladders=(ladder(MONDAY),))
    found = among(row(missed, after=after))
    assert found & {CaseloadFilter.SOUGHT_WEEKS, CaseloadFilter.SOUGHT_MONTHS} == held
    assert {CaseloadFilter.ALL, CaseloadFilter.REENGAGING} <= found


@pytest.mark.parametrize(("after", "held"), [(2, True), (3, True), (4, False)])
def test_promised_holds_who_said_a_day_still_to_come(after: int, *, held: bool) -> None:
    said = attempt(1, day(1), outcome=AttemptOutcome.THIRD_PARTY, spoke_to="Sister", promised_on=day(3))
    missed = facts("D", ladders=(ladder(MONDAY, attempts=(said,)),))
    assert (CaseloadFilter.PROMISED in among(row(missed, after=after))) is held
    ended = facts(
        "D", ladders=(ladder(MONDAY, attempts=(said,), closed_on=day(1), closed_because="Reached"),)
    )
    assert CaseloadFilter.PROMISED not in among(row(ended, after=after))


def test_waiting_ends_with_the_first_contact() -> None:
    assert CaseloadFilter.WAITING in among(row(facts("")))
    assert CaseloadFilter.WAITING not in among(row(facts("A"), after=1))
    assert CaseloadFilter.WAITING in among(row(facts("", phase=Phase.REFERRED, holder_id=None)))


def test_staying_well_is_the_time_after_treatment() -> None:
    assert CaseloadFilter.STAYING_WELL in among(row(facts("A", phase=Phase.MAINTENANCE)))
    assert CaseloadFilter.STAYING_WELL not in among(row(facts("A")))


def test_practices_are_told_apart_by_name() -> None:
    elm, oak = (row(facts("A", patient=patient(gp_practice_name=name))) for name in ("elm", "Oak"))
    assert practices_of([oak, elm, oak]) == ["elm", "Oak"]
    assert of_practice([elm, oak], "Oak") == [oak]
    assert of_practice([elm, oak], "") == [elm, oak]
    assert of_practice([elm], "Gone") == []


def test_due_supervision_has_a_reason() -> None:
    seen = row(facts("A"), after=1)
    assert (CaseloadFilter.DUE_SUPERVISION in among(seen)) is bool(seen.agenda)


@pytest.mark.parametrize(
    ("history", "after", "without"),
    [("A", DAYS, False), ("A", DAYS + 1, True), ("AD", DAYS + 1, True), ("AA", DAYS + 1, False)],
    ids=["on the last day", "a day later", "a missed contact resets nothing", "seen again"],
)
def test_no_contact_counts_from_the_last_successful_one(history: str, after: int, without: bool) -> None:
    assert (CaseloadFilter.NO_CONTACT in among(row(facts(history), after=after))) is without


def test_speaking_to_the_patient_in_a_search_is_contact_and_a_message_is_not() -> None:
    for outcome, without in ((AttemptOutcome.SPOKE, False), (AttemptOutcome.LEFT_MESSAGE, True)):
        search = ladder(day(7), attempts=(attempt(1, day(10), outcome=outcome),))
        shown = row(facts("AD", ladders=(search,)), after=DAYS + 1)
        assert (CaseloadFilter.NO_CONTACT in among(shown)) is without


def test_somebody_never_reached_is_counted_from_the_referral() -> None:
    referred = (MONDAY - facts("").referral_received_on).days
    assert CaseloadFilter.NO_CONTACT not in among(row(facts(""), after=DAYS - referred))
    assert CaseloadFilter.NO_CONTACT in among(row(facts(""), after=DAYS - referred + 1))


def test_a_measure_is_due_on_the_day_today_says_so() -> None:
    scored = facts("A", measures=(measure(9),))
    every = rulebook().pathway.measure_interval_days
    assert CaseloadFilter.MEASURE_DUE not in among(row(scored, after=every - 1))
    assert CaseloadFilter.MEASURE_DUE in among(row(scored, after=every))


def test_not_improving_takes_in_who_got_worse_and_leaves_out_who_is_well() -> None:
    def scores(*totals: int) -> CaseloadRow:
        forms = tuple(measure(total, day(56 * place)) for place, total in enumerate(totals))
        return row(facts("A", measures=forms), after=57)

    assert CaseloadFilter.NOT_IMPROVING in among(scores(18, 16))
    assert CaseloadFilter.NOT_IMPROVING in among(scores(12, 19))
    assert CaseloadFilter.NOT_IMPROVING not in among(scores(18, 0))


def test_a_safety_conversation_is_open_until_it_is_recorded_and_its_assessment_is_a_view_of_its_own() -> None:
    conversation, assess = CaseloadFilter.SAFETY_OPEN, CaseloadFilter.SAFETY_UNWRITTEN
    asked = facts("A", safety_prompts=(prompt(),))
    talked = facts("A", safety_prompts=(prompt(outcome="talked_today", closed_on=day(1)),))
    written = replace(talked, safety_assessments=(assessment(day(1)),))
    for of, held in ((asked, {conversation}), (talked, {assess}), (written, set())):
        assert among(row(of, after=2)) & {conversation, assess} == held


def test_the_views_about_safety_hold_whom_today_lists() -> None:
    prompts = (), (prompt(),), (prompt(outcome="talked_today", closed_on=day(1)),)
    rows = [
        row(facts("A", episode_id=EpisodeId(place), safety_prompts=each), after=2)
        for place, each in enumerate(prompts, start=1)
    ]
    listed = {section.kind: section.items for section in worklist(rows, until=rows[0].today)}
    for view, kind in (
        (CaseloadFilter.SAFETY_OPEN, DueKind.SAFETY_CONVERSATION),
        (CaseloadFilter.SAFETY_UNWRITTEN, DueKind.SAFETY_ASSESSMENT),
    ):
        assert [each for each in rows if is_among(each, view)] == [item.row for item in listed[kind]]
        assert count_among(rows, view) == 1


def test_to_discuss_holds_whoever_it_was_asked_for() -> None:
    asked = facts("A", supervision_requested_on=day(1), supervision_question="Is it enough?")
    assert CaseloadFilter.DISCUSS in among(row(asked, after=1))
    assert CaseloadFilter.DISCUSS not in among(row(facts("A"), after=1))


def test_the_dead_are_in_their_view_until_care_has_ended_and_the_gp_knows() -> None:
    died = row(facts("A", patient=patient(died_on=day(2))), after=3)
    assert {CaseloadFilter.ALL, CaseloadFilter.DIED} <= among(died)
    assert CaseloadFilter.DIED not in among(row(facts("A"), after=3))
    over = replace(died.facts, phase=Phase.CLOSED, closed_on=day(3))
    owed = row(replace(over, ending=EndingFact(reason=ClosureReason.DIED)), after=60)
    assert among(owed) == {CaseloadFilter.DIED}, "care has ended: it is in no view of the open ones"
    assert among(row(over, after=60)) == set(), "care had ended before, so nothing is owed"
    assert listed([died], [owed, row(over, after=60)]) == (died, owed)


def test_every_view_has_words_and_a_meaning_with_the_figure_of_the_rule() -> None:
    for each in CaseloadFilter:
        assert filter_words(each, 21)
        assert filter_means(each, 21).endswith(".")
    assert filter_words(CaseloadFilter.NO_CONTACT, 21) == "No contact in 21 days"
    assert "more than 21 days" in filter_means(CaseloadFilter.NO_CONTACT, 21)


def test_whose_and_counts_are_those_of_the_worklist() -> None:
    jo, sam = UserId(1), UserId(2)
    rows = [
        row(facts("A", episode_id=EpisodeId(place), holder_id=holder), after=60)
        for place, holder in enumerate((jo, sam, sam, None), start=1)
    ]
    assert belonging_to(rows, Whose.MINE, jo) == held_by(rows, jo) == rows[:1]
    assert belonging_to(rows, Whose.COLLEAGUES, jo, sam) == held_by(rows, sam)
    assert belonging_to(rows, Whose.NOBODYS, jo) == held_by_nobody(rows) == rows[3:]
    assert belonging_to(rows, Whose.EVERYONES, jo) == rows
    assert count_among(rows, CaseloadFilter.OVERDUE) == sum(bool(each.overdue) for each in rows)
