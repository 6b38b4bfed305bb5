"""Writing a letter beside its real page, issuing exactly that page, and finding it again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from collabcare.domain.acting import Role
from collabcare.domain.ids import LetterId
from collabcare.services.episodes import MoveStep, move_step
from collabcare.services.letters import letter_pdf
from collabcare.ui.tasks import Tasks
from collabcare.ui.views.letter_view import LetterView
from tests.builders import MONDAY, pathway
from tests.record_fixtures import LOGIN_OF
from tests.ui.accessibility import nameless, tab_walk
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import give_keyboard, press, under_hands
from tests.ui.views.patient_scene import words

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

HOSTILE = "<none> of it, <b>Łukasz</b> & co"


class LetterScene:
    """The letter page of one user under their hands."""

    def __init__(self, qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, login: str = "jo") -> None:
        self.qtbot, self.practice = qtbot, practice
        desk = practice.desk(login)
        tasks = Tasks(prompts, InlineExecutor())
        tasks.use(desk.reading)
        self.view = LetterView(desk, tasks, prompts)
        self.window = under_hands(qtbot, self.view)
        self.window.resize(1300, 900)
        self.issued: list[object] = []
        self.view.issued.connect(self.issued.append)

    def type_in(self, part: str, text: str) -> None:
        """Type into one part, and wait until the page is drawn with it."""
        self.view.form.parts[part].setPlainText(text)
        assert not self.view.foot.issue.isEnabled()
        self.qtbot.waitUntil(self.settled)

    def settled(self) -> bool:
        """Whether the page in view is the one of the words in view."""
        return not self.view._later.isActive()  # noqa: SLF001 - the pause itself is not for users

    def stored(self) -> bytes:
        """Return the page in the record of the letter just issued."""
        letter = self.issued[-1]
        assert isinstance(letter, int)
        with self.practice.reading() as session:
            return letter_pdf(session, LetterId(letter))


@pytest.fixture
def episode(practice: Practice) -> EpisodeId:
    """Return an episode with a contact, and a step up the GP does not know of."""
    made = practice.refer("AA", gp_name="Dr A Khan")
    practice.on(MONDAY + timedelta(weeks=2))
    move_step(
        MoveStep(
            episode_id=made,
            seen=practice.facts(made).version,
            to_step=3,
            reason="Needs weekly calls.",
            agreed_with_patient=True,
        ),
        practice.uow(),
        pathway(),
    )
    return made


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> LetterScene:
    return LetterScene(qtbot, practice, prompts)


def test_the_real_page_stands_beside_the_form(scene: LetterScene, episode: EpisodeId) -> None:
    scene.view.show_letter(episode, "gp_step_change")
    assert scene.view.pages.pages() >= 1
    assert scene.view.pages.where() == f"Page 1 of {scene.view.pages.pages()}"
    assert scene.view.foot.issue.text() == "Issue letter to Dr A Khan"
    assert scene.view.foot.issue.isEnabled()
    assert "It notes that the GP has been told of the steps." in words(scene.view.foot)
    assert "OKAFOR, Ngozi (Ms)" in words(scene.view.banner)


def test_issuing_keeps_exactly_the_page_in_view(
    scene: LetterScene, episode: EpisodeId, practice: Practice
) -> None:
    scene.view.show_letter(episode, "gp_review")
    scene.type_in("discussed", HOSTILE)
    seen = scene.view._prepared  # noqa: SLF001 - the page the user looks at
    assert seen is not None
    assert HOSTILE in seen.letter.text
    give_keyboard(scene.qtbot, scene.view.foot.issue)
    press(Qt.Key.Key_Return)
    scene.qtbot.waitUntil(lambda: bool(scene.issued))
    assert scene.stored() == seen.pdf
    assert practice.facts(episode).step_moves[-1].gp_informed_on == practice.today
    assert "Issued. The page is kept in the record" in scene.view.foot.message.text()
    assert not scene.view.foot.issue.isVisible()
    assert not scene.view.has_unsaved()


def test_an_issued_letter_is_saved_and_opened_to_print(
    scene: LetterScene, episode: EpisodeId, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    scene.view.show_letter(episode, "gp_review")
    scene.view.foot.issue.click()
    opened: list[Path] = []

    def open_file(path: Path) -> bool:
        opened.append(path)
        return True

    scene.view.foot.open_file = open_file
    target = tmp_path / "letter.pdf"
    prompts.answers += [None, target]
    scene.view.foot.save.click()
    assert list(tmp_path.glob("*.pdf")) == []
    scene.view.foot.print.click()
    assert target.read_bytes() == scene.stored()
    assert opened == [target]
    scene.view.foot.print.click()  # once saved it only opens
    assert opened == [target, target]
    assert "not encrypted" in scene.view.foot.message.text()


def test_a_folder_that_cannot_be_written_is_said_and_nothing_lost(
    scene: LetterScene, episode: EpisodeId, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    scene.view.show_letter(episode, "gp_review")
    scene.view.foot.issue.click()
    prompts.answers.append(tmp_path / "missing" / "letter.pdf")
    scene.view.foot.save.click()
    assert "It is safe in the record." in scene.view.foot.message.text()


def test_a_level_of_risk_keeps_the_letter_from_being_issued(scene: LetterScene, episode: EpisodeId) -> None:
    scene.view.show_letter(episode, "gp_review")
    scene.type_in("discussed", "She is at high risk.")
    assert not scene.view.foot.issue.isEnabled()
    said = words(scene.view.form.findings)
    assert "To put right first:" in said
    show = next(b for b in scene.view.form.findings.findChildren(QPushButton) if b.text() == "Show me")
    show.click()
    assert scene.view.form.parts["discussed"].hasFocus()
    scene.type_in("discussed", "We talked about how to stay safe.")
    assert scene.view.foot.issue.isEnabled()


def test_what_to_look_at_is_one_line_until_there_is_room_or_it_is_wanted(
    scene: LetterScene, episode: EpisodeId
) -> None:
    found = scene.view.form.findings
    for height, opened, blocked in ((1000, True, True), (620, False, True), (420, False, False)):
        scene.window.resize(1300, height)
        scene.view.show_letter(episode, "gp_discharge")
        scene.view.show_letter(episode, "gp_review")
        scene.type_in("discussed", "")
        scene.qtbot.waitUntil(found.isVisible)
        assert found.is_open is opened
        scene.type_in("discussed", "She is at high risk.")
        scene.qtbot.waitUntil(lambda: "To put right first" in words(found))
        assert found.is_open is blocked
    before = scene.view.form.height()
    folded = found.height()
    found.unfold.click()
    assert found.unfold.accessibleName() == "Hide what to look at before it goes"
    scene.qtbot.waitUntil(lambda: found.height() > folded)
    scene.type_in("discussed", "She is at high risk. Again.")
    assert found.is_open, "as the author wanted it"
    found.unfold.click()
    scene.qtbot.waitUntil(lambda: found.height() == folded)
    assert scene.view.form.height() == before


def test_ctrl_enter_on_a_low_page_shows_what_to_look_at_first(scene: LetterScene, episode: EpisodeId) -> None:
    scene.window.resize(1300, 420)
    scene.view.show_letter(episode, "gp_review")
    found = scene.view.form.findings
    scene.qtbot.waitUntil(lambda: not found.isHidden())
    assert not found.is_open
    scene.view.panel.go_on()
    scene.qtbot.waitUntil(scene.view.foot.issue.hasFocus)
    assert found.is_open


def test_a_letter_that_cannot_be_written_yet_says_what_is_missing(
    scene: LetterScene, practice: Practice
) -> None:
    scene.view.show_letter(practice.refer(""), "gp_review")
    assert scene.view.pages.pages() == 0
    assert not scene.view.foot.issue.isEnabled()
    assert "a contact that was attended" in words(scene.view.pages)


def test_a_character_the_page_cannot_print_is_named_and_the_text_kept(
    scene: LetterScene, episode: EpisodeId
) -> None:
    scene.view.show_letter(episode, "gp_review")
    scene.type_in("discussed", "日本")
    assert scene.view.pages.pages() == 0
    assert "cannot be printed" in words(scene.view.pages)
    assert scene.view.form.typed() == {"discussed": "日本"}
    assert not scene.view.foot.issue.isEnabled()


def test_words_stay_with_their_patient_and_kind(
    scene: LetterScene, episode: EpisodeId, practice: Practice
) -> None:
    other = practice.refer("A", surname="Ash")
    scene.view.show_letter(episode, "gp_review")
    scene.type_in("discussed", "About Okafor")
    scene.view.show_letter(other, "gp_review")
    assert scene.view.form.typed() == {}
    assert "ASH, Ngozi (Ms)" in words(scene.view.banner)
    assert scene.view.has_unsaved()
    scene.view.show_letter(episode, "gp_step_change")
    assert scene.view.form.typed() == {}
    scene.view.show_letter(episode, "gp_review")
    assert scene.view.form.typed() == {"discussed": "About Okafor"}


def test_another_kind_is_chosen_on_the_page(scene: LetterScene, episode: EpisodeId) -> None:
    scene.view.show_letter(episode, "gp_review")
    before = set(scene.view.form.parts)
    scene.view.form.kind.set_value("gp_step_change")
    scene.view.form.kind.activated.emit(scene.view.form.kind.currentIndex())
    assert set(scene.view.form.parts) != before
    assert scene.view.foot.issue.isEnabled()


def test_a_change_in_the_record_draws_the_page_again_and_keeps_the_words(
    scene: LetterScene, episode: EpisodeId, practice: Practice
) -> None:
    scene.view.show_letter(episode, "gp_review")
    scene.type_in("discussed", "Half a letter")
    first = scene.view._prepared  # noqa: SLF001 - the page the user looks at
    practice.happen("A", episode, practice.today)
    scene.view.go_stale()
    second = scene.view._prepared  # noqa: SLF001 - the same
    assert first is not None
    assert second is not None
    assert first.sha256 != second.sha256
    assert scene.view.form.typed() == {"discussed": "Half a letter"}


def test_a_page_that_is_no_longer_the_record_is_not_issued(
    scene: LetterScene, episode: EpisodeId, practice: Practice
) -> None:
    scene.view.show_letter(episode, "gp_review")
    practice.happen("A", episode, practice.today)  # behind the page's back
    scene.view.foot.issue.click()
    assert scene.issued == []
    assert "The record changed since you looked" in scene.view.foot.message.text()
    scene.view.foot.issue.click()
    assert scene.issued


def test_letters_issued_before_are_read_only(scene: LetterScene, episode: EpisodeId) -> None:
    scene.view.show_letter(episode, "gp_review")
    scene.view.foot.issue.click()
    letter = scene.issued[-1]
    assert not scene.view.panel.before.isVisible(), "the one just issued is not one before it"
    scene.view.show_letter(episode, "gp_review")
    assert scene.view.form.isVisible()
    assert scene.view.panel.before.isVisible()
    view = next(b for b in scene.view.findChildren(QPushButton) if b.objectName() == f"letter_view_{letter}")
    view.click()
    assert not scene.view.form.isVisible()
    assert not scene.view.panel.before.isVisible()
    assert scene.view.pages.pages() >= 1
    assert not scene.view.foot.issue.isVisible()


def test_a_reader_may_look_and_not_issue(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, episode: EpisodeId
) -> None:
    scene = LetterScene(qtbot, practice, prompts, LOGIN_OF[Role.READER])
    scene.view.show_letter(episode, "gp_review")
    assert not scene.view.foot.issue.isVisible()
    assert "Your role may not issue letters." in words(scene.view.foot)


def test_the_page_is_zoomed_by_buttons_and_fits_the_width_again(
    scene: LetterScene, episode: EpisodeId
) -> None:
    scene.view.show_letter(episode, "gp_review")
    fitted = scene.view.pages.zoom
    scene.view.pages.zoom_in.click()
    assert scene.view.pages.zoom > fitted
    scene.view.pages.zoom_out.click()
    scene.view.pages.zoom_out.click()
    assert scene.view.pages.zoom < fitted
    scene.view.pages.fit.click()
    assert scene.view.pages.zoom == fitted


def test_everything_has_a_name_and_tab_comes_round(scene: LetterScene, episode: EpisodeId) -> None:
    scene.view.show_letter(episode, "gp_review")
    assert nameless(scene.view) == []
    give_keyboard(scene.qtbot, scene.view.form.kind)
    assert len(tab_walk(scene.window)) > 8
