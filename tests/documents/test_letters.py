"""Putting letters together: whom they greet, what they hold, what they refuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from collabcare.documents.composed import FindingLevel, Heading, Paragraph, Points
from collabcare.documents.letters import LONGEST_TYPED, Additions, compose
from collabcare.domain.codes import ConsultationMechanism
from collabcare.domain.errors import RuleViolation
from collabcare.domain.facts import NOT_ASKED
from collabcare.domain.ids import ContactId
from collabcare.domain.letters import LetterTo
from collabcare.domain.reach_facts import ReachFacts
from collabcare.domain.safety import SafetyOutcome
from tests.builders import contact, contacts, day, facts, move, patient, prompt, review
from tests.builders_safety import assessment
from tests.documents.goldens import BETWEEN_PAGES, FOLDER, GOLDENS, as_read
from tests.documents.letterbox import SITE, TYPED, in_care, kinds, letter, only, page, sought, source
from tests.documents.pages import squeezed, whole_text


@pytest.mark.parametrize("name", GOLDENS)
def test_letters_read_as_a_clinician_last_read_them(name: str) -> None:
    assert as_read(GOLDENS[name]()) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_no_golden_letter_is_left_over() -> None:
    assert {file.stem for file in FOLDER.iterdir()} == GOLDENS.keys()


@pytest.mark.parametrize("name", GOLDENS)
def test_only_a_full_letter_goes_overleaf(name: str) -> None:
    pages = as_read(GOLDENS[name]()).split(BETWEEN_PAGES)
    assert len(pages) <= 2
    assert all(len(page.splitlines()) > 6 for page in pages)


def test_every_word_of_a_letter_is_on_paper() -> None:
    composed = letter("gp_review", in_care(), TYPED, copy_to_patient=True)
    pdf = squeezed(whole_text(GOLDENS["gp_review"]()))
    for block in composed.blocks:
        match block:
            case Heading(text=text) | Paragraph(text=text):
                assert squeezed(text) in pdf
            case Points(items=items):
                assert all(squeezed(item) in pdf for item in items)
            case _:
                continue


@pytest.mark.parametrize(
    ("gp", "greeting"),
    [
        ("Dr A Khan", "Dear Dr Khan"),
        ("Dr. A. B. Khan", "Dear Dr. Khan"),
        ("Dr Khan", "Dear Dr Khan"),
        ("Dr María García López", "Dear Dr María García López"),
        ("Dr Edmund Tye", "Dear Dr Tye"),
        ("Amina Khan", "Dear Amina Khan"),
        ("Dr", "Dear Dr"),
        ("", "Dear Doctor"),
        (None, "Dear Doctor"),
    ],
)
def test_how_a_gp_is_greeted(gp: str | None, greeting: str) -> None:
    assert letter("gp_review", in_care(patient=patient(gp_name=gp))).salutation == greeting


@pytest.mark.parametrize(("title", "greeting"), [("Ms", "Dear Ms Okafor"), (None, "Dear Ngozi Okafor")])
def test_how_a_patient_is_greeted(title: str | None, greeting: str) -> None:
    found = letter("patient_missed", sought(patient=patient(title=title)))
    assert found.salutation == greeting
    assert found.window[0] == ("Ms Ngozi Okafor" if title else "Ngozi Okafor")


def test_an_empty_part_has_no_heading_and_a_typed_one_stands_in_its_place() -> None:
    headings = [b.text for b in letter("gp_review", in_care()).blocks if isinstance(b, Heading)]
    assert headings == ["Attendance", "Assessment scales", "Step of care", "Plan and requested actions"]
    full = [b.text for b in letter("gp_review", in_care(), TYPED).blocks if isinstance(b, Heading)]
    assert full == [
        *("Attendance", "What we discussed", "Assessment scales", "Medication and allergies"),
        *("Step of care", "Safety: what we agreed", "Plan and requested actions"),
        *("For Ms Okafor", "For the practice", "For us"),
    ]


def test_what_the_author_types_keeps_its_lines_and_a_list_its_points() -> None:
    typed = {"discussed": " One. \n\n Two. \n", "for_us": "- first\n• second\n3. third\n\n"}
    blocks = letter("gp_review", in_care(), typed).blocks
    assert [b.text for b in blocks if isinstance(b, Paragraph) and b.typed == "discussed"] == ["One.", "Two."]
    assert [b.items for b in blocks if isinstance(b, Points)] == [("first", "second", "3. third")]


def test_every_move_the_gp_has_not_heard_of_is_told() -> None:
    moves = (move(day(1), from_step=1, to_step=2, reason="One"), move(day(9), reason="Two"))
    text = letter("gp_step_change", in_care(step_moves=moves)).text
    assert "On 6 January 2026 we agreed with Ms Okafor to move from “Self-management with check-ins”" in text
    assert "The reason for this step: One." in text
    assert "The reason for this step: Two." in text
    assert text.count("stays with our service throughout") == 1


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("gp_review", "a contact that was attended"),
        ("gp_step_change", "a move between steps"),
        ("gp_not_attending", "a missed appointment we are still following up"),
        (
            "gp_closing_unreached",
            "a missed appointment we are still following up, an attempt to reach the patient",
        ),
        ("patient_missed", "a missed appointment we are still following up"),
    ],
)
def test_a_letter_about_what_never_happened_is_refused(kind: str, missing: str) -> None:
    with pytest.raises(RuleViolation, match=f"^Complete before sending: {missing}\\.$"):
        letter(kind, facts())


def test_a_patient_cannot_be_asked_to_ring_a_service_without_a_telephone() -> None:
    with pytest.raises(RuleViolation, match="Complete before sending: the service's telephone number"):
        letter("patient_missed", sought(), site=replace(SITE, telephone=None))


def test_a_gp_letter_goes_out_without_a_telephone() -> None:
    found = letter("gp_review", in_care(), site=replace(SITE, telephone=None))
    assert found.format_line.endswith("another format. Please tell us.")


def test_the_window_holds_seven_lines() -> None:
    five = tuple(f"Line {number}" for number in range(1, 6))
    found = letter("patient_missed", sought(patient=patient(address=five)))
    assert found.window == ("Ms Ngozi Okafor", *five, "LS1 1AA")
    with pytest.raises(RuleViolation, match=r"take 8 lines and the envelope’s window holds 7\. Shorten"):
        letter("patient_missed", sought(patient=patient(address=(*five, "Line 6"))))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"postcode": None}, "has no postcode"),
        ({"postcode": " "}, "has no postcode"),
        ({"address": ()}, "no address to post to"),
        ({"address": (" ",)}, "no address to post to"),
        ({"died_on": date(2026, 1, 20)}, "has died"),
    ],
)
def test_a_letter_that_cannot_be_posted_is_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        letter("patient_missed", sought(patient=patient(**changes)))


def test_an_address_that_is_missing_and_not_safe_is_said_to_be_not_safe() -> None:
    unsafe = sought(patient=patient(address=()), reach=ReachFacts(letters_safe=False))
    with pytest.raises(RuleViolation, match="Letters are recorded as not safe"):
        letter("patient_missed", unsafe)


def test_a_letter_to_the_patient_says_no_more_of_them_than_it_must() -> None:
    found = letter("patient_missed", sought())
    assert found.to is LetterTo.PATIENT
    assert [label for label, _value in found.particulars] == ["NHS number"]
    assert found.distribution == ()
    assert "1985" not in found.text
    assert "Khan" not in found.text


def test_nobody_learns_from_a_letter_what_care_somebody_has_until_letters_are_said_to_be_safe() -> None:
    """Not asked: neither the service, nor the author's role, nor the NHS number, on any page."""
    told = letter("patient_missed", sought())
    asked_nobody = sought(reach=NOT_ASKED)
    found = letter("patient_missed", asked_nobody)
    text = whole_text(page("patient_missed", asked_nobody, large_print=True))
    for words in (SITE.name, "Mental health practitioner", "NHS number", "999 000"):
        assert words not in found.text
        assert words not in text
    for words in ("crisis", "mental", "samaritan", "shout", "suicid", "in danger", "option 2"):
        assert words not in found.text.casefold()
        assert words not in text.casefold()
    assert found.identity == "Ms Ngozi Okafor"
    assert found.signature == ("Jo Smith",)
    assert SITE.telephone is not None
    assert SITE.telephone in text, "whom to ring stays"
    (warning,) = [each for each in found.findings if "whether letters are safe" in each.text]
    assert warning.level is FindingLevel.WARNS
    assert "for help names only NHS 111 and 999. It still shows your name and where to reach you." in (
        warning.text
    )
    assert (SITE.name in told.text, told.signature[1]) == (True, "Mental health practitioner")
    assert not [each for each in told.findings if "whether letters are safe" in each.text]


