"""The Practice page: lines, duty, out-of-hours words and days, kept by keyboard and refused in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from collabcare.domain.changes import Kind
from collabcare.domain.display import fmt_date
from collabcare.queries.practice_page import practice_page
from collabcare.services.helplines import RemoveHelpline, SaveHelpline, remove_helpline, save_helpline
from collabcare.ui.models.open_caseload import OpenCaseload
from collabcare.ui.tasks import Tasks
from collabcare.ui.views.practice_view import PracticeView
from tests.builders import day
from tests.ui.accessibility import nameless, tab_walk
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import here, press, under_hands, write
from tests.ui.views.patient_scene import words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.queries.practice_page import PracticePage
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

ENTER, TAB, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space


def shown(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> PracticeView:
    """Show the page to the supervisor."""
    desk = practice.desk("amina")
    tasks = Tasks(prompts, InlineExecutor())
    tasks.use(desk.reading)
    view = PracticeView(desk, tasks, prompts, OpenCaseload(desk, tasks))
    window = under_hands(qtbot, view)
    window.resize(1180, 700)
    view.go_stale()
    view.take_keyboard()
    return view


def kept(practice: Practice) -> PracticePage:
    """Return what the record holds."""
    with practice.reading() as session:
        return practice_page(session)


def part(view: PracticeView, name: str) -> QWidget:
    """Return a part by its object name."""
    [found] = [each for each in view.findChildren(QWidget, name) if each.isVisible()]
    return found


def test_a_line_is_added_by_keyboard_and_the_form_is_empty_again(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    view = shown(qtbot, practice, prompts)
    view.lines.form.take_keyboard()
    press(ENTER, ctrl=True)
    assert view.lines.form.message.text() == "Write whose line it is, such as the crisis team."
    write("Crisis team")
    press(TAB)
    press(ENTER, ctrl=True)
    assert view.lines.form.message.text() == "Write the number to ring or text."
    write("soon")
    press(ENTER, ctrl=True)
    assert view.lines.form.message.text() == "Write the number to ring or text."
    view.lines.form.telephone.setText("0113 496 0999")
    press(ENTER, ctrl=True)
    assert [line.name for line in kept(practice).support.lines] == ["Crisis team"]
    assert "Crisis team: 0113 496 0999." in words(view)
    assert view.lines.form.name.text() == ""
    assert here() is view.lines.form.name
    assert not view.has_unsaved()


def test_lines_change_places_are_changed_and_taken_out(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    for name in ("First", "Second"):
        save_helpline(SaveHelpline(name=name, telephone="111"), practice.uow("amina"))
    first, second = kept(practice).support.lines
    view = shown(qtbot, practice, prompts)
    assert not part(view, f"line_up_{first.id}").isEnabled()
    part(view, f"line_up_{second.id}").setFocus()
    press(SPACE)
    assert [line.name for line in kept(practice).support.lines] == ["Second", "First"]
    part(view, f"line_change_{first.id}").setFocus()
    press(SPACE)
    assert view.lines.form.name.text() == "First"
    view.lines.form.when_open.setText("Evenings")
    press(ENTER, ctrl=True)
    assert kept(practice).support.lines[1].when_open == "Evenings"
    part(view, f"line_remove_{second.id}").setFocus()
    press(SPACE)
    assert [line.name for line in kept(practice).support.lines] == ["First"]
    assert view.message.text() == "The line is taken out of the safety page and of new plans."


def test_a_line_somebody_else_took_out_is_said_and_shown(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    save_helpline(SaveHelpline(name="First", telephone="111"), practice.uow("amina"))
    [line] = kept(practice).support.lines
    view = shown(qtbot, practice, prompts)
    gone = RemoveHelpline(helpline_id=line.id, seen=line.row_version)
    remove_helpline(gone, practice.uow("alex"))
    part(view, f"line_remove_{line.id}").setFocus()
    press(SPACE)
    assert "is not in the record" in view.message.text()
    assert "None of the site's own yet." in words(view)


def test_a_line_somebody_else_changed_is_told_and_then_goes_by_what_is_there(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    save_helpline(SaveHelpline(name="First", telephone="111"), practice.uow("amina"))
    [line] = kept(practice).support.lines
    view = shown(qtbot, practice, prompts)
    part(view, f"line_change_{line.id}").setFocus()
    press(SPACE)
    theirs = SaveHelpline(helpline_id=line.id, seen=line.row_version, name="Theirs", telephone="112")
    save_helpline(theirs, practice.uow("alex"))
    view.lines.form.note.setText("Mine")
    press(ENTER, ctrl=True)
    assert "Somebody else changed this" in view.lines.form.message.text()
    assert "Theirs: 112." in words(view)
    press(ENTER, ctrl=True)
    [after] = kept(practice).support.lines
    assert (after.id, after.name, after.note) == (line.id, "First", "Mine")


def test_who_is_on_duty_is_chosen_among_those_who_can_be(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    view = shown(qtbot, practice, prompts)
    assert here() is view.duty.who
    offered = [view.duty.who.itemText(number) for number in range(view.duty.who.count())]
    assert offered == ["Nobody: the supervisors", "Amina Shah", "Jo Smith", "Sam Brown"]
    view.duty.who.set_value(practice.user("jo"))
    view.duty.put.click()
    assert kept(practice).support.duty_name == "Jo Smith"
    assert view.duty.who.value() == practice.user("jo")
    view.duty.who.set_value(None)
    view.duty.put.click()
    assert kept(practice).support.duty_id is None


def test_out_of_hours_words_typed_stay_until_they_are_saved(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    view = shown(qtbot, practice, prompts)
    view.duty.form.hours.setFocus()
    write("Ring 111, option 2.")
    assert view.has_unsaved()
    view.duty.put.click()  # another save on the page reads it again
    assert view.duty.form.hours.text() == "Ring 111, option 2."
    view.duty.form.save.click()
    assert kept(practice).support.out_of_hours == "Ring 111, option 2."
    assert not view.has_unsaved()


def test_a_day_is_added_refused_in_words_and_taken_out(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    view = shown(qtbot, practice, prompts)
    form = view.days.form
    form.take_keyboard()
    write("28/1/2026")
    press(TAB)
    press(ENTER, ctrl=True)
    assert "Choose whether the site is shut or open that day" in form.message.text()
    press(Qt.Key.Key_2)
    form.reason.setText("Late clinic")
    press(ENTER, ctrl=True)
    assert form.message.text() == "The service works on that day anyway, so there is nothing to add."
    form.kind.set_value(False)
    form.reason.setText("Training")
    press(ENTER, ctrl=True)
    assert kept(practice).days.closed == {day(23)}
    assert "Shut Wed 28-Jan-2026: Training" in words(view)
    part(view, "day_remove_2026-01-28").setFocus()
    press(SPACE)
    assert kept(practice).days.reasons == {}
    assert (
        view.message.text() == "Wed 28-Jan-2026 is taken out. Dates go without it from the next sign-in on."
    )


def test_everything_has_a_name_and_tab_goes_round(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    save_helpline(SaveHelpline(name="First", telephone="111"), practice.uow("amina"))
    view = shown(qtbot, practice, prompts)
    assert nameless(view.window()) == []
    assert len(tab_walk(view.window())) > 10
    assert {Kind.HELPLINE, Kind.SITE, Kind.SITE_DAY, Kind.STEP_DAYS, Kind.USER} == PracticeView.DEPENDS_ON


def test_a_national_line_is_confirmed_by_somebody_on_a_day_and_printed_without_a_warning(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    view = shown(qtbot, practice, prompts)
    assert "are not confirmed yet" in words(view)
    for each in practice.rulebook.helplines.lines:
        button = part(view, f"line_confirm_{each.id}")
        button.setFocus()
        press(SPACE)
        assert view.message.text() == f"{each.name} is confirmed. It says so, with who did and when."
    lines = kept(practice).support.lines
    assert [each.helpline.words for each in lines] == [
        each.words for each in practice.rulebook.helplines.lines
    ]
    told = f"Confirmed by {practice.desk('amina').acting.name}, {fmt_date(practice.today)}"
    assert set(kept(practice).checked.values()) == {told}
    assert words(view).count(told) == 4
    assert "are not confirmed yet" not in words(view)


def test_the_days_of_a_step_are_set_by_keyboard_and_taken_back(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    view = shown(qtbot, practice, prompts)
    assert "2, Guided support: long after 98 days, very long after 182\n" in words(view)
    form = view.steps.form
    form.take_keyboard()
    assert here() is form.step
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    press(TAB)
    press(Qt.Key.Key_A, ctrl=True)
    write("30")
    press(TAB)
    press(Qt.Key.Key_A, ctrl=True)
    write("20")
    press(ENTER, ctrl=True)
    assert form.message.text() == "Very long comes after long: type a larger number of days there."
    form.very_long_days.set_value(60)
    press(ENTER, ctrl=True)
    assert [(each.step, each.long_days) for each in kept(practice).steps] == [(2, 30)]
    assert "2, Guided support: long after 30 days, very long after 60, set here" in words(view)
    assert (form.step.value(), form.long_days.value(), view.has_unsaved()) == (None, 98, False)
    form.step.set_value(2)
    assert (form.long_days.value(), form.very_long_days.value()) == (30, 60)
    part(view, "step_back_2").setFocus()
    press(SPACE)
    assert kept(practice).steps == ()
    assert view.message.text().startswith("Step 2, Guided support: the service model's days hold")
