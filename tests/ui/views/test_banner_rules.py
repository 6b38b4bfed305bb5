"""The rules of the patient banner by their numbers in the NHS Common User Interface (ISB 1505 and 1506).

The standards were withdrawn in 2019 and nothing took their place: the rules are followed for their sense of
safety, and conformance with them is not claimed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QPushButton

from collabcare.domain.acting import Role
from collabcare.domain.reach_facts import ReachFacts
from collabcare.ui.views.patient_words import banner_facts, who_line
from collabcare.ui.widgets.patient_banner import PatientBanner
from collabcare.ui.widgets.plain_label import PlainLabel
from tests.builders import facts, patient
from tests.ui.keyboard import under_hands
from tests.ui.views.caseload_scene import Scene, five_patients

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from collabcare.domain.facts import PatientFacts
    from collabcare.ui.tasks import Tasks
    from tests.record_fixtures import Practice

TODAY = date(2026, 1, 26)
NGOZI = patient(preferred_name="Goz", allergies="Penicillin: a rash")


def shown(banner: PatientBanner) -> list[str]:
    """Return the words in view, line by line."""
    seen = [label for label in banner.findChildren(PlainLabel) if label.isVisible() and label.text()]
    place = {label: label.mapTo(banner, QPoint(0, 0)) for label in seen}
    return [label.text() for label in sorted(seen, key=lambda each: (place[each].y() // 16, place[each].x()))]


class Shown:
    """A banner of the width of a page or of a panel, for one role."""

    def __init__(self, qtbot: QtBot, width: int) -> None:
        self.banner = PatientBanner()
        under_hands(qtbot, self.banner).resize(width, 300)

    def say(
        self, who: PatientFacts = NGOZI, role: Role = Role.PRACTITIONER, *, more: bool = False
    ) -> list[str]:
        """Show a patient and return the words in view."""
        self.banner.show_patient(banner_facts(replace(facts("A"), patient=who), TODAY, role))
        if more:
            self.banner.findChildren(QPushButton)[0].click()
        return shown(self.banner)


def zone_one_stands_in_its_order(on: Shown) -> None:
    told = on.say()
    places = [told.index(word) for word in (NGOZI.name, "Born", "Gender", "NHS No.")]
    assert places == sorted(places)


def labels_have_no_colon_and_the_name_none(on: Shown) -> None:
    told = on.say()
    assert not any(word.endswith(":") for word in told)
    assert told[0] == NGOZI.name


def age_stands_in_brackets_after_the_date(on: Shown) -> None:
    assert "14-Jul-1985 (40y)" in on.say()


def the_second_zone_is_closed_until_it_is_asked_for(on: Shown) -> None:
    assert "Telephone" not in on.say()
    assert "Telephone" in on.say(more=True)


def allergies_come_fifth_in_the_second_zone(on: Shown) -> None:
    details = banner_facts(replace(facts("A"), patient=NGOZI), TODAY, Role.PRACTITIONER).details
    assert details[4] == ("Allergies", "Penicillin: a rash")
    assert "Penicillin: a rash" in on.say(more=True)


def what_is_clinical_is_not_for_the_office(on: Shown) -> None:
    told = on.say(role=Role.ADMINISTRATOR, more=True)
    assert "Telephone" in told
    assert "Allergies" not in told
    assert "Penicillin: a rash" not in told


def what_is_missing_is_not_known_and_never_a_question_mark(on: Shown) -> None:
    told = on.say(replace(NGOZI, address=(), postcode=None), more=True)
    assert "Not Known" in told
    assert not any("?" in word for word in told)


def the_preferred_name_is_labelled_under_the_name(on: Shown) -> None:
    told = on.say()
    assert told.index("Goz") == told.index("Preferred name") + 1 > told.index(NGOZI.name)


def surname_first_in_capitals_and_the_title_in_brackets(on: Shown) -> None:
    assert on.say()[0] == "OKAFOR, Ngozi (Ms)"


def somebody_who_died_has_the_day_and_the_age_without_brackets(on: Shown) -> None:
    told = on.say(replace(NGOZI, died_on=date(2026, 1, 20)))
    assert told[told.index("Died") + 1] == "20-Jan-2026"
    assert told[told.index("Age at Death") + 1] == "40y"
    assert "14-Jul-1985" in told


RULES = [
    pytest.param(the_second_zone_is_closed_until_it_is_asked_for, id="PAB-0004"),
    pytest.param(what_is_clinical_is_not_for_the_office, id="PAB-0008"),
    pytest.param(zone_one_stands_in_its_order, id="PAB-0016"),
    pytest.param(what_is_missing_is_not_known_and_never_a_question_mark, id="PAB-0019"),
    pytest.param(allergies_come_fifth_in_the_second_zone, id="PAB-0025"),
    pytest.param(labels_have_no_colon_and_the_name_none, id="PAB-0033"),
    pytest.param(age_stands_in_brackets_after_the_date, id="PAB-0034"),
    pytest.param(surname_first_in_capitals_and_the_title_in_brackets, id="PAB-0049"),
    pytest.param(the_preferred_name_is_labelled_under_the_name, id="PAB-0054"),
    pytest.param(somebody_who_died_has_the_day_and_the_age_without_brackets, id="PAB-0055"),
]


@pytest.mark.parametrize("width", [1200, 330], ids=["page", "panel"])
@pytest.mark.parametrize("rule", RULES)
def test_a_rule_of_the_banner_holds(qtbot: QtBot, rule: Callable[[Shown], None], width: int) -> None:
    rule(Shown(qtbot, width))


def test_every_label_has_its_definition_to_point_at(qtbot: QtBot) -> None:
    """PAB-0033 to PAB-0050, which ask for a tool tip on each label; the values say nothing more."""
    on = Shown(qtbot, 1200)
    helped = replace(facts("A"), patient=NGOZI, reach=ReachFacts(interpreter_language="pl"))
    told = banner_facts(helped, TODAY, Role.PRACTITIONER)
    on.banner.show_patient(told)
    on.banner.findChildren(QPushButton)[0].click()
    labels = {each.text(): each for each in on.banner.findChildren(PlainLabel) if each.isVisible()}
    assert {name for name, _value in told.details} >= {"Interpreter", "Allergies", "GP practice"}
    for name in ("Born", "Gender", "NHS No.", "Preferred name", *dict(told.details)):
        assert labels[name].toolTip(), name
    assert not labels["999 000 0018"].toolTip()


@pytest.mark.parametrize("width", [250, 300, 330, 420, 520])
def test_nothing_is_cut_or_covered_in_a_panel(qtbot: QtBot, width: int) -> None:
    on = Shown(qtbot, width)
    on.say(replace(NGOZI, pronouns="they/them"), more=True)
    labels = [each for each in on.banner.findChildren(PlainLabel) if each.isVisible() and each.text()]
    for label in labels:
        assert label.mapTo(on.banner, label.rect().bottomRight()).y() < on.banner.height(), label.text()
        assert label.mapTo(on.banner, label.rect().bottomRight()).x() <= on.banner.width(), label.text()
        assert not any(
            _place(label, on.banner).intersects(_place(other, on.banner))
            for other in labels
            if other is not label
        ), label.text()


def _place(label: QWidget, banner: QWidget) -> QRect:
    return QRect(label.mapTo(banner, QPoint(0, 0)), label.size())


def test_the_preview_beside_the_caseload_has_it_on_top_and_full_width(
    qtbot: QtBot, practice: Practice, tasks: Tasks
) -> None:
    """PAB-0009 to PAB-0015: on top, of full width, fixed and never covered; none over the list itself."""
    five_patients(practice)
    view = Scene(qtbot, practice, tasks).view
    assert not any(each.isVisible() for each in view.findChildren(PatientBanner))
    view.table.selectRow(0)
    view.preview()
    [banner] = [each for each in view.findChildren(PatientBanner) if each.isVisible()]
    assert view.panel.isAncestorOf(banner)
    assert shown(banner)[0].startswith("ASH, Ngozi")
    others = [each for each in view.panel.findChildren(PlainLabel) if each.isVisible()]
    below = [each for each in others if not banner.isAncestorOf(each) and each.text()]
    bottom = banner.mapTo(view.panel, banner.rect().bottomLeft()).y()
    assert all(each.mapTo(view.panel, QPoint(0, 0)).y() > bottom for each in below)
    assert banner.width() >= view.panel.contentsRect().width() - 2 * 16


def test_a_question_about_a_patient_names_them_in_the_order_of_the_banner() -> None:
    """PAB-0016 where there is no room for a banner: name, date of birth with age, gender, NHS number."""
    line = who_line(NGOZI, TODAY)
    assert line.startswith("OKAFOR, Ngozi (Ms), born 14-Jul-1985 (40y), Female, NHS No. ")