def test_the_warning_says_that_a_letter_names_the_practice_where_it_does() -> None:
    kept = letter("patient_keep_in_touch", sought(reach=NOT_ASKED), today=day(42))
    (warning,) = [each for each in kept.findings if "whether letters are safe" in each.text]
    assert "where to reach you, and names the GP practice." in warning.text
    assert "GP practice" in kept.text
    assert "GP" not in letter("patient_missed", sought(reach=NOT_ASKED)).text


COPIES_HOME = {
    "not asked": ({}, "Ask before the copy is posted", FindingLevel.WARNS),
    "not safe": ({"reach": ReachFacts(letters_safe=False)}, "A copy to this address", FindingLevel.BLOCKS),
    "in a refuge": ({"reach": ReachFacts(accommodation="CH02")}, "A copy to this", FindingLevel.BLOCKS),
    "died": ({"patient": patient(died_on=day(62))}, "The patient has died", FindingLevel.BLOCKS),
    "safe": ({"reach": ReachFacts(letters_safe=True)}, "", None),
}


@pytest.mark.parametrize(("changes", "words", "level"), COPIES_HOME.values(), ids=COPIES_HOME)
def test_a_copy_goes_home_only_where_a_letter_may(
    changes: dict[str, Any], words: str, level: FindingLevel | None
) -> None:
    found = letter("gp_review", in_care(**changes), copy_to_patient=True).findings
    assert [each.level for each in found if words and words in each.text] == ([level] if level else [])
    assert not [each for each in letter("gp_review", in_care(**changes)).findings if "copy" in each.text]
    if not level:
        assert not [each for each in found if "copy" in each.text]


