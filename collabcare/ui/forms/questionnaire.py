"""One questionnaire as it is typed in: its answers or only its total, and what they amount to so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collabcare.domain.display import fmt_change, fmt_count, fmt_date
from collabcare.domain.instruments import (
    NOT_AVAILABLE,
    EntryMode,
    Option,
    Safety,
    Score,
    compared,
    score,
    score_total,
)
from collabcare.domain.safety import quoted_answer
from collabcare.domain.scoring import Method
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
            f"{instrument.name} answers",
            instrument.labels,
            _options(instrument),
            self._describe,
            also=_also(instrument),
        )
        self.function = AnswersEdit(
            "Function",
            (instrument.function_question or "Function",),
            instrument.function_options or _options(instrument),
            _function_words,
        )
        if instrument.function_question:
            self.function.line_up_with(self.answers)
        self.total = NumberEdit(f"{instrument.name} total", instrument.total_min, instrument.total_max)
        self._total_words = PlainLabel("", TextRole.STRONG, wrap=True)
        self._total = QWidget()
        self.notice = InlineMessage()
        self.rights = PlainLabel(instrument.notice, TextRole.SECONDARY, wrap=True)
        self._lay_out()
        by_total = instrument.method is Method.SUM and not instrument.has_text
        self.mode = EntryMode.TOTAL_ONLY if by_total else EntryMode.ITEMS
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
            part.setVisible(items and (part is self.answers or bool(self.instrument.stem)))
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
        typed = (*self.answers.answers(), *self.function.answers())
        untyped = self.total.value() is None and not self.total.problem()
        return untyped and all(answer is None for answer in typed)

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
                low, high = self.instrument.total_min, self.instrument.total_max
                refuse_at(self.total, f"Type the total, {low} to {high}.")
            return make(episode_id=episode_id, taken_on=taken_on, total=self.total.value())
        answers = self.answers.answers()
        if all(answer is None for answer in answers):
            refuse_at(self.answers, f"Type the answers to {self.instrument.name}, one digit each.")
        function = self.function.answers()[0] if self._asks_function() else None
        return make(episode_id=episode_id, taken_on=taken_on, answers=answers, function_answer=function)

    def _lay_out(self) -> None:
        low, high = self.instrument.total_min, self.instrument.total_max
        typed = Field(f"Total, {low} to {high}", self.total, hint=_hint(self.instrument))
        self._total.setLayout(column(typed, self._total_words))
        self.setLayout(column(self._stem, self.answers, self.function, self._total, self.rights, self.notice))
        self.function.hide()
        self._total.hide()
        self.rights.setVisible(bool(self.instrument.notice))

    def _on_changed(self) -> None:
        asks = self._asks_function()
        self.function.setVisible(asks)
        total = self.total.value()
        self._total_words.setText(
            "" if total is None else self._words(score_total(self.instrument, total), ())
        )
        self._total_words.setVisible(total is not None)
        notice = self._notice()
        if not notice:
            self.notice.clear()
        elif notice != self.notice.text():
            self.notice.show_info(notice)  # what is about safety has no colour of its own
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
            *others, last = (str(option.value) for option in _options(self.instrument))
            return f"Press {', '.join(others)} or {last} for each item; - leaves one blank."
        return self._words(score(self.instrument, answers), answers)

    def _words(self, scored: Score, answers: Answers) -> str:
        if scored.total is None:
            as_typed = not self.instrument.reversed_items and self.instrument.not_applicable_item is None
            if not self.instrument.whole_totals or not as_typed:
                return f"{scored.missing} blank: no total yet."
            so_far = sum(answer for answer in answers if answer is not None)
            return f"{so_far} so far, {scored.missing} blank: no total yet."
        prorated = "prorated, " if scored.prorated else ""
        blanks = f" ({prorated}{scored.missing} missing)" if scored.missing else ""
        metric = f" (metric {scored.metric})" if scored.metric is not None else ""
        band = f", {scored.band}" if scored.band else ""
        words = f"{scored.total} of {scored.out_of}{blanks}{metric}{band}"
        if self._last is not None and self._last.total is not None:
            now, before = (compared(self.instrument, each) for each in (scored.total, self._last.total))
            words += f"; {fmt_change(now - before)} since {fmt_date(self._last.taken_on)}"
        notes = (*_further_means(self.instrument, scored), *scored.notes)
        return " ".join((f"{words}.", *(_sentence(note) for note in notes if note != NOT_AVAILABLE)))

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
            given = quoted_answer(self.instrument, asked.safety_answer)
            return f"Item {item} is answered {given}. Saving opens a safety conversation to record."
        if asked.safety is Safety.ASK and (asked.total is not None or answers[item - 2] is not None):
            return f"Item {item} is blank. Left blank, saving opens a safety conversation: ask about it."
        return ""


def _options(instrument: Instrument) -> tuple[Option, ...]:
    """Return the answers there are; where their words may not be shown, their numbers."""
    values = range(instrument.item_min, instrument.item_max + 1)
    return instrument.options or tuple(Option(value=value, label=str(value)) for value in values)


def _also(instrument: Instrument) -> dict[int, Option]:
    """Return the answer that says an item does not apply, where one may not."""
    item = instrument.not_applicable_item
    return {} if item is None else {item: Option(value=instrument.item_max + 1, label="Does not apply")}


def _hint(instrument: Instrument) -> str:
    if instrument.conversion:
        return "The sum of the answers; its metric score is looked up"
    return "When only a total is known" if instrument.has_text else "As scored on the form"


def _further_means(instrument: Instrument, scored: Score) -> tuple[str, ...]:
    """Say the means beside the one that is the total."""
    means = ((each.id.upper(), scored.subscales.get(each.id)) for each in instrument.means[1:])
    return tuple(f"{name} {value}" for name, value in means if value is not None)


def _sentence(note: str) -> str:
    return f"{note[:1].upper()}{note[1:].removesuffix('.')}."


def _function_words(answers: Answers) -> str:
    return "Function not recorded; it may be left out." if answers[0] is None else ""


def _last_scored(facts: EpisodeFacts, instrument: Instrument) -> MeasureFact | None:
    scored = [measure for measure in facts.measures_of(instrument.id) if measure.total is not None]
    return scored[-1] if scored else None
