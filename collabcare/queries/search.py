"""Everybody in the record by name and NHS number, open and closed, for finding one of them while typing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.display import fmt_name
from collabcare.domain.finding import Finder
from collabcare.domain.ids import EpisodeId
from collabcare.store import models as m

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPatient:
    """A patient with the episode to open: the one that is open, else the latest."""

    episode_id: EpisodeId
    name: str
    preferred_name: str
    nhs_number: str | None
    birth_date: date
    closed_on: date | None
    words: tuple[str, ...]


def patient_index(session: Session) -> Finder[FoundPatient]:
    """Return everybody once, in one SELECT, ready to be searched in memory; the closed come last."""
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
        found.setdefault(
            row.id,
            FoundPatient(
                episode_id=EpisodeId(row.episode_id),
                name=fmt_name(row.surname, row.given_name, row.title),
                preferred_name=row.preferred_name or "",
                nhs_number=row.nhs_number,
                birth_date=row.birth_date,
                closed_on=row.closed_on,
                words=(row.surname, row.given_name, row.preferred_name or "", row.nhs_number or ""),
            ),
        )
    return Finder(
        tuple(found.values()), lambda each: each.words, later=lambda each: each.closed_on is not None
    )
