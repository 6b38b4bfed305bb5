"""The story on paper: the drawing of the screen, told to a screen reader, and the same as a table."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from collabcare.documents.pdf.charts import put_charts
from collabcare.documents.pdf.flow import Flow
from collabcare.documents.pdf.painting import paint
from collabcare.documents.pdf.paper import A4, Sheet
from collabcare.documents.pdf.story import put_story, put_story_table, story_height
from collabcare.documents.pdf.tagged import About, Element
from collabcare.documents.reports import SummaryHeading, caseload_summary_pdf
from collabcare.domain.caseload import caseload_row
from collabcare.domain.display import fmt_date
from collabcare.domain.score_chart import score_chart
from collabcare.domain.story_chart import StoryChart, story_chart
from tests.builders import day, instruments, measure, pathway, patient, phq9, rulebook
from tests.builders_story import STORY_TODAY, eventful
from tests.documents.pages import page_texts, squeezed, structure, words_on

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts

SHEET = Sheet(width=A4[0], height=A4[1], left=60, right=A4[0] - 60, first_top=60, top=60, bottom=A4[1] - 60)
HEADING = SummaryHeading(
    service="Elm Tree PCN",
    today=STORY_TODAY,
    filter_text="One patient, with the story so far.",
    pathway=pathway(),
    instruments=instruments(),
    is_demo=False,
    rulebook=rulebook(),
)


def scene() -> StoryChart:
    return story_chart(eventful(), phq9(), rulebook(), today=STORY_TODAY)


def page(size: float = 10.0) -> bytes:
    """Draw a story with its table."""
    flow = Flow(SHEET, Element("Document"))
    put_story(flow, scene(), size)
    put_story_table(flow, scene(), size, "OKAFOR, Ngozi")
    return paint(flow, lambda _number, _of: (), About(title="Story", author="Elm Tree", day=STORY_TODAY))


def summary(*about: EpisodeFacts) -> bytes:
    rows = [caseload_row(each, rulebook(), STORY_TODAY) for each in about]
    return caseload_summary_pdf(rows, HEADING)


def test_a_screen_reader_is_told_the_whole_picture() -> None:
    [document] = structure(page())
    [figure] = [tag for tag in document.walk() if tag.role == "Figure"]
    assert figure.alt == f"{scene().description} Cut-off 10. Lower is better."


def test_what_is_drawn_is_labelled_in_words() -> None:
    text = page_texts(page())[0]
    wanted = [each.words for each in scene().legend]
    wanted += ["PHQ-9", "Score, 0 to 27", "Lower is better", "Cut-off 10", "Contacts", "Medication", "Today"]
    wanted += [tick.label for tick in scene().ticks]
    assert [words for words in wanted if words not in text] == []


@pytest.mark.parametrize("size", [8.8, 10.0, 16.0])
def test_no_words_run_over_the_edge_at_any_size(size: float) -> None:
    millimetre = 72 / 25.4
    for words in words_on(page(size)):
        assert words.left >= SHEET.left / millimetre - 0.5, words
        assert words.right <= SHEET.right / millimetre + 0.5, words
    assert story_height(scene(), SHEET.measure, size) < SHEET.bottom - SHEET.top


def test_the_table_has_every_mark_of_the_picture() -> None:
    pdf = page()
    lines = [
        tag
        for number in range(len(page_texts(pdf)))
        for tag in structure(pdf, number)[0].walk()
        if tag.role == "TR"
    ]
    assert len(lines) == 1 + len(scene().marks)
    text = squeezed(" ".join(page_texts(pdf)))
    assert all(squeezed(f"{fmt_date(row.day)}{row.what[:20]}") in text for row in scene().rows)


def test_in_the_summary_each_story_says_whose_it_is_on_every_page() -> None:
    other = eventful(patient=patient(surname="Ash", given_name="Jo", title=None, nhs_number=None))
    texts = page_texts(summary(eventful(), other))
    assert sum("OKAFOR, Ngozi (Ms), born 14-Jul-1985, NHS number 999 000 0018" in text for text in texts) == 1
    assert sum("ASH, Jo, born 14-Jul-1985, NHS number Not Known" in text for text in texts) == 1
    assert all("OKAFOR, Ngozi (Ms)" in text or "ASH, Jo" in text for text in texts)
    one = page_texts(summary(eventful()))
    assert len(one) > 1
    assert all("OKAFOR, Ngozi (Ms), " in text and "NHS number 999 000 0018" in text for text in one)
    assert "GAD-7" in one[0].partition("born 14-Jul-1985")[2], "the measures stand under one another"


def test_without_being_asked_for_no_story_is_printed() -> None:
    rows = [caseload_row(eventful(), rulebook(), STORY_TODAY)]
    plain = SummaryHeading(
        service="Elm Tree PCN",
        today=STORY_TODAY,
        filter_text="",
        pathway=pathway(),
        instruments=instruments(),
        is_demo=False,
    )
    assert "Lower is better" not in "".join(page_texts(caseload_summary_pdf(rows, plain)))


def test_the_same_story_is_the_same_file() -> None:
    assert page() == page()


@pytest.mark.parametrize("name", ["phq9", "swemwbs", "rstar"])
def test_a_letters_chart_says_what_its_scale_runs_over(name: str) -> None:
    """Two charts stand side by side in a letter; the words of the head never meet."""
    instrument = instruments()[name]
    low = instrument.total_min
    scores = [measure(low, instrument=name), measure(low, day(28), instrument=name)]
    chart = score_chart(instrument, scores)
    flow = Flow(SHEET, Element("Document"))
    put_charts(flow, [chart, chart], 9.0)
    pdf = paint(flow, lambda _number, _of: (), About(title="Chart", author="Elm Tree", day=STORY_TODAY))
    text = page_texts(pdf)[0]
    for part in (chart.title, f"{instrument.total_min} to {instrument.total_max}", chart.good_direction):
        assert text.count(part) == 2
    heads = sorted((words for words in words_on(pdf) if words.top < 27), key=lambda words: words.left)
    assert all(after.left > before.right for before, after in pairwise(heads))
