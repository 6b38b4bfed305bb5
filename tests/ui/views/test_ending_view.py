"""Ending care: the review before closing for not attending, handovers, a death, and the other endings."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from collabcare.domain.closure import Ending
from collabcare.domain.codes import ClosureReason
from collabcare.domain.ending_words import ENDING_WORDS
from collabcare.domain.episode import Phase
from collabcare.domain.plan_facts import ProposalKind
from collabcare.services.closing_reviews import OpenClosingReview, open_closing_review
from collabcare.services.letters import IssueLetter, issue_letter
from collabcare.services.proposals import Propose, propose
from collabcare.store.engine import WRITE
from collabcare.store.models import Site
from collabcare.ui.forms.close_form import CloseForm
from collabcare.ui.forms.close_unreached_form import CloseUnreachedForm
from collabcare.ui.forms.death_form import DeathForm
from collabcare.ui.forms.gate_forms import (
    CommunicatedForm,
    DiscussedForm,
    GpToldForm,
    OptInSentForm,
    SafetyReviewedForm,
    WayBackForm,
)
from collabcare.ui.forms.handover_forms import AnswerForm, ProposeForm
from collabcare.ui.forms.take_back_form import TakeBackForm
from collabcare.ui.tasks import Tasks
from collabcare.ui.views.ending_view import EndingView
from collabcare.ui.widgets.buttons import Button
from tests.builders import day
from tests.services.ending_acts import close, ending
from tests.services.searching import READY, attempt, discuss, review_of, searched
from tests.ui.accessibility import nameless
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import press, under_hands, write
from tests.ui.scripted_prompts import ScriptedPrompts
from tests.ui.views.patient_scene import words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.domain.ids import EpisodeId
    from collabcare.ui.forms.entry_form import PatientForm
    from tests.record_fixtures import Practice

FormT = TypeVar("FormT", bound="PatientForm")


class Scene:
    """One patient's Ending page under the hands of one user."""

    def __init__(self, qtbot: QtBot, practice: Practice, episode: EpisodeId, login: str = "jo") -> None:
        self.practice, self.episode = practice, episode
        self.prompts = ScriptedPrompts()
        desk = practice.desk(login)
        self.tasks = Tasks(self.prompts, InlineExecutor())
        self.tasks.use(desk.reading)
        self.view = EndingView(desk, self.tasks, self.prompts)
        self.window = under_hands(qtbot, self.view)
        self.window.resize(1366, 768)
        self.view.show_episode(episode)

    def press(self, name: str) -> None:
        """Press the button of this object name that is in view."""
        (button,) = [each for each in self.view.findChildren(Button, name) if each.isVisible()]
        button.setFocus()
        press(Qt.Key.Key_Space)

    def form(self, kind: type[FormT]) -> FormT:
        """Return the form in view."""
        form = self.view.forms.form()
        assert isinstance(form, kind), form
        return form

    def save(self) -> None:
        """Save the form in view by its key."""
        press(Qt.Key.Key_Return, ctrl=True)

    def says(self) -> str:
        """Return everything the page says."""
        return words(self.view)


def fill_the_parts(scene: Scene) -> None:
    """Record every part of the review by keyboard, but the signature."""
    scene.press("gate_act_G2")
    scene.form(CommunicatedForm)
    write("1")
    scene.form(CommunicatedForm).evidence.setFocus()
    write("Large-print letter and a text")
    scene.save()
    scene.press("gate_act_G3")
    scene.form(SafetyReviewedForm)
    press(Qt.Key.Key_Space)
    scene.form(SafetyReviewedForm).concluded.setFocus()
    write("Nothing new; the sister will ring")
    scene.save()
    scene.press("gate_act_G5")
    scene.form(GpToldForm)
    scene.save()
    scene.press("gate_act_G6")
    scene.form(OptInSentForm)
    scene.save()
    scene.press("gate_act_G7")
    scene.form(DiscussedForm)
    scene.save()
    assert "signed off by another person: not met yet. Ask a supervisor" in scene.view.message.text()
    scene.press("gate_act_G8")
    scene.form(WayBackForm)
    write("Ring us, no referral needed")
    scene.save()


