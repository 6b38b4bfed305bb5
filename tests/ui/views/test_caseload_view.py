"""The caseload: each cell of a row, the filters in the open, and the keyboard."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from collabcare.domain.caseload import caseload_row
from collabcare.domain.closure import Ending
from collabcare.domain.ids import EpisodeId
from collabcare.services.measures import RecordMeasure, record_measure
from collabcare.services.supervision import RequestSupervision, request_supervision
from collabcare.ui.models.rows import CELL_ROLE
from collabcare.ui.views.caseload_columns import caseload_columns
from collabcare.ui.widgets.look import Tone
from collabcare.ui.widgets.name_delegate import Flag, NameCell
from collabcare.ui.widgets.plain_label import PlainLabel
from collabcare.ui.widgets.score_delegate import ScoreCell
from tests.builders import MONDAY, day, instruments, ladder, measure, patient, prompt, review
from tests.builders import facts as made_facts
from tests.services.ending_acts import close, ending
from tests.ui.accessibility import nameless
from tests.ui.keyboard import give_keyboard, here, press, write
from tests.ui.views.caseload_scene import Scene, choose, five_patients

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.ui.tasks import Tasks
    from tests.record_fixtures import Practice


TITLES = (
    *("Patient", "Practice", "Step", "Held by", "Due", "Last seen", "Next booked"),
    *("PHQ-9", "GAD-7", "DNAs", "Supervision"),
)


def cells(practice: Practice, facts: EpisodeFacts, after: int = 8) -> dict[str, tuple[str, object, str]]:
    """Return each column's text, what its delegate paints, and what is spoken."""
    row = caseload_row(facts, practice.rulebook, MONDAY + timedelta(days=after))
    return {
        column.title: (
            column.text(row),
            column.cell(row) if column.cell else None,
            column.spoken(row) if column.spoken else column.text(row),
        )
        for column in caseload_columns(practice.rulebook)
    }


def test_the_columns_stand_in_their_order(practice: Practice) -> None:
    assert tuple(column.title for column in caseload_columns(practice.rulebook)) == TITLES


def test_who_and_where(practice: Practice) -> None:
    shown = cells(practice, made_facts("A"))
    assert shown["Patient"] == (
        "OKAFOR, Ngozi (Ms) 999 000 0018",
        NameCell("OKAFOR, Ngozi", "999 000 0018"),
        "OKAFOR, Ngozi (Ms) 999 000 0018",
    )
    assert shown["Practice"][0] == "Elm Tree Surgery"
    assert shown["Held by"][0] == "Jo Smith"


def test_a_number_that_is_missing_is_said(practice: Practice) -> None:
    shown = cells(practice, made_facts("A", patient=patient(nhs_number=None)))
    assert shown["Patient"][1] == NameCell("OKAFOR, Ngozi", "NHS No. Not Known")


def test_flags_say_in_words_what_they_draw(practice: Practice) -> None:
    facts = made_facts(
        "AD",
        safety_prompts=(prompt(),),
        ladders=(ladder(day(7)),),
        supervision_requested_on=MONDAY,
    )
    _text, cell, spoken = cells(practice, facts)["Patient"]
    assert isinstance(cell, NameCell)
    assert cell.flags == (
        Flag("message", Tone.NEUTRAL, "Safety conversation to close"),
        Flag("not-attended", Tone.ATTENTION, "Not attended, not reached yet"),
        Flag("supervision", Tone.ACCENT, "To be discussed in supervision"),
    )
    assert all(flag.words in spoken for flag in cell.flags)


@pytest.mark.parametrize(
    ("history", "text", "first"),
    [("A", "2 of 5, 2 weeks", "Step 2"), ("", "Waiting 2 weeks", "Waiting")],
    ids=["in care", "waiting"],
)
def test_the_step_and_the_weeks_in_it(practice: Practice, history: str, text: str, first: str) -> None:
    shown = cells(practice, made_facts(history))["Step"]
    assert shown[:2] == (text, NameCell(first, "2 weeks", strong=False))


def test_what_is_due_and_when(practice: Practice) -> None:
    text, cell, spoken = cells(practice, made_facts("A", measures=(measure(9),)), after=14)["Due"]
    assert text == "Contact due, 7 days overdue"
    assert cell == NameCell("7 days overdue", "Contact", (Flag("clock", Tone.ATTENTION, "Overdue"),))
    assert spoken == "Contact due, 7 days overdue. Last seen 5 January 2026; nothing booked"


def test_days_with_how_long_ago_and_how_far_ahead(practice: Practice) -> None:
    shown = cells(practice, made_facts("A b", reviews=(review(day(7)),)))
    assert shown["Last seen"] == (
        "05-Jan-2026",
        NameCell("05-Jan-2026", "8 days ago", strong=False),
        "5 January 2026",
    )
    assert shown["Next booked"] == (
        "19-Jan-2026",
        NameCell("19-Jan-2026", "in 6 days", strong=False),
        "19 January 2026",
    )
    assert shown["Supervision"][:2] == ("12-Jan-2026", NameCell("12-Jan-2026", "1 day ago", strong=False))


