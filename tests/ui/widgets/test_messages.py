"""What the screens say: in place, in time and out loud."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from collabcare.ui.widgets.busy_strip import PATIENCE_MS, BusyStrip
from collabcare.ui.widgets.demo_strip import DemoStrip
from collabcare.ui.widgets.empty_state import EmptyState
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.plain_label import PlainLabel
from collabcare.ui.widgets.steps_dots import StepsDots
from tests.ui.keyboard import under_hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_message_is_hidden_until_there_is_something_to_say(qtbot: QtBot) -> None:
    message = InlineMessage()
    under_hands(qtbot, QPushButton(), message)
    assert not message.isVisible()
    message.show_error("Nothing was saved. <b>Change</b> the date.")
    assert message.isVisible()
    assert message.text() == "Nothing was saved. <b>Change</b> the date."
    message.clear()
    assert (message.isVisible(), message.text()) == (False, "")


@pytest.mark.parametrize("kind", ["info", "good", "attention", "error"])
def test_every_kind_of_message_has_its_own_colour_and_drawing(qtbot: QtBot, kind: str) -> None:
    message = InlineMessage()
    under_hands(qtbot, QPushButton(), message)
    message.show_info("Saved.")
    plain = message.grab().toImage()
    getattr(message, f"show_{kind}")("Saved.")
    assert (message.grab().toImage() == plain) is (kind == "info")


def test_a_message_can_offer_an_act(qtbot: QtBot) -> None:
    message, act = InlineMessage(), QPushButton("Undo")
    under_hands(qtbot, QPushButton(), message)
    message.add_act(act)
    message.show_good("Saved.")
    assert act.isVisible()


def test_the_busy_strip_waits_before_it_shows_and_keeps_its_room(qtbot: QtBot) -> None:
    strip, below = BusyStrip(), QWidget()
    under_hands(qtbot, QPushButton(), strip, below)
    place = below.y()
    strip.set_busy(True)
    assert not strip.isVisible()
    qtbot.waitUntil(strip.isVisible, timeout=PATIENCE_MS * 10)
    assert below.y() == place
    strip.set_busy(False)
    assert not strip.isVisible()


def test_quick_work_never_shows_the_strip(qtbot: QtBot) -> None:
    strip = BusyStrip()
    qtbot.addWidget(strip)
    strip.set_busy(True)
    strip.set_busy(False)
    with qtbot.assertNotEmitted(strip._patience.timeout, wait=PATIENCE_MS + 100):  # noqa: SLF001 - to see it stop
        pass


def test_an_empty_list_says_what_would_be_there_and_what_to_do(qtbot: QtBot) -> None:
    empty = EmptyState("caseload", "Nobody on your caseload yet.", act="Add a patient")
    under_hands(qtbot, empty)
    button = empty.findChildren(QPushButton)[0]
    with qtbot.waitSignal(empty.act_requested):
        button.click()
    empty.say("Nobody matches.")
    assert not button.isVisible()


def test_the_demo_strip_says_so(qtbot: QtBot) -> None:
    strip = DemoStrip()
    qtbot.addWidget(strip)
    strip.resize(400, 24)
    strip.show()
    assert strip.accessibleName().startswith("DEMO")
    colours = {strip.grab().toImage().pixelColor(x, 2).name() for x in range(400)}
    assert len(colours) > 1


def test_the_dots_say_the_step_in_words(qtbot: QtBot) -> None:
    dots = StepsDots()
    qtbot.addWidget(dots)
    dots.set_steps(("Watchful waiting", "Low intensity", "High intensity"), 1)
    dots.resize(dots.sizeHint())
    dots.show()
    assert dots.accessibleName() == "Step 2 of 3: Low intensity"
    second = dots.grab().toImage()
    dots.set_steps(("Watchful waiting", "Low intensity", "High intensity"), 2)
    assert dots.grab().toImage() != second


def test_a_date_in_a_message_stays_on_one_line_and_is_told_as_it_is(qtbot: QtBot) -> None:
    message = InlineMessage()
    under_hands(qtbot, QPushButton(), message)
    message.show_good("Reach them again by Mon 16-Nov-2026.")
    label = message.findChildren(PlainLabel)[0]
    assert "16-\N{WORD JOINER}Nov" in QLabel.text(label)
    assert message.text() == label.text() == "Reach them again by Mon 16-Nov-2026."
