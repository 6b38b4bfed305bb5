"""Today: everything that is due, why and since when, and the act one key away."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt

from collabcare.domain.due_kinds import DueKind
from collabcare.services.episodes import MoveStep, move_step
from collabcare.services.helplines import SaveHelpline, save_helpline
from collabcare.services.letters import IssueLetter, issue_letter
from collabcare.services.measures import RecordMeasure, record_measure
from collabcare.services.patients import add_patient
from collabcare.services.supervision import AgreedAction, RecordReview, complete_action, record_review
from collabcare.ui.models.open_caseload import OpenCaseload
from collabcare.ui.tasks import Tasks
from collabcare.ui.views.due_acts import due_act
from collabcare.ui.views.today_view import TodayView
from collabcare.ui.widgets.look import Tone
from collabcare.ui.widgets.plain_label import PlainLabel
from collabcare.ui.widgets.section_model import ENTRY_ROLE, SectionHead, SectionRow
from collabcare.ui.widgets.why import WhyButton
from tests.builders import MONDAY, instruments
from tests.services.ending_acts import close, ending
from tests.ui.accessibility import nameless
from tests.ui.every_screen import NoToAll
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import give_keyboard, here, press, under_hands
from tests.ui.scripted_prompts import ScriptedPrompts
from tests.ui.views.patient_scene import words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

TEN_WEEKS_ON = MONDAY + timedelta(days=70)


class Scene:
    """Today for one user over a practice."""

    def __init__(self, qtbot: QtBot, practice: Practice, tasks: Tasks, login: str = "jo") -> None:
        desk = practice.desk(login)
        self.caseload = OpenCaseload(desk, tasks)
        self.view = TodayView(desk, tasks, NoToAll(), self.caseload)
        under_hands(qtbot, self.view)
        self.caseload.reload()

    def entries(self) -> list[SectionHead | SectionRow]:
        """Return the lines of the list, top to bottom."""
        model = self.view.list.model()
        return [model.index(n, 0, QModelIndex()).data(ENTRY_ROLE) for n in range(model.rowCount())]

    def rows(self) -> list[SectionRow]:
        """Return the lines that are somebody."""
        return [entry for entry in self.entries() if isinstance(entry, SectionRow)]

    def heads(self) -> dict[str, int]:
        """Return each heading with its count."""
        return {entry.title: entry.count for entry in self.entries() if isinstance(entry, SectionHead)}


def item_nine(practice: Practice, episode: EpisodeId) -> None:
    """Let the last question of a PHQ-9 be answered with 1."""
    record_measure(
        RecordMeasure(episode_id=episode, taken_on=practice.today, answers=(1,) * 9),
        practice.uow(),
        instruments()["phq9"],
    )


@pytest.fixture
def busy(practice: Practice) -> Practice:
    """A practice ten weeks on: one lost, one missed, one with an answer to talk about, one held by nobody."""
    practice.refer("A", surname="Ash", contact_note="Text first, no voicemail")
    practice.refer("AD", surname="Birch")
    answered = practice.refer("A", surname="Cedar")
    item_nine(practice, answered)
    practice.refer("", surname="Dale", holder_id=None)
    practice.refer("A", surname="Elm", holder_id=practice.user("sam"))
    practice.on(TEN_WEEKS_ON)
    return practice


def test_sections_stand_in_their_order_with_counts_and_empty_ones_say_so(
    qtbot: QtBot, busy: Practice, tasks: Tasks
) -> None:
    heads = Scene(qtbot, busy, tasks).heads()
    assert list(heads) == [due_act(kind).section for kind in DueKind]
    assert heads["Safety conversations to close"] == 1
    assert heads["Not attended, reach again"] == 1
    assert heads["Outcomes to record"] == 0


def test_each_line_says_who_why_and_since_when(qtbot: QtBot, busy: Practice, tasks: Tasks) -> None:
    rows = {(row.title, row.act): row for row in Scene(qtbot, busy, tasks).rows()}
    lost = rows["ASH, Ngozi (Ms)", "Book contact"]
    assert lost.aside == "63 days overdue"
    assert lost.detail == "Last seen 05-Jan-2026; nothing booked  ·  Text first, no voicemail"
    assert "5 January 2026" in lost.spoken
    assert rows["CEDAR, Ngozi (Ms)", "Record conversation"].detail.startswith(
        "PHQ-9 item 9 answered “several days”"
    )


def test_somebody_without_a_telephone_is_there_to_be_written_to_or_visited(
    qtbot: QtBot, practice: Practice, tasks: Tasks
) -> None:
    practice.refer("A", surname="Ash", telephone="")
    practice.refer("AD", surname="Birch", telephone="")
    practice.refer("AD", surname="Cole", telephone="", address="", postcode="")
    practice.on(TEN_WEEKS_ON)
    scene = Scene(qtbot, practice, tasks)
    rows = {(row.title.split(",")[0], row.act): row for row in reversed(scene.rows())}
    assert "No telephone: letter or visit" in rows["ASH", "Book visit"].detail
    assert "No telephone: letter or visit" in rows["BIRCH", "Write letter"].detail
    assert "No telephone: letter or visit" in rows["COLE", "Log visit"].spoken
    assert "No telephone" not in rows["ASH", "Enter PHQ-9"].detail
    letters: list[str] = []
    scene.view.letter_requested.connect(lambda _episode, kind: letters.append(kind))
    scene.view.list.act_requested.emit(rows["BIRCH", "Write letter"].key)
    assert letters == ["patient_missed"]


def test_an_action_says_who_what_and_since_when(qtbot: QtBot, practice: Practice, tasks: Tasks) -> None:
    episode = practice.refer("A", surname="Ash")
    agreed = AgreedAction(text="Ring the nurse", owner_id=practice.user("jo"), due_on=practice.today)
    command = RecordReview(
        episode_id=episode,
        reviewed_on=practice.today,
        supervisor_id=practice.user("amina"),
        decision="Carry on",
        actions=(agreed,),
    )
    record_review(command, practice.uow())
    (row,) = (row for row in Scene(qtbot, practice, tasks).rows() if row.act == "Mark done")
    assert row.detail == "Jo Smith: Ring the nurse, agreed 05-Jan-2026"


def test_my_list_is_mine_nobodys_is_not_lost_and_everyones_is_all(
    qtbot: QtBot, busy: Practice, tasks: Tasks
) -> None:
    scene = Scene(qtbot, busy, tasks)
    seen = {}
    for whose in ("mine", "nobody's", "everyone's"):
        scene.view.whose.set_value(whose)
        scene.view.show_rows()
        seen[whose] = {row.title.split(",")[0] for row in scene.rows()}
    assert seen["mine"] == {"ASH", "BIRCH", "CEDAR"}
    assert seen["nobody's"] == {"DALE"}
    assert seen["everyone's"] == {"ASH", "BIRCH", "CEDAR", "DALE", "ELM"}


def test_the_count_is_what_the_list_holds(qtbot: QtBot, busy: Practice, tasks: Tasks) -> None:
    scene = Scene(qtbot, busy, tasks)
    assert scene.view.count.text() == f"{len(scene.rows())} things to do"
    assert scene.view.my_counts()[0] == len(scene.rows())


def test_somebody_who_holds_nobody_begins_with_everyone(qtbot: QtBot, busy: Practice, tasks: Tasks) -> None:
    assert Scene(qtbot, busy, tasks, "amina").view.whose.value() == "everyone's"


@pytest.mark.parametrize(
    ("line", "form"),
    [
        (("Cedar", "Record conversation"), "safety"),
        (("Birch", "Log attempt"), "attempt"),
        (("Ash", "Book contact"), "booking"),
        (("Ash", "Enter PHQ-9"), "measure"),
    ],
)
def test_enter_opens_the_form_that_the_line_asks_for(
    qtbot: QtBot, busy: Practice, tasks: Tasks, line: tuple[str, str], form: str
) -> None:
    scene = Scene(qtbot, busy, tasks)
    surname, act = line
    row = next(r for r in scene.rows() if r.title.startswith(surname.upper()) and r.act == act)
    scene.view.list.select_key(row.key)
    give_keyboard(qtbot, scene.view.list)
    with qtbot.waitSignal(scene.view.compose_requested) as asked:
        press(Qt.Key.Key_Return)
    assert asked.args[1] == form
    assert busy.facts(asked.args[0]).patient.surname == surname


def test_ctrl_enter_opens_the_patient(qtbot: QtBot, busy: Practice, tasks: Tasks) -> None:
    scene = Scene(qtbot, busy, tasks)
    give_keyboard(qtbot, scene.view.list)
    with qtbot.waitSignal(scene.view.compose_requested) as asked:
        press(Qt.Key.Key_Return, ctrl=True)
    assert asked.args[1] == ""


def test_a_letter_due_opens_the_letter(qtbot: QtBot, practice: Practice, tasks: Tasks) -> None:
    episode = practice.refer("A", surname="Fir")
    move_step(
        MoveStep(
            episode_id=episode,
            seen=practice.facts(episode).version,
            to_step=3,
            reason="More support",
            agreed_with_patient=True,
        ),
        practice.uow(),
        practice.rulebook.pathway,
    )
    practice.on(practice.today + timedelta(days=8))
    scene = Scene(qtbot, practice, tasks)
    row = next(r for r in scene.rows() if r.act == "Write letter")
    with qtbot.waitSignal(scene.view.letter_requested) as asked:
        scene.view.list.act_requested.emit(row.key)
    assert asked.args == [episode, "gp_review"], "the letter about the first contact tells of the step too"


def test_whose_care_has_ended_is_listed_until_the_summary_is_issued(
    qtbot: QtBot, practice: Practice, tasks: Tasks
) -> None:
    """From the last day of care on, with its letter one key away; they are no part of the caseload."""
    episode = practice.refer("A", surname="Fir")
    close(practice, ending(practice, episode))
    scene = Scene(qtbot, practice, tasks)
    assert scene.caseload.rows == ()
    (row,) = scene.rows()
    assert (row.title, row.aside, row.act) == ("FIR, Ngozi (Ms)", "due in 1 day", "Write letter"), row
    assert row.detail.startswith("Care ended 05-Jan-2026; the GP has no discharge summary yet")
    give_keyboard(qtbot, scene.view.list)
    press(Qt.Key.Key_Down)
    with qtbot.waitSignal(scene.view.letter_requested) as asked:
        press(Qt.Key.Key_Return)
    assert asked.args == [episode, "gp_discharge"]
    tasks.write(
        partial(issue_letter, IssueLetter(episode_id=episode, kind="gp_discharge"), practice.desk()),
        lambda _changes: None,
    )
    assert scene.rows() == []


def agree_action(practice: Practice, episode: EpisodeId) -> None:
    """Agree in supervision that Jo does something today."""
    agreed = AgreedAction(text="Ring the school", owner_id=practice.user("jo"), due_on=practice.today)
    record_review(
        RecordReview(
            episode_id=episode,
            reviewed_on=practice.today,
            supervisor_id=practice.user("amina"),
            decision="Carry on",
            actions=(agreed,),
        ),
        practice.uow(),
    )


def test_an_action_done_by_somebody_else_meanwhile_says_so(
    qtbot: QtBot, practice: Practice, tasks: Tasks
) -> None:
    episode = practice.refer("A", surname="Gorse")
    agree_action(practice, episode)
    scene = Scene(qtbot, practice, tasks)
    row = next(r for r in scene.rows() if r.act == "Mark done")
    complete_action(practice.facts(episode).actions[0].id, practice.uow("sam"))
    scene.view.list.act_requested.emit(row.key)
    assert scene.view.message.text() == "That action is done already."
    assert not any(r.done for r in scene.rows())


def test_who_may_only_read_is_offered_no_act(qtbot: QtBot, busy: Practice, tasks: Tasks) -> None:
    scene = Scene(qtbot, busy, tasks, "rita")
    assert {row.act for row in scene.rows()} == {""}


def test_the_panel_follows_the_selection(qtbot: QtBot, busy: Practice, tasks: Tasks) -> None:
    scene = Scene(qtbot, busy, tasks)
    row = next(r for r in scene.rows() if r.title.startswith("ASH"))
    scene.view.list.select_key(row.key)
    said = {part.accessibleName() or part.text() for part in scene.view.panel.findChildren(PlainLabel)}
    assert "Name ASH, Ngozi (Ms)" in said
    assert "Text first, no voicemail" in said
    assert "NHS No. 999 000 0018" in said
    assert scene.view.panel.act.text() == row.act


def test_when_all_is_done_it_says_so_and_offers_the_next_working_day(
    qtbot: QtBot, practice: Practice, tasks: Tasks
) -> None:
    practice.refer("", surname="Hazel", received_on=MONDAY)  # first contact by 19 January
    practice.on(MONDAY + timedelta(days=11))  # Friday 16 January
    scene = Scene(qtbot, practice, tasks)
    assert scene.rows() == []
    scene.view.done.act_requested.emit()
    assert [row.title for row in scene.rows()] == ["HAZEL, Ngozi (Ms)"]
    assert scene.view.title.text() == "Next working day"


def test_an_empty_caseload_says_how_to_begin(qtbot: QtBot, practice: Practice, tasks: Tasks) -> None:
    scene = Scene(qtbot, practice, tasks)
    assert "Nobody is on the caseload yet" in scene.view.done.findChildren(PlainLabel)[0].text()


def test_a_change_is_seen_at_once_and_midnight_too(qtbot: QtBot, practice: Practice, tasks: Tasks) -> None:
    scene = Scene(qtbot, practice, tasks)
    tasks.write(lambda: _refer_changes(practice))
    assert {row.title for row in scene.rows()} == set()
    practice.on(MONDAY + timedelta(days=21))
    scene.caseload.look_at_the_clock()
    assert {row.title for row in scene.rows()} == {"IVY, Ngozi (Ms)"}


def _refer_changes(practice: Practice) -> Changes:
    return add_patient(practice.new_patient(surname="Ivy"), practice.uow(), practice.rulebook.pathway)


def test_a_locked_record_is_not_read(qtbot: QtBot, busy: Practice) -> None:
    prompts = ScriptedPrompts()
    tasks = Tasks(prompts, InlineExecutor())
    tasks.use(busy.desk().reading)
    scene = Scene(qtbot, busy, tasks)
    scene.caseload.pause()
    tasks.use(None)
    scene.caseload.reload()
    scene.caseload.look_at_the_clock()
    assert prompts.problems == []


def test_everything_that_takes_the_keyboard_has_a_name(qtbot: QtBot, busy: Practice, tasks: Tasks) -> None:
    assert nameless(Scene(qtbot, busy, tasks).view) == []


def test_each_line_says_why_in_the_panel_and_escape_leads_back(
    qtbot: QtBot, busy: Practice, tasks: Tasks
) -> None:
    scene = Scene(qtbot, busy, tasks)
    scene.view.window().resize(1200, 700)
    give_keyboard(qtbot, scene.view.list)
    for row in scene.rows():
        scene.view.list.select_key(row.key)
        scene.view.explain()
        button = here()
        assert isinstance(button, WhyButton)
        assert words(button.panel).startswith("Rule")
        press(Qt.Key.Key_Escape)
        assert here() is scene.view.list
        assert scene.view.panel.isVisible()


def test_a_panel_fetched_to_explain_goes_again(qtbot: QtBot, busy: Practice, tasks: Tasks) -> None:
    scene = Scene(qtbot, busy, tasks)
    scene.view.window().resize(700, 700)
    qtbot.waitUntil(lambda: not scene.view.panel.isVisible())
    scene.view.explain()
    assert isinstance(here(), WhyButton)
    assert scene.view.panel.isVisible()
    press(Qt.Key.Key_Escape)
    assert not scene.view.panel.isVisible()
    assert here() is scene.view.list


def test_about_safety_there_is_no_colour(qtbot: QtBot, busy: Practice, tasks: Tasks) -> None:
    tones = {(row.title, row.act): row.tone for row in Scene(qtbot, busy, tasks).rows()}
    assert tones["CEDAR, Ngozi (Ms)", "Record conversation"] is Tone.NEUTRAL
    assert tones["ASH, Ngozi (Ms)", "Book contact"] is Tone.ATTENTION


def test_whom_to_ring_stands_there_whoever_is_chosen(qtbot: QtBot, busy: Practice, tasks: Tasks) -> None:
    line = SaveHelpline(name="Leeds crisis team", telephone="0113 496 0999")
    save_helpline(line, busy.uow("amina"))
    scene = Scene(qtbot, busy, tasks)
    side = scene.view.side
    about_safety, other = scene.rows()[0], scene.rows()[-1]
    assert about_safety.act == "Record conversation"
    scene.view.list.select_key(about_safety.key)
    qtbot.waitUntil(lambda: "Samaritans" in side.lines.text())
    assert not side.crisis.isHidden()
    assert "Leeds crisis team: 0113 496 0999;" in side.lines.text()
    scene.view.list.select_key(other.key)
    assert not side.crisis.isHidden()
