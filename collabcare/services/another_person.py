"""Whether whoever acts is another person than those whose own case it is.

Nobody becomes another person by giving a case away for a moment, nor by an account of their own making.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import is_one_of
from collabcare.domain.calendar import LONDON
from collabcare.domain.changes import Kind
from collabcare.domain.ids import UserId
from collabcare.domain.missed_run import missed_and_not_seen
from collabcare.store.models import AuditEntry, UserAccount

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from collabcare.domain.acting import Acting
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.store.models import Episode
    from collabcare.store.unit_of_work import Work


def note_given_away(work: Work, episode: Episode, to: UserId) -> None:
    """Write into the audit trail from whom an episode is taken, if from anybody, before it is given."""
    if episode.holder_id is not None and episode.holder_id != to:
        work.touched(
            Kind.USER,
            subject_id=episode.holder_id,
            patient_id=episode.patient_id,
            episode_id=episode.id,
        )


def held_since(work: Work, facts: EpisodeFacts, since: date | None = None) -> frozenset[UserId]:
    """Return who has held the case since a day: that of the miss since which they were not seen, or today."""
    day = since or missed_and_not_seen(facts, today=work.today) or work.today
    gave_away = work.session.scalars(
        select(AuditEntry.subject_id).where(
            AuditEntry.kind == Kind.USER,
            AuditEntry.patient_id == facts.patient.patient_id,
            AuditEntry.episode_id == facts.episode_id,
            AuditEntry.at >= datetime.combine(day, time.min, LONDON),
        )
    )
    return frozenset(UserId(each) for each in (facts.holder_id, *gave_away) if each is not None)


def maker_of(work: Work) -> UserId | None:
    """Return who made the account of whoever acts, None when that is not known."""
    made_by = work.get(UserAccount, work.acting.user_id).made_by
    return None if made_by is None else UserId(made_by)


def on_case(
    work: Work, facts: EpisodeFacts, *, since: date | None = None, also: Collection[int] = ()
) -> Acting:
    """Return whoever acts, with whether this is their own case.

    So it is for whoever has held it since the last miss, or since the day given, for those in ``also``, and
    for an account that one of these made.
    """
    people = held_since(work, facts, since) | frozenset(also)
    if is_one_of(people, work.acting.user_id, maker_of(work)):
        return replace(work.acting, own_cases=frozenset({facts.episode_id}))
    return work.acting
