"""Medicines as somebody told us of them: what has to be written, and how they are said in a line.

CollabCare prescribes nothing and knows no medicines: a name is whatever was said. The GP's record is the one
to confirm. Another dose is another entry, so that what was taken when stays readable.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.people_facts import MedicationSource
from collabcare.domain.reach_facts import HasteFact, HasteKind
from collabcare.domain.typed_text import typed_block, typed_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from collabcare.domain.people_facts import MedicationFact

GP_TO_CONFIRM = "As reported to us; the GP's record is the one to confirm."
SOURCE_WORDS = {
    MedicationSource.PATIENT: "The patient",
    MedicationSource.CARER: "A carer",
    MedicationSource.GP: "The GP",
    MedicationSource.OTHER_SERVICE: "Another service",
}
"""Who told us, to choose from."""
TOLD_BY = {
    MedicationSource.PATIENT: "told by the patient",
    MedicationSource.CARER: "told by a carer",
    MedicationSource.GP: "told by the GP",
    MedicationSource.OTHER_SERVICE: "told by another service",
}
"""Who told us, in a sentence."""
LONGEST_NAME = 200
LONGEST_NOTE = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicineDraft:
    """A medicine as it is typed; ``reported_by`` is None while nobody has said who told us.

    ``started_on`` is None when it was taken already when we first heard of it.
    """

    name: str
    dose: str = ""
    purpose: str = ""
    reported_by: MedicationSource | None = None
    antidepressant: bool = False
    started_on: date | None = None
    taking: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AntidepressantNews:
    """An antidepressant that was begun, or whose dose was changed, on a known day."""

    kind: HasteKind
    on: date
    note: str

    @property
    def verb(self) -> str:
        """Return what happened, to put into a sentence."""
        return "started" if self.kind is HasteKind.ANTIDEPRESSANT_STARTED else "changed"


def checked_medicine(typed: MedicineDraft, *, birth_date: date, today: date) -> MedicineDraft:
    """Return a medicine as it is kept.

    Raises:
        RuleViolation: When it has no name, nobody told us, or the day cannot be.
    """
    kept = replace(
        typed,
        name=typed_line(typed.name, "The name of the medicine", LONGEST_NAME),
        dose=typed_line(typed.dose, "The dose", LONGEST_NAME),
        purpose=typed_line(typed.purpose, "What it is for", LONGEST_NAME),
        taking=typed_block(typed.taking, "The note on how it is taken", LONGEST_NOTE),
    )
    if not kept.name:
        raise RuleViolation("Write the name of the medicine, as it was told.")
    if kept.reported_by is None:
        raise RuleViolation("Say who told us of this medicine.")
    if kept.started_on is not None and kept.started_on > today:
        raise RuleViolation("A medicine is recorded once it is taken. Check the day it was started.")
    if kept.started_on is not None and kept.started_on < birth_date:
        raise RuleViolation("This is dated before the patient was born. Check the date.")
    return kept


def refuse_same_medicine(asked: MedicineDraft, current: Iterable[MedicationFact]) -> None:
    """Refuse a second entry for a medicine that is taken now: another dose takes the place of the first.

    Raises:
        RuleViolation: With what to do instead.
    """
    if any(each.current and each.name.casefold() == asked.name.casefold() for each in current):
        raise RuleViolation("This medicine is in the list already. Change its dose there instead.")


def changed_dose(before: MedicationFact, dose: str, on: date, *, today: date) -> str:
    """Return the new dose of a medicine, from a day on.

    Raises:
        RuleViolation: When it has ended, the dose is blank or the same, or the day cannot be.
    """
    _refuse_ended(before)
    words = typed_line(dose, "The dose", LONGEST_NAME)
    if not words:
        raise RuleViolation("Write the new dose, as it was told.")
    if words == before.dose:
        raise RuleViolation("The dose has not changed.")
    _refuse_day(before, on, today, "changed")
    return words


def refuse_end(medicine: MedicationFact, on: date, note: str, *, today: date) -> None:
    """Refuse an end that is recorded already, cannot have been then, or has no reason.

    Raises:
        RuleViolation: With what is missing.
    """
    _refuse_ended(medicine)
    if not note:
        raise RuleViolation("Say why it was stopped, as it was told.")
    _refuse_day(medicine, on, today, "stopped")


def refuse_note(medicine: MedicationFact, taking: str) -> None:
    """Refuse a note on how a medicine is taken once it has ended, or when nothing was changed.

    Raises:
        RuleViolation: With what to do instead.
    """
    _refuse_ended(medicine)
    if taking == medicine.taking:
        raise RuleViolation("Nothing was changed, so there is nothing to save.")


def news_of(medicine: MedicineDraft) -> AntidepressantNews | None:
    """Return that an antidepressant was begun; nothing for another medicine, or when nobody knows the day."""
    if not medicine.antidepressant or medicine.started_on is None:
        return None
    note = f"{medicine.name} {medicine.dose}".strip()
    return AntidepressantNews(kind=HasteKind.ANTIDEPRESSANT_STARTED, on=medicine.started_on, note=note)


def news_of_change(before: MedicationFact, dose: str, on: date) -> AntidepressantNews | None:
    """Return that the dose of an antidepressant was changed; nothing for another medicine."""
    if not before.antidepressant:
        return None
    note = f"{before.name}: {f'from {before.dose} ' if before.dose else ''}to {dose}"
    return AntidepressantNews(kind=HasteKind.ANTIDEPRESSANT_CHANGED, on=on, note=note)


def haste_told_by(medicine: MedicationFact, recorded: Iterable[HasteFact]) -> HasteFact | None:
    """Return the fact that this entry told the Prompt track, None where it told nothing."""
    changed = medicine.replaces_id is not None
    kind = HasteKind.ANTIDEPRESSANT_CHANGED if changed else HasteKind.ANTIDEPRESSANT_STARTED
    if not medicine.antidepressant or medicine.started_on is None:
        return None
    about = f"{medicine.name}:" if changed else f"{medicine.name} {medicine.dose}".strip()
    for each in recorded:
        if each.kind is kind and each.happened_on == medicine.started_on and each.note.startswith(about):
            return each
    return None


def is_recorded(news: AntidepressantNews, recorded: Iterable[HasteFact]) -> bool:
    """Return whether the Prompt track knows of it already: somebody wrote it down on the Reaching page."""
    return any(each.kind is news.kind and each.happened_on == news.on for each in recorded)


def current_medicines(medicines: Sequence[MedicationFact]) -> tuple[MedicationFact, ...]:
    """Return what is taken now as far as anybody has told us, by name."""
    return tuple(sorted((each for each in medicines if each.current), key=lambda each: each.name.casefold()))


def past_medicines(medicines: Sequence[MedicationFact]) -> tuple[MedicationFact, ...]:
    """Return what is taken no more, the latest to end first, earlier doses among them."""
    ended = [each for each in medicines if each.ended_on is not None]
    return tuple(
        sorted(ended, key=lambda each: (each.ended_on is None or each.ended_on, each.id), reverse=True)
    )


def is_earlier_dose(medicine: MedicationFact, medicines: Iterable[MedicationFact]) -> bool:
    """Return whether another dose of the same medicine took its place."""
    return any(each.replaces_id == medicine.id for each in medicines)


def medicine_words(medicine: MedicationFact) -> str:
    """Name a medicine with its dose, as it was told: ``Sertraline 50 mg daily``."""
    return f"{medicine.name} {medicine.dose}".strip()


def told_words(medicine: MedicationFact) -> str:
    """Say since when it is taken and who told us."""
    since = f"since {fmt_date(medicine.started_on)}" if medicine.started_on else "taken before we heard of it"
    until = f", until {fmt_date(medicine.ended_on)}" if medicine.ended_on else ""
    what = f"for {medicine.purpose}, " if medicine.purpose else ""
    said = f"{what}{since}{until}, {TOLD_BY[medicine.reported_by]}"
    return f"{said[:1].upper()}{said[1:]}"


def medicines_line(medicines: Sequence[MedicationFact]) -> str:
    """Return what is taken now as one line for a plan, empty when nothing is known."""
    return "; ".join(medicine_words(each) for each in current_medicines(medicines))


def _refuse_ended(medicine: MedicationFact) -> None:
    if medicine.ended_on is not None:
        raise RuleViolation("This medicine is recorded as stopped. Add it again if it is taken again.")


def _refuse_day(medicine: MedicationFact, on: date, today: date, verb: str) -> None:
    if on > today:
        raise RuleViolation(f"It cannot have been {verb} in the future. Check the date.")
    if medicine.started_on is not None and on < medicine.started_on:
        raise RuleViolation(f"It cannot have been {verb} before it was started. Check the date.")