def test_what_never_happened_is_said_not_left_out(practice: Practice) -> None:
    shown = cells(practice, made_facts(""))
    assert shown["Last seen"][0] == "Never"
    assert shown["Next booked"] == ("", NameCell("", "", strong=False), "Nothing booked")
    assert shown["Supervision"][2] == "Never discussed"
    assert shown["PHQ-9"] == ("", None, "No PHQ-9 score")


def test_a_score_with_its_change_in_the_direction_of_the_scale(practice: Practice) -> None:
    facts = made_facts("A", measures=(measure(18), measure(9, day(7))))
    text, cell, spoken = cells(practice, facts)["PHQ-9"]
    assert text == "9"
    assert cell == ScoreCell(value=9, change=-9, better=True, history=(18 / 27, 9 / 27), cut_off=10 / 27)
    assert spoken == "PHQ-9 9 on 12 January 2026, −9 since the first"


def test_a_score_of_nought_is_a_score(practice: Practice) -> None:
    text, cell, _spoken = cells(practice, made_facts("A", measures=(measure(0),)))["PHQ-9"]
    assert text == "0"
    assert isinstance(cell, ScoreCell)
    assert cell.value == 0


def test_a_form_too_blank_to_score_shows_no_score_of_an_earlier_day(practice: Practice) -> None:
    forms = (measure(18), measure(9, day(7)), measure(None, day(14)))
    text, cell, spoken = cells(practice, made_facts("A", measures=forms), after=14)["PHQ-9"]
    assert text == "Incomplete (3 missing)"
    assert cell == NameCell("Incomplete", "3 missing", strong=False)
    assert spoken == "PHQ-9 Incomplete (3 missing) on 19 January 2026"


def test_missed_appointments_are_counted(practice: Practice) -> None:
    assert cells(practice, made_facts("DADC"))["DNAs"][0] == "2"


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, tasks: Tasks) -> Scene:
    """Five patients ten weeks on: two of Jo's are lost, one missed, one waits, one is Sam's."""
    five_patients(practice)
    return Scene(qtbot, practice, tasks)


