"""One questionnaire as it is typed in: its answers or only its total, and what they amount to so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collabcare.domain.display import fmt_change, fmt_count, fmt_date
from collabcare.domain.instruments import EntryMode, Safety, Score, score, score_total
from collabcare.ui.forms.entry_form import fit, refuse_at
from collabcare.ui.widgets.answers_edit import AnswersEdit
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.number_edit import NumberEdit
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts, MeasureFact
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.instruments import Instrument
    from collabcare.services.measures import RecordMeasure
    from collabcare.ui.widgets.answers_edit import Answers


class Questionnaire(QWidget):
    """Answers by digits, or a total; under them the total so far, its band, and the change since the last.

    Signals:
        finished: The last answer was given, so that Save may take the keyboard.
        changed: Something was answered.
    """

    finished = Signal()
    changed = Signal()

    def __init__(self, instrument: Instrument, facts: EpisodeFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.instrument = instrument
        self._last = _last_scored(facts, instrument)
        self._stem = PlainLabel(instrument.stem, TextRole.SECONDARY, wrap=True)
        self.answers = AnswersEdit(
            f"{instrument.name} answers", instrument.items, instrument.options, self._describe
        )
        self.function = AnswersEdit(
            "Function",
            (instrument.function_question or "Function",),
            instrument.function_options or instrument.options,
            _function_words,
        )
        self.function.hide()
        self.total = NumberEdit(f"{instrument.name} total", 0, instrument.total_max)
        self._total_words = PlainLabel("", TextRole.STRONG, wrap=True)
        self._total = QWidget()
        self._total.setLayout(
            column(
                Field(f"Total, 0 to {instrument.total_max}", self.total, hint="When only a total is known"),
                self._total_words,
            )
        )
        self._total.hide()
        self.notice = InlineMessage()
        self.setLayout(column(self._stem, self.answers, self.function, self._total, self.notice))
        self.mode = EntryMode.ITEMS
        self.answers.answers_changed.connect(self._on_changed)
        self.answers.completed.connect(self._on_completed)
        self.function.answers_changed.connect(self.changed)
        self.function.completed.connect(self.finished)
        self.total.value_changed.connect(self._on_changed)

    def set_mode(self, mode: EntryMode) -> None:
        """Take answers, or only a total; what was typed in the other is kept."""
        self.mode = mode
        items = mode is EntryMode.ITEMS
        for part in (self._stem, self.answers):
            part.setVisible(items)
        self._total.setVisible(not items)
        self._on_changed()

    def first(self) -> QWidget:
        """Return where typing begins."""
        return self.answers if self.mode is EntryMode.ITEMS else self.total

    def written(self) -> tuple[object, ...]:
        """Return what was answered."""
        return self.mode, self.answers.answers(), self.function.answers(), self.total.value()

    def doubt(self) -> str:
        """Return what to say before so many blanks are saved that there is no total, or nothing."""
        if self.mode is EntryMode.TOTAL_ONLY:
            return ""
        scored = score(self.instrument, self.answers.answers())
        if scored.total is not None:
            return ""
        are = "is" if scored.missing == 1 else "are"
        return (
            f"{fmt_count(scored.missing, 'answer')} {are} blank, so there will be no total. "
            "Save again to keep it as it is."
        )

    def command(self, episode_id: EpisodeId, taken_on: date, make: type[RecordMeasure]) -> RecordMeasure:
        """Return the measure to record.

        Raises:
            RuleViolation: When nothing was answered or the total cannot be.
        """
        if self.mode is EntryMode.TOTAL_ONLY:
            fit(self.total)
            if self.total.value() is None:
                refuse_at(self.total, f"Type the total, 0 to {self.instrument.total_max}.")
            return make(episode_id=episode_id, taken_on=taken_on, total=self.total.value())
        answers = self.answers.answers()
        if all(answer is None for answer in answers):
            refuse_at(self.answers, f"Type the answers to {self.instrument.name}, one digit each.")
        function = self.function.answers()[0] if self._asks_function() else None
        return make(episode_id=episode_id, taken_on=taken_on, answers=answers, function_answer=function)

    def _on_changed(self) -> None:
        asks = self._asks_function()
        self.function.setVisible(asks)
        total = self.total.value()
        self._total_words.setText(
            "" if total is None else self._words(score_total(self.instrument, total), ())
        )
        notice = self._notice()
        if not notice:
            self.notice.clear()
        elif notice != self.notice.text():
            self.notice.show_attention(notice)
        self.changed.emit()

    def _on_completed(self) -> None:
        if self._asks_function():
            self.function.setFocus()
        else:
            self.finished.emit()

    def _asks_function(self) -> bool:
        """Return whether the unscored question applies: only when some problem was answered above 0."""
        answered = self.mode is EntryMode.ITEMS and any(self.answers.answers())
        return bool(self.instrument.function_question) and answered

    def _describe(self, answers: Answers) -> str:
        if all(answer is None for answer in answers):
            return "Press 0, 1, 2 or 3 for each item; - leaves one blank."
        return self._words(score(self.instrument, answers), answers)

    def _words(self, scored: Score, answers: Answers) -> str:
        if scored.total is None:
            so_far = sum(answer for answer in answers if answer is not None)
            return f"{so_far} so far, {scored.missing} blank: no total yet."
        blanks = f" (prorated, {scored.missing} missing)" if scored.missing else ""
        words = f"{scored.total} of {self.instrument.total_max}{blanks}, {scored.band}"
        if self._last is None or self._last.total is None:
            return f"{words}."
        change = fmt_change(scored.total - self._last.total)
        return f"{words}; {change} since {fmt_date(self._last.taken_on)}."

    def _notice(self) -> str:
        """Say at once that saving will open a safety conversation; it never stands in the way of saving."""
        item = self.instrument.safety_item
        if item is None:
            return ""
        if self.mode is EntryMode.TOTAL_ONLY:
            return (
                f"A total does not say how item {item} was answered. "
                "Saving opens a safety conversation: ask about it."
            )
        answers = self.answers.answers()
        asked = score(self.instrument, answers)
        if asked.safety is Safety.PROMPT:
            given = asked.safety_answer
            return f"Item {item} is answered {given}. Saving opens a safety conversation to record."
        if asked.safety is Safety.ASK and (asked.total is not None or answers[item - 2] is not None):
            return f"Item {item} is blank. Left blank, saving opens a safety conversation: ask about it."
        return ""


def _function_words(answers: Answers) -> str:
    return "Function not recorded; it may be left out." if answers[0] is None else ""


def _last_scored(facts: EpisodeFacts, instrument: Instrument) -> MeasureFact | None:
    scored = [measure for measure in facts.measures_of(instrument.id) if measure.total is not None]
    return scored[-1] if scored else None
