"""Letter files: what the program ships, and the refusal that names the file and the field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from collabcare.catalogue.letters import load_letter, load_letters
from collabcare.domain.errors import EnvironmentProblem
from collabcare.domain.letters import LETTER_FACTS, LetterTo, Part, placeholders
from collabcare.paths import resources_dir

if TYPE_CHECKING:
    from pathlib import Path

LETTERS = load_letters(resources_dir() / "letters")
GOOD = """
id = "note"
version = 1
title = "Note"
to = "gp"
subject = "About {patient.name}"
needs = ["care.last_seen_on"]
clinical = true
copy_to_patient = true
source = "A published source"
sign_off = "A clinical lead"
[[sections]]
heading = "Seen"
paragraphs = [{ text = "Seen on {care.last_seen_on}.", when = "care.last_seen_on and not care.ended_on" }]
typed = [{ id = "added", label = "Anything else", hint = "In plain words" }]
[[sections]]
part = "steps"
paragraphs = [{ text = "Moved on {move.on}." }]
[[sections]]
part = "scores"
[[sections]]
part = "crisis_lines"
paragraphs = [{ text = "Ring NHS 111.", when = "letter.discreet" }]
[[format_lines]]
text = "Ask for large print."
"""


def written(folder: Path, text: str, name: str = "note") -> Path:
    """Write a letter's file."""
    file = folder / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_letters_of_the_first_build_are_there() -> None:
    assert {kind.id: kind.to for kind in LETTERS.values()} == {
        "gp_closing_unreached": LetterTo.GP,
        "gp_discharge": LetterTo.GP,
        "gp_not_attending": LetterTo.GP,
        "gp_review": LetterTo.GP,
        "gp_step_change": LetterTo.GP,
        "patient_keep_in_touch": LetterTo.PATIENT,
        "patient_missed": LetterTo.PATIENT,
    }


@pytest.mark.parametrize("kind", LETTERS.values(), ids=lambda kind: kind.id)
def test_every_letter_says_where_its_words_come_from_and_who_signs_them_off(kind: object) -> None:
    found = LETTERS[getattr(kind, "id", "")]
    assert len(found.source) > 20
    assert "clinical lead" in found.sign_off


@pytest.mark.parametrize("kind_id", ["patient_missed", "patient_keep_in_touch"])
def test_a_letter_to_the_patient_about_a_missed_appointment_holds_nothing_clinical(kind_id: str) -> None:
    kind = LETTERS[kind_id]
    named = {n for s in kind.sections for p in s.paragraphs for n in placeholders(p.text)}
    assert not kind.clinical
    assert not {name for name in named if name.startswith(("scores.", "move.", "care.", "referral."))}
    assert {section.part for section in kind.sections} == {None, Part.CRISIS_LINES}


@pytest.mark.parametrize("kind_id", ["patient_missed", "patient_keep_in_touch"])
def test_the_letter_about_not_attending_never_threatens_to_end_care(kind_id: str) -> None:
    words = " ".join(p.text for s in LETTERS[kind_id].sections for p in s.paragraphs)
    assert not re.search(r"discharge|close|fail|DNA|did not attend|unless|must", words, re.IGNORECASE)


def test_a_good_file_reads_as_written(tmp_path: Path) -> None:
    kind = load_letter(written(tmp_path, GOOD))
    assert [part.id for part in kind.typed] == ["added"]
    assert kind.tells_of_steps
    assert kind.missing({}) == ("a contact that was attended",)
    [paragraph] = kind.sections[0].paragraphs
    assert paragraph.wanted({"care.last_seen_on": "today"})
    assert not paragraph.wanted({"care.last_seen_on": "today", "care.ended_on": "today"})
    assert not paragraph.wanted({})


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ('"About {patient.name}"', '"About {patient.nmae}"', "subject names the fact 'patient.nmae'"),
        ('"Seen on {care', '"Seen on {{care', r"sections\[1\].paragraphs\[1\].text has a brace"),
        ('"Seen on {care.last_seen_on}."', '"Seen {0.__class__}."', "text has a brace"),
        ('"Seen on {care.last_seen_on}."', '"Seen {care.last_seen_on!r}."', "text has a brace"),
        ('"care.last_seen_on and not care.ended_on"', '"care.ended"', "when names the fact 'care.ended'"),
        ('needs = ["care.last_seen_on"]', 'needs = ["a.b"]', "needs names the fact 'a.b'"),
        ('to = "gp"', 'to = "everybody"', "to must be one of gp, patient"),
        ('id = "note"', 'id = "other"', "id must be the name of its file, note"),
        ('id = "note"', 'id = "Note 1"', "id must be small letters"),
        ("version = 1", "version = 0", "version must be a whole number"),
        ("clinical = true", "clinical = false", "clinical is false, so no section may show scores"),
        ("clinical = true", 'clinical = "yes"', "clinical must be true or false"),
        ('part = "steps"', 'part = "stairs"', r"sections\[2\].part must be one of scores, steps"),
        ('part = "steps"\n', "", "paragraphs name a fact of a move"),
        (', when = "letter.discreet"', "", "need one with when"),
        ('"letter.discreet"', '"letter.discreet and next.on"', "need one with when"),
        ('"letter.discreet"', '"not letter.discreet"', "need one with when"),
        ('part = "scores"', "", "so this section would have nothing to say"),
        ('title = "Note"', 'title = " "', "title is blank"),
        ('title = "Note"', "", "title is missing"),
        ('hint = "In plain words"', 'hnt = "In plain words"', r"typed\[1\].hint is missing"),
        ('sign_off = "A', 'signed = "x"\nsign_off = "A', "signed is not a known field"),
        ('[[format_lines]]\ntext = "Ask for large print."', "", "format_lines is missing"),
        (
            'part = "scores"',
            'typed = [{ id = "added", label = "x", hint = "y" }]',
            "two typed parts of one id",
        ),
        ('id = "note"', "id = ", "cannot be read"),
    ],
)
def test_a_file_that_is_not_right_is_refused_by_file_and_field(
    tmp_path: Path, was: str, becomes: str, complaint: str
) -> None:
    assert was in GOOD
    with pytest.raises(EnvironmentProblem, match=complaint) as refusal:
        load_letters(written(tmp_path, GOOD.replace(was, becomes, 1)).parent)
    assert str(refusal.value).startswith("note.toml")


def test_a_letter_that_offers_no_other_format_is_refused(tmp_path: Path) -> None:
    none = GOOD.replace("version = 1", "version = 1\nformat_lines = []").split("[[format_lines]]")[0]
    with pytest.raises(EnvironmentProblem, match="format_lines must offer the letter in another format"):
        load_letter(written(tmp_path, none))


def test_a_letter_that_says_nothing_is_refused(tmp_path: Path) -> None:
    head, _, lines = GOOD.partition("[[sections]]")
    empty = head + "sections = []\n[[format_lines]]" + lines.split("[[format_lines]]")[1]
    with pytest.raises(EnvironmentProblem, match="sections must have at least one"):
        load_letter(written(tmp_path, empty))


def test_every_fact_is_explained_in_words_for_the_refusal() -> None:
    assert all(re.fullmatch(r"[a-z_]+\.[a-z_]+", name) for name in LETTER_FACTS)
    assert all(re.match(r"(the|a|an|your|more|how) ?\w", words) for words in LETTER_FACTS.values())
