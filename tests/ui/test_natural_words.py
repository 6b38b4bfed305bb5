"""The box at the top finds what people call things, and forgives a slip on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.ui.actions import ACTIONS
from collabcare.ui.pages import PageName
from collabcare.ui.views.help_view import read_help
from collabcare.ui.views.palette_offers import Offers, command_offers, help_offers
from collabcare.ui.views.patient_tabs import TAB_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

IN_VIEW = 5
CALLED = {
    "record death": "record_death",
    "died": "record_death",
    "patient has died": "record_death",
    "deceased": "record_death",
    "letter to the GP": "write_letter",
    "gp letter": "write_letter",
    "write to the doctor": "write_letter",
    "discharge summary": "write_letter",
    "now": "show_now",
    "overview": "show_now",
    "timeline": "show_now",
    "chart": "show_now",
    "book": "book_contact",
    "book an appointment": "book_contact",
    "next appointment": "book_contact",
    "rearrange": "move_appointment",
    "reschedule": "move_appointment",
    "dna": "record_contact",
    "missed": "record_contact",
    "did not attend": "record_contact",
    "no show": "record_contact",
    "cancelled": "record_contact",
    "session note": "record_contact",
    "contact note": "record_contact",
    "try to reach": "log_attempt",
    "phone call": "log_attempt",
    "left a voicemail": "log_attempt",
    "safe to text": "change_safe_ways",
    "write a note": "write_note",
    "discharge": "close_care",
    "close": "close_care",
    "end care": "close_care",
    "close the case": "close_care",
    "step up": "move_step",
    "step down": "move_step",
    "refer on": "hand_over",
    "secondary care": "hand_over",
    "risk": "record_safety",
    "risk assessment": "assess_safety",
    "suicidal": "record_safety",
    "self harm": "record_safety",
    "safety plan": "plan_safety",
    "crisis plan": "plan_safety",
    "phq": "enter_measure",
    "PHQ-9": "enter_measure",
    "phq9": "enter_measure",
    "gad 7": "enter_measure",
    "questionnaire": "enter_measure",
    "new goal": "new_goal",
    "rate goals": "rate_goals",
    "tablets": "add_medicine",
    "medication": "open_medicines",
    "next of kin": "add_carer",
    "change address": "change_telephone",
    "phone number": "change_telephone",
    "change gp": "change_gp",
    "surgery": "change_gp",
    "interpreter": "change_needs",
    "date of birth": "change_name",
    "holiday": "pause_care",
    "relapse prevention": "plan_staying_well",
    "case review": "take_to_supervision",
    "discuss with my supervisor": "take_to_supervision",
    "reassign": "reassign",
    "hand over my patients": "reassign",
    "export": "export_caseload",
    "spreadsheet": "export_caseload",
    "print caseload": "print_summary",
    "backup": "recovery",
    "log out": "lock",
    "bigger text": "zoom_in",
    "new referral": "new_patient",
    "waiting list": "show_caseload",
    "to do": "show_today",
    "overdue": "show_today",
    "statistics": "show_loop",
    "shortcuts": "show_keys",
    "on call": "whom_to_ring",
    "entered by mistake": "void_contact",
}
SLIPS = {
    "recrod death": "record_death",
    "lettr to gp": "write_letter",
    "dischrage": "close_care",
    "saftey plan": "plan_safety",
    "suprvision": "take_to_supervision",
    "questionaire": "enter_measure",
    "apointment": "book_contact",
    "medcines": "open_medicines",
    "reasign": "reassign",
}


LOOKS = {
    "high contrast": "look_contrast",
    "contrast": "look_contrast",
    "dark": "look_dark",
    "dark mode": "look_dark",
    "light": "look_light",
    "light theme": "look_light",
    "larger text": "zoom_in",
    "bigger text": "zoom_in",
    "zoom": "zoom_in",
    "zoom out": "zoom_out",
    "smaller text": "zoom_out",
    "normal text": "zoom_reset",
}
"""What changes the look comes before the help about it."""


@pytest.fixture(scope="module")
def offers() -> Offers:
    """Everything the box offers with a patient on show, the help too."""
    made = Offers()
    made.set_commands([*command_offers(ACTIONS, about_patient=True), *help_offers(read_help().pages)])
    return made


def first_found(offers: Offers, typed: str) -> Sequence[object]:
    """Return where what stands first in the list leads."""
    return [offer.goes_to for group in offers.find(typed) for offer in group.offers][:IN_VIEW]


@pytest.mark.parametrize(("typed", "meant"), [*CALLED.items(), *SLIPS.items()])
def test_it_is_found_by_what_people_call_it(offers: Offers, typed: str, meant: str) -> None:
    assert meant in first_found(offers, typed)


@pytest.mark.parametrize(("typed", "meant"), LOOKS.items())
def test_a_look_is_changed_by_its_name(offers: Offers, typed: str, meant: str) -> None:
    assert first_found(offers, typed)[0] == meant


def test_every_look_is_found_together(offers: Offers) -> None:
    looks = {"look_as_computer", "look_light", "look_dark", "look_contrast"}
    for typed in ("theme", "look"):
        assert set(first_found(offers, typed)[:4]) == looks


def test_every_page_and_every_tab_is_found_by_the_name_it_shows(offers: Offers) -> None:
    tabs = {spec.page: spec.id for spec in reversed(ACTIONS) if spec.page in TAB_WORDS and spec.form == ""}
    assert set(tabs) == set(TAB_WORDS)
    for page, words in TAB_WORDS.items():
        assert tabs[page] in first_found(offers, words)
        assert tabs[page] in first_found(offers, f"{words[:2]}{words[3:]}") or len(words) < len("Goals")
    pages = {spec.words: spec.id for spec in ACTIONS if spec.listed and spec.page in set(PageName)}
    for words, id in pages.items():
        assert id in first_found(offers, words)


def test_no_word_leads_to_a_level_of_risk(offers: Offers) -> None:
    for offer in offers.commands:
        assert not {"high risk", "low risk", "risk level"} & {offer.first.casefold(), offer.second.casefold()}
