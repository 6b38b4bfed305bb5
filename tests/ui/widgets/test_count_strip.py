"""What is done of how much, for work that takes more than a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from collabcare.domain.errors import Cancelled
from collabcare.ui.count import Count
from collabcare.ui.widgets.busy_strip import BusyStrip
from collabcare.ui.widgets.count_strip import PATIENCE_MS, CountStrip
from collabcare.ui.widgets.plain_label import PlainLabel
from tests.ui.accessibility import nameless
from tests.ui.keyboard import give_keyboard, press, under_hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def strip(qtbot: QtBot) -> CountStrip:
    made = CountStrip()
    under_hands(qtbot, PlainLabel("Above"), made)
    made.hide()
    return made


def printing(done: int = 0, total: int = 0) -> Count:
    """Return work that has come so far."""
    count = Count("Printing", "Stopped. Nothing was printed.")
    count(done, total)
    return count


def test_it_shows_what_is_done_of_how_much_after_a_second(strip: CountStrip, qtbot: QtBot) -> None:
    count = printing(120, 1000)
    strip.watch(count)
    assert not strip.isVisible()
    qtbot.waitUntil(strip.isVisible, timeout=3 * PATIENCE_MS)
    assert strip.words.whole_text() == "Printing 120 of 1,000"
    assert strip.bar.accessibleName() == "Printing 120 of 1,000"
    assert (strip.bar.value(), strip.bar.maximum()) == (120, 1000)
    assert nameless(strip) == []
    count(121, 1000)
    qtbot.waitUntil(lambda: strip.bar.value() == 121)
    count.finished = True
    qtbot.waitUntil(lambda: not strip.isVisible())


def test_work_that_is_done_within_a_second_shows_nothing(strip: CountStrip, qtbot: QtBot) -> None:
    count = printing(1, 2)
    strip.watch(count)
    count.finished = True
    strip.look()
    qtbot.waitUntil(lambda: not strip._patience.isActive())  # noqa: SLF001 - nothing else is seen of it
    assert not strip.isVisible()


def test_before_anything_is_counted_it_says_what_is_going_on(strip: CountStrip) -> None:
    strip.watch(Count("Printing", ""))
    strip.look()
    assert strip.words.whole_text() == "Printing"
    assert strip.bar.maximum() == 0


def test_cancel_stops_the_work_at_its_next_piece(strip: CountStrip, qtbot: QtBot) -> None:
    count = printing(1, 2)
    strip.watch(count)
    strip.look()
    strip.show()
    give_keyboard(qtbot, strip.cancel)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: count.cancelled)
    assert strip.words.whole_text() == "Stopping"
    assert not strip.cancel.isEnabled()
    with pytest.raises(Cancelled, match=r"Stopped\. Nothing was printed\."):
        count(2, 2)


def test_what_cannot_be_stopped_any_more_says_why_and_has_no_cancel(strip: CountStrip, qtbot: QtBot) -> None:
    count = Count("Making", "Stopped.", counted="Making: step", binding="It is made.")
    count(1, 2)
    strip.watch(count)
    strip.look()
    strip.show()
    assert (strip.words.whole_text(), strip.cancel.isVisible()) == ("Making: step 1 of 2", True)
    assert not strip.binding.isVisible()
    count(2, 2)
    qtbot.waitUntil(strip.binding.isVisible)
    assert (strip.binding.whole_text(), strip.cancel.isVisible()) == ("It is made.", False)
    strip.stop()
    assert not count.cancelled
    count(2, 2)
    assert Count("Opening", "", binding="A password is being set.").bound


def test_in_a_card_it_takes_the_place_of_the_strip_without_a_count(qtbot: QtBot) -> None:
    busy = BusyStrip("Opening")
    made = CountStrip(instead_of=busy)
    under_hands(qtbot, PlainLabel("Above"), busy, made)
    made.hide()
    busy.set_busy(busy=True)
    made.watch(Count("Opening", "Stopped."))
    qtbot.waitUntil(busy.isVisible)
    assert not made.isVisible()
    qtbot.waitUntil(made.isVisible, timeout=3 * PATIENCE_MS)
    assert not busy.isVisible()


def test_one_after_the_other_is_shown(strip: CountStrip) -> None:
    first, second = printing(1, 2), Count("Writing letters", "")
    strip.watch(first)
    strip.watch(second)
    strip.look()
    assert strip.words.whole_text() == "Printing 1 of 2"
    first.finished = True
    second(3, 40)
    strip.look()
    assert strip.words.whole_text() == "Writing letters 3 of 40"
