"""Whether whoever acts is another person than those whose own case it is, as the record tells it.

The rule is :mod:`collabcare.domain.another_person`; here it is asked of the people of one case.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from collabcare.domain.another_person import held_since, is_nobody_else, unseen_from
from collabcare.domain.changes import Kind
from collabcare.queries.case_people import case_people

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from collabcare.domain.acting import Acting
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import UserId
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


def with_people(work: Work, facts: EpisodeFacts) -> EpisodeFacts:
    """Return the facts with the people of the case, which are not read with the facts of every patient."""
    return replace(facts, people=case_people(work.session, {facts.episode_id})[facts.episode_id])


def acts_for(
    work: Work, facts: EpisodeFacts, people: Collection[UserId | None], since: datetime | None = None
) -> bool:
    """Return whether whoever acts is one of these people, or an account of the same making.

    ``since`` is the miss from which on accounts are looked at: the first after which they were not seen.
    """
    known = with_people(work, facts).people.accounts
    return is_nobody_else(people, work.acting.user_id, known, since or unseen_from(facts, today=work.today))


def on_case(
    work: Work, facts: EpisodeFacts, *, since: datetime | None = None, also: Collection[UserId] = ()
) -> Acting:
    """Return whoever acts, with whether this is their own case.

    So it is for whoever has held it since the first miss after which they were not seen, or since ``since``,
    for those in ``also``, and for an account that is of their making since.
    """
    known, begun = with_people(work, facts), since or unseen_from(facts, today=work.today)
    people = held_since(known, begun) | frozenset(also)
    if is_nobody_else(people, work.acting.user_id, known.people.accounts, begun):
        return replace(work.acting, own_cases=frozenset({facts.episode_id}))
    return work.acting
