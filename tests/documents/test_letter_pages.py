"""The page itself: the window, the edges, the tags, and every character as it was typed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collabcare.documents.letters import render_letter
from collabcare.domain.errors import RuleViolation
from collabcare.domain.reach_facts import ReachFacts
from tests.builders import day, measure, patient
from tests.documents.goldens import GOLDENS
from tests.documents.hostile import PAYLOADS, typeable
from tests.documents.letterbox import SITE, TYPED, in_care, letter, page, sought
from tests.documents.pages import (
    metadata,
    page_sizes,
    page_texts,
    squeezed,
    structure,
    whole_text,
    words_on,
)

FIVE = tuple(f"Line {number} of a rather long address in a very long road" for number in range(1, 6))
LEFT, TOP, RIGHT, BOTTOM, QUIET = 24.6, 39.5, 120.0, 66.3, 3.0


@pytest.mark.parametrize("name", GOLDENS)
def test_only_the_address_shows_in_the_window(name: str) -> None:
    pdf = GOLDENS[name]()
    near = [
        words
        for words in words_on(pdf)
        if words.right > LEFT - QUIET
        and words.left < RIGHT + QUIET
        and words.bottom > TOP - QUIET
        and words.top < BOTTOM + QUIET
    ]
    window = ["Ms Ngozi Okafor", "4 Mill Lane", "Leeds", "LS1 1AA"]
    practice = ["Dr A Khan", "Elm Tree Surgery", "1 Elm Street", "Leeds", "LS2 2BB"]
    assert [words.text for words in near] == (window if name.startswith("patient") else practice)
    assert all(words.left >= LEFT and words.top >= TOP for words in near)
    assert all(words.right <= RIGHT and words.bottom <= BOTTOM for words in near)


def test_seven_lines_stay_in_the_window() -> None:
    short = tuple(line[:20] for line in FIVE)
    pdf = page("patient_missed", sought(patient=patient(address=short)))
    shown = [words for words in words_on(pdf) if words.left < RIGHT and TOP - 1 < words.top < 90]
    assert len(shown) == 7
    assert all(words.top >= TOP and words.bottom <= BOTTOM for words in shown)


def test_long_lines_that_no_longer_fit_the_window_ask_to_be_shortened() -> None:
    long = tuple(f"{line}, near the old station" for line in FIVE[:4])
    with pytest.raises(RuleViolation, match=r"do not fit the window of the envelope.*Shorten the address"):
        page("patient_missed", sought(patient=patient(address=long)))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "Elm Tree " * 30}, "Shorten the name of the service"),
        ({"address": ("Elm Street",) * 20}, "Shorten the address of the service"),
    ],
)
def test_a_service_that_does_not_fit_its_letterhead_is_asked_to_shorten(
    changes: dict[str, object], words: str
) -> None:
    with pytest.raises(RuleViolation, match=words):
        page("gp_review", in_care(), site=replace(SITE, **changes))  # type: ignore[arg-type]  # any field


def test_the_body_begins_under_the_window_inside_the_margins() -> None:
    body = [words for words in words_on(page("gp_review", in_care(), TYPED)) if words.top > BOTTOM + QUIET]
    beside = [words for words in body if words.top < 94]
    assert all(words.left > 125 for words in beside)
    assert next(words for words in body if words.text == "Dear Dr Khan").top == pytest.approx(96, abs=1)
    assert all(words.left >= 15 and words.right <= 195 and words.bottom <= 292 for words in body)


def test_private_and_confidential_stands_above_the_window() -> None:
    [words] = [w for w in words_on(page("patient_missed", sought())) if w.text.startswith("Private and conf")]
    assert words.bottom < TOP - QUIET


@pytest.mark.parametrize("name", GOLDENS)
def test_every_page_is_a4_and_says_which_it_is_of_how_many(name: str) -> None:
    pdf = GOLDENS[name]()
    texts = page_texts(pdf)
    assert page_sizes(pdf) == [(210, 297)] * len(texts)
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text


def test_who_it_is_about_stands_at_the_foot_of_every_page_after_the_first() -> None:
    typed = {"discussed": "\n".join(["A long story, told in full."] * 120)}
    first, *others = page_texts(page("gp_review", in_care(), typed))
    assert len(others) >= 3
    assert "Ms Ngozi Okafor, NHS number 999 000 0018" not in first
    assert all("Ms Ngozi Okafor, NHS number 999 000 0018" in text for text in others)


def test_the_nhs_number_is_never_broken_over_two_lines() -> None:
    typed = {"discussed": "word " * 200}
    lines = whole_text(page("gp_review", in_care(), typed)).splitlines()
    assert sum("999 000 0018" in line for line in lines) >= 2
    assert not [line for line in lines if re.search(r"999( 000)?$", line.rstrip())]


def test_large_print_is_sixteen_points_in_the_same_window() -> None:
    ordinary, large = (page("patient_missed", sought(), large_print=big) for big in (False, True))
    heights = [
        next(w.bottom - w.top for w in words_on(pdf) if w.text == "Dear Ms Okafor")
        for pdf in (ordinary, large)
    ]
    assert heights[1] / heights[0] == pytest.approx(16 / 12, rel=0.02)
    assert len(page_texts(large)) == 2
    assert "Ms Ngozi Okafor, NHS number" in page_texts(large)[1]


def test_a_demo_says_so_on_every_page() -> None:
    pdf = page("gp_review", in_care(), TYPED, site=replace(SITE, is_demo=True))
    assert all("DEMO: invented people. Do not send." in text for text in page_texts(pdf))
    assert "DEMO" not in whole_text(page("gp_review", in_care(), TYPED))


def test_a_hundred_pages_are_printed_in_full() -> None:
    words = " ".join(f"word{number}" for number in range(2_200))
    typed = dict.fromkeys(("discussed", "medication", "safety"), words)
    typed |= dict.fromkeys(("for_patient", "for_practice", "for_us"), "\n".join(words.split()))
    pdf = page("gp_review", in_care(), typed)
    texts = page_texts(pdf)
    assert len(texts) > 100
    assert squeezed("".join(texts)).count("word2199") == 6


def test_the_same_letter_is_the_same_file_byte_for_byte() -> None:
    composed = letter("gp_review", in_care(), TYPED)
    assert render_letter(composed) == render_letter(composed)
    other_day = letter("gp_review", in_care(), {**TYPED, "discussed": "Other words."})
    assert render_letter(other_day) != render_letter(composed)


def test_the_file_says_what_it_is_and_nothing_of_the_patient() -> None:
    about = metadata(page("gp_review", in_care()))
    assert about["Title"] == "Review letter to the GP"
    assert about["CreationDate"] == "D:20260309000000Z"
    assert not re.search("Okafor|999", " ".join(about.values()))


def test_the_file_is_tagged_in_reading_order_in_british_english() -> None:
    pdf = page("gp_review", in_care(), TYPED)
    assert b"/Lang (en-GB)" in pdf
    assert b"/MarkInfo" in pdf
    assert b"/DisplayDocTitle true" in pdf
    [document] = structure(pdf)
    roles = [tag.role for tag in document.walk()]
    assert roles.index("P") < roles.index("H1") < roles.index("H2") < roles.index("Table")
    table = next(tag for tag in document.walk() if tag.role == "Table")
    assert [[cell.role for cell in row.children] for row in table.children] == [
        ["TH"] * 4,
        ["TH", "TD", "TD", "TD"],
        ["TH", "TD", "TD", "TD"],
    ]
    [second] = structure(pdf, 1)
    inside = [tag.role for tag in second.walk()]
    assert {"Figure", "L", "LI", "Lbl", "LBody", "H3"} <= set(inside)
    [figure] = [tag for tag in second.walk() if tag.role == "Figure"]
    assert figure.alt.startswith("5 PHQ-9 scores, from 18 on 5 January 2026 to 9 on 2 March 2026.")


def test_only_fonts_in_the_file_are_used() -> None:
    pdf = page("gp_review", in_care(), TYPED)
    assert len(re.findall(rb"/FontFile2", pdf)) == 2
    assert b"Vera" not in pdf
    assert b"Vera" in page("gp_review", in_care(), {"discussed": "PHQ-9 ≥ 10, ≤ 27, 5 − 3"})


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Feeling 🙂 today", r"“🙂” \(slightly smiling face\) cannot be printed"),
        ("محمد", r"“م” \(arabic letter meem\)"),
        ("李小龍", "cjk unified ideograph"),
        ("a \ue000 b", "cannot be printed"),
        ("half \ud83d of a face", "a damaged character that cannot be printed"),
    ],
)
def test_a_character_without_a_print_is_named_and_nothing_is_drawn(text: str, named: str) -> None:
    for typed in ({"discussed": text}, {"for_us": text}):
        with pytest.raises(RuleViolation, match=named):
            page("gp_review", in_care(), typed)
    with pytest.raises(RuleViolation, match=named):
        page("gp_review", in_care(patient=patient(surname=text)))


def test_every_payload_prints_exactly_as_it_was_typed() -> None:
    assert len(PAYLOADS) >= 200
    printed = squeezed(whole_text(page("gp_review", in_care(), {"discussed": "\n".join(PAYLOADS)})))
    assert [text for text in PAYLOADS if squeezed(text) not in printed] == []


@pytest.mark.parametrize(
    "name", ["<none>", "{patient.name}", "Łukasz", "Nguyễn", "O’Brien & Sons", "<!-- -->"]
)
def test_a_name_prints_as_it_is_in_every_place(name: str) -> None:
    about = in_care(patient=patient(surname=name, address=(name,), gp_name=name, gp_practice_name=name))
    printed = squeezed(whole_text(page("gp_review", about, TYPED, copy_to_patient=True)))
    assert printed.count(squeezed(name)) >= 8


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(typeable(), min_size=1, max_size=80), min_size=1, max_size=4))
def test_whatever_can_be_printed_is_printed(texts: list[str]) -> None:
    texts = [text for text in texts if squeezed(text) and not re.match(r"\s*[-*•–]\s", text)]
    printed = squeezed(whole_text(page("gp_review", in_care(), {"discussed": "\n".join(texts)})))
    assert squeezed("".join(texts)) in printed


def test_a_score_drawn_at_either_end_of_the_scale_stays_on_the_page() -> None:
    extremes = (measure(27, day(0)), measure(0, day(1)), measure(27, day(400)))
    for words in words_on(page("gp_review", in_care(measures=extremes))):
        assert words.left >= 15
        assert words.right <= 195


@pytest.mark.parametrize("points", [pytest.param(16, id="AIS-W1"), 18, 24])
@pytest.mark.parametrize("kind", ["patient_missed", "patient_keep_in_touch"])
def test_large_print_of_every_size_leaves_no_line_alone_on_a_page(kind: str, points: int) -> None:
    about = replace(sought(), reach=ReachFacts(information_formats=(f"large_print_{points}",)))
    pdf = page(kind, about)
    [body] = [w for w in words_on(pdf) if w.text == "Dear Ms Okafor"]
    [plain] = [w for w in words_on(page(kind, sought())) if w.text == "Dear Ms Okafor"]
    assert (body.bottom - body.top) / (plain.bottom - plain.top) == pytest.approx(points / 12, rel=0.02)
    for text in page_texts(pdf):
        assert len(text.splitlines()) >= 5, text
    assert "Yours sincerely" in page_texts(pdf)[-1]