def test_the_only_way_from_missed_to_ended_is_the_whole_review_signed_by_another(
    qtbot: QtBot, practice: Practice
) -> None:
    episode = searched(practice)
    practice.on(READY)
    discuss(practice, episode)
    issue_letter(IssueLetter(episode_id=episode, kind="gp_not_attending"), practice.desk())
    before = Scene(qtbot, practice, episode)
    with qtbot.waitSignal(before.view.letter_requested) as asked:
        before.press("gate_act_G5")
    assert asked.args == [episode, "gp_closing_unreached"], "word that we are trying is not the letter"
    issue_letter(IssueLetter(episode_id=episode, kind="gp_closing_unreached"), practice.desk())
    mine = Scene(qtbot, practice, episode)
    assert "Not attending is no reason to end care" in mine.says()
    assert not mine.view.findChildren(Button, "gate_close")
    assert "2 of 8 parts met" in mine.says()
    fill_the_parts(mine)
    assert "7 of 8 parts met" in mine.says(), mine.says()
    assert not mine.view.findChildren(Button, "gate_sign"), "it is not offered to whoever may not sign"
    assert "The practitioner cannot sign it off, nor whoever held the case since the miss" in mine.says()
    assert not mine.view.findChildren(Button, "gate_close")
    other = Scene(qtbot, practice, episode, "amina")
    other.prompts.answers = [True]
    other.press("gate_sign")
    assert "8 of 8 parts met" in other.says()
    other.press("gate_close")
    form = other.form(CloseUnreachedForm)
    other.save()
    assert "staying-well plan" in form.message.text()
    form.why_no_plan.setFocus()
    write("Never reached")
    other.save()
    facts = practice.facts(episode)
    assert (facts.phase, facts.ending and facts.ending.reason) == (Phase.CLOSED, ClosureReason.DID_NOT_ATTEND)
    assert "Care has ended" in other.says()


def test_the_close_form_offers_no_ending_for_not_coming() -> None:
    assert set(ENDING_WORDS) == set(Ending) - {Ending.NOT_ENGAGING}


def test_somebody_seen_has_nothing_to_be_closed_for(qtbot: QtBot, practice: Practice) -> None:
    scene = Scene(qtbot, practice, practice.refer("AA"))
    assert "nothing to close for" in scene.says()
    assert not scene.view.findChildren(Button, "gate_begin")
    assert nameless(scene.view) == []


@pytest.mark.parametrize("issued", [False, True])
def test_care_completed_ends_with_a_reason_for_no_plan(
    qtbot: QtBot, practice: Practice, *, issued: bool
) -> None:
    episode = practice.refer("AAAA")
    if issued:
        issue_letter(IssueLetter(episode_id=episode, kind="gp_discharge"), practice.desk())
    scene = Scene(qtbot, practice, episode)
    open_now = "Measure due: No score yet."
    assert scene.says().index("Still open when care ends") < scene.says().index(open_now)
    scene.press("ending_close")
    form = scene.form(CloseForm)
    write("1")
    assert form.means.whole_text().startswith("Care came to the end")
    scene.save()
    assert "staying-well plan" in form.message.text()
    form.why_no_plan.setFocus()
    write("Did not want one")
    scene.save()
    facts = practice.facts(episode)
    assert facts.ending is not None
    assert facts.ending.reason is ClosureReason.TREATMENT_COMPLETED
    assert "staying-well plan" in scene.view.message.text()
    assert ("gets a discharge summary" in scene.view.message.text()) is not issued, "it is not owed twice"
    assert scene.says().index("Still open when care ended:") < scene.says().index(open_now)


@pytest.mark.parametrize(
    ("key", "refusal"), [("3", "What was suggested instead"), ("6", "accepted"), ("5", "safety")]
)
def test_an_ending_says_what_it_lacks_and_nothing_typed_is_lost(
    qtbot: QtBot, practice: Practice, key: str, refusal: str
) -> None:
    episode = practice.refer("AA")
    scene = Scene(qtbot, practice, episode)
    scene.press("ending_close")
    form = scene.form(CloseForm)
    write(key)
    form.why_no_plan.setPlainText("None")
    scene.save()
    assert refusal.lower() in form.message.text().lower()
    assert form.why_no_plan.text() == "None"
    assert practice.facts(episode).phase is not Phase.CLOSED


