"""From a missed appointment to somebody reached, by keyboard alone, through the real main window."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from collabcare.domain.patient_details import CommunicationNeeds
from collabcare.domain.reach_facts import HasteKind
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.services.haste import RecordHaste, record_haste_fact
from collabcare.services.patient_details import ChangeDetails, change_details
from collabcare.store.engine import WRITE
from collabcare.store.models import Site
from collabcare.ui.forms.attempt_form import AttemptForm
from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.main_window import MainWindow
from collabcare.ui.pages import PageName
from collabcare.ui.tasks import Tasks
from collabcare.ui.theme import ThemeName, apply_theme
from collabcare.ui.views.reaching_view import ReachingView
from collabcare.ui.widgets.section_model import ENTRY_ROLE, SectionRow
from tests.builders import day
from tests.journeys.hands import whole
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import here, press, write
from tests.ui.views.patient_scene import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from collabcare.settings import Settings
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts


class Desktop:
    """The main window of one practitioner, on whatever day the clock stands at."""

    def __init__(self, window: MainWindow, practice: Practice, episode: EpisodeId) -> None:
        self.window, self.practice, self.episode = window, practice, episode
        self.work = window.work

    def on(self, day: date) -> None:
        """Let it become another day, and look at Today."""
        self.practice.on(day)
        self.window.act("show_today")
        self.work.refresh()

    def rows(self) -> list[SectionRow]:
        """Return the lines of Today that are somebody."""
        model = self.work.today.list.model()
        entries = [model.index(n, 0, QModelIndex()).data(ENTRY_ROLE) for n in range(model.rowCount())]
        return [entry for entry in entries if isinstance(entry, SectionRow)]

    def act_on(self, act: str) -> None:
        """Press Enter on the row of Today with this act."""
        row = next(row for row in self.rows() if row.act == act)
        self.work.today.list.setFocus()
        self.work.today.list.select_key(row.key)
        press(Qt.Key.Key_Return)

    def letter_words(self) -> str:
        """Return the letter in view as it is read out."""
        [page] = self.work.letter.findChildren(QScrollArea, "letter_page")
        return page.accessibleDescription()

    def issue(self) -> None:
        """Issue the letter in view."""
        self.tab_to(self.work.letter.foot.issue)
        press(Qt.Key.Key_Space)

    def part(self, name: str) -> QWidget:
        """Return a part of the window that is in view."""
        [found] = [each for each in self.window.findChildren(QWidget, name) if each.isVisible()]
        return found

    def facts(self) -> EpisodeFacts:
        """Return what the record now holds."""
        return self.practice.facts(self.episode)

    def tab_to(self, wanted: QWidget) -> None:
        """Go on with Tab until the keyboard is there."""
        for _ in range(60):
            if here() is wanted or wanted.isAncestorOf(here()):
                return
            press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to {wanted.objectName()}")

    def tried(self) -> list[tuple[int, Channel, AttemptOutcome]]:
        """Return every try of the search begun last."""
        return [(each.rung, each.channel, each.outcome) for each in self.facts().ladders[-1].attempts]


@pytest.fixture
def desktop(
    qapp: QApplication,
    qtbot: QtBot,
    practice: Practice,
    settings: Settings,
    prompts: ScriptedPrompts,
) -> Iterator[Desktop]:
    """Sign in as Jo, who has one patient with an appointment booked for today."""
    apply_theme(qapp, ThemeName.LIGHT)
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        session.query(Site).one().telephone = "0113 496 0123"
        session.commit()
    episode = practice.refer("AA")
    practice.on(day(14))
    practice.happen("b", episode, day(14), at=time(9, 0))
    desk = practice.desk("jo")
    tasks = Tasks(prompts, InlineExecutor())
    tasks.use(desk.reading)
    window = whole(MainWindow(desk, tasks, prompts, settings))
    window.resize(1366, 768)
    window.show()
    window.go_on()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield Desktop(window, practice, episode)
    window.hide()
    window.deleteLater()
    tasks.shutdown()


def test_the_standard_track_from_the_missed_appointment_to_somebody_reached(desktop: Desktop) -> None:
    record_that_they_did_not_attend(desktop)
    press(Qt.Key.Key_1)  # a call, without an answer
    press(Qt.Key.Key_3)
    press(Qt.Key.Key_Return, ctrl=True)
    assert desktop.facts().open_ladder is not None

    desktop.on(day(16))  # the second step, two working days on
    desktop.act_on("Log attempt")
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_5)
    press(Qt.Key.Key_Return, ctrl=True)

    desktop.on(day(21))  # the third asks for a letter, and Enter on Today writes it
    desktop.act_on("Write letter")
    assert desktop.work.place.page is PageName.LETTER
    assert "We were sorry not to speak with you" in desktop.letter_words()
    assert desktop.work.letter.form.attempt.isChecked()
    desktop.issue()
    assert desktop.tried()[-1] == (3, Channel.LETTER, AttemptOutcome.SENT)

    from_the_talks_to_the_review(desktop)
    desktop.on(day(50))
    they_ring_us(desktop)
    facts = desktop.facts()
    assert facts.open_ladder is None
    assert facts.closed_on is None
    assert facts.next_booked(desktop.practice.today) is not None
    assert desktop.tried() == [
        (1, Channel.CALL, AttemptOutcome.NO_ANSWER),
        (2, Channel.TEXT, AttemptOutcome.SENT),
        (3, Channel.LETTER, AttemptOutcome.SENT),
        (4, Channel.GP_PRACTICE, AttemptOutcome.DISCUSSED),
        (4, Channel.SUPERVISION, AttemptOutcome.DISCUSSED),
        (5, Channel.LETTER, AttemptOutcome.SENT),
        (6, Channel.SUPERVISION, AttemptOutcome.DISCUSSED),
        (6, Channel.CALL, AttemptOutcome.SPOKE),
    ]
    desktop.window.act("show_today")
    assert not any("Did not attend" in row.detail for row in desktop.rows())


def discusses(with_whom: Qt.Key, what: str) -> None:
    """Log in the form that is open what was discussed with the GP practice or in supervision."""
    press(with_whom)
    press(Qt.Key.Key_6)
    write(what)
    press(Qt.Key.Key_Return, ctrl=True)


def from_the_talks_to_the_review(desktop: Desktop) -> None:
    """Go through the last three steps of the Standard track on their days."""
    desktop.on(day(28))  # the fourth: the GP practice and supervision, each in its turn
    desktop.act_on("Log attempt")
    discusses(Qt.Key.Key_6, "Last seen in December")
    desktop.window.act("show_today")
    assert any("Still to do: ask the supervisor" in row.detail for row in desktop.rows())
    desktop.act_on("Log attempt")
    discusses(Qt.Key.Key_7, "Offer a telephone appointment")

    desktop.on(day(35))  # the fifth: keeping in touch
    desktop.act_on("Write letter")
    assert "If we do not hear from you" in desktop.letter_words()
    desktop.issue()

    desktop.on(day(48))  # the sixth waits a fortnight for an answer
    assert not any("Did not attend" in row.detail for row in desktop.rows())
    desktop.on(day(49))
    desktop.act_on("Log attempt")
    discusses(Qt.Key.Key_7, "Keep the door open, write again in a month")
    assert desktop.facts().open_ladder is not None, "nothing ends a search but word from them"


def talks_with_the_practice_and_decides(desktop: Desktop) -> None:
    """Log in the form that is open what the GP practice said, and that nothing more is done now, and why."""
    press(Qt.Key.Key_6)
    press(Qt.Key.Key_6)
    write("Last seen in January; prescription collected")
    (form,) = (each for each in desktop.window.findChildren(AttemptForm) if each.isVisible())
    desktop.tab_to(form.decided.choice)
    press(Qt.Key.Key_5)
    write("The prescription was collected; the letter goes tomorrow")
    press(Qt.Key.Key_Return, ctrl=True)


def test_the_prompt_track_from_the_missed_appointment_to_somebody_reached(desktop: Desktop) -> None:
    act_quickly(desktop)
    desktop.on(day(14))
    record_that_they_did_not_attend(desktop, "Prompt track. Safeguarding concern")
    press(Qt.Key.Key_1)  # within two hours: nobody answers
    press(Qt.Key.Key_3)
    press(Qt.Key.Key_Return, ctrl=True)
    desktop.work.show_patient(desktop.episode, "attempt")
    press(Qt.Key.Key_2)  # the same day, in another way
    press(Qt.Key.Key_5)
    press(Qt.Key.Key_Return, ctrl=True)

    desktop.on(day(15))  # the next working day: the GP practice and the supervisor
    desktop.act_on("Log attempt")
    discusses(Qt.Key.Key_7, "Agreed: letter with a firm time, no visit yet")
    desktop.work.show_patient(desktop.episode, "attempt")
    talks_with_the_practice_and_decides(desktop)

    desktop.on(day(17))
    books_and_then_writes(desktop)
    assert desktop.tried()[-1] == (4, Channel.LETTER, AttemptOutcome.SENT)

    desktop.on(day(18))
    log_from_the_page_on_reaching(desktop)
    press(Qt.Key.Key_1)  # they answer, and would rather come sooner
    press(Qt.Key.Key_1)
    desktop.tab_to(desktop.part("attempt_next_on"))
    write("+3d")
    press(Qt.Key.Key_Return, ctrl=True)

    facts = desktop.facts()
    assert facts.open_ladder is None
    assert facts.next_booked(desktop.practice.today + timedelta(days=1)) is not None
    assert [rung for rung, _, _ in desktop.tried()] == [1, 2, 3, 3, 4, 4]


def books_and_then_writes(desktop: Desktop) -> None:
    """Book a firm appointment, and issue the letter that names it, in the format they need."""
    desktop.act_on("Book contact")
    desktop.tab_to(desktop.part("booking_on"))
    write("+1w")
    press(Qt.Key.Key_Return, ctrl=True)
    desktop.window.act("show_today")
    desktop.act_on("Write letter")
    assert "Thursday 29 January" in desktop.letter_words()
    assert desktop.work.letter.form.accessible.isChecked()
    desktop.issue()


def they_ring_us(desktop: Desktop) -> None:
    """Record that the patient got in touch, with the next appointment."""
    desktop.work.show_patient(desktop.episode, "reply")
    press(Qt.Key.Key_1)
    write("Was unwell; will come next week")
    desktop.tab_to(desktop.part("reply_next_on"))
    write("+1w")
    press(Qt.Key.Key_Return, ctrl=True)


def act_quickly(desktop: Desktop) -> None:
    """Let something be recorded that makes us act sooner, and the format that letters are needed in."""
    uow = desktop.practice.uow()
    fact = RecordHaste(episode_id=desktop.episode, kind=HasteKind.SAFEGUARDING, happened_on=day(3))
    record_haste_fact(fact, uow)
    patient = desktop.facts().patient
    needs = CommunicationNeeds(information_formats=("standard",))
    change_details(ChangeDetails(patient_id=patient.patient_id, seen=patient.version, needs=needs), uow)


def log_from_the_page_on_reaching(desktop: Desktop) -> None:
    """Look why we act so fast, and go from there to the next try."""
    desktop.work.show_patient(desktop.episode)
    desktop.window.act("show_reaching")
    page = desktop.work.currentWidget()
    assert isinstance(page, ReachingView)
    assert "Prompt track. Safeguarding concern (08-Jan-2026)." in words(page)
    desktop.tab_to(desktop.part("reaching_attempt"))
    press(Qt.Key.Key_Space)
    assert isinstance(desktop.work.patient.composer.form(), AttemptForm)


def record_that_they_did_not_attend(desktop: Desktop, why: str = "Standard track") -> None:
    """Open the patient from anywhere, record the miss, and go on to the first try."""
    desktop.work.show_patient(desktop.episode, "contact")
    form = desktop.work.patient.composer.form()
    assert isinstance(form, ContactForm)
    press(Qt.Key.Key_3)
    assert why in form.missed.text()
    press(*[Qt.Key.Key_1] * sum(each.isVisible() for each in form.missed.asked.values()))
    assert here() is form.note
    press(Qt.Key.Key_Return, ctrl=True)
    assert here().objectName() == "composer_follow_up"
    press(Qt.Key.Key_Space)
