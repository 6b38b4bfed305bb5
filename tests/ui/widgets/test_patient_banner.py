"""Always know whose record it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from collabcare.ui.widgets.patient_banner import BannerFacts, PatientBanner
from collabcare.ui.widgets.plain_label import PlainLabel
from tests.ui.accessibility import nameless
from tests.ui.keyboard import give_keyboard, here, press, under_hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NGOZI = BannerFacts(
    name="OKAFOR, Ngozi (Ms)",
    born=date(1985, 7, 14),
    age=41,
    gender="Female",
    nhs_number="999 000 0018",
    details=(("Telephone", "07700 900123"), ("Address", "")),
)


@pytest.fixture
def banner(qtbot: QtBot) -> PatientBanner:
    banner = PatientBanner()
    under_hands(qtbot, banner).resize(1100, 200)
    banner.show_patient(NGOZI)
    give_keyboard(qtbot, banner)
    return banner


def words(banner: PatientBanner) -> list[str]:
    seen = [label for label in banner.findChildren(PlainLabel) if label.isVisible() and label.text()]
    place = {label: label.mapTo(banner, QPoint(0, 0)) for label in seen}
    return [
        label.text() for label in sorted(seen, key=lambda label: (place[label].y() // 16, place[label].x()))
    ]


def test_zone_one_is_name_born_gender_and_number_in_that_order(banner: PatientBanner) -> None:
    assert words(banner) == [
        *("OKAFOR, Ngozi (Ms)", "Born", "14-Jul-1985 (41y)", "Gender", "Female", "NHS No.", "999 000 0018")
    ]


def test_values_come_in_the_same_order_for_arrows_and_are_read_with_their_labels(
    banner: PatientBanner,
) -> None:
    stops = []
    for _ in range(5):
        stops.append(here().accessibleName())
        press(Qt.Key.Key_Down)
    assert stops == [
        "Name OKAFOR, Ngozi (Ms)",
        "Born 14 July 1985, 41 years old",
        "Gender Female",
        *["NHS No. 999 000 0018"] * 2,
    ]
    press(Qt.Key.Key_Up)
    assert here().accessibleName() == "Gender Female"
    assert nameless(banner) == []


def test_tab_stops_at_the_name_and_at_what_does_something(banner: PatientBanner) -> None:
    stops = []
    for _ in range(2):
        stops.append(here().accessibleName())
        press(Qt.Key.Key_Tab)
    assert stops == ["Name OKAFOR, Ngozi (Ms)", "More about this patient"]


def test_what_is_not_known_is_said_and_nothing_is_a_question_mark(banner: PatientBanner) -> None:
    banner.show_patient(BannerFacts(name="ADAMS, Jo", born=None, age=None, gender="", nhs_number=""))
    assert words(banner) == [
        "ADAMS, Jo",
        *("Born", "Not Known", "Gender", "Not Known", "NHS No.", "Not Known"),
    ]


def test_a_preferred_name_stands_under_the_name(banner: PatientBanner) -> None:
    banner.show_patient(replace(NGOZI, preferred_name="Goz"))
    assert words(banner)[-2:] == ["Preferred name", "Goz"]


def test_somebody_who_died_is_marked_by_words_colour_and_pattern(banner: PatientBanner) -> None:
    banner.resize(1000, 80)
    alive = banner.grab().toImage()
    banner.show_patient(replace(NGOZI, died=date(2026, 8, 6), age_at_death=41))
    assert "14-Jul-1985" in words(banner)
    assert words(banner)[-4:] == ["Died", "06-Aug-2026", "Age at Death", "41y"]
    dead = banner.grab().toImage()
    assert dead.pixelColor(400, 4) != alive.pixelColor(400, 4)
    edge = {dead.pixelColor(x, y).name() for x in range(10) for y in range(5, 40)}
    assert len(edge) > 1, "a pattern, for those who do not see the colour"
    banner.show_patient(NGOZI)
    assert "Died" not in words(banner)


def test_markup_in_a_name_is_shown_as_typed(banner: PatientBanner) -> None:
    banner.show_patient(replace(NGOZI, name="<b>O'NEIL</b>, Zoë"))
    assert "<b>O'NEIL</b>, Zoë" in words(banner)


@pytest.mark.parametrize("width", [1400, 1000, 700])
def test_a_very_long_name_is_never_cut(banner: PatientBanner, width: int) -> None:
    name = f"{'W' * 35}, {'M' * 35} ({'T' * 10})"
    banner.window().resize(width, 300)
    banner.show_patient(replace(NGOZI, name=name))
    QApplication.processEvents()
    [label] = [label for label in banner.findChildren(PlainLabel) if label.text() == name]
    assert label.width() >= label.minimumSizeHint().width()
    assert label.height() >= label.heightForWidth(label.width())
    assert "999 000 0018" in words(banner)


def test_the_second_zone_opens_on_request_and_closes_for_the_next_patient(banner: PatientBanner) -> None:
    more = banner.findChildren(QPushButton)[0]
    assert "07700 900123" not in words(banner)
    more.click()
    assert more.text() == "less"
    assert {"Telephone", "07700 900123", "Address", "Not Known"} <= set(words(banner))
    banner.show_patient(replace(NGOZI, details=()))
    assert not more.isVisible()
    assert "07700 900123" not in words(banner)


def test_a_number_is_copied_with_or_without_its_spaces(banner: PatientBanner, qtbot: QtBot) -> None:
    [number] = [label for label in banner.findChildren(PlainLabel) if label.text() == "999 000 0018"]
    where = number.rect().center()
    QApplication.sendEvent(number, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, where))
    menu = number.findChildren(QMenu)[0]
    assert [act.text() for act in menu.actions()] == ["Copy 999 000 0018", "Copy 9990000018"]
    menu.actions()[1].trigger()
    menu.close()
    assert QGuiApplication.clipboard().text() == "9990000018"
