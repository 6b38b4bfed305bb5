"""One row of the caseload: the facts of a patient, and everything the rules say of them today.

The caseload screen, Today, the commands and the printed summary all show these rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.course import course_of, forms_by_instrument
from collabcare.domain.due import due_in
from collabcare.domain.due_kinds import Due, most_pressing
from collabcare.domain.flags import CaseloadFlag, FlagKind, flags, flags_in, measure_of
from collabcare.domain.outcomes import baseline_of, change_of, scored
from collabcare.domain.prorated import fmt_score
from collabcare.domain.supervision import agenda_reasons, last_discussed, reasons_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts, MeasureFact
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.outcomes import Change, EpisodeChange, Reliable, Scored
    from collabcare.domain.rulebook import Rulebook
    from collabcare.domain.tally import Number
    from collabcare.domain.triggers import AgendaReason, Trigger


class ScoreCell(NamedTuple):
    """One instrument in a caseload row: first, latest and the change (positive is better).

    ``newest`` is the latest form, complete or not; ``standing`` are the scores that count. What is compared
    is worked out when it is read: a list shows few cells at a time.
    """

    facts: EpisodeFacts
    of: Instrument
    newest: MeasureFact
    standing: list[Scored]

    @property
    def instrument(self) -> str:
        """Return the instrument's id."""
        return self.of.id

    @property
    def latest(self) -> str:
        """Return the latest form's total as every place shows it."""
        return self.newest.text

    @property
    def latest_on(self) -> date:
        """Return the day of the latest form."""
        return self.newest.taken_on

    @property
    def total(self) -> Number | None:
        """Return the latest form's total, None when too much of it is blank."""
        return self.newest.total

    @property
    def first(self) -> Number | None:
        """Return the episode's first score, None while there is none."""
        return baseline_of(self.facts, self.standing)[1] if self.standing else None

    @property
    def first_words(self) -> str:
        """Return the first score as a cell shows it, empty while there is none."""
        if not self.standing:
            return ""
        form, total = baseline_of(self.facts, self.standing)
        return fmt_score(total, prorated=form.prorated)

    @property
    def last_words(self) -> str:
        """Return the last score that counts as a cell shows it, empty while there is none."""
        if not self.standing:
            return ""
        form, total = self.standing[-1]
        return fmt_score(total, prorated=form.prorated)

    @property
    def change_prorated(self) -> bool:
        """Return whether the change goes by a prorated score."""
        return self._change_found is not None and self._change_found.prorated

    @property
    def change(self) -> Number | None:
        """Return the change since the first score, positive for better; None where there is none to tell."""
        return self._change.change if self._change else None

    @property
    def reliable(self) -> Reliable | None:
        """Return whether the change is reliable; None with no change, or no published number to tell by."""
        return self._change.reliable if self._change else None

    @property
    def moved(self) -> Number | None:
        """Return the points the score has moved since the first, as they stand on the form."""
        first = self.first
        return None if self.change is None or first is None else self.history[-1] - first

    @property
    def history(self) -> tuple[Number, ...]:
        """Return the scores that count, oldest first."""
        return tuple([total for _measure, total in self.standing])

    @property
    def _change(self) -> Change | None:
        whole = self._change_found
        return whole.change if whole else None

    @property
    def _change_found(self) -> EpisodeChange | None:
        return change_of(self.facts, self.of) if len(self.standing) > 1 else None


class CaseloadRow(NamedTuple):
    """One open patient: the facts, and what the rules say of them today.

    What every list asks of everybody is worked out at once: what is due, which triggers bring the case to
    supervision and which flags stand out, each with the measure it is about (empty for none). Their reasons
    are worked out again when one patient's are read.
    """

    facts: EpisodeFacts
    today: date
    rulebook: Rulebook
    due: tuple[Due, ...]
    triggers: tuple[Trigger, ...]
    flag_kinds: tuple[FlagKind, ...]
    flag_measures: tuple[str, ...]
    last_seen: date | None
    next_booked: date | None
    dna_count: int

    @property
    def agenda(self) -> tuple[AgendaReason, ...]:
        """Return why the case comes to supervision, most pressing first."""
        return agenda_reasons(self.facts, self.rulebook, today=self.today)

    @property
    def flags(self) -> tuple[CaseloadFlag, ...]:
        """Return what stands out, each with its reason."""
        return flags(self.facts, self.rulebook, today=self.today)

    @property
    def scores(self) -> dict[str, ScoreCell]:
        """Return a cell for each instrument that has a form."""
        instruments = self.rulebook.instruments
        return {
            name: ScoreCell(self.facts, instrument, forms[-1], scored(forms, self.facts.closed_on))
            for name, forms in forms_by_instrument(self.facts).items()
            if (instrument := instruments.get(name)) is not None
        }

    @property
    def last_discussed(self) -> date | None:
        """Return the day the case was last taken to supervision."""
        return last_discussed(self.facts)

    @property
    def overdue(self) -> tuple[Due, ...]:
        """Return what is late."""
        return tuple(due for due in self.due if due.is_overdue(self.today))

    @property
    def due_now(self) -> tuple[Due, ...]:
        """Return what is to be done by today."""
        return tuple(due for due in self.due if due.is_listed(self.today))

    @property
    def next_due(self) -> Due | None:
        """Return the thing to show when there is room for one."""
        return most_pressing(self.due, self.today)

    @property
    def late_beside(self) -> Due | None:
        """Return what is late although something else is shown as due; it is named beside that."""
        first = self.next_due
        if first is None or first.is_overdue(self.today):
            return None
        return next(iter(self.overdue), None)


def caseload_rows(facts: Iterable[EpisodeFacts], rulebook: Rulebook, today: date) -> list[CaseloadRow]:
    """Return the rows for facts already in memory."""
    return [caseload_row(each, rulebook, today) for each in facts]


def caseload_row(facts: EpisodeFacts, rulebook: Rulebook, today: date) -> CaseloadRow:
    """Work out one row."""
    course = course_of(facts, rulebook, today)
    due = due_in(course, rulebook)
    found = flags_in(course, rulebook, due)
    return CaseloadRow(
        facts=facts,
        today=today,
        rulebook=rulebook,
        due=due,
        triggers=tuple([trigger for trigger, _why in reasons_in(course, rulebook)]),
        flag_kinds=tuple([kind for kind, _why in found]),
        flag_measures=tuple([measure_of(why) for _kind, why in found]),
        last_seen=course.last_seen,
        next_booked=course.booked.on if course.booked else None,
        dna_count=course.dna_count,
    )
