"""From a missed appointment to a letter in Braille that went, by keyboard, through the real main window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.ui.pages import PageName
from tests.builders import day
from tests.journeys.test_search_journeys import Desktop, desktop, record_that_they_did_not_attend
from tests.services.letter_commands import needs
from tests.ui.keyboard import press, write

if TYPE_CHECKING:
    from collabcare.ui.widgets.section_model import SectionRow

__all__ = ["desktop"]
ACT = "Say what became of it"


def to_arrange(desktop: Desktop) -> list[SectionRow]:
    return [row for row in desktop.rows() if row.act == ACT]


def test_a_letter_in_braille_stands_on_today_until_it_went(desktop: Desktop) -> None:
    """AIS-W2: the plain letter is kept back, a task is made, and nothing is sent until that is done."""
    needs(
        desktop.practice,
        desktop.episode,
        information_formats=("braille",),
        communication_methods=("none_needed",),
    )
    record_that_they_did_not_attend(desktop)
    press(Qt.Key.Key_1, Qt.Key.Key_3)
    press(Qt.Key.Key_Return, ctrl=True)
    desktop.on(day(16))
    desktop.act_on("Log attempt")
    press(Qt.Key.Key_2, Qt.Key.Key_5)
    press(Qt.Key.Key_Return, ctrl=True)

    desktop.on(day(21))  # the step that asks for a letter
    desktop.act_on("Write letter")
    assert desktop.work.place.page is PageName.LETTER
    assert "Not to be posted as it is" in desktop.letter_words()
    assert desktop.work.letter.foot.issue.text() == "Keep the words, to go in Braille"
    desktop.issue()
    assert [kind.channel for kind in desktop.facts().ladders[-1].attempts] == [Channel.CALL, Channel.TEXT]

    desktop.on(day(21))
    [row] = to_arrange(desktop)
    assert row.detail.startswith("Letter in Braille to arrange")
    desktop.on(day(200))  # nothing expires by itself
    assert len(to_arrange(desktop)) == 1
    desktop.act_on(ACT)
    press(Qt.Key.Key_1)
    write("Made by the RNIB, sent second class")
    press(Qt.Key.Key_Return, ctrl=True)
    assert desktop.tried()[-1][1:] == (Channel.LETTER, AttemptOutcome.SENT)
    assert desktop.facts().ladders[-1].attempts[-1].accessible
    desktop.window.act("show_today")
    assert to_arrange(desktop) == []
    assert desktop.facts().closed_on is None
