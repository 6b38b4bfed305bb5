"""Everybody in the record by name and NHS number, open and closed, for finding one of them while typing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.display import fmt_name
from collabcare.domain.ids import EpisodeId
from collabcare.domain.searching import fold, matches
from collabcare.store import models as m

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy.orm import Session

MOST_FOUND = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPatient:
    """A patient with the episode to open: the one that is open, else the latest."""

    episode_id: EpisodeId
    name: str
    nhs_number: str | None
    birth_date: date
    closed_on: date | None
    folded: str


def patient_index(session: Session) -> list[FoundPatient]:
    """Return everybody once, in one SELECT, ready to be searched in memory."""
    patient, episode = m.Patient, m.Episode
    found: dict[int, FoundPatient] = {}
    for row in session.execute(
        select(
            patient.id,
            patient.surname,
            patient.given_name,
            patient.title,
            patient.preferred_name,
            patient.nhs_number,
            patient.birth_date,
            episode.id.label("episode_id"),
            episode.closed_on,
        )
        .join(episode, episode.patient_id == patient.id)
        .order_by(patient.surname, patient.given_name, episode.closed_on.is_not(None), episode.id.desc())
    ):
        words = (row.surname, row.given_name, row.preferred_name or "", row.nhs_number or "")
        found.setdefault(
            row.id,
            FoundPatient(
                episode_id=EpisodeId(row.episode_id),
                name=fmt_name(row.surname, row.given_name, row.title),
                nhs_number=row.nhs_number,
                birth_date=row.birth_date,
                closed_on=row.closed_on,
                folded=fold(" ".join(words)),
            ),
        )
    return list(found.values())


def find_patients(index: Iterable[FoundPatient], typed: str) -> list[FoundPatient]:
    """Return at most twelve patients in whom every word typed is found, open ones first.

    Digits typed with spaces are read as part of one NHS number.
    """
    digits = typed.replace(" ", "")
    needle = digits if digits.isdigit() else typed
    if not needle.strip():
        return []
    found = [each for each in index if matches(needle, each.folded)]
    start = fold(needle).strip()
    found.sort(key=lambda each: (each.closed_on is not None, _how_far_in(each.folded, start)))
    return found[:MOST_FOUND]


def _how_far_in(folded: str, start: str) -> int:
    """Rank the surname's beginning before that of another word, and that before the middle of one."""
    if folded.startswith(start):
        return 0
    return 1 if f" {start}" in folded or f"-{start}" in folded else 2
