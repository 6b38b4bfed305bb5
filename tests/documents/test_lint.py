"""Words that keep a letter back, and words worth a second look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.documents.composed import FindingLevel, Heading, Paragraph, Points, ScoreTable
from collabcare.documents.lint import lint
from tests.builders import patient
from tests.documents.letterbox import TYPED, in_care, kinds, letter, sought

if TYPE_CHECKING:
    from collabcare.domain.letters import LetterKind

GP, PATIENT = "gp_review", "patient_missed"

# Built from parts, so that no file of the project holds such a phrase in one piece.
LEVELS = ("low", "Medium", "moderate", "HIGH", "higher", "red", "amber", "green")


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("shape", ["{} risk", "{}-risk", "{}\n risk", "{} suicide risk", "{} self-harm risk"])
def test_a_level_of_risk_keeps_the_letter_back(level: str, shape: str) -> None:
    text = f"We thought of this as {shape.format(level)} last week."
    [found] = lint(kinds()[GP], [Paragraph(text=text, typed="safety")])
    assert found.level is FindingLevel.BLOCKS
    assert found.part == "safety"
    assert "never gives a level of risk" in found.text


@pytest.mark.parametrize("shape", ["risk: {}", "risk is {}", "risk level = {}", "risk of suicide was {}"])
def test_the_other_way_round_too(shape: str) -> None:
    assert lint(kinds()[GP], [Points(items=(shape.format("low"),))])[0].level is FindingLevel.BLOCKS


@pytest.mark.parametrize(
    "text",
    [
        "The risk of falling was talked about.",
        "Moderately severe range",
        "Risks and benefits of medication were discussed.",
        "At a higher step, risking nothing.",
        "She lives at Lowrisk Cottage.",
    ],
)
def test_other_words_pass(text: str) -> None:
    table = ScoreTable(headings=("a",), rows=((text,),))
    assert lint(kinds()[GP], (Paragraph(text=text), Heading(text=text), table)) == ()


@pytest.mark.parametrize(
    "word", ["PHQ-9", "score", "depression", "Anxious", "diagnosis", "bipolar", "sertraline", "PTSD"]
)
def test_clinical_detail_in_a_letter_to_the_patient_is_warned_of(word: str) -> None:
    text = f"We talked about {word} before."
    [found] = lint(kinds()[PATIENT], [Paragraph(text=text, typed="added")])
    assert found.level is FindingLevel.WARNS
    assert f"“{word}”" in found.text
    assert lint(kinds()[GP], [Paragraph(text=text)]) == ()


W8 = {
    "a score by its name": ("Your PHQ-9 was higher than before.", "PHQ-9"),
    "a score as a number": ("You came to 18 out of 27 last time.", "18 out of 27"),
    "a score of another form": ("We would like to go through the PCL-5 with you.", "PCL-5"),
    "a diagnosis": ("We know how hard depression makes it to come.", "depression"),
    "a diagnosis of another name": ("Many people with a phobia miss a first visit.", "phobia"),
}


@pytest.mark.parametrize(("added", "named"), W8.values(), ids=[f"LET-W8 {name}" for name in W8])
@pytest.mark.parametrize("kind", [PATIENT, "patient_keep_in_touch"])
def test_a_letter_after_a_miss_with_a_score_or_a_diagnosis_is_warned_of(
    kind: str, added: str, named: str
) -> None:
    """It warns and keeps nothing back: a person decides, and the letter without it has nothing to find."""
    [field] = [each.id for section in kinds()[kind].sections for each in section.typed][:1]
    [found] = letter(kind, sought(), {field: added}).findings
    assert found.level is FindingLevel.WARNS
    assert f"“{named}” tells whoever opens this letter" in found.text
    assert found.part == field
    assert letter(kind, sought(), {field: "We can also meet at the library."}).findings == ()


def test_what_keeps_the_letter_back_comes_first() -> None:
    text = f"Depression, {LEVELS[0]} risk."
    found = lint(kinds()[PATIENT], [Paragraph(text=text)])
    assert [finding.level for finding in found] == [FindingLevel.BLOCKS, FindingLevel.WARNS]


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.id)
def test_the_wording_we_ship_has_nothing_to_find(kind: LetterKind) -> None:
    about = sought() if "missed.on" in kind.needs else in_care()
    typed = TYPED if kind.id == GP else {}
    assert letter(kind.id, about, typed).findings == ()


def test_a_note_on_contacting_the_patient_is_pointed_to_but_not_shown() -> None:
    noted = patient(contact_note="Do not ring when the partner is home")
    [found] = letter("patient_missed", sought(patient=noted)).findings
    assert found.level is FindingLevel.WARNS
    assert "Read it before posting" in found.text
    assert "partner" not in found.text


def test_a_practice_without_an_address_is_pointed_out() -> None:
    [found] = letter("gp_review", in_care(patient=patient(gp_practice_postcode=None))).findings
    assert "cannot be posted" in found.text
