"""The caseload in numbers: the same counts as its buttons, and every share with both its numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.caseload import CaseloadRow, caseload_rows
from collabcare.domain.caseload_figure_tables import caseload_table, ended_table, improved_table
from collabcare.domain.caseload_figures import caseload_figures, ended_figures
from collabcare.domain.caseload_filters import CaseloadFilter, count_among
from collabcare.domain.codes import ClosureReason
from collabcare.domain.demographic_facts import EndingFact
from collabcare.domain.episode import Phase
from collabcare.domain.loop_report import LoopAsked, loop_report
from collabcare.domain.loop_tables import cell_words, measure_tables, shared_words
from collabcare.domain.periods import Period
from collabcare.domain.reengagement import AttemptOutcome
from collabcare.domain.shares import Share
from tests.builders import attempt, day, facts, instruments, ladder, measure, patient, phq9, rulebook
from tests.builders_change import talking_therapies
from tests.builders_loop import loop_policy

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts

WEEKS = Period(day(0), day(27))


def scores(*totals: int) -> EpisodeFacts:
    """Return a patient with one PHQ-9 a month, the first on the first Monday."""
    return facts("A", measures=tuple(measure(total, day(28 * n)) for n, total in enumerate(totals)))


def rows(*of: EpisodeFacts, on: int = 60) -> list[CaseloadRow]:
    """Return the caseload these patients are."""
    return caseload_rows(of, rulebook(), day(on))


SPOKE = facts("D", ladders=(ladder(day(0), attempts=(attempt(1, day(3), outcome=AttemptOutcome.SPOKE),)),))
TRIED = facts("D", ladders=(ladder(day(0), attempts=(attempt(1, day(3)),)),))


@pytest.mark.parametrize(
    ("of", "contact", "seen"),
    [
        (facts("A"), 1, 1),
        (facts("L"), 1, 1),
        (facts("D"), 0, 0),
        (facts("b"), 0, 0),
        (SPOKE, 1, 0),
        (TRIED, 0, 0),
        (facts("DDDDA"), 0, 0),
        (facts(), 0, 0),
    ],
    ids=["on time", "late", "missed", "booked", "spoken to", "not reached", "after the period", "nothing"],
)
def test_in_contact_is_seen_or_spoken_to_within_the_period(of: EpisodeFacts, contact: int, seen: int) -> None:
    found = caseload_figures(rows(of), WEEKS)
    assert (found.in_contact, found.seen) == (Share(contact, 1), Share(seen, 1))


def test_somebody_referred_after_the_period_is_on_the_caseload_and_in_no_share_of_contacts() -> None:
    later = replace(facts("A"), referral_received_on=day(28))
    found = caseload_figures(rows(facts("A"), later), WEEKS)
    assert (found.open, found.in_contact.words) == (2, "1 of 1 (100%)")


def test_each_view_has_the_number_of_its_button() -> None:
    everybody = rows(facts("A"), SPOKE, TRIED, facts(), scores(18, 17, 17))
    found = caseload_figures(everybody, WEEKS)
    assert {each.view for each in found.views} == set(CaseloadFilter) - {CaseloadFilter.ALL}
    for each in found.views:
        assert each.of_open == Share(count_among(everybody, each.view), 5)
        assert each.words
        assert each.means


def test_the_dead_whose_gp_is_owed_a_letter_are_in_the_number_of_their_view_alone() -> None:
    died = facts("A", patient=patient(died_on=day(2)))
    ended = replace(died, phase=Phase.CLOSED, closed_on=day(3), ending=EndingFact(reason=ClosureReason.DIED))
    found = caseload_figures(rows(facts("A"), died, ended), WEEKS)
    assert (found.open, found.in_contact) == (2, Share(2, 2))
    shares = {each.view: each.of_open for each in found.views}
    assert shares.pop(CaseloadFilter.DIED) == Share(2, 3)
    assert {each.denominator for each in shares.values()} == {2}


def test_improved_worse_and_recovered_are_of_those_with_two_scores() -> None:
    everybody = rows(
        scores(15, 9),  # reliably better, and below the cut-off
        scores(20, 12),  # reliably better
        scores(15, 10),  # not reliably
        scores(9, 3),  # reliably better; not at the cut-off at first
        scores(9, 15),  # reliably worse
        scores(14, 0),  # a score of 0 is a score
        scores(15),
        facts("A"),
    )
    phq, gad = caseload_figures(everybody, WEEKS).measures
    assert phq.compared == Share(6, 8)
    assert (phq.improved, phq.worse, phq.recovered) == (Share(4, 6), Share(1, 6), Share(2, 4))
    assert (gad.compared, gad.improved) == (Share(0, 8), Share(0, 0))
    improved = sum(cell.reliable == "improvement" for row in everybody for cell in row.scores.values())
    assert improved == 4, "the arrows of the caseload say the same"


def test_a_blank_is_never_a_zero_and_nobody_to_count_is_said() -> None:
    (_phq, gad) = improved_table(caseload_figures(rows(scores(15, 9)), WEEKS)).rows
    assert [cell_words(cell) for cell in gad] == ["GAD-7", "0 of 1 (0%)", "none", "none", "none"]
    nobody = caseload_figures([], WEEKS)
    assert nobody.sentence == "Nobody is on this caseload."
    assert (nobody.views, nobody.measures) == ((), ())
    assert [cell_words(row[1]) for row in caseload_table(nobody).rows] == ["0", "none", "none"]


def test_what_has_no_published_number_says_so() -> None:
    book = replace(rulebook(), pathway=replace(rulebook().pathway, measures=("phq9", "plain")))
    plain = replace(phq9(), id="plain", name="Plain", reliable_change=None)
    book = replace(book, instruments={**instruments(), "plain": plain})
    (_phq, other) = improved_table(caseload_figures(caseload_rows([facts("A")], book, day(1)), WEEKS)).rows
    assert other[2:] == ("no published number",) * 3


@pytest.mark.parametrize(("count", "words"), [(1, "1 open patient. "), (1200, "1,200 open patients. ")])
def test_the_sentence_gives_both_numbers(count: int, words: str) -> None:
    found = replace(caseload_figures(rows(facts("A")), WEEKS), open=count)
    assert found.sentence == f"{words}In contact in these days: 1 of 1 (100%)."


def test_care_that_ended_is_counted_as_talking_therapies_counts() -> None:
    treated = replace(
        facts("AA", measures=(measure(15, day(0)), measure(8, day(7)))),
        contacts=tuple(replace(each, appointment_type="02") for each in facts("AA").contacts),
        closed_on=day(20),
    )
    once = replace(facts("A"), closed_on=day(20))
    unknown = replace(facts("AA"), closed_on=day(20))
    found = ended_figures([treated, once, unknown], instruments(), talking_therapies())
    said = {row[0]: cell_words(row[1]) for row in ended_table(found).rows}
    assert said["Care ended in the period"] == "3"
    assert said["Finished courses"] == "1"
    assert said["Kind of contact not recorded"] == "1"
    assert said["Reliable improvement"] == "1 of 1 (100%)"
    report = loop_report(LoopAsked(period=WEEKS, today=day(60)), [], rows(facts("A")), loop_policy())
    tables = [table.id for table in measure_tables(replace(report, ended=found))]
    assert tables[:4] == ["caseload", "improved", "ended", "summary"]
    assert report.sentence.endswith("No appointment was missed.")


@given(st.lists(st.lists(st.integers(0, 27), max_size=3), max_size=8))
def test_nothing_shared_tells_a_group_of_fewer_than_five(caseload: list[list[int]]) -> None:
    found = caseload_figures(rows(*(scores(*each) for each in caseload)), WEEKS)
    for each in found.measures:
        assert each.improved is not None
        assert each.worse is not None
        assert each.improved.numerator + each.worse.numerator <= each.compared.numerator
    shown = shared_words(5)
    for table in (caseload_table(found), improved_table(found)):
        for row in table.rows:
            for cell in row[1:]:
                said = shown(cell).replace("(", "").split() if not isinstance(cell, str) else []
                assert all(int(word) % 5 == 0 for word in said if word.isdecimal())
