"""What is said of a questionnaire while it is typed in: how far it has got, its score, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.demographics import work_not_applicable
from collabcare.domain.display import fmt_change, fmt_count, fmt_date
from collabcare.domain.instruments import NOT_AVAILABLE, Option, Safety, band_for, compared, score
from collabcare.domain.safety import quoted_answer

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts, MeasureFact
    from collabcare.domain.instruments import Instrument, Score
    from collabcare.domain.suggestion import Suggestion
    from collabcare.ui.widgets.answers_edit import Answers

TEN = 10
"""From a scale that ends here on, one digit is not always one answer."""


class ScoreWords:
    """Says what answers of one questionnaire amount to, beside the last score of the same patient."""

    def __init__(self, instrument: Instrument, facts: EpisodeFacts) -> None:
        self.instrument = instrument
        self._last = _last_scored(facts, instrument)
        self._employment = facts.reach.employment

    def suggested(self) -> tuple[Suggestion, ...]:
        """Suggest that work may not apply, where the form has that answer; nothing is filled in by itself."""
        if self.instrument.not_applicable_item is None:
            return ()
        told = work_not_applicable(self._employment)
        return () if told is None else (told,)

    def stage(self, rating: int | None) -> str:
        """Say which stage one rating stands at, where the questionnaire has stages."""
        return "" if rating is None else band_for(self.instrument, rating)

    def profile(self, answers: Answers) -> str:
        """Say what digits and a visual scale amount to: a profile and a number, and no index."""
        if self.instrument.vas_max is None or all(answer is None for answer in answers):
            return ""
        scored = score(self.instrument, answers)
        profile, on = scored.subscales.get("profile"), answers[-1]
        said = f"Profile {profile}" if profile else f"{scored.missing} of the profile blank"
        return f"{said}, visual scale {'blank' if on is None else on}."

    def answers(self, answers: Answers) -> str:
        """Say what the answers so far amount to, or how they are typed."""
        if self.instrument.item_max >= TEN and all(answer is None for answer in answers):
            return "One number each; 10 as 10 or x, - leaves one blank."
        if self.instrument.vas_max is not None and any(answer is not None for answer in answers):
            return ""
        if all(answer is None for answer in answers):
            *others, last = (str(option.value) for option in options_of(self.instrument))
            return f"Press {', '.join(others)} or {last} for each item; - leaves one blank."
        return self.scored(score(self.instrument, answers), answers)

    def scored(self, scored: Score, answers: Answers) -> str:
        """Say a score: its number, its band, the change since the last, and what a reader must know."""
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

    def doubt(self, answers: Answers) -> str:
        """Return what to say before so many blanks are saved that there is no total, or nothing."""
        scored = score(self.instrument, answers)
        if scored.complete or scored.total is not None:
            return ""
        are = "is" if scored.missing == 1 else "are"
        return (
            f"{fmt_count(scored.missing, 'answer')} {are} blank, so there will be no total. "
            "Save again to keep it as it is."
        )

    def notice(self, answers: Answers | None) -> str:
        """Say at once that saving will open a safety conversation; it never stands in the way of saving.

        ``answers`` is None when only a total is typed.
        """
        item = self.instrument.safety_item
        if item is None:
            return ""
        if answers is None:
            return (
                f"A total does not say how item {item} was answered. "
                "Saving opens a safety conversation: ask about it."
            )
        asked = score(self.instrument, answers)
        if asked.safety is Safety.PROMPT:
            given = quoted_answer(self.instrument, asked.safety_answer)
            return f"Item {item} is answered {given}. Saving opens a safety conversation to record."
        if asked.safety is Safety.ASK and (asked.total is not None or answers[item - 2] is not None):
            return f"Item {item} is blank. Left blank, saving opens a safety conversation: ask about it."
        return ""


def options_of(instrument: Instrument) -> tuple[Option, ...]:
    """Return the answers there are; where their words may not be shown, their numbers."""
    values = range(instrument.item_min, instrument.item_max + 1)
    return instrument.options or tuple(Option(value=value, label=str(value)) for value in values)


def _further_means(instrument: Instrument, scored: Score) -> tuple[str, ...]:
    """Say the means beside the one that is the total."""
    means = ((each.id.upper(), scored.subscales.get(each.id)) for each in instrument.means[1:])
    return tuple(f"{name} {value}" for name, value in means if value is not None)


def _sentence(note: str) -> str:
    return f"{note[:1].upper()}{note[1:].removesuffix('.')}."


def _last_scored(facts: EpisodeFacts, instrument: Instrument) -> MeasureFact | None:
    scored = [measure for measure in facts.measures_of(instrument.id) if measure.total is not None]
    return scored[-1] if scored else None