def test_the_model_keeps_qts_own_rules(scene: Scene) -> None:
    QAbstractItemModelTester(scene.view.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for column in range(len(TITLES)):
        for order in (Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder):
            scene.view.model.sort(column, order)
    scene.view.search.setText("a")
    scene.view.filters.chosen.emit(scene.view.filters.value())


def test_where_nobody_is_shown_no_column_is_missed(scene: Scene, qtbot: QtBot) -> None:
    scene.view.say_hidden(("Practice",))
    assert not scene.view.unseen.isHidden()
    scene.view.search.setText("nobody of this name")
    qtbot.waitUntil(lambda: not scene.view.model.shown)
    scene.view.say_hidden(("Practice",))  # as the table does when its page changes size
    assert scene.view.unseen.isHidden()


def test_my_patients_come_first_by_name_and_the_sentence_says_so(scene: Scene) -> None:
    assert scene.names() == ["Ash", "birch", "Cedar", "Dale"]
    assert scene.view.sentence.whole_text() == "Showing 4 of 5 – mine"


@pytest.mark.parametrize(
    ("which", "names", "sentence"),
    [
        ("all", ["Ash", "birch", "Cedar", "Dale", "Elm"], "Showing 5 of 5"),
        ("overdue", ["Ash", "birch", "Cedar", "Elm"], "Showing 4 of 5 – overdue"),
        ("re-engaging", ["Cedar"], "Showing 1 of 5 – re-engaging"),
        ("waiting", ["Dale"], "Showing 1 of 5 – waiting"),
    ],
)
def test_a_filter_is_said_above_the_table(scene: Scene, which: str, names: list[str], sentence: str) -> None:
    choose(scene, "everyone's", which)
    assert scene.names() == names
    assert scene.view.sentence.whole_text() == sentence
    assert scene.view.clear.isVisible() is (which != "all")


def test_the_count_on_a_chip_is_what_it_shows(scene: Scene) -> None:
    for whose in ("mine", "everyone's"):
        for which in ("all", "overdue", "re-engaging", "due supervision", "waiting"):
            choose(scene, whose, which)
            told = scene.view.filters.told(which)
            assert told.casefold().startswith(which)
            assert told.endswith(f", {len(scene.names())}"), (whose, which)


def test_the_dead_are_shown_whoever_holds_them_until_their_gp_knows(scene: Scene, practice: Practice) -> None:
    elm = next(row.facts for row in scene.caseload.rows if row.facts.patient.surname == "Elm")
    close(practice, ending(practice, elm.episode_id, ending=Ending.DIED), "sam")
    scene.caseload.reload()
    choose(scene, "mine")
    assert scene.view.filters.told("died").endswith("Died: care to end, 1")
    choose(scene, "mine", "died")
    assert scene.view.whose.value() == "everyone's"
    assert (scene.names(), scene.view.sentence.whole_text()) == (
        ["Elm"],
        "Showing 1 of 5 – died: care to end",
    )
    scene.view.preview()
    assert scene.view.panel.act.text() == "Write letter"
    asked: list[object] = []
    scene.view.letter_requested.connect(asked.append)
    scene.view.panel.act.click()
    assert asked == [elm.episode_id]
    choose(scene, "everyone's")
    assert "Elm" not in scene.names()
    assert scene.view.sentence.whole_text() == "Showing 4 of 4"


@pytest.mark.parametrize(("typed", "names"), [("BIR", ["birch"]), ("ashley", ["Ash"]), ("elm tree", None)])
def test_searching_narrows_while_typing(
    scene: Scene, qtbot: QtBot, typed: str, names: list[str] | None
) -> None:
    give_keyboard(qtbot, scene.view.search)
    write(typed)
    assert scene.names() == (names if names is not None else ["Ash", "birch", "Cedar", "Dale"])


def test_a_number_is_found_without_its_spaces(scene: Scene) -> None:
    number = scene.view.model.shown[1].facts.patient.nhs_number
    scene.view.search.setText(number or "")
    assert scene.names() == ["birch"]


def test_an_empty_record_offers_the_first_patient(qtbot: QtBot, practice: Practice, tasks: Tasks) -> None:
    scene = Scene(qtbot, practice, tasks)
    with qtbot.waitSignal(scene.view.new_requested):
        scene.view.nothing.act_requested.emit()


def test_enter_opens_and_space_previews(scene: Scene, qtbot: QtBot) -> None:
    give_keyboard(qtbot, scene.view.table)
    scene.view.take_keyboard()
    press(Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert scene.view.panel.isVisible()
    assert "BIRCH, Ngozi (Ms)" in {label.text() for label in scene.view.panel.findChildren(PlainLabel)}
    with qtbot.waitSignal(scene.view.patient_requested) as asked:
        press(Qt.Key.Key_Return)
    assert asked.args == [scene.view.model.shown[1].facts.episode_id]
    assert here() is scene.view.table


def test_the_same_patient_stays_chosen_when_the_record_changes(
    scene: Scene, practice: Practice, tasks: Tasks
) -> None:
    episode = scene.view.model.shown[2].facts.episode_id
    scene.view.table.select_key(episode)
    tasks.write(
        lambda: request_supervision(
            RequestSupervision(episode_id=EpisodeId(episode), question="Which way?"), practice.uow()
        )
    )
    assert scene.view.table.selected_key() == episode
    index = scene.view.table.currentIndex()
    cell = scene.view.model.data(index, CELL_ROLE)
    assert isinstance(cell, NameCell)
    assert [flag.icon for flag in cell.flags] == ["not-attended", "supervision"]


def test_blanks_come_last_both_ways_and_names_order_equals(
    scene: Scene, practice: Practice, tasks: Tasks
) -> None:
    episodes = {row.facts.patient.surname: row.facts.episode_id for row in scene.view.model.shown}
    for surname, total in (("Ash", 4), ("Cedar", 20)):
        command = RecordMeasure(episode_id=episodes[surname], taken_on=practice.today, total=total)
        tasks.write(partial(record_measure, command, practice.uow(), instruments()["phq9"]))
    place = TITLES.index("PHQ-9")
    scene.view.model.sort(place, Qt.SortOrder.AscendingOrder)
    assert scene.names() == ["Ash", "Cedar", "birch", "Dale"]
    scene.view.model.sort(place, Qt.SortOrder.DescendingOrder)
    assert scene.names() == ["Cedar", "Ash", "birch", "Dale"]


@pytest.mark.parametrize("width", [1366 - 184, 1000, 760])
def test_no_width_needs_a_horizontal_scroll(scene: Scene, qtbot: QtBot, width: int) -> None:
    scene.view.window().resize(width, 600)
    qtbot.waitUntil(lambda: scene.view.table.horizontalScrollBar().maximum() == 0)
    hidden = [n for n in range(len(TITLES)) if scene.view.table.isColumnHidden(n) and TITLES[n] != "Held by"]
    assert bool(hidden) is bool(scene.view.unseen.whole_text())
    assert (width < 1100) is bool(hidden)


def test_everything_that_takes_the_keyboard_has_a_name(scene: Scene) -> None:
    assert nameless(scene.view) == []


def test_print_says_what_was_filtered(scene: Scene) -> None:
    choose(scene, "mine", "overdue")
    scene.view.search.setText("ash")
    assert scene.view.shown_words() == "Showing 1 of 5 – mine, overdue, “ash”"