def test_what_a_snippet_left_to_fill_in_keeps_the_letter_back() -> None:
    found = letter("gp_review", in_care(), typed={"discussed": "Seen on [[day]] and well."})
    (left,) = found.blocking
    assert (left.text, left.part) == ("Fill in “[[day]]” or take it out.", "discussed")


@pytest.mark.parametrize("kind", ["gp_review", "gp_step_change"])
def test_a_letter_silent_about_a_safety_answer_goes_only_with_the_reason(kind: str) -> None:
    talked = prompt(day(56), answer=2, outcome=SafetyOutcome.TALKED_TODAY, closed_on=day(56))
    about = in_care(safety_prompts=(talked,))
    found = [each for each in letter(kind, about).findings if each.part == "safety"]
    assert [(each.level, each.text) for each in found] == [
        (
            FindingLevel.BLOCKS,
            (
                "“Safety: what we agreed” is empty, and no letter to the GP has said this yet: PHQ-9 item"
                " 9 was answered “more than half the days” on 02-Mar-2026; safety was talked about on"
                " 02-Mar-2026."
                " Write it, or say in a few words why it is left out; that is kept in the record and not"
                " printed."
            ),
        )
    ]
    told = letter(kind, about, why_no_safety="He asked us not to")
    assert not told.blocking
    assert [each.level for each in told.findings if each.part == "safety"] == [FindingLevel.WARNS]
    assert "asked us not to" not in told.text
    assert letter(kind, about, why_no_safety="no").blocking, "a word is no reason"
    assert not [each for each in letter(kind, about, only(("safety",))).findings if each.part == "safety"]
    assert not [each for each in letter(kind, in_care()).findings if each.part == "safety"]


def test_a_letter_of_the_search_holds_no_clinical_detail_and_needs_no_reason() -> None:
    about = sought(safety_prompts=(prompt(day(56), answer=2),))
    found = letter("gp_not_attending", about).findings
    assert [each.level for each in found if each.part == "safety"] == [FindingLevel.WARNS]


def test_talk_about_safety_without_an_answer_is_pointed_out_only() -> None:
    found = letter("gp_review", in_care(safety_assessments=(assessment(day(56)),))).findings
    assert [each.level for each in found if each.part == "safety"] == [FindingLevel.WARNS]


def test_a_letter_to_the_gp_says_who_it_is_about_and_who_has_a_copy() -> None:
    found = letter("gp_review", in_care(), copy_to_patient=True)
    assert [label for label, _value in found.particulars] == [
        *("Patient", "Date of birth", "NHS number", "Address")
    ]
    assert found.distribution == ("Elm Tree Surgery, for the GP record", "Ms Ngozi Okafor")
    assert letter("gp_review", in_care()).distribution == ("Elm Tree Surgery, for the GP record",)


