"""EpisodeFacts for many episodes in a fixed number of SELECTs: the one place where they are built."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from collabcare.domain.codes import Gender, ReferralReason, ReferralSource
from collabcare.domain.episode import Phase
from collabcare.domain.facts import EpisodeFacts, PatientFacts
from collabcare.domain.ids import EpisodeId
from collabcare.queries import care_facts as care
from collabcare.queries import clinical_facts as clinical
from collabcare.queries.grouped import AnyRow, AnySelect, Grouped, grouped
from collabcare.store import models as m


def open_caseload_facts(session: Session) -> list[EpisodeFacts]:
    """Return the facts of every open episode by name, in ten SELECTs however many there are."""
    return sorted(_load(session, m.Episode.closed_on.is_(None)), key=lambda facts: facts.patient.name_order)


def episode_facts(session: Session, episode_id: EpisodeId) -> EpisodeFacts | None:
    """Return one episode's facts, open or closed, or None when there is no such episode."""
    return next(iter(_load(session, m.Episode.id == episode_id)), None)


def facts_by_nhs_number(session: Session, nhs_number: str) -> EpisodeFacts | None:
    """Return the facts of a patient's open episode, or else their latest; None for nobody of that number."""
    latest = session.scalar(
        select(m.Episode.id)
        .join(m.Patient, m.Patient.id == m.Episode.patient_id)
        .where(m.Patient.nhs_number == nhs_number)
        .order_by(m.Episode.closed_on.is_not(None), m.Episode.id.desc())
        .limit(1)
    )
    return None if latest is None else episode_facts(session, EpisodeId(latest))


def _load(session: Session, which: ColumnElement[bool]) -> list[EpisodeFacts]:
    attempts = grouped(session, care.attempts(which), care.attempt)
    # Any: each part is a tuple of its own kind of fact
    parts: dict[str, Grouped[Any]] = {
        "contacts": grouped(session, care.contacts(which), care.contact),
        "step_moves": grouped(session, care.step_moves(which), care.step_move),
        "ladders": grouped(session, care.ladders(which), lambda row: care.ladder(row, attempts)),
        "measures": grouped(session, clinical.measures(which), clinical.measure),
        "safety_prompts": grouped(session, clinical.safety_prompts(which), clinical.safety_prompt),
        "reviews": grouped(session, clinical.reviews(which), clinical.review),
        "actions": grouped(session, clinical.actions(which), clinical.action),
        "letters": grouped(session, clinical.letters(which), clinical.letter),
    }
    return [_episode(row, parts) for row in session.execute(_episodes(which))]


def _episodes(which: ColumnElement[bool]) -> AnySelect:
    holder = aliased(m.UserAccount)
    return (
        select(
            m.Episode.id.label("episode_id"),
            m.Episode.version.label("episode_version"),
            m.Episode.pathway_id,
            m.Episode.phase,
            m.Episode.phase_since,
            m.Episode.step,
            m.Episode.step_since,
            m.Episode.holder_id,
            m.Episode.closed_on,
            m.Episode.supervision_requested_on,
            m.Episode.supervision_question,
            holder.name.label("holder"),
            m.Referral.received_on,
            m.Referral.source,
            m.Referral.reason,
            m.Referral.referrer,
            *m.Patient.__table__.c,
            m.GpPractice.name.label("practice_name"),
            m.GpPractice.address.label("practice_address"),
            m.GpPractice.postcode.label("practice_postcode"),
        )
        .join(m.Patient, m.Patient.id == m.Episode.patient_id)
        .join(m.Referral, m.Referral.episode_id == m.Episode.id)
        .join(m.GpPractice, m.GpPractice.id == m.Patient.gp_practice_id)
        .outerjoin(holder, holder.id == m.Episode.holder_id)
        .where(which)
        .order_by(m.Episode.id)
    )


def _episode(row: AnyRow, parts: dict[str, Grouped[Any]]) -> EpisodeFacts:
    # Any: each part is a tuple of its own kind of fact
    mine: dict[str, Any] = {name: grouped.get(row.episode_id, ()) for name, grouped in parts.items()}
    return EpisodeFacts(
        episode_id=row.episode_id,
        version=row.episode_version,
        patient=_patient(row),
        pathway_id=row.pathway_id,
        phase=Phase(row.phase),
        phase_since=row.phase_since,
        referral_received_on=row.received_on,
        referral_source=ReferralSource(row.source),
        referral_reason=ReferralReason(row.reason),
        referrer=row.referrer,
        holder_id=row.holder_id,
        holder=row.holder,
        step=row.step,
        step_since=row.step_since,
        closed_on=row.closed_on,
        supervision_requested_on=row.supervision_requested_on,
        supervision_question=row.supervision_question,
        **mine,
    )


def _patient(row: AnyRow) -> PatientFacts:
    return PatientFacts(
        patient_id=row.id,
        version=row.version,
        nhs_number=row.nhs_number,
        surname=row.surname,
        given_name=row.given_name,
        title=row.title,
        preferred_name=row.preferred_name,
        birth_date=row.birth_date,
        died_on=row.died_on,
        gender=Gender(row.gender),
        address=_lines(row.address),
        postcode=row.postcode,
        telephone=row.telephone,
        contact_note=row.contact_note,
        gp_name=row.gp_name,
        gp_practice_name=row.practice_name,
        gp_practice_address=_lines(row.practice_address),
        gp_practice_postcode=row.practice_postcode,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())
