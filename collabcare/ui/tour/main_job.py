"""The tour's second part: the main job, from who needs me today to the letter in the GP's hand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from collabcare.domain.caseload_filters import CaseloadFilter
from collabcare.domain.codes import AttendanceStatus, ConsultationMechanism
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.episode import Phase
from collabcare.domain.errors import EnvironmentProblem
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.safety import SafetyOutcome
from collabcare.ui.forms.attempt_form import AttemptForm
from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.forms.entry_form import PatientForm
from collabcare.ui.forms.measure_form import MeasureForm
from collabcare.ui.forms.safety_form import SafetyForm
from collabcare.ui.forms.step_form import StepForm
from collabcare.ui.forms.supervision_form import SupervisionForm
from collabcare.ui.pages import PageName
from collabcare.ui.views.caseload_acts import Act

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.ids import EpisodeId
    from collabcare.ui.main_window import MainWindow
    from collabcare.ui.tasks import Tasks
    from collabcare.ui.tour.album import Album, TourPrompts

F = TypeVar("F", bound=PatientForm)

_PHQ9 = "221211101"
_GAD7 = "1121010"
_ENOUGH_SCORES = 3
_NOTE = "Went through the week. Walked to the market twice and slept better. Wants to try the choir again."


class MainJob:
    """Does the work of a morning in the real main window."""

    def __init__(self, window: MainWindow, tasks: Tasks, album: Album, prompts: TourPrompts) -> None:
        self._window, self._tasks, self._album, self._prompts = window, tasks, album, prompts
        self._work = window.work
        self._today = window.desk.today

    def run(self) -> None:
        """Go through the whole main job."""
        self._lists()
        self._missed_contact()
        patient = self._choose(_is_well_under_way)
        self._contact(patient)
        self._measures()
        self._step(patient)
        self._supervision(patient)
        self._letter()
        self._rest()

    def _lists(self) -> None:
        self._work.show_today()
        self._album.wait(lambda: self._work.open_caseload.known and self._tasks.settled, "the caseload")
        self._album.take(self._window, "today")
        self._work.show_caseload()
        self._album.take(self._window, "caseload")
        self._work.show_caseload(CaseloadFilter.OVERDUE)
        self._album.take(self._window, "caseload-overdue")
        self._work.caseload.bulk.choose_columns()
        self._album.take(self._window, "caseload-columns")
        self._work.caseload.side.fold()
        self._work.caseload.table.selectAll()
        self._work.caseload.bulk.do(Act.REASSIGN)
        self._album.wait(lambda: self._tasks.settled, "the colleagues")
        self._album.take(self._window, "caseload-reassign")
        self._work.caseload.side.fold()
        self._work.caseload.asking.clear()

    def _missed_contact(self) -> None:
        """Record that somebody did not come, and the first try to reach them."""
        missed = self._choose(_waits_for_outcome)
        self._find(missed)
        form = self._form("contact", ContactForm)
        form.outcome.setFocus()
        self._album.type(AttendanceStatus.DID_NOT_ATTEND)
        while (asked := form.missed.first()) is not None:
            asked.setFocus()
            self._album.type("1")
        form.note.setPlainText("Rang at the time agreed. No answer, no message left, as they asked.")
        self._album.take(self._window, "did-not-attend")
        self._save(form)
        self._album.take(self._window, "did-not-attend-saved")
        attempt = self._form("attempt", AttemptForm)
        attempt.channel.set_value(Channel.TEXT)
        attempt.outcome.set_value(AttemptOutcome.SENT)
        attempt.note.setPlainText("Sent the text we agreed for this: please ring when it suits.")
        self._album.take(self._window, "attempt")
        self._save(attempt)

    def _contact(self, patient: CaseloadRow) -> None:
        self._open(patient.facts.episode_id)
        self._album.take(self._window, "patient")
        form = self._form("contact", ContactForm)
        form.outcome.setFocus()
        self._album.type(AttendanceStatus.ATTENDED_ON_TIME)
        form.mechanism.set_value(ConsultationMechanism.TELEPHONE)
        form.on.set_value(self._today)
        form.minutes.set_value(25)
        form.note.setPlainText(_NOTE)
        if not any(contact.status is None for contact in patient.facts.contacts):
            form.next_on.set_value(self._today + timedelta(weeks=2))
        self._album.take(self._window, "contact")
        self._save(form)

    def _measures(self) -> None:
        """Enter both questionnaires; item 9 leads to the safety conversation in place."""
        form = self._form("measure", MeasureForm)
        form.choose_instrument("phq9")
        form.answers.setFocus()
        self._album.type(_PHQ9)
        self._album.take(self._window, "measure-phq9")
        self._save(form)
        talk = self._shown(SafetyForm)
        talk.outcome.set_value(SafetyOutcome.TALKED_TODAY)
        talk.note.setPlainText(
            "Talked it through today: a passing thought last week, no plan. Agreed whom to ring and when."
        )
        self._album.take(self._window, "safety-conversation")
        self._save(talk)
        form = self._form("measure:gad7", MeasureForm)
        form.answers.setFocus()
        self._album.type(_GAD7)
        self._album.take(self._window, "measure-gad7")
        self._save(form)
        self._album.take(self._window, "patient-scores")

    def _step(self, patient: CaseloadRow) -> None:
        form = self._form("step", StepForm)
        form.to_step.set_value(patient.facts.step - 1 if patient.facts.step > 1 else patient.facts.step + 1)
        form.reason.setPlainText("Doing well with the plan and wants to carry on with shorter check-ins.")
        form.agreed.set_value(True)
        self._album.take(self._window, "step")
        self._save(form)

    def _supervision(self, patient: CaseloadRow) -> None:
        form = self._form("supervision", SupervisionForm)
        form.choose_mode("review")
        form.question.setPlainText("Is this the right time to step down?")
        if form.supervisor.value() is None:
            form.supervisor.setCurrentIndex(1)
        form.decision.setPlainText("Yes. Two shorter contacts first, then look again together.")
        action = form.agreed.rows[0]
        action.text.setText(f"Tell {patient.facts.patient.gp_practice_name} about the move")
        action.due_on.set_value(self._today + timedelta(weeks=1))
        self._album.take(self._window, "supervision")
        self._save(form)
        self._album.take(self._window, "patient-story")

    def _letter(self) -> None:
        """Write the letter about the step beside its real page, issue it and save the page."""
        view = self._work.letter
        episode_id = self._work.place.episode_id
        if episode_id is None:
            raise EnvironmentProblem("The tour lost its patient and stopped.")
        self._work.show_letter(episode_id, "gp_step_change")
        self._album.wait(lambda: self._tasks.settled and bool(view.form.parts), "the letter")
        for box in list(view.form.parts.values())[:1]:
            box.setPlainText("Sleep and energy are better. Walks most days and is going back to the choir.")
        self._album.wait(view.foot.issue.isEnabled, "the page of the letter")
        self._album.wait(lambda: self._tasks.settled, "the page of the letter")
        self._album.take(self._window, "letter")
        view.foot.issue.click()
        self._album.wait(lambda: view.foot.save.isVisible() and self._tasks.settled, "the letter to issue")
        self._prompts.save_as = self._album.keep("gp-letter.pdf")
        view.foot.save.click()
        self._album.wait(lambda: self._tasks.settled, "the letter to be saved")
        self._album.take(self._window, "letter-issued")

    def _rest(self) -> None:
        """The summary for supervision, the form for a new patient, the keys, and Today once more."""
        self._work.show_caseload()
        self._prompts.save_as = self._album.keep("caseload-summary.pdf")
        self._work.print_summary()
        self._album.wait(lambda: self._tasks.settled, "the caseload summary")
        self._work.new_patient()
        self._album.wait(lambda: self._tasks.settled and self._work.newcomer.form is not None, "the form")
        self._album.take(self._window, "new-patient")
        self._work.open_page(PageName.KEYS)
        self._album.take(self._window, "keys")
        self._work.show_help_page("recording-a-contact")
        self._album.wait(lambda: self._tasks.settled, "the help")
        self._album.take(self._window, "help")
        self._work.show_today()
        self._album.wait(lambda: self._tasks.settled, "Today")
        self._album.take(self._window, "today-afterwards")

    def _choose(self, wanted: Callable[[CaseloadRow], bool]) -> CaseloadRow:
        rows = self._work.open_caseload.rows
        mine = [row for row in rows if row.facts.holder_id == self._window.desk.acting.user_id]
        found = next((row for row in (*mine, *rows) if wanted(row)), None)
        if found is None:
            raise EnvironmentProblem(
                "This demo is too small for the tour. Build it with 20 patients or more."
            )
        return found

    def _find(self, row: CaseloadRow) -> None:
        """Go to a patient by way of the search box: the NHS number or the name, and Enter."""
        search, patient = self._window.top.search, row.facts.patient
        self._window.open_palette()
        self._album.type(patient.nhs_number or patient.surname.lower())
        self._album.wait(lambda: search.results.isVisible() and self._tasks.settled, "the patient to find")
        self._album.take(self._window, "find-patient")
        self._album.enter()
        self._album.wait(lambda: self._tasks.settled, "the patient")

    def _open(self, episode_id: EpisodeId) -> None:
        self._work.show_patient(episode_id)
        self._album.wait(lambda: self._tasks.settled, "the patient")

    def _form(self, kind: str, expected: type[F]) -> F:
        self._work.patient.compose(kind)
        return self._shown(expected)

    def _shown(self, expected: type[F]) -> F:
        form = self._work.patient.composer.form()
        if not isinstance(form, expected):
            raise EnvironmentProblem(f"The tour looked for the {expected.TITLE} form and did not find it.")
        return form

    def _save(self, form: PatientForm) -> None:
        form.save.click()
        if form.message.isVisible() and form is self._work.patient.composer.form():
            self._album.take(self._window, "refused")
            raise EnvironmentProblem(
                f"The {form.TITLE} form refused what the tour typed; see the last picture."
            )
        self._album.wait(lambda: self._tasks.settled, "the record to be written")


def _waits_for_outcome(row: CaseloadRow) -> bool:
    return any(due.kind is DueKind.OUTCOME for due in row.due) and row.facts.open_ladder is None


def _is_well_under_way(row: CaseloadRow) -> bool:
    facts = row.facts
    settled = facts.phase is Phase.ACTIVE and facts.open_ladder is None and not facts.open_safety_prompts
    waiting = any(due.kind is DueKind.OUTCOME for due in row.due)
    return settled and not waiting and facts.step > 1 and len(facts.measures_of("phq9")) >= _ENOUGH_SCORES
