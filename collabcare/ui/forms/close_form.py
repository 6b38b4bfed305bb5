"""Ending an episode of care: what happened, on which day, and what that ending asks to be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.domain.another_person import begins_at
from collabcare.domain.closing_parts import GpTold, SafetyReviewed
from collabcare.domain.closing_unheard import owes_safety_and_gp, unsaid
from collabcare.domain.closure import Ending
from collabcare.domain.deaths import WHO_TOLD, ending_with_death, why_not_end_with_death
from collabcare.domain.display import fmt_date
from collabcare.domain.ending_words import ENDING_WORDS
from collabcare.domain.episode import SOUGHT
from collabcare.domain.gate_today import open_review
from collabcare.domain.ids import LetterId
from collabcare.domain.letters import SUMMARY, letters_of
from collabcare.domain.relapse_prevention import missing_from_plan
from collabcare.domain.typed_dates import Direction
from collabcare.domain.typed_text import says_something
from collabcare.domain.unmissed import missed_once
from collabcare.services.episodes import CloseEpisode
from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.forms.death_form import TOLD_BY_CUE, confirm_of
from collabcare.ui.forms.entry_form import PatientForm, fit, needed_day, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.forms.looked_at import CONCLUDED_CUE, LookedAtEdit
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.acting import Acting
    from collabcare.queries.patient_page import PatientPage


class CloseForm(PatientForm):
    """Edits a :class:`CloseEpisode` for any ending but not being reached."""

    KIND = "close"
    TITLE = "End care"
    SAVE = "End care"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.ending = ChoiceGrid(
            "What happened",
            [Option(each, words.title, words.means) for each, words in ENDING_WORDS.items()],
            columns=2,
        )
        self.means = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.unsaid = PlainLabel("", TextRole.STRONG, wrap=True)
        self.closed_on = DateEdit("Last day of care", page.today, DateNeeds(direction=Direction.PAST))
        self.closed_on.set_value(page.today)
        self._ask_death(page.today)
        self.onward = LineEdit("Where to")
        self.safety_on = DateEdit("Safety reviewed on", page.today, DateNeeds(direction=Direction.PAST))
        self.looked = LookedAtEdit("Looked at", page.facts)
        self.concluded = NoteEdit("What was concluded about safety", placeholder=CONCLUDED_CUE, lines=2)
        self.gp_on = DateEdit("GP told on", page.today, DateNeeds(direction=Direction.PAST))
        self.gp_letter = ComboBox("Letter to the GP")
        self.note = NoteEdit("Note", placeholder="What the next person should know", lines=2)
        self.why_no_plan = NoteEdit("Why there is no complete staying-well plan", lines=2)
        self._named(
            ending=self.ending,
            closed_on=self.closed_on,
            died_on=self.died_on,
            told_by=self.told_by,
            onward=self.onward,
            safety_on=self.safety_on,
            looked=self.looked,
            concluded=self.concluded,
            gp_on=self.gp_on,
            gp_letter=self.gp_letter,
            note=self.note,
            why_no_plan=self.why_no_plan,
        )
        self._lay_out()
        self.ending.chosen.connect(self._say)
        self._offer_letters()
        self._say(self.ending.value())
        self.start()

    def first(self) -> QWidget:
        return self.ending

    def written(self) -> tuple[object, ...]:
        texts = (self.closed_on, self.onward, self.safety_on, self.gp_on, self.died_on, self.told_by)
        notes = (self.note, self.why_no_plan, self.concluded)
        chosen = self.ending.value(), self.gp_letter.value(), self.looked.values()
        return *chosen, *(each.toPlainText() for each in notes), *(each.text() for each in texts)

    def command(self) -> CloseEpisode:
        ending = self.ending.value()
        if not isinstance(ending, Ending):
            refuse_at(self.ending, "Choose what happened.")
        _refuse_unfinished(self, ending)
        words = ENDING_WORDS[ending]
        if words.onward and ending is not Ending.MOVED_AWAY and not self.onward.text().strip():
            refuse_at(self.onward, f"{words.onward}: write it, so that nobody is left without.")
        if not self._why.isHidden() and not self.why_no_plan.text().strip():
            refuse_at(self.why_no_plan, "Make the staying-well plan first, or say why there is none.")
        died_on = self._death_day() if ending is Ending.DIED else None
        return CloseEpisode(
            episode_id=self.page.facts.episode_id,
            ending=ending,
            closed_on=_last_day(self, died_on),
            note=self.note.text(),
            why_no_plan="" if self._why.isHidden() else self.why_no_plan.text(),
            onward_to=self.onward.text() if words.onward else "",
            safety=self._safety() if self._owed(ending) else None,
            gp=self._gp() if self._owed(ending) else None,
            died_on=died_on,
            told_by=self.told_by.text() if died_on is not None else "",
            seen=self.page.facts.version,
        )

    def doubt(self) -> str:
        died_on = self.died_on.value()
        if self.ending.value() is not Ending.DIED or self._death.isHidden() or died_on is None:
            return ""
        return confirm_of(self.page, died_on, self.told_by.text())

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        self._offer_letters()

    def _death_day(self) -> date:
        """Return the day of death: the one recorded already, or the one typed with who told us."""
        if (recorded := self.page.facts.patient.died_on) is not None:
            return recorded
        died_on = needed_day(self.died_on)
        if not says_something(self.told_by.text()):
            refuse_at(self.told_by, WHO_TOLD)
        return died_on

    def _owed(self, ending: Ending) -> bool:
        """Return whether this ending asks when safety was talked about and how the GP was told."""
        owes = owes_safety_and_gp(self.page.facts, ending, today=self.page.today)
        return ENDING_WORDS[ending].declined or owes

    def _safety(self) -> SafetyReviewed | None:
        fit(self.safety_on)
        day = self.safety_on.value()
        if day is None:
            return None
        if not self.looked.values():
            refuse_at(self.looked, "Tick what was looked at.")
        if not self.concluded.text().strip():
            refuse_at(self.concluded, "Write what was concluded, in your own words.")
        return SafetyReviewed(on=day, looked_at=self.looked.chosen(), concluded=self.concluded.text())

    def _gp(self) -> GpTold | None:
        fit(self.gp_on)
        day, letter = self.gp_on.value(), self.gp_letter.value()
        return GpTold(on=day, letter_id=LetterId(letter)) if day and isinstance(letter, int) else None

    def _offer_letters(self) -> None:
        letters = [
            Option(letter.id, f"{letter.title}, {fmt_date(letter.issued_on)}")
            for letter in reversed(letters_of(self.page.facts, (SUMMARY,)))
        ]
        chosen = self.gp_letter.value()
        self.gp_letter.set_options((Option(None, "Choose the discharge summary that was issued"), *letters))
        self.gp_letter.set_value(chosen)

    def _say(self, ending: object) -> None:
        """Show what the chosen ending asks for, and nothing else."""
        words = ENDING_WORDS[ending] if isinstance(ending, Ending) else None
        self.means.setText(words.means if words else "")
        lacking = _unsaid(self, ending) if isinstance(ending, Ending) else ""
        self.unsaid.setText(lacking)
        self.unsaid.setVisible(bool(lacking))
        self._where.setVisible(bool(words and words.onward))
        self.onward.setPlaceholderText(words.onward if words else "")
        reviewed = open_review(self.page.facts) is not None
        owed = isinstance(ending, Ending) and self._owed(ending)
        self._declined.setVisible(owed and not reviewed)
        unplanned = missing_from_plan(self.page.facts.relapse_plan)
        died = ending is Ending.DIED
        self._why.setVisible(bool(words and unplanned and not died))
        self._death.setVisible(died and self.page.facts.patient.died_on is None)
        self._day.setVisible(not died)
        self.follows.setVisible(died and not lacking)
        self._say_death()

    def _say_death(self) -> None:
        """Say what ending care with a death does, before it is saved."""
        patient = self.page.facts.patient
        died_on = patient.died_on or self.died_on.value()
        told = patient.death_told_by or self.told_by.text().strip()
        self.follows.setText(ending_with_death(self.page.facts, died_on, told))

    def _ask_death(self, today: date) -> None:
        """Make what a death asks for; its day is not filled in, since it is seldom today."""
        self.died_on = DateEdit("Died on", today, DateNeeds(direction=Direction.PAST))
        self.told_by = LineEdit("Who told us")
        self.told_by.setPlaceholderText(TOLD_BY_CUE)
        self.follows = PlainLabel("", TextRole.STRONG, wrap=True)
        self.died_on.value_changed.connect(self._say_death)
        self.told_by.textChanged.connect(self._say_death)
        if self.page.facts.patient.died_on is not None:
            self.ending.set_value(Ending.DIED)

    def _lay_out(self) -> None:
        self._where = Field("Where to", self.onward)
        self._why = Field("Why there is no complete staying-&well plan", self.why_no_plan)
        declined = Lines(label_width=140)
        declined.line("&Safety reviewed", self.safety_on)
        declined.line("Looked &at", self.looked)
        declined.line("&Concluded", self.concluded)
        declined.line("GP &told on", self.gp_on)
        declined.line("&Letter to the GP", self.gp_letter)
        self._declined = QWidget()
        self._declined.setLayout(declined)
        death, day, note = (Lines(label_width=140) for _each in range(3))
        death.line("D&ied on", self.died_on)
        death.line("&Who told us", self.told_by)
        day.line("Last &day of care", self.closed_on)
        note.line("&Note", self.note)
        self._death, self._day = QWidget(), QWidget()
        self._death.setLayout(death)
        self._day.setLayout(day)
        for part in (
            self.ending,
            self.means,
            self.unsaid,
            self._where,
            self._declined,
            self._death,
            self._day,
        ):
            self.body.addWidget(part)
        self.body.addLayout(note)
        self.body.addWidget(self.follows)
        self.body.addWidget(self._why)


def _refuse_unfinished(form: CloseForm, ending: Ending) -> None:
    """Refuse what no reason and no review could mend, before anything else is asked for."""
    facts, lacking = form.page.facts, _unsaid(form, ending)
    if ending is Ending.DIED and lacking:
        refuse_at(form.ending, lacking)
    if facts.open_ladder is not None and ending is not Ending.DIED:
        refuse_at(form.ending, lacking or SOUGHT)


def _unsaid(form: CloseForm, ending: Ending) -> str:
    """Return what has to be on record, or who is to act, before this ending."""
    facts, today = form.page.facts, form.page.today
    if ending is Ending.DIED:
        return why_not_end_with_death(facts, form.acting.user_id, now=begins_at(today, None))
    return unsaid(facts, ending, today=today) or missed_once(facts, ending)


def _last_day(form: CloseForm, died_on: date | None) -> date:
    """Return the last day of care: with a death its day, if they had been referred by then."""
    if died_on is None:
        return needed_day(form.closed_on)
    return max(died_on, form.page.facts.referral_received_on)