def test_who_missed_and_said_nothing_is_not_closed_as_declined(qtbot: QtBot, practice: Practice) -> None:
    episode = practice.refer("AD")
    issue_letter(IssueLetter(episode_id=episode, kind="gp_discharge"), practice.desk())
    scene = Scene(qtbot, practice, episode)
    scene.press("ending_close")
    form = scene.form(CloseForm)
    write("5")
    form.safety_on.set_value(practice.today)
    form.looked.set_values(["answers"])
    form.concluded.setPlainText("Has the numbers to ring")
    form.gp_on.set_value(practice.today)
    form.gp_letter.setCurrentIndex(1)
    form.why_no_plan.setPlainText("None")
    scene.save()
    assert "Log what they said first" in form.message.text()
    assert practice.facts(episode).open_ladder is not None


def test_only_the_discharge_summary_is_offered_as_such(qtbot: QtBot, practice: Practice) -> None:
    episode = practice.refer("AD")
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        session.query(Site).one().telephone = "0113 496 0123"
        session.commit()
    for kind in ("patient_missed", "gp_not_attending", "gp_discharge"):
        issue_letter(IssueLetter(episode_id=episode, kind=kind), practice.desk())
    scene = Scene(qtbot, practice, episode)
    scene.press("ending_close")
    letters = scene.form(CloseForm).gp_letter
    assert [letters.itemText(line).split(",")[0] for line in range(letters.count())] == [
        "Choose the discharge summary that was issued",
        "Discharge summary to the GP",
    ]


def test_a_handover_stays_ours_until_they_accept(qtbot: QtBot, practice: Practice) -> None:
    episode = practice.refer("AA")
    scene = Scene(qtbot, practice, episode)
    scene.press("ending_propose")
    form = scene.form(ProposeForm)
    write("1")
    write("Community team")
    form.reason.setFocus()
    write("Needs more than we give")
    scene.save()
    (proposal,) = practice.facts(episode).proposals
    assert (proposal.kind, proposal.to_service) == (ProposalKind.STEP_UP, "Community team")
    assert not scene.view.findChildren(Button, f"proposal_agree_{proposal.id}"), "it is their own"
    assert "waits for another person to sign it off" in scene.says()
    practice.on(day(20))
    scene.view.go_stale()
    scene.press(f"proposal_accepted_{proposal.id}")
    scene.form(AnswerForm)
    scene.save()
    assert practice.facts(episode).proposals[0].accepted_on == day(20)
    assert practice.facts(episode).phase is not Phase.CLOSED
    assert "they accepted" in scene.view.message.text()


def test_another_person_signs_a_proposal_off(qtbot: QtBot, practice: Practice) -> None:
    episode = practice.refer("AA")
    propose(Propose(episode_id=episode, kind=ProposalKind.DISCHARGE, reason="Well again"), practice.uow())
    scene = Scene(qtbot, practice, episode, "amina")
    (proposal,) = practice.facts(episode).proposals
    scene.press(f"proposal_agree_{proposal.id}")
    assert practice.facts(episode).proposals[0].agreed is True


def test_a_death_is_recorded_and_taken_back(qtbot: QtBot, practice: Practice) -> None:
    episode = practice.refer("AD")
    scene = Scene(qtbot, practice, episode)
    scene.press("ending_death")
    scene.form(DeathForm)
    write("t")
    scene.form(DeathForm).told_by.setFocus()
    write("tx")
    scene.save()
    assert "Say who told us" in scene.says()
    scene.form(DeathForm).told_by.setText("Her sister")
    scene.save()
    named = "You are about to record that OKAFOR, Ngozi (Ms) died on Mon 12-Jan-2026, told by Her sister."
    assert named in scene.says()
    assert practice.facts(episode).patient.died_on is None
    scene.save()
    assert practice.facts(episode).patient.died_on == practice.today
    assert practice.facts(episode).open_ladder is None
    scene.press("ending_close")
    form = scene.form(CloseForm)
    assert "somebody other than whoever recorded the death" in scene.says(), "said before anything is typed"
    scene.save()
    assert "somebody other than whoever recorded the death" in form.message.text()
    assert practice.facts(episode).phase is not Phase.CLOSED
    again = Scene(qtbot, practice, episode)
    again.prompts.answers = [True]
    again.press("ending_take_back")
    assert practice.facts(episode).patient.died_on is None


