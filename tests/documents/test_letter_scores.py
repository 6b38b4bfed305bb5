"""Scores in a letter: the range, the meaning, the change and whether it is more than error."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from collabcare.documents.composed import Charts, Paragraph, ScoreTable
from collabcare.documents.letter_scores import change_sentence, score_charts, score_words
from collabcare.documents.pdf.paper import ACCENT
from collabcare.domain.instruments import Direction
from collabcare.domain.outcomes import change_between
from tests.builders import day, facts, gad7, measure, phq9
from tests.documents.letterbox import in_care, page, source
from tests.documents.pages import colours_on, page_texts, whole_text, words_on

if TYPE_CHECKING:
    from collabcare.domain.tally import Number


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (18, 9, "PHQ-9 fell from 18 to 9; a change of 6 or more is larger than the measure’s own error."),
        (9, 18, "PHQ-9 rose from 9 to 18; a change of 6 or more is larger than the measure’s own error."),
        (18, 12, "PHQ-9 fell from 18 to 12; a change of 6 or more is larger than the measure’s own error."),
        (18, 13, "PHQ-9 fell from 18 to 13; a change of less than 6 is within the measure’s own error."),
        (9, 9, "PHQ-9 was 9 at first and is 9 now."),
    ],
)
def test_the_change_is_said_with_the_measures_own_error(first: int, last: int, said: str) -> None:
    assert change_sentence(phq9(), change_between(phq9(), first, last)) == said


def test_each_measure_has_its_own_error() -> None:
    assert "4 or more" in change_sentence(gad7(), change_between(gad7(), 14, 10))
    assert "less than 4" in change_sentence(gad7(), change_between(gad7(), 14, 11))


def test_a_measure_of_which_more_is_better() -> None:
    wellbeing = replace(phq9(), direction=Direction.HIGHER_IS_BETTER, name="Wellbeing")
    assert change_sentence(wellbeing, change_between(wellbeing, 10, 20)).startswith(
        "Wellbeing rose from 10 to 20; a change of 6 or more"
    )


def test_first_and_latest_stand_beside_their_meaning_the_services_own_measures_first() -> None:
    table, said = score_words(source(in_care()))
    assert isinstance(table, ScoreTable)
    assert table.headings == ("Scale", "First", "Latest", "Meaning")
    assert [row[0] for row in table.rows] == ["PHQ-9\n0 to 27", "GAD-7\n0 to 21"]
    assert table.rows[0][1:] == ("18\n5 January 2026", "9\n2 March 2026", "Mild range\nLower is better")
    assert isinstance(said, Paragraph)
    [charts] = score_charts(source(in_care()))
    assert isinstance(charts, Charts)
    assert [scene.title for scene in charts.scenes] == ["PHQ-9", "GAD-7"]


def test_one_score_has_no_change_and_no_chart() -> None:
    of = source(facts("A", measures=(measure(11, missing=1, prorated=True),)))
    [table] = score_words(of)
    assert isinstance(table, ScoreTable)
    assert table.headings == ("Scale", "Score", "Meaning")
    assert table.rows == (
        ("PHQ-9\n0 to 27", "11 (prorated, 1 missing)\n5 January 2026", "Moderate range\nLower is better"),
    )
    assert list(score_charts(of)) == []


def test_one_measure_with_one_score_beside_one_with_two() -> None:
    measures = (measure(18), measure(12, instrument="gad7"), measure(9, day(14)))
    [table, _said] = score_words(source(facts("A", measures=measures)))
    assert isinstance(table, ScoreTable)
    assert table.rows[1][1] == "One score only"


def test_an_unfinished_form_is_said_and_never_counted_as_a_fall() -> None:
    measures = (measure(18), measure(12, day(14)), measure(None, day(28)))
    table, said = score_words(source(facts("A", measures=measures)))
    assert isinstance(table, ScoreTable)
    assert table.rows[0][2] == "12\n19 January 2026"
    assert isinstance(said, Paragraph)
    assert said.text.endswith("The PHQ-9 of 2 February 2026 was not complete, so it has no score.")


def test_nothing_is_said_of_scores_there_are_none_of() -> None:
    assert list(score_words(source(facts("A", measures=(measure(None),))))) == []
    assert list(score_charts(source(facts("A")))) == []


def said_of(name: str, *totals: Number) -> str:
    """Return what a letter says of the first and the last score of an instrument."""
    forms = tuple(measure(total, day(28 * place), instrument=name) for place, total in enumerate(totals))
    _table, said = score_words(source(facts("A", measures=forms)))
    assert isinstance(said, Paragraph)
    return said.text


def test_where_no_reliable_change_is_published_only_the_good_direction_is_said() -> None:
    said = said_of("dialog", Decimal("4.00"), Decimal("4.47"))
    assert said == "DIALOG rose from 4.00 to 4.47; higher is better."


def test_a_change_since_the_score_before_is_said_where_first_and_latest_hide_it() -> None:
    assert said_of("phq9", 15, 5, 18) == (
        "PHQ-9 rose from 15 to 18; a change of less than 6 is within the measure’s own error. "
        "Since 2 February 2026 it rose from 5 to 18; a change of 6 or more is larger than the measure’s "
        "own error."
    )
    assert "Since" not in said_of("phq9", 15, 14, 18)
    assert "Since" not in said_of("phq9", 5, 18)
    assert "Since" not in said_of("dialog", Decimal(4), Decimal(7), Decimal(1))


def test_a_converted_score_is_compared_on_its_metric() -> None:
    """SWE-W4."""
    assert said_of("swemwbs", 20, 25) == (
        "SWEMWBS (metric score) rose from 18.59 to 22.35; "
        "a change of 3 or more is larger than the measure’s own error."
    )


def test_a_first_score_with_little_room_says_so() -> None:
    """CHG-W4."""
    assert said_of("phq9", 5, 0).endswith("own error; room for change too small.")


def test_forms_that_cannot_be_compared_are_shown_and_not_compared() -> None:
    forms = (
        measure(20, instrument="wsas", answers=(9, 5, 5, 5, 5)),
        measure(12, day(28), instrument="wsas", answers=(4, 2, 2, 2, 2)),
    )
    table, said = score_words(source(facts("A", measures=forms)))
    assert isinstance(table, ScoreTable)
    assert table.rows[0][1] == "20 (work n/a)\n5 January 2026"
    assert isinstance(said, Paragraph)
    assert said.text.startswith("WSAS: not comparable")


def test_a_measure_without_bands_or_a_cut_off_can_be_printed() -> None:
    """The chart of the Recovery Star has no cut-off to draw."""
    forms = (
        measure(Decimal("3.20"), instrument="rstar"),
        measure(Decimal("5.50"), day(28), instrument="rstar"),
    )
    words = whole_text(page("gp_review", in_care(measures=forms)))
    assert "Recovery Star" in words
    assert "Higher is better" in words
    assert "Cut-off" not in words
    assert "Cut-off 10" in whole_text(page("gp_review", in_care()))


def test_the_cut_off_is_named_clear_of_the_line_of_scores() -> None:
    """The last of many scores rises steeply past the cut-off, where its name would stand."""
    totals = (15, 12, 11, 10, 8, 8, 6, 5, 18)
    measures = tuple(measure(total, day(9 * number)) for number, total in enumerate(totals))
    pdf = page("gp_review", replace(in_care(), measures=measures))
    number = next(number for number, text in enumerate(page_texts(pdf)) if "Cut-off 10" in text)
    [named] = [words for words in words_on(pdf, number) if words.text == "Cut-off 10"]
    assert ACCENT not in colours_on(pdf, number, named)
