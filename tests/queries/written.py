"""Ways to put rows into a practice's record as a service would, for what no service writes in these tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from collabcare.store import models as m
from collabcare.store.engine import WRITE

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

AT = datetime(2026, 1, 6, 9, 30, 15, tzinfo=UTC)


def write(practice: Practice, *rows: m.Base) -> list[int]:
    """Add rows in this order and return their numbers."""
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        numbers = []
        for row in rows:
            session.add(row)
            session.flush()
            numbers.append(int(row.__mapper__.primary_key_from_instance(row)[0]))
        session.commit()
        return numbers


# Any below: any column of the row


def signed(practice: Practice) -> dict[str, Any]:
    """Return who recorded a row, and when."""
    return {"recorded_by": practice.user("jo"), "recorded_at": AT}


def change(practice: Practice, record: type[m.Base], key: int, **values: Any) -> None:  # noqa: ANN401 - see above
    """Set columns of one row."""
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        row = session.get_one(record, key)
        for name, value in values.items():
            assert hasattr(row, name)
            setattr(row, name, value)
        session.commit()


def patient_of(practice: Practice, episode: EpisodeId) -> int:
    """Return the number of an episode's patient."""
    with practice.reading() as session:
        return session.scalars(select(m.Episode.patient_id).where(m.Episode.id == episode)).one()


def second_episode(practice: Practice, first: EpisodeId, on: date) -> EpisodeId:
    """Refer the patient of a closed episode again."""
    episode = m.Episode(
        patient_id=patient_of(practice, first),
        pathway_id="pcn_practitioner",
        phase="referred",
        phase_since=on,
        step=2,
        step_since=on,
        previous_episode_id=first,
    )
    (number,) = write(practice, episode)
    write(practice, m.Referral(episode_id=number, received_on=on, source="A1", reason="04"))
    return type(first)(number)
