"""Recording measures, safety, steps and supervision in place: by keyboard, and refused without loss."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from collabcare.domain.ids import ActionId
from collabcare.domain.instruments import EntryMode
from collabcare.domain.safety import SafetyOutcome
from collabcare.services.supervision import AgreedAction, RecordReview, record_review
from collabcare.ui.forms.measure_form import MeasureForm
from collabcare.ui.forms.safety_form import SafetyForm
from collabcare.ui.forms.step_form import StepForm
from collabcare.ui.forms.supervision_form import ASK, REVIEW, SupervisionForm
from collabcare.ui.pages import PageName
from tests.ui.keyboard import here, press, write
from tests.ui.views.patient_scene import PatientScene, scene_of, words
from tests.ui.views.safety_scene import item_nine

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

HOSTILE = "<b>Łukasz</b> & <none>"


def test_a_phq9_takes_eleven_keys_from_opening_to_saved(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("measure", MeasureForm)
    write("222111110")  # nine
    assert form.function.isAncestorOf(here())
    write("1")  # ten
    assert here() is form.save
    press(Qt.Key.Key_Return)  # eleven
    qtbot.waitUntil(lambda: scene.view.composer.form() is None)
    saved = scene.facts().measures[-1]
    assert (saved.answers, saved.function_answer, saved.total) == ((2, 2, 2, 1, 1, 1, 1, 1, 0), 1, 11)
    assert scene.said() == "PHQ-9 is saved: 11 of 27, moderate."
    assert scene.part("composer_follow_up", QPushButton).text() == "Enter GAD-7"


def test_the_question_on_function_is_asked_only_when_something_is_above_nought(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    form = scene_of(qtbot, practice, prompts).compose("measure", MeasureForm)
    write("000000000")
    assert not form.function.isVisible()
    assert here() is form.save
    assert form.answers.result() == "0 of 27, minimal."


def test_an_answer_to_item_nine_is_said_at_once_and_leads_to_the_conversation(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("measure", MeasureForm)
    write("000000001")
    assert form.sheet.notice.text() == (
        "Item 9 is answered “several days”. Saving opens a safety conversation to record."
    )
    press(Qt.Key.Key_Return, ctrl=True)
    safety = scene.form(SafetyForm)
    assert scene.said().startswith("PHQ-9 is saved: 1 of 27, minimal. Item 9 asks for")
    assert safety.prompt.value() == scene.facts().measures[-1].id
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return, ctrl=True)
    write("x")
    press(Qt.Key.Key_Return, ctrl=True)
    assert safety.message.text().startswith("Write what was said and agreed")
    assert safety.note is here()
    press(Qt.Key.Key_Backspace)
    write("Thinks of her sister.")
    press(Qt.Key.Key_Return, ctrl=True)
    closed = scene.facts().safety_prompts[-1]
    assert (closed.outcome, closed.note) == (SafetyOutcome.TALKED_TODAY, "Thinks of her sister.")
    assert closed.closed_on == practice.today


def test_item_nine_left_blank_asks_for_the_question_too(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("measure", MeasureForm)
    write("11111111-")
    assert form.sheet.notice.text().startswith("Item 9 is blank.")
    press(Qt.Key.Key_Return, ctrl=True)
    scene.form(SafetyForm)
    assert scene.facts().measures[-1].safety_answer is None


def test_too_many_blanks_are_saved_as_incomplete_and_never_as_nought(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("measure", MeasureForm)
    write("3333")
    assert form.answers.result() == "12 so far, 5 blank: no total yet."
    for _ in range(3):
        press(Qt.Key.Key_Down)
    write("00")
    press(Qt.Key.Key_Return, ctrl=True)
    press(Qt.Key.Key_Return, ctrl=True)  # the first only says that there will be no total
    assert scene.facts().measures[-1].total is None
    assert scene.said() == "PHQ-9 is saved: incomplete."


def test_a_total_alone_is_taken_and_still_asks_about_item_nine(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("measure", MeasureForm)
    form.mode.setFocus()
    press(Qt.Key.Key_2)
    assert form.total.isAncestorOf(here())
    write("28")
    press(Qt.Key.Key_Return, ctrl=True)
    assert "from 0 to 27" in form.message.text()
    form.total.set_value(16)
    assert "does not say how item 9 was answered" in form.sheet.notice.text()
    press(Qt.Key.Key_Return, ctrl=True)
    saved = scene.facts().measures[-1]
    assert (saved.entry_mode, saved.total) == (EntryMode.TOTAL_ONLY, 16)
    scene.form(SafetyForm)


def test_a_gad7_keeps_its_own_answers_while_the_other_is_looked_at(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("measure", MeasureForm)
    write("12")
    form.instrument.setFocus()
    press(Qt.Key.Key_2)
    write("1111111")
    form.choose_instrument("phq9")
    assert form.answers.answers()[:2] == (1, 2)
    form.choose_instrument("gad7")
    press(Qt.Key.Key_Return, ctrl=True)
    assert [(m.instrument, m.total) for m in scene.facts().measures] == [("gad7", 7)]


def test_nothing_answered_and_a_date_to_come_are_refused(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("measure", MeasureForm)
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text() == "Type the answers to PHQ-9, one digit each."
    write("111111110")
    form.on.edit.setText("+1d")
    press(Qt.Key.Key_Return, ctrl=True)
    assert "in the future" in form.message.text()
    assert form.answers.answers() == (1, 1, 1, 1, 1, 1, 1, 1, 0)
    assert scene.facts().measures == ()


def test_already_covered_is_refused_without_a_recent_conversation_and_could_not_ask_stays_open(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    scene.compose("measure", MeasureForm)
    write("000000002")
    press(Qt.Key.Key_Return, ctrl=True)
    form = scene.form(SafetyForm)
    press(Qt.Key.Key_2)
    assert form.outcome.value() is None
    assert "No safety conversation is recorded in the last 7 days" in words(form)
    press(Qt.Key.Key_3)
    form.note.setPlainText("No reply.")
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text() == "Write who will ask, by name."
    assert form.note.toPlainText() == "No reply."
    write("Jo Smith")
    press(Qt.Key.Key_Tab)
    write("+1d")
    press(Qt.Key.Key_Return, ctrl=True)
    (still,) = scene.facts().open_safety_prompts
    assert (still.ask_by, still.tried_on) == ("Jo Smith", scene.practice.today)
    assert "stays open, on Today and on duty's list" in scene.said()


def test_a_step_up_needs_a_reason_and_offers_the_letter_to_the_gp(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    asked: list[tuple[object, str]] = []
    scene.view.letter_requested.connect(lambda episode, kind: asked.append((episode, kind)))
    form = scene.compose("step", StepForm)
    press(Qt.Key.Key_3)
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text().startswith("Say why the patient is moving")
    write("Needs weekly calls.")
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text() == "Say whether the patient has agreed to the move."
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return, ctrl=True)
    move = scene.facts().step_moves[-1]
    assert (move.from_step, move.to_step, move.reason) == (2, 3, "Needs weekly calls.")
    assert move.agreed_with_patient
    scene.part("composer_follow_up", QPushButton).click()
    assert asked == [(scene.episode, "gp_step_change")]


def test_the_step_a_patient_is_on_cannot_be_chosen(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    form = scene_of(qtbot, practice, prompts).compose("step", StepForm)
    press(Qt.Key.Key_2)
    assert form.to_step.value() is None


def test_somebody_else_moving_the_patient_meanwhile_is_told_and_the_reason_kept(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("step", StepForm)
    press(Qt.Key.Key_4)
    form.reason.setPlainText("Needs weekly calls.")
    form.agreed.set_value(value=True)
    other = PatientScene(qtbot, practice, prompts, scene.episode, "amina")
    elsewhere = other.compose("step", StepForm)
    elsewhere.to_step.set_value(3)
    elsewhere.reason.setPlainText("Decided in supervision.")
    elsewhere.agreed.set_value(value=True)
    elsewhere.save.click()
    form.save.click()
    assert form.message.text().startswith("Somebody else changed this while you had it open.")
    assert form.reason.toPlainText() == "Needs weekly calls."
    form.save.click()
    assert [move.to_step for move in scene.facts().step_moves] == [2, 3, 4]


def test_a_case_is_taken_to_supervision_with_a_question(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("supervision", SupervisionForm)
    assert form.mode.value() == ASK
    write("Is step 2 enough?")
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().supervision_question == "Is step 2 enough?"
    again = scene.compose("supervision", SupervisionForm)
    assert again.mode.value() == REVIEW
    assert again.question.text() == "Is step 2 enough?"


def test_a_question_is_added_to_and_taken_back_with_a_reason(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("supervision", SupervisionForm)
    write("Is step 2 enough?")
    press(Qt.Key.Key_Return, ctrl=True)
    form = scene.compose("supervision", SupervisionForm)
    form.mode.setFocus()
    press(Qt.Key.Key_1)
    assert "Is step 2 enough?" in form.message.text()
    assert not form.question.isVisible()
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text().endswith("Write what to add to the question.")
    write("And the sleep?")
    press(Qt.Key.Key_Return, ctrl=True)
    asked = scene.facts().supervision_question or ""
    assert asked.startswith("Is step 2 enough?")
    assert asked.endswith("And the sleep?")
    form = scene.compose("supervision", SupervisionForm)
    form.mode.setFocus()
    press(Qt.Key.Key_3)
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text() == "Write why it need not be discussed any more."
    write("Settled on the telephone.")
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().supervision_requested_on is None
    assert scene.compose("supervision", SupervisionForm).mode.options[0].text == "Ask for supervision"


def test_a_review_is_recorded_with_its_actions(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("supervision", SupervisionForm)
    form.mode.setFocus()
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text().startswith("Write what was decided")
    write("Carry on weekly.")
    form.agreed.rows[0].text.setText("Ring the GP")
    second = form.agreed.add()
    second.text.setText(HOSTILE)
    second.owner.set_value(practice.user("amina"))
    second.due_on.edit.setText("+2w")
    form.agreed.add()  # a line nobody writes in is left out
    press(Qt.Key.Key_Return, ctrl=True)
    facts = scene.facts()
    assert (facts.reviews[-1].decision, facts.reviews[-1].supervisor) == ("Carry on weekly.", "Amina Shah")
    assert [(a.text, a.owner, a.due_on) for a in facts.actions] == [
        ("Ring the GP", "Jo Smith", practice.today + timedelta(weeks=1)),
        (HOSTILE, "Amina Shah", practice.today + timedelta(weeks=2)),
    ]


def test_an_action_due_before_it_was_agreed_is_refused_and_kept(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("supervision", SupervisionForm)
    form.choose_mode(REVIEW)
    form.decision.setPlainText("Carry on.")
    form.agreed.rows[0].text.setText("Ring the GP")
    form.agreed.rows[0].due_on.edit.setText("-3d")
    press(Qt.Key.Key_Return, ctrl=True)
    assert "due before it was agreed" in form.message.text()
    assert form.agreed.rows[0].text.text() == "Ring the GP"
    assert scene.facts().reviews == ()


def test_an_action_done_is_marked_after_a_question_that_says_whose_it_is(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("A")
    agreed = AgreedAction(text="Ring the GP", owner_id=practice.user("jo"), due_on=practice.today)
    record_review(
        RecordReview(
            episode_id=episode,
            reviewed_on=practice.today,
            supervisor_id=practice.user("amina"),
            decision="Carry on.",
            actions=(agreed,),
        ),
        practice.uow(),
    )
    prompts.answers += [False, True]
    scene = PatientScene(qtbot, practice, prompts, episode)
    scene.part("due_supervision_action", QPushButton).click()
    assert scene.facts().actions[0].done_on is None
    scene.part("due_supervision_action", QPushButton).click()
    done = scene.facts().actions[0]
    assert (done.id, done.done_on) == (ActionId(1), practice.today)
    question = prompts.asked[-1]
    assert "OKAFOR, Ngozi (Ms), born 14-Jul-1985 (40y), Female, NHS No. 999" in str(question)


def test_what_somebody_says_of_their_own_accord_is_written_as_an_assessment_where_no_answer_asked(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    with qtbot.waitSignal(scene.view.form_requested) as asked:
        scene.view.compose("safety")
    assert asked.args == [PageName.SAFETY, "assessment"]
    item_nine(practice, scene.episode)
    scene.view.go_stale()
    scene.compose("safety", SafetyForm)


def test_a_role_that_may_not_record_safety_is_told_so(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts, login="rita")
    scene.view.compose("safety")
    assert scene.said().startswith("Your role may not")
