"""The facts a command works with: of an open episode, and as far as this transaction has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.acting import Permission
from collabcare.domain.episode import Phase
from collabcare.domain.ids import EpisodeId
from collabcare.services.goals import OpenGoal, open_goal
from collabcare.services.open_facts import open_facts
from collabcare.store.engine import WRITE
from collabcare.store.models import Episode
from tests.builders import MONDAY, instruments, pathway

if TYPE_CHECKING:
    from tests.record_fixtures import Practice


def test_what_was_written_a_moment_ago_is_in_the_facts(practice: Practice) -> None:
    episode = practice.refer("A")
    with practice.uow().begin(Permission.PLAN_CARE, "Look") as work:
        work.session.get_one(Episode, episode).supervision_question = "Step down?"
        assert open_facts(work, episode).supervision_question == "Step down?"


def test_an_episode_that_is_not_there_or_never_was_referred_is_refused_in_words(practice: Practice) -> None:
    patient = practice.facts(practice.refer("A")).patient
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        bare = Episode(
            patient_id=patient.patient_id,
            pathway_id=pathway().id,
            phase=Phase.ALLOCATED,
            phase_since=MONDAY,
            step=1,
            step_since=MONDAY,
        )
        session.add(bare)
        session.commit()
        keys = {"has no referral": EpisodeId(bare.id), "is not in the record": EpisodeId(99)}
    for words, key in keys.items():
        with practice.refused(words):
            open_goal(
                OpenGoal(episode_id=key, text="Walk", opened_on=MONDAY), practice.uow(), instruments()["gbo"]
            )
