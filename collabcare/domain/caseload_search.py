"""What a search of the caseload looks in: the same words whichever columns are on show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.caseload_columns import due_text
from collabcare.domain.episode import PHASE_WORDS
from collabcare.domain.finding import Finder
from collabcare.domain.nhs_number import fmt_nhs_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from collabcare.domain.caseload import CaseloadRow


def searched(row: CaseloadRow) -> str:
    """Return who it is, where, with whom and what is due; the NHS number with its spaces and without."""
    facts, patient = row.facts, row.facts.patient
    number = patient.nhs_number or ""
    return "\n".join(
        (
            patient.name,
            patient.preferred_name or "",
            number,
            fmt_nhs_number(number) if number else "",
            patient.gp_practice_name,
            facts.holder or "Nobody",
            row.rulebook.pathway.step(facts.step).name,
            PHASE_WORDS[facts.phase],
            facts.referral_source.label,
            due_text(row),
        )
    )


def names_finder(rows: Sequence[CaseloadRow]) -> Finder[CaseloadRow]:
    """Return what finds patients by names spelt nearly as typed, as the search over everybody does."""
    return Finder(rows, _names)


def _names(row: CaseloadRow) -> Iterator[str]:
    patient = row.facts.patient
    yield from (patient.surname, patient.given_name, patient.preferred_name or "")
