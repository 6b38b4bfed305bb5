"""The patient's copy of a safety plan: one page, large print as it must be, and nothing of our own on it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from collabcare.documents.safety_plan import (
    PlanSheet,
    safety_plan_name,
    safety_plan_pdf,
    safety_plan_text,
)
from collabcare.domain.crisis_lines import SiteLine, crisis_lines
from collabcare.domain.safety_page import NOT_WATCHED, PlanPage, gp_line, plan_page, printed_under
from tests.builders import day, patient
from tests.builders_safety import helplines, plan
from tests.documents.hostile import PAYLOADS
from tests.documents.pages import (
    metadata,
    page_sizes,
    page_texts,
    squeezed,
    structure,
    whole_text,
    words_on,
)

SHEET = PlanSheet(service="Elm Tree PCN", printed_on=day(0))
OWN = (SiteLine(id=1, row_version=1, place=1, name="Leeds crisis team", telephone="0113 496 0999"),)
FULL = plan(
    warning_signs="Not sleeping\nNot answering my sister's texts",
    people_and_places="The allotment with Femi",
    people_to_ask="Femi, brother, 07700 900123",
    surroundings="Tablets kept by Femi, a week at a time",
    reasons_for_living="Ada's wedding",
)


def page(**changes: str) -> PlanPage:
    """Return the page of a plan in which every step was talked about."""
    return plan_page(replace(FULL, **changes), patient(), crisis_lines(OWN, helplines()))  # type: ignore[arg-type]  # any text


def test_a_plan_stands_on_one_page_with_whose_it_is_at_the_foot() -> None:
    pdf = safety_plan_pdf(page(), SHEET)
    [text] = page_texts(pdf)
    assert page_sizes(pdf) == [(210, 297)]
    for words in (
        "My safety plan",
        "Elm Tree PCN",
        "Made on 5 January 2026. To look at again by 2 February 2026.",
        "1. My warning signs",
        "6. Making my surroundings safer",
        "My reasons for living",
        "Leeds crisis team: 0113 496 0999.",
        "Samaritans: Call 116 123.",
        NOT_WATCHED,
        "Ngozi Okafor, NHS number 999 000 0018",
        "Page 1 of 1",
    ):
        assert squeezed(words) in squeezed(text), words
    assert text.index("Leeds crisis team") < text.index("Emergency:")


@pytest.mark.parametrize("lines", [4, 12, 20])
def test_a_long_plan_is_set_smaller_before_it_takes_a_second_page(lines: int) -> None:
    steps = {name: "\n".join(f"Line {n} of what I do" for n in range(lines // 4)) for name in ("by_myself",)}
    assert len(page_sizes(safety_plan_pdf(page(**steps), SHEET))) == 1


def test_a_plan_that_is_longer_still_is_printed_whole_on_two_pages() -> None:
    long = "\n".join(f"Thing {n} that I can do by myself when the evenings are long" for n in range(60))
    texts = page_texts(safety_plan_pdf(page(by_myself=long), SHEET))
    assert len(texts) == 2
    assert all("NHS number 999 000 0018" in text for text in texts)
    assert "Thing 59" in "".join(texts)


def test_large_print_is_never_made_smaller() -> None:
    pdf = safety_plan_pdf(page(), replace(SHEET, large_print=True))
    assert len(page_sizes(pdf)) >= 2
    assert "Page 2 of" in whole_text(pdf)
    assert safety_plan_name(day(0), large_print=True) == "safety-plan-2026-01-05-large-print.pdf"
    assert safety_plan_name(day(0)) == "safety-plan-2026-01-05.pdf"


@pytest.mark.parametrize("points", [16, 18, 24])
@pytest.mark.parametrize("things", [1, 3, 4, 5, 6, 8, 10, 13])
def test_large_print_leaves_no_sentence_alone_and_no_heading_without_its_words(
    points: int, things: int
) -> None:
    steps = "\n".join(f"Thing {n} that I can do by myself" for n in range(things))
    sheet = replace(SHEET, large_print=True, points=points)
    for text in page_texts(safety_plan_pdf(page(by_myself=steps), sheet)):
        lines = [line for line in text.splitlines() if not line.startswith(("Ngozi Okafor, NHS", "Page "))]
        assert len(lines) >= 4, text
        assert not re.match(r"\d\. |My reasons", lines[-1]), text


def test_large_print_is_of_the_size_asked_for() -> None:
    heights = [
        next(
            w.bottom - w.top
            for w in words_on(safety_plan_pdf(page(), replace(SHEET, large_print=True, points=points)))
            if w.text == "Not sleeping"
        )
        for points in (16, 24)
    ]
    assert heights[1] / heights[0] == pytest.approx(24 / 16, rel=0.02)


def test_the_gps_number_is_on_the_page_where_the_plan_names_the_gp_without_it() -> None:
    about = patient(gp_name="Dr A Patel", gp_practice_telephone="0113 496 0100")

    def told(professionals: str) -> str:
        plan_ = replace(FULL, professionals=professionals)
        return whole_text(safety_plan_pdf(plan_page(plan_, about, crisis_lines(OWN, helplines())), SHEET))

    assert "Elm Tree Surgery: 0113 496 0100." in told("Jo Smith\nDr A  PATEL")
    assert told("Elm Tree Surgery, 01134960100").count("0100") == 1
    assert "0100" not in told("Jo Smith")
    assert gp_line(about) == "Dr A Patel, Elm Tree Surgery, 0113 496 0100"
    assert gp_line(patient(gp_name=None)) == "Elm Tree Surgery"


def test_a_screen_reader_goes_from_step_to_step() -> None:
    [document] = structure(safety_plan_pdf(page(), SHEET))
    roles = [tag.role for tag in document.walk()]
    assert roles.count("H1") == 1
    assert roles.count("H2") == 7
    assert "LI" in roles
    spoken = safety_plan_text(page())
    assert spoken.partition("\n")[2].startswith("My safety plan\nNgozi Okafor\n")
    assert spoken.endswith(f"{NOT_WATCHED}\n")


def test_the_file_says_nothing_of_the_patient() -> None:
    told = " ".join(metadata(safety_plan_pdf(page(), SHEET)).values())
    assert "My safety plan" in told
    assert "Okafor" not in told
    assert "999 000" not in told


def test_a_demo_says_so_on_the_page() -> None:
    assert "DEMO" in whole_text(safety_plan_pdf(page(), replace(SHEET, is_demo=True)))


def test_a_line_the_patient_has_written_down_is_not_printed_twice() -> None:
    own = "Samaritans: Call 116 123. To talk to somebody, free, day and night."
    text = whole_text(safety_plan_pdf(page(professionals=own), SHEET))
    assert text.count("116 123") == 1
    theirs = whole_text(safety_plan_pdf(page(professionals="Samaritans on 116 123, or 999"), SHEET))
    assert theirs.count("Samaritans") == 1
    assert "Emergency" not in theirs
    other = whole_text(safety_plan_pdf(page(professionals="Samaritans, Leeds branch"), SHEET))
    assert other.count("Samaritans") == 2


def test_whatever_was_written_is_printed_as_it_was() -> None:
    for text in PAYLOADS[:60]:
        if not text.strip() or "\n" in text:
            continue
        printed = squeezed(whole_text(safety_plan_pdf(page(warning_signs=text), SHEET)))
        assert squeezed(text.strip()) in printed, text


def test_a_page_with_a_helpline_nobody_confirmed_says_draft_on_every_page() -> None:
    long = "\n".join(f"Thing {n} that I can do by myself when the evenings are long" for n in range(60))
    texts = page_texts(safety_plan_pdf(page(by_myself=long), SHEET))
    assert len(texts) == 2
    assert all(squeezed("DRAFT, not to be given yet") in squeezed(text) for text in texts)
    assert safety_plan_text(page()).startswith("DRAFT")
    sure = [replace(line, confirmed=True) for line in crisis_lines(OWN, helplines())]
    assert not plan_page(FULL, patient(), sure).draft
    numbers = "111, 999, 116 123, 85258"
    assert not page(professionals=numbers).draft


@pytest.mark.parametrize("things", range(4, 13))
def test_large_print_keeps_a_step_together_where_it_fits_on_a_page(things: int) -> None:
    steps = "\n".join(f"Thing {n} that I can do by myself" for n in range(things))
    for text in page_texts(safety_plan_pdf(page(by_myself=steps), replace(SHEET, large_print=True))):
        squeezed_ = squeezed(text)
        assert ("Professionals" in squeezed_) == ("Samaritans:" in squeezed_), text
        assert ("Professionals" in squeezed_) == ("Shout:" in squeezed_), text


def test_what_the_screen_says_is_printed_with_step_five_is() -> None:
    about, lines = patient(gp_practice_telephone="0113 496 0100"), crisis_lines(OWN, helplines())
    plan_ = replace(FULL, professionals="Elm Tree Surgery. Samaritans on 116 123")
    under = printed_under(plan_, about, lines)
    printed = next(each for each in plan_page(plan_, about, lines).sections if "Prof" in each.heading)
    assert printed.lines == ("Elm Tree Surgery. Samaritans on 116 123", *under)
    assert under[0] == "Elm Tree Surgery: 0113 496 0100."
    assert not any("116 123" in line for line in under)