def test_an_unknown_nhs_number_is_said_in_words() -> None:
    found = letter("gp_review", in_care(patient=patient(nhs_number=None)))
    assert ("NHS number", "Not known") in found.particulars
    assert found.identity == "Ms Ngozi Okafor, NHS number not known"


def test_nothing_of_supervision_or_the_ladder_stands_in_a_letter() -> None:

    about = in_care(reviews=(review(decision="Secret thoughts", question="Am I stuck?"),))
    text = letter("gp_review", about, TYPED).text.casefold()
    for word in ("secret", "stuck", "rung", "ladder", "caseness", "overdue", "item 9", "dna"):
        assert word not in text


def test_a_part_the_letter_does_not_have_is_refused_rather_than_dropped() -> None:
    with pytest.raises(RuleViolation, match="has no part called “discussed”"):
        letter("patient_missed", sought(), {"discussed": "x"})


def test_a_part_too_long_to_be_meant_is_refused() -> None:
    with pytest.raises(RuleViolation, match="Shorten “What we discussed” to 20,000 characters"):
        letter("gp_review", in_care(), {"discussed": "x" * (LONGEST_TYPED + 1)})


def test_the_plain_text_reads_on_its_own() -> None:
    text = compose(kinds()["gp_review"], source(in_care()), Additions(typed=TYPED)).text
    assert text.startswith("Elm Tree PCN mental health service\n9 March 2026\n\nDr A Khan\n")
    assert "NHS number: 999 000 0018" in text
    assert "Scale: PHQ-9, 0 to 27; First: 18, 5 January 2026; Latest: 9, 2 March 2026" in text
    assert "- Keep the activity diary\n- Ring us if the mornings get harder\n" in text
    assert text.endswith("Please ring 0113 496 0123.\n")


def test_a_letter_does_not_speak_of_ringing_who_is_not_to_be_rung() -> None:
    booked = contact(
        "b", day(70), at=time(14, 30), mechanism=ConsultationMechanism.TELEPHONE, id=ContactId(99)
    )
    about = in_care(contacts=(*contacts("AAAA"), booked))
    spoken, unsaid = (
        compose(kinds()["gp_review"], replace(source(about), not_rung=not_rung), Additions())
        for not_rung in (False, True)
    )
    assert "at 2:30pm, by telephone." in spoken.text
    assert "at 2:30pm." in unsaid.text
    assert "at 2:30pm, by" not in unsaid.text
    assert "ring" not in unsaid.format_line
    assert [each.text for each in unsaid.findings if "not to be rung" in each.text]
    assert not [each for each in spoken.findings if "not to be rung" in each.text]


@pytest.mark.parametrize("kind", ["patient_missed", "patient_keep_in_touch"])
def test_a_letter_to_who_is_not_to_be_rung_asks_them_to_write(kind: str) -> None:
    made = compose(kinds()[kind], replace(source(sought()), not_rung=True), Additions())
    plain = made.text.partition("If you need help sooner")[0]
    assert "by telephone" not in plain
    assert "ring" not in plain.replace("bring", "").lower().split()
    assert "GP practice or somebody you trust" in plain
    assert made.format_line.endswith("please tell us.")


@pytest.mark.parametrize("kind", ["gp_review", "patient_missed"])
def test_a_letter_in_large_print_does_not_offer_it(kind: str) -> None:
    about = in_care() if kind == "gp_review" else sought()
    assert "large print" in letter(kind, about).format_line
    assert "large print" not in letter(kind, about, large_print=True).format_line


@pytest.mark.parametrize("kind", sorted(name for name, kind in kinds().items() if kind.to is LetterTo.GP))
def test_the_gp_is_told_what_the_patient_needs_to_understand(kind: str) -> None:
    reach = ReachFacts(information_formats=("braille",), communication_methods=("lip_reading",))
    needs = "needs: letters and leaflets: Braille; talking together: lip reading. Please meet"
    assert needs in _to_gp(kind, reach)
    assert "Communication needs" not in _to_gp(kind, NOT_ASKED)


_SOUGHT = ("gp_not_attending", "gp_closing_unreached")


def _to_gp(kind: str, reach: ReachFacts) -> str:
    about = replace(sought(), reach=reach) if kind in _SOUGHT else replace(in_care(), reach=reach)
    return compose(kinds()[kind], source(about), Additions()).text
