"""One questionnaire as it is typed in: its answers or only its total, and what they amount to so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collabcare.domain.instruments import (
    EntryMode,
    Option,
    score_total,
)
from collabcare.domain.scoring import Method
from collabcare.ui.forms.entry_form import fit, refuse_at
from collabcare.ui.forms.score_words import TEN, ScoreWords, options_of
from collabcare.ui.forms.to_consider import ToConsider
from collabcare.ui.widgets.answers_edit import AnswersEdit
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.number_edit import NumberEdit
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.ratings_edit import RatingsEdit

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts, MeasureFact
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.instruments import Instrument
    from collabcare.services.measures import RecordMeasure
    from collabcare.ui.widgets.answers_edit import Answers


class Questionnaire(QWidget):
    """Answers by digits, or a total; under them the total so far, its band, and the change since the last.

    ``notice`` says what a safety question asks for, and ``amount`` what the answers amount to so far; whoever
    shows the sheet puts them where they are always seen.

    Signals:
        finished: The last answer was given, so that Save may take the keyboard.
        changed: Something was answered.
    """

    finished = Signal()
    changed = Signal()

    def __init__(self, instrument: Instrument, facts: EpisodeFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.instrument = instrument
        self._said = ScoreWords(instrument, facts)
        self._stem = PlainLabel(instrument.stem, TextRole.SECONDARY, wrap=True)
        self.vas = None if instrument.vas_max is None else NumberEdit("Visual scale", 0, instrument.vas_max)
        self.answers = self._new_answers()
        self.function = AnswersEdit(
            "Function",
            (instrument.function_question or "Function",),
            instrument.function_options or options_of(instrument),
            _function_words,
        )
        if instrument.function_question and isinstance(self.answers, AnswersEdit):
            self.function.line_up_with(self.answers)
        self.total = NumberEdit(f"{instrument.name} total", instrument.total_min, instrument.total_max)
        self._total_words = PlainLabel("", TextRole.STRONG, wrap=True)
        self._total = QWidget()
        self._scale, self._scale_words = QWidget(), PlainLabel("", TextRole.STRONG, wrap=True)
        self.consider = ToConsider()
        self.consider.show_these(self._said.suggested())
        self.notice = InlineMessage()
        self.amount = self.answers.put_result_apart()
        self.rights = PlainLabel(instrument.notice, TextRole.SECONDARY, wrap=True)
        self._lay_out()
        by_total = instrument.method is Method.SUM and not instrument.has_text
        self.mode = EntryMode.TOTAL_ONLY if by_total else EntryMode.ITEMS
        self.answers.answers_changed.connect(self._on_changed)
        self.answers.completed.connect(self._on_completed)
        self.function.answers_changed.connect(self.changed)
        self.function.completed.connect(self.finished)
        self.total.value_changed.connect(self._on_changed)
        if self.vas is not None:
            self.vas.value_changed.connect(self._on_changed)

    def given(self) -> Answers:
        """Return the answers as the form has them: its items, then the visual scale if it has one."""
        items = self.answers.answers()
        return items if self.vas is None else (*items, self.vas.value())

    def fill(self, measure: MeasureFact) -> None:
        """Begin with what a form was entered as, to put it right."""
        total_only = measure.entry_mode is EntryMode.TOTAL_ONLY
        if total_only:
            self.total.set_value(None if measure.total is None else int(measure.total))
        elif len(measure.answers) == self.instrument.answer_count:
            self.answers.set_answers(measure.answers[: self.instrument.item_count])
            if self.vas is not None:
                self.vas.set_value(measure.answers[-1])
            self.function.set_answers((measure.function_answer,))
        self.set_mode(EntryMode.TOTAL_ONLY if total_only else EntryMode.ITEMS)

    def set_mode(self, mode: EntryMode) -> None:
        """Take answers, or only a total; what was typed in the other is kept."""
        self.mode = mode
        items = mode is EntryMode.ITEMS
        self.answers.setVisible(items)
        self._stem.setVisible(items and bool(self.instrument.stem))
        self._scale.setVisible(items and self.vas is not None)
        self._total.setVisible(not items)
        self._on_changed()

    def first(self) -> QWidget:
        """Return where typing begins."""
        return self.answers if self.mode is EntryMode.ITEMS else self.total

    def total_words(self) -> str:
        """Return what is said of a typed total."""
        return self._total_words.whole_text()

    def is_blank(self) -> bool:
        """Return whether nothing was typed yet."""
        typed = (*self.given(), *self.function.answers())
        untyped = self.total.value() is None and not self.total.problem()
        return untyped and all(answer is None for answer in typed)

    def written(self) -> tuple[object, ...]:
        """Return what was answered."""
        return self.mode, self.given(), self.function.answers(), self.total.value()

    def doubt(self) -> str:
        """Return what to say before so many blanks are saved that there is no total, or nothing."""
        return "" if self.mode is EntryMode.TOTAL_ONLY else self._said.doubt(self.given())

    def command(self, episode_id: EpisodeId, taken_on: date, make: type[RecordMeasure]) -> RecordMeasure:
        """Return the measure to record.

        Raises:
            RuleViolation: When nothing was answered or the total cannot be.
        """
        if self.mode is EntryMode.TOTAL_ONLY:
            fit(self.total)
            if self.total.value() is None:
                low, high = self.instrument.total_min, self.instrument.total_max
                refuse_at(self.total, f"Type the total, {low} to {high}.")
            return make(episode_id=episode_id, taken_on=taken_on, total=self.total.value())
        self._check()
        answers = self.given()
        if all(answer is None for answer in answers):
            refuse_at(self.answers, f"Type the answers to {self.instrument.name}, one digit each.")
        function = self.function.answers()[0] if self._asks_function() else None
        return make(episode_id=episode_id, taken_on=taken_on, answers=answers, function_answer=function)

    def _new_answers(self) -> AnswersEdit | RatingsEdit:
        """Make a grid of one-digit answers, or a short field for each item where the scale ends at ten."""
        of, name = self.instrument, f"{self.instrument.name} answers"
        if of.item_max < TEN:
            return AnswersEdit(name, of.labels, options_of(of), self._said.answers, also=_also(of))
        return RatingsEdit(
            name, of.labels, (of.item_min, of.item_max), self._said.answers, beside=self._said.stage
        )

    def _check(self) -> None:
        """Refuse what cannot be read in the fields that are typed into."""
        if isinstance(self.answers, RatingsEdit):
            fit(self.answers)
        if self.vas is not None:
            fit(self.vas)

    def _lay_out(self) -> None:
        low, high = self.instrument.total_min, self.instrument.total_max
        typed = Field(f"Total, {low} to {high}", self.total, hint=_hint(self.instrument))
        self._total.setLayout(column(typed, self._total_words))
        if self.vas is not None:
            label = f"Visual scale, 0 to {self.instrument.vas_max}"
            self._scale.setLayout(column(Field(label, self.vas, hint="May be left blank"), self._scale_words))
        self._scale.hide()
        over = [self._stem]
        if isinstance(self.answers, AnswersEdit):
            self.answers.put_over_items(self._stem)
            over = []
        parts = (
            *over,
            self.consider,
            self.answers,
            self._scale,
            self.function,
            self._total,
            self.rights,
        )
        self.setLayout(column(*parts, self.rights))
        self.function.hide()
        self._total.hide()
        self.rights.setVisible(bool(self.instrument.notice))

    def _on_changed(self) -> None:
        asks = self._asks_function()
        self.function.setVisible(asks)
        self._scale_words.setText(self._said.profile(self.given()))
        total = self.total.value()
        self._total_words.setText(
            "" if total is None else self._said.scored(score_total(self.instrument, total), ())
        )
        self._total_words.setVisible(total is not None)
        notice = self._said.notice(self.given() if self.mode is EntryMode.ITEMS else None)
        if not notice:
            self.notice.clear()
        elif notice != self.notice.text():
            self.notice.show_info(notice)  # what is about safety has no colour of its own
        self.changed.emit()

    def _on_completed(self) -> None:
        if self.vas is not None:
            self.vas.setFocus()
        elif self._asks_function():
            self.function.setFocus()
        else:
            self.finished.emit()

    def _asks_function(self) -> bool:
        """Return whether the unscored question applies: only when some problem was answered above 0."""
        answered = self.mode is EntryMode.ITEMS and any(self.answers.answers())
        return bool(self.instrument.function_question) and answered


def _also(instrument: Instrument) -> dict[int, Option]:
    """Return the answer that says an item does not apply, where one may not."""
    item = instrument.not_applicable_item
    return {} if item is None else {item: Option(value=instrument.item_max + 1, label="Does not apply")}


def _hint(instrument: Instrument) -> str:
    if instrument.conversion:
        return "The sum of the answers; its metric score is looked up"
    return "When only a total is known" if instrument.has_text else "As scored on the form"


def _function_words(answers: Answers) -> str:
    return "Function not recorded; it may be left out." if answers[0] is None else ""