def test_died_asks_when_and_who_said_so_and_another_supervisor_takes_it_back(
    qtbot: QtBot, practice: Practice
) -> None:
    episode = practice.refer("ADA")
    practice.on(day(15))
    scene = Scene(qtbot, practice, episode)
    scene.press("ending_close")
    form = scene.form(CloseForm)
    form.ending.choose(Ending.DIED)
    assert form.died_on.text() == ""
    assert not form.closed_on.isVisible()
    scene.save()
    assert practice.facts(episode).phase is not Phase.CLOSED
    form.died_on.setFocus()
    write("-1d")
    scene.save()
    assert "Say who told us" in scene.says()
    form.told_by.setFocus()
    write("Her sister")
    assert "You are about to record that they died on Mon 19-Jan-2026, as Her sister told us." in scene.says()
    scene.save()
    assert (
        "about to record that OKAFOR, Ngozi (Ms) died on Mon 19-Jan-2026, told by Her sister" in scene.says()
    )
    assert practice.facts(episode).phase is not Phase.CLOSED
    scene.save()
    facts = practice.facts(episode)
    assert (facts.patient.died_on, facts.closed_on) == (day(14), day(14))
    said = scene.says()
    assert "Care has ended with their death" in said
    assert "Died 19-Jan-2026, told by Her sister." in said
    assert "way back" not in said
    assert "come back at any time" not in said
    assert not scene.view.findChildren(Button, "ending_take_back_ending")
    other = Scene(qtbot, practice, episode, "amina")
    other.press("ending_take_back_ending")
    other.form(TakeBackForm)
    write("Another patient of that name")
    other.save()
    assert practice.facts(episode).patient.died_on is None


def test_a_reader_is_offered_nothing(qtbot: QtBot, practice: Practice) -> None:
    scene = Scene(qtbot, practice, searched(practice), "rita")
    shown = [each.objectName() for each in scene.view.findChildren(QWidget) if each.isVisible()]
    assert not {"ending_close", "gate_sign", "gate_act_G2", "ending_death", "ending_propose"} & set(shown)


def test_once_care_has_ended_the_summary_is_one_button_away(qtbot: QtBot, practice: Practice) -> None:
    episode = practice.refer("A")
    close(practice, ending(practice, episode))
    scene = Scene(qtbot, practice, episode)
    with qtbot.waitSignal(scene.view.letter_requested) as asked:
        scene.press("ending_summary")
    assert asked.args == [episode, "gp_discharge"]
    issue_letter(IssueLetter(episode_id=episode, kind="gp_discharge"), practice.desk())
    assert "discharge summary" not in Scene(qtbot, practice, episode).says()


def test_what_the_record_holds_since_the_miss_is_filled_in_and_nothing_from_before_is_offered(
    qtbot: QtBot, practice: Practice
) -> None:
    episode = practice.refer("A")
    practice.on(day(2))
    discuss(practice, episode)
    practice.happen("D", episode, day(7))
    practice.on(day(8))
    open_closing_review(OpenClosingReview(episode_id=episode), practice.uow(), practice.rulebook)
    scene = Scene(qtbot, practice, episode)
    scene.press("gate_act_G7")
    scene.save()
    assert "None is recorded since the last missed appointment" in scene.says()
    press(Qt.Key.Key_Escape)
    discuss(practice, episode)
    attempt(practice, episode)
    issue_letter(IssueLetter(episode_id=episode, kind="gp_closing_unreached"), practice.desk())
    practice.on(day(9))
    again = Scene(qtbot, practice, episode)
    again.press("gate_act_G5")
    again.save()
    again.press("gate_act_G7")
    again.save()
    review = review_of(practice, episode)
    assert (review.gp_informed_on, review.discussed_on) == (day(8), day(8))
